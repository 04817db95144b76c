"""Entities while an article is being read, and how names find the entity they belong to."""

from __future__ import annotations

import msgspec

from extraction.actors.gazetteer import Gazetteer
from extraction.folding import fold
from extraction.model import EntityKind


class Draft(msgspec.Struct):
    """An entity in the making; ``member`` is another draft's id."""

    id: int
    name: str
    kind: EntityKind
    title: str = ""
    noun: str = ""
    gender: str = ""  # male, female, or empty where nothing tells
    plural: bool = False
    member: int | None = None
    bond: str = ""
    parts: tuple[int, ...] = ()
    aliases: dict[str, None] = msgspec.field(default_factory=dict)
    reasons: dict[str, None] = msgspec.field(default_factory=dict)
    last: int = -1  # token of the last mention
    place: str = ""  # "forces in X"
    named: bool = True
    somewhere: bool = False  # named as where somebody comes from


class Registry:
    """The drafts of an article, found by name, by owner and head, by surname, by title."""

    def __init__(self, lexicon: Gazetteer) -> None:
        self.lexicon = lexicon
        self.drafts: list[Draft] = []
        self.by_key: dict[str, int] = {}
        self.by_surname: dict[str, list[int]] = {}
        self.by_given: dict[str, list[int]] = {}

    def add(self, key: str, name: str, kind: EntityKind, reason: str) -> Draft:
        """A new draft under ``key``, or the one that is there."""
        at = self.by_key.get(key)
        if at is not None:
            return self.drafts[at]
        draft = Draft(len(self.drafts), name, kind)
        if reason:
            draft.reasons[reason] = None
        self.drafts.append(draft)
        self.by_key[key] = draft.id
        return draft

    def find(self, key: str) -> Draft | None:
        at = self.by_key.get(key)
        return None if at is None else self.drafts[at]

    def alias(self, draft: Draft, key: str, name: str = "") -> None:
        self.by_key.setdefault(key, draft.id)
        if name and name != draft.name:
            draft.aliases[name] = None

    # ------------------------------------------------------------------ persons

    def person(self, name: str, title: str, reason: str) -> Draft:
        """The person of that full name, or surname; titles tell the gender."""
        words = name.split()
        key = fold(name)
        draft = self.find("p " + key) or (self.surname(name) if len(words) == 1 else None)
        if draft is None:
            draft = self.add("p " + key, name, EntityKind.PERSON, reason)
            if len(words) > 1:
                self.by_given.setdefault(fold(words[0]), []).append(draft.id)
            for k in range(1, len(words)):
                self.by_surname.setdefault(fold(" ".join(words[k:])), []).append(draft.id)
        if title and not draft.title:
            draft.title = title
        draft.gender = draft.gender or self.gender(name, title)
        return draft

    def gender(self, name: str, title: str) -> str:
        lex = self.lexicon
        for word in title.split():
            if word in lex.female_titles:
                return "female"
            if word in lex.male_titles:
                return "male"
        words = name.split()
        first = words[0] if words else ""
        female, male = first in lex.female, first in lex.male
        return "" if female == male else "female" if female else "male"

    def surname(self, name: str) -> Draft | None:
        """Who a surname stands for: one person, or the last mentioned of several."""
        found = self.by_surname.get(fold(name))
        if not found:
            return None
        return max((self.drafts[k] for k in dict.fromkeys(found)), key=lambda d: d.last)

    def given(self, name: str) -> Draft | None:
        """The only person of that given name."""
        found = set(self.by_given.get(fold(name), ()))
        return self.drafts[found.pop()] if len(found) == 1 else None

    def titled(self, title: str, member: int | None) -> list[Draft]:
        """Persons that hold a title, of one owner where ``member`` is given; latest first."""
        head, person = self.title_head(title), EntityKind.PERSON
        found = [
            d
            for d in self.drafts
            if d.kind is person
            and d.title
            and self.title_head(d.title) == head
            and (member is None or self.top(d.id) == self.top(member))
        ]
        return sorted(found, key=lambda d: -d.last)

    def title_head(self, title: str) -> str:
        same = self.lexicon.same_title
        title = same.get(title, title)
        last = title.split()[-1] if title else ""
        return same.get(last, last)

    # ------------------------------------------------------------------ belonging

    def top(self, at: int) -> int:
        """The end of the chain of membership."""
        seen = {at}
        while (up := self.drafts[at].member) is not None and up not in seen:
            at = up
            seen.add(at)
        return at

    def belong(self, draft: Draft, owner: int | None, bond: str, why: str) -> None:
        """Binds a draft to its owner, unless that would close a circle."""
        if owner is None or draft.member is not None or owner == draft.id:
            return
        if self.top(owner) == draft.id:
            return
        draft.member, draft.bond = owner, bond
        if why:
            draft.reasons[f"{why}"] = None
