"""PDF files that hold text: paragraphs in reading order, each with its page.

PDFium tells where each character stands; ``pagelayout`` makes paragraphs of them. A file without a
text layer (a scan) is refused by name: nothing is guessed from pictures.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from extraction.documents.base import BULLETS, Parsed, TextBuilder
from extraction.documents.boilerplate import boilerplate_reason
from extraction.documents.metadata import Head, is_byline, is_date_line
from extraction.documents.pagecolumns import Char, runs_of
from extraction.documents.pagelayout import Page, Paragraph, paragraphs_of
from extraction.lexicon import load
from extraction.model import BlockKind, Document, PartKind, UnreadableDocument

MAX_PAGES = 1000
MAX_CHARS = 8_000_000

_FEWEST_LETTERS = 12
_HEADING = 1.15
_HEAD_BLOCKS = 8
_DATE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?")
_ADDRESS = re.compile(r"https?://[^\s|]{4,500}")
_NO_NAME = frozenset({"", "anonymous", "unknown", "untitled", "user", "admin", "owner"})
_NO_TITLE = re.compile(r"(?:microsoft word\b.*|untitled.*|.*\.\w{2,5}|document\d*)", re.IGNORECASE)
_AS_READ = {
    **BULLETS,
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_BROWSER = re.compile(r"Skia/PDF|Mozilla|Firefox|Chrom|Safari")
# Day, hour and title over a page, address and number under it.
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)? \| |\w+://\S+ \| \d+ ?/ ?\d+$"
)
_TITLE_MARK = re.compile(r"\s+[|–—-]\s+")
_LONGEST_OUTLET = 40
_LONGEST_HEADLINE = 140
# A page may bear its menu before its headline; what stands under that is its head.
_UNDER_TITLE = 4
_COMMENTS = "readers' comments"
_OTHERS = "link to other articles"
# PDFium gives one of these for a hyphen at the end of a line.
_LINE_HYPHENS = (0x02, 0xFFFE)


def parse(document: Document) -> Parsed:
    """Read a PDF file.

    Raises ``UnreadableDocument`` with ``broken``, ``locked`` (a password is needed), ``pages``
    (more than ``MAX_PAGES``), ``too-large`` or ``no-text-layer``.
    """
    try:
        file = pypdfium2.PdfDocument(document.data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pdfium.FPDF_ERR_PASSWORD
        reason, detail = ("locked", "") if locked else ("broken", str(error))
        raise UnreadableDocument(document.name, reason, detail) from None
    try:
        count = len(file)
        if count > MAX_PAGES:
            raise UnreadableDocument(document.name, "pages", f"{count}")
        properties = file.get_metadata_dict(skip_empty=True)
        pages, silent = _pages(file, count, document.name)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(document.name, "broken", str(error)) from None
    finally:
        file.close()
    letters = sum(char.isalnum() for page in pages for run in page.runs for char in run.text)
    if letters < _FEWEST_LETTERS:
        raise UnreadableDocument(document.name, "no-text-layer", f"{count}")
    warnings = (f"pages-without-text:{_listed(silent)}",) if silent else ()
    return _built(paragraphs_of(pages), properties, warnings)


def _pages(file: Any, count: int, name: str) -> tuple[list[Page], list[int]]:
    """The pages, and the numbers of those that hold no text."""
    pages: list[Page] = []
    silent: list[int] = []
    total = 0
    for index in range(count):
        try:
            page = file[index]
        except pypdfium2.PdfiumError:
            silent.append(index + 1)
            continue
        text = page.get_textpage()
        total += text.count_chars()
        if total > MAX_CHARS:
            raise UnreadableDocument(name, "too-large", str(total))
        runs = runs_of(_chars(text))
        pages.append(Page(index + 1, page.get_height(), runs))
        if not runs:
            silent.append(index + 1)
        text.close()
        page.close()
    return pages, silent


def _chars(text: Any) -> Iterator[Char]:
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0, 0xFEFF):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if code in _LINE_HYPHENS:
            code = 0x2D
        elif code < 0x20:
            code = 0x20
        pdfium.FPDFText_GetLooseCharBox(text, index, pointer)
        size = pdfium.FPDFText_GetFontSize(text, index)
        char = chr(code)
        height = box.top - box.bottom
        yield Char(
            _AS_READ.get(char, char),
            box.left,
            box.right,
            box.bottom,
            box.top,
            # the font may be scaled by the page; its box tells what is seen
            min(max(size, 0.5 * height), 2 * height) if height > 0 else size,
        )


def _built(
    paragraphs: Sequence[Paragraph], properties: dict[str, str], warnings: tuple[str, ...]
) -> Parsed:
    head = Head()
    body = _body_size(paragraphs)
    title = _title(paragraphs, properties, body, head)
    builder = TextBuilder()
    seen = 0
    titled = 0
    listed = 0.0
    comments = _comments_at(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        margin = paragraph.margin or ("running head" if _PRINTED.match(paragraph.text) else "")
        if margin:
            kind, reason, listed = BlockKind.BOILERPLATE, margin, 0.0
            address = _ADDRESS.search(paragraph.text)
            if address:
                head.take("url", address[0], "address in the margin of the page")
        else:
            seen += 1
            early = seen <= _HEAD_BLOCKS or 0 < seen - titled <= _UNDER_TITLE < titled
            kind, reason = _role(paragraph, body, head, early)
            if place > comments and not reason:
                kind, reason = BlockKind.BOILERPLATE, _COMMENTS
            # What stands under "Most read" is headlines of other stories, as far as they go.
            smaller = paragraph.size <= _HEADING * listed
            if smaller and not reason and _is_headline(paragraph.text):
                kind, reason = BlockKind.BOILERPLATE, _OTHERS
            others = reason == _OTHERS and _is_headline(paragraph.text)
            listed = paragraph.size if others else 0.0
            if kind is BlockKind.HEADING and paragraph.text == title:
                kind, title, titled = BlockKind.TITLE, "", seen
        if paragraph.note:
            start, end = builder.add_labelled(
                f"[{paragraph.note}]", paragraph.text, kind, f"note {paragraph.note}"
            )
            builder.mark(start, end, PartKind.NOTE, paragraph.note)
        else:
            start, end = builder.add(paragraph.text, kind, reason)
        _mark_pages(builder, paragraph, start, end)
    _take_properties(head, properties)
    text, blocks = builder.build()
    return head.parsed(text, blocks, warnings, builder.parts)


def _comments_at(paragraphs: Sequence[Paragraph]) -> int:
    """Place of the line that opens the readers' comments, in the later half; else the end."""
    letters = [0 if one.margin else len(one.text) for one in paragraphs]
    pattern = re.compile(load("en", "documents")["comments"], re.IGNORECASE)
    for place, paragraph in enumerate(paragraphs):
        if pattern.fullmatch(paragraph.text) and sum(letters[:place]) * 2 > sum(letters):
            return place
    return len(paragraphs)


def _is_headline(text: str) -> bool:
    return len(text) < _LONGEST_HEADLINE and not text.endswith((".", ":", ";", ",", "”", '"'))


def _role(paragraph: Paragraph, body: float, head: Head, early: bool) -> tuple[BlockKind, str]:
    text = paragraph.text
    reason = boilerplate_reason(text)
    if reason:
        return BlockKind.BOILERPLATE, reason
    if early and is_byline(text):
        head.take("byline", text, "byline of the text")
        return BlockKind.BYLINE, ""
    if early and is_date_line(text):
        head.take_date_line(text)
        return BlockKind.DATELINE, ""
    if paragraph.row:
        return BlockKind.LIST_ITEM, "table row"
    if paragraph.size > _HEADING * body and len(text) < 300:
        return BlockKind.HEADING, ""
    if re.match(r"(?:[-*•–▪▸✓●◦]|\(?\d{1,3}[.)])\s", text):
        return BlockKind.LIST_ITEM, ""
    return BlockKind.PARAGRAPH, ""


def _mark_pages(builder: TextBuilder, paragraph: Paragraph, start: int, end: int) -> None:
    begins = [(min(start + offset, end), page) for offset, page in paragraph.pages]
    for (begin, page), (stop, _) in zip(begins, [*begins[1:], (end, 0)], strict=True):
        builder.mark(begin, stop, PartKind.PAGE, str(page))


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    sizes = [
        paragraph.size
        for paragraph in paragraphs
        if not paragraph.margin
        for _ in range(1 + len(paragraph.text) // 40)
    ]
    return median(sizes) if sizes else 10.0


def _title(
    paragraphs: Sequence[Paragraph], properties: dict[str, str], body: float, head: Head
) -> str:
    """The headline: the largest words at the start of the first page, else a property."""
    opening = [paragraph for paragraph in paragraphs if not paragraph.margin][:_HEAD_BLOCKS]
    first = [p for p in opening if p.pages[0][1] == 1 and len(p.text) < 300]
    largest = max(first, key=lambda paragraph: paragraph.size, default=None)
    named = " ".join(properties.get("Title", "").split())
    printed = _printed_title(properties)
    if printed and (largest is None or printed[1] not in largest.text):
        named = printed[0]
        head.take("outlet", printed[1], "PDF property Title, behind the headline")
    for paragraph in paragraphs:
        is_first = not paragraph.margin and paragraph.pages[0][1] == 1
        if is_first and paragraph.size > _HEADING * body and _begins_with(named, paragraph.text):
            head.take("title", paragraph.text, "heading of the first page")
            outlet = _TITLE_MARK.sub("", named[len(paragraph.text) :], count=1)
            if 0 < len(outlet) <= _LONGEST_OUTLET:
                head.take("outlet", outlet, "PDF property Title, behind the headline")
            return paragraph.text
    if largest is not None and largest.size > _HEADING * body:
        head.take("title", largest.text, "largest words of the first page")
        return largest.text
    if named and not _NO_TITLE.fullmatch(named):
        head.take("title", named, "PDF property Title")
    return named


def _begins_with(named: str, words: str) -> bool:
    """Whether a title is these words, a mark and a name."""
    behind = named.startswith(words) and _TITLE_MARK.match(named, len(words))
    return len(words) > _HEAD_BLOCKS and bool(behind)


def _printed_title(properties: dict[str, str]) -> tuple[str, str] | None:
    """Headline and outlet in the title of a page that a browser printed; else ``None``."""
    made = f"{properties.get('Creator', '')} {properties.get('Producer', '')}"
    title = " ".join(properties.get("Title", "").split())
    marks = list(_TITLE_MARK.finditer(title))
    if not _BROWSER.search(made) or not marks:
        return None
    front, back = title[: marks[-1].start()], title[marks[-1].end() :]
    outlet = back[:1].isupper() and len(back) <= min(_LONGEST_OUTLET, len(front))
    return (front, back) if outlet else None


def _take_properties(head: Head, properties: dict[str, str]) -> None:
    author = " ".join(properties.get("Author", "").split())
    if author.casefold().strip("()") not in _NO_NAME:
        head.take("byline", author, "PDF property Author")
    for field, key in (("property", "CreationDate"), ("changed", "ModDate")):
        match = _DATE.match(properties.get(key, ""))
        if match:
            head.take(field, f"{match[1]}-{match[2]}-{match[3]}", f"PDF property {key}")


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:12]))
    return f"{shown}, …" if len(numbers) > 12 else shown
