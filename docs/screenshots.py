"""Makes the pictures of the documentation from the real window with the first sample.

    .venv/bin/python docs/screenshots.py [FOLDER]

Needs no screen. The window is the program's own, filled by importing the sample's files; the
pictures are what it paints.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images"
SIZE = (1440, 900)


def main() -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    home = tempfile.mkdtemp(prefix="claimline-screenshots-")
    os.environ["CLAIMLINE_HOME"] = home

    from desktop import theme
    from desktop.app import build
    from desktop.exporting.sheets import export_dossier_timeline
    from desktop.session import Selection, Session
    from desktop.settings import Settings
    from desktop.window import Window
    from extraction.model import RelationType

    app = build()
    settings = Settings()
    for name in ("light", "dark"):
        settings.appearance = theme.Appearance(name)
        chosen = theme.load(name)
        theme.apply(app, chosen)
        session = Session(chosen)
        window = Window(session, settings)
        window.resize(*SIZE)
        window.start(sample="karabakh_2020")
        wait(app.processEvents, lambda ready=session: bool(ready.claims()))
        settle(app.processEvents)
        denials = [r for r in session.relations() if r.type is RelationType.DENIES]
        best = max(denials, key=lambda relation: (not relation.possible, relation.score))
        claim = session.claim(best.target_id)
        session.select(Selection(claim.event_id, claim.id, claim.article_id))
        window.bar.hide()
        settle(app.processEvents)
        window.grab().save(str(FOLDER / f"window-{name}.png"))
        if name == "light" and session.dossier is not None:
            export_dossier_timeline(session.dossier, FOLDER / "timeline.svg")
        window.close()
        settle(app.processEvents)
    return 0


def wait(turn: Callable[[], None], done: Callable[[], bool], limit: float = 60.0) -> None:
    """Let the window work until it is done. Raises ``TimeoutError`` after ``limit`` seconds."""
    end = time.monotonic() + limit
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("the sample was not read")
        turn()
        time.sleep(0.01)


def settle(turn: Callable[[], None], seconds: float = 1.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        turn()
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
