"""Whether a file lies in a folder of another machine.

There SQLite's write-ahead log holds for one machine at a time: its index is shared memory, which
two machines do not share. So a dossier in such a folder is opened by one program only.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")

_NETWORK = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "gpfs", "lustre",
        "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs",
    }
)  # fmt: skip
_NETWORK_HELPERS = ("sshfs", "smbnetfs", "gvfsd", "rclone", "davfs", "s3fs", "glusterfs", "ceph")


def is_shared(path: Path) -> bool:
    """Whether other machines may open a file too, as far as the system tells."""
    absolute = os.path.realpath(path)
    if absolute.startswith(("\\\\", "//")):
        return True
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    return _is_network(_kind_at(absolute, lines))


def _kind_at(path: str, mounts: Iterable[str]) -> str:
    """The type of the file system that holds a path, by the lines of ``mountinfo``."""
    longest, kind = -1, ""
    for line in mounts:
        fields, _, rest = line.partition(" - ")
        words = fields.split(" ")
        if len(words) < 5 or not rest:
            continue
        point = words[4].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        below = path == point or path.startswith(point.rstrip("/") + "/")
        # Of two at one place the later one hides the other.
        if below and len(point) >= longest:
            longest, kind = len(point), rest.split(" ")[0]
    return kind


def _is_network(kind: str) -> bool:
    family, _, helper = kind.partition(".")
    return kind in _NETWORK or (family == "fuse" and helper.startswith(_NETWORK_HELPERS))
