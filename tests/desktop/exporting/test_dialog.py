from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from desktop.exporting import show_export_dialog
from desktop.exporting.dialog import ExportDialog
from desktop.session import Rows, Session
from desktop.timeline import TimelineView
from desktop.timeline.scale import day_number
from tests.desktop.timeline import samples


@pytest.fixture
def dialog(qtbot: QtBot, session: Session) -> Iterator[ExportDialog]:
    view = TimelineView(session)
    qtbot.addWidget(view)
    view.resize(1000, 500)
    view.show()
    qtbot.waitExposed(view)
    session.show_rows(
        Rows(
            articles=tuple(samples.articles()),
            sides=tuple(samples.sides()),
            claims=tuple(samples.claims()),
            events=tuple(samples.events()),
            relations=tuple(samples.relations()),
        )
    )
    found = show_export_dialog(session, view, view)
    qtbot.waitExposed(found)
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    yield found
    found.close()


def test_it_does_not_block_and_shows_the_picture(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.preview.picture.isNull())
    light = dialog.preview.picture.toImage()
    dialog.theme.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.preview.picture.toImage() != light)
    assert dialog.preview.grab().width() > 0


def test_size_presets_and_fields_agree(dialog: ExportDialog) -> None:
    dialog.preset.setCurrentIndex(1)
    assert (dialog.size_width.value(), dialog.size_height.value()) == (1920, 1080)
    dialog.size_width.setValue(1234)
    assert dialog.preset.currentIndex() == dialog.preset.count() - 1
    dialog.size_width.setValue(1600)
    dialog.size_height.setValue(900)
    assert dialog.preset.currentIndex() == 0
    assert dialog.sheet().size == (1600, 900)


def test_scale_is_for_pixels_only(dialog: ExportDialog) -> None:
    assert dialog.scale.isVisible()
    assert not dialog.first.isVisible()
    dialog.type.setCurrentIndex(1)
    assert not dialog.scale.isVisible()


def test_ranges(dialog: ExportDialog) -> None:
    shown = dialog.sheet()
    assert shown.start is not None
    dialog.range.setCurrentIndex(1)
    assert dialog.sheet().start is None
    dialog.range.setCurrentIndex(2)
    assert dialog.first.isVisible()
    dialog.first.setDate(QDate(2031, 5, 9))
    dialog.last.setDate(QDate(2031, 5, 6))
    sheet = dialog.sheet()
    assert sheet.start == day_number(2031, 5, 6)
    assert sheet.end == day_number(2031, 5, 10)


@pytest.mark.parametrize(("index", "suffix"), [(0, ".png"), (1, ".svg"), (2, ".pdf")])
def test_it_saves_and_closes(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, index: int, suffix: str
) -> None:
    dialog.type.setCurrentIndex(index)
    dialog.title.setText("No. 1")
    with qtbot.waitSignal(dialog.accepted):
        assert dialog.save_as(tmp_path / "No. 1")
    path = tmp_path / f"No. 1{suffix}"
    assert path.stat().st_size > 2000
    if index == 0:
        assert QImage(str(path)).width() == 3200


def test_a_failure_is_told_and_the_dialog_stays(dialog: ExportDialog, tmp_path: Path) -> None:
    assert not dialog.save_as(tmp_path / "missing" / "a.png")
    assert "could not be saved" in dialog.problem.text()
    dialog.size_width.setValue(20_000)
    dialog.size_height.setValue(20_000)
    dialog.scale.setValue(8)
    assert not dialog.save_as(tmp_path / "a.png")
    assert "too large" in dialog.problem.text()
    assert dialog.isVisible()


def test_asking_for_a_place_does_not_block(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    asking = dialog._asking
    assert asking is not None
    assert asking.isVisible()
    assert asking.defaultSuffix() == "png"
    asking.close()


def test_fields_have_names(dialog: ExportDialog) -> None:
    from PySide6.QtGui import QAccessible

    for kind in (QLineEdit, QComboBox, QSpinBox, QDateEdit, QPushButton):
        for widget in dialog.findChildren(kind):
            if widget.objectName().startswith("qt_"):
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget
