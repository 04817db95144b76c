"""Files that Outlook wrapped into ``winmail.dat``."""

from __future__ import annotations

import struct
from email.message import EmailMessage
from pathlib import Path

import pytest

from extraction.documents import documents_in
from extraction.model import Document, UnreadableDocument

NOTE = b"The mayor denied on Tuesday that the mill had burned down."


def attribute(number: int, data: bytes, level: int = 2) -> bytes:
    return (
        struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) % 65536)
    )


def winmail(*files: tuple[str, bytes]) -> bytes:
    parts = [struct.pack("<IH", 0x223E9F78, 1), attribute(0x00089006, b"\0\0\1\0", 1)]
    for name, data in files:
        parts.append(attribute(0x00069002, bytes(14)))
        parts.append(attribute(0x00018010, name.encode("cp1252") + b"\0"))
        parts.append(attribute(0x0006800F, data))
    return b"".join(parts)


def found_in(path: Path, data: bytes) -> tuple[list[Document], list[str]]:
    path.write_bytes(data)
    found = list(documents_in(path))
    documents = [item for item in found if isinstance(item, Document)]
    return documents, [item.reason for item in found if isinstance(item, UnreadableDocument)]


def test_the_files_in_it_are_documents_of_their_own(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "jo@b.example", "Mill", "<1@b>"
    mail.set_content("See the note.")
    data = winmail(("C:\\tmp\\Nöte.txt", NOTE), ("picture.png", b"\x89PNG"))
    mail.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    documents, problems = found_in(tmp_path / "a.eml", mail.as_bytes())
    assert [d.name for d in documents] == ["a.eml", "a.eml › winmail.dat › Nöte.txt"]
    assert documents[1].data == NOTE
    assert problems == []


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_cut_one_gives_what_is_whole(tmp_path: Path, cut: float) -> None:
    data = winmail(("a.txt", NOTE), ("b.txt", NOTE * 2))
    documents, problems = found_in(tmp_path / "winmail.dat", data[: int(len(data) * cut)])
    assert all(document.data in (NOTE, NOTE * 2) for document in documents)
    assert problems


def test_one_without_files_says_so(tmp_path: Path) -> None:
    assert found_in(tmp_path / "winmail.dat", winmail()) == ([], ["no-articles"])
