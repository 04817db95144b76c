"""One row of the split view, laid out for a width: where its cards, links and figures stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from db.rows import Reliability
from desktop.comparison.between import gaps_of, place_gaps
from desktop.comparison.cards import CardLayout, Piece, Tone, lay_out_card, line_limit
from desktop.comparison.columns import Columns
from desktop.comparison.facts import article_line, card_facts, reliability_of
from desktop.comparison.figures import Strip, strips_of
from desktop.comparison.flow import GAP, Flow
from desktop.comparison.kit import block_of, width_of
from desktop.comparison.links import PlacedLink, route
from desktop.comparison.listing import Listing, Row
from desktop.comparison.rows import Column, Content, column_of, read_content, side_of
from desktop.comparison.strips import PlacedStrip, place_strip
from desktop.comparison.words import shortened, words_of
from desktop.session import Session
from desktop.theme import Size
from desktop.wording import interval_in_words
from extraction.model import SideKey

ABOVE = 10.0
BELOW = 14.0
DAY_HEIGHT = 34.0
SILENCE_HEIGHT = 44.0
NOBODY_HEIGHT = 24.0
FOLDED = 2
"""Voices of third parties that a row shows before it counts the rest."""

MOST = 40
"""Claims that a row shows of a side before it counts the rest: to lay out and link five hundred
takes a second."""


@dataclass(frozen=True, slots=True)
class PlacedCard:
    card: CardLayout
    column: Column
    at: QPointF
    faded: bool

    @property
    def rect(self) -> QRectF:
        return QRectF(self.at.x(), self.at.y(), self.card.width, self.card.height)

    @property
    def words_rect(self) -> QRectF:
        return self.card.words_rect.translated(self.at)


@dataclass(frozen=True, slots=True)
class Silence:
    """A hatched cell that says where was looked."""

    rect: QRectF
    words: Piece


@dataclass(frozen=True, slots=True)
class Toggle:
    """What folds the third parties in and out; ``words`` is its only sign."""

    words: Piece
    expands: bool

    @property
    def rect(self) -> QRectF:
        return self.words.rect.adjusted(-4, -2, 4, 2)


@dataclass
class RowLayout:
    """A row from its own top left corner, in pixels. ``line`` is where its content begins."""

    row: Row
    height: float = 0.0
    line: float = 0.0
    texts: list[Piece] = field(default_factory=list)
    cards: list[PlacedCard] = field(default_factory=list)
    links: list[PlacedLink] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    strips: list[PlacedStrip] = field(default_factory=list)
    toggle: Toggle | None = None
    title_rect: QRectF = field(default_factory=QRectF)
    folds: bool = False
    """Whether a side says more than is shown."""

    def card_of(self, claim_id: int) -> PlacedCard | None:
        return next((card for card in self.cards if card.card.claim_id == claim_id), None)

    def card_at(self, at: QPointF) -> PlacedCard | None:
        return next((card for card in self.cards if card.rect.contains(at)), None)


def estimates(sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """About how high rows with so many claims will be, before they are laid out."""
    return 60.0 + 116.0 * np.minimum(np.maximum(1, (sizes + 1) // 2), MOST)


def guesses(rows: Listing, known: Iterable[tuple[Row, float]]) -> NDArray[np.float64]:
    """Heights of rows: those that were laid out before, in another list, keep theirs."""
    heights = estimates(rows.sizes)
    for row, height in known:
        place = rows.place_of(row.kind, row.id)
        if place is not None and (rows[place].size, rows[place].heads) == (row.size, row.heads):
            heights[place] = height
    return heights


def heading_of(row: Row) -> str:
    """The day that a row stands under."""
    return row.day or QCoreApplication.translate("Comparison", "No date known")


def lay_out_row(
    session: Session,
    row: Row,
    columns: Columns,
    *,
    expanded: bool = False,
    year: int | None = None,
    looked: str = "",
    chosen: int | None = None,
) -> RowLayout:
    """Lay out a row; ``expanded`` unfolds its third parties and what a side says beyond ``MOST``.

    Where that is folded the ``chosen`` claim is shown all the same. ``year`` goes without saying,
    ``looked`` says where a statement was looked for.
    """
    content = read_content(session, row, None if expanded else MOST, chosen)
    layout = RowLayout(row, folds=content.folded > 0)
    builder = _Builder(session, layout, columns, content, year, looked)
    if row.heads:
        builder.day()
    builder.heading()
    builder.sides()
    builder.between()
    builder.third(expanded)
    builder.figures(strips_of(content.claims))
    # Whole pixels: scrolling moves what is drawn already.
    layout.height = float(ceil(builder.bottom + BELOW))
    return layout


class _Builder:
    def __init__(
        self,
        session: Session,
        layout: RowLayout,
        columns: Columns,
        content: Content,
        year: int | None,
        looked: str,
    ) -> None:
        self.session = session
        self.layout = layout
        self.columns = columns
        self.content = content
        self.year = year
        self.looked = looked
        self.bottom = ABOVE

    # ------------------------------------------------------------------ heading

    def day(self) -> None:
        """The heading that this row is the first to stand under."""
        words = heading_of(self.layout.row)
        block = block_of(words, Size.CAPTION, self.columns.width, strong=True, lines=1)
        at = QPointF(self.columns.left, DAY_HEIGHT - block.height - 6)
        self.layout.texts.append(Piece(block, at, Tone.MUTED))
        self.layout.line = DAY_HEIGHT
        self.bottom += DAY_HEIGHT

    def heading(self) -> None:
        """Label in semi-bold, then when, how many voices and whether they are at odds."""
        columns = self.columns
        title = block_of(self._title(), Size.BODY, columns.width, strong=True)
        at = QPointF(columns.left, self.bottom)
        self.layout.texts.append(Piece(title, at, Tone.TEXT))
        about, disputed = self._about()
        separator = " · " if about and disputed else ""
        needed = width_of(about + separator + disputed, Size.CAPTION)
        single = title.height <= title.line_height
        if single and title.natural_width + GAP + needed <= columns.width:
            place = QPointF(columns.left + title.natural_width + GAP, self.bottom + 1.5)
            self.bottom += title.height
        else:
            place = QPointF(columns.left, self.bottom + title.height)
            self.bottom += title.height + title.line_height - 2
        # One pixel more than measured: a line that just fits must not wrap.
        room = columns.left + columns.width - place.x() + 1
        self._line(about + separator, place, room, Tone.MUTED)
        advance = width_of(about + separator, Size.CAPTION)
        self._line(disputed, place + QPointF(advance, 0), room - advance, Tone.DISPUTE)
        self.layout.title_rect = QRectF(columns.left, at.y(), columns.width, self.bottom - at.y())
        self.bottom += 6

    def _line(self, words: str, at: QPointF, width: float, tone: Tone) -> None:
        if words.strip():
            block = block_of(words, Size.CAPTION, width, lines=1)
            self.layout.texts.append(Piece(block, at, tone))

    def _title(self) -> str:
        if self.content.event is not None:
            return self.content.event.label
        claim = self.content.claims[0]
        label = shortened(words_of(claim))
        return label[:1].upper() + label[1:]

    def _about(self) -> tuple[str, str]:
        content = self.content
        parts = []
        if content.when is not None:
            parts.append(interval_in_words(content.when, year=self.year))
        if content.event is not None:
            if content.event.places and not any(
                place.casefold() in content.event.label.casefold() for place in content.event.places
            ):
                parts.append(", ".join(content.event.places[:3]))
            if content.voices == 1:
                parts.append(QCoreApplication.translate("Comparison", "1 voice"))
            elif content.voices:
                parts.append(
                    QCoreApplication.translate("Comparison", "{count} voices").format(
                        count=content.voices
                    )
                )
        disputed = QCoreApplication.translate("Comparison", "disputed") if content.disputed else ""
        return " · ".join(part for part in parts if part), disputed

    # ------------------------------------------------------------------ the two sides

    def sides(self) -> None:
        if not (
            self.content.columns[Column.LEFT]
            or self.content.columns[Column.RIGHT]
            or self.content.silent
        ):
            return
        top = self.bottom
        if len(self.content.silent) == 2:
            self.bottom = top + self._nobody(top)
            return
        ends = [self._stack(column, top) for column in (Column.LEFT, Column.RIGHT)]
        bottom = max(ends)
        cards = {placed.card.claim_id: placed.rect for placed in self.layout.cards}
        words = {placed.card.claim_id: placed.words_rect for placed in self.layout.cards}
        links, bottom = route(self.content.links, cards, self.columns, top, bottom, words)
        self.layout.links = links
        self.bottom = bottom

    def between(self) -> None:
        claims = (claim for claims in self.content.columns.values() for claim in claims)
        gaps = gaps_of(self.session, claims)
        if gaps:
            pieces, self.bottom = place_gaps(self.session, gaps, self.columns, self.bottom + GAP)
            self.layout.texts += pieces

    def _stack(self, column: Column, top: float) -> float:
        place = top
        for claim in self.content.columns[column]:
            card = self._card(column, claim.id, self.columns.card_width)
            at = QPointF(self.columns.card_left(column), place)
            self.layout.cards.append(PlacedCard(card, column, at, claim.id in self.content.faded))
            place += card.height + GAP
        if column in self.content.silent:
            place += self._silence(column, place) + GAP
        return place - GAP if place > top else place

    def _card(
        self, column: Column, claim_id: int, width: float, *, wide: bool = False
    ) -> CardLayout:
        claim = self.session.claim(claim_id)
        elsewhere = self.content.elsewhere.get(claim_id, ())
        return lay_out_card(
            claim_id,
            claim.side,
            card_facts(self.session, claim, elsewhere, self.year),
            width,
            bar_right=column is Column.RIGHT,
            wide=wide,
        )

    def _nobody(self, top: float) -> float:
        """Neither side is heard: one cell for both, and not a high one."""
        names = [self.session.side_name(side) for side in (SideKey.A, SideKey.B)]
        both = QCoreApplication.translate("Comparison", "{left} or {right}").format(
            left=names[0], right=names[1]
        )
        width = self.columns.right + self.columns.card_width - self.columns.left
        return self._cell(both, QRectF(self.columns.left, top, width, NOBODY_HEIGHT))

    def _silence(self, column: Column, top: float) -> float:
        left, width = self.columns.card_left(column), self.columns.card_width
        name = self.session.side_name(side_of(column))
        return self._cell(name, QRectF(left, top, width, SILENCE_HEIGHT))

    def _cell(self, name: str, rect: QRectF) -> float:
        """A hatched cell with where was looked; it grows with its words."""
        words = QCoreApplication.translate("Comparison", "No statement by {side} {where}")
        block = block_of(
            words.format(side=name, where=self.looked).rstrip(),
            Size.CAPTION,
            min(rect.width() - 48, 1.6 * line_limit()),
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        rect.setHeight(max(rect.height(), block.height + 8))
        at = QPointF(rect.center().x() - block.width / 2, rect.center().y() - block.height / 2)
        self.layout.silences.append(Silence(rect, Piece(block, at, Tone.MUTED)))
        return rect.height()

    # ------------------------------------------------------------------ everybody else

    def third(self, expanded: bool) -> None:
        """Third parties and the outlet's own narration: beside the sides, or below them."""
        entries = [claim.id for claim in self.content.columns[Column.THIRD]]
        narration = list(self.content.narration)
        many = self._is_long()
        if not entries and not narration and not many:
            return
        total = len(entries) + len(narration)
        folds = total > FOLDED + 1
        if folds and not expanded:
            entries, narration = entries[:FOLDED], narration[: max(0, FOLDED - len(entries))]
        top = self._top_of_third(bool(entries))
        flow = Flow(self.columns, top)
        for claim_id in entries:
            # A single voice takes the whole width: half of it would only leave a hole.
            wide = len(entries) == 1
            card = self._card(Column.THIRD, claim_id, flow.whole if wide else flow.width, wide=wide)
            at = flow.take_below(card.height) if wide else flow.take(card.height)
            self.layout.cards.append(
                PlacedCard(card, Column.THIRD, at, claim_id in self.content.faded)
            )
        for mention in narration:
            self._narration(mention.span.exact, mention.article_id, flow)
        if folds or many:
            self._toggle(total - len(entries) - len(narration), expanded, flow)
        self.bottom = max(self.bottom, flow.bottom)

    def _is_long(self) -> bool:
        """Whether a side says more than a row shows at first."""
        sides = Counter(column_of(claim.side) for claim in self.content.claims)
        return max(sides[Column.LEFT], sides[Column.RIGHT]) > MOST

    def _top_of_third(self, voices: bool) -> float:
        """Beside the sides where there is a column for it; else below, under its own name."""
        if self.columns.third_width > 0:
            return self.layout.title_rect.bottom() + 6
        if not voices or len(self.content.silent) == 2:
            # Nobody else is in the row, so there is no need to say who this is.
            return self.bottom + GAP
        words = self.session.side_name(SideKey.THIRD)
        block = block_of(words, Size.CAPTION, self.columns.width, strong=True, lines=1)
        at = QPointF(self.columns.left, self.bottom + GAP + 2)
        self.layout.texts.append(Piece(block, at, Tone.MUTED))
        return at.y() + block.height + 4

    def _narration(self, words: str, article_id: int, flow: Flow) -> None:
        """What the outlet says in its own voice: nobody's card, hence no ground."""
        width = min(flow.whole, line_limit())
        title = QCoreApplication.translate("Comparison", "Told by the outlet itself")
        heading = block_of(title, Size.CAPTION, width, strong=True)
        body = block_of(" ".join(words.split()), Size.BODY, width)
        at = flow.take_below(heading.height + body.height)
        beside = min(heading.natural_width, width) + GAP
        source = block_of(
            article_line(self.session, article_id, self.year),
            Size.CAPTION,
            max(flow.whole - beside, 1.0),
            lines=1,
        )
        self.layout.texts += [
            Piece(heading, at, Tone.MUTED),
            Piece(source, at + QPointF(beside, 0), Tone.MUTED),
            Piece(body, at + QPointF(0, heading.height), Tone.TEXT),
        ]

    def _toggle(self, hidden: int, expanded: bool, flow: Flow) -> None:
        folded = self.content.folded
        if expanded:
            words = QCoreApplication.translate("Comparison", "Show fewer")
        elif folded:
            words = QCoreApplication.translate("Comparison", "{count} more statements").format(
                count=f"{folded + hidden:,}"
            )
        else:
            words = QCoreApplication.translate(
                "Comparison", "{count} more from third parties and outlets"
            ).format(count=hidden)
        block = block_of(words, Size.CAPTION, flow.width - 16, strong=True)
        at = flow.take_below(block.height + 4) + QPointF(0, 2)
        self.layout.toggle = Toggle(Piece(block, at, Tone.MUTED), not expanded)

    # ------------------------------------------------------------------ figures

    def figures(self, strips: tuple[Strip, ...]) -> None:
        for strip in strips:
            placed = place_strip(strip, self.columns, self.bottom + 12, self._rated)
            self.layout.strips.append(placed)
            self.bottom = placed.bottom

    def _rated(self, claim_id: int) -> Reliability | None:
        return reliability_of(self.session, self.session.claim(claim_id))
