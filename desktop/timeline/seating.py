"""Which marks take part in a picture, and where they sit: by zone, and by lane inside a side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from desktop.timeline.data import Zone
from desktop.timeline.frame import Caption, Mark, Rect
from desktop.timeline.index import ZoneIndex
from desktop.timeline.layout import Box, Half, Place, Placed, place
from desktop.timeline.pairs import paired
from desktop.timeline.request import Request
from desktop.timeline.room import Zones
from desktop.timeline.split import Group, most_groups, shares
from desktop.timeline.wrapping import in_lines

MARGIN = 8.0
"""From the edges to names and counters."""

MOST = 220
"""Most marks of a zone that are laid out."""

PER_MARK = 120.0
"""Pixels of a lane for which one mark takes part: more would find no room."""

BESIDE_VIEW = 0.15
"""Share of the view beyond either edge whose marks take part, so that they keep their lanes."""

CROWDED = 0.78
"""Share of them in a crowded view, where the last ones seldom find room."""

LEAST_COLUMNS = 16.0
"""Height in pixels below which columns of density say nothing."""

BETWEEN, AROUND = 1.0, 1.0
"""Pixels between two bars that share a lane, and what they leave free of its bar around them."""

LEAST_GUTTER, WIDEST_GUTTER = 56.0, 0.2
"""Of the names of lanes: pixels, and a share of the view."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What takes part in the layout of a zone, or of a lane inside a side.

    ``forced`` must be seen; ``dense`` is the height of the columns of density, and where those or
    counters stand for most marks it is ``crowded``.
    """

    zone: Zone
    order: Sequence[int] = ()
    forced: frozenset[int] = frozenset()
    rows: int = 0
    base: int = 0
    """The first of its rows, counted from the axis."""
    dense: float = 0.0
    crowded: bool = False
    group: Group | None = None


def choose(
    request: Request, room: Zones, zone: Zone, count: int, forced: Sequence[int]
) -> list[Choice]:
    """Of a zone in which ``count`` marks are in view the most important ones: one choice, or one
    for each lane inside a side.
    """
    rows, dense = room.lanes[zone], 0.0
    if zone is not Zone.BAND:
        dense = _column_height(count, room, zone, request.scale.width)
        if dense:
            rows = max(int((room.heights[zone] - dense) // room.pitch), 1)
    whole = Choice(zone, dense=dense)
    if not rows or not count or zone in request.folded:
        return [replace(whole, dense=0.0)]
    parts = shares(request.data.groups(zone, most_groups(rows)), rows)
    if not parts:
        return [_chosen(request, request.data.zones[zone], whole, rows, count, forced)]
    scale = request.scale
    return [
        _chosen(
            request,
            part.group.index,
            replace(whole, base=part.base, group=part.group),
            part.count,
            part.group.index.count(scale.start, scale.end),
            forced,
        )
        for part in parts
    ]


def _chosen(
    request: Request,
    index: ZoneIndex,
    choice: Choice,
    rows: int,
    count: int,
    forced: Sequence[int],
) -> Choice:
    data, scale = request.data, request.scale
    most = min(MOST, int(rows * scale.width / PER_MARK) + 12)
    crowded = choice.dense > 0 or (choice.zone is Zone.BAND and count > 4 * most)
    margin = 0.0 if crowded else scale.span * BESIDE_VIEW
    if crowded:
        # What is beside the view gets no label there, so it would not be seated.
        most = int(most / (1 + 2 * BESIDE_VIEW) * CROWDED)
    start, end = scale.start - margin, scale.end + margin
    chosen = index.most_important(start, end, most).tolist()
    first = [
        mark
        for mark in forced
        if mark in index and data.end[mark] >= start and data.start[mark] <= end
    ]
    pinned = [
        mark
        for mark in sorted(request.pinned)
        if mark in index and data.end[mark] >= start and data.start[mark] <= end
    ]
    both = [*first, *chosen] if crowded else [*chosen, *first]
    order = list(dict.fromkeys([*pinned, *both]))
    wanted = frozenset([*pinned, *first])
    return replace(choice, order=order, forced=wanted, rows=rows, crowded=crowded)


def seated(
    request: Request,
    room: Zones,
    choice: Choice,
    bars: Sequence[Box],
    in_view: Set[int],
    gutter: float,
) -> list[Mark]:
    """Those of a choice that found room and meet the view; labels keep out of the gutter."""
    if not bars:
        return []
    assert request.labels is not None
    widths, wanted, base = request.labels.__getitem__, choice.forced, choice.base
    previous = request.previous
    left = gutter if choice.zone is not Zone.BAND else 0.0
    if base:
        previous = {key: lane - base for key, lane in previous.items() if lane >= base}

    def lay_out(bars: Sequence[Box]) -> list[Placed]:
        layout = place(
            bars,
            choice.rows,
            request.scale.width,
            widths,
            previous=previous,
            labelled_only=choice.crowded,
            always=wanted,
            left=left,
        )
        if not choice.crowded:
            layout = paired(layout, request.scale.width, widths, left)
        return [item for item in layout.placed if item.key in in_view]

    placed = lay_out(bars)
    missing = wanted - {item.key for item in placed}
    if missing:
        # Only what would else not be seen goes before what is more important: a choice that is
        # already in the picture moves nothing.
        placed = lay_out(
            sorted(bars, key=lambda box: (box.key not in missing, box.key not in wanted))
        )
    if base:
        placed = [item._replace(lane=item.lane + base) for item in placed]
    by_key = {box.key: box for box in bars}
    return list(_marks(request, room, choice.zone, choice.dense, placed, by_key))


def group_names(
    request: Request, room: Zones, choices: Sequence[Choice], gutter: float
) -> tuple[Caption, ...]:
    """The names of the lanes inside the sides, elided to the gutter."""
    found = []
    for choice in choices:
        group = choice.group
        if group is None:
            continue
        assert request.data.grouping is not None
        whole = group.name or request.data.grouping.more.format(count=group.folded)
        lines = 2 if choice.rows > 1 else 1
        text = in_lines(whole, request.measure.caption, gutter - MARGIN - 8, lines)
        ends = [
            _middle(room, choice.zone, choice.dense, lane)
            for lane in (choice.base, choice.base + choice.rows - 1)
        ]
        half = room.pitch / 2 - 0.5
        rect = Rect(MARGIN + 4, min(ends) - half, gutter, max(ends) + half)
        cut = "" if text.replace("\n", " ") == whole else whole
        found.append(Caption(text, rect, choice.zone, cut))
    return tuple(found)


def gutter_of(request: Request, choices: Sequence[Choice]) -> float:
    """Room for the longest name, up to a share of the view; none without lanes."""
    names = [choice.group.name for choice in choices if choice.group is not None]
    if not names:
        return 0.0
    longest = max(request.measure.caption(name) for name in names) + MARGIN + 12
    return min(max(longest, LEAST_GUTTER), request.scale.width * WIDEST_GUTTER)


def _column_height(count: int, room: Zones, zone: Zone, width: float) -> float:
    """Grows smoothly with how much more is in view than there is room for."""
    whole = room.heights[zone]
    capacity = max(room.lanes[zone], 1) * width / PER_MARK
    share = min(max((count / capacity - 1.2) / 2.8, 0.0), 1.0)
    height = whole * 0.5 * share * share * (3 - 2 * share)
    # Two lanes stay where they find room over low columns.
    height = min(height, max(whole - 2 * room.pitch, LEAST_COLUMNS))
    return height if height >= LEAST_COLUMNS else 0.0


def _middle(room: Zones, zone: Zone, dense: float, lane: int) -> float:
    if zone is Zone.ABOVE:
        return room.band.y0 - room.idle - dense - room.pitch * (lane + 0.5)
    if zone is Zone.BELOW:
        return room.band.y1 + room.idle + dense + room.pitch * (lane + 0.5)
    return room.band.y0 + 2 * room.row + room.pitch * (lane + 0.5)


def _marks(
    request: Request,
    room: Zones,
    zone: Zone,
    dense: float,
    found: Sequence[Placed],
    boxes: Mapping[int, Box],
) -> Iterator[Mark]:
    assert request.labels is not None
    text_of = request.labels.text
    middles = [_middle(room, zone, dense, lane) for lane in range(room.lanes[zone] + 1)]
    half = room.bar / 2
    heights = {
        Half.WHOLE: (-half, half),
        Half.UPPER: (AROUND - half, -BETWEEN / 2),
        Half.LOWER: (BETWEEN / 2, half - AROUND),
    }
    for item in found:
        index, lane, x0, x1, place, form, at, label, part = item
        middle, box = middles[lane], boxes[index]
        text = "" if place is Place.NOWHERE else text_of(index, form)
        moved = x0 - box.x0
        top, bottom = heights[part]
        yield Mark(
            index,
            zone,
            item,
            Rect(x0, middle + top, x1, middle + bottom),
            box.core0 + moved,
            box.core1 + moved,
            text,
            Rect(at, middle - 8, at + label, middle + 8),
        )
