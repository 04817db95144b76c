"""Expressions by the word they begin with, and whether that word means a time at all."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.times import business, dates, days, durations, figures, relative
from extraction.times import words as W
from extraction.times.holidays import holiday
from extraction.times.numbers import is_figure
from extraction.times.scan import Pieces
from extraction.times.sketch import PUBLISHED, Kind, Sketch
from extraction.times.values import Unit

Read = tuple[Sketch, int] | None


def core(p: Pieces, at: int) -> Read:
    """The expression that the word there begins, whatever stands before or after it."""
    read = _core(p, at)
    if read is None or read[0].unit is not Unit.QUARTER or read[0].year is not None:
        return read
    plain = read[0].kind is Kind.CALENDAR and read[0].inner is None
    return None if plain and business.is_of_sport(p, at) else read


def _core(p: Pieces, at: int) -> Read:
    piece = p.lower[at]
    reported = business.period(p, at)
    if reported is not None:
        return reported
    if is_figure(piece):
        return _figures(p, at)
    if piece == "the":
        return _after_the(p, at)
    if piece == "'":
        return _short_year(p, at) or dates.decade(p, at)
    return (
        _calendar_word(p, at)
        or _special(p, at)
        or _reference(p, at)
        or durations.streak(p, at)
        or dates.period_by_number(p, at)
        or relative.related(p, at)
        or durations.repeated(p, at)
        or durations.duration(p, at)
        or dates.decade(p, at)
        or _year_in_words(p, at)
    )


def _year_in_words(p: Pieces, at: int) -> Read:
    """``nineteen ninety-one``, as a broadcast has it."""
    year = dates.year_number(p, at) if p.lower[at] in W.NUMBER_UNITS else None
    if year is None or p.lower[at - 1] == "$" or p.lower[year[1]] in ("dollars", "people"):
        return None
    return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0]), year[1]


def _short_year(p: Pieces, at: int) -> Read:
    """``in '98``."""
    before = p.lower[at - 1]
    if p.glued(at) or not (before in W.DATE_PREPOSITIONS or before in ("called", "the")):
        return None
    year = dates.year_number(p, at)
    if year is None or p.lower[year[1]] == "s":
        return None
    return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], short_year=True), year[1]


def _after_the(p: Pieces, at: int) -> Read:
    start = at + 1
    return (
        _reference(p, at)
        or durations.streak(p, at)
        or relative.ordinal_unit(p, at)
        or relative.related(p, at)
        or _new_year(p, start)
        or holiday(p, start)
        or dates.day_first(p, start)
        or _year_with_article(p, start)
        or dates.decade(p, start)
        or _season_after_article(p, start)
        or dates.period_by_number(p, start)
        or _month_after_article(p, start)
        or _ordinal_day(p, start)
        or durations.duration(p, start)
    )


def _new_year(p: Pieces, at: int) -> Read:
    if p.lower[at] != "new" or p.lower[at + 1] != "year" or p.lower[at + 2] in ("'", "s"):
        return None
    return Sketch(Kind.SHIFT, Unit.YEAR, base=PUBLISHED, value="new-year"), at + 2


def _year_with_article(p: Pieces, at: int) -> Read:
    if p.lower[at] == "year" or p.lower[at] == "years":
        year = dates.year_number(p, at + 1)
        if year is not None:
            return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0]), year[1]
    return None


def _month_after_article(p: Pieces, at: int) -> Read:
    """``the April election``, ``the October 4 attack``."""
    read = dates.month_first(p, at)
    if read is None:
        return None
    if read[0].day or read[0].year is not None:
        return read
    before_noun = p.lower[read[1]].isalpha() and not p.words[read[1]][:1].isupper()
    return read if before_noun and p.lower[at] not in ("march",) else None


def _season_after_article(p: Pieces, at: int) -> Read:
    """``the summer``, ``the winter of 1914``, but not "the fall of the city"."""
    read = dates.season(p, at)
    if read is None or read[0].year is not None or read[0].inner is not None:
        return read
    following = p.lower[read[1]]
    if following in ("of", "in", "from") or (
        p.lower[at] == "fall" and p.lower[at - 2] not in W.BEFORE_FALL
    ):
        return None
    return read


def _ordinal_day(p: Pieces, at: int) -> Read:
    """``on the 12th``: a day of the month being told of."""
    if not is_figure(p.lower[at]) or p.lower[at + 1] not in W.ORDINAL_SUFFIXES:
        return None
    day = dates.day_number(p, at)
    if day is None or p.lower[at - 2] not in ("on", "by", "until", "since", "from", "before"):
        return None
    following = p.lower[day[1]]
    if following.isalpha() and following not in W.FUNCTION_WORDS:
        return None
    return Sketch(Kind.CALENDAR, Unit.DAY, day=day[0]), day[1]


def _calendar_word(p: Pieces, at: int) -> Read:
    """An expression that begins with the name of a month, a weekday or a season."""
    piece = p.lower[at]
    if piece in W.WEEKDAYS or piece in W.WEEKDAYS_SHORT:
        return dates.weekday_first(p, at)
    if piece.endswith("s") and piece[:-1] in W.WEEKDAYS and dates.is_capital(p, at):
        return Sketch(Kind.REPEATED, value=f"XXXX-WXX-{W.WEEKDAYS[piece[:-1]]}"), at + 1
    if piece in W.MONTHS or piece in W.MONTHS_SHORT:
        read = dates.month_first(p, at)
        if read is None and p.lower[at - 1] == "a":
            return None
        return read if read is not None and _month_is_meant(p, at, read[0], read[1]) else None
    if piece in W.SEASONS:
        read = dates.season(p, at)
        return read if read is not None and _season_is_meant(p, at, read[0], read[1]) else None
    return None


def _month_is_meant(p: Pieces, at: int, sketch: Sketch, end: int) -> bool:
    if sketch.day and sketch.year is None and _ends_name(p, at):
        return False
    if sketch.day or sketch.year is not None or sketch.inner is not None:
        return p.lower[at] != "may" or p.words[at] != "may"
    before = p.lower[at - 1]
    if dates.is_capital(p, at - 1) and before not in W.DATE_PREPOSITIONS and before != "the":
        return False
    if any(word in W.DELIVERIES for word in p.lower[end : end + 2]):
        return True
    if before.endswith("est") or before == "worst":
        return p.lower[at - 2] in W.DETERMINERS or p.lower[at - 2] == "s"
    if before in ("a", "an", "its", "their", "his", "s", "costly"):
        return p.lower[end].isalpha() and p.lower[end] not in W.FUNCTION_WORDS
    if before in W.DATE_PREPOSITIONS or before in ("last", "next", "this", "mid", "late", "early"):
        if before == "as" and p.lower[at - 2] in ("recently", "early", "late"):
            return True
        return before not in ("as", "at") and not (
            p.lower[at] in W.DOUBTFUL_MONTHS
            and before in ("with", "and", "or", "by", "to")
            and not dates.month_name(p, end + 1)
            and before not in ("by", "to", "and")
        )
    if p.lower[at] in W.DOUBTFUL_MONTHS:
        return before in ("-", "(", "/", "–") or p.lower[end] in ("-", "–")
    return True


def _ends_name(p: Pieces, at: int) -> bool:
    """Whether "May 1" ends the name of a thing: "the boat Unaiza May 1"."""
    if p.lower[at] != "may" or not dates.is_capital(p, at - 1) or not p.lower[at - 1].isalpha():
        return False
    if p.lower[at - 1] in W.DATE_PREPOSITIONS or dates.weekday_name(p, at - 1) is not None:
        return False
    thing = p.lower[at - 2]  # "the boat Unaiza May 1", but "in Moscow May 9", "Orr said May 9"
    return thing.isalpha() and p.words[at - 2] == thing and thing in W.VESSELS


def _season_is_meant(p: Pieces, at: int, sketch: Sketch, end: int) -> bool:
    if sketch.year is not None or sketch.inner is not None:
        return True
    before = p.lower[at - 1]
    if dates.is_capital(p, at) and dates.is_capital(p, end) and before != "\n":
        return False
    if p.lower[end] == "of":
        return False
    if before in ("a", "an", "its", "their", "the"):
        # "a spring offensive", "the Spring Offensive", but not "a fall in prices".
        following = p.lower[end]
        return following.isalpha() and following not in W.FUNCTION_WORDS and p.lower[at] != "fall"
    if p.lower[at] in ("fall", "spring"):
        return before in ("in", "during", "until", "since", "by", "of", "and", "early", "late")
    return before in W.DATE_PREPOSITIONS or before in ("late", "early", "a", "-")


def _special(p: Pieces, at: int) -> Read:
    piece = p.lower[at]
    if piece in W.DEICTIC:
        named = dates.is_capital(p, at) and dates.is_capital(p, at - 1)
        return None if named else days.deictic(p, at)
    if piece == "tonight":
        return Sketch(Kind.SHIFT, Unit.DAY, base=PUBLISHED, part="NI"), at + 1
    if piece == "overnight":
        return _overnight(p, at)
    if piece in W.LONG:
        return Sketch(Kind.DURATION, value=W.LONG[piece]), at + 1
    unit = W.UNITS.get(piece)
    if (
        unit is not None
        and p.lower[at + 1] == "-"
        and p.lower[at + 2] in ("long", "ago", "earlier")
    ):
        if p.lower[at + 2] == "long":
            count = None if piece in W.PLURALS else 1
            return Sketch(Kind.DURATION, value=durations.period_value(count, unit)), at + 3
        if unit in ("year", "month", "week", "day"):
            base = PUBLISHED if p.lower[at + 2] == "ago" else "running"
            return Sketch(Kind.SHIFT, Unit(unit), count=-1, base=base, side=-1), at + 3
    return holiday(p, at) or _named_day(p, at)


def _overnight(p: Pieces, at: int) -> Read:
    if p.lower[at + 1] in W.AFTER_OVERNIGHT:
        return None
    start = at + 2 if p.lower[at + 1] in ("on", "from") else at + 1
    day = days.dated(p, start)
    if day is not None:
        return replace(day[0], part="NI"), day[1]
    return Sketch(Kind.SHIFT, Unit.DAY, count=-1, base="night", part="NI"), at + 1


def _named_day(p: Pieces, at: int) -> Read:
    match = W.match_phrase(W.NAMED_DAYS, p.lower, at)
    if match is None:
        return None
    year, month, day = (int(part) for part in match[0].split("-"))
    return Sketch(Kind.CALENDAR, Unit.DAY, year=year, number=month, day=day), match[1]


def _reference(p: Pieces, at: int) -> Read:
    if dates.is_capital(p, at) and dates.is_capital(p, at - 1):
        return None
    match = W.match_phrase(W.REFERENCES, p.lower, at)
    if match is not None:
        value, end = match
        following = p.lower[end]
        if p.lower[end - 1] not in W.NEEDS_END or (
            not following[:1].isalnum()
            or following in W.FUNCTION_WORDS
            or (p.lower[end - 1] == "past" and following in W.PRONOUNS)
        ):
            unit = W.UNITS.get(p.lower[end])
            if unit is None:
                return Sketch(Kind.REFERENCE, value=value), end
    match = W.match_phrase(W.HISTORY_REFERENCES, p.lower, at)
    if match is not None and p.lower[match[1]] not in W.UNITS:
        return Sketch(Kind.REFERENCE, value=match[0], base="history"), match[1]
    return None


def _figures(p: Pieces, at: int) -> Read:
    """An expression that begins with a figure."""
    read = (
        _named_day(p, at)
        or figures.in_figures(p, at)
        or dates.day_first(p, at)
        or days_before_month(p, at)
        or dates.decade(p, at)
        or durations.duration(p, at)
        or dates.period_by_number(p, at)
    )
    if read is not None:
        return read
    year = dates.year_number(p, at)
    if year is None:
        return _year_before_era(p, at)
    if not _year_is_meant(p, at, year[0], year[1]):
        return None
    return Sketch(Kind.CALENDAR, Unit.YEAR, year=year[0], short_year=year[2]), year[1]


def days_before_month(p: Pieces, at: int) -> Read:
    """``5`` of "5-12 September", "28 and 29 August"."""
    day = dates.day_number(p, at)
    if day is None or (p.lower[day[1]] not in W.RANGE_LINKS and p.lower[day[1]] != "and"):
        return None
    end = day[1]
    right = dates.day_first(p, end + 1)
    if right is None or not right[0].number or right[0].day <= day[0]:
        return None
    return replace(right[0], day=day[0]), end


def _year_before_era(p: Pieces, at: int) -> Read:
    """``264`` of "264 to 241 BC"."""
    if len(p.lower[at]) not in (2, 3, 4) or p.lower[at + 1] not in (*W.RANGE_LINKS, "and"):
        return None
    right = dates.year_number(p, at + 2)
    if right is None or right[0] >= 0 or int(p.lower[at]) < -right[0]:
        return None
    return Sketch(Kind.CALENDAR, Unit.YEAR, year=-int(p.lower[at])), at + 1


def counts(p: Pieces, end: int) -> bool:
    """Whether a noun in the plural follows: "2000 homes"."""
    following = p.lower[end]
    return (
        following in W.UNITS
        or following in ("%", "percent", "people", "men", "women")
        or (
            following.isalpha()
            and len(following) > 3
            and following.endswith("s")
            and not following.endswith("ss")
            and not p.words[end][:1].isupper()
            and following not in W.FUNCTION_WORDS
        )
    )


def _year_is_meant(p: Pieces, at: int, year: int, end: int) -> bool:
    before = p.lower[at - 1]
    if year < 0:
        return True
    if before in ("$", "£", "€", "#", "@", "+", "no", "room", "flight", "boeing", "route"):
        return False
    if before == "-" and p.glued(at) and p.glued(at - 1) and not is_figure(p.lower[at - 2]):
        return p.lower[at - 2] in ("post", "pre", "mid", "late", "early")
    if before == "." and p.glued(at) and is_figure(p.lower[at - 2]):
        return False
    if p.lower[end] == "-" and p.glued(end) and p.glued(end + 1) and p.lower[end + 1].isalpha():
        return p.lower[end + 1] in W.AFTER_YEAR
    temporal = before in W.DATE_PREPOSITIONS
    if p.lower[end] in W.OF_A_YEAR and 1900 <= year <= 2060:
        return True  # "against 1990 levels"
    if counts(p, end) and before not in W.BEFORE_COUNTED:
        return False
    if any(p.lower[end + step] in W.STREETS for step in (1, 2)) and dates.is_capital(p, end):
        return False
    if counts(p, end) and before in ("in", "of") and not 1900 <= year <= 2060:
        return False
    if year > 2035 and before == "of":
        return False
    if year < 1700 or year > 2060:
        return temporal or before in ("(", "-", "–", "\n", "year")
    return True
