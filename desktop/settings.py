"""All options of the window, typed, with their defaults, in one INI file.

What belongs to an investigation is kept in its dossier; here is only what belongs to the person
and the machine.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop import places
from desktop.theme import Appearance

STATE_VERSION = 1
"""Raised when the window is laid out anew, so that an old arrangement is not forced on it."""

RECENT_LIMIT = 12


class Settings:
    """Reads and writes at once; a value that does not fit its type counts as not set."""

    def __init__(self, file: Path | None = None) -> None:
        self._store = QSettings(str(file or places.settings_file()), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        try:
            return Appearance(self._text("view/theme"))
        except ValueError:
            return Appearance.SYSTEM

    @appearance.setter
    def appearance(self, value: Appearance) -> None:
        self._store.setValue("view/theme", value.value)

    @property
    def last_dossier(self) -> Path | None:
        """The dossier that was open when the window was closed."""
        text = self._text("dossier/last")
        return Path(text) if text else None

    @last_dossier.setter
    def last_dossier(self, value: Path | None) -> None:
        self._store.setValue("dossier/last", str(value) if value else "")

    @property
    def recent(self) -> list[Path]:
        """Dossiers opened lately, the last one first; those that are gone are left out."""
        found = self._store.value("dossier/recent", [])
        texts = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        paths = [Path(text) for text in texts if isinstance(text, str) and text]
        return [path for path in paths if path.exists()]

    def remember(self, path: Path) -> None:
        """Put a dossier in front of the recent ones."""
        path = path.absolute()
        kept = [path, *(known for known in self.recent if known != path)][:RECENT_LIMIT]
        self._store.setValue("dossier/recent", [str(item) for item in kept])

    def forget_recent(self) -> None:
        self._store.remove("dossier/recent")

    @property
    def last_folder(self) -> Path:
        """Where a file was last chosen."""
        text = self._text("files/folder")
        return Path(text) if text and Path(text).is_dir() else Path.home()

    @last_folder.setter
    def last_folder(self, value: Path) -> None:
        self._store.setValue("files/folder", str(value))

    @property
    def person(self) -> str:
        """The name that the revision log shows for what is done here; empty unless given."""
        return self._text("person/name")

    @person.setter
    def person(self, value: str) -> None:
        self._store.setValue("person/name", value.strip())

    def state(self, name: str) -> QByteArray | None:
        """A saved arrangement (geometry, splitter), or ``None``."""
        if self._store.value("window/version", 0, type=int) != STATE_VERSION:
            return None
        value = self._store.value(f"window/{name}")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def set_state(self, name: str, value: QByteArray) -> None:
        self._store.setValue("window/version", STATE_VERSION)
        self._store.setValue(f"window/{name}", value)

    def hidden_panels(self) -> frozenset[str]:
        return frozenset(filter(None, self._text("window/hidden").split("+")))

    def set_hidden_panels(self, names: frozenset[str]) -> None:
        self._store.setValue("window/hidden", "+".join(sorted(names)))

    def sync(self) -> bool:
        """Write to disk now; ``False`` where that failed."""
        self._store.sync()
        return self._store.status() == QSettings.Status.NoError

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""
