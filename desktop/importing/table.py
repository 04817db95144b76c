"""All articles in one table: what is known of each, what that rests on, and which are copies.

Dates are put right here for many articles at once, before anything is built on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.rows import ArticleRow
from desktop.importing.copies import copies_if_any
from desktop.importing.dateeditor import EARLIEST
from desktop.library.articles import assumed_in_words
from desktop.library.dates import published_in_words
from desktop.messages import counted, of_warning
from desktop.panels import button, label
from desktop.session import Selection, Session
from desktop.tasks import Tasks
from desktop.vocabulary import name_of

Index = QModelIndex | QPersistentModelIndex
TITLE, FILE, OUTLET, PUBLISHED, BASIS, LANGUAGE, CLAIMS, COPY_OF = range(8)
_LOOKED_AT = 500
"""Articles chosen up to which a day that all of them have is offered."""

SORT = Qt.ItemDataRole.UserRole
ARTICLE = Qt.ItemDataRole.UserRole + 1
_WIDTHS = {
    TITLE: 250, FILE: 140, OUTLET: 110, PUBLISHED: 110, BASIS: 150, LANGUAGE: 80, CLAIMS: 60,
}  # fmt: skip


class ArticleModel(QAbstractTableModel):
    """One row an article, in the order of import."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[ArticleRow] = []
        self._copies: Mapping[int, int] = {}
        self._names: dict[int, str] = {}

    def show_rows(self, rows: Sequence[ArticleRow]) -> None:
        """Show these; while they are the same articles, what is chosen and looked at stays."""
        if rows and [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = list(rows)
            self._names = {row.id: row.title or row.file for row in rows}
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, COPY_OF))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._names = {row.id: row.title or row.file for row in rows}
        self.endResetModel()

    def show_copies(self, found: Mapping[int, int]) -> None:
        self._copies = dict(found)
        if self._rows:
            last = self.index(len(self._rows) - 1, COPY_OF)
            self.dataChanged.emit(self.index(0, COPY_OF), last)

    def row(self, at: int) -> ArticleRow:
        return self._rows[at]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COPY_OF + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return (
            self.tr("Title"),
            self.tr("File"),
            self.tr("Outlet"),
            self.tr("Published"),
            self.tr("That rests on"),
            self.tr("Language"),
            self.tr("Claims"),
            self.tr("Same text as"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ARTICLE:
            return row.id
        if role == SORT:
            return self._sorted_by(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (*row.published_reasons, *(str(of_warning(text)) for text in row.warnings))
            return "\n".join(told)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == CLAIMS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._text(row, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, row: ArticleRow, column: int) -> str:
        match column:
            case 0:
                return row.title
            case 1:
                return row.file
            case 2:
                return row.outlet
            case 3:
                return published_in_words(row) or self.tr("not known")
            case 4:
                mark = assumed_in_words(row)
                basis = name_of(row.published_basis)
                return f"{basis}, {mark}" if mark else basis
            case 5:
                return row.language
            case 6:
                return f"{row.claim_count:,}"
            case _:
                origin = self._copies.get(row.id)
                return self._names.get(origin, "") if origin is not None else ""

    def _sorted_by(self, row: ArticleRow, column: int) -> object:
        if column == PUBLISHED:
            return row.published_start.isoformat() if row.published_start else ""
        return row.claim_count if column == CLAIMS else self._text(row, column).casefold()


class _Doubtful(QSortFilterProxyModel):
    """Lets only articles through whose date is not certain, if asked."""

    only = False

    def set_only(self, on: bool) -> None:
        self.beginFilterChange()
        self.only = on
        self.endFilterChange()

    def filterAcceptsRow(self, at: int, parent: Index) -> bool:
        model = self.sourceModel()
        if not self.only or not isinstance(model, ArticleModel):
            return True
        row = model.row(at)
        return bool(row.published_assumed) or row.published_start is None


class ArticleTable(QDialog):
    """``dates_put_right`` carries the ids of articles and the day of all of them."""

    dates_put_right = Signal(list, object)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Articles"))
        self.resize(1080, 560)
        self._session = session
        self._tasks = tasks
        self._model = ArticleModel(self)
        self._proxy = _Doubtful(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.setSortRole(SORT)
        self.table = QTableView()
        self.table.setModel(self._proxy)
        self.table.setAccessibleName(self.tr("Articles"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self._doubtful = QCheckBox(self.tr("Only &uncertain dates"))
        self._doubtful.toggled.connect(self._proxy.set_only)
        self._chosen = label("", "caption")
        self.day = QDateEdit(QDate.currentDate())
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setMinimumDate(EARLIEST)
        self.day.setAccessibleName(self.tr("Published on"))
        self.put = button(self.tr("&Published on this day"), main=True)
        self.put.clicked.connect(self._put)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._tell)
        self.table.doubleClicked.connect(self._show_article)
        session.data_changed.connect(self._on_data)
        session.dossier_changed.connect(self._on_dossier)

    def _lay_out(self) -> None:
        close = button(self.tr("&Close"))
        close.clicked.connect(self.close)
        top = QHBoxLayout()
        top.addWidget(self._doubtful)
        top.addStretch(1)
        bottom = QHBoxLayout()
        bottom.addWidget(self._chosen, 1)
        bottom.addWidget(self.day)
        bottom.addWidget(self.put)
        bottom.addSpacing(12)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)

    def open_on_top(self) -> None:
        """Show with what is known now; copies are looked for meanwhile."""
        self._load()
        self.table.setFocus()
        self.show()
        self.raise_()
        self.activateWindow()
        dossier = self._session.dossier
        if dossier is not None:
            self._tasks.start(
                self.tr("Looking for copies"),
                lambda _: copies_if_any(dossier),
                done=self._model.show_copies,
                can_stop=False,
                apart=True,
                only_reads=True,
            )

    # ------------------------------------------------------------------ what is shown

    def _load(self) -> None:
        chosen = set(self.chosen())
        self._model.show_rows(self._session.articles())
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.Select
        if chosen != set(self.chosen()):
            for at in range(self._proxy.rowCount()):
                index = self._proxy.index(at, 0)
                if index.data(ARTICLE) in chosen:
                    self.table.selectionModel().select(index, rows)
        self._tell()

    def _on_data(self, changes: Changes) -> None:
        if self.isVisible() and changes.articles:
            self._load()

    def _on_dossier(self) -> None:
        self._model.show_copies({})
        self.close()

    def chosen(self) -> list[int]:
        """Ids of the articles chosen, from above."""
        rows = sorted((index.row(), index) for index in self.table.selectionModel().selectedRows())
        return [int(index.data(ARTICLE)) for index in map(itemgetter(1), rows)]

    def _tell(self) -> None:
        chosen = self.chosen()
        dossier = self._session.dossier
        self.put.setEnabled(bool(chosen) and dossier is not None and not dossier.read_only)
        words = self.tr("{articles} chosen").format(articles=counted(len(chosen), "article"))
        self._chosen.setText(words if chosen else self.tr("Choose the articles of one day"))
        starts = {self._session.article(one).published_start for one in chosen[:_LOOKED_AT]}
        days = {start.date() for start in starts if start is not None}
        if len(days) == 1:
            (day,) = days
            self.day.setDate(QDate(day.year, day.month, day.day))

    # ------------------------------------------------------------------ doing

    def _put(self) -> None:
        day = self.day.date()
        self._chosen.setText(self.tr("Reading them again; the table follows."))
        self.dates_put_right.emit(self.chosen(), date(day.year(), day.month(), day.day()))

    def _show_article(self, index: QModelIndex) -> None:
        self._session.select(Selection(article_id=int(index.data(ARTICLE))), origin=self)
