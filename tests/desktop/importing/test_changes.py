"""What changed in an article is told by claim, from the report, the library and the reader."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from db import Dossier
from db.rows import ChangeKind, ClaimChange, ReviewState, Verdict
from desktop.comparison.facts import card_facts, with_provenance
from desktop.comparison.facts import spoken as spoken_card
from desktop.comparison.view import ComparisonView
from desktop.exporting.records import as_csv, as_html, as_json
from desktop.importing.changelist import change_html, difference, spoken
from desktop.importing.changes import ArticleChanges, counts_in_words
from desktop.importing.engine import import_files
from desktop.importing.report import ImportReports
from desktop.library.articles import CHANGED, PARTS, mark_rect
from desktop.library.panel import LibraryPanel
from desktop.reader.reasons import explain
from desktop.reader.view import ReaderView
from desktop.session import Selection, Session
from desktop.theme import load
from tests.db.tables import all_rows

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


@pytest.fixture
def dialog(changed: Session, qtbot: QtBot) -> ArticleChanges:
    dialog = ArticleChanges(changed, 1)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def told(dialog: ArticleChanges) -> list[str]:
    model = dialog.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def verdicts(dialog: ArticleChanges) -> list[tuple[ChangeKind, Verdict | None]]:
    return [(change.kind, change.verdict) for change in dialog.list.changes.changes]


def press(dialog: ArticleChanges, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(dialog.list, key)


R, G, N = ChangeKind.REWORDED, ChangeKind.GONE, ChangeKind.ADDED
Key = Qt.Key


def test_it_tells_of_each_claim(dialog: ArticleChanges) -> None:
    reworded, gone, new = told(dialog)
    assert reworded.startswith("Reworded, to decide, before: ")
    assert "killing three people" in reworded
    assert "killing at least nine people" in reworded
    assert "its troops held the bridge at Pell" in gone
    assert "no shell had come down" in new
    counts = "1 claim kept, 1 claim reworded, 1 claim gone, 1 claim new."
    assert (dialog._summary.text(), dialog._left.text()) == (counts, "3 to decide")
    assert "killing three at least nine people" in " ".join(dialog.both_texts().split())
    assert dialog.choice.count() == 1


def test_a_claim_that_is_chosen_there_is_chosen_everywhere(
    dialog: ArticleChanges, changed: Session, qtbot: QtBot
) -> None:
    gone = next(claim for claim in changed.claims_of_article(1) if claim.gone_from is not None)
    rect = dialog.list.visualRect(dialog.list.model().index(1, 0))
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert changed.selection.claim_id == gone.id
    assert "kept until you say otherwise" in dialog._hint.text()
    assert dialog.newer.text() == "Let it go (A)"
    # And on with the arrow.
    press(dialog, qtbot, Key.Key_Down)
    assert changed.selection.claim_id not in (gone.id, None)


def test_each_is_decided_by_one_key_and_taken_back_by_one(
    dialog: ArticleChanges, changed: Session, qtbot: QtBot
) -> None:
    dossier = changed.dossier
    assert dossier is not None
    before = all_rows(dossier)
    press(dialog, qtbot, Key.Key_R)
    assert dossier.undo_label == "Keep earlier words of claim"
    assert verdicts(dialog) == [(R, Verdict.EARLIER), (G, None), (N, None)]
    words = [claim.content for claim in changed.claims_of_article(1)]
    assert sum("killing" in text for text in words) == 2
    # It went on to the next by itself.
    press(dialog, qtbot, Key.Key_A)
    assert dossier.undo_label == "Let claim go"
    press(dialog, qtbot, Key.Key_A)
    assert dossier.undo_label == "Accept claim of newer version"
    assert dialog._left.text() == "all decided"
    assert not dialog.all_newer.isEnabled()
    press(dialog, qtbot, Key.Key_U, Key.Key_U, Key.Key_U)
    assert all_rows(dossier) == before
    assert dialog._left.text() == "3 to decide"
    # The import is not taken back so easily.
    press(dialog, qtbot, Key.Key_U)
    assert all_rows(dossier) == before
    assert dialog._failure.isVisible()
    qtbot.keyClick(dialog.list, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.choice.count() == 0


def test_several_and_all_are_decided_in_one_step(
    dialog: ArticleChanges, changed: Session, qtbot: QtBot
) -> None:
    dossier = changed.dossier
    assert dossier is not None
    steps = len(dossier.revisions())
    press(dialog, qtbot, Key.Key_Home)
    qtbot.keyClick(dialog.list, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.earlier.text() == "Stay with the earlier (R)"
    qtbot.mouseClick(dialog.earlier, Qt.MouseButton.LeftButton)
    assert dossier.undo_label == "Keep earlier version of 2 claims"
    qtbot.mouseClick(dialog.all_newer, Qt.MouseButton.LeftButton)
    assert verdicts(dialog) == [(R, Verdict.EARLIER), (G, Verdict.EARLIER), (N, Verdict.NEWER)]
    assert len(dossier.revisions()) == steps + 2
    # What was decided may be decided otherwise.
    press(dialog, qtbot, Key.Key_Home, Key.Key_A)
    assert verdicts(dialog)[0] == (R, Verdict.NEWER)


def test_a_dossier_for_reading_only_takes_no_decision(
    changed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert changed.dossier is not None
    path = changed.dossier.path
    changed.open(None)
    with Dossier.open(path, read_only=True) as dossier:
        changed.open(dossier)
        dialog = ArticleChanges(changed, 1)
        qtbot.addWidget(dialog)
        assert not dialog.newer.isEnabled()
        assert not dialog.all_earlier.isEnabled()
        press(dialog, qtbot, Key.Key_A)
        assert verdicts(dialog)[0] == (R, None)
        changed.open(None)


def test_it_follows_undo(dialog: ArticleChanges, changed: Session) -> None:
    assert changed.dossier is not None
    changed.dossier.undo()
    assert "one version only" in dialog._summary.text()
    assert (dialog.choice.count(), told(dialog)) == (0, [])


def test_a_decision_made_elsewhere_is_seen(dialog: ArticleChanges, changed: Session) -> None:
    dossier = changed.dossier
    assert dossier is not None
    new = next(claim for claim in changed.claims_of_article(1) if claim.changed is N)
    dossier.set_review([new.id], ReviewState.REJECTED)
    assert verdicts(dialog)[-1] == (N, Verdict.EARLIER)


def test_the_report_leads_to_it(changed: Session, qtbot: QtBot) -> None:
    reports = ImportReports(changed)
    qtbot.addWidget(reports)
    reports.show_import()
    assert "Changed since last imported: 1 article" in reports.plain_text()
    assert "the earlier text is kept; 3 changes to decide" in reports.plain_text()
    with qtbot.waitSignal(reports.changes_asked) as asked:
        reports._follow_link(QUrl("changes:1"))
    assert asked.args == [1]


def test_a_silent_change_is_told_on_the_cards(changed: Session) -> None:
    claims = {claim.changed: claim for claim in changed.claims_of_article(1)}
    assert card_facts(changed, claims[R]).change == "reworded since version 1"
    assert card_facts(changed, claims[N]).change == "new in version 2"
    assert "reworded since version 1" in spoken_card(changed, claims[R])
    told = explain(changed, Selection(claim_id=claims[R].id))
    assert told is not None
    assert "reworded since version 1" in [line.text for g in told.groups for line in g.lines]


def test_a_version_found_late_is_told_on_claims_that_are_shown(
    session: Session, tmp_path: Path
) -> None:
    page = (
        '<html><head><title>Lumen</title><meta property="og:url" '
        'content="https://gazette.example/a"><meta property="article:published_time" '
        'content="2031-05-04T08:00:00"><meta property="article:modified_time" '
        'content="2031-05-0{day}T09:00:00"></head><body><article>{text}</article></body></html>'
    )
    text = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n")[2:])
    file = tmp_path / "lumen.html"
    with Dossier.create(tmp_path / "late.claimline") as dossier:
        file.write_text(page.format(day=6, text=text.replace("three", "nine")))
        import_files(dossier, [file])
        session.open(dossier)
        (claim,) = [one for one in session.claims_of_article(1) if "killing" in one.content]
        assert claim.changed is None
        file.write_text(page.format(day=4, text=text))
        import_files(dossier, [file])
        assert session.claim(claim.id).changed is R
        assert session.article(1).undecided == 1
        session.open(None)


def test_a_review_elsewhere_is_counted_in_the_library(changed: Session) -> None:
    dossier = changed.dossier
    assert dossier is not None
    assert changed.article(1).undecided == 3
    new = next(claim for claim in changed.claims_of_article(1) if claim.changed is N)
    dossier.set_review([new.id], ReviewState.ACCEPTED)
    assert changed.article(1).undecided == 2


def test_the_menu_of_a_card_leads_there(changed: Session, qtbot: QtBot) -> None:
    view = ComparisonView(changed)
    qtbot.addWidget(view)
    claim = next(claim for claim in changed.claims_of_article(1) if claim.changed is R)
    menu = view.menus.of_claim(claim.id)
    (action,) = [one for one in menu.actions() if "outlet changed" in one.text()]
    with qtbot.waitSignal(view.versions_requested) as asked:
        action.trigger()
    assert asked.args == [1]
    menu.close()


def test_the_library_marks_what_waits_and_a_click_leads_there(
    changed: Session, qtbot: QtBot
) -> None:
    panel = LibraryPanel(changed)
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    index = panel.article_model.index(0)
    assert index.data(CHANGED) == "3 changes to decide"
    mark = mark_rect(index, panel.articles.visualRect(index), CHANGED)
    with qtbot.waitSignal(panel.changes_asked) as asked:
        qtbot.mouseClick(panel.articles.viewport(), Qt.MouseButton.LeftButton, pos=mark.center())
    assert asked.args == [1]
    dossier = changed.dossier
    assert dossier is not None
    dossier.decide_changes(1, 2, dossier.changes_between(1, 1, 2), Verdict.NEWER)
    assert (index.data(CHANGED), index.data(PARTS)[2]) == ("", "3 claims, version 2")


def test_exports_name_the_version(changed: Session) -> None:
    dossier = changed.dossier
    assert dossier is not None
    rows = list(csv.DictReader(io.StringIO(as_csv(dossier).lstrip("\ufeff"))))
    found = {row["content"].split()[1]: (row["version"], row["in_present_version"]) for row in rows}
    assert ("1", "no") in found.values()
    assert ("2", "yes") in found.values()
    (earlier,) = json.loads(as_json(dossier))["earlier"]
    (claim,) = earlier["claims"]
    (start, end), *_ = claim["content"]["spans"]
    assert (earlier["version"], earlier["text"][start:end]) == (1, claim["content"]["text"])
    page = as_html(dossier)
    assert "of version 1; version 2 no longer has it" in page
    assert "of version 2<" in page


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
    assert reader.versions_button.text() == "version 2 · 3 changes to decide…"
    with qtbot.waitSignal(reader.versions_requested) as asked:
        reader.versions_button.click()
    assert asked.args == [1]
    assert {claim.gone_from for claim in reader.claims_here()} == {None}
    assert reader._warning.text() == ""
    gone = next(claim for claim in changed.claims_of_article(1) if claim.gone_from is not None)
    changed.select(Selection(claim_id=gone.id))
    assert reader._warning.text() == ""
    assert "stands in version 1 only" in reader.versions_button.text()


def test_a_gone_claim_says_where_it_stands(changed: Session) -> None:
    gone = next(claim for claim in changed.claims_of_article(1) if claim.gone_from is not None)
    assert card_facts(changed, gone).change == "no longer in the article (version 1)"
    assert "stands in its version 1" in with_provenance(changed, gone)
    told = explain(changed, Selection(claim_id=gone.id))
    assert told is not None
    lines = [line.text for group in told.groups for line in group.lines]
    assert any("stands in its version 1" in line for line in lines)


def test_nothing_of_an_article_is_markup() -> None:
    assert counts_in_words([]) == "No claims in either version."
    for kind in ChangeKind:
        html = change_html(ClaimChange(kind, None, None, "<i>a", "<u>b"), load("dark"))
        assert "<i>" not in html
        assert "<u>" not in html
        assert "b" in spoken(ClaimChange(kind, None, None, "a", "b"))


@given(st.text("ab <", max_size=30), st.text("ab <", max_size=30))
def test_the_pieces_are_the_wordings(old: str, new: str) -> None:
    was, now = difference(old, new)
    assert " ".join(words for words, _ in was).split() == old.split()
    assert " ".join(words for words, _ in now).split() == new.split()
    same = [words for words, differs in was if not differs]
    assert same == [words for words, differs in now if not differs]


def test_another_title_is_told(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "lumen.html"
    text = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n")[2:])
    with Dossier.create(tmp_path / "title.claimline") as dossier:
        for title in ("Shelling near Lumen", "Quiet night in Lumen"):
            file.write_text(
                f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
                f"{text}</article></body></html>"
            )
            import_files(dossier, [file])
        session.open(dossier)
        dialog = ArticleChanges(session, 1)
        qtbot.addWidget(dialog)
        assert "The title was “Shelling near Lumen”." in dialog._summary.text()
        assert "Shelling near Quiet night in Lumen" in " ".join(dialog.both_texts().split())
        session.open(None)
