from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from db.rows import Status
from desktop.library.filters import FilterBoxes
from desktop.library.panel import LibraryPanel
from desktop.session import Filter, Rows, Selection, Session
from extraction.model import SideKey


@pytest.fixture
def panel(filled: Session, qtbot: QtBot) -> LibraryPanel:
    panel = LibraryPanel(filled)
    qtbot.addWidget(panel)
    panel.resize(240, 640)
    panel.show()
    return panel


def choose(panel: LibraryPanel, actor_id: int) -> None:
    panel.show_actor(actor_id)


def boxes(panel: LibraryPanel | FilterBoxes) -> dict[str, QCheckBox]:
    return {box.text(): box for box in panel.findChildren(QCheckBox)}


def test_choosing_an_article_is_told_and_followed(panel: LibraryPanel, filled: Session) -> None:
    panel.articles.setCurrentIndex(panel.article_model.index(1))
    assert filled.selection == Selection(article_id=2)
    filled.select(Selection(claim_id=1))
    assert panel.articles.currentIndex().row() == 0
    filled.select(Selection())
    assert not panel.articles.currentIndex().isValid()


def test_the_list_is_as_high_as_its_articles_and_the_rest_stays_free(
    panel: LibraryPanel, filled: Session, rows: Rows, qtbot: QtBot
) -> None:
    long = replace(rows.articles[1], id=3, title="A title of so many words that it needs two lines")
    few = panel.articles.height()
    filled.show_rows(replace(rows, articles=(*rows.articles, long)))
    qtbot.waitUntil(lambda: panel.articles.height() > few)
    assert panel.articles.verticalScrollBar().maximum() == 0
    last = panel.articles.visualRect(panel.article_model.index(2))
    assert last.height() > panel.articles.visualRect(panel.article_model.index(1)).height()
    assert panel.articles.viewport().height() - last.bottom() < 12
    many = tuple(replace(long, id=number) for number in range(1, 60))
    filled.show_rows(replace(rows, articles=many))
    qtbot.waitUntil(lambda: panel.articles.height() > 200)
    assert panel.articles.verticalScrollBar().maximum() > 0
    assert panel.filters.geometry().bottom() <= panel.height()


@pytest.mark.parametrize(
    ("key", "side"),
    [
        (Qt.Key.Key_1, SideKey.A),
        (Qt.Key.Key_2, SideKey.B),
        (Qt.Key.Key_3, SideKey.THIRD),
        (Qt.Key.Key_0, SideKey.NONE),
    ],
)
def test_a_key_moves_the_chosen_actor(
    panel: LibraryPanel, qtbot: QtBot, key: Qt.Key, side: SideKey
) -> None:
    choose(panel, 2)
    with qtbot.waitSignal(panel.move_asked) as told:
        qtbot.keyClick(panel.sides, key)
    assert told.args == [[2], side]


def test_a_key_without_an_actor_moves_nothing(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.sides.setCurrentIndex(panel.sides_model.index_of_side(SideKey.A))
    with qtbot.assertNotEmitted(panel.move_asked):
        qtbot.keyClick(panel.sides, Qt.Key.Key_2)


def test_the_menu_of_actors_moves_and_filters(
    panel: LibraryPanel, filled: Session, qtbot: QtBot
) -> None:
    choose(panel, 3)
    menu = panel.sides_menu()
    texts = {action.text(): action for action in menu.actions()}
    assert "Move to Ostrana" in texts
    assert not texts["Move to Ostrana"].isEnabled()  # there is no dossier to write to
    texts["&Only claims of these actors"].trigger()
    assert filled.filter.actors == {3}


def test_the_menu_of_an_article_narrows_to_it_and_back(
    panel: LibraryPanel, filled: Session
) -> None:
    for expected in (frozenset({2}), frozenset[int]()):
        panel.article_menu(2).actions()[1].trigger()
        assert filled.filter.articles == expected


def test_open_branches_stay_open(panel: LibraryPanel, filled: Session, rows: Rows) -> None:
    panel.sides.expand(panel.sides_model.index_of_side(SideKey.B))
    filled.show_rows(replace(rows, actors=rows.actors[:2]))
    assert panel.sides.isExpanded(panel.sides_model.index_of_side(SideKey.B))
    assert not panel.sides.isExpanded(panel.sides_model.index_of_side(SideKey.A))


def test_boxes_set_the_filter_and_follow_it(panel: LibraryPanel, filled: Session) -> None:
    boxes(panel)["Admitted"].setChecked(True)
    boxes(panel)["To review"].setChecked(True)
    assert filled.filter == Filter(statuses=frozenset({Status.ADMITTED}), to_review=True)
    filled.set_filter(Filter(one_side_silent=True))
    assert [text for text, box in boxes(panel).items() if box.isChecked()] == ["One side silent"]


def test_boxes_tell_how_many_claims_they_show(panel: LibraryPanel) -> None:
    names = [box.accessibleName() for box in boxes(panel).values()]
    assert names == [
        "Disputed, 3 claims",
        "Denied, 0 claims",
        "Admitted, 1 claim",
        "Unverified, 0 claims",
        "One side silent, 1 claim",
        "To review, 3 claims",
        "Starred, 0 claims",
    ]


def test_a_filter_says_how_much_is_left_and_can_be_taken_off(
    panel: LibraryPanel, filled: Session
) -> None:
    filled.set_filter(Filter(text="flood"))
    assert panel.filters._note.text() == "1 of 4 claims shown"
    panel.filters._clear.click()
    assert filled.filter == Filter()
    assert not panel.filters._clear.isVisible()
