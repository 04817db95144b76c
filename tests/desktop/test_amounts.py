"""Figures in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from desktop.amounts import agreeing, amount_in_words, quantities_in_words, quantity_in_words
from extraction.model import Quantity, Span

ENGLISH = QLocale(QLocale.Language.English)
SPAN = Span(0, 0, "")


@pytest.mark.parametrize(
    ("low", "high", "approximate", "words"),
    [
        (21, None, False, "at least 21"),
        (None, 30, False, "at most 30"),
        (5, 8, False, "5 to 8"),
        (1900, 1900, True, "about 1,900"),
        (2.5, 2.5, False, "2.5"),
        (None, None, False, "an unknown number"),
    ],
)
def test_amounts(low: float | None, high: float | None, approximate: bool, words: str) -> None:
    quantity = Quantity("killed", low, high, SPAN, approximate)
    assert amount_in_words(quantity, ENGLISH) == words


def test_a_quantity_names_its_bearer_and_what_it_includes() -> None:
    whole = Quantity("killed", 187, 187, SPAN)
    part = Quantity("killed", 42, 42, SPAN, bearer="nurses", part_of=0)
    assert quantities_in_words([whole, part], ENGLISH) == ("187 killed, of them 42 nurses",)
    assert quantity_in_words(part, ENGLISH) == "42 nurses killed"


@pytest.mark.parametrize(
    ("measure", "low", "high", "exact", "bearer", "words"),
    [
        ("rockets", 1, 1, "one rocket", None, "1 rocket"),
        ("sluice", 4, 4, "four sluices", None, "4 sluices"),
        ("rockets", 2, 2, "two others", None, "2 rockets"),
        ("aircraft", 1, 1, "one plane", None, "1 plane"),
        ("aircraft", 2, 2, "two grey aircraft", "grey aircraft", "2 grey aircraft"),
        ("cities", 3, None, "several other cities", None, "at least 3 cities"),
        ("distance", 100, 100, "100 kilometres", None, "100 km"),
        ("percent", 12.5, 12.5, "12.5 percent", None, "12.5%"),
        ("member", 5, 5, "five members", "members", "5 members"),
        ("shot", 2, 2, "two warning shots", "warning shots", "2 warning shots"),
        ("killed", 1, 1, "one civilian", "civilians", "1 civilian killed"),
        ("injured", 4, None, "at least four", "civilian", "at least 4 civilians injured"),
        ("casualties", 30, 30, "30 sailors", "sailors", "30 sailors (casualties)"),
        ("killed", 58, 58, "58", None, "58 killed"),
    ],
)
def test_a_figure_agrees_with_its_noun(
    measure: str, low: float, high: float | None, exact: str, bearer: str | None, words: str
) -> None:
    quantity = Quantity(measure, low, high, Span(0, len(exact), exact), bearer=bearer)
    assert quantity_in_words(quantity, ENGLISH) == words


def test_an_open_figure_is_not_about_at_least_something() -> None:
    vague = Quantity("cities", 3, None, Span(0, 14, "several cities"), approximate=True)
    assert amount_in_words(vague, ENGLISH) == "at least 3"


@pytest.mark.parametrize(
    ("noun", "one", "many"),
    [
        ("fishing boat", "fishing boat", "fishing boats"),
        ("ferries", "ferry", "ferries"),
        ("servicemen", "serviceman", "servicemen"),
        ("child", "child", "children"),
        ("bus", "bus", "buses"),
        ("police", "police", "police"),
        ("glass", "glass", "glasses"),
    ],
)
def test_nouns_take_the_number_of_their_figure(noun: str, one: str, many: str) -> None:
    assert agreeing(noun, True) == one
    assert agreeing(noun, False) == many
