"""A dispute between two invented parties as rows, and many marks at random."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from db.rows import (
    ArticleRow,
    ClaimRow,
    EventRow,
    MentionRow,
    RelationRow,
    ReviewState,
    SideRow,
    Status,
)
from desktop.timeline.data import ACTS, STATUSES, TimelineData
from desktop.timeline.index import Link
from extraction.model import (
    DateBasis,
    EventType,
    Form,
    FuzzyInterval,
    Precision,
    RelationType,
    SideKey,
    Span,
    SpeechAct,
    Verification,
)

A, B, THIRD = SideKey.A, SideKey.B, SideKey.THIRD


def day(
    month: int, number: int, *, to: tuple[int, int] | None = None, year: int = 2031, **more: Any
) -> FuzzyInterval:
    last = to or (month, number)
    return FuzzyInterval(
        datetime(year, month, number),
        datetime(year, *last, 23, 59),
        more.pop("precision", Precision.DAY),
        **more,
    )


def part(month: int, number: int, first: int, last: int) -> FuzzyInterval:
    return FuzzyInterval(
        datetime(2031, month, number, first),
        datetime(2031, month, number, last - 1, 59),
        Precision.PART_OF_DAY,
    )


def years(first: int, last: int, precision: Precision = Precision.YEAR) -> FuzzyInterval:
    return FuzzyInterval(datetime(first, 1, 1), datetime(last, 12, 31, 23, 59), precision)


ROWS: Sequence[tuple[Any, ...]] = (
    # side, speaker, act, content, when, said, status, event
    (
        A,
        "Tolmar's coast guard",
        "alleges",
        "Veshnan boats had cut nets off the port of Marrow two nights running",
        day(5, 12, to=(5, 13), open_end=True),
        day(5, 13),
        "disputed",
        1,
    ),
    (
        A,
        "Tolmar's coast guard",
        "alleges",
        "ramming the trawlers Oster, Pell and Quin",
        day(5, 13),
        day(5, 13),
        "asserted",
        2,
    ),
    (
        B,
        "Veshny's harbour office",
        "denies",
        "crossing into Tolmari waters",
        day(5, 12, to=(5, 13)),
        day(5, 13),
        "asserted",
        1,
    ),
    (
        B,
        "Governor Hale",
        "admits",
        "a patrol boat of his had rammed a barge near Marrow",
        day(5, 12),
        day(5, 13),
        "admitted",
        1,
    ),
    (
        B,
        "Governor Hale",
        "announces",
        "called the patrols back to port",
        day(5, 13),
        day(5, 13),
        "asserted",
        3,
    ),
    (
        B,
        "The governor's staff",
        "alleges",
        "the lamp at Sella has been shot at since Saturday",
        day(5, 10, to=(5, 13), open_end=True),
        day(5, 13),
        "asserted",
        4,
    ),
    (
        A,
        "Tolmar",
        "alleges",
        "mines had been laid below the Kettle lock",
        part(5, 12, 18, 24),
        day(5, 12),
        "denied",
        5,
    ),
    (
        A,
        "Harbour police",
        "asserts",
        "a mine went off and hurt two divers",
        part(5, 12, 18, 24),
        None,
        "confirmed",
        5,
    ),
    (
        B,
        "Veshny's harbour office",
        "denies",
        "laying mines off Marrow or at the lock",
        part(5, 12, 18, 24),
        day(5, 13),
        "asserted",
        5,
    ),
    (
        A,
        "Tolmar",
        "asserts",
        "to have arrested Governor Hale's brother",
        day(5, 12),
        day(5, 12),
        "unverified",
        6,
    ),
    (
        A,
        "A customs officer",
        "asserts",
        "the brother had a forged passport",
        day(5, 12),
        day(5, 13),
        "unverified",
        6,
    ),
    (
        A,
        "President Orrin",
        "demands",
        "that Veshny show its logbooks to inspectors",
        None,
        part(5, 12, 18, 22),
        "denied",
        7,
    ),
    (B, "Veshny", "rejects", "Orrin's demands", day(5, 13), day(5, 13), "asserted", 7),
    (
        A,
        "Tolmar's coast guard",
        "asserts",
        "the catch has fallen by half at nine landing places",
        day(5, 5, to=(5, 13), open_end=True),
        day(5, 13),
        "disputed",
        8,
    ),
    (
        B,
        "Veshny's fleet",
        "denies",
        "any loss of catch",
        day(5, 5, to=(5, 13)),
        day(5, 13),
        "asserted",
        8,
    ),
    (
        THIRD,
        "Red Lantern",
        "condemns",
        "the use of mines where families fish",
        None,
        day(5, 12),
        "asserted",
        9,
    ),
    (THIRD, "Two envoys", "demands", "a pause of thirty days", None, day(5, 13), "asserted", 10),
    (THIRD, "The Strait Council", "demands", "a pause", day(5, 9), day(5, 9), "asserted", 10),
    (
        THIRD,
        "A researcher",
        "asserts",
        "the shoals are moving north",
        None,
        day(5, 13),
        "asserted",
        11,
    ),
    (
        SideKey.BOTH,
        "Both fleets",
        "asserts",
        "31 boats lost this season",
        day(5, 5, to=(5, 13)),
        day(5, 13),
        "asserted",
        12,
    ),
    (B, "Veshny", "offers", "to sit down with a mediator at Lorn", None, None, "asserted", 13),
    (
        B,
        "Veshny",
        "retracts",
        "its report of a sunk ferry",
        day(5, 8),
        day(5, 10),
        "retracted",
        14,
    ),
    (
        A,
        "Tolmar's coast guard",
        "corrects",
        "the number of landing places from eight to nine",
        day(5, 11),
        day(5, 11),
        "corrected",
        8,
    ),
    (
        A,
        "President Orrin",
        "asserts",
        "grounds given up in the early 2000s",
        years(2000, 2003),
        part(5, 12, 18, 22),
        "asserted",
        15,
    ),
    (
        THIRD,
        "A bishop",
        "expresses",
        "sorrow for the drowned",
        None,
        day(5, 13),
        "asserted",
        16,
    ),
    (
        B,
        "Veshny",
        "announces",
        "closed its consulate in Marrow",
        day(5, 4, to=(5, 10), precision=Precision.WEEK),
        None,
        "asserted",
        17,
    ),
)


def _claim(number: int, row: tuple[Any, ...]) -> ClaimRow:
    side, speaker, act, content, when, said, status, event = row
    return ClaimRow(
        id=number, article_id=1 + number % 2, event_id=event, actor_id=None, speaker=speaker,
        side=side, speech_act=SpeechAct(act), form=Form.INDIRECT, content=content,
        source_span=None, cue_span=Span(0, 4, "said"), content_spans=(Span(5, 9, "that"),),
        when=when, when_span=None, said=said, places=(), quantities=(),
        verification=Verification.NONE, verification_span=None, nested_in=None,
        review=ReviewState.SUGGESTED, status=Status(status),
        disputed_by={"disputed": 2, "denied": 1}.get(status, 0),
        reasons=(f"cue '{act}'", "day named in the sentence"),
    )  # fmt: skip


def claims() -> list[ClaimRow]:
    return [_claim(number, row) for number, row in enumerate(ROWS, 1)]


def events() -> list[EventRow]:
    found = []
    for number in range(1, 18):
        members = tuple(row.id for row in claims() if row.event_id == number)
        found.append(
            EventRow(
                number, f"Event {number}", EventType.ASSAULT, None, (), (), members, (), False, ()
            )
        )
    told = (
        ("Boats collide in the strait", day(5, 5)),
        ("An earlier quarrel ends with a lease of the grounds", years(2004, 2004)),
        ("Mines drift ashore in two bays", day(5, 12)),
    )
    for number, (label, when) in enumerate(told, 18):
        mention = MentionRow(1, number, Span(0, 4, "Boat"), when, ())
        found.append(
            EventRow(number, label, EventType.ASSAULT, when, (), (), (), (mention,), False, ())
        )
    return found


def relations() -> list[RelationRow]:
    pairs = (
        (RelationType.DENIES, 3, 1), (RelationType.ADMITS, 4, 1), (RelationType.DENIES, 9, 7),
        (RelationType.ANSWERS, 13, 12), (RelationType.CONTRADICTS, 15, 14),
        (RelationType.COUNTER_ACCUSES, 6, 1),
    )  # fmt: skip
    return [
        RelationRow(number, kind, source, target, 0.8, kind is RelationType.COUNTER_ACCUSES,
                    ReviewState.SUGGESTED, ("same place and day",))
        for number, (kind, source, target) in enumerate(pairs, 1)
    ]  # fmt: skip


def articles() -> list[ArticleRow]:
    return [
        ArticleRow(number, number, str(number) * 8, f"{number}.txt", title, outlet, "", "en",
                   datetime(2031, 5, 13), datetime(2031, 5, 13, 23, 59), Precision.DAY,
                   DateBasis.METADATA, (), (), 10, ())
        for number, (title, outlet) in enumerate(
            (("Nets cut at Marrow", "Harbour Wire"), ("Hale calls patrols back", "Hill Courier")), 1
        )
    ]  # fmt: skip


def sides() -> list[SideRow]:
    return [
        SideRow(A, "Tolmar", "", "", 4, 12, ()),
        SideRow(B, "Veshny", "", "", 3, 10, ()),
        SideRow(THIRD, "Third parties", "", "", 5, 5, ()),
    ]


class Numbered(Sequence[str]):
    """Made-up labels, made when they are asked for."""

    def __init__(self, numbers: npt.NDArray[np.int64], words: Sequence[str]) -> None:
        self.numbers, self.words = numbers, words

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, at: Any) -> Any:
        number, words = int(self.numbers[at]), self.words
        return f"{words[number % 7].capitalize()} at place {number} {words[(number * 3) % 7]}"

    def pick(self, order: npt.NDArray[np.int64]) -> Numbered:
        return Numbered(self.numbers[order], self.words)


def many(count: int, *, seed: int = 7, days: float = 3650.0) -> TimelineData:
    """``count`` marks over ``days``, in bursts, with every status, act and kind of width."""
    random = np.random.default_rng(seed)
    bursts = random.uniform(0, days, max(count // 200, 3))
    start = np.where(
        random.random(count) < 0.7,
        random.choice(bursts, count) + random.normal(0, 4, count),
        random.uniform(0, days, count),
    )
    length = random.choice(
        [0.02, 0.25, 1.0, 2.0, 7.0, 30.0], count, p=[0.1, 0.2, 0.5, 0.1, 0.07, 0.03]
    )
    start = 18000.0 + np.floor(start * 4) / 4
    fade = np.minimum(length * 0.3, 1.0)
    words = (
        "shells fall",
        "port closed",
        "denies",
        "convoy stopped",
        "bridge",
        "talks",
        "seven dead",
    )
    columns = {
        "start": start,
        "end": start + length,
        "core_start": start + fade,
        "core_end": start + length - fade,
        "open_start": random.random(count) < 0.05,
        "open_end": random.random(count) < 0.1,
        "point": random.random(count) < 0.1,
        "between": np.zeros(count, np.bool_),
        "zone": random.choice([0, 1, 2], count, p=[0.45, 0.45, 0.1]),
        "status": random.integers(0, len(STATUSES), count),
        "act": random.integers(0, len(ACTS) + 1, count),
        "disputed": random.random(count) < 0.3,
        "importance": random.gamma(2, 1, count),
        "claim_id": np.arange(1, count + 1),
        "event_id": np.arange(1, count + 1) // 3,
    }
    labels = Numbered(np.arange(count), words)
    links = tuple(
        Link(int(a), int(b), int(kind))
        for a, b, kind in zip(
            random.integers(1, count + 1, min(count // 10, 10_000)),
            random.integers(1, count + 1, min(count // 10, 10_000)),
            random.integers(4, 8, min(count // 10, 10_000)),
            strict=True,
        )
    )
    return TimelineData.from_columns(columns, labels, links)


NOW = datetime(2031, 5, 14) + timedelta(hours=9)
