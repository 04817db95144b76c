"""Content that says of something that it is not so: "there was no ship", "the claim is absurd"."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.act_rules import act_rules
from extraction.act_wording import Clause, Judgement, Wording, in_words, is_own, object_head
from extraction.model import SpeechAct
from extraction.text.analysis import Tag, Token

_FUTURE = frozenset({"will", "would", "'ll", "’ll", "wo", "'d", "shall"})
_FLAT_DENIALS = frozenset({"absolutely not", "certainly not", "of course not", "definitely not"})
_PAST = frozenset({"had", "have", "has", "did", "was", "were", "'ve", "'d", "’ve"})
_THERE_IS = frozenset({"is", "was", "are", "were", "been", "'s", "’s"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_OPENING_MARKS = frozenset({"“", '"', "''", "``", "‘", "'"})
_FALSE = frozenset({"wrong", "false", "untrue", "nonsense", "invented", "incorrect", "mistaken"})


def denial(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "There was no ship", "nobody fired", "he had never met the banker"."""
    rules = act_rules()
    verb, lows = clause.verb, [t.lower for t in clause.words[:8]]
    spoken = [t for t in tokens[:4] if t.text not in _OPENING_MARKS]
    if spoken and spoken[0].lower in ("no", "never") and _ends_at(spoken, 1):
        return SpeechAct.DENIES, f"content says '{spoken[0].lower}'"
    if in_words(spoken[:2]) in _FLAT_DENIALS and _ends_at(spoken, 2):
        return SpeechAct.DENIES, f"content says '{in_words(spoken[:2])}'"
    if verb is None:
        return None
    if lows[:1] == ["there"] and clause.helpers & _THERE_IS and not clause.helpers & _FUTURE:
        after = clause.rest[0].lower if clause.rest else ""
        head = object_head(clause.rest)
        if after == "no" and head and head not in rules.no_denial:
            return SpeechAct.DENIES, f"content says there is no '{head}'"
    nothing = _there_is_none(tokens if wording.frame.startswith("quotation") else clause.words)
    if nothing:
        return SpeechAct.DENIES, f"content says there is no '{nothing}'"
    none = lows[:2] == ["none", "of"] and lows[2:3] in (["our"], ["its"], ["his"], ["their"])
    if none and verb.lemma not in rules.suffering:
        return SpeechAct.DENIES, f"content says that none of {lows[2]} own did"
    deed = verb.tag is Tag.VERB and verb.lemma in rules.deeds | rules.conduct | rules.wrongs
    nobody = lows[0] in _NOBODY or lows[:2] in (["no", "one"], ["not", "one"], ["not", "a"])
    nobody = nobody or (lows[0] == "no" and not clause.helpers & _FUTURE)
    done = clause.helpers & _PAST or verb.lower in _PAST or verb.form in ("past", "part")
    if nobody and done and any(t.lower.startswith("any") for t in clause.rest):
        return SpeechAct.DENIES, f"content says nobody did '{verb.lemma}'"
    if nobody and (deed or verb.lemma == "happen") and not clause.negated:
        return SpeechAct.DENIES, f"content says nobody did '{verb.lemma}'"
    if is_own(wording, clause) and clause.negated and clause.helpers & _PAST and deed:
        return SpeechAct.DENIES, f"content says own side did not '{verb.lemma}'"
    past = deed and verb.form in ("past", "part") and is_own(wording, clause)
    if past and clause.rest[:1] and clause.rest[0].lower == "no":
        return SpeechAct.DENIES, f"content says own side did not '{verb.lemma}'"
    if past and "never" in lows:
        return SpeechAct.DENIES, f"content says own side never '{verb.lemma}'"
    return None


def _there_is_none(tokens: Sequence[Token]) -> str:
    """What there was none of: "I was there. There was no gun"; empty where nothing is."""
    starts = [0, *(i + 1 for i, t in enumerate(tokens) if t.lower == ".")]
    for start in starts[:3]:
        part = [t for t in tokens[start : start + 8] if t.tag is not Tag.PUNCT]
        lows = [t.lower for t in part]
        if lows[:1] != ["there"] or "no" not in lows[2:4] or not _THERE_IS & set(lows[1:3]):
            continue
        noun = part[lows.index("no") + 1 :][:1]
        if noun and noun[0].lemma not in act_rules().no_denial and noun[0].tag is not Tag.ADJ:
            return noun[0].lower
    return ""


def _ends_at(tokens: Sequence[Token], i: int) -> bool:
    return len(tokens) <= i or tokens[i].tag is Tag.PUNCT


def verdict(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "The raid was a war crime" condemns, "the claim is absurd" denies."""
    rules = act_rules()
    claimed = any(t.lemma in rules.statements for t in tokens[:5])
    if claimed and any(t.lower in ("its", "our", "his", "her", "their") for t in tokens[:2]):
        claimed = False  # "our figure was wrong"
    pointed = len(clause.subject) == 1 and clause.subject[0].lower in ("it", "this", "that")
    for i, token in enumerate(tokens[: 30 if claimed else 14]):
        if token.lemma != "be":
            continue
        near = tokens[i + 1 : i + 6]
        if any(t.lower in ("not", "n't", "n’t", "no") for t in near):
            return None
        if claimed:
            unsound = rules.untrue | rules.unsound
            false = next((t.lower for t in near if t.lower in unsound), None)
            if false is not None:
                return SpeechAct.DENIES, f"content calls it '{false}'"
        false = next((t.lower for t in near[:3] if t.lower in _FALSE), None)
        if (
            pointed
            and false is not None
            and not any(t.lower in ("to", "that", "for") for t in near)
        ):
            return SpeechAct.DENIES, f"content calls it '{false}'"
        found = next((t.lower for t in near if t.lower in rules.wrong), None)
        if found is not None:
            act = SpeechAct.DENIES if claimed else SpeechAct.CONDEMNS
            return act, f"content calls it '{found}'"
    return None
