from __future__ import annotations

import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from extraction.documents import archive, documents_in, look, places
from extraction.documents.places import Place
from extraction.model import Document, UnreadableDocument

STORY = "The union left the table on Tuesday, its leader said.\n"


def packed(
    members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED, when: int = 2021
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (when, 3, 3, 10, 6, 0))
            info.compress_type = method
            file.writestr(info, data)
    return stream.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def sorted_out(path: Path) -> tuple[list[Document], list[UnreadableDocument]]:
    found = list(documents_in(path))
    return (
        [item for item in found if isinstance(item, Document)],
        [item for item in found if isinstance(item, UnreadableDocument)],
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_members_are_documents_with_their_place(tmp_path: Path, method: int) -> None:
    path = write(
        tmp_path / "a.zip",
        packed({"one.txt": STORY, "sub/zwei ä.html": f"<html><p>{STORY}", "README": STORY}, method),
    )
    documents, problems = sorted_out(path)
    assert problems == []
    assert [d.name for d in documents] == [
        "a.zip › one.txt",
        "a.zip › sub/zwei ä.html",
        "a.zip › README",
    ]
    assert [d.mime for d in documents] == ["text/plain", "text/html", "text/plain"]
    assert documents[0].data == STORY.encode()
    assert documents[0].modified == datetime(2021, 3, 3, 10, 6)
    (container,) = documents[1].within
    assert (container.name, container.member) == ("a.zip", "sub/zwei ä.html")
    assert container.sha256 == __import__("hashlib").sha256(path.read_bytes()).hexdigest()


def test_what_is_no_article_is_counted_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    data = packed(
        {"a.txt": STORY, "b.css": "", "c.css": "", ".git/x.txt": STORY, "__MACOSX/a.txt": "x"}
    )
    documents, problems = sorted_out(write(tmp_path / "a.zip", data))
    assert len(documents) == 1
    assert [(item.reason, item.detail) for item in problems] == [("skipped", "2 × .css")]


def test_names_that_lead_out_are_only_names(tmp_path: Path) -> None:
    names = ["../../out.txt", "/etc/out.txt", "C:\\out.txt", "a\nb.txt"]
    documents, _ = sorted_out(write(tmp_path / "a.zip", packed(dict.fromkeys(names, STORY))))
    assert len(documents) == 4
    assert os.listdir(tmp_path) == ["a.zip"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        info = zipfile.ZipInfo("passwd.txt")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    documents, problems = sorted_out(write(tmp_path / "a.zip", stream.getvalue()))
    assert documents == []
    assert [item.reason for item in problems] == ["link"]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    data = packed({"bomb.txt": b"\0" * (64 * 2**20), "a.txt": STORY})
    documents, problems = sorted_out(write(tmp_path / "a.zip", data))
    assert [d.name for d in documents] == ["a.zip › a.txt"]
    assert [item.reason for item in problems] == ["bomb"]


def test_a_member_that_claims_to_be_small_is_cut_off_there(tmp_path: Path) -> None:
    data = bytearray(packed({"bomb.txt": b"\0" * (8 * 2**20)}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    documents, problems = sorted_out(write(tmp_path / "a.zip", bytes(data)))
    assert sum(len(d.data) for d in documents) <= 1000
    assert [item.reason for item in problems] == ["broken"]


def test_an_archive_that_claims_too_much_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    path = write(tmp_path / "a.zip", packed({f"{n}.txt": STORY * 10 for n in range(10)}))
    _, problems = sorted_out(path)
    assert [item.reason for item in problems] == ["bomb"]


def test_archives_are_opened_to_a_depth(tmp_path: Path) -> None:
    data = packed({"deep.txt": STORY})
    for _ in range(3):
        data = packed({"inner.zip": data, "a.txt": STORY})
    documents, problems = sorted_out(write(tmp_path / "a.zip", data))
    assert problems == []
    assert documents[-1].name.split(" › ")[-1] in ("deep.txt", "a.txt")
    assert {len(d.within) for d in documents} == {1, 2, 3, 4}
    for _ in range(3):
        data = packed({"inner.zip": data, "a.txt": STORY})
    documents, problems = sorted_out(write(tmp_path / "b.zip", data))
    assert [item.reason for item in problems] == ["nested"]
    assert max(len(d.within) for d in documents) == places.MAX_DEPTH


def test_an_archive_of_itself_over_and_over_ends(tmp_path: Path) -> None:
    data = packed({"a.txt": STORY})
    for _ in range(40):
        data = packed({"inner.zip": data})
    documents, problems = sorted_out(write(tmp_path / "a.zip", data))
    assert documents == []
    assert [item.reason for item in problems] == ["nested"]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": STORY}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    _, problems = sorted_out(write(tmp_path / "a.zip", bytes(data)))
    assert [item.reason for item in problems] == ["locked"]


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MAX_MEMBERS", 3)
    path = write(tmp_path / "a.zip", packed({f"{n}.txt": STORY for n in range(9)}))
    documents, problems = sorted_out(path)
    assert len(documents) == 3
    assert [item.reason for item in problems] == ["too-many"]


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_cut_archive_is_broken(tmp_path: Path, cut: float) -> None:
    data = packed({f"{n}.txt": STORY * n for n in range(9)})
    _, problems = sorted_out(write(tmp_path / "a.zip", data[: int(len(data) * cut)]))
    assert [item.reason for item in problems] == ["broken"]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": STORY * 9, "b.txt": STORY, "c.txt": STORY * 3}))
    data[45:60] = b"\xff" * 15
    documents, problems = sorted_out(write(tmp_path / "a.zip", bytes(data)))
    assert [d.name for d in documents] == ["a.zip › b.txt", "a.zip › c.txt"]
    assert [item.reason for item in problems] == ["broken"]


def test_nothing_in_it(tmp_path: Path) -> None:
    _, problems = sorted_out(write(tmp_path / "a.zip", packed({})))
    assert [item.reason for item in problems] == ["no-articles"]


def test_a_spreadsheet_is_not_taken_apart(tmp_path: Path) -> None:
    data = packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})
    found = look(Place(str(write(tmp_path / "a.xlsx", data))))
    assert found.document is not None
    assert found.document.mime == "application/vnd.openxmlformats"


def test_a_member_without_a_name_is_read_all_the_same(tmp_path: Path) -> None:
    data = packed({"a.txt": STORY, "b.txt": STORY}).replace(b"b.txt", b"\0.txt")
    documents, problems = sorted_out(write(tmp_path / "a.zip", data))
    assert [d.data for d in documents] == [STORY.encode()] * 2
    assert problems == []


def test_a_document_of_apple_is_not_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.pages"
    path.write_bytes(packed({"Index/Document.iwa": b"x", "preview.jpg": b"y"}))
    (found,) = documents_in(path)
    assert not isinstance(found, UnreadableDocument)
    assert found.mime == "application/vnd.apple.iwork"
