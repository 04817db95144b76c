"""The split view with real mouse and key events."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu

from db.rows import ReviewState
from desktop import theme
from desktop.comparison import ComparisonView
from desktop.session import Filter, Rows, Selection, Session
from extraction.model import SideKey, SpeechAct
from tests.desktop.comparison.dispute import Dispute, Paper, long_dispute

Key = Qt.Key


def centre(view: ComparisonView, claim_id: int) -> QPoint:
    rect = view.canvas.hits.claim_rect(claim_id)
    assert rect is not None
    return rect.center().toPoint()


def press(qtbot: Any, view: ComparisonView, *keys: Qt.Key) -> int | None:
    for key in keys:
        qtbot.keyClick(view.canvas, key)
    return view.session.selection.claim_id


def pixels(view: ComparisonView) -> QImage:
    return view.canvas.viewport().grab().toImage()


def has_color(image: QImage, rect: QRectF, name: str) -> bool:
    ratio = image.devicePixelRatio()
    box = QRectF(rect.topLeft() * ratio, rect.size() * ratio).toRect().intersected(image.rect())
    return any(
        image.pixelColor(x, y).name().upper() == name.upper()
        for y in range(box.top(), box.bottom() + 1)
        for x in range(box.left(), box.right() + 1)
    )


def test_a_click_on_a_card_chooses_claim_event_article_and_span(
    qtbot: Any, view: ComparisonView
) -> None:
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=centre(view, 2))
    claim = view.session.claim(2)
    assert view.session.selection == Selection(1, 2, 1, claim.content_spans[0])


def test_a_choice_made_elsewhere_is_shown_and_outlined(view: ComparisonView) -> None:
    view.resize(900, 360)
    QApplication.processEvents()
    assert view.canvas.hits.claim_rect(15) is None
    view.session.select(Selection(claim_id=15))
    rect = view.canvas.hits.claim_rect(15)
    assert rect is not None
    assert view.canvas.viewport().rect().contains(rect.toRect())
    focus = view.session.theme.focus.name()
    edge = QRectF(rect.center().x(), rect.top() - 2, 4, 4)
    assert has_color(pixels(view), edge, focus)
    view.session.select(Selection(claim_id=1))
    view.session.select(Selection(claim_id=15))
    other = view.canvas.hits.claim_rect(1)
    assert other is None or not has_color(
        pixels(view), QRectF(other.center().x(), other.top() - 2, 4, 4), focus
    )


def test_what_is_in_view_already_does_not_move(view: ComparisonView) -> None:
    before = view.canvas.verticalScrollBar().value()
    view.session.select(Selection(claim_id=2))
    assert view.canvas.verticalScrollBar().value() == before


def test_a_folded_third_party_unfolds_when_it_is_chosen(view: ComparisonView) -> None:
    assert view.canvas.hits.claim_rect(13) is None
    view.session.select(Selection(claim_id=13))
    assert view.canvas.hits.claim_rect(13) is not None


def test_the_count_unfolds_and_folds(qtbot: Any, view: ComparisonView) -> None:
    view.session.select(Selection(claim_id=9))
    canvas = view.canvas
    index = canvas.index_of(9, None)
    assert index is not None

    def click_toggle() -> str:
        toggle = canvas.layout_of(index).toggle
        top = dict(canvas.visible_rows())[index]
        assert toggle is not None
        at = toggle.rect.center() + QPointF(0, top)
        qtbot.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
        shown = canvas.layout_of(index).toggle
        assert shown is not None
        return shown.words.block.text

    assert click_toggle() == "Show fewer"
    assert canvas.hits.claim_rect(13) is not None
    assert click_toggle() == "3 more from third parties and outlets"
    assert canvas.hits.claim_rect(13) is None


def test_arrow_keys_follow_the_column_and_cross_by_the_link(
    qtbot: Any, view: ComparisonView
) -> None:
    view.canvas.choose(view.session.claim(1))
    assert press(qtbot, view, Key.Key_Right) == 2
    assert press(qtbot, view, Key.Key_Down) == 3
    assert press(qtbot, view, Key.Key_Left) == 1
    assert press(qtbot, view, Key.Key_Down) == 5
    assert press(qtbot, view, Key.Key_Up, Key.Key_Up) == 1
    assert press(qtbot, view, Key.Key_End) == 15
    assert press(qtbot, view, Key.Key_Home) == 1


def test_the_first_key_chooses_what_is_at_the_top(qtbot: Any, view: ComparisonView) -> None:
    assert press(qtbot, view, Key.Key_Down) == 14


def test_pages(qtbot: Any, session: Session) -> None:
    session.show_rows(long_dispute(300).rows())
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    press(qtbot, view, Key.Key_Down)
    chosen = [press(qtbot, view, Key.Key_PageDown) for _ in range(4)]
    assert chosen == sorted(set(chosen), key=chosen.index)
    rect = view.canvas.hits.claim_rect(session.selection.claim_id or 0)
    assert rect is not None
    assert rect.top() < 500
    back = [press(qtbot, view, Key.Key_PageUp) for _ in range(6)]
    assert back[-1] == 1


def test_o_shows_the_claim_in_the_reader(qtbot: Any, view: ComparisonView) -> None:
    view.canvas.choose(view.session.claim(2))
    with qtbot.waitSignal(view.reader_requested) as opened:
        press(qtbot, view, Key.Key_O)
    assert opened.args == [2]


def test_what_cannot_be_edited_is_shown_in_the_reader(
    qtbot: Any, view: ComparisonView, paper: Paper
) -> None:
    paper.read_only = True
    view.canvas.choose(view.session.claim(2))
    with qtbot.waitSignal(view.reader_requested) as opened:
        press(qtbot, view, Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(view.reader_requested) as opened:
        qtbot.mouseDClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=centre(view, 3))
    assert opened.args == [3]


def test_a_accepts_and_r_rejects(qtbot: Any, view: ComparisonView, paper: Paper) -> None:
    view.canvas.choose(view.session.claim(2))
    press(qtbot, view, Key.Key_A)
    assert paper.decided == [([2], ReviewState.ACCEPTED)]
    # The third claim is accepted already, so the next to review is in another row.
    assert view.session.selection.claim_id == 5
    view.canvas.choose(view.session.claim(2))
    press(qtbot, view, Key.Key_R)
    assert paper.decided[-1] == ([2], ReviewState.REJECTED)


def test_a_read_only_dossier_is_not_written(qtbot: Any, view: ComparisonView, paper: Paper) -> None:
    paper.read_only = True
    view.canvas.choose(view.session.claim(2))
    press(qtbot, view, Key.Key_A, Key.Key_R)
    assert paper.decided == []
    enabled = {action.text(): action.isEnabled() for action in view.menus.of_claim(2).actions()}
    assert not enabled["Accept\tA"]
    assert enabled["Copy with its source"]


def test_the_menu(qtbot: Any, view: ComparisonView, paper: Paper) -> None:
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.RightButton, pos=centre(view, 3))
    menu: QMenu = view.menus.of_claim(3)
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(view.timeline_requested) as shown:
        actions["Show on the timeline"].trigger()
    assert shown.args == [3]
    actions["Copy with its source"].trigger()
    assert view.session.claim(3).content in QGuiApplication.clipboard().text()
    actions["Accept\tA"].trigger()
    assert paper.decided == [([3], ReviewState.ACCEPTED)]


def test_a_line_about_another_row_leads_there(qtbot: Any, view: ComparisonView) -> None:
    rect = view.canvas.hits.claim_rect(1)
    index = view.canvas.index_of(1, None)
    assert rect is not None
    assert index is not None
    placed = view.canvas.layout_of(index).card_of(1)
    assert placed is not None
    piece = next(piece for piece in placed.card.pieces if piece.leads_to == 15)
    at = rect.topLeft() + piece.at + QPointF(20, 6)
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert view.session.selection.claim_id == 15


def test_a_click_on_a_heading_chooses_the_event(qtbot: Any, view: ComparisonView) -> None:
    index = view.canvas.index_of(None, 1)
    assert index is not None
    top = dict(view.canvas.visible_rows())[index]
    at = view.canvas.layout_of(index).title_rect.center() + QPointF(0, top)
    qtbot.mouseClick(view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert view.session.selection == Selection(event_id=1)


def test_links_and_their_reasons(view: ComparisonView) -> None:
    index = view.canvas.index_of(1, None)
    assert index is not None
    layout = view.canvas.layout_of(index)
    assert [(link.words, link.possible) for link in layout.links] == [
        ("denies", False),
        ("admits", True),
    ]
    top = dict(view.canvas.visible_rows())[index]
    pill = layout.links[0].pill.translated(0, top)
    words = view.canvas.hits.tooltip(pill.center())
    assert words == "denies (0.83): same place; opposite polarity"
    assert has_color(pixels(view), pill, view.session.theme.dispute.name())


def test_silence_says_where_was_looked(view: ComparisonView) -> None:
    index = view.canvas.index_of(None, 3)
    assert index is not None
    silences = view.canvas.layout_of(index).silences
    words = [silence.words.block.text for silence in silences]
    assert words == ["No statement by Vessia in the 2 articles imported (9 March)"]
    assert silences[0].rect.left() == view.canvas.columns.right


def test_nothing_is_cut_at_any_width(view: ComparisonView) -> None:
    for width in (440, 700, 900, 1280, 2560):
        view.resize(width, 700)
        QApplication.processEvents()
        columns = view.canvas.columns
        for index in range(len(view.canvas.rows)):
            layout = view.canvas.layout_of(index)
            for placed in layout.cards:
                card = placed.card
                assert placed.rect.right() <= view.canvas.viewport().width()
                for piece in card.pieces:
                    assert piece.at.x() >= 0
                    assert piece.block.natural_width <= piece.block.width + 0.5
                    assert piece.at.y() + piece.block.height <= card.height
                tops = sorted(
                    (other.at.y(), other.rect.bottom())
                    for other in layout.cards
                    if other.at.x() == placed.at.x()
                )
                assert all(a[1] <= b[0] for a, b in itertools.pairwise(tops))
            for link in layout.links:
                assert link.pill.left() >= columns.gutter_left
                assert link.pill.right() <= columns.right


def test_the_day_at_the_top_and_the_names_of_the_sides(view: ComparisonView) -> None:
    assert view.header.day == "4 Mar, Tuesday"
    view.resize(900, 300)
    view.session.select(Selection(claim_id=15))
    assert view.header.day in ("7 Mar, Friday", "")


def test_the_visible_range_is_followed_by_wish(qtbot: Any, view: ComparisonView) -> None:
    everything = len(view.canvas.rows)
    qtbot.mouseClick(
        view.in_range,
        Qt.MouseButton.LeftButton,
        pos=QPoint(8, view.in_range.height() // 2),
    )
    assert view.session.filter == Filter(in_visible_range=True)
    view.session.set_visible_range((datetime(2031, 3, 6), datetime(2031, 3, 6, 20)))
    assert [row.id for row in view.canvas.rows if row.size] == [2]
    view.session.set_filter(Filter())
    assert not view.in_range.isChecked()
    assert len(view.canvas.rows) == everything


def test_an_empty_view_says_what_to_do(qtbot: Any, session: Session, made: Dispute) -> None:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.show()
    session.show_rows(Rows())
    assert "Drop articles here" in view._empty.text()
    session.show_rows(made.rows())
    assert view._pages.currentWidget() is view._body
    session.set_filter(Filter(text="no such words"))
    assert "Empty the search" in view._empty.text()
    session.set_filter(Filter(in_visible_range=True))
    session.set_visible_range((datetime(1900, 1, 1), datetime(1900, 1, 2)))
    assert "Zoom the timeline out" in view._empty.text()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_both_themes_draw_cards_in_the_side_s_tint(view: ComparisonView, name: str) -> None:
    view.session.set_theme(theme.load(name))
    QApplication.processEvents()
    image = pixels(view)
    for claim_id in (1, 2):
        rect = view.canvas.hits.claim_rect(claim_id)
        assert rect is not None
        claim = view.session.claim(claim_id)
        assert has_color(image, rect, view.session.side_tint(claim.side).name())
        edges = QRectF(rect.left(), rect.top() + 20, rect.width(), 4)
        assert has_color(image, edges, view.session.side_color(claim.side).name())
    assert image.pixelColor(2, 2) == view.session.theme.panel


def test_thousands_of_rows_are_laid_out_only_where_they_are_seen(
    qtbot: Any, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.comparison import canvas as module

    laid_out: list[int] = []
    real = module.lay_out_row

    def counting(*args: Any, **kwargs: Any) -> Any:
        laid_out.append(args[1].id)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, "lay_out_row", counting)
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    session.show_rows(long_dispute(5000).rows())
    QApplication.processEvents()
    assert 0 < len(laid_out) < 40
    laid_out.clear()
    bar = view.canvas.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert 0 < len(laid_out) < 40
    assert view.canvas.visible_rows()[-1][0] == len(view.canvas.rows) - 1
    laid_out.clear()
    session.select(Selection(claim_id=session.claims_of_event(2500)[0].id))
    QApplication.processEvents()
    assert 0 < len(laid_out) < 40


def test_many_changes_of_the_filter_make_one_new_list(qtbot: Any, session: Session) -> None:
    session.show_rows(long_dispute(3100).rows())
    view = ComparisonView(session)
    qtbot.addWidget(view)
    made: list[int] = []
    view.canvas.rows_changed.connect(lambda: made.append(len(view.canvas.rows)))
    session.set_filter(Filter(in_visible_range=True))
    for day in range(1, 20):
        session.set_visible_range((datetime(2031, 1, day), datetime(2031, 1, day, 12)))
    qtbot.waitUntil(lambda: bool(made), timeout=2000)
    assert made == [7]


def test_scrolling_up_through_unseen_rows_does_not_jump(qtbot: Any, session: Session) -> None:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    session.show_rows(long_dispute(400).rows())
    bar = view.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for _ in range(60):
        before = dict(view.canvas.visible_rows())
        bar.setValue(bar.value() - 37)
        after = dict(view.canvas.visible_rows())
        moved = {round(after[index] - before[index]) for index in before.keys() & after.keys()}
        assert moved == {37}


def test_what_scrolling_leaves_on_the_screen_is_what_a_new_drawing_gives(
    qtbot: Any, session: Session
) -> None:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    session.show_rows(long_dispute(60).rows())
    QApplication.processEvents()
    bar = view.canvas.verticalScrollBar()
    for step in (37, 51, -12, 230, 3, -90, 900):
        bar.setValue(bar.value() + step)
        QApplication.processEvents()
        shown = view.screen().grabWindow(view.winId()).toImage()
        drawn = view.grab().toImage()
        box = (
            view.canvas.viewport()
            .rect()
            .translated(view.canvas.viewport().mapTo(view, QPoint(0, 0)))
        )
        wanted = QImage.Format.Format_RGB32
        assert shown.copy(box).convertToFormat(wanted) == drawn.copy(box).convertToFormat(wanted)


def test_new_data_keeps_the_place(qtbot: Any, session: Session) -> None:
    rows = long_dispute(400).rows()
    session.show_rows(rows)
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    session.select(Selection(claim_id=session.claims_of_event(200)[0].id))
    before = view.canvas.hits.claim_rect(session.selection.claim_id or 0)
    session.show_rows(rows)
    assert view.canvas.hits.claim_rect(session.selection.claim_id or 0) == before


def test_the_chosen_card_is_told_to_a_screen_reader(view: ComparisonView) -> None:
    view.session.select(Selection(claim_id=1))
    words = view.canvas.accessibleDescription()
    assert words.startswith("Norland's Works Ministry alleges")
    assert "denied by Vessia's army spokesman" in words


def test_hovering_shows_a_hand_and_what_is_elided(qtbot: Any, view: ComparisonView) -> None:
    view.resize(460, 900)
    QApplication.processEvents()
    index = view.canvas.index_of(1, None)
    assert index is not None
    top = dict(view.canvas.visible_rows())[index]
    placed = view.canvas.layout_of(index).card_of(1)
    assert placed is not None
    piece = next(piece for piece in placed.card.pieces if piece.block.elided)
    at = placed.at + piece.at + QPointF(4, 4 + top)
    qtbot.mouseMove(view.canvas.viewport(), at.toPoint())
    assert view.canvas.hits.tooltip(at) == piece.block.text
    assert view.canvas.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor


def test_a_dossier_begins_where_the_timeline_does(qtbot: Any, session: Session) -> None:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    session.show_rows(long_dispute(200).rows())
    session.set_visible_range((datetime(2031, 1, 11), datetime(2031, 1, 20)))
    first = view.canvas.visible_rows()[0][0]
    assert view.header.day == "11 Jan, Saturday"
    assert view.canvas.rows[first].id == 71
    QApplication.processEvents()
    session.set_visible_range((datetime(2031, 1, 2), datetime(2031, 1, 3)))
    assert view.canvas.visible_rows()[0][0] == first
    view.canvas.verticalScrollBar().setValue(0)
    assert view.header.day == "1 Jan, Wednesday"


def test_a_dossier_begins_with_what_is_chosen(qtbot: Any, session: Session) -> None:
    view = ComparisonView(session)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    session.show_rows(long_dispute(200).rows())
    chosen = session.claims()[len(session.claims()) // 2]
    session.select(Selection(claim_id=chosen.id))
    session.set_visible_range((datetime(2031, 1, 11), datetime(2031, 1, 20)))
    shown = {view.canvas.rows[index].id for index, _ in view.canvas.visible_rows()}
    assert chosen.event_id is not None
    assert chosen.event_id in shown


def test_a_lone_third_party_has_the_whole_width(view: ComparisonView, session: Session) -> None:
    made = Dispute()
    made.add_article()
    event = made.add_event("Call for calm", None)
    for number in range(3):
        made.add_claim(SideKey.THIRD, f"Voice {number}", SpeechAct.DEMANDS, "calm", event)
    alone = made.add_event("Appeal", None)
    made.add_claim(SideKey.THIRD, "The Lake Union", SpeechAct.DEMANDS, "talks", alone)
    session.show_rows(made.rows())
    columns = view.canvas.columns
    index = view.canvas.index_of(4, None)
    assert index is not None
    (card,) = view.canvas.layout_of(index).cards
    assert card.rect.width() == columns.right + columns.card_width - columns.left
    (silence,) = view.canvas.layout_of(index).silences
    assert silence.rect.height() < 30
    several = view.canvas.layout_of(view.canvas.index_of(1, None) or 0)
    assert {placed.rect.width() for placed in several.cards} == {columns.card_width}


@pytest.mark.parametrize(("width", "whole"), [(900, True), (380, False)])
def test_the_switch_is_never_cut(view: ComparisonView, width: int, whole: bool) -> None:
    view.setMinimumWidth(0)
    view.resize(width, 600)
    QApplication.processEvents()
    box = view.in_range
    assert (box.text() == box.accessibleName()) is whole
    assert box.geometry().right() <= view.width()
    assert box.width() >= box.sizeHint().width()
