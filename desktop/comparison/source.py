"""Asks who says a claim: an actor of the dossier by name or alias, or somebody new."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from db.rows import ActorRow
from desktop.editing.careful import StillBox
from desktop.panels import button, label
from desktop.session import Session
from extraction.model import SideKey

SIDES = (SideKey.A, SideKey.B, SideKey.THIRD, SideKey.BOTH, SideKey.NONE)
"""The sides that a claim can be put on, in the order in which forms offer them."""


class ActorField(StillBox):
    """A name, chosen or typed. ``named`` comes when an actor of the dossier is chosen."""

    named = Signal()

    def __init__(self, session: Session, name: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(StillBox.InsertPolicy.NoInsert)
        self.setAccessibleName(self.tr("Who says it"))
        actors = sorted(session.actors(), key=lambda row: (-row.claim_count, row.name.casefold()))
        for actor in actors:
            self.addItem(actor.name, actor)
        self.setCurrentIndex(-1)
        self.setEditText(name)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.activated.connect(lambda _: self.named.emit())
        completer.activated.connect(lambda _: self.named.emit())

    def choose_all(self) -> None:
        """Choose the name for typing over, its beginning in view: a long one is known by that."""
        edit = self.lineEdit()
        if edit is not None:
            edit.end(False)
            edit.home(True)

    @property
    def name(self) -> str:
        """What stands in the field, by the name that the dossier has for it."""
        actor = self.actor()
        return actor.name if actor is not None else self.currentText().strip()

    def actor(self) -> ActorRow | None:
        """The actor of that name or alias, if the dossier knows one."""
        typed = self.currentText().strip().casefold()
        for place in range(self.count()):
            actor: ActorRow = self.itemData(place)
            if typed in (actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)):
                return actor
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        edit = self.lineEdit()
        if edit is not None and edit.selectedText() == edit.text():
            self.choose_all()


class SourceDialog(QDialog):
    """``chosen`` carries the actor's id or ``None``, and the name."""

    chosen = Signal(object, str)

    def __init__(
        self, session: Session, about: str, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Who says it"))
        self.setMinimumWidth(400)
        self.field = ActorField(session, name)
        keep = button(self.tr("&Put right"), main=True)
        keep.setDefault(True)
        keep.clicked.connect(self._keep)
        cancel = button(self.tr("&Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(label(about, wrap=True))
        layout.addWidget(self.field)
        layout.addWidget(
            label(self.tr("The claim goes to the side of who says it."), "caption", wrap=True)
        )
        layout.addLayout(buttons)
        self.field.setFocus()
        self.field.choose_all()

    def _keep(self) -> None:
        actor = self.field.actor()
        self.chosen.emit(actor.id if actor is not None else None, self.field.name)
        self.accept()
