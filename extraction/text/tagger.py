"""Coarse parts of speech by what a word can be and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extraction import lexicon
from extraction.text import vocabulary
from extraction.text.analysis import Tag

_MARKS = frozenset("()[]{}.,;:!?\"'“”‘’`-–—…/\\*|<>«»„")
_QUOTATION = frozenset({'"', "“", "''", "``", "‘", "'", "”"})
_NOMINAL = frozenset({Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.NUM})
_OPEN_TO_NOUN = frozenset({Tag.DET, Tag.ADJ, Tag.NUM})


@dataclass(frozen=True, slots=True)
class _Rules:
    modal: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    get: frozenset[str]
    singular_subjects: frozenset[str]
    subject_pronouns: frozenset[str]
    causatives: frozenset[str]
    not_names: frozenset[str]
    always_verbs: frozenset[str]
    rarely_verbs: frozenset[str]
    stay_past: frozenset[str]
    ing_nouns: frozenset[str]
    cue_verbs: frozenset[str]
    adjectives_to: frozenset[str]
    subjects_alone: frozenset[str]


@cache
def _rules() -> _Rules:
    closed, own = lexicon.load("en", "closed_class"), lexicon.load("en", "tagger")

    def of(table: object, key: str) -> frozenset[str]:
        return lexicon.words(table, key, "closed_class.toml")  # type: ignore[arg-type]

    return _Rules(
        modal=of(closed, "MODAL"),
        be=of(closed, "BE"),
        have=of(closed, "HAVE"),
        do=of(closed, "DO"),
        get=of(closed, "GET"),
        singular_subjects=lexicon.words(own, "singular_subjects", "tagger.toml"),
        subject_pronouns=lexicon.words(own, "subject_pronouns", "tagger.toml"),
        causatives=lexicon.words(own, "causatives", "tagger.toml"),
        not_names=lexicon.words(own, "not_names", "tagger.toml"),
        always_verbs=lexicon.words(own, "always_verbs", "tagger.toml"),
        rarely_verbs=lexicon.words(own, "rarely_verbs", "tagger.toml"),
        cue_verbs=frozenset(lexicon.load("en", "cues").get("verb", {})),
        adjectives_to=lexicon.words(own, "adjectives_to", "tagger.toml"),
        ing_nouns=lexicon.words(own, "ing_nouns", "tagger.toml"),
        stay_past=lexicon.words(own, "stay_past", "tagger.toml"),
        subjects_alone=lexicon.words(own, "subjects_alone", "tagger.toml"),
    )


def _in_title_case(texts: Sequence[str]) -> bool:
    """Whether capitals say nothing here: a headline in title case or all in capitals."""
    long = [t for t in texts if len(t) > 3 and t[0].isalpha()]
    if len(long) < 3:
        return False
    return sum(t[0].isupper() for t in long) >= 0.8 * len(long)


class _Tagger:
    """State of one sentence: texts, lower forms and what has been decided so far."""

    def __init__(self, texts: Sequence[str], title: bool) -> None:
        self.texts = texts
        self.low = [t.lower().replace("’", "'") for t in texts]
        self.capitals_mean_nothing = title or _in_title_case(texts)
        self.rules = _rules()
        self.words = [vocabulary.word(w) for w in self.low]
        self.tags: list[Tag] = []
        self.forms: list[str] = []

    def run(self) -> list[tuple[Tag, str, str]]:
        """(tag, form, lemma) of each token."""
        result = []
        for i in range(len(self.texts)):
            tag, form = self.decide(i)
            self.tags.append(tag)
            self.forms.append(form)
        for i, (tag, form) in enumerate(zip(self.tags, self.forms, strict=True)):
            result.append((tag, form, self.lemma(i, tag)))
        return result

    def lemma(self, i: int, tag: Tag) -> str:
        low = self.low[i]
        if tag is Tag.VERB:
            return self.words[i].verb_lemma
        if tag is Tag.NOUN:
            return self.words[i].noun_lemma
        if tag is Tag.AUX:
            known = vocabulary.aux_forms().get(low)
            if known:
                return known[0]
            if low == "'s":
                return "be"
        return low

    def decide(self, i: int) -> tuple[Tag, str]:
        text = self.texts[i]
        first = text[0]
        plain = self.words[i].plain
        if plain is not None and first.islower():
            return plain, ""
        if not first.isalnum():
            return self.decide_mark(i)
        if first.isdigit():
            return (Tag.ADJ if text[-1].isalpha() and "-" in text else Tag.NUM), ""
        low = self.low[i]
        word = self.words[i]
        if word.closed and not (first.isupper() and len(low) > 1 and self.is_acronym(i)):
            return self.decide_closed(i)
        if first.isupper() and self.is_name(i):
            return Tag.PROPN, ""
        if low in self.rules.adjectives_to and i + 1 < len(self.low) and self.low[i + 1] == "to":
            return Tag.ADJ, ""
        if word.verb:
            return self.decide_verb(i)
        if word.tag is Tag.PROPN:
            return (Tag.PROPN if first.isupper() else Tag.NOUN), ""
        if word.tag is Tag.VERB:
            return Tag.NOUN, ""
        heads = word.tag is Tag.ADJ and i + 1 < len(self.low) and self.low[i + 1] == "of"
        if heads and i and self.tags[i - 1] in (Tag.DET, Tag.ADJ):
            return Tag.NOUN, ""
        return word.tag, ""

    def is_acronym(self, i: int) -> bool:
        """ "US" and "IT" in capitals amid small letters."""
        text = self.texts[i]
        if not text.isupper() or not text.isalpha():
            return False
        return not self.capitals_mean_nothing and text not in ("I", "A")

    def decide_mark(self, i: int) -> tuple[Tag, str]:
        low = self.low[i]
        if low == "'s":
            return self.decide_s(i)
        if low in ("'m", "'re", "'ve", "'ll", "'d"):
            return Tag.AUX, vocabulary.aux_forms()[low][1]
        if low[0] in "@#" and len(low) > 1:
            return Tag.PROPN, ""
        if low in ("$", "€", "£", "¥", "%", "&", "+", "="):
            return (Tag.CCONJ if low == "&" else Tag.NUM if low == "%" else Tag.X), ""
        return (Tag.PUNCT if low[0] in _MARKS else Tag.X), ""

    def decide_s(self, i: int) -> tuple[Tag, str]:
        """Possessive or "is", "has"."""
        before = self.low[i - 1] if i else ""
        if before in {"he", "she", "it", "that", "there", "here", "what", "who", "where", "how"}:
            return Tag.AUX, "s"
        if before == "let":
            return Tag.PRON, ""
        after = self.words[i + 1] if i + 1 < len(self.low) else None
        if after is None:
            return Tag.PART, ""
        next_low = self.low[i + 1]
        if next_low in ("a", "an", "the", "not", "been", "going", "got", "gone", "just", "never"):
            return Tag.AUX, "s"
        return Tag.PART, ""

    def decide_closed(self, i: int) -> tuple[Tag, str]:
        low = self.low[i]
        tag = self.words[i].tag
        after = self.low[i + 1] if i + 1 < len(self.low) else ""
        if tag is Tag.AUX:
            if low in ("will", "might", "can", "must", "may") and self.noun_slot(i):
                return (Tag.PROPN if self.texts[i][0].isupper() and i else Tag.NOUN), ""
            if low == "may" and self.texts[i] == "May" and (i or after[:1].isdigit()):
                return Tag.PROPN, ""
            forms = vocabulary.aux_forms()
            form = forms[low][1] if low in forms else "base"
            if low in self.rules.have | self.rules.do and not self.helps(i):
                return Tag.VERB, form
            return Tag.AUX, form
        if low == "that":
            return self.decide_that(i), ""
        if low in ("her", "his", "her"):
            noun_follows = i + 1 < len(self.low) and self.could_start_noun(i + 1)
            return (Tag.DET if noun_follows else Tag.PRON), ""
        if low == "to":
            if i and self.low[i - 1] == "according":
                return Tag.ADP, ""
            i = self.past_marks(i)
            following = self.words[i + 1] if i + 1 < len(self.low) else None
            if following is not None and (
                "base" in following.verb or self.low[i + 1] in ("be", "have", "do")
            ):
                noun_likelier = following.noun and following.tag is Tag.NOUN
                if not noun_likelier or not self.takes_to_noun(i):
                    return Tag.PART, ""
            adverb = following is not None and following.tag is Tag.ADV
            if adverb and i + 2 < len(self.low) and "base" in self.words[i + 2].verb:
                return Tag.PART, ""
            return Tag.ADP, ""
        if low in ("this", "these", "those", "all", "some", "both", "another", "any", "each"):
            starts = i + 1 < len(self.low) and self.could_start_noun(i + 1)
            return (Tag.DET if starts else Tag.PRON), ""
        if low in ("after", "before", "since", "until", "as", "for") and low != "for":
            return (Tag.SCONJ if self.clause_follows(i) else Tag.ADP), ""
        return tag, ""

    def past_marks(self, i: int) -> int:
        """The last mark of quotation right behind token ``i``, or ``i`` itself."""
        while i + 1 < len(self.low) and self.texts[i + 1] in _QUOTATION:
            i += 1
        return i

    def takes_to_noun(self, i: int) -> bool:
        """Whether "to" before a word that may be noun or verb leads to a noun."""
        nxt = i + 1
        if nxt + 1 < len(self.words):
            after = self.words[nxt + 1]
            if after.tag in (Tag.DET, Tag.PRON, Tag.PROPN) or self.low[nxt + 1] in ("on", "for"):
                return False
            if self.texts[nxt + 1][0].isupper():
                return False
        before = self.words[i - 1] if i else None
        return before is not None and before.tag in (Tag.ADP, Tag.NOUN) and not before.verb

    def decide_that(self, i: int) -> Tag:
        if i + 1 >= len(self.low):
            return Tag.PRON
        after = self.words[i + 1]
        nxt = self.low[i + 1]
        if after.tag is Tag.AUX or (after.tag is Tag.VERB and not after.noun):
            return Tag.PRON
        before = self.tags[i - 1] if i else None
        if before in (Tag.ADP, Tag.AUX) or (i == 0):
            return Tag.DET if after.noun and not after.closed else Tag.PRON
        if nxt in (".", ",", "?", "!", '"', "”"):
            return Tag.PRON
        return Tag.SCONJ

    def could_start_noun(self, i: int) -> bool:
        """Whether the token can open or be a noun phrase after a determiner."""
        word, text = self.words[i], self.texts[i]
        if not text[0].isalnum():
            return text[0] in "“\"'‘`$" and i + 1 < len(self.low)
        if word.closed:
            return word.tag in (Tag.NUM,) or self.low[i] in ("own", "very", "other", "latter")
        if word.tag in (Tag.ADV, Tag.ADP):
            return False
        if word.tag is Tag.VERB and word.verb & {"past", "base"} and not word.noun:
            return "part" in word.verb and i + 1 < len(self.low) and self.words[i + 1].noun
        return True

    def clause_follows(self, i: int) -> bool:
        """Whether a finite verb comes within reach after a word like "after"."""
        subject = False
        for j in range(i + 1, min(i + 12, len(self.low))):
            word = self.words[j]
            if self.low[j] in (",", ";", ".", ":"):
                return False
            if word.tag is Tag.AUX and subject:
                return True
            if word.verb & {"past", "s"} and subject and word.tag is Tag.VERB:
                return True
            named = word.tag in _NOMINAL or self.texts[j][0].isupper()
            if named or (j == i + 1 and self.low[j] in self.rules.ing_nouns):
                subject = True
            elif j == i + 1 and "ing" in word.verb:
                return False
        return False

    def helps(self, i: int) -> bool:
        """Whether have or do stands before the verb that it helps."""
        want = {"part"} if self.low[i] in self.rules.have else {"base"}
        for j in range(i + 1, min(i + 5, len(self.low))):
            word = self.words[j]
            if self.low[j] in ("n't", "not", "been", "'t"):
                return True
            if word.verb & want and (word.tag is Tag.VERB or not word.noun or "base" in want):
                return True
            if word.tag not in (Tag.ADV, Tag.PRON) and not (word.closed and word.tag is Tag.DET):
                return False
        return False

    def is_name(self, i: int) -> bool:
        """Whether a capitalised open-class word is a name."""
        text = self.texts[i]
        strength = vocabulary.name_strength(text)
        at_start = i == 0 or (
            self.texts[i - 1] in ('"', "“", "''", "``", "‘", "'", ":", "--", "—", "–", "(", "…")
        )
        if self.capitals_mean_nothing or text.isupper():
            if len(text) > 1 and text.isupper() and not self.capitals_mean_nothing:
                return True
            return strength >= 1 and not (strength == 1 and self.low[i] in self.rules.not_names)
        if at_start:
            if strength == 2:
                return True
            following = self.texts[i + 1] if i + 1 < len(self.texts) else ""
            if strength == 1:
                return self.low[i] not in self.rules.not_names
            named_after = (
                following[:1].isupper()
                and self.low[i + 1] not in ("i",)
                and not self.words[i + 1].closed
            )
            word = self.words[i]
            return named_after and word.tag in (Tag.NOUN, Tag.ADJ) and "ing" not in word.verb
        return True

    def previous(self, i: int) -> int:
        """The nearest token before ``i`` that is no adverb and no mark of quotation."""
        j = i - 1
        while j >= 0 and (
            (self.tags[j] is Tag.ADV and self.low[j] not in ("so",))
            or self.texts[j] in ('"', "“", "''", "``", "‘", "'", "”")
        ):
            j -= 1
        return j

    def noun_slot(self, i: int) -> bool:
        """Whether a determiner, adjective or possessive right before asks for a noun."""
        if i == 0:
            return False
        tag, low = self.tags[i - 1], self.low[i - 1]
        if tag is Tag.DET:
            return low not in ("which", "what", "both", "all", "each", "neither")
        if tag is Tag.PART and low == "'s":
            return True
        if self.texts[i - 1] in ("'", "’"):
            return i > 1 and self.low[i - 2].endswith("s")
        return False

    def decide_verb(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        if word.verb & {"past", "part"}:
            return self.decide_past(i)
        if "ing" in word.verb:
            return self.decide_ing(i)
        if "s" in word.verb:
            return self.decide_third(i)
        return self.decide_base(i)

    def after_be_or_have(self, i: int) -> str:
        """``"be"``, ``"have"``, ``"modal"``, ``"do"``, ``"to"`` or ``""``: what helps this verb."""
        j = i - 1
        steps = 0
        while j >= 0 and steps < 5:
            low, tag = self.low[j], self.tags[j]
            if tag is Tag.AUX or low in self.rules.be | self.rules.have | self.rules.do:
                if low in self.rules.be or (low in ("'s", "'d") and tag is Tag.AUX):
                    return "be" if low != "'d" else "modal"
                if low in self.rules.have:
                    return "have"
                if low in self.rules.do:
                    return "do"
                return "modal"
            if low in self.rules.get:
                return "be"
            if tag is Tag.PART and low == "to":
                return "to"
            if tag is Tag.ADV or low in ("not", "n't") or self.texts[j] in _QUOTATION:
                j -= 1
                steps += 1
                continue
            if tag is Tag.PRON and steps == 0 and j > 0 and self.tags[j - 1] is Tag.AUX:
                j -= 1  # "did he say"
                steps += 1
                continue
            return ""
        return ""

    def decide_past(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        helper = self.after_be_or_have(i)
        if helper in ("be", "have") and "part" in word.verb:
            return Tag.VERB, "part"
        if helper in ("modal", "do", "to") and "base" in word.verb:
            return Tag.VERB, "base"
        noun_follows = i + 1 < len(self.low) and self.could_start_noun(i + 1)
        if self.noun_slot(i) and not (i and self.low[i - 1] in ("that", "those", "this", "her")):
            if "base" in word.verb and not noun_follows and word.noun:
                return Tag.NOUN, ""
            return Tag.ADJ, "part" if "part" in word.verb else ""
        if word.tag is Tag.NOUN and not self.finite_slot(i):
            return Tag.NOUN, ""
        if word.tag is Tag.ADJ and not self.finite_slot(i):
            return Tag.ADJ, "part"
        j = self.previous(i)
        before = self.tags[j] if j >= 0 else None
        dated = before is Tag.NUM and j > 0 and self.tags[j - 1] is Tag.PROPN
        speaker = j >= 0 and self.low[j] in self.rules.subjects_alone
        asks = before in (Tag.ADP, Tag.ADJ, Tag.NUM) and not dated and not speaker
        if asks and "part" in word.verb and noun_follows:
            return Tag.ADJ, "part"
        if "base" in word.verb and before is Tag.PRON and self.low[j] in ("i", "you", "we", "they"):
            return Tag.VERB, "base" if "past" not in word.verb else "past"
        if "past" not in word.verb:
            return Tag.VERB, "part"
        if "part" not in word.verb:
            return Tag.VERB, "past"
        nxt = self.low[i + 1] if i + 1 < len(self.low) else ""
        if (
            nxt == "by"
            and before in (Tag.NOUN, Tag.PROPN)
            and (word.verb_lemma not in self.rules.stay_past)
        ):
            return Tag.VERB, "part"
        if before is None or (
            before in (Tag.ADP, Tag.SCONJ) and self.low[j] not in ("that", "who")
        ):
            return Tag.VERB, "part"
        return Tag.VERB, "past"

    def finite_slot(self, i: int) -> bool:
        """Whether the words before leave room for a finite verb: a subject stands there."""
        j = self.previous(i)
        if j < 0:
            return False
        tag, low = self.tags[j], self.low[j]
        if tag is Tag.PRON:
            return low not in ("him", "them", "us", "me", "'s")
        if tag in (Tag.NOUN, Tag.PROPN):
            return True
        return low in ("who", "which", "that") or tag is Tag.CCONJ or low == ","

    def decide_ing(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        if self.noun_slot(i):
            noun_follows = i + 1 < len(self.low) and self.could_start_noun(i + 1)
            if noun_follows and word.tag is not Tag.NOUN:
                return Tag.ADJ, ""
            return Tag.NOUN, ""
        if self.after_be_or_have(i) == "be":
            return Tag.VERB, "ing"
        nxt = self.words[i + 1] if i + 1 < len(self.low) else None
        if word.tag is Tag.NOUN or self.low[i] in self.rules.ing_nouns:
            takes_object = nxt is not None and nxt.tag in (Tag.DET, Tag.PRON)
            if not takes_object:
                return Tag.NOUN, ""
        if i and self.tags[i - 1] is Tag.ADJ and word.tag is not Tag.VERB:
            return Tag.NOUN, ""
        return Tag.VERB, "ing"

    def decide_third(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        if self.noun_slot(i):
            return Tag.NOUN, ""
        if self.low[i] in self.rules.always_verbs:
            return Tag.VERB, "s"
        j = self.previous(i)
        before = self.tags[j] if j >= 0 else None
        low = self.low[j] if j >= 0 else ""
        if before in (Tag.ADJ, Tag.NUM, Tag.ADP) or (
            low in ("to", "and", "or") and word.tag is Tag.NOUN
        ):
            nxt_low = self.low[i + 1] if i + 1 < len(self.low) else ""
            if low in ("and", "or") and (self.verb_before_conjunction(j, "s") or nxt_low == "that"):
                return Tag.VERB, "s"
            return Tag.NOUN, ""
        if low in self.rules.singular_subjects and self.tags[j] in (Tag.PRON, Tag.SCONJ):
            return Tag.VERB, "s"
        if before in (Tag.NOUN, Tag.PROPN):
            nxt = i + 1
            singular = self.low[j] == self.words[j].noun_lemma or not self.low[j].endswith("s")
            if nxt < len(self.low):
                after = self.words[nxt]
                if self.low[nxt] in ("that", "out") and word.verb:
                    return Tag.VERB, "s"
                if self.low[i] in self.rules.rarely_verbs:
                    return Tag.NOUN, ""
                opens = (
                    after.tag in (Tag.DET, Tag.PRON, Tag.SCONJ, Tag.PART)
                    or self.low[nxt] in ("that", "to", "for", "he", "it")
                    or (self.texts[nxt][0].isupper() and not self.capitals_mean_nothing)
                    or self.texts[nxt] in ('"', "“", "''", "``", "‘", ":")
                )
                if opens and (singular or before is Tag.PROPN) and not self.finite_ahead(nxt):
                    return Tag.VERB, "s"
                if self.capitals_mean_nothing and singular and not self.any_finite():
                    return Tag.VERB, "s"
            elif before is Tag.PROPN and word.tag is Tag.VERB:
                return Tag.VERB, "s"
        if word.tag is Tag.VERB and before is not None:
            return Tag.VERB, "s"
        return Tag.NOUN, ""

    def verb_before_conjunction(self, j: int, form: str) -> bool:
        return any(f == form for f in self.forms[max(0, j - 10) : j])

    def first_finite(self, i: int) -> bool:
        """Whether a verb is still wanted: "Polls in the north show the same"."""
        if i + 1 >= len(self.low) or self.any_finite():
            return False
        opens = self.words[i + 1].tag in (Tag.DET, Tag.PRON) or self.low[i + 1] == "that"
        plural = any(
            t is Tag.NOUN and w.endswith("s") for t, w in zip(self.tags, self.low, strict=False)
        )
        return opens and plural and self.tags[i - 1] in (Tag.NOUN, Tag.PROPN)

    def any_finite(self) -> bool:
        return any(f in ("s", "past") for f in self.forms)

    def finite_ahead(self, start: int) -> bool:
        """Whether the next few words hold a sure finite verb of the same clause."""
        if self.low[start] in ("that", "he", "she", "it", "they", '"', "“", "''", "``", "he"):
            return False
        for j in range(start, min(start + 5, len(self.low))):
            if self.words[j].tag is Tag.AUX:
                return start == j
            if self.low[j] in ("that", ",", "to"):
                return False
        return False

    def decide_base(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        helper = self.after_be_or_have(i)
        if helper in ("modal", "do", "to"):
            return Tag.VERB, "base"
        if self.noun_slot(i):
            return (Tag.ADJ if word.tag is Tag.ADJ else Tag.NOUN), ""
        j = self.previous(i)
        before = self.tags[j] if j >= 0 else None
        low = self.low[j] if j >= 0 else ""
        if before is Tag.PRON and low in ("i", "you", "we", "they", "who"):
            return Tag.VERB, "base"
        if low in self.rules.subjects_alone and j == i - 1 and i + 1 < len(self.low):
            opens = self.words[i + 1].tag in (Tag.DET, Tag.PRON, Tag.SCONJ)
            if opens or self.texts[i + 1][0].isupper():
                return Tag.VERB, "base"
        if word.tag is Tag.VERB:
            if before in (Tag.ADJ, Tag.ADP) and word.noun and low not in ("that",):
                return Tag.NOUN, ""
            return Tag.VERB, "base"
        plural = before is Tag.NOUN and low.endswith("s") and self.words[j].noun_lemma != low
        if plural and i + 1 < len(self.low):
            nxt = i + 1
            while nxt + 1 < len(self.low) and self.words[nxt].tag is Tag.ADV:
                nxt += 1
            after = self.words[nxt]
            named = self.texts[nxt][0].isupper() and not self.capitals_mean_nothing
            if (
                after.tag in (Tag.DET, Tag.PRON)
                or self.low[nxt] in ("that", "to")
                or (named and self.low[i] in self.rules.cue_verbs)
            ):
                return Tag.VERB, "base"
        if self.low[i] in self.rules.cue_verbs and self.first_finite(i):
            return Tag.VERB, "base"
        if low in self.rules.causatives and self.words[j].tag is Tag.VERB:
            return word.tag, ""
        if word.tag is Tag.PROPN:
            return Tag.NOUN, ""
        return word.tag, ""


def tag(texts: Sequence[str], title: bool = False) -> list[tuple[Tag, str, str]]:
    """(tag, form, lemma) of each token of one sentence; ``title`` marks a headline."""
    return _Tagger(texts, title).run()
