"""The copies that were made of a dossier by themselves, and putting one of them back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.backups import Backup, Reason, backups
from desktop.panels import button, label
from desktop.revisions import moment_in_words

_AT = Qt.ItemDataRole.UserRole


class BackupsDialog(QDialog):
    """``restore_asked`` carries the path of the copy that is to take the dossier's place."""

    restore_asked = Signal(object)

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, may_write: bool = True
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Backups of {name}").format(name=path.stem))
        self.resize(560, 420)
        self._may_write = may_write
        self._backups = backups(path)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setHeaderLabels([self.tr("Of"), self.tr("Made"), self.tr("Size")])
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        for number, backup in enumerate(self._backups):
            item = QTreeWidgetItem(
                [
                    moment_in_words(backup.made),
                    self._why(backup.reason),
                    QLocale().formattedDataSize(backup.size),
                ]
            )
            item.setData(0, _AT, number)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, str(backup.path))
            self.list.addTopLevelItem(item)
        self.words = label("", wrap=True)
        self.restore = button(self.tr("&Restore…"))
        self.restore.clicked.connect(self._ask)
        self.confirm = button(self.tr("&Restore it"), main=True)
        self.confirm.clicked.connect(self._restore)
        self.cancel = button(self.tr("&Leave it as it is"))
        self.cancel.clicked.connect(self._calm)
        self.close_button = button(self.tr("&Close"))
        self.close_button.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        for one in (self.restore, self.cancel, self.confirm, self.close_button):
            bottom.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.words)
        layout.addLayout(bottom)
        self.list.currentItemChanged.connect(self._calm)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)
        self._calm()

    def _why(self, reason: Reason) -> str:
        return {
            Reason.DAILY: self.tr("before the first use of a day"),
            Reason.UPDATE: self.tr("before an update of the program"),
            Reason.REPLACED: self.tr("before a backup was restored"),
        }[reason]

    def _chosen(self) -> Backup | None:
        item = self.list.currentItem()
        return None if item is None else self._backups[int(item.data(0, _AT))]

    def _calm(self, *_: object) -> None:
        """Nothing is asked yet."""
        if self._backups:
            words = self.tr(
                "A copy is kept before the first use of a day, before an update, and of what "
                "a restored copy replaces."
            )
        else:
            words = self.tr("There are no backups of this dossier yet. The first is made tomorrow.")
        self._show(words, asking=False)

    def _ask(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        words = self.tr(
            "Put the dossier back as it was on {when}? What it holds now is kept as a backup."
        )
        self._show(words.format(when=moment_in_words(chosen.made)), asking=True)
        self.cancel.setFocus()

    def _show(self, words: str, *, asking: bool) -> None:
        self.words.setText(words)
        for one in (self.confirm, self.cancel):
            one.setVisible(asking)
        for one in (self.restore, self.close_button):
            one.setVisible(not asking)
        self.restore.setEnabled(self._may_write and self._chosen() is not None)

    def _restore(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.restore_asked.emit(chosen.path)
            self.close()
