from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import seeds
from desktop.session import Session
from desktop.welcome import WelcomePage


def page(session: Session, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(session, seeds.samples())
    qtbot.addWidget(page)
    page.show()
    return page


def buttons(page: WelcomePage) -> dict[str, QPushButton]:
    return {button.accessibleName(): button for button in page.findChildren(QPushButton)}


def test_every_way_in_is_offered(session: Session, qtbot: QtBot) -> None:
    welcome = page(session, qtbot)
    first = seeds.samples()[0]
    for name, signal in (
        ("Import files", welcome.import_asked),
        ("Import folder", welcome.folder_asked),
        ("Open dossier", welcome.open_asked),
        (f"Open the sample dossier {first.title}", welcome.sample_chosen),
    ):
        with qtbot.waitSignal(signal):
            buttons(welcome)[name].click()


def test_recent_dossiers_are_listed_anew_each_time(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    welcome = page(session, qtbot)
    welcome.show_recent([tmp_path / "A & B.claimline", tmp_path / "C.claimline"])
    with qtbot.waitSignal(welcome.recent_chosen) as told:
        buttons(welcome)["Open the dossier A & B"].click()
    assert told.args == [tmp_path / "A & B.claimline"]
    welcome.show_recent([])
    qtbot.waitUntil(lambda: "Open the dossier C" not in buttons(welcome))
    assert not welcome._recent.isVisible()


def test_the_first_key_press_opens_the_sample(session: Session, qtbot: QtBot) -> None:
    welcome = page(session, qtbot)
    welcome.set_first_focus()
    focused = welcome.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.accessibleName().startswith("Open the sample dossier")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(welcome.sample_chosen):
            qtbot.keyClick(focused, key)
