"""The cyclic garbage collector, held back while many records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held() -> Iterator[None]:
    """Without the collector: reading makes thousands of records that live on and hold no cycles.

    It would look through all of them again and again, which is a fifth of the time that assembling
    a dossier takes. Whoever finds it at work sets it to work again, in any thread.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def settle() -> None:
    """What is there by now stays: modules and bindings are looked through no more.

    They are a hundred thousand objects, which each full collection would go through while the
    window waits.
    """
    gc.freeze()
