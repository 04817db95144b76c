"""Histories: dates that hang on each other, centuries away from the day of writing."""

from __future__ import annotations

import pytest

from tests.extraction.times.helpers import read

HISTORY = """\
# The war of the two rivers (1743-1751)
In the spring of 1743, Ostral raised an army. On 20 July it crossed the Lenn, and the next day it \
took Marn. In August the siege of Tarn began; it lasted until 3 November. The last such siege had \
been in 1688.
On 14 February the garrison broke out. Two months later a truce was signed.
# Second phase
In his 1902 book, Orlo argues that the truce was a ruse. On 5 June 1745 the fighting resumed. \
That summer both armies starved. In October of that year the king fell ill. He died the following \
year.
The armies met again between 11 and 14 May 1747. By the end of the year the treasury was empty. \
The late 1740s were years of hunger.
"""

WANTED = [
    ("1743", "1743"),
    ("1751", "1751"),
    ("the spring of 1743", "1743-SP"),
    ("20 July", "1743-07-20"),
    ("the next day", "1743-07-21"),
    ("August", "1743-08"),
    ("3 November", "1743-11-03"),
    ("1688", "1688"),
    ("14 February", "1744-02-14"),
    ("Two months later", "1744-04"),
    ("1902", "1902"),
    ("5 June 1745", "1745-06-05"),
    ("That summer", "1745-SU"),
    ("October of that year", "1745-10"),
    ("the following year", "1746"),
    ("11", "1747-05-11"),
    ("14 May 1747", "1747-05-14"),
    ("the end of the year", "1747"),
    ("The late 1740s", "174"),
]


def test_dates_hang_on_the_date_last_named() -> None:
    found = [(t.span.exact, t.value) for t in read(HISTORY, "2021-06-16")]
    assert [pair for pair in found if pair[0] != "years"] == WANTED


def test_publication_does_not_matter() -> None:
    assert [t.value for t in read(HISTORY, "2021-06-16")] == [t.value for t in read(HISTORY, None)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The city fell in 317 BC.", ["BC0317"]),
        ("The war (317 to 302 BC) was long.", ["BC0317", "BC0302"]),
        ("It was rebuilt in the 620s BC.", ["BC062"]),
        ("It was founded in the 8th century BC.", ["BC07"]),
        ("It stood from 1923-26.", ["1923", "1926"]),
        ("It stood in 2007-08 and fell in 2012-03.", ["2007", "2008", "2012-03"]),
        ("The choirs met on 30 April-2 May 1926.", ["1926-04-30", "1926-05-02"]),
        (
            "They met on March 2-3 and from March 20-22, 1908.",
            ["1908-03-02", "1908-03-03", "1908-03-20", "1908-03-22"],
        ),
        ("It fell in April and June 1955.", ["1955-04", "1955-06"]),
        ("It fell on the 11 and 12 March 1931.", ["1931-03-11", "1931-03-12"]),
        ("It burned on the night of 8-9 July 1897.", ["1897-07-08TNI", "1897-07-09"]),
        ("They fell in the first week of May 1926.", ["1926-W18"]),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert [t.value for t in read(text)] == values


def test_years_before_christ_have_a_value_and_no_interval() -> None:
    (expression,) = read("The city fell in 317 BC.")
    assert expression.interval is None
