"""The reader with real mouse and key events."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from db.rows import TimeRow
from desktop import theme
from desktop.reader import ReaderView
from desktop.session import Selection, Session
from extraction.model import SideKey, Span, SpeechAct
from tests.desktop.comparison.dispute import ARTICLE, Dispute, Paper

LEFT = Qt.MouseButton.LeftButton


def place_of(reader: ReaderView, words: str) -> QPoint:
    start = reader._text.index(words)
    rects = reader.text.passage_rects(start, start + len(words))
    return rects[0].center().toPoint()


def pixels(reader: ReaderView) -> QImage:
    return reader.text.viewport().grab().toImage()


def colors_in(image: QImage, rect: QRectF) -> set[str]:
    ratio = image.devicePixelRatio()
    box = QRectF(rect.topLeft() * ratio, rect.size() * ratio).toRect().intersected(image.rect())
    return {
        image.pixelColor(x, y).name()
        for y in range(box.top(), box.bottom() + 1)
        for x in range(box.left(), box.right() + 1)
    }


def test_without_a_choice_it_says_what_to_do(reader: ReaderView) -> None:
    assert reader._pages.currentWidget() is reader._empty
    assert "Choose a claim" in reader._empty.text()


def test_a_chosen_claim_brings_its_article_and_is_outlined(reader: ReaderView) -> None:
    reader.session.select(Selection(claim_id=1))
    QApplication.processEvents()
    assert reader.text.toPlainText() == ARTICLE
    assert reader._title.text() == "Shots at the dam"
    start = ARTICLE.index("Norland")
    rect = reader.text.passage_rects(start, start + 7)[0]
    edge = QRectF(rect.left(), rect.top() - 3, rect.width(), 4)
    assert reader.session.side_color(SideKey.A).name() in colors_in(pixels(reader), edge)


def test_claims_stand_in_the_tint_of_their_side_even_beyond_an_emoji(reader: ReaderView) -> None:
    reader.session.select(Selection(claim_id=1))
    QApplication.processEvents()
    image = pixels(reader)
    for words, side in (("second day", SideKey.A), ("near it and", SideKey.B)):
        start = ARTICLE.index(words)
        rect = reader.text.passage_rects(start, start + len(words))[0]
        assert reader.session.side_tint(side).name() in colors_in(image, rect)
    end = ARTICLE.index("then stopped.") + len("then stopped")
    full_stop = reader.text.passage_rects(end, end + 1)[0].adjusted(1, 3, 0, -3)
    assert reader.session.side_tint(SideKey.B).name() not in colors_in(image, full_stop)


def test_a_click_on_a_mark_chooses_its_claim(qtbot: Any, reader: ReaderView) -> None:
    reader.session.select(Selection(article_id=1))
    QApplication.processEvents()
    qtbot.mouseClick(reader.text.viewport(), LEFT, pos=place_of(reader, "shell was fired"))
    assert reader.session.selection.claim_id == 2
    assert reader.session.selection.event_id == 1
    qtbot.mouseClick(reader.text.viewport(), LEFT, pos=place_of(reader, "then stopped"))
    assert reader.session.selection.claim_id == 3
    qtbot.mouseClick(reader.text.viewport(), LEFT, pos=place_of(reader, "Water ran"))
    assert reader.session.selection.claim_id == 3


def test_a_second_click_goes_out_to_the_claim_around(qtbot: Any, session: Session) -> None:
    made = Dispute()
    made.add_article("The mayor said Ada said the gate was shut.")
    made.add_claim(SideKey.A, "The mayor", SpeechAct.ASSERTS, "Ada said the gate was shut")
    made.add_claim(SideKey.B, "Ada", SpeechAct.ASSERTS, "the gate was shut", nested_in=1)
    dossier: Any = Paper(made)
    session.dossier = dossier
    session.show_rows(made.rows())
    reader = ReaderView(session)
    qtbot.addWidget(reader)
    reader.resize(400, 300)
    reader.show()
    session.select(Selection(article_id=1))
    QApplication.processEvents()
    chosen = []
    for _ in range(3):
        qtbot.mouseClick(reader.text.viewport(), LEFT, pos=place_of(reader, "gate"))
        chosen.append(session.selection.claim_id)
    assert chosen == [2, 1, 2]


def test_selecting_text_chooses_no_claim(qtbot: Any, reader: ReaderView) -> None:
    reader.session.select(Selection(article_id=1))
    QApplication.processEvents()
    start = place_of(reader, "shell was fired")
    viewport = reader.text.viewport()
    qtbot.mousePress(viewport, LEFT, pos=start)
    qtbot.mouseMove(viewport, start + QPoint(40, 20))
    qtbot.mouseRelease(viewport, LEFT, pos=start + QPoint(40, 20))
    assert reader.session.selection.claim_id is None


def test_hovering_says_the_claim(qtbot: Any, reader: ReaderView) -> None:
    reader.session.select(Selection(article_id=1))
    QApplication.processEvents()
    viewport = reader.text.viewport()

    def told_over(words: str) -> str:
        # A pointer that an earlier test left on the very spot would not move.
        qtbot.mouseMove(viewport, place_of(reader, words) + QPoint(1, 1))
        qtbot.mouseMove(viewport, place_of(reader, words))
        return viewport.toolTip()

    qtbot.waitUntil(lambda: "Vessia's army spokesman denies" in told_over("shell was fired"))
    qtbot.waitUntil(lambda: told_over("Water ran") == "")


def test_find_counts_and_goes_round(qtbot: Any, reader: ReaderView) -> None:
    reader.session.select(Selection(article_id=1))
    QApplication.processEvents()
    reader.text.setFocus()
    qtbot.keyClick(reader.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = reader.find_bar
    assert bar.isVisible()
    qtbot.keyClicks(bar.words, "DAM")
    assert bar.count.text() == "1 of 3"
    qtbot.keyClick(bar.words, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 3"
    qtbot.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "3 of 3"
    start, end = bar._places[bar._current]
    rect = reader.text.passage_rects(start, end)[0]
    assert reader.session.theme.focus.name() in colors_in(pixels(reader), rect)
    qtbot.keyClicks(bar.words, "xyz")
    assert bar.count.text() == "not found"
    qtbot.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert reader.text._found == []


def test_find_begins_where_one_is_reading(qtbot: Any, reader: ReaderView) -> None:
    reader.session.select(Selection(claim_id=2))
    QApplication.processEvents()
    qtbot.keyClick(reader.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = reader.find_bar
    qtbot.keyClicks(bar.words, "dam")
    source = reader.session.claim(2).source_span
    assert source is not None
    assert bar._places[bar._current][0] > source.start
    assert bar.count.text() == "3 of 3"
    qtbot.keyClick(bar.words, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 3"


def test_times_are_shown_on_demand(qtbot: Any, reader: ReaderView, paper: Paper) -> None:
    start = ARTICLE.index("all night")
    span = Span.cut(ARTICLE, start, start + 9)
    paper.time_rows[1] = [TimeRow(1, span, "DURATION", "P1N", "")]
    reader.session.select(Selection(article_id=1))
    before = [mark for mark in reader._stretches() if mark.look.time]
    qtbot.mouseClick(reader.times_button, LEFT)
    after = [mark for mark in reader._stretches() if mark.look.time]
    assert (len(before), len(after)) == (0, 1)
    qtbot.mouseClick(reader.marks_button, LEFT)
    assert [mark for mark in reader._stretches() if mark.look.ground] == []


def test_an_assumed_year_is_marked_and_leads_to_its_correction(
    qtbot: Any, reader: ReaderView
) -> None:
    reader.session.select(Selection(article_id=1))
    assert reader.date_button.text() == "9 March 2031 · year assumed"
    assert reader.session.theme.dispute.name() in reader.date_button.styleSheet()
    with qtbot.waitSignal(reader.date_edit_requested) as asked:
        qtbot.mouseClick(reader.date_button, LEFT)
    assert asked.args == [1]
    reader.session.select(Selection(article_id=2))
    assert reader.date_button.text() == "9 March 2031"
    assert reader.session.theme.muted.name() in reader.date_button.styleSheet()


def test_a_mark_that_does_not_fit_is_told(reader: ReaderView, paper: Paper, made: Dispute) -> None:
    made.texts[1] = ARTICLE.replace("no shell", "my shell")
    paper.broken = ["claim 2: content"]
    reader.session.select(Selection(article_id=1))
    assert reader._warning.isVisible()
    assert reader._warning.text().startswith("1 mark does not fit")
    assert reader._warning.toolTip() == "claim 2: content"
    made.texts[1] = ARTICLE
    paper.broken = []
    reader.session.select(Selection(article_id=2))
    assert not reader._warning.isVisible()


def test_drops_go_through_to_the_window(reader: ReaderView) -> None:
    assert not reader.text.acceptDrops()
    assert not reader.text.viewport().acceptDrops()
    assert reader.text.isReadOnly()


def test_boilerplate_is_grey(reader: ReaderView, paper: Paper) -> None:
    from extraction.model import Block, BlockKind

    start = ARTICLE.index("Water ran")
    paper.blocks[1] = (Block(start, len(ARTICLE) - 1, BlockKind.BOILERPLATE),)
    reader.session.select(Selection(article_id=1))
    QApplication.processEvents()
    rect = reader.text.passage_rects(start, start + 9)[0]
    found = colors_in(pixels(reader), rect)
    assert reader.session.theme.text.name() not in found


@pytest.mark.parametrize("name", ["light", "dark"])
def test_themes(qapp: QApplication, reader: ReaderView, name: str) -> None:
    reader.session.select(Selection(claim_id=2))
    chosen = theme.load(name)
    theme.apply(qapp, chosen)
    reader.session.set_theme(chosen)
    QApplication.processEvents()
    image = pixels(reader)
    theme.apply(qapp, theme.load("light"))
    start = ARTICLE.index("shell was fired")
    rect = reader.text.passage_rects(start, start + 15)[0]
    assert reader.session.side_tint(SideKey.B).name() in colors_in(image, rect)
    assert image.pixelColor(2, image.height() - 2) == reader.session.theme.panel


def test_another_dossier_empties_the_reader(reader: ReaderView) -> None:
    reader.session.select(Selection(claim_id=2))
    assert reader.article_id == 1
    reader.session.dossier_changed.emit()
    assert reader.article_id is None
    assert reader._pages.currentWidget() is reader._empty


def test_a_megabyte_is_read_and_its_end_shown(qtbot: Any, session: Session) -> None:
    made = Dispute()
    words = "The gate of the dam was shut at noon, said nobody whom anybody knew. " * 4
    text = "\n".join(f"{number} \U0001f525 {words}" for number in range(3600))
    assert len(text) > 1_000_000
    made.add_article(text)
    last = text.rindex("gate of the dam")
    span = Span.cut(text, last, last + 15)
    made.add_claim(SideKey.A, "x", SpeechAct.ASSERTS, "y", content_spans=(span,))
    dossier: Any = Paper(made)
    session.dossier = dossier
    session.show_rows(made.rows())
    reader = ReaderView(session)
    qtbot.addWidget(reader)
    reader.resize(340, 500)
    reader.show()
    session.select(Selection(claim_id=1))
    QApplication.processEvents()
    assert not reader._warning.isVisible()
    rects = reader.text.passage_rects(span.start, span.end)
    assert rects
    assert reader.text.viewport().rect().contains(rects[0].toRect())
    assert session.side_tint(SideKey.A).name() in colors_in(pixels(reader), rects[0])


def test_the_passage_is_brought_back_on_demand(qtbot: Any, reader: ReaderView) -> None:
    reader.resize(340, 240)
    reader.session.select(Selection(claim_id=7))
    QApplication.processEvents()
    bar = reader.text.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(0 if bar.value() else bar.maximum())
    shown = bar.value()
    start = reader.session.claim(7).content_spans[0].start
    inside = reader.text.viewport().rect().toRectF()
    if not any(inside.contains(rect) for rect in reader.text.passage_rects(start, start + 6)):
        reader.show_selected()
        assert bar.value() != shown
    rects = reader.text.passage_rects(start, start + 6)
    assert any(inside.contains(rect) for rect in rects)


def test_find_here_comes_before_the_window_s_own_search(qtbot: Any, session: Session) -> None:
    made = Dispute()
    made.add_article(ARTICLE)
    dossier: Any = Paper(made)
    session.dossier = dossier
    session.show_rows(made.rows())
    window = QMainWindow()
    qtbot.addWidget(window)
    reader = ReaderView(session)
    window.setCentralWidget(reader)
    search = window.menuBar().addMenu("Edit").addAction("Find")
    search.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
    searched: list[bool] = []
    search.triggered.connect(searched.append)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    session.select(Selection(article_id=1))
    reader.setFocus()
    assert reader.focusProxy() is reader.text
    qtbot.keyClick(reader.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert reader.find_bar.isVisible()
    assert searched == []
