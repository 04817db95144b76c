"""What a file says of itself in its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.documents.base import Parsed
from extraction.lexicon import load
from extraction.model import Block


@cache
def _words() -> dict[str, Any]:
    return dict(load("en", "documents"))


@cache
def _field_keys() -> dict[str, str]:
    fields: dict[str, list[str]] = _words()["fields"]
    return {key: name for name, keys in fields.items() for key in keys}


_LONGEST_DATELINE = 120
_FIELD = re.compile(r"([A-Za-z][A-Za-z :_-]{1,24}?)\s*:\s+(\S.*)")


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(_words()["byline"])


@cache
def _date_line() -> re.Pattern[str]:
    months = "|".join(_words()["months"])
    days = "|".join(_words()["weekdays"])
    lead = "|".join(_words()["date_leads"])
    clock = r"(?:[,;|\s]*(?:at\s+)?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?)?"
    day = (
        rf"(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[T ][\d:+Z.-]+)?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months})\.?,?\s+\d{{4}}"
        rf"|(?:{months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
        rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
    )
    return re.compile(
        rf"(?:(?:{lead})\s*:?\s*)?(?:(?:{days}),?\s+)?(?P<day>{day}){clock}\.?", re.IGNORECASE
    )


@cache
def _story_dateline() -> re.Pattern[str]:
    months = "|".join(_words()["months"])
    days = "|".join(_words()["weekdays"])
    place = r"[A-ZÀ-Ž][A-ZÀ-Ž.'’-]+(?:[ /][A-ZÀ-Ž.'’-]+){0,5}"
    region = r"(?:,\s+[A-ZÀ-Ž][\w.]*(?: [A-ZÀ-Ž][\w.]*){0,2})?"
    agency = r"\([A-Z][\w .&/'-]{1,24}\)"
    day = (
        rf"(?:(?:{days})\.?,?\s+)?(?P<day>(?:(?:{months})\.?\s+\d{{1,2}}(?!\d)"
        rf"|\d{{1,2}}\s+(?:{months})\b\.?)(?:,?\s+\d{{4}})?)"
    )
    return re.compile(
        rf"{place}{region}\s*(?:{agency})?\s*[,(–—-]?\s*{day}\s*\)?\s*(?:{agency})?"
        rf"\s*(?:[-–—:.]|$)"
    )


def field_of(line: str) -> tuple[str, str] | None:
    """``(field, value)`` of a ``Key: value`` line whose key is known, else ``None``."""
    match = _FIELD.fullmatch(line) if len(line) < 400 else None
    if match is None:
        return None
    name = _field_keys().get(match[1].strip().lower())
    return (name, match[2].strip()) if name else None


def is_byline(line: str) -> bool:
    """Whether a line names the author and nothing else."""
    return len(line) < 120 and _byline().fullmatch(line) is not None


def is_date_line(line: str) -> bool:
    """Whether a line is a full date, perhaps with a clock time, and nothing else."""
    return len(line) < 80 and _date_line().fullmatch(line) is not None


def date_in_line(line: str) -> str:
    """The day inside a line for which ``is_date_line`` holds; other lines come back whole."""
    match = _date_line().fullmatch(line)
    return match["day"] if match else line


def story_dateline(line: str) -> str | None:
    """The day of the dateline that opens a line, with or without its year, else ``None``.

    ``TARSK, June 6, 2023 (Wire) - ...`` gives ``June 6, 2023``: a place in capitals, a day, and
    a dash, a colon or the end of the line after it.
    """
    match = _story_dateline().match(line[:_LONGEST_DATELINE])
    return match["day"] if match else None


@dataclass(slots=True)
class Head:
    """The fields found so far; the first to name a thing wins."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    date: str | None = None
    date_origin: str = ""
    note: str | None = None

    def take(self, name: str, value: str) -> None:
        """Keep a field by its name in the lexicon."""
        if name == "date":
            self.take_date(value, "field in the head of the file")
        elif getattr(self, name) is None:
            setattr(self, name, value)

    def take_date(self, value: str, origin: str) -> None:
        """Keep the date of publication with where it stood."""
        if self.date is None:
            self.date = date_in_line(value)
            self.date_origin = origin

    def parsed(self, text: str, blocks: Sequence[Block], warnings: tuple[str, ...]) -> Parsed:
        """The text with what its head says of it."""
        return Parsed(
            text=text,
            blocks=tuple(blocks),
            title=self.title,
            outlet=self.outlet,
            byline=self.byline,
            language=self.language,
            url=self.url,
            date=self.date,
            date_origin=self.date_origin,
            warnings=warnings,
        )
