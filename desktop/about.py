"""What the program is, and the keys it knows."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import Actions
from desktop.commands import COMMANDS, MENUS, QT_TRANSLATE_NOOP, plain_text
from desktop.panels import button, label, section_title

OTHER_KEYS: tuple[tuple[str, str], ...] = (
    (QT_TRANSLATE_NOOP("Keys", "Move the chosen actor to the left side"), "1"),
    (QT_TRANSLATE_NOOP("Keys", "Move the chosen actor to the right side"), "2"),
    (QT_TRANSLATE_NOOP("Keys", "Move the chosen actor to the third parties"), "3"),
    (QT_TRANSLATE_NOOP("Keys", "Move the chosen actor to no side"), "0"),
    (
        QT_TRANSLATE_NOOP("Keys", "Timeline: along a side, across to the other"),
        "Left, Right, Up, Down",
    ),
    (QT_TRANSLATE_NOOP("Keys", "Timeline: next dispute, dispute before"), "N, P"),
    (QT_TRANSLATE_NOOP("Keys", "Timeline: what was known a day before, a day later"), "[, ]"),
    (QT_TRANSLATE_NOOP("Keys", "Timeline: zoom in, zoom out"), "+, -"),
    (QT_TRANSLATE_NOOP("Keys", "Timeline: lanes inside the sides"), "K"),
    (QT_TRANSLATE_NOOP("Keys", "Timeline: lanes and saved views"), "V"),
    (QT_TRANSLATE_NOOP("Keys", "Timeline: legend"), "L"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: next to review, the one before"), "N, Shift+N"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: accept, reject"), "A, R"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: take the last decision back"), "U"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: edit all that is said of a claim or an event"), "Enter"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: show in the reader"), "O"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: change the speech act, who says it"), "E, W"),
    (
        QT_TRANSLATE_NOOP("Keys", "Claims: it asserts, alleges, denies, admits, confirms"),
        "T, G, D, I, C",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Keys", "Claims: it demands, rejects, offers, threatens, announces, expresses"
        ),
        "Q, J, F, H, P, X",
    ),
    (
        QT_TRANSLATE_NOOP(
            "Keys", "Claims: of the left side, the right side, a third party, both, nobody"
        ),
        "1, 2, 3, 4, 0",
    ),
    (QT_TRANSLATE_NOOP("Keys", "Claims: star, write a note"), "S, M"),
    (
        QT_TRANSLATE_NOOP("Keys", "Claims: down and up a column, across to the other"),
        "Up, Down, Left, Right",
    ),
    (
        QT_TRANSLATE_NOOP("Keys", "Claims: mark several, clear the marks"),
        "Shift+Up, Shift+Down, Esc",
    ),
    (QT_TRANSLATE_NOOP("Keys", "Claims: relate the two marked"), "L"),
    (QT_TRANSLATE_NOOP("Keys", "Claims: all that can be done"), "Menu, Shift+F10"),
    (QT_TRANSLATE_NOOP("Keys", "Forms: keep, let go"), "Enter, Esc"),
    (QT_TRANSLATE_NOOP("Keys", "Notes: new line"), "Shift+Enter"),
    (QT_TRANSLATE_NOOP("Keys", "Next control, control before"), "Tab, Shift+Tab"),
)
"""Keys that belong to a panel and not to a command."""


def program_version() -> str:
    try:
        return version("claimline")
    except PackageNotFoundError:
        return ""


class _Box(QDialog):
    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        close = button(self.tr("&Close"), main=True)
        close.setDefault(True)
        close.clicked.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.setSpacing(12)
        layout.addLayout(self.body, 1)
        layout.addLayout(bottom)


class AboutBox(_Box):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("About Claimline"), parent)
        self.setMinimumWidth(420)
        self.body.addWidget(label(f"Claimline {program_version()}".strip(), "title"))
        for text in (
            self.tr("Who claimed what about which event, and when."),
            self.tr(
                "It shows who says what and how that fits together; it gives no verdict. "
                "Everything is read on this machine; nothing is sent anywhere."
            ),
        ):
            self.body.addWidget(label(text, wrap=True))
        self.body.addWidget(
            label(self.tr("MIT licence · Qt {qt}").format(qt=qVersion()), "caption")
        )


class KeysBox(_Box):
    """Every command with its keys, from the one list."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(self.tr("Keyboard shortcuts"), parent)
        self.resize(600, 620)
        page = QWidget()
        page.setProperty("scrolled", True)
        grid = QGridLayout(page)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(24)
        rows: list[tuple[str, str]] = []
        for menu, title in MENUS.items():
            rows.append((plain_text(QCoreApplication.translate("Commands", title)), ""))
            rows += [
                (plain_text(actions[item.id].text()).rstrip("…"), keys_in_words(actions, item.id))
                for item in COMMANDS
                if item.menu == menu and item.keys
            ]
        rows.append((self.tr("In the panels"), ""))
        rows += [(QCoreApplication.translate("Keys", text), keys) for text, keys in OTHER_KEYS]
        for number, (text, keys) in enumerate(rows):
            told = label(text, wrap=True) if keys else section_title(text)
            grid.addWidget(told, number, 0, Qt.AlignmentFlag.AlignTop)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(keys, "muted"), number, 1, right)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.body.addWidget(area, 1)
        # So that the page keys turn it; Enter still closes.
        area.setFocus()


def keys_in_words(actions: Actions, command: str) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in actions[command].shortcuts())
