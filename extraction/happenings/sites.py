"""Where something happened: the places of a clause that are neither origin nor address."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extraction.happenings import triggers
from extraction.happenings.arguments import Arguments
from extraction.happenings.scene import Scene
from extraction.happenings.triggers import Family
from extraction.model import EventType
from extraction.text.analysis import Tag, TextAnalysis

if TYPE_CHECKING:
    from extraction.places import PlaceMention

_OF_NAMES = frozenset({Tag.DET, Tag.ADJ, Tag.NOUN, Tag.PROPN, Tag.PART})

_LYING = 5  # tokens between a place and the one that it lies in

Site = tuple[int, str]


def comes_from(analysis: TextAnalysis, offset: int) -> bool:
    """Whether "from" governs the name at ``offset``: where a thing came from, not where it was."""
    away = triggers.load().frames["away"]
    at = analysis.token_index_at(offset) - 1
    for here in range(at, max(-1, at - 6), -1):
        token = analysis.tokens[here]
        if token.lower in away:
            return True
        if token.tag not in _OF_NAMES and token.lower != "of":
            return False
    return False


def _leaves(kind: Family) -> bool:
    return kind.of == "agent" and kind.type is EventType.RETREAT


class Sites:
    """The places that an article names, by offset."""

    def __init__(self, analysis: TextAnalysis, places: Sequence[PlaceMention]) -> None:
        self.analysis = analysis
        self.lexicon = triggers.load()
        self.places = sorted(places, key=lambda p: p.span.start)
        self.starts = [p.span.start for p in self.places]

    def of(self, scene: Scene, roles: Arguments, kind: Family) -> tuple[Site, ...]:
        """Places of the clause: those of the patient first; never where it came from."""
        inside = self.between(scene.tokens[scene.first].start, scene.tokens[scene.last - 1].end)
        if not inside:
            return ()
        leaves = _leaves(kind)
        avoid, prefer = scene.bounds(roles.agent), scene.bounds(roles.patient)
        head = scene.tokens[scene.chunks[scene.at].first].start
        first: list[Site] = []
        rest: list[Site] = []
        aside: list[Site] = []
        for place in inside:
            at = place.span.start
            if avoid is not None and avoid[0] <= at < avoid[1]:
                continue
            if not leaves and self.away(inside, at):
                continue
            if self.of_another(scene, at):
                continue
            inner = prefer is not None and prefer[0] <= at < prefer[1]
            # "police in X fired on a crowd in Y": X says who they are
            whose = avoid is not None and avoid[1] <= at < head
            vague = whose or self.beside(at)
            (first if inner else aside if vague else rest).append((at, place.name))
        return tuple(first + rest or aside)

    def origins(self, scene: Scene, kind: Family) -> tuple[str, ...]:
        """Places of the clause that something came from; none for what is left behind."""
        if _leaves(kind):
            return ()
        inside = self.between(scene.tokens[scene.first].start, scene.tokens[scene.last - 1].end)
        return tuple(dict.fromkeys(p.name for p in inside if self.away(inside, p.span.start)))

    def away(self, inside: Sequence[PlaceMention], offset: int) -> bool:
        """Whether a place is where something came from, or what such a place lies in."""
        if comes_from(self.analysis, offset):
            return True
        before = [p for p in inside if p.span.end <= offset]
        if not before or not comes_from(self.analysis, before[-1].span.start):
            return False
        between = self.analysis.tokens_between(before[-1].span.end, offset)
        return len(between) <= _LYING and all(
            t.tag in _OF_NAMES or t.lower in self.lexicon.frames["lying"] for t in between
        )

    def of_another(self, scene: Scene, offset: int) -> bool:
        """Whether a place belongs to an event that this one is tied to ("for the attack on X")."""
        bound = False
        for token in scene.tokens[scene.chunks[scene.at].last : scene.last]:
            if token.start >= offset:
                return False
            if token.lower in self.lexicon.frames["binding"]:
                bound = True
            elif bound and token.tag is Tag.NOUN and token.lemma in self.lexicon.nouns:
                return True
        return False

    def beside(self, offset: int) -> bool:
        """Whether a place only says what another is near to."""
        at = self.analysis.token_index_at(offset)
        before = self.analysis.tokens[max(0, at - 4) : at]
        return any(token.lower in self.lexicon.frames["beside"] for token in before)

    def between(self, start: int, end: int) -> list[PlaceMention]:
        found = []
        for place in self.places[bisect_left(self.starts, start) :]:
            if place.span.start >= end:
                break
            found.append(place)
        return found
