"""Files, folders and text dropped anywhere on the window, or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop import pasting, theme
from desktop.messages import counted
from desktop.session import Session


def paths_of(mime: QMimeData | None) -> list[Path]:
    """The local files and folders that a drag or the clipboard offers, each once, in order."""
    urls = mime.urls() if mime is not None else []
    found = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return list(dict.fromkeys(path for path in found if str(path) not in ("", ".")))


class DropOverlay(QWidget):
    """Covers the window while files are held over it and says what a drop would do."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._words = ""
        self._more = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Drop target"))
        self.hide()

    def offer(self, paths: Sequence[Path]) -> None:
        single = paths[0].name if len(paths) == 1 else counted(len(paths), self.tr("file"))
        self.tell(
            single, self.tr("Files are copied into the dossier; the originals stay as they are.")
        )

    def offer_text(self, mime: QMimeData) -> None:
        self.tell(pasting.in_words(mime), self.tr("It becomes a document of its own."))

    def tell(self, what: str, more: str) -> None:
        self._words = self.tr("Drop to read {what}").format(what=what)
        self._more = more
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._session.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.mix(colors.panel, colors.focus, 0.06)
        veil.setAlphaF(0.95)
        painter.fillRect(self.rect(), veil)
        frame = self.rect().adjusted(16, 16, -16, -16)
        pen = QPen(colors.focus, 3, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 12, 12)
        painter.setFont(theme.font(theme.Size.TITLE, strong=True))
        painter.setPen(colors.text)
        upper = QRect(frame.left() + 24, frame.top(), frame.width() - 48, frame.height() // 2 + 4)
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideMiddle, upper.width()
        )
        below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(upper, below, words)
        painter.setFont(theme.font(theme.Size.BODY))
        painter.setPen(colors.muted)
        lower = QRect(upper.left(), upper.bottom() + 8, upper.width(), 24)
        painter.drawText(
            lower,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            self._more,
        )


class DropCatcher(QObject):
    """Takes files before any widget under the pointer can: it listens at the window's handle.

    Text from another program becomes a file first, except over a line to type in. ``failed``
    carries the ``OSError`` where that cannot be written.

    Always a copy, never a move: the program the files come from would delete them.
    ``dropped`` carries the paths and is sent after the drop has been answered, so that the
    program the files come from never waits. Drags inside the program pass through untouched.
    """

    dropped = Signal(list)
    failed = Signal(object)

    def __init__(self, overlay: DropOverlay) -> None:
        super().__init__(overlay)
        self._overlay = overlay
        self._offered: list[Path] = []
        self._text = False

    def watch(self, handle: QWindow) -> None:
        handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDropEvent):
            self._offered = paths_of(event.mimeData())
            if self._offered:
                self._overlay.offer(self._offered)
                return self._take(event)
            self._text = event.source() is None and pasting.offers_text(event.mimeData())
        elif kind == QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            if self._offered or paths_of(event.mimeData()):
                return self._take(event)
            if self._takes_text(event):
                self._overlay.offer_text(event.mimeData())
                return self._take(event)
            self._overlay.hide()
        elif kind == QEvent.Type.DragLeave and (self._offered or self._text):
            taken = bool(self._offered)
            self._end()
            return taken
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            paths = paths_of(event.mimeData())
            if not paths and self._takes_text(event):
                paths = self._kept(event.mimeData())
            self._end()
            if paths:
                self._take(event)
                if event.dropAction() != Qt.DropAction.CopyAction:
                    # Only a move was offered, and its source would delete the files.
                    event.setDropAction(Qt.DropAction.IgnoreAction)
                QTimer.singleShot(0, self, lambda: self.dropped.emit(paths))
                return True
        return False

    def _takes_text(self, event: QDropEvent) -> bool:
        """Whether a text is wanted here: over a line to type in it belongs into the line."""
        if not self._text:
            return False
        under = self._overlay.window().childAt(event.position().toPoint())
        return not isinstance(under, QLineEdit | QPlainTextEdit)

    def _kept(self, mime: QMimeData) -> list[Path]:
        try:
            return [pasting.keep(mime)]
        except OSError as error:
            self.failed.emit(error)
            return []

    def _take(self, event: QDropEvent) -> bool:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _end(self) -> None:
        self._offered = []
        self._text = False
        self._overlay.hide()
