"""RTF files: striprtf gives their text, paragraph by paragraph; footnotes come behind it."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from extraction.documents.base import BULLETS, Parsed
from extraction.documents.packed import hostile
from extraction.documents.prose import Prose
from extraction.model import BlockKind, Document, UnreadableDocument

MAX_BYTES = 32 * 2**20

_NOTE = re.compile(r"\{(?:\\\*\s*)?\\footnote\b")
# Some programs end a paragraph at the end of each cell of a table as well.
_CELL_END = re.compile(r"\\par\s*(\}?)\s*(?=\\cell\b)")
_PICTURE = re.compile(r"\{(?:\\\*)?\\(?:pict|object|objdata|themedata|datastore)\b")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2,}\s+|[0-9a-fA-F]{64,})+")
_PROPERTY = r"\{\\%s[ \r\n]+((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?\d+\s?\??){1,500})\}"
_TIME = re.compile(r"\\(creatim|revtim)\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
# What a reviewer struck out stands in the file until somebody accepts it.
_STRUCK = re.compile(r"\{(?:\\\*)?(?:\\[a-z]+-?\d*\s?)*?\\deleted(?![a-z0-9])")
_ITEM = re.compile(r"(?:[-*•–·▪▸✓]|\d{1,3}[.)])\s+\S")

_BULLETS = str.maketrans(BULLETS)


def parse(document: Document) -> Parsed:
    """Read an RTF file. Raises ``UnreadableDocument`` (``broken too-large``)."""
    source = document.data.decode("latin-1")
    source = _without(source, _PICTURE)[0] if "\\pict" in source or "\\obj" in source else source
    if len(source) > MAX_BYTES:
        raise UnreadableDocument(document.name, "too-large", str(len(source)))
    source = _without(source, _STRUCK)[0] if "\\deleted" in source else source
    source, notes = _without(_CELL_END.sub(r"\1", source), _NOTE)
    with hostile(document.name):
        prose = Prose()
        for paragraph in _text(source).split("\n"):
            cells = paragraph.strip().strip("|").split("|")
            if paragraph.rstrip().endswith("|") and prose.add_row(cells):
                continue
            item = _ITEM.match(paragraph.strip())
            prose.add(paragraph, BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH)
        header = source[: 1 << 16]
        fonts = _fonts(header)
        for number, note in enumerate(notes, 1):
            inner = _NOTE.sub("", note, count=1)[:-1]
            prose.add_note(str(number), _text(f"{{\\rtf1\\ansi{fonts}{inner}}}"))
        _take_properties(header, prose)
        return prose.parsed()


def _text(source: str) -> str:
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    text = text.translate(_BULLETS)
    # a pair of surrogates is written as two characters
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _without(source: str, opening: re.Pattern[str]) -> tuple[str, list[str]]:
    """The source without the groups that a pattern opens, and those groups."""
    kept: list[str] = []
    groups: list[str] = []
    at = 0
    for match in opening.finditer(source):
        if match.start() < at:
            continue
        end = _group_end(source, match.start())
        # an empty group in its place still ends the control word before it
        kept += (source[at : match.start()], "{}")
        groups.append(source[match.start() : end])
        at = end
    return "".join([*kept, source[at:]]), groups


def _group_end(source: str, start: int) -> int:
    depth = 0
    for match in re.compile(r"\\[{}\\]|[{}]").finditer(source, start):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.end()
    return len(source)


def _fonts(header: str) -> str:
    at = header.find("{\\fonttbl")
    return header[at : _group_end(header, at)] if at >= 0 else ""


def _take_properties(header: str, prose: Prose) -> None:
    for field, key in (("title", "title"), ("byline", "author")):
        match = re.search(_PROPERTY % key, header)
        if match:
            prose.head.take(field, _text(f"{{\\rtf1 {match[1]}}}"), f"document property {key}")
    for match in _TIME.finditer(header):
        field = "property" if match[1] == "creatim" else "changed"
        day = f"{match[2]}-{int(match[3]):02}-{int(match[4]):02}"
        prose.head.take(field, day, f"document property {match[1]}")
