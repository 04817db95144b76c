from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from extraction.documents import make_document, mime_of, packed, read_document
from extraction.model import Article, BlockKind, DateBasis, PartKind, UnreadableDocument
from tests.extraction.documents.test_archive import packed as zipped

FIRST = "The union left the table on Tuesday, its leader said in the harbour of Lorne."
SECOND = "The owners denied that they had made no offer to the union."
NOTE = "The union holds that the offer was made in the spring."

# --------------------------------------------------------------------------- files


def word(change: Callable[[docx.document.Document], object] | None = None) -> bytes:
    file = docx.Document()
    file.core_properties.title = "Ferry"
    file.core_properties.author = "Mira Holt"
    file.core_properties.created = datetime(2021, 3, 3, 9)
    file.core_properties.modified = datetime(2021, 3, 4, 9)
    file.add_heading("Ferry talks stall", 0)
    file.add_paragraph(FIRST)
    file.add_paragraph("higher pay", style="List Bullet")
    table = file.add_table(2, 2)
    for row, cells in zip(table.rows, (("Orrin", "4"), ("Tarsk", "11")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file.add_paragraph(SECOND)
    file.sections[0].header.paragraphs[0].text = "Lorne Courier"
    if change is not None:
        change(file)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def with_footnote(file: docx.document.Document) -> None:
    xml = (
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>{NOTE}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        xml.encode(),
        file.part.package,
    )
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), "2")
    file.paragraphs[1].add_run()._r.append(mark)


def with_changes(file: docx.document.Document) -> None:
    paragraph = file.paragraphs[1]._p
    for xml in (
        "<w:ins {ns}><w:r><w:t xml:space='preserve'> It was shut.</w:t></w:r></w:ins>",
        "<w:del {ns}><w:r><w:delText>It was open.</w:delText></w:r></w:del>",
        "<w:r {ns}><w:instrText>HYPERLINK x</w:instrText></w:r>",
    ):
        paragraph.append(parse_xml(xml.format(ns=nsdecls("w"))))


ODT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT_BODY = f"""
<text:tracked-changes><text:p>Thrown out.</text:p></text:tracked-changes>
<text:h text:outline-level="1">Ferry talks stall</text:h>
<text:p>{FIRST}<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>{NOTE}</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>higher<text:s/>pay</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Orrin</text:p></table:table-cell>
<table:table-cell><text:p>4</text:p></table:table-cell></table:table-row></table:table>
<text:p>{SECOND}</text:p>"""


def odt(body: str = ODT_BODY, doctype: str = "") -> bytes:
    content = (
        f"<?xml version='1.0'?>{doctype}<office:document-content {ODT_NAMES}><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {ODT_NAMES}><office:meta><dc:title>Ferry</dc:title>"
        "<meta:initial-creator>Mira Holt</meta:initial-creator>"
        "<meta:creation-date>2021-03-03T10:00:00</meta:creation-date>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": meta,
        }
    )


RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title Ferry}{\author Mira Holt}"
    r"{\creatim\yr2021\mo3\dy3}}\f0 Ferry talks stall\par "
    + FIRST
    + r"{\footnote \pard "
    + NOTE
    + r"}\par{\pict\pngblip 89504e470d0a}Zo\'eb said so \u8212? twice.\par "
    + SECOND
    + r"\par}"
)


def epub(chapter: str = "") -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>The week</dc:title>'
        "<dc:creator>Mira Holt</dc:creator><dc:publisher>Lorne Courier</dc:publisher>"
        "<dc:date>2021-03-03</dc:date><dc:language>en</dc:language>"
        '<meta property="dcterms:modified">2021-03-05T00:00:00Z</meta></metadata><manifest>'
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="a" href="a%20one.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="../b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                '<rootfile full-path="OPS/package.opf"/></rootfiles></container>'
            ),
            "OPS/package.opf": package,
            "OPS/nav.xhtml": page.format("<nav><a>One</a></nav>"),
            "OPS/a one.xhtml": page.format(f"<h1>The week</h1><p>{FIRST}</p>"),
            "b.xhtml": page.format(chapter or f"<h2>Owners</h2><p>{SECOND}</p>"),
        }
    )


# --------------------------------------------------------------------------- tests


def read(data: bytes | str, name: str = "a.bin") -> Article:
    return read_document(make_document(data.encode() if isinstance(data, str) else data, name))


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def refusal(data: bytes | str) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    return caught.value


def test_each_kind_is_known_by_its_content() -> None:
    found = [mime_of(data, "a.txt") for data in (word(), odt(), RTF.encode(), epub())]
    assert [kind.rsplit(".")[-1] for kind in found] == [
        "document",
        "text",
        "application/rtf",
        "application/epub+zip",
    ]


def test_word() -> None:
    article = read(word(with_footnote))
    assert article.title == "Ferry talks stall"
    assert article.byline == "Mira Holt"
    assert article.published.start == datetime(2021, 3, 3)
    assert article.published.basis is DateBasis.METADATA
    assert article.changed is not None
    assert article.changed.start == datetime(2021, 3, 4)
    assert texts(article, BlockKind.TITLE) == ["Ferry talks stall"]
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, SECOND, NOTE]
    assert texts(article, BlockKind.LIST_ITEM) == ["higher pay", "Orrin | 4", "Tarsk | 11"]
    assert texts(article, BlockKind.BOILERPLATE) == ["Lorne Courier"]
    (note,) = article.parts
    assert (note.kind, note.label) == (PartKind.NOTE, "1")
    assert article.text[note.start : note.end] == f"[1] {NOTE}"


def test_word_with_tracked_changes_shows_what_stands() -> None:
    article = read(word(with_changes))
    assert f"{FIRST} It was shut." in texts(article, BlockKind.PARAGRAPH)
    assert "open" not in article.text
    assert "HYPERLINK" not in article.text


def test_a_date_line_says_more_than_the_day_of_making() -> None:
    article = read(word(lambda file: file.paragraphs[1].insert_paragraph_before("5 June 2019")))
    assert article.published.start == datetime(2019, 6, 5)
    assert article.published.basis is DateBasis.DATELINE


def test_open_document() -> None:
    article = read(odt())
    assert article.title == "Ferry talks stall"
    assert article.byline == "Mira Holt"
    assert article.published.start == datetime(2021, 3, 3)
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, SECOND, NOTE]
    assert texts(article, BlockKind.LIST_ITEM) == ["higher pay", "Orrin | 4"]
    assert "Thrown out" not in article.text
    assert [part.label for part in article.parts] == ["1"]


def test_rich_text() -> None:
    article = read(RTF)
    assert article.title == "Ferry talks stall"
    assert article.byline == "Mira Holt"
    assert article.published.start == datetime(2021, 3, 3)
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, "Zoë said so — twice.", SECOND, NOTE]
    assert "8950" not in article.text


def test_a_book_keeps_its_chapters() -> None:
    article = read(epub())
    assert (article.title, article.outlet) == ("The week", "Lorne Courier")
    assert article.published.start == datetime(2021, 3, 3)
    assert article.changed is not None
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, SECOND]
    assert texts(article, BlockKind.BOILERPLATE) == ["One"]
    chapters = {part.label: article.text[part.start : part.end] for part in article.parts}
    assert list(chapters) == ["OPS/nav.xhtml", "OPS/a one.xhtml", "b.xhtml"]
    assert chapters["b.xhtml"] == f"Owners\n\n{SECOND}"
    assert chapters["OPS/a one.xhtml"] == f"The week\n\n{FIRST}"


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    "doctype",
    [LAUGHS, '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'],
    ids=["billion laughs", "outside entity"],
)
def test_entities_are_not_expanded(doctype: str) -> None:
    assert refusal(odt("<text:p>&i; said so.</text:p>", doctype)).reason == "broken"
    book = epub(f"{doctype}<p>{SECOND} &i;</p>")
    assert len(read(book).text) < 1000
    data = io.BytesIO(word())
    with zipfile.ZipFile(data) as file:
        members = {name: file.read(name) for name in file.namelist()}
    body = members["word/document.xml"].decode()
    head, _, rest = body.partition("?>")
    rest = rest.replace("The union", "&i;The union")
    members["word/document.xml"] = f"{head}?>{doctype}{rest}".encode()
    try:
        text = read(zipped(members)).text  # type: ignore[arg-type]
    except UnreadableDocument as error:
        assert error.reason == "broken"  # noqa: PT017
    else:
        assert "haha" not in text
        assert len(text) < 1000


def test_a_bomb_in_a_document_is_not_unpacked() -> None:
    members = {"word/document.xml": "<x/>", "word/media/a.bin": b"\0" * (16 * 2**20)}
    assert refusal(zipped(members)).reason == "bomb"  # type: ignore[arg-type]


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_MEMBERS", 3)
    assert refusal(word()).reason == "bomb"


@pytest.mark.parametrize("make", [word, odt, epub])
def test_a_damaged_member_is_broken(make: Callable[[], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(make())) as file:
        members: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
    for name in members:
        if name.endswith((".xml", ".opf")):
            members[name] = bytes(members[name][:30])  # type: ignore[arg-type]
    assert refusal(zipped(members)).reason == "broken"


def test_deep_xml_is_read_or_refused_but_never_breaks_off() -> None:
    deep = "<text:section>" * 50_000 + f"<text:p>{FIRST}</text:p>" + "</text:section>" * 50_000
    try:
        read(odt(f"<text:p>{SECOND}</text:p>{deep}"))
    except UnreadableDocument as error:
        assert error.reason in ("broken", "empty")  # noqa: PT017


def test_a_document_under_a_password_is_locked() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.docx")
    assert caught.value.reason == "locked"
    assert mime_of(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc") == "application/msword"


def test_an_encrypted_text_is_locked() -> None:
    with zipfile.ZipFile(io.BytesIO(odt())) as file:
        members: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
    members["META-INF/manifest.xml"] = "<m><encryption-data/></m>"
    assert refusal(zipped(members)).reason == "locked"


@pytest.mark.parametrize("tail", ["{" * 100_000, r"\par" * 100_000, r"{\footnote " * 20_000])
def test_rich_text_that_never_closes(tail: str) -> None:
    assert "union" in read(RTF[:-1] + tail).text


def test_rtf_with_notes_and_tables_as_other_programs_write_them() -> None:
    cell = "{{\\pard\\intbl %s\\par}\n\\cell}\n"
    source = (
        "{\\rtf1\\ansi {\\pard The union left.{\\super\\chftn}"
        "{\\*\\footnote\\chftn\\~\\plain\\pard {\\pard The owners dispute it.\\par}}\\par}\n"
        "{\\trowd \\cellx100 \\cellx200\n" + cell % "Town" + cell % "Killed" + "\\intbl\\row}\n"
        "{\\trowd \\cellx100 \\cellx200\n" + cell % "Pell" + cell % "12" + "\\intbl\\row}\n}"
    )
    article = read_document(make_document(source.encode(), "a.rtf"))
    assert "The owners dispute it." in article.text
    assert [part.kind for part in article.parts] == [PartKind.NOTE]
    rows = [b for b in article.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [article.text[b.start : b.end] for b in rows] == ["Town | Killed", "Pell | 12"]


def test_rich_text_leaves_out_what_was_struck_and_shows_bullets() -> None:
    article = read(
        rb"{\rtf1\ansi The union left on {\deleted\revauthdel1 \loch Monday}{\revised Tuesday}.\par"
        rb"{\listtext \u61623\'3f\tab}The owners denied it.\par}",
        "a.rtf",
    )
    assert [article.text[b.start : b.end] for b in article.blocks] == [
        "The union left on Tuesday.",
        "• The owners denied it.",
    ]
    assert article.blocks[1].kind is BlockKind.LIST_ITEM
