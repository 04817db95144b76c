"""A dossier in a folder of another machine is open in one program at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import Dossier, DossierError, shared

MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home rw - nfs4 files:/home rw
31 30 8:2 / /home/mira/local rw - xfs /dev/sdb1 rw
32 22 0:44 / /media/the\040office rw - fuse.sshfs office:/ rw
33 22 0:45 / /run/user/1/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
34 22 0:46 / /over rw - tmpfs tmpfs rw
35 22 0:47 / /over rw - cifs //office/over rw
36 22 0:48 / /squash ro - fuse.squashfuse image ro
half a line
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/srv/a.claimline", False),
        ("/home/mira/a.claimline", True),
        ("/home/mira/local/a.claimline", False),
        ("/homes/a.claimline", False),
        ("/media/the office/a.claimline", True),
        ("/run/user/1/gvfs/smb-share/a.claimline", True),
        ("/over/a.claimline", True),
        ("/squash/a.claimline", False),
        ("//office/share/a.claimline", True),
    ],
)
def test_network_folders_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, expected: bool
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(shared, "_MOUNTS", mounts)
    monkeypatch.setattr("os.path.realpath", lambda given: given)
    assert shared.is_shared(path) is expected  # type: ignore[arg-type]


def test_a_system_that_does_not_tell_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "_MOUNTS", Path("/nowhere"))
    assert not shared.is_shared(Path("/home/a.claimline"))


def test_in_a_network_folder_it_is_open_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "far.claimline"
    Dossier.create(path, "Far").close()
    monkeypatch.setattr("db.files.is_shared", lambda _: True)
    for first in (False, True):
        with Dossier.open(path, read_only=first) as dossier:
            assert dossier.read_only is first
            assert dossier.title == "Far"
            for read_only in (False, True):
                with pytest.raises(DossierError) as raised:
                    Dossier.open(path, read_only=read_only)
                assert raised.value.kind == "elsewhere"
    with Dossier.open(path) as dossier:
        assert not dossier.read_only
        assert dossier.check() == []
