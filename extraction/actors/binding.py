"""How the phrases of a sentence belong together: possessives, "of X", appositions, lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from extraction.actors.gazetteer import Gazetteer
from extraction.actors.items import SentenceItems
from extraction.model import EntityKind
from extraction.text.analysis import Tag, Token

if TYPE_CHECKING:
    from extraction.actors.phrases import Phrase

_LINK = re.compile("[ofi](?:d?)(?:[a])?")
_ADJECTIVE = re.compile("od?(D)[am]*n")
_LEAD_IN = re.compile("[amdw]*(?:n{1,2}')?[amdw]*")
_ONE_OF = re.compile(",2o((?:d|2)?[am]*)")
_LAND = re.compile(",d?[am]*(D)[am]*[nm]")
_WHO_LEADS = re.compile("(?:,R|,x|R)w?(V)")
_LINKING = frozenset("ofi")
_OPENS_APPOSITION = frozenset(",(")
_OPENS_CLAUSE = frozenset(",R")
_SHORT_FORM = re.compile(r"\([NSB]{1,3}\)")
_INSIDE = frozenset({"in", "inside", "from", "at", "near", "across"})
# The words by which each kind of phrase can be bound to what follows it.
_BINDS: Mapping[tuple[EntityKind, bool], frozenset[str]] = {
    (EntityKind.PERSON, True): frozenset({"of", "at", "from"}),
    (EntityKind.PERSON, False): frozenset({"of", "for", "to", "at", "from", "in"}),
    (EntityKind.BODY, True): frozenset({"of", "from", "in"}),
    (EntityKind.BODY, False): frozenset({"of", "from", "in"}),
    (EntityKind.GROUP, True): frozenset({"of", "from", "in"}),
    (EntityKind.GROUP, False): frozenset({"of", "from", "in"}),
    (EntityKind.UNKNOWN, True): frozenset({"of", "at", "from"}),
}
_CLOSES = frozenset({",", "", "x", "n", ")", "R", "d", "V", "q", "i", "f", "&"})
_WHERE = frozenset({"of", "on", "at", "over", "outside", "around", "into", "through"})
_SPEAKS = frozenset({",", "V", "v", "x", "", "q"})


class Binder:
    """Binds the phrases of an article, one sentence after the other.

    ``chains`` are numbers of phrases that are named together ("A, B and C").
    """

    def __init__(self, lexicon: Gazetteer, tokens: Sequence[Token], places: frozenset[str]) -> None:
        self.lexicon = lexicon
        self.tokens = tokens
        self.places = places
        self.chains: list[tuple[int, ...]] = []

    def bind(self, row: SentenceItems, phrases: Sequence[Phrase]) -> None:
        """Possessives, "of X", "for X", and appositions between the phrases of a sentence."""
        outer = [p for p in phrases if not p.inner]
        if not outer:
            return
        letters = row.letters
        if "'" in letters or "^" in letters or "r" in letters:  # else nobody owns anything
            ends = {p.tail_item: p for p in outer}
            inner = {p.number: p for p in phrases if p.inner}
            for phrase in outer:
                self._possessor(row, phrase, ends, inner)
        starts = {p.head_item: p for p in reversed(outer) if p.form != "pronoun" and not p.inner}
        linked = [p for p in outer if letters[p.tail_item : p.tail_item + 1] in _LINKING]
        for phrase in sorted(linked, key=lambda p: -p.head_item):
            self._link(row, phrase, starts)
        for phrase in outer:
            # What stands behind decides which of these can say anything.
            after = letters[phrase.tail_item : phrase.tail_item + 1]
            if after == "," and phrase.kind is EntityKind.UNKNOWN:
                self._of_land(row, phrase)
            if phrase.inner or phrase.tail_item in starts or after in _OPENS_APPOSITION:
                self._appose(row, phrase, starts)
            if after in _OPENS_CLAUSE:
                self._leads(row, phrase, starts)
            if after == ",":
                self._of_body(row, phrase, starts)
                self._one_of(row, phrase, starts)
        if "&" in letters:
            self._chain(row, outer)

    def _chain(self, row: SentenceItems, outer: list[Phrase]) -> None:
        """ "A, B and C": phrases with nothing but commas and "and" between them."""
        line = sorted(
            (p for p in outer if not p.inner and p.form != "pronoun" and p.taken is None),
            key=lambda p: p.head_item,
        )
        chain: list[Phrase] = []
        joined = False
        for one, two in zip(line, [*line[1:], None], strict=False):
            chain.append(one)
            gap = row.letters[one.tail_item : two.head_item] if two is not None else "."
            listing = gap == "," or (gap == ",&" and len(chain) > 1) or gap == "&"
            if listing and not joined:
                joined = "&" in gap
                continue
            if joined and len(chain) > 1:
                self.chains.append(tuple(p.number for p in chain))
                self._titles(chain, line)
            chain, joined = [], False

    def _titles(self, chain: list[Phrase], line: list[Phrase]) -> None:
        """ "Ministers A, B and C": the title before the list is each one's."""
        before = next((p for p in line if p.tail_item == chain[0].head_item), None)
        title = before.noun.removesuffix("s") if before is not None else ""
        if before is None or title not in self.lexicon.office:
            return
        before.taken = chain[0].number
        chain[0].start = before.start
        for phrase in chain:
            if phrase.kind in (EntityKind.UNKNOWN, EntityKind.PERSON) and not phrase.title:
                phrase.kind, phrase.title = EntityKind.PERSON, title

    def _possessor(
        self,
        row: SentenceItems,
        phrase: Phrase,
        ends: Mapping[int, Phrase],
        inner: Mapping[int, Phrase],
    ) -> None:
        at = phrase.head_item - 1
        while at > 0 and row.letters[at] in "amw2":
            at -= 1
        if at > 0 and row.letters[at] in "'^":
            owner = ends.get(at)
            if owner is not None and owner.end <= phrase.head and owner.form != "pronoun":
                owned = phrase
                while owned.owner is not None and owned.owner in inner:
                    owned = inner[owned.owner]  # "Vestia's defence ministry spokesman Kolb"
                self._give(owned, owner, f"possessive '{owner.name}’s'")
                phrase.start = owned.start = owner.start
                phrase.head_item = owner.head_item
                owner.inner = True
        if row.letters[phrase.head_item : phrase.head_item + 1] == "r":
            phrase.link = self.tokens[phrase.start].lower

    def _give(self, phrase: Phrase, owner: Phrase, why: str) -> None:
        if (phrase.owner is not None or phrase.nation) and phrase.bond == "office":
            return
        beside = phrase.title in self.lexicon.personal and phrase.form == "nominal"
        if beside and owner.kind is EntityKind.UNKNOWN and " " not in owner.name:
            owner.kind = EntityKind.PERSON  # "Kolb's deputy"
        phrase.owner, phrase.nation = owner.number, ""
        lex = self.lexicon
        firm = phrase.kind is EntityKind.PERSON or (
            phrase.noun in lex.organs or phrase.noun in lex.armed or phrase.noun in lex.ruling
        )
        phrase.bond = "office" if firm or owner.kind is not EntityKind.STATE else "nation"
        phrase.why = why

    def _link(self, row: SentenceItems, phrase: Phrase, starts: dict[int, Phrase]) -> None:
        """ "spokeswoman for X", "X forces in P", "Kolb of the Y Party"."""
        match = _LINK.match(row.letters, phrase.tail_item) if phrase.form != "pronoun" else None
        if match is None:
            return
        word = self.tokens[row.items[phrase.tail_item].first].lower
        other = starts.get(match.end()) or starts.get(phrase.tail_item + 1)
        if other is None:
            self._of_adjective(row, phrase, word)
            return
        if other is phrase or (phrase.link and word != "of"):
            return
        if phrase.kind is EntityKind.BODY and word in _INSIDE and self._before_noun(other):
            return  # "the largest strike against the company in U.S. history"
        if phrase.kind is EntityKind.GROUP and word in ("in", "of", "from", "inside"):
            phrase.place = other.number
        if not self._binds(phrase, other, word):
            return
        if phrase.owner is None and not phrase.nation:
            self._give(phrase, other, f"'{word} {other.name}'")
            if word in _INSIDE and phrase.kind in (EntityKind.BODY, EntityKind.GROUP):
                phrase.bond = "nation"
        if phrase.form == "nominal" or phrase.kind is EntityKind.BODY:
            phrase.end = max(phrase.end, other.end)
            phrase.tail_item = max(phrase.tail_item, other.tail_item)
            other.inner = True
            if phrase.tail_item < len(row.items):  # "residents of the Millbrook estate"
                after = row.items[phrase.tail_item]
                if self.tokens[after.first].lower in self.lexicon.place_classes:
                    phrase.end, phrase.tail_item = after.last, phrase.tail_item + 1

    def _before_noun(self, place: Phrase) -> bool:
        """Whether a state's name or adjective belongs to the common noun behind it."""
        following = self.tokens[place.end] if place.end < len(self.tokens) else None
        return (
            place.kind in (EntityKind.STATE, EntityKind.UNKNOWN)
            and following is not None
            and following.tag is Tag.NOUN
            and following.text.islower()
        )

    def _binds(self, phrase: Phrase, other: Phrase, word: str) -> bool:
        """Whether "phrase word other" says whose the phrase is."""
        if word not in _BINDS.get((phrase.kind, phrase.form == "name"), ()):
            return False
        if other.kind is EntityKind.GROUP and word != "of":
            return False
        if phrase.kind is EntityKind.UNKNOWN:
            return other.kind is EntityKind.BODY and " " in phrase.name
        lex = self.lexicon
        called = (phrase.title or phrase.noun).split()[-1:]
        if word in _INSIDE and other.kind is not EntityKind.BODY and lex.posted & set(called):
            return False  # "a diplomat in Lorne": where, not whose
        known = lex.armed | lex.ruling | lex.neutral
        # Protesters are protesters wherever they stand.
        return not (
            phrase.kind is EntityKind.GROUP and word in _INSIDE and phrase.noun not in known
        )

    def _of_adjective(self, row: SentenceItems, phrase: Phrase, word: str) -> None:
        """ "The governor of the Palvian border province"."""
        adjective = _ADJECTIVE.match(row.letters, phrase.tail_item)
        if adjective is None or phrase.kind is not EntityKind.PERSON or phrase.form == "name":
            return
        if phrase.owner is None and not phrase.nation:
            item = row.items[adjective.start(1)]
            phrase.nation, phrase.bond = item.means, "office"
            phrase.why = f"'{word} … {self.tokens[item.first].text} …'"
        phrase.end = row.items[adjective.end() - 1].last
        phrase.tail_item = adjective.end()

    def _appose(self, row: SentenceItems, phrase: Phrase, starts: dict[int, Phrase]) -> None:
        """ "X, an aide to Y," and "the leader of Y, X,"."""
        described = phrase.form == "nominal" and phrase.kind is EntityKind.PERSON
        if phrase.form == "pronoun" or phrase.taken is not None:
            return
        at, letters = phrase.tail_item, row.letters
        if phrase.inner and not described:  # "adviser to X's president, Kolb, said"
            other = starts.get(at)
            if other is not None and self._no_person(other):
                self._right_before(phrase, other, starts)
            return
        if letters[at : at + 1] not in (",", "("):
            if at in starts:
                self._right_before(phrase, starts[at], starts)
            return
        other = starts.get(at + 1)
        if other is None:
            step = _LEAD_IN.match(letters, at + 1)
            other = starts.get(step.end()) if step is not None and step.end() > at + 1 else None
        if other is None or other.taken is not None:
            return
        behind = _SHORT_FORM.match(letters, other.tail_item)  # "for the Harn Front (HF),"
        end = behind.end() if behind is not None else other.tail_item
        closing = letters[end : end + 1]
        if phrase.form == "name" and phrase.kind in (EntityKind.UNKNOWN, EntityKind.PERSON):
            following = starts.get(other.tail_item + 1) if closing == "," else None
            named_next = following is not None and following.kind in (
                EntityKind.UNKNOWN,
                EntityKind.PERSON,
            )
            self._behind(phrase, other, closing, named_next=named_next)
            if closing == "&" and other.taken == phrase.number:
                self._and_behind(phrase, starts.get(other.tail_item + 1))
        elif described and self._keeps(phrase, other, closing):
            phrase.taken = other.number  # "the landlord, Lorne Homes,"
        elif described:
            self._before(phrase, other, closing)
        elif phrase.form == "nominal" and phrase.kind is EntityKind.BODY:
            self._names_body(phrase, other, closing)
        elif self._what_it_is(phrase, other, closing) or (
            phrase.form == "name" and self._keeps(other, phrase, closing)
        ):
            other.taken = phrase.number
        else:
            self._ally(phrase, other)

    def _keeps(self, phrase: Phrase, firm: Phrase, closing: str) -> bool:
        """Whether an owner, operator or landlord without a name is the firm beside it."""
        title = phrase.title in self.lexicon.proprietors and phrase.form == "nominal"
        return title and firm.kind is EntityKind.BODY and firm.form == "name" and closing == ","

    def _what_it_is(self, phrase: Phrase, other: Phrase, closing: str) -> bool:
        """ "Lorne Resources, the mine's Vestian operator,": whether the second is the first."""
        bodies = phrase.kind is other.kind is EntityKind.BODY
        told = phrase.form == "name" and other.form == "nominal" and closing in (",", ")")
        return bodies and told and other.noun in self.lexicon.company_words

    def _no_person(self, phrase: Phrase) -> bool:
        """Whether a bare name does not begin with a given one."""
        return phrase.kind is EntityKind.UNKNOWN and (
            phrase.name.split()[0] not in self.lexicon.given
        )

    def _right_before(self, phrase: Phrase, other: Phrase, starts: Mapping[int, Phrase]) -> None:
        """ "The head of the residents' group Open Gates", "the consulting firm Oxley Economics"."""
        if phrase.form != "nominal":
            return
        if phrase.kind is EntityKind.BODY:
            self._names_body(phrase, other, ",")
        elif phrase.kind is EntityKind.PERSON and other.kind is EntityKind.UNKNOWN:
            body = self._headed(phrase, starts)
            if body is not None and self._no_person(other):
                self._names_body(body, other, ",")
            else:
                self._join(other, phrase)

    @staticmethod
    def _headed(phrase: Phrase, starts: Mapping[int, Phrase]) -> Phrase | None:
        """The body without a name that a description ends with: "the head of the committee"."""
        return next(
            (
                p
                for p in starts.values()
                if p.number == phrase.owner
                and p.kind is EntityKind.BODY
                and p.form == "nominal"
                and p.tail_item == phrase.tail_item
                and p.head_item > phrase.head_item
            ),
            None,
        )

    def _leads(self, row: SentenceItems, phrase: Phrase, starts: Mapping[int, Phrase]) -> None:
        """ "Calder, who chairs the tenants' association": hers, as by a title."""
        match = _WHO_LEADS.match(row.letters, phrase.tail_item)
        if match is None or phrase.form != "name" or phrase.owner is not None or phrase.nation:
            return
        verb = self.tokens[row.items[match.start(1)].first]
        other = starts.get(match.end())
        if verb.lemma not in self.lexicon.leading or other is None:
            return
        person = phrase.kind in (EntityKind.PERSON, EntityKind.UNKNOWN)
        if person and other.kind is EntityKind.BODY:
            phrase.kind = EntityKind.PERSON
            phrase.owner, phrase.bond = other.number, "office"
            phrase.why = f"'who {verb.text} {other.name}'"

    def _of_body(self, row: SentenceItems, phrase: Phrase, starts: Mapping[int, Phrase]) -> None:
        """ "Kolb, of the Unity Movement, said": a member of it."""
        at = phrase.tail_item
        named = phrase.form == "name" and phrase.kind in (EntityKind.PERSON, EntityKind.UNKNOWN)
        if not named or row.letters[at : at + 2] != ",o":
            return
        other = starts.get(at + 2)
        if other is None or other.kind is not EntityKind.BODY or phrase.owner is not None:
            return
        if row.letters[other.tail_item : other.tail_item + 1] == ",":
            phrase.kind, phrase.nation = EntityKind.PERSON, ""
            self._give(phrase, other, f"'of {other.name}'")
            other.inner = True

    def _one_of(self, row: SentenceItems, phrase: Phrase, starts: Mapping[int, Phrase]) -> None:
        """ "Kolb, one of 60 parents who signed": one of that group."""
        match = _ONE_OF.match(row.letters, phrase.tail_item)
        if match is None or phrase.form != "name" or phrase.owner is not None or phrase.nation:
            return
        other = starts.get(match.end()) or starts.get(match.end() - len(match[1]))
        person = phrase.kind in (EntityKind.PERSON, EntityKind.UNKNOWN)
        if person and other is not None and other.kind is EntityKind.GROUP:
            phrase.kind = EntityKind.PERSON
            self._give(phrase, other, f"'one of … {other.name}'")
            other.inner = True

    def _of_land(self, row: SentenceItems, phrase: Phrase) -> None:
        """ "Port Royce, a Keltian town": where a place lies."""
        match = _LAND.match(row.letters, phrase.tail_item)
        if match is None or phrase.nation or phrase.owner is not None:
            return
        noun = self.tokens[row.items[match.end() - 1].first].lower
        if noun in self.lexicon.place_classes:
            item = row.items[match.start(1)]
            phrase.nation, phrase.bond = item.means, "nation"
            phrase.why = f"apposition: '{self.tokens[item.first].text} {noun}'"

    def _behind(
        self, phrase: Phrase, other: Phrase, closing: str, *, named_next: bool = False
    ) -> None:
        """ "Kolb, the mayor of X," and "Open Gates, an aid group,"."""
        if other.form != "nominal" or (phrase.name in self.places and not phrase.title):
            return
        if other.kind is EntityKind.BODY:
            told = other.definite and closing not in ("V", "v", ",", "")
            firm = other.noun in self.lexicon.company_words and closing == ","
            told = told or (other.definite and firm and phrase.head_item == 0)
            if (other.indefinite or told) and phrase.kind is EntityKind.UNKNOWN:
                phrase.kind, phrase.noun = EntityKind.BODY, other.noun
                other.taken = phrase.number
        elif other.kind is EntityKind.PERSON and not other.plural and closing in _CLOSES:
            before = self.tokens[phrase.head - 1].lower if phrase.head else ""
            if before in ("in", "near"):
                return  # "In Lorne, a woman said"
            if other.definite and before in _WHERE and (closing in ("V", "v") or named_next):
                return  # "A shell fell on Orle, the mayor, Jan Kolb, said"
            self._join(phrase, other)

    def _and_behind(self, phrase: Phrase, second: Phrase | None) -> None:
        """ "Kolb, a baker and the chairman of X,": by the second of them Kolb is X's."""
        if second is None or second.form != "nominal" or second.taken is not None:
            return
        owned = second.owner is not None or second.nation
        if second.kind is EntityKind.PERSON and owned and phrase.owner is None:
            phrase.nation = ""
            self._join(phrase, second)

    def _before(self, phrase: Phrase, other: Phrase, closing: str) -> None:
        """ "The mayor of X, Kolb, said"."""
        free = other.owner is None and not other.nation and other.form == "name"
        name = other.kind in (EntityKind.UNKNOWN, EntityKind.PERSON)
        if free and name and closing in _SPEAKS and (not phrase.indefinite or closing == ","):
            self._join(other, phrase)

    def _names_body(self, phrase: Phrase, other: Phrase, closing: str) -> None:
        """ "Whose group, Open Gates,"."""
        if other.form == "name" and other.kind is EntityKind.BODY and closing == ",":
            phrase.taken = other.number
            if phrase.link and other.owner is None and not other.nation and not other.link:
                other.link, other.start = phrase.link, phrase.start
        elif other.form == "name" and other.kind is EntityKind.UNKNOWN and closing == ",":
            other.kind, other.noun, other.link = EntityKind.BODY, phrase.noun, phrase.link
            other.owner, other.why, other.bond = phrase.owner, phrase.why, phrase.bond
            other.called = phrase.name if " " in phrase.name else ""
            if phrase.link:
                other.start = phrase.start
            phrase.taken = other.number
        else:
            self._ally(phrase, other)

    def _ally(self, phrase: Phrase, other: Phrase) -> None:
        """ "The Militia, a Morland-backed force": whose a body is, by what is said beside it."""
        if (
            other.kind in (EntityKind.BODY, EntityKind.GROUP)
            and other.form == "nominal"
            and other.indefinite
            and other.nation
            and phrase.bond in ("", "nation")
        ):
            phrase.owner, phrase.nation, phrase.bond = None, other.nation, other.bond
            phrase.why = f"apposition: '{other.name}'"
            other.taken = phrase.number

    def _join(self, named: Phrase, described: Phrase) -> None:
        """Gives a name the title and the owner of the description beside it."""
        named.kind = EntityKind.PERSON
        if not named.title:
            named.title = described.title
        owned = described.owner is not None or described.nation
        # "Navy Captain Kolb, a spokesman for X": a rank's branch says less.
        rank = named.title in self.lexicon.ranks and named.why.startswith("title: ")
        free = named.owner is None and not named.nation
        if owned and (free or (rank and described.title.startswith("spokes"))):
            named.owner, named.nation = described.owner, described.nation
            named.bond = described.bond
            named.why = f"apposition: '{described.title}', {described.why}"
        if described.link and not named.link:
            named.link = described.link
        described.taken = named.number
        named.start, named.end = min(named.start, described.start), max(named.end, described.end)
