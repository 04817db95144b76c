from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from db import Dossier
from desktop.importing.engine import import_files
from extraction.model import DateBasis, Published

WHOLE = """Dam struck, governor says

Published: {day}

Velmora's governor said Tashkari forces had shelled the dam at Orlen on Monday.
"""
YEARLESS = """Tashkar denies it struck the dam

KOVAR, {day} (River Wire) - Tashkar's army denied shelling the dam at Orlen.
"""


def put(folder: Path, name: str, text: str, saved: datetime) -> Path:
    file = folder / name
    file.write_text(text)
    os.utime(file, (saved.timestamp(), saved.timestamp()))
    return file


def published(dossier: Dossier, name: str) -> Published:
    rows = {row.file: row.key for row in dossier.articles()}
    return next(one for one in dossier.held_articles() if one.key == rows[name]).published


@pytest.mark.parametrize(
    ("other", "day", "saved", "expected"),
    [
        ("2019-09-18", "September 19", datetime(2024, 3, 1), date(2019, 9, 19)),
        # Saved when it came out: the file knows better.
        ("2019-09-18", "September 19", datetime(2021, 9, 20), date(2021, 9, 19)),
        # No other article is near in any year.
        ("2019-04-02", "September 19", datetime(2024, 3, 1), date(2023, 9, 19)),
        # None comes out after it was saved.
        ("2019-09-18", "September 19", datetime(2018, 12, 1), date(2018, 9, 19)),
        # Over the turn of a year.
        ("2019-12-30", "January 2", datetime(2024, 3, 1), date(2020, 1, 2)),
        ("2019-02-27", "February 29", datetime(2024, 5, 1), date(2024, 2, 29)),
    ],
)
def test_the_year_is_that_of_the_other_articles(
    dossier: Dossier, tmp_path: Path, other: str, day: str, saved: datetime, expected: date
) -> None:
    first = put(tmp_path, "first.txt", WHOLE.format(day=other), datetime(2024, 3, 1))
    second = put(tmp_path, "second.txt", YEARLESS.format(day=day), saved)
    import_files(dossier, [second, first])
    found = published(dossier, "second.txt")
    assert found.start is not None
    assert found.start.date() == expected
    assert found.assumed == ("year",)
    assert found.basis is DateBasis.DATELINE
    assert f"year {expected.year} assumed" in found.reasons[-1]


def test_a_later_import_and_one_in_stages_do_the_same(dossier: Dossier, tmp_path: Path) -> None:
    first = put(tmp_path, "first.txt", WHOLE.format(day="2019-09-18"), datetime(2024, 3, 1))
    import_files(dossier, [first])
    others = [
        put(
            tmp_path,
            f"{number}.txt",
            YEARLESS.format(day="September 19") + f"\n{number} were hurt, the governor said.\n",
            datetime(2024, 3, 1),
        )
        for number in range(20)
    ]
    import_files(dossier, others)
    starts = {published(dossier, file.name).start for file in others}
    assert starts == {datetime(2019, 9, 19)}


def test_who_decided_on_a_date_keeps_it(dossier: Dossier, tmp_path: Path) -> None:
    first = put(tmp_path, "first.txt", WHOLE.format(day="2019-09-18"), datetime(2024, 3, 1))
    second = put(tmp_path, "second.txt", YEARLESS.format(day="September 19"), datetime(2024, 3, 1))
    import_files(dossier, [first, second], published=lambda file: date(2022, 9, 19))
    assert published(dossier, "second.txt").start == datetime(2022, 9, 19)
