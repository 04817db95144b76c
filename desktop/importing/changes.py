"""What an outlet changed in an article since it was imported before, claim by claim, to decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextDocument
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
from db.changed import key_of
from db.rows import ArticleVersion, ChangeKind, ClaimChange, Verdict
from db.versions import count_kinds
from desktop.importing.changelist import ChangeList
from desktop.importing.textdiff import compared_html
from desktop.messages import counted, of_error
from desktop.panels import button, label
from desktop.revisions import moment_in_words
from desktop.session import Selection, Session

_VERBS = {
    ChangeKind.REWORDED: ("Take the new words", "Keep the earlier words"),
    ChangeKind.GONE: ("Let it go", "Keep it"),
    ChangeKind.ADDED: ("Accept it", "Reject it"),
}
_MIXED = "Go along with these", "Stay with the earlier"
_STANDS = {
    ChangeKind.REWORDED: (
        "The new words stand until you decide. The earlier ones, if kept, stand beside them "
        "as a claim of the earlier version."
    ),
    ChangeKind.GONE: "Nobody decided on it before, so it is in no view now.",
    ChangeKind.ADDED: "It is suggested until you decide.",
    ChangeKind.MOVED: "The same words stand elsewhere; there is nothing to decide.",
}
_KEPT = "You decided on it before, so it is kept until you say otherwise."


class ArticleChanges(QDialog):
    """The versions of one article; a claim that is chosen here is chosen in all views."""

    def __init__(self, session: Session, article_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Versions of the article"))
        self.resize(760, 640)
        self._session = session
        self.article_id = article_id
        self._versions: list[ArticleVersion] = []
        self._steps: list[int | None] = []
        self._title = label("", "title", wrap=True)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Version"))
        self.choice.currentIndexChanged.connect(self._show_current)
        self.list = ChangeList(session, self)
        self.list.installEventFilter(self)
        self.list.selectionModel().selectionChanged.connect(self._on_chosen)
        self.list.doubleClicked.connect(lambda _: self.show_in_views())
        self._summary = label("", wrap=True)
        self._left = label("", "heading")
        self._hint = label("", "caption", wrap=True)
        self._failure = label("", "dispute", wrap=True)
        self._failure.hide()
        self.newer = button("", main=True)
        self.earlier = button("")
        self.all_newer = button(self.tr("Go along with &all"))
        self.all_newer.setToolTip(self.tr("Go along with the newer version in all that is open"))
        self.all_earlier = button(self.tr("&Keep all as they were"))
        self.all_earlier.setToolTip(self.tr("Stay with the earlier version in all that is open"))
        self.newer.clicked.connect(lambda: self.decide(Verdict.NEWER))
        self.earlier.clicked.connect(lambda: self.decide(Verdict.EARLIER))
        self.all_newer.clicked.connect(lambda: self.decide_all(Verdict.NEWER))
        self.all_earlier.clicked.connect(lambda: self.decide_all(Verdict.EARLIER))
        self._text = QTextBrowser()
        self._text.setAccessibleName(self.tr("Both texts"))
        self._text.setOpenLinks(False)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.document().setDocumentMargin(12)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._arrange()
        for keys, act in (
            (QKeySequence.StandardKey.Undo, self._undo),
            (QKeySequence.StandardKey.Redo, self._redo),
        ):
            QShortcut(QKeySequence(keys), self, act)
        session.data_changed.connect(self._load)
        session.theme_changed.connect(self._show_current)
        session.dossier_changed.connect(self.close)
        self._load()
        self.list.setFocus()

    def _arrange(self) -> None:
        words = label(self.tr("&Version"))
        words.setBuddy(self.choice)
        top = _row(words, self.choice)
        top.setStretch(1, 1)
        page = QWidget()
        changes = QVBoxLayout(page)
        changes.setContentsMargins(12, 12, 12, 12)
        changes.setSpacing(8)
        head = _row(self._summary, self._left)
        head.setStretch(0, 1)
        changes.addLayout(head)
        changes.addWidget(self.list, 1)
        changes.addWidget(self._hint)
        changes.addWidget(self._failure)
        one = _row(self.newer, self.earlier)
        one.addStretch(1)
        one.addWidget(self.all_newer)
        one.addWidget(self.all_earlier)
        changes.addLayout(one)
        changes.addWidget(
            label(
                self.tr(
                    "A goes along, R stays with the earlier, N goes to the next, U takes back; "
                    "Shift and Ctrl choose several"
                ),
                "caption",
                wrap=True,
            )
        )
        self.tabs.addTab(page, self.tr("What changed"))
        self.tabs.addTab(self._text, self.tr("Both texts"))
        close = button(self.tr("&Close"))
        close.clicked.connect(self.close)
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

    # ------------------------------------------------------------------ what is shown

    def both_texts(self) -> str:
        """What stands in the second tab: the words of both versions."""
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
        latest = self._versions[-1] if self._versions else None
        self._title.setText("" if latest is None else latest.title or latest.file)
        changes: list[ClaimChange] = []
        if dossier is None or pair is None:
            self._summary.setText(self.tr("This article was imported in one version only."))
            self._text.clear()
        else:
            before, after = pair
            try:
                changes = dossier.changes_between(self.article_id, before, after)
                texts = [dossier.revision_text(self.article_id, one) for one in pair]
                self._text.setHtml(compared_html(texts[0], texts[1], self._session.theme))
                self._summary.setText(self._told_of(before, after, changes))
            except (KeyError, DossierError) as error:
                self._summary.setText(str(error))
        self.list.changes.show_changes(changes)
        left = sum(change.is_open for change in changes)
        if changes:
            self._left.setText(self.tr("{n} to decide").format(n=left) if left else "all decided")
        else:
            self._left.clear()
        if not self.list.currentIndex().isValid() and self.list.changes.rowCount():
            self._go_to_next(0)
        self._offer()

    def _told_of(self, before: int, after: int, changes: Sequence[ClaimChange]) -> str:
        titles = {version.number: version.title for version in self._versions}
        words = counts_in_words(changes)
        if titles.get(before) and titles.get(before) != titles.get(after):
            was = self.tr("The title was “{title}”.").format(title=titles[before])
            words = f"{words}\n{was}"
        return words

    def _on_chosen(self) -> None:
        self._offer()
        chosen = self.list.chosen()
        if len(chosen) == 1 and self.isVisible():
            self.show_in_views()

    def _offer(self) -> None:
        """What can be done with what is chosen."""
        chosen = [change for change in self.list.chosen() if change.kind in _VERBS]
        kinds = {change.kind for change in chosen}
        newer, earlier = _VERBS[chosen[0].kind] if len(kinds) == 1 else _MIXED
        for one, words, key in ((self.newer, newer, "A"), (self.earlier, earlier, "R")):
            one.setText(f"{words} ({key})")
            one.setAccessibleName(words)
            one.setEnabled(bool(chosen) and self._allowed())
        for one in (self.all_newer, self.all_earlier):
            one.setEnabled(bool(self._open()) and self._allowed())
        self._hint.setText(_hint_on(self.list.chosen()))

    def _open(self) -> list[ClaimChange]:
        return [change for change in self.list.changes.changes if change.is_open]

    def show_in_views(self) -> None:
        """Choose the claim in all views."""
        for change in self.list.chosen()[:1]:
            claim = _claim_of(change)
            if claim is not None:
                self._session.select(Selection(claim_id=claim))

    # ------------------------------------------------------------------ deciding

    def _allowed(self) -> bool:
        dossier = self._session.dossier
        return dossier is not None and not dossier.read_only

    def decide(self, verdict: Verdict) -> None:
        """Decide on what is chosen and go on to the next that is open."""
        chosen = [change for change in self.list.chosen() if change.kind in _VERBS]
        row = self.list.currentIndex().row()
        if self._write(chosen, verdict):
            self._go_to_next(row)

    def decide_all(self, verdict: Verdict) -> None:
        """Decide on all that is open, as one step."""
        self._write(self._open(), verdict)

    def _write(self, changes: Collection[ClaimChange], verdict: Verdict) -> bool:
        dossier, pair = self._session.dossier, self.choice.currentData()
        if dossier is None or pair is None or not changes or not self._allowed():
            return False
        try:
            dossier.decide_changes(self.article_id, pair[1], changes, verdict)
        except DossierError as error:
            self._tell(of_error(error, self.tr("keep that")).text)
            return False
        self._failure.hide()
        self._steps.append(dossier.undo_step)
        return True

    def _go_to_next(self, row: int) -> None:
        """To the next change that is open, round the end; where none is, stay."""
        changes = self.list.changes.changes
        places = [(row + n) % len(changes) for n in range(len(changes))] if changes else []
        at = next((place for place in places if changes[place].is_open), None)
        if at is not None:
            self.list.choose(at)
        elif changes and not self.list.currentIndex().isValid():
            self.list.choose(0)

    def take_back(self) -> None:
        """Take the last decision made here back; one key must not take anything else."""
        dossier = self._session.dossier
        if dossier is None or not self._steps or dossier.undo_step != self._steps[-1]:
            self._tell(self.tr("There is no decision of this list left to take back."))
            return
        before = self._open()
        self._steps.pop()
        self._undo()
        reopened = {key_of(one) for one in self._open()} - {key_of(one) for one in before}
        rows = [n for n, one in enumerate(self.list.changes.changes) if key_of(one) in reopened]
        if rows:
            self.list.choose(rows[0])
            flag = QItemSelectionModel.SelectionFlag.Select
            for row in rows[1:]:
                self.list.selectionModel().select(self.list.changes.index(row), flag)

    def _undo(self) -> None:
        self._step_through(back=True)

    def _redo(self) -> None:
        self._step_through(back=False)

    def _step_through(self, *, back: bool) -> None:
        dossier = self._session.dossier
        if dossier is None or not self._allowed():
            return
        try:
            dossier.undo() if back else dossier.redo()
            self._failure.hide()
        except DossierError as error:
            self._tell(of_error(error, self.tr("keep that")).text)

    def _tell(self, words: str) -> None:
        self._failure.setText(words)
        self._failure.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return self._on_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _on_key(self, key: Qt.Key) -> bool:
        if key is Qt.Key.Key_A:
            self.decide(Verdict.NEWER)
        elif key is Qt.Key.Key_R:
            self.decide(Verdict.EARLIER)
        elif key is Qt.Key.Key_N:
            self._go_to_next(self.list.currentIndex().row() + 1)
        elif key is Qt.Key.Key_U:
            self.take_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_O):
            self.show_in_views()
        else:
            return False
        return True


def counts_in_words(changes: Sequence[ClaimChange]) -> str:
    """How many claims were kept, moved, reworded, gone and are new."""
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
    return f"{', '.join(told) or 'No claims in either version'}."


def _claim_of(change: ClaimChange) -> int | None:
    return change.old_claim if change.new_claim is None else change.new_claim


def _hint_on(chosen: Sequence[ClaimChange]) -> str:
    """What stands while nothing is decided."""
    if len(chosen) != 1 or not (chosen[0].is_open or chosen[0].kind is ChangeKind.MOVED):
        return ""
    change = chosen[0]
    if change.kind is ChangeKind.GONE and change.old_claim is not None:
        return _KEPT
    return _STANDS.get(change.kind, "")


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return row
