"""What has the form of an attribution and says nothing of anybody's own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extraction import lexicon
from extraction.attribution import cues
from extraction.attribution.drafts import Draft
from extraction.attribution.openings import holders
from extraction.attribution.units import Group, Unit
from extraction.model import SpeechAct
from extraction.text.analysis import Tag

_PHRASES = frozenset({"object", "prep", "to", "-ing", "object to"})
_CLAUSES = frozenset({"that", "clause", "quotation", "whether", "quotation before", "before"})
# Acts of possessive nouns that only name what somebody thinks: "her support for", "his remarks on".
_NAMED_ONLY = frozenset({SpeechAct.ASSERTS, SpeechAct.EXPRESSES, SpeechAct.OFFERS})
_GRAVE = frozenset(
    {SpeechAct.ALLEGES, SpeechAct.DENIES, SpeechAct.CONDEMNS, SpeechAct.ADMITS, SpeechAct.REJECTS}
)
_RECOUNTED = frozenset({"i", "we", "you", "they", "that", "this", "it"})
_FUTURE = frozenset({"will", "would", "'ll", "’ll", "wo"})
_PERFECT = frozenset({"has", "have", "had", "'s", "'ve"})


def doubtful(unit: Unit, group: Group, draft: Draft) -> bool:
    """Whether nobody has said it: "should demand a halt", "a plan to challenge the ruling"."""
    if group.negated and not _outlets().isdisjoint(unit.lows[group.start : group.end + 2]):
        return True  # "the Herald could not independently confirm it"
    if group.modal:
        if group.passive:
            return True
        unable = group.lemma in ("confirm", "say", "verify") or draft.frame in ("whether", "that")
        return not (group.negated and unable)
    if _only_condition(unit, draft) or _of_a_thing(unit, group, draft):
        return True
    if _in_relative(unit, group, draft) or _wanted_thing(unit, draft) or _decides(unit, draft):
        return True
    if draft.frame in ("to", "object to", "object", "prep") and _withholds_name(unit, draft):
        return True
    loose = draft.frame in ("object", "object to", "prep", "to", "-ing", "clause")
    if group.infinitive and (loose or draft.cue.weak):
        return unit.tokens[group.start - 1].lemma not in cues.words().light_verbs
    if group.infinitive and draft.source is not None:
        return unit.lows[draft.source.start] == "it" and unit.tags[group.start - 1] is Tag.ADJ
    how = draft.source.how if draft.source is not None else ""
    return group.form == "ing" and how == "subject of the main clause" and draft.frame == "prep"


@cache
def _outlets() -> frozenset[str]:
    """Adverbs of an outlet's own checks."""
    return lexicon.words(lexicon.load("en", "verification"), "own_checks", "verification.toml")


def _withholds_name(unit: Unit, draft: Draft) -> bool:
    """ "asked not to be named": how an outlet says that it names nobody."""
    start = draft.contents[0][0]
    naming = cues.words().naming
    if unit.lows[start] == "anonymity" and draft.frame in ("object", "prep"):
        return True
    return any(
        unit.lows[k] == "be" and unit.tokens[k + 1].lemma in naming
        for k in range(start, min(start + 5, unit.length - 1))
    )


def _in_relative(unit: Unit, group: Group, draft: Draft) -> bool:
    """Whether a relative clause only says who is meant: "voters who backed Orr"."""
    source = draft.source
    if source is None or source.how != "relative pronoun" or draft.frame.startswith("quotation"):
        return False
    if draft.cue.weak and draft.frame == "object":
        return True
    quoted = any(unit.opens(k) for s, e in draft.contents for k in range(s, e))
    if quoted or draft.cue.act in _GRAVE:
        return False
    if unit.lows[source.start - 1] == ",":
        return unit.lows[group.start] in _PERFECT and draft.frame != "that"
    before = unit.tags[source.start - 1]
    return before is not Tag.PROPN and draft.frame in _PHRASES | {"clause"}


def _only_condition(unit: Unit, draft: Draft) -> bool:
    """ "Unless ministers agree to talks": nobody has agreed yet."""
    source = draft.source
    if source is None or source.how != "subject" or draft.frame not in _PHRASES | {"object to"}:
        return False
    return unit.lows[source.start - 1] in ("if", "unless", "until") and unit.tags[
        source.start - 1
    ] in (Tag.SCONJ, Tag.ADP)


def _of_a_thing(unit: Unit, group: Group, draft: Draft) -> bool:
    """ "A ship blasting water at a boat": what a thing does that is no paper says nothing."""
    source = draft.source
    if source is None or source.how != "subject of the participle" or group.form != "ing":
        return False
    if draft.cue.act is not SpeechAct.CONDEMNS or draft.frame != "object":
        return False
    quoted = any(unit.opens(k) for s, e in draft.contents for k in range(s, e))
    head = unit.tokens[source.end - 1]
    words = cues.words()
    thing = unit.tags[source.end - 1] is Tag.NOUN and head.lower == head.lemma
    speaks = head.lemma in words.papers | words.evidence | holders() | words.speech_nouns
    return thing and not quoted and not speaks


def _decides(unit: Unit, draft: Draft) -> bool:
    """ "A grand jury declined to charge him": what a court does, not what it says."""
    if draft.frame != "to" or draft.cue.act not in (SpeechAct.DECLINES, SpeechAct.REJECTS):
        return False
    source, words = draft.source, cues.words()
    verb = unit.tokens[draft.contents[0][0] + 1].lemma
    return (
        source is not None
        and unit.tokens[source.end - 1].lemma in words.classes["court"]
        and verb not in cues.verbs()
    )


def _wanted_thing(unit: Unit, draft: Draft) -> bool:
    """ "The things he wants to see", "a state she hoped to carry": no claim of its own."""
    source = draft.source
    if source is None or draft.frame != "to" or source.how != "subject":
        return False
    before = source.start - 1
    if unit.lows[before] == "which" and unit.tags[before - 1] is Tag.ADP:
        return False  # "a speech in which he vowed to win"
    return unit.tags[before] in (Tag.NOUN, Tag.NUM) or unit.lows[before] in ("that", "which")


def idle(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a draft is no claim beside the others of its unit."""
    if draft.frame.startswith("noun") and (_only_occasion(draft, drafts) or _only_named(draft)):
        return True
    return any(_idle_within(draft, other) for other in drafts if other is not draft)


def _only_named(draft: Draft) -> bool:
    """ "Her support for the plan", "its offer of 4 percent", with no verb of its own."""
    possessive = draft.source is not None and draft.source.how == "possessive"
    return possessive and draft.frame != "noun that" and draft.cue.act in _NAMED_ONLY


def _idle_within(draft: Draft, other: Draft) -> bool:
    """Whether a draft stands in what another says and adds no claim to it."""
    if _takes_over(draft, other):
        return True
    if not any(s <= draft.head < e for s, e in other.contents):
        return False
    unit, source = draft.unit, draft.source
    if draft.frame == "in words of":
        return True
    if draft.frame.startswith("noun"):
        if source is None:
            return True  # "denied claims that ..."
        return other.frame in _PHRASES and source.how == "possessive"  # "withdrew its claim that"
    if other.frame not in _CLAUSES or other.head == draft.head:
        return False
    first = draft.cue_tokens[0]
    if draft.cue.weak or draft.cue.evidence or unit.lows[first] in _FUTURE:
        return True  # "said it would not accept the demand"
    if draft.cue.lemma in cues.words().topics and draft.frame in ("object", "prep"):
        return True  # "said it had a recording in which two smugglers discuss a crate"
    return only_recounts(draft)


def only_recounts(draft: Draft) -> bool:
    """Whether a quotation tells, by a pronoun, of what was said: "They told us it was shut"."""
    source, unit = draft.source, draft.unit
    return unit.levels[draft.head] != -1 and (
        source is not None and unit.lows[source.start] in _RECOUNTED
    )


def _takes_over(draft: Draft, other: Draft) -> bool:
    """Whether a clause about the speaker takes for its own what he goes on to say."""
    relative = draft.source is not None and draft.source.how == "relative pronoun"
    if not relative or other.frame != "quotation before" or other.head >= draft.head:
        return False
    return bool(draft.contents) and draft.contents[0] in other.contents


def _only_occasion(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """ "The ministry, in its first comment on the fire, said": no claim of its own."""
    return any(
        other.source is not None
        and other.source.how != "shared subject"
        and other.source.start <= draft.head < other.cue_tokens[0]
        for other in drafts
        if other.frame in ("clause", "that", "quotation")
    )
