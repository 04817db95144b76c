"""What remains after something went wrong: a log, a crash file, and one calm word."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

logger = logging.getLogger(__name__)

LOG = "claimline.log"
CRASH = "crash.txt"

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashLog:
    """Writes to a folder; ``tell`` is called at the first error that nobody caught.

    ``last_crash`` is what the run before left behind if it ended in a native crash.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last_crash = ""
        self.tell: Callable[[BaseException], None] | None = None
        self._told = False
        self._file: IO[str] | None = None
        self._handler: logging.Handler | None = None

    @property
    def log(self) -> Path:
        return self.folder / LOG

    def install(self) -> None:
        """Start logging. A folder that cannot be written leaves the program without a log."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(_qt_message)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            crash = self.folder / CRASH
            if crash.exists():
                self.last_crash = crash.read_text(encoding="utf-8", errors="replace").strip()
            self._file = crash.open("w", encoding="utf-8")
            self._handler = RotatingFileHandler(
                self.log, maxBytes=1_000_000, backupCount=2, encoding="utf-8", delay=True
            )
        except OSError as error:
            logger.warning("no log is kept: %s", error)
            return
        faulthandler.enable(self._file)
        self._handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
        )
        logging.getLogger().addHandler(self._handler)
        if self.last_crash:
            logger.error("the run before ended in a crash:\n%s", self.last_crash)

    def close(self) -> None:
        """Give everything back, as at the end of a run that went well."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            (self.folder / CRASH).unlink(missing_ok=True)

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("not caught", exc_info=(kind, error, trace))
        if self._handler is None:
            sys.__excepthook__(kind, error, trace)
        if self.tell is not None and not self._told:
            self._told = True
            self.tell(error)

    def _uncaught_in_thread(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None:
            logger.critical(
                "not caught in a thread",
                exc_info=(what.exc_type, what.exc_value, what.exc_traceback),
            )


def _qt_message(level: QtMsgType, context: QMessageLogContext, text: str) -> None:
    category = context.category or "default"
    logging.getLogger(f"qt.{category}").log(_LEVELS.get(level, logging.WARNING), "%s", text)
