"""What an event is called: a few clear words from its kind, its place and what was done to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from extraction import lexicon
from extraction.events.cluster import Cluster
from extraction.events.notes import OWN_EVENT, Note
from extraction.folding import sound
from extraction.happenings import family
from extraction.happenings.triggers import Family
from extraction.model import EventType, SpeechAct

_MOST_WORDS = 7
_MOST_PLACES = 3
_TRIM = re.compile(r"^[\s\"'“”‘’,.;:—–-]+|[\s\"'“”‘’,.;:—–-]+$")
_LEAD = re.compile(r"^(?:that|to|for|if|whether|of|an?|the)\b[\s,]+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?<=[a-z0-9])[.;:!?]+(?=[\s\"'”’]|$)|,\s|\s(?:--|—|–)\s|\s(?:because|which|who|while|saying)\s"
)
_ADVERBIAL = re.compile(r"(?:for|in|on|at|with|during|after|by|as|of) ", re.IGNORECASE)


def _table() -> Mapping[str, Any]:
    return lexicon.load("en", "event_labels")


def _snippet(text: str) -> str:
    """The first words of a content, cut at its first pause."""
    words = _LEAD.sub("", _TRIM.sub("", text))
    pieces = [piece for piece in _CLAUSE.split(words, maxsplit=2) if piece.strip()]
    if len(pieces) > 1 and _ADVERBIAL.match(pieces[0]):
        pieces = pieces[1:]
    parts = _LEAD.sub("", pieces[0]).split() if pieces else []
    short = " ".join(parts[:_MOST_WORDS])
    return short + ("…" if len(parts) > _MOST_WORDS else "")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: Sequence[str]) -> str:
    if len(names) <= 1:
        return "".join(names)
    if len(names) > _MOST_PLACES:
        return ", ".join(names[:_MOST_PLACES]) + "…"
    return ", ".join(names[:-1]) + " and " + names[-1]


def _places(notes: Sequence[Note], names: Mapping[str, str]) -> str:
    """The places that most of the notes put first, as the articles write them."""
    lists = Counter(note.places for note in notes if note.places)
    if not lists:
        return ""
    most = max(lists.values())
    best = min((p for p, n in lists.items() if n == most), key=lambda p: (len(p), p))
    return _listed([names.get(place, place) for place in best])


def _thing(target: str) -> str:
    """What was done to, without numbers and possessives: "two of its soldiers" are soldiers."""
    words = target.split()
    while words and (words[0].lower() in _table()["idle"] or words[0][0].isdigit()):
        words.pop(0)
    return " ".join(words[:5])


def _object(
    notes: Sequence[Note],
    names: Mapping[str, str],
    actors: Mapping[str, str],
    places: Sequence[str] = (),
    kind: Family | None = None,
) -> str:
    if kind is not None and kind.things:
        for note in notes:
            if note.target and (what := _thing(note.target)):
                return what
    known = _listed([names.get(place, place) for place in places]) or _places(notes, names)
    if known or (kind is not None and kind.placed):
        return known
    for note in notes:
        if note.target and (what := _thing(note.target)):
            return what
    for note in notes:
        if note.patient.actor is not None:
            return actors.get(note.patient.actor, "")
    doers = {sound(actors.get(note.agent.actor or "", "")) for note in notes}
    wide = next((note.wide for note in notes if note.wide and not doers & set(note.wide)), ())
    return _listed([names.get(place, place) for place in wide])


def _leading(cluster: Cluster) -> str:
    """The family that most notes speak of; a harm before the dead and hurt of it."""
    counts = Counter(note.family for note in cluster.notes if note.family)
    known = [(kind, counts[name]) for name in counts if (kind := family(name)) is not None]
    known.sort(
        key=lambda pair: (pair[0].group != cluster.group, pair[0].generic, -pair[1], pair[0].name)
    )
    return known[0][0].name if known else ""


def label_of(
    cluster: Cluster,
    contents: Mapping[tuple[str, int], str],
    names: Mapping[str, str],
    actors: Mapping[str, str],
) -> tuple[str, EventType]:
    """Label and PLOVER type of an event.

    ``contents`` maps (article, index) of a claim to its words, ``names`` a folded place to how
    it is written, ``actors`` an actor's key to its name.
    """
    table = _table()
    first = min(cluster.notes, key=lambda n: n.key)
    own = next((n for n in cluster.notes if n.act in OWN_EVENT and n.group == cluster.group), None)
    leading = family(_leading(cluster))
    untold = own is None and leading is not None and leading.group == "casualties" and first.claim
    if untold and not _object(cluster.notes, names, {}) and cluster.group != "statement":
        own = first
    if own is None and leading is not None and cluster.group != "statement":
        return _of_kind(leading, cluster, names, actors), leading.type
    speaking = own or first
    act = speaking.act or SpeechAct.ASSERTS
    content = _snippet(contents.get((speaking.article, speaking.index), ""))
    wanted = table["families"].get(speaking.family) if own is not None else None
    if wanted is not None:
        whole, bare = wanted
        what = _object([speaking], names, actors)
        who = actors.get(speaking.agent.actor or "", "")
        known = what if "{object}" in whole else who
        content = whole.format(object=what, agent=who) if known else bare
    if untold and leading is not None:
        return _upper(content) or leading.bare, leading.type
    text = str(table["acts"][act.value]).format(content=content).strip()
    return _upper(text.rstrip(": ")) or act.value, EventType(table["types"][act.value])


def _of_kind(
    kind: Family,
    cluster: Cluster,
    names: Mapping[str, str],
    actors: Mapping[str, str],
) -> str:
    fitting = [n for n in cluster.notes if n.group == cluster.group] or cluster.notes
    who = actors.get(cluster.agent.actor or "", "")
    if kind.group == "casualties" and cluster.patient.actor is not None:
        named = next((n.target for n in fitting if n.target[:1].isupper()), "")
        if named:
            return _upper(kind.label.format(object=named, agent=who))
    what = _object(sorted(fitting, key=lambda n: n.key), names, actors, cluster.places, kind)
    if ("{object}" in kind.label and not what) or ("{agent}" in kind.label and not who):
        return kind.bare
    return _upper(kind.label.format(object=what, agent=who))
