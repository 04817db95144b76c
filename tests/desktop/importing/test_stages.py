"""Many files appear as they are read, are one step, and go on where they broke off."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from db import Dossier
from db.changes import Changes
from desktop.importing import engine, reading, stages
from desktop.importing.engine import Interrupted, Progress, import_files
from desktop.importing.reading import Reader
from desktop.importing.stages import go_on
from desktop.importing.workers import Pool
from tests.db.tables import all_rows

COUNT = 40


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Forty articles of one dispute over two towns, and one file that is no article."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(COUNT):
        town = ("Lumen", "Pell")[number % 2]
        (folder / f"{number:02}.txt").write_text(
            f"Dispute, day {number + 1}\n\nPublished: 2031-05-{number % 28 + 1:02}\n\n"
            f"Tersk said Palvian forces shelled {town} on Monday, killing {number + 2} people. "
            f"Palvia denied shelling {town}.\n"
        )
    (folder / "99.txt").write_bytes(b"")
    return folder


def reader(told: Callable[[Progress], None] = lambda _: None) -> Reader:
    return Reader(told=told)


class PowerCut(BaseException):
    """Ends the program here."""


def test_articles_and_claims_appear_while_others_are_read(dossier: Dossier, many: Path) -> None:
    before = all_rows(dossier)
    seen: list[tuple[int, int]] = []

    def watch(_: Changes) -> None:
        counts = dossier.counts()
        seen.append((counts.articles, counts.claims))

    dossier.on_change.append(watch)
    told: list[Progress] = []
    summary = import_files(dossier, [many], told=told.append)
    assert len(summary.added) == COUNT
    assert [Path(item.file).name for item in summary.problems] == ["99.txt"]
    # Long before the end there are articles, and claims of some of them.
    assert any(0 < articles < COUNT for articles, _ in seen)
    assert any(0 < articles < COUNT and claims for articles, claims in seen)
    done = [item.done for item in told if item.stage == "reading"]
    assert done == sorted(done)
    assert done[-1] == COUNT + 1
    assert dossier.check() == []
    assert dossier.undo_label == f"Import {COUNT} files"
    dossier.undo()
    assert all_rows(dossier) == before


def test_in_stages_the_same_is_found_as_at_once(
    dossier: Dossier, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(dossier, [many])
    monkeypatch.setattr(engine, "AT_ONCE", 1000)
    with Dossier.create(tmp_path / "whole.claimline") as whole:
        import_files(whole, [many])
        for rows in ("claims", "events", "relations", "actors"):
            staged, at_once = getattr(dossier, rows)(), getattr(whole, rows)()
            assert len(staged) == len(at_once)
        contents = [(claim.content, claim.side, claim.status) for claim in whole.claims()]
        assert [(c.content, c.side, c.status) for c in dossier.claims()] == contents


@pytest.mark.slow
def test_workers_do_the_same(dossier: Dossier, many: Path, pool: Pool) -> None:
    assert len(import_files(dossier, [many], pool=pool).added) == COUNT
    assert dossier.check() == []


def test_after_a_power_cut_the_rest_is_read(
    tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cut.claimline"

    def cut(progress: Progress) -> None:
        if progress.done == 20:
            raise PowerCut

    with Dossier.create(path) as dossier, pytest.raises(PowerCut):
        import_files(dossier, [many], told=cut)
    with Dossier.open(path) as dossier:
        kept = dossier.counts().articles
        assert 0 < kept < 20
        left = dossier.unfinished_import()
        assert left is not None
        assert len(left.paths) == COUNT + 1 - kept
        summary = go_on(dossier, reader())
        assert summary is not None
        assert len(summary.added) == COUNT
        assert dossier.unfinished_import() is None
        assert go_on(dossier, reader()) is None
        assert all(row.claim_count for row in dossier.articles())
        assert dossier.check() == []


def test_a_name_that_is_no_text_is_read_and_gone_on_with(tmp_path: Path, many: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(many / "98 50% ") + b"\xff.txt"))
    try:
        (many / "39.txt").rename(odd)
    except OSError:
        pytest.skip("the file system takes no such name")

    def cut(progress: Progress) -> None:
        if progress.done == 20:
            raise PowerCut

    with Dossier.create(tmp_path / "odd.claimline") as dossier:
        with pytest.raises(PowerCut):
            import_files(dossier, [many], told=cut)
        summary = go_on(dossier, reader())
        assert summary is not None
        assert len(summary.added) == COUNT


def test_a_cut_between_reading_and_comparing_is_made_good(
    tmp_path: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cut.claimline"

    def cut(progress: Progress) -> None:
        if progress.stage == "recording" and progress.done > COUNT // 2:
            raise PowerCut

    with Dossier.create(path) as dossier, pytest.raises(PowerCut):
        import_files(dossier, [many], told=cut)
    with Dossier.open(path) as dossier:
        assert any(not row.claim_count for row in dossier.articles())
        assert go_on(dossier, reader()) is not None
        assert all(row.claim_count for row in dossier.articles())


def test_stopping_keeps_what_is_done(dossier: Dossier, many: Path) -> None:
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 12

    summary = import_files(dossier, [many], stop=stop)
    assert summary.cancelled
    assert 0 < len(summary.added) < COUNT
    assert dossier.unfinished_import() is None
    assert all(row.claim_count for row in dossier.articles())


def test_a_pause_holds_the_next_batch_back(
    dossier: Dossier, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(stages.time, "sleep", waited.append)
    import_files(dossier, [many], pause=lambda: len(waited) < 3)
    assert len(waited) == 3
    assert dossier.counts().articles == COUNT


def test_undone_while_it_runs_it_ends(dossier: Dossier, many: Path) -> None:
    def undo(progress: Progress) -> None:
        if progress.stage == "reading" and progress.done == 20:
            while dossier.undo_label is not None:
                dossier.undo()

    with pytest.raises(Interrupted):
        import_files(dossier, [many], told=undo)
    assert dossier.counts().articles == 0
    assert dossier.check() == []


@pytest.fixture
def mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty mails of one dispute in one file."""
    monkeypatch.setattr(engine, "MANY_BYTES", 1000)
    mails = [
        f"From x\nFrom: Mira Holt <m@b.example>\nSubject: Day {number}\nMessage-ID: <{number}@b>\n"
        f"Date: {number % 28 + 1} May 2031 10:00:00 +0000\n\n"
        f"Tersk said Palvian forces shelled Lumen on Monday, killing {number + 2} people.\n"
        "Palvia denied shelling Lumen.\n\n"
        for number in range(COUNT)
    ]
    path = tmp_path / "Inbox"
    path.write_text("".join(mails))
    return path


def test_what_a_container_holds_comes_in_batches(dossier: Dossier, mailbox: Path) -> None:
    seen: list[int] = []
    dossier.on_change.append(lambda _: seen.append(dossier.counts().articles))
    told: list[Progress] = []
    summary = import_files(dossier, [mailbox], told=told.append)
    assert len(summary.added) == COUNT
    assert not summary.problems
    assert not summary.duplicates
    assert any(0 < articles < COUNT for articles in seen)
    assert dossier.unfinished_import() is None
    reading = [item for item in told if item.stage == "reading"]
    assert (reading[-1].done, reading[-1].total) == (COUNT + 1, COUNT + 1)
    assert all(item.done <= item.total for item in reading)


def test_a_container_is_gone_on_with_where_it_broke_off(tmp_path: Path, mailbox: Path) -> None:
    path = tmp_path / "cut.claimline"

    def cut(progress: Progress) -> None:
        if progress.done == 25:
            raise PowerCut

    with Dossier.create(path) as dossier, pytest.raises(PowerCut):
        import_files(dossier, [mailbox], told=cut)
    with Dossier.open(path) as dossier:
        assert 0 < dossier.counts().articles < COUNT
        left = dossier.unfinished_import()
        assert left is not None
        assert len(left.paths) == 1
        summary = go_on(dossier, reader())
        assert summary is not None
        assert len(summary.added) == COUNT
        assert not summary.duplicates
        assert dossier.unfinished_import() is None
        assert dossier.check() == []


def test_a_container_takes_time_by_its_size_and_an_article_does_not(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    with path.open("wb") as file:
        file.truncate(reading.LARGEST_DOCUMENT + 10 * reading.BYTES_A_SECOND)
    assert reading._seconds_for(path) == 10
    path.write_bytes(b"x")
    assert reading._seconds_for(path) == 0
    assert reading._seconds_for(tmp_path / "gone") == 0
