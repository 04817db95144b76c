"""Where content begins to the right of a cue, and where it ends."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.attribution import cues
from extraction.attribution.addressees import after_addressee
from extraction.attribution.adjuncts import is_time_phrase, skip_adjuncts, there_is
from extraction.attribution.cues import Cue
from extraction.attribution.nouns import OWN_PREPOSITIONS, is_time, np_right
from extraction.attribution.objects import Content, by_object, is_called
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Subject, Unit
from extraction.text.analysis import Tag

_REACH = 16
_NOT_FIRST = frozenset(
    {"who", "which", "as", "when", "while", "after", "because", "so", "otherwise"}
)


def finite_after(unit: Unit, start: int, limit: int) -> tuple[Group, Subject] | None:
    """The first finite verb from ``start`` on whose subject begins there: a clause."""
    level = unit.levels[start]
    tries = 0
    for group in unit.groups:
        if group.start <= start or not group.finite:
            continue
        if group.start >= limit or tries >= 4:
            break
        if unit.levels[group.head] not in (level, -1) and unit.levels[start] == -1:
            # the verb stands in a quoted fragment: "said the plan 'is dead'"
            before = unit.before_quote(group.head)
            if before < start:
                break
            return group, Subject(start, group.start, "subject")
        tries += 1
        found = subject(unit, group)
        if (
            found is not None
            and found.start >= start
            and found.how not in ("relative pronoun", "shared subject")
        ):
            return group, found
    return None


def bare_clause(unit: Unit, start: int, limit: int) -> bool:
    """Whether a subject with a finite verb begins at ``start``."""
    if start >= limit:
        return False
    amount = _amount(unit, start)
    if amount > start:
        return bare_clause(unit, amount, limit)
    if unit.lows[start] == "neither" and any(g.head == start + 1 for g in unit.groups):
        return True
    if _opens_no_clause(unit, start):
        return False
    if there_is(unit, start) or (unit.opens(start) and quoted_first(unit, start)):
        return True
    low, tag = unit.lows[start], unit.tags[start]
    if low in ("no", "nobody", "nothing", "none", "neither"):
        return any(start < g.start < start + 14 and g.finite for g in unit.groups)
    if low in ("if", "unless", "although", "once", "since") or tag is Tag.ADP:
        comma = next((k for k in range(start, min(limit, start + 30)) if unit.lows[k] == ","), -1)
        return comma > 0 and bare_clause(unit, comma + 1, limit)
    found = finite_after(unit, start, limit)
    if found is None:
        return False
    group, who = found
    if who.start - start > 25 or (who.start > start and unit.lows[who.start - 1] == "but"):
        return False
    if any(
        start <= g.start < who.start and g.form == "ing" and "c" in _frames(g) for g in unit.groups
    ):
        return False  # "repeated its call for a truce, saying the fighting was"
    return _leads_to(unit, start, group, who)


def quoted_first(unit: Unit, start: int) -> bool:
    """Whether a quotation begins a clause: 'said "there are ways"', 'said "the enemy" had fled'."""
    if there_is(unit, start + 1):
        return True
    end = unit.after_quote(start)
    named = unit.tags[end - 2] in (Tag.NOUN, Tag.PROPN) and end - start > 2
    return named and any(g.start == end and g.finite for g in unit.groups)


def _leads_to(unit: Unit, start: int, group: Group, who: Subject) -> bool:
    """Whether nothing between ``start`` and the subject closes the clause."""
    if "whose" in unit.lows[start : who.start + 1]:
        return False
    for k in range(start, who.start):
        if unit.lows[k] == "that" and unit.tokens[k - 1].lemma in cues.nouns():
            continue
        if unit.lows[k] == "," and unit.lows[k + 1] in ("when", "while", "after", "because"):
            return False
        if unit.tags[k] in (Tag.SCONJ, Tag.CCONJ) or unit.lows[k] in (",", ";", "which", "who"):
            return unit.tags[k] is not Tag.SCONJ and group.start - start < 25
    return True


def _frames(group: Group) -> frozenset[str]:
    cue = cues.verbs().get(group.lemma)
    return cue.frames if cue is not None and not cue.weak else frozenset()


def _opens_no_clause(unit: Unit, i: int) -> bool:
    tag = unit.tags[i]
    return (
        (tag is Tag.PUNCT and not unit.opens(i))
        or tag in (Tag.CCONJ, Tag.AUX)
        or unit.lows[i] in _NOT_FIRST
        or (tag is Tag.VERB and unit.tokens[i].form in ("past", "part", "s"))
    )


def _amount(unit: Unit, start: int) -> int:
    """The figure behind "at least", "up to", "as many as", "over", or ``start``."""
    low, nxt = unit.lows[start], unit.lows[start + 1]
    if low == "at" and nxt in ("least", "most"):
        return start + 1
    if low == "up" and nxt == "to":
        return start + 2
    if low == "as" and unit.lows[start + 2] == "as":
        return start + 3
    if low == "between" and unit.tags[start + 1] is Tag.NUM:
        return start + 1
    figure = unit.tags[start + 1] is Tag.NUM and not is_time_phrase(unit, start + 1)
    return start + 1 if low in ("over", "about", "around", "under", "nearly") and figure else start


def has_finite(unit: Unit, start: int, end: int) -> bool:
    return any(start <= g.head < end and g.finite for g in unit.groups)


def right_content(unit: Unit, cue: Cue, group: Group) -> Content | None:
    """The content to the right of a verb cue by its frames, strongest sign first."""
    limit = len(unit)
    at = group.end
    if unit.lows[at] in cue.not_before:
        return None
    if "|" in cue.lemma:
        return Content(at, limit, "object", at)
    at += particle(unit, cue, at)
    if unit.lows[at] == "out" and "out" in cue.preps:
        at += 1
        if unit.lows[at] in ("for", "against", "on", "about") and not cue.frames:
            return Content(at + 1, limit, "prep", at + 1)  # "spoke out against"
        if cue.frames <= {"o", "t", "c", "q", "p"} and "to" not in cue.preps:
            wanted = "" if cue.object_class == "none" else cue.object_class
            found = by_object(unit, replace(cue, object_class=wanted), at, limit)
            if found is not None:
                return replace(found, frame="prep")
    plain = at
    addressed, addressee = after_addressee(unit, cue, at)
    found = _by_preposition(unit, cue, plain, limit)
    if found is None and addressee is not None and unit.lows[addressed] in cue.preps:
        found = _by_preposition(unit, cue, addressed, limit)
        if found is not None:
            found = replace(found, cue_end=group.end, addressee=addressee)
    if found is not None:
        return found
    for start, who in ((addressed, addressee), (plain, None)):
        if start == plain and who is None and addressee is not None:
            continue
        found = _by_frame(unit, cue, group, start, limit, who)
        if found is not None:
            return found
    if addressee is not None:
        # the noun phrase was the object after all
        found = _by_frame(unit, cue, group, plain, limit, None)
    return found


def particle(unit: Unit, cue: Cue, at: int) -> int:
    """How many tokens at ``at`` make up what the cue wants next to it ("fired back")."""
    for length in (2, 1) if cue.after else ():
        if " ".join(unit.lows[k] for k in range(at, at + length)) in cue.after:
            return length
    return 0


def _by_preposition(unit: Unit, cue: Cue, at: int, limit: int) -> Content | None:
    if not cue.preps:
        return None
    i = at
    if unit.lows[i] not in cue.preps:
        i = skip_adjuncts(unit, at)
        if unit.lows[i] not in cue.preps or i - at > 6:
            return None
    if unit.lows[i] == "to" and unit.tags[i] is Tag.PART:
        return None
    start = i + 1
    tag = unit.tags[start]
    if tag is None or (tag is Tag.PUNCT and not unit.opens(start)):
        return None
    if is_time_phrase(unit, start) or (
        unit.lows[start] in ("a", "an") and is_time(unit, start + 2)
    ):
        return None
    if cue.prep_object and not _names_one_of(unit, start, cue.prep_object):
        return None
    addressee = None
    if unit.lows[i] in ("on", "upon", "to") and cue.lemma in ("call", "appeal"):
        end = np_right(unit, start, apposition=False)
        if cue.lemma == "appeal" and unit.lows[end] not in ("to", "for", "not"):
            return None  # "appeals to children"
        addressee = (start, end)
    return Content(start, limit, "prep", i + 1, addressee)


def _names_one_of(unit: Unit, start: int, named: str) -> bool:
    end = np_right(unit, start, apposition=False, attaching=OWN_PREPOSITIONS)
    wanted = cues.words().classes[named]
    return unit.opens(start) or any(unit.tokens[k].lemma in wanted for k in range(start, end))


def _by_frame(
    unit: Unit,
    cue: Cue,
    verb: Group,
    start: int,
    limit: int,
    addressee: tuple[int, int] | None,
) -> Content | None:
    frames = cue.frames
    at = _to_clause(unit, cue, start)
    low, tag = unit.lows[at], unit.tags[at]
    if tag is None:
        return None
    if low == "that" and "t" in frames and _is_complement(unit, cue, at):
        return Content(at, limit, "that", start, addressee)
    if (
        low in cues.words().wh
        and "w" in frames
        and _is_question(unit, at)
        and (unit.lows[at + 1] != ":")
    ):
        return Content(at, limit, "whether", start, addressee)
    if low == "not" and unit.lows[at + 1] == "to":
        low, tag = "to", Tag.PART
    if low == "to" and tag is Tag.PART and at - start < 4 and not _rings_up(unit, cue, at):
        if "n" in frames and addressee is not None and _can_act(unit, addressee):
            return Content(addressee[0], limit, "object to", addressee[0], addressee)
        if "i" in frames or "a" in frames:
            return Content(at, limit, "to", at, addressee)
    if tag in (Tag.VERB, Tag.AUX) and unit.tokens[at].form == "ing" and "g" in frames:
        return Content(at, limit, "-ing", at, addressee)
    if "c" in frames and bare_clause(unit, at, limit) and low != "that":
        return Content(at, limit, "clause", start, addressee)
    if "c" in frames and addressee is None and verb.form == "s" and _headline_clause(unit, at):
        return Content(at, limit, "clause", start, addressee)
    if "s" in frames and addressee is None and is_called(unit, start):
        return by_object(unit, cue, start, limit)
    if "o" in frames and addressee is None:
        return by_object(unit, cue, start, limit) or _dated_object(unit, cue, start, at, limit)
    if "n" in frames and addressee is not None and "o" in frames:
        return by_object(unit, cue, addressee[0], limit)
    return None


def _dated_object(unit: Unit, cue: Cue, start: int, at: int, limit: int) -> Content | None:
    """ "Announced on Monday a truce": the object stands behind the time."""
    return by_object(unit, cue, at, limit) if at > start and unit.tags[at] is Tag.DET else None


def _rings_up(unit: Unit, cue: Cue, at: int) -> bool:
    """ "Called to say" asks for nothing; "called to ban" does."""
    return cue.lemma == "call" and unit.tokens[at + 1].lemma in cues.verbs()


def _headline_clause(unit: Unit, start: int) -> bool:
    """'says talks "going nowhere"': a clause without its verb, as headlines have it."""
    if unit.tags[start] not in (Tag.NOUN, Tag.PROPN) or has_finite(unit, start, unit.length):
        return False
    rest = range(start + 1, unit.length)
    return any(unit.opens(k) for k in rest) or (
        unit.title and any(unit.tags[k] in (Tag.ADJ, Tag.VERB) for k in rest)
    )


def _can_act(unit: Unit, phrase: tuple[int, int]) -> bool:
    """Whether a phrase may name somebody: no "a halt", "an end"."""
    start, end = phrase
    if unit.lows[start] in ("a", "an", "no") and unit.tags[end - 1] is Tag.NOUN:
        return False
    return not (end - start == 1 and unit.lows[start] in ("it", "this", "that"))


def _to_clause(unit: Unit, cue: Cue, start: int) -> int:
    """The token at which the clause begins, past adjuncts and paired commas."""
    i = skip_adjuncts(unit, start)
    if unit.lows[i] in (",", "-", "--", "—", "–"):
        that = _past_aside(unit, i)
        if that is not None:
            return that
    i = _past_place(unit, cue, i)
    occasion = i > 0 and unit.tokens[i - 1].lemma in cues.words().occasions
    participle = unit.tags[i] is Tag.VERB and unit.tokens[i].form in ("part", "past")
    if unit.tags[i] is Tag.VERB and unit.tokens[i].lemma in ("cite", "quote") and i == start:
        that = next((k for k in range(i + 2, i + 10) if unit.lows[k] == "that"), i)
        return that  # "wrote citing two officials that"
    if participle and (i > start or occasion):
        that = next((k for k in range(i + 1, i + 14) if unit.lows[k] in ("that", ",")), i)
        if unit.lows[that] == "that":
            return that  # "said in a video posted online that"
    if "o" in cue.frames or unit.lows[i] == "that":
        return i
    level = unit.levels[i]
    for k in range(i, min(i + _REACH, len(unit))):
        if unit.lows[k] == "that" and unit.levels[k] == level:
            return k if _plain_way(unit, cue, i, k) else i
        if unit.tags[k] is Tag.PUNCT:
            break
    return i


def _past_aside(unit: Unit, i: int) -> int | None:
    """The "that" behind an aside: "said, for once, that", "would argue - and some do - that"."""
    mark = unit.lows[i]
    if mark == "," and unit.lows[i + 1] == "that":
        return i + 1
    for k in range(i + 1, min(i + 14, len(unit))):
        if unit.lows[k] == mark and unit.lows[k + 1] == "that":
            return k + 1
    return None


def _past_place(unit: Unit, cue: Cue, i: int) -> int:
    """Over "to the court", "in both listings", where a clause follows."""
    if unit.tags[i] is not Tag.ADP or unit.lows[i] in ("of", "for") or unit.lows[i] in cue.preps:
        return i
    end = np_right(unit, i + 1, apposition=False)
    if end == i + 1 or not cue.frames & {"t", "c"}:
        return i
    if unit.lows[end] == ",":  # "told to the first witness, Ina Orr, that"
        aside = np_right(unit, i + 1)
        end = aside + 1 if unit.lows[aside] == "," and unit.lows[aside + 1] == "that" else end
    if unit.lows[end] == "that" and "t" in cue.frames:
        return end
    pronoun = unit.tags[end] is Tag.PRON and "c" in cue.frames
    return end if pronoun and bare_clause(unit, end, len(unit)) else i


def _plain_way(unit: Unit, cue: Cue, start: int, that: int) -> bool:
    if any(start <= g.start < that and g.finite for g in unit.groups):
        return False
    return unit.tags[start] in (Tag.ADP, Tag.ADV) or "a" in cue.frames


def _is_complement(unit: Unit, cue: Cue, at: int) -> bool:
    """Whether "that" opens a clause and is no determiner or pronoun."""
    nxt = unit.tags[at + 1]
    if unit.closes(at + 2) and unit.tags[at + 1] is Tag.PUNCT:
        return False
    if nxt is None or (
        nxt is Tag.PUNCT and unit.lows[at + 1] not in (",", "(") and not unit.opens(at + 1)
    ):
        return False
    if "o" in cue.frames and unit.tags[at] is Tag.DET:
        return bare_clause(unit, at + 1, len(unit)) or not has_finite(unit, at, at + 6)
    return True


def _is_question(unit: Unit, at: int) -> bool:
    low = unit.lows[at]
    if low in ("whether", "why", "how", "what", "if", "where"):
        return True
    if low in ("when", "who") and unit.tags[at + 1] in (None, Tag.PUNCT):
        return unit.lows[at + 1] not in (",", ":")  # "did not say when"
    return unit.tags[at + 1] is not Tag.PUNCT and has_finite(unit, at, at + 12)
