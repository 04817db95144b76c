"""Events whose time is only known from others."""

from __future__ import annotations

from datetime import datetime

from extraction.model import Event, Reading
from tests.extraction.test_relations import claim, dossier

BOMBED = "Tashkari jets bombed Orlen on May 3, Velmora said. "


def event_of(reading: Reading, words: str) -> Event:
    number = claim(reading, words).event
    return next(event for event in reading.events if event.id == number)


def test_after_an_event_and_before_it_was_told() -> None:
    reading = dossier(BOMBED + "It said two guards had been arrested after the bombing.")
    when = event_of(reading, "two guards").when
    assert when is not None
    assert when.earliest == datetime(2031, 5, 3)
    assert when.latest == datetime(2031, 5, 5, 23, 59)
    assert when.open_end
    assert "after 'bombing'" in when.basis


def test_after_one_event_and_before_another() -> None:
    reading = dossier(
        "Tashkari jets bombed Orlen on May 1, Velmora said. Thousands marched through Kolm on "
        "May 4, the Weavers' Union said. It said two guards had been arrested after the bombing "
        "and before the march."
    )
    when = event_of(reading, "two guards").when
    assert when is not None
    assert (when.earliest.day, when.latest.day) == (1, 4)
    assert not when.open_end
    assert "before 'march'" in when.basis


def test_two_events_of_the_kind_bound_nothing() -> None:
    reading = dossier(
        BOMBED + "Tashkari jets bombed Pell on May 4, Velmora said. "
        "It said two guards had been arrested after the bombing."
    )
    assert event_of(reading, "two guards").when is None


def test_before_an_event_alone_bounds_nothing() -> None:
    reading = dossier(BOMBED + "It said two guards had been arrested before the bombing.")
    assert event_of(reading, "two guards").when is None
