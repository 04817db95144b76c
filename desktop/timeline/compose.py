"""From arrays and a stretch of time to a ``Frame``: zones, lanes, labels, counters, columns.

No Qt: text is measured by the caller's ``Measure``. The cost follows the pixels: whatever the
number of marks, at most ``MOST`` a zone are laid out, the others are columns or counters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from desktop.timeline import links
from desktop.timeline.axis import ticks
from desktop.timeline.boxes import boxes
from desktop.timeline.clusters import clusters
from desktop.timeline.counters import HEIGHT, counters, free_stretches, hidden
from desktop.timeline.data import Zone
from desktop.timeline.frame import Caption, Columns, Counter, Frame, Mark, Rect
from desktop.timeline.labelforms import LabelForms
from desktop.timeline.request import Measure, Phrases, Request
from desktop.timeline.room import Zones, zones
from desktop.timeline.seating import MARGIN, choose, group_names, gutter_of, seated
from desktop.timeline.wrapping import elided

__all__ = ["Measure", "Phrases", "Request", "compose"]

COLUMN = 6.0
"""Width of a density column in pixels."""

NAME_SHARE = 0.4
"""Of the width, for the name of a side."""

LINKS_SHOWN, MOST_LINKS = 8, 24
"""Disputes are drawn without a selection while there are no more than this: in a small view, and
at most.
"""

LINK_AREA = 40_000.0
"""Square pixels for each link in a larger view."""


def compose(request: Request) -> Frame:
    """Lay out one picture."""
    if request.labels is None:
        request = replace(request, labels=LabelForms(request.data, request.measure, request.pinned))
    data, scale = request.data, request.scale
    in_all = {zone: _size(request, zone) for zone in Zone}
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
    choices = [
        choice for zone in Zone for choice in choose(request, room, zone, counts[zone], forced)
    ]
    gutter = gutter_of(request, choices)
    order = [index for choice in choices for index in choice.order]
    data.prepare(order)
    assert request.labels is not None
    request.labels.prepare(order)
    bars = boxes(data, scale, order)
    at = np.array(order, np.int64)
    meets = (data.end[at] >= scale.start) & (data.start[at] <= scale.end)
    in_view = set(at[meets].tolist())
    marks: list[Mark] = []
    begin = 0
    for choice in choices:
        own = bars[begin : begin + len(choice.order)]
        begin += len(own)
        found = seated(request, room, choice, own, in_view, gutter)
        drawn[choice.zone] += len(found)
        marks += found
    columns = [
        _columns(request, room, choice.zone, choice.dense)
        for choice in choices
        if choice.dense and not choice.base
    ]
    dense = {item.zone for item in columns} | request.folded
    more = [
        counter
        for zone in Zone
        if drawn[zone] < counts[zone] and zone not in dense
        for counter in _counters(
            request,
            room,
            zone,
            counts[zone],
            [mark.index for mark in marks if mark.zone is zone],
            free_stretches(scale.width, axis, (earlier, later)),
        )
    ]
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
        groups=group_names(request, room, choices, gutter),
        gutter=gutter,
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


def _size(request: Request, zone: Zone) -> int:
    """For how many marks a zone wants room: a side that says nothing is seen to say nothing."""
    if zone in request.folded:
        return 0
    return max(len(request.data.zones[zone]), 0 if zone is Zone.BAND else 1)


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
        found += data.of_event(request.selected_event)[:12].tolist()
    return found


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
        words = _shown(request, len(drawn), count)
        name = _name(request, zone)
        left = MARGIN + request.measure.heading(name) + caption(words) + 24
        free = [(left, request.scale.width - MARGIN)]
        top = room.margin + (room.header - HEIGHT) / 2
        if zone is Zone.BELOW:
            top = request.height - room.margin - (room.header + HEIGHT) / 2
    found = hidden(request.data, request.scale, zone, count, drawn)
    return counters(found, request.scale, zone, top, free, caption, request.phrases.number)


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


def _shown(request: Request, drawn: int, count: int, *, folded: bool = False) -> str:
    words, number = request.phrases, request.phrases.number
    form = words.folded if folded else words.shown
    return form.format(drawn=number(drawn), count=number(count))


def _name(request: Request, zone: Zone) -> str:
    """A side's name, which leaves room for counters beside it."""
    room = request.scale.width * NAME_SHARE
    return elided(request.names.get(zone, ""), request.measure.heading, room)


def _names(
    request: Request, room: Zones, counts: Mapping[Zone, int], drawn: Mapping[Zone, int]
) -> tuple[tuple[Caption, ...], tuple[Caption, ...]]:
    names, shares = [], []
    for zone in (Zone.ABOVE, Zone.BELOW):
        name, whole = _name(request, zone), request.names.get(zone, "")
        top = room.margin
        if zone is Zone.BELOW:
            top = request.height - room.margin - room.header
        bottom = top + room.header
        right = MARGIN + 4 + request.measure.heading(name)
        cut = whole if name != whole else ""
        names.append(Caption(name, Rect(MARGIN + 4, top, right, bottom), zone, cut))
        if zone in request.folded or drawn[zone] < counts[zone]:
            text = _shown(request, drawn[zone], counts[zone], folded=zone in request.folded)
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
        text = "‹ " + request.phrases.earlier.format(count=request.phrases.number(before))
        width = request.measure.caption(text) + 12
        earlier = Caption(text, Rect(4, top, 4 + width, top + 16))
    if after:
        text = request.phrases.later.format(count=request.phrases.number(after)) + " ›"
        width = request.measure.caption(text) + 12
        later = Caption(text, Rect(scale.width - 4 - width, top, scale.width - 4, top + 16))
    return earlier, later
