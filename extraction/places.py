"""Places that a text names, told by what stands around the name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import msgspec

from extraction import lexicon
from extraction.actors.gazetteer import gazetteer
from extraction.actors.items import Item, Reader, SentenceItems, reader_of
from extraction.folding import fold, tie
from extraction.model import Span
from extraction.text.analysis import Tag, TextAnalysis
from extraction.text.vocabulary import name_strength

_RUN = re.compile("[NSK]+(?:o[NSK]+)?")
_JOINED = re.compile(r"d?([NSK]+)(?:,d?[NSK]+)*,?&d?([NSK]+)")
_PERSON = re.compile("([TtH]?)(N+)")
_MOST_WORDS = 4
_DATELINE = re.compile(r"(?:[NSK]+[,x]?)+(?:c2?,?2?)?(?:\(N*Q*\))?x")
_DASHES = frozenset({"--", "-", "—", "–", "―"})


class PlaceMention(msgspec.Struct, frozen=True):
    """A place named at ``span``; ``name`` is the spelling that the article uses most."""

    span: Span
    name: str


class _Words(msgspec.Struct, frozen=True):
    strong: frozenset[str]
    weak: frozenset[str]
    classes: frozenset[str]
    before: frozenset[str]
    part: frozenset[str]
    directions: frozenset[str]
    distances: frozenset[str]
    going: frozenset[str]
    hitting: frozenset[str]
    never: frozenset[str]
    saying: frozenset[str]
    things: frozenset[str]
    trusted: frozenset[str]
    handled: frozenset[str]
    sailing: frozenset[str]


@cache
def _words() -> _Words:
    table = lexicon.load("en", "places")

    def of(key: str) -> frozenset[str]:
        return lexicon.words(table, key, "places.toml")

    return _Words(
        of("strong"), of("weak"), of("classes"), of("before_name"), of("part_of_name"),
        of("directions"), of("distances"), of("going"), of("hitting"), of("never"),
        frozenset(lexicon.load("en", "cues")["verb"]), of("things"), of("trusted"), of("handled"),
        of("sailing"),
    )  # fmt: skip


class _Run(msgspec.Struct):
    """A name: items ``[begin, end)`` of a sentence, and what speaks for and against a place."""

    row: SentenceItems
    begin: int
    end: int
    name: str
    known: bool
    locative: bool = False
    evidence: bool = False
    classed: bool = False  # only by its own last word


def find_places(analysis: TextAnalysis) -> tuple[PlaceMention, ...]:
    """Every mention of a place, in text order, spelling variants under one name.

    A name is a place where a preposition of place, "the city of", "region", an apposition, a list
    with one that is known, or a dateline says so; then all its other mentions are, too. States and
    their capitals count where they are somewhere to be, not where they act.
    """
    return _Finder(analysis, reader_of(analysis)).run()


class _Finder:
    def __init__(self, analysis: TextAnalysis, reader: Reader) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.reader = reader
        self.words = _words()
        self.runs: list[_Run] = []

    def run(self) -> tuple[PlaceMention, ...]:
        for row in self.reader.rows():
            runs = self._runs_of(row)
            if not runs:
                continue
            self._lists(row, runs)
            self.runs += runs
        self._voices()
        things = {r.name for r in self.runs if self._is_thing(r)}
        persons = self._persons() | {fold(name) for name in things}
        sure = {
            r.name for r in self.runs if r.evidence and not r.known and fold(r.name) not in persons
        }
        found: list[tuple[Span, str]] = []
        for run in self.runs:
            if run.locative or (not run.known and run.name in sure):
                if fold(run.name) in persons and not run.known:
                    continue
                items = run.row.items
                start = self.tokens[items[run.begin].first].start
                end = self.tokens[items[run.end - 1].last - 1].end
                found.append((Span.cut(self.analysis.text, start, end), run.name))
        names = tie_places(self._by_use(found))
        return tuple(PlaceMention(span, names[name]) for span, name in found)

    @staticmethod
    def _by_use(found: list[tuple[Span, str]]) -> list[str]:
        count = Counter(name for _, name in found)
        return sorted(count, key=lambda name: -count[name])

    # ------------------------------------------------------------------ reading

    def _word(self, row: SentenceItems, at: int) -> str:
        if not 0 <= at < len(row.items):
            return ""
        item = row.items[at]
        return self.tokens[item.last - 1].lower

    def _name(self, items: tuple[Item, ...], begin: int, end: int) -> str:
        first, last = items[begin].first, items[end - 1].last
        raw = self.analysis.text[self.tokens[first].start : self.tokens[last - 1].end]
        name = " ".join(raw.split())
        shouted = name.isupper() and (len(name) > 4 or items[begin].letter == "K")
        return name.title() if shouted else name

    def _runs_of(self, row: SentenceItems) -> list[_Run]:
        runs = []
        for match in _RUN.finditer(row.letters):
            begin, end = match.span()
            if "o" in match.group():
                end = self._whole(row, begin, end)
            if end - begin > _MOST_WORDS:
                continue
            letters = row.letters
            while begin and letters[begin - 1] == "M" and self._opens(row, begin - 1):
                begin -= 1
            before = letters[begin - 1] if begin else ""
            after = letters[end] if end < len(letters) else ""
            if before in "TtH" and before:
                continue  # a person
            if after in ("B", "^"):
                continue  # the name of a body
            run = _Run(
                row,
                begin,
                end,
                self._name(row.items, begin, end),
                "N" not in letters[begin:end] and "M" not in letters[begin:end],
            )
            first = self.tokens[row.items[begin].first]
            if self._numbered(row, begin, end):
                continue
            if run.name.lower() in self.words.never or (
                row.doubtful == row.items[begin].first and end == begin + 1
            ):
                continue
            lex = self.reader.lexicon
            given = first.text in lex.male or first.text in lex.female
            if not run.known and given and end > begin + 1:
                continue
            if not run.known and first.text in lex.given:
                self._weigh_name(run)
            else:
                self._weigh(run, before, after)
            runs.append(run)
        return runs

    def _numbered(self, row: SentenceItems, begin: int, end: int) -> bool:
        """ "The Ember 2": a thing made in numbers."""
        last = row.items[end - 1].last
        if self._word(row, begin - 1) not in ("the", "its", "their", "our", "a", "an"):
            return False
        after = self.tokens[last] if last < row.sentence.last else None
        return after is not None and after.tag is Tag.NUM and after.text.isdecimal()

    def _opens(self, row: SentenceItems, at: int) -> bool:
        """ "Port Amber": a word that a place's name can begin with."""
        return self._word(row, at) in self.words.before

    def _whole(self, row: SentenceItems, begin: int, end: int) -> int:
        """Where a name with "of" ends: "Strait of Orm" is one, "Army of Orm" is not for here."""
        at = row.letters.index("o", begin, end)
        word = self._word(row, at - 1)
        return end if word in self.words.classes or word in self.words.part else at

    def _weigh_name(self, run: _Run) -> None:
        """A given name by itself: only a word like "city of" makes it a place."""
        words = self.words
        two = self._word(run.row, run.begin - 2)
        if self._word(run.row, run.begin - 1) == "of" and two in words.classes:
            run.evidence = run.locative = True

    def _weigh(self, run: _Run, before: str, after: str) -> None:
        row, words = run.row, self.words
        at = run.begin - 1
        if self._word(row, at) in ("the", "a") and before == "d":
            at -= 1
        while at >= 0 and self._word(row, at) in words.directions:
            run.evidence = run.locative = True
            at -= 1
        previous = self._word(row, at)
        token = self.tokens[row.items[at].first] if at >= 0 else None
        earlier = self._word(row, at - 1)
        nearest = self.tokens[row.items[at - 1].first] if at >= 1 else None
        if self._classed(row, run):
            run.evidence = run.locative = True
        elif previous in words.strong and token is not None and token.tag is not Tag.VERB:
            if not run.known and name_strength(run.name.split()[0]) == 0:
                return  # "in Stitches"
            listed = fold(run.name) in self.reader.lexicon.place_names
            if not run.known and not listed and earlier in words.trusted:
                return  # "shares in Lorne"
            run.locative = run.evidence = run.locative or after != "'" or run.known
        elif (previous in ("of", "at") and earlier in words.classes | words.directions) or (
            previous == "from" and earlier in words.distances
        ):
            run.evidence = run.locative = True
        elif previous in words.weak and nearest is not None and nearest.lemma in words.going:
            run.evidence = run.locative = after != "'" or run.known
        elif (
            previous in words.weak and run.known and previous in ("at", "from", "to", "on", "over")
        ):
            run.locative = previous in ("at", "from", "over") or run.row.letters[run.begin] == "K"
        elif token is not None and token.lemma in words.hitting and token.tag is Tag.VERB:
            run.locative = run.known and run.row.letters[run.begin] == "K"
        listed = fold(run.name) in self.reader.lexicon.place_names
        if listed or self._dateline(run) or self._apposed(row, run):
            run.evidence = run.locative = True

    def _classed(self, row: SentenceItems, run: _Run) -> bool:
        """ "Berd region", "Lake Orm", "the port city Lorne"."""
        words = self.words
        if "o" in row.letters[run.begin : run.end]:
            return True
        after = self._word(row, run.end)
        if after in words.classes and self.tokens[row.items[run.end].first].tag is Tag.NOUN:
            return not run.known or after not in ("border", "capital")
        if self._word(row, run.end - 1) in words.part and run.end > run.begin + 1:
            run.classed = self._word(row, run.begin - 1) not in words.strong
            return True
        return self._word(row, run.begin - 1) in words.classes and (
            row.letters[run.begin - 1] in "nmaN"
        )

    def _is_thing(self, run: _Run) -> bool:
        """ "The patrol boat, the Heron", "the Heron, a patrol boat", "their group, Free Coast"."""
        row, words = run.row, self.words
        if run.known:
            return False
        at = run.begin - 1
        if self._word(row, at) == "the":
            at -= 1
            if self._word(row, at) == ",":
                at -= 1
            token = self.tokens[row.items[at].first] if at >= 0 else None
            handled = token is not None and token.lemma in words.handled
            if self._word(row, at) in words.things or handled or self._sails(run):
                return True
        elif self._word(row, at) in words.things or row.letters[max(0, at - 1) : at + 1] == "b,":
            return True
        if self._word(row, run.end) != "," or self._word(row, run.end + 1) not in ("a", "an"):
            return False
        return any(self._word(row, run.end + k) in words.things for k in (2, 3, 4))

    def _sails(self, run: _Run) -> bool:
        """ "The Heron sank", "was in the Heron when it capsized"."""
        row, words = run.row, self.words
        at = run.end
        if self._word(row, at) in ("when", "before", "after", "as", "until"):
            at += 1 + (self._word(row, at + 1) == "it")
        while row.letters[at : at + 1] in ("v", "w") and at < run.end + 4:
            at += 1  # "had sunk", "later sank"
        if at >= len(row.items):
            return False
        token = self.tokens[row.items[at].first]
        return token.tag is Tag.VERB and token.lemma in words.sailing

    def _voices(self) -> None:
        """ "Free Coast demanded …": a name that speaks is no place for ending like one."""
        located = {run.name for run in self.runs if run.evidence and not run.classed}
        speaking = {run.name for run in self.runs if run.classed and self._speaks(run)} - located
        for run in self.runs:
            if run.classed and run.name in speaking:
                run.evidence = run.locative = False

    def _speaks(self, run: _Run) -> bool:
        row, end = run.row, run.end
        before = row.letters[run.begin - 1] if run.begin else ""
        if row.letters[end : end + 1] != "V" or (before and before in "diof"):
            return False
        token = self.tokens[row.items[end].first]
        return token.tag is Tag.VERB and token.lemma in self.words.saying

    def _apposed(self, row: SentenceItems, run: _Run) -> bool:
        """ "the country's chief port, Lorne," and "Lorne, the chief port"."""
        words = self.words
        if (
            self._word(row, run.begin - 1) == ","
            and self._word(row, run.begin - 2) in words.classes
            and row.letters[run.end : run.end + 1] not in ("V", "v")
        ):
            return True
        if self._word(row, run.end) != ",":
            return False
        at = run.end + 1
        if self._word(row, at) not in ("a", "an", "the"):
            return False
        for step in range(at + 1, min(at + 6, len(row.letters))):
            if row.letters[step] in ",VvxRi":
                return False
            if self._word(row, step) in words.classes:
                following = row.letters[step + 1 : step + 2]
                return following not in ("n", "t", "b", "g")
        return False

    def _dateline(self, run: _Run) -> bool:
        row = run.row
        if row.items[run.begin].first != row.sentence.first and run.begin > 4:
            return False
        match = _DATELINE.match(row.letters)
        return (
            match is not None
            and run.end <= match.end()
            and "(" not in row.letters[: run.begin]
            and self._word(row, match.end() - 1) in _DASHES
            and self.tokens[row.items[0].first].text.isupper()
        )

    def _lists(self, row: SentenceItems, runs: list[_Run]) -> None:
        """One place in "X, Y and Z" makes the others places; a class behind the list, all."""
        at = {run.begin: run for run in runs}
        for match in _JOINED.finditer(row.letters) if "&" in row.letters else ():
            inside = [r for k, r in at.items() if match.start() <= k < match.end()]
            closing = self._word(row, match.end())
            if closing in self.words.classes and closing.endswith("s"):
                for run in inside:
                    run.evidence = run.locative = True
            if inside and inside[0].locative:
                for run in inside[1:]:
                    run.locative = True
                    run.evidence = True
        for one, two in pairwise(runs):
            gap = row.letters[one.end : two.begin]
            if one.locative and one.evidence and gap in (",", ",&", "&") and not two.locative:
                two.locative = two.evidence = row.letters[two.end : two.end + 1] not in ("V", "v")

    def _persons(self) -> set[str]:
        """Folded family names of those that a title or given name shows to be persons."""
        lex = self.reader.lexicon
        names: set[str] = set()
        for row in self.reader.rows():
            for match in _PERSON.finditer(row.letters):
                items = row.items[match.start(2) : match.end(2)]
                words = [self.tokens[item.first].text for item in items]
                given = len(words) > 1 and (words[0] in lex.male or words[0] in lex.female)
                if given or match[1]:
                    names.update((fold(words[-1]), fold(" ".join(words))))
        return names


@cache
def _known_apart() -> dict[str, str]:
    return dict(gazetteer().state_of)


def tie_places(names: Iterable[str]) -> dict[str, str]:
    """Each name of a place to the spelling that stands for it and its variants.

    Serves one article and a whole dossier; ``names`` in order of preference. States and
    capitals that differ are never tied, however alike they are written.
    """
    return tie(names, _known_apart())
