"""What the command line does without a window. Qt is loaded only to draw a picture."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.problems import document_problem
from extraction.documents import load_document, read_document
from extraction.model import (
    Article,
    ArticleReading,
    DateBasis,
    Decisions,
    Document,
    Reading,
    Side,
    SideKey,
    UnreadableDocument,
)
from extraction.pipeline import assemble, read_article

Dates = tuple[date | None, dict[str, date]]
_OWN_DATE = (DateBasis.METADATA, DateBasis.DATELINE, DateBasis.USER)


def read_files(
    files: Sequence[Path], published: Dates, sides: dict[str, str]
) -> tuple[Reading, int]:
    """Read articles as one dossier in memory; the number of files that failed comes with it.

    Each failure is named on standard error with the reason and the remedy.
    """
    readings: list[ArticleReading] = []
    seen: set[str] = set()
    failed = 0
    for path in files:
        try:
            document = load_document(path)
            if document.sha256 in seen:
                print(f"claimline: {path}: the same file again, taken once", file=sys.stderr)
                continue
            seen.add(document.sha256)
            readings.append(read_article(dated_article(document, published)))
        except UnreadableDocument as problem:
            failed += 1
            print(f"claimline: {document_problem(problem)}", file=sys.stderr)
    return assemble(readings, Decisions(sides=fixed_sides(sides))), failed


def dated_article(document: Document, published: Dates) -> Article:
    """The article with the day that the command line gives it, where that applies."""
    default, by_name = published
    if document.name in by_name:
        return read_document(document, published=by_name[document.name])
    article = read_document(document)
    if default is not None and article.published.basis not in _OWN_DATE:
        return read_document(document, published=default)
    return article


def fixed_sides(sides: dict[str, str]) -> tuple[Side, ...]:
    """Sides as the command line names them."""
    return tuple(Side(SideKey(letter), name) for letter, name in sorted(sides.items()))
