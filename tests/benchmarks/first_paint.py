"""Starts the window as `claimline` does and prints the time of its first paint (Unix seconds)."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop import theme
from desktop.app import build
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window


class FirstPaint(QObject):
    """Writes down when the window was first painted, then ends the program."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            sys.stdout.write(f"{time.time()}\n")
            sys.stdout.flush()
            QTimer.singleShot(0, app.quit)
        return False


if __name__ == "__main__":
    app = build()
    chosen = theme.load("light")
    theme.apply(app, chosen)
    window = Window(Session(chosen), Settings())
    first = FirstPaint()
    window.installEventFilter(first)
    window.start()
    app.exec()
