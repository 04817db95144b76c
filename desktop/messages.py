"""What is told to a person: what happened, to which file, and what to do about it.

The layers below hold codes only; every sentence about a failure stands here. Loads no Qt, so
that the command line says the same words as the window.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath

from db.errors import DossierError
from db.rows import ImportProblem, ImportSummary
from desktop.unsupported import words_for
from extraction.model import UnreadableDocument


class Severity(Enum):
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Message:
    """``text`` says what happened, ``remedy`` what can be done, ``detail`` is for the curious."""

    text: str
    remedy: str = ""
    severity: Severity = Severity.NOTE
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.remedy}".strip()


_PROBLEMS = {
    "missing": (
        "“{name}” is not there any more.",
        "Check whether it was moved or renamed, then drop it again.",
    ),
    "unreadable": (
        "“{name}” could not be opened ({detail}).",
        "Check that you may read it, or copy it to a folder of your own.",
    ),
    "empty": (
        "“{name}” holds no text.",
        "If it should, save it again from where you got it.",
    ),
    "binary": (
        "“{name}” is not a text, although it is named like one.",
        "Save the article as text, HTML or PDF and drop that.",
    ),
    "too-large": (
        "“{name}” is larger than any article ({detail}).",
        "Cut out the part that matters and save it as a file of its own.",
    ),
    "encoding": (
        "“{name}” is in an encoding that could not be made out.",
        "Save it as UTF-8 and drop it again.",
    ),
    "unsupported": (
        "“{name}” is of a kind that cannot be read yet ({detail}).",
        "Save the article as text, HTML, PDF or a Word document and drop that.",
    ),
    "broken": (
        "“{name}” is damaged and cannot be read ({detail}).",
        "Get a fresh copy, or save the text of it as a plain text file.",
    ),
    "timeout": (
        "“{name}” took longer than {detail} seconds and was left out.",
        "Split it into smaller files.",
    ),
    "crashed": (
        "Reading “{name}” ended the reading process; the other files are not touched by it.",
        "Save the text of it as a plain text file and drop that.",
    ),
    "failed": (
        "“{name}” could not be read because of an error in Claimline ({detail}).",
        "Please report it with the file, if you can share it.",
    ),
    "duplicate": (
        "“{name}” is in the dossier already.",
        "There is nothing to do: the same text is kept once.",
    ),
    "link": (
        "“{name}” is a link that leads out of the dropped folder and was not followed.",
        "Drop the file itself, if you want it read.",
    ),
    "special": (
        "“{name}” is a device or a pipe, not a file.",
        "Save its content to a file and drop that.",
    ),
    "skipped": (
        "In “{name}” there are files of kinds that cannot be read yet: {detail}.",
        "Save those that are articles as text, HTML or PDF.",
    ),
    "no-files": (
        "The folder “{name}” holds no file that can be read.",
        "Drop a folder with text, HTML, PDF or Word files, mails or web archives.",
    ),
    "too-many": (
        "“{name}” and what comes after it were left out: that is too much for one import.",
        "Drop it in several parts.",
    ),
    "bomb": (
        "“{name}” would unpack to far more than any article holds and was not unpacked.",
        "If you trust it, unpack it yourself and drop the files that matter.",
    ),
    "nested": (
        "“{name}” is an archive inside an archive inside an archive, more than {detail} deep.",
        "Unpack the outer ones yourself and drop what is in them.",
    ),
    "locked": (
        "“{name}” is protected by a password.",
        "Save a copy without the password and drop that.",
    ),
    "no-text-layer": (
        "“{name}” is a scan: its pages are pictures and hold no text.",
        "Make its text readable with a program for text recognition (OCR) and drop the result.",
    ),
    "pages": (
        "“{name}” has {detail} pages, which is more than any article.",
        "Save the pages that matter as a file of their own and drop that.",
    ),
    "no-articles": (
        "“{name}” holds nothing that can be read as an article.",
        "Open it to see what is in it, and drop the articles themselves.",
    ),
    "no-columns": (
        "“{name}” is a table in which no column is named like a title or a text ({detail}).",
        "Name the columns “title”, “text”, “date” and “outlet”, and drop it again.",
    ),
}

_SEPARATOR = " › "
"""Between a file and what is packed in it, as ``extraction.documents`` writes it."""

_DOSSIERS = {
    "not-a-dossier": (
        "“{name}” is not a Claimline dossier. It was not changed.",
        "To read it as an article, drop it on an open dossier.",
    ),
    "newer": (
        "“{name}” was written by a newer Claimline. It was not changed.",
        "Update Claimline to open it.",
    ),
    "truncated": (
        "“{name}” is damaged: a part of the file is missing. It was not changed.",
        "Copy it again from where it came from, or open a copy that you saved before.",
    ),
    "unreadable": (
        "“{name}” could not be opened ({detail}).",
        "Check that the file is there and that you may read it.",
    ),
    "missing": (
        "“{name}” is not there any more.",
        "Check whether it was moved or renamed.",
    ),
    "read-only": (
        "“{name}” can only be read here, so nothing can be changed in it.",
        "Use File > Save a copy as… and work in the copy.",
    ),
    "in-use": (
        "“{name}” is open in another window, so here it can only be read.",
        "Close it there and open it again to change something here.",
    ),
    "locked": (
        "“{name}” is being written by another program.",
        "Close it there and try again.",
    ),
    "elsewhere": (
        "“{name}” lies in a network folder and is open there already, perhaps on another machine.",
        "Close it there; or copy it to this machine and open the copy.",
    ),
    "stale": (
        "“{name}” was changed while this was being worked out. Nothing of this step was kept.",
        "Do it again.",
    ),
    "exists": (
        "There is a file “{name}” already. It was not changed.",
        "Choose another name.",
    ),
    "disk-full": (
        "There is no room left on the disk of “{name}”. Nothing of this step was kept, "
        "everything before it is safe.",
        "Make room, then do it again; or save a copy on another disk.",
    ),
}

_WARNINGS = {
    "encoding-guessed": "The file does not say its encoding; it was read as {detail}. "
    "If letters look wrong, save it as UTF-8 and drop that.",
    "encoding-mixed": "The file mixes two encodings; what is no UTF-8 was read as Windows-1252. "
    "If letters look wrong, save it as UTF-8 and drop that.",
    "no-rules": "There are no rules for this language ({detail}) yet: the text can be read and "
    "searched, but no claims are found in it.",
    "address-only": "Only the address is kept; the page was not fetched: {detail}",
    "text-from-data": "The page shows the story by a script only; the text was taken from data in "
    "the page.",
    "pages-without-text": "Some pages hold no text, perhaps because they are scans: {detail}.",
    "encoding-damaged": "Some characters do not fit the encoding {detail} and are shown as �. "
    "Save it as UTF-8 and drop that, if they matter.",
}


_FETCHES = {
    "no-network": (
        "“{name}” could not be reached: this machine seems to be offline.",
        "The address stays as it is. Try again when there is a network.",
    ),
    "not-found": (
        "There is no “{name}” on the network, or this machine is offline.",
        "Check the address and the network.",
    ),
    "refused": (
        "“{name}” does not answer.",
        "Try again later, or look whether the address opens in a browser.",
    ),
    "broken-off": (
        "“{name}” broke off before the whole page had come. Nothing was kept.",
        "Try again.",
    ),
    "slow": (
        "“{name}” took too long. Nothing was kept.",
        "Try again later, or save the page with a browser and drop it here.",
    ),
    "not-secure": (
        "“{name}” could not prove that it is what it says ({detail}). Nothing was kept.",
        "Save the page with a browser, if you trust it, and drop it here.",
    ),
    "unsafe": (
        "“{name}” leads on to an address that is not encrypted ({detail}). That was not followed.",
        "Save the page with a browser, if you trust it, and drop it here.",
    ),
    "redirects": (
        "“{name}” leads on and on, more than {detail} times.",
        "Open it in a browser, save the page and drop it here.",
    ),
    "private": (
        "“{name}” leads into your own network ({detail}). That was not followed.",
        "Save the page with a browser, if you want it, and drop it here.",
    ),
    "scheme": (
        "This is no address of a page: only http and https are fetched.",
        "Save the page with a browser and drop it here.",
    ),
    "password": (
        "The address holds a name or a password; such an address is not fetched.",
        "Save the page with a browser and drop it here.",
    ),
    "port": (
        "“{name}” names a port on which no pages are served ({detail}).",
        "Check the address.",
    ),
    "too-big": (
        "The page at “{name}” is larger than any article ({detail}). Nothing was kept.",
        "Save the part that matters with a browser and drop it here.",
    ),
    "no-text": (
        "What stands at “{name}” is no text ({detail}). Nothing was kept.",
        "Look for the address of the article itself.",
    ),
    "empty": (
        "“{name}” sent an empty page.",
        "Open it in a browser, save the page and drop it here.",
    ),
    "status-404": (
        "“{name}” has no such page (404).",
        "Check the address; an archive of the web may still have the page.",
    ),
    "status-410": (
        "“{name}” has taken the page away (410).",
        "An archive of the web may still have it.",
    ),
    "status": (
        "“{name}” did not give the page ({detail}).",
        "Open it in a browser, save the page and drop it here.",
    ),
}


_PICTURES = {
    "suffix": (
        "No picture of the kind “{detail}” can be made.",
        "Choose a name that ends in .png, .svg or .pdf.",
    ),
    "size": (
        "A picture of {detail} pixels cannot be made.",
        "Take another size, or a smaller scale.",
    ),
    "memory": (
        "There is not enough memory for this picture ({detail}).",
        "Take a smaller size or scale, or save it as SVG or PDF.",
    ),
}


def of_problem(problem: ImportProblem) -> Message:
    """What an import says of a file that it did not take."""
    text, remedy = _PROBLEMS.get(
        problem.code, ("“{name}” was not read ({code}: {detail}).", "Try again with a copy of it.")
    )
    if problem.code == "unsupported":
        text, remedy = words_for(problem.file, problem.detail) or (text, remedy)
    severity = Severity.NOTE if problem.code == "duplicate" else Severity.WARNING
    return Message(
        _fill(text, problem.file, problem.code, problem.detail), remedy, severity, problem.file
    )


def of_dossier_problem(kind: str, path: str | Path, detail: str = "") -> Message:
    """What is said of a dossier that cannot be opened or written; ``kind`` as in DossierError."""
    text, remedy = _DOSSIERS.get(
        kind, ("“{name}” could not be used ({code}: {detail}).", "Open a copy of it.")
    )
    return Message(_fill(text, str(path), kind, detail), remedy, Severity.ERROR, str(path))


def of_warning(warning: str) -> str:
    """What is told of an article that was read with a doubt; ``warning`` as in ArticleRow."""
    code, _, detail = warning.partition(":")
    words = _WARNINGS.get(code)
    return _printable(warning) if words is None else words.format(detail=_printable(detail))


def of_picture_problem(kind: str, detail: str = "") -> Message:
    """What is said of a picture that cannot be made; ``kind`` as in ExportError."""
    text, remedy = _PICTURES[kind]
    return Message(_fill(text, "", kind, detail.replace("x", " x ")), remedy, Severity.ERROR)


def of_fetch_problem(code: str, host: str, address: str, detail: str = "") -> Message:
    """What is said of a page that was not fetched; ``code`` and ``detail`` as in FetchError."""
    known = code if code in _FETCHES else code.partition("-")[0]
    text, remedy = _FETCHES[known]
    if code == "too-big":
        detail = f"{int(detail) / 2**20:,.0f} MB or more"
    words = text.format(name=_printable(host), detail=_printable(detail)).replace(" ()", "")
    return Message(words, remedy, Severity.WARNING, address)


def of_failed_backup(path: PurePath, error: DossierError) -> Message:
    """For a copy of the day that could not be made: the dossier is not worse for it."""
    why = "its disk is full" if error.kind == "disk-full" else error.detail or str(error.kind)
    return Message(
        f"The copy of the day of “{path.name}” could not be made: {why}. "
        "The dossier itself is safe.",
        "Make room beside it, or use File > Save a copy as… on another disk.",
        Severity.WARNING,
        str(error),
    )


def of_error(error: BaseException, doing: str) -> Message:
    """For anything that was raised; ``doing`` completes "Could not …"."""
    kind = getattr(error, "kind", None)
    if kind is not None and hasattr(error, "path"):
        return of_dossier_problem(str(kind), error.path, str(getattr(error, "detail", "")))
    if kind in _PICTURES:
        return of_picture_problem(str(kind), str(getattr(error, "detail", "")))
    if isinstance(error, UnreadableDocument):
        return of_problem(ImportProblem(error.name, error.reason, error.detail))
    if isinstance(error, OSError) and error.filename:
        return _of_os_error(error, doing)
    return Message(
        f"Could not {doing} because of an error in Claimline.",
        "Nothing was changed. Help > Show the log has what a report needs.",
        Severity.ERROR,
        f"{type(error).__name__}: {error}",
    )


def of_unfinished_import(left: int) -> Message:
    """An import broke off, by a crash or a power cut; ``left`` files were not read."""
    if not left:
        return Message(
            "An import broke off before its claims were compared.",
            "Going on loses nothing.",
            Severity.WARNING,
        )
    return Message(
        f"An import broke off: {counted(left, 'file')} not read yet.",
        "What was read is kept.",
        Severity.WARNING,
    )


def of_import(summary: ImportSummary, claims: int, assumed: int = 0) -> Message:
    """One line for the bar when an import is over; ``assumed`` counts dates partly guessed."""
    parts = [f"{counted(len(summary.added), 'article')} read, {counted(claims, 'claim')} found"]
    if (summary.changed or summary.earlier) and not summary.added:
        parts = []
    if assumed:
        parts.append(f"{counted(assumed, 'date')} partly assumed")
    if summary.changed:
        parts.append(f"{counted(len(summary.changed), 'article')} changed")
    if summary.earlier:
        parts.append(f"{counted(len(summary.earlier), 'earlier version')} found")
    if summary.duplicates:
        parts.append(f"{counted(len(summary.duplicates), 'file')} known already")
    if summary.problems:
        parts.append(f"{counted(len(summary.problems), 'problem')}")
    text = ("Stopped: " if summary.cancelled else "") + ", ".join(parts) + "."
    calm = not (summary.problems or summary.cancelled or assumed)
    severity = Severity.NOTE if calm else Severity.WARNING
    return Message(text, "", severity)


def counted(count: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _of_os_error(error: OSError, doing: str) -> Message:
    name = str(error.filename)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return of_dossier_problem("disk-full", name)
    if error.errno == errno.ENOENT:
        return of_dossier_problem("missing", name)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        remedy = "Choose a folder that you may write to."
    else:
        remedy = "Check the place and try again."
    text = f"Could not {doing}: “{PurePath(name).name}” ({error.strerror})."
    return Message(text, remedy, Severity.ERROR, name)


def _fill(template: str, path: str, code: str, detail: str) -> str:
    # a member's name may hold slashes of its own
    file, mark, member = path.partition(_SEPARATOR)
    name = _printable((PurePath(file).name or file) + mark + member)
    if code == "too-large" and detail.isdecimal():
        detail = f"{int(detail) / 2**20:,.0f} MB"
    text = template.format(name=name, code=code, detail=_printable(detail))
    return text.replace(" ()", "")


def _printable(text: str) -> str:
    """Line breaks, direction marks and other controls are shown, never obeyed."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
