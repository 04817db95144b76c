"""Phrases that can stand for an actor: persons with titles, bodies, groups, states, bare names."""

from __future__ import annotations

import re

import msgspec

from extraction.actors.binding import Binder
from extraction.actors.items import Item, Reader, SentenceItems
from extraction.model import EntityKind

_OWN = "[DSKOQNBMmbeg]"
_NAME = "N(?:p{0,2}N)*"
_TAIL = "(?:(?:od?|f(?=[MN]))[MmNBDSKT]+g?(?:&[MmNBT]+g?)*)?"
_OF_PLACE = re.compile("od?([SKN]+)")
# The first alternative that fits at a place wins, so what holds more stands first.
_PHRASE = re.compile(
    "(?=[DSKOQNBMmbegaTtHPRrn])(?:"  # at any other letter all would fail, one after the other
    f"(?P<titled>(?P<own>{_OWN}*?)(?P<title>[Mma]*n?n?[Tt](?:&?[Mm]*[Tt])*|[Mma]*(?=H))"
    f"(?P<honor>H*)(?P<titledname>{_NAME})(?![Np]*B))"
    f"|(?P<body>(?:[DNMmB]*(?:[gNt]\\^|g'(?=[NM]*B)))?[DSKOQNMmTeg]*B(?:[NBM]*B)?[NB]*"
    f"{_TAIL}(?!n?n?[gtT]))"
    "|(?P<low>[DSKONMme]*(?:[gt]\\^|g'(?=[Mm]*b))?[Mm]*n{0,2}b{1,2}(?!\\^?[gtn])(?:od?[Mm]+(?![Nbgt]))?)"
    "|(?P<group>(?:[DSKONBbMmea]|[eD](?:,[eD])*,?&(?=[eDNS]))*n{0,2}g(?![tT]))"
    "|(?P<nominal>(?:[DSKOQNBbMmeag]|[eD]&(?=[eD]))*n{0,2}[Tt]+(?:o[rd]?[manV]+)?(?![NnmgbBM]))"
    "|(?P<people>e*D?P)"
    "|(?P<doer>D(?=[am]*[nmb]))"
    "|(?P<state>[SK])"
    "|(?P<known>[OQ])"
    f"|(?P<name>{_NAME})"
    "|(?P<pronoun>[Rr]))"
)


_KINDS = {
    "people": EntityKind.GROUP,
    "state": EntityKind.STATE,
    "known": EntityKind.BODY,
    "name": EntityKind.UNKNOWN,
}


class Phrase(msgspec.Struct):
    """A stretch that may name an actor. Offsets are token indices.

    ``start`` to ``end`` is the whole noun phrase, ``head`` to ``tail`` the part that names.
    ``owner`` is the number of another phrase, ``nation`` a state's or place's name: whose it is;
    ``bond`` how firmly (``office``, ``nation``, ``ally``), ``why`` in words.
    """

    number: int
    sentence: int
    kind: EntityKind
    start: int
    end: int
    head: int
    tail: int
    name: str
    form: str = "name"
    title: str = ""
    noun: str = ""
    owner: int | None = None
    nation: str = ""
    bond: str = ""
    why: str = ""
    definite: bool = False
    indefinite: bool = False
    counted: bool = False
    plural: bool = False
    inner: bool = False
    doubtful: bool = False
    taken: int | None = None  # the named phrase that this description belongs to
    link: str = ""
    called: str = ""  # what a body is, where its name stands behind that
    place: int | None = None  # "forces in X": the phrase that names the place
    tail_item: int = 0
    head_item: int = 0
    letters: str = ""
    means: str = ""  # what a lexicon says the name stands for


class PhraseFinder:
    """Finds the phrases of an article, sentence by sentence."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.tokens = reader.analysis.tokens
        self.text = reader.analysis.text
        self.phrases: list[Phrase] = []
        self.rows: list[SentenceItems] = []
        places = frozenset(reader.adjectives.values())
        self.binder = Binder(reader.lexicon, self.tokens, places)

    def run(self) -> list[Phrase]:
        for row in self.reader.rows():
            self.rows.append(row)
            first = len(self.phrases)
            self._scan(row, 0, len(row.items), inner=False)
            self.binder.bind(row, self.phrases[first:])
        return self.phrases

    # ------------------------------------------------------------------ finding

    def _scan(self, row: SentenceItems, begin: int, end: int, *, inner: bool) -> list[Phrase]:
        found: list[Phrase] = []
        for match in _PHRASE.finditer(row.letters, begin, end):
            phrase = self._make(row, match, inner)
            if phrase is not None:
                found.append(phrase)
        return found

    def _make(self, row: SentenceItems, match: re.Match[str], inner: bool) -> Phrase | None:
        kind = match.lastgroup  # the alternative, which closes behind the groups inside it
        if kind == "titled":
            return self._titled(row, match, inner)
        if kind in ("body", "low"):
            return self._body(row, match.span(), inner)
        if kind == "group":
            return self._group(row, match.span(), inner)
        if kind == "nominal":
            return self._nominal(row, match.span(), inner)
        if kind == "pronoun":
            phrase = self._plain(row, match.span(), match.span(), EntityKind.UNKNOWN, inner)
            phrase.form = "pronoun"
            return phrase
        if kind == "doer":
            return self._doer(row, match.start(), inner)
        span = match.span()
        if kind == "name" and span[0] and not inner:
            before = self.tokens[row.items[span[0] - 1].last - 1].lower
            if before in self.reader.lexicon.crafts:
                return None  # "the tanker Selma Grace": a thing
        phrase = self._plain(row, span, span, _KINDS[kind or "name"], inner)
        if kind == "name" and phrase.name.lower() in self.reader.lexicon.realms:
            self._realm(row, phrase)
        if kind == "people":
            phrase.nation = row.items[span[1] - 1].means
            phrase.bond, phrase.why = "nation", f"'{phrase.name}'"
            phrase.plural = True
            phrase.noun = "people"
        return phrase

    def _realm(self, row: SentenceItems, phrase: Phrase) -> None:
        """ "The Republic of Vestia" is Vestia."""
        match = _OF_PLACE.match(row.letters, phrase.tail_item)
        if match is None:
            return
        first, last = match.span(1)
        phrase.name = self._words(row.items[first].first, row.items[last - 1].last)
        phrase.end = phrase.tail = row.items[last - 1].last
        phrase.tail_item = last
        if row.letters[first] == "S" and last == first + 1:
            phrase.kind, phrase.means = EntityKind.STATE, row.items[first].means
            phrase.letters = "S"

    def _doer(self, row: SentenceItems, at: int, inner: bool) -> Phrase | None:
        """ "Vestian shelling": the adjective stands for the state where a deed follows."""
        step = at + 1
        while step < len(row.items) and row.letters[step] in "amnb":
            word = self.tokens[row.items[step].last - 1].lower
            if word in self.reader.lexicon.deeds:
                phrase = self._plain(row, (at, at + 1), (at, at + 1), EntityKind.STATE, inner)
                phrase.form, phrase.means = "nominal", row.items[at].means
                return phrase
            step += 1
        return None

    def _plain(
        self,
        row: SentenceItems,
        span: tuple[int, int],
        name: tuple[int, int],
        kind: EntityKind,
        inner: bool,
    ) -> Phrase:
        items = row.items
        head, tail = items[name[0]].first, items[name[1] - 1].last
        start = items[span[0]].first
        determiner = row.letters[span[0] - 1] if span[0] else ""
        phrase = Phrase(
            number=len(self.phrases),
            sentence=row.sentence.index,
            kind=kind,
            start=start,
            end=items[span[1] - 1].last,
            head=head,
            tail=tail,
            name=self._words(head, tail),
            inner=inner,
            doubtful=row.doubtful is not None and head == row.doubtful and tail == head + 1,
            head_item=span[0],
            tail_item=span[1],
            letters=row.letters[span[0] : span[1]],
            means=items[name[0]].means if name[1] == name[0] + 1 else "",
        )
        if determiner in ("d", "r") and span[0]:
            phrase.start = items[span[0] - 1].first
            word = self.tokens[phrase.start].lower
            phrase.definite = word in ("the", "this", "that", "these", "those") or determiner == "r"
            phrase.indefinite = word in ("a", "an", "another", "some")
            phrase.head_item = span[0] - 1
        elif determiner == "2":
            phrase.counted = True
        self.phrases.append(phrase)
        return phrase

    def _words(self, first: int, last: int) -> str:
        if last <= first:
            return ""
        if last == first + 1:
            return self.tokens[first].text
        raw = self.text[self.tokens[first].start : self.tokens[last - 1].end]
        return " ".join(raw.split())

    def _titled(self, row: SentenceItems, match: re.Match[str], inner: bool) -> Phrase:
        own = match.span("own")
        title = match.span("title")
        if own[1] == own[0] + 1 and title[1] > title[0] and self._field(row, own[0], title[1] - 1):
            own, title = (own[0], own[0]), (own[0], title[1])
        owners = self._scan(row, own[0], own[1], inner=True) if own[1] > own[0] else []
        phrase = self._plain(row, match.span(), match.span("titledname"), EntityKind.PERSON, inner)
        honor = match.span("honor")
        if title[1] > title[0]:
            phrase.title = self._title(row.items, title)
        elif honor[1] > honor[0]:
            short = self._title(row.items, honor)
            phrase.title = self.reader.lexicon.abbreviated.get(short.rstrip("."), short)
        self._own(row, phrase, own, owners, "title")
        return phrase

    def _field(self, row: SentenceItems, at: int, last: int) -> bool:
        """ "Water Minister Kolb": what a minister is for, though firms are called that, too."""
        word = self.tokens[row.items[at].last - 1].lower
        lex = self.reader.lexicon
        if self.tokens[row.items[last].last - 1].lower not in (*lex.portfolio, "secretary"):
            return False
        return row.letters[at] in "BbNn" and (word in lex.modifiers or word in lex.subjects)

    def _has_field(self, items: tuple[Item, ...], at: int) -> bool:
        """Whether the title before "of" takes what its holder is for: "minister of mining"."""
        lex = self.reader.lexicon
        return self.tokens[items[at - 1].last - 1].lower in lex.portfolio | lex.fielded

    def _title(self, items: tuple[Item, ...], span: tuple[int, int]) -> str:
        return self._words(items[span[0]].first, items[span[1] - 1].last).lower()

    def _own(
        self,
        row: SentenceItems,
        phrase: Phrase,
        span: tuple[int, int],
        owners: list[Phrase],
        by: str,
    ) -> None:
        """Binds to whatever stands right before the title or head: a body, else a state."""
        if span[1] <= span[0]:
            return
        if owners and owners[-1].tail_item == span[1]:
            phrase.owner, phrase.bond = owners[-1].number, "office"
            phrase.why = f"{by}: '{owners[-1].name}'"
            return
        for at in range(span[1] - 1, span[0] - 1, -1):
            item = row.items[at]
            if item.letter == "D" and not set(row.letters[span[0] : at]) & set("NOQS"):
                word = self._words(item.first, item.last)
                ally = "-" in word or (at > span[0] and row.letters[at - 1] == "e")
                asked = phrase.title.split()[-1:] and phrase.title.split()[-1] in (
                    self.reader.lexicon.trade
                )
                phrase.nation = item.means
                phrase.bond = "ally" if ally else "nation" if asked else "office"
                phrase.why = f"{by}: '{word}'"
                return

    def _body(self, row: SentenceItems, span: tuple[int, int], inner: bool) -> Phrase:
        """A ministry, company, union …; an adjective or state before it says whose it is."""
        items, letters = row.items, row.letters
        begin = span[0]
        lex = self.reader.lexicon
        at = next(k for k in range(span[1] - 1, begin - 1, -1) if letters[k] in "Bb")
        if letters[at] == "B":
            tail = re.search("[of]", letters[begin : span[1]])
            inside = letters[begin : begin + tail.start()] if tail else letters[begin : span[1]]
            at = begin + inside.rfind("B")
        noun = items[at].means or self.tokens[items[at].last - 1].lower
        behind = _OF_PLACE.fullmatch(letters, at + 1, span[1]) if noun in lex.organs else None
        if behind is not None:  # "the Defense Ministry of Vestia"
            phrase = self._body(row, (begin, at + 1), inner)
            place = self._scan(row, behind.start(1), span[1], inner=True)
            if place and phrase.owner is None and not phrase.nation:
                phrase.owner, phrase.bond = place[-1].number, "office"
                phrase.why = f"'of {place[-1].name}'"
            phrase.end, phrase.tail_item = items[span[1] - 1].last, span[1]
            return phrase
        owners: list[Phrase] = []
        lead = begin
        while lead < at and letters[lead] in "SK":
            lead += 1
        named = lead
        if lead == begin and noun in lex.organs:
            while named < at and letters[named] == "N":
                named += 1
        elif lead == begin and letters[at] == "b":
            while named < at and letters[named] == "O":
                named += 1
        if named > begin:
            owners = self._scan(row, begin, named, inner=True)
        while named < at and letters[at] == "B" and letters[named] in "mgta":
            if not self.tokens[items[named].first].text[0].islower() or letters[named + 1] in "'^":
                break
            named += 1  # "opposition Lantern Bloc"
        cut = min(named, at)
        phrase = self._plain(row, (begin, span[1]), (cut, span[1]), EntityKind.BODY, inner)
        phrase.noun = noun
        phrase.form = "name" if letters[at] == "B" or "N" in phrase.letters else "nominal"
        if owners:
            phrase.owner, phrase.why = owners[-1].number, f"'{owners[-1].name}' before it"
        else:
            self._own(row, phrase, (begin, at), [], "adjective")
        if phrase.owner is not None or phrase.nation:
            firm = noun in lex.organs
            phrase.bond = phrase.bond if phrase.bond == "ally" else "office" if firm else "nation"
        return phrase

    def _group(self, row: SentenceItems, span: tuple[int, int], inner: bool) -> Phrase:
        items, letters = row.items, row.letters
        begin, at = span[0], span[1] - 1
        while begin < at and letters[begin] == "a":
            begin += 1
        self._parallel(row, begin, at, inner)
        joined = letters.rfind("&", begin, at)
        begin = joined + 1 if joined >= 0 else begin
        owners: list[Phrase] = []
        named = begin
        while (
            named < at
            and letters[named] in "SKNOBbMm"
            and letters[named:at].strip("MmNSKOBb") == ""
        ):
            named += 1
        stop = max((k + 1 for k in range(begin, named) if letters[k] in "SKNOBb"), default=begin)
        if stop > begin:
            owners = self._scan(row, begin, stop, inner=True)
        phrase = self._plain(row, (begin, span[1]), (stop, span[1]), EntityKind.GROUP, inner)
        phrase.form, phrase.plural = "nominal", True
        phrase.noun = items[at].means or self.tokens[items[at].first].lower
        if owners and owners[-1].tail_item == stop:
            phrase.owner, phrase.why = owners[-1].number, f"'{owners[-1].name}' before it"
        else:
            self._own(row, phrase, (begin, at), [], "adjective")
        if phrase.owner is not None or phrase.nation:
            phrase.bond = self._group_bond(phrase)
        return phrase

    def _group_bond(self, phrase: Phrase) -> str:
        lex = self.reader.lexicon
        if phrase.bond == "ally":
            return "ally"
        firm = phrase.noun in lex.armed or phrase.noun in lex.ruling
        return "office" if firm else "nation"

    def _parallel(self, row: SentenceItems, begin: int, at: int, inner: bool) -> None:
        """ "French and Spanish troops": the first is a group of its own."""
        last = row.letters.rfind("&", begin, at)
        if last < 0:
            return
        for k in range(begin, last):
            item = row.items[k]
            if item.letter != "D":
                continue
            phrase = self._plain(row, (k, k + 1), (k, k + 1), EntityKind.GROUP, inner)
            noun = row.items[at]
            phrase.noun = noun.means or self.tokens[noun.first].lower
            rest = self._words(row.items[min(last + 2, at)].first, noun.last)
            phrase.name = f"{phrase.name} {rest}"
            phrase.form, phrase.plural, phrase.nation = "nominal", True, item.means
            phrase.bond = self._group_bond(phrase)
            phrase.why = f"adjective: '{self._words(item.first, item.last)}'"

    def _nominal(self, row: SentenceItems, span: tuple[int, int], inner: bool) -> Phrase:
        """A title without a name: "the ministry's spokesman", "Palvian president"."""
        letters = row.letters
        begin = span[0]
        while begin < span[1] - 1 and letters[begin] == "a":
            begin += 1
        field = letters.find("o", begin, span[1])
        if field > 0 and "V" in letters[field : span[1]] and not self._has_field(row.items, field):
            span, field = (span[0], field), -1  # "accused its neighbour of lying"
        cut = (span[1] if field < 0 else field) - 1
        while cut > begin and letters[cut - 1] in "MmanTt":
            cut -= 1
        owners = self._scan(row, begin, cut, inner=True) if cut > begin else []
        phrase = self._plain(row, (begin, span[1]), (cut, span[1]), EntityKind.PERSON, inner)
        phrase.form = "nominal"
        phrase.title = self._title(row.items, (cut, span[1] if field < 0 else field))
        past = self.reader.lexicon.past
        lead = [self.tokens[i.first].lower for i in row.items[span[0] : begin]]
        if not past.isdisjoint(lead) and past.isdisjoint(phrase.title.split()):
            phrase.title = f"former {phrase.title}"
        self._own(row, phrase, (begin, cut), owners, "title")
        return phrase
