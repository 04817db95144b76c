"""Wire copy of many kinds: how many of its times are found with the right value."""

from __future__ import annotations

import pytest

from tests.extraction.times.wire_gold import Wire, score, wires

# Floors only move up. Name of the texts, F1 on all expressions, F1 on those of the calendar.
FLOORS = [("dev", 99.0, 98.8), ("check", 99.0, 99.0), ("fresh", 98.5, 98.5), ("modern", 99.0, 98.8)]


@pytest.mark.parametrize(("name", "everything", "calendar"), FLOORS)
def test_value_is_right(name: str, everything: float, calendar: float) -> None:
    texts = wires(name)
    assert score(texts) >= everything
    assert score(texts, calendar=True) >= calendar


@pytest.mark.parametrize("name", ["dev", "check", "fresh", "modern"])
def test_marks_lie_on_words(name: str) -> None:
    for text in wires(name):
        assert not set("[]|@") & set(text.text), text.text
        for start, end, _ in text.times:
            assert text.text[start:end].strip() == text.text[start:end]


def test_a_missed_and_a_wrong_time_lower_the_score() -> None:
    right = Wire("1998-03-06", "It opened Monday.", ((10, 16, "1998-03-02"),))
    wrong = Wire("1998-03-06", "It opened Monday.", ((10, 16, "1998-03-09"),))
    missed = Wire("1998-03-06", "It opened at last.", ((10, 17, "1998-03-06"),))
    assert score([right]) == 100
    assert score([right, wrong]) == 50
    assert score([right, missed]) == pytest.approx(200 / 3)
