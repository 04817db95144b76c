"""A wire story in two outlets is one voice; two reports of their own are two."""

from __future__ import annotations

from extraction.model import Reading, RelationType
from extraction.pipeline import assemble, read_article
from tests.golden.scoring import article

STORY = """Shells hit the market at Tarn

Velmark's defence ministry said on May 4 that Ostranan guns had shelled the market at Tarn on
Monday, killing 12 people. Ostrana's army denied shelling the market.

{witness} said that shells had hit the market at Tarn on Monday and that 12 people had been killed.
The town lies on the river that both states call their own, and its bridge has been closed to
lorries since the first week of the quarrel. Ferries go twice a day, when the water allows it, and
the mill on the eastern bank has been without power since the line was cut in the spring.
"""


def read(*texts: str) -> Reading:
    return assemble(
        [read_article(article(f"{n}.txt", text, "2031-05-06")) for n, text in enumerate(texts)]
    )


def between_articles(reading: Reading) -> set[RelationType]:
    of = {claim.id: claim.article for claim in reading.claims}
    return {r.type for r in reading.relations if of[r.source] != of[r.target]}


def test_a_copy_restates_and_does_not_corroborate() -> None:
    reading = read(
        STORY.format(witness="The Tarn hospital"), STORY.format(witness="The Red Lantern society")
    )
    found = between_articles(reading)
    assert RelationType.CORROBORATES not in found
    assert RelationType.RESTATES in found
    why = [r.reasons for r in reading.relations if "copies" in " ".join(r.reasons)]
    assert why


def test_a_report_of_its_own_corroborates() -> None:
    reading = read(
        STORY.format(witness="The Tarn hospital"),
        "Market under fire\n\nThe Red Lantern society said shells had hit the market at Tarn on "
        "May 5, killing 12 people.\n",
    )
    assert RelationType.CORROBORATES in between_articles(reading)
