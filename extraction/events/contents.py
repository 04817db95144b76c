"""What the words of a claim say about its figures, its silence and its times: one question each."""

from __future__ import annotations

import re
from functools import cache

from extraction import lexicon
from extraction.events.counting import Bare, bare_figure
from extraction.events.words import content_words, harms, rising, stem
from extraction.happenings import triggers
from extraction.model import Attribution, Happening, SpeechAct

_FIGURES = re.compile(r"\b(?:figures?|tolls?|tally|tallies|counts?|statistics)\b", re.IGNORECASE)


_POINTING_WORDS = 8


_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’]*\s")


def counts_harmed(attribution: Attribution, happening: Happening | None) -> bool:
    """ "Put the number of dead at nine": a figure of the harmed, and no event word beside it."""
    if happening is not None and happening.family != "deed":
        return False
    harmed = harms()
    return any(quantity.measure in harmed for quantity in attribution.quantities)


def has_risen(attribution: Attribution) -> bool:
    """ "The toll had risen to 33 by Saturday": the day of the count, not of what is counted."""
    if not any(quantity.measure in harms() for quantity in attribution.quantities):
        return False
    return any(not rising().isdisjoint(c.exact.split()) for c in attribution.contents)


@cache
def _given_up() -> re.Pattern[str]:
    words = lexicon.phrases(lexicon.load("en", "happenings")["figures"]["instead_of"])
    led = "|".join(r"\s+".join(map(re.escape, phrase)) for phrase in words)
    return re.compile(rf"\b(?:{led})\s+(?:(\d[\d,]*\d|\d)|([a-z]+))", re.IGNORECASE)


def gives_up(attribution: Attribution) -> float | None:
    """The figure that a claim gives up for its own: "five were hurt, up from three"."""
    for content in attribution.contents:
        match = _given_up().search(content.exact)
        if match is None:
            continue
        if match[1]:
            return float(match[1].replace(",", ""))
        table = lexicon.load("en", "numbers")
        value = table["units"].get(match[2].lower(), table["tens"].get(match[2].lower()))
        if value is not None:
            return float(value)
    return None


_NOT = re.compile(r", not (\d[\d,]*\d|\d)\b")


def instead_of(attribution: Attribution) -> float | None:
    """The figure that a correction is put in place of: "38, not 41"."""
    if attribution.act is not SpeechAct.CORRECTS:
        return None
    found = (_NOT.search(content.exact) for content in attribution.contents)
    return next((float(match[1].replace(",", "")) for match in found if match), None)


def on_figures(attribution: Attribution) -> bool:
    """ "Disputed the figure": a few words that point at figures and give none."""
    words = " ".join(content.exact for content in attribution.contents)
    return len(words.split()) <= _POINTING_WORDS and bool(_FIGURES.search(words))


_DATING = re.compile(r"\b(?:minutes?|hours?|days?|weeks?)\s+(?:after|before)\s+(?:\w+\s+){0,2}\Z")


def only_dates(attribution: Attribution, happening: Happening) -> bool:
    """ "Contact was lost minutes after the collision": an event that only says when."""
    if happening.verbal:
        return False
    at = happening.trigger.start
    return any(
        content.start <= at < content.end
        and _DATING.search(content.exact, 0, at - content.start) is not None
        for content in attribution.contents
    )


@cache
def _silence() -> frozenset[str]:
    return frozenset(stem(word) for word in triggers.load().anaphora["silence"])


def is_silent(attribution: Attribution) -> bool:
    """ "Made no comment": who will say nothing of an event turns down no demand."""
    if attribution.act is not SpeechAct.DECLINES:
        return False
    if stem(attribution.cue_lemma) in _silence():
        return True
    return not _silence().isdisjoint(content_words(c.exact for c in attribution.contents))


@cache
def _own_ground() -> re.Pattern[str]:
    table = lexicon.load("en", "happenings")["figures"]["own"]
    led = "|".join(r"\s+".join(map(re.escape, p)) for p in lexicon.phrases(table["phrases"]))
    return re.compile(rf"\b(?:{led})\b", re.IGNORECASE)


def on_own_ground(attribution: Attribution) -> bool:
    """ "Put the toll on its side at 17": a count of where the speaker's side is."""
    return any(_own_ground().search(content.exact) for content in attribution.contents)


def opening_words(attribution: Attribution) -> frozenset[str] | None:
    """Words of the first sentence, of a denial in several: "These charges are false. They ..."."""
    if attribution.act is not SpeechAct.DENIES or not attribution.contents:
        return None
    first = _SENTENCE.split(attribution.contents[0].exact, maxsplit=1)[0]
    if len(attribution.contents) == 1 and first == attribution.contents[0].exact:
        return None
    return content_words([first])


def bare_of(attribution: Attribution) -> Bare | None:
    if attribution.quantities or len(attribution.contents) != 1:
        return None
    return bare_figure(attribution.contents[0].exact)
