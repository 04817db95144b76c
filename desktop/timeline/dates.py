"""What a person typed to go to: a date in figures or in words, as a stretch of time."""

from __future__ import annotations

import re
from datetime import datetime

from desktop.timeline import edtf
from desktop.timeline.scale import MINUTE, YEAR, to_days
from extraction.times.typed import words_interval

FEW_DAYS = 3.0

BEFORE_OUR_ERA = re.compile(r"(\d{1,4}) ?(?:BCE|BC|B\.C\.)", re.IGNORECASE)


def stretch(text: str, anchor: datetime) -> tuple[float, float] | None:
    """The days from begin to end of what ``text`` names, or ``None``.

    Figures are read as EDTF. Words are read as in an article published at ``anchor``: "last
    week", "4 October", "1994".
    """
    words = text.strip()
    if not words:
        return None
    figures = edtf.stretch(words.upper() if "x" in words[-2:] else words)
    if figures is not None or edtf.is_like(words):
        return figures
    early = BEFORE_OUR_ERA.fullmatch(words)
    if early is not None:
        return edtf.stretch(f"{1 - int(early[1]):05}")
    named = words_interval(words, anchor)
    if named is None:
        return None
    return to_days(named.earliest), to_days(named.latest) + MINUTE


def room_around(start: float, end: float) -> tuple[float, float]:
    """A view in which a stretch can be seen with what is near it; at least two hours.

    A day has more than itself on either side, a season is wide enough with a little.
    """
    length = min(max(end - start, 2 / 24), 2000 * YEAR)
    beside = min(1.5 * length, max(FEW_DAYS, 0.15 * length))
    middle = (start + end) / 2
    return middle - length / 2 - beside, middle + length / 2 + beside
