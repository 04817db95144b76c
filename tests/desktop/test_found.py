"""What is searched for is marked wherever it stands, as the search itself finds it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.comparison.view import ComparisonView
from desktop.found import NOTHING, Found, draw_line, found_of, ground_of
from desktop.library.panel import LibraryPanel
from desktop.reader.view import ReaderView
from desktop.session import Filter, Selection, Session
from desktop.theme import TEXT_CONTRAST, contrast, load
from desktop.theme import font as font_of
from extraction.model import SideKey
from tests.db.marking import marks
from tests.desktop.conftest import opened_on

TEXT = "Ruß und Éclat: the dam's gates, the DAM and the damage at Oström"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dam", ["dam", "DAM", "damage"]),
        ('"dam"', ["dam", "DAM"]),
        ('"the dam"', ["the dam", "the DAM"]),
        ("eclat ostrom", ["Éclat", "Oström"]),
        ("gates -dam", ["gates"]),
        ("  ", []),
        ("-", []),
        ('"', []),
    ],
)
def test_words_are_found_as_they_are_typed(typed: str, expected: list[str]) -> None:
    assert [TEXT[a:b] for a, b in Found(typed).ranges(TEXT)] == expected


LETTERS = st.text("abéÉ 'ß–12\u0301\U0001f600\"-*", max_size=14)


@given(LETTERS, LETTERS)
def test_what_is_found_lies_in_the_text_in_order(typed: str, text: str) -> None:
    found = Found(typed)
    places = found.ranges(text)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    units = [text.encode("utf-16-le")[2 * a : 2 * b] for a, b in found.units(text)]
    assert [u.decode("utf-16-le") for u in units] == [text[a:b] for a, b in places]


def test_it_agrees_with_the_search_of_the_dossier(opened: Session) -> None:
    dossier = opened.dossier
    assert dossier is not None
    claims = {claim.id: claim.content for claim in dossier.claims()}
    for typed in ("shelling", "Veln", "town of", '"town of Veln"', "shel", "no shell", "fir -x"):
        marked = marks(dossier, typed, list(claims))
        mine = {one: Found(typed).ranges(text) for one, text in claims.items()}
        assert {one: mine[one] for one in marked} == marked, typed


@pytest.mark.parametrize("name", ["light", "dark"])
def test_marked_words_can_be_read(name: str) -> None:
    theme = load(name)
    ground = ground_of(theme)
    assert contrast(ground, theme.text) >= TEXT_CONTRAST
    for key in SideKey:
        assert ground != theme.tint(key)


def grounds(image: QImage, ground: QColor) -> int:
    return sum(
        image.pixel(x, y) == ground.rgb()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def test_a_line_is_marked_where_it_was_found(session: Session) -> None:
    theme = load("light")
    counts = []
    for found in (NOTHING, found_of("dam"), found_of("dam gate")):
        image = QImage(300, 24, QImage.Format.Format_RGB32)
        image.fill(theme.panel)
        painter = QPainter(image)
        painter.setFont(font_of())
        draw_line(painter, QRect(0, 0, 300, 24), "the dam and its gates", found, theme)
        painter.end()
        counts.append(grounds(image, ground_of(theme)))
    assert counts[0] == 0 < counts[1] < counts[2]


ARTICLE = """Published: 2031-03-05

Karsk's Defense Ministry said Dolmian forces shelled the town of Veln on March 4. Dolmia's \
Defense Ministry denied shelling Veln.
"""


def test_split_view_reader_and_library_mark_it(
    session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened_on(session, ARTICLE, tmp_path / "veln.claimline") as shown:
        views = [ComparisonView(shown), ReaderView(shown), LibraryPanel(shown)]
        for view in views:
            qtbot.addWidget(view)
            view.resize(700, 500)
            view.show()
        shown.select(Selection(article_id=1))
        ground = ground_of(shown.theme)
        library = views[2]
        assert isinstance(library, LibraryPanel)
        library.sides.expandAll()

        def marked() -> list[bool]:
            return [grounds(view.grab().toImage(), ground) > 0 for view in views]

        assert marked() == [False, False, False]
        shown.set_filter(Filter(text="ministry"))
        assert marked() == [True, True, True]
        shown.set_filter(Filter())
        assert marked() == [False, False, False]
