"""All articles in one table: what their dates rest on, copies, and dates for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QItemSelectionModel, Qt

from db import Dossier
from desktop.importing.copies import copies
from desktop.importing.engine import import_files, put_dates_right
from desktop.importing.table import BASIS, COPY_OF, PUBLISHED, TITLE, ArticleTable
from desktop.session import Session
from desktop.tasks import Tasks
from extraction.model import DateBasis

WIRE = (
    "The mill at {place} burned down on Tuesday night, and the guild of the millers said that the "
    "owners had let the boiler go without water for a week. The owners denied that. They said that "
    "the boiler had been looked at in the spring and found to be sound by two men from the town."
)


@pytest.fixture
def tasks(app: object) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def full(session: Session, tmp_path: Path) -> Iterator[Session]:
    """Three articles, two of them copies, none with a date of its own."""
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "a.txt").write_text("Mill burns\n\n" + WIRE.format(place="Tarn"))
    (folder / "b.txt").write_text("Fire at the mill\n\n" + WIRE.format(place="Tarn"))
    (folder / "c.txt").write_text("Date: 2031-05-02\nTitle: Ferry stops\n\nThe ferry stopped.\n")
    dossier = Dossier.create(tmp_path / "wire.claimline")
    import_files(dossier, [folder])
    session.open(dossier)
    yield session
    session.open(None)


@pytest.fixture
def table(qtbot: Any, full: Session, tasks: Tasks) -> ArticleTable:
    table = ArticleTable(full, tasks)
    qtbot.addWidget(table)
    table.open_on_top()
    qtbot.waitUntil(lambda: not tasks.running())
    return table


def texts(table: ArticleTable, column: int) -> list[str]:
    model = table.table.model()
    return [model.index(at, column).data() for at in range(model.rowCount())]


def choose(table: ArticleTable, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    model = table.table.selectionModel()
    model.clearSelection()
    for row in rows:
        model.select(table.table.model().index(row, 0), flags.Select | flags.Rows)


def test_it_says_what_each_date_rests_on_and_what_is_a_copy(table: ArticleTable) -> None:
    assert texts(table, TITLE) == ["Mill burns", "Fire at the mill", "Ferry stops"]
    assert texts(table, PUBLISHED)[2].startswith("2 May 2031")
    assert "metadata" in texts(table, BASIS)[2]
    assert "assumed" in texts(table, BASIS)[0]
    assert texts(table, COPY_OF) == ["", "Mill burns", ""]


def test_only_uncertain_dates(qtbot: Any, table: ArticleTable) -> None:
    table._doubtful.setFocus()
    qtbot.keyClick(table._doubtful, Qt.Key.Key_Space)
    assert texts(table, TITLE) == ["Mill burns", "Fire at the mill"]


def test_several_get_one_day(qtbot: Any, table: ArticleTable) -> None:
    assert not table.put.isEnabled()
    choose(table, 0, 1)
    assert table._chosen.text() == "2 articles chosen"
    table.day.setDate(QDate(2031, 5, 7))
    with qtbot.waitSignal(table.dates_put_right) as put:
        qtbot.mouseClick(table.put, Qt.MouseButton.LeftButton)
    assert put.args == [[1, 2], date(2031, 5, 7)]


def test_one_chosen_shows_its_own_day(table: ArticleTable) -> None:
    choose(table, 2)
    assert table.day.date() == QDate(2031, 5, 2)


def test_the_dates_are_one_step(full: Session, table: ArticleTable) -> None:
    dossier = full.dossier
    assert dossier is not None
    before = [row.published_start for row in full.articles()]
    choose(table, 0, 1)
    put_dates_right(dossier, {1: date(2031, 5, 7), 2: date(2031, 5, 8)})
    assert dossier.undo_label == "Set publication date of 2 articles"
    assert table.chosen() == [1, 2]
    rows = full.articles()
    assert [row.published_start for row in rows[:2]] == [
        datetime(2031, 5, 7),
        datetime(2031, 5, 8),
    ]
    assert {row.published_basis for row in rows[:2]} == {DateBasis.USER}
    assert "7 May 2031" in texts(table, PUBLISHED)[0]
    assert dossier.check() == []
    dossier.undo()
    assert [row.published_start for row in full.articles()] == before


def test_it_closes_with_the_dossier(full: Session, table: ArticleTable) -> None:
    assert table.isVisible()
    full.open(None)
    assert not table.isVisible()


def test_copies_are_told_by_their_first(full: Session) -> None:
    assert full.dossier is not None
    assert copies(full.dossier) == {2: 1}
