from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from desktop.commands import COMMANDS, MENUS, PANELS, SUBMENUS, plain_text


def test_ids_are_unique_and_menus_are_known() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    assert {command.menu for command in COMMANDS} == set(MENUS)
    for name in PANELS:
        assert any(command.id == f"view.panel.{name}" for command in COMMANDS)


def test_no_two_commands_share_a_key(app: object) -> None:
    keys = Counter(QKeySequence(key).toString() for command in COMMANDS for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_access_keys_are_unique_within_a_menu() -> None:
    for menu in MENUS:
        texts = {
            SUBMENUS[command.submenu] if command.submenu else command.text
            for command in COMMANDS
            if command.menu == menu
        }
        marks = Counter(text[text.index("&") + 1].casefold() for text in texts if "&" in text)
        assert [mark for mark, count in marks.items() if count > 1] == [], menu


def test_texts_without_their_marks() -> None:
    assert plain_text("&Find") == "Find"
    assert plain_text("Save && close") == "Save & close"
