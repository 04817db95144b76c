"""Everything that is said of a claim, to be put right in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db import Dossier
from db.rows import CREDIBILITIES, ClaimRow, EventRow, Reliability
from desktop.comparison.source import SIDES, ActorField
from desktop.editing.careful import CarefulDialog, StillBox
from desktop.editing.figures import FiguresEditor
from desktop.editing.timefield import TimeField
from desktop.panels import button, label
from desktop.session import Session
from desktop.vocabulary import credibility_in_words, name_of
from extraction.model import SpeechAct

SCROLL_BAR = 16
OWN_EVENT = 0
"""Stands for an event of its own among the ids of events."""

Edit = Callable[[Dossier], object]


class ClaimForm(CarefulDialog):
    """``accepted_edits`` carries what is to be written: functions of the dossier, none if nothing.

    ``events`` are those that the claim could belong to, the likeliest first.
    """

    accepted_edits = Signal(list)

    def __init__(
        self,
        session: Session,
        claim: ClaimRow,
        events: Sequence[EventRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Edit claim"), parent)
        self.setMinimumWidth(520)
        self._session = session
        self._claim = claim
        self.speaker = ActorField(session, claim.speaker)
        self.side, self.act, self.event_ = StillBox(), StillBox(), StillBox()
        self.when = TimeField(claim.when, self._published())
        self.where = QLineEdit(", ".join(claim.places))
        self.where.setPlaceholderText(self.tr("not known; several with commas between"))
        self.figures = FiguresEditor(claim.quantities, claim.content_spans)
        self.credibility, self.reliability = StillBox(), StillBox()
        self._fill(events)
        self._lay_out()
        self.speaker.named.connect(self._follow_speaker)
        self.when.edit.textChanged.connect(self._check)
        self.figures.changed.connect(self._check)
        self.figures.lines_changed.connect(self._order)
        self._order()
        self.speaker.setFocus()

    def _published(self) -> datetime:
        row = self._session.article(self._claim.article_id)
        said = self._claim.said.earliest if self._claim.said is not None else None
        return row.published_start or said or datetime.now()

    def _fill(self, events: Sequence[EventRow]) -> None:
        claim = self._claim
        for side in SIDES:
            self.side.addItem(self._session.side_name(side), side)
        self.side.setCurrentIndex(SIDES.index(claim.side))
        for act in SpeechAct:
            self.act.addItem(name_of(act), act)
        self.act.setCurrentIndex(list(SpeechAct).index(claim.speech_act))
        for event in events:
            self.event_.addItem(event.label, event.id)
        self.event_.addItem(self.tr("An event of its own"), OWN_EVENT)
        at = self.event_.findData(claim.event_id)
        if at < 0:
            self.event_.insertItem(0, self.tr("No event"), None)
            at = 0
        self.event_.setCurrentIndex(at)
        self.credibility.addItem(self.tr("not rated"), None)
        for figure in CREDIBILITIES:
            self.credibility.addItem(credibility_in_words(figure), figure)
        self.credibility.setCurrentIndex(self.credibility.findData(claim.credibility))
        self.reliability.addItem(self.tr("not rated"), None)
        for letter in Reliability:
            self.reliability.addItem(name_of(letter), letter)
        rated = self._rated()
        at = list(Reliability).index(rated) + 1 if rated is not None else 0
        self.reliability.setCurrentIndex(at)
        self.reliability.setEnabled(claim.actor_id is not None)

    def _rated(self) -> Reliability | None:
        if self._claim.actor_id is None:
            return None
        return self._session.actor(self._claim.actor_id).reliability

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("&Who says it"), self.speaker),
            (self.tr("&Side"), self.side),
            (self.tr("Speech &act"), self.act),
            (self.tr("W&hen it happened"), self.when),
            (self.tr("Whe&re"), self.where),
            (self.tr("&Event"), self.event_),
            (self.tr("F&igures"), self.figures),
            (self.tr("&Credibility"), self.credibility),
            (self.tr("Re&liability of who says it"), self.reliability),
        )
        for name, field in rows:
            target = field.focusProxy() or field
            target.setAccessibleName(target.accessibleName() or name.replace("&", ""))
            if isinstance(field, QComboBox):
                field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                field.setMinimumContentsLength(28)
                field.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
            form.addRow(name, field)
        self.keep_button = button(self.tr("&Keep"), main=True)
        self.keep_button.clicked.connect(self._keep)
        inside = QWidget()
        inside.setLayout(form)
        form.setContentsMargins(0, 0, 8, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(inside.minimumSizeHint().width() + SCROLL_BAR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(12)
        layout.addWidget(label(" ".join(self._claim.content.split()), wrap=True))
        layout.addWidget(area, 1)
        layout.addLayout(self.buttons(self.keep_button, self.tr("Ca&ncel")))
        self.resize(area.minimumWidth() + 28, min(inside.sizeHint().height() + 130, 720))

    def _order(self) -> None:
        """Tab goes from above; figures come and go."""
        fields: list[QWidget] = [
            *(self.speaker, self.side, self.act, self.when.edit, self.where, self.event_),
            *(*self.figures.fields(), self.figures.add_button),
            *(self.credibility, self.reliability),
        ]
        for one, following in pairwise(fields):
            QWidget.setTabOrder(one, following)

    def _follow_speaker(self) -> None:
        actor = self.speaker.actor()
        if actor is not None and actor.side in SIDES:
            self.side.setCurrentIndex(SIDES.index(actor.side))

    def _check(self) -> None:
        self.keep_button.setEnabled(self.when.is_understood and self.figures.is_understood)

    # ------------------------------------------------------------------ what changed

    def typed(self) -> str:
        if self.when.is_understood and self.figures.is_understood and not self.edits():
            return ""
        boxes = (self.speaker, self.side, self.act, self.event_, self.credibility, self.reliability)
        lines = (self.when.edit.text(), self.where.text(), *self.figures.typed())
        return "\n".join((*(box.currentText() for box in boxes), *lines))

    def edits(self) -> list[Edit]:
        """What differs from the claim as it stands, in the order in which it is to be written."""
        claim, ids = self._claim, [self._claim.id]
        found: list[Edit] = []
        actor, name = self.speaker.actor(), self.speaker.name
        if name and name != claim.speaker:
            actor_id = actor.id if actor is not None else None
            found.append(lambda dossier: dossier.set_source(ids, actor_id=actor_id, speaker=name))
        side = SIDES[self.side.currentIndex()]
        # Who speaks brings a side along; the side chosen here has the last word.
        if side is not claim.side or found:
            found.append(lambda dossier: dossier.edit_claims(ids, side=side))
        act = list(SpeechAct)[self.act.currentIndex()]
        if act is not claim.speech_act:
            found.append(lambda dossier: dossier.edit_claims(ids, act=act))
        when = self.when.time
        if self.when.is_changed:
            found.append(lambda dossier: dossier.set_when(ids, when))
        places = tuple(part.strip() for part in self.where.text().split(",") if part.strip())
        if places != claim.places:
            found.append(lambda dossier: dossier.set_places(ids, places))
        quantities = self.figures.quantities()
        if quantities != claim.quantities:
            found.append(lambda dossier: dossier.set_quantities(claim.id, quantities))
        event = self.event_.currentData()
        if event == OWN_EVENT:
            found.append(lambda dossier: dossier.split_event(ids))
        elif event is not None and event != claim.event_id:
            found.append(lambda dossier: dossier.place_claims(ids, event))
        credibility = self.credibility.currentData()
        if credibility != claim.credibility:
            found.append(lambda dossier: dossier.set_credibility(ids, credibility))
        reliability = self.reliability.currentData()
        if claim.actor_id is not None and reliability != self._rated():
            rated = None if reliability is None else Reliability(reliability)
            found.append(lambda dossier: dossier.set_reliability(rated, actor_id=claim.actor_id))
        return found

    def _keep(self) -> None:
        if self.when.is_understood and self.figures.is_understood:
            self.accepted_edits.emit(self.edits())
            self.accept()
