"""From the cues of a unit to attributions: source, cue group and content."""

from __future__ import annotations

from msgspec.structs import replace

from extraction.attribution import cues
from extraction.attribution.adjuncts import skip_adjuncts
from extraction.attribution.before import content_before
from extraction.attribution.candidates import cue_of
from extraction.attribution.clauses import bare_clause, has_finite, right_content
from extraction.attribution.cues import Cue
from extraction.attribution.described import BEHIND_NOUN
from extraction.attribution.drafts import Draft, draft_of
from extraction.attribution.endings import clause_end
from extraction.attribution.facts import part
from extraction.attribution.gating import doubtful, idle
from extraction.attribution.idioms import join_idioms
from extraction.attribution.marks import according, colon, dash
from extraction.attribution.noun_cues import adjective_cues, noun_cues
from extraction.attribution.nouns import is_time, np_left, np_right
from extraction.attribution.objects import Content, names_object
from extraction.attribution.openings import as_told, inverted, opens_with_cue, quoted_as_saying
from extraction.attribution.passive import read_passive
from extraction.attribution.phrases import after_quotation, in_words_of, told_by_colon
from extraction.attribution.subjects import subject
from extraction.attribution.units import Group, Subject, Unit
from extraction.model import SpeechAct
from extraction.text.analysis import Tag


def read_unit(unit: Unit) -> list[Draft]:
    """All attributions of a unit, in the order of their cues."""
    join_idioms(unit)
    starts: dict[int, Group] = {}
    for group in unit.groups:
        if cue_of(unit, group) is not None:
            starts[group.start] = group
            starts.setdefault(group.head, group)
    drafts: list[Draft] = []
    for group in {id(group): group for group in starts.values()}.values():
        _mark_tail(unit, group)
    for group in unit.groups:
        cue = cue_of(unit, group)
        if cue is None:
            continue
        draft = _read_verb(unit, cue, group, starts)
        if draft is not None and not doubtful(unit, group, draft):
            drafts.append(draft)
    announced = _announcement(unit, drafts)
    if announced is not None:
        drafts.append(announced)
    drafts.extend(noun_cues(unit, starts))
    drafts.extend(adjective_cues(unit, starts))
    drafts.extend(according(unit))
    drafts.extend(colon(unit))
    drafts.extend(dash(unit))
    drafts.extend(in_words_of(unit))
    drafts.extend(told_by_colon(unit, drafts))
    plain = after_quotation(unit, drafts)
    if plain is not None:
        drafts.append(plain)
    drafts.sort(key=lambda d: d.cue_tokens)
    return part([d for d in drafts if not idle(d, drafts)])


def _announcement(unit: Unit, drafts: list[Draft]) -> Draft | None:
    """'She continued:' at the end of a paragraph; the content is the next one."""
    last = unit.length - 1
    if unit.lows[last] != ":" or unit.levels[last] != -1:
        return None
    for group in reversed(unit.groups):
        cue = cue_of(unit, group)
        if cue is None or "q" not in cue.frames or group.passive or group.modal:
            continue
        who = subject(unit, group)
        known = next((d for d in drafts if d.head == group.head), None)
        if who is None or (known is not None and known.frame != "prep"):
            break
        if known is not None:
            drafts.remove(known)
        return Draft(unit, cue, (group.start, group.end), who, [], "announced", head=group.head)
    return _paper_announced(unit)


def _paper_announced(unit: Unit) -> Draft | None:
    """'The mayor issued the following statement:'."""
    noun = unit.length - 2
    words = cues.words()
    if unit.tags[noun] is not Tag.NOUN or not unit.groups:
        return None
    lemma, group = unit.tokens[noun].lemma, unit.groups[-1]
    cue = cues.nouns().get(lemma) or cues.verbs().get(lemma)
    if cue is None or lemma not in words.papers | words.speech_nouns or group.passive:
        return None
    who = subject(unit, group)
    if who is None or group.lemma not in words.issuing | words.support_verbs:
        return None
    return Draft(unit, cue, (group.start, group.end), who, [], "announced", head=group.head)


def _mark_tail(unit: Unit, group: Group) -> None:
    cue = cues.verbs()[group.lemma]
    if group.passive:
        return
    before = content_before(unit, cue, group, subject(unit, group))
    if before is not None and before.frame == "object":
        unit.tails.add(before.contents[0][0] - 1)
    elif before is not None:
        unit.tails.add(before.contents[0][1] - (1 if unit.closes(before.contents[0][1] - 1) else 0))


def _read_verb(unit: Unit, cue: Cue, group: Group, starts: dict[int, Group]) -> Draft | None:
    others = {s: g for s, g in starts.items() if g is not group}
    if _hands_over(unit, group):
        return None
    opening = opens_with_cue(unit, cue, group)
    if opening is not None:
        return opening
    if group.passive or (group.form == "part" and not group.finite):
        return read_passive(unit, cue, group, others)
    turned = inverted(unit, cue, group)
    if turned is not None:
        return turned
    who = subject(unit, group)
    quoted = _quotation_right(unit, cue, group)
    before = content_before(unit, cue, group, who)
    if before is not None and quoted is not None and _goes_on(unit, before, quoted):
        return before
    if quoted is not None:
        draft = draft_of(unit, cue, group, who, quoted)
        if before is not None and before.frame == "quotation before":
            draft.contents = [*before.contents, *draft.contents]
            draft.frame = before.frame
        return draft
    content = right_content(unit, cue, group)
    if before is not None and before.frame == "quotation before":
        if content is None or not _only_leads_in(unit, before):
            return before
        before = None
    if content is not None and before is not None and _goes_on_with_that(unit, before, content):
        return before
    if content is not None and not (before is not None and content.frame in ("object", "to")):
        return _to_the_right(unit, cue, group, who, content, others)
    if content is None and who is not None and who.how == BEHIND_NOUN and unit.opens(group.end):
        end = unit.after_quote(group.end)  # 'a budget opponents branded "cruel"'
        draft = draft_of(unit, cue, group, who, Content(group.end, end, "object", group.end))
        draft.contents = _relative_object(unit, group, who) + draft.contents
        return draft
    if before is None and content is None and who is not None:
        return (
            quoted_as_saying(unit, cue, group, who)
            or _told_as(unit, cue, group, who, others)
            or _after_introduction(unit, cue, group, who, others)
            or _whole_relative(unit, cue, group, who, others)
        )
    return before


def _to_the_right(
    unit: Unit,
    cue: Cue,
    group: Group,
    who: Subject | None,
    content: Content,
    others: dict[int, Group],
) -> Draft | None:
    end = clause_end(unit, content, group, others)
    if end <= content.start or (who is None and not _may_lack_source(cue, group, content)):
        return None
    relative = who is not None and unit.lows[who.start] in ("who", "which")
    if relative and content.frame == "clause" and not has_finite(unit, content.start, end):
        return None  # "a man who answered the phone said"
    draft = draft_of(unit, cue, group, who, replace(content, end=end))
    if who is not None:
        draft.evasive = unit.lows[group.start - 1] == "nor" or any(
            unit.lows[k] in ("neither", "nor") for k in range(group.start, group.end)
        )
        draft.negated = draft.negated or unit.lows[who.start] in ("neither", "none")
        draft.contents = _relative_object(unit, group, who) + draft.contents
    draft.cue_tokens = (group.start, max(group.end, _cue_group_end(unit, group, content)))
    if group.form == "ing" and _mends(unit, group):
        draft.cue = replace(cue, act=SpeechAct.CORRECTS)
    return draft


def _mends(unit: Unit, group: Group) -> bool:
    """ "Later corrected himself, saying": what is said takes the place of what was said before."""
    at = unit.group_at.get(group.start - 3)
    himself = unit.lows[group.start - 2] in ("himself", "herself", "itself", "themselves")
    if at is None or not himself or unit.lows[group.start - 1] != ",":
        return False
    return unit.groups[at].lemma in cues.words().mending


def _told_as(
    unit: Unit, cue: Cue, group: Group, who: Subject, others: dict[int, Group]
) -> Draft | None:
    told = as_told(unit, cue, group, who)
    if told is None:
        return None
    end = clause_end(unit, told, group, others)
    return draft_of(unit, cue, group, who, replace(told, end=end))


def _relative_object(unit: Unit, group: Group, who: Subject) -> list[tuple[int, int]]:
    """ "which the inquiry said were hidden": the pronoun is part of the content."""
    i = who.start - 1
    if who.how == BEHIND_NOUN:
        return [(np_left(unit, i), i + 1)]
    follows = any(g.finite and g.start == group.end for g in unit.groups)
    if follows and unit.lows[i] in ("which", "that", "what") and who.how == "subject":
        return [(i, i + 1)]
    return []


def _whole_relative(
    unit: Unit, cue: Cue, group: Group, who: Subject, others: dict[int, Group]
) -> Draft | None:
    """ "the plan that the senator proposed": the content is what the clause hangs on."""
    i = who.start - 1
    if unit.lows[i] in ("what", "who", "whom") and any(
        g.finite and g.start == group.end for g in unit.groups
    ):
        rest = Content(group.end, unit.length, "clause", group.end)
        draft = draft_of(unit, cue, group, who, replace(rest, start=i, end=i + 1))
        draft.contents.append((group.end, clause_end(unit, rest, group, others)))
        return draft
    if (
        unit.lows[i] in ("who", "whom", "which")
        and cue.target
        and unit.lows[group.end] in ("of", "for")
    ):
        rest = Content(group.end, unit.length, "prep", group.end)  # "whom Ostia accused of spying"
        draft = draft_of(unit, cue, group, who, replace(rest, start=i, end=i + 1))
        draft.contents.append((group.end, clause_end(unit, rest, group, others)))
        return draft
    if unit.lows[i] not in ("which", "that") or who.how != "subject" or not cue.frames & {"o", "c"}:
        return None
    j = i - 2 if unit.lows[i - 1] == "," else i - 1
    told = unit.tokens[j].lemma if j >= 0 else ""
    if unit.lows[i] == "that" and (told in cues.nouns() or told in cues.words().facts):
        return None  # "its demand that Marland withdraw", "no proof that Orr knew"
    if j < 0 or unit.tags[j] not in (Tag.NOUN, Tag.PROPN):
        return None
    if not names_object(unit, cue, j, j + 1):
        return None  # "an account that Ostia only partly accepted"
    start = np_left(unit, j)
    if unit.lows[i - 1] == "," and cue.act is SpeechAct.DENIES:
        start = _clause_start(unit, j, start)  # "shelled the town, which Marland denies"
    content = Content(start, j + 1, "antecedent", group.end)
    if any(g.finite and g.start == group.end for g in unit.groups):
        rest = Content(group.end, unit.length, "clause", group.end)
        draft = draft_of(unit, cue, group, who, replace(content, end=i + 1))
        draft.contents.append((group.end, clause_end(unit, rest, group, others)))
        return draft
    return draft_of(unit, cue, group, who, content)


def _clause_start(unit: Unit, last: int, otherwise: int) -> int:
    """Where the clause that ends with token ``last`` begins; ``otherwise`` if there is none."""
    if unit.tokens[last].lemma in cues.nouns():
        return otherwise
    verbs = [g for g in unit.groups if g.finite and g.start <= last]
    who = subject(unit, verbs[-1]) if verbs else None
    return who.start if who is not None and who.start < last else otherwise


def _after_introduction(
    unit: Unit, cue: Cue, group: Group, who: Subject, others: dict[int, Group]
) -> Draft | None:
    """'Still, he said, officials decide': only small words stand before the speaker."""
    at = group.end + 1
    if "p" not in cue.frames or unit.lows[group.end] != "," or unit.lows[who.start - 1] != ",":
        return None
    if not bare_clause(unit, at, len(unit)):
        return None
    content = Content(at, len(unit), "clause", group.end)
    end = clause_end(unit, content, group, others)
    return draft_of(unit, cue, group, who, replace(content, end=end))


def _hands_over(unit: Unit, group: Group) -> bool:
    """ "quoted an officer as saying": the officer speaks, not who quotes."""
    if group.lemma not in ("quote", "cite"):
        return False
    return any(
        unit.lows[k] == "as" and unit.lows[k + 1] == "saying"
        for k in range(group.end, group.end + 14)
    )


def _goes_on(unit: Unit, before: Draft, quoted: Content) -> bool:
    """'The plan, she said, "is dead"': the quotation completes what stands before."""
    if before.frame == "object" and len(before.contents) > 1:
        return True  # 'a charge he called "silly"'
    start, _ = before.contents[0]
    first = unit.tags[start]
    small = unit.tokens[min(quoted.start + 1, len(unit) - 1)].text[:1].islower()
    return (
        before.frame == "before"
        and small
        and first not in (Tag.ADP, Tag.ADV, Tag.VERB, Tag.SCONJ)
        and not is_time(unit, start)
    )


def _only_leads_in(unit: Unit, before: Draft) -> bool:
    """'In a speech in which he vowed "to win," Orr called it a start': who said that is named."""
    start, end = before.contents[0]
    if unit.tags[start] is not Tag.ADP or unit.opens(start):
        return False
    quoted = unit.before_quote(end - 1) + 1
    verb = next((g for g in unit.groups if g.start > start and g.finite), None)
    return verb is not None and verb.start < quoted and unit.lows[verb.start - 2] != ","


def _goes_on_with_that(unit: Unit, before: Draft, content: Content) -> bool:
    """ "It was Ostia, she told the council, that had fired": the clause goes on."""
    start, end = before.contents[0]
    return (
        content.frame == "that"
        and before.frame == "before"
        and unit.lows[content.start - 1] == ","
        and has_finite(unit, start, end)
    )


def _may_lack_source(cue: Cue, group: Group, content: Content) -> bool:
    return not cue.weak and content.frame in ("that", "whether") and group.form == "ing"


def _cue_group_end(unit: Unit, group: Group, content: Content) -> int:
    """The cue takes along what stands between it and the content, but nobody who is told."""
    if content.addressee is not None and content.addressee[0] < content.start:
        return content.cue_end if content.frame == "prep" else group.end
    if content.frame in ("that", "clause", "quotation", "whether") and (
        content.start - group.end > 6
    ):
        return group.end
    if content.frame == "prep":
        return content.cue_end
    if any(unit.lows[k] == "," for k in range(group.end, content.start - 1)):
        return group.end  # "said, citing its own figures, that"
    end = content.start
    while end > group.end and unit.tags[end - 1] is Tag.PUNCT:
        end -= 1
    if any(is_time(unit, k) or unit.lows[k] == "on" for k in range(group.end, end)):
        return group.end
    return end


def _quotation_right(unit: Unit, cue: Cue, group: Group) -> Content | None:
    """A quotation that the cue introduces: 'said: "..."', 'said, "..."', 'told them "..."'."""
    if "q" not in cue.frames or unit.levels[group.head] != -1:
        return None
    limit = min(len(unit), group.end + 28)
    for k in range(group.end, limit):
        if unit.opens(k):
            if k > group.end and unit.lows[group.end] in cue.not_before:
                return None  # 'pointing at the gate, "..."'
            return _introduced(unit, cue, group, k)
        at = unit.group_at.get(k)
        if at is not None and (unit.groups[at].finite or cue_of(unit, unit.groups[at])):
            return None
        if unit.lows[k] in (";", "that"):
            return None
        if unit.lows[k] == "." or (unit.tags[k] is Tag.CCONJ and k == group.end):
            return None
    return None


def _introduced(unit: Unit, cue: Cue, group: Group, k: int) -> Content | None:
    before = unit.lows[k - 1]
    end = unit.after_quote(k)
    gap = range(group.end, k)
    if before not in (",", ":") and k > group.end:
        way = skip_adjuncts(unit, group.end)
        addressed = np_right(unit, group.end, apposition=False)
        if way != k and not ("a" in cue.frames and skip_adjuncts(unit, addressed) == k):
            return None
    if (
        before == ","
        and any(unit.lows[g] == "," for g in gap if g < k - 1)
        and not any(unit.lows[g] in ("--", "(") for g in gap)
        and len(gap) > 16
    ):
        return None
    first = unit.tokens[k + 1].text if k + 1 < len(unit) else ""
    last_inside = unit.lows[end - 2] if end - 2 > k else ""
    ended = last_inside in (",", ".", "!", "?", "…")
    whole = ended or (first[:1].isupper() and end - k > 6)
    if end - k <= 3 and before not in (",", ":"):
        return None
    if before not in (",", ":") and not whole:
        return None
    while unit.lows[end] in ("and", "or") and unit.opens(end + 1):
        end = unit.after_quote(end + 1)
    return Content(k, end, "quotation", k)
