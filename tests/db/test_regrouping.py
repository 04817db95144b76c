"""Events that a person put together, apart or in their place stay so over later imports."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db import Dossier
from db.regrouping import BY_HAND, shortened
from db.rows import ClaimRow, EventRow, ReviewState
from extraction.model import FuzzyInterval, Precision, Quantity
from tests.db.packed import must_match
from tests.db.samples import DAY, article_of, assemble, day
from tests.db.tables import all_rows

STARTED = datetime(2031, 5, 1)
OSTRAVA, LUMEN, PELL = "Shelling of Ostrava", "Shelling of Lumen", "Shelling of Pell"


def event(dossier: Dossier, label: str) -> EventRow:
    (row,) = [row for row in dossier.events() if row.label == label]
    return row


def claim(dossier: Dossier, claim_id: int) -> ClaimRow:
    (row,) = dossier.claims(ids=[claim_id])
    return row


def import_more(dossier: Dossier, *places: str) -> None:
    """An article in which a monitor tells of places, dated a day later."""
    sentences = [("a monitor", "said", f"it was seen at {place}", place) for place in places]
    more = article_of("more.txt", sentences, published=DAY + timedelta(days=1))
    readings = [*dossier.readings(), more[1]]
    dossier.record_import([more], assemble(readings, dossier.decisions()), [], started=STARTED)
    assert dossier.check() == []


def test_a_claim_put_in_another_event_stays_there(dossier: Dossier) -> None:
    before = all_rows(dossier)
    lumen = event(dossier, LUMEN).claim_ids
    changes = dossier.place_claims(lumen, event(dossier, PELL).id)
    assert changes.claims
    assert changes.events
    assert [row.label for row in dossier.events()].count(LUMEN) == 0
    assert set(lumen) < set(event(dossier, PELL).claim_ids)
    assert BY_HAND in event(dossier, PELL).reasons
    assert claim(dossier, lumen[0]).review is ReviewState.SUGGESTED
    import_more(dossier, "Pell")
    assert set(lumen) < set(event(dossier, PELL).claim_ids)
    assert BY_HAND in event(dossier, PELL).reasons
    dossier.undo()
    dossier.undo()
    assert all_rows(dossier) == before


def test_what_is_new_follows_into_the_merged_event(dossier: Dossier) -> None:
    pell = event(dossier, PELL)
    lumen = event(dossier, LUMEN)
    dossier.merge_events([pell.id, lumen.id], lumen.id)
    merged = event(dossier, LUMEN)
    assert set(merged.claim_ids) == {*pell.claim_ids, *lumen.claim_ids}
    assert set(merged.places) == {"Lumen", "Pell"}
    import_more(dossier, "Pell", "Lumen")
    assert [row.label for row in dossier.events()].count(PELL) == 0
    assert event(dossier, LUMEN).id == lumen.id
    assert len(event(dossier, LUMEN).claim_ids) == 4


def test_narration_goes_with_the_merged_event(dossier: Dossier) -> None:
    ostrava, pell = event(dossier, OSTRAVA), event(dossier, PELL)
    dossier.merge_events([ostrava.id], pell.id)
    assert event(dossier, PELL).mentions[0].span == ostrava.mentions[0].span
    import_more(dossier, "Adda")
    assert len(event(dossier, PELL).mentions) == 1
    assert len(event(dossier, PELL).claim_ids) == 4


@pytest.mark.parametrize("into_the_later", [False, True])
def test_a_merged_event_is_told_in_the_order_of_its_articles(
    dossier: Dossier, into_the_later: bool
) -> None:
    sentences = [("a monitor", "said", "it was seen at Adda", "Adda")]
    more = article_of("more.txt", sentences, narration="Nobody crossed at Adda.")
    readings = [*dossier.readings(), more[1]]
    dossier.record_import([more], assemble(readings, dossier.decisions()), [], started=STARTED)
    first, *_, last = (row.id for row in dossier.events() if row.mentions)
    dossier.merge_events([first, last], last if into_the_later else first)
    merged = next(row for row in dossier.events() if len(row.mentions) > 1)
    told = [mention.article_id for mention in merged.mentions]
    assert told == sorted(told)
    assert len(set(told)) > 1
    must_match(dossier, dossier.columns())


def test_a_merged_event_spans_the_times_of_all(dossier: Dossier) -> None:
    import_more(dossier, "Adda")
    adda, pell = event(dossier, "Shelling of Adda"), event(dossier, PELL)
    dossier.merge_events([adda.id, pell.id], pell.id)
    when = event(dossier, PELL).when
    assert when is not None
    assert (when.earliest, when.latest) == (DAY, day(DAY + timedelta(days=1)).latest)


def test_claims_taken_apart_stay_apart(dossier: Dossier) -> None:
    first, second, *rest = event(dossier, OSTRAVA).claim_ids
    made = dossier.split_event([second], "Second strike")
    assert dossier.undo_label == "Split event"
    import_more(dossier, "Ostrava")
    assert event(dossier, "Second strike").id == made
    assert event(dossier, "Second strike").claim_ids == (second,)
    assert {first, *rest} < set(event(dossier, OSTRAVA).claim_ids)
    assert len(event(dossier, OSTRAVA).claim_ids) == len(rest) + 2


def test_an_unnamed_part_bears_the_words_of_its_claim(dossier: Dossier) -> None:
    claim_id = event(dossier, OSTRAVA).claim_ids[0]
    dossier.split_event([claim_id])
    assert (
        claim(dossier, claim_id).event_id
        == event(dossier, shortened(claim(dossier, claim_id).content)).id
    )


def test_all_claims_of_an_event_put_in_different_ones_leave_nothing(dossier: Dossier) -> None:
    lumen, pell = event(dossier, LUMEN), event(dossier, PELL)
    import_more(dossier, "Lumen")
    one, two = event(dossier, LUMEN).claim_ids
    dossier.place_claims([one], pell.id)
    made = dossier.split_event([two])
    import_more(dossier, "Adda")
    assert lumen.id not in {row.id for row in dossier.events()}
    assert claim(dossier, one).event_id == pell.id
    assert claim(dossier, two).event_id == made


def test_a_name_and_a_time_given_by_hand_stay(dossier: Dossier) -> None:
    ostrava = event(dossier, OSTRAVA).id
    when = FuzzyInterval(datetime(2031, 4, 1), datetime(2031, 4, 30, 23, 59), Precision.MONTH)
    dossier.rename_event(ostrava, "  The mill  ")
    dossier.date_event(ostrava, when)
    import_more(dossier, "Ostrava")
    assert event(dossier, "The mill").when == when
    dossier.rename_event(ostrava, "")
    import_more_again = article_of("again.txt", [("a monitor", "said", "so at Pell", "Pell")])
    readings = [*dossier.readings(), import_more_again[1]]
    dossier.record_import(
        [import_more_again], assemble(readings, dossier.decisions()), [], started=STARTED
    )
    assert event(dossier, OSTRAVA).when == when


def test_a_claim_s_time_place_and_figures_can_be_put_right(dossier: Dossier) -> None:
    (claim_id,) = event(dossier, LUMEN).claim_ids
    when = day(DAY - timedelta(days=2))
    dossier.set_when([claim_id], when)
    assert event(dossier, LUMEN).when == when
    dossier.set_places([claim_id], [" Lumen ", "the ford", "", "Lumen"])
    old = claim(dossier, claim_id).quantities[0]
    dossier.set_quantities(claim_id, [replace(old, low=15.0, high=20.0)])
    edited = claim(dossier, claim_id)
    assert edited.when == when
    assert edited.places == ("Lumen", "the ford")
    assert (edited.quantities[0].low, edited.quantities[0].high) == (15.0, 20.0)
    assert edited.review is ReviewState.EDITED
    import_more(dossier, "Lumen")
    assert claim(dossier, claim_id) == edited


def test_an_event_told_with_several_times_keeps_its_own(dossier: Dossier) -> None:
    ostrava = event(dossier, OSTRAVA)
    dossier.set_when([ostrava.claim_ids[0]], day(DAY - timedelta(days=2)))
    assert event(dossier, OSTRAVA).when == ostrava.when


def test_what_does_not_stand_there_is_refused(dossier: Dossier) -> None:
    (claim_id,) = event(dossier, LUMEN).claim_ids
    old = claim(dossier, claim_id).quantities[0]
    with pytest.raises(ValueError, match="bound"):
        dossier.set_quantities(claim_id, [replace(old, low=3.0, high=2.0)])
    with pytest.raises(ValueError, match="stand"):
        dossier.set_quantities(claim_id, [replace(old, span=replace(old.span, exact="x"))])
    with pytest.raises(ValueError, match="claim"):
        dossier.split_event([])
    with pytest.raises(KeyError):
        dossier.place_claims([claim_id], 999)
    with pytest.raises(KeyError):
        dossier.merge_events([999], claim(dossier, claim_id).event_id or 0)
    with pytest.raises(KeyError):
        dossier.set_when([999], None)
    with pytest.raises(KeyError):
        dossier.set_quantities(999, [])


def test_figures_are_none_after_all(dossier: Dossier) -> None:
    (claim_id,) = event(dossier, LUMEN).claim_ids
    dossier.set_quantities(claim_id, ())
    assert claim(dossier, claim_id).quantities == ()
    assert isinstance(dossier.undo_label, str)
    dossier.undo()
    assert isinstance(claim(dossier, claim_id).quantities[0], Quantity)
