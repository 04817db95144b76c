"""What the parts of resolving share: the article, its phrases, and whose a phrase is."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extraction import lexicon as lexicons
from extraction.actors.drafts import Draft, Registry
from extraction.actors.items import Item, SentenceItems
from extraction.actors.lands import Lands
from extraction.actors.phrases import Phrase, PhraseFinder
from extraction.coreference import Antecedents
from extraction.folding import fold
from extraction.model import EntityKind, Span

if TYPE_CHECKING:
    from extraction.attribution import RawAttribution

_WITHOUT = ("the ", "a ", "an ")
_WHENCE = ("'from ", "'in ", "'near ")
_ACTS = re.compile(r"(?:w|ic2?,?(?:2,)?|,[^VvR]*,)*[Vv]")
_WHO_ACTS = re.compile(r",[xR][^,]{1,30},w?[Vv]")  # "Kolb, who sat there, rose"


def possessive(name: str) -> str:
    """The possessive of a name."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


class Context(ABC):
    """An article while its phrases are being resolved."""

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
        self.last_of = {number: chain[-1] for chain in finder.binder.chains for number in chain}
        self.chains = {chain[-1]: chain for chain in finder.binder.chains}
        self.pronouns = {p.head: p for p in reversed(active) if p.form == "pronoun"}
        self.depth = 0
        self.together: list[tuple[int, int, int]] = []
        self.places = {span.start: (span, name) for span, name in places}
        self.place_names = {fold(name) for _, name in self.places.values()}
        self._place_starts = sorted(self.places)
        self.registry = Registry(self.lexicon)
        self.entity: dict[int, int | None] = {}
        # The state that the article is at home in: by dateline, or "in the capital, Ostrava".
        self.home = ""
        self._own_states = frozenset(reader.adjectives.values())
        self.capitals = self._capitals()
        self.lands = Lands(self.rows, self.tokens, self.lexicon, self._own_states)
        self.home = self.home or self.lands.home
        self.adjective_places = {fold(v) for v in reader.adjectives.values()}
        voices = [a.source for a in attributions if a.source is not None]
        voices += [a.target for a in attributions if a.target is not None]
        self.voices = {span.start for span in voices}
        self.history = Antecedents(
            self.tokens,
            self.registry,
            attributions,
            reader.analysis.quotes,
            self.place_names | self.lexicon.place_names,
            reader.analysis.sentences,
        )
        self.nominal_reach = int(lexicons.load("en", "pronouns")["reach"]["nominal"])

    @abstractmethod
    def resolve(self, phrase: Phrase) -> int | None:
        """The entity that a phrase refers to, or ``None`` where it is left open."""

    def acts(self, phrase: Phrase) -> bool:
        """Whether a verb follows that the phrase, alone or with others, can be the subject of."""
        letters, at = self.rows[phrase.sentence].letters, phrase.head_item
        if at > 0 and letters[at - 1] in "ofi":  # behind a preposition
            return False
        last = self.last_of.get(phrase.number, phrase.number)
        if last != phrase.number:
            return self.acts(self.phrases[last])
        end = phrase.tail_item
        return _ACTS.match(letters, end, end + 40) is not None

    def _who_acts(self, phrase: Phrase) -> bool:
        """Whether a verb follows behind what an inserted clause says of the phrase."""
        letters = self.rows[phrase.sentence].letters
        clause = _WHO_ACTS.match(letters, phrase.tail_item)
        return clause is not None and not self._after_preposition(phrase)

    def _after_preposition(self, phrase: Phrase) -> bool:
        letters = self.rows[phrase.sentence].letters
        return phrase.head_item > 0 and letters[phrase.head_item - 1] in "ofi"

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
        text = self.reader.analysis.text
        if "capital" not in text:
            return found
        last = ""  # the state that an earlier sentence was about
        for row in self.rows:
            if "capital" not in text[row.sentence.start : row.sentence.end]:
                last = self._state_told_of(row) or last
                continue
            for at, item in enumerate(row.items):
                if self.tokens[item.last - 1].lower != "capital":
                    continue
                whose = re.search(r"(?:([SN])'|(D))[am]*$", row.letters[:at])
                behind = re.match(r"od?([SN])", row.letters[at + 1 :])
                if whose is not None:
                    k, begin = whose.start(1 if whose[1] else 2), whose.start()
                elif behind is not None:
                    k, begin = at + 1 + behind.start(1), at
                elif self.tokens[row.items[at - 1].first].lower == "the" and at:
                    k, begin = -1, at - 1  # "in the capital, Ostrava"
                else:
                    continue
                owner = row.items[k]
                name = owner.means or self.tokens[owner.first].text
                if k < 0:
                    name = self.home = self._state_named(row.items[:at][::-1]) or last
                match = re.match(r",?(N)", row.letters[at + 1 :])
                before = re.search(r"(N),d?[am]*$", row.letters[:begin])
                if match is not None:
                    city = row.items[at + 1 + match.start(1)]
                elif before is not None:
                    city = row.items[before.start(1)]
                else:
                    continue
                if name:
                    found[fold(self.tokens[city.first].text)] = name
            last = self._state_told_of(row) or last
        return found

    def _state_told_of(self, row: SentenceItems) -> str:
        """The state that acts or owns first in a sentence, else the first; empty for none."""
        acting = [
            item
            for item, after in pairwise(row.items)
            if after.letter in "'^Vv" and item.letter in "SN"
        ]
        return self._state_named(acting) or self._state_named(row.items)

    def _state_named(self, items: Sequence[Item]) -> str:
        """The state that comes first among the items of a sentence; empty where none is named."""
        for item in items:
            if item.letter in "SD":
                return item.means
            if item.letter == "N" and self.tokens[item.first].text in self._own_states:
                return self.tokens[item.first].text
        return ""

    def _is_place(self, phrase: Phrase) -> bool:
        name = fold(phrase.name)
        listed = name in self.lexicon.place_names
        return listed or self._locative(phrase) or name in self.place_names

    def state(self, name: str) -> Draft:
        """The state or territory of that name."""
        known = self.lexicon.state_of.get(fold(name))
        name = known or self.capitals.get(fold(name), name)
        return self.registry.add(
            "s " + fold(name),
            name,
            EntityKind.STATE,
            f"{'state' if known else 'place that acts'}: '{name}'",
        )

    def owner(self, phrase: Phrase) -> tuple[int | None, str]:
        """Whose a phrase is, and why: a phrase before or behind it, an adjective, a pronoun."""
        if phrase.nation:
            backer = self._backer(phrase.nation) if phrase.bond == "ally" else None
            return (backer or self.state(phrase.nation)).id, phrase.why
        if phrase.owner is not None:
            found = self.resolve(self.phrases[phrase.owner])
            if found is None:
                other = self.phrases[phrase.owner]
                if self._is_place(other) or other.kind is EntityKind.STATE:
                    place = self.state(other.means or other.name)
                    self._bind_place(other, place)
                    found = place.id
            elif any(word in phrase.why for word in _WHENCE):
                self.registry.drafts[found].somewhere = True
            return found, phrase.why
        if phrase.link in self.history.first:
            return self.history.speaker(self.tokens[phrase.start].start), f"'{phrase.link}'"
        if phrase.link:
            pronoun = self.pronouns.get(phrase.start)
            if pronoun is not None:
                return self.resolve(pronoun), f"possessive '{phrase.link}'"
        return None, ""

    def _backer(self, name: str) -> Draft | None:
        """The person or body, and no state, that "Roth-backed" names."""
        key = fold(name)
        if key in self.lexicon.state_of or key in self.adjective_places:
            return None
        registry = self.registry
        return registry.surname(name) or registry.find("b " + key) or registry.find("u " + key)

    def _bind(self, phrase: Phrase, draft: Draft) -> None:
        if draft.kind is EntityKind.STATE:
            self._bind_place(phrase, draft)
            return
        if draft.kind is EntityKind.PERSON and self.lexicon.past & set(phrase.title.split()):
            return  # "the firm's former director"
        if phrase.owner is None and not phrase.nation and not phrase.link:
            self._bind_office(phrase, draft)
            return
        owner, why = self.owner(phrase)
        if owner is None:
            return
        bond = phrase.bond or "office"
        holder = self.registry.drafts[owner].kind
        lex = self.lexicon
        if (
            holder is EntityKind.PERSON
            and draft.kind is EntityKind.BODY
            and self._named_body(phrase)
            and fold(draft.name) not in lex.platforms
        ):
            # "Her Civic Union": she belongs to it; "wrote on his Telegram": nobody does.
            self.registry.belong(self.registry.drafts[owner], draft.id, "office", why)
            if self.registry.drafts[owner].member == draft.id:
                return
        power = draft.noun in lex.organs or lex.is_of_state(draft.title)
        if holder is EntityKind.UNKNOWN and power and phrase.noun != "office":
            self.registry.drafts[owner].kind = holder = EntityKind.STATE
        if holder is EntityKind.UNKNOWN and draft.kind is EntityKind.GROUP:
            self.registry.drafts[owner].somewhere |= draft.noun in lex.neutral  # "the Keti people"
        firm = draft.noun in lex.organs | lex.armed | lex.ruling
        loose = not firm and draft.kind in (EntityKind.BODY, EntityKind.GROUP)
        local = draft.noun == "police" and self._is_town(self.registry.drafts[owner])
        loose = loose or local
        if bond == "office" and loose and holder in (EntityKind.STATE, EntityKind.UNKNOWN):
            bond = "nation"
        self.registry.belong(draft, owner, bond, why)

    def _bind_place(self, phrase: Phrase, draft: Draft) -> None:
        """ "Port Royce, a Keltian town"."""
        if phrase.nation and phrase.bond == "nation" and phrase.kind is EntityKind.UNKNOWN:
            self.registry.belong(draft, self.state(phrase.nation).id, "nation", phrase.why)

    def _is_town(self, draft: Draft) -> bool:
        """A place that is no state as far as the lexicon and the article tell."""
        key = fold(draft.name)
        return key not in self.lexicon.state_of and key not in self.adjective_places

    def _named_body(self, phrase: Phrase) -> bool:
        return phrase.form == "name" and phrase.noun not in self.lexicon.organs

    def _bind_office(self, phrase: Phrase, draft: Draft) -> None:
        """ "Foreign Minister X" with no state beside it: of the state named right before."""
        if draft.kind is not EntityKind.PERSON or draft.member is not None:
            return
        lex = self.lexicon
        first = draft.title.partition(" ")[0]
        if lex.risen & set(draft.title.split()):  # "a rebel delegate"
            found = [d for d in self.registry.drafts if d.noun in lex.rising and d.last >= 0]
            holder = max(found, key=lambda d: d.last).id if found else None
        elif self.registry.title_head(first) == "spokes" and lex.ranks & set(draft.title.split()):
            holder = self.history.last_house(phrase)  # "spokesman Colonel X"
        elif lex.is_of_state(draft.title):
            # "…," Foreign Minister X said: of whom the sentence before the quotation was.
            quoted = self.rows[phrase.sentence].letters.startswith("q")
            start = self.tokens[phrase.start].start
            told = any(end <= start for _, end in self.history.said_by(start))
            holder = self._power_near(phrase) if quoted or told else None
        elif draft.title in lex.local:
            holder = self._seat(phrase)
        elif self._of_house(draft.title):
            holder = self.history.last_house(phrase)
            if holder is None and self.registry.title_head(draft.title) == "spokes":
                holder = self.history.last_speaker(phrase)
        elif not draft.title and " " in draft.name and draft.last < 0 and self._voiced(phrase):
            self._introduced(phrase, draft)
            return
        else:
            return
        if holder is not None and holder != draft.id:
            name = self.registry.drafts[holder].name
            # Whom a mayor speaks for is his town, but as a party he is himself.
            bond = "nation" if draft.title in lex.local else "office"
            self.registry.belong(draft, holder, bond, f"no owner named; {name} right before")

    def _introduced(self, phrase: Phrase, draft: Draft) -> None:
        """ "Vestia's prime minister said … Ida Holm told reporters": named a sentence later."""
        registry = self.registry
        found = [
            d
            for d in registry.drafts
            if d.kind is EntityKind.PERSON
            and not d.named
            and d.member is not None
            and d.title in self.lexicon.sole
            and d.last >= 0
            and self._since(d, phrase) in (1, 2)
        ]
        if len(found) == 1:
            office = found[0]
            owner = registry.drafts[office.member or 0].name
            draft.title = office.title
            why = f"'{possessive(owner)} {office.title}' in the sentence before"
            registry.belong(draft, office.member, "office", why)

    def _since(self, draft: Draft, phrase: Phrase) -> int:
        """How many sentences back somebody was mentioned last."""
        sentence = self.reader.analysis.sentence_at(self.tokens[draft.last].start)
        return phrase.sentence - sentence.index if sentence is not None else -1

    def _seat(self, phrase: Phrase) -> int | None:
        """ "A shell hit Orle, the mayor said": the only place that the sentences name."""
        sentences = self.reader.analysis.sentences
        for back in (0, 1):
            if phrase.sentence < back:
                break
            around = sentences[phrase.sentence - back]
            low = bisect_left(self._place_starts, around.start)
            high = bisect_left(self._place_starts, around.end)
            names = {self.places[start][1] for start in self._place_starts[low:high]}
            names = {n for n in names if fold(n) not in self.lexicon.state_of}
            if names:
                name = names.pop() if len(names) == 1 else ""
                return self.state(name).id if name and name not in self._own_states else None
        return None

    def _of_house(self, title: str) -> bool:
        """ "Director", "sales director": an office of a company, union or party."""
        lex = self.lexicon
        *before, last = title.split() or [""]
        free = last in lex.keeping or not lex.subjects & set(before)  # not "police spokesman"
        return title in lex.house_titles or (last in lex.house_titles and free)

    def _power_near(self, phrase: Phrase) -> int | None:
        """The state that was named last, in this sentence or the one before."""
        return self.history.last_power(phrase, 1, unknown=phrase.noun != "police")

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

    def _latest(self, phrase: Phrase, fits: Callable[[Draft], bool], wanted: bool) -> Draft | None:
        """The entity of that description that was named last, within reach."""
        if not wanted:
            return None
        found = [
            d
            for d in self.registry.drafts
            if 0 <= d.last < phrase.head and fits(d) and self._near(d, phrase)
        ]
        if own := self.history.said_by(self.tokens[phrase.start].start):
            found = [d for d in found if self.history.named_outside(d.id, own)]
        return max(found, key=lambda d: d.last) if found else None

    def _adjectives(self, phrase: Phrase) -> list[str]:
        row = self.rows[phrase.sentence]
        return [
            self.tokens[i.first].text
            for i in row.items[phrase.head_item : phrase.tail_item]
            if i.letter in "De"
        ]
