"""The speech act of an attribution by its cue, frame and words, before sides are known.

Who is on whose side decides later between an accusation and an admission; a reason that begins
with ``hint:`` says what the words suggest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extraction.act_content import by_content
from extraction.act_rules import act_rules
from extraction.act_wording import (
    CLAUSAL,
    NEGATIONS,
    PLAIN,
    Judgement,
    Wording,
    in_words,
    object_head,
    own_pronouns,
)
from extraction.model import Span, SpeechAct
from extraction.text.analysis import Tag, TextAnalysis, Token

__all__ = ["Wording", "act_of", "is_general"]

_TALKING = frozenset(
    {"say", "comment", "respond", "reply", "answer", "elaborate", "statement", "remark"}
)
# "described it as false", "branded it a lie"
_NAMING = frozenset({"call", "describe", "brand", "label", "dub", "term", "characterise", "deem"})
_ADDRESSING = frozenset({"remind", "warn", "instruct", "order", "urge"})
# What these say of the future is weighed, not announced: "critics argue that it would close".
_WEIGHING = frozenset(
    {"argue", "suggest", "estimate", "contend", "complain", "reckon", "speculate"}
)
_COUNTS = frozenset({"figure", "number", "count", "toll", "estimate"})
_TO_TALK = tuple(
    f"to {verb}"
    for verb in (
        "comment",
        "answer",
        "say",
        "discuss",
        "elaborate",
        "speak",
        "talk",
        "reply",
        "name",
    )
)
_ATTRIBUTING = frozenset({"attribute | * to", "ascribe | * to"})
_WILL = frozenset({"will", "would", "'ll", "’ll"})
_VOWS = frozenset({"vow", "swear", "pledge", "promise"})
_WARNINGS = frozenset({"warn", "caution"})
# The words of content that are looked at: its point comes early.
_OPENING = 40


def act_of(
    analysis: TextAnalysis, wording: Wording, contents: Sequence[Span]
) -> tuple[SpeechAct, tuple[str, ...]]:
    """The act and why, in words."""
    tokens = _opening(analysis, contents)
    for judge in (
        _by_silence,
        _by_question,
        _by_call,
        _by_order,
        _by_object,
        _by_polarity,
        _by_threat,
        _by_warning,
        by_content,
        _by_plan,
    ):
        found = judge(wording, tokens)
        if found is not None:
            act, reason = found
            return act, (reason, *_hints(wording, tokens))
    reason = f"act '{wording.act.value}' of cue '{wording.lemma}'"
    return wording.act, (reason, *_hints(wording, tokens))


def is_general(analysis: TextAnalysis, act: SpeechAct, contents: Sequence[Span]) -> bool:
    """Whether a denial has a general object: "denied that any ...", "denied the allegations"."""
    if act is not SpeechAct.DENIES:
        return False
    rules = act_rules()
    tokens = _opening(analysis, contents)
    for i, token in enumerate(tokens[:10]):
        if token.lower in rules.determiners:
            return True
        if token.lower in rules.general_objects:
            return not any(t.lower in ("that", "of", "by") for t in tokens[i + 1 : i + 2]) or any(
                t.lower in rules.determiners for t in tokens[i + 1 : i + 5]
            )
    return False


def _opening(analysis: TextAnalysis, contents: Sequence[Span]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for span in contents:
        tokens.extend(analysis.tokens_between(span.start, span.end)[: _OPENING - len(tokens)])
        if len(tokens) >= _OPENING:
            break
    return tuple(tokens)


def _by_silence(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    if wording.evasive:
        return SpeechAct.DECLINES, "neither said nor denied"
    if wording.lemma == "decline" and wording.frame == "object":
        return SpeechAct.REJECTS, "declined what was offered"
    opening = in_words(tokens[:8])
    if wording.lemma == "decline" or (wording.lemma == "refuse" and opening.startswith(_TO_TALK)):
        return SpeechAct.DECLINES, "declined to say"
    if wording.negated and wording.lemma in _TALKING:
        return SpeechAct.DECLINES, f"'{wording.lemma}' is negated"
    told = wording.lemma in _ADDRESSING  # "reminded them that they must not discuss it"
    if wording.frame in CLAUSAL and not told and act_rules().patterns["silence"].search(opening):
        return SpeechAct.DECLINES, "no comment"
    return None


def _by_call(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    """ "Called to ban the film", "told them to leave": an infinitive is what is demanded."""
    if wording.lemma == "call" and wording.frame == "to":
        return SpeechAct.DEMANDS, "called to do it"
    if wording.lemma in ("tell", "advise") and wording.frame in ("to", "object to"):
        return SpeechAct.DEMANDS, f"'{wording.lemma}' somebody to do it"
    if wording.lemma == "want" and wording.frame == "object to" and not wording.negated:
        return SpeechAct.DEMANDS, "'want' somebody to do it"
    if wording.lemma == "plan" and wording.frame == "to":
        return SpeechAct.ANNOUNCES, "'plan' to do it"
    if wording.lemma == "vote" and [t.lemma for t in tokens[:2]] == ["to", "reject"]:
        return SpeechAct.REJECTS, "voted to reject it"
    if wording.lemma == "agree" and wording.frame in CLAUSAL:
        promised = any(t.lower in _WILL for t in tokens[:6])
        return (SpeechAct.OFFERS if promised else SpeechAct.ASSERTS), "'agree' that it is so"
    if wording.lemma == "rule" and wording.frame in ("that", "clause"):
        return SpeechAct.ANNOUNCES, "ruled"
    return None


def _by_order(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    """ "Leave the valley", "insisted that Marland withdraw": a verb in its plain form."""
    rules = act_rules()
    if wording.frame.startswith("quotation") and wording.act in PLAIN:
        first = next((t for t in tokens if t.tag is not Tag.PUNCT), None)
        bare = first is not None and first.form == "base" and first.tag is Tag.VERB
        if first is not None and bare and first.lemma not in rules.no_orders:
            return SpeechAct.DEMANDS, f"content orders '{first.lower}'"
    if wording.frame != "that" or wording.lemma not in rules.asking:
        return None
    for before, verb in pairwise(tokens[1:15]):
        plain = verb.form == "base" and (verb.tag is Tag.VERB or verb.lower == "be")
        singular = before.tag is Tag.PROPN or (
            before.tag is Tag.NOUN and (before.lemma == before.lower or verb.lower == "be")
        )
        if plain and singular:
            return SpeechAct.DEMANDS, f"'{wording.lemma}' that it '{verb.lower}'"
    return None


def _by_question(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    if wording.lemma not in ("ask", "wonder", "question") or wording.frame not in (
        CLAUSAL | {"whether"}
    ):
        return None
    return SpeechAct.EXPRESSES, "a question"


def _by_threat(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    """ "We will destroy them", "said it would retaliate", "vowed to attack"."""
    rules = act_rules()
    if wording.lemma in _VOWS:
        harm = next((t.lemma for t in tokens[:16] if t.lemma in rules.harm), None)
        revenge = next((t.lemma for t in tokens[:6] if t.lemma in rules.reprisals), None)
        if wording.frame == "object" and revenge is not None:
            return SpeechAct.THREATENS, f"'{wording.lemma}' with object '{revenge}'"
        meant = any(t.lower in ("will", "would", "to", "'ll", "’ll") for t in tokens[:16])
        if harm is not None and meant and any(t.tag is Tag.VERB for t in tokens[:16]):
            return SpeechAct.THREATENS, f"content threatens to '{harm}'"
        if wording.frame in CLAUSAL and rules.patterns["reprisal"].search(in_words(tokens)):
            return SpeechAct.THREATENS, "vowed reprisals"
        return None
    if wording.frame not in CLAUSAL:
        return None
    if wording.act not in PLAIN and wording.lemma not in _WARNINGS:
        return None
    lows = [t.lower for t in tokens]
    if _WILL.isdisjoint(lows):
        return None
    conditional = "if" in lows or "unless" in lows
    grave = wording.lemma in _WARNINGS or conditional
    deeds = rules.harm if grave else rules.violence
    own = own_pronouns(wording)
    for i, token in enumerate(tokens[:-2]):
        if tokens[i + 1].lower not in _WILL or not (
            token.lower in own or _owned(wording, tokens[max(0, i - 3) : i], token)
        ):
            continue
        verb = next((t for t in tokens[i + 2 : i + 6] if t.tag is Tag.VERB), None)
        if verb is None:
            continue
        negated = any(t.lower in NEGATIONS for t in tokens[i + 2 : i + 4])
        if verb.lemma in deeds and not negated:
            return SpeechAct.THREATENS, f"content threatens to '{verb.lemma}'"
        if negated and verb.lemma in rules.yielding:
            return SpeechAct.REJECTS, f"content refuses to '{verb.lemma}'"
    return None


def _by_plan(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    """ "Said it would appeal": what the speaker will do, when it is nothing more."""
    if wording.frame not in CLAUSAL or wording.act is not SpeechAct.ASSERTS:
        return None
    if wording.lemma in _WEIGHING:
        return None
    own = own_pronouns(wording)
    for i, (token, helper) in enumerate(pairwise(tokens[:4])):
        if token.lower not in own or helper.lower not in _WILL:
            continue
        rest = tokens[i + 2 : i + 6]
        verb = next((t for t in rest if t.tag is Tag.VERB), None)
        if verb is not None and verb.form == "base" and not any(t.lower in NEGATIONS for t in rest):
            if any(t.lower == "if" for t in tokens[i + 2 :]):
                return SpeechAct.OFFERS, f"content says '{token.lower} … {verb.lower} … if'"
            return SpeechAct.ANNOUNCES, f"content says '{token.lower} … {verb.lower}'"
    return None


def _owned(wording: Wording, before: Sequence[Token], noun: Token) -> bool:
    """Whether a body belongs to the speaker: "its members", "our forces"."""
    rules = act_rules()
    mine = {"our", "my"} if wording.frame.startswith("quotation") else rules.possessives
    return noun.lemma in rules.bodies and any(t.lower in mine for t in before)


def _by_warning(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    """ "Warned them not to", "warned Marland against it"; "warned of retaliation"."""
    if wording.lemma not in _WARNINGS:
        return None
    if wording.frame == "prep" and any(t.lemma in act_rules().reprisals for t in tokens[:6]):
        return SpeechAct.THREATENS, "warned of reprisals"
    if wording.frame in ("object to", "to") or (wording.frame == "prep" and wording.addressed):
        return SpeechAct.DEMANDS, "warned to do or not to do"
    if wording.frame in CLAUSAL and act_rules().patterns["reprisal"].search(in_words(tokens)):
        return SpeechAct.THREATENS, "warned of reprisals"
    return None


def _by_object(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    if wording.frame not in ("object", "prep", "object to"):
        return None
    rules = act_rules()
    head = object_head(tokens)
    where = f"cue '{wording.lemma}' with object '{head}'"
    if wording.act is SpeechAct.REJECTS and _answers_words(wording, tokens):
        return SpeechAct.DENIES, f"cue '{wording.lemma}' of what was said"
    if wording.act is SpeechAct.REJECTS and head in rules.statements:
        claims_for = head == "claim" and re.search(r"\bclaims? for\b", in_words(tokens[:12]))
        return (SpeechAct.REJECTS if claims_for else SpeechAct.DENIES), where
    if wording.lemma in _NAMING and wording.frame == "object":
        return _by_name(tokens)
    if wording.lemma in _ATTRIBUTING and any(t.lemma in rules.blows for t in tokens[:5]):
        return SpeechAct.ALLEGES, where
    if wording.act is SpeechAct.DENIES and head in rules.requests:
        return SpeechAct.REJECTS, where
    if wording.act in PLAIN and head in rules.requests - rules.offers:
        return SpeechAct.DEMANDS, where
    if wording.act is SpeechAct.ANNOUNCES and wording.frame == "object to":
        return SpeechAct.DEMANDS, f"'{wording.lemma}' somebody to do it"
    if wording.lemma in ("express", "voice") or (
        wording.act is SpeechAct.OFFERS and head in rules.attitudes
    ):
        return SpeechAct.EXPRESSES, where
    if wording.lemma == "seek":
        return SpeechAct.DEMANDS, where
    if wording.lemma in ("claim", "accept", "take", "acknowledge") and head in rules.guilt:
        return SpeechAct.ADMITS, where
    if wording.lemma in ("withdraw", "retract") and head in rules.requests - rules.statements:
        return SpeechAct.ANNOUNCES, where
    return None


def _answers_words(wording: Wording, tokens: Sequence[Token]) -> bool:
    """ "Scoffed at that", "dismissed talk of a split"."""
    first = tokens[0].lower if tokens else ""
    judged = act_rules().patterns["judged"].match(in_words(tokens))
    asked = act_rules().requests - act_rules().statements
    if judged and not any(t.lemma in asked for t in tokens[:6]):
        return True
    if wording.lemma == "scoff":
        return first in ("that", "it", "this")
    return first == "talk" and wording.lemma in ("dismiss", "reject", "deny", "wave off")


def _by_name(tokens: Sequence[Token]) -> Judgement | None:
    """ "Called the report a lie", "called the ruling a disgrace"."""
    rules = act_rules()
    claimed = any(t.lemma in rules.statements | _COUNTS for t in tokens[:5])
    false = rules.untrue | (rules.unsound | rules.wrong if claimed else frozenset())
    asked = any(t.lemma in rules.requests - rules.statements for t in tokens[:5])
    refused = rules.untrue | rules.unsound | rules.wrong if asked else frozenset[str]()
    for words, act in (
        (refused, SpeechAct.REJECTS),
        (false, SpeechAct.DENIES),
        (rules.wrong, SpeechAct.CONDEMNS),
    ):
        found = next((t.lower for t in tokens[1:] if t.lower in words), None)
        if found is not None:
            return act, f"called it '{found}'"
    return None


def _by_polarity(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    if not wording.negated:
        return None
    turned = {
        SpeechAct.DENIES: SpeechAct.ADMITS,
        SpeechAct.CONFIRMS: SpeechAct.DECLINES,
        SpeechAct.REJECTS: SpeechAct.EXPRESSES,
        SpeechAct.OFFERS: SpeechAct.REJECTS,
        SpeechAct.ADMITS: SpeechAct.DECLINES,
        SpeechAct.ALLEGES: SpeechAct.DECLINES,
    }.get(wording.act)
    if turned is None:
        return None
    return turned, f"'{wording.lemma}' is negated"


def _hints(wording: Wording, tokens: Sequence[Token]) -> tuple[str, ...]:
    """What the words suggest and only sides can decide: an admission of the speaker's own deed."""
    if wording.act in (SpeechAct.DENIES, SpeechAct.REJECTS):
        return ()
    rules = act_rules()
    pronouns = own_pronouns(wording)
    lows = [token.lower for token in tokens]
    if rules.possessives.isdisjoint(lows) and pronouns.isdisjoint(lows[:3]):
        return ()
    for i, token in enumerate(tokens[:-2]):
        owned = token.lower in rules.possessives and any(
            t.lemma in rules.bodies for t in tokens[i + 1 : i + 4]
        )
        if not (owned or (i < 3 and token.lower in pronouns)):
            continue
        for j, later in enumerate(tokens[i + 1 : i + 9], i + 1):
            if later.lower in ("not", "n't", "never", "no") or later.tag is Tag.PUNCT:
                break
            if not owned and later.tag in (Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.DET):
                break
            passive = tokens[j - 1].lemma == "be" and later.form == "part"
            if later.tag is Tag.VERB and later.lemma in rules.deeds and not passive:
                return (f"hint: own side did it ('{token.lower} … {later.lower}')",)
    return ()
