"""The lexicon of happenings, ready for look-up by lemma."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from extraction import lexicon
from extraction.model import EventType
from extraction.text.analysis import Tag, Token

_FILE = "happenings.toml"
_OBJECT = frozenset({Tag.DET, Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.ADJ, Tag.NUM})
_BEFORE_NOUN = frozenset({Tag.DET, Tag.ADJ, Tag.ADP, Tag.PUNCT, Tag.CCONJ, Tag.SCONJ, Tag.VERB})


class Family(msgspec.Struct, frozen=True):
    """A class of triggers; fields as the head of the lexicon file explains them."""

    name: str
    group: str
    type: EventType
    label: str
    bare: str
    harm: bool
    exclusive: bool
    of: str
    transitive: bool
    generic: bool
    background: bool
    undergoes: bool
    things: bool
    placed: bool
    context: frozenset[str]


class Phrase(msgspec.Struct, frozen=True):
    """A set phrase of lemmas; ``*`` stands for up to three words."""

    words: tuple[str, ...]
    family: str
    undergone: bool


class Lexicon(msgspec.Struct, frozen=True):
    families: Mapping[str, Family]
    verbs: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    starts: frozenset[str]
    weapons: frozenset[str]
    weapon_pairs: Mapping[str, frozenset[str]]
    weapon_families: Mapping[str, str]
    weapon_verbs: frozenset[str]
    flying: frozenset[str]
    wanted: frozenset[str]
    planned: frozenset[str]
    feared: frozenset[str]
    wanted_nouns: frozenset[str]
    negative_verbs: frozenset[str]
    frames: Mapping[str, frozenset[str]]
    anaphora: Mapping[str, frozenset[str]]
    not_nouns: frozenset[str]
    before_to: frozenset[str]
    describing: frozenset[str]
    no_deeds: frozenset[str]
    anything: frozenset[str]
    not_targets: frozenset[str]
    place_nouns: frozenset[str]
    place_adverbs: frozenset[str]
    order_cues: frozenset[str]
    order_groups: frozenset[str]
    bodily: Mapping[str, str]
    solid: frozenset[str]
    needs: Mapping[str, frozenset[str]]
    abstract: frozenset[str]


def _family(name: str, table: Mapping[str, Any]) -> Family:
    try:
        return Family(
            name,
            table["group"],
            EventType(table["type"]),
            table["label"],
            table["bare"],
            table.get("harm", False),
            table.get("exclusive", False),
            table.get("of", "patient"),
            table.get("transitive", False),
            table.get("generic", False),
            table.get("background", False),
            table.get("undergoes", False),
            table.get("things", False),
            table.get("placed", False),
            lexicon.words(table, "context", _FILE) if "context" in table else frozenset(),
        )
    except (KeyError, ValueError) as error:
        raise lexicon.LexiconError(f"{_FILE}: family '{name}': {error}") from error


@cache
def load(language: str = "en") -> Lexicon:
    """The lexicon of a language. Raises ``LexiconError`` on bad data."""
    data = lexicon.load(language, "happenings")
    families = {name: _family(name, table) for name, table in data["families"].items()}
    verbs: dict[str, list[str]] = {}
    nouns: dict[str, list[str]] = {}
    for name, table in data["families"].items():
        for word in table["verbs"].split():
            verbs.setdefault(word, []).append(name)
        for word in table["nouns"].split():
            nouns.setdefault(word, []).append(name)
    phrases: dict[str, list[Phrase]] = {}
    for table in data["phrases"]:
        if table["family"] not in families:
            raise lexicon.LexiconError(f"{_FILE}: no family '{table['family']}'")
        for words in lexicon.phrases(table["words"]):
            entry = Phrase(words, table["family"], table.get("subject") == "patient")
            phrases.setdefault(words[0], []).append(entry)
    pairs: dict[str, list[str]] = {}
    for first, second in (p.split() for p in data["weapons"]["phrases"]):
        pairs.setdefault(first, []).append(second)
    modality = data["modality"]
    return Lexicon(
        families,
        {word: tuple(names) for word, names in verbs.items()},
        {word: tuple(names) for word, names in nouns.items()},
        {w: tuple(sorted(found, key=lambda p: -len(p.words))) for w, found in phrases.items()},
        frozenset((*verbs, *nouns, *phrases)) | lexicon.words(data["weapon_verbs"], "words", _FILE),
        lexicon.words(data["weapons"], "words", _FILE),
        {first: frozenset(seconds) for first, seconds in pairs.items()},
        {word: name for name, listed in data["weapon_families"].items() for word in listed},
        lexicon.words(data["weapon_verbs"], "words", _FILE),
        lexicon.words(data["weapons"], "flying", _FILE),
        lexicon.words(modality, "wanted", _FILE),
        lexicon.words(modality, "planned", _FILE),
        lexicon.words(modality, "feared", _FILE),
        lexicon.words(modality, "wanted_nouns", _FILE),
        lexicon.words(data["negation"], "verbs", _FILE),
        {name: lexicon.words(data["frames"], name, _FILE) for name in data["frames"]},
        {name: lexicon.words(data["anaphora"], name, _FILE) for name in data["anaphora"]},
        lexicon.words(data["not_events"], "nouns", _FILE),
        lexicon.words(data["not_events"], "before_to", _FILE),
        lexicon.words(data["not_events"], "describing", _FILE),
        lexicon.words(data["no_deeds"], "verbs", _FILE),
        lexicon.words(data["anything"], "words", _FILE),
        lexicon.words(data["not_targets"], "words", _FILE),
        lexicon.words(data["place_anaphora"], "nouns", _FILE),
        lexicon.words(data["place_anaphora"], "adverbs", _FILE),
        lexicon.words(data["orders"], "cues", _FILE),
        lexicon.words(data["orders"], "groups", _FILE),
        data["bodily"]["families"],
        lexicon.words(data["bodily"], "solid", _FILE),
        {verb: lexicon.words(data["needs"], verb, _FILE) for verb in data["needs"]},
        lexicon.words(data["abstract"], "words", _FILE),
    )


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``[first, last)`` of the sentence; ``head`` is the one the syntax hangs on.

    ``undergone`` marks phrases whose subject suffers it ("came under fire").
    """

    first: int
    last: int
    head: int
    lemma: str
    families: tuple[str, ...]
    verbal: bool
    undergone: bool = False


def _match(phrase: Phrase, lemmas: Sequence[str], start: int) -> int:
    """End of ``phrase`` from ``start``, or -1."""
    at, gap = start, 0
    for word in phrase.words:
        if word == "*":
            gap = 3
            continue
        stop = min(len(lemmas), at + gap + 1)
        while at < stop and lemmas[at] != word:
            at += 1
        if at >= stop:
            return -1
        at, gap = at + 1, 0
    return at


def find(tokens: Sequence[Token], lows: Sequence[str], lemmas: Sequence[str]) -> list[Trigger]:
    """Triggers of a sentence in order; a set phrase outranks the words in it.

    ``lows`` and ``lemmas`` are the tokens' small letters and lemmas.
    """
    entries = load()
    found: list[Trigger] = []
    held = frozenset(lemmas)
    free = 0
    for at in _places(entries, lows, lemmas):
        if at < free:
            continue
        trigger = _phrase_at(entries, tokens, lemmas, held, at) or _word_at(entries, tokens, at)
        if trigger is not None:
            found.append(trigger)
            free = trigger.last
    return found


def _places(entries: Lexicon, lows: Sequence[str], lemmas: Sequence[str]) -> list[int]:
    """Where a trigger can begin, by a single look-up a word."""
    starts = entries.starts
    both = enumerate(zip(lemmas, lows, strict=True))
    found = [i for i, (lemma, low) in both if lemma in starts or low in starts]
    if lows and lows[0].removesuffix("s") in starts and 0 not in found[:1]:
        found.insert(0, 0)
    return found


def touches(lows: Sequence[str], lemmas: Sequence[str]) -> bool:
    """Whether a sentence with these small letters and lemmas can hold a trigger at all."""
    starts = load().starts
    return (
        not starts.isdisjoint(lemmas)
        or not starts.isdisjoint(lows)
        or (bool(lows) and lows[0].removesuffix("s") in starts)
    )


def _phrase_at(
    entries: Lexicon,
    tokens: Sequence[Token],
    lemmas: Sequence[str],
    held: frozenset[str],
    at: int,
) -> Trigger | None:
    for phrase in entries.phrases.get(lemmas[at], ()):
        if phrase.words[-1] not in held:
            continue
        end = _match(phrase, lemmas, at)
        if end < 0 or _describes(phrase, tokens, at):
            continue
        verb = next((i for i in range(at, end) if tokens[i].tag is Tag.VERB), -1)
        head = verb if verb >= 0 else end - 1
        lemma = " ".join(word for word in phrase.words if word != "*")
        return Trigger(at, end, head, lemma, (phrase.family,), verb >= 0, phrase.undergone)
    return None


def _describes(phrase: Phrase, tokens: Sequence[Token], at: int) -> bool:
    """ "Fired on striking miners" is no "on strike"."""
    return tokens[at].tag is Tag.ADP and tokens[at + 1].form == "ing" and phrase.words[1] != "*"


def _word_at(entries: Lexicon, tokens: Sequence[Token], at: int) -> Trigger | None:
    token = tokens[at]
    low = token.lower
    if low in entries.not_nouns and token.tag is Tag.NOUN:
        return None
    after = tokens[at + 1].tag if at + 1 < len(tokens) else None
    if low in entries.describing and after in (Tag.NOUN, Tag.ADJ, Tag.PUNCT):
        return None
    if token.lemma in entries.before_to and at + 1 < len(tokens) and tokens[at + 1].lower == "to":
        return None
    if token.tag is Tag.VERB and not (low in entries.nouns and _is_gerund(tokens, at)):
        families = entries.verbs.get(token.lemma)
        moving = token.lemma in entries.weapon_verbs
        if moving and _armed(entries, tokens, at):
            families = ("gunfire",)
        if families:
            return Trigger(at, at + 1, at, token.lemma, families, True)
    if _verb_taken_for_noun(entries, tokens, at):
        return Trigger(at, at + 1, at, token.lemma, entries.verbs[token.lemma], True)
    if token.tag in (Tag.NOUN, Tag.VERB, Tag.ADJ) or (token.tag is Tag.PROPN and at == 0):
        for lemma in (token.lemma, low, low.removesuffix("s")):
            families = entries.nouns.get(lemma)
            if families and (token.tag is not Tag.VERB or lemma == low):
                return Trigger(at, at + 1, at, lemma, families, False)
    return None


def _verb_taken_for_noun(entries: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """ "the thermostat overheats": a verb in -s behind its subject that could be a plural."""
    token = tokens[at]
    if token.tag is not Tag.NOUN or not token.lower.endswith("s") or not at:
        return False
    known = token.lemma in entries.verbs and token.lemma not in entries.nouns
    return known and token.lemma not in entries.weapons and tokens[at - 1].tag is Tag.NOUN


def _is_gerund(tokens: Sequence[Token], at: int) -> bool:
    """Whether an -ing form names the event ("the fighting goes on") and takes no object."""
    if tokens[at].form != "ing":
        return False
    if at and tokens[at - 1].tag is Tag.AUX:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and after.tag in _OBJECT:
        return False
    before = tokens[at - 1] if at else None
    return before is None or before.tag in _BEFORE_NOUN


def _armed(entries: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    """Whether a weapon stands close to a verb of moving or firing."""
    return any(
        token.lemma in entries.weapons and token.tag in (Tag.NOUN, Tag.ADJ)
        for token in tokens[max(0, at - 8) : at + 5]
    )
