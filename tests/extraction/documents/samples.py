"""One small file of each kind, and ways to damage it."""

from __future__ import annotations

import gzip
import io
import json
import plistlib
import zipfile
from collections.abc import Sequence
from functools import cache

import brotli
import zstandard

from tests.extraction.documents.pages import Paper
from tests.extraction.documents.test_archive import packed
from tests.extraction.documents.test_html import ENTRIES, JSON_LD, with_data
from tests.extraction.documents.test_html import page as html_page
from tests.extraction.documents.test_mail import mail
from tests.extraction.documents.test_office import RTF, epub, odt, with_footnote, word
from tests.extraction.documents.test_records import CSL, CSV, RIS
from tests.extraction.documents.test_tnef import winmail
from tests.extraction.documents.test_warc import archive, record

TEXT = "Title: Ferry\nBy: Mira Holt\nDate: 3 March 2021\n\nThe union left.\n\n- one\n- two\n"

Change = tuple[str, float, bytes]
"""What is done (``cut``, ``put``, ``twice``, ``drop``), where in the file, and with what."""


@cache
def samples() -> dict[str, bytes]:
    """A file of each kind by its name."""
    paper = Paper(title="Ferry", author="Mira Holt")
    for number in range(2):
        paper.edges("Lorne Courier", str(number + 1))
        paper.headline("Ferry talks stall")
        paper.text(["The union left the table on Tuesday, its leader said."] * 3)
        paper.page()
    message = mail()
    message.add_alternative(html_page(), subtype="html")
    message.add_attachment("The mayor denied it.", filename="note.txt")
    message.add_attachment(mail())
    saved = (
        "Snapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="--b"\r\n\r\n----b\r\n'
        f"Content-Type: text/html\r\n\r\n{html_page()}\r\n----b--\r\n"
    )
    return {
        "a.txt": TEXT.encode(),
        "a.md": f"---\ntitle: Ferry\n---\n# Ferry\n\n{TEXT}\n> so\n\n| a | b |\n|--|--|\n".encode(),
        "a.html": html_page(ENTRIES, JSON_LD).encode(),
        "a.eml": message.as_bytes(),
        "a.mbox": b"".join(b"From x\n" + mail().as_bytes() + b"\n\n" for _ in range(3)),
        "a.mhtml": saved.encode(),
        "a.pdf": paper.data(),
        "a.docx": word(with_footnote),
        "a.odt": odt(),
        "a.epub": epub(),
        "a.rtf": RTF.encode(),
        "a.csv": CSV.encode(),
        "a.ris": RIS.encode(),
        "a.json": json.dumps(CSL).encode(),
        "a.warc": archive(compress=False),
        "a.warc.gz": archive(extra=gzip.compress(b"<p>The dam held.")),
        "a.zip": packed({"a.txt": TEXT, "b.html": html_page(), "c.zip": packed({"d.md": TEXT})}),
        "a.url": b"[InternetShortcut]\r\nURL=https://example.org/ferry\r\n",
        "links.txt": b"# links\nhttps://example.org/a\nhttps://example.org/b\n",
        "a.webloc": plistlib.dumps({"URL": "https://example.org/ferry"}),
        "b.warc": record(
            "https://example.org/f", "200 OK", "text/html", brotli.compress(b"<p>So."), "br"
        ),
        "a.warc.zst": zstandard.compress(archive(compress=False)[:700]),
        "winmail.dat": winmail(("a.txt", TEXT.encode()), ("b.html", html_page().encode())),
        "live.html": with_data(
            "<h1>Live</h1>",
            articleBody="<p>So.</p>" * 40,
            liveBlogUpdate=[{"articleBody": TEXT, "datePublished": "2021-03-04T14:05:00Z"}] * 3,
        ).encode(),
        "a.wacz": packed({"datapackage.json": "{}", "archive/a.warc.gz": archive()}),
    }


def damaged(data: bytes, changes: Sequence[Change]) -> bytes:
    """The data after all changes, one after the other."""
    for what, where, words in changes:
        at = int(where * len(data))
        if what == "cut":
            data = data[:at]
        elif what == "put":
            data = data[:at] + words + data[at + len(words) :]
        elif what == "twice":
            data = data[:at] + data[at : at + 200] * 3 + data[at + 200 :]
        else:
            data = data[:at] + words + data[at:]
    return data


def damaged_inside(data: bytes, changes: Sequence[Change]) -> bytes:
    """The same for a member of a ZIP file, whose check sums are right again afterwards."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
    if members and changes:
        name = list(members)[int(changes[0][1] * len(members)) % len(members)]
        whole = members[name]
        members[name] = damaged(whole if isinstance(whole, bytes) else whole.encode(), changes)
    return packed(members)
