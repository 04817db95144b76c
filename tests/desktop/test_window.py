from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

import seeds
from db import Dossier
from desktop import asking, places, theme
from desktop.actions import ShortcutsFirst
from desktop.commands import COMMANDS, Need
from desktop.importing import engine, stages
from desktop.importing.dateeditor import DateEditor
from desktop.importing.report import ImportReports
from desktop.importing.workers import Pool
from desktop.library.articles import ASSUMED
from desktop.messages import Severity
from desktop.session import Filter, Selection, Session
from desktop.settings import Settings
from desktop.theme import Appearance
from desktop.window import Window
from extraction.model import SideKey

ARTICLE = """Title: Dam under fire

Velmark's defence ministry said on March 4 that Ostrana's army had shelled the dam at Orrin,
killing four workers. Ostrana's army denied shelling the dam.
"""
OTHER = """Date: 2031-03-06
Title: Ferry held

Ostrana's foreign minister accused Velmark of seizing a ferry on Wednesday. Velmark's government
rejected the accusation.
"""

Make = Callable[[], Window]


class KeptPool(Pool):
    """Worker processes that stay for the next test."""

    def close(self) -> None:
        return


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = KeptPool(2, engine.warm_up)
    yield pool
    Pool.close(pool)


@pytest.fixture
def make(
    app: QApplication, qtbot: QtBot, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Make]:
    """Makes windows with the settings of this test; they are closed in the end."""
    made: list[Window] = []
    monkeypatch.setattr(engine, "make_pool", lambda: pool)

    def build() -> Window:
        window = Window(Session(theme.load("light")), Settings())
        made.append(window)
        qtbot.addWidget(window)
        return window

    yield build
    for window in made:
        if window.session.dossier is not None or window.isVisible():
            window.close()
    theme.apply(app, theme.load("light"))


@pytest.fixture
def window(make: Make) -> Window:
    window = make()
    window.start()
    return window


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "dam.txt").write_text(ARTICLE)
    (folder / "ferry.txt").write_text(OTHER)
    (folder / "empty.txt").touch()
    return folder


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.tasks.running(), timeout=60_000)


def take(window: Window, qtbot: QtBot, *paths: Path) -> None:
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        window.imports.take(list(paths))


def drop(window: Window, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(window.rect().center()),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QCoreApplication.sendEvent(window.windowHandle(), event)
    assert event.isAccepted()


def test_an_import_that_broke_off_is_gone_on_with(
    window: Window, qtbot: QtBot, files: Path, tmp_path: Path
) -> None:
    path = tmp_path / "broken.claimline"
    with Dossier.create(path) as dossier:
        names = [str(files / "dam.txt"), str(files / "ferry.txt")]
        dossier.begin_import(names, started=datetime(2031, 3, 7))
    window.dossiers.open(path)
    qtbot.waitUntil(lambda: window.bar.message is not None)
    assert window.bar.message is not None
    assert "2 files not read yet" in window.bar.message.text
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        qtbot.mouseClick(window.bar._action, Qt.MouseButton.LeftButton)
    assert [row.title for row in window.session.articles()] == ["Dam under fire", "Ferry held"]
    assert window.session.claims()


def test_going_on_can_be_tried_again_where_it_failed(
    window: Window, qtbot: QtBot, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "broken.claimline"
    with Dossier.create(path) as dossier:
        dossier.begin_import([str(files / "dam.txt")], started=datetime(2031, 3, 7))
    window.dossiers.open(path)
    qtbot.waitUntil(lambda: window.bar.message is not None)

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(stages, "go_on", fail)
        qtbot.mouseClick(window.bar._action, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(window.bar.message and window.bar.message.detail))
    assert window.bar.message is not None
    assert "1 file not read yet" in window.bar.message.text
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        qtbot.mouseClick(window.bar._action, Qt.MouseButton.LeftButton)
    assert [row.title for row in window.session.articles()] == ["Dam under fire"]


def test_the_first_start_invites(window: Window) -> None:
    assert window.welcome.isVisible()
    assert not window.workspace.isVisible()
    assert window.windowTitle() == "Claimline"
    assert not window.actions_["file.copy"].isEnabled()
    assert not window.top.search.isEnabled()


def test_who_is_at_work_is_left_alone_by_the_end_of_an_import(
    window: Window, files: Path, qtbot: QtBot
) -> None:
    take(window, qtbot, files / "ferry.txt")
    claim = window.session.claims()[-1]
    chosen = Selection(claim_id=claim.id)
    other = files / "later.txt"
    other.write_text((files / "ferry.txt").read_text().replace("2031", "2032"), "utf-8")
    window.imports._reports = None
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        window.imports.take([other])
        window.session.select(chosen)
    assert window.session.selection.claim_id == claim.id


def test_a_drop_begins_a_dossier_named_after_the_article(
    window: Window, files: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        drop(window, files / "dam.txt")
    session = window.session
    assert session.dossier is not None
    assert session.dossier.path == places.dossier_folder() / "dam.claimline"
    assert window.workspace.isVisible()
    assert window.windowTitle() == "Dam under fire – Claimline"
    assert session.selection.article_id == session.articles()[0].id
    assert {claim.side for claim in session.claims()} >= {SideKey.A, SideKey.B}
    assert "1 article" in window.status._counts.text()
    assert window.actions_["edit.undo"].text().endswith("import dam.txt")


def test_bad_files_are_told_and_the_report_names_them(
    window: Window, files: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        drop(window, files)
    assert window.bar.message is not None
    assert window.bar.message.severity is Severity.WARNING
    assert "1 problem" in window.bar.message.text
    report = window.findChild(ImportReports)
    assert report is not None
    assert report.isVisible()
    text = report.plain_text()
    for needed in ("Read: 2 articles", "Assumed", "year assumed", "“empty.txt” holds no text."):
        assert needed in text


def test_what_was_read_is_shown(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files / "dam.txt")
    window.session.select(Selection(claim_id=window.session.claims()[0].id))
    take(window, qtbot, files / "ferry.txt")
    chosen = window.session.selection.article_id
    assert chosen is not None
    assert window.session.article(chosen).file == "ferry.txt"


def test_the_same_drop_again_adds_nothing(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    take(window, qtbot, files)
    assert len(window.session.articles()) == 2
    assert window.bar.message is not None
    assert "2 files known already" in window.bar.message.text


def test_everything_is_there_at_the_next_start(make: Make, files: Path, qtbot: QtBot) -> None:
    window = make()
    window.start()
    take(window, qtbot, files / "dam.txt")
    claims = [(claim.id, claim.content) for claim in window.session.claims()]
    window.resize(900, 640)
    window.toggle_panel("reader")
    window.set_appearance(Appearance.DARK)
    window.close()
    again = make()
    again.start()
    assert [(claim.id, claim.content) for claim in again.session.claims()] == claims
    assert again.size() == window.size()
    assert not again.workspace.is_open("reader")
    assert not again.actions_["view.panel.reader"].isChecked()
    assert again.actions_["view.panel.timeline"].isChecked()
    assert again.session.theme.dark
    assert again.actions_["view.theme.dark"].isChecked()


def test_the_sample_is_read_once_and_then_opened(window: Window, qtbot: QtBot) -> None:
    sample = seeds.samples()[0]
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        window.welcome.sample_chosen.emit(sample)
    assert window.windowTitle() == f"{sample.title} – Claimline"
    assert len(window.session.articles()) == len(sample.article_names)
    window.dossiers.close()
    assert window.welcome.isVisible()
    window.imports.open_sample(sample)
    assert not window.tasks.running()
    assert len(window.session.articles()) == len(sample.article_names)


def test_a_sample_that_was_cut_short_is_read_again(window: Window, qtbot: QtBot) -> None:
    sample = seeds.samples()[1]
    path = places.dossier_folder() / f"{places.safe_name(sample.title)}.claimline"
    path.parent.mkdir(parents=True)
    Dossier.create(path, sample.title).close()
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        window.imports.open_sample(sample)
    assert len(window.session.articles()) == len(sample.article_names)


def test_dossiers_on_the_command_line_are_opened_and_articles_read(
    make: Make, files: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.claimline"
    Dossier.create(path, "Mine").close()
    window = make()
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        window.start([path, files / "dam.txt"])
    assert window.session.dossier is not None
    assert window.session.dossier.path == path
    assert len(window.session.articles()) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"only words", "is not a Claimline dossier"), (b"", "is not a Claimline dossier")],
)
def test_what_is_no_dossier_is_told_and_not_changed(
    window: Window, tmp_path: Path, data: bytes, words: str
) -> None:
    path = tmp_path / "other.claimline"
    path.write_bytes(data)
    assert not window.dossiers.open(path)
    assert window.bar.message is not None
    assert words in window.bar.message.text
    assert path.read_bytes() == data
    assert window.welcome.isVisible()


def test_a_dossier_that_is_gone_is_told(window: Window, tmp_path: Path) -> None:
    assert not window.dossiers.open(tmp_path / "gone.claimline")
    assert window.bar.message is not None
    assert "gone.claimline” is not there any more" in window.bar.message.text


def test_a_dossier_open_elsewhere_can_be_read_only(
    make: Make, window: Window, files: Path, qtbot: QtBot
) -> None:
    take(window, qtbot, files / "dam.txt")
    assert window.session.dossier is not None
    other = make()
    other.show()
    assert other.dossiers.open(window.session.dossier.path)
    assert other.bar.message is not None
    assert "open in another window" in other.bar.message.text
    assert not other.actions_["dossier.swap"].isEnabled()
    assert other.actions_["file.copy"].isEnabled()
    other.imports.take([files / "ferry.txt"])
    assert not other.tasks.running()
    assert len(other.session.articles()) == 1
    path = window.session.dossier.path
    window.dossiers.close()
    assert other.dossiers.open(path)
    assert other.actions_["dossier.swap"].isEnabled()
    assert other.bar.message is None


def test_a_copy_is_saved_and_work_goes_on_in_the_original(
    window: Window, files: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    take(window, qtbot, files / "dam.txt")
    original = window.session.dossier
    window.dossiers.save_copy(tmp_path / "copy.claimline")
    settle(window, qtbot)
    assert window.session.dossier is original
    with Dossier.open(tmp_path / "copy.claimline") as copy:
        assert len(copy.articles()) == 1
        assert copy.check() == []


def test_a_copy_that_cannot_be_written_is_told(
    window: Window, files: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    take(window, qtbot, files / "dam.txt")
    window.dossiers.save_copy(tmp_path / "nowhere" / "copy.claimline")
    settle(window, qtbot)
    assert window.bar.message is not None
    assert window.bar.message.severity is Severity.ERROR


def test_an_actor_is_moved_and_taken_back(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files / "dam.txt")
    session = window.session
    actor = next(row for row in session.actors() if row.side is SideKey.B)
    library = window.workspace.library
    library.show_actor(actor.id)
    qtbot.keyClick(library.sides, Qt.Key.Key_3)
    assert session.actor(actor.id).side is SideKey.THIRD
    assert f"Undo: move “{actor.name}” to Third parties" in window.status._undo.text()
    window.actions_["edit.undo"].trigger()
    assert session.actor(actor.id).side is SideKey.B
    window.actions_["edit.redo"].trigger()
    assert session.actor(actor.id).side is SideKey.THIRD


def test_the_sides_editor_renames_recolours_and_swaps(
    window: Window, files: Path, qtbot: QtBot
) -> None:
    take(window, qtbot, files / "dam.txt")
    session = window.session
    window.show_sides()
    editor = window._sides
    assert editor is not None
    first, second = session.side_name(SideKey.A), session.side_name(SideKey.B)
    editor.rename_asked.emit(SideKey.A, "Norvia")
    assert session.side_name(SideKey.A) == "Norvia"
    editor.recolor_asked.emit(SideKey.A, "#006600", "#88FF88")
    assert session.side_color(SideKey.A).name() == "#006600"
    editor.swap_asked.emit()
    assert session.side_name(SideKey.B) == "Norvia"
    for _ in range(3):
        window.dossiers.undo()
    assert (session.side_name(SideKey.A), session.side_name(SideKey.B)) == (first, second)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can make a small file system")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_dossier_stays_whole(
    window: Window, files: Path, small_disk: Path, qtbot: QtBot
) -> None:
    path = small_disk / "small.claimline"
    assert window.dossiers.create(path, "Small")
    take(window, qtbot, files / "dam.txt")
    with (small_disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))
    window.imports.take([files / "ferry.txt"])
    settle(window, qtbot)
    assert window.bar.message is not None
    assert window.bar.message.severity is Severity.ERROR
    assert "no room left on the disk of “small.claimline”" in window.bar.message.text
    assert len(window.session.articles()) == 1
    window.dossiers.close()
    with Dossier.open(path) as dossier:
        assert len(dossier.articles()) == 1
        assert dossier.check() == []


def test_a_date_is_put_right_in_one_step(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files / "dam.txt")
    session = window.session
    article = session.articles()[0]
    assert article.published_assumed
    window.actions_["dossier.date"].trigger()
    editor = window.findChild(DateEditor)
    assert editor is not None
    editor.field.setDate(editor.field.date().addYears(-3))
    editor._accept()
    settle(window, qtbot)
    after = session.article(article.id)
    assert after.published_assumed == ()
    assert after.published_start is not None
    assert article.published_start is not None
    assert after.published_start.year == article.published_start.year - 3
    assert session.dossier is not None
    years = {row.value[:4] for row in session.dossier.times(article.id)}
    assert years == {str(after.published_start.year)}
    window.dossiers.undo()
    assert session.article(article.id).published_assumed == article.published_assumed


def test_the_mark_in_the_library_asks_for_the_date(
    window: Window, files: Path, qtbot: QtBot
) -> None:
    take(window, qtbot, files)
    window.findChild(ImportReports).close()
    articles = window.workspace.library.articles
    rows = [articles.model().index(number, 0) for number in range(2)]
    for row, asked in ((rows[0], True), (rows[1], False)):
        assert bool(row.data(ASSUMED)) is asked
        at = articles.visualRect(row).adjusted(0, 0, -24, -12).bottomRight()
        qtbot.mouseClick(articles.viewport(), Qt.MouseButton.LeftButton, pos=at)
        editor = window.findChild(DateEditor)
        assert (editor is not None) is asked
        if editor is not None:
            with qtbot.waitSignal(editor.destroyed):
                editor.close()


def test_files_from_the_clipboard_are_read(window: Window, files: Path, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    window.actions_["edit.paste"].trigger()
    assert window.bar.message is not None
    assert "no files and no text on the clipboard" in window.bar.message.text
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(files / "dam.txt"))])
    clipboard.setMimeData(mime)
    with qtbot.waitSignal(window.imports.finished, timeout=60_000):
        window.actions_["edit.paste"].trigger()
    assert len(window.session.articles()) == 1
    # Qt would let go of it after Python is gone
    clipboard.clear()


@pytest.mark.parametrize(
    ("key", "modifiers", "passes"),
    [
        (Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier, True),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, True),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, False),
        (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier, False),
        (Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_a_line_to_type_in_leaves_the_windows_shortcuts_alone(
    window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier, passes: bool
) -> None:
    (first,) = window.findChildren(ShortcutsFirst)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
    assert first.eventFilter(window.top.search, event) is passes
    assert not (passes and event.isAccepted())


def test_search_narrows_and_escape_widens(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    window.actions_["edit.find"].trigger()
    with qtbot.waitSignal(window.session.filter_changed):
        qtbot.keyClicks(window.top.search, "ferry")
    shown = [claim for claim in window.session.claims() if window.session.accepts(claim)]
    assert 0 < len(shown) < len(window.session.claims())
    with qtbot.waitSignal(window.session.filter_changed):
        qtbot.keyClick(window.top.search, Qt.Key.Key_Escape)
    assert window.session.filter == Filter()


def test_a_dossier_at_work_is_not_left(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files / "dam.txt")
    window.imports.take([files / "ferry.txt"])
    window.dossiers.close()
    assert window.session.dossier is not None
    assert window.bar.message is not None
    assert "still being worked on" in window.bar.message.text
    settle(window, qtbot)
    window.dossiers.close()
    assert window.session.dossier is None


def test_closing_while_reading_leaves_a_whole_dossier(
    make: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number}.txt").write_text(ARTICLE.replace("four", str(number + 5)))
    window = make()
    window.start()
    window.imports.take([folder])
    path = window.session.dossier.path if window.session.dossier else None
    qtbot.waitUntil(lambda: any(task.done > 2 for task in window.tasks.running()), timeout=60_000)
    window.close()
    assert path is not None
    with Dossier.open(path) as dossier:
        assert dossier.check() == []
        assert len(dossier.articles()) == len(dossier.readings())


def test_every_command_runs_and_none_blocks(
    window: Window, files: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(window, qtbot, files / "dam.txt")
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: False)
    for command in COMMANDS:
        if command.id in ("file.quit", "file.close") or command.need in (Need.UNDO, Need.REDO):
            continue
        assert window.actions_[command.id].isEnabled(), command.id
        window.actions_[command.id].trigger()
        QCoreApplication.processEvents()
        settle(window, qtbot)
        for dialog in window.findChildren(QDialog):
            dialog.close()


CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTextEdit,
)


def _owner(widget: QWidget) -> str:
    parents = []
    at = widget.parent()
    while at is not None:
        parents.append(type(at).__name__)
        at = at.parent()
    return " of ".join(parents)


def nameless(top: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    found = []
    for widget in top.findChildren(QWidget):
        parent = widget.parent()
        own = (
            widget.objectName().startswith("qt_")
            or isinstance(parent, QAbstractSpinBox | QComboBox | QAbstractItemView | QLineEdit)
            or (isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget)
            or (parent is not None and isinstance(parent.parent(), QComboBox))
        )
        tabbed = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if own or not (isinstance(widget, CONTROLS) or tabbed):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text):
            found.append(f"{type(widget).__name__} of {_owner(widget)}")
    return found


def test_every_control_has_a_name(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    window.session.select(Selection(claim_id=window.session.claims()[0].id))
    window.show_sides()
    window.show_date_editor()
    window.show_revisions()
    window.show_keys()
    window.show_palette()
    assert nameless(window) == []


def test_tab_reaches_every_panel(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    window.activateWindow()
    window.top.search.setFocus()
    seen: set[str] = set()
    for _ in range(80):
        focused = window.focusWidget()
        for name, panel in window.workspace.panels.items():
            if focused is not None and panel.isAncestorOf(focused):
                seen.add(name)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen >= {"library", "timeline", "comparison", "reader"}


def test_panels_can_be_hidden_and_gone_to(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    for name in window.workspace.panels:
        window.actions_[f"view.panel.{name}"].trigger()
        assert not window.workspace.panels[name].isVisible()
        assert not window.actions_[f"view.panel.{name}"].isChecked()
    for name in window.workspace.panels:
        window.go_to_panel(name)
        assert window.workspace.panels[name].isVisible()
        focused = window.focusWidget()
        assert focused is not None
        assert window.workspace.panels[name].isAncestorOf(focused) or name == "inspector"


def test_who_goes_to_a_panel_gets_what_it_is_for(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    panels = window.workspace
    for name, wanted in (
        ("timeline", panels.timeline.canvas),
        ("comparison", panels.comparison.canvas),
        ("reader", panels.reader.text),
        ("library", panels.library.articles),
    ):
        window.actions_[f"view.go.{name}"].trigger()
        assert window.focusWidget() is wanted


def test_timeline_and_split_view_share_the_height(make: Make, files: Path, qtbot: QtBot) -> None:
    window = make()
    window.resize(1440, 900)
    window.start()
    take(window, qtbot, files)
    above, below = (window.workspace.panels[name].height() for name in ("timeline", "comparison"))
    assert abs(above - below) <= 0.1 * below
    window.bar.clear()
    QCoreApplication.processEvents()
    window.workspace._middle.setSizes([300, 400])
    window.close()
    again = make()
    again.start()
    above, below = again.workspace._middle.sizes()
    assert above / below == pytest.approx(3 / 4, abs=0.02)


@pytest.mark.parametrize("view", ["timeline", "comparison"])
def test_opening_a_claim_brings_its_sentence_into_the_reader(
    window: Window, files: Path, qtbot: QtBot, view: str
) -> None:
    (files / "dam.txt").write_text(ARTICLE.replace("\n\n", "\n\n" + "The river is wide.\n\n" * 80))
    take(window, qtbot, files)
    session, reader = window.session, window.workspace.reader
    claim = session.claims_of_article(session.articles()[0].id)[-1]
    window.toggle_panel("reader")
    if view == "timeline":
        window.workspace.timeline.opened.emit(Selection(claim_id=claim.id))
    else:
        session.select(Selection(claim_id=claim.id))
        window.workspace.comparison.reader_requested.emit(claim.id)
    assert reader.isVisible()
    assert window.focusWidget() is reader.text
    assert session.selection.claim_id == claim.id
    QCoreApplication.processEvents()
    assert reader.text.verticalScrollBar().value() > 0


def test_the_theme_reaches_every_view(window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files)
    before = window.grab().toImage()
    with qtbot.waitSignal(window.session.theme_changed):
        window.actions_["view.theme.dark"].trigger()
    after = window.grab().toImage()
    corner = after.pixelColor(3, after.height() // 2)
    assert corner == theme.load("dark").window
    assert before.pixelColor(3, before.height() // 2) == theme.load("light").window


def test_a_new_dossier_never_replaces_a_file(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken.claimline"
    taken.write_text("precious")

    def answer(*arguments: object) -> None:
        arguments[-1](taken)  # type: ignore[operator]

    monkeypatch.setattr(asking, "for_new_file", answer)
    window.actions_["file.new"].trigger()
    assert taken.read_text() == "precious"
    assert window.bar.message is not None
    assert "already" in window.bar.message.text
    taken.unlink()
    window.actions_["file.new"].trigger()
    assert window.session.dossier is not None
    assert window.session.dossier.title == "taken"


def test_recent_dossiers_are_offered(make: Make, window: Window, files: Path, qtbot: QtBot) -> None:
    take(window, qtbot, files / "dam.txt")
    window.dossiers.close()
    names = [action.text() for action in window._recent.actions()]
    window._fill_recent()
    names = [action.text() for action in window._recent.actions()]
    assert names[0] == "dam"
    window._recent.actions()[0].trigger()
    assert window.session.dossier is not None


def test_a_dossier_moved_away_is_not_missed_at_the_next_start(
    make: Make, files: Path, qtbot: QtBot
) -> None:
    window = make()
    window.start()
    take(window, qtbot, files / "dam.txt")
    assert window.session.dossier is not None
    path = window.session.dossier.path
    window.close()
    shutil.move(path, path.with_name("moved.claimline"))
    again = make()
    again.start()
    assert again.welcome.isVisible()
