"""From arrays and a stretch of time to a ``Frame``: zones, lanes, labels, counters, columns.

No Qt: text is measured by the caller's ``Measure``. The cost follows the pixels: whatever the
number of marks, at most ``MOST`` a zone are laid out, the others are columns or counters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from desktop.timeline import links
from desktop.timeline.axis import CalendarWords, ticks
from desktop.timeline.boxes import boxes
from desktop.timeline.clusters import clusters
from desktop.timeline.counters import HEIGHT, counters, free_stretches, hidden
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.frame import Caption, Columns, Counter, Frame, Mark, Rect
from desktop.timeline.labelforms import LabelForms
from desktop.timeline.layout import Box, Place, Placed, place
from desktop.timeline.room import Zones, zones
from desktop.timeline.scale import TimeScale

MARGIN = 8.0
"""From the edges to names and counters."""

MOST = 220
"""Most marks of a zone that are laid out."""

PER_MARK = 120.0
"""Pixels of a lane for which one mark takes part: more would find no room."""

BESIDE_VIEW = 0.15
"""Share of the view beyond either edge whose marks take part, so that they keep their lanes."""

COLUMN = 6.0
"""Width of a density column in pixels."""

LINKS_SHOWN, MOST_LINKS = 8, 24
"""Disputes are drawn without a selection while there are no more than this: in a small view, and
at most.
"""

LINK_AREA = 40_000.0
"""Square pixels for each link in a larger view."""


class Measure(Protocol):
    """Widths of text in pixels."""

    def body(self, text: str) -> float: ...

    def caption(self, text: str) -> float: ...

    def heading(self, text: str) -> float: ...

    def forms(self, label: str) -> Sequence[tuple[str, float]]:
        """The forms of a label, the longest first, with their widths as body text."""
        ...


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words in the picture, in the user's language."""

    earlier: str = "{count} earlier"
    later: str = "{count} later"
    shown: str = "{drawn} of {count} shown"
    folded: str = "{count} folded away"
    relations: tuple[str, ...] = ()
    """In the order of ``RELATIONS``."""


@dataclass(frozen=True)
class Request:
    """What to compose. ``previous`` holds the lanes of the frame before."""

    data: TimelineData
    scale: TimeScale
    height: float
    words: CalendarWords
    measure: Measure
    names: Mapping[Zone, str]
    phrases: Phrases = Phrases()
    selected_claim: int | None = None
    selected_event: int | None = None
    hovered: int | None = None
    now: float | None = None
    known: float | None = None
    """What is shown had been published by then."""
    previous: Mapping[int, int] = field(default_factory=dict)
    folded: frozenset[Zone] = frozenset()
    """Sides of which only the name and the number of their marks are shown."""
    lanes: Mapping[Zone, int] | None = None
    """Lanes of each zone, where they are not to follow from the marks."""
    hints: bool = True
    labels: LabelForms | None = None
    """Of ``data`` in ``measure``, where they are kept for the frames that follow."""


def compose(request: Request) -> Frame:
    """Lay out one picture."""
    if request.labels is None:
        request = replace(request, labels=LabelForms(request.data, request.measure))
    data, scale = request.data, request.scale
    in_all = {zone: 0 if zone in request.folded else len(data.zones[zone]) for zone in Zone}
    room = zones(request.height, scale.width, in_all, request.lanes)
    earlier, later = _hints(request, room)
    axis = ticks(
        scale,
        request.words,
        request.measure.caption,
        left=earlier.rect.x1 + 4 if earlier else 4.0,
        right=scale.width - later.rect.x0 + 4 if later else 4.0,
    )
    counts = {zone: data.zones[zone].count(scale.start, scale.end) for zone in Zone}
    drawn = dict.fromkeys(Zone, 0)
    forced = _forced(request)
    choices = [_choose(request, room, zone, counts[zone], forced) for zone in Zone]
    order = [index for choice in choices for index in choice.order]
    data.prepare(order)
    bars = boxes(data, scale, order)
    at = np.array(order, np.int64)
    meets = (data.end[at] >= scale.start) & (data.start[at] <= scale.end)
    in_view = set(at[meets].tolist())
    marks: list[Mark] = []
    more: list[Counter] = []
    columns: list[Columns] = []
    begin = 0
    for choice in choices:
        zone, own = choice.zone, bars[begin : begin + len(choice.order)]
        begin += len(own)
        found = _seated(request, room, choice, own, in_view)
        drawn[zone] = len(found)
        marks += found
        if choice.dense:
            columns.append(_columns(request, room, zone, choice.dense))
        elif len(found) < counts[zone] and zone not in request.folded:
            keys = [mark.index for mark in found]
            free = free_stretches(scale.width, axis, (earlier, later))
            more += _counters(request, room, zone, counts[zone], keys, free)
    names, shares = _names(request, room, counts, drawn)
    frame = Frame(
        scale=scale,
        height=request.height,
        band=room.band,
        rows=(room.band.y0, room.band.y0 + room.row),
        row_height=room.row,
        ticks=axis,
        marks=tuple(marks),
        counters=tuple(more),
        columns=tuple(columns),
        curves=(),
        names=names,
        shares=shares,
        earlier=earlier,
        later=later,
        now=request.now if request.now and scale.start <= request.now <= scale.end else None,
        known=request.known
        if request.known and scale.start <= request.known <= scale.end
        else None,
        clusters=clusters(data, scale, axis.lower) if columns else (),
        in_view=counts,
        drawn=drawn,
    )
    return links.with_curves(
        frame,
        data,
        request.selected_claim,
        request.hovered,
        request.phrases.relations,
        request.measure.caption,
        max(LINKS_SHOWN, min(int(scale.width * request.height / LINK_AREA), MOST_LINKS)),
    )


def _forced(request: Request) -> list[int]:
    """Marks that must be drawn if they are in view: the selected one and what it is linked to."""
    data, chosen = request.data, request.selected_claim
    found: list[int] = []
    if chosen is not None and chosen in data.index_of_claim:
        found.append(data.index_of_claim[chosen])
        for link in data.links.of_claim(chosen):
            other = link.target if link.source == chosen else link.source
            if other in data.index_of_claim:
                found.append(data.index_of_claim[other])
    elif request.selected_event is not None:
        found += np.flatnonzero(data.event_id == request.selected_event)[:12].tolist()
    return found


@dataclass(frozen=True, slots=True)
class _Choice:
    """What takes part in the layout of a zone. ``forced`` must be seen; ``dense`` is the height
    of the columns of density, and where those or counters stand for most marks it is ``crowded``.
    """

    zone: Zone
    order: Sequence[int] = ()
    forced: frozenset[int] = frozenset()
    lanes: int = 0
    dense: float = 0.0
    crowded: bool = False


def _choose(request: Request, room: Zones, zone: Zone, count: int, forced: list[int]) -> _Choice:
    """Of a zone in which ``count`` marks are in view, the most important ones."""
    data, scale = request.data, request.scale
    lanes, dense = room.lanes[zone], 0.0
    if zone is not Zone.BAND:
        dense = _column_height(count, room, zone, scale.width)
        if dense:
            lanes = max(int((room.heights[zone] - dense) // room.pitch), 1)
    if not lanes or not count or zone in request.folded:
        return _Choice(zone)
    most = min(MOST, int(lanes * scale.width / PER_MARK) + 12)
    crowded = dense > 0 or (zone is Zone.BAND and count > 4 * most)
    margin = 0.0 if crowded else scale.span * BESIDE_VIEW
    if crowded:
        # What is beside the view gets no label there, so it would not be seated.
        most = int(most / (1 + 2 * BESIDE_VIEW))
    start, end = scale.start - margin, scale.end + margin
    chosen = data.zones[zone].most_important(start, end, most).tolist()
    first = [
        index
        for index in forced
        if data.zone[index] == zone and data.end[index] >= start and data.start[index] <= end
    ]
    both = [*first, *chosen] if crowded else [*chosen, *first]
    return _Choice(zone, list(dict.fromkeys(both)), frozenset(first), lanes, dense, crowded)


def _seated(
    request: Request, room: Zones, choice: _Choice, bars: Sequence[Box], in_view: Set[int]
) -> list[Mark]:
    """Those of a choice that found room and meet the view."""
    if not bars:
        return []
    assert request.labels is not None
    widths, wanted = request.labels.__getitem__, choice.forced

    def lay_out(bars: Sequence[Box]) -> list[Placed]:
        layout = place(
            bars,
            choice.lanes,
            request.scale.width,
            widths,
            previous=request.previous,
            labelled_only=choice.crowded,
            always=wanted,
        )
        return [item for item in layout.placed if item.key in in_view]

    placed = lay_out(bars)
    missing = wanted - {item.key for item in placed}
    if missing:
        # Only what would else not be seen goes before what is more important: a choice that is
        # already in the picture moves nothing.
        placed = lay_out(
            sorted(bars, key=lambda box: (box.key not in missing, box.key not in wanted))
        )
    by_key = {box.key: box for box in bars}
    return list(_marks(request, room, choice.zone, choice.dense, placed, by_key))


def _column_height(count: int, room: Zones, zone: Zone, width: float) -> float:
    """Grows smoothly with how much more is in view than there is room for."""
    whole = room.heights[zone]
    capacity = max(room.lanes[zone], 1) * width / PER_MARK
    share = min(max((count / capacity - 1.2) / 2.8, 0.0), 1.0)
    height = whole * 0.5 * share * share * (3 - 2 * share)
    return height if height >= 16 else 0.0


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
    for item in found:
        index, middle, box = item.key, middles[item.lane], boxes[item.key]
        text = "" if item.place is Place.NOWHERE else text_of(index, item.form)
        at = item.label_x
        moved = item.x0 - box.x0
        yield Mark(
            index,
            zone,
            item,
            Rect(item.x0, middle - half, item.x1, middle + half),
            box.core0 + moved,
            box.core1 + moved,
            text,
            Rect(at, middle - 8, at + item.label_width, middle + 8),
        )


def _counters(
    request: Request,
    room: Zones,
    zone: Zone,
    count: int,
    drawn: Sequence[int],
    free: Sequence[tuple[float, float]],
) -> list[Counter]:
    """Beside a side's name, or for the band in the free stretches of the upper row of ticks."""
    caption = request.measure.caption
    if zone is Zone.BAND:
        top = room.band.y0 + (room.row - HEIGHT) / 2 + 1
    else:
        words = request.phrases.shown.format(drawn=len(drawn), count=count)
        name = request.names.get(zone, "")
        left = MARGIN + request.measure.heading(name) + caption(words) + 24
        free = [(left, request.scale.width - MARGIN)]
        top = room.margin + (room.header - HEIGHT) / 2
        if zone is Zone.BELOW:
            top = request.height - room.margin - (room.header + HEIGHT) / 2
    found = hidden(request.data, request.scale, zone, count, drawn)
    return counters(found, request.scale, zone, top, free, caption)


def _columns(request: Request, room: Zones, zone: Zone, dense: float) -> Columns:
    scale = request.scale
    # Columns keep to multiples of their width in time, so that they move with a pan.
    length = COLUMN / scale.pixels_per_day
    first = int(np.floor(scale.start / length))
    count = int(np.ceil(scale.width / COLUMN)) + 1
    edges = np.arange(first, first + count + 1, dtype=np.float64) * length
    base = room.band.y0 - 2 if zone is Zone.ABOVE else room.band.y1 + 2
    return Columns(
        zone,
        scale.x(float(edges[0])),
        COLUMN,
        request.data.zones[zone].density(edges),
        request.data.zones[zone].density(edges, disputed=True),
        base,
        dense - 4 if zone is Zone.ABOVE else 4 - dense,
    )


def _names(
    request: Request, room: Zones, counts: Mapping[Zone, int], drawn: Mapping[Zone, int]
) -> tuple[tuple[Caption, ...], tuple[Caption, ...]]:
    names, shares = [], []
    for zone in (Zone.ABOVE, Zone.BELOW):
        name = request.names.get(zone, "")
        top = room.margin
        if zone is Zone.BELOW:
            top = request.height - room.margin - room.header
        bottom = top + room.header
        right = MARGIN + 4 + request.measure.heading(name)
        names.append(Caption(name, Rect(MARGIN + 4, top, right, bottom), zone))
        if zone in request.folded or drawn[zone] < counts[zone]:
            form = request.phrases.folded if zone in request.folded else request.phrases.shown
            text = form.format(drawn=drawn[zone], count=counts[zone])
            at = right + 10
            width = request.measure.caption(text)
            shares.append(Caption(text, Rect(at, top, at + width, bottom), zone))
    return tuple(names), tuple(shares)


def _hints(request: Request, room: Zones) -> tuple[Caption | None, Caption | None]:
    if not request.hints:
        return None, None
    scale, top = request.scale, room.band.y0 + 1
    before, after = request.data.outside(scale.start, scale.end)
    earlier = later = None
    if before:
        text = "‹ " + request.phrases.earlier.format(count=before)
        width = request.measure.caption(text) + 12
        earlier = Caption(text, Rect(4, top, 4 + width, top + 16))
    if after:
        text = request.phrases.later.format(count=after) + " ›"
        width = request.measure.caption(text) + 12
        later = Caption(text, Rect(scale.width - 4 - width, top, scale.width - 4, top + 16))
    return earlier, later
