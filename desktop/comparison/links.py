"""Links through the gutter: from card to card, with the relation's name on them.

Relations of one kind that share a claim (one denial that covers four allegations) share one
name, so that names never pile up where a row holds many claims.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from desktop.comparison.cards import CHIP_HEIGHT, pill_width
from desktop.comparison.columns import Columns
from desktop.comparison.rows import Column, Link
from desktop.vocabulary import name_of
from extraction.model import RelationType

PILL_GAP = 6.0
PORT_GAP = 12.0
INSET = 12.0


@dataclass(frozen=True, slots=True)
class Strand:
    """The line from a link's name to one claim. ``head`` is where an arrow's tip rests, with +1
    for one that points right and -1 left; the end that a relation comes from has none."""

    claim: int
    path: QPainterPath
    head: tuple[QPointF, int] | None


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """One name with its lines. ``claims`` are all that it touches, the sources first; ``hub`` is
    the one that all of its relations have in common."""

    type: RelationType
    source: Column
    possible: bool
    claims: tuple[int, ...]
    relations: tuple[int, ...]
    hub: int
    strands: tuple[Strand, ...]
    path: QPainterPath
    words: str
    pill: QRectF

    @property
    def box(self) -> QRectF:
        """All that is drawn of it, arrow heads included."""
        return self.path.boundingRect().united(self.pill).adjusted(-5, -5, 5, 5)

    def strands_to(self, claims: Collection[int]) -> tuple[Strand, ...]:
        """The lines that tell of these claims, and always the hub's, which holds the name."""
        if self.hub in claims:
            return self.strands
        return tuple(one for one in self.strands if one.claim == self.hub or one.claim in claims)


@dataclass(slots=True, eq=False)
class _End:
    """Where a line meets a card."""

    column: Column
    claim: int
    y: float


@dataclass(slots=True)
class _Group:
    """Links that share a name. ``hub`` is the claim that all of them have in common."""

    links: list[Link]
    hub: int
    ends: dict[tuple[int, int], tuple[_End, _End]]
    y: float = 0.0

    @property
    def words(self) -> str:
        name = name_of(self.links[0].relation.type)
        return f"{name} {len(self.links)}" if len(self.links) > 1 else name


def route(
    links: Sequence[Link],
    cards: Mapping[int, QRectF],
    columns: Columns,
    top: float,
    bottom: float,
    words: Mapping[int, QRectF] | None = None,
) -> tuple[list[PlacedLink], float]:
    """Lay the links of a row between ``top`` and ``bottom``; returns the bottom that they need.

    They lead from words to words, where ``words`` tells where these stand on the cards.
    """
    groups = [_Group(members, hub, {}) for hub, members in _grouped(links)]
    _settle_ends(groups, cards, words or {})
    for group in groups:
        ys = [end.y for pair in group.ends.values() for end in pair]
        group.y = sum(ys) / len(ys)
    groups.sort(key=lambda group: group.y)
    step = CHIP_HEIGHT + PILL_GAP
    bottom = max(bottom, top + step * len(groups))
    places = spread(
        [group.y for group in groups], step, top + CHIP_HEIGHT / 2, bottom - CHIP_HEIGHT / 2
    )
    for group, place in zip(groups, places, strict=True):
        group.y = place
    return [_placed(group, columns) for group in groups], bottom


def _grouped(links: Sequence[Link]) -> list[tuple[int, list[Link]]]:
    """Links of one kind that leave or reach one claim, each link in its larger group."""
    leaving = Counter(_key(link, link.relation.source_id) for link in links)
    reaching = Counter(_key(link, link.relation.target_id) for link in links)
    groups: dict[tuple[object, ...], tuple[int, list[Link]]] = {}
    for link in links:
        source = _key(link, link.relation.source_id)
        target = _key(link, link.relation.target_id)
        if leaving[source] >= reaching[target]:
            key: tuple[object, ...] = ("from", *source)
            hub = link.relation.source_id
        else:
            key = ("to", *target)
            hub = link.relation.target_id
        groups.setdefault(key, (hub, []))[1].append(link)
    return list(groups.values())


def _key(link: Link, claim_id: int) -> tuple[object, ...]:
    crossing = link.source is not link.target
    return claim_id, link.relation.type, link.relation.possible, crossing, link.source


def _settle_ends(
    groups: Sequence[_Group], cards: Mapping[int, QRectF], words: Mapping[int, QRectF]
) -> None:
    """Find where each line meets its cards, and keep lines on one card apart.

    They meet it beside its words; where they are too many for that, they take the whole card.
    """
    said = {
        claim: words[claim].adjusted(0, -INSET, 0, INSET) if claim in words else card
        for claim, card in cards.items()
    }
    on_card: dict[int, list[_End]] = defaultdict(list)
    for group in groups:
        shared: _End | None = None
        for link in group.links:
            source, target = link.relation.source_id, link.relation.target_id
            first, second = _facing(said[source], said[target])
            leaving = _End(link.source, source, first)
            reaching = _End(link.target, target, second)
            # All strands of a group leave the card in common at one place.
            if source == group.hub:
                leaving = shared = shared or leaving
            else:
                reaching = shared = shared or reaching
            group.ends[(source, target)] = leaving, reaching
            for end in (leaving, reaching):
                if end not in on_card[end.claim]:
                    on_card[end.claim].append(end)
    for claim_id, ends_here in on_card.items():
        room = said[claim_id].height() - 2 * INSET
        fits = PORT_GAP * (len(ends_here) - 1) <= max(room, 0.0)
        card = said[claim_id] if fits else cards[claim_id]
        ends_here.sort(key=lambda end: end.y)
        gap = min(PORT_GAP, (card.height() - 2 * INSET) / max(1, len(ends_here)))
        places = spread(
            [end.y for end in ends_here], gap, card.top() + INSET, card.bottom() - INSET
        )
        for end, place in zip(ends_here, places, strict=True):
            end.y = place


def _facing(first: QRectF, second: QRectF) -> tuple[float, float]:
    """Heights at which two cards look at each other: level where they overlap."""
    high, low = max(first.top(), second.top()), min(first.bottom(), second.bottom())
    if low - high > 2 * INSET:
        middle = (high + low) / 2
        return middle, middle
    if first.top() < second.top():
        return first.bottom() - INSET, second.top() + INSET
    return first.top() + INSET, second.bottom() - INSET


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places in order, at least ``gap`` apart within ``low`` to ``high``, near the wanted ones.

    ``wanted`` is sorted. Neighbours that are too close are moved apart around their mean, as in
    the pool-adjacent-violators method. Where the room does not suffice the gap shrinks.
    """
    count = len(wanted)
    if count > 1:
        gap = min(gap, max(high - low, 0.0) / (count - 1))
    pools: list[tuple[float, int]] = []
    for index, value in enumerate(wanted):
        pools.append((value - index * gap, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (later, more), (earlier, some) = pools.pop(), pools.pop()
            pools.append(((earlier * some + later * more) / (some + more), some + more))
    flat = [value for value, size in pools for _ in range(size)]
    highest = max(low, high - gap * max(count - 1, 0))
    return [min(max(value, low), highest) + index * gap for index, value in enumerate(flat)]


def _placed(group: _Group, columns: Columns) -> PlacedLink:
    first = group.links[0]
    words = group.words
    width = pill_width(words)
    middle = columns.gutter_left + columns.gutter_width / 2
    crossing = first.source is not first.target
    if not crossing:
        # A link within one column swings out into the gutter on its own side.
        room = max(width / 2 + 2, min(columns.gutter_width / 2, width / 2 + 18))
        left = first.source is Column.LEFT
        middle = columns.gutter_left + room if left else columns.right - room
    centre = QPointF(middle, group.y)
    path = QPainterPath()
    strands: list[Strand] = []
    ends = {
        id(end): (end, is_target)
        for pair in group.ends.values()
        for end, is_target in zip(pair, (False, True), strict=True)
    }
    for end, is_target in ends.values():
        tip = QPointF(_edge(end.column, columns), end.y)
        line = _strand(tip, centre, crossing)
        pointed = is_target and first.relation.type is not RelationType.CONTRADICTS
        head = (tip, -1 if end.column is Column.LEFT else 1) if pointed else None
        strands.append(Strand(end.claim, line, head))
        path.addPath(line)
    claims = [pair[0] for pair in group.ends] + [pair[1] for pair in group.ends]
    return PlacedLink(
        type=first.relation.type,
        source=first.source,
        possible=first.relation.possible,
        claims=tuple(dict.fromkeys(claims)),
        relations=tuple(link.relation.id for link in group.links),
        hub=group.hub,
        strands=tuple(strands),
        path=path,
        words=words,
        pill=QRectF(middle - width / 2, group.y - CHIP_HEIGHT / 2, width, CHIP_HEIGHT),
    )


def _edge(column: Column, columns: Columns) -> float:
    return columns.gutter_left if column is Column.LEFT else columns.right


def _strand(edge: QPointF, centre: QPointF, crossing: bool) -> QPainterPath:
    path = QPainterPath(edge)
    if crossing:
        half = (edge.x() + centre.x()) / 2
        path.cubicTo(QPointF(half, edge.y()), QPointF(half, centre.y()), centre)
    else:
        path.cubicTo(QPointF(centre.x(), edge.y()), QPointF(centre.x(), edge.y()), centre)
    return path
