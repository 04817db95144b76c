"""Taking the comparison out: the timeline as a picture, the claims as records.

``files`` writes pictures, ``sheets`` takes them from a dossier, ``records`` writes tables. Qt is
loaded only by those who draw, so this package itself does not load it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.exporting.dialog import ExportDialog
    from desktop.session import Session
    from desktop.timeline import TimelineView


def show_export_dialog(session: Session, view: TimelineView, parent: QWidget) -> ExportDialog:
    """Open the dialog for saving the timeline; it closes itself."""
    from desktop.exporting import dialog

    return dialog.show_export_dialog(session, view, parent)


__all__ = ["show_export_dialog"]
