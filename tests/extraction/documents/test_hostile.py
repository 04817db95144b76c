"""What no reader may be hurt by, whatever the kind of file."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from extraction.documents import documents_in, loading, look, make_document, places, read_document
from extraction.documents.places import Place
from extraction.model import Document, UnreadableDocument

STORY = "The union left the table on Tuesday, its leader said in the harbour of Lorne.\n"


def sorted_out(path: Path) -> tuple[list[Document], list[str]]:
    found = list(documents_in(path))
    return (
        [item for item in found if isinstance(item, Document)],
        [item.reason for item in found if isinstance(item, UnreadableDocument)],
    )


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(make_document(data, name))
    return caught.value.reason


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.eml"])
def test_a_line_of_200_megabytes_is_refused_without_being_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"From: a\nSubject: b\n\n" if name == "a.eml" else b"<p>" + b"word " * 2000)
        file.truncate(200 * 2**20)
    assert sorted_out(path) == ([], ["too-large"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.ris"])
def test_a_line_of_200_megabytes_in_a_file_of_records(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    start = {"a.csv": b"title,text\nx,", "a.json": b'[{"title": "', "a.ris": b"TY  - NEWS\nAB  - "}
    with path.open("wb") as file:
        file.write(start[name])
        for _ in range(200):
            file.write(b"word " * 200_000)
    documents, problems = sorted_out(path)
    assert documents == []
    assert problems in (["too-large"], ["broken"])


def test_a_mailbox_with_a_line_of_200_megabytes_gives_its_other_messages(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    message = b"From x\nFrom: a@b.c\nSubject: x\nMessage-ID: <1>\n\n%s\n\n"
    with path.open("wb") as file:
        file.write(message % STORY.encode())
        file.write(b"From x\nFrom: a@b.c\nSubject: x\nMessage-ID: <1>\n\n")
        for _ in range(200):
            file.write(b"word " * 200_000)
        file.write(b"\n\n" + message % STORY.encode())
    documents, problems = sorted_out(path)
    assert [d.name for d in documents] == ["a.mbox › message 1", "a.mbox › message 3"]
    assert problems == ["too-large"]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml", "a.rtf"])
def test_single_nuls_are_shown_and_many_are_binary(name: str) -> None:
    start = {"a.eml": "From: a\nSubject: b\n\n", "a.rtf": "{\\rtf1 ", "a.html": "<html><p>"}
    text = start.get(name, "") + STORY + "It was\0 shut.\n" + STORY * 3
    article = read_document(make_document(text.encode(), name))
    assert "union left" in article.text
    assert "\0" not in article.text
    if name != "a.rtf":
        assert refusal((start.get(name, "") + "a\0b\0c\0d\0" * 50).encode(), name) == "binary"


def test_mixed_encodings_are_read_and_told() -> None:
    data = f"“Shut,” said Zoë. Café Ångström. {STORY}".encode() + "Señor Müller said so.".encode(
        "cp1252"
    )
    article = read_document(make_document(data, "a.txt"))
    assert "“Shut,” said Zoë." in article.text
    assert "Señor Müller" in article.text
    assert article.warnings == ("encoding-mixed",)


@pytest.mark.parametrize(
    "charset", ["punycode", "unicode_escape", "hex", "rot13", "idna", "zip", "☃"]
)
def test_codecs_that_are_no_charset_are_not_used(charset: str) -> None:
    page = f"<html><head><meta charset='{charset}'></head><p>{STORY * 2000} \\x41 Zoë"
    article = read_document(make_document(page.encode(), "a.html"))
    assert "\\x41 Zoë" in article.text


def test_a_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    real = loading.read_whole

    def slow(file: object, place: Path) -> Document:
        document = real(file, place)  # type: ignore[arg-type]
        path.write_text(STORY * 2)
        os.utime(path, ns=(1, 1))
        return document

    monkeypatch.setattr(loading, "read_whole", slow)
    monkeypatch.setattr(places, "read_whole", slow)
    for load in (loading.load_document, lambda path: look(Place(str(path)))):
        path.write_text(STORY)
        with pytest.raises(UnreadableDocument) as caught:
            load(path)
        assert caught.value.reason == "unreadable"
        assert "changed" in caught.value.detail


def test_an_archive_that_changes_between_two_members(tmp_path: Path) -> None:
    from tests.extraction.documents.test_archive import packed

    path = tmp_path / "a.zip"
    path.write_bytes(packed({"a.txt": STORY, "b.txt": STORY * 2}))
    first, second = look(Place(str(path))).members
    assert look(first).document is not None
    path.write_bytes(b"PK\x03\x04" + b"x" * 300)
    with pytest.raises(UnreadableDocument) as caught:
        look(second)
    assert caught.value.reason == "broken"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mbox")
    assert sorted_out(tmp_path / "a.mbox") == ([], ["unreadable"])
    assert sorted_out(Path("/dev/zero")) == ([], ["unreadable"])


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\nb\xff.txt")
    path.write_text(STORY)
    ((document,), problems) = sorted_out(path)
    assert problems == []
    assert document.name == "a\nb�.txt"
    assert sorted_out(Path("a\0b.txt")) == ([], ["unreadable"])


def test_what_the_system_refuses_to_open_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the next test, and where everything may be read as well."""
    for name in ("a.txt", "a.zip", "a.warc"):
        (tmp_path / name).write_text(STORY)

    def refuse(path: str, *_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "open", refuse)
    for name in ("a.txt", "a.zip", "a.warc"):
        assert sorted_out(tmp_path / name) == ([], ["unreadable"])


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04")
    path.chmod(0)
    assert sorted_out(path) == ([], ["unreadable"])
