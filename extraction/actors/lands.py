"""Which state a town lies in, and at home in which state an article is, as its own words tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from extraction.actors.gazetteer import Gazetteer
from extraction.actors.items import Item, SentenceItems
from extraction.folding import fold
from extraction.text.analysis import Token

# "Vestia's Orle region", "the Vestian border town of Orle", "the Vestian town Orle",
# "Vestia's border town of Orle", "Orle, Vestia,".
_LIES = re.compile(
    "(?P<o1>[SN])'[am]*(?P<p1>N+)(?P<c1>[nm])"
    "|(?P<o2>[DN])[amn]*?(?P<c2>[nm])o?(?P<p2>N+)"
    "|(?P<o3>[SN])'[amn]*?(?P<c3>[nm])o?(?P<p3>N+)"
    "|(?P<p4>N+),(?P<o4>[SN])(?=[,(x])"
)
_DATELINE = re.compile("(?:N+,([SN])|(K))[,(x]")
_SHORT = 5
_FAR = 14  # items within which a dateline ends
_DASHES = frozenset({"--", "-", "—", "–", "―"})
_OF_STATE = re.compile("[SDN]")


class Lands:
    """``within`` maps a folded name of a town or region to (its name, its state's); ``home`` is
    the state of the dateline where the article speaks of it, too, else empty; ``states`` counts
    the mentions of states, adjectives included. One pass over the sentences."""

    def __init__(
        self,
        rows: Sequence[SentenceItems],
        tokens: Sequence[Token],
        lexicon: Gazetteer,
        own: Collection[str],
    ) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.own = own
        self.rows = rows
        self.within: dict[str, tuple[str, str]] = {}
        self.states: Counter[str] = Counter()
        for row in rows:
            for match in _OF_STATE.finditer(row.letters):
                if state := self._state(row.items[match.start()]):
                    self.states[state] += 1
            self._lies(row)
        self.home = self._home(rows[:4])

    def _state(self, item: Item) -> str:
        if item.letter in "SD":
            return item.means
        text = self.tokens[item.first].text
        return text if text in self.own else ""

    def _adjective(self, item: Item) -> str:
        """ "Vestian", where the article names Vestia by its adjective alone."""
        word = self.tokens[item.first].text
        sure = len(word) > _SHORT and word.endswith(self.lexicon.adjective_endings)
        return word if sure and item.last == item.first + 1 else ""

    def _lies(self, row: SentenceItems) -> None:
        for match in _LIES.finditer(row.letters):
            kind = next(k for k in "1234" if match[f"o{k}"] is not None)
            owner = row.items[match.start(f"o{kind}")]
            state = self._state(owner) or (self._adjective(owner) if kind == "2" else "")
            begin, end = match.span(f"p{kind}")
            first, last = row.items[begin].first, row.items[end - 1].last
            name = " ".join(t.text for t in self.tokens[first:last])
            key = fold(name)
            if not state or name in self.own or key in self.lexicon.state_of:
                continue
            if kind != "4":
                noun = self.tokens[row.items[match.start(f"c{kind}")].last - 1].lower
                if noun not in self.lexicon.place_classes:
                    continue
            self.within.setdefault(key, (name.title() if name.isupper() else name, state))

    def _home(self, rows: Sequence[SentenceItems]) -> str:
        for row in rows:
            match = _DATELINE.match(row.letters)
            if match is None:
                continue
            head = self.tokens[row.sentence.first : row.items[:_FAR][-1].last]
            if not any(t.text in _DASHES for t in head):
                continue
            if self.tokens[row.items[match.end() - 1].first].text == "/":
                return ""  # told from both capitals
            if match[1] is not None:
                item = row.items[match.start(1)]
                state = self._state(item)
                if state:
                    return state if self.states[state] > 1 else ""
                name = self.tokens[item.first].text
                again = sum(
                    self.tokens[i.first].text == name
                    for other in self.rows
                    for i in other.items
                    if i.letter == "N"
                )
                return name if again > 2 and name not in self.lexicon.provinces else ""
            state = row.items[0].means
            return state if self.states[state] else ""
        return ""
