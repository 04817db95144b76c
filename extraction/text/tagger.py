"""Coarse parts of speech by what a word can be and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.text import vocabulary
from extraction.text.analysis import Tag
from extraction.text.context import Context
from extraction.text.forms import Form, Tagged, lemma
from extraction.text.tagging_rules import BEFORE_NOUN


class _Tagger(Context):
    """Decides from left to right; an earlier decision is a later word's context."""

    def run(self) -> list[Tagged]:
        """(tag, form, lemma) of each token."""
        tags, forms, found = self.tags, self.forms, list[Tagged]()
        for i, given in enumerate(self.given):
            settled = given.settled
            if settled is not None:
                tags.append(settled[0])
                forms.append(settled[1])
                found.append(settled)
                continue
            tag, form = self.decide(i)
            tags.append(tag)
            forms.append(form)
            found.append((tag, form, lemma(given.word, given.low, tag)))
        return found

    def decide(self, i: int) -> tuple[Tag, str]:
        text = self.texts[i]
        if text[0] in "'’":
            return self.decide_s(i)
        first = text[0]
        low = self.low[i]
        word = self.words[i]
        if word.closed and not (first.isupper() and len(low) > 1 and self.is_acronym(i)):
            return self.decide_closed(i)
        if first.isupper() and self.is_name(i):
            return Tag.PROPN, ""
        if low in self.rules.adverbs_after_have and self.between_have_and_verb(i):
            return Tag.ADV, ""
        if low in self.rules.adjectives_to and i + 1 < len(self.low) and self.low[i + 1] == "to":
            return Tag.ADJ, ""
        if word.verb:
            return self.decide_verb(i)
        if word.tag is Tag.PROPN:
            return (Tag.PROPN if first.isupper() else Tag.NOUN), ""
        if word.tag is Tag.VERB:
            return Tag.NOUN, ""
        if word.tag is Tag.ADV and i and self.low[i - 1] == "the" and not low.endswith("ly"):
            return Tag.NOUN, ""
        if word.tag is Tag.ADJ and self.stands_alone(i):
            return Tag.NOUN, ""
        heads = word.tag is Tag.ADJ and i + 1 < len(self.low) and self.low[i + 1] == "of"
        if heads and i and self.tags[i - 1] in (Tag.DET, Tag.ADJ):
            return Tag.NOUN, ""
        return word.tag, ""

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
        if tag is Tag.ADV:
            return (Tag.ADJ if low in BEFORE_NOUN and self.noun_slot(i) else tag), ""
        if tag is Tag.AUX:
            return self.decide_helper(i)
        if low == "that":
            return self.decide_that(i), ""
        if low in ("her", "his", "her"):
            noun_follows = i + 1 < len(self.low) and self.could_start_noun(i + 1)
            return (Tag.DET if noun_follows else Tag.PRON), ""
        if low == "to":
            return self.decide_to(i), ""
        if low in ("this", "these", "those", "all", "some", "both", "another", "any", "each"):
            starts = i + 1 < len(self.low) and self.could_start_noun(i + 1)
            return (Tag.DET if starts else Tag.PRON), ""
        if low in self.rules.adverbs_after_have and self.between_have_and_verb(i):
            return Tag.ADV, ""
        if low == "yet" and i and self.low[i - 1] in ("not", "n't", "n’t", "has", "have", "had"):
            return Tag.ADV, ""
        if low in ("after", "before", "since", "until", "as"):
            return (Tag.SCONJ if self.clause_follows(i) else Tag.ADP), ""
        return tag, ""

    def decide_helper(self, i: int) -> tuple[Tag, str]:
        low = self.low[i]
        after = self.low[i + 1] if i + 1 < len(self.low) else ""
        if low in ("will", "might", "can", "must", "may") and self.noun_slot(i):
            return (Tag.PROPN if self.texts[i][0].isupper() and i else Tag.NOUN), ""
        if low == "may" and self.texts[i] == "May" and (i or after[:1].isdigit()):
            return Tag.PROPN, ""
        forms = vocabulary.aux_forms()
        form = forms[low][1] if low in forms else "base"
        full = low in self.rules.have or low in self.rules.do
        if full and not self.helps(i):
            return Tag.VERB, form
        return Tag.AUX, form

    def decide_to(self, i: int) -> Tag:
        """The mark of an infinitive, or a preposition."""
        if i and self.low[i - 1] == "according":
            return Tag.ADP
        i = self.past_marks(i)
        following = self.words[i + 1] if i + 1 < len(self.low) else None
        if following is not None and (
            "base" in following.verb or self.low[i + 1] in ("be", "have", "do")
        ):
            noun_likelier = following.noun and following.tag is Tag.NOUN
            if not noun_likelier or not self.takes_to_noun(i):
                return Tag.PART
        adverb = following is not None and following.tag is Tag.ADV
        if adverb and i + 2 < len(self.low) and "base" in self.words[i + 2].verb:
            return Tag.PART
        return Tag.ADP

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

    def decide_verb(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        if word.verb & {"past", "part"}:
            return self.decide_past(i)
        if "ing" in word.verb:
            return self.decide_ing(i)
        if "s" in word.verb:
            return self.decide_third(i)
        return self.decide_base(i)

    def decide_past(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        helper = self.after_be_or_have(i)
        if helper in ("be", "have") and "part" in word.verb:
            return Tag.VERB, "part"
        if helper in ("modal", "do", "to") and "base" in word.verb:
            return Tag.VERB, "base"
        if self.after_first(i) and word.verb_lemma in self.rules.speaking:
            return Tag.VERB, "past"  # "he first said two had died"
        noun_follows = i + 1 < len(self.low) and self.could_start_noun(i + 1)
        if self.noun_slot(i) and not (i and self.low[i - 1] in ("that", "those", "this", "her")):
            if "base" in word.verb and not noun_follows and word.noun:
                return Tag.NOUN, ""
            return Tag.ADJ, "part" if "part" in word.verb else ""
        if noun_follows and "part" in word.verb and self.after_manner(i):
            return Tag.ADJ, "part"  # "a newly found letter"
        if word.tag is Tag.NOUN and not self.finite_slot(i):
            return Tag.NOUN, ""
        if word.tag is Tag.ADJ and not self.finite_slot(i):
            return Tag.ADJ, "part"
        j = self.previous(i)
        before = self.tags[j] if j >= 0 else None
        dated = before is Tag.NUM and j > 0 and self.tags[j - 1] is Tag.PROPN
        speaker = j >= 0 and self.low[j] in self.rules.subjects_alone
        if i and self.low[i - 1] == "most" and word.verb_lemma in self.rules.speaking:
            return Tag.VERB, "past"  # "most said they had lost"
        asks = before in (Tag.ADP, Tag.ADJ, Tag.NUM) and not dated and not speaker
        told = j >= 0 and self.words[j].verb_lemma in self.rules.speaking
        second = before is Tag.VERB and j == i - 1 and self.forms[j] != "ing" and not told
        if (asks or second) and "part" in word.verb and noun_follows:
            return Tag.ADJ, "part"  # "it frees jailed men"
        if "base" in word.verb and before is Tag.PRON and self.low[j] in ("i", "you", "we", "they"):
            return Tag.VERB, "base" if "past" not in word.verb else "past"
        if "past" not in word.verb:
            return Tag.VERB, "part"
        if "part" not in word.verb:
            return Tag.VERB, "past"
        return Tag.VERB, "part" if self.is_participle(i, j) else "past"

    def after_first(self, i: int) -> bool:
        """Whether "first" and before it a subject precede token ``i``."""
        if i < 2 or self.low[i - 1] != "first":
            return False
        named = self.tags[i - 2] is Tag.PROPN
        return named or self.low[i - 2] in ("at", "i", "he", "she", "it", "we", "they", "who")

    def is_participle(self, i: int, j: int) -> bool:
        """Whether a form that may be past or participle is no main verb; ``j`` is before it."""
        before = self.tags[j] if j >= 0 else None
        stranded = before is Tag.ADP and self.words[i].verb_lemma in self.rules.speaking
        if stranded and self.tags[j - 1] is Tag.VERB:
            return False  # "officials I spoke to said"
        if before is None or (
            before in (Tag.ADP, Tag.SCONJ) and self.low[j] not in ("that", "who")
        ):
            return True
        if before not in (Tag.NOUN, Tag.PROPN) and self.low[j] != "those":
            return False
        if self.is_published(i, j):
            return True
        by_whom = i + 1 < len(self.low) and self.low[i + 1] == "by"
        if by_whom and i + 2 < len(self.low) and self.low[i + 2] in self.rules.by_means:
            return self.only_describes(i)  # "said by phone", but "those reached by phone said"
        if by_whom and i + 2 < len(self.low) and "ing" in self.words[i + 2].verb:
            return False
        if by_whom and self.words[i].verb_lemma not in self.rules.stay_past:
            return True
        return self.only_describes(i) or self.second_verb(i)

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

    def closes_quotation(self, i: int) -> bool:
        """Whether a cue ends what stands after a quotation: '"...," the advert states.'"""
        ends = i + 1 == len(self.low) or self.low[i + 1] == "."
        if not ends or self.words[i].verb_lemma not in self.rules.cue_verbs:
            return False
        marks = [j for j in range(i) if self.texts[j] in ('"', "”", "''", "’")]
        return bool(marks) and self.low[marks[-1] - 1] in (",", "?", "!")

    def decide_third(self, i: int) -> tuple[Tag, str]:
        word = self.words[i]
        if self.noun_slot(i):
            return Tag.NOUN, ""
        if self.low[i] in self.rules.always_verbs or self.closes_quotation(i):
            return Tag.VERB, "s"
        if word.verb_lemma in self.rules.cue_verbs and self.introduces(i):
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
        told = j >= 0 and self.words[j].verb_lemma in self.rules.speaking
        finite = before is Tag.VERB and j == i - 1 and self.forms[j] in ("past", "s")
        if finite and word.noun and not told:
            return Tag.NOUN, ""  # "rejected calls for a truce"
        acts = i + 1 < len(self.low) and self.words[i + 1].tag is Tag.AUX and word.noun
        if acts and before is Tag.SCONJ:
            return Tag.NOUN, ""  # "that attacks are rare"
        if low in self.rules.singular_subjects and self.tags[j] in (Tag.PRON, Tag.SCONJ):
            return Tag.VERB, "s"
        if before in (Tag.NOUN, Tag.PROPN):
            found = self.third_after_noun(i, j)
            if found is not None:
                return (Tag.VERB, "s") if found is Tag.VERB else (found, "")
        listed = low == "," and self.capitals_mean_nothing and self.verb_before_conjunction(j, "s")
        if before is not None and (word.tag is Tag.VERB or listed):
            return Tag.VERB, "s"
        return Tag.NOUN, ""

    def third_after_noun(self, i: int, j: int) -> Tag | None:
        """Verb or noun behind the noun at ``j``; ``None`` where nothing settles it."""
        word, named, nxt = self.words[i], self.tags[j] is Tag.PROPN, i + 1
        if nxt == len(self.low):
            return Tag.VERB if named and word.tag is Tag.VERB else None
        singular = self.low[j] == self.words[j].noun_lemma or not self.low[j].endswith("s")
        if self.low[nxt] in ("that", "out"):
            return Tag.VERB
        if self.low[nxt] == "." and singular and not self.clause_has_finite(i):
            return Tag.VERB
        if self.low[i] in self.rules.rarely_verbs:
            return Tag.NOUN
        if self.low[i - 1] in self.rules.before_verbs:
            return Tag.VERB
        opens = (
            self.words[nxt].tag in (Tag.DET, Tag.PRON, Tag.SCONJ, Tag.PART)
            or self.low[nxt] in ("that", "to", "for", "he", "it")
            or (self.texts[nxt][0].isupper() and not self.capitals_mean_nothing)
            or self.texts[nxt] in ('"', "“", "''", "``", "‘", ":")
        )
        if opens and (singular or named) and not self.finite_ahead(nxt):
            return Tag.VERB
        if self.capitals_mean_nothing and singular and not self.any_finite():
            return Tag.VERB
        return None

    def follows_plural(self, i: int, j: int) -> bool:
        """Whether the plural noun at ``j`` is the subject: "critics deride the plan"."""
        low, cue = self.low[j] if j >= 0 else "", self.low[i] in self.rules.cue_verbs
        if cue and self.first_finite(i):
            return True
        plural = j >= 0 and self.tags[j] in (Tag.NOUN, Tag.PROPN) and low.endswith("s")
        if not plural or self.words[j].noun_lemma == low:
            return False
        if self.tags[j] is Tag.PROPN:
            return cue and self.that_follows(i)
        if cue and self.capitals_mean_nothing and not self.any_finite():
            return not any(w.verb & {"past", "s"} for w in self.words[i + 1 :])
        if i + 1 >= len(self.low):
            return cue and "," in self.low[:i]
        nxt = i + 1
        while nxt + 1 < len(self.low) and self.words[nxt].tag is Tag.ADV:
            nxt += 1
        if (
            cue
            and self.low[nxt] in ("out", "for", "on", "against")
            and not self.clause_has_finite(i)
        ):
            return True
        if cue and self.low[nxt] in (".", ","):
            return "," in self.low[:i]
        named = self.texts[nxt][0].isupper() and not self.capitals_mean_nothing
        opens = self.words[nxt].tag in (Tag.DET, Tag.PRON) or self.low[nxt] in ("that", "to")
        return opens or (cue and (named or self.words[nxt].tag is Tag.ADJ))

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
        if word.tag is Tag.VERB and word.noun and self.is_compound(i, j):
            return Tag.NOUN, ""
        if word.tag is Tag.VERB:
            cue = self.words[j].verb_lemma in self.rules.cue_verbs
            forms = ("s", "past", "base") if cue else ("s", "past")
            finite = before is Tag.VERB and self.forms[j] in forms and j == i - 1
            if finite and word.noun and low not in self.rules.causatives:
                return Tag.NOUN, ""  # "rejects pay offer"
            if before in (Tag.ADJ, Tag.ADP) and word.noun and low not in ("that",):
                return Tag.NOUN, ""
            return Tag.VERB, "base"
        if self.follows_plural(i, j):
            return Tag.VERB, "base"
        if low in self.rules.causatives and self.words[j].tag is Tag.VERB:
            return word.tag, ""
        if word.tag is Tag.PROPN:
            return Tag.NOUN, ""
        return word.tag, ""


def tag(given: Sequence[Form], title: bool = False) -> list[Tagged]:
    """Tag, form and lemma of each token of one sentence; ``title`` marks a headline."""
    return _Tagger(given, title).run()
