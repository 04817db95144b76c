"""The word lists of ``acts.toml``, typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from extraction import lexicon

_FILE = "acts.toml"
# The patterns whose absence is worth one look at all of them together.
_TELLING = (
    "earlier",
    "menace",
    "own_fault",
    "denial",
    "offer",
    "blame",
    "sympathy",
    "by_mistake",
    "admission",
    "regret",
    "reprisal",
    "refused",
    "said_again",
    "none_given",
    "own_words_wrong",
    "blameworthy",
)


class Rules(msgspec.Struct, frozen=True):
    statements: frozenset[str]
    requests: frozenset[str]
    offers: frozenset[str]
    attitudes: frozenset[str]
    guilt: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    telling: re.Pattern[str]
    harm: frozenset[str]
    violence: frozenset[str]
    yielding: frozenset[str]
    untrue: frozenset[str]
    wrong: frozenset[str]
    reprisals: frozenset[str]
    first_person: frozenset[str]
    hope: frozenset[str]
    moved: frozenset[str]
    unsound: frozenset[str]
    wrongs: frozenset[str]
    theirs: frozenset[str]
    to_us: frozenset[str]
    conduct: frozenset[str]
    performing: Mapping[str, str]
    dealings: frozenset[str]
    no_denial: frozenset[str]
    giving: frozenset[str]
    arranged: frozenset[str]
    unruled: frozenset[str]
    decided: frozenset[str]
    just_done: frozenset[str]
    leaders: frozenset[str]
    blows: frozenset[str]
    suffering: frozenset[str]
    asking: frozenset[str]
    no_orders: frozenset[str]
    possessives: frozenset[str]
    pronouns: frozenset[str]
    bodies: frozenset[str]
    deeds: frozenset[str]
    determiners: frozenset[str]
    general_objects: frozenset[str]


@cache
def act_rules() -> Rules:
    table = lexicon.load("en", "acts")

    def of(section: str, key: str) -> frozenset[str]:
        part: Mapping[str, Any] = table[section]
        return lexicon.words(part, key, _FILE)

    patterns = {
        key: re.compile(rf"\b(?:{'|'.join(map(re.escape, value))})\b")
        for key, value in table["content"].items()
        if isinstance(value, list)
    } | {key: re.compile(rf"\b(?:{value})\b") for key, value in table["expressions"].items()}
    return Rules(
        statements=of("objects", "statements"),
        requests=of("objects", "requests"),
        offers=of("objects", "offers"),
        attitudes=of("objects", "attitudes"),
        guilt=of("objects", "guilt"),
        patterns=patterns,
        telling=re.compile("|".join(patterns[key].pattern for key in _TELLING)),
        harm=of("content", "harm"),
        violence=of("content", "violence"),
        yielding=of("content", "yielding"),
        untrue=of("content", "untrue"),
        wrong=of("content", "wrong"),
        reprisals=of("content", "reprisals"),
        first_person=of("own", "first_person"),
        hope=of("content", "hope"),
        moved=of("content", "moved"),
        unsound=of("content", "unsound"),
        wrongs=of("content", "wrongs"),
        theirs=of("content", "theirs"),
        to_us=of("content", "to_us"),
        conduct=of("content", "conduct"),
        performing={
            lemma: act for act, lemmas in table["performing"].items() for lemma in lemmas.split()
        },
        dealings=of("content", "dealings"),
        no_denial=of("content", "no_denial"),
        giving=of("content", "giving"),
        arranged=of("content", "arranged"),
        unruled=of("content", "unruled"),
        decided=of("content", "decided"),
        just_done=of("content", "just_done"),
        leaders=of("own", "leaders"),
        blows=of("objects", "blows"),
        suffering=of("content", "suffering"),
        asking=of("content", "asking"),
        no_orders=of("content", "no_orders"),
        possessives=of("own", "possessives"),
        pronouns=of("own", "pronouns"),
        bodies=of("own", "bodies"),
        deeds=of("own", "deeds"),
        determiners=of("general", "determiners"),
        general_objects=of("general", "objects"),
    )
