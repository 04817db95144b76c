"""One thread writes, others read; each read sees one state."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from db import Changes, Dossier, DossierError
from extraction.model import SideKey
from tests.db.samples import assemble, many


def test_reads_go_on_while_an_import_is_written(dossier: Dossier) -> None:
    new = many(40)
    reading = assemble([*dossier.readings(), *(part for _, part in new)])
    before, after = 5, 5 + 40 * 20
    told = threading.Event()
    dossier.on_change.append(lambda _: told.set())
    with ThreadPoolExecutor(5) as pool:
        write = pool.submit(dossier.record_import, new, reading, [], started=datetime(2031, 5, 1))

        def read() -> set[int]:
            seen = set()
            while not write.done():
                claims = dossier.claims()
                seen.add(len(claims))
                # All queries of one read belong to the same state.
                assert all(claim.content_spans and claim.cue_span.exact for claim in claims)
                counts = dossier.counts()
                assert counts.claims in (before, after)
            return seen

        readers = [pool.submit(read) for _ in range(3)]
        assert write.result().added
        for reader in readers:
            assert reader.result() <= {before, after}
    assert told.is_set()
    assert len(dossier.claims()) == after


def test_writes_of_several_threads_wait_for_one_another(dossier: Dossier) -> None:
    heard: list[Changes] = []
    dossier.on_change.append(heard.append)

    def rename(number: int) -> None:
        with dossier.step(f"Step {number}"):
            dossier.rename_side(SideKey.A, f"Name {number}")
            dossier.title = f"Name {number}"

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(rename, range(30)))
    assert dossier.sides()[0].name == dossier.title
    assert len(heard) == 30
    assert len([row for row in dossier.revisions() if row.label.startswith("Step")]) == 30
    for _ in range(30):
        dossier.undo()
    assert dossier.title == "Sample"


def test_a_write_sees_what_it_has_written_and_others_do_not(dossier: Dossier) -> None:
    with ThreadPoolExecutor(1) as pool, dossier.step("Long"):
        dossier.title = "Half"
        assert dossier.title == "Half"
        assert pool.submit(lambda: dossier.title).result() == "Sample"
    assert dossier.title == "Half"


def test_a_step_that_breaks_off_leaves_nothing(dossier: Dossier) -> None:
    heard: list[Changes] = []
    dossier.on_change.append(heard.append)

    def breaking() -> None:
        with dossier.step("Broken"):
            dossier.title = "Half"
            dossier.move_actor(999, SideKey.A)

    with pytest.raises(KeyError):
        breaking()
    assert dossier.title == "Sample"

    def catching() -> None:
        with dossier.step("Broken inside"):
            dossier.title = "Half"
            with pytest.raises(KeyError):
                dossier.move_actor(999, SideKey.A)

    # Even if the caller swallows it: what broke off may have written half of its rows.
    with pytest.raises(RuntimeError):
        catching()
    assert dossier.title == "Sample"
    assert heard == []
    assert dossier.undo_label == "Import gazette.txt"


def test_closing_breaks_off_what_another_thread_reads(dossier: Dossier) -> None:
    """As when the window is closed while an actor's 2,000 claims are read beside it."""
    look = dossier.look()
    begun = threading.Event()
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"

    def read() -> None:
        with dossier._connections.using(look._database):
            begun.set()
            look._database.sql(endless).fetchone()

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        assert begun.wait(5)
        dossier.close()
        with pytest.raises(DossierError, match="closed"):
            reader.result(timeout=5)
    with pytest.raises(DossierError, match="closed"):
        look.claims([1])
    look.close()
