"""An earlier mail under a mail: what was answered is no story, what was sent on is one."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from extraction.documents import kinds, make_document, read_document
from extraction.model import BlockKind
from tests.extraction.documents.test_html import FIRST, SECOND

OUTLOOK = "From: Ann Lee <ann@b.example>\nSent: 03 March 2021 10:00\nTo: Jo\nSubject: Ferry\n"
APPLE = f"Begin forwarded message:\n\n{OUTLOOK.replace('Sent', 'Date')}"
GMAIL = "---------- Forwarded message ---------\n" + OUTLOOK.replace("Sent", "Date")


def kinds_of(subject: str, earlier: str) -> dict[str, BlockKind]:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Jo <jo@b.example>", subject, "<1@b>"
    mail["Date"] = "Thu, 4 Mar 2021 10:00:00 +0000"
    mail.set_content(f"{FIRST}\n\n{earlier}\n{SECOND}\n")
    article = read_document(make_document(mail.as_bytes(), "a.eml", mime=kinds.MAIL))
    return {article.text[b.start : b.end]: b.kind for b in article.blocks}


@pytest.mark.parametrize("subject", ["Re: Ferry", "RE: FW: Ferry", "AW: Ferry"])
def test_what_was_answered_is_marked(subject: str) -> None:
    found = kinds_of(subject, OUTLOOK)
    assert found[FIRST] is BlockKind.PARAGRAPH
    assert found["Sent: 03 March 2021 10:00"] is BlockKind.BOILERPLATE
    assert found[SECOND] is BlockKind.BOILERPLATE


@pytest.mark.parametrize(
    ("subject", "earlier"),
    [
        ("Fwd: Ferry", OUTLOOK),
        ("FW: Ferry", OUTLOOK),
        ("Ferry", OUTLOOK),
        ("Re: Ferry", GMAIL),
        ("Ferry", APPLE),
    ],
)
def test_what_was_sent_on_is_read(subject: str, earlier: str) -> None:
    found = kinds_of(subject, earlier)
    assert found[FIRST] is found[SECOND] is BlockKind.PARAGRAPH
    assert found["From: Ann Lee <ann@b.example>"] is BlockKind.METADATA
    assert found.get("Begin forwarded message:", BlockKind.METADATA) is BlockKind.METADATA


def test_lines_that_only_look_like_a_header_are_text() -> None:
    found = kinds_of("Re: Ferry", "From: the harbour\nTo: the island\n")
    assert found[SECOND] is BlockKind.PARAGRAPH
