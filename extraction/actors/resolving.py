"""From phrases to entities, in text order: names, short forms, descriptions, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extraction import lexicon as lexicons
from extraction.actors.drafts import Draft, Registry
from extraction.actors.phrases import Phrase, PhraseFinder
from extraction.coreference import Antecedents
from extraction.folding import fold
from extraction.model import EntityKind, Span
from extraction.text.vocabulary import name_strength

if TYPE_CHECKING:
    from extraction.attribution import RawAttribution

BOTH = "both sides"
_STATE_ORGANS = frozenset(
    {"ministry", "government", "police", "army", "military", "cabinet", "administration"}
)
_WITHOUT = ("the ", "a ", "an ")


class Resolver:
    """Gives every phrase of an article its entity, or leaves it open."""

    def __init__(
        self,
        finder: PhraseFinder,
        active: list[Phrase],
        places: Iterable[tuple[Span, str]],
        attributions: Sequence[RawAttribution],
    ) -> None:
        reader = finder.reader
        self.reader = reader
        self.lexicon = reader.lexicon
        self.tokens = reader.analysis.tokens
        self.rows = finder.rows
        self.phrases = finder.phrases  # by number
        self.active = active
        self.chains = {chain[-1]: chain for chain in finder.chains}
        self.together: list[tuple[int, int, int]] = []
        self.places = {span.start: (span, name) for span, name in places}
        self.place_names = {fold(name) for _, name in self.places.values()}
        self.registry = Registry(self.lexicon)
        self.entity: dict[int, int | None] = {}
        self.capitals = self._capitals()
        self.adjective_places = {fold(v) for v in reader.adjectives.values()}
        voices = [a.source for a in attributions if a.source is not None]
        voices += [a.target for a in attributions if a.target is not None]
        self.voices = {span.start for span in voices}
        self.history = Antecedents(self.tokens, self.registry, attributions, reader.analysis.quotes)
        self.nominal_reach = int(lexicons.load("en", "pronouns")["reach"]["nominal"])

    def run(self) -> None:
        """Resolves all phrases; afterwards ``entity`` and ``together`` hold what was found."""
        self._full_names()
        for phrase in sorted(self.active, key=lambda p: (p.head, -p.end, p.number)):
            found = self.resolve(phrase)
            if found is not None:
                self.registry.drafts[found].last = phrase.head
                self.history.note(phrase, found, self.acts(phrase))
            if phrase.number in self.chains:
                self._gather([self.phrases[k] for k in self.chains[phrase.number]])
        self._govern()

    def _govern(self) -> None:
        """Offices and organs of state with no state named: of the only one that there is.

        That is the one state whose organs the article names, else "the government".
        """
        registry, lex = self.registry, self.lexicon
        open_ = [
            d
            for d in registry.drafts
            if d.member is None
            and (
                (d.kind is EntityKind.PERSON and d.title in lex.state_titles)
                or (d.kind is EntityKind.BODY and d.noun in _STATE_ORGANS)
                or (d.kind is EntityKind.GROUP and d.noun == "police")
            )
        ]
        if not open_:
            return
        tops = {registry.top(d.id) for d in registry.drafts if d.bond == "office"}
        states = {k for k in tops if registry.drafts[k].kind is EntityKind.STATE}
        if len(states) > 1:
            return
        if states:
            power, why = states.pop(), "the only state whose organs are named"
        else:
            government = registry.find("b - government")
            power_draft = government or registry.add(
                "b - government", "government", EntityKind.BODY, "head 'government'"
            )
            power_draft.noun, power_draft.named = "government", False
            power, why = power_draft.id, "no state named: of the government"
        for draft in open_:
            registry.belong(draft, power, "office", why)

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

    # ------------------------------------------------------------------ what stands around

    def acts(self, phrase: Phrase) -> bool:
        """Whether a verb follows that the phrase can be the subject of."""
        letters = self.rows[phrase.sentence].letters
        before = letters[phrase.head_item - 1 : phrase.head_item] if phrase.head_item else ""
        if before and before in "ofi":
            return False
        rest = letters[phrase.tail_item :]
        match = re.match(r"(?:w|ic2?,?(?:2,)?|,[^VvR]*,)*[Vv]", rest[:40])
        return match is not None

    def _voiced(self, phrase: Phrase) -> bool:
        """Whether a source or target begins with the phrase."""
        return (
            self.tokens[phrase.start].start in self.voices
            or self.tokens[phrase.head].start in self.voices
        )

    def _locative(self, phrase: Phrase) -> bool:
        return self.tokens[phrase.head].start in self.places

    def _capitals(self) -> dict[str, str]:
        """ "Palvia's capital, Ostrava": seats of government that the article itself names."""
        found: dict[str, str] = {}
        for row in self.rows:
            for at, item in enumerate(row.items):
                if self.tokens[item.last - 1].lower != "capital":
                    continue
                whose = re.search(r"(?:([SN])'|(D))[am]*$", row.letters[:at])
                behind = re.match(r"od?([SN])", row.letters[at + 1 :])
                if whose is not None:
                    k, begin = whose.start(1 if whose[1] else 2), whose.start()
                elif behind is not None:
                    k, begin = at + 1 + behind.start(1), at
                else:
                    continue
                owner = row.items[k]
                name = owner.means or self.tokens[owner.first].text
                match = re.match(r",?(N)", row.letters[at + 1 :])
                before = re.search(r"(N),d?[am]*$", row.letters[:begin])
                if match is not None:
                    city = row.items[at + 1 + match.start(1)]
                elif before is not None:
                    city = row.items[before.start(1)]
                else:
                    continue
                found[fold(self.tokens[city.first].text)] = name
        return found

    # ------------------------------------------------------------------ names

    def _full_names(self) -> None:
        """All full names first, so that a surname may stand before its full name (a headline)."""
        lex = self.lexicon
        alone = {p.name for p in self.active if p.kind is EntityKind.UNKNOWN and " " not in p.name}
        for phrase in self.active:
            if phrase.kind is EntityKind.PERSON and phrase.form == "name":
                if " " in phrase.name:
                    self._add_person(phrase, "" if phrase.title else "honorific")
            elif phrase.kind is EntityKind.UNKNOWN and " " in phrase.name and not phrase.doubtful:
                words = phrase.name.split()
                if self._is_place(phrase) or len(words) > 4:
                    continue
                given = words[0] in lex.male or words[0] in lex.female
                initial = any(re.fullmatch(r"(?:\w\.)+", w) for w in words[:-1])
                common = name_strength(words[-1]) == 0
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

    def _add_person(self, phrase: Phrase, why: str) -> Draft:
        phrase.kind = EntityKind.PERSON
        draft = self.registry.person(phrase.name, phrase.title, why and f"{why}: '{phrase.name}'")
        if phrase.title:
            draft.reasons[f"title '{phrase.title}'"] = None
        return draft

    def _is_place(self, phrase: Phrase) -> bool:
        return self._locative(phrase) or fold(phrase.name) in self.place_names

    # ------------------------------------------------------------------ phrases

    def resolve(self, phrase: Phrase) -> int | None:
        if phrase.number in self.entity:
            return self.entity[phrase.number]
        self.entity[phrase.number] = None  # closes circles
        if phrase.taken is not None:
            found = self.resolve(self.phrases[phrase.taken])
        elif phrase.form == "pronoun":
            found = self.history.pronoun(phrase)
        else:
            draft = self._draft(phrase)
            found = None if draft is None else draft.id
            if draft is not None:
                self._bind(phrase, draft)
        self.entity[phrase.number] = found
        return found

    def _draft(self, phrase: Phrase) -> Draft | None:
        if phrase.noun == BOTH:
            draft = self.registry.add("both", BOTH, EntityKind.GROUP, "speaks for both parties")
            draft.plural = True
            self.registry.alias(draft, "both", phrase.name)
            return draft
        if phrase.kind is EntityKind.STATE:
            return self._state(phrase)
        if phrase.kind is EntityKind.PERSON:
            return self._named_person(phrase) if phrase.form == "name" else self._office(phrase)
        if phrase.kind is EntityKind.BODY:
            return self._body(phrase)
        if phrase.kind is EntityKind.GROUP:
            return self._group(phrase)
        return self._name(phrase)

    def state(self, name: str) -> Draft:
        """The state or territory of that name."""
        known = self.lexicon.state_of.get(fold(name))
        name = known or name
        return self.registry.add(
            "s " + fold(name),
            name,
            EntityKind.STATE,
            f"{'state' if known else 'place that acts'}: '{name}'",
        )

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
        key = fold(name)
        acting = self.acts(phrase) or self._voiced(phrase)
        for kind in ("p ", "b ", "u "):
            if (draft := registry.find(kind + key)) is not None:
                return draft
        if (draft := registry.surname(name)) is not None and (acting or not self._locative(phrase)):
            registry.alias(draft, "p " + key, name)
            draft.reasons[f"surname '{name}'"] = None
            return draft
        if (draft := self._acronym(phrase)) is not None:
            return draft
        if key in self.capitals and acting:
            draft = self.state(self.capitals[key])
            draft.reasons[f"capital '{name}' for the state"] = None
            registry.alias(draft, "s " + key, name)
            return draft
        if key in self.adjective_places or registry.find("s " + key) is not None:
            return self.state(name)
        if self._is_place(phrase):
            return self.state(name) if acting else None
        if phrase.doubtful and not self._voiced(phrase):
            return None
        return self._unknown(phrase, acting)

    def _unknown(self, phrase: Phrase, acting: bool) -> Draft | None:
        registry, name = self.registry, phrase.name
        if (draft := self._short_body(name)) is not None:
            return draft
        words = name.split()
        common = name_strength(words[-1]) == 0 and len(words) > 1
        if common and acting:
            draft = registry.add("b " + fold(name), name, EntityKind.BODY, f"'{words[-1]}'")
            draft.noun = words[-1].lower()
            return draft
        if 2 <= len(words) <= 3 and acting and not name.isupper():
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
        for draft in reversed(self.registry.drafts):
            if draft.kind is not EntityKind.BODY:
                continue
            words = [w for w in re.split(r"[\s'’-]+", draft.name) if w and w != "s"]
            letters = "".join(w[0] for w in words if w[0].isupper())
            every = "".join(w[0] for w in words).upper()
            if name in (letters, every):
                self.registry.alias(draft, "b " + fold(name), name)
                draft.reasons[f"'{name}' by its first letters"] = None
                return draft
        return None

    def _short_body(self, name: str) -> Draft | None:
        """ "Tessler" for "Tessler Foods", "Lantern" for "the Lantern Bloc"."""
        key = fold(name)
        found = [
            d
            for d in self.registry.drafts
            if d.kind is EntityKind.BODY and d.named and fold(d.name).startswith(key + " ")
        ]
        if len(found) != 1:
            return None
        self.registry.alias(found[0], "b " + key, name)
        found[0].reasons[f"short form '{name}'"] = None
        return found[0]

    # ------------------------------------------------------------------ whose

    def owner(self, phrase: Phrase) -> tuple[int | None, str]:
        """Whose a phrase is, and why: a phrase before or behind it, an adjective, a pronoun."""
        if phrase.nation:
            return self.state(phrase.nation).id, phrase.why
        if phrase.owner is not None:
            found = self.resolve(self.phrases[phrase.owner])
            if found is None:
                other = self.phrases[phrase.owner]
                if self._is_place(other) or other.kind is EntityKind.STATE:
                    found = self.state(other.means or other.name).id
            return found, phrase.why
        if phrase.link:
            for other in self.active:
                if other.form == "pronoun" and other.head == phrase.start:
                    return self.resolve(other), f"possessive '{phrase.link}'"
        return None, ""

    def _bind(self, phrase: Phrase, draft: Draft) -> None:
        if phrase.owner is None and not phrase.nation and not phrase.link:
            return
        if draft.kind is EntityKind.STATE:
            return
        owner, why = self.owner(phrase)
        if owner is None:
            return
        bond = phrase.bond or "office"
        holder = self.registry.drafts[owner].kind
        loose = draft.noun not in self.lexicon.organs and draft.kind is EntityKind.BODY
        if bond == "office" and loose and holder in (EntityKind.STATE, EntityKind.UNKNOWN):
            bond = "nation"
        self.registry.belong(draft, owner, bond, why)

    # ------------------------------------------------------------------ descriptions

    def _office(self, phrase: Phrase) -> Draft | None:
        """A title without a name: the holder if one is known, else a person without a name."""
        registry = self.registry
        owner, _ = self.owner(phrase)
        title = phrase.title
        found = registry.titled(title, owner)
        if owner is None and not phrase.indefinite and phrase.definite:
            near = [d for d in found if self._near(d, phrase)]
            if near:
                near[0].reasons[f"'the {title}' for the last one named"] = None
                return near[0]
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
        if phrase.link and owner is not None:
            draft.name = f"{registry.drafts[owner].name}'s {title}"
        draft.gender = draft.gender or registry.gender("", title)
        return draft

    def _fits(self, title: str, other: str) -> bool:
        """ "the minister" fits a foreign minister, "the interior minister" does not."""
        shorter, longer = sorted((set(title.split()), set(other.split())), key=len)
        special = {w for w in shorter if w in self.lexicon.subjects or w in self.lexicon.modifiers}
        same = self.lexicon.same_title
        special -= {w for w in special if w in same}
        return special <= longer

    def _near(self, draft: Draft, phrase: Phrase) -> bool:
        if draft.last < 0:
            return False
        sentence = self.reader.analysis.sentence_at(self.tokens[draft.last].start)
        return sentence is not None and phrase.sentence - sentence.index <= self.nominal_reach

    def _bare(self, phrase: Phrase) -> str:
        """The words of a phrase without article, in one line."""
        text = self.reader.analysis.text
        raw = " ".join(
            text[self.tokens[phrase.start].start : self.tokens[phrase.end - 1].end].split()
        )
        for article in _WITHOUT:
            if raw.lower().startswith(article):
                return raw[len(article) :]
        return raw

    def _body(self, phrase: Phrase) -> Draft | None:
        registry, lex = self.registry, self.lexicon
        if phrase.letters[-1:] in ("O", "Q"):
            draft = registry.add(
                "b " + fold(phrase.means), phrase.means, EntityKind.BODY, "well-known body"
            )
            draft.noun = draft.noun or ("outlet" if phrase.letters[-1] == "Q" else "")
            if phrase.name != draft.name:
                registry.alias(draft, "b " + fold(phrase.name), phrase.name)
            return draft
        owner, _ = self.owner(phrase)
        head = self._head_key(phrase)
        if phrase.form == "name" or owner is not None:
            return self._owned_body(phrase, owner, head)
        if phrase.noun in lex.polities:
            return self._latest(phrase, lambda d: d.kind is EntityKind.STATE, phrase.definite)
        special = head.split()[:-1]
        known = phrase.definite or phrase.inner
        found = self._latest(
            phrase,
            lambda d: (
                d.kind is EntityKind.BODY
                and phrase.noun in (d.noun, *self._heads_in(d.name))
                and all(word in fold(d.name).split() for word in special)
            ),
            known,
        )
        if found is None and phrase.noun in lex.company_words:
            found = self._latest(phrase, self._is_firm, known)
            if found is not None and found.kind is EntityKind.UNKNOWN:
                found.kind, found.noun = EntityKind.BODY, phrase.noun
        if found is not None:
            found.reasons[f"'the {phrase.noun}' for the last one named"] = None
            return found
        if not (self.acts(phrase) or self._voiced(phrase)) and not phrase.definite:
            return None
        return self._of_speaker(phrase, head)

    def _is_firm(self, draft: Draft) -> bool:
        """Whether "the company" can stand for it: a named firm, or a name of no known kind."""
        if draft.kind is EntityKind.BODY:
            return draft.named and draft.noun in self.lexicon.company
        return draft.kind is EntityKind.UNKNOWN

    def _heads_in(self, name: str) -> list[str]:
        return fold(name).split()

    def _head_key(self, phrase: Phrase) -> str:
        spelling = self.lexicon.spelling
        words = [spelling.get(w, w) for w in fold(phrase.name).split()]
        if "of" in words:  # "ministry of defence" is the defence ministry
            at = words.index("of")
            tail = [w for w in words[at + 1 :] if w not in ("the", "and")]
            if at and all(w in self.lexicon.subjects for w in tail):
                words = [*tail, *words[:at]]
        return " ".join(words)

    def _owned_body(self, phrase: Phrase, owner: int | None, head: str) -> Draft:
        registry, lex = self.registry, self.lexicon
        drop = fold(phrase.name).split()
        if phrase.nation:  # the adjective is not part of the key
            adjectives = {fold(a) for a in self._adjectives(phrase)}
            head = " ".join(w for w in head.split() if w not in adjectives) or head
        base = (
            self.registry.top(owner) if owner is not None and phrase.noun in lex.organs else owner
        )
        key = f"b {base} {head}" if owner is not None else f"b {head}"
        known = registry.find(key)
        if known is None and owner is None and phrase.form == "name":
            known = self._latest(
                phrase,
                lambda d: d.kind is EntityKind.BODY and fold(d.name).endswith(" " + head),
                True,
            )
        if known is not None:
            if phrase.name != known.name and " ".join(drop) != head:
                known.aliases[self._bare(phrase)] = None
            return known
        name = phrase.name
        if owner is not None and not phrase.nation:
            holder = registry.drafts[owner]
            whose = self.phrases[phrase.owner] if phrase.owner is not None else None
            name = self._bare(phrase) if whose is not None and whose.head >= phrase.start else name
            if phrase.link:
                name = f"{holder.name}'s {phrase.name}"
        if owner is None and (before := self._announced(phrase)) is not None:
            registry.alias(before, key)
            before.aliases[before.name] = None
            before.name, before.noun, before.named = name, phrase.noun, True
            before.reasons[f"'{name}' names it in the next sentence"] = None
            registry.alias(before, "b " + fold(name))
            return before
        draft = registry.add(key, name, EntityKind.BODY, f"head '{phrase.noun}'")
        draft.noun = phrase.noun
        draft.named = not name.islower()
        if owner is None:
            registry.alias(draft, "b " + fold(name))
            state = lex.body_state.get(fold(name))
            if state is not None:
                registry.belong(draft, self.state(state).id, "office", f"'{name}' of {state}")
        return draft

    def _announced(self, phrase: Phrase) -> Draft | None:
        """ "A consumer group blamed … The Fair Goods League said": named one sentence later."""
        if phrase.form != "name" or not phrase.definite or not self.acts(phrase):
            return None
        generic = self.lexicon.generic
        for draft in reversed(self.registry.drafts):
            kind = generic.get(draft.noun)
            if draft.named or kind is None or draft.kind is not EntityKind.BODY:
                continue
            sentence = self.reader.analysis.sentence_at(self.tokens[max(draft.last, 0)].start)
            if sentence is None or phrase.sentence - sentence.index != 1:
                continue
            firm = phrase.noun in self.lexicon.company
            fits = firm if kind == "firm" else phrase.noun == kind if kind != "any" else not firm
            if fits and phrase.noun not in self.lexicon.organs:
                return draft
        return None

    def _adjectives(self, phrase: Phrase) -> list[str]:
        row = self.rows[phrase.sentence]
        return [
            self.tokens[i.first].text
            for i in row.items[phrase.head_item : phrase.tail_item]
            if i.letter in "De"
        ]

    def _latest(self, phrase: Phrase, fits: object, wanted: bool) -> Draft | None:
        """The entity of that description that was named last, within reach."""
        if not wanted or not callable(fits):
            return None
        found = [
            d
            for d in self.registry.drafts
            if 0 <= d.last < phrase.head and fits(d) and self._near(d, phrase)
        ]
        return max(found, key=lambda d: d.last) if found else None

    def _of_speaker(self, phrase: Phrase, head: str) -> Draft:
        """ "Authorities", "the military" with no owner: of the state that spoke last."""
        registry, lex = self.registry, self.lexicon
        firm = phrase.noun in lex.organs or phrase.noun in lex.ruling or phrase.noun in lex.armed
        speaker = self.history.last_power(phrase) if firm else None
        if speaker is not None:
            key = f"{'b' if phrase.kind is EntityKind.BODY else 'g'} {speaker} {head}"
            draft = registry.find(key)
            if draft is None:
                holder = registry.drafts[speaker]
                draft = registry.add(
                    key,
                    f"{holder.name}'s {phrase.name.lower()}",
                    phrase.kind,
                    f"head '{phrase.noun}'",
                )
                draft.noun, draft.plural = phrase.noun, phrase.plural
                why = f"no owner named; {holder.name} spoke last"
                registry.belong(draft, speaker, "office", why)
            return draft
        kind = "b" if phrase.kind is EntityKind.BODY else "g"
        draft = registry.add(
            f"{kind} - {head}",
            self._bare(phrase) if phrase.form == "name" else phrase.name.lower(),
            phrase.kind,
            f"head '{phrase.noun}'",
        )
        draft.noun, draft.plural, draft.named = phrase.noun, phrase.plural, False
        return draft

    def _group(self, phrase: Phrase) -> Draft | None:
        registry, lex = self.registry, self.lexicon
        owner, _ = self.owner(phrase)
        adjectives = {fold(a) for a in self._adjectives(phrase)} if phrase.nation else set()
        words = [w for w in fold(phrase.name).split() if w not in adjectives] or [phrase.noun]
        if words[-1] in lex.crowd:
            words = [*words[:-1], lex.crowd[words[-1]]]
        if owner is None:
            acting = self.acts(phrase) or self._voiced(phrase)
            if phrase.counted and not acting:
                return None
            if phrase.definite and (found := self._many(phrase)) is not None:
                return found
            if phrase.noun in lex.vague and not self._voiced(phrase):
                return None
            return self._of_speaker(phrase, " ".join(words))
        place = self.phrases[phrase.place] if phrase.place is not None else None
        if phrase.noun in lex.armed:
            words = [w for w in words if w in lex.holding or w == phrase.noun]
        where = fold(place.means or place.name) if place is not None else ""
        ally = phrase.bond == "ally"
        key = f"g {owner} {'~' if ally else ''}{' '.join(words)}"
        known = registry.find(key)
        name = phrase.name if phrase.nation else self._bare(phrase)
        if phrase.link:
            name = f"{registry.drafts[owner].name}'s {' '.join(words)}"
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
