"""Where content that stands to the right of its cue ends."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.clauses import bare_clause, quoted_first
from extraction.attribution.followers import (
    acts_inside,
    apposition_follows,
    charge_after,
    contrasts,
    is_checked,
    list_goes_on,
    only_describes,
    remarks,
    speaks_next,
)
from extraction.attribution.nouns import is_time, np_right
from extraction.attribution.objects import Content
from extraction.attribution.subjects import is_cue, subject
from extraction.attribution.units import Group, Unit
from extraction.text.analysis import Tag

# Frames whose content is a phrase and ends early.
_SHORT = frozenset({"object", "prep", "to", "-ing"})
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
_CLAUSES = frozenset({"that", "clause", "whether", "quotation"})
_OPENERS = frozenset(
    {"with", "as", "while", "when", "after", "although", "though", "because", "since"}
)
_ASIDE_OPENERS = frozenset({"while", "after", "although", "though", "before"})
_MODALS = frozenset({"will", "would", "may", "might", "must", "shall", "should"})
_COORDINATORS = frozenset({"and", "but", "or", "yet"})
_FOLLOWERS = frozenset(
    {
        "while",
        "though",
        "although",
        "as",
        "after",
        "when",
        "whereas",
        "even",
        "because",
        "with",
        "despite",
        "since",
    }
)


def clause_end(unit: Unit, content: Content, cue_group: Group, cue_starts: dict[int, Group]) -> int:
    """Where content ends: before the next cue of the same or another speaker, or the end.

    ``cue_starts`` maps the first token of every other cue group of the unit to the group.
    """
    level = unit.levels[cue_group.head]
    n = len(unit)
    if level != -1:
        n = unit.after_quote(cue_group.head)
        if unit.quote(cue_group.head).closed:
            n -= 1
    n = min(n, _relative_end(unit, cue_group))
    depth = 0
    for k in range(content.start + 1, n):
        low = unit.lows[k]
        if k in unit.tails:
            return k if low == "," else k + 1
        if unit.levels[k] != level:
            if _follows_quotation(unit, k, content, cue_group, cue_starts):
                return k + 1
            continue
        if low in _BRACKETS:
            depth += _BRACKETS[low]
            if depth < 0:
                return k
        if low == "," and unit.lows[k + 1] == "with" and only_describes(unit, k + 2):
            break
        if depth == 0 and _breaks_at(unit, k, content, cue_group, cue_starts):
            return k
    end = n
    while (
        end > content.start
        and unit.lows[end - 1] in (".", "!", "?", ",")
        and unit.levels[end - 1] == level
    ):
        end -= 1
    return end


def _relative_end(unit: Unit, cue_group: Group) -> int:
    """Where a relative clause with this cue ends: "an officer who asked not to be named told"."""
    who = subject(unit, cue_group)
    if who is not None and unit.lows[who.start] in ("who", "which"):
        for group in unit.groups:
            if group.start > cue_group.start and group.finite:
                outer = subject(unit, group)
                if outer is not None and outer.start < who.start < outer.end:
                    return group.start
    return unit.length


def _follows_quotation(
    unit: Unit, k: int, content: Content, cue_group: Group, cue_starts: dict[int, Group]
) -> bool:
    """Whether token ``k`` closes a quotation after which the next cue or clause comes."""
    if not unit.closes(k) or unit.lows[k - 1] != ",":
        return False
    if content.frame == "object" and unit.tags[k + 1] in (Tag.VERB, Tag.SCONJ):
        return True
    if unit.lows[k + 1] in _COORDINATORS:
        for group in unit.groups:
            if group.finite and k + 2 < group.start < k + 6:
                who = subject(unit, group)
                if who is not None and who.start == k + 2:
                    return True
        second = _cue_from(unit, k + 2, cue_starts)
        if second is not None and second.finite and not cue_group.finite:
            return True  # 'saying it was "dead," and called for talks'
        return _new_clause(unit, k + 2, unit.lows[k + 1], content, cue_group, cue_starts)
    if _ends_first_clause(unit, k, cue_group):
        return True
    after, tag = unit.lows[k + 1], unit.tags[k + 1]
    if after in _ASIDE_OPENERS or (tag is Tag.VERB and unit.tokens[k + 1].form == "ing"):
        return True  # 'called it "a sham," drawing cheers'
    if _goes_on_outside(unit, k + 1, cue_group):
        return True
    follower = _cue_from(unit, k + 1, cue_starts)
    return unit.lows[k + 1] == "according" or (follower is not None and follower.form == "ing")


def _goes_on_outside(unit: Unit, i: int, cue_group: Group) -> bool:
    """Whether the main verb follows: 'a man she described as "weak," did not reply'."""
    verb = next((g for g in unit.groups if g.start >= i), None)
    if verb is None or verb.start != i or not verb.finite:
        return False
    who = subject(unit, verb)
    return who is None or who.start < cue_group.start


def _breaks_at(
    unit: Unit, k: int, content: Content, cue_group: Group, cue_starts: dict[int, Group]
) -> bool:
    low = unit.lows[k]
    short = content.frame in _SHORT
    if low == ",":
        return _breaks_at_comma(unit, k, content, cue_group, cue_starts)
    if low == ";" or (low == ":" and content.frame not in _CLAUSES):
        return True
    if low == ":" and speaks_next(unit, k + 1):
        return True
    if low in ("--", "—", "–") and short:
        return True
    if low in _COORDINATORS:
        return _new_clause(unit, k + 1, low, content, cue_group, cue_starts)
    if short and unit.tags[k] is Tag.SCONJ:
        if low == "as" and any(unit.lows[j] == "as" for j in range(max(0, k - 6), k)):
            return False  # "as worried as they were"
        if low == "if" and content.frame == "object":
            return False  # "threatened a strike if nobody paid"
        if low == "as" and unit.opens(k + 1):
            return quoted_first(unit, k + 1)
        if low in ("as", "if"):
            return bare_clause(unit, k + 1, len(unit))
        if low == "when" and content.frame == "-ing":
            return False  # "denied taking money when he was mayor"
        if low == "after" and is_time(unit, k - 1):
            return False  # "violating a truce hours after it began"
        return low in ("while", "when", "after", "because", "although", "though")
    return False


def _breaks_at_comma(
    unit: Unit, k: int, content: Content, cue_group: Group, cue_starts: dict[int, Group]
) -> bool:
    nxt = unit.lows[k + 1]
    if _ends_first_clause(unit, k, cue_group) or _ends_inserted(unit, k, cue_group):
        return True
    blames = content.frame == "object" and cues.verbs()[cue_group.lemma].target
    charged = nxt in ("of", "for") or (nxt in ("whose", "who") and charge_after(unit, k))
    if (blames and charged) or (nxt == "to" and _lists_deeds(unit, k, content)):
        return False
    if nxt == "but" and content.frame in ("object", "prep", "-ing", "whether"):
        return True
    if nxt in _COORDINATORS:
        return _new_clause(unit, k + 2, nxt, content, cue_group, cue_starts)
    group = _cue_from(unit, k + 1, cue_starts)
    if group is not None and (
        (group.form == "ing" and not group.finite)
        or (
            group.start == k + 1
            and group.finite
            and group.form == cue_group.form
            and unit.lows[group.end] not in cues.verbs()[group.lemma].not_before
            and not acts_inside(unit, group, content)
        )
    ):
        return True
    if nxt in ("a", "an") and remarks(unit, k + 2):
        return True
    if nxt == "stopping" and unit.lows[k + 2] == "short":
        return True
    if nxt == "according" or (nxt == "which" and is_checked(unit, k + 2)):
        return True
    if nxt in ("while", "whereas", "though", "although") and contrasts(unit, k + 2):
        return True
    if nxt in ("with", "plus") and unit.tags[k + 2] is Tag.NUM:
        return False  # "lowered its count to 40, with 12 missing"
    if nxt in _FOLLOWERS and content.frame in _SHORT:
        return True
    if content.frame in ("object", "prep", "-ing"):
        if unit.tags[k - 1] in (Tag.SCONJ, Tag.CCONJ, Tag.VERB, Tag.ADP):
            return False
        return not (list_goes_on(unit, k) or apposition_follows(unit, k))
    return False


def _lists_deeds(unit: Unit, k: int, content: Content) -> bool:
    """Whether a comma parts what is asked: "called on Orr to apologise, to free it and to pay"."""
    return unit.tags[k + 1] is Tag.PART and "to" in unit.lows[content.start : k]


def _ends_inserted(unit: Unit, k: int, cue_group: Group) -> bool:
    """Whether the comma ends "the woman, who police say lied," before "fled"."""
    if cue_group.form == "ing" and not cue_group.finite:
        return _goes_on_outside(unit, k + 1, cue_group)  # "Orr, noting that it was late, said"
    speaker = subject(unit, cue_group)
    if speaker is None or unit.lows[speaker.start - 1] not in ("who", "which"):
        return False
    return _goes_on_outside(unit, k + 1, cue_group)


def _ends_first_clause(unit: Unit, k: int, cue_group: Group) -> bool:
    """Whether the comma ends "As the mayor says that ...," before the main clause."""
    opener = next((i for i in range(2) if unit.lows[i] in _OPENERS), -1)
    if opener < 0 and unit.lows[1] in ("if", "whether") and unit.tags[0] is Tag.VERB:
        opener = 1  # "Asked if she believed it, Brandt said"
    fronted = unit.tags[0] is Tag.VERB and not unit.groups[0].finite
    if opener < 0 and ((cue_group.start <= 1 and not cue_group.finite) or fronted):
        opener = 0  # "Asked about claims that it was late, Orr said"
    if opener < 0 or any(g.finite and opener < g.start < cue_group.start for g in unit.groups):
        return False
    if not bare_clause(unit, k + 1, len(unit)):
        return False
    if all(unit.lows[i] != "," for i in range(cue_group.end, k - unit.closes(k))):
        return True
    speakers = (subject(unit, g) for g in unit.groups if g.start > k and g.finite and is_cue(g))
    return any(who is not None and who.start == k + 1 for who in speakers)


def _cue_from(unit: Unit, i: int, cue_starts: dict[int, Group]) -> Group | None:
    """The cue group that begins at ``i``, adverbs aside."""
    for k in range(i, min(i + 3, len(unit))):
        if k in cue_starts:
            return cue_starts[k]
        if unit.tags[k] is not Tag.ADV and unit.lows[k] not in ("in", "then", "turn"):
            return None
    return None


def _same_speaker(content: Content, cue_group: Group, direct: Group) -> bool:
    """Whether a cue right after a conjunction has the subject of the cue before: "and said"."""
    if cues.verbs()[direct.lemma].weak and content.frame in _CLAUSES:
        return False
    if content.frame == "to" and direct.form == "base":
        return False
    phrase = content.frame not in _CLAUSES and not cue_group.finite
    if direct.finite and direct.form in ("past", "s") and phrase:
        return True  # "spoke of Ostia vowing to fight and said"
    return (
        direct.form == cue_group.form
        or (direct.finite and not cue_group.form)
        or (direct.finite and cue_group.finite and content.frame in ("object", "prep", "that"))
    )


def _is_second_fate(unit: Unit, i: int, content: Content, direct: Group) -> bool:
    """Whether a participle goes on with a passive: "called for Orr to be fired and charged"."""
    inside = [g for g in unit.groups if content.start <= g.start < i]
    if not inside or direct.start != direct.head or direct.form not in ("past", "part"):
        return False
    first = inside[-1]
    suffers = first.passive and (first.infinitive or first.modal)
    return suffers and unit.tags[direct.end] in (None, Tag.PUNCT, Tag.ADP)


def _names_another(unit: Unit, i: int, cue_starts: dict[int, Group]) -> bool:
    """Whether "officials reporting" stands beside "each side accusing the other"."""
    end = np_right(unit, i, apposition=False)
    return end > i and end in cue_starts and cue_starts[end].form == "ing"


def _back_to_speaker(unit: Unit, i: int, content: Content, cue_group: Group) -> bool:
    """Whether a second verb of the speaker follows: "said it would comply but sent nobody"."""
    if cue_group.form not in ("past", "s") or not cue_group.finite:
        return False
    verb = next((g for g in unit.groups if g.start >= i), None)
    if verb is not None and verb.start == i and verb.lemma == "stop":
        return unit.lows[verb.end] == "short"
    if verb is None or verb.start > i + 1 or verb.form != cue_group.form or not verb.finite:
        return False
    if verb.start == i + 1 and unit.tags[i] is not Tag.ADV:
        return False
    inside = [g for g in unit.groups if content.start < g.start < i and g.finite]
    return bool(inside) and unit.lows[inside[-1].start] in _MODALS


def _new_clause(
    unit: Unit,
    i: int,
    conjunction: str,
    content: Content,
    cue_group: Group,
    cue_starts: dict[int, Group],
) -> bool:
    """Whether a new statement, and no more of the content, begins at ``i`` after a conjunction."""
    if unit.lows[i] in ("that", "whether") and content.frame in ("that", "clause", "whether"):
        return False
    if unit.lows[i] in cues.words().wh:
        return False
    if unit.lows[i] == ",":  # "and, like the others this year, does not mention"
        i = next((k + 1 for k in range(i + 1, i + 12) if unit.lows[k] == ","), i)
    direct = _cue_from(unit, i, cue_starts)
    if cue_group.form == "ing" and _names_another(unit, i, cue_starts):
        return True
    if content.frame in _CLAUSES and _back_to_speaker(unit, i, content, cue_group):
        return True
    if direct is not None and _is_second_fate(unit, i, content, direct):
        return False
    if direct is not None:
        light = next((g for g in unit.groups if g.end == cue_group.start and g.finite), None)
        if cue_group.infinitive and light is not None and light.form == direct.form:
            return True  # "continues to insist that he is well and refuses"
        return _same_speaker(content, cue_group, direct)
    return _other_clause(unit, i, conjunction, content, cue_starts)


def _other_clause(
    unit: Unit, i: int, conjunction: str, content: Content, cue_starts: dict[int, Group]
) -> bool:
    """Whether a clause with a subject of its own begins at ``i`` and is no more of the content."""
    if content.frame in ("object", "prep", "-ing", "to"):
        for group in unit.groups:
            if group.start >= i:
                if group.start > i + 12:
                    break
                if group.finite:
                    who = subject(unit, group)
                    return group.start == i or (who is not None and i <= who.start <= i + 2)
        return False
    for start, group in cue_starts.items():
        if i < start < i + 14 and group.finite:
            who = subject(unit, group)
            if (
                who is not None
                and i <= who.start <= i + 2
                and (who.how.startswith("subject") and unit.lows[who.start] not in ("who", "which"))
            ):
                own = unit.lows[who.start] not in ("he", "she", "it", "they")
                return conjunction == "but" or own or not cues.verbs()[group.lemma].weak
    return False
