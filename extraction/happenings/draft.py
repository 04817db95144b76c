"""A happening on its way, before the voices around it are known."""

from __future__ import annotations

import msgspec

from extraction.model import Happening


class Draft(msgspec.Struct, frozen=True):
    """A happening with where its clause lies.

    ``start`` and ``end`` bound the clause in the text. ``controlled`` says that the one who did
    it is the speaker or whoever is spoken of, and that the sentence does not name it again.
    ``ongoing`` marks "were shelling". ``sites`` are the happening's places with where each stands;
    ``leading`` is false for a noun that stands behind the sentence's verb.
    """

    happening: Happening
    sentence: int
    start: int
    end: int
    controlled: bool
    ongoing: bool = False
    sites: tuple[tuple[int, str], ...] = ()
    leading: bool = True
