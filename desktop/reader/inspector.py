"""The inspector: why a claim is read as it is, and the two keys that decide on it."""

from __future__ import annotations

import html
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db import Dossier
from db.errors import DossierError
from db.rows import RelationRow, ReviewState
from desktop.comparison.menus import ACT_KEYS, SIDE_KEYS, fill_acts, fill_sides
from desktop.reader.reasons import Explanation, Group, Line, explain, shortened
from desktop.session import Selection, Session
from desktop.theme import Size, font
from desktop.vocabulary import name_of

LABEL_WIDTH = 76
MOST_WORDS = 110
ACCEPT, REJECT = "accept:", "reject:"


class InspectorView(QWidget):
    """ "Why": the reasons of the claim or event that is chosen, each in words.

    ``failed`` carries a ``DossierError`` of a decision that could not be kept; ``edit_requested``
    (claim id) asks for the form with all that is said of a claim.
    """

    failed = Signal(object)
    edit_requested = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._targets: list[Selection] = []
        self._title = self._label(Size.BODY, strong=True)
        self._words = self._label(Size.BODY)
        self._state = self._label(Size.CAPTION)
        self._empty = self._label(Size.BODY)
        self._empty.setText(self.tr("Choose a claim or an event to see why it is read so."))
        self._rows = QWidget()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("Reasons"))
        self._scroll.viewport().setAutoFillBackground(False)
        self.accept_button = QPushButton(self.tr("Accept A"))
        self.accept_button.setAccessibleName(self.tr("Accept this claim"))
        self.accept_button.setProperty("main", True)
        self.reject_button = QPushButton(self.tr("Reject R"))
        self.reject_button.setAccessibleName(self.tr("Reject this claim"))
        self.edit_button = QPushButton(self.tr("Edit E"))
        self.edit_button.setAccessibleName(self.tr("Edit this claim"))
        self.edit_button.clicked.connect(self._edit)
        edit = QShortcut(QKeySequence("E"), self)
        edit.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        edit.activated.connect(self._edit)
        self.accept_button.clicked.connect(lambda: self.decide(ReviewState.ACCEPTED))
        self.reject_button.clicked.connect(lambda: self.decide(ReviewState.REJECTED))
        for key, state in (("A", ReviewState.ACCEPTED), ("R", ReviewState.REJECTED)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda state=state: self.decide(state))
        changes: list[tuple[Qt.Key, dict[str, Any]]] = [
            *((key, {"act": act}) for key, act in ACT_KEYS.items()),
            *((key, {"side": side}) for key, side in SIDE_KEYS.items()),
        ]
        for one, change in changes:
            shortcut = QShortcut(QKeySequence(one), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._change, change))
        self._arrange()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        session.selection_changed.connect(self.refresh)
        session.data_changed.connect(self._on_data)
        session.theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self.session.theme.panel)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.refresh()

    def _label(self, size: Size, *, strong: bool = False) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setFont(font(size, strong=strong))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        return label

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.accept_button, 1)
        buttons.addWidget(self.reject_button, 1)
        buttons.addWidget(self.edit_button, 1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(14, 8, 14, 12)
        foot.setSpacing(6)
        foot.addWidget(self._state)
        foot.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._foot)

    # ------------------------------------------------------------------ what is shown

    def _on_data(self, _: object) -> None:
        """A decision mostly goes on to the next claim: its reasons alone are then laid out."""
        self._soon.start(0)

    def refresh(self, _: object = None) -> None:
        """Show the reasons of what is chosen now."""
        self._soon.stop()
        explanation = explain(self.session, self.session.selection)
        self._targets = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        if explanation is None:
            empty = self._label(Size.BODY)
            empty.setText(self._empty.text())
            self._tint(empty, muted=True)
            column.addWidget(empty)
        else:
            self._fill(column, explanation)
        column.addStretch(1)
        place = self._scroll.verticalScrollBar().value() if self._same(explanation) else 0
        self._shown = explanation
        self._scroll.setWidget(body)
        # The scroll area fills what it is given in the window's colour.
        body.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().setValue(place)
        self._show_state(explanation)

    _shown: Explanation | None = None

    def _same(self, explanation: Explanation | None) -> bool:
        before = self._shown
        return (
            explanation is not None
            and before is not None
            and (explanation.claim_id, explanation.title) == (before.claim_id, before.title)
        )

    def _fill(self, column: QVBoxLayout, explanation: Explanation) -> None:
        title = self._label(Size.BODY, strong=True)
        title.setText(explanation.title)
        palette = title.palette()
        palette.setColor(palette.ColorRole.WindowText, self.session.side_color(explanation.side))
        title.setPalette(palette)
        column.addWidget(title)
        if explanation.words:
            # Card and reader have the words already; here is room for the reasons.
            words = self._label(Size.CAPTION)
            words.setText(shortened(explanation.words, MOST_WORDS))
            words.setToolTip(html.escape(explanation.words))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, group in enumerate(explanation.groups):
            grid.addWidget(self._name(group), row, 0)
            grid.addWidget(self._lines(group), row, 1)
        column.addLayout(grid)

    def _name(self, group: Group) -> QLabel:
        label = self._label(Size.CAPTION, strong=True)
        label.setText(group.label)
        label.setMaximumWidth(LABEL_WIDTH + 20)
        if group.disputing:
            palette = label.palette()
            palette.setColor(palette.ColorRole.WindowText, self.session.theme.dispute)
            label.setPalette(palette)
        return label

    def _lines(self, group: Group) -> QLabel:
        label = self._label(Size.CAPTION)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setText("<br>".join(self._line(line) for line in group.lines))
        label.setAccessibleName(f"{group.label}: " + "; ".join(line.text for line in group.lines))
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        label.linkActivated.connect(self.follow)
        return label

    def _line(self, line: Line) -> str:
        theme = self.session.theme
        words = html.escape(line.text)
        if line.leads_to is not None:
            self._targets.append(line.leads_to)
            return self._link(str(len(self._targets) - 1), words)
        color = theme.muted if line.reason else theme.text
        shown = f'<span style="color:{color.name()}">{words}</span>'
        return f"{shown} {self._decisions(line.decides)}" if line.decides is not None else shown

    def _link(self, target: str, words: str) -> str:
        color = self.session.theme.focus.name()
        return f'<a href="{target}" style="color:{color};text-decoration:none">{words}</a>'

    def _decisions(self, relation: RelationRow) -> str:
        """What can still be decided on a relation, and what was."""
        muted = self.session.theme.muted.name()
        parts = []
        if relation.review is not ReviewState.SUGGESTED:
            state = html.escape(name_of(relation.review))
            parts.append(f'<span style="color:{muted}">{state}</span>')
        elif self._writable:
            parts.append(self._link(f"{ACCEPT}{relation.id}", html.escape(self.tr("accept"))))
        if self._writable:
            parts.append(self._link(f"{REJECT}{relation.id}", html.escape(self.tr("reject"))))
        return f'<span style="color:{muted}"> · </span>'.join(["", *parts])

    @property
    def _writable(self) -> bool:
        dossier = self.session.dossier
        return dossier is not None and not dossier.read_only

    def _tint(self, label: QLabel, *, muted: bool) -> None:
        theme = self.session.theme
        palette = label.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.muted if muted else theme.text)
        label.setPalette(palette)

    def _show_state(self, explanation: Explanation | None) -> None:
        dossier = self.session.dossier
        claim = explanation is not None and explanation.claim_id is not None
        self._foot.setVisible(claim)
        if not claim or explanation is None or explanation.review is None:
            return
        state = explanation.review
        decided = (ReviewState.ACCEPTED, ReviewState.EDITED)
        self.accept_button.setEnabled(self._writable and state not in decided)
        self.reject_button.setEnabled(self._writable and state is not ReviewState.REJECTED)
        self.edit_button.setEnabled(self._writable)
        self._state.setVisible(state is not ReviewState.SUGGESTED)
        words = self.tr("Reviewed: {state}").format(state=name_of(state))
        undo = dossier.undo_label if dossier is not None else None
        if undo and state is not ReviewState.SUGGESTED:
            words = self.tr("{state} · Ctrl+Z takes back “{step}”").format(state=words, step=undo)
        self._state.setText(words)
        self._tint(self._state, muted=True)

    # ------------------------------------------------------------------ doing

    def follow(self, link: str) -> None:
        """Go to what a line leads to, or decide on its relation."""
        verb, colon, number = link.partition(":")
        if colon:
            state = ReviewState.ACCEPTED if verb + colon == ACCEPT else ReviewState.REJECTED
            self._keep(lambda dossier: dossier.set_relation_review([int(number)], state))
            return
        target = self._targets[int(link)]
        if target.claim_id is not None and target.span is None:
            claim = self.session.claim(target.claim_id)
            span = claim.content_spans[0] if claim.content_spans else claim.cue_span
            target = Selection(claim.event_id, claim.id, claim.article_id, span)
        self.session.select(target, origin=self)

    def decide(self, state: ReviewState) -> None:
        """Accept or reject the claim shown, as one step that can be undone."""
        shown = self._shown
        if shown is not None and shown.claim_id is not None:
            claim_id = shown.claim_id
            self._keep(lambda dossier: dossier.set_review([claim_id], state))

    def edit_menu(self) -> QMenu:
        """What can be put right of the claim shown: all of it, its speech act or its side."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self._shown
        if shown is None or shown.claim_id is None:
            return menu
        claim = self.session.claim(shown.claim_id)
        everything = menu.addAction(self.tr("&All that is said of it…"))
        everything.triggered.connect(lambda _=False: self.edit_requested.emit(claim.id))
        everything.setEnabled(self._writable)
        acts = menu.addMenu(self.tr("Speech a&ct"))
        fill_acts(
            acts,
            lambda act: self._change({"act": act}),
            {claim.speech_act},
            self._writable,
        )
        fill_sides(
            menu.addMenu(self.tr("&Side")),
            self.session,
            lambda side: self._change({"side": side}),
            {claim.side},
            self._writable,
        )
        return menu

    def _edit(self) -> None:
        if self._writable:
            self.edit_menu().popup(self.edit_button.mapToGlobal(QPoint(0, 0)))

    def _change(self, change: dict[str, Any]) -> None:
        """Put the act or the side of the claim shown right."""
        shown = self._shown
        if shown is not None and shown.claim_id is not None:
            claim_id = shown.claim_id
            self._keep(lambda dossier: dossier.edit_claims([claim_id], **change))

    def _keep(self, act: Callable[[Dossier], object]) -> None:
        """Write a decision as one step that can be undone."""
        dossier = self.session.dossier
        if dossier is None or dossier.read_only:
            return
        try:
            act(dossier)
        except DossierError as error:
            self.failed.emit(error)
