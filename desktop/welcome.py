"""The page that is shown while no dossier is open: drop, sample, open, go on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.panels import BETWEEN, button, label, section_title
from desktop.session import Session
from seeds import Sample

WIDTH = 640


class _DropInvitation(QFrame):
    """A dashed field: the whole window takes drops, this one says so."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        session.theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._session.theme.muted, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(self._session.theme.panel)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


class WelcomePage(QScrollArea):
    """Signals: ``import_asked``, ``folder_asked``, ``open_asked``, ``sample_chosen`` (Sample),
    ``recent_chosen`` (Path)."""

    import_asked = Signal()
    folder_asked = Signal()
    open_asked = Signal()
    sample_chosen = Signal(object)
    recent_chosen = Signal(object)

    def __init__(self, session: Session, samples: Sequence[Sample]) -> None:
        super().__init__()
        self._first: QPushButton | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Welcome"))
        page = QWidget()
        page.setProperty("scrolled", True)
        self.setWidget(page)
        outer = QHBoxLayout(page)
        outer.addStretch(1)
        column = QWidget()
        column.setMaximumWidth(WIDTH)
        column.setMinimumWidth(360)
        outer.addWidget(column, 100)
        outer.addStretch(1)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 32, 0, 32)
        self._column.setSpacing(BETWEEN)
        self._column.addStretch(1)
        self._column.addWidget(label(self.tr("Who claimed what, about which event, when"), "title"))
        self._column.addWidget(
            label(
                self.tr(
                    "Claimline reads articles about a dispute on this machine and sets what each "
                    "side says next to what the other says, event by event. Nothing is sent "
                    "anywhere."
                ),
                wrap=True,
            )
        )
        self._column.addWidget(self._invitation(session))
        self._add_samples(samples)
        self._recent = QWidget()
        self._recent_list = QVBoxLayout(self._recent)
        self._recent_list.setContentsMargins(0, 8, 0, 0)
        self._recent_list.setSpacing(4)
        self._column.addWidget(self._recent)
        self._column.addStretch(2)

    def _invitation(self, session: Session) -> QWidget:
        field = _DropInvitation(session)
        field.setAccessibleName(self.tr("Drop articles here"))
        layout = QVBoxLayout(field)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        words = label(self.tr("Drop articles or folders anywhere on this window"), "heading")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        kinds = label(
            self.tr("Web pages, PDF, Word, mail, text, archives. Your files stay as they are."),
            "muted",
        )
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(words)
        layout.addWidget(kinds)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for text, signal, main in (
            (self.tr("&Import files…"), self.import_asked, True),
            (self.tr("Import &folder…"), self.folder_asked, False),
            (self.tr("&Open dossier…"), self.open_asked, False),
        ):
            choice = button(text, main=main)
            choice.clicked.connect(signal)
            row.addWidget(choice)
        row.addStretch(1)
        layout.addSpacing(4)
        layout.addLayout(row)
        return field

    def _add_samples(self, samples: Sequence[Sample]) -> None:
        if not samples:
            return
        self._column.addSpacing(8)
        self._column.addWidget(section_title(self.tr("Sample dossiers")))
        for number, sample in enumerate(samples):
            row = QHBoxLayout()
            row.setSpacing(BETWEEN)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(sample.title, "strong"))
            words.addWidget(label(sample.description, "caption", wrap=True))
            row.addLayout(words, 1)
            first = self.tr("Open the &sample dossier")
            other = self.tr("Open")
            choice = button(
                first if number == 0 else other,
                name=self.tr("Open the sample dossier {title}").format(title=sample.title),
            )
            choice.clicked.connect(lambda _=False, chosen=sample: self.sample_chosen.emit(chosen))
            if number == 0:
                self._first = choice
            row.addWidget(choice, 0, Qt.AlignmentFlag.AlignVCenter)
            self._column.addLayout(row)

    def set_first_focus(self) -> None:
        """The way in for somebody who only presses Enter."""
        if self._first is not None:
            self._first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, which Qt leaves to the space bar."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(
            focused, QPushButton
        ):
            focused.click()
            return
        super().keyPressEvent(event)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """List the dossiers that were open lately."""
        while self._recent_list.count():
            item = self._recent_list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._recent.setVisible(bool(paths))
        if not paths:
            return
        self._recent_list.addWidget(section_title(self.tr("Recent dossiers")))
        for path in paths:
            self._recent_list.addWidget(self._recent_button(path))

    def _recent_button(self, path: Path) -> QPushButton:
        choice = button(
            path.stem.replace("&", "&&"),
            flat=True,
            name=self.tr("Open the dossier {name}").format(name=path.stem),
        )
        choice.setProperty("left", True)
        choice.setToolTip(str(path))
        choice.clicked.connect(lambda _=False: self.recent_chosen.emit(path))
        return choice
