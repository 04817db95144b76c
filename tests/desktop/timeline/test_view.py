from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from threading import Thread, current_thread

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from db.changes import Changes
from db.packing import of_rows
from db.rows import ReviewState, Status
from desktop import theme
from desktop.session import Filter, Rows, Selection, Session
from desktop.timeline import TimelineView
from desktop.timeline.bar import range_forms
from desktop.timeline.data import ACTS, STATUSES, Zone
from desktop.timeline.frame import Mark
from desktop.timeline.grouping import LanesBy
from desktop.timeline.legendpopup import LegendPopup
from desktop.timeline.overview import StripScale
from desktop.timeline.renewing import renewed
from desktop.timeline.scale import TimeScale, to_datetime, to_days
from extraction.model import SideKey, Span, SpeechAct
from tests.desktop.timeline import samples

LEFT = Qt.MouseButton.LeftButton
POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What the plugin without a screen says when a pop-up opens."""

Key = Qt.Key


def rows() -> Rows:
    return Rows(
        articles=tuple(samples.articles()),
        sides=tuple(samples.sides()),
        claims=tuple(samples.claims()),
        events=tuple(samples.events()),
        relations=tuple(samples.relations()),
    )


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> Iterator[TimelineView]:
    found = TimelineView(session)
    qtbot.addWidget(found)
    found.resize(1400, 700)
    found.show()
    qtbot.waitExposed(found)
    session.show_rows(rows())
    yield found
    found.hide()


def still(qtbot: QtBot, view: TimelineView) -> None:
    """Wait until a move has come to its end."""
    qtbot.wait(20)
    before = view.canvas.scale_shown
    while True:
        qtbot.wait(60)
        after = view.canvas.scale_shown
        if after == before:
            return
        before = after


def wheel(view: TimelineView, x: float, delta: QPoint, **more: Qt.KeyboardModifier) -> None:
    port = view.canvas.viewport()
    place = QPointF(x, 100)
    event = QWheelEvent(
        place,
        QPointF(port.mapToGlobal(place.toPoint())),
        QPoint(),
        delta,
        Qt.MouseButton.NoButton,
        more.get("modifiers", Qt.KeyboardModifier.NoModifier),
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


def mark(view: TimelineView, claim: int) -> Mark:
    found = view.canvas.frame_shown.mark_of(view.data.index_of_claim[claim])
    assert found is not None
    return found


def click(qtbot: QtBot, view: TimelineView, claim: int) -> None:
    found = mark(view, claim)
    x = round((found.bar.x0 + found.bar.x1) / 2)
    qtbot.mouseClick(view.canvas.viewport(), LEFT, pos=QPoint(x, round(found.middle)))


def test_the_first_show_fits_the_dense_part(view: TimelineView) -> None:
    scale = view.canvas.scale_shown
    assert to_datetime(scale.start) > datetime(2031, 5, 1)
    assert to_datetime(scale.end) < datetime(2031, 5, 20)
    assert view.canvas.frame_shown.earlier is not None


def test_the_wheel_zooms_at_the_cursor(view: TimelineView) -> None:
    before = view.canvas.scale_shown
    under = before.days(500)
    for _ in range(5):
        wheel(view, 500, QPoint(0, 120))
    after = view.canvas.scale_shown
    assert after.span < before.span * 0.5
    assert after.days(500) == pytest.approx(under, abs=after.span * 0.002)
    wheel(view, 500, QPoint(0, -600), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.scale_shown.span == pytest.approx(before.span, rel=0.01)


def test_zoom_goes_from_centuries_to_minutes_without_steps(view: TimelineView) -> None:
    spans = []
    for _ in range(400):
        wheel(view, 700, QPoint(0, 60))
        spans.append(view.canvas.scale_shown.span)
    assert min(spans) < 0.01
    for _ in range(400):
        wheel(view, 700, QPoint(0, -120))
    assert view.canvas.scale_shown.span > 900_000
    view.canvas.grab()


def test_wheel_to_the_side_and_with_shift_pans(view: TimelineView) -> None:
    before = view.canvas.scale_shown
    wheel(view, 500, QPoint(-120, 0))
    sideways = view.canvas.scale_shown
    assert sideways.start > before.start
    assert sideways.span == pytest.approx(before.span)
    wheel(view, 500, QPoint(0, 120), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.scale_shown.start == pytest.approx(before.start, abs=before.span / 100)


def test_a_pinch_zooms_where_the_fingers_are(view: TimelineView) -> None:
    before = view.canvas.scale_shown
    place = QPointF(500, 100)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        place,
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(view.canvas.viewport(), event)
    after = view.canvas.scale_shown
    assert after.span == pytest.approx(before.span / 1.5)
    assert after.days(500) == pytest.approx(before.days(500), abs=after.span * 0.002)


def test_today_is_marked(qtbot: QtBot, view: TimelineView) -> None:
    now = to_days(datetime(2031, 5, 11, 12))
    view.canvas.set_now(now)
    x = round(view.canvas.scale_shown.x(now))
    assert view.canvas.frame_shown.now == now
    image = view.canvas.grab().toImage()
    focus = theme.load("light").focus.rgb()
    column = [image.pixel(x, y) for y in range(image.height())]
    assert column.count(focus) > image.height() / 3


def test_dragging_moves_time_with_the_mouse(qtbot: QtBot, view: TimelineView) -> None:
    before = view.canvas.scale_shown
    port = view.canvas.viewport()
    grabbed = before.days(600)
    qtbot.mousePress(port, LEFT, pos=QPoint(600, 20))
    for x in (590, 560, 500, 400):
        qtbot.mouseMove(port, QPoint(x, 20))
    qtbot.mouseRelease(port, LEFT, pos=QPoint(400, 20))
    after = view.canvas.scale_shown
    assert after.days(400) == pytest.approx(grabbed, abs=after.span * 0.01)
    assert view.session.selection == Selection()


def test_keys_zoom_and_pan(qtbot: QtBot, view: TimelineView) -> None:
    canvas = view.canvas
    before = canvas.scale_shown
    qtbot.keyClick(canvas, Key.Key_Plus)
    assert canvas.scale_shown.span == pytest.approx(before.span * 0.7)
    qtbot.keyClick(canvas, Key.Key_Minus)
    assert canvas.scale_shown.span == pytest.approx(before.span)
    qtbot.keyClick(canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.scale_shown.start > before.start
    qtbot.keyClick(canvas, Key.Key_PageUp)
    assert canvas.scale_shown.start < before.start
    qtbot.keyClick(canvas, Key.Key_Home)
    still(qtbot, view)
    assert canvas.scale_shown.start == pytest.approx(before.start)


def test_a_click_selects_for_all_views(qtbot: QtBot, view: TimelineView) -> None:
    with qtbot.waitSignal(view.session.selection_changed):
        click(qtbot, view, 3)
    assert view.session.selection.claim_id == 3
    assert view.session.selection.event_id == 1
    words = {curve.word for curve in view.canvas.frame_shown.curves if curve.strong}
    assert words == {"denies"}
    qtbot.mouseClick(view.canvas.viewport(), LEFT, pos=QPoint(300, 60))
    assert view.session.selection == Selection()


def test_an_event_in_the_outlets_voice_leads_to_its_sentence(
    qtbot: QtBot, view: TimelineView
) -> None:
    index = next(
        i for i, label in enumerate(view.data.labels) if label == "Boats collide in the strait"
    )
    view.choose(index)
    chosen = view.session.selection
    assert chosen.event_id == 18
    assert chosen.span is not None
    assert view.current == index


def test_arrows_walk_a_side_and_cross_over(qtbot: QtBot, view: TimelineView) -> None:
    canvas = view.canvas
    spoken: list[str] = []
    view.announced.connect(spoken.append)
    click(qtbot, view, 1)
    qtbot.keyClick(canvas, Key.Key_Down)
    assert view.session.selection.claim_id == 3
    qtbot.keyClick(canvas, Key.Key_Up)
    assert view.session.selection.claim_id == 1
    qtbot.keyClick(canvas, Key.Key_Right)
    following = view.current
    assert following is not None
    assert view.data.zone[following] == Zone.ABOVE
    qtbot.keyClick(canvas, Key.Key_Left)
    assert view.session.selection.claim_id == 1
    assert "side Tolmar, disputed by 2" in spoken[0]
    assert spoken[0].startswith("claim ")
    assert " of 10," in spoken[0]
    assert "known to the day" in spoken[0]
    assert canvas.accessibleDescription() == spoken[-1]
    qtbot.keyClick(canvas, Key.Key_N)
    assert view.session.selection.claim_id in (1, 7, 14)
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert view.session.selection == Selection()


def test_enter_and_double_click_open_the_article(qtbot: QtBot, view: TimelineView) -> None:
    click(qtbot, view, 3)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view.canvas, Key.Key_Return)
    assert opened.args[0].claim_id == 3
    found = mark(view, 9)
    place = QPoint(round((found.bar.x0 + found.bar.x1) / 2), round(found.middle))
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseDClick(view.canvas.viewport(), LEFT, pos=place)
    assert opened.args[0].claim_id == 9


def test_a_selection_in_view_does_not_move_it(qtbot: QtBot, view: TimelineView) -> None:
    before = view.canvas.scale_shown
    view.session.select(Selection(claim_id=9))
    still(qtbot, view)
    assert view.canvas.scale_shown == before
    assert mark(view, 9)


def test_a_selection_out_of_view_is_brought_in_at_the_same_zoom(
    qtbot: QtBot, view: TimelineView
) -> None:
    before = view.canvas.scale_shown
    view.session.select(Selection(claim_id=24))
    still(qtbot, view)
    after = view.canvas.scale_shown
    assert after.span == pytest.approx(before.span)
    assert after.start <= to_days(datetime(2002, 1, 1)) or mark(view, 24)
    assert mark(view, 24)


def test_go_to_a_date(qtbot: QtBot, view: TimelineView) -> None:
    qtbot.keyClick(view.canvas, Key.Key_G)
    assert view.focusWidget() is view.bar.field
    qtbot.keyClicks(view.bar.field, "3 May 2003")
    qtbot.keyClick(view.bar.field, Key.Key_Return)
    still(qtbot, view)
    scale = view.canvas.scale_shown
    assert scale.start < to_days(datetime(2003, 5, 3, 12)) < scale.end
    assert scale.span < 10
    assert view.focusWidget() is view.canvas
    view.back()
    still(qtbot, view)
    assert to_datetime(view.canvas.scale_shown.end).year == 2031
    view.forward()
    still(qtbot, view)
    assert to_datetime(view.canvas.scale_shown.end).year == 2003
    before = view.canvas.scale_shown
    view.bar.field.setText("no date at all")
    assert not view.go_to("no date at all")
    assert view.canvas.scale_shown == before
    assert view.bar.field.styleSheet()


def test_fit_selection_shows_both_ends_of_a_dispute(qtbot: QtBot, view: TimelineView) -> None:
    view.session.select(Selection(claim_id=7))
    qtbot.keyClick(view.canvas, Key.Key_S)
    still(qtbot, view)
    scale = view.canvas.scale_shown
    assert scale.span < 2
    assert scale.start < to_days(datetime(2031, 5, 12, 18))
    assert scale.end > to_days(datetime(2031, 5, 13))


def test_the_hint_at_the_edge_shows_what_is_earlier(qtbot: QtBot, view: TimelineView) -> None:
    hint = view.canvas.frame_shown.earlier
    assert hint is not None
    place = QPoint(round(hint.rect.x0 + 10), round(hint.rect.y0 + 8))
    qtbot.mouseClick(view.canvas.viewport(), LEFT, pos=place)
    still(qtbot, view)
    assert view.canvas.frame_shown.earlier is None
    assert view.canvas.scale_shown.start < to_days(datetime(2000, 1, 1))


@POPUPS
def test_a_counter_opens_the_list_of_what_it_counts(qtbot: QtBot, view: TimelineView) -> None:
    view.resize(760, 340)
    qtbot.waitUntil(lambda: view.canvas.frame_shown.scale.width < 800)
    view.fit()
    still(qtbot, view)
    counter = next(item for item in view.canvas.frame_shown.counters if item.zone is Zone.BELOW)
    place = QPoint(round(counter.rect.x0 + 6), round(counter.rect.y0 + 8))
    qtbot.mouseClick(view.canvas.viewport(), LEFT, pos=place)
    popup = view.hidden.list
    assert popup is not None
    assert popup.list.count() == counter.count
    drawn = {item.index for item in view.canvas.frame_shown.marks}
    qtbot.keyClick(popup.list, Key.Key_Return)
    assert view.current is not None
    assert view.current not in drawn
    # What was chosen there is drawn now.
    assert view.canvas.frame_shown.mark_of(view.current) is not None


@POPUPS
def test_undated_claims_wait_in_the_tray(qtbot: QtBot, view: TimelineView) -> None:
    assert view.bar.tray.text() == "Undated 1"
    qtbot.mouseClick(view.bar.tray, LEFT)
    popup = view.hidden.list
    assert popup is not None
    item = popup.list.item(0)
    assert "Offers to sit down with a mediator" in item.text()
    before = view.canvas.scale_shown
    qtbot.mouseClick(popup.list.viewport(), LEFT, pos=popup.list.visualItemRect(item).center())
    assert view.session.selection.claim_id == 21
    assert view.canvas.scale_shown == before


def test_the_tray_says_which_words_the_axis_cannot_show(view: TimelineView) -> None:
    claims = samples.claims()
    claims[0] = replace(claims[0], when=None, said=None, when_span=Span(0, 8, "in 44 BC"))
    events = [replace(event, when=None) for event in samples.events()]
    view.session.show_rows(replace(rows(), claims=tuple(claims), events=tuple(events)))
    assert view.bar.tray.isVisible()
    view.open_tray()
    assert view.hidden.list is not None
    items = [view.hidden.list.list.item(at) for at in range(view.hidden.list.list.count())]
    item = next(item for item in items if "44 BC" in item.text())
    assert "no time that the axis can show" in item.toolTip()


def test_a_view_that_followed_a_choice_stays_when_claims_change(
    qtbot: QtBot, view: TimelineView
) -> None:
    start, end = view.canvas.scale_shown.start, view.canvas.scale_shown.end
    outside = (view.data.end < start) | (view.data.start > end)
    far = int(np.flatnonzero(outside & (view.data.claim_id >= 0))[0])
    view.session.select(Selection(claim_id=int(view.data.claim_id[far])))
    still(qtbot, view)
    there = view.canvas.scale_shown
    assert there.start <= view.data.start[far] <= there.end
    changed = [replace(row, review=ReviewState.ACCEPTED) for row in samples.claims()]
    view.session.show_rows(replace(rows(), claims=tuple(changed)))
    still(qtbot, view)
    assert view.canvas.scale_shown == there


def test_other_views_hear_what_is_visible(qtbot: QtBot, view: TimelineView) -> None:
    with qtbot.waitSignal(view.session.visible_range_changed) as told:
        wheel(view, 500, QPoint(0, 240))
    start, end = told.args[0]
    qtbot.wait(150)
    assert view.session.visible_range is not None
    scale = view.canvas.scale_shown
    assert view.session.visible_range == (to_datetime(scale.start), to_datetime(scale.end))
    assert start < end


def test_filters_hide_marks_but_the_visible_range_is_no_filter_here(
    qtbot: QtBot, view: TimelineView
) -> None:
    every = len(view.data)
    view.session.set_filter(Filter(in_visible_range=True))
    view.canvas.show_range(0, 10)
    qtbot.wait(150)
    assert len(view.data) == every
    view.session.set_filter(Filter(statuses=frozenset({Status.DENIED})))
    assert len(view.data) == 2
    view.session.set_filter(Filter(sides=frozenset({SideKey.B})))
    assert set(view.data.zone.tolist()) == {Zone.BELOW}
    view.session.set_filter(Filter(articles=frozenset({99})))
    assert len(view.data) == 0
    assert True
    view.session.set_filter(Filter())
    assert len(view.data) == every


def test_a_rejected_claim_is_not_shown(view: TimelineView) -> None:
    claims = samples.claims()
    claims[2] = replace(claims[2], review=ReviewState.REJECTED)
    view.session.show_rows(replace(rows(), claims=tuple(claims)))
    assert 3 not in view.data.index_of_claim
    assert view.canvas.grab().width()


def test_new_claims_keep_the_view_that_the_user_chose(qtbot: QtBot, view: TimelineView) -> None:
    wheel(view, 500, QPoint(0, 240))
    before = view.canvas.scale_shown
    more = [*samples.claims()]
    more.append(replace(more[0], id=900, when=samples.day(8, 1)))
    view.session.show_rows(replace(rows(), claims=tuple(more)))
    assert view.canvas.scale_shown == before
    assert view.canvas.frame_shown.later is not None


def test_without_marks_it_says_what_to_do(qtbot: QtBot, session: Session) -> None:
    view = TimelineView(session)
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    qtbot.waitExposed(view)
    empty = view.grab().toImage()
    session.show_rows(rows())
    assert len(view.data)
    assert view.grab().toImage() != empty


def test_texts_are_measured_once_while_the_sides_look_the_same(
    view: TimelineView, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_anew: list[object] = []
    monkeypatch.setattr(view.canvas, "set_style", lambda *style: set_anew.append(style))
    view.session.data_changed.emit(Changes(sides=True))
    assert not set_anew
    sides = [replace(row, name=f"{row.name} II") for row in samples.sides()]
    view.session.show_rows(replace(rows(), sides=tuple(sides)))
    view.session.data_changed.emit(Changes(sides=True))
    assert len(set_anew) == 1


def test_themes_and_colours_follow(qtbot: QtBot, view: TimelineView) -> None:
    light = view.canvas.grab().toImage()
    assert light.pixelColor(300, 40) == theme.load("light").panel
    view.session.set_theme(theme.load("dark"))
    dark = view.canvas.grab().toImage()
    assert dark.pixelColor(300, 40) == theme.load("dark").panel
    sides = samples.sides()
    sides[1] = replace(sides[1], name="New name", color_dark="#00FF00")
    view.session.show_rows(replace(rows(), sides=tuple(sides)))
    found = mark(view, 13)
    image = view.canvas.grab().toImage()
    color = image.pixelColor(round((found.core0 + found.core1) / 2), round(found.bar.y0) + 2)
    assert color.green() > 200
    assert color.red() < 80
    assert view.canvas.frame_shown.names[1].text == "New name"


def test_the_tooltip_tells_claim_source_time_and_reasons(view: TimelineView) -> None:
    found = mark(view, 1)
    hit = view.canvas.frame_shown.hit((found.bar.x0 + found.bar.x1) / 2, found.middle)
    text = view.canvas.describe(hit)
    for words in (
        "Tolmar&#x27;s coast guard",
        "alleges",
        "port of Marrow",
        "Hale calls patrols back",
        "known to the day",
        "disputed, by 2",
        "day named in the sentence",
    ):
        assert words in text
    said = mark(view, 12)
    hit = view.canvas.frame_shown.hit((said.bar.x0 + said.bar.x1) / 2, said.middle)
    assert "said" in view.canvas.describe(hit)


def test_words_from_files_are_never_markup(view: TimelineView) -> None:
    claims = samples.claims()
    claims[0] = replace(claims[0], content="<img src=x> & <b>shells</b>", speaker="<i>Army</i>")
    view.session.show_rows(replace(rows(), claims=tuple(claims)))
    found = mark(view, 1)
    hit = view.canvas.frame_shown.hit((found.bar.x0 + found.bar.x1) / 2, found.middle)
    text = view.canvas.describe(hit)
    assert "<img" not in text
    assert "<i>Army" not in text


@POPUPS
@pytest.mark.parametrize(
    "press", [lambda view: view.show_legend(), lambda view: view.bar.legend_button.click()]
)
def test_the_legend_says_what_occurs(
    view: TimelineView, press: Callable[[TimelineView], None]
) -> None:
    press(view)
    popup = view.findChild(LegendPopup)
    assert popup is not None
    for words in ("denied, disputed", "unverified", "only the time of saying is known"):
        assert words in popup.accessibleDescription()
    popup.close()


def test_everything_has_a_name_and_can_be_reached(view: TimelineView) -> None:
    for widget in (view.canvas, view.overview, view.bar.field, *view.findChildren(QToolButton)):
        assert isinstance(widget, QWidget)
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not view.canvas.acceptDrops()
    assert not view.canvas.viewport().acceptDrops()


def side_name(view: TimelineView, zone: Zone) -> QPoint:
    found = next(name for name in view.canvas.frame_shown.names if name.zone is zone)
    return QPoint(round(found.rect.x0) + 4, round((found.rect.y0 + found.rect.y1) / 2))


def test_a_click_on_its_name_folds_a_side_and_brings_it_back(
    qtbot: QtBot, view: TimelineView
) -> None:
    port = view.canvas.viewport()
    before = view.canvas.frame_shown
    qtbot.mouseClick(port, LEFT, pos=side_name(view, Zone.ABOVE))
    folded = view.canvas.frame_shown
    assert folded.drawn[Zone.ABOVE] == 0
    assert folded.in_view[Zone.ABOVE] == before.in_view[Zone.ABOVE]
    assert folded.band.y0 < before.band.y0 / 3
    assert any("folded away" in share.text for share in folded.shares)
    assert folded.drawn[Zone.BELOW] >= before.drawn[Zone.BELOW]
    qtbot.mouseClick(port, LEFT, pos=side_name(view, Zone.ABOVE))
    assert view.canvas.frame_shown.drawn == before.drawn


def test_what_is_chosen_elsewhere_unfolds_its_side(view: TimelineView) -> None:
    view.set_folded(Zone.ABOVE, True)
    view.session.select(Selection(claim_id=1))
    assert not view.folded


@POPUPS
def test_the_menu_folds_swaps_and_reads(qtbot: QtBot, view: TimelineView) -> None:
    port = view.canvas.viewport()
    with qtbot.waitSignal(view.canvas.menu_asked):
        qtbot.mouseClick(port, Qt.MouseButton.RightButton, pos=side_name(view, Zone.BELOW))
    assert view.menu.menu is not None
    texts = [action.text() for action in view.menu.menu.actions()]
    assert "Fold Veshny away" in texts
    assert not any("Tolmar" in text for text in texts)
    view.menu.menu.actions()[0].trigger()
    assert view.folded == {Zone.BELOW}
    with qtbot.waitSignal(view.swap_asked):
        swap = next(item for item in view.menu.menu.actions() if "wap" in item.text())
        swap.setEnabled(True)
        swap.trigger()


@pytest.mark.parametrize(
    ("button", "modifier"),
    [
        (LEFT, Qt.KeyboardModifier.ShiftModifier),
        (Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_a_box_zooms_to_what_it_holds(
    qtbot: QtBot, view: TimelineView, button: Qt.MouseButton, modifier: Qt.KeyboardModifier
) -> None:
    port, before = view.canvas.viewport(), view.canvas.scale_shown
    qtbot.mousePress(port, button, modifier, QPoint(700, 300))
    for x in (660, 600, 500):
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(x, 320), QPointF(port.mapToGlobal(QPoint(x, 320))),
            Qt.MouseButton.NoButton, button, modifier,
        )  # fmt: skip
        QApplication.sendEvent(port, event)
    assert view.canvas.scale_shown == before
    view.canvas.grab()
    qtbot.mouseRelease(port, button, modifier, QPoint(500, 320))
    still(qtbot, view)
    after = view.canvas.scale_shown
    assert after.start == pytest.approx(before.days(500), abs=before.span / 500)
    assert after.end == pytest.approx(before.days(700), abs=before.span / 500)
    view.back()
    still(qtbot, view)
    assert view.canvas.scale_shown.span == pytest.approx(before.span, rel=0.01)


@POPUPS
def test_the_legend_filters_by_status(view: TimelineView) -> None:
    view.show_legend()
    popup = view.findChild(LegendPopup)
    assert popup is not None
    before = len(view.data)
    box = next(box for box in popup.findChildren(QCheckBox) if box.text() == "unverified")
    box.click()
    assert view.session.filter.statuses == {Status.UNVERIFIED}
    assert 0 < len(view.data) < before
    # What is filtered away can still be ticked.
    assert any(other.text() == "denied, disputed" for other in popup.findChildren(QCheckBox))
    box.click()
    assert len(view.data) == before
    popup.close()


def test_a_search_ticks_its_hits_among_all(view: TimelineView) -> None:
    plain = view.overview.grab().toImage()
    every = len(view.data)
    view.session.set_filter(Filter(text="patrol"))
    assert 0 < len(view.data) < every
    ticked = view.overview.grab().toImage()
    focus = view.session.theme.focus
    x = round(float(np.interp(view.data.start[0], *strip(view))))
    tick = [ticked.pixelColor(at, 3) for at in (x - 1, x)]
    assert focus in tick
    assert plain.pixelColor(x, 3) != focus


def strip(view: TimelineView) -> tuple[tuple[float, ...], tuple[float, ...]]:
    scale = StripScale.over(view.every_mark, float(view.overview.width()))
    assert scale is not None
    return scale.knots, scale.stops


def test_the_other_clock_stands_claims_at_their_saying(view: TimelineView) -> None:
    index = view.data.index_of_claim[14]
    assert view.data.start[index] == to_days(datetime(2031, 5, 5))
    assert "Happened" in view.bar.clock_button.text()
    view.clocks.set_by_telling(True)
    index = view.data.index_of_claim[14]
    assert view.data.start[index] == to_days(datetime(2031, 5, 13))
    assert view.data.point[index]
    assert "Said" in view.bar.clock_button.text()
    # Without a time of saying it is that of the article's publication.
    index = view.data.index_of_claim[8]
    assert view.data.start[index] == to_days(datetime(2031, 5, 13))
    assert not view.data.undated
    view.clocks.set_by_telling(False)
    assert len(view.data.undated) == 1


def test_as_known_on_a_day_shows_what_was_published_by_then(
    qtbot: QtBot, view: TimelineView
) -> None:
    early, late = samples.articles()
    early = replace(early, published_start=datetime(2031, 5, 11))
    view.session.show_rows(replace(rows(), articles=(early, late)))
    every = len(view.data)
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Key.Key_BracketLeft)
    assert view.clocks.known_on == date(2031, 5, 13)
    assert len(view.data) == every
    qtbot.keyClick(view.canvas, Key.Key_BracketLeft)
    assert view.clocks.known_on == date(2031, 5, 11)
    shown = {view.session.claim(claim).article_id for claim in view.data.claim_id if claim > 0}
    assert shown == {early.id}
    assert "11 May" in view.bar.clock_button.text()
    assert view.canvas.frame_shown.known == to_days(datetime(2031, 5, 12))
    view.canvas.grab()
    for _ in range(3):
        qtbot.keyClick(view.canvas, Key.Key_BracketRight)
    assert view.clocks.known_on is None
    assert len(view.data) == every


@POPUPS
def test_the_menu_of_clocks_names_the_days(view: TimelineView) -> None:
    view.clocks.menu.aboutToShow.emit()
    texts = [action.text() for action in view.clocks.menu.actions()]
    assert "13 May 2031" in texts
    checked = [action.text() for action in view.clocks.menu.actions() if action.isChecked()]
    assert checked == ["When it &happened", "&Today: all of it"]
    heading = next(a for a in view.clocks.menu.actions() if a.text() == "As known on")
    assert not heading.isEnabled()


@POPUPS
def test_after_a_choice_from_a_menu_the_keys_are_the_timelines(
    qtbot: QtBot, view: TimelineView
) -> None:
    view.activateWindow()
    view.bar.view_button.setFocus()
    menu = view.views.menu
    menu.popup(view.mapToGlobal(QPoint(20, 20)))
    qtbot.keyClick(menu, Key.Key_A)
    assert view.views.lanes is LanesBy.ACTOR
    qtbot.waitUntil(view.canvas.hasFocus)
    qtbot.keyClick(view.canvas, Key.Key_K)
    assert view.views.lanes is LanesBy.SOURCE


def test_there_is_more_room_beside_where_most_begin_late(view: TimelineView) -> None:
    canvas, data = view.canvas, view.data
    last = float(data.start[-1])
    middle = float(np.median(data.start))
    late, even = (last - 3 * (last - middle), last), (middle - 200.0, middle + 200.0)
    assert data.begin_late(*late) > 0.5 >= data.begin_late(*even)
    rooms = []
    for start, end in (late, even):
        canvas.fit(start, end)
        scale = canvas.scale_shown
        rooms.append(scale.width - scale.x(end))
    assert rooms[0] > rooms[1] + 20
    assert rooms[1] == pytest.approx(190, abs=1)


def test_a_wrong_date_is_marked_until_it_is_taken_away(qtbot: QtBot, view: TimelineView) -> None:
    field = view.bar.field
    qtbot.keyClicks(field, "no day at all")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view.bar.field.styleSheet()
    light = view.bar.field.styleSheet()
    view.session.set_theme(theme.load("dark"))
    assert view.bar.field.styleSheet() not in ("", light)
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not view.bar.field.styleSheet()


def test_a_date_beyond_the_axis_is_told_of(view: TimelineView) -> None:
    told: list[str] = []
    view.announced.connect(told.append)
    before = view.canvas.scale_shown
    assert not view.go_to("Y-170000")
    assert "beyond" in told[-1]
    assert view.canvas.scale_shown == before
    assert view.go_to("-0043")


def test_words_for_a_day_count_from_the_last_publication(qtbot: QtBot, view: TimelineView) -> None:
    assert view.go_to("yesterday")

    def middle() -> float:
        scale = view.canvas.scale_shown
        return (scale.start + scale.end) / 2

    qtbot.waitUntil(lambda: abs(middle() - to_days(datetime(2031, 5, 12, 12))) < 0.1)


def test_the_range_is_shown_in_a_form_that_fits(qtbot: QtBot, view: TimelineView) -> None:
    bar = view.bar
    shown = set()
    for width in (1200, 700, 660, 620):
        view.resize(width, 400)
        qtbot.wait(20)
        text = bar.range.text()
        shown.add(text)
        assert bar.range.fontMetrics().horizontalAdvance(text) <= max(bar.range.width(), 0)
        assert text in (*range_forms(view.canvas.scale_shown), "")
    assert len(shown) > 1


def test_the_legend_filters_by_speech_act(view: TimelineView) -> None:
    view.show_legend()
    popup = view.findChild(LegendPopup)
    assert popup is not None
    box = next(box for box in popup.findChildren(QCheckBox) if box.text() == "denies")
    box.click()
    assert view.session.filter.acts == {SpeechAct.DENIES}
    assert {ACTS[code] for code in view.data.act.tolist()} == {SpeechAct.DENIES}
    box.click()
    assert not view.session.filter.acts


def test_a_narrow_view_keeps_whole_words(qtbot: QtBot, view: TimelineView) -> None:
    view.clocks.set_known_on(date(2031, 5, 13))
    wide = view.bar.clock_button.text()
    view.resize(420, 260)
    qtbot.waitUntil(lambda: view.bar.clock_button.text() != wide)
    assert view.bar.back_button.isHidden()
    for button in (view.bar.clock_button, view.bar.legend_button, view.bar.fit_button):
        qtbot.waitUntil(lambda button=button: button.width() >= button.sizeHint().width())
    view.resize(1000, 500)
    qtbot.waitUntil(lambda: view.bar.clock_button.text() == wide)
    assert not view.bar.back_button.isHidden()


def test_words_are_ready_before_there_is_anything_to_show(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Thread] = []
    monkeypatch.setattr("desktop.timeline.view.warm", lambda: asked.append(current_thread()))
    view = TimelineView(session)
    qtbot.addWidget(view)
    qtbot.waitUntil(lambda: bool(asked))
    # The window answers meanwhile.
    assert asked[0] is not current_thread()


def test_a_correction_leaves_the_marks_where_they_stand(
    qtbot: QtBot, view: TimelineView, session: Session
) -> None:
    before = {mark.index: mark.placed.lane for mark in view.canvas.frame_shown.marks}
    data = view.every_mark
    held = rows()
    held.__dict__["columns"] = session.columns
    # The states of a dossier share the arrays that are the same; so must these.
    first = replace(held.claims[0], status=Status.ADMITTED)
    after = replace(held, claims=(first, *held.claims[1:]))
    columns, old = after.columns, held.columns
    claims = old.claims.with_rows(columns.claims.take(columns.claims.id == first.id), [first.id])
    after.__dict__["columns"] = replace(old, claims=claims)
    session.show_rows(after, Changes(claims=True))
    still(qtbot, view)
    assert view.every_mark is not data
    assert view.every_mark.start is data.start
    at = view.every_mark.index_of_claim[first.id]
    assert STATUSES[view.every_mark.status[at]] is Status.ADMITTED
    lanes = {mark.index: mark.placed.lane for mark in view.canvas.frame_shown.marks}
    assert all(lanes[key] == lane for key, lane in before.items() if key in lanes)


def test_a_claim_that_moves_in_time_leaves_the_others_in_their_lanes(
    qtbot: QtBot, view: TimelineView
) -> None:
    data, session = view.data, view.session
    before = {
        int(data.claim_id[item.index]): item.placed.lane for item in view.canvas.frame_shown.marks
    }
    moved = replace(session.claim(3), when=samples.day(5, 10))
    changed = tuple(moved if row.id == 3 else row for row in samples.claims())
    columns = of_rows(changed, samples.events(), samples.relations())
    old = session.columns.claims
    columns = replace(columns, claims=replace(columns.claims, id=old.id))
    patch = renewed(view.every_mark, session.columns, columns, view.every_mark.labels)
    assert patch is not None
    assert patch.splice is not None
    view.canvas.set_data(patch.data, corrected=True)
    after = {
        int(patch.data.claim_id[item.index]): item.placed.lane
        for item in view.canvas.frame_shown.marks
    }
    kept = [claim for claim in before.keys() & after.keys() if claim > 0 and claim != 3]
    assert len(kept) > 8
    assert sum(before[claim] == after[claim] for claim in kept) >= len(kept) - 2


def test_escape_empties_the_field_for_a_date_and_leads_back(
    qtbot: QtBot, view: TimelineView
) -> None:
    qtbot.keyClick(view.canvas, Key.Key_G)
    qtbot.keyClicks(view.bar.field, "no date at all")
    qtbot.keyClick(view.bar.field, Key.Key_Return)
    assert view.bar.field.styleSheet()
    qtbot.keyClick(view.bar.field, Key.Key_Escape)
    assert not view.bar.field.text()
    assert not view.bar.field.styleSheet()
    assert view.focusWidget() is view.canvas


def test_no_form_of_the_range_names_but_the_first_of_two_days() -> None:
    start = to_days(datetime(2031, 3, 5, 22, 22))
    forms = range_forms(TimeScale(start, start + 1.4, 900))
    assert [form for form in forms if "5 Mar" in form] == [
        form for form in forms if "5 Mar" in form and "7 Mar" in form
    ]
    assert "5 Mar – 7 Mar" in forms[2]
