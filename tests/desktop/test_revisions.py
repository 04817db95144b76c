"""The revision log is shown, bears a name if one is given, and can be taken out."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from db.rows import ReviewState
from desktop.exporting.revisions import COLUMNS, export_revisions
from desktop.revisions import RevisionLog
from desktop.session import Session


def test_the_log_is_exported_with_what_each_step_did(opened: Session, tmp_path: Path) -> None:
    dossier = opened.dossier
    assert dossier is not None
    dossier.who = "=Mira"
    first = opened.claims()[0]
    dossier.set_review([first.id], ReviewState.ACCEPTED)
    dossier.set_note([first.id], note="see the mill")
    dossier.undo()
    table, whole = tmp_path / "log.csv", tmp_path / "log.json"
    export_revisions(dossier, table)
    export_revisions(dossier, whole)
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [row[3] for row in rows[1:]] == ["Import veln.txt", "Accept claim", "Write note"]
    assert rows[2][2] == "'=Mira"
    assert rows[3][4] == "yes"
    assert rows[2][5] == "update 1 claim"
    steps = json.loads(whole.read_text())["steps"]
    (change,) = steps[1]["changes"]
    assert change["before"] == {"review": "suggested"}
    assert change["after"] == {"review": "accepted"}


def test_another_ending_is_refused(opened: Session, tmp_path: Path) -> None:
    assert opened.dossier is not None
    with pytest.raises(ValueError, match="pdf"):
        export_revisions(opened.dossier, tmp_path / "log.pdf")


def test_the_name_typed_is_told(qtbot: Any, opened: Session) -> None:
    log = RevisionLog(opened, "Mira")
    qtbot.addWidget(log)
    log.show()
    assert log.name.text() == "Mira"
    log.name.selectAll()
    qtbot.keyClicks(log.name, "Ines Holt")
    with qtbot.waitSignal(log.named) as named:
        qtbot.keyClick(log.name, Qt.Key.Key_Return)
    assert named.args == ["Ines Holt"]


def test_a_file_that_cannot_be_written_is_told_of(
    qtbot: Any, opened: Session, tmp_path: Path
) -> None:
    log = RevisionLog(opened)
    qtbot.addWidget(log)
    with qtbot.waitSignal(log.failed) as failed:
        log.export(tmp_path / "missing" / "log.csv")
    assert isinstance(failed.args[0], OSError)
    dialog = log.ask_file()
    assert dialog is not None
    dialog.close()
    log.export(tmp_path / "log.csv")
    assert (tmp_path / "log.csv").exists()
