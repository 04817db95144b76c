"""One accessible object a card: what is painted has to be found by a screen reader too.

Each card in view gets an invisible label of its size that says all of it. They are made only
while some assistive technology listens, and follow a moment after scrolling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QLabel

from desktop.comparison.facts import spoken
from desktop.comparison.rows import relations_of

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas

SETTLED_MS = 60


class CardLabel(QLabel):
    """Heard and not seen: lies over a card, paints nothing and lets the pointer through."""

    def paintEvent(self, event: QPaintEvent) -> None:
        event.accept()


class CardVoices:
    """Keeps the labels with the cards that are in view."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        self._canvas = canvas
        self._labels: list[CardLabel] = []
        self._soon = QTimer(canvas)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLED_MS)
        self._soon.timeout.connect(self.settle)

    def follow(self) -> None:
        """Something moved or changed."""
        if QAccessible.isActive() or self._labels:
            self._soon.start()

    def announce(self, claim_id: int) -> None:
        """Say the chosen card."""
        canvas = self._canvas
        try:
            claim = canvas.session.claim(claim_id)
        except KeyError:
            return
        words = spoken(canvas.session, claim, relations_of(canvas.session, claim))
        canvas.setAccessibleDescription(words)
        if canvas.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words))

    def settle(self) -> None:
        """Put a label on each card in view, in reading order."""
        canvas = self._canvas
        placed = [
            (card.rect.translated(0, top), card.card.claim_id)
            for index, top in canvas.visible_rows()
            for card in canvas.layout_of(index).cards
        ]
        view = canvas.viewport().rect()
        placed = [(rect, one) for rect, one in placed if rect.toRect().intersects(view)]
        while len(self._labels) < len(placed):
            label = CardLabel(canvas.viewport())
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._labels.append(label)
        for label, (rect, claim_id) in zip(self._labels, placed, strict=False):
            claim = canvas.session.claim(claim_id)
            words = spoken(canvas.session, claim, relations_of(canvas.session, claim))
            if label.accessibleName() != words:
                label.setAccessibleName(words)
            label.setGeometry(rect.toRect())
            label.show()
        for label in self._labels[len(placed) :]:
            label.hide()
