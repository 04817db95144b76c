"""The main window: the panels in their places, and what the commands do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

import seeds
from desktop import pasting, theme
from desktop.about import AboutBox, KeysBox
from desktop.actions import Actions, ShortcutsFirst
from desktop.commands import COMMANDS, Need, text_of
from desktop.crash import CrashLog
from desktop.dossiers import Dossiers
from desktop.drops import DropCatcher, DropOverlay, paths_of
from desktop.importing.controller import Imports
from desktop.importing.dateeditor import DateEditor
from desktop.importing.workers import Pool
from desktop.messagebar import MessageBar
from desktop.messages import Message, Severity, of_error, of_failed_backup
from desktop.opening import first_look
from desktop.palette import Palette
from desktop.revisions import RevisionLog
from desktop.session import Filter, Selection, Session
from desktop.settings import Settings
from desktop.sides.editor import SidesEditor
from desktop.statusline import StatusLine, step_in_words
from desktop.tasks import Tasks
from desktop.theme import Appearance
from desktop.topbar import TopBar
from desktop.welcome import WelcomePage
from desktop.workspace import Workspace

FIRST_SIZE = QSize(1440, 900)


class Window(QMainWindow):
    """One window, one session."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        crash: CrashLog | None = None,
        pool: Pool | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self._crash = crash
        self.setMinimumSize(900, 560)
        self.tasks = Tasks(self)
        self.bar = MessageBar()
        self.dossiers: Dossiers = Dossiers(self, session, settings, self.tasks, self.bar)
        self.imports: Imports = Imports(
            self, session, settings, self.tasks, self.bar, self.dossiers, pool
        )
        self.actions_ = Actions(self)
        self.actions_.fill(self.menuBar())
        self._recent = QMenu(self)
        self.actions_["file.recent"].setMenu(self._recent)
        self._recent.aboutToShow.connect(self._fill_recent)
        self.top = TopBar(session, self.actions_)
        self.workspace = Workspace(session)
        self.welcome = WelcomePage(session, seeds.samples())
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.workspace)
        self._lay_out()
        self.status = StatusLine(session, self.tasks)
        self.setStatusBar(self.status)
        first = ShortcutsFirst(self.actions_, self)
        for line in (self.top.search, self.workspace.timeline.bar.field):
            line.installEventFilter(first)
        self.palette_ = Palette(self)
        self.overlay = DropOverlay(session, self)
        self._drops = DropCatcher(self.overlay)
        self._sides: SidesEditor | None = None
        self._connect()
        self._restore()
        self._on_dossier()

    def _lay_out(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.bar)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(page)

    def _connect(self) -> None:
        session = self.session
        session.dossier_changed.connect(self._on_dossier)
        session.data_changed.connect(self._refresh)
        session.backup_failed.connect(
            lambda path, error: self.bar.show_message(of_failed_backup(path, error))
        )
        self.tasks.changed.connect(self._refresh)
        self._drops.dropped.connect(self.imports.take)
        self._drops.failed.connect(self._tell_of_text)
        self.top.searched.connect(lambda: self.go_to_panel("comparison"))
        self.palette_.chosen.connect(QAction.trigger)
        self.imports.date_asked.connect(self.show_date_editor)
        library = self.workspace.library
        library.move_asked.connect(self.dossiers.move_actors)
        library.date_asked.connect(self.show_date_editor)
        library.fetch_asked.connect(self.imports.fetches.fetch)
        library.changes_asked.connect(self.imports.show_changes)
        self.workspace.changes_asked.connect(self.imports.show_changes)
        library.sides_asked.connect(self.show_sides)
        self.workspace.failed.connect(self._tell)
        self.workspace.timeline.swap_asked.connect(self.dossiers.swap_sides)
        self.workspace.date_asked.connect(self.show_date_editor)
        self.workspace.fetch_asked.connect(self.imports.fetches.fetch)
        self.workspace.panel_asked.connect(self.go_to_panel)
        self.welcome.import_asked.connect(self.imports.ask_files)
        self.welcome.folder_asked.connect(self.imports.ask_folder)
        self.welcome.open_asked.connect(self.dossiers.ask_open)
        self.welcome.sample_chosen.connect(self.imports.open_sample)
        self.welcome.recent_chosen.connect(self.dossiers.open)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    # ------------------------------------------------------------------ what is shown

    def start(self, files: Sequence[Path] = (), sample: str | None = None) -> None:
        """Show the window with what the command line names, else the last dossier."""
        self.show()
        self.imports.warm()
        handle = self.windowHandle()
        if handle is not None:
            self._drops.watch(handle)
        if sample is not None:
            self.imports.open_sample(seeds.sample(sample))
        elif files:
            self.imports.take(files)
        else:
            last = self.settings.last_dossier
            if last is not None and last.exists():
                self.dossiers.open(last)
        if self._crash is not None:
            self._crash.tell = self._tell
            if self._crash.last_crash:
                self._tell_of_crash()

    def _on_dossier(self) -> None:
        there = self.session.dossier is not None
        self._pages.setCurrentWidget(self.workspace if there else self.welcome)
        self.top.search.setEnabled(there)
        if there:
            self.workspace.timeline.setFocus()
            # After all views have heard of the dossier, there is something to read.
            QTimer.singleShot(0, self, self._select_something)
            QTimer.singleShot(0, self, self.imports.offer_to_go_on)
        else:
            self.welcome.set_first_focus()
            self.welcome.show_recent(self.settings.recent)
        self._refresh()

    def _select_something(self) -> None:
        if self.session.selection == Selection():
            self.session.select(first_look(self.session))

    def _refresh(self, _: object = None) -> None:
        """Title, and what can be done now."""
        dossier = self.session.dossier
        title = (dossier.title or dossier.path.stem) if dossier is not None else ""
        self.top.set_title(title or "Claimline")
        self.setWindowTitle(f"{title} – Claimline" if title else "Claimline")
        self.setWindowFilePath(str(dossier.path) if dossier is not None else "")
        there = {Need.NOTHING}
        if dossier is not None:
            there.add(Need.DOSSIER)
            if not dossier.read_only:
                there.add(Need.WRITABLE)
                if dossier.undo_label:
                    there.add(Need.UNDO)
                if dossier.redo_label:
                    there.add(Need.REDO)
        self.actions_.enable(frozenset(there))
        for command, step in (
            ("edit.undo", dossier.undo_label if dossier else None),
            ("edit.redo", dossier.redo_label if dossier else None),
        ):
            record = next(item for item in COMMANDS if item.id == command)
            words = step_in_words(step) if step else ""
            self.actions_[command].setText(f"{text_of(record)} {words}".strip())

    def show_welcome(self) -> None:
        """The welcome page lists the recent dossiers; an open one stays open."""
        self.welcome.show_recent(self.settings.recent)
        self._pages.setCurrentWidget(self.welcome)

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self.settings.recent:
            action = self._recent.addAction(path.stem.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, chosen=path: self.dossiers.open(chosen))
        if self._recent.isEmpty():
            self._recent.addAction(self.tr("No dossier was opened yet")).setEnabled(False)
            return
        self._recent.addSeparator()
        self._recent.addAction(self.tr("&Forget these")).triggered.connect(
            self.settings.forget_recent
        )

    # ------------------------------------------------------------------ commands

    def paste(self) -> None:
        """Read the files on the clipboard, or the text there as a document of its own."""
        mime = QGuiApplication.clipboard().mimeData()
        paths = paths_of(mime)
        try:
            if not paths and pasting.offers_text(mime):
                paths = [pasting.keep(mime)]
        except OSError as error:
            self._tell_of_text(error)
            return
        if paths:
            self.imports.take(paths)
        else:
            self.bar.show_message(
                Message(
                    self.tr("There are no files and no text on the clipboard."),
                    self.tr("Copy files or the text of an article, then paste them here."),
                )
            )

    def _tell_of_text(self, error: OSError) -> None:
        self.bar.show_message(of_error(error, self.tr("keep the text")))

    def start_search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    def clear_filter(self) -> None:
        self.session.set_filter(Filter())

    def show_palette(self) -> None:
        offered = [self.actions_[item.id] for item in COMMANDS if item.id != "view.palette"]
        commands = [action for action in offered if action.menu() is None]
        self.palette_.open(commands + self.workspace.comparison.menus.offered())

    def show_sides(self) -> None:
        if self.session.dossier is None:
            return
        if self._sides is None:
            self._sides = self._new_sides_editor()
        self._sides.show()
        self._sides.raise_()
        self._sides.activateWindow()

    def _new_sides_editor(self) -> SidesEditor:
        editor = SidesEditor(self.session, self)
        edit = self.dossiers.edit
        editor.rename_asked.connect(
            lambda key, name: edit(
                lambda dossier: dossier.rename_side(key, name), self.tr("rename the side")
            )
        )
        editor.recolor_asked.connect(
            lambda key, light, dark: edit(
                lambda dossier: dossier.recolor_side(key, light, dark),
                self.tr("change the colour"),
            )
        )
        editor.swap_asked.connect(self.dossiers.swap_sides)
        editor.move_asked.connect(self.dossiers.move_actors)
        editor.addActions([self.actions_["edit.undo"], self.actions_["edit.redo"]])
        return editor

    def show_date_editor(self, article_id: int | None = None) -> None:
        """For the given article, else the chosen one, else the first whose date is assumed."""
        articles = {row.id: row for row in self.session.articles()}
        if article_id is None:
            article_id = self.session.selection.article_id
        if article_id not in articles:
            assumed = [row.id for row in articles.values() if row.published_assumed]
            article_id = next(iter(assumed or articles), None)
        if article_id is None:
            return
        editor = DateEditor(articles[article_id], self)
        editor.accepted_date.connect(self.imports.put_date_right)
        editor.open()

    def show_revisions(self) -> None:
        log = RevisionLog(self.session, self.settings.person, self)
        log.named.connect(self.dossiers.set_person)
        log.failed.connect(
            lambda error: self.bar.show_message(of_error(error, self.tr("write that file")))
        )
        log.show()

    def show_keys(self) -> None:
        KeysBox(self.actions_, self).show()

    def show_about(self) -> None:
        AboutBox(self).show()

    def show_log(self) -> None:
        if self._crash is not None:
            folder = self._crash.folder
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
                self.bar.show_message(
                    Message(self.tr("The log is in {folder}.").format(folder=folder))
                )

    def timeline_do(self, what: str) -> None:
        self.workspace.timeline_do(what)

    def export_timeline(self) -> None:
        self.workspace.export_timeline(self)

    def toggle_panel(self, name: str) -> None:
        self.workspace.toggle(name)
        self._show_panel_marks()

    def go_to_panel(self, name: str) -> None:
        self._pages.setCurrentWidget(self.workspace)
        self.workspace.go_to(name)
        self._show_panel_marks()

    def _show_panel_marks(self) -> None:
        for name in self.workspace.panels:
            self.actions_[f"view.panel.{name}"].setChecked(self.workspace.is_open(name))

    # ------------------------------------------------------------------ looks

    def set_appearance(self, appearance: Appearance) -> None:
        self.settings.appearance = appearance
        self._apply_theme()

    def _follow_system(self, _: Qt.ColorScheme) -> None:
        if self.settings.appearance is Appearance.SYSTEM:
            self._apply_theme()

    def _apply_theme(self) -> None:
        appearance = self.settings.appearance
        self.actions_[f"view.theme.{appearance.value}"].setChecked(True)
        chosen = theme.choose(appearance, QGuiApplication.styleHints().colorScheme())
        if chosen is self.session.theme:
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, chosen)
        self.session.set_theme(chosen)

    # ------------------------------------------------------------------ telling

    def _tell(self, error: BaseException | Message) -> None:
        if isinstance(error, Message):
            self.bar.show_message(error)
        else:
            self.bar.show_message(of_error(error, self.tr("finish that")))

    def _tell_of_crash(self) -> None:
        self.bar.show_message(
            Message(
                self.tr("Claimline ended unexpectedly the last time. The dossier is complete."),
                self.tr("The log has what a report needs."),
                Severity.WARNING,
            ),
            self.tr("Show the log"),
            self.show_log,
        )

    # ------------------------------------------------------------------ state

    def _restore(self) -> None:
        geometry = self.settings.state("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            screen = self.screen().availableGeometry()
            self.resize(FIRST_SIZE.boundedTo(screen.size() * 0.95))
        self._keep_on_a_screen()
        self.workspace.restore(self.settings)
        self._show_panel_marks()
        self._apply_theme()

    def _keep_on_a_screen(self) -> None:
        """A window saved on a screen that is gone comes back to one that is there."""
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        frame = QRect(self.pos(), self.size())
        if screens and not any(area.intersects(frame) for area in screens):
            self.move(screens[0].topLeft())

    def save_state(self) -> None:
        self.settings.set_state("geometry", self.saveGeometry())
        self.workspace.save(self.settings)
        self.settings.sync()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_state()
        for task in self.tasks.running():
            task.stop()
        self.imports.close()
        self.tasks.close()
        self.session.open(None)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.overlay.isVisible():
            self.overlay.setGeometry(self.rect())
