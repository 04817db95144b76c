from __future__ import annotations

import errno
import re
from datetime import datetime
from pathlib import Path

import pytest

from db import DossierError, DossierErrorKind
from db.rows import ImportProblem, ImportSummary
from desktop.exporting.files import ExportError
from desktop.messages import (
    Severity,
    counted,
    of_dossier_problem,
    of_error,
    of_import,
    of_problem,
    of_unfinished_import,
    of_warning,
)
from extraction.model import UnreadableDocument

CODES = (
    "missing unreadable empty binary too-large encoding unsupported broken timeout "
    "duplicate crashed failed link special skipped no-files too-many "
    "bomb nested locked no-text-layer pages no-articles no-columns"
).split()


@pytest.mark.parametrize("code", CODES)
def test_every_code_names_the_file_and_a_remedy(code: str) -> None:
    message = of_problem(ImportProblem("/data/reports/dam.txt", code, "why"))
    assert "dam.txt" in message.text
    assert message.remedy
    assert message.detail == "/data/reports/dam.txt"
    assert "{" not in str(message)


@pytest.mark.parametrize(
    ("name", "kind", "says", "remedy"),
    [
        ("a.doc", "application/msword", "before 2007", ".docx"),
        ("a", "application/msword", "before 2007", ".docx"),
        ("a.XLS", "application/msword", "spreadsheet", "CSV"),
        ("a.msg", "application/msword", "Outlook", ".eml"),
        ("a.pptx", "application/vnd.openxmlformats", "presentation", "PDF"),
        ("a.ods", "application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", "CSV"),
        ("a.pdf", "image/jpeg", "picture", "OCR"),
        ("a.txt", "application/vnd.rar", "archive", "Unpack"),
        ("a.odd", "application/odd", "cannot be read yet (application/odd)", "PDF"),
    ],
)
def test_a_kind_that_is_not_read_is_named_with_what_to_do(
    name: str, kind: str, says: str, remedy: str
) -> None:
    message = of_problem(ImportProblem(name, "unsupported", kind))
    assert f"“{name}”" in message.text
    assert says in message.text
    assert remedy in message.remedy


@pytest.mark.parametrize("kind", list(DossierErrorKind))
def test_every_kind_of_dossier_error_names_the_file_and_a_remedy(kind: DossierErrorKind) -> None:
    message = of_error(DossierError(kind, Path("/data/my.claimline"), "why"), "open it")
    assert "my.claimline" in message.text
    assert message.remedy
    assert message.severity is Severity.ERROR
    assert "{" not in str(message)


def test_an_unknown_code_is_still_told() -> None:
    assert "a.txt" in of_problem(ImportProblem("a.txt", "eaten", "by the dog")).text
    assert "a.x" in of_dossier_problem("eaten", "a.x", "by the dog").text


def test_sizes_are_told_in_megabytes_and_empty_details_leave_no_brackets() -> None:
    assert "(50 MB)" in of_problem(ImportProblem("a", "too-large", str(50 * 2**20))).text
    assert "()" not in of_problem(ImportProblem("a", "broken", "")).text


def test_names_cannot_break_the_line_or_turn_the_writing_round() -> None:
    text = of_problem(ImportProblem("a\nb\u202etxt.exe", "empty", "")).text
    assert "\n" not in text
    assert "\u202e" not in text
    assert re.search(r"a\\nb", text)


def test_errors_of_the_world() -> None:
    full = of_error(OSError(errno.ENOSPC, "No space left", "/mnt/x.claimline"), "save a copy")
    assert "no room" in full.text
    gone = of_error(FileNotFoundError(errno.ENOENT, "No such file", "/mnt/x.claimline"), "open")
    assert "not there any more" in gone.text
    closed = of_error(PermissionError(errno.EACCES, "Permission denied", "/mnt/x"), "save a copy")
    assert "save a copy" in closed.text
    assert "may write" in closed.remedy
    assert "binary" not in of_error(UnreadableDocument("a.txt", "binary"), "read").text
    ours = of_error(ValueError("oops"), "do that")
    assert "error in Claimline" in ours.text
    assert "oops" in ours.detail


@pytest.mark.parametrize("kind", ["suffix", "size", "memory"])
def test_a_picture_that_cannot_be_made(kind: str) -> None:
    message = of_error(ExportError(kind, "99999x9"), "export")
    assert message.severity is Severity.ERROR
    assert message.remedy
    assert "error in Claimline" not in message.text
    assert "99999" in message.text


def test_a_member_of_an_archive_is_named_with_its_archive() -> None:
    text = of_problem(ImportProblem("/data/all.zip › sub/dam.txt", "empty", "")).text
    assert "“all.zip › sub/dam.txt”" in text


@pytest.mark.parametrize(
    "code", ["encoding-guessed", "encoding-damaged", "no-rules", "pages-without-text"]
)
def test_a_doubt_about_an_article_is_told_in_words(code: str) -> None:
    words = of_warning(f"{code}:cp1252")
    assert "cp1252" in words
    assert code not in words
    assert of_warning("strange\n:thing") == "strange\\n:thing"


def test_an_import_in_one_line() -> None:
    problem = ImportProblem("a", "empty", "")
    summary = ImportSummary(1, datetime(2031, 3, 4), (1, 2), (problem,), (problem,) * 3, True)
    message = of_import(summary, 1, assumed=1)
    assert message.text == (
        "Stopped: 2 articles read, 1 claim found, 1 date partly assumed, "
        "1 file known already, 3 problems."
    )
    assert message.severity is Severity.WARNING
    assert counted(1200, "claim") == "1,200 claims"


def test_an_import_that_broke_off_is_told_of() -> None:
    assert "12 files not read yet" in str(of_unfinished_import(12))
    assert "before its claims" in str(of_unfinished_import(0))
