"""Puts right in the article's own text: the words of a claim, and claims that were missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from db import Dossier
from db.errors import DossierError
from db.rows import ClaimRow, EventRow, NewClaim
from desktop.reader.newclaim import NewClaimDialog
from desktop.session import Selection
from extraction.model import Span

if TYPE_CHECKING:
    from desktop.reader.view import ReaderView

MOST_EVENTS = 30


class Correcting(QObject):
    """Works on what is selected in the reader. ``failed`` carries a ``DossierError``."""

    failed = Signal(object)

    def __init__(self, reader: ReaderView) -> None:
        super().__init__(reader)
        self._reader = reader
        self._session = reader.session
        reader.text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        reader.text.customContextMenuRequested.connect(self._show_menu)
        for key, act in (("W", self.take_words), ("C", self.ask_claim)):
            shortcut = QShortcut(QKeySequence(key), reader.text)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    # ------------------------------------------------------------------ what is chosen

    def selected(self) -> Span | None:
        """What is selected, without the blanks around it and in whole words."""
        found = self._reader.text.selected_points()
        if found is None or self._reader.article_id is None:
            return None
        text = self._reader.canonical_text
        start, end = found
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Span.cut(text, *whole_words(text, start, end)) if end > start else None

    def _claim(self) -> ClaimRow | None:
        """The chosen claim, if it is one of this article."""
        claim_id = self._session.selection.claim_id
        if claim_id is None:
            return None
        try:
            claim = self._session.claim(claim_id)
        except KeyError:
            return None
        return claim if claim.article_id == self._reader.article_id else None

    def _allowed(self) -> bool:
        dossier = self._session.dossier
        return dossier is not None and not dossier.read_only

    # ------------------------------------------------------------------ doing

    def take_words(self) -> None:
        """What is selected becomes the words of the chosen claim."""
        words, claim = self.selected(), self._claim()
        if words is not None and claim is not None:
            self._keep(lambda dossier: dossier.set_content(claim.id, [words]))

    def ask_claim(self) -> NewClaimDialog | None:
        """Ask for what makes a claim of the selected words."""
        words, article_id = self.selected(), self._reader.article_id
        if words is None or article_id is None or not self._allowed():
            return None
        dialog = NewClaimDialog(
            self._session, article_id, words, self._events_near(words), self._reader.window()
        )
        dialog.accepted_claim.connect(self.add)
        dialog.open()
        return dialog

    def add(self, new: NewClaim) -> None:
        """Add a claim and choose it."""
        made: list[int] = []
        self._keep(lambda dossier: made.append(dossier.add_claim(new)))
        if made:
            self._session.select(
                Selection(claim_id=made[0], span=new.contents[0]), origin=self._reader
            )

    def _events_near(self, words: Span) -> list[EventRow]:
        """Events of the claims in this article, those told of nearest to the words first."""
        claims = self._reader.claims_here()
        claims.sort(key=lambda claim: _distance(claim, words))
        ids = dict.fromkeys(claim.event_id for claim in claims if claim.event_id is not None)
        return [self._session.event_row(one) for one in list(ids)[:MOST_EVENTS]]

    def _keep(self, act: Callable[[Dossier], object]) -> None:
        dossier = self._session.dossier
        if dossier is None or dossier.read_only:
            return
        try:
            act(dossier)
        except DossierError as error:
            self.failed.emit(error)

    # ------------------------------------------------------------------ the menu

    def menu(self) -> QMenu:
        """The text's own menu, and what can be done with the selection."""
        menu = self._reader.text.createStandardContextMenu()
        menu.addSeparator()
        chosen = self.selected() is not None and self._allowed()
        words = menu.addAction(self.tr("These are the &words of the chosen claim\tW"))
        words.triggered.connect(lambda: self.take_words())
        words.setEnabled(chosen and self._claim() is not None)
        claim = menu.addAction(self.tr("New &claim of these words…\tC"))
        claim.triggered.connect(lambda: self.ask_claim())
        claim.setEnabled(chosen)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._reader.text.mapToGlobal(at))


WRITTEN_APART = 0x2E80
"""Scripts from here on write their words without blanks between them."""


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that begins and ends in a word, widened to all of that word."""

    def joined(at: int) -> bool:
        return 0 < at < len(text) and all(
            letter.isalnum() and ord(letter) < WRITTEN_APART for letter in text[at - 1 : at + 1]
        )

    while joined(start):
        start -= 1
    while joined(end):
        end += 1
    return start, end


def _distance(claim: ClaimRow, words: Span) -> int:
    spans = claim.content_spans or (claim.cue_span,)
    return min(max(span.start - words.end, words.start - span.end, 0) for span in spans)
