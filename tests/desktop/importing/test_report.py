from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QUrl
from pytestqt.qtbot import QtBot

from db import Dossier
from db.rows import ImportProblem, ImportSummary
from desktop.importing.copies import copies
from desktop.importing.dateeditor import DateEditor
from desktop.importing.engine import import_files
from desktop.importing.report import ImportReports, report_html
from desktop.session import Rows, Session

SUMMARY = ImportSummary(
    id=1,
    started=datetime(2031, 3, 7, 9, 30),
    added=(1, 2, 99),
    duplicates=(ImportProblem("/data/again.txt", "duplicate", "dam.txt"),),
    problems=(ImportProblem("/data/<script>.txt", "empty", ""),),
    cancelled=True,
)


def plain(session: Session, summary: ImportSummary, qtbot: QtBot) -> str:
    reports = ImportReports(session)
    qtbot.addWidget(reports)
    reports._page.setHtml(report_html(session, summary))
    return reports.plain_text()


def test_it_tells_what_was_read_found_assumed_and_refused(filled: Session, qtbot: QtBot) -> None:
    text = plain(filled, SUMMARY, qtbot)
    for needed in (
        "This import was stopped",
        "1 article of it undone since",
        "Read: 2 articles, 4 claims",
        "3 claims: Velmark 2, Ostrana 1",
        "year assumed",
        "the latest day that the text names",
        "Put the date right…",
        "Velmark 1 actor, 2 claims",
        "accuses Ostrana",
        "Not read: 1 file",
        "Known already: 1 file",
        "/data/again.txt",
    ):
        assert needed in text, needed


def test_what_was_refused_stands_before_a_long_list(
    session: Session, rows: Rows, qtbot: QtBot
) -> None:
    many = tuple(
        replace(rows.articles[1], id=number, file=f"{number}.txt", warnings=("encoding-guessed:x",))
        for number in range(1, 60)
    )
    session.show_rows(replace(rows, articles=many))
    summary = replace(SUMMARY, added=tuple(range(1, 60)), cancelled=False)
    text = plain(session, summary, qtbot)
    assert text.index("Read: 59 articles") < text.index("Not read: 1 file") < text.index("7.txt")
    assert "encoding-guessed" not in text
    assert "it was read as x" in text


def test_a_very_long_list_is_cut_and_says_so(session: Session, rows: Rows, qtbot: QtBot) -> None:
    many = tuple(
        replace(rows.articles[0], id=number, file=f"{number}.txt", title=f"No. {number}")
        for number in range(1, 1001)
    )
    session.show_rows(replace(rows, articles=many))
    text = plain(session, replace(SUMMARY, added=tuple(range(1, 1001))), qtbot)
    assert "Read: 1,000 articles" in text
    assert text.count("and 800 more") == 2
    assert text.count("No. 777") == 0


def test_what_comes_from_files_is_never_markup(filled: Session, qtbot: QtBot) -> None:
    assert "<script>" not in report_html(filled, SUMMARY)
    text = plain(filled, SUMMARY, qtbot)
    assert "The dam <b>breaks</b>" in text
    assert "“<script>.txt” holds no text." in text


def test_the_link_asks_for_the_date(filled: Session, qtbot: QtBot) -> None:
    reports = ImportReports(filled)
    qtbot.addWidget(reports)
    with qtbot.waitSignal(reports.date_asked) as told:
        reports._page.anchorClicked.emit(QUrl("date:2"))
    assert told.args == [2]
    with qtbot.assertNotEmitted(reports.date_asked):
        reports._page.anchorClicked.emit(QUrl("https://example.org"))


def test_without_an_import_it_says_what_to_do(filled: Session, qtbot: QtBot) -> None:
    reports = ImportReports(filled)
    qtbot.addWidget(reports)
    reports.show_import()
    assert "Drop articles" in reports.plain_text()


@pytest.mark.parametrize("known", [True, False])
def test_the_editor_starts_from_what_is_known(rows: Rows, qtbot: QtBot, known: bool) -> None:
    row = rows.articles[0] if known else replace(rows.articles[0], published_start=None)
    editor = DateEditor(row)
    qtbot.addWidget(editor)
    expected = QDate(2031, 3, 4) if known else QDate.currentDate()
    assert editor.field.date() == expected
    editor.field.setDate(QDate(1994, 5, 12))
    with qtbot.waitSignal(editor.accepted_date) as told:
        editor._accept()
    assert told.args[0] == 1
    assert told.args[1].isoformat() == "1994-05-12"


def test_cancelling_changes_nothing(rows: Rows, qtbot: QtBot) -> None:
    editor = DateEditor(rows.articles[0])
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.accepted_date):
        editor.reject()


def test_copies_of_one_story_are_named_as_one_origin(filled: Session, qtbot: QtBot) -> None:
    reports = ImportReports(filled)
    qtbot.addWidget(reports)
    summary = replace(SUMMARY, added=(1,))
    reports._page.setHtml(report_html(filled, summary, {2: 1}))
    text = reports.plain_text()
    assert "2 articles tell one story" in text
    assert "copies do not confirm each other" in text
    reports._page.setHtml(report_html(filled, replace(summary, added=()), {2: 1}))
    assert "tell one story" not in reports.plain_text()


def test_copies_are_looked_for_when_the_report_is_shown(dossier: Dossier, tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    for name, tail in (("a", "first"), ("b", "second")):
        (tmp_path / f"{name}.txt").write_text(f"The dam held.\n\n{words} {tail}.\n")
    for name in ("c", "d"):
        (tmp_path / f"{name}.url").write_text(f"[InternetShortcut]\nURL=https://example.org/{name}")
    import_files(dossier, [tmp_path / f"{name}" for name in ("a.txt", "b.txt", "c.url", "d.url")])
    ids = [row.id for row in dossier.articles()]
    assert copies(dossier) == {ids[1]: ids[0]}
