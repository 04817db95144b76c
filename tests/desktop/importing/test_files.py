from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.importing import files
from desktop.importing.files import expand

needs_links = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


def write(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def codes(paths: list[Path]) -> list[tuple[str, str]]:
    return [(Path(item.file).name, item.code) for item in expand(paths).problems]


def test_named_files_keep_their_order_and_any_ending(tmp_path: Path) -> None:
    named = [write(tmp_path / name) for name in ("z.txt", "a.pdf", "README")]
    assert list(expand(named).files) == named


def test_a_folder_is_read_in_natural_order_with_what_is_below(tmp_path: Path) -> None:
    for name in ("page 10.txt", "page 9.txt", "sub/b.md", ".hidden.txt", "sub/.git/c.txt"):
        write(tmp_path / name)
    found = [path.relative_to(tmp_path).as_posix() for path in expand([tmp_path]).files]
    assert found == ["page 9.txt", "page 10.txt", "sub/b.md"]


def test_other_kinds_in_a_folder_are_counted_not_dropped_in_silence(tmp_path: Path) -> None:
    for name in ("a.txt", "b.css", "c.css", "d.png"):
        write(tmp_path / name)
    (problem,) = expand([tmp_path]).problems
    assert (problem.code, problem.detail) == ("skipped", "2 × .css, 1 × .png")


def test_the_same_file_is_taken_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert list(expand([path, tmp_path, path]).files) == [path]


def test_missing_and_empty(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert codes([tmp_path / "gone.txt", tmp_path / "nothing"]) == [
        ("gone.txt", "missing"),
        ("nothing", "no-files"),
    ]


@needs_links
def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside" / "secret.txt")
    folder = tmp_path / "dropped"
    inside = write(folder / "a.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "away").symlink_to(tmp_path / "outside")
    (folder / "round").symlink_to(folder)
    (folder / "same.txt").symlink_to(inside)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    assert list(expand([folder]).files) == [inside]
    assert sorted(codes([folder])) == [("broken.txt", "missing"), ("out.txt", "link")]


@needs_links
def test_a_link_that_is_dropped_itself_is_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(write(tmp_path / "target" / "a.txt"))
    assert list(expand([link]).files) == [link]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_pipes_and_devices_are_refused_and_nothing_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert codes([tmp_path]) == [("pipe.txt", "special")]
    assert codes([Path("/dev/null")]) == [("null", "special")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    try:
        assert codes([folder]) == [("closed", "unreadable")]
    finally:
        folder.chmod(0o700)


def test_depth_and_number_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_DEPTH", 2)
    monkeypatch.setattr(files, "MAX_FILES", 3)
    write(tmp_path / "1/2/3/deep.txt")
    assert codes([tmp_path]) == [("3", "too-many")]
    for number in range(6):
        write(tmp_path / f"{number}.txt")
    found = expand([tmp_path])
    assert len(found.files) == 3
    assert [item.code for item in found.problems].count("too-many") == 2
