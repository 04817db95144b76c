"""Words and claims put right in the article's text, on a real dossier, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.rows import ReviewState
from desktop.comparison.source import SIDES
from desktop.reader import ReaderView
from desktop.reader.correcting import whole_words
from desktop.reader.newclaim import NewClaimDialog, form_of
from desktop.session import Selection, Session
from extraction.model import Form, SideKey, SpeechAct
from tests.desktop.conftest import opened_on

TEXT = """Published: 2031-03-05

\U0001f525 Karsk's Defense Ministry said Dolmian forces shelled the town of Veln on March 4. \
Dolmia's Defense Ministry denied shelling Veln. On the walls one reads \u201cno guns here\u201d.
"""


@pytest.fixture
def opened(session: Session, tmp_path: Path) -> Iterator[Session]:
    with opened_on(session, TEXT, tmp_path / "veln.claimline") as shown:
        yield shown


@pytest.fixture
def reading(qtbot: Any, opened: Session) -> ReaderView:
    reader = ReaderView(opened)
    qtbot.addWidget(reader)
    reader.resize(500, 500)
    reader.show()
    opened.select(Selection(article_id=opened.articles()[0].id))
    QApplication.processEvents()
    return reader


def select(reader: ReaderView, words: str) -> None:
    start = reader.canonical_text.index(words)
    reader.text.select_points(start, start + len(words))


def test_words_are_put_right_by_key_and_back(qtbot: Any, reading: ReaderView) -> None:
    session = reading.session
    before = next(c for c in session.claims() if c.speech_act is SpeechAct.DENIES)
    session.select(Selection(claim_id=before.id))
    select(reading, "denied shelling Veln ".strip())
    qtbot.keyClick(reading.text, Qt.Key.Key_W)
    after = session.claim(before.id)
    assert after.content == "denied shelling Veln"
    assert after.content_spans[0].holds_in(reading.canonical_text)
    assert after.review is ReviewState.EDITED
    assert session.dossier is not None
    session.dossier.undo()
    assert session.claim(before.id) == before


def test_blanks_around_a_selection_are_no_words(reading: ReaderView) -> None:
    select(reading, " one reads ")
    words = reading.correcting.selected()
    assert words is not None
    assert words.exact == "one reads"
    select(reading, " ")
    assert reading.correcting.selected() is None


def test_a_claim_is_added_and_chosen_and_taken_back(qtbot: Any, reading: ReaderView) -> None:
    session = reading.session
    count = len(session.claims())
    select(reading, "\u201cno guns here\u201d")
    dialog = reading.correcting.ask_claim()
    assert isinstance(dialog, NewClaimDialog)
    dolmia = next(actor for actor in session.actors() if "Dolmia" in actor.name)
    dialog.speaker.setEditText(dolmia.name.upper())
    dialog._follow_speaker()
    assert SIDES[dialog.side.currentIndex()] is dolmia.side
    dialog.act.setCurrentIndex(list(SpeechAct).index(SpeechAct.DENIES))
    assert dialog.event_.count() >= 2
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    chosen = session.selection.claim_id
    assert chosen is not None
    claim = session.claim(chosen)
    assert claim.content == "\u201cno guns here\u201d"
    assert (claim.speaker, claim.actor_id, claim.side) == (dolmia.name, dolmia.id, dolmia.side)
    assert (claim.speech_act, claim.form) == (SpeechAct.DENIES, Form.DIRECT)
    assert claim.event_id is not None
    assert claim.said is not None
    assert session.dossier is not None
    assert session.dossier.broken_spans(claim.article_id) == []
    session.dossier.undo()
    assert len(session.claims()) == count


def test_somebody_the_dossier_does_not_know_can_speak(qtbot: Any, reading: ReaderView) -> None:
    select(reading, "one reads")
    dialog = reading.correcting.ask_claim()
    assert dialog is not None
    dialog.speaker.setEditText("A passer-by")
    dialog.event_.setCurrentIndex(dialog.event_.count() - 1)
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    claim = reading.session.claim(reading.session.selection.claim_id or 0)
    assert (claim.speaker, claim.actor_id, claim.event_id) == ("A passer-by", None, None)
    assert claim.side is SideKey.NONE


def test_the_menu_offers_only_what_can_be_done(reading: ReaderView) -> None:
    def offered() -> dict[str, bool]:
        actions = reading.correcting.menu().actions()[-2:]
        return {action.text().partition("\t")[2]: action.isEnabled() for action in actions}

    assert offered() == {"W": False, "C": False}
    select(reading, "one reads")
    assert offered() == {"W": False, "C": True}
    reading.session.select(Selection(claim_id=reading.session.claims()[0].id))
    select(reading, "one reads")
    assert offered() == {"W": True, "C": True}


@pytest.mark.parametrize(
    ("words", "form"),
    [("“all of it”", Form.DIRECT), ("he said “this” too", Form.MIXED), ("none", Form.INDIRECT)],
)
def test_the_form_follows_the_quotation_marks(words: str, form: Form) -> None:
    assert form_of(words) is form


@pytest.mark.parametrize(
    ("text", "chosen", "whole"),
    [
        ("the old mill burned", "ld mil", "old mill"),
        ("the old mill burned", "old mill", "old mill"),
        ("don't go", "n", "don"),
        ("大きな火事だった", "火事", "火事"),
        ("mill", "il", "mill"),
    ],
)
def test_half_a_word_is_taken_whole(text: str, chosen: str, whole: str) -> None:
    start = text.index(chosen)
    begin, end = whole_words(text, start, start + len(chosen))
    assert text[begin:end] == whole
