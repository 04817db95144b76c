"""The lexicon of quantities in the shape that it is looked up in."""

from __future__ import annotations

from extraction.lexicon import load, words
from extraction.times.words import phrase_table

_FILE = "quantities.toml"
_table = load("en", "quantities")

BOUNDS = phrase_table(_table["bounds"])
AFTER = phrase_table(_table["after"])
VAGUE = phrase_table(_table["vague"])
SHARES = phrase_table(_table["shares"])
SHARING = words(_table["rules"], "sharing", _FILE)
MEASURES: dict[str, str] = {
    word: measure for measure, nouns in _table["measures"].items() for word in nouns.split()
}
PERSONS = words(_table["persons"], "words", _FILE)
PREDICATES: dict[str, str] = {
    word: measure for measure, cues in _table["predicates"].items() for word in cues.split()
}
UNITS: dict[str, tuple[str, float]] = {
    word: (str(measure), float(factor)) for word, (measure, factor) in _table["units"].items()
}
CURRENCIES: dict[str, str] = dict(_table["currencies"])
NOBODY = words(_table["rules"], "nobody", _FILE)
LABELS = words(_table["rules"], "labels", _FILE)
EMPTY = words(_table["rules"], "empty", _FILE)
GENERIC = words(_table["persons"], "generic", _FILE)
DEFINITE = words(_table["rules"], "definite", _FILE)
BREAKS = words(_table["rules"], "breaks", _FILE)
OTHERS = words(_table["rules"], "others", _FILE)
OF_THE_LIVING = words(_table["rules"], "of_the_living", _FILE)
SETTING = words(_table["rules"], "setting", _FILE)
STANDING = words(_table["rules"], "standing", _FILE)
PARTS = words(_table["rules"], "parts", _FILE)
PLURAL = words(_table["rules"], "plural", _FILE)
HARMS = words(_table["rules"], "harms", _FILE)
BOTH = words(_table["rules"], "both", _FILE)
ONE = words(_table["rules"], "one", _FILE) | BOTH
PAIRS = words(_table["rules"], "pairs", _FILE)
SUPPOSING = words(_table["rules"], "supposing", _FILE)
BY_THEMSELVES = words(_table["rules"], "by_themselves", _FILE)
TAKING = words(_table["rules"], "taking", _FILE)
BROUGHT = words(_table["rules"], "brought", _FILE)
COUNTS = words(_table["rules"], "counts", _FILE)
HELD = words(_table["rules"], "held", _FILE)
CROWDS = words(_table["rules"], "crowds", _FILE)
SUFFERED = words(_table["rules"], "suffered", _FILE)
CHANGING = words(_table["rules"], "changing", _FILE)
MODELS: dict[str, str] = {
    letters: measure for measure, line in _table["models"].items() for letters in line.split()
}
INCLUDED = words(_table["rules"], "included", _FILE)
CUMULATIVE = words(_table["rules"], "cumulative", _FILE)
CUMULATIVE_PHRASES: tuple[str, ...] = tuple(_table["rules"]["cumulative_phrases"])
DAILY_PHRASES: tuple[str, ...] = tuple(_table["rules"]["daily_phrases"])
# The casualty measures: a figure with one of them needs no noun.
FATES = frozenset(_table["predicates"])
# What is done to people, however it is counted.
HARM = FATES | {"casualties"}
