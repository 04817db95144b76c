"""Noun phrases to the left and to the right of a token."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.units import Unit
from extraction.text.analysis import Tag

NOMINAL = frozenset({Tag.NOUN, Tag.PROPN, Tag.NUM})
_MODIFIER = frozenset({Tag.NOUN, Tag.PROPN, Tag.NUM, Tag.ADJ, Tag.X})
ATTACHING = frozenset(
    {
        "of",
        "for",
        "in",
        "at",
        "from",
        "to",
        "on",
        "with",
        "against",
        "behind",
        "near",
        "within",
        "under",
        "across",
        "between",
        "among",
        "outside",
    }
)
# Prepositions that belong to a party's own name: "the mayor of Tovar", "residents in the port".
OWN_PREPOSITIONS = frozenset({"of", "in", "at", "from"})
_ALSO_NAMES = frozenset({"may", "august", "april", "june", "summer", "winter", "day"})
_ALSO_NOUNS = frozenset({"fall", "spring", "march"})
_POINTING = frozenset({"this", "these", "those", "that"})
_PERSONS = frozenset({"he", "she", "they", "we", "i", "you"})
_CORRELATIVE = frozenset({"both", "either", "neither"})
INDEFINITE = frozenset({"nobody", "nothing", "none", "anyone", "everyone", "someone", "anybody"})
_JOINTS = frozenset({"-", "–", "‑", "$", "&", "/", ".", "'", "’", "%"})
ALONE = frozenset(
    {
        "all",
        "both",
        "each",
        "some",
        "many",
        "others",
        "few",
        "several",
        "most",
        "half",
        "none",
        "this",
        "these",
        "those",
        "another",
        "either",
        "neither",
        "critics",
    }
)
FARTHEST = 40


def _is_possessive(unit: Unit, i: int) -> bool:
    return unit.lows[i] in ("'s", "’s") and unit.tags[i] is Tag.PART


def is_time(unit: Unit, i: int) -> bool:
    """Whether a token names a time ("Monday", "last", "October")."""
    low = unit.lows[i]
    if low not in cues.words().timed and low not in _ALSO_NAMES:
        return False
    change = unit.lows[i - 1] in ("a", "an") and unit.lows[i + 1] in ("in", "of")
    if low in _ALSO_NOUNS and unit.tokens[i].text == low and (low == "march" or change):
        return False  # "a fall in prices"
    if low in _ALSO_NAMES and unit.tags[i] is Tag.PROPN and unit.tags[i - 1] is Tag.PROPN:
        return unit.lows[i + 1].isdigit()
    return low in cues.words().timed


def _spaced(unit: Unit, i: int) -> bool:
    """Whether a mark stands free: "TARSK, May 26 - Ostia said"."""
    after = unit.tokens[i + 1] if i + 1 < unit.length else None
    before, mark = unit.tokens[i - 1], unit.tokens[i]
    return before.end < mark.start and after is not None and mark.end < after.start


def base_left(unit: Unit, end: int) -> int:
    """Start of the plain noun phrase whose last token is ``end``; determiners included."""
    i = end
    level = unit.levels[end]
    if unit.lows[end] in _POINTING and unit.tags[end] in (Tag.DET, Tag.PRON):
        return end
    while i > 0 and end - i < FARTHEST:
        j = i - 1
        if unit.levels[j] != level and not unit.closes(j):
            break
        tag, low = unit.tags[j], unit.lows[j]
        if tag in NOMINAL and unit.tags[i] is Tag.PROPN and is_time(unit, j):
            break  # "20:10 GMT Open Gates said", "On Monday Rusk said"
        if tag in _MODIFIER:
            i = j
        elif low == "what":
            break  # "in what officials called a reprisal"
        elif tag is Tag.DET:
            i = j
            if (
                j > 0
                and unit.lows[j - 1] in ("all", "both", "half")
                and unit.tags[j - 1] is Tag.DET
            ):
                i = j - 1
            break
        elif (
            _is_possessive(unit, j)
            or (low in ("'", "’") and unit.lows[j - 1].endswith("s"))
            or (low in _JOINTS and j > 0 and unit.tags[j - 1] in _MODIFIER and not _spaced(unit, j))
            or (
                tag is Tag.VERB
                and unit.tokens[j].form in ("ing", "part", "past")
                and j > 0
                and (unit.tags[j - 1] in (Tag.DET, Tag.ADJ) or _is_possessive(unit, j - 1))
                and not (unit.lows[j - 1] == "first" and unit.tokens[j].form == "past")
            )
            or (
                tag is Tag.ADV and unit.tags[i] is Tag.ADJ and j > 0 and unit.tags[j - 1] is Tag.DET
            )
            or (
                low in ("and", "or", "&")
                and unit.tags[i] is Tag.ADJ
                and unit.tags[j - 1] is Tag.ADJ
            )
            or (tag is Tag.ADV and unit.tags[i] is Tag.NUM and not is_time(unit, j))
            or low == "most"
        ):
            i = j
        else:
            break
    if unit.lows[i - 1] == "than" and unit.lows[i - 2] in ("more", "fewer", "less"):
        return i - 2
    return i


def np_left(unit: Unit, end: int) -> int:
    """Start of the noun phrase that ends with ``end``, with what is attached to its left."""
    start = base_left(unit, end)
    while start > 1 and end - start < FARTHEST:
        low = unit.lows[start - 1]
        before = unit.tags[start - 2]
        nominal = before in NOMINAL or unit.lows[start - 2] == ")" or unit.lows[start - 2] in ALONE
        whole = _whole_before(unit, start)
        if whole is not None:
            return whole
        if low in ("to", "with") and before is Tag.ADJ and _describes(unit, start - 2):
            return start - 3 if unit.lows[start - 3] in ALONE else base_left(unit, start - 3)
        attaches = low in ATTACHING or (low == "by" and _is_authored(unit, start - 2))
        if attaches and unit.tags[start - 1] is Tag.ADP and nominal:
            if is_time(unit, start - 2) and low != "of":
                break
            start = base_left(unit, start - 2)
        elif low in ATTACHING and unit.lows[start - 2] in INDEFINITE:
            return start - 2
        elif low in ("and", "or") and unit.lows[start - 2] == "," and _ends_item(unit, start - 3):
            start = base_left(unit, start - 3)
        elif low in ("and", "&", "or", "nor") and (nominal or before is Tag.ADJ):
            left = base_left(unit, start - 2)
            if unit.lows[left - 1] in _CORRELATIVE or unit.lows[left] in _CORRELATIVE:
                return left - (unit.lows[left - 1] in _CORRELATIVE)  # "both the board and the ..."
            if not opens_clause(unit, left):
                if unit.tags[start] is Tag.DET:
                    break
                names = unit.tags[start] is Tag.PROPN and unit.tags[start - 2] is Tag.PROPN
                if not names and not (left > 0 and unit.tags[left - 1] is Tag.ADP):
                    break
            start = left
        elif low == "," and _in_list(unit, start, end) and nominal:
            start = base_left(unit, start - 2)
        else:
            break
    return start


def _whole_before(unit: Unit, start: int) -> int | None:
    """Start of "she and another reporter", "nine out of ten engineers"."""
    if unit.lows[start - 1] == "of" and unit.lows[start - 2] == "out":
        return start - 3 if unit.tags[start - 3] is Tag.NUM else None
    joins = unit.lows[start - 1] == "and" and unit.lows[start - 2] in _PERSONS
    return start - 2 if joins and opens_clause(unit, start - 2) else None


def _describes(unit: Unit, i: int) -> bool:
    """Whether an adjective says more of who stands before it: "people close to the talks"."""
    return unit.lows[i - 1] in ALONE or (
        unit.tags[i - 1] in (Tag.NOUN, Tag.PROPN) and opens_clause(unit, base_left(unit, i - 1))
    )


def _is_authored(unit: Unit, i: int) -> bool:
    """Whether a noun may be followed by who made it: "a poll by the paper"."""
    papers = cues.words().evidence | cues.words().papers
    if unit.tags[i] is not Tag.NOUN or unit.tokens[i].lemma in papers:
        return unit.tags[i] is Tag.NOUN
    of = base_left(unit, i) - 1  # "a survey of 900 voters by the institute"
    return unit.lows[of] == "of" and of > 0 and unit.tokens[of - 1].lemma in papers


def with_participle(unit: Unit, end: int) -> int:
    """End of a phrase with the participle or relative clause that closes it.

    "residents reached by phone", "a poll published on Sunday".
    """
    token = unit.tokens[end] if end < len(unit) else None
    if token is None:
        return end
    if token.tag is Tag.ADV and end + 1 < len(unit):
        token = unit.tokens[end + 1]
    participle = token.tag is Tag.VERB and token.form in ("part", "past", "ing")
    participle = participle or (token.tag is Tag.ADJ and unit.tags[end + 1] is Tag.ADP)
    if not participle and token.lower not in ("who", "that"):
        return end
    for k in range(end + 1, min(end + FARTHEST, len(unit))):
        if unit.tags[k] is Tag.PUNCT or k == len(unit) - 1:
            return k if unit.tags[k] is Tag.PUNCT else k + 1
        at = unit.group_at.get(k)
        if k > end + 1 and participle and at is not None and unit.groups[at].finite:
            return end
    return end


def _in_list(unit: Unit, start: int, end: int) -> bool:
    """Whether an "and" already joins names to the right: "A, B, and C"."""
    if unit.lows[start] in ("and", "or"):
        return True
    if not any(unit.lows[k] == "and" for k in range(start, end)):
        return False
    left = base_left(unit, start - 2)
    if unit.tags[start - 2] is not Tag.PROPN:
        return unit.tags[start - 2] is Tag.NOUN and left == 0 and unit.tags[start] is Tag.DET
    if unit.tags[left - 1] is Tag.ADP and left > 1 and unit.lows[left - 1] != "of":
        # "hit a market in Belun, Orr and Hale said", but "ministers from Belun, Orm and Pell"
        return unit.tags[start] is Tag.PROPN and opens_clause(unit, base_left(unit, left - 2))
    return unit.tags[start] is Tag.PROPN or left == 0


def _ends_item(unit: Unit, i: int) -> bool:
    """Whether a name that ends with ``i`` is the last but one of a list: "A, B, and C"."""
    if unit.tags[i] not in (Tag.NOUN, Tag.PROPN):
        return False
    left = base_left(unit, i)
    return (unit.lows[left - 1] == "," and unit.tags[left - 2] in NOMINAL) or left == 0


def opens_clause(unit: Unit, i: int) -> bool:
    if i <= 0:
        return True
    tag, low = unit.tags[i - 1], unit.lows[i - 1]
    return (
        tag in (Tag.SCONJ, Tag.CCONJ)
        or (tag is Tag.PUNCT and low not in ("-", "."))
        or (tag is Tag.ADV)
    )


def np_right(
    unit: Unit, start: int, apposition: bool = True, attaching: frozenset[str] = ATTACHING
) -> int:
    """End (exclusive) of the noun phrase that begins at ``start``, itself where there is none."""
    end = _base_right(unit, start)
    if end == start:
        return start
    while end < len(unit):
        low = unit.lows[end]
        if low in attaching and unit.tags[end] is Tag.ADP and not is_time(unit, end + 1):
            after = _base_right(unit, end + 1)
            if after == end + 1:
                break
            end = after
        elif (
            low in ("and", "&")
            and unit.tags[end - 1] is Tag.PROPN
            and (unit.tags[end + 1] is Tag.PROPN)
        ):
            after = _base_right(unit, end + 1)
            if any(g.finite and g.start == after for g in unit.groups):
                break
            end = after
        elif low == "(":
            close = next(
                (k for k in range(end, min(end + 12, len(unit))) if unit.lows[k] == ")"), None
            )
            if close is None:
                break
            end = close + 1
        else:
            break
    if apposition:
        end = _apposition_right(unit, end)
    return end


def _base_right(unit: Unit, start: int) -> int:
    i = start
    n = len(unit)
    if i < n and unit.tags[i] is Tag.PRON:
        return i + 1
    level = unit.levels[start]
    last = start
    while i < n and i - start < FARTHEST:
        if unit.levels[i] != level and not unit.opens(i):
            break
        tag, low = unit.tags[i], unit.lows[i]
        if tag in NOMINAL or (low == "general" and last == i > start):
            if is_time(unit, i) and last > start and tag is Tag.PROPN:
                break
            last = i + 1
        elif tag in (Tag.DET, Tag.ADJ) or _is_possessive(unit, i):
            headed = last > start or (i > start and unit.tags[i - 1] is Tag.ADJ)
            if tag is Tag.DET and headed and not _is_possessive(unit, i - 1):
                break  # "called the fine a scandal"
        elif (
            (
                tag is Tag.VERB
                and unit.tokens[i].form in ("ing", "part", "past")
                and (i > start and unit.tags[i - 1] in (Tag.DET, Tag.ADJ))
            )
            or (low in _JOINTS and i > start)
            or unit.opens(i)
            or (tag is Tag.ADV and unit.tags[i - 1] is Tag.DET and unit.tags[i + 1] is Tag.ADJ)
        ) or (low in ("and", "or") and unit.tags[i - 1] is Tag.ADJ and unit.tags[i + 1] is Tag.ADJ):
            pass
        else:
            break
        i += 1
    if last == start and i > start and (unit.lows[start] in ALONE or unit.tags[i - 1] is Tag.ADJ):
        return i
    return last


def _apposition_right(unit: Unit, end: int) -> int:
    """Over ", the chairman of the union" or ", who leads it", if it runs to a comma or the end."""
    if unit.lows[end] != ",":
        return end
    nxt = end + 1
    tag, low = unit.tags[nxt], unit.lows[nxt]
    relative = low in ("who", "whose", "which")
    if not relative and tag not in (Tag.DET, Tag.NOUN, Tag.PROPN, Tag.ADJ, Tag.NUM):
        return end
    if unit.levels[nxt] != unit.levels[end - 1]:
        return end
    if tag is Tag.NUM and unit.lows[nxt + 1] == "," and unit.lows[nxt].isdigit():
        return max(nxt + 1, _apposition_right(unit, nxt + 1))  # "Castell, 41, a teacher"
    finite = False
    for k in range(nxt, min(nxt + FARTHEST, len(unit))):
        if unit.opens(k):
            return end
        if unit.lows[k] in (",", ";", ":", "--", "—", "–") or k == len(unit) - 1:
            return k if k > nxt else end
        group = unit.group_at.get(k)
        if group is not None and unit.groups[group].finite and not relative:
            finite = True
        if finite:
            return end
    return end
