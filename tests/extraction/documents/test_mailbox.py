"""Where the messages of a mailbox begin is found by and by, as if it were read line by line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.documents import mailbox
from extraction.model import UnreadableDocument

LINES = st.sampled_from(
    [
        b"From a@b.example Tue\n",
        b"From \n",
        b">From c\n",
        b"From",
        b"\n",
        b"\r\n",
        b"Subject: So\n",
        b"Subject: So\r\n",
        b"said the mayor\n",
        b" From d\n",
        b"x" * 50,
    ]
)


def by_lines(data: bytes) -> Iterator[int]:
    at, blank, candidate = 0, True, -1
    for line in io.BytesIO(data):
        if candidate >= 0 and re.match(rb"[A-Za-z][A-Za-z0-9-]{0,60}:", line):
            yield candidate
        candidate = at if blank and line.startswith(b"From ") else -1
        blank = line in (b"\n", b"\r\n")
        at += len(line)


@given(st.lists(LINES, max_size=40), st.sampled_from([1, 7, 64, 4096]))
def test_it_is_the_same_as_line_by_line(lines: list[bytes], chunk: int) -> None:
    data = b"".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mailbox, "_CHUNK", chunk)
        # Longer than any line here with the one under it.
        patch.setattr(mailbox, "_LONGEST", 200)
        assert list(mailbox._begins(io.BytesIO(data))) == list(by_lines(data))


@given(st.integers(1, 30), st.integers(1, 5000))
def test_each_message_is_loaded_by_its_bytes(count: int, chunk: int) -> None:
    mails = [f"From x\nSubject: No. {n}\n\n>From here {n}\nFrom there\n\n" for n in range(count)]
    file = io.BytesIO("".join(mails).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mailbox, "_CHUNK", chunk)
        found = list(mailbox.members(file, "a"))
    assert len(found) == count
    for number, member in enumerate(found):
        assert not isinstance(member, UnreadableDocument)
        data = mailbox.load(file, member.token, "a", lambda _: 1000).data
        assert data == f"Subject: No. {number}\n\nFrom here {number}\nFrom there\n\n".encode()
