from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import time
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from db import Dossier, DossierError
from db.rows import ImportProblem
from desktop.importing import engine, jobs
from desktop.importing.engine import (
    Interrupted,
    Progress,
    Reader,
    import_files,
    put_date_right,
    read_files,
)
from desktop.importing.workers import Pool
from extraction.documents import MAX_BYTES
from extraction.model import SideKey
from tests.desktop.importing.conftest import FIRST, UNDATED

both_ways = pytest.mark.parametrize("pooled", [False, True], ids=["in place", "in workers"])


def named(problems: tuple[ImportProblem, ...]) -> dict[str, str]:
    return {Path(item.file).name: item.code for item in problems}


@both_ways
def test_a_folder_becomes_articles_and_claims(
    dossier: Dossier, articles: Path, pool: Pool, pooled: bool
) -> None:
    told: list[Progress] = []
    summary = import_files(dossier, [articles], pool=pool if pooled else None, told=told.append)
    assert len(summary.added) == 2
    assert summary.problems == ()
    assert [row.file for row in dossier.articles()] == ["first.txt", "second.txt"]
    assert {claim.side for claim in dossier.claims()} >= {SideKey.A, SideKey.B}
    assert dossier.check() == []
    assert [item.done for item in told if item.stage == "reading"] == [0, 1, 2]
    assert [item.stage for item in told][-2:] == ["assembling", "recording"]
    assert dossier.undo_label == "Import 2 files"


def test_workers_read_what_is_read_in_place(articles: Path, pool: Pool) -> None:
    assert read_files([articles], Reader(pool)) == read_files([articles], Reader())


def test_the_same_file_twice_is_recognised(
    dossier: Dossier, articles: Path, tmp_path: Path, pool: Pool
) -> None:
    copy = Path(shutil.copy(articles / "first.txt", tmp_path / "copy.txt"))
    first = import_files(dossier, [articles / "first.txt", copy], pool=pool)
    assert len(first.added) == 1
    assert named(first.duplicates) == {"copy.txt": "duplicate"}
    again = import_files(dossier, [articles], pool=pool)
    assert named(again.duplicates) == {"first.txt": "duplicate"}
    assert [row.file for row in dossier.articles()] == ["first.txt", "second.txt"]


@both_ways
def test_what_an_archive_holds_is_imported_in_order_with_its_place(
    dossier: Dossier, articles: Path, pool: Pool, pooled: bool
) -> None:
    def zipped(members: dict[str, bytes]) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            for name, data in members.items():
                file.writestr(name, data)
        return stream.getvalue()

    first, second = ((articles / name).read_bytes() for name in ("first.txt", "second.txt"))
    inner = zipped({"third.txt": UNDATED.encode(), "second.txt": second, "empty.txt": b""})
    path = articles / "a.zip"
    path.write_bytes(zipped({"copy.txt": first, "in/inner.zip": inner, "x.png": b"x"}))
    told: list[Progress] = []
    summary = import_files(dossier, [articles], pool=pool if pooled else None, told=told.append)
    rows = dossier.articles()
    assert [row.file for row in rows] == [
        "a.zip › copy.txt",
        "a.zip › in/inner.zip › third.txt",
        "a.zip › in/inner.zip › second.txt",
    ]
    assert [(Path(p.file).name, p.code) for p in summary.duplicates] == [
        ("first.txt", "duplicate"),
        ("second.txt", "duplicate"),
    ]
    assert {(item.file, item.code) for item in summary.problems} == {
        (f"{path}", "skipped"),
        (f"{path} › in/inner.zip › empty.txt", "empty"),
    }
    assert told[-3].done == told[-3].total == 8
    within = dossier.readings()[1].article.within
    assert [item.member for item in within] == ["in/inner.zip", "third.txt"]
    put_date_right(dossier, rows[1].id, date(2031, 3, 6), pool=pool if pooled else None)
    assert dossier.readings()[1].article.within == within
    assert dossier.check() == []


def test_a_mail_and_what_is_attached_are_read_apart(dossier: Dossier, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Mira Holt <holt@example.org>", "The dam"
    message["Date"] = "Wed, 05 Mar 2031 10:00:00 +0000"
    message.set_content("Ostrana's army denied shelling the dam.")
    message.add_attachment(FIRST, filename="first.txt")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    import_files(dossier, [tmp_path / "a.eml"])
    assert [row.file for row in dossier.articles()] == ["a.eml", "a.eml › first.txt"]
    assert dossier.check() == []


def test_a_language_without_rules_is_kept_and_says_so(dossier: Dossier, tmp_path: Path) -> None:
    text = (
        "Das Ministerium erklärte am Montag, die Armee habe den Damm beschossen. Die Armee wies "
        "das zurück und sprach von einer Lüge, die der Nachbar verbreite.\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    import_files(dossier, [tmp_path / "a.txt"])
    (row,) = dossier.articles()
    assert (row.language, row.warnings) == ("de", ("no-rules:de",))
    assert dossier.claims() == []
    assert dossier.check() == []


def test_names_that_are_no_text_are_kept_as_far_as_they_go(
    dossier: Dossier, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / os.fsdecode(b"na\xffme\n.txt")).write_text(FIRST, encoding="utf-8")
    (folder / os.fsdecode(b"bad\xff.txt")).write_bytes(b"")
    summary = import_files(dossier, [folder])
    assert [row.file for row in dossier.articles()] == ["na�me\n.txt"]
    assert [item.code for item in summary.problems] == ["empty"]
    assert dossier.check() == []


def test_a_date_from_outside_reaches_the_reader(articles: Path) -> None:
    path = articles / "undated.txt"
    path.write_text("The ministry said that it rained on Monday.", encoding="utf-8")
    read = read_files([path], Reader(published=lambda file: date(2031, 3, 5)))
    ((_, reading),) = read.new
    assert reading.article.published.start is not None
    assert reading.article.published.start.date() == date(2031, 3, 5)


@both_ways
def test_bad_files_are_named_and_the_rest_is_read(
    dossier: Dossier, articles: Path, pool: Pool, pooled: bool
) -> None:
    (articles / "empty.txt").touch()
    (articles / "blank.txt").write_text(" \n\t\n")
    (articles / "picture.txt").write_bytes(bytes(range(256)) * 64)
    (articles / "latin.txt").write_bytes("Der Präsident sagte: «Schön.»".encode("latin-1"))
    with (articles / "large.txt").open("wb") as file:
        file.truncate(50 * 2**20)
    gone = articles / "gone.txt"
    summary = import_files(dossier, [articles, gone], pool=pool if pooled else None)
    assert MAX_BYTES < 50 * 2**20
    found = named(summary.problems)
    assert found.pop("picture.txt") in ("binary", "unsupported")
    assert found == {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "large.txt": "too-large",
        "gone.txt": "missing",
    }
    assert {row.file for row in dossier.articles()} == {"first.txt", "second.txt", "latin.txt"}
    assert dossier.check() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_named(dossier: Dossier, articles: Path) -> None:
    (articles / "first.txt").chmod(0)
    assert named(import_files(dossier, [articles]).problems) == {"first.txt": "unreadable"}


def _kill_on_bomb(known: object, path: str, published: date | None, undated: date | None) -> object:
    if "bomb" in path:
        os.kill(os.getpid(), signal.SIGKILL)
    return jobs.read_one(known, path, published, undated)  # type: ignore[arg-type]


def _hang_on_bomb(known: object, path: str, published: date | None, undated: date | None) -> object:
    if "bomb" in path:
        time.sleep(600)
    return jobs.read_one(known, path, published, undated)  # type: ignore[arg-type]


def _fail_on_bomb(known: object, path: str, published: date | None, undated: date | None) -> object:
    if "bomb" in path:
        raise RuntimeError("the rules broke")
    return jobs.read_one(known, path, published, undated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("job", "code"),
    [(_kill_on_bomb, "crashed"), (_hang_on_bomb, "timeout"), (_fail_on_bomb, "failed")],
)
def test_a_file_that_breaks_its_worker_costs_only_itself(
    dossier: Dossier,
    articles: Path,
    pool: Pool,
    monkeypatch: pytest.MonkeyPatch,
    job: object,
    code: str,
) -> None:
    (articles / "bomb.txt").write_text("It was said.")
    monkeypatch.setattr(jobs, "read_one", job)
    monkeypatch.setattr(jobs, "FILE_LIMIT", 8.0 if code == "timeout" else 60.0)
    summary = import_files(dossier, [articles], pool=pool)
    assert named(summary.problems) == {"bomb.txt": code}
    assert len(summary.added) == 2


def test_stopping_keeps_what_was_read(dossier: Dossier, articles: Path, pool: Pool) -> None:
    done: list[int] = []

    def told(progress: Progress) -> None:
        if progress.stage == "reading" and progress.done:
            done.append(progress.done)

    for number in range(20):
        (articles / f"{number}.txt").write_text(f"The ministry said {number} men came on Monday.")
    summary = import_files(dossier, [articles], pool=pool, told=told, stop=lambda: len(done) > 2)
    assert summary.cancelled
    assert 0 < len(summary.added) < 22
    assert len(dossier.articles()) == len(summary.added)


def test_a_closed_pool_writes_nothing(dossier: Dossier, articles: Path) -> None:
    pool = engine.make_pool(1)
    pool.close()
    with pytest.raises(Interrupted):
        import_files(dossier, [articles], pool=pool)
    assert dossier.articles() == []


@both_ways
def test_a_date_put_right_moves_what_hangs_on_it_and_is_undone(
    dossier: Dossier, articles: Path, pool: Pool, pooled: bool
) -> None:
    import_files(dossier, [articles])
    article = dossier.articles()[0]
    before = [claim.when for claim in dossier.claims()]
    put_date_right(dossier, article.id, date(2032, 3, 3), pool=pool if pooled else None)
    after = dossier.articles()[0]
    assert after.published_start is not None
    assert after.published_start.date() == date(2032, 3, 3)
    assert after.published_assumed == ()
    assert any(c.when and c.when.earliest.year == 2032 for c in dossier.claims())
    assert after.id == article.id
    dossier.undo()
    assert [claim.when for claim in dossier.claims()] == before
    with pytest.raises(KeyError):
        put_date_right(dossier, 99, date(2032, 3, 3))


def test_a_decision_made_meanwhile_binds_what_is_recorded(
    dossier: Dossier, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(dossier, [articles / "first.txt"])
    actor = next(row for row in dossier.actors() if row.side is SideKey.B)
    real = jobs.assemble_held
    moved: list[int] = []

    def slow(*arguments: object, **options: object) -> object:
        reading = real(*arguments, **options)  # type: ignore[arg-type]
        if not moved:
            moved.append(actor.id)
            dossier.move_actor(actor.id, SideKey.A)
        return reading

    monkeypatch.setattr(jobs, "assemble_held", slow)
    import_files(dossier, [articles / "second.txt"])
    assert next(row for row in dossier.actors() if row.id == actor.id).side is SideKey.A
    assert len(dossier.articles()) == 2


def test_a_read_only_dossier_is_left_alone(dossier: Dossier, articles: Path) -> None:
    dossier.close()
    with Dossier.open(dossier.path, read_only=True) as again:
        with pytest.raises(DossierError) as raised:
            import_files(again, [articles])
        assert raised.value.kind == "read-only"
        assert again.articles() == []


def test_a_truncated_dossier_is_refused_and_not_changed(dossier: Dossier, articles: Path) -> None:
    import_files(dossier, [articles])
    dossier.close()
    whole = dossier.path.read_bytes()
    cut = whole[: len(whole) // 2]
    dossier.path.write_bytes(cut)
    with pytest.raises(DossierError) as raised:
        Dossier.open(dossier.path)
    assert raised.value.kind == "truncated"
    assert dossier.path.read_bytes() == cut


def test_a_full_disk_leaves_the_dossier_as_it_was(
    dossier: Dossier, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(dossier, [articles / "first.txt"])
    before = dossier.counts()

    def full(*_: object, **__: object) -> None:
        raise _full_error()

    monkeypatch.setattr("db.importing.record", full)
    with pytest.raises(DossierError) as raised:
        import_files(dossier, [articles / "second.txt"])
    assert raised.value.kind == "disk-full"
    monkeypatch.undo()
    assert dossier.counts() == before
    assert dossier.check() == []
    assert len(import_files(dossier, [articles / "second.txt"]).added) == 1


def _full_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.mark.slow
def test_a_folder_of_a_thousand_files_with_bad_ones(
    dossier: Dossier, tmp_path: Path, pool: Pool
) -> None:
    folder = tmp_path / "thousand"
    folder.mkdir()
    bad = {}
    for number in range(1000):
        path = folder / f"article {number:04}.txt"
        if number % 50 == 0:
            path.write_bytes(b"" if number % 100 else bytes(range(256)) * 9)
            bad[path.name] = ("empty",) if number % 100 else ("binary", "unsupported")
        else:
            path.write_text(
                f"Date: 2031-03-{number % 28 + 1:02}\n\nVelmark's ministry said on Monday that "
                f"Ostrana had shelled village {number}. Ostrana denied it.\n"
            )
    summary = import_files(dossier, [folder], pool=pool)
    assert len(summary.added) == 980
    problems = named(summary.problems)
    assert problems.keys() == bad.keys()
    assert all(code in bad[name] for name, code in problems.items())
    assert dossier.counts().articles == 980
    assert dossier.check() == []


def test_a_dossier_is_assembled_from_its_file_and_comes_back_in_pieces(
    dossier: Dossier, articles: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(dossier, [articles])
    whole = engine.assemble(dossier.readings(), dossier.decisions())
    monkeypatch.setattr(jobs, "PIECE", 2)
    for pieces in (engine.assemble_dossier(dossier, pool), jobs.unpacked(jobs.packed(whole))):
        assert pieces.claims == whole.claims
        assert pieces.relations == whole.relations
        assert [part.article.key for part in pieces.articles] == [
            part.article.key for part in whole.articles
        ]
        told = {(m.article, m.narration) for event in whole.events for m in event.mentions}
        kept = {(a.article.key, n.index) for a in pieces.articles for n in a.narrations}
        assert kept == told
    (new,) = read_files([write_third(articles)], Reader()).new
    both = engine.assemble([*dossier.readings(), new[1]], dossier.decisions())
    assert engine.assemble_dossier(dossier, pool, [new[1]]).claims == both.claims


def write_third(folder: Path) -> Path:
    path = folder / "third.txt"
    path.write_text(UNDATED.replace("March 5", "March 9"), encoding="utf-8")
    return path
