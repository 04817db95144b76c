"""What an event is called: a few clear words from its kind, its place and what was done to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from extraction import lexicon
from extraction.events.cluster import Cluster
from extraction.events.notes import OWN_EVENT, PARTIES, Note
from extraction.events.words import is_hardware
from extraction.folding import sound
from extraction.happenings import family
from extraction.happenings.triggers import Family
from extraction.model import EventType, Quantity, SpeechAct

_MOST_WORDS = 7
_MOST_PLACES = 3
_LONGEST_THING = 4
_OF_THINGS = frozenset({"destroy"})
_OPEN = "incident"  # the group that leaves open who did it, or whether anybody
_PLAIN = frozenset({SpeechAct.ASSERTS})
_SHORT = frozenset({SpeechAct.DEMANDS, SpeechAct.OFFERS, SpeechAct.ANNOUNCES})
_TELLING = 3  # words from which on a statement is told from others
_AROUND = "".join(map(chr, filter(lambda k: chr(k).isspace(), range(0x3001)))) + "\"'“”‘’,.;:—–-"
_LEAD = re.compile(r"^(?:that|to|for|if|whether|of|an?|the)\b[\s,]+", re.IGNORECASE)
_QUOTED = dict.fromkeys(map(ord, '"“”„«»'))
_THERE = re.compile(r"^there (?:is|was|are|were|has been|have been|had been) ", re.IGNORECASE)
# "It had rescued 40" tells of the speaker, "it was too early" of nobody.
_SPEAKER = re.compile(
    r"^(?:it (?!is\b|was\b|would be\b|'s\b|’s\b)|(?:he|she|we|I) )"
    r"(?:(?:had|has|have) (?!been\b))?(?=\w)",
    re.IGNORECASE,
)
_COUNT_OF = re.compile(r"^(?:number|total|count|toll|share|majority|most|some|all) of ")
_STAMP = re.compile(r"^\d{1,2}[:.]\d\d(?: ?[A-Z]{2,4}\b)?[\s:–—-]*")
_CLAUSE = re.compile(
    r"(?<=[a-z0-9])[.;:!?]+(?=[\s\"'”’]|$)|,\s|\s(?:--|—|–)\s|\s(?:because|which|who|while|saying)\s"
)
_ADVERBIAL = re.compile(r"(?:for|in|on|at|with|during|after|by|as|of) ", re.IGNORECASE)


def _table() -> Mapping[str, Any]:
    return lexicon.load("en", "event_labels")


@cache
def _cutting(key: str) -> frozenset[str]:
    return lexicon.words(_table()["cutting"], key, "event_labels.toml")


def _snippet(text: str, most: int = _MOST_WORDS) -> str:
    """The first words of a content, cut at its first pause and before a word that leads on."""
    words = _LEAD.sub("", _STAMP.sub("", text).translate(_QUOTED).strip(_AROUND))
    pieces = [piece for piece in _CLAUSE.split(words, maxsplit=2) if piece.strip()]
    if len(pieces) > 1 and _ADVERBIAL.match(pieces[0]):
        pieces = pieces[1:]
    parts = _LEAD.sub("", _THERE.sub("", pieces[0])).split() if pieces else []
    kept = parts[:most]
    if len(kept) == len(parts) and len(pieces) == 1:
        return " ".join(kept).strip(_AROUND)
    short, cut = _ended(kept)
    least = _TELLING if cut or _goes_on(words, pieces) else _TELLING - 1
    if len(pieces) > 1 and len(short.split()) < least:
        # "So" for "So which is it?", "judge" for "a judge, Einar Lokke, would"
        parts = _LEAD.sub("", words).split()
        short, _ = _ended(parts[:most])
        cut = True
    return short + ("…" if cut or len(kept) < len(parts) else "")


def _goes_on(words: str, pieces: Sequence[str]) -> bool:
    """Whether a comma parts the first piece from the next one."""
    return bool(pieces) and words[words.find(pieces[0]) + len(pieces[0]) :].startswith(",")


def _ended(words: Sequence[str]) -> tuple[str, bool]:
    """Words without those at their end that lead on, and whether any went."""
    kept = list(words)
    open_ended = _cutting("never_last")
    while len(kept) > 1 and kept[-1].lower().strip(".,;:") in open_ended:
        kept.pop()
    return " ".join(kept).strip(_AROUND), len(kept) < len(words)


def _said(note: Note, content: str, actors: Mapping[str, str]) -> str:
    """A statement's first words, with the speaker's name where they begin with "it" or "we"."""
    bare = _LEAD.sub("", content.translate(_QUOTED).strip(_AROUND))
    who = actors.get(note.voice.actor or "", "")
    match = _SPEAKER.match(bare)
    if match is not None and who and (note.happening is None or not note.happening.theirs):
        return f"{who}: {_snippet(bare[match.end() :], _MOST_WORDS - 1)}"
    words = _snippet(content)
    return f"{who}: {_lower(words)}" if who and words and _says_little(words) else words


def _says_little(words: str) -> bool:
    """Whether words need their speaker to be known by: "It was a banner", "Nothing", "40,000"."""
    parts = words.lower().rstrip("…").split()
    return len(parts) < _TELLING or parts[0].partition("'")[0] in _cutting("weak_first")


def _lower(words: str) -> str:
    """With a small first letter where the first word is one that begins any sentence."""
    first = words.split()[0].lower().partition("'")[0]
    return words[:1].lower() + words[1:] if first in _cutting("weak_first") - {"i"} else words


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
    words = _COUNT_OF.sub("", target).split()
    while words and (words[0].lower() in _table()["idle"] or words[0][0].isdigit()):
        words.pop(0)
    if len(words) > _LONGEST_THING and "of" in words[1:]:
        words = words[: words.index("of", 1)]
    text = " ".join(words[:_LONGEST_THING])
    return text if len(text) > 1 else ""


def _named_thing(notes: Sequence[Note], place: str) -> str:
    """ "the Sarn bridge", "jet": the one thing that it was done to, in the most telling words."""
    known = [n for n in notes if n.known and n.target]
    arms = [n for n in notes if n.target and is_hardware(n.things)]
    for told, lead in ((known, "the "), (arms, "")):
        words = Counter(what for n in told if (what := _thing(n.target)))
        likely = [w for w in words if w != place and (not lead or not w.endswith("s"))]
        if likely:
            return lead + max(likely, key=lambda w: (w[0].isupper(), words[w], len(w), w))
    return ""


def _object(
    notes: Sequence[Note],
    names: Mapping[str, str],
    actors: Mapping[str, str],
    places: Sequence[str] = (),
    kind: Family | None = None,
) -> str:
    if kind is not None and kind.things:
        return next((what for note in notes if (what := _thing(note.target))), "")
    known = _listed([names.get(place, place) for place in places]) or _places(notes, names)
    named = _named_thing(notes, known) if kind is not None and kind.name in _OF_THINGS else ""
    if named:
        return named
    if known or (kind is not None and kind.placed):
        return known
    for note in notes:
        if note.target and (what := _thing(note.target)):
            return what
    for note in notes:
        if note.patient.actor is not None:
            return actors.get(note.patient.actor, "")
    doers = {
        sound(actors.get(key or "", "")) for n in notes for key in (n.agent.actor, n.agent.bloc)
    }
    wide = next((note.wide for note in notes if note.wide and not doers & set(note.wide)), ())
    return _listed([names.get(place, place) for place in wide])


def _is_disputed(cluster: Cluster) -> bool:
    """Whether each party blames somebody for it: then what each calls it is its own account."""
    blaming = {n.voice.side for n in cluster.notes if n.act is SpeechAct.ALLEGES and n.harm}
    return blaming >= PARTIES


def _leading(cluster: Cluster) -> str:
    """The family that most notes speak of; a harm before the dead and hurt of it."""
    counts = Counter(note.family for note in cluster.notes if note.family)
    known = [(kind, counts[name]) for name in counts if (kind := family(name)) is not None]
    disputed = _is_disputed(cluster)
    known.sort(
        key=lambda pair: (
            disputed and pair[0].group != _OPEN and pair[0].name not in _OF_THINGS,
            disputed and not pair[0].generic,
            pair[0].group != cluster.group,
            pair[0].generic,
            -pair[1],
            pair[0].name,
        )
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
    speaking = own or first
    if own is None and leading is not None and cluster.group != "statement":
        text = _of_kind(leading, cluster, names, actors)
        told = contents.get((speaking.article, speaking.index), "")
        bare = text == leading.bare and len(text.split()) == 1
        if bare and leading.type is not EventType.ASSAULT and len(cluster.notes) == 1 and told:
            text = _upper(_said(speaking, told, actors)) or text  # "Fault" alone names no event
        return text, leading.type
    act = speaking.act or SpeechAct.ASSERTS
    words = contents.get((speaking.article, speaking.index), "")
    content = _said(speaking, words, actors) if act in _PLAIN else _snippet(words)
    if not content or (act not in _PLAIN and content.lower() in _pointing()):
        who = actors.get(speaking.voice.actor or "", "")
        head = str(table["acts"][act.value]).partition(":")[0].replace("{content}", "").strip()
        return f"{head or 'Statement'} by {who}" if who else head or "Statement", _type(act)
    wanted = table["families"].get(speaking.family) if own is not None else None
    if wanted is not None:
        whole, bare = wanted
        what = _object([speaking], names, actors, (), family(speaking.family))
        who = actors.get(speaking.agent.actor or "", "")
        known = what if "{object}" in whole else who
        content = whole.format(object=what, agent=who) if known else bare
    named = content.split()[-1].rstrip("…").lower()
    if named in _cutting("acts_named"):
        return _upper(content), _type(act)  # "Demand: Hallory's demands" says it twice
    text = str(table["acts"][act.value]).format(content=content).strip()
    who = actors.get(speaking.voice.actor or "", "")
    if who and wanted is None and act not in _PLAIN | _SHORT and _says_little(content):
        text = text.replace(":", f" by {who}:", 1)
    return _upper(text.rstrip(": ")) or act.value, _type(act)


def _type(act: SpeechAct) -> EventType:
    return EventType(_table()["types"][act.value])


def _pointing() -> frozenset[str]:
    """Contents that say nothing by themselves: "it", "the claim"."""
    return _cutting("pointing")


def _of_kind(
    kind: Family,
    cluster: Cluster,
    names: Mapping[str, str],
    actors: Mapping[str, str],
) -> str:
    fitting = [n for n in cluster.notes if n.group == cluster.group] or cluster.notes
    fitting = sorted(fitting, key=lambda n: n.key)
    who = actors.get(cluster.agent.actor or "", "")
    if kind.group == "casualties":
        return _of_harmed(kind, cluster, fitting, names)
    what = _object(fitting, names, actors, cluster.places, kind)
    if ("{object}" in kind.label and not what) or ("{agent}" in kind.label and not who):
        return kind.bare + _where(cluster, names, kind.bare)
    told = sorted((n for n in cluster.notes if n.family == kind.name), key=lambda n: n.key)
    lemma = next((n.happening.lemma for n in (*told, *fitting) if n.happening is not None), "")
    pattern = str(_table()["lemmas"].get(lemma, kind.label))
    text = _upper(pattern.format(object=what, agent=who))
    placed = kind.things or kind.name in _OF_THINGS
    return text + _where(cluster, names, text) if placed else text


def _where(cluster: Cluster, names: Mapping[str, str], text: str) -> str:
    """ " in X", where all tellings know of one place that the label does not name yet."""
    if len(cluster.places) != 1:
        return ""
    place = names.get(cluster.places[0], cluster.places[0])
    return "" if place in text or place == place.lower() else f" in {place}"


def _of_harmed(
    kind: Family, cluster: Cluster, notes: Sequence[Note], names: Mapping[str, str]
) -> str:
    """ "19 civilians killed in X", "Wounding of Hallory", "Deaths of soldiers"."""
    table = _table()
    named = next((n for n in notes if n.target[:1].isupper() and n.patient.actor), None)
    if named is not None and named.happening is not None and not named.harmed_count:
        pattern = str(table["lemmas"].get(named.happening.lemma, table["lemmas"]["hurt"]))
        return pattern.format(object=_thing(named.target) or named.target)
    counted = [(q, n) for n in notes for q in n.quantities if q.measure in table["tolls"]]
    measure = min((q.measure for q, _ in counted), key=list(table["tolls"]).index, default="")
    figures = [q for q, _ in counted if q.measure == measure and q.part_of is None]
    whose = Counter(b for q in figures if (b := _thing((q.bearer or "").partition(" of ")[0])))
    bearer = min(whose, key=lambda b: (-whose[b], b)) if whose else ""
    if figures and len({(q.low, q.high) for q in figures}) == 1:
        text = f"{_number(figures[0])} {bearer or table['people']} {table['tolls'][measure]}"
    elif figures:
        text = str(table["many"][measure]) + (f" of {bearer}" if bearer else "")
    else:
        what = next((w for n in notes if (w := _thing(n.target))), "")
        text = kind.label.format(object=what) if what else kind.bare
    return _upper(text + _where(cluster, names, text))


def _number(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if low is None:
        return f"up to {high:,.0f}"
    return f"{low:,.0f}" if high is not None else f"at least {low:,.0f}"
