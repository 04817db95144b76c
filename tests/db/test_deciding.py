"""What a person decides on claims and relations counts, stays, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from db import Dossier
from db.rows import ClaimRow, NewClaim, RelationRow, Reliability, ReviewState, Status
from extraction.model import RelationType, SideKey, Span, SpeechAct
from tests.db.samples import article_of, assemble

STARTED = datetime(2031, 5, 1)


def claim(dossier: Dossier, claim_id: int) -> ClaimRow:
    (row,) = dossier.claims(ids=[claim_id])
    return row


def relation(dossier: Dossier, relation_id: int) -> RelationRow:
    (row,) = [row for row in dossier.relations() if row.id == relation_id]
    return row


def shown(dossier: Dossier) -> set[int]:
    """The relations that views are told of: rejected ones are not."""
    return {row.id for row in dossier.relations()}


def import_another(dossier: Dossier) -> None:
    third = article_of("third.txt", [("a monitor", "said", "nothing moved at Adda", "Adda")])
    readings = [*dossier.readings(), third[1]]
    dossier.record_import([third], assemble(readings, dossier.decisions()), [], started=STARTED)


def test_an_edited_claim_stays_as_edited_over_an_import(dossier: Dossier) -> None:
    before = claim(dossier, 1)
    changes = dossier.edit_claims([1], act=SpeechAct.DEMANDS, side=SideKey.B)
    assert changes.claims
    edited = claim(dossier, 1)
    assert (edited.speech_act, edited.side) == (SpeechAct.DEMANDS, SideKey.B)
    assert edited.review is ReviewState.EDITED
    import_another(dossier)
    kept = claim(dossier, 1)
    assert (kept.speech_act, kept.side, kept.review) == (
        edited.speech_act,
        edited.side,
        edited.review,
    )
    dossier.undo()
    dossier.undo()
    assert claim(dossier, 1) == before


def test_accepting_an_edited_claim_does_not_give_it_back_to_the_machine(dossier: Dossier) -> None:
    dossier.edit_claims([1], act=SpeechAct.DEMANDS)
    dossier.set_review([1, 2], ReviewState.ACCEPTED)
    assert claim(dossier, 1).review is ReviewState.EDITED
    assert claim(dossier, 2).review is ReviewState.ACCEPTED
    assert dossier.undo_label == "Accept 2 claims"


def test_an_edit_that_changes_nothing_is_no_edit(dossier: Dossier) -> None:
    label = dossier.undo_label
    dossier.edit_claims([1], act=claim(dossier, 1).speech_act)
    assert claim(dossier, 1).review is ReviewState.SUGGESTED
    assert dossier.undo_label == label


def test_steps_are_named_by_what_they_do(dossier: Dossier) -> None:
    dossier.edit_claims([1], act=SpeechAct.OFFERS)
    assert dossier.undo_label == "Change speech act"
    dossier.edit_claims([1, 2], side=SideKey.THIRD)
    assert dossier.undo_label == "Change side of 2 claims"
    dossier.set_relation_review([1], ReviewState.REJECTED)
    assert dossier.undo_label == "Reject relation"


@pytest.mark.parametrize("missing", [999])
def test_who_is_not_there_is_a_key_error(dossier: Dossier, missing: int) -> None:
    with pytest.raises(KeyError):
        dossier.edit_claims([missing], act=SpeechAct.OFFERS)
    with pytest.raises(KeyError):
        dossier.set_review([missing], ReviewState.ACCEPTED)
    with pytest.raises(KeyError):
        dossier.set_relation_review([missing], ReviewState.REJECTED)
    with pytest.raises(KeyError):
        dossier.relate(1, missing, RelationType.DENIES)
    with pytest.raises(KeyError):
        dossier.change_relation(missing, RelationType.DENIES)
    with pytest.raises(ValueError, match="itself"):
        dossier.relate(1, 1, RelationType.DENIES)


def test_a_rejected_relation_no_longer_counts(dossier: Dossier) -> None:
    # Claim 2 denies claim 1, and claim 4 admits it.
    assert claim(dossier, 1).disputed_by == 1
    dossier.set_relation_review([1], ReviewState.REJECTED)
    assert claim(dossier, 1).disputed_by == 0
    import_another(dossier)
    assert claim(dossier, 1).disputed_by == 0
    assert 1 not in shown(dossier)
    dossier.undo()
    dossier.undo()
    assert claim(dossier, 1).disputed_by == 1


def test_an_accepted_possibility_counts(dossier: Dossier) -> None:
    made = dossier.relate(5, 3, RelationType.CONTRADICTS)
    with dossier._step("As the machine would") as writer:
        writer.database.sql(
            "UPDATE relation SET possible = 1, review = 'suggested' WHERE id = ?", (made,)
        )
    assert relation(dossier, made).possible
    assert claim(dossier, 3).disputed_by == 0
    dossier.set_relation_review([made], ReviewState.ACCEPTED)
    assert not relation(dossier, made).possible
    assert claim(dossier, 3).disputed_by == 1
    dossier.undo()
    assert relation(dossier, made).possible


def test_a_relation_made_by_hand_counts_and_stays(dossier: Dossier) -> None:
    made = dossier.relate(5, 3, RelationType.DENIES)
    row = relation(dossier, made)
    assert (row.source_id, row.target_id, row.review) == (5, 3, ReviewState.EDITED)
    assert row.reasons == ("made by hand",)
    assert claim(dossier, 3).status in (Status.DENIED, Status.DISPUTED)
    import_another(dossier)
    assert relation(dossier, made) == row
    assert dossier.relate(5, 3, RelationType.DENIES) == made
    dossier.undo()
    dossier.undo()
    dossier.undo()
    assert made not in shown(dossier)


def test_a_relation_is_changed_and_the_old_one_stays_away(dossier: Dossier) -> None:
    changed = dossier.change_relation(1, RelationType.ANSWERS)
    assert 1 not in shown(dossier)
    assert relation(dossier, changed).type is RelationType.ANSWERS
    import_another(dossier)
    assert 1 not in shown(dossier)
    turned = dossier.change_relation(changed, RelationType.ANSWERS, turned=True)
    assert (relation(dossier, turned).source_id, relation(dossier, turned).target_id) == (1, 2)
    assert dossier.change_relation(turned, RelationType.ANSWERS) == turned
    # Back to what the machine had found: its own relation is taken again.
    back = dossier.change_relation(turned, RelationType.DENIES, turned=True)
    assert back == 1
    assert relation(dossier, 1).review is ReviewState.ACCEPTED


def test_a_claim_that_a_person_found_stays_over_imports(dossier: Dossier) -> None:
    text = dossier.article_text(1)
    start = text.index("Smoke stood")
    words = Span.cut(text, start, start + len("Smoke stood over Ostrava"))
    actor = dossier.actors()[0]
    event = claim(dossier, 1).event_id
    new = NewClaim(
        1, (words,), actor.name, SideKey.B, SpeechAct.ASSERTS, actor_id=actor.id, event_id=event
    )
    made = dossier.add_claim(new)
    row = claim(dossier, made)
    assert (row.content, row.content_spans) == (words.exact, (words,))
    assert (row.side, row.event_id, row.review) == (SideKey.B, event, ReviewState.EDITED)
    assert row.reasons == ("made by hand",)
    assert made in dossier.search("smoke").claim_ids
    import_another(dossier)
    assert claim(dossier, made) == row
    assert dossier.check() == []
    dossier.undo()
    assert dossier.undo_label == "Add claim"
    dossier.undo()
    assert dossier.claims(ids=[made]) == []


def test_words_of_a_claim_are_put_right(dossier: Dossier) -> None:
    before = claim(dossier, 1)
    text = dossier.article_text(1)
    words = Span.cut(
        text, before.content_spans[0].start + len("that "), before.content_spans[0].end
    )
    dossier.set_content(1, [words])
    assert claim(dossier, 1).content == "Korr guns hit the mill at Ostrava"
    assert claim(dossier, 1).review is ReviewState.EDITED
    import_another(dossier)
    assert claim(dossier, 1).content_spans == (words,)
    dossier.set_content(1, [words])
    assert dossier.undo_label == "Import third.txt"
    dossier.undo()
    dossier.undo()
    assert claim(dossier, 1) == before


def test_words_that_do_not_stand_there_are_refused(dossier: Dossier) -> None:
    label = dossier.undo_label
    with pytest.raises(ValueError, match="stand there"):
        dossier.set_content(1, [Span(0, 3, "xyz")])
    with pytest.raises(ValueError, match="stand there"):
        dossier.add_claim(NewClaim(1, (), "x", SideKey.A, SpeechAct.ASSERTS))
    text = dossier.article_text(1)
    for missing in ({"article_id": 99}, {"actor_id": 99}, {"event_id": 99}):
        new = NewClaim(1, (Span.cut(text, 0, 5),), "x", SideKey.A, SpeechAct.ASSERTS)
        with pytest.raises(KeyError):
            dossier.add_claim(replace(new, **missing))
    with pytest.raises(KeyError):
        dossier.set_content(99, [Span.cut(text, 0, 5)])
    assert dossier.undo_label == label


def test_stars_and_notes_stay_and_are_taken_back(dossier: Dossier) -> None:
    dossier.set_note([1, 2], starred=True)
    dossier.set_note([1], note="  ask the clerk again ")
    assert (claim(dossier, 1).starred, claim(dossier, 1).note) == (True, "ask the clerk again")
    assert (claim(dossier, 2).starred, claim(dossier, 2).note) == (True, "")
    import_another(dossier)
    assert claim(dossier, 1).note == "ask the clerk again"
    dossier.undo()
    assert dossier.undo_label == "Write note"
    dossier.set_note([1], starred=False)
    assert dossier.undo_label == "Take star away"
    dossier.set_note([1], note="")
    assert (claim(dossier, 1).starred, claim(dossier, 1).note) == (False, "")
    with dossier._connections.reading() as database:
        assert database.sql("SELECT claim_id FROM claim_note").fetchall() == [(2,)]
    for _ in range(4):
        dossier.undo()
    assert not claim(dossier, 2).starred
    with pytest.raises(KeyError):
        dossier.set_note([1, 99], starred=True)


def test_a_claim_with_a_note_outlives_rules_that_no_longer_find_it(dossier: Dossier) -> None:
    dossier.set_note([1], note="look at this")
    first, second = dossier.readings()
    shorter = replace(
        first,
        attributions=tuple(
            replace(attribution, index=index)
            for index, attribution in enumerate(first.attributions[1:])
        ),
    )
    dossier.set_published(1, assemble([shorter, second], dossier.decisions()), shorter)
    assert claim(dossier, 1).note == "look at this"
    assert dossier.check() == []


def test_the_source_is_put_right_and_stays(dossier: Dossier) -> None:
    before = claim(dossier, 1)
    army = next(actor for actor in dossier.actors() if actor.name == "the Korr army")
    dossier.set_source([1], actor_id=army.id, speaker=army.name)
    after = claim(dossier, 1)
    assert (after.speaker, after.actor_id, after.side) == (army.name, army.id, army.side)
    assert after.review is ReviewState.EDITED
    import_another(dossier)
    assert claim(dossier, 1).actor_id == army.id
    dossier.undo()
    label = dossier.undo_label
    dossier.set_source([1], actor_id=army.id, speaker=army.name)
    assert dossier.undo_label == label == "Change source"
    dossier.undo()
    assert claim(dossier, 1) == before
    dossier.set_source([1, 2], speaker="a passer-by")
    assert [claim(dossier, n).speaker for n in (1, 2)] == ["a passer-by"] * 2
    assert claim(dossier, 1).side is before.side
    for wrong in ({"claim_ids": [99]}, {"claim_ids": [1], "actor_id": 99}):
        with pytest.raises(KeyError):
            dossier.set_source(**wrong)  # type: ignore[arg-type]


def test_a_figure_of_credibility_stays_over_an_import(dossier: Dossier) -> None:
    before = claim(dossier, 2)
    assert dossier.set_credibility([2], 3).claims
    assert claim(dossier, 2).credibility == 3
    import_another(dossier)
    assert claim(dossier, 2).credibility == 3
    dossier.undo()
    dossier.set_credibility([2], None)
    assert claim(dossier, 2) == before
    dossier.undo()
    dossier.undo()
    assert claim(dossier, 2) == before
    dossier.redo()
    assert claim(dossier, 2).credibility == 3


@pytest.mark.parametrize("figure", [0, 7, -1])
def test_credibility_has_six_figures(dossier: Dossier, figure: int) -> None:
    with pytest.raises(ValueError, match="1 to 6"):
        dossier.set_credibility([1], figure)
    with pytest.raises(KeyError):
        dossier.set_credibility([99], 2)
    assert dossier.undo_label == "Import gazette.txt"


def test_an_actor_and_an_outlet_are_rated_apart(dossier: Dossier) -> None:
    actor = dossier.actors()[0].id
    outlet = dossier.articles()[0].outlet
    dossier.set_reliability(Reliability.USUALLY, actor_id=actor)
    dossier.set_reliability(Reliability.UNRELIABLE, outlet=outlet)
    letters = {row.id: row.reliability for row in dossier.actors()}
    assert letters.pop(actor) is Reliability.USUALLY
    assert set(letters.values()) == {None}
    assert {row.reliability for row in dossier.articles() if row.outlet == outlet} == {
        Reliability.UNRELIABLE
    }
    import_another(dossier)
    assert next(row for row in dossier.actors() if row.id == actor).reliability == "B"
    dossier.set_reliability(None, actor_id=actor)
    assert next(row for row in dossier.actors() if row.id == actor).reliability is None
    dossier.undo()
    dossier.set_reliability(Reliability.CANNOT_BE_JUDGED, actor_id=actor)
    assert next(row for row in dossier.actors() if row.id == actor).reliability == "F"


def test_only_what_is_there_can_be_rated(dossier: Dossier) -> None:
    with pytest.raises(KeyError):
        dossier.set_reliability(Reliability.FAIRLY, actor_id=99)
    with pytest.raises(KeyError):
        dossier.set_reliability(Reliability.FAIRLY, outlet="The Unheard Herald")
    with pytest.raises(ValueError, match="or"):
        dossier.set_reliability(Reliability.FAIRLY)
    with pytest.raises(ValueError, match="not a valid"):
        dossier.set_reliability("Z", actor_id=1)  # type: ignore[arg-type]
