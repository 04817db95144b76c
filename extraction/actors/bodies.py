"""Ministries, companies, unions: by name, by owner and head, or by what was named before."""

from __future__ import annotations

from extraction.actors.context import Context, possessive
from extraction.actors.drafts import Draft
from extraction.actors.phrases import Phrase
from extraction.folding import fold
from extraction.model import EntityKind


class Bodies(Context):
    """Resolves the phrases that stand for a body."""

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
        if owner is not None and (seat := self._seated(phrase, owner)) is not None:
            return seat
        if phrase.form == "name" or owner is not None:
            draft = self._owned_body(phrase, owner, head)
            if phrase.called:
                draft.aliases[phrase.called] = None
            return draft
        if phrase.noun in lex.polities:
            return self._country(phrase)
        if phrase.noun in lex.bystanders and not self._voiced(phrase):
            return None  # "on the front", "a family"
        found = self._taken_up(phrase, head)
        if found is not None:
            found.reasons[f"'the {phrase.noun}' for the last one named"] = None
            return found
        known = phrase.definite or phrase.inner
        if not (known or self.acts(phrase) or self._voiced(phrase)):
            return None
        return self.of_speaker(phrase, head)

    def _taken_up(self, phrase: Phrase, head: str) -> Draft | None:
        """What "the board", "the firm", "the club", "the union" stands for, within reach."""
        lex = self.lexicon
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
        if found is None and lex.generic.get(phrase.noun) == "any":
            found = self._latest(phrase, self._is_association, known)
        if found is None and phrase.noun in lex.company_words:
            found = self._latest(phrase, self._is_firm, known)
        if found is None and phrase.noun in lex.company_words | lex.clubs:
            found = self._latest(
                phrase, lambda d: d.kind is EntityKind.UNKNOWN and not d.somewhere, known
            )
            if found is not None:
                found.kind, found.noun = EntityKind.BODY, phrase.noun
        if found is None:
            found = self._latest(phrase, lambda d: lex.kin.get(d.noun) == phrase.noun, known)
        if found is None and phrase.noun in lex.overseers:
            found = self._latest(phrase, lambda d: d.named and d.noun in lex.overseeing, known)
        return found

    def _seated(self, phrase: Phrase, town: int) -> Draft | None:
        """ "The ministry in Port Amber": that of the state whose ministry was named last."""
        registry = self.registry
        organ = phrase.definite and phrase.form == "nominal" and phrase.noun in self.lexicon.organs
        place = registry.drafts[town]
        if not organ or not phrase.why.startswith("'in ") or place.member is not None:
            return None
        if fold(place.name) in self.lexicon.state_of or registry.find(f"b {town} {phrase.noun}"):
            return None
        found = self._latest(
            phrase,
            lambda d: (
                d.kind is EntityKind.BODY
                and d.noun == phrase.noun
                and d.member is not None
                and d.member != town
            ),
            True,
        )
        if found is None or found.member is None:
            return None
        why = f"'the {phrase.noun} in {place.name}' for the last one named"
        found.reasons[why] = None
        registry.belong(place, found.member, "office", why)
        return found

    def _country(self, phrase: Phrase) -> Draft | None:
        """ "The country": the state that was named last, else a name of no known kind."""
        for kind in (EntityKind.STATE, EntityKind.UNKNOWN):
            found = self._latest(phrase, lambda d, k=kind: d.kind is k, phrase.definite)  # type: ignore[misc]
            if found is not None:
                found.kind = EntityKind.STATE
                found.reasons[f"'the {phrase.noun}' for the last one named"] = None
                return found
        return None

    def _is_firm(self, draft: Draft) -> bool:
        """Whether "the company" can stand for it: a named firm."""
        firm = draft.named and draft.noun in self.lexicon.company
        return firm and draft.kind is EntityKind.BODY

    def _is_association(self, draft: Draft) -> bool:
        """Whether "the group" can stand for it: people who have joined, neither state nor firm."""
        joined = draft.kind is EntityKind.BODY and draft.named
        return joined and draft.noun in self.lexicon.associations

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
        told = fold(phrase.name) in lex.body_state  # "the State Department"
        if owner is None and phrase.noun in lex.organs and not told:
            organ = self._organ_near(phrase, head)
            if organ is not None:
                return organ
        if phrase.nation:  # the adjective is not part of the key
            adjectives = {fold(a) for a in self._adjectives(phrase)}
            head = " ".join(w for w in head.split() if w not in adjectives) or head
        base = registry.top(owner) if owner is not None and phrase.noun in lex.organs else owner
        key = f"b {head}" if base is None else f"b {base} {head}"
        same = registry.find(key)
        if same is None and owner is None and phrase.form == "name":
            same = self._latest(
                phrase,
                lambda d: d.kind is EntityKind.BODY and fold(d.name).endswith(" " + head),
                True,
            )
        if same is None and owner is not None and " " not in head:
            same = self._only_organ(base, phrase.noun)
        if same is not None:
            if phrase.name != same.name and fold(phrase.name) != head:
                same.aliases[self._bare(phrase)] = None
            return same
        name = self._body_name(phrase, owner)
        if owner is None and (before := self._announced(phrase)) is not None:
            registry.alias(before, key)
            before.aliases[before.name] = None
            before.name, before.noun, before.named = name, phrase.noun, True
            before.reasons[f"'{name}' names it in the next sentence"] = None
            registry.alias(before, "b " + fold(name))
            return before
        draft = registry.add(key, name, EntityKind.BODY, f"head '{phrase.noun}'")
        draft.noun, draft.named = phrase.noun, not name.islower()
        named = owner is not None and registry.drafts[owner].kind is EntityKind.PERSON
        if named and self._named_body(phrase):
            registry.alias(draft, "b " + fold(name))  # "her party, National Renewal"
        if owner is None:
            registry.alias(draft, "b " + fold(name))
            state = lex.body_state.get(fold(name))
            if state is not None:
                registry.belong(draft, self.state(state).id, "office", f"'{name}' of {state}")
        return draft

    def _only_organ(self, owner: int | None, noun: str) -> Draft | None:
        """ "The Vestian ministry" where only one ministry of Vestia has been named."""
        found = [
            d
            for d in self.registry.drafts
            if d.kind is EntityKind.BODY
            and d.noun == noun
            and d.member is not None
            and d.member == owner
        ]
        return found[0] if len(found) == 1 else None

    def _organ_near(self, phrase: Phrase, head: str) -> Draft | None:
        """ "The Defense Ministry" with no state beside it: of the state named right before."""
        registry = self.registry
        power = self._power_near(phrase)
        if power is None or registry.find(f"b {head}") is not None:
            return None
        holder = registry.drafts[power].name
        name = f"{possessive(holder)} {phrase.name}"
        draft = registry.add(f"b {power} {head}", name, EntityKind.BODY, f"head '{phrase.noun}'")
        draft.noun = phrase.noun
        registry.belong(draft, power, "office", f"no state named; {holder} right before")
        return draft

    def _body_name(self, phrase: Phrase, owner: int | None) -> str:
        """How a body is called: with its owner where the article says it so."""
        if owner is None or phrase.nation:
            return phrase.name
        holder = self.registry.drafts[owner]
        if holder.kind is EntityKind.PERSON and self._named_body(phrase):
            return phrase.name
        if phrase.link:
            return f"{possessive(holder.name)} {phrase.name}"
        whose = self.phrases[phrase.owner] if phrase.owner is not None else None
        return (
            self._bare(phrase) if whose is not None and whose.head >= phrase.start else phrase.name
        )

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

    def of_speaker(self, phrase: Phrase, head: str) -> Draft:
        """ "Authorities", "the military" with no owner: of the state that spoke last."""
        registry, lex = self.registry, self.lexicon
        plain = all(w == phrase.noun or w in lex.subjects for w in head.split())
        voice = plain and (phrase.noun in lex.organs or phrase.noun in lex.state_voices)
        named = phrase.noun in lex.organs and phrase.noun != "police"
        speaker = self.history.last_power(phrase, unknown=named) if voice else None
        if speaker is not None:
            key = f"{'b' if phrase.kind is EntityKind.BODY else 'g'} {speaker} {head}"
            draft = registry.find(key)
            if draft is None:
                holder = registry.drafts[speaker]
                draft = registry.add(
                    key,
                    f"{possessive(holder.name)} {phrase.name.lower()}",
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
