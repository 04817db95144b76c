"""What the words around one predicate say of it: whether it happened, and to what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extraction.happenings import arguments
from extraction.happenings.arguments import Arguments
from extraction.happenings.chunks import Chunk, Kind
from extraction.happenings.triggers import Lexicon, Trigger
from extraction.text.analysis import Tag, Token

_SOON = 7  # tokens from an event to the word that it is still to come
_QUOTE_MARKS = frozenset({'"', "“", "‘", "'", "«"})


class Scene(msgspec.Struct, frozen=True):
    """One predicate and what is around it: chunk ``at``, tokens ``[first, last)`` its clause.

    ``first_verb`` is the sentence's first verb group.
    """

    tokens: Sequence[Token]
    chunks: Sequence[Chunk]
    at: int
    first: int
    last: int
    first_verb: int

    @property
    def verbs(self) -> Chunk | None:
        """The predicate's verb group; None where a noun tells of the event."""
        piece = self.chunks[self.at]
        return piece if piece.kind is Kind.VERBS else None

    def bounds(self, at: int) -> tuple[int, int] | None:
        """Offsets of a chunk."""
        if at < 0:
            return None
        piece = self.chunks[at]
        return self.tokens[piece.first].start, self.tokens[piece.last - 1].end

    def owned(self, at: int) -> int:
        """The noun phrase that "of" ties to the one at ``at``; -1 for none."""
        chunks = self.chunks
        if at + 2 >= len(chunks) or chunks[at + 1].kind is not Kind.PREPOSITION:
            return -1
        tied = chunks[at + 1].word == "of" and chunks[at + 2].kind is Kind.NOUNS
        return at + 2 if tied else -1

    def words(self, at: int) -> str:
        """The words of a noun phrase without its determiner, with a following "of" phrase."""
        if at < 0:
            return ""
        piece = self.chunks[at]
        first, last = piece.first, piece.last
        while first < piece.head and self.tokens[first].tag in (Tag.DET, Tag.PART):
            first += 1
        owned = self.owned(at)
        if owned >= 0:
            last = self.chunks[owned].last
        text = " ".join(t.text for t in self.tokens[first:last])
        return text.replace(" 's", "'s").replace(" ’s", "’s")


def ongoing(scene: Scene, hit: Trigger) -> bool:
    """ "Were shelling": it was going on when it was said."""
    verbs = scene.verbs
    if verbs is None or verbs.passive or verbs.head != hit.head:
        return False
    return verbs.helper == "be" and scene.tokens[verbs.head].form == "ing"


def leading(scene: Scene, hit: Trigger) -> bool:
    """Whether the sentence is about this event: a verb, or a noun before any verb."""
    if hit.verbal or hit.undergone:
        return True
    return scene.at <= scene.first_verb


def in_phrase(scene: Scene, hit: Trigger, entries: Lexicon) -> str:
    """What a set phrase itself says it was done to ("stuffed ballot boxes")."""
    inside = scene.tokens[hit.head + 1 : hit.last]
    words = [t for t in inside if t.tag is Tag.NOUN and t.lemma not in entries.nouns]
    if not hit.verbal or any(t.lemma in entries.weapons for t in words):
        return ""
    return " ".join(t.text for t in words)


def points_back(scene: Scene, hit: Trigger, entries: Lexicon) -> bool:
    """ "The attack", or "This is an attack": one that was told of before."""
    tokens, chunks, at = scene.tokens, scene.chunks, scene.at
    pointing = entries.frames["pointing"]
    if hit.verbal:
        phrase = hit.last - hit.first > 1 and hit.first > 0
        return phrase and tokens[hit.first - 1].lower in pointing
    if tokens[chunks[at].first].lower in pointing:
        return True
    if at < 2 or chunks[at - 1].kind is not Kind.VERBS or chunks[at - 1].word != "be":
        return False
    return tokens[chunks[at - 2].head].lower in entries.frames["pronouns"]


def limited(scene: Scene, hit: Trigger, entries: Lexicon) -> bool:
    """ "Fired only at barracks": what it was done to is said to be all; "only after" is not."""
    if not hit.verbal:
        return False
    tokens = scene.tokens
    for at in range(hit.last, min(len(tokens) - 1, hit.last + 3)):
        if tokens[at].lower in entries.frames["only"]:
            return tokens[at + 1].lower not in entries.frames["circumstance"]
    return hit.first > 0 and tokens[hit.first - 1].lower in entries.frames["only"]


def negated(scene: Scene, hit: Trigger, roles: Arguments, entries: Lexicon) -> bool:
    """Whether it is said not to have happened."""
    tokens, chunks, verbs = scene.tokens, scene.chunks, scene.verbs
    if verbs is not None and verbs.negated:
        return True
    subject = arguments.subject(chunks, scene.at) if verbs is not None else scene.at
    none = entries.frames["none"]
    for at in {subject, roles.agent, roles.patient} - {-1}:
        start = chunks[at].first
        if tokens[start].lower in none or (start and tokens[start - 1].lower in none):
            return True
    if verbs is None and _did_not_occur(scene, entries):
        return True
    before = [t.lower for t in tokens[max(0, hit.first - 5) : hit.first]]
    if scene.at > 0:
        previous = chunks[scene.at - 1]
        if previous.kind is Kind.VERBS and previous.word in entries.negative_verbs:
            return True
        if previous.word == "without":
            return True
    return "never" in before or (verbs is None and "without" in before[-3:])


def _did_not_occur(scene: Scene, entries: Lexicon) -> bool:
    """ "Tear gas was not used": the verb behind a noun says that there was none of it."""
    for here in scene.chunks[scene.at + 1 : scene.at + 3]:
        if here.kind is Kind.VERBS:
            said = here.word in entries.frames["occurring"]
            return said and here.negated and (here.passive or not here.infinitive)
        if here.kind is not Kind.MARK or here.word not in _QUOTE_MARKS:
            return False
    return False


def _looms(scene: Scene, hit: Trigger, entries: Lexicon) -> bool:
    """ "An attack on the port was imminent"."""
    tokens = scene.tokens
    return any(
        tokens[at].lower in entries.frames["looming"] and tokens[at - 1].lemma == "be"
        for at in range(hit.last + 1, min(len(tokens), hit.last + _SOON))
    )


def modality(scene: Scene, hit: Trigger, entries: Lexicon) -> str:
    """``actual``, ``wanted``, ``feared`` or ``planned``, by the helping and the governing verb."""
    tokens, verbs = scene.tokens, scene.verbs
    if verbs is not None and verbs.helper:
        for words, name in (
            (entries.planned, "planned"),
            (entries.feared, "feared"),
            (entries.wanted, "wanted"),
        ):
            if verbs.helper in words:
                return name
    if verbs is None and _looms(scene, hit, entries):
        return "feared"
    if verbs is not None and not verbs.infinitive:
        before = tokens[max(0, hit.first - 3) : hit.first]
        averted = verbs.ing and any(t.lemma in entries.frames["averting"] for t in before)
        return "feared" if averted else "actual"
    for at in range(hit.first - 1, max(0, hit.first - 6) - 1, -1):
        lemma = tokens[at].lemma
        if lemma == "call" and tokens[at + 1].lower not in entries.frames["after_call"]:
            continue
        if lemma in entries.feared:
            return "feared"
        if lemma in entries.wanted or lemma in entries.wanted_nouns:
            return "wanted"
        if verbs is not None and lemma in entries.planned:
            return "planned"
    return "actual"
