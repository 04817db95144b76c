"""What goes in comes out, also after closing; imports, decisions, dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import Changes, Dossier, DossierError, DossierErrorKind
from db.rows import ImportProblem, ReviewState, Status
from extraction.model import DateBasis, Precision, RelationType, SideKey, Span, SpeechAct
from tests.db.samples import DAY, FIRST, SECOND, article_of, assemble, redated

STARTED = datetime(2031, 5, 1, 8, 15)


def test_new_dossier_is_empty_and_has_its_title(empty: Dossier) -> None:
    assert empty.title == "Empty"
    assert empty.counts().articles == empty.counts().claims == 0
    assert [side.key for side in empty.sides()] == [SideKey.A, SideKey.B, SideKey.THIRD]
    assert empty.undo_label is None
    assert empty.undo() is None
    assert empty.redo() is None
    assert empty.check() == []


def test_an_import_comes_back_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "a name with ? and #.claimline"
    with Dossier.create(path) as dossier:
        summary = dossier.record_import(
            [FIRST, SECOND],
            assemble([FIRST[1], SECOND[1]]),
            [ImportProblem("gone.pdf", "missing", "no such file")],
            started=STARTED,
        )
        before = dossier.claims(), dossier.events(), dossier.relations(), dossier.actors()
    assert summary.added == (1, 2)
    assert summary.problems == (ImportProblem("gone.pdf", "missing", "no such file"),)

    with Dossier.open(path) as dossier:
        assert before == (
            dossier.claims(),
            dossier.events(),
            dossier.relations(),
            dossier.actors(),
        )
        assert dossier.imports() == [summary]
        assert dossier.readings() == [FIRST[1], SECOND[1]]
        first, second = dossier.articles()
        assert (first.file, first.outlet, first.language) == (
            "courier.txt",
            "The Invented Courier",
            "en",
        )
        assert (first.published_start, first.published_precision) == (DAY, Precision.DAY)
        assert (first.published_basis, first.published_assumed) == (DateBasis.FILE, ("year",))
        assert (first.claim_count, second.claim_count) == (3, 2)
        assert dossier.article_text(first.id) == FIRST[1].article.text
        assert dossier.article_blocks(first.id) == FIRST[1].article.blocks
        assert dossier.document_bytes(first.document_id) == FIRST[0].data
        assert [t.span.exact for t in dossier.times(first.id)] == ["Notes"]
        assert dossier.broken_spans(first.id) == []
        assert dossier.check() == []


def test_a_claim_row_shows_all_of_its_attribution(dossier: Dossier) -> None:
    accusation, denial, unverified, admission, other = dossier.claims()
    text = dossier.article_text(accusation.article_id)
    assert accusation.speaker == "Velden's ministry"
    assert accusation.speech_act is SpeechAct.ALLEGES
    assert accusation.side is SideKey.A
    assert accusation.content == "that Korr guns hit the mill at Ostrava"
    assert accusation.source_span == Span.cut(text, 23, 40)
    assert accusation.cue_span.exact == "claimed"
    assert [span.exact for span in accusation.content_spans] == [accusation.content]
    assert accusation.when == FIRST[1].attributions[0].when
    assert accusation.places == ("Ostrava",)
    assert accusation.reasons == ("cue 'claimed'",)
    assert unverified.status is Status.UNVERIFIED
    assert unverified.quantities == FIRST[1].attributions[2].quantities
    assert denial.event_id == admission.event_id == accusation.event_id != other.event_id
    assert accusation.disputed_by == 1
    assert dossier.claims(article_id=2) == [admission, other]
    assert dossier.claims(event_id=accusation.event_id) == [accusation, denial, admission]
    assert dossier.claims(ids=[other.id, denial.id]) == [denial, other]
    assert dossier.claims(ids=[]) == []


def test_events_and_relations(dossier: Dossier) -> None:
    by_place = {event.places[0]: event for event in dossier.events()}
    ostrava = by_place["Ostrava"]
    assert ostrava.claim_ids == (1, 2, 4)
    assert ostrava.disputed
    assert not by_place["Pell"].disputed
    assert [mention.span.exact for mention in ostrava.mentions] == [
        "Smoke stood over Ostrava on Saturday, témoins said nothing."
    ]
    assert dossier.events(ids=[ostrava.id]) == [ostrava]
    assert [(r.type, r.source_id, r.target_id) for r in dossier.relations(claim_id=1)] == [
        (RelationType.DENIES, 2, 1),
        (RelationType.ADMITS, 4, 1),
    ]
    assert dossier.relations(claim_id=5) == []


def test_the_same_bytes_are_recognised(dossier: Dossier) -> None:
    assert dossier.has_document(FIRST[0].sha256) == 1
    assert dossier.has_document("0" * 64) is None
    summary = dossier.record_import([FIRST], assemble(dossier.readings()), [], started=STARTED)
    assert summary.added == ()
    assert [(p.file, p.code) for p in summary.duplicates] == [("courier.txt", "duplicate")]
    assert dossier.counts().articles == 2


def test_ids_stay_over_a_new_assembly(dossier: Dossier) -> None:
    claims, events, actors = dossier.claims(), dossier.events(), dossier.actors()
    third = article_of("third.txt", [("a monitor", "said", "nothing moved at Adda", "Adda")])
    # "Adda" sorts first, so the assembly numbers every event anew.
    dossier.record_import([third], assemble([*dossier.readings(), third[1]]), [], started=STARTED)
    assert dossier.claims()[:5] == claims
    assert {e.id: e.label for e in events}.items() <= {
        e.id: e.label for e in dossier.events()
    }.items()
    assert {a.id: a.key for a in actors} == {a.id: a.key for a in dossier.actors()}


def test_a_persons_decisions_stand(dossier: Dossier) -> None:
    actor = next(a for a in dossier.actors() if a.key == "a monitor")
    dossier.move_actor(actor.id, SideKey.B)
    dossier.set_review([2], ReviewState.REJECTED)
    assert dossier.decisions().actor_sides == (("a monitor", SideKey.B),)
    assert dossier.decisions().rejected == ((FIRST[0].sha256, 1),)
    third = article_of("third.txt", [("a monitor", "said", "nothing moved at Adda", "Adda")])
    readings = [*dossier.readings(), third[1]]

    # Once as the caller should, once with an assembly made before the decisions.
    dossier.record_import([third], assemble(readings, dossier.decisions()), [], started=STARTED)
    dossier.record_import([], assemble(readings), [], started=STARTED)

    moved = next(a for a in dossier.actors() if a.key == "a monitor")
    assert (moved.id, moved.side, moved.side_by_user) == (actor.id, SideKey.B, True)
    assert {c.side for c in dossier.claims() if c.actor_id == actor.id} == {SideKey.B}
    assert [c.review for c in dossier.claims(ids=[2])] == [ReviewState.REJECTED]
    assert dossier.check() == []


def test_rejecting_hides_from_views_and_counts(dossier: Dossier) -> None:
    dossier.set_review([2, 5], ReviewState.REJECTED)
    assert [c.id for c in dossier.claims(rejected=False)] == [1, 3, 4]
    assert [c.id for c in dossier.claims()] == [1, 2, 3, 4, 5]
    assert dossier.claims(ids=[1])[0].disputed_by == 0
    assert all("Pell" not in event.places for event in dossier.events())
    assert dossier.counts().claims == 3
    assert dossier.counts().events == len(dossier.events()) == 2
    assert dossier.counts().to_review == 3
    assert dossier.counts().relations == len(dossier.relations()) == 1
    assert dossier.search("Pell").claim_ids == ()
    with pytest.raises(KeyError):
        dossier.set_review([99], ReviewState.ACCEPTED)


def test_moving_an_actor_takes_followers_and_claims_along(dossier: Dossier) -> None:
    actors = {a.key: a for a in dossier.actors()}
    dossier.move_actor(actors["velden's ministry"].id, SideKey.THIRD)
    dossier.move_actor(actors["velden's ministry"].id, SideKey.A)
    dossier.move_actor(actors["korr"].id, SideKey.A)
    dossier.move_actor(actors["velden"].id, SideKey.B)
    sides = {a.key: (a.side, a.side_by_user) for a in dossier.actors()}
    assert sides["the korr army"] == (SideKey.A, False)
    assert sides["velden"] == (SideKey.B, True)
    assert sides["velden's ministry"] == (SideKey.A, True)
    assert {c.side for c in dossier.claims() if c.speaker == "the Korr army"} == {SideKey.A}
    with pytest.raises(KeyError):
        dossier.move_actor(999, SideKey.A)


def test_sides_are_renamed_recoloured_and_swapped(dossier: Dossier) -> None:
    dossier.rename_side(SideKey.A, "The Veldeners")
    dossier.recolor_side(SideKey.A, "#112233", "#aabbcc")
    claims = {c.id: c.side for c in dossier.claims()}
    dossier.swap_sides()
    a, b, _ = dossier.sides()
    assert (a.name, b.name, b.color_light, b.color_dark) == (
        "Korr",
        "The Veldeners",
        "#112233",
        "#aabbcc",
    )
    turned = {SideKey.A: SideKey.B, SideKey.B: SideKey.A}
    assert {c.id: c.side for c in dossier.claims()} == {
        claim: turned.get(side, side) for claim, side in claims.items()
    }
    # The next assembly keeps the swap and the name.
    dossier.record_import(
        [], assemble(dossier.readings(), dossier.decisions()), [], started=STARTED
    )
    assert [s.name for s in dossier.sides()] == ["Korr", "The Veldeners", ""]
    assert dossier.claims(ids=[1])[0].side is SideKey.B


def test_a_persons_date_moves_all_that_hangs_on_it(dossier: Dossier) -> None:
    later = DAY + timedelta(days=366)
    reread = redated(FIRST[1], later)
    readings = [reread, SECOND[1]]
    changes = dossier.set_published(1, assemble(readings, dossier.decisions()), reread)
    assert changes.articles
    assert changes.claims
    assert changes.events
    article = dossier.articles()[0]
    assert (article.published_start, article.published_basis) == (later, DateBasis.USER)
    assert article.published_assumed == ()
    assert {c.when.earliest for c in dossier.claims(article_id=1) if c.when} == {later}
    assert dossier.readings() == readings
    assert dossier.undo_label == "Set publication date"
    dossier.undo()
    assert dossier.articles()[0].published_assumed == ("year",)
    assert dossier.readings() == [FIRST[1], SECOND[1]]
    with pytest.raises(ValueError, match="another text"):
        dossier.set_published(2, assemble(readings), reread)
    with pytest.raises(KeyError):
        dossier.set_published(99, assemble(readings), reread)


def test_an_assembly_over_other_articles_is_refused(dossier: Dossier) -> None:
    before = dossier.claims()
    third = article_of("third.txt", [("a monitor", "said", "nothing moved", "Adda")])
    with pytest.raises(DossierError) as caught:
        dossier.record_import([third], assemble([third[1]]), [], started=STARTED)
    assert caught.value.kind is DossierErrorKind.STALE
    assert dossier.claims() == before
    assert dossier.has_document(third[0].sha256) is None


def test_listeners_hear_of_each_write_once(dossier: Dossier) -> None:
    heard: list[Changes] = []
    dossier.on_change.append(heard.append)
    assert dossier.rename_side(SideKey.A, "North") == Changes(sides=True)
    dossier.rename_side(SideKey.A, "North")
    assert heard == [Changes(sides=True)]
    with dossier.step("Both"):
        dossier.title = "New"
        dossier.rename_side(SideKey.B, "South")
    assert heard[1:] == [Changes(sides=True, dossier=True)]
    assert dossier.undo_label == "Both"
    dossier.undo()
    assert dossier.title == "Sample"
    assert dossier.sides()[1].name == "Korr"
    assert heard[2:] == [Changes(sides=True, dossier=True)]
