"""The split view and the reader on a real dossier: read, decide, take back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from db.rows import ReviewState
from desktop.comparison import ComparisonView
from desktop.comparison.listing import RowKind
from desktop.reader import InspectorView, ReaderView
from desktop.session import Session


def test_a_claim_is_rejected_and_comes_back(qtbot: Any, opened: Session) -> None:
    view = ComparisonView(opened)
    reader, inspector = ReaderView(opened), InspectorView(opened)
    for widget in (view, reader, inspector):
        qtbot.addWidget(widget)
        widget.resize(900, 900)
        widget.show()
    shown = {claim.id for claim in opened.claims()}
    assert len(shown) >= 2
    view.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    first = opened.selection.claim_id
    assert first is not None
    assert "Veln" in reader.text.toPlainText()
    qtbot.keyClick(view.canvas, Qt.Key.Key_A)
    assert opened.claim(first).review is ReviewState.ACCEPTED
    view.canvas.choose(opened.claim(first))
    assert "accepted" in inspector._state.text()
    qtbot.keyClick(view.canvas, Qt.Key.Key_R)
    assert opened.claim(first).review is ReviewState.REJECTED
    assert view.canvas.hits.claim_rect(first) is None
    assert opened.dossier is not None
    opened.dossier.undo()
    assert view.canvas.hits.claim_rect(first) is not None
    opened.dossier.undo()
    assert opened.claim(first).review is ReviewState.SUGGESTED


def test_the_reader_s_spans_hold(qtbot: Any, opened: Session) -> None:
    reader = ReaderView(opened)
    qtbot.addWidget(reader)
    view = ComparisonView(opened)
    qtbot.addWidget(view)
    reader.show()
    view.canvas.choose(opened.claims()[0])
    assert not reader._warning.isVisible()
    assert any(row.kind is RowKind.EVENT for row in view.canvas.rows)


def test_closing_the_dossier_empties_the_views(qtbot: Any, opened: Session) -> None:
    view, reader, inspector = ComparisonView(opened), ReaderView(opened), InspectorView(opened)
    for widget in (view, reader, inspector):
        qtbot.addWidget(widget)
    view.canvas.choose(opened.claims()[0])
    opened.open(None)
    assert len(view.canvas.rows) == 0
    assert reader.article_id is None
    assert inspector._shown is None
