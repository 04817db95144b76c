"""Reads the happenings of one sentence after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extraction.happenings import arguments, triggers
from extraction.happenings.arguments import Arguments
from extraction.happenings.chunks import Chunk, Kind, chunk
from extraction.happenings.draft import Draft
from extraction.happenings.scene import (
    Scene,
    in_phrase,
    leading,
    limited,
    modality,
    negated,
    ongoing,
    points_back,
)
from extraction.happenings.sites import Sites
from extraction.happenings.triggers import Family, Trigger
from extraction.model import Happening, Mention, Span
from extraction.text.analysis import Tag, TextAnalysis, Token

if TYPE_CHECKING:
    from extraction.actors import EntityReading
    from extraction.places import PlaceMention

_JOINED = 3  # chunks from the "and" to the verb that goes on with an object
_BEFORE = 8  # tokens before a verb of moving in which what moves may stand

Armed = Sequence[tuple[int, str]]


class Finder:
    """The article's names and words, and how to read a sentence with them."""

    def __init__(
        self, analysis: TextAnalysis, entities: EntityReading, places: Sequence[PlaceMention]
    ) -> None:
        self.text = analysis.text
        self.lexicon = triggers.load()
        self.mentions = sorted(entities.mentions, key=lambda m: (m.span.start, -m.span.end))
        self.starts = [m.span.start for m in self.mentions]
        self.sites = Sites(analysis, places)
        self.counts = Counter(analysis.lemmas)

    def read(
        self,
        index: int,
        tokens: Sequence[Token],
        hits: Sequence[Trigger],
        stretches: Sequence[tuple[int, int]] = (),
    ) -> list[Draft]:
        """The happenings of the sentence ``index``, in text order.

        Those at its triggers, and of each stretch that has none of these, the first thing done.
        """
        chunks = chunk(tokens)
        verbs = [n for n, piece in enumerate(chunks) if piece.kind is Kind.VERBS]
        first_verb = verbs[0] if verbs else len(chunks)
        at_token = [0] * len(tokens)
        for number, piece in enumerate(chunks):
            for at in range(piece.first, piece.last):
                at_token[at] = number
        armed = self.armed(tokens)
        drafts: list[Draft] = []
        for hit in hits:
            at = at_token[hit.head]
            if hit.verbal and chunks[at].kind is Kind.NOUNS and chunks[at].head != hit.head:
                continue  # "armed men": a verb that only describes
            scene = self.scene(tokens, chunks, at, first_verb)
            draft = self.draft(index, scene, hit, self.weapons(armed, scene, hit))
            if draft is not None:
                drafts.append(draft)
        taken = [d.happening.trigger.start for d in drafts]
        starts = [tokens[chunks[n].head].start for n in verbs]
        for start, end in stretches:
            held = bisect_left(taken, start)
            if held < len(taken) and taken[held] < end:
                continue
            for number in verbs[bisect_left(starts, start) : bisect_left(starts, end)]:
                head = tokens[chunks[number].head]
                told = head.tag is Tag.VERB and head.lemma not in self.lexicon.no_deeds
                absent = not told and chunks[number].word == "be"
                if told or absent:
                    at = chunks[number].head
                    deed = Trigger(at, at + 1, at, head.lemma, ("deed",), True)
                    found = self.draft(
                        index, self.scene(tokens, chunks, number, first_verb), deed, ()
                    )
                    if found is None or (absent and not found.happening.negated):
                        continue  # "there were no guns" tells of something, "it was late" does not
                    drafts.append(found)
                    break
        return sorted(drafts, key=lambda d: d.happening.trigger.start)

    @staticmethod
    def scene(tokens: Sequence[Token], chunks: Sequence[Chunk], at: int, verb: int) -> Scene:
        first, last = arguments.clause(chunks, at)
        return Scene(tokens, chunks, at, chunks[first].first, chunks[last - 1].last, verb)

    def draft(
        self, index: int, scene: Scene, hit: Trigger, weapons: tuple[str, ...]
    ) -> Draft | None:
        tokens = scene.tokens
        kind = self.kind(scene, hit, weapons)
        roles = self.roles(scene, hit, kind)
        done_to = self.head(scene, roles.patient) if roles.patient >= 0 else ""
        if hit.lemma in self.lexicon.bodily and done_to in self.lexicon.solid:
            # "breached the dam" is no "breached the truce"
            kind = self.lexicon.families[self.lexicon.bodily[hit.lemma]]
        if kind.transitive and roles.patient < 0:
            return None
        agent, patient = self.entity(scene, roles.agent), self.entity(scene, roles.patient)
        if not hit.verbal and agent is None and kind.of != "topic":
            doing = arguments.doer(scene.chunks, scene.at, self.lexicon.frames["doing"])
            agent = self.possessor(scene, hit) or self.entity(scene, doing)
        if agent is not None and agent == patient:
            patient = None
        sites = self.sites.of(scene, roles, kind)
        if self.idle(scene, hit, kind, done_to, bool(sites)):
            return None
        happening = Happening(
            trigger=Span.cut(self.text, tokens[hit.first].start, tokens[hit.last - 1].end),
            lemma=hit.lemma,
            type=kind.type,
            agent=agent,
            patient=patient,
            places=tuple(dict.fromkeys(name for _, name in sites)),
            negated=negated(scene, hit, roles, self.lexicon),
            modality=modality(scene, hit, self.lexicon),
            weapons=weapons,
            family=kind.name,
            target=self.target(scene, hit, roles),
            verbal=hit.verbal,
            definite=points_back(scene, hit, self.lexicon),
            origins=self.sites.origins(scene, kind),
            cause=self.cause(scene),
            limited=limited(scene, hit, self.lexicon),
            theirs=roles.agent >= 0 and scene.chunks[roles.agent].word == "they",
        )
        return Draft(
            happening,
            index,
            tokens[scene.first].start,
            tokens[scene.last - 1].end,
            roles.controlled,
            ongoing(scene, hit),
            sites,
            leading(scene, hit),
        )

    def idle(self, scene: Scene, hit: Trigger, kind: Family, done_to: str, placed: bool) -> bool:
        """ "Held a meeting", "the truce collapsed": a word that tells of no event of the kind."""
        if kind.group == "crash" and done_to in self.lexicon.abstract:
            return True
        needed = self.lexicon.needs.get(hit.lemma)
        if needed is None or not hit.verbal or placed or done_to in needed:
            return False
        return scene.verbs is not None

    # ------------------------------------------------------------------ what kind of event

    def kind(self, scene: Scene, hit: Trigger, weapons: Sequence[str]) -> Family:
        """The family of a trigger; an ambiguous one goes by the article's other words."""
        families = self.lexicon.families
        best = families[hit.families[0]]
        if len(hit.families) > 1 and any(w in self.lexicon.flying for w in weapons):
            armed = next((families[n] for n in hit.families if families[n].group == "fire"), None)
            if armed is not None:
                return families[self.lexicon.weapon_families.get(weapons[0], armed.name)]
        if len(hit.families) > 1:
            fired_on = hit.verbal and arguments.towards(scene.chunks, scene.at) >= 0
            if not (best.name == "gunfire" and (weapons or fired_on)):
                best = max((families[n] for n in hit.families), key=self.spoken_for)
        if best.generic and best.name != "destroy":
            for weapon in weapons:
                refined = self.lexicon.weapon_families.get(weapon)
                if refined:
                    return families[refined]
        return best

    def spoken_for(self, kind: Family) -> int:
        """How many words of the article speak for a family."""
        return sum(self.counts[word] for word in kind.context)

    def armed(self, tokens: Sequence[Token]) -> Armed:
        """The weapons of a sentence with where each stands."""
        entries = self.lexicon
        found: list[tuple[int, str]] = []
        lemmas = [token.lemma for token in tokens]
        if entries.weapons.isdisjoint(lemmas) and entries.weapon_pairs.keys().isdisjoint(lemmas):
            return found
        for at, token in enumerate(tokens):
            lemma = token.lemma
            if lemma in entries.weapons:
                if token.tag in (Tag.NOUN, Tag.ADJ, Tag.PROPN):
                    found.append((at, lemma))
            elif lemma in entries.weapon_pairs and at + 1 < len(tokens):
                after = tokens[at + 1].lemma
                if after in entries.weapon_pairs[lemma]:
                    found.append((at, f"{lemma} {after}"))
        return found

    def weapons(self, armed: Armed, scene: Scene, hit: Trigger) -> tuple[str, ...]:
        """The weapons of a clause."""
        if not armed:
            return ()
        first = scene.first
        if hit.verbal and hit.lemma in self.lexicon.weapon_verbs:
            # "a drone is believed to have hit the port"
            first = min(first, max(0, hit.first - _BEFORE))
        return tuple(dict.fromkeys(name for at, name in armed if first <= at < scene.last))

    def head(self, scene: Scene, at: int) -> str:
        return scene.tokens[scene.chunks[at].head].lemma

    # ------------------------------------------------------------------ roles

    def roles(self, scene: Scene, hit: Trigger, kind: Family) -> Arguments:
        """Chunks of the one who did it and of what it was done to."""
        chunks, at = scene.chunks, scene.at
        if chunks[at].kind is not Kind.VERBS:
            return self.without_time(scene, self.noun_roles(scene, hit, kind))
        roles = self.without_time(scene, arguments.of_verb(chunks, at))
        if hit.undergone or (kind.undergoes and roles.patient < 0):
            doer = roles.patient if roles.patient >= 0 else arguments.origin(chunks, at)
            return Arguments(doer, roles.agent)
        if roles.patient < 0:
            return roles
        if chunks[roles.patient].word in ("it", "them"):
            roles = self.same_thing(scene, roles)
        if kind.name != "destroy" and self.head(scene, roles.patient) in self.lexicon.weapons:
            behind = arguments.towards(chunks, roles.patient)
            if behind < 0 and chunks[at].passive:
                behind = arguments.towards(chunks, at)
            return Arguments(roles.agent, behind, roles.controlled)
        if hit.last - 1 > hit.head and chunks[roles.patient].first < hit.last:
            # the object belongs to the set phrase: what follows is what it was done to
            behind = scene.owned(roles.patient)
            if behind < 0:
                behind = arguments.towards(chunks, roles.patient)
            return Arguments(roles.agent, behind, roles.controlled)
        return roles

    @staticmethod
    def same_thing(scene: Scene, roles: Arguments) -> Arguments:
        """ "Mined the dam and blew it up": what stands last before the second verb."""
        chunks = scene.chunks
        for at in range(scene.at - 1, max(0, scene.at - _JOINED), -1):
            if chunks[at].kind is Kind.AND:
                named = chunks[at - 1].kind is Kind.NOUNS
                return Arguments(roles.agent, at - 1, roles.controlled) if named else roles
            if chunks[at].kind is not Kind.NOUNS:
                break
        return roles

    def target(self, scene: Scene, hit: Trigger, roles: Arguments) -> str:
        """Words for what it was done to; "on Sunday night" is nothing of the kind."""
        found = scene.words(roles.patient) or in_phrase(scene, hit, self.lexicon)
        last = found.rpartition(" ")[2].lower()
        return "" if last in self.lexicon.not_targets else found

    def without_time(self, scene: Scene, roles: Arguments) -> Arguments:
        """ "Failed an hour before": a stretch of time is nothing that anything is done to."""
        if roles.patient >= 0 and self.head(scene, roles.patient) in self.lexicon.not_targets:
            return Arguments(roles.agent, -1, roles.controlled)
        return roles

    @staticmethod
    def noun_roles(scene: Scene, hit: Trigger, kind: Family) -> Arguments:
        chunks, at = scene.chunks, scene.at
        roles = arguments.of_noun(chunks, at, kind.of)
        if hit.undergone:
            before = arguments.before(chunks, at)
            doer = roles.agent if roles.agent >= 0 else arguments.origin(chunks, at)
            return Arguments(doer, before if before >= 0 else roles.patient)
        if roles.patient >= 0:
            return roles
        if at + 1 < len(chunks) and chunks[at + 1].kind is Kind.VERBS:
            return Arguments(roles.agent, arguments.towards(chunks, at + 1))
        if kind.undergoes:
            return Arguments(roles.agent, arguments.inside(chunks, at))
        return roles

    def cause(self, scene: Scene) -> str:
        """The words for what caused it: "faulty wiring caused the fires"."""
        chunks = scene.chunks
        if scene.verbs is not None:
            return ""
        before = scene.at - 1
        while before > 0 and chunks[before].kind is Kind.PREPOSITION:
            before -= 1  # "caused at least 17 fires"
        for at in (scene.at + 1, before):
            if not 0 <= at < len(chunks) or chunks[at].word not in self.lexicon.frames["causing"]:
                continue
            if chunks[at].kind is Kind.VERBS and chunks[at].passive == (at > scene.at):
                return scene.words(arguments.of_verb(chunks, at).agent)
        return ""

    # ------------------------------------------------------------------ who

    def possessor(self, scene: Scene, hit: Trigger) -> int | None:
        """ "Tashkari shelling", "Velmora's attack": whose name stands in the phrase itself."""
        start = scene.tokens[scene.chunks[scene.at].first].start
        end = scene.tokens[hit.first].start
        return next((m.entity for m in self.mentions_at(start, end) if m.span.end <= end), None)

    def entity(self, scene: Scene, at: int) -> int | None:
        """Entity of a noun phrase: its head's, else that of whoever owns what it names."""
        if at < 0:
            return None
        piece: Chunk = scene.chunks[at]
        head = scene.tokens[piece.head]
        inside = self.mentions_at(scene.tokens[piece.first].start, scene.tokens[piece.last - 1].end)
        for mention in inside:
            if mention.span.start <= head.start and head.end <= mention.span.end:
                return mention.entity
        if inside:
            return inside[0].entity
        return self.entity(scene, scene.owned(at))

    def mentions_at(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin between two offsets, else one that reaches over the first."""
        first = bisect_left(self.starts, start)
        found = []
        for mention in self.mentions[first:]:
            if mention.span.start >= end:
                break
            found.append(mention)
        if not found and first and self.mentions[first - 1].span.end > start:
            found.append(self.mentions[first - 1])
        return found
