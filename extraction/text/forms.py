"""What the text of a token says wherever it stands: looked up once, kept for all articles."""

from __future__ import annotations

import msgspec

from extraction.text import vocabulary
from extraction.text.analysis import Tag
from extraction.text.tagging_rules import BEFORE_NOUN, rules
from extraction.text.tokens import plain_cut, token_spans
from extraction.text.vocabulary import Word

_MARKS = frozenset("()[]{}.,;:!?\"'“”‘’`-–—…/\\*|<>«»„")
_FINAL = frozenset({".", "!", "?", "…", "。"})
_MOST = 60_000  # forms, and stretches between white space, that are kept
_INFLECTED = frozenset({Tag.VERB, Tag.NOUN, Tag.AUX})
_BY_CONTEXT = frozenset(
    "that her his to this these those all some both another any each after before since until as"
    " yet will might can must may".split()
)

Tagged = tuple[Tag, str, str]
"""Tag, form and lemma."""


class Form(msgspec.Struct, frozen=True, gc=False):
    """A token's text, and what follows from it alone.

    ``plain`` is the text without soft hyphens, ``low`` that in small letters with straight
    apostrophes, ``settled`` what the tagger says of it in any context, ``cased`` how a word of
    more than three letters begins (``u`` or ``l``), ``stops`` whether a sentence may end with it.
    """

    text: str
    lower: str
    plain: str
    low: str
    word: Word
    settled: Tagged | None
    cased: str
    stops: bool


def lemma(word: Word, low: str, tag: Tag) -> str:
    """The lemma of a word that is tagged."""
    if tag is Tag.VERB:
        return word.verb_lemma
    if tag is Tag.NOUN:
        return word.noun_lemma
    if tag is not Tag.AUX:
        return low
    known = vocabulary.aux_forms().get(low)
    if known:
        return known[0]
    return "be" if low == "'s" else low


def _of_mark(low: str) -> tuple[Tag, str] | None:
    """The tag of what begins with no letter or digit."""
    if low == "'s":
        return None
    if low in ("'m", "'re", "'ve", "'ll", "'d"):
        return Tag.AUX, vocabulary.aux_forms()[low][1]
    if low[0] in "@#" and len(low) > 1:
        return Tag.PROPN, ""
    if low in ("$", "€", "£", "¥", "%", "&", "+", "="):
        return (Tag.CCONJ if low == "&" else Tag.NUM if low == "%" else Tag.X), ""
    return (Tag.PUNCT if low[0] in _MARKS else Tag.X), ""


def _of_closed(low: str, tag: Tag) -> tuple[Tag, str] | None:
    """The tag of a closed-class word where its neighbours have no say."""
    if tag is Tag.ADV:
        return None if low in BEFORE_NOUN else (tag, "")
    if low in _BY_CONTEXT or low in rules().have or low in rules().do:
        return None
    if tag is Tag.AUX:
        known = vocabulary.aux_forms()
        return tag, known[low][1] if low in known else "base"
    return None if low in rules().adverbs_after_have else (tag, "")


def _settled(text: str, low: str, word: Word) -> tuple[Tag, str] | None:
    first = text[0]
    if not first.isalnum():
        return _of_mark(low)
    if word.plain is not None and first.islower():
        return word.plain, ""
    if first.isdigit():
        return (Tag.ADJ if text[-1].isalpha() and "-" in text else Tag.NUM), ""
    acronym = first.isupper() and text.isupper() and text not in ("I", "A")
    if word.closed and not acronym:
        return _of_closed(low, word.tag)
    return None


def _form(text: str) -> Form:
    plain = text.replace("\xad", "") or text
    low = plain.lower().replace("’", "'")
    word = vocabulary.word(low)
    known = _settled(plain, low, word)
    cased = ""
    if len(plain) > 3 and plain[0].isalpha():
        cased = "u" if plain[0].isupper() else "l"
    inner = len(plain) > 1
    return Form(
        text,
        text.lower(),
        plain,
        low,
        word,
        (*known, lemma(word, low, known[0])) if known is not None else None,
        cased,
        plain in _FINAL
        or (inner and plain[0] == ".")
        or (inner and plain[-1] == "." and plain[0].isalpha()),
    )


class _Forms(dict[str, Form]):
    def __missing__(self, text: str) -> Form:
        if len(self) >= _MOST:
            self.clear()
        found = self[text] = _form(text)
        return found


_forms = _Forms()
# Stretches without white space: one token, or the offsets of several; nothing where what follows
# decides on the last full stop.
_stretches: dict[str, Form | tuple[tuple[int, int, Form], ...]] = {}


def _read_stretch(stretch: str) -> Form | tuple[tuple[int, int, Form], ...]:
    if len(_stretches) >= _MOST:
        _stretches.clear()
    end = len(stretch)
    cut = plain_cut(stretch)
    if cut:
        word = _forms[stretch[:cut]]
        _stretches[stretch] = (
            word if cut == end else ((0, cut, word), (cut, end, _forms[stretch[cut:]]))
        )
        return _stretches[stretch]
    spans = token_spans(stretch, 0, end)
    # What follows decides on full stops alone.
    alike = "." not in stretch or all(
        token_spans(stretch + more, 0, end) == spans for more in (" a", " 1")
    )
    found = tuple((s, e, _forms[stretch[s:e]]) for s, e in spans) if alike else ()
    _stretches[stretch] = found[0][2] if spans == [(0, end)] and alike else found
    return _stretches[stretch]


def read_tokens(text: str, start: int, end: int) -> tuple[list[int], list[int], list[Form]]:
    """Where the tokens of ``text[start:end]`` start and end, and their forms."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[Form] = []
    at = start
    for stretch in text[start:end].split():
        at = text.find(stretch, at)
        known = _stretches.get(stretch)
        if known is None:
            known = _read_stretch(stretch)
        if isinstance(known, Form):
            starts.append(at)
            at += len(stretch)
            ends.append(at)
            forms.append(known)
            continue
        last = at + len(stretch)
        if not known:
            known = tuple(
                (s - at, e - at, _forms[text[s:e]]) for s, e in token_spans(text, at, last)
            )
        for s, e, form in known:
            starts.append(at + s)
            ends.append(at + e)
            forms.append(form)
        at = last
    return starts, ends, forms
