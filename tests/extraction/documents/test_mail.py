from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from extraction.documents import documents_in, make_document, read_document
from extraction.model import Article, BlockKind, DateBasis, Document, UnreadableDocument

BODY = """The union left the table on Tuesday, its leader said.

The owners denied that they had made no offer.

On Mon, 1 Mar 2021 Mira Holt wrote:
> What did the union say?

--\x20
Teodor Haln, Lorne Courier
"""


def mail(body: str = BODY, **fields: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = fields.get("sender", "Teodor Haln <haln@example.org>")
    message["To"] = "Mira Holt <holt@example.org>"
    message["Subject"] = fields.get("subject", "Ferry talks stall – again")
    message["Date"] = "Wed, 03 Mar 2021 10:05:00 +0400"
    message["Message-ID"] = f"<{fields.get('id', '1')}@example.org>"
    message.set_content(body)
    return message


def read(message: EmailMessage, name: str = "a.eml") -> Article:
    return read_document(make_document(message.as_bytes(), name))


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def found_in(path: Path) -> list[Document]:
    found = list(documents_in(path))
    assert not [item for item in found if isinstance(item, UnreadableDocument)]
    return [item for item in found if isinstance(item, Document)]


def test_a_mail_tells_who_wrote_when_and_about_what() -> None:
    article = read(mail())
    assert article.title == "Ferry talks stall – again"
    assert article.byline == "Teodor Haln"
    assert article.published.start == datetime(2021, 3, 3)
    assert article.published.basis is DateBasis.METADATA
    assert dict(article.grounds)["title"] == "mail header Subject"
    assert texts(article, BlockKind.TITLE) == ["Ferry talks stall – again"]
    assert texts(article, BlockKind.PARAGRAPH) == [
        "The union left the table on Tuesday, its leader said.",
        "The owners denied that they had made no offer.",
    ]
    assert "> What did the union say?" in texts(article, BlockKind.BOILERPLATE)
    assert "Teodor Haln, Lorne Courier" in texts(article, BlockKind.BOILERPLATE)
    for block in article.blocks:
        assert article.text[block.start : block.end].strip()


def test_the_page_is_read_where_the_text_is_a_stub() -> None:
    message = mail("See the page.")
    page = "<html><body><h1>Ferry</h1><p>The union left, and it said why it had left.</p>"
    message.add_alternative(page + "<script>gone()</script></body></html>", subtype="html")
    article = read(message)
    assert texts(article, BlockKind.HEADING) == ["Ferry"]
    assert "The union left, and it said why it had left." in article.text
    assert "gone" not in article.text


def test_a_mail_is_known_by_its_content(tmp_path: Path) -> None:
    assert make_document(mail().as_bytes(), "saved.txt").mime == "message/rfc822"
    plain = b"From: Mira Holt\nDate: 3 March 2021\n\nThe union left."
    assert make_document(plain, "a.txt").mime == "text/plain"


def test_attachments_and_forwarded_mails_are_documents(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment("The mayor denied it.", filename="note.txt")
    message.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="map.png")
    message.add_attachment(mail("The mayor said so.", subject="Earlier"))
    path = tmp_path / "a.eml"
    path.write_bytes(message.as_bytes())
    documents = found_in(path)
    assert [d.name for d in documents] == ["a.eml", "a.eml › note.txt", "a.eml › Earlier.eml"]
    assert documents[1].data.decode().strip() == "The mayor denied it."
    (container,) = documents[2].within
    assert (container.name, container.member) == ("a.eml", "Earlier.eml")
    assert container.sha256 == documents[0].sha256
    assert read_document(documents[2]).title == "Earlier"
    assert documents[1].modified == datetime(2021, 3, 3, 10, 5)
    assert read_document(documents[2]).within == documents[2].within


def test_a_mailbox_gives_every_message(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    bodies = ["First.\n\n>From here on it rained.\n", "Second.\n", "Third.\nFrom the sea.\n"]
    path.write_bytes(
        b"".join(
            b"From haln Wed Mar  3 10:05:00 2021\n" + mail(body, id=str(n)).as_bytes() + b"\n"
            for n, body in enumerate(bodies)
        )
    )
    documents = found_in(path)
    assert [d.name for d in documents] == [f"all.mbox › message {n}" for n in (1, 2, 3)]
    articles = [read_document(document) for document in documents]
    assert "\nFrom here on it rained." in articles[0].text
    assert "From the sea." in articles[2].text
    assert {article.byline for article in articles} == {"Teodor Haln"}


def test_a_mailbox_is_read_by_pieces_of_any_size(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    one = b"From x\n" + mail("word " * 9000).as_bytes() + b"\n"
    path.write_bytes(one * 30)
    assert len(found_in(path)) == 30


def test_broken_headers_are_no_reason_to_refuse() -> None:
    raw = (
        b"From: =?utf-8?q?broken\xff <x@example.org>\nSubject: =?nonsense?b?!!!?= \xe9t\xe9\n"
        b"Date: no day\nMIME-Version: 1.0\nContent-Type: text/plain; charset=nonsense\n\n"
        b"The union left.\n"
    )
    article = read_document(make_document(raw, "a.eml"))
    assert "The union left." in article.text
    article.text.encode("utf-8")


def test_a_page_saved_by_a_browser() -> None:
    page = (
        '<html lang="en"><head><meta charset="utf-8"><title>Ferry talks stall</title></head>'
        "<body><article><h1>Ferry talks stall</h1><p>The union left the table on Tuesday, and its"
        " leader said that the offer of the owners was no offer at all.</p></article>"
        '<img src="cid:map"></body></html>'
    )
    raw = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/ferry\r\n"
        "Subject: Ferry\r\nDate: Wed, 3 Mar 2021 10:05:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        "----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: https://example.org/ferry\r\n\r\n{page}\r\n"
        "----b\r\nContent-Type: image/png\r\nContent-ID: <map>\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    )
    document = make_document(raw.encode(), "ferry.mhtml")
    assert document.mime == "multipart/related"
    article = read_document(document)
    assert article.title == "Ferry talks stall"
    assert article.url == "https://example.org/ferry"
    assert article.published.start == datetime(2021, 3, 3)
    assert "saved" in article.published.reasons[0]


def test_a_page_without_a_page_in_it_is_broken() -> None:
    raw = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n\nno\n--x--\n'
    with pytest.raises(UnreadableDocument) as caught:
        read_document(make_document(raw, "a.mhtml"))
    assert caught.value.reason == "broken"


def test_a_part_whose_letters_are_declared_by_nonsense_costs_nothing_else(tmp_path: Path) -> None:
    source = (
        b"From: a@example.org\nSubject: So\nMessage-ID: <1@b>\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe union "
        b'left.\n--x\nContent-Type: text/plain; charset="u\0tf-8"\n\nOwners \x80 stayed.\n--x--\n'
    )
    path = tmp_path / "a.eml"
    path.write_bytes(source)
    (document,) = documents_in(path)
    assert isinstance(document, Document)
    assert "The union left." in read_document(document).text
