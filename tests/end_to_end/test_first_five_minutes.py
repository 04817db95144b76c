"""What a person does in the first five minutes, with the window as it is and nothing replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QWindow
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

import seeds
from db import Dossier
from desktop import places, theme
from desktop.exporting.dialog import ExportDialog
from desktop.importing import engine
from desktop.importing.report import ImportReports
from desktop.session import Selection, Session
from desktop.settings import Settings
from desktop.window import Window
from extraction.model import RelationType, SideKey

ARTICLE = """Lighthouse burns on the strait

Sarvia's navy said on Tuesday that Ostrel's gunboats had shelled the lighthouse at Cape Anders
on May 11, killing three keepers. Ostrel's defence ministry denied shelling the lighthouse.

Ostrel's defence minister, Ivo Marten, accused Sarvia of mining the strait. Sarvia's government
rejected the accusation. Sarvia's navy demanded that Ostrel withdraw its gunboats by Friday.

A spokeswoman for the Coast League called on both sides to stop. The claims could not be
independently verified.
"""

LONG = 60_000
"""Milliseconds that reading may take on a busy machine."""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "strait.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[], Window]]:
    """Starts the program as a person would; what is still open is closed in the end."""
    started: list[Window] = []
    theme.apply(qapp, theme.load("light"))

    def begin() -> Window:
        window = Window(Session(theme.load("light")), Settings(), pool=engine.make_pool(1))
        started.append(window)
        qtbot.addWidget(window)
        window.resize(1440, 900)
        window.start()
        qtbot.waitExposed(window)
        return window

    yield begin
    for window in started:
        if window.isVisible():
            window.close()


def handle_of(window: Window) -> QWindow:
    handle = window.windowHandle()
    assert handle is not None
    return handle


def drop(window: Window, *paths: Path) -> None:
    """As a file manager does it: over the window, then let go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = window.rect().center()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, mime, left, none)
    QCoreApplication.sendEvent(handle_of(window), enter)
    assert enter.isAccepted()
    assert window.overlay.isVisible()
    event = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, mime, left, none)
    QCoreApplication.sendEvent(handle_of(window), event)
    assert event.isAccepted()
    assert not window.overlay.isVisible()


def imported(window: Window, qtbot: QtBot, do: Callable[[], object]) -> None:
    with qtbot.waitSignal(window.imports.finished, timeout=LONG):
        do()
    report = window.findChild(ImportReports)
    if report is not None:
        report.close()


def press(window: Window, name: str) -> None:
    (found,) = [
        item
        for item in window.welcome.findChildren(QPushButton)
        if item.text().replace("&", "") == name
    ]
    found.click()


def open_sample(window: Window, qtbot: QtBot) -> None:
    imported(window, qtbot, lambda: press(window, "Open the sample dossier"))


def test_the_sample_shows_what_the_program_is_for(
    start: Callable[[], Window], qtbot: QtBot
) -> None:
    window = start()
    assert window.welcome.isVisible()
    open_sample(window, qtbot)
    session = window.session
    assert window.windowTitle().startswith(seeds.samples()[0].title)
    assert window.workspace.isVisible()
    assert {SideKey.A, SideKey.B} <= {claim.side for claim in session.claims()}
    assert {row.type for row in session.relations()} >= {
        RelationType.DENIES,
        RelationType.CONTRADICTS,
    }
    assert len(window.workspace.timeline.data) > 0
    assert window.workspace.comparison.canvas.rows


def test_from_a_drop_to_a_picture_and_back_again(
    start: Callable[[], Window], article: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = start()
    imported(window, qtbot, lambda: drop(window, article))
    session, panels = window.session, window.workspace
    assert session.dossier is not None
    path = session.dossier.path
    assert path == places.dossier_folder() / "strait.claimline"

    names = {session.side_name(SideKey.A), session.side_name(SideKey.B)}
    assert names == {"Sarvia", "Ostrel"}
    shelling = next(row for row in session.claims() if "had shelled" in row.content)
    denial = next(row for row in session.claims() if "shelling the lighthouse" in row.content)
    assert {shelling.side, denial.side} == {SideKey.A, SideKey.B}
    assert (RelationType.DENIES, denial.id, shelling.id) in {
        (row.type, row.source_id, row.target_id) for row in session.relations()
    }
    assert session.article(shelling.article_id).published_assumed == ("year",)

    on_timeline = panels.timeline.data.index_of_claim
    assert shelling.id in on_timeline
    session.select(Selection(claim_id=denial.id))
    assert panels.timeline.current == on_timeline[denial.id]

    canvas = panels.comparison.canvas
    session.select(Selection(event_id=shelling.event_id, claim_id=shelling.id))
    session.select(Selection(claim_id=denial.id))
    card = canvas.hits.claim_rect(shelling.id)
    assert card is not None
    qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=card.center().toPoint())
    assert session.selection.claim_id == shelling.id
    text = session.dossier.article_text(shelling.article_id)
    marked = panels.reader.text._outlined
    assert marked is not None
    passage = text[slice(*marked)]
    assert shelling.content_spans[0].exact in passage
    assert passage in ARTICLE

    for number, ending in enumerate(("png", "svg", "pdf")):
        export(window, qtbot, number, tmp_path / f"strait.{ending}")
    picture = QImage(str(tmp_path / "strait.png"))
    assert (picture.width(), picture.height()) == (3200, 1800)
    drawing = (tmp_path / "strait.svg").read_text(encoding="utf-8")
    for words in ("Sarvia", "Ostrel", "Lighthouse burns on the strait"):
        assert words in drawing
    assert (tmp_path / "strait.pdf").read_bytes().startswith(b"%PDF-")

    actor = next(row for row in session.actors() if row.side is SideKey.B)
    window.dossiers.move_actors([actor.id], SideKey.THIRD)
    window.actions_["edit.undo"].trigger()
    assert session.actor(actor.id).side is SideKey.B
    window.actions_["edit.redo"].trigger()
    assert session.actor(actor.id).side is SideKey.THIRD
    window.actions_["edit.undo"].trigger()

    before = (session.articles(), session.claims(), session.events(), session.relations())
    window.close()
    with Dossier.open(path, read_only=True) as kept:
        assert kept.check() == []
        document = kept.articles()[0].document_id
        assert kept.document_bytes(document) == article.read_bytes()
    again = start().session
    assert again.dossier is not None
    assert again.dossier.path == path
    assert (again.articles(), again.claims(), again.events(), again.relations()) == before
    assert again.dossier.redo_label is not None


def export(window: Window, qtbot: QtBot, kind: int, path: Path) -> None:
    """Through the dialog and the question for the file's place."""
    window.actions_["file.export"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    dialog.type.setCurrentIndex(kind)
    dialog.save.click()
    question = dialog.findChild(QFileDialog)
    assert question is not None
    question.setDirectory(str(path.parent))
    field = question.findChild(QLineEdit)
    assert field is not None
    field.setText(path.name)
    question.accept()
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is None, timeout=10_000)


def test_undo_takes_an_import_back_and_redo_brings_it_again(
    start: Callable[[], Window], article: Path, qtbot: QtBot
) -> None:
    window = start()
    imported(window, qtbot, lambda: drop(window, article))
    claims = window.session.claims()
    window.actions_["edit.undo"].trigger()
    assert window.session.articles() == []
    assert len(window.workspace.timeline.data) == 0
    assert not window.workspace.comparison.canvas.rows
    window.actions_["edit.redo"].trigger()
    assert window.session.claims() == claims
    assert window.workspace.comparison.canvas.rows
