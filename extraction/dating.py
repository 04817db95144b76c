"""When the content of an attribution happened and when it was said, each with what it rests on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

from extraction import lexicon
from extraction.asides import happened, is_aside
from extraction.attribution import RawAttribution
from extraction.events.kinds import compatible
from extraction.events.notes import OWN_EVENT
from extraction.happenings import Draft, family
from extraction.model import (
    BlockKind,
    FuzzyInterval,
    Precision,
    Published,
    Span,
    SpeechAct,
    TimeExpression,
)
from extraction.nights import before_dawn, night_before
from extraction.reckoning import both_ends, counted_from, dated_clause, in_what
from extraction.tellings import (
    Dated,
    Told,
    dates_a_saying,
    holds,
    is_clock,
    is_one_day,
    lies_inside,
    points_at,
    publication,
    second_verb,
    whole_day,
)
from extraction.text.analysis import Sentence, Tag, TextAnalysis, Token

_HEAD = re.compile(r"[A-Z]{2}[^\n]{0,70}?\s(?:--|—|–|-)\s")
_LONGEST_HEAD = 90  # code points of a dateline
_BACK = 3  # sentences that a time is carried over
_SHORT = 8  # tokens between an event and the clause that says when it began or ended
_LONGEST = 4000  # code points of a content that a time is looked for in
_REACH = 90  # code points between a cue and the time of its saying
_BESIDE_A_STAMP = 12  # code points that may stand beside the clock time that is a block of its own
_HEADS = (BlockKind.DATELINE, BlockKind.METADATA, BlockKind.BYLINE)
_FINE = (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY, Precision.DAY)
# The act is the event, unless its content tells of one with a time of its own.
_ACT_OR_CONTENT = frozenset({SpeechAct.CONDEMNS, SpeechAct.ANNOUNCES})
# What it answers has the time; carrying one over from another sentence would be a guess.
_UNDATED = frozenset({SpeechAct.DENIES, SpeechAct.RETRACTS, SpeechAct.EXPRESSES})


class Dating:
    """Times of one article, looked up by offset."""

    def __init__(
        self,
        analysis: TextAnalysis,
        times: Sequence[TimeExpression],
        raws: Sequence[RawAttribution],
        published: Published,
    ) -> None:
        self.analysis = analysis
        self.times = sorted(times, key=lambda t: t.span.start)
        self.starts = [t.span.start for t in self.times]
        self.published = publication(published)
        table = lexicon.load("en", "dating")
        self.streak = re.compile(table["streak"], re.IGNORECASE)
        self.ordinals: dict[str, int] = {
            word: number for number, word in enumerate(table["ordinals"].split(), start=1)
        }
        blocks = {block.start for block in analysis.blocks if block.kind not in _HEADS}
        self.stamps = {t.span.start for t in self.times if t.span.start in blocks and is_clock(t)}
        self.headed = self._headed()
        self.entries = self._entries()
        self.inside = sorted(
            (c.start, c.end, index) for index, raw in enumerate(raws) for c in raw.contents
        )
        self.raws = raws
        self.speech = lexicon.words(table, "speech", "dating.toml")
        self.joining = lexicon.words(table, "joining", "dating.toml")
        self.witnessing = lexicon.words(table, "witnessing", "dating.toml")
        self.trailing = lexicon.words(table, "trailing", "dating.toml")
        self.ending = lexicon.words(table, "begin_or_end", "dating.toml")
        self.sayings = {
            dated.span.start
            for raw in raws
            if raw.nested_in is not None
            for dated in (self.of_saying(raw),)
            if dated is not None and dated.span is not None
        }

    def _headed(self) -> set[int]:
        """Times in a dateline ("PELL, May 6 (Radio) --"): of the report, not of what it tells."""
        found: set[int] = set()
        for block in self.analysis.blocks:
            stop = min(block.end, block.start + _LONGEST_HEAD)
            match = _HEAD.match(self.analysis.text, block.start, stop)
            if match is not None:
                found.update(t.span.start for t in self.between(block.start, match.end()))
        return found

    def _entries(self) -> list[TimeExpression]:
        """Clock times that head the entries of a live report, in order; none in other articles."""
        heads = [t for t in self.times if t.span.start in self.stamps]
        ends = {block.start: block.end for block in self.analysis.blocks}
        alone = any(ends[t.span.start] - t.span.end <= _BESIDE_A_STAMP for t in heads)
        return heads if alone or len(heads) > 1 else []

    def between(self, start: int, end: int) -> list[TimeExpression]:
        found = []
        for expression in self.times[bisect_left(self.starts, start) :]:
            if expression.span.start >= end:
                break
            found.append(expression)
        return found

    # ------------------------------------------------------------------ what happened when

    def in_stretch(self, start: int, end: int, near: int, basis: str) -> Dated | None:
        """The time in a stretch that lies nearest to ``near``; a finer one inside it wins."""
        streak = self.days_in_a_row(start, end)
        if streak is not None:
            return streak
        dated = [
            t
            for t in self.between(start, end)
            if t.interval is not None
            and t.span.start not in self.sayings
            and t.span.start not in self.stamps
            and t.span.start not in self.headed
            and not self.names(t)
            and not is_aside(self.analysis, near, t.span.start)
        ]
        if not dated:
            return None
        best = min(dated, key=lambda t: (abs(t.span.start - near), t.span.start))
        for other in dated:
            if lies_inside(other, best):
                best = other
        assert best.interval is not None
        words = f"'{best.span.exact}' {basis}"
        if best.anchor:
            words += f", counted from {best.anchor}"
        whole = both_ends(self.analysis.text, self.times, best)
        interval = whole or before_dawn(self.analysis, best) or best.interval
        return Dated(interval, best.span, f"time: {words}")

    def names(self, expression: TimeExpression) -> bool:
        """ "A 1998 accord": the year belongs to the thing and is not when anything was done."""
        interval = expression.interval
        if interval is None or interval.precision not in (Precision.YEAR, Precision.DECADE):
            return False
        at = self.analysis.token_index_at(expression.span.end)
        tokens = self.analysis.tokens
        behind = at + 1 if at < 0 or tokens[at].start < expression.span.end else at
        follows = behind < len(tokens) and tokens[behind].tag in (Tag.NOUN, Tag.ADJ)
        before = self.analysis.token_index_at(expression.span.start) - 1
        return follows and before >= 0 and tokens[before].tag in (Tag.DET, Tag.ADJ, Tag.PART)

    def days_in_a_row(self, start: int, end: int) -> Dated | None:
        """ "for a second day": from the day before to the day that it is said of."""
        match = self.streak.search(self.analysis.text, start, end)
        if match is None:
            return None
        count = self.ordinals.get(match["nth"].lower(), 0)
        day = self.day_of(match.start())
        if count < 2 or day is None:
            return None
        first = datetime.combine(day.earliest.date() - timedelta(days=count - 1), time.min)
        interval = FuzzyInterval(
            first,
            datetime.combine(day.latest.date(), time(23, 59)),
            Precision.DAY,
            open_end=True,
            basis=f"'{match[0]}' counted back from {day.basis or 'that day'}",
        )
        return Dated(
            interval, Span.cut(self.analysis.text, match.start(), match.end()), interval.basis
        )

    def day_of(self, offset: int) -> FuzzyInterval | None:
        """The day that a sentence speaks of: the one it names, else that of publication."""
        sentence = self.analysis.sentence_at(offset)
        if sentence is not None:
            for expression in self.between(sentence.start, sentence.end):
                interval = expression.interval
                if interval is not None and interval.precision in _FINE and is_one_day(interval):
                    return replace(interval, basis=f"'{expression.span.exact}'")
        return self.published

    def of_draft(self, draft: Draft, low: int, high: int) -> Dated | None:
        """The time of a predicate: of its clause, else of the stretch ``[low, high)``."""
        at = draft.happening.trigger.start
        start, end = max(draft.start, low), min(draft.end, high)
        found = self.in_stretch(start, end, at, "in its clause") if start < end else None
        if found is not None:
            return found
        found = self.in_stretch(low, high, at, "in the same sentence")
        if found is None or found.span is None:
            return None
        apart = self.parted(at, found.span.start, purpose=True)
        return found if not apart or self.bounds_it(at, found.span.start) else None

    def bounds_it(self, one: int, other: int) -> bool:
        """Whether a relative clause says when it began or ended ("a siege that began in 1931")."""
        between = self.analysis.tokens_between(one + 1, other)
        verbs = [t.lemma for t in between if t.tag is Tag.VERB]
        if len(verbs) == 1 and _goes_on(between):
            return True
        if len(verbs) == 1 and happened(between):
            return len(between) <= _SHORT  # "the raid, which took place before dawn"
        return bool(verbs) and all(v in self.ending for v in verbs) and len(between) <= _SHORT

    def parted(self, one: int, other: int, *, purpose: bool = False) -> bool:
        """Whether another clause begins between two offsets: then they do not go together.

        With ``purpose``, what something was done for ("fired gas to clear the square on Friday")
        is no such clause.
        """
        first, last = min(one, other), max(one, other)
        between = self.analysis.tokens_between(first + 1, last)
        aims = {
            t.start
            for before, t in pairwise(between)
            if purpose and one < other and before.lower == "to" and t.form == "base"
        }
        return any(
            (
                t.tag is Tag.VERB
                and t.start not in aims
                and not second_verb(between, at)
                and not (one < other and self.at_the_same(between, at))
                and not self.is_weak(between, at)
            )
            or t.lower in ("who", "which", "that", "what")
            or (t.tag is Tag.SCONJ and t.lower not in self.joining)
            for at, t in enumerate(between)
        )

    def at_the_same(self, tokens: Sequence[Token], at: int) -> bool:
        """ "Was killed when gunmen opened fire on Friday": one time for both clauses."""
        when = next((k for k in range(at) if tokens[k].lower == "when"), -1)
        return when >= 0 and not any(t.tag is Tag.VERB or t.lower == "," for t in tokens[when:at])

    def is_weak(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a verb begins no clause of its own: "sealed boxes", "found swelling"."""
        token = tokens[at]
        if token.lemma in self.witnessing:
            return True
        if token.form != "past" or at + 1 >= len(tokens) or tokens[at + 1].tag is not Tag.NOUN:
            return False
        before = tokens[at - 1].tag if at else Tag.VERB
        return before not in (Tag.NOUN, Tag.PROPN, Tag.PRON, Tag.AUX, Tag.ADV)

    def of_content(
        self, raw: RawAttribution, main: Draft | None, told: Sequence[Told], said: Dated | None
    ) -> Dated | None:
        """When the content of an attribution happened; None where nothing says."""
        if raw.act in OWN_EVENT:
            return said
        lead = self.lead(raw)
        for content in raw.contents:
            if main is not None and not holds(content, main.happening.trigger):
                continue
            at = main.happening.trigger.start if main is not None else content.start
            if main is not None:
                low, high = self.sentence_part(content, at)
                found = self.of_draft(main, max(low, lead), high)
            else:
                found = self.in_stretch(*self.sentence_part(content, at), at, "in the content")
            if found is not None and not self.too_late(found, main):
                return self.over(found, main, said)
        for content in raw.contents:
            if main is None:
                break
            if holds(content, main.happening.trigger) or not content.exact.strip():
                continue
            part = self.sentence_part(content, content.start)
            found = self.in_stretch(*part, content.start, "in another part of the content")
            if found is not None and not self.too_late(found, main):
                return found
        return self.around(raw) or self.by_others(raw, main, told, said)

    def by_others(
        self, raw: RawAttribution, main: Draft | None, told: Sequence[Told], said: Dated | None
    ) -> Dated | None:
        """The time of content that names none: when it was said, or what was told before."""
        if raw.act in _ACT_OR_CONTENT:
            return said
        if main is None or main.happening.modality != "actual" or raw.act in _UNDATED:
            return None
        if main.ongoing and said is not None:
            basis = f"going on when it was said: {said.interval.basis or said.reason}"
            interval = replace(whole_day(said.interval), open_start=True, basis=basis)
            return Dated(interval, said.span, "time: going on when it was said")
        found = self.carried(main, raw.sentence, told)
        if found is None:
            return None
        sentence = self.analysis.sentence_at(raw.cue.start)
        near = self.between(sentence.start, sentence.end) if sentence is not None else []
        trigger = main.happening.trigger
        counted = counted_from(self.analysis, near, trigger, found.interval)
        if counted is None:
            return found
        return Dated(counted, found.span, f"time: counted, {counted.basis}", found.places)

    def around(self, raw: RawAttribution) -> Dated | None:
        """The time of the clause that a saying stands in: "in 2031, when", "in what he called"."""
        before = in_what(self.analysis, raw)
        if before is not None:
            return self.in_stretch(*before, before[1], "in the same sentence")
        clause = self.in_clause(raw)
        if clause is None or clause.interval is None:
            return None
        return Dated(clause.interval, clause.span, f"time: '{clause.span.exact}' before the clause")

    def in_clause(self, raw: RawAttribution) -> TimeExpression | None:
        sentence = self.analysis.sentence_at(raw.cue.start)
        if sentence is None:
            return None
        near = self.between(sentence.start, raw.cue.start)
        return dated_clause(self.analysis, near, raw) if near else None

    def over(self, found: Dated, main: Draft | None, said: Dated | None) -> Dated:
        """ "Said on Friday that it burned down overnight": the night that was over by then."""
        done = main is None or main.happening.modality == "actual"
        if said is None or said.span is None or not done:
            return found
        interval = night_before(found.interval, said.interval)
        if interval is found.interval:
            return found
        return Dated(interval, found.span, f"{found.reason}, over when it was said", found.places)

    def too_late(self, dated: Dated, main: Draft | None) -> bool:
        """Whether a thing told as done would lie after the publication: then it was misread."""
        if main is None or main.happening.modality != "actual" or self.published is None:
            return False
        return dated.interval.earliest > self.published.latest

    def lead(self, raw: RawAttribution) -> int:
        """Where the deed begins in "accused X on Sunday of shelling": before it is the saying."""
        content = raw.contents[0]
        if raw.target is None or not content.contains(raw.target):
            return 0
        for token in self.analysis.tokens_between(raw.target.end, content.end):
            if token.lower in ("of", "for", "to"):
                return token.start
            if token.tag is Tag.VERB:
                break
        return 0

    def sentence_part(self, content: Span, at: int) -> tuple[int, int]:
        """The part of a content that lies in the sentence of ``at``."""
        sentence = self.analysis.sentence_at(at)
        if sentence is None:
            return content.start, content.end
        return max(content.start, sentence.start), min(content.end, sentence.end)

    @staticmethod
    def carried(main: Draft, sentence: int, told: Sequence[Told]) -> Dated | None:
        """The time that a sentence shortly before gives to the same happening."""
        kind = family(main.happening.family)
        if kind is None:
            return None
        places = main.happening.places
        for earlier in reversed(told):
            if earlier.sentence < sentence - _BACK:
                break
            if earlier.group != kind.group and not compatible(earlier.group, kind.group):
                continue
            if places and earlier.places:
                if not set(places) & set(earlier.places):
                    continue
            elif earlier.sentence < sentence - 1 or not points_at(main, kind.group, earlier):
                continue
            interval = replace(
                earlier.dated.interval, basis="as in an earlier sentence about the same"
            )
            reason = "time: from an earlier sentence about it"
            return Dated(interval, earlier.dated.span, reason, places or earlier.places)
        return None

    # ------------------------------------------------------------------ when it was said

    def of_saying(self, raw: RawAttribution) -> Dated | None:
        """The time that stands with the cue, outside of anything that is quoted."""
        sentence = self.analysis.sentence_at(raw.cue.start)
        if sentence is None:
            return None
        best = self.in_clause(raw)
        for expression in self.between(sentence.start, sentence.end) if best is None else ():
            near = self.reaches(raw, expression, sentence)
            if not dates_a_saying(expression) or not near:
                continue
            stamp = expression.span.start in self.stamps
            if self.quoted(expression.span.start, raw) and not stamp:
                continue
            if not stamp and self.parted(raw.cue.start, expression.span.start):
                continue
            if not stamp and expression.span.start < raw.cue.start and self.trails(raw):
                continue
            if best is None or abs(expression.span.start - raw.cue.start) < abs(
                best.span.start - raw.cue.start
            ):
                best = expression
        if best is None or best.interval is None:
            return None
        interval = replace(best.interval, basis=f"'{best.span.exact}' with the cue")
        return Dated(interval, best.span, f"said: '{best.span.exact}' with the cue")

    def trails(self, raw: RawAttribution) -> bool:
        """Whether a saying only follows on the main clause: "a day earlier, after denying it"."""
        at = self.analysis.token_index_at(raw.cue.start)
        return at > 0 and self.analysis.tokens[at - 1].lower in self.trailing

    def of_speech(self, sentence: Sentence) -> Dated | None:
        """The time of the speech or statement that a sentence tells of."""
        tokens = self.analysis.sentence_tokens(sentence)
        if not any(t.lemma in self.speech for t in tokens):
            return None
        for expression in self.between(sentence.start, sentence.end):
            if dates_a_saying(expression) and expression.interval is not None:
                basis = f"'{expression.span.exact}' of the occasion named before"
                interval = replace(expression.interval, basis=basis)
                return Dated(interval, expression.span, f"said: {basis}")
        return None

    def quoted(self, offset: int, raw: RawAttribution) -> bool:
        """Whether an offset stands in what somebody says, other than around this very cue."""
        at = bisect_left(self.inside, (offset + 1, 0, 0)) - 1
        while at >= 0 and offset - self.inside[at][0] <= _LONGEST:
            start, end, index = self.inside[at]
            own = self.raws[index] is raw and offset >= self.lead(raw)
            if self.raws[index] is raw and not own:
                return False
            if start <= offset < end and (own or not start <= raw.cue.start < end):
                return True
            at -= 1
        return False

    def reaches(self, raw: RawAttribution, expression: TimeExpression, sentence: Sentence) -> bool:
        """Whether a time belongs to the saying: near the cue, or at the head of the sentence."""
        if abs(expression.span.start - raw.cue.start) <= _REACH:
            return True
        return expression.span.start - sentence.start <= _REACH // 2

    def of_entry(self, offset: int) -> Dated | None:
        """The time of the live report's entry that an offset stands in."""
        at = bisect_right(self.entries, offset, key=lambda t: t.span.start) - 1
        if at < 0:
            return None
        head = self.entries[at]
        if head.interval is None:
            return None
        basis = f"entry of '{head.span.exact}'"
        return Dated(replace(head.interval, basis=basis), head.span, f"said: {basis}")

    def by_publication(self) -> Dated | None:
        if self.published is None:
            return None
        return Dated(self.published, None, f"said: {self.published.basis}")


def _goes_on(tokens: Sequence[Token]) -> bool:
    """ "Fired on a boat that was measuring on Friday": it went on then, so both have one time."""
    return any(
        first.lower in ("who", "which", "that")
        and be.lower in ("was", "were")
        and going.form == "ing"
        and going.tag is Tag.VERB
        for first, be, going in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )
