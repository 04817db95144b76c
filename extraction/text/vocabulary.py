"""What a word can be, by itself: possible classes, verb forms and lemmas.

The most frequent class of some 90,000 words comes from Brill's lexicon (MIT licence) as the
TextBlob wheel ships it; only that file is read, the package is never imported. Unknown words are
told by their endings.
"""

from __future__ import annotations

import importlib.util
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from extraction import lexicon
from extraction.text.analysis import Tag

_PENN = {
    "NN": Tag.NOUN,
    "NNS": Tag.NOUN,
    "NNP": Tag.PROPN,
    "NNPS": Tag.PROPN,
    "VB": Tag.VERB,
    "VBD": Tag.VERB,
    "VBN": Tag.VERB,
    "VBG": Tag.VERB,
    "VBP": Tag.VERB,
    "VBZ": Tag.VERB,
    "JJ": Tag.ADJ,
    "JJR": Tag.ADJ,
    "JJS": Tag.ADJ,
    "RB": Tag.ADV,
    "RBR": Tag.ADV,
    "RBS": Tag.ADV,
    "IN": Tag.ADP,
    "CD": Tag.NUM,
    "PRP": Tag.PRON,
    "DT": Tag.DET,
    "UH": Tag.X,
    "FW": Tag.X,
    "RP": Tag.ADP,
}
_FORMS = {"VB": "base", "VBP": "base", "VBD": "past", "VBN": "part", "VBG": "ing", "VBZ": "s"}
_VOWELS = frozenset("aeiou")
_NOT_PLURAL = ("ss", "us", "is", "ous")


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word form: its likeliest class, and what else it may be.

    ``verb`` holds the verb forms it can be (``base past part ing s``), ``verb_lemma`` and
    ``noun_lemma`` the lemma in either case.
    """

    tag: Tag
    verb: frozenset[str]
    noun: bool
    adj: bool
    verb_lemma: str
    noun_lemma: str
    closed: bool = False
    # The class where context cannot change it.
    plain: Tag | None = None


@cache
def _brill() -> dict[str, str]:
    """Word to Penn tag. Raises ``LexiconError`` where the wheel is missing."""
    found = importlib.util.find_spec("textblob")
    if found is None or not found.submodule_search_locations:
        raise lexicon.LexiconError("textblob/en/en-lexicon.txt: the package textblob is missing")
    path = Path(found.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise lexicon.LexiconError(f"textblob/en/en-lexicon.txt: {error}") from error
    table: dict[str, str] = {}
    for line in lines:
        word, _, tag = line.partition(" ")
        if tag in _PENN:
            table[word] = tag
    return table


@cache
def closed() -> dict[str, Tag]:
    """Closed-class words with their usual class."""
    table = lexicon.load("en", "closed_class")
    classes: dict[str, Tag] = {}
    for tag in (Tag.ADV, Tag.NUM, Tag.DET, Tag.PRON, Tag.ADP, Tag.SCONJ, Tag.CCONJ, Tag.PART):
        for word in lexicon.words(table, tag.value, "closed_class.toml"):
            classes[word] = tag
    for group in ("MODAL", "BE", "HAVE", "DO"):
        for word in lexicon.words(table, group, "closed_class.toml"):
            classes[word] = Tag.AUX
    return classes


@cache
def aux_forms() -> dict[str, tuple[str, str]]:
    """Helping verbs: word to (lemma, form)."""
    table = lexicon.load("en", "closed_class")["aux"]
    return {word: tuple(value.split()) for word, value in table.items()}


@cache
def _irregular() -> tuple[dict[str, tuple[str, frozenset[str]]], frozenset[str]]:
    """Irregular form to (lemma, forms), and the bases."""
    forms: dict[str, tuple[str, set[str]]] = {}
    bases = set()
    for line in lexicon.load("en", "irregular")["verbs"].replace("\n", "|").split("|"):
        parts = line.split()
        if len(parts) != 3:
            continue
        base = parts[0]
        bases.add(base)
        for form, variants in (("base", base), ("past", parts[1]), ("part", parts[2])):
            for variant in variants.split("/"):
                if variant not in forms or forms[variant][0] == base:
                    forms.setdefault(variant, (base, set()))[1].add(form)
                elif form != "base":
                    continue
                else:  # "found", "lay": a verb of its own and a form of another
                    forms[variant][1].add(form)
    return {w: (base, frozenset(f)) for w, (base, f) in forms.items()}, frozenset(bases)


@cache
def _known_verbs() -> frozenset[str]:
    """Bases that the cue lexicon and the tagger's own list name as verbs."""
    known = set(lexicon.words(lexicon.load("en", "tagger"), "verbs", "tagger.toml"))
    for entry in lexicon.load("en", "cues").get("verb", {}):
        known.add(entry)
    return frozenset(known)


def _is_verb_base(word: str) -> bool:
    if word in _known_verbs() or word in _irregular()[1]:
        return True
    if len(word) < 3:
        return False  # "di" is no verb, though "died" is
    table = _brill()
    if table.get(word) in ("VB", "VBP"):
        return True
    if word not in table:
        return False
    stem = word[:-1] if word.endswith("e") else word
    return any(
        table.get(form) in ("VBD", "VBN", "VBG", "VBZ")
        for form in (stem + "ed", stem + "ing", word + "s", word + word[-1:] + "ed")
    )


def _short(stem: str) -> bool:
    """One vowel and one consonant at the end of a word of one syllable ("hop", "not")."""
    return (
        len(stem) >= 2
        and stem[-1] not in _VOWELS | set("wxy")
        and stem[-2] in _VOWELS
        and sum(c in _VOWELS for c in stem) == 1
    )


def _base_of(stem: str) -> str | None:
    """The verb that ``stem`` plus -ed or -ing comes from."""
    if len(stem) < 2 or not any(c in "aeiouy" for c in stem):
        return None
    with_e = stem + "e"
    known_e = _is_verb_base(with_e)
    if known_e and (_short(stem) or not _is_verb_base(stem)):
        return with_e
    if _is_verb_base(stem):
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and _is_verb_base(stem[:-1]):
        return stem[:-1]
    if stem.endswith("i") and _is_verb_base(stem[:-1] + "y"):
        return stem[:-1] + "y"
    return None


def _guess_base(stem: str) -> str:
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lszf":
        return stem[:-1]
    if stem.endswith(("at", "iz", "is", "ur", "c", "v", "u", "dg")) or _short(stem):
        return stem + "e"
    return stem


def _singular(low: str) -> str | None:
    """The singular of a plural by rule, or ``None`` where the word is none."""
    if not low.endswith("s") or low.endswith(_NOT_PLURAL) or len(low) < 4:
        return None
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    if low.endswith("oes"):
        return low[:-2]
    return low[:-1]


def _third_person(low: str) -> str | None:
    """The base of a verb's -s form, if it is one."""
    if low.endswith(_NOT_PLURAL):
        return None
    for base in (_singular(low), low[:-1], low[:-2]):
        if base is not None and _is_verb_base(base):
            return base
    return None


def _verb_forms(low: str) -> tuple[frozenset[str], str]:
    irregular = _irregular()[0].get(low)
    if irregular is not None:
        return irregular[1], irregular[0]
    forms: set[str] = set()
    lemma = low
    base: str | None
    if low.endswith("ed") and len(low) > 3:
        base = _base_of(low[:-2])
        if base is None and low.endswith("eed"):
            base = None
        elif base is None and _brill().get(low) in ("VBD", "VBN"):
            base = _guess_base(low[:-2])
        if base is not None:
            forms |= {"past", "part"}
            lemma = base
    elif low.endswith("ing") and len(low) > 4:
        base = _base_of(low[:-3])
        if base is None and _brill().get(low) == "VBG":
            base = _guess_base(low[:-3])
        if base is not None:
            forms.add("ing")
            lemma = base
    elif low.endswith("s"):
        third = _third_person(low)
        if third is not None:
            forms.add("s")
            lemma = third
    if not forms and _is_verb_base(low):
        forms.add("base")
    return frozenset(forms), lemma


_SUFFIX_TAGS = (
    (("ly",), Tag.ADV),
    (
        ("tion", "sion", "ment", "ness", "ity", "ism", "ist", "ship", "ance", "ence", "age"),
        Tag.NOUN,
    ),
    (("able", "ible", "ous", "ful", "less", "ive", "ical", "ish", "ary", "ic"), Tag.ADJ),
)


def _suffix_tag(low: str) -> Tag:
    for endings, tag in _SUFFIX_TAGS:
        if low.endswith(endings) and len(low) > 5:
            return tag
    return Tag.NOUN


@lru_cache(maxsize=60_000)
def word(low: str) -> Word:
    """What the lower-cased word can be."""
    tag = closed().get(low)
    if tag is not None:
        aux = aux_forms().get(low)
        forms = frozenset({aux[1]}) if aux else frozenset[str]()
        return Word(tag, forms, False, False, aux[0] if aux else low, low, closed=True)
    penn = _brill().get(low)
    forms, verb_lemma = _verb_forms(low)
    plurals = lexicon.load("en", "irregular")["plurals"]
    singular = plurals.get(low) or _singular(low)
    if penn is None and "-" in low:
        head = word(low.rsplit("-", 1)[1])
        if head.closed:
            return Word(Tag.NOUN, frozenset(), True, True, low, low)
        adjectival = bool(head.verb & {"part", "ing"}) or head.tag is Tag.ADJ
        prefix = low[: -len(low.rsplit("-", 1)[1])]
        if head.tag is Tag.VERB and prefix in ("re-", "co-", "un-", "over-", "out-", "mis-"):
            return Word(Tag.VERB, head.verb, False, False, prefix + head.verb_lemma, low)
        return Word(
            Tag.ADJ if adjectival or low.endswith("-old") else Tag.NOUN,
            frozenset(),
            True,
            True,
            low,
            _singular(low) or low,
        )
    if penn is None:
        if forms:
            unknown_noun = _brill().get(singular or low) not in ("NN", "JJ")
            verbal = forms & {"past", "part", "ing"} or ("s" in forms and unknown_noun)
            likeliest = Tag.VERB if verbal else Tag.NOUN
        else:
            likeliest = _suffix_tag(low)
        if low.endswith("s") and singular and not forms and _brill().get(singular) == "JJ":
            likeliest = Tag.NOUN
    else:
        likeliest = _PENN[penn]
        if likeliest is Tag.VERB and not forms:
            forms = frozenset({_FORMS[penn]})
    noun_lemma = singular if singular is not None else low
    noun = likeliest in (Tag.NOUN, Tag.PROPN) or bool(forms & {"base", "ing", "s"})
    adj = likeliest is Tag.ADJ or bool(forms & {"part", "ing"})
    manner = likeliest is Tag.ADV and low.endswith("ly")
    settled = not forms and (manner or likeliest in (Tag.NOUN, Tag.NUM))
    plain = likeliest if settled and low[:1].isalpha() else None
    return Word(likeliest, forms, noun, adj, verb_lemma, noun_lemma, plain=plain)


@lru_cache(maxsize=60_000)
def name_strength(text: str) -> int:
    """How surely a capitalised word is a name: 2 only a name, 1 either, 0 a common word."""
    low = text.lower()
    if low in closed():
        return 0
    table = _brill()
    as_name = table.get(text) in ("NNP", "NNPS")
    common = table.get(low)
    if as_name and common in (None, "NNP", "NNPS"):
        return 2
    if as_name:
        return 1
    if common is not None or _verb_forms(low)[0]:
        return 0
    singular = _singular(low)
    if singular is not None and singular in table:
        return 0
    if "-" in low and all(part in table or part.isdigit() for part in low.split("-")):
        return 0
    return 2


def penn(text: str) -> str | None:
    """Brill's tag of exactly this form."""
    return _brill().get(text)
