"""How well the claims of the dossiers are gathered into events, beside two plain baselines.

The CoNLL score: the mean F1 of MUC (Vilain et al., 1995: links), B³ (Bagga and Baldwin, 1998:
mentions) and CEAF-e (Luo, 2005: whole clusters, by the best one-to-one match). Mentions are the
annotated claims that the program found; those that may be found or not are left out.

Baselines: claims of one dossier whose chief event word has the same stem (the strong plain
baseline of the literature on events over documents), and claims that share at least two words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from extraction.events.chief import primary
from extraction.events.words import content_words, stem
from extraction.model import Claim
from tests.golden.scoring import Score, _match, dossiers, load

Clusters = list[frozenset[Hashable]]
_SHARED = 2  # words that tie two claims for the second baseline


class Links:
    """MUC, B³ and CEAF-e over any number of dossiers: sums of (right, whole) for each."""

    def __init__(self) -> None:
        self.sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])

    def add(self, gold: Clusters, found: Clusters) -> None:
        """Both partition the same mentions."""
        self._add("muc", *_muc(found, gold), *_muc(gold, found))
        self._add("b3", *_b_cubed(found, gold), *_b_cubed(gold, found))
        best = _best_match(gold, found)
        self._add("ceafe", best, len(found), best, len(gold))

    def _add(self, measure: str, *values: float) -> None:
        self.sums[measure] = [a + b for a, b in zip(self.sums[measure], values, strict=True)]

    def f1(self, measure: str) -> float:
        right, found, hit, wanted = self.sums[measure]
        precision = right / found if found else 1.0
        recall = hit / wanted if wanted else 1.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def conll(self) -> float:
        return sum(self.f1(m) for m in ("muc", "b3", "ceafe")) / 3


def _muc(one: Clusters, other: Clusters) -> tuple[float, float]:
    """Links of ``one`` that ``other`` has too, and all links of ``one``."""
    where = {mention: n for n, cluster in enumerate(other) for mention in cluster}
    right = sum(len(c) - len({where[m] for m in c}) for c in one)
    return right, sum(len(c) - 1 for c in one)


def _b_cubed(one: Clusters, other: Clusters) -> tuple[float, float]:
    """The share of each mention's cluster in ``one`` that ``other`` puts with it, summed."""
    cluster_of = {mention: c for c in other for mention in c}
    right = sum(len(c & cluster_of[m]) / len(c) for c in one for m in c)
    return right, sum(len(c) for c in one)


def _best_match(gold: Clusters, found: Clusters) -> float:
    """Sum of the Dice likeness of clusters matched one to one, as large as it can be."""
    rows, columns = sorted((gold, found), key=len)
    if not rows:
        return 0.0
    cost = [[-2 * len(r & c) / (len(r) + len(c)) for c in columns] for r in rows]
    return -_assignment_cost(cost)


def _assignment_cost(cost: Sequence[Sequence[float]]) -> float:
    """Least cost of giving each row a column of its own (Kuhn and Munkres, O(n²m)).

    There must be at least as many columns as rows.
    """
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        used = [False] * (columns + 1)
        while row_of[column]:
            used[column] = True
            here, step, following = row_of[column], float("inf"), 0
            for c in range(1, columns + 1):
                if used[c]:
                    continue
                price = cost[here - 1][c - 1] - row_price[here] - column_price[c]
                if price < least[c]:
                    least[c], came_from[c] = price, column
                if least[c] < step:
                    step, following = least[c], c
            for c in range(columns + 1):
                if used[c]:
                    row_price[row_of[c]] += step
                    column_price[c] -= step
                else:
                    least[c] -= step
            column = following
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return sum(cost[row_of[c] - 1][c - 1] for c in range(1, columns + 1) if row_of[c])


def clusters_by(keys: Mapping[str, Hashable]) -> Clusters:
    """Mentions with one key are one cluster; a mention whose key is None stands alone."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, key in keys.items():
        found[("alone", mention) if key is None else ("key", key)].add(mention)
    return [frozenset(c) for c in found.values()]


def by_event(claims: Mapping[str, Claim]) -> Clusters:
    return clusters_by({name: claim.event for name, claim in claims.items()})


def by_trigger(claims: Mapping[str, Claim]) -> Clusters:
    """The chief event word's stem; claims without one stand alone."""
    keys: dict[str, Hashable] = {}
    for name, claim in claims.items():
        chief = primary(claim.attribution.happenings)
        keys[name] = None if chief is None else stem(chief.lemma)
    return clusters_by(keys)


def by_words(claims: Mapping[str, Claim]) -> Clusters:
    """Claims that share words, directly or over others, by their first such companion."""
    words = {n: content_words(s.exact for s in c.attribution.contents) for n, c in claims.items()}
    group: dict[str, str] = {}
    for name in claims:
        ties = [other for other in group if len(words[name] & words[other]) >= _SHARED]
        heads = {group[other] for other in ties}
        head = min(heads, default=name)
        group = {n: head if h in heads else h for n, h in group.items()}
        group[name] = head
    return clusters_by(group)


Grouping = Callable[[Mapping[str, Claim]], Clusters]
GROUPINGS: Mapping[str, Grouping] = {
    "events": by_event,
    "trigger stem": by_trigger,
    "shared words": by_words,
}


def scores(names: Iterable[str]) -> dict[str, Links]:
    """Each grouping's scores over the dossiers named."""
    result = {grouping: Links() for grouping in GROUPINGS}
    for name in names:
        expected, reading = load(name)
        found, _ = _match(expected.get("claims", []), reading, Score())
        gold = clusters_by({key: annotated["event"] for key, (annotated, _) in found.items()})
        claims = {key: claim for key, (_, claim) in found.items()}
        for grouping, make in GROUPINGS.items():
            result[grouping].add(gold, make(claims))
    return result


def main() -> None:
    for grouping, links in scores(dossiers()).items():
        each = " ".join(f"{m} {links.f1(m):.3f}" for m in ("muc", "b3", "ceafe"))
        print(f"{grouping:13} CoNLL {links.conll():.3f} ({each})")  # noqa: T201
    counts = Counter((n, c["event"]) for n in dossiers() for c in load(n)[0].get("claims", ()))
    print(f"{len(counts)} events of {counts.total()} claims")  # noqa: T201


if __name__ == "__main__":
    main()
