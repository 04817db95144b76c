"""What an article itself says of the claims it reports: confirmed, or not verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from extraction import lexicon
from extraction.attribution.record import RawAttribution
from extraction.model import Span, SpeechAct, Verification
from extraction.text.analysis import Sentence, Tag, TextAnalysis, Token

_FILE = "verification.toml"
# A note binds to a claim at most this many sentences back.
_REACH = 3
_ALL = 100
# What can be checked: not what somebody wants, offers or feels.
_FACTS = frozenset(
    {
        SpeechAct.ASSERTS,
        SpeechAct.ALLEGES,
        SpeechAct.DENIES,
        SpeechAct.ADMITS,
        SpeechAct.CONFIRMS,
        SpeechAct.CORRECTS,
    }
)


class VerificationNote(msgspec.Struct, frozen=True):
    """A note and the attribution it is about (an index of those handed in)."""

    span: Span
    attribution: int
    verification: Verification
    reasons: tuple[str, ...]


@cache
def _words() -> Mapping[str, frozenset[str]]:
    table = lexicon.load("en", "verification")
    return {key: lexicon.words(table, key, _FILE) for key in table}


@cache
def _checking() -> frozenset[str]:
    return _words()["verbs"] | _words()["weak_verbs"]


@cache
def _deciding() -> frozenset[str]:
    """Lemmas of which one stands in every remark that has no adjective."""
    return _words()["nouns"] | _words()["proofs"] | _checking()


def find_verifications(
    analysis: TextAnalysis, attributions: Sequence[RawAttribution]
) -> tuple[VerificationNote, ...]:
    """Notes in text order; each binds to the claim or claims right before it.

    A sentence that somebody is quoted for is no note: "The army said the report could not be
    verified" is the army's claim.
    """
    notes: list[VerificationNote] = []
    adjectives, deciding = _words()["adjectives"], _deciding()
    giving = _words()["giving"]  # "citing no evidence" is nobody's claim
    saying = [(i, a) for i, a in enumerate(attributions) if a.cue_lemma not in giving]
    held = [(i, c.start, c.end) for i, a in saying for c in a.contents]
    for sentence in analysis.sentences:
        first, last = sentence.first, sentence.last
        if adjectives.isdisjoint(analysis.lows[first:last]) and deciding.isdisjoint(
            analysis.lemmas[first:last]
        ):
            continue  # no word that a remark could be about
        tokens = analysis.sentence_tokens(sentence)
        remark = _remark(tokens)
        if remark is None:
            continue
        at, verdict, why = remark
        inside = [i for i, s, e in held if s <= tokens[at].start < e]
        if inside and not _is_aside(tokens, at):
            continue
        span = _span(analysis, sentence, tokens, at)
        bound = inside[-1:] or _bound(analysis, attributions, sentence, tokens, at)
        for index in bound:
            notes.append(VerificationNote(span, index, verdict, (why, "follows the claim")))
        if len(bound) == 1:
            reason = (why, "the claim that follows it goes on with the same")
            for index in _elaborated(analysis, attributions, bound[0]):
                notes.append(VerificationNote(span, index, verdict, reason))
    return tuple(notes)


def _remark(tokens: Sequence[Token]) -> tuple[int, Verification, str] | None:
    """Position of the deciding word, the verdict and why."""
    words = _words()
    adjectives, nouns = words["adjectives"], words["nouns"]
    for i, token in enumerate(tokens):
        if token.lower in adjectives:
            return i, Verification.UNVERIFIED, f"'{token.lower}'"
        if token.lemma in nouns and _near(tokens, i, words["independent"], 3):
            if _near(tokens, i, words["negations"], 6) or _is_impossible(tokens, i):
                return i, Verification.UNVERIFIED, f"'no … {token.lower}'"
        elif token.lemma in words["proofs"] and _gives_none(tokens, i):
            return i, Verification.UNVERIFIED, f"gives no {token.lower}"
        elif token.tag is Tag.VERB and token.lemma in _checking() and _names_claim(tokens, i):
            verdict = _verdict(tokens, i)
            if verdict is not None:
                return i, verdict, f"'{token.lower}'"
    return None


def _is_impossible(tokens: Sequence[Token], i: int) -> bool:
    """ "Verification was not possible", "confirmation is hard to get"."""
    return any(t.lower in _words()["negations"] for t in tokens[i + 1 : i + 5])


def _gives_none(tokens: Sequence[Token], i: int) -> bool:
    """ "Offered no evidence", "without providing any proof"."""
    giving, negations = _words()["giving"], _words()["negations"]
    if _near(tokens, i, frozenset({"without"}), 2):
        return True
    after = tokens[i + 1 : i + 4]
    if i and tokens[i - 1].lower == "no" and any(t.lemma in giving for t in after):
        return any(t.tag is Tag.AUX for t in after)  # "no evidence was given"
    verb = next((k for k in range(i - 1, max(-1, i - 4), -1) if tokens[k].lemma in giving), -1)
    return verb >= 0 and any(t.lower in negations for t in tokens[max(0, verb - 3) : i])


def _verdict(tokens: Sequence[Token], i: int) -> Verification | None:
    words = _words()
    lemma = tokens[i].lemma
    independently = _near(tokens, i, words["adverbs"], 4) or _ahead(tokens, i, words["adverbs"])
    asked = i + 1 < len(tokens) and tokens[i + 1].lower in words["questions"]
    if i and tokens[i - 1].lemma == "be":  # "its figures cannot be checked"
        known = words["told"] | words["genuineness"]
        asked = asked or any(t.lemma in known for t in tokens[max(0, i - 6) : i])
    weak = lemma in words["weak_verbs"] and (independently or asked)
    if lemma not in words["verbs"] and not weak:
        return None
    if _near(tokens, i, words["negations"], 6) or tokens[0].lower in words["nothing"]:
        able = _near(tokens, i, words["modals"], 6)
        passive = tokens[max(0, i - 1)].lemma == "be" or _near(tokens, i, words["been"], 2)
        if not independently and lemma in words["weak_verbs"]:
            genuine = passive and _near(tokens, i, words["genuineness"], 6)
            return Verification.UNVERIFIED if able or genuine else None
        return Verification.UNVERIFIED if independently or able or passive else None
    if independently or lemma in words["checked"] or _shown(tokens, i):
        return Verification.CONFIRMED
    return None


def _shown(tokens: Sequence[Token], i: int) -> bool:
    """ "Satellite images confirmed the claim"."""
    words = _words()
    by = any(t.lemma in words["shown"] and t.tag is Tag.NOUN for t in tokens[max(0, i - 8) : i])
    return by and any(t.lemma in words["told"] for t in tokens[i + 1 : i + 4])


def _near(tokens: Sequence[Token], i: int, wanted: frozenset[str], reach: int) -> bool:
    return any(t.lower in wanted for t in tokens[max(0, i - reach) : i])


def _ahead(tokens: Sequence[Token], i: int, wanted: frozenset[str]) -> bool:
    return any(t.lower in wanted for t in tokens[i + 1 : i + 6])


def _is_aside(tokens: Sequence[Token], at: int) -> bool:
    """Whether a remark within what is said is the outlet's own: "…, a figure that could not …"."""
    told = _words()["told"]
    for k in range(max(1, at - 12), at - 1):
        if tokens[k - 1].text == "(" and not any(t.text == ")" for t in tokens[k:at]):
            return True
        if tokens[k - 1].text != ",":
            continue
        called = tokens[k].lower in ("a", "an") or tokens[k].lower in _words()["conceding"]
        if called and any(t.lemma in told for t in tokens[k + 1 : min(k + 3, at)]):
            return True
        pronoun = tokens[k + 1].lower in ("this", "that", "there") and tokens[k + 2].tag is Tag.AUX
        if pronoun and tokens[k].lower in _words()["conceding"]:
            return True
    return False


def _names_claim(tokens: Sequence[Token], at: int) -> bool:
    words = _words()
    for i in range(max(0, at - 14), min(len(tokens), at + 9)):
        if tokens[i].lemma in words["objects"] or tokens[i].lower in words["pronouns"]:
            return True
    return _stands_alone(tokens)


def _stands_alone(tokens: Sequence[Token]) -> bool:
    """ "Neither could be verified"."""
    return len(tokens) > 1 and tokens[0].lower in _words()["both"] and tokens[1].tag is Tag.AUX


def _plural(tokens: Sequence[Token]) -> bool:
    words = _words()
    return any(t.lower in words["plural"] or t.lower in words["both"] for t in tokens)


def _bound(
    analysis: TextAnalysis,
    attributions: Sequence[RawAttribution],
    sentence: Sentence,
    tokens: Sequence[Token],
    at: int,
) -> list[int]:
    """Indices of the claims that the remark at token ``at`` of its sentence is about."""
    offset = tokens[at].start
    outer = [(i, a) for i, a in enumerate(attributions) if a.nested_in is None]
    speaking = [  # "Unconfirmed reports said ..."
        i for i, a in outer if a.source is not None and a.source.start <= offset < a.source.end
    ]
    if speaking:
        return speaking
    same = [
        i
        for i, a in outer
        if a.sentence == sentence.index
        and (
            a.cue.end <= offset
            or (a.cue.start < offset and "without" in a.cue.exact)
            or _leads(a, tokens, at)
        )
    ]
    if same:
        return same[-1:]
    if tokens[0].lower in _words()["sweeping"] and _counts(tokens):
        swept = _all_counted(analysis, outer, sentence)
        if swept:
            return swept
    owner = _owner(tokens, at)
    many = _many(tokens)
    if many and not owner:
        return _passage(analysis, outer, sentence, tokens, many)
    plural = _plural(tokens)
    nearest: list[int] = []
    for back in range(1, _REACH + 1):
        before = [i for i, a in outer if a.sentence == sentence.index - back and _is_fact(a)]
        if owner:
            before = [i for i in before if owner <= _source_words(attributions[i])] or before
            if before and owner <= _source_words(attributions[before[-1]]):
                return before[-1:]
        if before and not nearest:
            nearest = before if plural and not owner else before[-1:]
            if not owner:
                return nearest
    return nearest


def _leads(claim: RawAttribution, tokens: Sequence[Token], at: int) -> bool:
    """Whether a remark stands before the cue: "Orr, without giving evidence, accused …"."""
    offset = tokens[at].start
    if offset > claim.cue.start or any(offset > c.start for c in claim.contents):
        return False
    return tokens[at].lower in _words()["adjectives"] or _near(
        tokens, at, frozenset({"without"}), 3
    )


def _is_fact(claim: RawAttribution) -> bool:
    return claim.act in _FACTS


def _many(tokens: Sequence[Token]) -> int:
    """How many voices a remark is about: 2 for "either account", 0 for one or an unknown number.

    ``_ALL`` stands for all of the passage: "their accounts", "the figures".
    """
    words = _words()
    if _stands_alone(tokens):
        return 2
    for at, token in enumerate(tokens):
        if token.lemma not in words["told"]:
            continue
        if any(t.lower in words["both"] for t in tokens[max(0, at - 2) : at]):
            return 2
        if token.lower != token.lemma:
            sides = any(t.lower in words["both"] for t in tokens[at + 1 : at + 4])
            return 2 if sides else _ALL
    return 0


def _passage(
    analysis: TextAnalysis,
    outer: Sequence[tuple[int, RawAttribution]],
    sentence: Sentence,
    tokens: Sequence[Token],
    voices: int,
) -> list[int]:
    """The claims of fact before a remark, back to the beginning of their paragraph.

    With two voices meant, back to the second one, also in an earlier paragraph.
    """
    before = [(i, a) for i, a in outer if a.sentence < sentence.index]
    if _counts(tokens):
        counted = _all_counted(analysis, before, sentence)
        before = [(i, a) for i, a in before if i in counted] or before
    if not before:
        return []
    found: list[int] = []
    heard = 0
    nearest = analysis.sentences[before[-1][1].sentence].block
    for at in range(len(before) - 1, -1, -1):
        index, claim = before[at]
        after = analysis.sentences[before[at + 1][1].sentence if found else sentence.index]
        block = analysis.sentences[claim.sentence].block
        bound = nearest if voices == _ALL or not found else block
        if after.index - claim.sentence > _REACH or block != bound:
            break
        if _is_fact(claim):
            found.append(index)
            heard += not at or not _same_voice(before[at - 1][1], claim)
        if heard == voices or (found and not _is_fact(claim)):
            break
    return sorted(found)


def _counts(tokens: Sequence[Token]) -> bool:
    return any(t.lemma in _words()["counted"] for t in tokens)


def _all_counted(
    analysis: TextAnalysis, outer: Sequence[tuple[int, RawAttribution]], sentence: Sentence
) -> list[int]:
    """Claims with a number in the sentences before: "none of the figures"."""
    return [
        i
        for i, a in outer
        if 0 < sentence.index - a.sentence <= 2 * _REACH
        and any(
            t.tag is Tag.NUM for c in a.contents for t in analysis.tokens_between(c.start, c.end)
        )
    ]


def _owner(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """Whose claim a note names: "the rebels' claim", "the ministry's figures"."""
    for k in range(1, min(at, 8)):
        mark = tokens[k].lower
        if mark in ("'s", "’s") or (mark in ("'", "’") and tokens[k - 1].lower.endswith("s")):
            return frozenset(t.lower for t in tokens[:k] if t.tag in (Tag.NOUN, Tag.PROPN, Tag.ADJ))
    return frozenset()


def _source_words(attribution: RawAttribution) -> frozenset[str]:
    source = attribution.source
    return frozenset(source.exact.lower().split()) if source is not None else frozenset()


def _elaborated(
    analysis: TextAnalysis, attributions: Sequence[RawAttribution], bound: int
) -> list[int]:
    """Earlier claims of the passage that the bound one restates or goes on with.

    Of the same voice, without another's in between, and with a word of content in common.
    """
    noted = attributions[bound]
    block = analysis.sentences[noted.sentence].block
    words = _content_words(analysis, noted)
    found: list[int] = []
    for i in range(bound - 1, max(-1, bound - 4), -1):
        claim = attributions[i]
        if claim.nested_in is not None:
            continue
        if analysis.sentences[claim.sentence].block != block or not _same_voice(claim, noted):
            break
        if words & _content_words(analysis, claim):
            found.append(i)
    return found


def _same_voice(claim: RawAttribution, noted: RawAttribution) -> bool:
    """Whether ``noted`` has the voice of the claim before it, by its words or a pronoun."""
    if claim.source is None or noted.source is None:
        return False
    later = noted.source.exact.lower()
    return later in _words()["voices"] or _source_words(claim) >= _source_words(noted)


def _content_words(analysis: TextAnalysis, claim: RawAttribution) -> frozenset[str]:
    return frozenset(
        t.lemma
        for c in claim.contents
        for t in analysis.tokens_between(c.start, c.end)
        if t.tag in (Tag.NOUN, Tag.PROPN, Tag.VERB) and len(t.lemma) > 2
    )


def _span(analysis: TextAnalysis, sentence: Sentence, tokens: Sequence[Token], at: int) -> Span:
    """The sentence, or the clause of it that holds the remark."""
    start, end = sentence.start, sentence.end
    for i in range(at, 0, -1):
        if tokens[i].lower == "which" or (
            tokens[i - 1].lower == "," and tokens[i].lower in ("but", "although", "though", "and")
        ):
            start = tokens[i].start
            break
    return Span.cut(analysis.text, start, end)
