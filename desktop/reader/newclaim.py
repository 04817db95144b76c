"""Asks what a person needs to say of a claim that the machine missed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from db.rows import EventRow, NewClaim
from desktop.comparison.source import SIDES, ActorField
from desktop.comparison.words import quoted_parts
from desktop.panels import button, label
from desktop.session import Session
from desktop.vocabulary import name_of
from extraction.model import Form, FuzzyInterval, SideKey, Span, SpeechAct


class NewClaimDialog(QDialog):
    """``accepted_claim`` carries the ``NewClaim``. ``events`` are offered, the likeliest first."""

    accepted_claim = Signal(object)

    def __init__(
        self,
        session: Session,
        article_id: int,
        words: Span,
        events: Sequence[EventRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New claim"))
        self.setMinimumWidth(440)
        self._session = session
        self._article_id = article_id
        self._words = words
        self.speaker = ActorField(session)
        self.side, self.act, self.event_ = QComboBox(), QComboBox(), QComboBox()
        self._fill(events)
        self._lay_out()
        self.speaker.named.connect(self._follow_speaker)
        self.speaker.setFocus()

    def _fill(self, events: Sequence[EventRow]) -> None:
        for side in SIDES:
            self.side.addItem(self._session.side_name(side), side)
        self.side.setCurrentIndex(SIDES.index(SideKey.NONE))
        for act in SpeechAct:
            self.act.addItem(name_of(act), act)
        for event in events:
            self.event_.addItem(event.label, event.id)
        self.event_.addItem(self.tr("An event of its own"), None)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for name, field in (
            (self.tr("&Who says it"), self.speaker),
            (self.tr("&Side"), self.side),
            (self.tr("Speech &act"), self.act),
            (self.tr("&Event"), self.event_),
        ):
            field.setAccessibleName(name.replace("&", ""))
            field.setMinimumContentsLength(24)
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            form.addRow(name, field)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.add_button = button(self.tr("Add &claim"), main=True)
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._accept)
        cancel = button(self.tr("Ca&ncel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(12)
        layout.addWidget(label(" ".join(self._words.exact.split()), wrap=True))
        layout.addLayout(form)
        layout.addLayout(buttons)

    def _follow_speaker(self) -> None:
        actor = self.speaker.actor()
        if actor is not None and actor.side in SIDES:
            self.side.setCurrentIndex(SIDES.index(actor.side))

    def _accept(self) -> None:
        actor = self.speaker.actor()
        self.accepted_claim.emit(
            NewClaim(
                self._article_id,
                (self._words,),
                self.speaker.name,
                SIDES[self.side.currentIndex()],
                list(SpeechAct)[self.act.currentIndex()],
                form_of(self._words.exact),
                actor.id if actor is not None else None,
                self.event_.currentData(),
                said=self._published(),
            )
        )
        self.accept()

    def _published(self) -> FuzzyInterval | None:
        """What is said in an article was said by the day that it was published."""
        row = self._session.article(self._article_id)
        if row.published_start is None or row.published_end is None:
            return None
        return FuzzyInterval(
            row.published_start,
            row.published_end,
            row.published_precision,
            basis=self.tr("publication date"),
        )


def form_of(words: str) -> Form:
    """Whether words are quoted: all of them, some, or none."""
    parts = quoted_parts(words, Form.MIXED)
    if parts == ((0, len(words)),):
        return Form.DIRECT
    return Form.MIXED if parts else Form.INDIRECT
