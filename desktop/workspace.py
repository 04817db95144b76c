"""The panels in their places: library, timeline over split view, reader over reasons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from desktop.commands import PANELS
from desktop.comparison import ComparisonView
from desktop.library.panel import LibraryPanel
from desktop.panels import BETWEEN, Card
from desktop.reader import InspectorView, ReaderView
from desktop.session import Selection, Session
from desktop.settings import Settings
from desktop.timeline import TimelineView

LEFT, RIGHT = 248, 320
"""First widths of library and reader; the middle has the rest."""

MIDDLE = 400
"""First heights of timeline and split view, which share what there is."""


class Workspace(QWidget):
    """``failed`` carries an exception or a ``Message``, ``panel_asked`` a panel's name,
    ``date_asked`` and ``fetch_asked`` an article id."""

    failed = Signal(object)
    panel_asked = Signal(str)
    date_asked = Signal(int)
    fetch_asked = Signal(int)
    changes_asked = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.library = LibraryPanel(session)
        self.timeline = TimelineView(session)
        self.comparison = ComparisonView(session)
        self.reader = ReaderView(session)
        self.inspector = InspectorView(session)
        views: dict[str, QWidget] = {
            "library": self.library,
            "timeline": self.timeline,
            "comparison": self.comparison,
            "reader": self.reader,
            "inspector": self.inspector,
        }
        self.panels = {
            name: Card(view, QCoreApplication.translate("Commands", PANELS[name]))
            for name, view in views.items()
        }
        self._middle = _splitter(Qt.Orientation.Vertical, "middle")
        self._middle.addWidget(self.panels["timeline"])
        self._middle.addWidget(self.panels["comparison"])
        self._right = _splitter(Qt.Orientation.Vertical, "right")
        self._right.addWidget(self.panels["reader"])
        self._right.addWidget(self.panels["inspector"])
        self._whole = _splitter(Qt.Orientation.Horizontal, "whole")
        self._whole.addWidget(self.panels["library"])
        self._whole.addWidget(self._middle)
        self._whole.addWidget(self._right)
        for place, stretch in enumerate((0, 1, 0)):
            self._whole.setStretchFactor(place, stretch)
        self._whole.setSizes([LEFT, 1400 - LEFT - RIGHT, RIGHT])
        self._middle.setSizes([MIDDLE, MIDDLE])
        for place in range(2):
            self._middle.setStretchFactor(place, 1)
        self._right.setSizes([560, 340])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        layout.addWidget(self._whole)
        self._listen(views)

    def _listen(self, views: dict[str, QWidget]) -> None:
        self.comparison.reader_requested.connect(lambda _: self._read())
        self.inspector.edit_requested.connect(self.comparison.edit)
        self.timeline.opened.connect(self._read_chosen)
        self.reader.date_edit_requested.connect(self.date_asked)
        self.reader.fetch_requested.connect(self.fetch_asked)
        self.reader.versions_requested.connect(self.changes_asked)
        self.comparison.versions_requested.connect(self.changes_asked)
        self.comparison.timeline_requested.connect(lambda _: self.panel_asked.emit("timeline"))
        for view in views.values():
            failed = getattr(view, "failed", None)
            if failed is not None:
                failed.connect(self.failed)

    def _read_chosen(self, chosen: Selection) -> None:
        self._session.select(chosen, self.timeline)
        self._read()

    def _read(self) -> None:
        self.panel_asked.emit("reader")
        self.reader.show_selected()

    # ------------------------------------------------------------------ panels

    def is_open(self, name: str) -> bool:
        return not self.panels[name].isHidden()

    def toggle(self, name: str) -> None:
        self._set_open(name, not self.is_open(name))

    def _set_open(self, name: str, shown: bool) -> None:
        self.panels[name].setVisible(shown)
        for group, names in (
            (self._middle, ("timeline", "comparison")),
            (self._right, ("reader", "inspector")),
        ):
            group.setVisible(any(self.is_open(name) for name in names))

    def go_to(self, name: str) -> None:
        """Give a panel the focus, opening it if it is closed."""
        self._set_open(name, True)
        content = self.panels[name].content
        if name == "library":
            content = self.library.articles
        takes_it = content.focusProxy() or content.focusPolicy() & Qt.FocusPolicy.TabFocus
        target = content if takes_it else _first_in(content)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def timeline_do(self, what: str) -> None:
        """One of the timeline's own commands, by the name of its method."""
        act: Callable[[], object] = getattr(self.timeline, what)
        self._set_open("timeline", True)
        act()

    def export_timeline(self, parent: QWidget) -> None:
        from desktop.exporting import show_export_dialog

        show_export_dialog(self._session, self.timeline, parent)

    # ------------------------------------------------------------------ state

    def restore(self, settings: Settings) -> None:
        for splitter in (self._whole, self._middle, self._right):
            state = settings.state(splitter.objectName())
            if state is not None:
                splitter.restoreState(state)
        state = settings.state("timeline")
        if state is not None:
            self.timeline.views.restore(state)
        hidden = settings.hidden_panels()
        for name in self.panels:
            if name in hidden:
                self._set_open(name, False)

    def save(self, settings: Settings) -> None:
        for splitter in (self._whole, self._middle, self._right):
            settings.set_state(splitter.objectName(), splitter.saveState())
        settings.set_state("timeline", self.timeline.views.state())
        settings.set_hidden_panels(
            frozenset(name for name in self.panels if not self.is_open(name))
        )


def _splitter(orientation: Qt.Orientation, name: str) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setHandleWidth(BETWEEN)
    splitter.setChildrenCollapsible(False)
    splitter.setAccessibleName(QCoreApplication.translate("Workspace", "Panels"))
    return splitter


def _first_in(widget: QWidget) -> QWidget:
    """The first control inside that the Tab key reaches."""
    for child in widget.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(widget):
            return child
    return widget
