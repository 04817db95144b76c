"""The keyboard in the split view: from claim to claim, across, and deciding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from db.rows import ClaimRow
from desktop.comparison.menus import ACT_KEYS, SIDE_KEYS
from desktop.comparison.rows import (
    Column,
    Content,
    claims_in,
    column_of,
    read_content,
)

if TYPE_CHECKING:
    from desktop.comparison.canvas import ComparisonCanvas

Key = Qt.Key
PAIR = 2


class Moves:
    """Arrow keys follow a column; left and right go to the card that a link leads to."""

    def __init__(self, canvas: ComparisonCanvas) -> None:
        self._canvas = canvas
        self._column = Column.LEFT

    def handle(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; false where it asks nothing of the split view."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Key(event.key())
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            if key is Key.Key_F10:
                return self._ask_for_menu()
            return self._with_shift(key)
        if modifiers:
            return False
        canvas, review = self._canvas, self._canvas.review
        claim = self._current()
        acts: dict[Key, Callable[[], object]] = {
            Key.Key_Down: lambda: self.along(1),
            Key.Key_Up: lambda: self.along(-1),
            Key.Key_Left: lambda: self.across(-1),
            Key.Key_Right: lambda: self.across(1),
            Key.Key_Home: lambda: self.to_end(first=True),
            Key.Key_End: lambda: self.to_end(first=False),
            Key.Key_PageDown: lambda: self.page(1),
            Key.Key_PageUp: lambda: self.page(-1),
            Key.Key_N: review.next,
            Key.Key_U: review.undo,
        }
        if canvas.choice.targets():
            acts[Key.Key_A] = lambda: review.decide(True)
            acts[Key.Key_R] = lambda: review.decide(False)
            acts[Key.Key_E] = canvas.act_requested.emit
            acts[Key.Key_S] = review.star
            acts[Key.Key_M] = canvas.note_requested.emit
            acts[Key.Key_W] = canvas.source_requested.emit
            acts |= {
                key: partial(review.change_side, side)
                for key, side in SIDE_KEYS.items()
                if review.allowed()
            }
            acts |= {
                key: partial(review.change_act, act)
                for key, act in ACT_KEYS.items()
                if review.allowed()
            }
        if len(canvas.choice.marked) == PAIR:
            acts[Key.Key_L] = self._relate
        if canvas.choice.marked:
            acts[Key.Key_Escape] = canvas.clear_marks
        event_id = canvas.session.selection.event_id
        if claim is not None:
            acts[Key.Key_Return] = acts[Key.Key_Enter] = lambda: canvas.edit_requested.emit(
                claim.id
            )
            acts[Key.Key_O] = lambda: canvas.opened.emit(claim.id)
        elif event_id is not None and canvas.index_of(None, event_id) is not None:
            acts[Key.Key_Return] = acts[Key.Key_Enter] = lambda: canvas.event_edit_requested.emit(
                event_id
            )
        if key not in acts:
            return False
        acts[key]()
        return True

    def _ask_for_menu(self) -> bool:
        """Shift+F10, which Qt turns into the menu key on Windows alone."""
        canvas = self._canvas
        at = canvas.viewport().rect().center()
        canvas.pointing.asked_for_menu(
            QContextMenuEvent(
                QContextMenuEvent.Reason.Keyboard, at, canvas.viewport().mapToGlobal(at)
            )
        )
        return True

    def _relate(self) -> None:
        """Ask what the first of two marked claims is to the second."""
        source, target = self._canvas.choice.marked
        rect = self._canvas.hits.claim_rect(target)
        at = rect.center().toPoint() if rect is not None else QPoint(40, 40)
        self._canvas.relate_requested.emit(source, target, self._canvas.viewport().mapToGlobal(at))

    def _with_shift(self, key: Key) -> bool:
        """Shift with an arrow marks on the way; with N it goes back."""
        canvas = self._canvas
        if key is Key.Key_N:
            canvas.review.next(-1)
        elif key in (Key.Key_Down, Key.Key_Up) and (claim := self._current()) is not None:
            beside = self._beside(claim, 1 if key is Key.Key_Down else -1)
            if beside is not None:
                canvas.choice.extend(beside.id)
                canvas.choose(beside, marking=True)
        else:
            return False
        return True

    def _beside(self, claim: ClaimRow, step: int) -> ClaimRow | None:
        """The claim before or after in reading order, in this row or the next."""
        index = self._row_of(claim.id)
        assert index is not None
        first, last = max(index - (step < 0), 0), index + 1 + (step > 0)
        ordered = list(self._canvas.choice.reading(first, last))
        ids = [other.id for other in ordered]
        place = ids.index(claim.id) + step
        return ordered[place] if 0 <= place < len(ordered) else None

    # ------------------------------------------------------------------ where we are

    def _current(self) -> ClaimRow | None:
        claim_id = self._canvas.session.selection.claim_id
        if claim_id is None or self._row_of(claim_id) is None:
            return None
        return self._canvas.session.claim(claim_id)

    def _row_of(self, claim_id: int) -> int | None:
        return self._canvas.index_of(claim_id, None)

    def _content(self, index: int) -> Content:
        return read_content(self._canvas.session, self._canvas.rows[index])

    def _claims(self, index: int, column: Column) -> tuple[ClaimRow, ...]:
        claims = claims_in(self._canvas.session, self._canvas.rows[index])
        return tuple(claim for claim in claims if column_of(claim.side) is column)

    # ------------------------------------------------------------------ moving

    def along(self, step: int) -> ClaimRow | None:
        """Choose the next claim of the column, in this row or a later one."""
        claim = self._current()
        if claim is None:
            return self._first_in(self._from_top())
        index = self._row_of(claim.id)
        assert index is not None
        column = column_of(claim.side)
        here = self._claims(index, column)
        place = [other.id for other in here].index(claim.id) + step
        if 0 <= place < len(here):
            return self._choose(here[place], column)
        rows = range(index + step, len(self._canvas.rows) if step > 0 else -1, step)
        return self._first_in(rows, column, last=step < 0)

    def _from_top(self) -> Iterable[int]:
        visible = self._canvas.visible_rows()
        first = next((index for index, top in visible if top >= 0), 0)
        return range(first, len(self._canvas.rows))

    def _first_in(
        self, rows: Iterable[int], column: Column | None = None, *, last: bool = False
    ) -> ClaimRow | None:
        columns = (column,) if column is not None else tuple(Column)
        for index in rows:
            for candidate in columns:
                claims = self._claims(index, candidate)
                if claims:
                    return self._choose(claims[-1 if last else 0], candidate)
        return None

    def across(self, step: int) -> ClaimRow | None:
        """Choose the opposing card: the one a link leads to, else the one beside."""
        claim = self._current()
        if claim is None:
            return self.along(1)
        index = self._row_of(claim.id)
        assert index is not None
        content = self._content(index)
        order = tuple(Column)
        column = content.column_of(claim.id) or self._column
        place = order.index(column) + step
        while 0 <= place < len(order):
            claims = content.columns[order[place]]
            if claims:
                return self._choose(self._facing(content, claim, column, claims), order[place])
            place += step
        return None

    @staticmethod
    def _facing(
        content: Content, claim: ClaimRow, column: Column, claims: tuple[ClaimRow, ...]
    ) -> ClaimRow:
        linked = {
            other
            for link in content.links
            for one, other in (
                (link.relation.source_id, link.relation.target_id),
                (link.relation.target_id, link.relation.source_id),
            )
            if one == claim.id
        }
        for candidate in claims:
            if candidate.id in linked:
                return candidate
        ids = [other.id for other in content.columns[column]]
        return claims[min(ids.index(claim.id), len(claims) - 1)]

    def to_end(self, *, first: bool) -> ClaimRow | None:
        count = len(self._canvas.rows)
        rows = range(count) if first else range(count - 1, -1, -1)
        return self._first_in(rows, self._column, last=not first) or self._first_in(
            rows, last=not first
        )

    def page(self, direction: int) -> ClaimRow | None:
        """Scroll a page and choose what then stands at its top (or, upwards, still does)."""
        self._canvas.scroll_page(direction)
        visible = [index for index, _ in self._canvas.visible_rows()]
        if direction < 0 and visible and visible[0] == 0:
            return self._first_in(visible, self._column)
        whole = [index for index, top in self._canvas.visible_rows() if top >= 0]
        return self._first_in(whole or visible, self._column) or self._first_in(whole or visible)

    def after(self, claim_id: int) -> ClaimRow | None:
        """The claim to go to when this one leaves the view: the next in reading order."""
        index = self._row_of(claim_id)
        if index is None:
            return None
        ordered = list(self._canvas.choice.reading(index, index + 40))
        ids = [claim.id for claim in ordered]
        if claim_id in ids and ids.index(claim_id) + 1 < len(ids):
            return ordered[ids.index(claim_id) + 1]
        return None

    def _choose(self, claim: ClaimRow, column: Column) -> ClaimRow:
        self._column = column
        self._canvas.choose(claim)
        return claim
