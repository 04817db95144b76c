"""What went wrong, in words: what happened, to which file, and what to do. Knows no Qt."""

from __future__ import annotations

from db.errors import DossierError, DossierErrorKind
from db.rows import ImportProblem
from extraction.documents import MAX_BYTES
from extraction.model import UnreadableDocument

_DOCUMENT = {
    "missing": "it is not there any more. Check the name and drop it again.",
    "unreadable": "it cannot be read ({detail}). Check its permissions and drop it again.",
    "empty": "it holds no text. If the article is in a picture or a script, save it as text.",
    "binary": "it holds no text but other data. Save the article as text, Markdown or HTML.",
    "too-large": "it is larger than {limit} MB, which no article is. Save the article by itself.",
    "encoding": "the encoding of its text cannot be told. Save it as UTF-8.",
    "unsupported": "files of this kind ({detail}) cannot be read yet. Save it as text or HTML.",
    "broken": "it is damaged ({detail}). Save the page again.",
    "timeout": "reading it took too long and was stopped. Save the article by itself.",
    "duplicate": "it is in the dossier already ({detail}). Nothing was added.",
    "crash": "reading it broke off. The other files were read. Save it as text and try again.",
}
_DOSSIER = {
    DossierErrorKind.NOT_A_DOSSIER: "This is no Claimline dossier. Nothing in it was changed.",
    DossierErrorKind.NEWER: "It was made by a newer Claimline. Update the program to open it; "
    "nothing in it was changed.",
    DossierErrorKind.TRUNCATED: "It is damaged or cut short. Nothing in it was changed; "
    "open a copy from before.",
    DossierErrorKind.UNREADABLE: "It cannot be read. Check that it is there and its permissions.",
    DossierErrorKind.READ_ONLY: "It cannot be written here. Save a copy elsewhere and use that.",
    DossierErrorKind.LOCKED: "Another window is writing in it. Close that one, or wait, and try "
    "again.",
    DossierErrorKind.DISK_FULL: "The disk is full. Nothing was half-written; make room and try "
    "again.",
    DossierErrorKind.EXISTS: "A file of that name is there already. Choose another name.",
    DossierErrorKind.STALE: "The dossier changed meanwhile. Try again.",
}


def document_problem(problem: UnreadableDocument) -> str:
    """One sentence for a document that could not be read."""
    return file_problem(problem.name, problem.reason, problem.detail)


def import_problem(problem: ImportProblem) -> str:
    """One sentence for a file that an import did not take."""
    return file_problem(problem.file, problem.code, problem.detail)


def file_problem(name: str, code: str, detail: str = "") -> str:
    """The same by the file's name and the code of what is wrong."""
    words = _DOCUMENT.get(code, "it could not be read ({detail}).")
    limit = MAX_BYTES // (1024 * 1024)
    # names may hold anything; a line end must not break the line
    shown = name.replace("\n", "␤").replace("\r", "␍")
    return f"{shown}: {words.format(detail=detail or 'no more is known', limit=limit)}"


def dossier_problem(problem: DossierError) -> str:
    """One or two sentences for a dossier that could not be opened or written."""
    detail = f" ({problem.detail})" if problem.detail else ""
    return f"{problem.path.name}: {_DOSSIER[problem.kind]}{detail}"
