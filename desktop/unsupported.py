"""What is said of a file of a kind that is not read: which kind it is, and how to save it instead.

Loads no Qt, as ``messages``, whose sentences these are.
"""

from __future__ import annotations

from pathlib import PurePath

_OLE = "application/msword"

_WORD = (
    "“{name}” is in the Word format of before 2007.",
    "Open it with Word or LibreOffice, save it as .docx and drop that.",
)
_SHEET = (
    "“{name}” is a spreadsheet.",
    "If it lists articles, save that sheet as CSV and drop that.",
)
_SLIDES = (
    "“{name}” is a presentation.",
    "Save it as PDF and drop that.",
)
_PICTURE = (
    "“{name}” is a picture and holds no text.",
    "Make its text readable with a program for text recognition (OCR) and drop the result.",
)
_PACKED = (
    "“{name}” is an archive of a kind that is not unpacked here.",
    "Unpack it yourself and drop the folder, or pack it as .zip.",
)
_FILM = (
    "“{name}” is a recording and holds no text.",
    "Drop a transcript of it as a text file.",
)

_BY_SUFFIX = {
    ".doc": _WORD,
    ".dot": _WORD,
    ".xls": _SHEET,
    ".xlsx": _SHEET,
    ".xlsm": _SHEET,
    ".ods": _SHEET,
    ".ppt": _SLIDES,
    ".pptx": _SLIDES,
    ".odp": _SLIDES,
    ".msg": (
        "“{name}” is a message that Outlook saved in its own format.",
        "Drag it out of Outlook onto a mail program, or save it there as .eml or text.",
    ),
    ".wpd": (
        "“{name}” is a document of WordPerfect.",
        "Save it as .docx or PDF and drop that.",
    ),
    ".djvu": _PICTURE,
    ".mobi": (
        "“{name}” is a book for the Kindle.",
        "Convert it to EPUB and drop that.",
    ),
    ".mp3": _FILM,
    ".mp4": _FILM,
    ".m4a": _FILM,
    ".wav": _FILM,
    ".mov": _FILM,
}
_BY_KIND = {
    _OLE: _WORD,
    "application/vnd.apple.iwork": (
        "“{name}” is a document of Apple Pages, Numbers or Keynote.",
        "Export it as Word or PDF, a table as CSV, and drop that.",
    ),
    "application/vnd.rar": _PACKED,
    "application/x-7z-compressed": _PACKED,
    "application/gzip": _PACKED,
    "application/zstd": _PACKED,
    "application/vnd.openxmlformats": (
        "“{name}” is a spreadsheet or a presentation.",
        "Save a sheet that lists articles as CSV, slides as PDF, and drop that.",
    ),
    "application/vnd.sqlite3": (
        "“{name}” is a database.",
        "If it is a dossier, open it with “Open dossier” in the menu “File”.",
    ),
    "application/x-executable": (
        "“{name}” is a program, not an article.",
        "Look for the file that you meant.",
    ),
}


def words_for(name: str, kind: str) -> tuple[str, str] | None:
    """What is told of a file by its name and MIME type, and the remedy; ``None`` for other kinds.

    What the bytes are goes before what the name says, but for the many formats of Microsoft that
    begin alike.
    """
    if kind.startswith("image/"):
        return _PICTURE
    by_name = _BY_SUFFIX.get(PurePath(name.lower()).suffix)
    shared = kind == _OLE or kind.startswith("application/vnd.o")
    return (by_name if shared else None) or _BY_KIND.get(kind)
