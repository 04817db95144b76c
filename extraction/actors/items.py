"""A sentence as a string of class letters, so that phrases can be found with regular expressions.

Capital letters stand for capitalised words:
``S`` state, ``D`` adjective of a state, ``P`` its people, ``K`` capital, ``O`` well-known body,
``Q`` outlet, ``N`` another name, ``T t`` title, ``B b`` head of a body, ``g`` head of a group,
``H`` honorific, ``M m`` what may stand before a title or head, ``e`` "ethnic", ``p`` particle of
a name, ``o`` "of", ``f`` for to at from with by, ``i`` another preposition, ``d`` article, ``r``
possessive pronoun, ``'`` possessive, ``^`` bare apostrophe, ``&`` and, ``,`` comma, ``2`` number,
``a`` adjective, ``n`` noun, ``V`` verb, ``v`` helping verb, ``w`` adverb, ``q`` quotation mark,
``c`` day or month, ``R`` pronoun, ``x`` the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extraction.actors.gazetteer import Gazetteer, adjectives_of, gazetteer
from extraction.folding import fold
from extraction.model import BlockKind
from extraction.text.analysis import Sentence, Tag, TextAnalysis, Token
from extraction.text.vocabulary import name_strength

_PLAIN = {
    Tag.DET: "d",
    Tag.PRON: "R",
    Tag.NUM: "2",
    Tag.ADJ: "a",
    Tag.NOUN: "n",
    Tag.VERB: "V",
    Tag.AUX: "v",
    Tag.ADV: "w",
    Tag.CCONJ: "x",
    Tag.SCONJ: "x",
    Tag.PART: "x",
    Tag.PUNCT: "x",
    Tag.ADP: "i",
    Tag.PROPN: "n",
    Tag.X: "x",
}
_MARKS = {",": ",", "(": "(", ")": ")", '"': "q", "“": "q", "”": "q", "&": "N"}
_MARKS |= {"'s": "'", "’s": "'", "'": "^", "’": "^", "and": "&", "or": "&", "of": "o"}
_LINKS = frozenset({"for", "to", "at", "from", "with", "by"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "our", "my", "your", "whose"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "another", "some"})
_NAMELIKE = (Tag.PROPN, Tag.NOUN, Tag.ADJ, Tag.VERB, Tag.X, Tag.ADV)
_OPENERS = frozenset({'"', "“", "‘", ":", "--", "—", "–"})
_UNSETTLED = re.compile(
    "^a(?=N)|M(?=N)|(?<=[NB])[nxNMB]|m(?![mnabgtMBTH2])|(?<=N)(?<!NN)[DTKSP](?![NTBbtgnam])|(?<=d)R(?=')|(?<=[tT])T(?=N)|(?<=N)g"
)
_TITLE_SHARE = 0.6
_ARTICLED = re.compile(r"(?:al|el|an|ad|as|ash|at|ul)[-‐‑][A-Z]\w")
_SMALL_TAIL = re.compile(r".*-[a-z]{4,}$")  # "NATO-member", but "Kara-su"
_STOPPED = frozenset({"st", "fr", "hon", "judge", "madam"})  # no honorific without a full stop


class Item(msgspec.Struct, frozen=True, gc=False):
    """One or more tokens ``[first, last)`` of one class; ``means`` is what a lexicon says."""

    first: int
    last: int
    letter: str
    means: str = ""


class SentenceItems(msgspec.Struct, frozen=True):
    sentence: Sentence
    items: tuple[Item, ...]
    letters: str
    doubtful: int | None = None  # first token, where only its place may explain the capital


class Seen(msgspec.Struct, frozen=True):
    """Words of an article: capitalised inside sentences, and in small letters."""

    capital: frozenset[str]
    small: frozenset[str]


def _headline(tokens: Sequence[Token]) -> bool:
    words = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    return len(words) >= 3 and sum(t.text[0].isupper() for t in words) >= _TITLE_SHARE * len(words)


def _seen(analysis: TextAnalysis, headlines: frozenset[int]) -> Seen:
    tokens, tags, named = analysis.tokens, analysis.tags, Tag.PROPN
    capital, texts = set[str](), set[str]()
    for sentence in analysis.sentences:
        if sentence.index in headlines:
            continue
        first, last = sentence.first, sentence.last
        texts.update([token.text for token in tokens[first:last]])
        for at in [at for at in range(first + 1, last) if tags[at] is named]:
            text = tokens[at].text
            if text[0].isupper() and tokens[at - 1].text not in _OPENERS:
                capital.add(text)
    return Seen(frozenset(capital), frozenset([text for text in texts if text[0].islower()]))


_latest: list[Reader] = []
# Words in small letters, which mean the same in all articles.
_words: dict[tuple[str, Tag], tuple[str, str, bool]] = {}
_MOST_WORDS = 100_000


def reader_of(analysis: TextAnalysis) -> Reader:
    """The reader of an article; places and actors, one after the other, share it."""
    for reader in _latest:
        if reader.analysis is analysis:
            return reader
    _latest[:] = [Reader(analysis)]
    return _latest[0]


class Reader:
    """Gives every sentence of an article its letters. ``adjectives`` maps adjectives of places
    that the article itself ties to a name ("Palvian") to that name."""

    def __init__(self, analysis: TextAnalysis) -> None:
        self.analysis = analysis
        self.lexicon: Gazetteer = gazetteer()
        # Letter, what it means, and whether a phrase of a lexicon begins with the word.
        self._small_words: dict[tuple[str, Tag], tuple[str, str, bool]] = {}
        self._large_words: dict[tuple[str, Tag, bool, bool], tuple[str, str, bool]] = {}
        self._rows: tuple[SentenceItems, ...] | None = None
        self.headlines = frozenset(
            s.index
            for s in analysis.sentences
            if analysis.blocks
            and analysis.blocks[s.block].kind in (BlockKind.TITLE, BlockKind.HEADING)
            and _headline(analysis.sentence_tokens(s))
        )
        self.seen = _seen(analysis, self.headlines)
        self.body_heads = frozenset(
            word.lower() for word in self.seen.capital if word.lower() in self.lexicon.heads
        )
        self.adjectives: dict[str, str] = self._find_adjectives()

    def _find_adjectives(self) -> dict[str, str]:
        """Ties "Palvian" to "Palvia" where both stand in the article."""
        lex = self.lexicon
        tokens, named = self.analysis.tokens, Tag.PROPN
        words = {tokens[at].text for at, tag in enumerate(self.analysis.tags) if tag is named}
        return adjectives_of(
            w
            for w in words
            if len(w) > 3 and fold(w) not in lex.state_of and w.lower() not in lex.calendar
        )

    def rows(self) -> tuple[SentenceItems, ...]:
        """All sentences of the article, read once."""
        if self._rows is None:
            self._rows = tuple(self.read(sentence) for sentence in self.analysis.sentences)
        return self._rows

    def read(self, sentence: Sentence) -> SentenceItems:
        tokens = self.analysis.tokens
        items: list[Item] = []
        add = items.append
        at, last = sentence.first, sentence.last
        headline = sentence.index in self.headlines
        names, words = self.lexicon.names, self.lexicon.words
        small, large, body_heads = self._small_words, self._large_words, self.body_heads
        while at < last:
            token = tokens[at]
            text = token.text
            found = _words.get((text, token.tag))
            if found is None or text in body_heads:
                found = small.get((text, token.tag))
            if found is None:
                if text[0].isupper():
                    opening = at == sentence.first or tokens[at - 1].text in _OPENERS
                    key = (text, token.tag, opening, headline)
                    found = large.get(key)
                    if found is None:
                        found = large[key] = (
                            *self._letter(token, opening=opening, headline=headline),
                            token.lower in words or text in names,
                        )
                else:
                    found = self._small_letter(token)
            letter, means, begins = found
            if begins:
                item = self._known(at, last)
                if item is not None:
                    add(item)
                    at = item.last
                    continue
            add(Item(at, at + 1, letter, means))
            at += 1
        first = items[0] if items else None
        doubtful = first is not None and first.letter == "N" and first.last == first.first + 1
        if first is None or not doubtful or not self._doubtful(tokens[first.first]):
            return SentenceItems(sentence, tuple(items), self._settle(items))
        return SentenceItems(sentence, tuple(items), self._settle(items), first.first)

    def _settle(self, items: list[Item]) -> str:
        """Corrects letters by their neighbours, and gives them as a string.

        "Chief" is a title where no head follows that it could stand before, "Port" is a name
        before a name, and "plc" after a name makes it a body's.
        """
        lex, tokens = self.lexicon, self.analysis.tokens
        letters = "".join([item.letter for item in items])
        changed = False
        for match in _UNSETTLED.finditer(letters):
            k = match.start()
            item = items[k]
            word = tokens[item.first].lower
            new: tuple[str, str] | None
            if item.letter == "R":
                new = ("n", "")  # "the mine's owner"
            elif item.letter == "g":  # "Rapid Support Forces", of no nation
                named = tokens[item.first].text == "Forces" and items[k - 1].last == item.first
                foreign = tokens[item.first - 1].text in self.adjectives
                new = ("B", "force") if named and not foreign else None
            elif item.letter == "m":
                new = ("t", item.means) if item.means in lex.office else None
            elif item.letter in "DTKSP":  # "David French", "Howard Dean", "chief Dean Smith"
                at = k if letters[k - 1] in "tT" else k - 1
                given = tokens[items[at].first].text
                new = ("N", "") if given in lex.male or given in lex.female else None
            elif word in lex.company_marks and k and letters[k - 1] in "NB":
                new = ("B", "company")
            else:
                # "Upper Orle", and inside a sentence "National Renewal".
                inside = k > 0 or tokens[item.first].text in self.seen.capital
                leads = inside and letters[k + 1 : k + 2] == "N"
                name = (item.letter == "M" and leads) or (
                    item.letter in "Ma" and word in lex.openers
                )
                new = ("N", "") if name else None
            if new is not None:
                items[k] = Item(item.first, item.last, *new)
                changed = True
        return "".join([item.letter for item in items]) if changed else letters

    def _known(self, at: int, end: int) -> Item | None:
        """A phrase of the lexicons that begins here."""
        tokens = self.analysis.tokens
        token = tokens[at]
        if token.text[0].isupper():
            for phrase, letter, means in self.lexicon.names.get(token.text, ()):
                last = at + len(phrase)
                if last <= end and all(
                    tokens[at + k].text == word for k, word in enumerate(phrase)
                ):
                    if letter == "S" and self._is_given_name(at, last, end):
                        return None
                    return Item(at, last, letter, means)
        for phrase, letter, means in self.lexicon.words.get(token.lower, ()):
            last = at + len(phrase)
            if last <= end and all(tokens[at + k].lower == word for k, word in enumerate(phrase)):
                return Item(
                    at,
                    last,
                    letter.upper()
                    if tokens[last - 1].text[0].isupper() and letter in "tb"
                    else letter,
                    means,
                )
        return None

    def _is_given_name(self, at: int, last: int, end: int) -> bool:
        """ "Jordan Smith": a state's name with a family name behind it."""
        if last != at + 1 or last >= end:
            return False
        name, after = self.analysis.tokens[at], self.analysis.tokens[last]
        if after.tag is not Tag.PROPN or not after.text[0].isupper():
            return False
        low = after.lower
        lex = self.lexicon
        return (
            name.text in lex.given_states
            and after.text not in lex.names
            and not (low in lex.office or low in lex.modifiers or low in lex.subjects)
            and not (low in lex.heads or low in lex.groups or low in lex.calendar)
        )

    def _doubtful(self, token: Token) -> bool:
        return token.text not in self.seen.capital and (
            token.lower in self.seen.small
            or token.tag is not Tag.PROPN
            or name_strength(token.text) == 0
        )

    def _small_letter(self, token: Token) -> tuple[str, str, bool]:
        """The letter of a word in small letters, which mostly is the same in all articles."""
        text, key = token.text, (token.text, token.tag)
        letter, means = self._letter(token, opening=False, headline=False)
        found = letter, means, token.lower in self.lexicon.words
        if "-" in text or text in self.body_heads or not text.islower():
            self._small_words[key] = found
            return found
        if len(_words) > _MOST_WORDS:
            _words.clear()
        _words[key] = found
        return found

    def _letter(self, token: Token, *, opening: bool, headline: bool) -> tuple[str, str]:
        text, low, tag = token.text, token.lower, token.tag
        mark = _MARKS.get(low)
        if mark is not None:
            return ("v" if mark == "'" and tag in (Tag.AUX, Tag.VERB) else mark), ""
        lex = self.lexicon
        if _ARTICLED.match(text):
            return "N", ""
        capital = text[0].isupper()
        if low in lex.calendar and (capital or "." in low):
            return "c", ""
        if capital:
            letter = self._capital(token, opening, headline)
            if letter is not None:
                return letter
        if tag is Tag.VERB and low not in lex.office:
            return "V", ""
        if low in _LINKS and tag is not Tag.PART:
            return "f", ""
        if low in _POSSESSIVE:
            return "r", ""
        if low in _DETERMINERS and tag is Tag.DET:
            return "d", ""
        return self._small(token)

    def _capital(self, token: Token, opening: bool, headline: bool) -> tuple[str, str] | None:
        """The letter of a capitalised word that no list of names holds."""
        text, low, tag = token.text, token.lower, token.tag
        lex = self.lexicon
        special = self._special(text, low)
        if special is not None:
            return special
        if tag not in _NAMELIKE or low in ("i", "not"):
            return None
        known = text in self.seen.capital or tag is Tag.PROPN or not opening
        if headline and text not in self.seen.capital:
            known = False
        if low in lex.office or low in lex.trade:
            return ("T" if not opening or known else "t"), low
        if low in lex.groups:
            return "g", low
        if low in lex.heads:
            return ("B" if known and not opening else "b" if low in lex.short else "N"), low
        if low in lex.ethnic:
            return "e", low
        if low in lex.modifiers or low in lex.subjects:
            return ("M" if known else "m"), low
        if opening and tag is not Tag.PROPN and text not in self.seen.capital:
            return None
        if headline and not known:
            return None
        return "N", ""

    def _special(self, text: str, low: str) -> tuple[str, str] | None:
        """Honorifics, adjectives of the article's own places, words with a hyphen."""
        lex = self.lexicon
        if low in lex.honorifics and (text.endswith(".") or low not in _STOPPED):
            return "H", ""
        bound = self.adjectives.get(text)
        if bound is not None:
            return ("P" if text.endswith("s") and text[:-1] in self.adjectives else "D"), bound
        if "-" in text:
            joined = self._joined(text)
            if joined is not None:
                return "D", joined
            if low not in lex.office and _SMALL_TAIL.match(text):
                return "m", low
        return None

    def _joined(self, text: str) -> str | None:
        """ "Russian-backed", "pro-Russian": whose, as a folded key."""
        parts = text.split("-")
        if len(parts) != 2:
            return None
        lex = self.lexicon
        if parts[1].lower() in lex.backed:
            name = parts[0]
        elif parts[0].lower() == "pro":
            name = parts[1]
        else:
            return None
        return (
            self.adjectives.get(name)
            or lex.state_of.get(fold(name))
            or (name if name in self.seen.capital else None)
        )

    def _small(self, token: Token) -> tuple[str, str]:
        low, tag = token.lower, token.tag
        lex = self.lexicon
        if "-" in low and not token.text[0].isupper():
            joined = self._joined(token.text)
            if joined is not None:
                return "D", joined
        if tag in (Tag.NOUN, Tag.PROPN, Tag.X):
            if (low in lex.office or low in lex.trade) and low not in lex.capital_only:
                return "t", low
            if low in lex.groups or (
                low != token.lemma and (token.lemma in lex.office or token.lemma in lex.trade)
            ):
                return "g", low
            if low in lex.short or low in self.body_heads:
                return "b", low
        if tag is Tag.ADJ and low in lex.short and low == "military":
            return "b", low
        if low in lex.ethnic:
            return "e", low
        if low in lex.particles and tag is not Tag.PRON:
            return "p", ""
        if tag in (Tag.NOUN, Tag.ADJ, Tag.X, Tag.PROPN) and (
            low in lex.modifiers or low in lex.subjects
        ):
            return "m", low
        return _PLAIN[tag], ""
