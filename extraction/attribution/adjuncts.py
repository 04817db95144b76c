"""What may stand between a cue and its content: times, places and occasions of speaking."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.nouns import is_time, np_right
from extraction.attribution.units import Unit
from extraction.text.analysis import Tag

_OCCASION_PREPS = frozenset(
    {
        "in",
        "on",
        "at",
        "during",
        "via",
        "through",
        "over",
        "by",
        "to",
        "with",
        "from",
        "before",
        "after",
        "following",
        "of",
        "outside",
    }
)


_NOT_SKIPPED = frozenset({"not", "so", "how", "only", "even", "just", "almost"})
# Behind these adverbs an amount begins: "said nearly half of the homes".
_AMOUNTS = frozenset({"half", "all", "every", "everyone", "everything", "none"})


def skip_adjuncts(unit: Unit, i: int) -> int:
    """Over adverbs, times and occasions: "on Monday", "in a statement", "at a rally"."""
    words = cues.words()
    while i < len(unit):
        low, tag = unit.lows[i], unit.tags[i]
        measured = unit.tags[i + 1] is Tag.NUM or unit.lows[i + 1] in _AMOUNTS
        if tag is Tag.ADV and not (low in _NOT_SKIPPED or measured or there_is(unit, i)):
            i += 1
            continue
        if low in ("since", "for", "until") and is_time_phrase(unit, i + 1):
            after = after_time(unit, i + 1)
            if after > i + 1 and unit.lows[after] == "that":
                i = after  # "has maintained since May that"
                continue
        if tag is Tag.ADP and low in _OCCASION_PREPS:
            j = i + 1
            after = after_time(unit, j) if is_time_phrase(unit, j) else j
            if after > j and unit.tags[after] is not Tag.NOUN:
                i = after
                continue
            if unit.opens(j) and _names_show(unit, j):
                i = unit.after_quote(j)
                continue
            end = np_right(unit, j, apposition=False)
            if end > j and _names_occasion(unit, j, end):
                i = _past_participle(unit, _past_relative(unit, end))
                continue
            return i
        dated = is_time(unit, i + 2) if unit.tags[i + 1] is Tag.ADP else is_time(unit, i + 1)
        if low in ("late", "early") and dated:
            i += 1
            continue
        acts = tag is Tag.PRON and unit.tags[i + 1] in (Tag.AUX, Tag.VERB)  # "this was wrong"
        if is_time(unit, i) and tag is not Tag.DET and not acts:
            after = after_time(unit, i)
            if after == i or unit.lows[after] in ("'s", "’s"):
                return i
            i = after
            continue
        if low in words.addressees and tag is Tag.NOUN:
            i += 1
            continue
        return i
    return i


def _past_participle(unit: Unit, i: int) -> int:
    """Over "published on Wednesday" behind an occasion, where the sentence ends with that."""
    token = unit.tokens[i] if i < len(unit) else None
    if token is None or token.tag is not Tag.VERB or token.form not in ("part", "past"):
        return i
    for k in range(i + 1, min(i + 10, len(unit) + 1)):
        if unit.tags[k] in (None, Tag.PUNCT):
            return k
        if unit.tags[k] in (Tag.VERB, Tag.AUX, Tag.SCONJ, Tag.CCONJ):
            break
    return i


def _past_relative(unit: Unit, i: int) -> int:
    """Over a clause about the occasion: "said in a speech that lasted two hours"."""
    verb = unit.tokens[i + 1] if i + 1 < len(unit) else None
    if verb is None or unit.lows[i] not in ("that", "which"):
        return i
    if verb.tag not in (Tag.VERB, Tag.AUX) or verb.form not in ("past", "s"):
        return i
    for k in range(i + 2, min(i + 14, len(unit))):
        if unit.lows[k] == "that" or unit.tags[k] is Tag.PUNCT:
            return k
    return i


def _names_show(unit: Unit, i: int) -> bool:
    """Whether the title of a programme stands in marks: 'said on "Morning Hour" that'."""
    end = unit.after_quote(i)
    return end - i <= 6 and (unit.lows[end] == "that" or unit.tags[end] in (None, Tag.PUNCT))


def there_is(unit: Unit, i: int) -> bool:
    return unit.lows[i] in ("there", "here") and unit.tags[i + 1] is Tag.AUX


def is_time_phrase(unit: Unit, i: int) -> bool:
    headed = unit.tags[i] in (Tag.DET, Tag.ADJ) and not is_time(unit, i)
    if headed:
        i += 1
    year = unit.tags[i] is Tag.NUM and len(unit.lows[i]) == 4 and unit.lows[i].isdigit()
    if year and headed and unit.tags[i + 1] is Tag.NOUN:
        return False  # "a 2031 vote"
    return year or is_time(unit, i)


def after_time(unit: Unit, i: int) -> int:
    start = i
    while i < len(unit) and (
        is_time(unit, i)
        or unit.tags[i] is Tag.NUM
        or (i == start and unit.tags[i] in (Tag.DET, Tag.ADJ))
    ):
        if unit.lows[i] == "that":
            break
        i += 1
        if unit.lows[i] == "," and unit.tags[i - 1] is Tag.NUM and _is_year(unit, i + 1):
            i += 2 + (unit.lows[i + 2] == "," and unit.lows[i + 3] != "")  # "May 3, 2031,"
            break
    return i


def _is_year(unit: Unit, i: int) -> bool:
    low = unit.lows[i]
    return len(low) == 4 and low.isdigit() and low[0] in "12"


def _names_occasion(unit: Unit, start: int, end: int) -> bool:
    words = cues.words()
    return any(
        unit.tokens[k].lemma in words.occasions or unit.lows[k] in words.addressees
        for k in range(start, end)
    )


def skip_time_left(unit: Unit, j: int) -> int:
    """Token before an adjunct of time that ends with ``j`` ("on October 4", "last week")."""
    k = j
    while (
        k >= 0
        and j - k < 6
        and (
            is_time(unit, k)
            or (
                (unit.tags[k] is Tag.NUM and (k < j or is_time(unit, k - 1)))
                or (unit.lows[k] == "," and k < j and unit.tags[k - 1] is Tag.NUM)
            )
        )
    ):
        k -= 1
    if k == j:
        return j
    if unit.tags[k] is Tag.DET and unit.tags[k - 1] is Tag.ADP:
        k -= 1
    if unit.tags[k] is Tag.ADP and unit.lows[k] in (
        "on",
        "in",
        "at",
        "during",
        "since",
        "by",
        "before",
        "after",
        "of",
    ):
        k -= 1
        if unit.lows[k + 1] == "of":
            return skip_time_left(unit, k)
    return k
