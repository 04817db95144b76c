"""Who stands before an apposition, a relative clause or a bracket."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.nouns import FARTHEST, NOMINAL, is_time, np_left, np_right, opens_clause
from extraction.attribution.units import Group, Subject, Unit
from extraction.text.analysis import Tag

RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
OBJECT_PRONOUNS = frozenset(
    {"him", "them", "us", "me", "themselves", "himself", "herself", "itself", "'s"}
)


def parenthesis_left(unit: Unit, j: int) -> int:
    """The opening comma or bracket that matches the one at ``j``; -1 where there is none."""
    if unit.lows[j] == ")":
        for k in range(j - 1, max(-1, j - 20), -1):
            if unit.lows[k] == "(":
                return k
        return -1
    same = {unit.lows[j]}
    level = unit.levels[j]
    for k in range(j - 1, max(-1, j - FARTHEST), -1):
        if unit.levels[k] != level:
            continue
        if unit.lows[k] in same and unit.tags[k] is Tag.PUNCT:
            return k
        if unit.lows[k] in (";", ":"):
            return -1
    return -1


def before_parenthesis(unit: Unit, open_at: int, close_at: int) -> Subject | None:
    """The phrase before an apposition, relative clause or adjunct between commas."""
    head = open_at - 1
    if unit.lows[head] in RELATIVE:
        return Subject(head, head + 1, "relative pronoun")
    if unit.tags[head] is Tag.PRON and unit.lows[head] not in OBJECT_PRONOUNS:
        return Subject(head, head + 1, "subject")
    if unit.tags[head] is Tag.NUM and unit.lows[head - 1] == "," and unit.lows[head].isdigit():
        found = before_parenthesis(unit, head - 1, close_at)  # "The captain, 58, of Pell,"
        return Subject(found.start, close_at, "subject with apposition") if found else None
    described = unit.tags[head] is Tag.ADJ and np_left(unit, head) < head  # "its campaign chief,"
    if not (described or unit.tags[head] in NOMINAL) or is_time(unit, head):
        return None
    first = open_at + 1
    tag, low = unit.tags[first], unit.lows[first]
    named = tag in (Tag.DET, Tag.NOUN, Tag.PROPN, Tag.NUM) or low in RELATIVE
    adjective = tag is Tag.ADJ and not is_time(unit, first)
    start = np_left(unit, head)
    bracket = unit.lows[close_at] == ")"
    outer = _relative_before(unit, start) - 1 if bracket else _outer_comma(unit, start)
    if outer > 0:
        found = before_parenthesis(unit, outer, close_at)
        if found is not None:
            return found
    if unit.lows[close_at] == ")":
        return Subject(start, close_at + 1, "subject")
    if start > 0 and unit.tags[start - 1] is Tag.ADP and (named or adjective):
        # "On Monday in Paris, the minister, ..." has its subject inside the commas.
        return None
    if named or adjective:
        return Subject(start, close_at, "subject with apposition")
    return Subject(start, open_at, "subject")


def _outer_comma(unit: Unit, start: int) -> int:
    """The comma that opens the apposition or clause in which the phrase at ``start`` stands."""
    low = unit.lows[start - 1]
    titled = (
        unit.tags[start] is Tag.PROPN
        and unit.tags[start - 2] is Tag.NOUN
        and opens_clause(unit, np_left(unit, start - 2))
    )
    if (
        low == ","
        and not is_time(unit, start - 2)
        and (unit.tags[start - 2] is Tag.PROPN or titled)
    ):
        return start - 1
    if low == "whose" and unit.lows[start - 2] == ",":
        return start - 2
    if unit.lows[start] == "whose" and low == ",":
        return start - 1
    if unit.tags[start - 1] is Tag.ADP and start > 2:
        for k in range(start - 1, max(0, start - 12), -1):
            if unit.lows[k] == "," and unit.tags[k - 1] is Tag.PROPN:
                return k
    return _relative_before(unit, start) - 1


def _relative_before(unit: Unit, start: int) -> int:
    """The pronoun of a relative clause that the phrase at ``start`` stands in; -1 if in none.

    "A, whose aides are members of the board, which meets on Mondays, said".
    """
    if unit.tags[start - 1] not in (Tag.VERB, Tag.AUX, Tag.ADP, Tag.ADJ):
        return -1
    for k in range(start - 1, max(0, start - 25), -1):
        if unit.lows[k] in ("who", "which", "whose") and unit.lows[k - 1] == ",":
            return k
        if unit.lows[k] in (";", ":"):
            return -1
    return -1


def introduced(unit: Unit, group: Group) -> Subject | None:
    """ "Tom Orr, facing a hard race in Tovar, a port, said": what begins the sentence.

    Only where no other verb of the main clause stands between the first comma and the cue.
    """
    sentence = unit.analysis.sentence_at(unit.tokens[group.start].start)
    if sentence is None:
        return None
    start = max(0, sentence.first - unit.first)
    if unit.levels[start] != unit.levels[group.head] or unit.tags[start] is Tag.NUM:
        return None
    end = np_right(unit, start, apposition=False)
    if end == start or unit.lows[end] != "," or end >= group.start - 1 or is_time(unit, start):
        return None
    inside = [g for g in unit.groups if end < g.start < group.start and g.finite]
    described = {"who", "which", "whose", "that", "when", "where"}
    for other in inside:
        opener = next((k for k in range(other.start, end, -1) if unit.lows[k] in described), None)
        if opener is None or sum(g.finite for g in inside if opener <= g.start <= other.start) > 1:
            return None
    first = unit.tags[end + 1]
    verbal = first is Tag.VERB or unit.lows[end + 1] in described or first in (Tag.DET, Tag.NOUN)
    if not verbal or any(unit.levels[k] != unit.levels[start] for k in range(end, group.start)):
        return None
    commas = sum(unit.lows[k] == "," for k in range(end, group.start))
    return Subject(start, group.start - 1, "subject with apposition") if commas > 2 else None


def outer_subject(unit: Unit, group: Group) -> Subject | None:
    """Who stands before the comma: "Orr, noting that turnout was low, said"."""
    before = group.start - 1
    if group.form != "ing" or unit.lows[before] != "," or unit.tags[before - 1] not in NOMINAL:
        return None
    later = [g for g in unit.groups if g.start > group.end and g.finite]
    main = next((g for g in later if unit.lows[g.start - 1] == ","), None)
    if main is None or main is later[0] or unit.levels[main.head] != unit.levels[group.head]:
        return None
    start = np_left(unit, before - 1)
    return Subject(start, before, "shared subject") if opens_clause(unit, start) else None


def adverbs_before(unit: Unit, j: int) -> int:
    """How many tokens up to ``j`` only say how or when it is said: "not", "in turn", "first"."""
    low = unit.lows[j]
    if unit.tags[j] is Tag.ADV or low in ("not", "'", "’"):
        return 1
    if f"{unit.lows[j - 1]} {low}" in cues.words().adverbials:
        return 2
    return int(low == "first" and unit.tags[j - 1] in (Tag.PRON, Tag.PROPN, Tag.NOUN))
