"""Whatever is typed finds what it should and never breaks."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import Dossier, SearchHits
from db.search import query_of
from extraction.model import SideKey
from tests.db.samples import article_of, assemble, many


def test_words_of_claims_and_articles(dossier: Dossier) -> None:
    # The shorter text of the two is the better hit.
    assert dossier.search("mill") == SearchHits((4, 1), (2, 1))
    assert dossier.search("bridge") == SearchHits((5,), (2,))
    assert dossier.search("smoke") == SearchHits((), (1,))
    assert dossier.search("elephant") == SearchHits((), ())


@pytest.mark.parametrize("words", ["temoins", "TÉMOINS", "témo", "témoins said nothing"])
def test_accents_case_and_beginnings(dossier: Dossier, words: str) -> None:
    assert dossier.search(words).article_ids == (1,)


def test_the_word_being_typed_is_a_beginning_the_others_are_whole(dossier: Dossier) -> None:
    assert dossier.search("stray rou").claim_ids == (4,)
    assert dossier.search("str round").claim_ids == ()


def test_phrases_and_exclusions(dossier: Dossier) -> None:
    assert dossier.search('"stray round"').claim_ids == (4,)
    assert dossier.search('"round stray"').claim_ids == ()
    assert set(dossier.search("Ostrava").claim_ids) == {1, 2, 4}
    assert set(dossier.search("Ostrava -mill").claim_ids) == {2}


def test_a_claim_is_found_by_its_actors_name(dossier: Dossier) -> None:
    third = article_of("third.txt", [("the Korr army", "said", "all was quiet", "Adda")])
    reading = assemble([*dossier.readings(), third[1]])
    dossier.record_import([third], reading, [], started=datetime(2031, 5, 1))
    found = dossier.search("korr ar")
    assert {claim.id for claim in dossier.claims() if claim.speaker == "the Korr army"} <= set(
        found.claim_ids
    )


def test_the_index_follows_undo_and_redo(dossier: Dossier) -> None:
    assert dossier.search("bridge").claim_ids
    dossier.undo()
    assert dossier.search("bridge") == SearchHits((), ())
    dossier.redo()
    assert dossier.search("bridge").claim_ids == (5,)


def test_as_many_hits_as_were_asked_for(empty: Dossier) -> None:
    new = many(30)
    empty.record_import(new, assemble([r for _, r in new]), [], started=datetime(2031, 5, 1))
    hits = empty.search("soldiers", limit=50)
    assert len(hits.claim_ids) == 50
    assert len(hits.article_ids) == 30
    assert len(set(empty.search("soldiers", limit=10_000).claim_ids)) == 600


def test_common_words_are_not_ranked(empty: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    new = many(3)
    empty.record_import(new, assemble([r for _, r in new]), [], started=datetime(2031, 5, 1))
    monkeypatch.setattr("db.search._RANK_AT_MOST", 5)
    assert empty.search("soldiers", limit=4).claim_ids == (1, 2, 3, 4)


@pytest.mark.parametrize("most", [5, 2_000])
def test_first_hits_are_hits_however_common_what_is_typed(
    empty: Dossier, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    new = many(5)
    empty.record_import(new, assemble([r for _, r in new]), [], started=datetime(2031, 5, 1))
    monkeypatch.setattr("db.search._RANK_AT_MOST", most)
    monkeypatch.setattr("db.search._MANY_ARTICLES", 2)
    words = "soldiers crossed the ford in column"
    typed = [
        *(words[:at] for at in range(1, len(words) + 1)),
        "12 soldi", "soldiers 1", "nobody so", "sold OR bridg", "soldiers -for", "SOLDÍ", "cólum",
        "soldxx", "2-1",
    ]  # fmt: skip
    for text in typed:
        every = empty.matching(text).tolist()
        for limit in (1, 4, 50):
            found = empty.search(text, limit).claim_ids
            assert set(found) <= set(every), text
            assert len(found) == len(set(found)) == min(limit, len(every)), text


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', "*", "-", "AND", "NOT", "a AND", "(", ")(", "claim_search:x", "content:mill",
     "NEAR(a b)", "^mill", "mill^2", "a\0b", "'; DROP TABLE claim; --", "“quoted”", "🛰",
     "rtl \u202e"],
)  # fmt: skip
def test_odd_words(dossier: Dossier, words: str) -> None:
    dossier.search(words)
    assert len(dossier.claims()) == 5
    assert [side.key for side in dossier.sides()] == [SideKey.A, SideKey.B, SideKey.THIRD]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_is_a_query(dossier: Dossier, words: str) -> None:
    dossier.search(words)


@given(words=st.text(st.sampled_from('ab "-()*:ORANDT{}^+'), max_size=20))
def test_no_column_can_be_named(words: str) -> None:
    assert ":" not in query_of(words).replace('":"', "")


def test_matching_finds_all_that_searching_ranks(dossier: Dossier) -> None:
    for words in ("Ostrava", "mill", "korr", "ostr", '"stray round"', "elephant", ""):
        found = dossier.matching(words).tolist()
        assert found == sorted(set(found))
        assert set(dossier.search(words).claim_ids) <= set(found)
    dossier.set_note([3], note="ask the ferryman")
    assert dossier.matching("ferry").tolist() == [3]
    assert dossier.search("ferry").claim_ids == (3,)
