"""Who is against whom: accusations, denials, demands and fighting between actors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from extraction import lexicon
from extraction.actors import BOTH
from extraction.folding import fold
from extraction.model import (
    ArticleReading,
    Attribution,
    EventType,
    Happening,
    Mention,
    Span,
    SpeechAct,
)
from extraction.sides.table import ActorTable

_GAP = 90  # characters between two parties that a word can join
_AFTER = 60
# Before the subject of what is said: "that the", "the landlord,".
_OPENING = re.compile(r"(?:that )?(?:(?:the|its|a|an) )?(?:[a-z-]+,? ){0,2}")
_CLEARS = (SpeechAct.DENIES, SpeechAct.REJECTS)
_BETWEEN = re.compile(r"\bbetween (?:the )?(?:\w+ ){0,2}$")
_AND = re.compile(r"^\s*(?:(?:,? and|,? or)\s+(?:the )?(?:\w+ )?|,\s)$")
_MARK = re.compile(r"[;:\"“”]")
_CLAUSE = re.compile(r",\s(?:whose|who|which)\b[^,]*$")
_WITH = re.compile(r"^['’]s?\s+(?:[\w-]+\s+){0,3}?([\w-]+)\s+(?:with|against)\s+(?:the )?$")


class Edge(msgspec.Struct, frozen=True):
    """One sign that ``source`` is against ``target``; not ``directed`` where each is."""

    source: str
    target: str
    weight: float
    reason: str
    order: tuple[int, int]  # number of the article, offset
    directed: bool = True
    implied: bool = False  # known only from the answer to it
    guessed: bool = False  # nobody is named: whoever spoke before
    deed: str = ""  # the type of event that it is blamed for


class Weights(msgspec.Struct, frozen=True):
    """The lexicon of hostility."""

    verb: re.Pattern[str]
    verbs: Mapping[str, float]
    nouns: Mapping[str, float]
    mutual: re.Pattern[str]
    alliance: re.Pattern[str]
    guilty: re.Pattern[str]
    acts: Mapping[str, float]
    events: Mapping[str, float]
    thresholds: Mapping[str, float]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


@cache
def weights() -> Weights:
    """Raises ``LexiconError`` on bad data."""
    table = lexicon.load("en", "hostility")
    stems = sorted(table["verbs"], key=len, reverse=True) + list(table["patterns"]["verbs"])
    mutual = sorted(table["mutual"]["phrases"], key=len, reverse=True)
    return Weights(
        re.compile(rf"\b({'|'.join(stems)})(?:e|es|ed|d|s|ing|ting|ked|king)?\b"),
        table["verbs"],
        table["nouns"],
        _any_of(mutual),
        _any_of(table["alliance"]["phrases"]),
        re.compile(
            r"\s+(?:was|is|were|are|be|been)\s+(?:\w+ly |alone |itself |themselves )?"
            rf"(?:{'|'.join(map(re.escape, table['blame']['phrases']))})\b"
        ),
        table["acts"],
        table["events"],
        table["thresholds"],
    )


class Hostility(msgspec.Struct):
    """Collects the edges of a dossier, article by article."""

    table: ActorTable
    edges: list[Edge] = msgspec.field(default_factory=list)
    allies: list[tuple[str, str, str]] = msgspec.field(
        default_factory=list
    )  # one, the other, words
    # Folded place: who tells, and who is told to have attacked there.
    struck: dict[str, dict[tuple[str, str], None]] = msgspec.field(
        default_factory=lambda: defaultdict(dict)
    )

    def read(self, number: int, reading: ArticleReading) -> None:
        """Adds the edges of one article."""
        who = self._who(reading)
        for attribution in reading.attributions:
            self._attribution(number, attribution, who)
        self._guilty(number, reading, who)
        for narration in reading.narrations:
            for happening in narration.happenings:
                self._fight(number, happening, who, "told as fact")
        self._sentences(number, reading, who)

    def _guilty(self, number: int, reading: ArticleReading, who: Mapping[int, str]) -> None:
        """ "Kolb said Brandt was to blame": against Brandt, though nobody is addressed."""
        text, guilty = reading.article.text, weights().guilty
        starts = [m.span.start for m in reading.mentions]
        for a in reading.attributions:
            source = who.get(a.entity) if a.entity is not None else None
            if source is None or a.targets or a.act in _CLEARS:
                continue
            order = (number, a.cue.start)
            told = any(h.agent is not None for h in a.happenings)
            if a.act is SpeechAct.ALLEGES and a.contents and not told:
                # "The tenants say the landlord hid a report": against who it is told of.
                at = bisect_left(starts, a.contents[0].start)
                begin = a.contents[0].start
                near = at < len(starts) and _OPENING.fullmatch(text, begin, starts[at])
                if near and reading.mentions[at].form != "pronoun":
                    target = who.get(reading.mentions[at].entity)
                    self._add(source, target, weights().acts["alleges"], f"'{a.cue.exact}'", order)
            for content in a.contents:
                for match in guilty.finditer(text, content.start, content.end):
                    at = bisect_left(starts, match.start()) - 1
                    if at < 0 or reading.mentions[at].span.end != match.start():
                        continue
                    target = who.get(reading.mentions[at].entity)
                    reason = f"'{match[0].strip()}'"
                    self._add(source, target, weights().acts["alleges"], reason, order)

    def _who(self, reading: ArticleReading) -> dict[int, str]:
        of = self.table.of_entity
        key = reading.article.key
        return {e.id: of[key, e.id] for e in reading.entities if (key, e.id) in of}

    def _add(
        self,
        one: str | None,
        other: str | None,
        weight: float,
        reason: str,
        order: tuple[int, int],
        *,
        directed: bool = True,
        deed: str = "",
    ) -> None:
        if one is None or other is None or weight <= 0:
            return
        for source in self._parts(one):
            for target in self._parts(other):
                if source != target:
                    edge = Edge(source, target, weight, reason, order, directed, deed=deed)
                    self.edges.append(edge)

    def _parts(self, key: str) -> tuple[str, ...]:
        actor = self.table.actors[key]
        return () if actor.name == BOTH else actor.parts or (key,)

    # ------------------------------------------------------------------ what is said and done

    def _attribution(self, number: int, a: Attribution, who: Mapping[int, str]) -> None:
        w = weights()
        order = (number, a.cue.start)
        source = who.get(a.entity) if a.entity is not None else None
        for target in a.targets:
            self._add(
                source, who.get(target), w.acts.get(a.act.value, 0.0), f"'{a.cue.exact}'", order
            )
        for happening in a.happenings:
            if a.act is SpeechAct.DEMANDS and not a.targets and happening.agent is not None:
                asked = who.get(happening.agent)
                self._add(source, asked, 2 * w.acts["demands"], f"'{a.cue.exact}'", order)
            if happening.modality != "actual" or happening.negated:
                continue
            weight = w.events.get(happening.type.value, 0.0)
            agent = who.get(happening.agent) if happening.agent is not None else None
            if a.act not in (SpeechAct.DENIES, SpeechAct.ADMITS):
                reason = f"blames for '{happening.trigger.exact}'"
                self._add(source, agent, weight, reason, order, deed=happening.type.value)
            self._fight(number, happening, who, "as told", 0.5)
            if happening.type is EventType.ASSAULT and source is not None and agent is not None:
                for place in happening.places:
                    self.struck[fold(place)][source, agent] = None

    def _fight(
        self, number: int, happening: Happening, who: Mapping[int, str], by: str, part: float = 1.0
    ) -> None:
        if happening.modality != "actual" or happening.agent is None or happening.patient is None:
            return
        weight = weights().events.get(happening.type.value, 0.0) * part
        self._add(
            who.get(happening.agent),
            who.get(happening.patient),
            weight / 2 if happening.negated else weight,
            f"'{happening.trigger.exact}', {by}",
            (number, happening.trigger.start),
        )

    # ------------------------------------------------------------------ words between two parties

    def _sentences(self, number: int, reading: ArticleReading, who: Mapping[int, str]) -> None:
        mentions = [m for m in reading.mentions if m.entity in who]
        starts = [m.span.start for m in mentions]
        for sentence in reading.sentences:
            low = bisect_left(starts, sentence.start)
            high = bisect_left(starts, sentence.end)
            if high - low < 2:
                continue
            inside = _outer(mentions[low:high])
            for one, two in pairwise(inside):
                self._pair(number, reading.article.text, sentence, one, two, who)

    def _pair(
        self, number: int, text: str, sentence: Span, one: Mention, two: Mention,
        who: Mapping[int, str],
    ) -> None:  # fmt: skip
        if two.span.start - one.span.end > _GAP:
            return
        w = weights()
        gap = text[one.span.end : two.span.start]
        order = (number, one.span.start)
        first, second = who[one.entity], who[two.entity]
        if _AND.match(gap):
            before = text[max(sentence.start, one.span.start - 40) : one.span.start]
            after = text[two.span.end : min(sentence.end, two.span.end + _AFTER)]
            noun = self._noun(sentence.exact) if _BETWEEN.search(before) else ""
            if noun:
                reason = f"'{noun}' between them"
                self._add(first, second, w.nouns[noun], reason, order, directed=False)
            elif (mutual := w.mutual.search(after)) is not None and "," not in after[
                : mutual.start()
            ]:
                self._add(first, second, 2.5, f"'{mutual[0]}'", order)
                self._add(second, first, 2.5, f"'{mutual[0]}'", order)
            return
        joined = _WITH.match(gap)
        if joined is not None and joined[1] in w.nouns:
            reason = f"'{joined[1]} with' between them"
            self._add(first, second, w.nouns[joined[1]], reason, order, directed=False)
            return
        if gap[:2] in ("'s", "’s"):
            return
        bound = w.alliance.search(gap)
        if bound is not None:
            self.allies.append((first, second, bound[0]))
            return
        verb = w.verb.search(_MARK.split(gap)[-1])
        if verb is None:
            return
        inside = _CLAUSE.search(text[sentence.start : one.span.start]) is not None
        if inside and "," in gap[: gap.rfind(verb[0])]:
            return  # "Lorne, whose director is Kolb, attacked Vestia": not Kolb
        reason = f"'{verb[0]}' between them"
        if re.search(r"\bby (?:the )?$", gap):
            first, second = second, first
        self._add(first, second, w.verbs.get(verb[1], w.thresholds["heavy"]), reason, order)

    @staticmethod
    def _noun(sentence: str) -> str:
        nouns = weights().nouns
        return next((word for word in re.findall(r"[\w-]+", sentence.lower()) if word in nouns), "")


def _outer(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that stand in no other one, in order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


class Reply(msgspec.Struct, frozen=True):
    """A denial or rejection without a target; ``before`` are those who spoke before, last first."""

    article: int
    actor: str
    offset: int
    act: str
    before: tuple[str, ...]


def answers(edges: Iterable[Edge], replies: Iterable[Reply]) -> list[Edge]:
    """Whom denials and rejections answer: the accuser in that article, else who spoke before."""
    accusers: dict[tuple[int, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.directed:
            accusers[edge.order[0], edge.target].append(edge)
    found = []
    for reply in replies:
        charged = accusers.get((reply.article, reply.actor), [])
        # Nobody answers a charge that the article tells of later, where it tells of one before.
        earlier = [edge for edge in charged if edge.order[1] < reply.offset]
        against: dict[str, float] = defaultdict(float)
        for edge in earlier or charged:
            against[edge.source] += edge.weight
        weight, order = weights().acts[reply.act], (reply.article, reply.offset)
        if against:
            other, why = max(sorted(against), key=lambda k: against[k]), "what it is accused of"
        elif reply.before:
            other, why = reply.before[0], "what was said before"
        else:
            continue
        mute = not against
        reason = f"{reply.act} {why}"
        found.append(Edge(reply.actor, other, weight, reason, order, guessed=mute))
        before = (reply.article, max(0, reply.offset - 1))
        said, half = "said what was denied", weight / 2
        found.append(Edge(other, reply.actor, half, said, before, implied=True, guessed=mute))
    return found
