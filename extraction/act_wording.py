"""What the judges of speech acts look at: the cue's wording and the first clause of the content."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extraction.act_rules import act_rules
from extraction.model import SpeechAct
from extraction.text.analysis import Tag, Token

Judgement = tuple[SpeechAct, str]

PLAIN = frozenset({SpeechAct.ASSERTS, SpeechAct.ANNOUNCES})
CLAUSAL = frozenset(
    {"that", "clause", "quotation", "quotation before", "before", "according to", "noun that"}
)
# How many tokens are looked at: the point of content comes early.
_OPENING, _LONGER, _FIRST_CLAUSE = 16, 24, 30
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_BEFORE_VERB = frozenset({Tag.AUX, Tag.ADV, Tag.PART})
_AFTER_HEAD = frozenset({"of", "that", "to", "for", "by", ","})
_NO_NOUN = frozenset({Tag.VERB, Tag.AUX, Tag.ADP})


class Wording(msgspec.Struct, frozen=True):
    """What an attribution is read from: cue lemma, the act it has by itself, frame, polarity."""

    lemma: str
    act: SpeechAct
    frame: str
    negated: bool = False
    evasive: bool = False
    addressed: bool = False


class Clause(msgspec.Struct, frozen=True):
    """The first clause of content: its words, who acts and what is done.

    ``opening`` are the first 16 tokens in small letters, ``longer`` 24, marks included;
    ``telling`` says whether any set phrase of ``acts.toml`` is among them.
    ``words`` are without marks; ``subject`` are those before the first verb, ``helpers`` the small
    letters of its auxiliaries, ``verb`` is the verb itself (a form of be or have where it stands
    alone) and ``rest`` what follows it.
    """

    opening: str
    longer: str
    telling: bool
    words: tuple[Token, ...]
    subject: tuple[Token, ...]
    helpers: frozenset[str]
    negated: bool
    verb: Token | None
    rest: tuple[Token, ...]

    @property
    def passive(self) -> bool:
        verb = self.verb
        return verb is not None and verb.form == "part" and bool(self.helpers & _BE)


_BE = frozenset({"is", "was", "are", "were", "been", "be", "being", "am", "'s", "'re", "’s", "’re"})


def clause_of(tokens: Sequence[Token]) -> Clause:
    """The first clause of ``tokens``, which may be empty."""
    lows = [t.lower for t in tokens[:_LONGER]]
    words = tuple([t for t in tokens[:_FIRST_CLAUSE] if t.tag is not Tag.PUNCT])
    while words and words[0].lower in ("that", "yes", "no", "but", "and", "well"):
        noun = len(words) > 1 and (words[1].tag is Tag.NOUN or words[1].lower == "one")
        if words[0].lower == "no" and noun:
            break
        words = words[1:]
    first = next((i for i, t in enumerate(words) if t.tag in (Tag.AUX, Tag.VERB)), len(words))
    subject = words[:first]
    helpers: set[str] = set()
    negated = False
    last = first
    verb: Token | None = None
    while last < len(words):
        token = words[last]
        if token.lower in NEGATIONS:
            negated = True
        elif token.tag is Tag.AUX:
            helpers.add(token.lower)
            verb = token
        elif token.tag is Tag.VERB:
            verb = token
            last += 1
            break
        elif token.tag not in _BEFORE_VERB:
            break
        last += 1
    # one look tells whether any set phrase is there at all
    longer = " ".join(lows)
    telling = act_rules().telling.search(longer) is not None
    opening = " ".join(lows[:_OPENING])
    return Clause(
        opening, longer, telling, words, subject, frozenset(helpers), negated, verb, words[last:]
    )


def own_pronouns(wording: Wording) -> frozenset[str]:
    """Pronouns for the speaker: in a quotation only the first person."""
    rules = act_rules()
    return rules.first_person if wording.frame.startswith("quotation") else rules.pronouns


def is_own(wording: Wording, clause: Clause) -> bool:
    """Whether the speaker or what is the speaker's own acts: "we", "its troops"."""
    rules = act_rules()
    subject = [t for t in clause.subject if t.tag is not Tag.ADV]
    if not subject:
        return False
    if len(subject) == 1 and subject[0].lower in own_pronouns(wording):
        return True
    quoted = wording.frame.startswith("quotation")
    possessives = frozenset({"our", "my"}) if quoted else rules.possessives
    owned = any(t.lower in possessives for t in subject[:4])
    return owned and any(t.lemma in rules.bodies for t in subject)


def in_words(tokens: Sequence[Token]) -> str:
    return " ".join([token.lower for token in tokens])


def object_head(tokens: Sequence[Token]) -> str:
    """Lemma of the head of a noun phrase: its last noun before "of", "that" or a verb."""
    head = ""
    for token in tokens[:12]:
        if token.tag in (Tag.NOUN, Tag.PROPN):
            head = token.lemma
        elif head and (token.lower in _AFTER_HEAD or token.tag in _NO_NOUN):
            break
    return head
