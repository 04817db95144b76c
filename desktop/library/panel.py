"""The library: articles, sides with their actors, filters."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from desktop.addresses import address_of, fetch_in_words
from desktop.library.actors import (
    ACTOR,
    ACTOR_ROW,
    MOVE_KEYS,
    ORDER,
    SIDE_ROW,
    SidesDelegate,
    SidesModel,
)
from desktop.library.articles import ID, MEASURED, ArticleDelegate, ArticleModel
from desktop.library.filters import FilterBoxes
from desktop.panels import INSIDE, section_title
from desktop.session import Selection, Session
from desktop.sides.swatch import swatch_icon
from extraction.model import SideKey


class LibraryPanel(QWidget):
    """``move_asked`` carries actor ids and a side, ``date_asked``, ``fetch_asked`` and
    ``changes_asked`` an article id, ``sides_asked`` asks for the sides editor."""

    move_asked = Signal(list, object)
    date_asked = Signal(int)
    fetch_asked = Signal(int)
    changes_asked = Signal(int)
    sides_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._open_sides: set[SideKey] = set()
        self.articles = QListView()
        self.article_model = ArticleModel(session)
        self._set_up_articles()
        self.sides = QTreeView()
        self.sides_model = SidesModel(session)
        self._set_up_sides()
        self.filters = FilterBoxes(session)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(INSIDE - 8, INSIDE - 2, INSIDE - 8, INSIDE - 2)
        layout.setSpacing(4)
        for title, content, stretch in (
            (self.tr("Library"), self.articles, 300),
            (self.tr("Sides"), self.sides, 200),
            (self.tr("Filter"), self.filters, 0),
        ):
            heading = section_title(title)
            heading.setIndent(8)
            layout.addWidget(heading)
            layout.addWidget(content, stretch)
            layout.addSpacing(8)
        # What nobody needs is left free below, as long as nothing has to be scrolled.
        layout.addStretch(1)
        self.filters.setContentsMargins(8, 0, 8, 0)

        session.selection_changed.connect(self._follow)
        session.data_changed.connect(self._restore)
        session.dossier_changed.connect(self._open_sides.clear)
        for view in (self.articles, self.sides):
            session.filter_changed.connect(view.viewport().update)

    def _set_up_articles(self) -> None:
        view = self.articles
        view.setModel(self.article_model)
        delegate = ArticleDelegate(self._session)
        delegate.assumed_clicked.connect(self._ask_date)
        delegate.changed_clicked.connect(self.changes_asked)
        view.setItemDelegate(delegate)
        view.setAccessibleName(self.tr("Articles"))
        view.setResizeMode(QListView.ResizeMode.Adjust)
        _calm(view)
        for told in (
            self.article_model.modelReset,
            self.article_model.rowsInserted,
            self.article_model.dataChanged,
            self._session.theme_changed,
        ):
            told.connect(self._fit_articles)
        view.selectionModel().currentChanged.connect(self._choose_article)
        view.clicked.connect(lambda index: self._choose_article(index, index))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._article_menu)
        view.doubleClicked.connect(lambda index: self._only_article(int(index.data(ID))))

    def _set_up_sides(self) -> None:
        view = self.sides
        view.setModel(self.sides_model)
        view.setItemDelegate(SidesDelegate(self._session))
        view.setAccessibleName(self.tr("Sides and their actors"))
        view.setHeaderHidden(True)
        view.setIndentation(16)
        _calm(view)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        view.setDefaultDropAction(Qt.DropAction.MoveAction)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._sides_menu)
        view.expanded.connect(lambda at: self._on_branch(at, True))
        view.collapsed.connect(lambda at: self._on_branch(at, False))
        view.installEventFilter(self)
        self.sides_model.move_asked.connect(self.move_asked)

    # ------------------------------------------------------------------ articles

    def _choose_article(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            chosen = int(current.data(ID))
            if chosen != self._session.selection.article_id:
                self._session.select(Selection(article_id=chosen), self)

    def _follow(self, selection: Selection) -> None:
        row = self.article_model.row_of(selection.article_id)
        model = self.articles.selectionModel()
        if row is None:
            model.clear()
            return
        index = self.article_model.index(row)
        if index != self.articles.currentIndex() or not model.isSelected(index):
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.articles.scrollTo(index)

    def _only_article(self, article_id: int) -> None:
        now = self._session.filter
        only = frozenset({article_id})
        articles = frozenset() if now.articles == only else only
        self._session.set_filter(replace(now, articles=articles))

    def _may_write(self) -> bool:
        dossier = self._session.dossier
        return dossier is not None and not dossier.read_only

    def _ask_date(self, article_id: int) -> None:
        if self._may_write():
            self.date_asked.emit(article_id)

    def _article_menu(self, at: QPoint) -> None:
        index = self.articles.indexAt(at)
        if index.isValid():
            self.article_menu(int(index.data(ID))).popup(self.articles.viewport().mapToGlobal(at))

    def article_menu(self, article_id: int) -> QMenu:
        """What can be done with one article."""
        menu = _menu(self)
        address = address_of(self._session.article(article_id))
        if address:
            fetch = menu.addAction(fetch_in_words(address).replace("&", "&&"))
            fetch.setEnabled(self._may_write())
            fetch.triggered.connect(lambda: self.fetch_asked.emit(article_id))
        date = menu.addAction(self.tr("&Date of the article…"))
        date.setEnabled(self._may_write())
        date.triggered.connect(lambda: self.date_asked.emit(article_id))
        only = menu.addAction(self.tr("&Only claims of this article"))
        only.setCheckable(True)
        only.setChecked(self._session.filter.articles == {article_id})
        only.triggered.connect(lambda: self._only_article(article_id))
        versions = menu.addAction(self.tr("&Versions of the article…"))
        versions.setEnabled(self._session.article(article_id).version > 1)
        versions.triggered.connect(lambda: self.changes_asked.emit(article_id))
        return menu

    # ------------------------------------------------------------------ sides

    def chosen_actors(self) -> list[int]:
        found = (index.data(ACTOR) for index in self.sides.selectionModel().selectedRows())
        return [int(actor_id) for actor_id in found if actor_id is not None]

    def _sides_menu(self, at: QPoint) -> None:
        self.sides_menu().popup(self.sides.viewport().mapToGlobal(at))

    def sides_menu(self) -> QMenu:
        """What can be done with the chosen actors."""
        menu = _menu(self)
        actors = self.chosen_actors()
        writable = self._may_write()
        if actors:
            for (key, side), number in zip(MOVE_KEYS.items(), (1, 2, 3, 0), strict=True):
                text = self.tr("Move to {side}").format(side=self._session.side_name(side))
                action = menu.addAction(swatch_icon(side, self._session.side_color(side)), text)
                action.setShortcut(key)
                action.setEnabled(writable)
                action.setObjectName(f"move.{number}")
                action.triggered.connect(lambda _=False, to=side: self.move_asked.emit(actors, to))
            menu.addSeparator()
            only = menu.addAction(self.tr("&Only claims of these actors"))
            only.setCheckable(True)
            only.setChecked(self._session.filter.actors == frozenset(actors))
            only.toggled.connect(
                lambda on: self._session.set_filter(
                    replace(self._session.filter, actors=frozenset(actors) if on else frozenset())
                )
            )
        menu.addAction(self.tr("&Edit sides…")).triggered.connect(self.sides_asked)
        return menu

    def _restore(self, changes: Changes) -> None:
        """A model that was read anew has its branches closed; open again what was open."""
        if changes.sides or changes.actors or changes.claims:
            for key in ORDER:
                if key in self._open_sides:
                    self.sides.expand(self.sides_model.index_of_side(key))
        self._follow(self._session.selection)

        self._fit_sides()

    def _on_branch(self, index: QModelIndex, is_open: bool) -> None:
        key = self.sides_model.side_at(index)
        if is_open:
            self._open_sides.add(key)
        else:
            self._open_sides.discard(key)
        self._fit_sides()

    def _fit_articles(self, *_: object) -> None:
        """Take no more room than the rows need, in the width there is."""
        uniform = self.article_model.rowCount() > MEASURED
        # Where all rows are equally high, what changes in them moves none: to lay ten thousand
        # out again for each correction would hold the window.
        if not (uniform and self.articles.uniformItemSizes()):
            self.articles.setUniformItemSizes(uniform)
            self.articles.scheduleDelayedItemsLayout()
        height, most = 2, max(self.height(), self.articles.minimumHeight())
        for row in range(self.article_model.rowCount()):
            if height > most:
                break
            height += self.articles.sizeHintForIndex(self.article_model.index(row)).height()
        self.articles.setMaximumHeight(max(height, self.articles.minimumHeight()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_articles()

    def _fit_sides(self) -> None:
        """Take no more room than the rows need: the articles have the rest."""
        height = 8
        for row in range(self.sides_model.rowCount()):
            side = self.sides_model.index(row, 0)
            height += SIDE_ROW
            if self.sides.isExpanded(side):
                height += ACTOR_ROW * self.sides_model.rowCount(side)
        self.sides.setMaximumHeight(max(height, self.sides.minimumHeight()))

    def show_actor(self, actor_id: int) -> None:
        index = self.sides_model.index_of_actor(actor_id)
        if index.isValid():
            self.sides.expand(index.parent())
            self.sides.setCurrentIndex(index)
            self.sides.scrollTo(index)

    # ------------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.sides
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
        ):
            side = MOVE_KEYS.get(Qt.Key(event.key()))
            actors = self.chosen_actors()
            if side is not None and actors and not event.modifiers():
                self.move_asked.emit(actors, side)
                self.show_actor(actors[0])
                return True
        return False


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _calm(view: QAbstractItemView) -> None:
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setMinimumHeight(72)
