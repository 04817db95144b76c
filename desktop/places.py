"""Where settings, logs and new dossiers are kept on this machine. Loads no Qt."""

from __future__ import annotations

import os
import re
from pathlib import Path

import platformdirs

APPLICATION = "claimline"
SUFFIX = ".claimline"


def _home() -> Path | None:
    """``CLAIMLINE_HOME`` keeps everything in one folder, as on a memory stick."""
    home = os.environ.get("CLAIMLINE_HOME")
    return Path(home) if home else None


def settings_file() -> Path:
    home = _home()
    folder = home if home else platformdirs.user_config_path(APPLICATION, appauthor=False)
    return folder / "claimline.ini"


def log_folder() -> Path:
    home = _home()
    return home / "log" if home else platformdirs.user_log_path(APPLICATION, appauthor=False)


def dossier_folder() -> Path:
    """Where a dossier goes that was begun by a drop; the folder may not exist yet."""
    home = _home()
    if home:
        return home / "dossiers"
    documents = platformdirs.user_documents_path()
    if documents.is_dir():
        return documents / "Claimline"
    return platformdirs.user_data_path(APPLICATION, appauthor=False) / "dossiers"


def pasted_folder() -> Path:
    """Where pasted texts stand until they are read; the folder may not exist yet."""
    home = _home()
    folder = home if home else platformdirs.user_data_path(APPLICATION, appauthor=False)
    return folder / "pasted"


def safe_name(title: str) -> str:
    """A title as a file's name on every system, without an ending."""
    stem = re.sub(r"[^\w\- ,()']+", "", title)
    return re.sub(r"\s+", " ", stem).strip()[:60].strip(" -") or "Dossier"


def free_name(folder: Path, title: str) -> Path:
    """A path for a new dossier that is not taken, named after ``title``.

    A log without its dossier takes the name as well: it may be all that is left of one.
    """
    stem = safe_name(title)
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists() or path.with_name(path.name + "-wal").exists():
        path = folder / f"{stem} {number}{SUFFIX}"
        number += 1
    return path
