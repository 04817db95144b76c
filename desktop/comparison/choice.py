"""Which claims a decision is meant for: the one chosen, those marked, or an event's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.rows import ClaimRow
from desktop.comparison.listing import RowKind
from desktop.comparison.rows import Column, claims_in, column_of

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas

MOST_ROWS = 2000
"""Rows that one stretch of marks may reach over."""


class Choice:
    """Marks several claims. ``marked`` holds their ids in the order in which they were marked."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        self._canvas = canvas
        self.marked: list[int] = []
        self._from: int | None = None

    def clear(self) -> bool:
        """Forget the marks; false where there were none."""
        had = bool(self.marked)
        self.marked.clear()
        self._from = None
        return had

    def toggle(self, claim_id: int) -> None:
        """Mark a claim or take its mark away; the one chosen before is the first of them."""
        chosen = self._canvas.session.selection.claim_id
        if not self.marked and chosen is not None and chosen != claim_id:
            self.marked.append(chosen)
        if claim_id in self.marked:
            self.marked.remove(claim_id)
        else:
            self.marked.append(claim_id)
        self._from = claim_id

    def extend(self, claim_id: int) -> None:
        """Mark all claims in reading order from where the marks began."""
        begin = self._from or self._canvas.session.selection.claim_id or claim_id
        self._from = begin
        places = [self._canvas.index_of(one, None) for one in (begin, claim_id)]
        first, last = places
        if first is None or last is None or abs(last - first) > MOST_ROWS:
            self.marked = [claim_id]
            return
        ids = [claim.id for claim in self.reading(min(first, last), max(first, last) + 1)]
        if begin not in ids or claim_id not in ids:
            self.marked = [claim_id]
            return
        start, end = ids.index(begin), ids.index(claim_id)
        self.marked = ids[start : end + 1] if start <= end else ids[end : start + 1][::-1]

    def keep_existing(self) -> None:
        """Drop the marks of claims that are shown no longer."""
        self.marked = [one for one in self.marked if self._canvas.index_of(one, None) is not None]

    def targets(self) -> list[int]:
        """The claims that a decision is for now, in reading order as far as they are marked."""
        if self.marked:
            return list(self.marked)
        selection = self._canvas.session.selection
        if selection.claim_id is not None:
            shown = self._canvas.index_of(selection.claim_id, None) is not None
            return [selection.claim_id] if shown else []
        if selection.event_id is None:
            return []
        place = self._canvas.rows.place_of(RowKind.EVENT, selection.event_id)
        return [] if place is None else [claim.id for claim in self.reading(place, place + 1)]

    def reading(self, first: int, last: int) -> Iterator[ClaimRow]:
        """Claims of the rows ``first`` to before ``last``, column after column in each."""
        session = self._canvas.session
        for place in range(first, min(last, len(self._canvas.rows))):
            claims = claims_in(session, self._canvas.rows[place])
            for column in Column:
                yield from (claim for claim in claims if column_of(claim.side) is column)
