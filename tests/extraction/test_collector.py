"""The garbage collector: held back while records are made, and let off what stays."""

from __future__ import annotations

import gc

import pytest

from extraction.collector import held, settle


def test_the_collector_is_held_and_set_to_work_again() -> None:
    assert gc.isenabled()
    with held():
        assert not gc.isenabled()
        with held():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="row"), held():
        raise ValueError("row")
    assert gc.isenabled()


def test_what_is_there_by_now_is_looked_through_no_more() -> None:
    before = gc.get_freeze_count()
    kept = [[number] for number in range(1_000)]
    settle()
    try:
        assert gc.get_freeze_count() > before + len(kept)
        assert len(gc.get_objects()) < len(kept)
    finally:
        gc.unfreeze()
