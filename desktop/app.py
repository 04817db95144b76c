"""Builds the application: names, log, theme, window."""

from __future__ import annotations

import logging
import signal
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

import resources
from desktop import places, theme
from desktop.crash import CrashLog
from desktop.importing.workers import Pool
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import Window
from extraction.collector import settle

APP_ID = "io.github.claimline.Claimline"


def build(arguments: Sequence[str] = ()) -> QApplication:
    """The application object with its names and icon."""
    app = QApplication(["claimline", *arguments])
    app.setApplicationName("claimline")
    app.setApplicationDisplayName("Claimline")
    app.setDesktopFileName(APP_ID)
    picture = QPixmap()
    picture.loadFromData(QByteArray(resources.data("icons/claimline.svg")), "svg")
    app.setWindowIcon(QIcon(picture))
    return app


def run(
    files: Sequence[str | Path] = (), *, sample: str | None = None, pool: Pool | None = None
) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    ``files`` are a dossier to open or articles to import, ``sample`` names a sample dossier.
    ``pool`` are worker processes that may be started already; the window ends them.
    """
    logging.basicConfig(level=logging.WARNING, format="claimline: %(message)s")
    crash = CrashLog(places.log_folder())
    crash.install()
    app = build()
    # What the person did before the window stood is not lost: Ctrl+C ends it as closing does.
    signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    beat = QTimer()
    beat.start(500)
    beat.timeout.connect(lambda: None)
    settings = Settings()
    scheme = QGuiApplication.styleHints().colorScheme()
    chosen = theme.choose(settings.appearance, scheme)
    theme.apply(app, chosen)
    window = Window(Session(chosen), settings, crash, pool)
    window.start([Path(name).absolute() for name in files], sample)
    settle()
    try:
        return app.exec()
    finally:
        crash.close()
