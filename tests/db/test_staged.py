"""An import in stages is one step, keeps what was read at once, and can be gone on with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import cycle
from pathlib import Path

import pytest

from db import Dossier, DossierError
from db.assembly import apply_reading
from db.rows import ImportProblem, ReviewState
from extraction.model import RelationType, SideKey, SpeechAct
from tests.db.samples import FIRST, SECOND, article_of, assemble, many
from tests.db.tables import all_rows

STARTED = datetime(2031, 5, 1)
THIRD = article_of("third.txt", [("a monitor", "said", "nothing moved at Adda", "Adda")])


def assembled(dossier: Dossier, import_id: int, *fresh: str) -> None:
    reading = assemble(dossier.readings(), dossier.decisions())
    dossier.assemble_import(import_id, reading, fresh)


def test_stages_are_one_step_that_undo_takes_back(empty: Dossier) -> None:
    before = all_rows(empty)
    run = empty.begin_import(["courier.txt", "gazette.txt"], started=STARTED)
    (article,) = empty.add_articles(run, [FIRST], [], ["courier.txt"])
    assert empty.counts().claims == 0
    assert empty.article_text(article) == FIRST[1].article.text
    assembled(empty, run, FIRST[1].article.key)
    assert empty.counts().claims == 3
    problem = ImportProblem("broken.pdf", "broken", "")
    empty.add_articles(run, [SECOND, FIRST], [problem], ["gazette.txt"])
    assembled(empty, run, SECOND[1].article.key)
    summary = empty.finish_import(run)
    assert len(summary.added) == 2
    assert [p.file for p in summary.problems] == ["broken.pdf"]
    assert [p.file for p in summary.duplicates] == ["courier.txt"]
    assert empty.check() == []
    assert [row.label for row in empty.revisions()] == ["Import 2 files"]
    after = all_rows(empty)
    empty.undo()
    assert all_rows(empty) == before
    empty.redo()
    assert all_rows(empty) == after


def test_a_decision_in_between_is_a_step_of_its_own(empty: Dossier) -> None:
    run = empty.begin_import(["a", "b"], started=STARTED)
    empty.add_articles(run, [FIRST], [], ["a"])
    assembled(empty, run, FIRST[1].article.key)
    empty.set_review([1], ReviewState.ACCEPTED)
    empty.add_articles(run, [SECOND], [], ["b"])
    assembled(empty, run, SECOND[1].article.key)
    empty.finish_import(run)
    labels = [row.label for row in empty.revisions()]
    assert labels == ["Import 2 files", "Accept claim", "Import courier.txt"]
    (claim,) = empty.claims(ids=[1])
    assert claim.review is ReviewState.ACCEPTED


def test_what_broke_off_is_known_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "broken.claimline"
    with Dossier.create(path) as dossier:
        assert dossier.unfinished_import() is None
        run = dossier.begin_import(["courier.txt", "gazette.txt", "third.txt"], started=STARTED)
        dossier.add_articles(run, [FIRST], [], ["courier.txt"])
    with Dossier.open(path) as dossier:
        left = dossier.unfinished_import()
        assert left is not None
        assert (left.id, left.paths) == (run, ("gazette.txt", "third.txt"))
        dossier.add_articles(run, [SECOND, THIRD], [], left.paths)
        assembled(dossier, run, *(part[1].article.key for part in (FIRST, SECOND, THIRD)))
        dossier.finish_import(run)
        assert dossier.unfinished_import() is None
        assert dossier.counts().claims == 6
        assert dossier.check() == []


def test_a_queue_can_be_forgotten(empty: Dossier) -> None:
    run = empty.begin_import(["a"], started=STARTED)
    empty.finish_import(run, cancelled=True)
    assert empty.unfinished_import() is None
    assert empty.imports()[0].cancelled


def test_an_import_that_was_undone_takes_nothing_more(empty: Dossier) -> None:
    run = empty.begin_import(["a"], started=STARTED)
    empty.undo()
    with pytest.raises(KeyError):
        empty.add_articles(run, [FIRST], [], ["a"])
    with pytest.raises(KeyError):
        empty.finish_import(run)
    assert empty.counts().articles == 0


def test_an_assembly_of_other_articles_is_refused(empty: Dossier) -> None:
    run = empty.begin_import(["a", "b"], started=STARTED)
    empty.add_articles(run, [FIRST], [], ["a"])
    reading = assemble(empty.readings())
    empty.add_articles(run, [SECOND], [], ["b"])
    with pytest.raises(DossierError, match="stale"):
        empty.assemble_import(run, reading, [])


@pytest.fixture
def bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.bits.BIT", 1)
    monkeypatch.setattr("db.journal.PART", 0.0)


def taken_in(dossier: Dossier, count: int) -> tuple[int, list[str]]:
    samples = many(count)
    run = dossier.begin_import([], started=STARTED)
    dossier.add_articles(run, samples, [], [])
    return run, [reading.article.key for _, reading in samples]


@pytest.mark.usefixtures("bit_by_bit")
def test_an_assembly_in_parts_is_the_same_step(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "parts.claimline") as dossier:
        before = all_rows(dossier)
        run, fresh = taken_in(dossier, 4)
        parts = []
        dossier._connections.give_way = lambda: parts.append(1)  # type: ignore[method-assign]
        assembled(dossier, run, *fresh)
        assert len(parts) > 20
        dossier.finish_import(run)
        reading = assemble(dossier.readings(), dossier.decisions())
        at_once = all_rows(dossier)
        with dossier._step("the same again") as writer:
            apply_reading(writer, reading, fresh)
            assert writer.is_empty
        assert dossier.check() == []
        dossier.undo()
        assert all_rows(dossier) == before
        dossier.redo()
        assert all_rows(dossier) == at_once


@pytest.mark.usefixtures("bit_by_bit")
@pytest.mark.parametrize("decisions", [1, 100])
@pytest.mark.parametrize("followed", [{"claim"}, set()], ids=["followed", "anew"])
def test_whoever_decides_meanwhile_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decisions: int, followed: set[str]
) -> None:
    with Dossier.create(tmp_path / "meanwhile.claimline") as dossier:
        run, fresh = taken_in(dossier, 4)
        left = decisions
        states = cycle((ReviewState.ACCEPTED, ReviewState.SUGGESTED))

        def decide() -> None:
            nonlocal left
            if left and dossier.claims():
                left -= 1
                dossier.set_review([1], next(states))

        dossier._connections.give_way = decide  # type: ignore[method-assign]
        with monkeypatch.context() as patched:
            patched.setattr("db.assembly._FOLLOWED", followed)
            assembled(dossier, run, *fresh)
        dossier.finish_import(run)
        assert left < decisions
        assert dossier.check() == []
        assert len(dossier.claims()) == 80
        (claim,) = dossier.claims(ids=[1])
        taken = decisions - left
        assert claim.review is (ReviewState.ACCEPTED if taken % 2 else ReviewState.SUGGESTED)
        with dossier._step("the same again") as writer:
            apply_reading(writer, assemble(dossier.readings(), dossier.decisions()), fresh)
            assert writer.is_empty


@pytest.mark.usefixtures("bit_by_bit")
def test_an_assembly_that_breaks_off_leaves_whole_claims(tmp_path: Path) -> None:
    with Dossier.create(tmp_path / "broken.claimline") as dossier:
        run, fresh = taken_in(dossier, 4)
        parts = []

        def fail() -> None:
            parts.append(1)
            if len(dossier.claims()) > 10:
                raise RuntimeError("power cut")

        dossier._connections.give_way = fail  # type: ignore[method-assign]
        with pytest.raises(RuntimeError):
            assembled(dossier, run, *fresh)
        assert dossier.check() == []
        claims = dossier.claims()
        assert 0 < len(claims) < 80
        assert all(claim.cue_span.exact and claim.content_spans for claim in claims)
        dossier._connections.give_way = lambda: None  # type: ignore[method-assign]
        assembled(dossier, run, *fresh)
        assert len(dossier.claims()) == 80
        assert dossier.check() == []


DECISIONS: dict[str, Callable[[Dossier], object]] = {
    "reject": lambda d: d.set_review([2], ReviewState.REJECTED),
    "edit": lambda d: d.edit_claims([2], act=SpeechAct.OFFERS),
    "note": lambda d: d.set_note([2], note="ask the ferryman"),
    "relate": lambda d: d.relate(2, 5, RelationType.CONTRADICTS),
    "review a relation": lambda d: d.set_relation_review(
        [row.id for row in d.relations()[:2]], ReviewState.ACCEPTED
    ),
    "split": lambda d: d.split_event([2]),
    "move": lambda d: d.move_actor(d.actors()[0].id, SideKey.THIRD),
    "rename": lambda d: d.rename_side(SideKey.A, "Arlen"),
    "undo": lambda d: d.undo() and d.redo(),
}


@pytest.mark.slow
@pytest.mark.usefixtures("bit_by_bit")
@pytest.mark.parametrize("what", DECISIONS)
def test_any_decision_meanwhile_stands(tmp_path: Path, what: str) -> None:
    for moment in range(0, 90, 13):
        with Dossier.create(tmp_path / f"{moment}.claimline") as dossier:
            run, fresh = taken_in(dossier, 3)
            assembled(dossier, run, *fresh)
            later = many(4)[3:]
            dossier.add_articles(run, later, [], [])
            parts: list[object] = []

            def decide(
                dossier: Dossier = dossier, parts: list[object] = parts, moment: int = moment
            ) -> None:
                parts.append(1)
                if len(parts) == moment + 1:
                    DECISIONS[what](dossier)

            before = [row.label for row in dossier.revisions()]
            dossier._connections.give_way = decide  # type: ignore[method-assign]
            assembled(dossier, run, later[0][1].article.key)
            if len(parts) <= moment:
                break
            assert dossier.check() == []
            assert len(dossier.claims()) == 80
            after = [row.label for row in dossier.revisions()]
            assert what == "undo" or len(after) > len(before)
            # It may bind the assembly; then that is made anew.
            reading = assemble(dossier.readings(), dossier.decisions())
            dossier.assemble_import(run, reading, ())
            with dossier._step("the same again") as writer:
                apply_reading(writer, reading, ())
                assert writer.is_empty
    assert moment
