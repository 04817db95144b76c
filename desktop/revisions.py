"""The revision log: every step with who and when, the latest first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTime,
    Signal,
)
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.rows import RevisionRow
from desktop import asking
from desktop.exporting.revisions import export_revisions
from desktop.panels import button
from desktop.session import Session

Index = QModelIndex | QPersistentModelIndex


def moment_in_words(when: datetime) -> str:
    """``5 Oct 2020, 14:05``."""
    moment = QDateTime(
        QDate(when.year, when.month, when.day), QTime(when.hour, when.minute, when.second)
    )
    return QLocale().toString(moment, "d MMM yyyy, HH:mm")


class RevisionModel(QAbstractTableModel):
    def __init__(self, rows: list[RevisionRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = sorted(rows, key=lambda row: row.id, reverse=True)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return (self.tr("When"), self.tr("Step"), self.tr("Who"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        label = self.tr("{step} (undone)").format(step=row.label) if row.undone else row.label
        return (moment_in_words(row.at), label, row.who)[index.column()]


class RevisionLog(QDialog):
    """``named`` carries the name that a person wants to be logged under, ``failed`` an error."""

    named = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, person: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Revision log"))
        self.resize(640, 420)
        self._session = session
        self._table = QTableView()
        self._table.setAccessibleName(self.tr("Steps"))
        self._table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.setTabKeyNavigation(False)
        self.name = QLineEdit(person)
        self.name.setPlaceholderText(self.tr("not named"))
        self.name.setAccessibleName(self.tr("Your name in the log"))
        self.name.setMaximumWidth(200)
        self.name.editingFinished.connect(lambda: self.named.emit(self.name.text().strip()))
        words = QLabel(self.tr("&Your name in the log"))
        words.setBuddy(self.name)
        export = button(self.tr("&Export…"))
        export.clicked.connect(self.ask_file)
        close = button(self.tr("&Close"), main=True)
        close.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(words)
        bottom.addWidget(self.name)
        bottom.addStretch(1)
        bottom.addWidget(export)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(self._table, 1)
        layout.addLayout(bottom)
        session.data_changed.connect(self._load)
        session.dossier_changed.connect(self.close)
        self._load()

    def _load(self, _: object = None) -> None:
        dossier = self._session.dossier
        before = self._table.model()
        rows = dossier.revisions() if dossier is not None else []
        self._table.setModel(RevisionModel(rows, self))
        if before is not None:
            before.deleteLater()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    def ask_file(self) -> QFileDialog | None:
        """Ask where the log is to go; the ending says how."""
        dossier = self._session.dossier
        if dossier is None:
            return None
        return asking.for_export(
            self,
            self.tr("Export the revision log"),
            dossier.path.with_name(f"{dossier.path.stem} log.csv"),
            [self.tr("Table (*.csv)"), self.tr("Everything (*.json)")],
            self.export,
        )

    def export(self, path: Path) -> None:
        """Write the log to a file ending in ``.csv`` or ``.json``."""
        dossier = self._session.dossier
        if dossier is None:
            return
        try:
            export_revisions(dossier, path)
        except OSError as error:
            self.failed.emit(error)
