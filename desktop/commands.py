"""Every command as a record in one list: menus, shortcuts and the palette are built from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desktop.theme import Appearance

if TYPE_CHECKING:
    from desktop.window import Window

Standard = QKeySequence.StandardKey


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for the translators, who look for this name; PySide's own has no type."""
    return text


class Need(Enum):
    """What must be there for a command to make sense."""

    NOTHING = "nothing"
    DOSSIER = "dossier"
    WRITABLE = "writable"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Command:
    """``text`` is a source text of the context "Commands". ``keys`` are its shortcuts.

    ``group`` makes it one choice of several; ``checkable`` a switch. ``starts_section`` draws a
    line above it in its menu.
    """

    id: str
    text: str
    menu: str
    run: Callable[[Window], object]
    keys: tuple[str | Standard, ...] = ()
    need: Need = Need.NOTHING
    submenu: str = ""
    checkable: bool = False
    group: str = ""
    starts_section: bool = False


SUBMENUS: Mapping[str, str] = {
    "go": QT_TRANSLATE_NOOP("Commands", "&Go to"),
    "panels": QT_TRANSLATE_NOOP("Commands", "&Panels"),
    "theme": QT_TRANSLATE_NOOP("Commands", "T&heme"),
}

MENUS: Mapping[str, str] = {
    "file": QT_TRANSLATE_NOOP("Commands", "&File"),
    "edit": QT_TRANSLATE_NOOP("Commands", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Commands", "&View"),
    "dossier": QT_TRANSLATE_NOOP("Commands", "&Dossier"),
    "help": QT_TRANSLATE_NOOP("Commands", "&Help"),
}

PANELS: Mapping[str, str] = {
    "library": QT_TRANSLATE_NOOP("Commands", "Library"),
    "timeline": QT_TRANSLATE_NOOP("Commands", "Timeline"),
    "comparison": QT_TRANSLATE_NOOP("Commands", "Split view"),
    "reader": QT_TRANSLATE_NOOP("Commands", "Reader"),
    "inspector": QT_TRANSLATE_NOOP("Commands", "Reasons"),
}


def _theme(appearance: Appearance, text: str, *, starts_section: bool = False) -> Command:
    return Command(
        f"view.theme.{appearance.value}",
        text,
        "view",
        lambda window: window.set_appearance(appearance),
        submenu="theme",
        checkable=True,
        group="theme",
        starts_section=starts_section,
    )


def _panel(name: str, text: str, number: int) -> Command:
    return Command(
        f"view.panel.{name}",
        text,
        "view",
        lambda window: window.toggle_panel(name),
        (f"Ctrl+Alt+{number}",),
        submenu="panels",
        checkable=True,
    )


def _go(name: str, text: str, number: int) -> Command:
    return Command(
        f"view.go.{name}",
        text,
        "view",
        lambda window: window.go_to_panel(name),
        (f"Ctrl+{number}",),
        Need.DOSSIER,
        submenu="go",
        starts_section=number == 1,
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "file.new",
        QT_TRANSLATE_NOOP("Commands", "&New dossier…"),
        "file",
        lambda window: window.dossiers.ask_new(),
        (Standard.New,),
    ),
    Command(
        "file.open",
        QT_TRANSLATE_NOOP("Commands", "&Open dossier…"),
        "file",
        lambda window: window.dossiers.ask_open(),
        (Standard.Open,),
    ),
    Command(
        "file.recent",
        QT_TRANSLATE_NOOP("Commands", "Open &recent"),
        "file",
        lambda window: window.show_welcome(),
    ),
    Command(
        "file.import",
        QT_TRANSLATE_NOOP("Commands", "&Import files…"),
        "file",
        lambda window: window.imports.ask_files(),
        ("Ctrl+I",),
        starts_section=True,
    ),
    Command(
        "file.import-folder",
        QT_TRANSLATE_NOOP("Commands", "Import &folder…"),
        "file",
        lambda window: window.imports.ask_folder(),
        ("Ctrl+Shift+I",),
    ),
    Command(
        "file.copy",
        QT_TRANSLATE_NOOP("Commands", "Save a &copy as…"),
        "file",
        lambda window: window.dossiers.ask_copy(),
        (Standard.SaveAs,),
        Need.DOSSIER,
        starts_section=True,
    ),
    Command(
        "file.export",
        QT_TRANSLATE_NOOP("Commands", "&Export timeline…"),
        "file",
        lambda window: window.export_timeline(),
        ("Ctrl+E",),
        Need.DOSSIER,
    ),
    Command(
        "file.close",
        QT_TRANSLATE_NOOP("Commands", "C&lose dossier"),
        "file",
        lambda window: window.dossiers.close(),
        ("Ctrl+W",),
        Need.DOSSIER,
        starts_section=True,
    ),
    Command(
        "file.quit",
        QT_TRANSLATE_NOOP("Commands", "&Quit"),
        "file",
        lambda window: window.close(),
        ("Ctrl+Q",),
    ),
    Command(
        "edit.undo",
        QT_TRANSLATE_NOOP("Commands", "&Undo"),
        "edit",
        lambda window: window.dossiers.undo(),
        (Standard.Undo,),
        Need.UNDO,
    ),
    Command(
        "edit.redo",
        QT_TRANSLATE_NOOP("Commands", "&Redo"),
        "edit",
        lambda window: window.dossiers.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Need.REDO,
    ),
    Command(
        "edit.paste",
        QT_TRANSLATE_NOOP("Commands", "&Paste files or text"),
        "edit",
        lambda window: window.paste(),
        (Standard.Paste,),
        starts_section=True,
    ),
    Command(
        "edit.find",
        QT_TRANSLATE_NOOP("Commands", "&Find"),
        "edit",
        lambda window: window.start_search(),
        (Standard.Find, "/"),
        Need.DOSSIER,
        starts_section=True,
    ),
    Command(
        "edit.clear-filter",
        QT_TRANSLATE_NOOP("Commands", "&Show everything again"),
        "edit",
        lambda window: window.clear_filter(),
        ("Ctrl+Shift+F",),
        Need.DOSSIER,
    ),
    Command(
        "view.palette",
        QT_TRANSLATE_NOOP("Commands", "Co&mmands…"),
        "view",
        lambda window: window.show_palette(),
        ("Ctrl+K",),
    ),
    Command(
        "view.fit",
        QT_TRANSLATE_NOOP("Commands", "Fit &all on the timeline"),
        "view",
        lambda window: window.timeline_do("fit"),
        ("Ctrl+0",),
        Need.DOSSIER,
        starts_section=True,
    ),
    Command(
        "view.fit-selection",
        QT_TRANSLATE_NOOP("Commands", "Fit what is &chosen"),
        "view",
        lambda window: window.timeline_do("fit_selection"),
        ("Ctrl+Shift+0",),
        Need.DOSSIER,
    ),
    Command(
        "view.zoom-in",
        QT_TRANSLATE_NOOP("Commands", "Zoom &in"),
        "view",
        lambda window: window.timeline_do("zoom_in"),
        ("Ctrl++", "Ctrl+="),
        Need.DOSSIER,
    ),
    Command(
        "view.zoom-out",
        QT_TRANSLATE_NOOP("Commands", "Zoom &out"),
        "view",
        lambda window: window.timeline_do("zoom_out"),
        ("Ctrl+-",),
        Need.DOSSIER,
    ),
    Command(
        "view.go-to-date",
        QT_TRANSLATE_NOOP("Commands", "Go to &date…"),
        "view",
        lambda window: window.timeline_do("ask_date"),
        ("Ctrl+G",),
        Need.DOSSIER,
    ),
    Command(
        "view.back",
        QT_TRANSLATE_NOOP("Commands", "Timeline &back"),
        "view",
        lambda window: window.timeline_do("back"),
        ("Alt+Left",),
        Need.DOSSIER,
    ),
    Command(
        "view.forward",
        QT_TRANSLATE_NOOP("Commands", "Timeline &forward"),
        "view",
        lambda window: window.timeline_do("forward"),
        ("Alt+Right",),
        Need.DOSSIER,
    ),
    Command(
        "view.undated",
        QT_TRANSLATE_NOOP("Commands", "Claims without a &time"),
        "view",
        lambda window: window.timeline_do("open_tray"),
        ("Ctrl+U",),
        Need.DOSSIER,
    ),
    _go("library", QT_TRANSLATE_NOOP("Commands", "Go to the library"), 1),
    _go("timeline", QT_TRANSLATE_NOOP("Commands", "Go to the timeline"), 2),
    _go("comparison", QT_TRANSLATE_NOOP("Commands", "Go to the split view"), 3),
    _go("reader", QT_TRANSLATE_NOOP("Commands", "Go to the reader"), 4),
    _go("inspector", QT_TRANSLATE_NOOP("Commands", "Go to the reasons"), 5),
    _panel("library", QT_TRANSLATE_NOOP("Commands", "Show the library"), 1),
    _panel("timeline", QT_TRANSLATE_NOOP("Commands", "Show the timeline"), 2),
    _panel("comparison", QT_TRANSLATE_NOOP("Commands", "Show the split view"), 3),
    _panel("reader", QT_TRANSLATE_NOOP("Commands", "Show the reader"), 4),
    _panel("inspector", QT_TRANSLATE_NOOP("Commands", "Show the reasons"), 5),
    _theme(
        Appearance.SYSTEM,
        QT_TRANSLATE_NOOP("Commands", "Theme: as the &system"),
        starts_section=True,
    ),
    _theme(Appearance.LIGHT, QT_TRANSLATE_NOOP("Commands", "Theme: &light")),
    _theme(Appearance.DARK, QT_TRANSLATE_NOOP("Commands", "Theme: &dark")),
    Command(
        "dossier.rename",
        QT_TRANSLATE_NOOP("Commands", "Re&name dossier…"),
        "dossier",
        lambda window: window.dossiers.ask_title(),
        ("F2",),
        Need.WRITABLE,
    ),
    Command(
        "dossier.sides",
        QT_TRANSLATE_NOOP("Commands", "&Sides…"),
        "dossier",
        lambda window: window.show_sides(),
        ("Ctrl+D",),
        Need.DOSSIER,
        starts_section=True,
    ),
    Command(
        "dossier.swap",
        QT_TRANSLATE_NOOP("Commands", "S&wap sides"),
        "dossier",
        lambda window: window.dossiers.swap_sides(),
        ("Ctrl+Shift+W",),
        Need.WRITABLE,
    ),
    Command(
        "dossier.date",
        QT_TRANSLATE_NOOP("Commands", "&Date of the article…"),
        "dossier",
        lambda window: window.show_date_editor(),
        ("Ctrl+Shift+D",),
        Need.WRITABLE,
        starts_section=True,
    ),
    Command(
        "dossier.articles",
        QT_TRANSLATE_NOOP("Commands", "Ta&ble of articles…"),
        "dossier",
        lambda window: window.imports.show_table(),
        ("Ctrl+Shift+A",),
        Need.DOSSIER,
    ),
    Command(
        "dossier.imports",
        QT_TRANSLATE_NOOP("Commands", "&Import reports…"),
        "dossier",
        lambda window: window.imports.show_reports(),
        ("Ctrl+Shift+R",),
        Need.DOSSIER,
    ),
    Command(
        "dossier.revisions",
        QT_TRANSLATE_NOOP("Commands", "&Revision log…"),
        "dossier",
        lambda window: window.show_revisions(),
        ("Ctrl+L",),
        Need.DOSSIER,
    ),
    Command(
        "dossier.backups",
        QT_TRANSLATE_NOOP("Commands", "Bac&kups…"),
        "dossier",
        lambda window: window.dossiers.show_backups(),
        (),
        Need.DOSSIER,
    ),
    Command(
        "help.keys",
        QT_TRANSLATE_NOOP("Commands", "&Keyboard shortcuts"),
        "help",
        lambda window: window.show_keys(),
        ("F1",),
    ),
    Command(
        "help.log",
        QT_TRANSLATE_NOOP("Commands", "Show the &log"),
        "help",
        lambda window: window.show_log(),
    ),
    Command(
        "help.about",
        QT_TRANSLATE_NOOP("Commands", "&About Claimline"),
        "help",
        lambda window: window.show_about(),
    ),
)


def text_of(command: Command) -> str:
    return QCoreApplication.translate("Commands", command.text)


def plain_text(text: str) -> str:
    """The text without the mark of its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
