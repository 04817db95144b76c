"""Speech acts that the content gives away: "said it would retaliate", "said there was no ship"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extraction.act_denial import denial, verdict
from extraction.act_rules import act_rules
from extraction.act_wording import (
    CLAUSAL,
    PLAIN,
    Clause,
    Judgement,
    Wording,
    clause_of,
    in_words,
    is_own,
    object_head,
    own_pronouns,
)
from extraction.model import SpeechAct
from extraction.text.analysis import Tag, Token

_FUTURE = frozenset({"will", "would", "'ll", "’ll", "wo", "'d", "shall"})
_UNABLE = _FUTURE | {"can", "could", "ca"}
_DEMANDING = frozenset({"say", "tell", "add", "write", "tweet", "insist", "stress", "warn", "post"})
_VOICED = frozenset({SpeechAct.ASSERTS, SpeechAct.ANNOUNCES, SpeechAct.DECLINES})

_NONE = frozenset({"no", "none", "nobody", "nothing", "neither", "not", "never"})
_POSSESSIVE = frozenset({"his", "her", "its", "their", "our", "my"})
_EXCLAIMED = 5  # tokens of a sentence that only introduces the next

_GUESSED = re.compile(r"\b(?:should|must|ought to) (?:not )?have\b")

Judge = Callable[[Wording, Clause, Sequence[Token]], Judgement | None]


def by_content(wording: Wording, tokens: Sequence[Token]) -> Judgement | None:
    """The act that a plain statement turns out to be, and why."""
    if wording.act not in PLAIN or wording.frame not in CLAUSAL:
        return None
    clause = clause_of(tokens)
    for judge in _JUDGES:
        found = judge(wording, clause, tokens)
        if found is not None:
            return found
    later = _after_exclamation(tokens)
    return _performed(wording, clause_of(later), later) if later else None


def _after_exclamation(tokens: Sequence[Token]) -> Sequence[Token]:
    """What follows a first sentence of few words: "Let them. We demand that ..."."""
    for i, token in enumerate(tokens[: _EXCLAIMED + 1]):
        if token.lower in (".", "!", "?") and i > 0:
            return tokens[i + 1 :]
    return ()


def _corrected(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "Its earlier figure had been wrong", "the toll was 41, not 44"."""
    if not clause.telling:
        return _not_this_but_that(tokens)
    opening = clause.longer
    earlier = act_rules().patterns["earlier"].search(opening)
    if earlier and act_rules().patterns["mistaken"].search(opening):
        return SpeechAct.CORRECTS, f"content says that the {earlier.group()} was wrong"
    return _not_this_but_that(tokens)


def _not_this_but_that(tokens: Sequence[Token]) -> Judgement | None:
    for i, no in enumerate(tokens[2:-1], 2):
        if no.lower == "not" and tokens[i - 1].lower == ",":
            before, after = tokens[i - 2], tokens[i + 1]
            if before.tag is after.tag is Tag.NUM:
                return SpeechAct.CORRECTS, f"content says '{before.lower}, not {after.lower}'"
    return None


def _phrased(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """Set phrases: "no truth in", "ready to talk", "reserves the right", "our mistake"."""
    if not clause.telling:
        return None
    rules = act_rules()
    opening = clause.opening
    own = is_own(wording, clause)
    for key, act in (
        ("menace", SpeechAct.THREATENS),
        ("refused", SpeechAct.REJECTS),
        ("said_again", SpeechAct.DEMANDS),
        ("none_given", SpeechAct.REJECTS),
        ("own_fault", SpeechAct.ADMITS),
        ("denial", SpeechAct.DENIES),
        ("offer", SpeechAct.OFFERS),
        ("blame", SpeechAct.ALLEGES),
        ("sympathy", SpeechAct.EXPRESSES),
    ):
        found = rules.patterns[key].search(opening)
        if not found or (key == "blame" and (" not " in opening or "n't" in opening)):
            continue
        if key == "blame" and own:
            act = SpeechAct.ADMITS
        return act, f"content says '{found.group()}'"
    blamed = rules.patterns["blameworthy"].search(clause.longer)
    none = any(t.lower in _NONE for t in tokens[:3])
    if blamed and not (own or none or clause.negated):
        return SpeechAct.ALLEGES, f"content says '{blamed.group()}'"
    wrong = rules.patterns["own_words_wrong"].search(in_words(tokens))
    if wrong:
        return SpeechAct.ADMITS, "content says that own words were wrong"
    slip = rules.patterns["by_mistake"].search(in_words(tokens))
    if slip and (own or (clause.subject and clause.subject[0].lower == "one")):
        return SpeechAct.ADMITS, f"content says that own side did it '{slip.group()}'"
    admission = rules.patterns["admission"].search(opening)
    if admission and set(opening[: admission.start()].split()[-1:]) & own_pronouns(wording):
        return SpeechAct.ADMITS, f"content says '{admission.group()}'"
    return None


def _regret(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "We regret the loss of life" is a feeling, "we regret our mistake" owns up to it."""
    if not clause.telling:
        return None
    rules = act_rules()
    opening = clause.longer
    found = rules.patterns["regret"].search(opening)
    if not found:
        return None
    what = opening[found.end() :]
    sorry = found.group().startswith(("sorry", "apolog"))
    felt = rules.patterns["others_loss"].search(what)
    owned = rules.patterns["own_deed"].search(what)
    if owned and felt and felt.start() < owned.start():
        owned = None  # "any inconvenience to our neighbours"
    if owned or (sorry and not felt):
        return SpeechAct.ADMITS, f"content says '{found.group()}' of its own doing"
    return SpeechAct.EXPRESSES, f"content says '{found.group()}'"


def _performed(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "We reject the demand", "said it condemned the raid": the act is in the verb."""
    verb = clause.verb
    if verb is None or verb.tag is not Tag.VERB or not is_own(wording, clause):
        return None
    if clause.helpers & (_FUTURE | {"was", "were", "been", "could", "would"}):
        return None
    act = act_rules().performing.get(verb.lemma)
    if act is None:
        return None
    head = object_head(clause.rest)
    rules = act_rules()
    turned = SpeechAct(act)
    if verb.lemma == "accept" and head not in rules.requests | rules.yielding | rules.guilt:
        return None  # "had accepted bribes"
    if turned is SpeechAct.REJECTS and head in rules.statements:
        turned = SpeechAct.DENIES
    if clause.negated:
        turned = _NEGATED.get(turned, SpeechAct.ASSERTS)
        if verb.lemma in ("accept", "agree") and head not in rules.requests:
            turned = SpeechAct.DENIES
    if turned is SpeechAct.ASSERTS:
        return None
    return turned, f"content says that the speaker does '{verb.lemma}'"


_NEGATED = {
    SpeechAct.OFFERS: SpeechAct.REJECTS,
    SpeechAct.DEMANDS: SpeechAct.EXPRESSES,
    SpeechAct.DENIES: SpeechAct.ADMITS,
}


def _refusal(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "Could not accept the demand", "there will be no talks"."""
    rules = act_rules()
    verb = clause.verb
    if verb is None:
        return None
    lows = [t.lower for t in clause.words[:6]]
    if lows[:1] == ["there"] and clause.helpers & _FUTURE and "no" in lows:
        head = object_head(clause.rest)
        if head in rules.requests or head in rules.yielding or head in rules.dealings:
            return SpeechAct.REJECTS, f"content says there will be no '{head}'"
    other = clause.subject and clause.subject[-1].lower in ("they", "you")
    if verb.lower in _FUTURE and clause.negated and is_own(wording, clause):
        return SpeechAct.REJECTS, "content says that the speaker will not"
    if clause.negated and clause.helpers & _UNABLE and verb.lemma in rules.yielding and not other:
        return SpeechAct.REJECTS, f"content refuses to '{verb.lemma}'"
    return None


def _blamed(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "Marland had broken the truce", "they opened fire on our trucks"."""
    rules = act_rules()
    verb = clause.verb
    if verb is None or clause.negated or clause.helpers & (_FUTURE | {"could", "may", "might"}):
        return None
    cleft = _cleft(clause)
    if cleft is not None:
        return SpeechAct.ALLEGES, f"content says who did '{cleft}'"
    if clause.passive:
        done = verb.lemma in rules.wrongs | {"carry", "plant", "stage", "launch", "kill", "attack"}
        by = [t.lower for t in clause.rest[:5]]
        if done and "by" in by and not is_own(wording, clause):
            return SpeechAct.ALLEGES, f"content says who did '{verb.lemma}'"
        return None
    pronoun = next((t.lower for t in clause.subject if t.tag is Tag.PRON), "")
    if not clause.subject or is_own(wording, clause) or pronoun in ("i", "we", "he", "she", "who"):
        return None
    if pronoun == "it" and "that" not in in_words(clause.rest[:4]):
        return None
    wronging = rules.patterns["wronging"]
    if verb.lemma in rules.wrongs or wronging.match(f"{verb.lemma} {in_words(clause.rest[:8])}"):
        return SpeechAct.ALLEGES, f"content says that another did '{verb.lemma}'"
    quoted = wording.frame.startswith("quotation") and pronoun == "they"
    if (
        quoted
        and verb.lemma in rules.violence | rules.theirs
        and verb.form == "past"
        and clause.rest
    ):
        return SpeechAct.ALLEGES, f"content says that others did '{verb.lemma}'"
    ours = any(t.lower in ("us", "our", "me", "my") for t in clause.rest[:6])
    harmed = verb.lemma in rules.harm | rules.violence | rules.to_us
    if pronoun in ("they", "you") and ours and harmed and verb.form in ("past", "part"):
        return SpeechAct.ALLEGES, f"content says that another did '{verb.lemma}' to the speaker"
    return None


def _cleft(clause: Clause) -> str | None:
    """The deed in "it was Marland that had fired"; ``None`` where nobody is named so."""
    rules = act_rules()
    lows = [t.lower for t in clause.words]
    if lows[:2] != ["it", "was"] or not {"that", "who"} & set(lows[2:8]):
        return None
    that = next(i for i, low in enumerate(lows) if i > 1 and low in ("that", "who"))
    if any(low in ("our", "its", "not", "we") for low in lows[2:that]):
        return None
    deeds = rules.harm | rules.violence | rules.wrongs
    return next((t.lemma for t in clause.words[that + 1 : that + 4] if t.lemma in deeds), None)


def _threat(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "They will pay for this", "any attack would be met with force"."""
    found = act_rules().patterns["reprisal"].search(clause.longer) if clause.telling else None
    if found:
        return SpeechAct.THREATENS, f"content says '{found.group()}'"
    return None


def _felt(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "We are devastated", "said he felt betrayed", "said she hoped"."""
    rules = act_rules()
    verb, words = clause.verb, clause.words
    if verb is None or len(words) < 2:
        return None
    if is_own(wording, clause):
        if verb.lemma in rules.hope or verb.lower in rules.hope:
            return SpeechAct.EXPRESSES, f"content says '{words[0].lower} {verb.lower}'"
        rest = [verb, *clause.rest[:3]]
        felt = next((t.lower for t in rest if t.lower in rules.moved), None)
        if felt is not None and (clause.helpers & _STATES or verb.lemma in ("be", "feel")):
            return SpeechAct.EXPRESSES, f"content says '{felt}'"
    return None


_STATES = frozenset({"is", "was", "are", "were", "am", "'m", "'re", "’m", "’re", "been", "be"})


def _demand(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "Marland must withdraw", "we want justice", "please stay at home"."""
    rules = act_rules()
    if wording.lemma not in _DEMANDING:
        return None
    demand = rules.patterns["demand"].search(in_words(tokens[:9]))
    guessed = demand and _GUESSED.search(clause.opening)
    if demand and not guessed and not is_own(wording, clause):
        return SpeechAct.DEMANDS, f"content says '{demand.group()}'"
    verb = clause.verb
    if verb is not None and verb.lemma == "want" and is_own(wording, clause) and not clause.negated:
        acts_next = clause.rest and clause.rest[0].lower == "to"
        if not acts_next and clause.rest:
            return SpeechAct.DEMANDS, "content says what the speaker wants"
    quoted = wording.frame.startswith("quotation")
    lows = [t.lower for t in clause.words[:2]]
    if quoted and lows[:1] == ["please"] and len(clause.words) > 1:
        return SpeechAct.DEMANDS, "content says 'please'"
    if quoted and lows[:1] == ["let"] and lows[1:] not in (["us"], ["me"], ["'s"], ["’s"]):
        return SpeechAct.DEMANDS, "content says 'let'"
    return None


def _offered(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "It would pay for the damage"."""
    verb = clause.verb
    if verb is None or not is_own(wording, clause) or clause.negated:
        return None
    if clause.helpers & _FUTURE and verb.lemma in act_rules().giving:
        return SpeechAct.OFFERS, f"content offers to '{verb.lemma}'"
    return None


def _arranged(wording: Wording, clause: Clause, tokens: Sequence[Token]) -> Judgement | None:
    """ "The school would reopen", "it was closing the plant", "its director had resigned"."""
    rules = act_rules()
    verb = clause.verb
    if wording.lemma in ("argue", "suggest", "estimate", "contend"):
        return None
    if wording.act not in _VOICED or verb is None or not clause.subject:
        return None
    subject = clause.subject[-1]
    after = clause.rest[0].lower if clause.rest else ""
    goes = verb.lemma == "go" and after in ("on", "ahead")
    if goes and not clause.negated and verb.form == "s" and subject.tag is Tag.NOUN:
        return SpeechAct.ANNOUNCES, f"content says that it '{verb.lower} {after}'"
    if clause.helpers & _FUTURE and (goes or verb.lemma in rules.arranged):
        ruled = not any(t.lemma in rules.unruled for t in clause.subject)
        if subject.tag is not Tag.PRON and ruled:
            return SpeechAct.ANNOUNCES, f"content says that it will '{verb.lemma}'"
    if clause.negated:
        return None
    mine = clause.subject[0].lower in _POSSESSIVE and verb.form == "base" and verb.tag is Tag.VERB
    if mine and clause.helpers & {"will", "would"} and subject.lemma not in rules.unruled:
        return SpeechAct.ANNOUNCES, f"content says that its own will '{verb.lemma}'"
    if not is_own(wording, clause) and subject.lemma not in rules.bodies | rules.leaders:
        return None
    if verb.form == "ing" and clause.helpers & _STATES and verb.lemma in rules.decided:
        return SpeechAct.ANNOUNCES, f"content says that it is '{verb.lower}'"
    if verb.lemma in rules.just_done and clause.helpers & {"had", "has", "have", "'ve"}:
        return SpeechAct.ANNOUNCES, f"content says that it has '{verb.lower}'"
    return None


_JUDGES: tuple[Judge, ...] = (
    _corrected,
    _regret,
    _phrased,
    _performed,
    _refusal,
    denial,
    verdict,
    _threat,
    _blamed,
    _felt,
    _demand,
    _offered,
    _arranged,
)
