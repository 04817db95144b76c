"""Scores of a reading against dossiers that were annotated by hand.

A claim is found when its content covers at least half of the annotated words and its source is
the annotated one. Acts, sides, times, events and relations are scored over the claims found.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from extraction.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    DateBasis,
    Precision,
    Published,
    Reading,
    RelationType,
    SideKey,
)
from extraction.pipeline import assemble, read_article

FOLDER = Path(__file__).parent
# What speaks of a dispute; who merely says the same again is not annotated.
SCORED = frozenset(
    {
        RelationType.DENIES,
        RelationType.CONTRADICTS,
        RelationType.ADMITS,
        RelationType.ANSWERS,
        RelationType.COUNTER_ACCUSES,
        RelationType.UPDATES,
        RelationType.CORRECTS,
        RelationType.RETRACTS,
    }
)
_EITHER_WAY = frozenset({RelationType.CONTRADICTS, RelationType.COUNTER_ACCUSES})


@dataclass
class Score:
    """Right, found and expected of each measure, with what went wrong in words."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def precision(self, measure: str) -> float:
        return self.right[measure] / self.found[measure] if self.found[measure] else 1.0

    def recall(self, measure: str) -> float:
        return self.right[measure] / self.expected[measure] if self.expected[measure] else 1.0

    def f1(self, measure: str) -> float:
        p, r = self.precision(measure), self.recall(measure)
        return 2 * p * r / (p + r) if p + r else 0.0

    def tally(self, measure: str, right: bool, what: str) -> None:
        """One thing that is expected and found."""
        self.found[measure] += 1
        self.expected[measure] += 1
        self.right[measure] += right
        if not right:
            self.wrong.append(f"{measure}: {what}")

    def add(self, other: Score) -> None:
        self.right += other.right
        self.found += other.found
        self.expected += other.expected
        self.wrong += other.wrong


def dossiers() -> list[str]:
    return sorted(path.parent.name for path in FOLDER.glob("*/expected.toml"))


def article(name: str, text: str, published: str) -> Article:
    """An article as the readers would give it: one block a paragraph."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            title = not blocks and line.strip()[-1] not in '."”'
            blocks.append(Block(start, end, BlockKind.TITLE if title else BlockKind.PARAGRAPH))
        start = end + 1
    day = date.fromisoformat(published)
    return Article(
        sha256(text.encode()).hexdigest(),
        name,
        "text/plain",
        text,
        tuple(blocks),
        Published(
            datetime(day.year, day.month, day.day),
            datetime(day.year, day.month, day.day, 23, 59),
            Precision.DAY,
            DateBasis.USER,
        ),
        language="en",
    )


def load(name: str) -> tuple[Mapping[str, Any], Reading]:
    """What is expected of a dossier and what the program makes of it."""
    expected = tomllib.loads((FOLDER / name / "expected.toml").read_text("utf-8"))
    articles = [
        article(file, (FOLDER / name / file).read_text("utf-8"), published)
        for file, published in expected["articles"].items()
    ]
    return expected, assemble([read_article(a) for a in articles])


def score(name: str) -> Score:
    expected, reading = load(name)
    result = Score()
    found, spare = _match(expected.get("claims", []), reading, result)
    _attributes(expected, found, reading, result)
    _events(found, result)
    names = {claim.id: key for key, (_, claim) in found.items()} | spare
    _relations(expected.get("relations", []), names, reading, result)
    result.wrong = [f"{name}: {line}" for line in result.wrong]
    return result


def _match(
    claims: Iterable[Mapping[str, Any]], reading: Reading, result: Score
) -> tuple[dict[str, tuple[Mapping[str, Any], Claim]], dict[int, str]]:
    """The claims found, and by claim id the names of those that may be found or not."""
    texts = {r.article.file: r.article for r in reading.articles}
    taken: set[int] = set()
    found: dict[str, tuple[Mapping[str, Any], Claim]] = {}
    spare: dict[int, str] = {}
    for gold in claims:
        source = texts[gold["article"]]
        start = source.text.index(gold["content"], source.text.index(gold.get("after", "")))
        end = start + len(gold["content"])
        best: tuple[float, Claim] | None = None
        for claim in reading.claims:
            if claim.article != source.key or claim.id in taken:
                continue
            covered = sum(
                max(0, min(end, c.end) - max(start, c.start)) for c in claim.attribution.contents
            )
            if covered * 2 < end - start or not _same_source(gold, claim):
                continue
            length = sum(c.end - c.start for c in claim.attribution.contents)
            fit = covered / max(length, end - start)
            if best is None or fit > best[0]:
                best = fit, claim
        optional = gold.get("optional", False)
        if optional:
            if best is not None:
                taken.add(best[1].id)
                spare[best[1].id] = gold["id"]
                result.found["claims"] -= 1
            continue
        result.expected["claims"] += 1
        if best is None:
            result.wrong.append(f"claims: not found '{gold['id']}'")
            continue
        taken.add(best[1].id)
        found[gold["id"]] = gold, best[1]
        result.right["claims"] += 1
    result.found["claims"] += len(reading.claims)
    for claim in reading.claims:
        if claim.id not in taken:
            words = " … ".join(c.exact for c in claim.attribution.contents)
            result.wrong.append(f"claims: '{claim.attribution.cue.exact}' of '{words}' is none")
    return found, spare


def _same_source(gold: Mapping[str, Any], claim: Claim) -> bool:
    source = claim.attribution.source
    return source is not None and (gold["source"] in source.exact or source.exact in gold["source"])


def _attributes(
    expected: Mapping[str, Any],
    found: Mapping[str, tuple[Mapping[str, Any], Claim]],
    reading: Reading,
    result: Score,
) -> None:
    sides = _sides(found.values())
    for key, (gold, claim) in found.items():
        act = claim.speech_act.value
        result.tally("acts", act == gold["act"], f"'{key}' is {act}, not {gold['act']}")
        if expected["parties"]:
            right = sides.get(claim.side, 3) == gold["side"]
            result.tally("sides", right, f"'{key}' is on {claim.side}, not {gold['side']}")
        if "when" in gold:
            when = claim.attribution.when
            said = "none" if when is None else f"{when.earliest:%Y-%m-%d}/{when.latest:%Y-%m-%d}"
            first, _, last = gold["when"].partition("/")
            right = said == f"{first}/{last or first}"
            result.tally("times", right, f"'{key}' is of {said}, not {gold['when']}")
        _figures(gold.get("quantities", ()), claim, result)
        noted = gold.get("verification", "none")
        if noted != "none" or claim.attribution.verification.value != "none":
            right = claim.attribution.verification.value == noted
            result.tally("verification", right, f"'{key}'")
    del reading


def _figures(wanted: Iterable[str], claim: Claim, result: Score) -> None:
    """Figures as "measure low high", a hyphen where the bound is open."""
    got = {f"{q.measure} {_bound(q.low)} {_bound(q.high)}" for q in claim.attribution.quantities}
    for figure in wanted:
        right = figure in got
        said = ", ".join(sorted(got)) or "none"
        result.tally("quantities", right, f"'{figure}' is not among {said}")


def _bound(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"


def _sides(found: Iterable[tuple[Mapping[str, Any], Claim]]) -> dict[SideKey, int]:
    """Which of A and B is the annotator's 1 and 2: the way round that fits better."""
    votes = Counter((claim.side, gold["side"]) for gold, claim in found)
    straight = votes[SideKey.A, 1] + votes[SideKey.B, 2]
    crossed = votes[SideKey.A, 2] + votes[SideKey.B, 1]
    if crossed > straight:
        return {SideKey.A: 2, SideKey.B: 1}
    return {SideKey.A: 1, SideKey.B: 2}


def _events(found: Mapping[str, tuple[Mapping[str, Any], Claim]], result: Score) -> None:
    """Pairs of claims that tell of one event."""
    for (one, (a, first)), (other, (b, second)) in combinations(found.items(), 2):
        wanted = a["event"] == b["event"]
        got = first.event is not None and first.event == second.event
        result.expected["events"] += wanted
        result.found["events"] += got
        result.right["events"] += wanted and got
        if wanted != got:
            result.wrong.append(f"events: '{one}' and '{other}' are {'one' if got else 'two'}")


def _relations(
    relations: Iterable[Mapping[str, Any]],
    names: Mapping[int, str],
    reading: Reading,
    result: Score,
) -> None:
    must: set[tuple[str, str, str]] = set()
    may: set[tuple[str, str, str]] = set()
    for gold in relations:
        triple = _triple(RelationType(gold["type"]), gold["from"], gold["to"])
        (may if gold.get("optional", False) else must).add(triple)
    got = {
        _triple(r.type, names.get(r.source, f"#{r.source}"), names.get(r.target, f"#{r.target}"))
        for r in reading.relations
        if r.type in SCORED and not r.possible
    }
    got -= may
    for measure, kinds in (("relations", SCORED), ("contradicts", {RelationType.CONTRADICTS})):
        wanted = {t for t in must if t[0] in kinds}
        given = {t for t in got if t[0] in kinds}
        result.expected[measure] += len(wanted)
        result.found[measure] += len(given)
        result.right[measure] += len(wanted & given)
        if measure == "relations":
            result.wrong += [f"relations: missing {t}" for t in sorted(wanted - given)]
            result.wrong += [f"relations: wrong {t}" for t in sorted(given - wanted)]


def _triple(kind: RelationType, one: str, other: str) -> tuple[str, str, str]:
    if kind in _EITHER_WAY and other < one:
        one, other = other, one
    return kind.value, one, other


def main() -> None:
    total = Score()
    for name in dossiers():
        total.add(score(name))
    for line in total.wrong:
        print(line)  # noqa: T201
    for measure in sorted(total.expected):
        print(  # noqa: T201
            f"{measure:13} P {total.precision(measure):.3f} R {total.recall(measure):.3f}"
            f" F1 {total.f1(measure):.3f} ({total.right[measure]}/{total.found[measure]}"
            f"/{total.expected[measure]})"
        )


if __name__ == "__main__":
    main()
