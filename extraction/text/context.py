"""What stands around a word: the questions that the tagger asks."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.text import vocabulary
from extraction.text.analysis import Tag
from extraction.text.forms import Form
from extraction.text.tagging_rules import BEFORE_NOUN, rules

_QUOTATION = frozenset({'"', "“", "''", "``", "‘", "'", "”"})
_NOT = frozenset({"not", "n't"})
_NOMINAL = frozenset({Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.NUM})


def _in_title_case(forms: Sequence[Form]) -> bool:
    """Whether capitals say nothing here: a headline in title case or all in capitals."""
    firsts = [form.cased for form in forms if form.cased]
    return len(firsts) >= 3 and firsts.count("u") >= 0.8 * len(firsts)


class Context:
    """State of one sentence: texts, lower forms and what has been decided so far."""

    def __init__(self, given: Sequence[Form], title: bool) -> None:
        self.given = given
        self.texts = [form.plain for form in given]
        self.low = [form.low for form in given]
        self.capitals_mean_nothing = title or _in_title_case(given)
        self.rules = rules()
        self.words = [form.word for form in given]
        self.tags: list[Tag] = []
        self.forms: list[str] = []

    def is_acronym(self, i: int) -> bool:
        """ "US" and "IT" in capitals amid small letters."""
        text = self.texts[i]
        if not text.isupper() or not text.isalpha():
            return False
        return not self.capitals_mean_nothing and text not in ("I", "A")

    def past_marks(self, i: int) -> int:
        """The last mark of quotation right behind token ``i``, or ``i`` itself."""
        while i + 1 < len(self.low) and self.texts[i + 1] in _QUOTATION:
            i += 1
        return i

    def could_start_noun(self, i: int) -> bool:
        """Whether the token can open or be a noun phrase after a determiner."""
        word, text = self.words[i], self.texts[i]
        if not text[0].isalnum():
            return text[0] in "“\"'‘`$" and i + 1 < len(self.low)
        if word.closed:
            return word.tag in (Tag.NUM,) or self.low[i] in BEFORE_NOUN
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
            if self.low[j] in self.rules.adverbs_after_have:
                continue
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
                gerund = "ing" in self.words[i].verb and not following[:1].isupper()
                return not gerund and self.low[i] not in self.rules.not_names
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
            (self.tags[j] is Tag.ADV and self.low[j] != "so") or self.texts[j] in _QUOTATION
        ):
            j -= 1
        return j

    def noun_slot(self, i: int) -> bool:
        """Whether a determiner, adjective or possessive right before asks for a noun."""
        if i == 0:
            return False
        tag, low = self.tags[i - 1], self.low[i - 1]
        if tag is Tag.DET:
            if low == "some" and self.words[i].verb_lemma in self.rules.speaking:
                opens = i + 1 < len(self.low) and self.words[i + 1].tag
                if opens in (Tag.DET, Tag.PRON, Tag.SCONJ):
                    return False  # "some say the dam will hold"
            return low not in ("which", "what", "both", "all", "each", "neither")
        if tag is Tag.PART and low == "'s":
            return True
        if self.texts[i - 1] in ("'", "’"):
            return i > 1 and self.low[i - 2].endswith("s")
        return False

    def after_be_or_have(self, i: int) -> str:
        """``"be"``, ``"have"``, ``"modal"``, ``"do"``, ``"to"`` or ``""``: what helps this verb."""
        lows, tags, helping = self.low, self.tags, self.rules.helping
        j = i - 1
        steps = 0
        while j >= 0 and steps < 5:
            low, tag = lows[j], tags[j]
            kind = helping.get(low)
            if kind is not None:
                return kind
            if tag is Tag.AUX:
                return "be" if low == "'s" else "modal"
            if low in self.rules.get:
                return "be"
            if tag is Tag.PART and low == "to":
                return "to"
            between = tag is Tag.ADV or low in _NOT or self.texts[j] in _QUOTATION
            # "did he say"
            inverted = tag is Tag.PRON and steps == 0 and j > 0 and tags[j - 1] is Tag.AUX
            if not between and not inverted:
                return ""
            j -= 1
            steps += 1
        return ""

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

    def verb_before_conjunction(self, j: int, form: str) -> bool:
        return any(f == form for f in self.forms[max(0, j - 10) : j])

    def any_finite(self) -> bool:
        return any(f in ("s", "past") for f in self.forms)

    def clause_has_finite(self, i: int) -> bool:
        """Whether the clause of token ``i`` has had its finite verb."""
        for j in range(i - 1, -1, -1):
            if self.tags[j] is Tag.SCONJ or self.low[j] in (",", ";", ":"):
                return False
            if self.forms[j] in ("s", "past", "base"):
                return True
        return False

    def second_verb(self, i: int) -> bool:
        """Whether the clause of token ``i`` has a main verb that asks for no clause."""
        for j in range(i - 1, -1, -1):
            if self.tags[j] in (Tag.SCONJ, Tag.CCONJ) or not self.low[j][0].isalnum():
                return False
            if self.low[j] in ("who", "which", "what", "that", "whose"):
                return False
            if self.forms[j] in ("s", "past"):
                k = j - 1
                while k >= 0 and self.tags[k] in (Tag.AUX, Tag.ADV):
                    k -= 1
                relative = k >= 0 and self.low[k] in ("who", "which", "that")
                lemma = self.words[j].verb_lemma
                return not (
                    relative
                    or lemma in self.rules.cue_verbs
                    or lemma in self.rules.causatives
                    or self.tags[j] is Tag.AUX
                )
        return False

    def that_follows(self, i: int) -> bool:
        nxt = i + 1
        while nxt < len(self.low) and self.words[nxt].tag is Tag.ADV:
            nxt += 1
        return nxt < len(self.low) and self.low[nxt] == "that"

    def between_have_and_verb(self, i: int) -> bool:
        """ "has long argued": an adverb, though it is an adjective elsewhere."""
        if not 0 < i < len(self.low) - 1:
            return False
        return self.low[i - 1] in self.rules.have and "part" in self.words[i + 1].verb

    def stands_alone(self, i: int) -> bool:
        """ "One civilian was killed": an adjective with nothing behind it to describe."""
        if self.low[i] in self.rules.bodies and i and i + 1 < len(self.low):
            after = self.words[i + 1]
            named = self.tags[i - 1] in (Tag.DET, Tag.PROPN, Tag.ADJ)
            return named and bool(after.verb & {"past", "s"}) and not after.noun
        if not 0 < i < len(self.low) - 1 or self.tags[i - 1] not in (Tag.DET, Tag.NUM):
            return False
        if self.words[i + 1].tag is Tag.ADP:
            return self.tags[i - 1] is Tag.DET and self.low[i - 1] in ("a", "an", "the")
        return self.words[i + 1].tag is Tag.AUX and self.low[i - 1] not in ("all", "both", "this")

    def after_manner(self, i: int) -> bool:
        """Whether an adverb after a determiner stands right before: "a newly"."""
        adverb = i > 1 and self.tags[i - 1] is Tag.ADV and self.low[i - 1].endswith("ly")
        return adverb and self.noun_slot(i - 1)

    def is_published(self, i: int, j: int) -> bool:
        """Whether the verb only tells where a paper stood: "said in a statement posted on"."""
        rules = self.rules
        if j < 0 or self.words[i].verb_lemma not in rules.issuing or j != i - 1:
            return False
        noun = self.words[j].noun_lemma
        return noun in rules.papers and any(
            f in ("s", "past") for f in self.forms[max(0, j - 8) : j]
        )

    def is_compound(self, i: int, j: int) -> bool:
        """Whether a singular noun stands right before: "a conference call that"."""
        if (
            j < 0
            or j != i - 1
            or self.tags[j] is not Tag.NOUN
            or self.low[j] != self.words[j].noun_lemma
        ):
            return False
        if self.low[j] in self.rules.subjects_alone or self.low[j] in ("police", "people"):
            return False
        before = range(max(0, j - 5), j)
        determined = any(self.low[k] in ("a", "an") for k in before)
        helping = self.rules.causatives | self.rules.do
        helped = any(self.words[k].verb_lemma in helping for k in before)
        return determined and not helped

    def only_describes(self, i: int) -> bool:
        """Whether the main verb is still to come: "A study published in May found that"."""
        lemma = self.words[i].verb_lemma
        if lemma in self.rules.speaking or i + 1 >= len(self.low):
            return False
        if self.low[i - 1] == "those":  # "those polled said"
            return self.words[i + 1].verb_lemma in self.rules.speaking
        nxt = self.words[i + 1]
        named = lemma in ("name", "call") and self.texts[i + 1][0].isupper()
        if named or ("past" in nxt.verb and nxt.verb_lemma in self.rules.speaking):
            told = range(i + 1, min(i + 4, len(self.low)))
            return any(
                "past" in self.words[k].verb and self.words[k].verb_lemma in self.rules.speaking
                for k in told
            )  # "most of those interviewed said", "a student named Mira said"
        dated = self.low[i + 1] in ("this", "last") or self.texts[i + 1].endswith("day")
        if self.words[i + 1].tag not in (Tag.ADP, Tag.ADV, Tag.ADJ) and not dated:
            return False
        for j in range(i + 2, min(i + 10, len(self.low))):
            word = self.words[j]
            if self.texts[j] == "May":
                continue
            if word.tag is Tag.AUX and self.low[j] in self.rules.have and j > i + 2:
                return True  # "a man shot dead in May had accused"
            if (
                word.tag in (Tag.SCONJ, Tag.CCONJ, Tag.PRON, Tag.AUX)
                or not self.low[j][0].isalnum()
            ):
                return False
            if "past" in word.verb and word.verb_lemma in self.rules.speaking:
                return j - 1 > i + 1 and (
                    self.texts[j - 1] == "May" or not self.words[j - 1].closed
                )
        return False

    def introduces(self, i: int) -> bool:
        """Whether "that" or a quotation follows: 'a baker, notes that', 'Page 4 reads: "'."""
        if i + 2 >= len(self.low):
            return False
        before = self.tags[i - 1] if i else None
        if self.low[i + 1] == "that":
            told = self.words[i + 2]
            return self.low[i - 1] == "," and told.tag is not Tag.AUX and not told.verb
        quoted = self.low[i + 1] in (":", ",") and self.texts[i + 2] in _QUOTATION
        return quoted and before in (Tag.NUM, Tag.PUNCT)

    def first_finite(self, i: int) -> bool:
        """Whether a verb is still wanted: "Polls in the north show the same"."""
        if not 0 < i < len(self.low) - 1 or self.tags[i - 1] not in (Tag.NOUN, Tag.PROPN):
            return False
        opens = self.words[i + 1].tag in (Tag.DET, Tag.PRON) or self.low[i + 1] == "that"
        # The whole sentence last: a line without an end would be gone through for each word.
        return opens and not self.any_finite() and self.any_plural()

    def any_plural(self) -> bool:
        return any(
            t is Tag.NOUN and w.endswith("s") for t, w in zip(self.tags, self.low, strict=False)
        )

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
        if any(w.verb_lemma in self.rules.told_to for w in self.words[max(0, i - 5) : i - 1]):
            return False  # "expect sales to fall"
        return before is not None and before.tag in (Tag.ADP, Tag.NOUN) and not before.verb
