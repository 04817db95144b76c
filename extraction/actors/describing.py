"""Titles without a name and groups: whom a description stands for."""

from __future__ import annotations

from extraction.actors.bodies import Bodies
from extraction.actors.context import possessive
from extraction.actors.drafts import Draft
from extraction.actors.phrases import Phrase
from extraction.folding import fold
from extraction.model import EntityKind

_BODILY = frozenset({"his", "her", "my", "your", "their"})


class Describing(Bodies):
    """Resolves offices and groups."""

    def _office(self, phrase: Phrase) -> Draft | None:
        """A title without a name: the holder if one is known, else a person without a name."""
        registry = self.registry
        owner, _ = self.owner(phrase)
        title = phrase.title
        if title == "head" and phrase.link in _BODILY:
            return None  # "shook his head"
        if owner is not None and title.split()[-1] in self.lexicon.beside:
            holder = registry.drafts[owner]
            if holder.kind in (EntityKind.STATE, EntityKind.UNKNOWN):
                return self._beside(phrase, holder)
        found = registry.titled(title, owner)
        if owner is None and not phrase.indefinite and phrase.definite:
            near = [d for d in found if self._near(d, phrase) and self._fits(d.title, title)]
            if near:
                near[0].reasons[f"'the {title}' for the last one named"] = None
                return near[0]
            called = self._called(phrase)
            if called is not None:
                return called
        elif owner is not None and found and not phrase.indefinite:
            head = registry.title_head(title)
            sole = head in self.lexicon.sole or title in self.lexicon.sole or len(found) == 1
            if sole and self._fits(found[0].title, title):
                found[0].reasons[f"'{phrase.name}' by title and owner"] = None
                return found[0]
        spoken = self._voiced(phrase) or self.acts(phrase)
        if owner is None and not spoken:
            return None
        words = self._bare(phrase)
        draft = registry.add(
            f"o {owner} {title}", words, EntityKind.PERSON, f"title '{title}' without a name"
        )
        draft.title, draft.named = title, False
        if phrase.definite and owner is None:
            draft.reasons[f"'the {title}'"] = None
        if phrase.link and owner is not None:
            draft.name = f"{possessive(registry.drafts[owner].name)} {title}"
        draft.gender = draft.gender or registry.gender("", title)
        return draft

    def _called(self, phrase: Phrase) -> Draft | None:
        """ "The diplomat", of the spokeswoman for a foreign ministry who was named last."""
        lex = self.lexicon
        fitting = lex.callings.get(phrase.title, frozenset())
        found = [
            d
            for d in self.registry.drafts
            if d.kind is EntityKind.PERSON and d.named and self._near(d, phrase)
        ]
        last = max(found, key=lambda d: d.last, default=None)
        if last is None or not fitting & {lex.same_title.get(w, w) for w in last.title.split()}:
            return None
        last.reasons[f"'the {phrase.title}' for the last one named"] = None
        return last

    def _beside(self, phrase: Phrase, holder: Draft) -> Draft | None:
        """ "Its neighbour": the other state that the article is about, by how often it is named."""
        told = self.history.told()
        weight = {
            d.id: told[d.id] + self.lands.states[d.name]
            for d in self.registry.drafts
            if d.kind is EntityKind.STATE and d.id != holder.id and d.member is None
        }
        ranked = sorted(weight, key=lambda k: -weight[k])
        others = weight[ranked[1]] if len(ranked) > 1 else 0
        if not ranked or weight[ranked[0]] < 2 or weight[ranked[0]] < 2 * others:
            return None
        found = self.registry.drafts[ranked[0]]
        found.reasons[f"'{phrase.name}': the other state told of"] = None
        return found

    def _fits(self, title: str, other: str) -> bool:
        """ "the minister" fits a foreign minister, "the interior minister" does not."""
        shorter, longer = sorted((set(title.split()), set(other.split())), key=len)
        special = {w for w in shorter if w in self.lexicon.subjects or w in self.lexicon.modifiers}
        same = self.lexicon.same_title
        special -= {w for w in special if w in same}
        return special <= longer

    def _group(self, phrase: Phrase) -> Draft | None:
        registry, lex = self.registry, self.lexicon
        owner, _ = self.owner(phrase)
        adjectives = {fold(a) for a in self._adjectives(phrase)} if phrase.nation else set()
        words = [w for w in fold(phrase.name).split() if w not in adjectives] or [phrase.noun]
        if words[-1] in lex.crowd:
            words = [*words[:-1], lex.crowd[words[-1]]]
        if owner is None:
            acting = self.acts(phrase) or self._voiced(phrase)
            if phrase.counted and not (acting or phrase.inner):
                return None
            if phrase.definite and (found := self._many(phrase)) is not None:
                return found
            if phrase.noun in lex.vague and not self._voiced(phrase):
                return None
            noun, group = phrase.noun, EntityKind.GROUP
            same = [d for d in registry.drafts if d.noun == noun and d.kind is group]
            if len(same) == 1 and same[0].member is not None and phrase.noun not in lex.vague:
                return same[0]
            return self.of_speaker(phrase, " ".join(words))
        place = self.phrases[phrase.place] if phrase.place is not None else None
        if phrase.noun in lex.armed:
            words = [w for w in words if w in lex.holding or w == phrase.noun]
        where = fold(place.means or place.name) if place is not None else ""
        ally = phrase.bond == "ally"
        key = f"g {owner} {'~' if ally else ''}{' '.join(words)}"
        known = registry.find(key)
        name = phrase.name if phrase.nation else self._bare(phrase)
        if phrase.link:
            name = f"{possessive(registry.drafts[owner].name)} {' '.join(words)}"
        draft = known or registry.add(key, name, EntityKind.GROUP, f"head '{phrase.noun}'")
        draft.noun, draft.plural = phrase.noun, True
        if where and phrase.noun in lex.holders and place is not None:
            draft.place = draft.place or where
            self._hold(phrase, draft, place)
        return draft

    def _hold(self, phrase: Phrase, draft: Draft, place: Phrase) -> None:
        """ "Ethnic X separatist forces in P": who holds P goes with X, and so does P."""
        lex = self.lexicon
        words = set(fold(phrase.name).split())
        if not phrase.nation or not (words & lex.holding or phrase.bond == "ally"):
            return
        land = self.state(place.means or place.name)
        nation = self.state(phrase.nation)
        if land.id == nation.id:
            return
        self.registry.belong(land, nation.id, "ally", f"'{phrase.name}' hold {land.name}")

    def _many(self, phrase: Phrase) -> Draft | None:
        """ "The ministers" after "ministers A, B and C"."""
        singular = phrase.noun[:-1] if phrase.noun.endswith("s") else phrase.noun
        return self.history.company(singular, phrase)
