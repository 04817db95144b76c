"""What work on files tells of itself, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """``stage`` is ``reading``, ``assembling`` or ``recording``; ``current`` a file's name."""

    stage: str
    done: int = 0
    total: int = 0
    current: str = ""


Told = Callable[[Progress], None]
Stop = Callable[[], bool]


class Interrupted(Exception):
    """Work that was told to stop before there was anything to keep."""


def quiet(_: Progress) -> None:
    """Tells nobody."""


def never() -> bool:
    """Is never to stop."""
    return False
