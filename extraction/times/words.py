"""The lexicon of time in the shape that the grammar looks things up in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from extraction.lexicon import load, words

_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")

PhraseTable = dict[str, tuple[tuple[tuple[str, ...], Any], ...]]


def phrase_table(entries: Mapping[str, Any]) -> PhraseTable:
    """Phrases by their first piece, the longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
    for phrase, meaning in entries.items():
        pieces = tuple(_PIECE.findall(phrase))
        by_first.setdefault(pieces[0], []).append((pieces, meaning))
    return {
        first: tuple(sorted(options, key=lambda option: -len(option[0])))
        for first, options in by_first.items()
    }


def match_phrase(table: PhraseTable, lower: list[str], at: int) -> tuple[Any, int] | None:
    """The meaning of the longest phrase that begins there, and where it ends."""
    for pieces, meaning in table.get(lower[at], ()):
        end = at + len(pieces)
        if len(pieces) == 1 or tuple(lower[at:end]) == pieces:
            return meaning, end
    return None


_times = load("en", "times")
_numbers = load("en", "numbers")
_FILE = "times.toml"

MONTHS: dict[str, int] = dict(_times["months"])
MONTHS_SHORT: dict[str, int] = dict(_times["months_short"])
DOUBTFUL_MONTHS = words(_times["month_rules"], "doubtful", _FILE)
NAME_FOLLOWERS = words(_times["month_rules"], "name_followers", _FILE)
WEEKDAYS: dict[str, int] = dict(_times["weekdays"])
WEEKDAYS_SHORT: dict[str, int] = dict(_times["weekdays_short"])
NAME_LEADERS = words(_times["weekday_rules"], "name_leaders", _FILE)
SEASONS: dict[str, str] = dict(_times["seasons"])
PARTS: dict[str, str] = dict(_times["parts"])
INSTANTS: dict[str, int] = dict(_times["instants"])
UNIT_CODES: dict[str, str] = dict(_times["units"])
UNITS: dict[str, str] = {unit: unit for unit in UNIT_CODES} | dict(_times["unit_forms"])
PLURALS = frozenset(word for word in UNITS if word.endswith(("s", "ia")))
LONG: dict[str, str] = dict(_times["long"])
REPEATED: dict[str, str] = dict(_times["repeated"])
RATES: dict[str, str] = dict(_times["rates"])
DEICTIC: dict[str, int] = dict(_times["deictic"])
REFERENCES = phrase_table(_times["references"])
HISTORY_REFERENCES = phrase_table(_times["references_in_histories"])
NEEDS_END = words(_times["reference_rules"], "needs_end", _FILE)
HOLIDAYS = phrase_table(_times["holidays"])
NAMED_DAYS = phrase_table(_times["named_days"])
REMEMBERED: dict[tuple[int, int], tuple[int, frozenset[str]]] = {
    (int(key.split("-")[0]), int(key.split("-")[1])): (int(year), frozenset(after.split()))
    for key, (year, after) in _times["remembered"].items()
}
RELATIVE: dict[str, tuple[int, str]] = {
    word: (int(count), str(base)) for word, (count, base) in _times["relative"].items()
}
AFTER_DURATION: dict[str, tuple[int, str]] = {
    word: (int(count), str(base)) for word, (count, base) in _times["after_duration"].items()
}
MODIFIERS: dict[str, str] = dict(_times["modifiers"])
APPROXIMATIONS = phrase_table(_times["approximations"])
OPEN = phrase_table(_times["open"])
ZONES: dict[str, str] = dict(_times["zones"])
VAGUE: dict[str, float] = dict(_times["vague"])
AHEAD = words(_times["direction"], "ahead", _FILE)
AHEAD_STRONG = words(_times["direction"], "ahead_strong", _FILE)
AHEAD_EXPECTED = words(_times["direction"], "expected", _FILE)
AHEAD_VERBS = words(_times["direction"], "ahead_verbs", _FILE)
PROSPECTIVE = words(_times["direction"], "prospective", _FILE)
CLAUSE_STARTS = words(_times["direction"], "clause_starts", _FILE)
VESSELS = words(_times["direction"], "vessels", _FILE)
DELIVERIES = words(_times["direction"], "deliveries", _FILE)
CALLED = words(_times["direction"], "called_for", _FILE)
UNTIL = words(_times["direction"], "until", _FILE)
REPORTING = words(_times["direction"], "reporting", _FILE)

_w = _times["words"]
DETERMINERS = words(_w, "determiners", _FILE)
RANGE_LINKS = words(_w, "range_link", _FILE)
DATE_PREPOSITIONS = words(_w, "date_prepositions", _FILE)
CLOCK_PREPOSITIONS = words(_w, "clock_prepositions", _FILE)
DECADE_WORDS: dict[str, int] = {
    word: 10 * index + 20 for index, word in enumerate(_w["decade_words"].split())
}
FUNCTION_WORDS = words(_w, "never_between", _FILE)
STREAK_TAILS = words(_w, "streak_tails", _FILE)
OWNERS = words(_w, "owners", _FILE)
BEFORE_FALL = words(_w, "before_fall", _FILE)
BEFORE_COUNTED = words(_w, "before_counted", _FILE)
OF_A_YEAR = words(_w, "of_a_year", _FILE)
FUTURE = words(_w, "future", _FILE)
HAVE = words(_w, "have", _FILE)
MODAL = words(_w, "modal", _FILE)
IS = words(_w, "is", _FILE)
WAS = words(_w, "was", _FILE)
SPAN_WORDS = words(_w, "span_words", _FILE)
ENTERED = words(_w, "entered", _FILE)
EARLY = words(_w, "early_parts", _FILE)
BEFORE_PART = words(_w, "before_part", _FILE)
EDGE_NOUNS = words(_w, "edge_nouns", _FILE)
LOOKING = words(_w, "looking", _FILE)
STRETCHES = words(_w, "stretches", _FILE)
PRONOUNS = words(_w, "pronouns", _FILE)
STREETS = words(_w, "streets", _FILE)
BEFORE_WEEKEND = words(_w, "before_weekend", _FILE)
BEFORE_PERIOD = words(_w, "before_period", _FILE)
SHARES = words(_w, "shares", _FILE)
AFTER_OVERNIGHT = words(_w, "after_overnight", _FILE)
TAKING = words(_w, "taking", _FILE)
OF_ANY_YEAR = words(_w, "of_any_year", _FILE)
BEFORE_ONE = words(_w, "before_one", _FILE)
AFTER_PART = words(_w, "after_part", _FILE)
LASTING = words(_w, "lasting", _FILE)
AFTER_YEAR = words(_w, "after_year", _FILE)
ENDED = words(_w, "ended", _FILE)
COMPARED = words(_w, "compared", _FILE)
COMPARING = words(_w, "comparing", _FILE)
BUSINESS = words(_w, "business", _FILE)
SPORT = words(_w, "sport", _FILE)
EDGES_OF_DAY = words(_w, "edges_of_day", _FILE)
EDGES: dict[str, str] = dict(_times["edges"])

NUMBER_UNITS: dict[str, int] = dict(_numbers["units"])
NUMBER_TENS: dict[str, int] = dict(_numbers["tens"])
NUMBER_SCALES: dict[str, int] = dict(_numbers["scales"])
ORDINALS: dict[str, int] = dict(_numbers["ordinals"])
ORDINAL_STARTS = frozenset(ORDINALS) | frozenset(NUMBER_TENS)
ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


# What may follow a determiner that begins an expression, besides the words of STARTS.
AFTER_DETERMINER = words(_w, "after_determiner", _FILE)

# Pieces that an expression of time can begin with; all others are passed over at once.
_BY_THEMSELVES: tuple[Iterable[str], ...] = (
    MONTHS,
    MONTHS_SHORT,
    WEEKDAYS,
    WEEKDAYS_SHORT,
    SEASONS,
    PARTS,
    INSTANTS,
    UNITS,
    LONG,
    REPEATED,
    DEICTIC,
    RELATIVE,
    AFTER_DURATION,
    MODIFIERS,
    VAGUE,
    DETERMINERS,
    DECADE_WORDS,
    NUMBER_UNITS,
    NUMBER_TENS,
    ORDINALS,
    [f"{weekday}s" for weekday in WEEKDAYS],
    words(_w, "starts", _FILE),
)
_IN_PHRASES = (REFERENCES, HISTORY_REFERENCES, HOLIDAYS, APPROXIMATIONS)
STARTS = frozenset(word for table in (*_BY_THEMSELVES, *_IN_PHRASES) for word in table)


def _seconds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table in _IN_PHRASES:
        for first, options in table.items():
            seconds = found.setdefault(first, set())
            seconds.update(pieces[1] if len(pieces) > 1 else "" for pieces, _ in options)
    alone = {word for table in _BY_THEMSELVES for word in table}
    return {
        first: frozenset(seconds)
        for first, seconds in found.items()
        if first not in alone and "" not in seconds
    }


# Words that begin nothing but phrases of the lexicon, with the pieces that go on there.
SECONDS = _seconds()
