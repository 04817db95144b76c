"""Times that a clause, a pair of dates or an earlier telling gives to a claim."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.documents import make_document, read_document
from extraction.pipeline import assemble, read_article

THURSDAY = date(2031, 5, 8)


def when(text: str, number: int = -1) -> tuple[str, str] | None:
    """First and last day of a claim's time, the last claim's where no number is given."""
    data = f"News from Pell\n\n{text}".encode()
    reading = read_article(read_document(make_document(data, "pell.txt"), published=THURSDAY))
    time = assemble([reading]).claims[number].attribution.when
    return (f"{time.earliest:%Y-%m-%d %H:%M}", f"{time.latest:%Y-%m-%d %H:%M}") if time else None


def days(text: str, number: int = -1) -> tuple[str, str] | None:
    found = when(text, number)
    return (found[0][:10], found[1][:10]) if found else None


SHOT = "A man was shot and wounded by two guards at a bakery late on Saturday night, police said."
BLAST = "An explosion ripped through the Sarn pipeline on Monday, officials said. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHOT, ("2031-05-03", "2031-05-03")),
        (
            "One guard was killed and another hurt when gunmen opened fire in Pell on Monday,"
            " police said.",
            ("2031-05-05", "2031-05-05"),
        ),
        (
            "Police said two people were killed between 4 and 9 February 2031.",
            ("2031-02-04", "2031-02-09"),
        ),
        # near miss: two days, no stretch
        (
            "Police said two people were killed on 4 and 9 February 2031.",
            ("2031-02-04", "2031-02-04"),
        ),
        (
            BLAST + "Ostia said a ship had been near the pipeline four days before the blast.",
            ("2031-05-01", "2031-05-01"),
        ),
        # near miss: nothing is counted from the blast
        (
            BLAST + "Ostia said a ship had been near the pipeline before the blast.",
            ("2031-05-05", "2031-05-05"),
        ),
        (
            "The strait saw a quarrel in 2027, when Ostia accused Marland of cutting a cable.",
            ("2027-01-01", "2027-12-31"),
        ),
        (
            "On Friday evening, in what Rusk described as a reprisal, drones hit the port.",
            ("2031-05-02", "2031-05-02"),
        ),
        (
            "Lights went out on Tuesday evening, the grid said. It said power was restored"
            " at 11:40 p.m.",
            ("2031-05-06", "2031-05-06"),
        ),
        # near miss: what is to come is not of the day named last
        (
            "Lights went out on Tuesday evening, the grid said. It said a curfew would begin"
            " at 11:40 p.m.",
            ("2031-05-08", "2031-05-08"),
        ),
        (
            "Ostia said guards fired on a boat that was taking soundings below the dam on Monday.",
            ("2031-05-05", "2031-05-05"),
        ),
        ("Police said a bus was shelled on Tuesday night.", ("2031-05-06", "2031-05-06")),
        ("Police said a bus was shelled overnight.", ("2031-05-07", "2031-05-08")),
    ],
)
def test_the_time_of_a_claim(text: str, expected: tuple[str, str]) -> None:
    assert days(text) == expected


def test_the_name_of_a_boat_is_no_day() -> None:
    text = "Marland showed a video of the boat Unaiza May 1 and said it was rammed on Saturday."
    assert days(text) == ("2031-05-03", "2031-05-03")


def test_an_hour_of_publication_is_no_hour_of_what_goes_on() -> None:
    text = "Raid in Pell\nMay 8, 2031 16:55 CET\nBy our staff\n\n“Ostia is attacking us,” Orr said."
    article = read_document(make_document(text.encode(), "raid.txt"))
    claim = assemble([read_article(article)]).claims[-1]
    assert claim.attribution.when is not None
    assert f"{claim.attribution.when.earliest:%H:%M}" == "00:00"
