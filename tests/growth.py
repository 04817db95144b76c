"""How the cost of a function grows, measured so that a busy machine does not decide a test."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence

import pytest

ROUNDS = 3
ENOUGH = 0.4
"""Seconds after which a function is not measured once more."""

LEAST = 0.005
"""Seconds below which a measurement says nothing."""


def seconds(function: Callable[[], object]) -> float:
    """The least processor time, in seconds, that a call takes."""
    found = []
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()
        begun = time.process_time()
        try:
            function()
        finally:
            spent = time.process_time() - begun
            gc.enable()
        found.append(spent)
        if sum(found) > ENOUGH:
            break
    return min(found)


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times as much processor time ``large`` takes as ``small``."""
    small()
    return seconds(large) / max(seconds(small), LEAST)


def a_few_fast(pieces: Sequence[str], count: int = 3) -> list[object]:
    """Parameters for a test that measures: the first ``count`` always, the others as slow."""
    slow = [pytest.param(piece, marks=pytest.mark.slow) for piece in pieces[count:]]
    return [*pieces[:count], *slow]
