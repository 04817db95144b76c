"""Predicates that tell of events, with who did what to whom, where, and whether at all."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from extraction.happenings import arguments, triggers
from extraction.happenings.arguments import Arguments
from extraction.happenings.chunks import Chunk, Kind, chunk, mended
from extraction.happenings.triggers import Family, Lexicon, Trigger
from extraction.model import EventType, Happening, Mention, Span
from extraction.text.analysis import Tag, TextAnalysis, Token

if TYPE_CHECKING:
    from extraction.actors import EntityReading
    from extraction.places import PlaceMention

__all__ = ["Draft", "comes_from", "family", "find_happenings"]

_GENERIC = frozenset({"gunfire", "attack", "strike", "blow", "destroy", "scuffle"})
_AWAY = frozenset({"from", "outside"})
_PRONOUNS = frozenset({"this", "that", "it", "these", "those"})
_BINDING = frozenset({"for", "after", "over", "following", "before", "despite", "about"})
_BESIDE = frozenset({"near", "outside", "beyond"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_OF_NAMES = frozenset({Tag.DET, Tag.ADJ, Tag.NOUN, Tag.PROPN, Tag.PART})


class Draft(msgspec.Struct, frozen=True):
    """A happening with where its clause lies, before the voices around it are known.

    ``start`` and ``end`` bound the clause in the text. ``controlled`` says that the one who did
    it is the speaker or whoever is spoken of, and that the sentence does not name it again.
    ``ongoing`` marks "were shelling". ``sites`` are the happening's places with where each stands;
    ``leading`` is false for a noun that stands behind the sentence's verb.
    """

    happening: Happening
    sentence: int
    start: int
    end: int
    controlled: bool
    ongoing: bool = False
    sites: tuple[tuple[int, str], ...] = ()
    leading: bool = True


def family(name: str) -> Family | None:
    """The class of triggers of this name, if the lexicon has it."""
    return triggers.load().families.get(name)


def find_happenings(
    analysis: TextAnalysis, entities: EntityReading, places: Sequence[PlaceMention]
) -> tuple[Draft, ...]:
    """All happenings of an article, in text order. Linear in the length of the text."""
    finder = _Finder(analysis, entities, places)
    found: list[Draft] = []
    for sentence in analysis.sentences:
        plain = analysis.sentence_tokens(sentence)
        if not triggers.touches(plain):
            continue
        tokens = mended(plain)
        hits = triggers.find(tokens)
        if hits:
            found.extend(finder.read(sentence.index, tokens, hits))
    return tuple(found)


def comes_from(analysis: TextAnalysis, offset: int) -> bool:
    """Whether "from" governs the name at ``offset``: where a thing came from, not where it was."""
    at = analysis.token_index_at(offset) - 1
    for here in range(at, max(-1, at - 6), -1):
        token = analysis.tokens[here]
        if token.lower in _AWAY:
            return True
        if token.tag not in _OF_NAMES and token.lower != "of":
            return False
    return False


class _Finder:
    def __init__(
        self, analysis: TextAnalysis, entities: EntityReading, places: Sequence[PlaceMention]
    ) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.lexicon: Lexicon = triggers.load()
        self.mentions = sorted(entities.mentions, key=lambda m: (m.span.start, -m.span.end))
        self.mention_starts = [m.span.start for m in self.mentions]
        self.places = sorted(places, key=lambda p: p.span.start)
        self.place_starts = [p.span.start for p in self.places]
        self.counts = Counter(t.lemma for t in analysis.tokens)

    def read(self, index: int, tokens: Sequence[Token], hits: Sequence[Trigger]) -> list[Draft]:
        chunks = chunk(tokens)
        at_token = [0] * len(tokens)
        for number, piece in enumerate(chunks):
            for at in range(piece.first, piece.last):
                at_token[at] = number
        drafts = []
        for hit in hits:
            draft = self.draft(index, tokens, chunks, at_token, hit)
            if draft is not None:
                drafts.append(draft)
        return drafts

    def draft(
        self,
        index: int,
        tokens: Sequence[Token],
        chunks: Sequence[Chunk],
        at_token: Sequence[int],
        hit: Trigger,
    ) -> Draft | None:
        at = at_token[hit.head]
        piece = chunks[at]
        first, last = arguments.clause(chunks, at)
        scene = _Scene(tokens, chunks, at, chunks[first].first, chunks[last - 1].last)
        weapons = self.weapons(tokens, scene, hit)
        kind = self.lexicon.families[self.choose(hit.families, weapons)]
        if kind.name in ("gunfire",) and hit.lemma == "fire" and not self.fires(scene, weapons):
            kind = self.lexicon.families["dismissal"]
        roles = self.roles(scene, hit, kind)
        if roles.patient >= 0 and tokens[chunks[roles.patient].head].lemma in (
            self.lexicon.not_targets
        ):
            roles = Arguments(roles.agent, -1, roles.controlled)
        if kind.transitive and roles.patient < 0:
            return None
        agent, _ = self.entity(tokens, chunks, roles.agent)
        patient, _ = self.entity(tokens, chunks, roles.patient)
        if not hit.verbal and agent is None and kind.of != "topic":
            agent, patient = self.possessor(scene, hit, kind, patient)
        if agent is not None and agent == patient:
            patient = None
        verbs = piece if piece.kind is Kind.VERBS else None
        sites = self.sites(scene, roles, kind)
        happening = Happening(
            trigger=Span.cut(self.text, tokens[hit.first].start, tokens[hit.last - 1].end),
            lemma=hit.lemma,
            type=kind.type,
            agent=agent,
            patient=patient,
            places=tuple(dict.fromkeys(name for _, name in sites)),
            negated=self.negated(scene, hit, verbs, roles),
            modality=self.modality(scene, hit, verbs),
            weapons=weapons,
            family=kind.name,
            target=self.words(tokens, chunks, roles.patient) or self.in_phrase(scene, hit),
            verbal=hit.verbal,
            definite=self.points_back(scene, hit),
        )
        return Draft(
            happening,
            index,
            tokens[scene.first].start,
            tokens[scene.last - 1].end,
            roles.controlled,
            verbs is not None
            and verbs.helper == "be"
            and not verbs.passive
            and tokens[verbs.head].form == "ing"
            and verbs.head == hit.head,
            sites,
            hit.verbal
            or hit.subject == "patient"
            or not any(c.kind is Kind.VERBS for c in chunks[:at]),
        )

    # ------------------------------------------------------------------ what kind of event

    def choose(self, names: Sequence[str], weapons: Sequence[str]) -> str:
        """The family of an ambiguous trigger that the article's words speak for most."""
        best = names[0]
        if len(names) > 1:
            scores = [
                sum(self.counts[w] for w in self.lexicon.families[name].context) for name in names
            ]
            best = names[scores.index(max(scores))]
        if best in _GENERIC:
            for weapon in weapons:
                refined = self.lexicon.weapon_families.get(weapon)
                if refined:
                    return refined
        return best

    def fires(self, scene: _Scene, weapons: Sequence[str]) -> bool:
        """Whether "fire" is the firing of arms: a weapon, or somebody who is fired on."""
        if weapons or arguments.towards(scene.chunks, scene.at) >= 0:
            return True
        counts = self.counts
        return sum(counts[w] for w in self.lexicon.families["gunfire"].context) >= sum(
            counts[w] for w in self.lexicon.families["dismissal"].context
        )

    def weapons(self, tokens: Sequence[Token], scene: _Scene, hit: Trigger) -> tuple[str, ...]:
        found: list[str] = []
        first = scene.first
        if hit.verbal and hit.lemma in self.lexicon.weapon_verbs:
            # "two rockets were said to have reached the port"
            first = min(first, max(0, hit.first - 8))
        for at in range(first, scene.last):
            token = tokens[at]
            if token.lemma in self.lexicon.weapons and token.tag in (Tag.NOUN, Tag.ADJ):
                found.append(token.lemma)
            elif at + 1 < scene.last:
                pair = (token.lemma, tokens[at + 1].lemma)
                if pair in self.lexicon.weapon_pairs:
                    found.append(" ".join(pair))
        return tuple(dict.fromkeys(found))

    def is_weapon(self, tokens: Sequence[Token], piece: Chunk) -> bool:
        return tokens[piece.head].lemma in self.lexicon.weapons

    # ------------------------------------------------------------------ roles

    def roles(self, scene: _Scene, hit: Trigger, kind: Family) -> Arguments:
        chunks, at, tokens = scene.chunks, scene.at, scene.tokens
        if chunks[at].kind is not Kind.VERBS:
            roles = arguments.of_noun(chunks, at, kind.of)
            if hit.subject == "patient":
                before = self.under(chunks, at)
                doer = roles.agent if roles.agent >= 0 else arguments.origin(chunks, at)
                return Arguments(doer, before if before >= 0 else roles.patient)
            if roles.patient < 0 and at + 1 < len(chunks) and chunks[at + 1].kind is Kind.VERBS:
                return Arguments(roles.agent, arguments.towards(chunks, at + 1), False)
            if roles.patient < 0 and kind.undergoes:
                return Arguments(roles.agent, arguments.inside(chunks, at))
            return roles
        roles = arguments.of_verb(chunks, at)
        if hit.subject == "patient" or (kind.undergoes and roles.patient < 0):
            doer = roles.patient if roles.patient >= 0 else arguments.origin(chunks, at)
            return Arguments(doer, roles.agent)
        if roles.patient >= 0 and self.is_weapon(tokens, chunks[roles.patient]):
            behind = arguments.towards(chunks, roles.patient)
            if behind >= 0 or not chunks[at].passive:
                return Arguments(roles.agent, behind, roles.controlled)
            return Arguments(roles.agent, arguments.towards(chunks, at), roles.controlled)
        inside = at_end = -1
        for position in range(hit.first, hit.last):
            inside = position
        if inside > hit.head and roles.patient >= 0:
            # the object belongs to the set phrase: what follows the phrase is what it was done to
            at_end = roles.patient
            if chunks[at_end].first < hit.last:
                behind = self.of_or_towards(chunks, at_end)
                return Arguments(roles.agent, behind, roles.controlled)
        return roles

    @staticmethod
    def of_or_towards(chunks: Sequence[Chunk], at: int) -> int:
        if (
            at + 2 < len(chunks)
            and chunks[at + 1].kind is Kind.PREPOSITION
            and chunks[at + 1].word == "of"
            and chunks[at + 2].kind is Kind.NOUNS
        ):
            return at + 2
        return arguments.towards(chunks, at)

    @staticmethod
    def under(chunks: Sequence[Chunk], at: int) -> int:
        """Whoever is "under fire": the phrase before, over a verb if there is one."""
        for here in range(at - 1, max(-1, at - 8), -1):
            if chunks[here].kind is Kind.VERBS:
                return arguments.subject(chunks, here)
            if chunks[here].kind is Kind.NOUNS and not (
                here and chunks[here - 1].kind is Kind.PREPOSITION
            ):
                return here
        return -1

    def possessor(
        self, scene: _Scene, hit: Trigger, kind: Family, patient: int | None
    ) -> tuple[int | None, int | None]:
        """ "Tashkari shelling", "Velmora's attack": whose name stands in the phrase itself."""
        piece = scene.chunks[scene.at]
        start = scene.tokens[piece.first].start
        end = scene.tokens[hit.first].start
        for mention in self.mentions_in(start, end):
            return mention, patient
        return None, patient

    def entity(
        self, tokens: Sequence[Token], chunks: Sequence[Chunk], at: int
    ) -> tuple[int | None, bool]:
        """Entity of a noun phrase and whether it is only the owner of what the phrase names."""
        if at < 0:
            return None, False
        piece = chunks[at]
        head = tokens[piece.head]
        start, end = tokens[piece.first].start, tokens[piece.last - 1].end
        inside = self.mentions_at(start, end)
        for mention in inside:
            if mention.span.start <= head.start and head.end <= mention.span.end:
                return mention.entity, False
        if inside:
            return inside[0].entity, True
        if (
            at + 2 < len(chunks)
            and chunks[at + 1].word == "of"
            and chunks[at + 2].kind is Kind.NOUNS
        ):
            found, _ = self.entity(tokens, chunks, at + 2)
            return found, True
        return None, False

    def mentions_at(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self.mention_starts, start)
        found = []
        for mention in self.mentions[first:]:
            if mention.span.start >= end:
                break
            found.append(mention)
        if not found and first and self.mentions[first - 1].span.end > start:
            found.append(self.mentions[first - 1])
        return found

    def mentions_in(self, start: int, end: int) -> list[int]:
        return [m.entity for m in self.mentions_at(start, end) if m.span.end <= end]

    @staticmethod
    def words(tokens: Sequence[Token], chunks: Sequence[Chunk], at: int) -> str:
        """The words of a noun phrase without determiner, with a following "of" phrase."""
        if at < 0:
            return ""
        piece = chunks[at]
        first, last = piece.first, piece.last
        while first < piece.head and tokens[first].tag in (Tag.DET, Tag.PART):
            first += 1
        if (
            at + 2 < len(chunks)
            and chunks[at + 1].word == "of"
            and chunks[at + 2].kind is Kind.NOUNS
        ):
            last = chunks[at + 2].last
        return " ".join(t.text for t in tokens[first:last])

    def in_phrase(self, scene: _Scene, hit: Trigger) -> str:
        """What a set phrase itself says it was done to ("stuffed ballot boxes")."""
        words = [t for t in scene.tokens[hit.head + 1 : hit.last] if t.tag is Tag.NOUN]
        if not hit.verbal or any(t.lemma in self.lexicon.weapons for t in words):
            return ""
        return " ".join(t.text for t in words)

    # ------------------------------------------------------------------ where

    def sites(self, scene: _Scene, roles: Arguments, kind: Family) -> tuple[tuple[int, str], ...]:
        """Places of the clause: those of the patient first; never where it came from."""
        leaves = kind.of == "agent" and kind.type is EventType.RETREAT
        inside = self.places_in(scene.tokens[scene.first].start, scene.tokens[scene.last - 1].end)
        if not inside:
            return ()
        avoid = self.bounds(scene, roles.agent)
        head = scene.tokens[scene.chunks[scene.at].first].start
        prefer = self.bounds(scene, roles.patient)
        first: list[tuple[int, str]] = []
        rest: list[tuple[int, str]] = []
        aside: list[tuple[int, str]] = []
        for place in inside:
            at = place.span.start
            if avoid is not None and avoid[0] <= at < avoid[1]:
                continue
            if comes_from(self.analysis, at) and not leaves:
                continue
            if self.of_another(scene, at):
                continue
            inner = prefer is not None and prefer[0] <= at < prefer[1]
            # "police in X fired on a crowd in Y": X says who they are
            whose = avoid is not None and avoid[1] <= at < head
            vague = whose or self.beside(at)
            (first if inner else aside if vague else rest).append((at, place.name))
        return tuple(first + rest or aside)

    def of_another(self, scene: _Scene, offset: int) -> bool:
        """Whether a place belongs to an event that this one is tied to ("for the attack on X")."""
        bound = False
        for token in scene.tokens[scene.chunks[scene.at].last : scene.last]:
            if token.start >= offset:
                return False
            if token.lower in _BINDING:
                bound = True
            elif bound and token.tag is Tag.NOUN and token.lemma in self.lexicon.nouns:
                return True
        return False

    def beside(self, offset: int) -> bool:
        """Whether a place only says what another is near to."""
        at = self.analysis.token_index_at(offset)
        before = self.analysis.tokens[max(0, at - 4) : at]
        return any(token.lower in _BESIDE for token in before)

    def places_in(self, start: int, end: int) -> list[PlaceMention]:
        found = []
        for place in self.places[bisect_left(self.place_starts, start) :]:
            if place.span.start >= end:
                break
            found.append(place)
        return found

    @staticmethod
    def bounds(scene: _Scene, at: int) -> tuple[int, int] | None:
        if at < 0:
            return None
        piece = scene.chunks[at]
        return scene.tokens[piece.first].start, scene.tokens[piece.last - 1].end

    # ------------------------------------------------------------------ whether at all

    @staticmethod
    def points_back(scene: _Scene, hit: Trigger) -> bool:
        """ "The attack", or "This is an attack": one that was told of before."""
        tokens, chunks, at = scene.tokens, scene.chunks, scene.at
        if hit.verbal:
            phrase = hit.last - hit.first > 1 and hit.first > 0
            return phrase and tokens[hit.first - 1].lower in _POINTING
        if tokens[chunks[at].first].lower in _POINTING:
            return True
        if at < 2 or chunks[at - 1].kind is not Kind.VERBS or chunks[at - 1].word != "be":
            return False
        return tokens[chunks[at - 2].head].lower in _PRONOUNS

    def negated(self, scene: _Scene, hit: Trigger, verbs: Chunk | None, roles: Arguments) -> bool:
        tokens, chunks = scene.tokens, scene.chunks
        if verbs is not None and verbs.negated:
            return True
        subject = arguments.subject(chunks, scene.at) if verbs is not None else scene.at
        for at in (subject, roles.agent, roles.patient):
            if at >= 0 and tokens[chunks[at].first].lower in ("no", "not", "neither", "none"):
                return True
        before = [t.lower for t in tokens[max(0, hit.first - 5) : hit.first]]
        for at in (subject, roles.agent, roles.patient):
            start = chunks[at].first if at >= 0 else 0
            if at >= 0 and start and tokens[start - 1].lower in ("not", "no", "none"):
                return True
        if scene.at > 0:
            previous = chunks[scene.at - 1]
            if previous.kind is Kind.VERBS and previous.word in self.lexicon.negative_verbs:
                return previous.word != "deny"
            if previous.word == "without":
                return True
        return "never" in before or (verbs is None and "without" in before[-3:])

    def modality(self, scene: _Scene, hit: Trigger, verbs: Chunk | None) -> str:
        entries, tokens = self.lexicon, scene.tokens
        if verbs is not None and verbs.helper:
            for words, name in (
                (entries.planned, "planned"),
                (entries.feared, "feared"),
                (entries.wanted, "wanted"),
            ):
                if verbs.helper in words:
                    return name
        start = max(0, hit.first - 6)
        before = [t.lemma for t in tokens[start : hit.first]]
        if verbs is not None and not verbs.infinitive:
            return "actual"
        for at in range(hit.first - 1, start - 1, -1):
            lemma = before[at - start]
            if lemma == "call" and tokens[at + 1].lower not in ("for", "on", "upon"):
                continue
            if lemma in entries.feared:
                return "feared"
            if lemma in entries.wanted or lemma in entries.wanted_nouns:
                return "wanted"
            if verbs is not None and lemma in entries.planned:
                return "planned"
        return "actual"


class _Scene(msgspec.Struct, frozen=True):
    """One predicate's surroundings: its chunk, and the token range of its clause."""

    tokens: Sequence[Token]
    chunks: Sequence[Chunk]
    at: int
    first: int
    last: int
