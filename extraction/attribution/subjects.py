"""Who the subject of a verb is."""

from __future__ import annotations

from extraction.attribution import cues
from extraction.attribution.adjuncts import skip_time_left
from extraction.attribution.described import (
    ANYBODY,
    BEHIND_NOUN,
    after_contact,
    behind_noun,
    described_by,
    quoted_subject,
    with_infinitive,
)
from extraction.attribution.nouns import (
    ALONE,
    NOMINAL,
    base_left,
    is_time,
    np_left,
    np_right,
    opens_clause,
)
from extraction.attribution.parentheses import (
    OBJECT_PRONOUNS,
    RELATIVE,
    adverbs_before,
    before_parenthesis,
    introduced,
    outer_subject,
    parenthesis_left,
)
from extraction.attribution.units import Group, Subject, Unit
from extraction.text.analysis import Tag

_BEFORE_TIME = frozenset({Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.PUNCT, Tag.CCONJ, Tag.VERB})


def subject(unit: Unit, group: Group, depth: int = 0) -> Subject | None:
    """Who does what the verb group says, or ``None``."""
    if depth > 3:
        return None
    if group.head in unit.subjects:
        return unit.subjects[group.head]
    found = (
        _finite_subject(unit, group, depth) if group.finite else _shared_subject(unit, group, depth)
    )
    if found is None and group.finite and unit.lows[group.start - 1] == "most":
        found = Subject(group.start - 1, group.start, "subject")
    found = _who_issued(unit, found, depth) or found
    if depth == 0:
        unit.subjects[group.head] = found
    return found


def _who_issued(unit: Unit, found: Subject | None, depth: int) -> Subject | None:
    """Whoever "released a statement saying", "sent a letter that warned"; not the paper."""
    if found is None:
        return None
    end = found.end
    if found.how == "relative pronoun":
        end = found.start - (1 if unit.lows[found.start - 1] == "," else 0)
    adjunct = next((k for k in range(found.start, end) if unit.tags[k] is Tag.ADP), end)
    noun = (adjunct if found.how != "relative pronoun" else end) - 1
    if noun < 2 or unit.tokens[noun].lemma not in cues.words().papers:
        return None
    start = np_left(unit, noun) if found.how == "relative pronoun" else found.start
    if unit.lows[start] not in ("a", "an", "another"):
        return None
    particle = unit.lows[start - 1] in ("out", "up")
    at = unit.group_at.get(start - 2 if particle else start - 1)
    if at is None or unit.groups[at].lemma not in cues.words().issuing or unit.groups[at].passive:
        return None
    who = subject(unit, unit.groups[at], depth + 1)
    return Subject(who.start, who.end, "who issued it") if who is not None else None


def _nearest(unit: Unit, group: Group) -> Group | None:
    """The finite group to the left that a participle, infinitive or second verb hangs on."""
    level = unit.levels[group.head]
    best: Group | None = None
    fallback: Group | None = None
    for other in unit.groups:
        if other.start >= group.start:
            break
        if other.finite and unit.levels[other.head] == level and not _in_relative(unit, other):
            fallback = other
            leads = best is not None and group.form == "ing" and speaks(best)
            if leads and other.end != group.start and not is_cue(other):
                continue  # "rejected hints he had slept, telling", but "had started telling"
            if best is not None and is_cue(best) and not is_cue(other):
                continue
            if best is not None and _tells_of(unit, best, other, group):
                continue
            alike = group.finite and other.form == group.form and other.modal == group.modal
            if is_cue(other) or alike or not _subordinate(unit, other):
                best = other
    return best or fallback


def _tells_of(unit: Unit, cue: Group, other: Group, group: Group) -> bool:
    """Whether a verb stands in what the cue tells: "said Hale had warned nobody, calling it"."""
    if group.form != "ing" or unit.lows[group.start - 1] != "," or not is_cue(cue):
        return False
    if cue.passive or other.start - cue.end < 1 or other.start - cue.end > 14:
        return False
    who = _finite_subject(unit, other, 3)
    begins = who.start if who is not None else -1
    return begins in (cue.end, cue.end + 1) and unit.lows[cue.end] not in (",", ":")


def _subordinate(unit: Unit, group: Group) -> bool:
    """Whether a verb stands in a clause of its own: "after they came out"."""
    who = _finite_subject(unit, group, 3)
    start = who.start if who is not None else group.start
    return unit.lows[start - 1] in cues.words().subordinators


def is_cue(group: Group) -> bool:
    cue = cues.verbs().get(group.lemma)
    return cue is not None and not cue.weak and "t" in cue.frames


def speaks(group: Group) -> bool:
    """Whether a verb of saying, whatever its frames, stands in the main clause."""
    cue = cues.verbs().get(group.lemma)
    return cue is not None and not cue.weak and not group.passive


def _in_relative(unit: Unit, group: Group) -> bool:
    return unit.lows[group.start - 1] in ("who", "which", "whose")


def _shared_subject(unit: Unit, group: Group, depth: int) -> Subject | None:
    before = group.start - 1
    beside = unit.levels[before] == unit.levels[group.head] and unit.tags[before] in NOMINAL
    if group.form == "ing" and beside and not is_time(unit, before):
        start = np_left(unit, before)
        told = unit.group_at.get(start - 1)
        if told is not None and unit.groups[told].form == "ing":
            start = base_left(unit, before)  # "each accusing the other of lies and Orr reporting"
        return Subject(start, before + 1, "subject of the participle")
    if group.form == "ing" and unit.lows[before] == "as" and unit.tags[before - 1] in NOMINAL:
        quoting = _nearest(unit, group)
        if quoting is not None and not quoting.passive:
            return Subject(np_left(unit, before - 1), before, "who is quoted")
    if group.infinitive and unit.lows[before] in OBJECT_PRONOUNS | {"her"}:
        return Subject(before, before + 1, "object that acts")
    other = _nearest(unit, group) or _in_same_clause(unit, group)
    if other is not None and other.passive and unit.lows[before] == "by":
        return None  # "is justified by arguing that"
    if other is not None:
        found = subject(unit, other, depth + 1) or _turned(unit, other)
        if found is not None:
            return Subject(found.start, found.end, "shared subject")
        return None
    return _from_main_clause(unit, group, depth)


def _from_main_clause(unit: Unit, group: Group, depth: int) -> Subject | None:
    """The subject of a main clause that comes behind a participle or around it."""
    outer = outer_subject(unit, group)
    if outer is not None:
        return outer
    # Only where nobody asks in turn from a verb to the right of it.
    if depth < 3 and group.form in ("ing", "part") and group.start <= 2:
        for later in unit.groups:
            if (
                later.start > group.start
                and later.finite
                and unit.levels[later.head] == unit.levels[group.head]
            ):
                found = _finite_subject(unit, later, depth + 1)
                if found is not None and _opens_main(unit, found.start, group.end):
                    return Subject(found.start, found.end, "subject of the main clause")
    return None


def _opens_main(unit: Unit, start: int, participle_end: int) -> bool:
    """Whether the main clause begins at ``start``: 'Saying that it was over, Orr left'."""
    mark = start - 1 - unit.closes(start - 1)
    return start > participle_end and unit.lows[mark] == ","


def _in_same_clause(unit: Unit, group: Group) -> Group | None:
    """The first of two verbs of a relative clause: "who led the party and said"."""
    before = group.start - 1
    if not group.finite or unit.tags[before] is not Tag.CCONJ:
        return None
    first: Group | None = None
    for other in unit.groups:
        if other.start >= group.start:
            break
        if other.finite and unit.levels[other.head] == unit.levels[group.head]:
            first = other
    if first is None or not _in_relative(unit, first):
        return None
    parted = any(unit.lows[k] == "," for k in range(first.end, group.start))
    return None if parted else first


def _turned(unit: Unit, group: Group) -> Subject | None:
    """'"Go," said Rusk, adding': the speaker stands behind the verb."""
    before, tag = group.start - 1, unit.tags[group.end]
    if not is_cue(group) or not (unit.closes(before) or unit.lows[before] == ","):
        return None
    if tag not in (Tag.PROPN, Tag.NOUN, Tag.DET, Tag.PRON):
        return None
    return Subject(group.end, np_right(unit, group.end, apposition=False), "after the cue")


def _finite_subject(unit: Unit, group: Group, depth: int) -> Subject | None:
    j = group.start - 1
    level = unit.levels[group.head]
    if j > 0 and unit.opens(j):
        j -= 1  # 'The ministers "stress that ..."'
        level = unit.levels[j]
    for _ in range(8):
        if j < 0:
            return None
        if unit.levels[j] != level:
            return quoted_subject(unit, j)
        tag, low = unit.tags[j], unit.lows[j]
        if low in RELATIVE and tag in (Tag.PRON, Tag.SCONJ, Tag.DET):
            return Subject(j, j + 1, "relative pronoun")
        if tag is Tag.PRON:
            return _pronoun_subject(unit, group, j)
        if tag is Tag.CCONJ:
            return _shared_subject(unit, group, depth)
        if (adverbs := adverbs_before(unit, j)) > 0:
            j -= adverbs
        elif low in (",", "--", "—", "–", ")", "-"):
            found, j = _across_parenthesis(unit, group, j, depth)
            if found is not None:
                return found
        elif tag in NOMINAL or tag is Tag.ADJ or (tag is Tag.DET and low in ALONE):
            skipped = skip_time_left(unit, j)
            if not 0 <= skipped < j or unit.tags[skipped] not in _BEFORE_TIME:
                return _nominal_subject(unit, group, j) if skipped >= 0 else None
            j = skipped
        else:
            return (
                _after_relative(unit, group, j)
                or _after_participle(unit, group, j)
                or after_contact(unit, j)
            )
    return None


def _across_parenthesis(unit: Unit, group: Group, j: int, depth: int) -> tuple[Subject | None, int]:
    """The subject before what the comma or bracket at ``j`` closes, or where to look on."""
    found = introduced(unit, group) if unit.lows[j] == "," and is_cue(group) else None
    if found is not None:
        return found, j
    if unit.lows[j] == "," and unit.lows[j + 1] == "then":
        return _shared_subject(unit, group, depth), -1
    open_at = parenthesis_left(unit, j)
    if open_at <= 0:
        return None, -1
    if unit.tags[open_at + 1] is Tag.CCONJ or _opens_list(unit, group, open_at, j):
        return _shared_subject(unit, group, depth), -1
    return before_parenthesis(unit, open_at, j), open_at - 1


def _opens_list(unit: Unit, group: Group, open_at: int, close_at: int) -> bool:
    """Whether a main clause stands between two commas: "In her speech, Orr vowed to go, warned"."""
    start = np_left(unit, open_at - 1)
    if start == 0 or unit.tags[start - 1] is not Tag.ADP:
        return False
    verb = next((g for g in unit.groups if open_at < g.start < close_at and g.finite), None)
    if verb is None or verb.form != group.form or verb.end + 1 >= close_at:
        return False
    who = _finite_subject(unit, verb, 3)
    return who is not None and who.start == open_at + 1


def _after_participle(unit: Unit, group: Group, j: int) -> Subject | None:
    """ "A poll conducted last week found": the subject stands before the participle."""
    at = unit.group_at.get(j)
    if at is None:
        return None
    participle = unit.groups[at]
    before = participle.start - 1
    if participle.finite or participle.infinitive:
        return None
    if unit.tags[before] not in NOMINAL and unit.lows[before] not in ALONE:
        return None
    return Subject(np_left(unit, before), group.start, "subject")


def _is_object(unit: Unit, j: int) -> bool:
    """Whether a pronoun is the object of the verb before it: "who want to ban it said"."""
    at = unit.group_at.get(j - 1)
    if at is None or unit.lows[j] not in ("it", "you"):
        return False
    before = unit.groups[at]
    return not before.finite and "c" not in _frames(before)


def _frames(group: Group) -> frozenset[str]:
    cue = cues.verbs().get(group.lemma)
    return cue.frames if cue is not None else frozenset()


def _pronoun_subject(unit: Unit, group: Group, j: int) -> Subject | None:
    """A pronoun, or a phrase that ends in one ("people around her")."""
    if _is_object(unit, j):
        return _after_relative(unit, group, j)
    if unit.lows[j] not in OBJECT_PRONOUNS:
        return Subject(j, j + 1, "subject")
    if unit.tags[j - 1] is Tag.VERB:
        return _after_relative(unit, group, j)
    if unit.tags[j - 1] is Tag.ADP and unit.tags[j - 2] in NOMINAL | {Tag.ADJ}:
        start = np_left(unit, j - 2)
        if start < j - 2 or unit.tags[j - 2] in NOMINAL:
            return Subject(start, j + 1, "subject")
    return None


def _after_relative(unit: Unit, group: Group, j: int) -> Subject | None:
    """ "The ships that were hit sank": the subject stands before the pronoun."""
    for k in range(j - 1, max(0, j - 14), -1):
        if unit.tags[k] is Tag.PUNCT:
            return None
        nominal = unit.tags[k - 1] in NOMINAL or unit.lows[k - 1] in ANYBODY
        if unit.lows[k] in ("who", "which", "that") and nominal:
            inside = [g for g in unit.groups if k < g.start < group.start and g.finite]
            telling = len(inside) == 2 and is_cue(inside[0]) and not is_cue(group)
            if len(inside) == 1 or telling:
                return Subject(np_left(unit, k - 1), j + 1, "subject with relative clause")
    return None


def _is_last_verb(unit: Unit, group: Group, pronoun: int) -> bool:
    """Whether only this verb is left for the main clause: "A man who answered the phone said"."""
    left = np_left(unit, pronoun - 1)
    if not is_cue(group) or not opens_clause(unit, left):
        return False
    for k in range(left):
        at = unit.group_at.get(k)
        if at is not None and unit.groups[at].finite:
            return False
    content = next((g for g in unit.groups if g.start > group.start and g.finite), None)
    if content is None:
        return True
    rest = [g for g in unit.groups if g.start > content.start and g.finite]
    return not rest or unit.lows[group.end] == "that"


def _nominal_subject(unit: Unit, group: Group, j: int) -> Subject | None:
    if is_time(unit, j) and unit.tags[j] is not Tag.NUM:
        return None
    start = np_left(unit, j)
    if unit.lows[start] in ("nobody", "nothing", "none", "no"):
        return None
    for k in range(start - 1, max(0, start - 20), -1):
        low = unit.lows[k]
        if low in ("who", "which", "that") and unit.tags[k] in (Tag.PRON, Tag.SCONJ):
            between = [g for g in unit.groups if k < g.start < group.start and g.finite]
            if (
                len(between) == 1
                and ("c" not in _frames(between[0]) or _is_last_verb(unit, group, k))
                and (unit.tags[k - 1] in (Tag.NOUN, Tag.PROPN) or unit.lows[k - 1] in ANYBODY)
            ):
                return Subject(np_left(unit, k - 1), j + 1, "subject with relative clause")
            break
        if unit.tags[k] is Tag.PUNCT:
            break
    participle = start - 2 if unit.tags[start - 1] is Tag.ADP else start - 1
    if unit.lows[start - 1] in ("itself", "themselves"):
        participle = start - 2  # "a group calling itself White Owl"
    if is_time(unit, participle):  # "A study published on Friday in the Journal suggests"
        participle = skip_time_left(unit, participle)
    if participle > 0 and unit.tags[participle - 1] in NOMINAL:
        at = unit.group_at.get(participle)
        # "a report published by her staff concluded": the second verb says that the first is none
        only = at is not None and unit.lows[start - 1] == "by" and unit.groups[at].form == "past"
        if (
            at is not None
            and (only or not unit.groups[at].finite)
            and not unit.groups[at].infinitive
        ):
            return Subject(np_left(unit, participle - 1), j + 1, "subject")
    described = described_by(unit, start)
    if described >= 0:
        return Subject(np_left(unit, described), group.start, "subject")
    own = behind_noun(unit, start, j)
    if own > start:
        return Subject(own, j + 1, BEHIND_NOUN)
    start = with_infinitive(unit, start)
    end = j + 1
    if (
        end - start == 1
        and unit.tags[j] is Tag.ADJ
        and unit.lows[j] not in (ALONE | {"many", "others", "other"})
    ):
        return None
    return Subject(start, end, "subject")
