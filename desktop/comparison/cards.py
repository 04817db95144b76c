"""One claim as a card: laid out once for a width, then drawn in the colours of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout

from desktop.comparison.facts import DISPUTING, CardFacts
from desktop.comparison.kit import block_of, metrics_of, type_of, width_of
from desktop.comparison.textblock import TextBlock
from desktop.found import NOTHING, Found, formats_of
from desktop.reader.offsets import Offsets
from desktop.theme import Size, Theme
from extraction.model import SideKey

PADDING = 12.0
TOP = 8.0
BAR = 4.0
CHIP_HEIGHT = 20.0
CHIP_PADDING = 10.0
RADIUS = 4.0
LINE_CHARACTERS = 60
NOTE_LINES = 3


class Tone(Enum):
    """Which colour a piece of text has."""

    TEXT = "text"
    MUTED = "muted"
    SIDE = "side"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Colors:
    """What a card is drawn with."""

    text: QColor
    muted: QColor
    side: QColor
    bar: QColor
    other_side: QColor
    ground: QColor
    panel: QColor
    line: QColor
    dispute: QColor
    focus: QColor
    theme: Theme
    found: Found = NOTHING

    def over(self, block: TextBlock) -> list[QTextLayout.FormatRange]:
        """What marks the words that are searched for."""
        if not self.found:
            return []
        return formats_of(self.found.units(block.shown), self.theme)

    def of(self, tone: Tone) -> QColor:
        return {
            Tone.TEXT: self.text,
            Tone.MUTED: self.muted,
            Tone.SIDE: self.side,
            Tone.DISPUTE: self.dispute,
        }[tone]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of text at its place. ``leads_to`` is the claim that a click on it chooses.

    ``note`` is said of it in the tooltip; without one that says what is elided.
    """

    block: TextBlock
    at: QPointF
    tone: Tone
    leads_to: int | None = None
    note: str = ""

    @property
    def whole(self) -> str:
        return self.note or (self.block.text if self.block.elided else "")

    @property
    def rect(self) -> QRectF:
        return self.block.rect(self.at)


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Sizes and pieces of a card, from its own top left corner."""

    claim_id: int
    side: SideKey
    width: float
    height: float
    pieces: tuple[Piece, ...]
    chip: str
    chip_rect: QRectF
    chip_tone: Tone
    bar_right: bool
    words_rect: QRectF

    def draw(self, painter: QPainter, at: QPointF, colors: Colors, *, faded: bool) -> None:
        """Draw at ``at``; a faded card keeps its words and loses its ground."""
        card = QRectF(at.x(), at.y(), self.width, self.height)
        self._ground(painter, card, colors, faded)
        for piece in self.pieces:
            tone = Tone.MUTED if faded and piece.tone is Tone.TEXT else piece.tone
            over = colors.over(piece.block)
            piece.block.draw(painter, at + piece.at, colors.of(tone), colors.muted, over)
        draw_pill(
            painter,
            self.chip_rect.translated(at),
            self.chip,
            colors.of(self.chip_tone),
            colors.panel,
        )

    def _ground(self, painter: QPainter, card: QRectF, colors: Colors, faded: bool) -> None:
        painter.setPen(QPen(colors.line, 1) if faded else Qt.PenStyle.NoPen)
        painter.setBrush(colors.panel if faded else colors.ground)
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        left = card.right() - BAR if self.bar_right else card.left()
        bar = QRectF(left, card.top(), BAR, card.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.bar)
        painter.drawRect(bar)
        if self.side is SideKey.BOTH:
            painter.setBrush(colors.other_side)
            painter.drawRect(QRectF(left, card.center().y(), BAR, card.height() / 2))

    def tooltip(self, at: QPointF) -> str:
        """The whole of what is elided at a point of the card."""
        for piece in self.pieces:
            if piece.whole and piece.rect.contains(at):
                return piece.whole
        return ""

    def leads_to(self, at: QPointF) -> int | None:
        for piece in self.pieces:
            if piece.leads_to is not None and piece.rect.contains(at):
                return piece.leads_to
        return None


def pill_width(text: str) -> float:
    """How wide a chip with this text is."""
    return width_of(text, Size.CAPTION, True) + 2 * CHIP_PADDING


def draw_pill(
    painter: QPainter,
    rect: QRectF,
    text: str,
    color: QColor,
    ground: QColor,
    *,
    dashed: bool = False,
) -> None:
    """A rounded chip: outline and words in one colour on a calm ground."""
    painter.setPen(QPen(color, 1.2, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.setBrush(ground)
    inner = rect.adjusted(0.6, 0.6, -0.6, -0.6)
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
    painter.setFont(type_of(Size.CAPTION, True))
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def line_limit() -> float:
    """Width of a line of some 60 characters."""
    return metrics_of(Size.BODY).averageCharWidth() * LINE_CHARACTERS


class _Stack:
    """Puts one block of text below another."""

    def __init__(self, left: float, width: float) -> None:
        self.left = left
        self.width = width
        self.top = TOP
        self.words = QRectF()
        self.pieces: list[Piece] = []

    def add(
        self,
        text: str,
        tone: Tone,
        size: Size = Size.CAPTION,
        *,
        strong: bool = False,
        width: float | None = None,
        gap: float = 0.0,
        lines: int = 0,
        italic: tuple[tuple[int, int], ...] = (),
        muted: tuple[tuple[int, int], ...] = (),
        leads_to: int | None = None,
        note: str = "",
    ) -> None:
        if not text:
            return
        self.top += gap
        block = block_of(
            text,
            size,
            width or self.width,
            strong=strong,
            italic=italic,
            muted=muted,
            lines=lines,
        )
        self.pieces.append(Piece(block, QPointF(self.left, self.top), tone, leads_to, note))
        self.top += block.height


def lay_out_card(
    claim_id: int,
    side: SideKey,
    facts: CardFacts,
    width: float,
    *,
    bar_right: bool,
    wide: bool = False,
    chip_tone: Tone = Tone.SIDE,
) -> CardLayout:
    """Lay out a card ``width`` logical pixels wide; its height follows from the words.

    ``wide`` puts what belongs to the words beside them, where there is room.
    """
    left = PADDING if bar_right else BAR + PADDING
    inner = width - BAR - 2 * PADDING
    chip_width = pill_width(facts.act)
    chip = QRectF(left + inner - chip_width, TOP, chip_width, CHIP_HEIGHT)
    words_width = min(0.62 * inner, line_limit())
    beside_words = inner - words_width - BETWEEN
    if wide and beside_words >= NARROWEST_BESIDE:
        stack, about = _Stack(left, words_width), _Stack(left + inner - beside_words, beside_words)
        stack.add(facts.speaker, Tone.TEXT, Size.BODY, strong=True)
        stack.add(facts.chain, Tone.MUTED)
        _words(stack, facts)
        about.top += 3
        about.add(facts.times, Tone.MUTED, width=beside_words - chip_width - 8)
        about.top = max(about.top, chip.bottom() + 2)
        _about(about, facts)
        pieces, height = (*stack.pieces, *about.pieces), max(stack.top, about.top) + TOP
        return CardLayout(
            claim_id,
            side,
            width,
            height,
            pieces,
            facts.act,
            chip,
            chip_tone,
            bar_right,
            stack.words,
        )
    stack = _Stack(left, inner)
    beside = inner - chip_width - 8
    if beside < max(MIN_SPEAKER, _widest_word(facts.speaker)):
        # No room beside it: the chip stands above the speaker.
        chip.moveLeft(left)
        stack.top += CHIP_HEIGHT + 4
        beside = inner
    stack.add(facts.speaker, Tone.TEXT, Size.BODY, strong=True, width=beside)
    stack.add(facts.chain, Tone.MUTED, width=beside)
    stack.top = max(stack.top, chip.bottom())
    _words(stack, facts)
    stack.top += 4
    stack.add(facts.times, Tone.MUTED)
    _about(stack, facts)
    return CardLayout(
        claim_id=claim_id,
        side=side,
        width=width,
        height=stack.top + TOP,
        pieces=tuple(stack.pieces),
        chip=facts.act,
        chip_rect=chip,
        chip_tone=chip_tone,
        bar_right=bar_right,
        words_rect=stack.words,
    )


MIN_SPEAKER = 110.0
LONG_WORD = 12


def _widest_word(name: str) -> float:
    """How wide the longest word of a name is, if it is one that might have to be broken."""
    longest = max(name.split(), key=len, default="")
    if len(longest) < LONG_WORD:
        return 0.0
    return width_of(longest, Size.BODY, True)


BETWEEN = 24.0
NARROWEST_BESIDE = 220.0


def _words(stack: _Stack, facts: CardFacts) -> None:
    stack.add(
        facts.words,
        Tone.TEXT,
        Size.BODY,
        width=min(stack.width, line_limit()),
        gap=2,
        italic=_in_units(facts.words, facts.quoted),
        muted=_in_units(facts.words, facts.cue),
    )
    if facts.words:
        stack.words = stack.pieces[-1].rect


def _about(stack: _Stack, facts: CardFacts) -> None:
    """All but the words, the voice and the time: one line below the other."""
    status = " · ".join(text for text in (facts.status, facts.verification) if text)
    stack.add(facts.figures, Tone.TEXT)
    stack.add(status, Tone.DISPUTE if facts.against else Tone.MUTED)
    for text, entry in facts.elsewhere:
        tone = Tone.DISPUTE if entry.relation.type in DISPUTING else Tone.MUTED
        stack.add(text, tone, lines=1, leads_to=entry.other.id)
    stack.add(facts.more_elsewhere, Tone.MUTED, note=facts.hidden)
    if facts.note:
        stack.add(f"✎ {facts.note}", Tone.TEXT, gap=2, lines=NOTE_LINES)
    stack.add(facts.change, Tone.MUTED)
    _foot(stack, facts)


def _foot(stack: _Stack, facts: CardFacts) -> None:
    """Article at the left, review state at the right of the last line."""
    # A ring stands for "to review", so that what a person decided is what has words.
    words = f"✓ {facts.review}" if facts.decided else "○"
    if facts.starred:
        words = f"★ {words}"
    review_width = width_of(words, Size.CAPTION) + 2
    top = stack.top
    stack.add(facts.article, Tone.MUTED, lines=1, width=stack.width - review_width - 10)
    review = block_of(words, Size.CAPTION, review_width)
    if not facts.article:
        stack.top += review.height
    at = QPointF(stack.left + stack.width - review_width, top)
    stack.pieces.append(Piece(review, at, Tone.MUTED, note=facts.review))


def _in_units(words: str, ranges: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    offsets = Offsets(words)
    return tuple((offsets.to_units(start), offsets.to_units(end)) for start, end in ranges)
