"""Whose those are for whom no owner is named: of the only one that it can be."""

from __future__ import annotations

from extraction.actors.describing import Describing
from extraction.folding import fold
from extraction.model import EntityKind

_STATE_ORGANS = frozenset(
    {"ministry", "government", "police", "army", "military", "cabinet", "administration"}
)
_STATE_GROUPS = frozenset({"police", "ministers"})
_DEPARTMENT = "Department of "
_LOCAL = frozenset({"authority", "office"})


class Owners(Describing):
    """Binds, after all phrases are resolved, what was left without an owner."""

    def bind_open(self) -> None:
        """Offices and organs of state, seats of government, towns, statements, owners of firms."""
        self._govern()
        self._seats()
        self._within()
        self._told()
        self._proprietors()

    def _seats(self) -> None:
        """Notes at each state its capital, by which other articles may call it."""
        for city, name in self.capitals.items():
            draft = self.registry.find("s " + fold(name))
            if draft is not None and fold(draft.name) != city:
                self.registry.alias(draft, "s " + city, city.title())
                draft.reasons[f"capital '{city.title()}'"] = None

    def _within(self) -> None:
        """Towns and regions belong to the state they lie in, for this article and for others."""
        for key, (name, state) in self.lands.within.items():
            town = self.registry.find("s " + key)
            if town is None and self.registry.find("u " + key) is None:
                town = self.state(name)
            if town is not None and fold(town.name) == key:
                self.registry.belong(town, self.state(state).id, "nation", f"{name} is in {state}")

    def _proprietors(self) -> None:
        """ "The owner and the union": of the only firm that the article names."""
        lex, registry = self.lexicon, self.registry
        open_ = [
            d
            for d in registry.drafts
            if d.member is None
            and (
                (not d.named and d.title in lex.proprietors)
                or d.noun in lex.keepers
                or d.title.split()[-1:] == ["manager"]
            )
        ]
        firms = [d for d in registry.drafts if self._is_firm(d) and d.member is None]
        if len(firms) == 1:
            for draft in open_:
                registry.belong(draft, firms[0].id, "office", f"the only firm: {firms[0].name}")
        for draft in registry.drafts:
            last = draft.title.rpartition(" ")[2]  # but a press officer is no policeman
            kind = lex.seats.get(draft.title) or (last != "officer" and lex.seats.get(last))
            if not kind or draft.member is not None:
                continue
            found = [
                d
                for d in registry.drafts
                if d.kind is EntityKind.BODY and kind in (d.noun, lex.kin.get(d.noun))
                if d.named or kind == "police"
            ]
            if len(found) == 1:  # "the head teacher", where one school is named
                registry.belong(draft, found[0].id, "office", f"the only {kind}")

    def _told(self) -> None:
        """ "According to the statement": of who spoke last, in the sentence or the one before."""
        text, tellings = self.reader.analysis.text, self.lexicon.tellings
        for start, attribution in self.history.sources.items():
            span = attribution.source
            if span is None or span.exact.lower().removeprefix("the ") not in tellings:
                continue
            speaker = self.history.last_voice(start, self.reader.analysis.sentence_at(start))
            if speaker is not None and text[start : span.end] == span.exact:
                self.together.append((start, span.end, speaker))
                self.registry.drafts[speaker].reasons[f"'{span.exact}' by who spoke last"] = None

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
                (d.kind is EntityKind.PERSON and lex.is_of_state(d.title))
                or (d.kind is EntityKind.PERSON and self.home and d.title in lex.local)
                or (d.kind is EntityKind.BODY and d.noun in _STATE_ORGANS)
                or (d.kind is EntityKind.BODY and d.name.startswith(_DEPARTMENT))
                or (d.kind is EntityKind.GROUP and d.noun in _STATE_GROUPS)
            )
        ]
        ruled = any(d.noun in lex.armed | lex.organs for d in registry.drafts)
        if not ruled or any(d.noun in lex.rising for d in registry.drafts):
            # The captain of a ferry, where no army is named, is nobody's officer.
            open_ = [d for d in open_ if d.title not in lex.ranks]
        if not open_:
            return
        power, why = self._only_power()
        if power is None:
            return
        states = sum(d.kind is EntityKind.STATE and not self._is_town(d) for d in registry.drafts)
        own = {
            d.id
            for d in registry.drafts
            if registry.top(d.id) == power and d.kind is not EntityKind.PERSON
        }
        for draft in open_:
            # "President X said Palvian troops had shelled it", between Palvia and another
            if states > 1 and draft.named and self.history.tells_of(draft.id, own):
                continue
            registry.belong(draft, power, "office", why)

    def _only_power(self) -> tuple[int | None, str]:
        """The state whose offices go unnamed, or the government; ``None`` if there are several."""
        registry = self.registry
        states = [d for d in registry.drafts if d.kind is EntityKind.STATE]
        abroad = self.lexicon.abroad
        tops = {
            registry.top(d.id)
            for d in registry.drafts
            if d.bond == "office" and d.noun not in abroad and d.title not in abroad
            if d.noun not in _LOCAL  # a port's authority governs no state
            if d.kind is not EntityKind.GROUP or d.noun in self.lexicon.ruling  # nor do drones
        }
        ruling = [d.id for d in states if d.id in tops]
        government = registry.find("b - government")
        if ruling and self.home:
            return self.state(self.home).id, f"no state named: told from {self.home}"
        if len(ruling) == 1:
            return ruling[0], "the only state whose organs are named"
        if ruling:
            return None, ""
        if government is None:
            named = [d.id for d in states if not self._is_town(d)]
            if len(named) == 1:
                return named[0], "the only state named"
            if named:
                return None, ""
            government = registry.add(
                "b - government", "government", EntityKind.BODY, "head 'government'"
            )
            government.noun, government.named = "government", False
        return government.id, "no state named: of the government"
