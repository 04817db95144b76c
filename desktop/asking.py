"""Questions to the person: files, folders, a line of text. None of them blocks the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from desktop.places import SUFFIX


def _dialog(parent: QWidget, title: str, folder: Path) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def dossier_filter() -> str:
    return QCoreApplication.translate("Asking", "Dossiers (*{suffix})").format(suffix=SUFFIX)


def for_files(
    parent: QWidget,
    title: str,
    folder: Path,
    filters: list[str],
    then: Callable[[list[Path]], None],
) -> QFileDialog:
    """Existing files, one or many."""
    dialog = _dialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(filters)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()
    return dialog


def for_folder(
    parent: QWidget, title: str, folder: Path, then: Callable[[list[Path]], None]
) -> QFileDialog:
    dialog = _dialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()
    return dialog


def for_new_file(
    parent: QWidget, title: str, suggestion: Path, then: Callable[[Path], None]
) -> QFileDialog:
    """A place for a new dossier; the ending is added where it is missing."""
    dialog = _dialog(parent, title, suggestion.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([dossier_filter()])
    dialog.setDefaultSuffix(SUFFIX.lstrip("."))
    dialog.selectFile(suggestion.name)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog


def for_export(
    parent: QWidget,
    title: str,
    suggestion: Path,
    filters: list[str],
    then: Callable[[Path], None],
) -> QFileDialog:
    """A place for a file of one of several kinds; the kind chosen gives a missing ending."""
    dialog = _dialog(parent, title, suggestion.parent)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.selectFile(suggestion.name)

    def chosen(name: str) -> None:
        endings = [kind.rpartition("*")[2].rstrip(")") for kind in filters]
        path = Path(name)
        if path.suffix.lower() not in endings:
            path = path.with_name(path.name + endings[filters.index(dialog.selectedNameFilter())])
        then(path)

    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def for_text(
    parent: QWidget, title: str, words: str, value: str, then: Callable[[str], object]
) -> QInputDialog:
    """One line of text; an empty one counts as a change of mind."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(words)
    dialog.setTextValue(value)
    dialog.textValueSelected.connect(lambda text: then(text.strip()) if text.strip() else None)
    dialog.open()
    return dialog
