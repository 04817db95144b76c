"""From phrases to entities, in text order: names, short forms, descriptions, pronouns."""

from __future__ import annotations

import re

from extraction.actors.drafts import Draft
from extraction.actors.gazetteer import names_many
from extraction.actors.owning import Owners
from extraction.actors.phrases import Phrase
from extraction.folding import fold
from extraction.model import EntityKind
from extraction.text.vocabulary import name_strength, penn

BOTH = "both sides"
# An enum's member takes long to look up, and each phrase asks for all of these.
_STATE, _PERSON = EntityKind.STATE, EntityKind.PERSON
_BODY, _GROUP = EntityKind.BODY, EntityKind.GROUP
_DEEPEST = 12  # owners of owners that are followed


class Resolver(Owners):
    """Gives every phrase of an article its entity, or leaves it open."""

    def run(self) -> None:
        """Resolves all phrases; afterwards ``entity`` and ``together`` hold what was found."""
        self._full_names()
        for phrase in sorted(self.active, key=lambda p: (p.head, -p.end, p.number)):
            found = self.resolve(phrase)
            if found is not None:
                self.registry.drafts[found].last = phrase.head
                listed = phrase.number in self.last_of
                # "Whether its neighbour agrees" is told of another.
                subject = self.acts(phrase) and phrase.title not in self.lexicon.beside
                self.history.note(phrase, found, subject=subject, listed=listed)
            if phrase.number in self.chains:
                self._gather([self.phrases[k] for k in self.chains[phrase.number]])
        for phrase in self.active:
            if phrase.form == "pronoun" and self.entity.get(phrase.number) is None:
                self.entity[phrase.number] = self.history.first_person(phrase)
        self.bind_open()

    def _gather(self, chain: list[Phrase]) -> None:
        """An entity for several that are named together, if each of them is one."""
        found = [self.entity.get(p.number) for p in chain]
        parts = tuple(dict.fromkeys(k for k in found if k is not None))
        if None in found or len(parts) < 2:
            return
        drafts = [self.registry.drafts[k] for k in parts]
        persons = all(d.kind is EntityKind.PERSON for d in drafts)
        if not (persons or self.acts(chain[-1]) or self._voiced(chain[0])):
            return
        names = [d.name for d in drafts]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        draft = self.registry.add(
            f"+ {sorted(parts)}", name, EntityKind.GROUP, f"named together: {name}"
        )
        draft.parts, draft.plural = parts, True
        start, end = self.tokens[chain[0].start].start, self.tokens[chain[-1].end - 1].end
        self.together.append((start, end, draft.id))
        self.history.gather(draft, chain[0].sentence, chain[-1].head)

    def _full_names(self) -> None:
        """All full names first, so that a surname may stand before its full name (a headline)."""
        lex = self.lexicon
        unknown, person = EntityKind.UNKNOWN, EntityKind.PERSON
        alone = {p.name for p in self.active if p.kind is unknown and " " not in p.name}
        for phrase in self.active:
            if phrase.kind is person and phrase.form == "name":
                if " " in phrase.name:
                    self._add_person(phrase, "" if phrase.title else "honorific")
            elif phrase.kind is unknown and " " in phrase.name and not phrase.doubtful:
                words = phrase.name.split()
                if "&" in words:  # "Castle & Vane"
                    phrase.kind, phrase.noun = EntityKind.BODY, "company"
                    continue
                if self._is_place(phrase) or len(words) > 4:
                    continue
                first = words[0]
                given = first in lex.male or first in lex.female or first in lex.given_states
                initial = any(re.fullmatch(r"(?:\w\.)+", w) for w in words[:-1])
                if self._trade(phrase, words):
                    continue
                common = name_strength(words[-1]) == 0 or penn(words[-1]) == "NNPS"
                again = (
                    not common and words[-1] in alone and fold(words[-1]) not in self.place_names
                )
                if given or initial or again:
                    why = (
                        "given name"
                        if given
                        else "initial"
                        if initial
                        else "family name alone later"
                    )
                    self._add_person(phrase, why)

    def _trade(self, phrase: Phrase, words: list[str]) -> bool:
        """ "Moderator Bret Quinn": a common word before a given name is what the person does."""
        lex = self.lexicon
        if (
            len(words) < 3
            or name_strength(words[0])
            or words[0] in lex.male
            or words[0] in lex.female
        ):
            return False
        if words[1] not in lex.male and words[1] not in lex.female:
            return False
        phrase.name, phrase.title = " ".join(words[1:]), words[0].lower()
        phrase.head += 1
        self._add_person(phrase, "")
        return True

    def _add_person(self, phrase: Phrase, why: str) -> Draft:
        phrase.kind = EntityKind.PERSON
        draft = self.registry.person(phrase.name, phrase.title, why and f"{why}: '{phrase.name}'")
        if phrase.title:
            draft.reasons[f"title '{phrase.title}'"] = None
        return draft

    def resolve(self, phrase: Phrase) -> int | None:
        if phrase.number in self.entity:
            return self.entity[phrase.number]
        self.entity[phrase.number] = None  # closes circles
        if self.depth > _DEEPEST:
            return None
        self.depth += 1
        if phrase.taken is not None:
            found = self.resolve(self.phrases[phrase.taken])
        elif phrase.form == "pronoun":
            found = self.history.pronoun(phrase)
        else:
            draft = self._draft(phrase)
            found = None if draft is None else draft.id
            if draft is not None:
                self._bind(phrase, draft)
        self.depth -= 1
        self.entity[phrase.number] = found
        return found

    def _draft(self, phrase: Phrase) -> Draft | None:
        if phrase.noun == BOTH:
            draft = self.registry.add("both", BOTH, EntityKind.GROUP, "speaks for both parties")
            draft.plural = True
            self.registry.alias(draft, "both", phrase.name)
            return draft
        kind = phrase.kind
        if kind is _STATE:
            return self._state(phrase)
        if kind is _PERSON:
            return self._named_person(phrase) if phrase.form == "name" else self._office(phrase)
        if kind is _BODY:
            return self._body(phrase)
        if kind is _GROUP:
            return self._group(phrase)
        return self._name(phrase)

    def _state(self, phrase: Phrase) -> Draft | None:
        row = self.rows[phrase.sentence]
        letter = phrase.letters[-1:]
        if letter == "K":
            before = row.letters[phrase.head_item - 1 : phrase.head_item]
            after = row.letters[phrase.tail_item : phrase.tail_item + 1]
            owns = after == "'" and not (before and before in "oi")
            if not (self.acts(phrase) or self._voiced(phrase) or owns):
                return None
            draft = self.state(phrase.means)
            draft.reasons[f"capital '{phrase.name}' for the state"] = None
            self.registry.alias(draft, "s " + fold(phrase.name), phrase.name)
            return draft
        draft = self.state(phrase.means or phrase.name)
        if phrase.name != draft.name:
            self.registry.alias(draft, "s " + fold(phrase.name), phrase.name)
        return draft

    def _named_person(self, phrase: Phrase) -> Draft:
        if " " in phrase.name:
            return self._add_person(phrase, "" if phrase.title else "honorific")
        draft = self.registry.surname(phrase.name)
        if draft is None:
            return self._add_person(phrase, "" if phrase.title else "honorific")
        self.registry.alias(draft, "p " + fold(phrase.name), phrase.name)
        if phrase.title and not draft.title:
            draft.title = phrase.title
        return draft

    def _name(self, phrase: Phrase) -> Draft | None:
        """A bare name: known already, a surname, an acronym, a place that acts, or unknown."""
        registry, name = self.registry, phrase.name
        if (draft := self._leader(name)) is not None:
            return draft
        key = fold(name)
        acting = self.acts(phrase) or self._voiced(phrase) or self._who_acts(phrase)
        for kind in ("p ", "b ", "u "):
            if (draft := registry.find(kind + key)) is not None:
                return draft
        if (draft := registry.surname(name)) is not None and (acting or not self._locative(phrase)):
            registry.alias(draft, "p " + key, name)
            draft.reasons[f"surname '{name}'"] = None
            return draft
        if (draft := self._acronym(phrase)) is not None:
            return draft
        if (draft := registry.given(name)) is not None and not self._is_place(phrase):
            registry.alias(draft, "p " + key, name)
            draft.reasons[f"given name '{name}'"] = None
            return draft
        if key in self.capitals and acting:
            draft = self.state(self.capitals[key])
            draft.reasons[f"capital '{name}' for the state"] = None
            registry.alias(draft, "s " + key, name)
            return draft
        if key in self.adjective_places or registry.find("s " + key) is not None:
            return self.state(name)
        first, _, rest = key.partition(" ")
        if acting and first in self.lexicon.openers and rest in self.adjective_places:
            draft = self.state(name.split(" ", 1)[1])  # "Lower Mayne", whose troops are Maynish
            registry.alias(draft, "s " + key, name)
            return draft
        if self._is_place(phrase):
            firm = self._short_body(name, firms=True) if acting else None
            return firm or (self.state(name) if acting else None)
        if phrase.doubtful and (phrase.inner or not self._voiced(phrase)):
            return None
        return self._unknown(phrase, acting)

    def _leader(self, name: str) -> Draft | None:
        """Who "Brann-run", before a ministry or a militia, names."""
        head, _, tail = name.rpartition("-")
        if tail not in self.lexicon.backed or not head[:1].isupper():
            return None
        key = fold(head)
        for kind in ("b ", "s ", "u ", "p "):
            if (draft := self.registry.find(kind + key)) is not None:
                return draft
        return self.registry.add("b " + key, head, EntityKind.BODY, f"'{name}'")

    def _unknown(self, phrase: Phrase, acting: bool) -> Draft | None:
        registry, name = self.registry, phrase.name
        if (draft := self._short_body(name)) is not None:
            return draft
        words = name.split()
        owns = self.rows[phrase.sentence].letters[phrase.tail_item : phrase.tail_item + 1] == "'"
        if phrase.inner and not owns and not all(map(name_strength, words)):
            return None  # "Presumptive nominee": a common word written large owns nobody
        common = len(words) > 1 and any(name_strength(w) == 0 for w in words)
        if common and acting:
            draft = registry.add("b " + fold(name), name, EntityKind.BODY, f"'{words[-1]}'")
            draft.noun = words[-1].lower()
            return draft
        sure = all(name_strength(w) == 2 for w in words)
        if 2 <= len(words) <= 3 and sure and acting and not name.isupper():
            return self._add_person(phrase, "two names that act")
        if not acting and not phrase.inner:
            return None
        kind = EntityKind.UNKNOWN
        draft = registry.add("u " + fold(name), name, kind, f"name '{name}'")
        return draft

    def _acronym(self, phrase: Phrase) -> Draft | None:
        name = phrase.name
        if not (name.isupper() and 2 <= len(name) <= 8 and " " not in name):
            return None
        body = EntityKind.BODY
        for draft in reversed(self.registry.drafts):
            if draft.kind is not body:
                continue
            words = [w for w in re.split(r"[\s'’-]+", draft.name) if w and w != "s"]
            letters = "".join(w[0] for w in words if w[0].isupper())
            every = "".join(w[0] for w in words).upper()
            if name in (letters, every):
                self.registry.alias(draft, "b " + fold(name), name)
                draft.reasons[f"'{name}' by its first letters"] = None
                return draft
        return None

    def _short_body(self, name: str, *, firms: bool = False) -> Draft | None:
        """ "Tessler" for "Tessler Foods", "Lantern" for "the Lantern Bloc"."""
        key, body = fold(name), EntityKind.BODY
        begin, company = f"{key} ", self.lexicon.company
        bodies = [d for d in self.registry.drafts if d.kind is body and d.named]
        found = [
            d for d in bodies if fold(d.name).startswith(begin) and (not firms or d.noun in company)
        ]
        if not found and " " not in name and names_many(name):  # "Rovers" for "Lorne Rovers"
            found = [d for d in bodies if fold(d.name).endswith(f" {key}")]
        whole = {d.id for d in found}
        found = [d for d in found if d.member not in whole]  # "Tessler Foods' plant"
        if len(found) != 1:
            return None
        self.registry.alias(found[0], "b " + key, name)
        found[0].reasons[f"short form '{name}'"] = None
        return found[0]
