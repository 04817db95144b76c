"""Acts that only the dispute decides: who is blamed in passing, and what a verdict answers.

"They aimed at people in their beds", "the mine had been theirs": who names the other party
together with a wrong, blames it. "Called it an insult" turns an offer down where one has just
been made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

import msgspec

from extraction.act_rules import act_rules
from extraction.events.notes import HARMED, Note
from extraction.events.words import harms, stem
from extraction.happenings import family
from extraction.model import SideKey, SpeechAct
from extraction.relations.beside import heard
from extraction.relations.index import Index
from extraction.relations.weighing import refers

_NAME = 4  # letters from which on a name tells who is meant
_JUST = 2  # sentences in which a verdict is one on what was said
_VERDICT = 4  # words of a verdict that only points


class Names(msgspec.Struct, frozen=True):
    """Stems of the names of each party and of those who belong to it, and of no other."""

    of_side: dict[SideKey, frozenset[str]]

    def rival_named(self, note: Note) -> bool:
        """Whether a claim of one party names the other."""
        rival = self.of_side.get(note.voice.rival.side, frozenset())
        own = self.of_side.get(note.voice.side, frozenset())
        return _any_named(note.words, rival) and not _any_named(note.words, own)


def _any_named(words: frozenset[str], names: frozenset[str]) -> bool:
    """Whether a word is a name or one made of it: "Marland", "Marlandic"."""
    return any(
        word.startswith(name) and len(word) - len(name) <= 4 for word in words for name in names
    )


def names_of(notes: Sequence[Note]) -> Names:
    found: dict[SideKey, set[str]] = defaultdict(set)
    for note in notes:
        for voice in (note.voice, note.agent, note.patient, *note.targets):
            if not voice.party:
                continue
            for key in (voice.actor, voice.bloc):
                if key and len(key) >= _NAME:
                    found[voice.side].add(stem(key.split()[-1] if key == voice.actor else key))
    shared = set.intersection(*found.values()) if len(found) > 1 else set()
    places = {stem(place) for note in notes for place in note.places}
    general = {stem(word) for word in act_rules().bodies} | shared | places
    return Names(
        {
            side: frozenset(n for n in names - general if len(n) >= _NAME)
            for side, names in found.items()
        }
    )


@cache
def _wrongs() -> frozenset[str]:
    rules = act_rules()
    return frozenset(stem(word) for word in rules.wrongs | rules.wrong | rules.blows)


def blames_by_name(note: Note, names: Names) -> str:
    """Why a plain statement of a party blames the other that it names; empty where not."""
    if not note.voice.party or note.negated or not note.actual or note.partial:
        return ""
    if note.agent.allied(note.voice) or not names.rival_named(note):
        return ""
    kind = family(note.family)
    harm = kind is not None and kind.harm and note.group != HARMED
    if not harm and note.words.isdisjoint(_wrongs()):
        return ""
    if any(q.measure in harms() for q in note.quantities) and not harm:
        return ""
    suffers = note.patient.opposes(note.voice)
    return "" if suffers else "names the other side together with a wrong"


def verdict_on(note: Note, index: Index) -> tuple[SpeechAct, str] | None:
    """The act of a verdict by what was said just before it; None where it stays as it is."""
    if _short(note) and not refers(note, "claims"):
        last = next(iter(heard(note, index, _JUST)), None)
        if last is not None and last.act in (SpeechAct.OFFERS, SpeechAct.DEMANDS):
            return SpeechAct.REJECTS, "a verdict on what was just offered or asked"
    return None


def _short(note: Note) -> bool:
    return len(note.words) <= _VERDICT


def by_dispute(
    notes: Sequence[Note], plain: frozenset[SpeechAct]
) -> dict[int, tuple[SpeechAct, str]]:
    """New acts by claim id, each with its reason."""
    names = names_of(notes)
    changed: dict[int, tuple[SpeechAct, str]] = {}
    for note in notes:
        if note.act in plain:
            why = blames_by_name(note, names)
            if why:
                changed[note.claim] = (SpeechAct.ALLEGES, why)
    turning = [n for n in notes if n.act is SpeechAct.CONDEMNS]
    if turning:
        index = Index(notes)
        for note in turning:
            found = verdict_on(note, index)
            if found is not None:
                changed[note.claim] = found
    return changed
