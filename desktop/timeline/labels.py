"""Short labels of claims: what is claimed in a few words that read right by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from db.rows import ClaimRow, EventRow
from extraction import lexicon
from extraction.model import Block, BlockKind, SpeechAct
from extraction.text import analyse
from extraction.text.analysis import Tag, Token
from extraction.text.vocabulary import word

MOST_WORDS = 10
LONGEST_GAP = 4
"""Most words between cue and content that a label keeps: who is told, what is called so."""

SHORTEST = 18
"""Letters of a label where there is hardly any room."""

ELLIPSIS = "…"
SHORT = 3
"""Words of so few letters seldom end a phrase: articles, prepositions."""

LINKING = frozenset({Tag.ADP, Tag.SCONJ, Tag.CCONJ, Tag.DET, Tag.PART, Tag.AUX})

PAIRS = (('"', '"'), ("“", "”"), ("«", "»"))
ENDS = " ,;:.–-"

FACTIVE = frozenset({SpeechAct.ADMITS, SpeechAct.CONFIRMS})
"""Acts whose word reads right before a whole clause, whatever the cue was."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a claim's cue, and those between it and a content that follows it."""

    cue: str = ""
    gap: str = ""


@cache
def _list(key: str) -> frozenset[str]:
    return lexicon.words(lexicon.load("en", "labels"), key, "en/labels")


@cache
def _clause_end() -> re.Pattern[str]:
    openers = "|".join(sorted(map(re.escape, _list("clause_openers"))))
    return re.compile(
        rf"(?<=\w)[;:]\s|(?<=[\w\"”]),\s+(?=(?:{openers})\b)|(?<=\w{{4}})[.?!][\"”]?\s(?=[A-Z\"“])"
    )


@cache
def _neutral_verbs() -> frozenset[str]:
    """Verbs of saying that tell nothing of what is done by it."""
    verbs = lexicon.load("en", "cues")["verb"]
    plain = {SpeechAct.ASSERTS, SpeechAct.ANNOUNCES, SpeechAct.EXPRESSES, SpeechAct.ALLEGES}
    return frozenset(verb for verb, value in verbs.items() if value.split(";")[1].strip() in plain)


def closed(text: str) -> str:
    """With the other half of each quotation mark: an opening mark at the very front is dropped
    instead, a closing one without its opening too.
    """
    for opening, closing in PAIRS:
        while (at := _unpaired(text, opening, closing)) is not None:
            opens = text[at] == opening and (opening != closing or _opens(text, at))
            text = text + closing if opens and at > 0 else text[:at] + text[at + 1 :]
    return text


def _unpaired(text: str, opening: str, closing: str) -> int | None:
    if opening == closing:
        return text.rfind(opening) if text.count(opening) % 2 else None
    missing = text.count(opening) - text.count(closing)
    return text.rfind(opening if missing > 0 else closing) if missing else None


def _opens(text: str, at: int) -> bool:
    before, after = text[:at][-1:], text[at + 1 :][:1]
    return bool(after.strip()) and (not before or before in " ([—–-")


def without_short_end(text: str) -> str:
    """What is left of a cut phrase without the short words and marks that it ends in."""
    words = text.split(" ")
    while len(words) > 1 and _says_little(words[-1].strip(',;:–-"“”')):
        words.pop()
    return " ".join(words).rstrip(' ,;:–-"“«(')


def _says_little(last: str) -> bool:
    if not last.isalpha():
        return not any(letter.isalnum() for letter in last)
    known = word(last.lower())
    if len(last) > SHORT:
        return known.closed and known.tag in LINKING
    return known.closed or known.tag is not Tag.NOUN


def forms(
    label: str, lengths: Sequence[int] = (40, 26), shortest: int = SHORTEST
) -> tuple[str, ...]:
    """The label and its shorter forms, each elided at a word; longest first, no two equal.

    One that has all of these has one of up to ``shortest`` letters more, if that keeps two words.
    """
    found = [label]
    plain = label.rstrip('"”»').removesuffix(ELLIPSIS)
    for at, length in enumerate((*lengths, shortest)):
        last = at == len(lengths)
        if len(found[-1]) <= length or (last and len(found) <= at):
            continue
        cut = plain.rfind(" ", 0, length)
        if cut > 3:
            short = closed(without_short_end(plain[:cut]) + ELLIPSIS)
            if len(short) < len(found[-1]) and not (last and " " not in short):
                found.append(short)
    return tuple(found)


def _tidy(text: str) -> str:
    """One line, without marks at the ends and without a leading word that says nothing."""
    plain = re.sub(r"\s+", " ", text).strip(" ,;:–")
    plain = re.sub(r"[,.;:]+([\"”»]?)$", r"\1", plain)
    first, _, rest = plain.partition(" ")
    return rest.lstrip(" ,") if rest and first.lower().strip(",") in _list("leading") else plain


def _unquoted(text: str) -> str:
    """Without marks that go around the whole of it."""
    for opening, closing in PAIRS:
        if text.startswith(opening):
            inner = text[1:]
            if inner.find(closing) in (-1, len(inner) - 1):
                return inner.rstrip(closing).rstrip(ENDS)
    return text


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[Token, ...]:
    return analyse(text, (Block(0, len(text), BlockKind.PARAGRAPH),)).tokens


def warm() -> None:
    """Load what tells parts of speech, which the first label would else wait for."""
    _tokens("They said so.")


def is_clause(text: str) -> bool:
    """Whether a content has a finite verb of its own, so that it can stand alone."""
    tokens = [token for token in _tokens(text) if token.tag is not Tag.PUNCT]
    nominal, within = False, 0
    for at, token in enumerate(tokens):
        if token.lower in _list("subordinators"):
            within += 1
            if at == 0 and token.lower not in _list("linkers"):
                return False
        elif _finite(token, tokens[max(at - 2, 0) : at]) and not (nominal and _reduced(tokens, at)):
            if not within:
                return nominal or token.tag is Tag.AUX
            within -= 1
        elif token.tag in (Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.NUM):
            nominal = True
    return False


def _finite(token: Token, before: Sequence[Token]) -> bool:
    if token.tag not in (Tag.VERB, Tag.AUX) or token.form not in ("past", "s", "base"):
        return False
    helped = token.form == "base" and any(item.tag is Tag.AUX for item in before)
    return not helped and not (before and before[-1].lower == "to")


def _reduced(tokens: Sequence[Token], at: int) -> bool:
    """ "civilians killed in the town", "sending armed men": a past form that hangs on a noun."""
    token = tokens[at]
    if token.tag is not Tag.VERB or token.form != "past":
        return False
    if at and (tokens[at - 1].form == "ing" or tokens[at - 1].tag in (Tag.DET, Tag.ADP, Tag.ADJ)):
        return True
    follows = at + 1 < len(tokens) and tokens[at + 1].tag is Tag.ADP
    of = any(tokens[back].lower == "of" for back in range(max(at - 4, 0), at))
    return follows and of


def third_person(lemma: str) -> str:
    """ "deny" as "denies"."""
    irregular = {"be": "is", "have": "has"}.get(lemma)
    if irregular:
        return irregular
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


@lru_cache(maxsize=4096)
def present(cue: str) -> tuple[str, str]:
    """A cue as a label has it, and its verb: "later called for" as ("calls for", "call").

    Negated and modal cues stay as they are; passive ones and those without a verb give nothing.
    """
    words = cue.split()
    known = [word(item.lower().strip(",")) for item in words]
    verbs = [at for at, item in enumerate(known) if item.verb and not item.closed]
    if not verbs or words[0].lower() in _list("prepositional_cues"):
        return "", ""
    head = verbs[0]
    helpers = [item.lower().strip(",") for item in words[:head]]
    lemma = known[head].verb_lemma
    if any(item in _list("kept_helpers") or item.endswith("n't") for item in helpers):
        first = next(at for at, item in enumerate(known) if item.closed and item.tag is Tag.AUX)
        return " ".join(words[first:]), lemma
    passive = any(known[at].verb_lemma == "be" for at in range(head)) and (
        "ing" not in known[head].verb
    )
    if passive:
        return "", ""
    return " ".join([third_person(lemma), *words[head + 1 :]]), lemma


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """With a small first letter where it is no name's."""
    first = _tokens(text)[:1]
    named = not first or first[0].tag is Tag.PROPN or first[0].text[1:2].isupper()
    return text if named or first[0].text == "I" else text[:1].lower() + text[1:]


def _first_clause(text: str) -> str:
    for end in _clause_end().finditer(text):
        head, rest = text[: end.start()], text[end.end() :]
        opener = rest.split(" ", 1)[0]
        listed = opener in _list("list_openers") and not is_clause(rest.removeprefix(opener))
        if len(head.split()) >= 3 and not listed:
            return head
    return text


def shortened(text: str, words: int = MOST_WORDS) -> str:
    """Cut at a clause or a word, no quotation left open, with a capital."""
    head = _first_clause(text)
    parts = head.split(" ")
    if len(parts) > words:
        head = without_short_end(" ".join(parts[:words])) + ELLIPSIS
    return _capital(closed(head))


def claim_label(
    claim: ClaimRow,
    event: EventRow | None,
    acts: Mapping[SpeechAct, str],
    wording: Wording = Wording(),
) -> str:
    """What is claimed, in some ten words.

    A clause stands alone; what is none gets its cue before it ("Accuses Veshny of …"), and so
    does what is denied, demanded or refused. ``acts`` holds the words for acts with a capital,
    for claims whose cue is not known and for admissions.
    """
    content = _tidy(claim.content)
    if not content:
        return _capital(event.label if event is not None else claim.speaker)
    clause = is_clause(_unquoted(content))
    cue, verb = present(wording.cue)
    act = acts.get(claim.speech_act)
    neutral = not verb or verb in _neutral_verbs()
    if clause and (act is None or neutral):
        alone = _unquoted(content)
        if act is not None and claim.speech_act in FACTIVE:
            return shortened(f"{act} {_lower(alone)}")
        return shortened(alone)
    if cue:
        gap = wording.gap if not clause and len(wording.gap.split()) <= LONGEST_GAP else ""
        return shortened(" ".join(part for part in (cue, gap, _lower(content)) if part))
    if act is not None and not wording.cue:
        return shortened(f"{act} {_lower(_unquoted(content))}")
    return shortened(_unquoted(content))


def wording_of(claim: ClaimRow, text: str) -> Wording:
    """Cue and gap of a claim in its article's ``text``."""
    cue = text[claim.cue_span.start : claim.cue_span.end]
    begin = min((span.start for span in claim.content_spans), default=-1)
    between = text[claim.cue_span.end : begin] if begin > claim.cue_span.end else ""
    gap = " ".join(between.split())
    return Wording(cue, gap if re.fullmatch(r"[\w' ’-]*", gap) else "")


MOST_ARTICLES = 500
"""Texts of articles that are kept for labels."""


def wordings(article_text: Callable[[int], str]) -> Callable[[ClaimRow], Wording]:
    """``wording_of`` for claims of any article; a text is asked for only where words stand
    between cue and content, and those used last are kept.
    """
    text = lru_cache(maxsize=MOST_ARTICLES)(article_text)

    def wording(claim: ClaimRow) -> Wording:
        begin = min((span.start for span in claim.content_spans), default=-1)
        if begin <= claim.cue_span.end + 1:
            return Wording(claim.cue_span.exact, "")
        return wording_of(claim, text(claim.article_id))

    return wording
