from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.library.articles import (
    ASSUMED,
    ID,
    SUBTITLE,
    ArticleDelegate,
    ArticleModel,
    subtitle,
    title_lines,
)
from desktop.session import Rows, Session


def test_each_article_has_its_lines(filled: Session, qtmodeltester: ModelTester) -> None:
    model = ArticleModel(filled)
    qtmodeltester.check(model)
    first, second = model.index(0), model.index(1)
    assert first.data() == "The dam <b>breaks</b>"
    assert first.data(SUBTITLE) == "4 Mar · The Ferry Post · 3 claims"
    assert first.data(ASSUMED) == "year assumed"
    assert "year assumed" in first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "the latest day" in first.data(Qt.ItemDataRole.ToolTipRole)
    assert (second.data(), second.data(ASSUMED), second.data(ID)) == ("b.txt", "", 2)
    assert model.row_of(2) == 1
    assert model.row_of(None) is None


def test_it_follows_what_changes(filled: Session, rows: Rows, qtbot: QtBot) -> None:
    model = ArticleModel(filled)
    renamed = replace(rows.articles[0], title="New")
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        filled.show_rows(replace(rows, articles=(renamed, rows.articles[1])))
    assert model.index(0).data() == "New"
    older = replace(rows.articles[1], published_start=datetime(2030, 3, 4))
    filled.show_rows(replace(rows, articles=(renamed, older)))
    assert model.index(0).data(SUBTITLE).startswith("4 Mar 2031")
    with qtbot.waitSignal(model.modelReset):
        filled.show_rows(replace(rows, articles=(renamed,)))
    assert model.rowCount() == 1


def test_it_tells_of_the_rows_that_changed_and_of_no_others(filled: Session, rows: Rows) -> None:
    model = ArticleModel(filled)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    more = replace(rows.articles[1], claim_count=99)
    filled.show_rows(replace(rows, articles=(rows.articles[0], more)))
    assert told == [(1, 1)]
    older = replace(more, published_start=datetime(2030, 3, 4))
    filled.show_rows(replace(rows, articles=(rows.articles[0], older)))
    assert told[1:] == [(0, 0), (1, 1)], "each date now tells its year"


def test_articles_that_come_in_leave_the_list_where_it_is(
    filled: Session, rows: Rows, qtbot: QtBot
) -> None:
    model = ArticleModel(filled)
    more = replace(rows.articles[1], id=77, file="z.txt")
    with qtbot.waitSignal(model.rowsInserted) as told, qtbot.assertNotEmitted(model.modelReset):
        filled.show_rows(replace(rows, articles=(*rows.articles, more)))
    assert told.args[1:] == [2, 2]
    assert model.index(2).data(ID) == 77


def test_a_narrow_row_is_painted_in_every_state(filled: Session) -> None:
    model = ArticleModel(filled)
    delegate = ArticleDelegate(filled)
    picture = QPixmap(90, 44)
    picture.fill(filled.theme.panel)
    before = picture.toImage()
    painter = QPainter(picture)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 90, 44)
    option.state = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    delegate.paint(painter, option, model.index(0))
    painter.end()
    assert picture.toImage() != before


def test_a_long_title_takes_a_second_line_and_no_third(app: object) -> None:
    metrics = QFontMetrics(theme.font())
    width = metrics.horizontalAdvance("Both governments say that")
    assert title_lines("Ferry held", metrics, width) == ("Ferry held",)
    title = "Both governments say that the ferry at Orrin was held by the other one for a week"
    first, second = title_lines(title, metrics, width)
    assert title.startswith(first)
    assert not first.endswith(" ")
    assert second.endswith("…")
    assert title[len(first) :].strip().startswith(second.rstrip("…").strip())
    one = title_lines("x" * 300, metrics, width)
    assert all(metrics.horizontalAdvance(line) <= width for line in one)


def test_where_room_is_short_the_outlet_gives_way(app: object) -> None:
    picture = QPixmap(10, 10)
    painter = QPainter(picture)
    parts = ("4 Mar", "The Ferry Post and Evening Mail", "3 claims")
    whole = subtitle(parts, painter, 1000)
    narrow = subtitle(parts, painter, 150)
    least = subtitle(parts, painter, 10)
    painter.end()
    assert whole == "4 Mar · The Ferry Post and Evening Mail · 3 claims"
    assert narrow.startswith("4 Mar · T")
    assert narrow.endswith("… · 3 claims")
    assert least == "4 Mar · 3 claims"
