"""What a file says of itself in its first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extraction.documents.base import Parsed
from extraction.lexicon import load
from extraction.model import Block, Part


@cache
def _words() -> dict[str, Any]:
    return dict(load("en", "documents"))


@cache
def _field_keys() -> dict[str, str]:
    fields: dict[str, list[str]] = _words()["fields"]
    return {key: name for name, keys in fields.items() for key in keys}


DATE_LINE = "date line"
"""What a date rests on that stands alone on a line."""

_YEAR = re.compile(r"\d{4}")
_LONGEST_DATES = 160
_LONGEST_DATELINE = 120
_TITLE_LIMIT = 160
_LONGEST_FIELD = 2000
_DESCRIBING = ("title", "outlet", "byline", "language", "url")
# The town or the authors, as they stand before the day on its line.
_NAME = r"[A-ZÀ-Ž][\w.'’]*(?:-\w+)*"
_NAMES = rf"{_NAME}(?:(?:,|,?\s+(?:and|&|de|da|van|von|der))?\s+{_NAME}){{0,7}}\s*[,|·•–—-]\s*"
_FIELD = re.compile(r"([A-Za-z][A-Za-z :_-]{1,24}?)\s*:\s+(\S.*)")


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(_words()["byline"])


@cache
def _date_line() -> re.Pattern[str]:
    months = "|".join(_words()["months"])
    days = "|".join(_words()["weekdays"])
    lead = "|".join(sorted(_words()["date_leads"], key=len, reverse=True))
    time = r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?"
    clock = rf"(?:[,;|\s]*(?:at\s+)?{time})?"
    day = (
        rf"(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[T ][\d:+Z.-]+)?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months})\.?,?\s+\d{{4}}"
        rf"|(?:{months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
        rf"|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})"
    )
    return re.compile(
        rf"(?-i:{_NAMES})?"
        rf"(?:(?:{lead})\s*:?\s*)?(?:{time}[,;\s]\s*(?:on\s+)?)?(?:(?:{days}),?\s+)?"
        rf"(?P<day>{day}){clock}\.?",
        re.IGNORECASE,
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


def authors_in(line: str) -> str:
    """The names in a byline, without "By", the place and what the authors are."""
    match = re.match(_words()["byline_lead"], line)
    if match is None:
        return line
    return re.split(_words()["byline_tail"], line[match.end() :])[0].strip(" ,.") or line


def _undated(byline: str) -> tuple[str, str]:
    """A byline and the day behind it, which may be empty."""
    for mark in reversed(list(re.finditer(r"\s*[,|·•–—]\s*|\s+-\s+", byline))):
        day = byline[mark.end() :]
        if day[:1].isalnum() and is_date_line(day):
            return byline[: mark.start()], day
    return byline, ""


def is_date_line(line: str) -> bool:
    """Whether a line is full dates, perhaps with clock times and with names before the first."""
    if len(line) >= _LONGEST_DATES or not _YEAR.search(line):
        return False
    return all(map(_date_line().fullmatch, _parts(line)))


def is_change_word(words: str) -> bool:
    """Whether words before a date, such as "last updated", are of the last change."""
    return words.strip(" :(").lower().endswith(tuple(_words()["change_leads"]))


@cache
def _part_marks() -> re.Pattern[str]:
    leads = "|".join(sorted(_words()["second_leads"], key=len, reverse=True))
    whole = r"(?<!\blast)(?<!\bfirst)(?<!\boriginally)"
    return re.compile(rf"\s*[|·•–—;]\s*|[,.]?{whole}\s+\(?(?=(?:{leads})\b)", re.IGNORECASE)


def _parts(line: str) -> list[str]:
    """A line by its dates: many papers tell of publication and change in one."""
    if len(line) < 80 and _date_line().fullmatch(line):
        return [line]
    return [part.strip(" ()") for part in _part_marks().split(line)]


def looks_like_title(line: str) -> bool:
    """Whether a line may be a headline: short, and no sentence."""
    return len(line) <= _TITLE_LIMIT and not line.endswith((".", ":", ";", ",", "”", '"'))


def date_in_line(line: str) -> str:
    """The day inside a line of one date; other lines come back whole."""
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
    """The fields found so far, with what each rests on; the first to name a thing wins."""

    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    def take(self, name: str, value: str, basis: str = "field in the head of the file") -> None:
        """Keep a field by its name in the lexicon, ``changed`` or ``property``.

        ``property`` is the day that a program noted when it made the file: a weak date.
        """
        value = value.strip()[:_LONGEST_FIELD]
        if name in ("date", "changed"):
            value = date_in_line(value)
        elif name == "byline":
            value, day = _undated(value)
            if day:
                self.take("date", day, DATE_LINE)
            value = authors_in(value)
        elif name == "language":
            value = _language(value)
        if value:
            self.fields.setdefault(name, (value, basis))

    def take_date_line(self, line: str) -> None:
        """Keep the date that stands alone on a line: of publication, or of the last change."""
        for part in _parts(line):
            changed = part.lower().startswith(tuple(_words()["change_leads"]))
            self.take("changed" if changed else "date", part, DATE_LINE)

    def get(self, name: str) -> str | None:
        """The value of a field."""
        found = self.fields.get(name)
        return found[0] if found else None

    def parsed(
        self,
        text: str,
        blocks: Sequence[Block],
        warnings: tuple[str, ...] = (),
        parts: Sequence[Part] = (),
    ) -> Parsed:
        """The text with what its head says of it."""
        nothing = (None, "")
        date, origin = self.fields.get("date", nothing)
        changed, changed_origin = self.fields.get("changed", nothing)
        made, made_origin = self.fields.get("property", nothing)
        return Parsed(
            text=text,
            blocks=tuple(blocks),
            title=self.get("title"),
            outlet=self.get("outlet"),
            byline=self.get("byline"),
            language=self.get("language"),
            url=self.get("url"),
            date=date,
            date_origin=origin,
            changed=changed,
            changed_origin=changed_origin,
            made=made,
            made_origin=made_origin,
            warnings=warnings,
            grounds=tuple(
                (name, self.fields[name][1]) for name in _DESCRIBING if name in self.fields
            ),
            parts=tuple(parts),
        )


def _language(written: str) -> str:
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", written)
    return match[0].lower() if match else ""
