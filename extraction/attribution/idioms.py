"""Verbs that speak only together with other words: "took responsibility for", "hit out at"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from extraction.attribution import cues
from extraction.attribution.nouns import OWN_PREPOSITIONS, np_right
from extraction.attribution.units import Group, Unit
from extraction.text.analysis import Tag

_SLOT = "*"
_BAR = "|"
# What may stand before a noun of an idiom: "took its full share", "paid a warm tribute".
_MODIFIERS = frozenset({Tag.DET, Tag.ADJ, Tag.ADV, Tag.PRON})
_MOST_MODIFIERS = 3
_REACH = 16


class Idiom(msgspec.Struct, frozen=True):
    """The words behind a verb; ``*`` is a noun phrase, and from ``bar`` on they are content."""

    lemma: str
    words: tuple[str, ...]
    bar: int


@cache
def _idioms() -> Mapping[str, Sequence[Idiom]]:
    """Idioms by the lemma of their verb, the longest first."""
    found: dict[str, list[Idiom]] = {}
    for key in cues.idioms():
        verb, *rest = key.split()
        bar = rest.index(_BAR) if _BAR in rest else len(rest)
        words = tuple(word for word in rest if word != _BAR)
        found.setdefault(verb, []).append(Idiom(key, words, bar))
    return {verb: sorted(each, key=lambda i: -len(i.words)) for verb, each in found.items()}


def join_idioms(unit: Unit) -> None:
    """Make one group of each verb and the words that make an idiom of it."""
    known = _idioms()
    for at, group in enumerate(unit.groups):
        for idiom in known.get(group.lemma, ()):
            if group.copula:
                break
            end = _end(unit, group, idiom)
            if end >= 0:
                unit.groups[at] = replace(group, lemma=idiom.lemma, end=end)
                break


def _end(unit: Unit, group: Group, idiom: Idiom) -> int:
    """Where the cue ends if the idiom stands behind the verb; -1 if it does not."""
    at = bar = group.end
    passive = group.passive and idiom.words[:1] == (_SLOT,)
    if group.passive and not passive:
        return -1
    if idiom.words[:1] == (_SLOT,) and idiom.words[1] not in unit.lows[at : at + _REACH]:
        return -1  # no look for the noun phrase where the word behind it is missing
    for number, word in enumerate(idiom.words):
        if number == idiom.bar:
            bar = at
        if word == _SLOT:
            attaching = OWN_PREPOSITIONS - set(idiom.words[number + 1 : number + 2])
            end = at if passive else np_right(unit, at, False, attaching)
            if not (passive or end > at):
                return -1
            at = end
            continue
        found = _past_modifiers(unit, at, word)
        if found < 0:
            return -1
        at = found
    return bar if idiom.bar < len(idiom.words) else at


def _past_modifiers(unit: Unit, at: int, word: str) -> int:
    """The token behind ``word`` where it stands at ``at``, modifiers aside; -1 elsewhere."""
    for k in range(at, at + _MOST_MODIFIERS + 1):
        low = unit.lows[k]
        if low == word or (k < len(unit) and unit.tokens[k].lemma == word):
            return k + 1
        if unit.tags[k] not in _MODIFIERS:
            return -1
    return -1
