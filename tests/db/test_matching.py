"""Ids stay with what they named, and what a person decided stays with it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

import pytest

from db import Dossier
from db.matching import pair_by_share
from db.rows import ReviewState
from extraction.model import Actor, ArticleReading, Claim, Reading, SideKey, SpeechAct
from tests.db.samples import FIRST, assemble

STARTED = datetime(2031, 5, 1)


def again(dossier: Dossier, reading: Reading) -> None:
    dossier.record_import([], reading, [], started=STARTED)
    assert dossier.check() == []


def reread(dossier: Dossier, article: int, reading: ArticleReading) -> None:
    """Put another reading of the same text in its place, as a better program would give it."""
    readings = dossier.readings()
    readings[article - 1] = reading
    dossier.set_published(article, assemble(readings, dossier.decisions()), reading)
    assert dossier.check() == []


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([], {}),
        ([(1, "a"), (1, "a"), (1, "b")], {"a": 1}),
        ([(1, "a"), (2, "a"), (2, "a"), (1, "b")], {"a": 2, "b": 1}),
        ([(1, "a"), (2, "a")], {"a": 1}),
        ([(2, "a"), (2, "b"), (1, "b")], {"a": 2, "b": 1}),
    ],
)
def test_pairs_share_most_first(shares: list[tuple[int, str]], expected: dict[str, int]) -> None:
    assert pair_by_share(shares) == expected


def without_first(reading: ArticleReading) -> ArticleReading:
    """The first attribution is no longer found, so all that follow move up by one."""
    kept = reading.attributions[1:]
    return replace(reading, attributions=tuple(replace(a, index=n) for n, a in enumerate(kept)))


def test_claims_keep_their_ids_when_indexes_move(dossier: Dossier) -> None:
    dossier.set_review([3], ReviewState.ACCEPTED)
    before = {claim.id: claim.content for claim in dossier.claims()}
    reread(dossier, 1, without_first(FIRST[1]))
    after = {claim.id: claim.content for claim in dossier.claims()}
    assert after == {key: words for key, words in before.items() if key != 1}
    assert dossier.claims(ids=[3])[0].review is ReviewState.ACCEPTED
    assert dossier.relations(claim_id=2) == []
    dossier.undo()
    assert {claim.id: claim.content for claim in dossier.claims()} == before


def test_a_decided_claim_that_is_no_longer_found_is_kept(dossier: Dossier) -> None:
    dossier.set_review([1], ReviewState.ACCEPTED)
    reread(dossier, 1, without_first(FIRST[1]))
    kept = dossier.claims(ids=[1])[0]
    assert kept.content == "that Korr guns hit the mill at Ostrava"
    assert kept.review is ReviewState.ACCEPTED
    contents = [claim.content for claim in dossier.claims(article_id=1)]
    again(dossier, assemble(dossier.readings(), dossier.decisions()))
    assert [claim.content for claim in dossier.claims(article_id=1)] == contents


@pytest.mark.parametrize(
    ("state", "act", "content_start"),
    [
        (ReviewState.SUGGESTED, SpeechAct.ASSERTS, "Korr"),
        (ReviewState.ACCEPTED, SpeechAct.ALLEGES, "Korr"),
        (ReviewState.EDITED, SpeechAct.ALLEGES, "that"),
    ],
)
def test_better_rules_do_not_overwrite_a_person(
    dossier: Dossier, state: ReviewState, act: SpeechAct, content_start: str
) -> None:
    dossier.set_review([1], state)
    first, *others = FIRST[1].attributions
    (content,) = first.contents
    start = content.start + len("that ")
    shorter = replace(content, start=start, exact=content.exact.removeprefix("that "))
    better = replace(first, contents=(shorter,), act=SpeechAct.ASSERTS)
    reread(dossier, 1, replace(FIRST[1], attributions=(better, *others)))
    claim = dossier.claims(ids=[1])[0]
    assert claim.speech_act is act
    assert claim.content.startswith(content_start)
    assert claim.content_spans[0].exact == claim.content


def renamed(reading: Reading, old: str, new: str) -> Reading:
    def actor(record: Actor) -> Actor:
        return replace(record, key=new, name=new.title()) if record.key == old else record

    def claim(record: Claim) -> Claim:
        return replace(record, actor=new) if record.actor == old else record

    return replace(
        reading,
        actors=tuple(map(actor, reading.actors)),
        claims=tuple(map(claim, reading.claims)),
    )


def test_an_actor_whose_name_grows_is_the_same(dossier: Dossier) -> None:
    before = next(a for a in dossier.actors() if a.key == "the korr army")
    dossier.move_actor(before.id, SideKey.THIRD)
    again(dossier, renamed(assemble(dossier.readings()), "the korr army", "the army of great korr"))
    after = next(a for a in dossier.actors() if a.id == before.id)
    assert (after.key, after.side, after.side_by_user) == (
        "the army of great korr",
        SideKey.THIRD,
        True,
    )
    assert "the korr army" not in {a.key for a in dossier.actors()}
    assert dossier.decisions().actor_sides == (("the army of great korr", SideKey.THIRD),)


def test_an_actor_that_is_gone_goes_unless_a_person_placed_it(dossier: Dossier) -> None:
    placed = next(a for a in dossier.actors() if a.key == "velden")
    dossier.move_actor(placed.id, SideKey.THIRD)
    reading = assemble(dossier.readings())
    again(
        dossier,
        replace(
            reading,
            actors=tuple(replace(a, member_of=None) for a in reading.actors if a.key not in NOBODY),
        ),
    )
    assert {a.key for a in dossier.actors()} & NOBODY == {"velden"}


NOBODY = {"velden", "korr"}


def test_events_that_merge_keep_the_id_of_the_larger(dossier: Dossier) -> None:
    reading = assemble(dossier.readings())
    ostrava, pell = (
        next(e for e in reading.events if e.places == (place,)) for place in ("Ostrava", "Pell")
    )
    larger, smaller = (
        next(e.id for e in dossier.events() if e.places == (place,))
        for place in ("Ostrava", "Pell")
    )
    merged = replace(pell, claims=(*ostrava.claims, *pell.claims), mentions=ostrava.mentions)
    again(
        dossier,
        replace(
            reading,
            events=tuple(merged if e is pell else e for e in reading.events if e is not ostrava),
            claims=tuple(
                replace(c, event=pell.id) if c.event == ostrava.id else c for c in reading.claims
            ),
        ),
    )
    events = {event.id: event for event in dossier.events()}
    assert smaller not in events
    assert events[larger].claim_ids == (1, 2, 4, 5)
    assert events[larger].places == ("Pell",)


def test_an_event_that_only_narration_tells_of_keeps_its_id(dossier: Dossier) -> None:
    before = next(e for e in dossier.events() if e.places == ("Ostrava",))
    reading = assemble(dossier.readings())
    again(
        dossier,
        replace(
            reading,
            claims=tuple(replace(c, event=None) for c in reading.claims),
            events=tuple(
                replace(e, claims=(), participants=()) for e in reading.events if e.mentions
            ),
            relations=(),
        ),
    )
    (event,) = dossier.events()
    assert (event.id, event.claim_ids, event.mentions) == (before.id, (), before.mentions)
    assert not event.disputed


def test_a_relation_that_a_person_rejected_does_not_come_back(dossier: Dossier) -> None:
    dossier.close()
    with sqlite3.connect(dossier.path) as raw:
        raw.execute("UPDATE relation SET review = 'rejected' WHERE id = 1")
    raw.close()
    with Dossier.open(dossier.path) as opened:
        again(opened, assemble(opened.readings()))
        assert [r.id for r in opened.relations()] == [2]
        assert opened.claims(ids=[1])[0].disputed_by == 0


def test_the_same_assembly_again_writes_nothing(dossier: Dossier) -> None:
    again(dossier, assemble(dossier.readings(), dossier.decisions()))
    with dossier._connections.reading() as database:
        tables = database.sql(
            "SELECT DISTINCT table_name FROM change WHERE step_id = (SELECT max(id) FROM step)"
        ).fetchall()
    assert tables == [("import_run",)]
