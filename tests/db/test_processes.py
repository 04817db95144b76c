"""Two processes on one dossier, and processes that are killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import Dossier
from tests.db.tables import all_rows

ROOT = Path(__file__).parents[2]


@contextmanager
def another_process(action: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.db.helper_process", action, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_the_second_process_gets_it_read_only(dossier: Dossier) -> None:
    with another_process("hold", dossier.path) as other:
        assert said(other) == "in-use"
        dossier.title = "Written meanwhile"


def test_the_second_reads_what_the_first_writes(dossier: Dossier, tmp_path: Path) -> None:
    dossier.close()
    with another_process("hold", dossier.path) as other:
        assert said(other) == "writing"
        with Dossier.open(dossier.path) as second:
            assert (second.read_only, second.read_only_reason) == (True, "in-use")
            assert len(second.claims()) == 5
        other.communicate("\n")
    with Dossier.open(dossier.path) as third:
        assert not third.read_only


def test_a_second_window_of_this_process(dossier: Dossier) -> None:
    with Dossier.open(dossier.path) as second:
        assert second.read_only_reason == "in-use"
        dossier.title = "Seen at once"
        assert second.title == "Seen at once"
    # Closing the second must not have freed the first's locks.
    with another_process("hold", dossier.path) as other:
        assert said(other) == "in-use"
    dossier.title = "Still writing"
    assert dossier.check() == []


def test_the_lock_of_a_killed_process_does_not_stay(dossier: Dossier) -> None:
    dossier.close()
    with another_process("hold", dossier.path) as other:
        assert said(other) == "writing"
    assert other.returncode != 0
    with Dossier.open(dossier.path) as again:
        assert not again.read_only
        again.title = "Taken over"
    assert [file.name for file in dossier.path.parent.iterdir()] == [dossier.path.name]


def test_killed_in_the_middle_of_an_import(dossier: Dossier) -> None:
    before = all_rows(dossier)
    dossier.close()
    with another_process("import", dossier.path) as other:
        assert said(other) == "written"
    with Dossier.open(dossier.path) as again:
        assert all_rows(again) == before
        assert again.check() == []
        assert again.undo_label == "Import gazette.txt"


def test_a_write_that_another_program_broke_off_is_undone(dossier: Dossier) -> None:
    before = all_rows(dossier)
    dossier.close()
    with another_process("spill", dossier.path) as other:
        assert said(other) == "spilled"
    journal = dossier.path.with_name(dossier.path.name + "-journal")
    assert journal.stat().st_size > 0
    with Dossier.open(dossier.path) as again:
        assert all_rows(again) == before
        assert again.check() == []
    assert not journal.exists()


@pytest.mark.slow
def test_killed_again_and_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.db.killing", "--times", "50", "--seed", "3"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_killed_at_any_moment(dossier: Dossier) -> None:
    """Each time either the state before the import is there, or the one after it, as a whole."""
    before = dossier.counts()
    dossier.close()
    chance = random.Random(20)
    for _ in range(15):
        with another_process("repeat", dossier.path) as other:
            assert said(other) == "begun"
            time.sleep(chance.uniform(0, 0.6))
        with Dossier.open(dossier.path) as again:
            assert again.check() == []
            if again.counts() != before:
                assert again.undo_label == "Import 15 files"
                assert again.counts().articles == before.articles + 15
                again.undo()
            assert again.counts() == before
