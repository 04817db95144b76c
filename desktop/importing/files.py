"""From what was dropped or named to the list of files to read."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.rows import ImportProblem

MAX_DEPTH = 32
MAX_FILES = 100_000


@dataclass(frozen=True)
class FileList:
    """Files in the order in which they are read, and what was left out with the reason."""

    files: tuple[Path, ...]
    problems: tuple[ImportProblem, ...]


def expand(paths: Iterable[Path]) -> FileList:
    """Files as named, folders with all below them, in natural order of names.

    Hidden files and links to folders are passed over; a link that leads out of its folder, a
    device and a pipe are refused. In a folder only files with a known ending (or none) are
    taken, the others are counted. Codes besides those of ``UnreadableDocument``: ``link``
    ``special`` ``skipped`` ``no-files`` ``too-many``.
    """
    # Only here: the readers take longer to load than the window to open.
    from extraction.documents.kinds import SUFFIXES, suffix_of

    walk = _Walk(SUFFIXES, suffix_of)
    for path in paths:
        walk.add(path)
    return FileList(tuple(walk.files), tuple(walk.problems))


class _Walk:
    def __init__(self, suffixes: Sequence[str], suffix_of: Callable[[str], str]) -> None:
        self._suffixes = suffixes
        self._suffix_of = suffix_of
        self.files: list[Path] = []
        self.problems: list[ImportProblem] = []
        self._seen: set[tuple[int, int]] = set()
        self._full = False

    def add(self, path: Path) -> None:
        try:
            info = path.stat()
        except FileNotFoundError:
            self._refuse(path, "missing")
        except OSError as error:
            self._refuse(path, "unreadable", error.strerror or str(error))
        else:
            if stat.S_ISDIR(info.st_mode):
                self._add_folder(path)
            else:
                self._add_file(path, info)

    def _add_folder(self, folder: Path) -> None:
        before = len(self.files), len(self.problems)
        skipped: Counter[str] = Counter()
        root = folder.resolve()
        for path in self._below(folder, 0):
            suffix = self._suffix_of(path.name)
            if suffix and suffix not in self._suffixes:
                skipped[suffix] += 1
            elif path.is_symlink() and not _resolves_into(path, root):
                self._refuse(path, "link")
            else:
                self._take(path)
        if skipped:
            counted = ", ".join(f"{count} × {suffix}" for suffix, count in skipped.most_common())
            self._refuse(folder, "skipped", counted)
        if (len(self.files), len(self.problems)) == before:
            self._refuse(folder, "no-files")

    def _below(self, folder: Path, depth: int) -> Iterator[Path]:
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: _natural(entry.name))
        except OSError as error:
            self._refuse(folder, "unreadable", error.strerror or str(error))
            return
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif not (entry.is_symlink() and entry.is_dir()):
                yield Path(entry.path)
        for child in folders:
            if depth < MAX_DEPTH:
                yield from self._below(child, depth + 1)
            else:
                self._refuse(child, "too-many")

    def _take(self, path: Path) -> None:
        try:
            info = path.stat()
        except FileNotFoundError:
            self._refuse(path, "missing")
        except OSError as error:
            self._refuse(path, "unreadable", error.strerror or str(error))
        else:
            self._add_file(path, info)

    def _add_file(self, path: Path, info: os.stat_result) -> None:
        if not stat.S_ISREG(info.st_mode):
            self._refuse(path, "special")
            return
        # The same file dropped beside the folder that holds it is one file.
        identity = (info.st_dev, info.st_ino)
        if info.st_ino and identity in self._seen:
            return
        self._seen.add(identity)
        if len(self.files) < MAX_FILES:
            self.files.append(path)
        elif not self._full:
            self._full = True
            self._refuse(path, "too-many")

    def _refuse(self, path: Path, code: str, detail: str = "") -> None:
        name = str(path).encode("utf-8", "replace").decode("utf-8")
        self.problems.append(ImportProblem(name, code, detail))


def _resolves_into(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except OSError:
        return True  # it leads nowhere, which is told as a missing file


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Sorts ``page 9`` before ``page 10``."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
