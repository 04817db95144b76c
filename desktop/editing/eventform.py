"""What an event is called and when it happened, as a person says it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from db.rows import EventRow
from desktop.editing.careful import CarefulDialog
from desktop.editing.claimform import Edit
from desktop.editing.timefield import TimeField
from desktop.panels import button, label


class EventForm(CarefulDialog):
    """``accepted_edits`` carries what is to be written, as ``ClaimForm``'s does."""

    accepted_edits = Signal(list)

    def __init__(self, event: EventRow, anchor: datetime, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Edit event"), parent)
        self.setMinimumWidth(460)
        self._event = event
        self.name = QLineEdit(event.label)
        self.name.setAccessibleName(self.tr("Name"))
        self.when = TimeField(event.when, anchor)
        self.when.edit.setAccessibleName(self.tr("When it happened"))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&When it happened"), self.when)
        self.keep_button = button(self.tr("&Keep"), main=True)
        self.keep_button.clicked.connect(self._keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(
            label(
                self.tr("Later imports leave it so. An empty name lets them name it again."),
                "caption",
                wrap=True,
            )
        )
        layout.addLayout(self.buttons(self.keep_button, self.tr("&Cancel")))
        self.when.edit.textChanged.connect(
            lambda: self.keep_button.setEnabled(self.when.is_understood)
        )
        self.name.selectAll()
        self.name.setFocus()

    def typed(self) -> str:
        if self.when.is_understood and not self.edits():
            return ""
        return f"{self.name.text()}\n{self.when.edit.text()}"

    def edits(self) -> list[Edit]:
        """What differs from the event as it stands."""
        found: list[Edit] = []
        event, name, when = self._event, self.name.text().strip(), self.when.time
        if name != event.label:
            found.append(lambda dossier: dossier.rename_event(event.id, name))
        if self.when.is_changed:
            found.append(lambda dossier: dossier.date_event(event.id, when))
        return found

    def _keep(self) -> None:
        if self.when.is_understood:
            self.accepted_edits.emit(self.edits())
            self.accept()
