"""Where the columns stand for a width of the view."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.comparison.rows import Column

MARGIN = 14.0
THIRD_GAP = 20.0
NARROWEST_THIRD = 280.0
WIDEST_GUTTER = 220.0


@dataclass(frozen=True, slots=True)
class Columns:
    """In logical pixels. ``third_width`` is 0 where third parties stand below the sides."""

    left: float
    width: float
    card_width: float
    gutter_left: float
    gutter_width: float
    third_left: float
    third_width: float

    @property
    def right(self) -> float:
        return self.gutter_left + self.gutter_width

    def card_left(self, column: Column) -> float:
        if column is Column.LEFT:
            return self.left
        return self.right if column is Column.RIGHT else self.third_left


ROOMY = 620.0
"""From this width on a link shows some line on both sides of its name."""

LINE_BESIDE = 16.0


def columns_for(width: float, widest_card: float, widest_name: float) -> Columns:
    """Share a width out.

    Cards take up to ``widest_card``, so that a line keeps to some 60 characters; then the gutter
    grows, and where still more is left the third parties get a column beside. The gutter always
    holds the longest name of a relation: ``widest_name``.
    """
    inner = width - 2 * MARGIN
    beside = LINE_BESIDE if inner >= ROOMY else 4.0
    gutter = max(widest_name + 2 * beside, min(inner * 0.17, 150.0))
    card = min((inner - gutter) / 2, widest_card)
    pair = 2 * card + gutter
    third = 0.0
    if inner - pair - THIRD_GAP >= NARROWEST_THIRD:
        third = min(inner - pair - THIRD_GAP, widest_card)
    spare = inner - pair - (third + THIRD_GAP if third else 0.0)
    more = min(max(spare, 0.0), WIDEST_GUTTER - gutter) if gutter < WIDEST_GUTTER else 0.0
    gutter += more
    spare -= more
    left = MARGIN + max(spare, 0.0) / 2
    pair = 2 * card + gutter
    return Columns(
        left=float(round(left)),
        width=pair + (third + THIRD_GAP if third else 0.0),
        card_width=card,
        gutter_left=round(left) + card,
        gutter_width=gutter,
        third_left=round(left) + pair + THIRD_GAP,
        third_width=third,
    )
