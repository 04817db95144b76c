"""A unit is a sentence, or several that one quotation holds together, with its verb groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from extraction.model import BlockKind
from extraction.text.analysis import Quote, Tag, TextAnalysis, Token

_SILENT = frozenset({BlockKind.BYLINE, BlockKind.METADATA, BlockKind.DATELINE})
_BE = "be"
# "should demand", "may say": nobody has said it yet.
_DOUBTFUL = frozenset({"should", "must", "may", "might", "could", "can", "ought"})
# A unit beyond this many tokens is read in pieces, so that time stays linear.
_LONGEST = 400
_PAD = 64
_VERBAL = frozenset({Tag.VERB, Tag.AUX})
_NO_TAGS: list[Tag | None] = [None] * _PAD


class Group(msgspec.Struct, frozen=True, gc=False):
    """A verb with its helpers: tokens ``[start, end)`` of the unit, ``head`` is the verb."""

    start: int
    end: int
    head: int
    lemma: str
    form: str
    finite: bool
    passive: bool
    negated: bool
    infinitive: bool
    copula: bool = False
    modal: bool = False


class Subject(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``[start, end)`` that name who speaks; ``how`` says where they were found."""

    start: int
    end: int
    how: str


class Unit(msgspec.Struct):
    """Tokens of a unit; ``quoted[i]`` is the number of the quotation that token stands in."""

    analysis: TextAnalysis
    tokens: Sequence[Token]
    first: int
    block: int
    title: bool
    quoted: list[int]
    length: int
    # Small letters, tags and quotations, padded: any token a few steps beyond either end is
    # "", ``None`` and -1.
    lows: list[str]
    tags: list[Tag | None]
    levels: list[int]
    groups: list[Group] = msgspec.field(default_factory=list)
    group_at: dict[int, int] = msgspec.field(default_factory=dict)
    # Where a speaker in the last place begins: ", the ministry said."
    tails: set[int] = msgspec.field(default_factory=set)
    subjects: dict[int, Subject | None] = msgspec.field(default_factory=dict)

    def __len__(self) -> int:
        return self.length

    def quote(self, i: int) -> Quote:
        return self.analysis.quotes[self.quoted[i]]

    def opens(self, i: int) -> bool:
        """Whether token ``i`` is the mark that opens a quotation."""
        if not 0 <= i < self.length or self.quoted[i] < 0:
            return False
        return self.tokens[i].start == self.quote(i).start

    def closes(self, i: int) -> bool:
        """Whether token ``i`` is the last of a quotation."""
        if not 0 <= i < self.length or self.quoted[i] < 0:
            return False
        return i + 1 == len(self.tokens) or self.quoted[i + 1] != self.quoted[i]

    def after_quote(self, i: int) -> int:
        """The first token behind the quotation that token ``i`` stands in."""
        quoted, count = self.quoted, self.length
        number = quoted[i]
        while i < count and quoted[i] == number:
            i += 1
        return i

    def before_quote(self, i: int) -> int:
        """The last token before the quotation that token ``i`` stands in."""
        quoted = self.quoted
        number = quoted[i]
        while i >= 0 and quoted[i] == number:
            i -= 1
        return i


def _is_helper(unit: Unit, i: int) -> bool:
    token = unit.tokens[i]
    return token.tag is Tag.AUX or token.lower in ("not", "n't", "n’t") or token.tag is Tag.ADV


def _group(unit: Unit, head: int) -> Group:
    """The group around the verb ``head``."""
    tokens = unit.tokens
    start = head
    j = head - 1
    passive = negated = helped = infinitive = modal = False
    finite_helper = False
    while j >= 0 and head - j < 8 and unit.quoted[j] == unit.quoted[head]:
        token = tokens[j]
        if token.tag is Tag.AUX:
            if token.lemma == _BE and start_is_participle(tokens[head].form) and not helped:
                passive = tokens[head].form == "part"
            helped = True
            modal = modal or token.lemma in _DOUBTFUL
            finite_helper = token.form in ("s", "past", "base")
            start = j
        elif token.lower in ("not", "n't", "n’t", "never", "neither"):
            negated = True
            start = j
        elif (
            token.tag is Tag.PART
            and token.lower == "to"
            and (helped or j == head - 1 or start == j + 1)
        ):
            infinitive = True
            start = j
            break
        elif token.tag is Tag.ADV or (
            token.tag is Tag.PRON
            and helped is False
            and j > 0
            and tokens[j - 1].tag is Tag.AUX
            and tokens[j - 1].lemma in ("do", "will", "would")
        ):
            pass
        else:
            break
        j -= 1
    if not helped and not infinitive and not negated:
        start = head
        while (
            start > 0
            and tokens[start - 1].tag is Tag.ADV
            and (
                tokens[start - 1].lower.endswith("ly")
                or tokens[start - 1].lower
                in ("also", "later", "then", "even", "again", "once", "never", "always", "often")
            )
            and unit.quoted[start - 1] == unit.quoted[head]
        ):
            start -= 1
    elif helped and start > 0 and tokens[start - 1].lower in ("also", "later", "then"):
        start -= 1
    form = tokens[head].form
    if infinitive:
        finite = False
    elif helped:
        finite = finite_helper
    else:
        finite = form in ("past", "s") or (form == "base" and unit.tags[start - 1] is not Tag.VERB)
    return Group(
        start,
        head + 1,
        head,
        tokens[head].lemma,
        form,
        finite,
        passive,
        negated,
        infinitive,
        modal=modal,
    )


def start_is_participle(form: str) -> bool:
    return form in ("part", "ing", "past")


def _copula(unit: Unit, i: int) -> Group:
    """A form of be, have or a modal with no verb behind it."""
    token = unit.tokens[i]
    infinitive = i > 0 and unit.lows[i - 1] == "to"
    finite = not infinitive and token.form in ("s", "past", "base")
    start = i
    while start > 0 and unit.tags[start - 1] is Tag.AUX:
        start -= 1
        finite = finite or unit.tokens[start].form in ("s", "past", "base")
    if start > 0 and unit.lows[start - 1] == "to":
        finite = False
    negated = unit.lows[i + 1] in ("not", "n't", "n’t")
    return Group(start, i + 1, i, token.lemma, token.form, finite, False, negated, infinitive, True)


def _stands(helper: Group, group: Group) -> bool:
    """ "Stands accused": a passive with another helper than "be"."""
    return helper.lemma == "stand" and helper.finite and group.form in ("past", "part")


def _find_groups(unit: Unit) -> None:
    n = unit.length
    past = 0
    for i in [k for k, tag in enumerate(unit.tags[:n]) if tag in _VERBAL]:
        if i < past:
            continue
        token = unit.tokens[i]
        past = i + 1
        if token.tag is Tag.VERB:
            group = _group(unit, i)
            before = unit.groups[-1] if unit.groups else None
            if before is not None and before.end == group.start and _stands(before, group):
                unit.groups.pop()
                group = replace(group, start=before.start, finite=True, passive=True, form="part")
            unit.group_at[i] = len(unit.groups)
            unit.groups.append(group)
        else:
            j = i + 1
            while j < n and j - i < 6 and _is_helper(unit, j):
                j += 1
            inverted = j < n and unit.tags[j] is Tag.PRON and token.lemma in ("do", "will", "would")
            if not (j < n and unit.tags[j] is Tag.VERB) and not inverted:
                last = i
                while last + 1 < n and unit.tags[last + 1] is Tag.AUX:
                    last += 1
                unit.group_at[last] = len(unit.groups)
                unit.groups.append(_copula(unit, last))
                past = last + 1
            elif not inverted:
                past = j


def units(analysis: TextAnalysis) -> Iterator[Unit]:
    """The units of a text in order; metadata, bylines and datelines give none."""
    sentences = analysis.sentences
    quotes = analysis.quotes
    q = 0
    at = 0
    while at < len(sentences):
        first = sentences[at]
        last = first
        while q < len(quotes) and quotes[q].end <= first.start:
            q += 1
        look = q
        while at + 1 < len(sentences) and sentences[at + 1].block == first.block:
            while look < len(quotes) and quotes[look].end <= last.end:
                look += 1
            if look >= len(quotes) or quotes[look].start >= last.end:
                break
            at += 1
            last = sentences[at]
        at += 1
        block = analysis.blocks[first.block]
        if block.kind in _SILENT:
            continue
        title = block.kind is BlockKind.TITLE
        for begin in range(first.first, last.last, _LONGEST):
            end = min(begin + _LONGEST, last.last)
            yield _unit(analysis, begin, end, first.block, title, q)


def _unit(analysis: TextAnalysis, begin: int, end: int, block: int, title: bool, look: int) -> Unit:
    tokens = analysis.tokens[begin:end]
    quotes = analysis.quotes
    quoted = [-1] * len(tokens)
    count = len(quotes)
    some = tokens and look < count and quotes[look].start < tokens[-1].end
    for i, token in enumerate(tokens if some else ()):
        start = token.start
        while look < count and quotes[look].end <= start:
            look += 1
        if look == count:
            break
        if quotes[look].start <= start:
            quoted[i] = look
    unit = Unit(
        analysis,
        tokens,
        begin,
        block,
        title,
        quoted,
        len(tokens),
        analysis.lows[begin:end] + [""] * _PAD,
        [*analysis.tags[begin:end], *_NO_TAGS],
        quoted + [-1] * _PAD,
    )
    _find_groups(unit)
    return unit
