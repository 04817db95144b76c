"""Where third parties stand in a row."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from desktop.comparison.columns import Columns
from desktop.comparison.rows import Column

GAP = 8.0


class Flow:
    """Places blocks of one width in columns, each in the one that is shortest so far."""

    def __init__(self, columns: Columns, top: float) -> None:
        if columns.third_width > 0:
            self.width = self.whole = columns.third_width
            self._lefts = [columns.third_left]
        else:
            self.width = columns.card_width
            self.whole = columns.right + columns.card_width - columns.left
            self._lefts = [columns.card_left(Column.LEFT), columns.card_left(Column.RIGHT)]
        self._bottoms = [top] * len(self._lefts)

    def take(self, height: float) -> QPointF:
        place = min(range(len(self._lefts)), key=lambda index: self._bottoms[index])
        at = QPointF(self._lefts[place], self._bottoms[place])
        self._bottoms[place] += height + GAP
        return at

    def take_below(self, height: float) -> QPointF:
        at = QPointF(self._lefts[0], max(self._bottoms))
        self._bottoms = [at.y() + height + GAP] * len(self._lefts)
        return at

    @property
    def bottom(self) -> float:
        return max(self._bottoms) - GAP
