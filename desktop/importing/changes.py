"""What an outlet changed in an article since it was imported before, claim by claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from html import escape

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from db import DossierError
from db.rows import ArticleVersion, ChangeKind, ClaimChange
from db.versions import count_kinds
from desktop.messages import counted
from desktop.panels import button, label
from desktop.revisions import moment_in_words
from desktop.session import Selection, Session
from desktop.theme import Theme

CLAIM_LINK = "claim"

# In the order in which they ask for a decision.
_TITLES = (
    (ChangeKind.REWORDED, "Reworded"),
    (ChangeKind.GONE, "Gone"),
    (ChangeKind.ADDED, "New"),
    (ChangeKind.MOVED, "Moved"),
)


class ArticleChanges(QDialog):
    """The versions of one article; a claim that is chosen here is chosen in all views."""

    def __init__(self, session: Session, article_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Versions of the article"))
        self.resize(720, 600)
        self._session = session
        self.article_id = article_id
        self._versions: list[ArticleVersion] = []
        self._title = label("", "title", wrap=True)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Version"))
        self.choice.currentIndexChanged.connect(self._show_current)
        self._changes = self._browser(self.tr("What changed"))
        self._text = self._browser(self.tr("Earlier text"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self._changes, self.tr("What changed"))
        self.tabs.addTab(self._text, self.tr("Earlier text"))
        close = button(self.tr("&Close"), main=True)
        close.clicked.connect(self.close)
        words = label(self.tr("&Version"))
        words.setBuddy(self.choice)
        top = QHBoxLayout()
        top.addWidget(words)
        top.addWidget(self.choice, 1)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(top)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(bottom)
        session.data_changed.connect(self._load)
        session.theme_changed.connect(self._show_current)
        session.dossier_changed.connect(self.close)
        self._load()

    def _browser(self, name: str) -> QTextBrowser:
        browser = QTextBrowser()
        browser.setAccessibleName(name)
        browser.setOpenLinks(False)
        browser.setFrameShape(QFrame.Shape.NoFrame)
        browser.document().setDocumentMargin(12)
        browser.anchorClicked.connect(self._follow_link)
        return browser

    def plain_text(self) -> str:
        """What stands in the first tab."""
        document: QTextDocument = self._changes.document()
        return document.toPlainText()

    def earlier_text(self) -> str:
        document: QTextDocument = self._text.document()
        return document.toPlainText()

    def _load(self, _: object = None) -> None:
        dossier = self._session.dossier
        if dossier is None:
            return
        shown = self.choice.currentData()
        self._versions = dossier.revisions_of(self.article_id)
        self.choice.blockSignals(True)
        self.choice.clear()
        for before, after in zip(self._versions, self._versions[1:], strict=False):
            when = moment_in_words(after.imported) if after.imported else after.file
            words = self.tr("{number}, imported {when}").format(number=after.number, when=when)
            self.choice.insertItem(0, words, (before.number, after.number))
        at = self.choice.findData(shown) if shown is not None else 0
        self.choice.setCurrentIndex(max(at, 0))
        self.choice.blockSignals(False)
        self._show_current()

    def _show_current(self, _: object = None) -> None:
        dossier = self._session.dossier
        pair = self.choice.currentData()
        for browser in (self._changes, self._text):
            browser.document().setDefaultStyleSheet(_style(self._session.theme))
            browser.clear()
        latest = self._versions[-1] if self._versions else None
        self._title.setText("" if latest is None else latest.title or latest.file)
        if dossier is None or pair is None:
            words = self.tr("This article was imported in one version only.")
            self._changes.setHtml(f"<p class='m'>{escape(words)}</p>")
            return
        before, after = pair
        try:
            changes = dossier.changes_between(self.article_id, before, after)
            text = dossier.revision_text(self.article_id, before)
        except (KeyError, DossierError) as error:
            self._changes.setHtml(f"<p class='d'>{escape(str(error))}</p>")
            return
        self._changes.setHtml(changes_html(changes))
        self._text.setPlainText(text)

    def _follow_link(self, link: QUrl) -> None:
        kind, _, number = link.toString().partition(":")
        if kind == CLAIM_LINK and number.isdecimal():
            self._session.select(Selection(claim_id=int(number)))


def changes_html(changes: Sequence[ClaimChange]) -> str:
    """The changes as simple HTML; everything from articles is escaped."""
    counts = count_kinds(list(changes))
    told = [
        f"{counted(counts[kind], 'claim')} {word}"
        for kind, word in (
            (ChangeKind.KEPT, "kept"),
            (ChangeKind.MOVED, "moved"),
            (ChangeKind.REWORDED, "reworded"),
            (ChangeKind.GONE, "gone"),
            (ChangeKind.ADDED, "new"),
        )
        if counts[kind]
    ]
    parts = [f"<p>{escape(', '.join(told) or 'No claims in either version')}.</p>"]
    for kind, title in _TITLES:
        if counts[kind]:
            parts.append(f"<p class='h'>{title}: {counted(counts[kind], 'claim')}</p>")
            parts += [_told(change) for change in changes if change.kind is kind]
    return "".join(parts)


def _told(change: ClaimChange) -> str:
    if change.kind is ChangeKind.REWORDED:
        old, new = difference(change.old_words, change.new_words)
        return (
            f"<p><span class='m'>before:</span> {_marked(old, 'out')}"
            f"<br><span class='m'>now:</span> {_marked(new, 'in')}{_link(change.new_claim)}</p>"
        )
    if change.kind is ChangeKind.GONE:
        words = "" if change.old_claim is None else "You decided on it, so it is kept."
        kept = f"<br><span class='m'>{words}</span>" if words else ""
        return f"<p>{escape(change.old_words)}{_link(change.old_claim)}{kept}</p>"
    return f"<p>{escape(change.new_words)}{_link(change.new_claim)}</p>"


def _link(claim: int | None) -> str:
    return "" if claim is None else f" <a href='{CLAIM_LINK}:{claim}'>Show</a>"


Piece = tuple[str, bool]


def difference(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings in pieces, word by word; true for what the other one lacks."""
    before, after = old.split(), new.split()
    was: list[Piece] = []
    now: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if b > a:
            was.append((" ".join(before[a:b]), tag != "equal"))
        if d > c:
            now.append((" ".join(after[c:d]), tag != "equal"))
    return was, now


def _marked(pieces: Iterable[Piece], style: str) -> str:
    return " ".join(
        f"<span class='{style}'>{escape(words)}</span>" if differs else escape(words)
        for words, differs in pieces
    )


def _style(theme: Theme) -> str:
    return (
        f".h {{ font-weight: 600; margin-top: 16px; margin-bottom: 4px; }}"
        f"p {{ margin-top: 2px; margin-bottom: 8px; }}"
        f".m {{ color: {theme.muted.name()}; }} .d {{ color: {theme.dispute.name()}; }}"
        f".out {{ color: {theme.dispute.name()}; text-decoration: line-through; }}"
        f".in {{ font-weight: 600; text-decoration: underline; }}"
        f"a {{ color: {theme.focus.name()}; }}"
    )
