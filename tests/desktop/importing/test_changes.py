"""What changed in an article is told by claim, from the report, the library and the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from db import Dossier
from db.rows import ChangeKind, ClaimChange, ReviewState
from desktop.comparison.facts import card_facts, with_provenance
from desktop.importing.changes import ArticleChanges, changes_html, difference
from desktop.importing.engine import import_files
from desktop.importing.report import ImportReports
from desktop.library.panel import LibraryPanel
from desktop.reader.reasons import explain
from desktop.reader.view import ReaderView
from desktop.session import Selection, Session

STORY = (
    "Shelling near Lumen\n\nPublished: 2031-05-04\n\n"
    "Tersk said Palvian forces shelled Lumen on Saturday, killing three people.\n\n"
    "Palvia denied shelling Lumen on Saturday.\n\n"
    "Tersk said its troops held the bridge at Pell through the whole of the night.\n"
)
NOW = STORY.replace("three", "at least nine").replace(
    "Tersk said its troops held the bridge at Pell through the whole of the night.",
    "Palvia claimed that no shell had come down in the orchards of Adda.",
)


@pytest.fixture
def changed(session: Session, tmp_path: Path) -> Iterator[Session]:
    """A dossier with one article, imported twice; a claim that is gone was accepted."""
    file = tmp_path / "lumen.txt"
    file.write_text(STORY)
    dossier = Dossier.create(tmp_path / "changed.claimline")
    import_files(dossier, [file])
    bridge = next(claim for claim in dossier.claims() if "bridge" in claim.content)
    dossier.set_review([bridge.id], ReviewState.ACCEPTED)
    file.write_text(NOW)
    import_files(dossier, [file])
    session.open(dossier)
    yield session
    session.open(None)
    dossier.close()


def test_it_tells_of_each_claim(changed: Session, qtbot: QtBot) -> None:
    dialog = ArticleChanges(changed, 1)
    qtbot.addWidget(dialog)
    told = dialog.plain_text()
    for needed in (
        "1 claim kept, 1 claim reworded, 1 claim gone, 1 claim new.",
        "killing three people",
        "killing at least nine people",
        "its troops held the bridge at Pell",
        "You decided on it, so it is kept.",
        "no shell had come down",
    ):
        assert needed in told, needed
    assert "three people" in dialog.earlier_text()
    assert dialog.choice.count() == 1


def test_a_claim_that_is_chosen_there_is_chosen_everywhere(changed: Session, qtbot: QtBot) -> None:
    dialog = ArticleChanges(changed, 1)
    qtbot.addWidget(dialog)
    gone = next(claim for claim in changed.claims_of_article(1) if claim.gone_from is not None)
    dialog._follow_link(QUrl(f"claim:{gone.id}"))
    assert changed.selection.claim_id == gone.id


def test_it_follows_undo(changed: Session, qtbot: QtBot) -> None:
    dialog = ArticleChanges(changed, 1)
    qtbot.addWidget(dialog)
    assert changed.dossier is not None
    changed.dossier.undo()
    changed.data_changed.emit(None)
    assert "one version only" in dialog.plain_text()
    assert dialog.choice.count() == 0


def test_the_report_leads_to_it(changed: Session, qtbot: QtBot) -> None:
    reports = ImportReports(changed)
    qtbot.addWidget(reports)
    reports.show_import()
    assert "Changed since last imported: 1 article" in reports.plain_text()
    with qtbot.waitSignal(reports.changes_asked) as asked:
        reports._follow_link(QUrl("changes:1"))
    assert asked.args == [1]


def test_the_library_offers_it_where_there_are_versions(changed: Session, qtbot: QtBot) -> None:
    panel = LibraryPanel(changed)
    qtbot.addWidget(panel)
    (action,) = [a for a in panel.article_menu(1).actions() if "Versions" in a.text()]
    assert action.isEnabled()
    with qtbot.waitSignal(panel.changes_asked) as asked:
        action.trigger()
    assert asked.args == [1]


def test_the_reader_says_so_and_marks_what_stands_there(changed: Session, qtbot: QtBot) -> None:
    reader = ReaderView(changed)
    qtbot.addWidget(reader)
    changed.select(Selection(article_id=1))
    assert "version 2" in reader._about.text()
    assert {claim.gone_from for claim in reader.claims_here()} == {None}
    assert reader._warning.text() == ""
    gone = next(claim for claim in changed.claims_of_article(1) if claim.gone_from is not None)
    changed.select(Selection(claim_id=gone.id))
    assert reader._warning.text() == ""


def test_a_gone_claim_says_where_it_stands(changed: Session) -> None:
    gone = next(claim for claim in changed.claims_of_article(1) if claim.gone_from is not None)
    assert card_facts(changed, gone).article.startswith("no longer in the article")
    assert "stands in its version 1" in with_provenance(changed, gone)
    told = explain(changed, Selection(claim_id=gone.id))
    assert told is not None
    lines = [line.text for group in told.groups for line in group.lines]
    assert any("stands in its version 1" in line for line in lines)


def test_nothing_of_an_article_is_markup() -> None:
    assert changes_html([]) == "<p>No claims in either version.</p>"
    html = changes_html(
        [ClaimChange(kind, None, None, "<i>a</i>", "<b>b</b>") for kind in ChangeKind]
    )
    assert "<b>" not in html
    assert "<i>" not in html


@given(st.text("ab <", max_size=30), st.text("ab <", max_size=30))
def test_the_pieces_are_the_wordings(old: str, new: str) -> None:
    was, now = difference(old, new)
    assert " ".join(words for words, _ in was).split() == old.split()
    assert " ".join(words for words, _ in now).split() == new.split()
    same = [words for words, differs in was if not differs]
    assert same == [words for words, differs in now if not differs]
