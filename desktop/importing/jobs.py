"""What is done with a file or a dossier in a worker process, and what comes back from it.

The rules and the readers are imported where they are used: in the workers. The window stands
before they are needed, and does not wait for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from db.rows import ImportProblem, Recognised
from desktop.importing.progress import Stop, never
from desktop.importing.workers import Ending, Job, Outcome, Pool, take_more_memory
from extraction.model import (
    ArticleReading,
    Decisions,
    Document,
    Published,
    Reading,
    UnreadableDocument,
)

if TYPE_CHECKING:
    from extraction.documents import Place

    Read = tuple[Document, bytes]
    Result = Read | ImportProblem | Place

FILE_LIMIT = 60.0
"""Seconds that one article may take, and the list of what a file holds."""

PIECE = 200
"""Records that are unpacked at once: one thread of Python holds up all others meanwhile."""

Packed = dict[str, tuple[bytes, ...]]


def warm_up() -> None:
    """Load what reading needs, so that the first file does not wait for it."""
    from extraction import pipeline
    from extraction.documents import read_document

    document = Document("warm-up.txt", b"The ministry said so on Monday.", "", "text/plain")
    pipeline.assemble([pipeline.read_article(read_document(document))])


def make_pool(size: int | None = None) -> Pool:
    """Worker processes for this module's jobs."""
    return Pool(size, warm_up)


def run(
    jobs: Sequence[Job],
    pool: Pool | None,
    *,
    shared: object = None,
    stop: Stop = never,
    limit: float | None = None,
    ended: Callable[[int, Outcome], object] | None = None,
) -> dict[int, Outcome]:
    """``Pool.run`` or, without a pool, the same in this process and without a limit of time."""
    if pool is None:
        return _in_place(jobs, shared, stop, ended)
    if ended is None:
        return pool.run(jobs, shared=shared, limit=limit, stop=stop)
    return pool.run(jobs, shared=shared, limit=limit, stop=stop, ended=ended)


def results(outcome: Outcome, whole: str) -> list[Result]:
    """What a job that reads gave; a worker that died or hung is a problem of its file."""
    if outcome.ending is Ending.DONE:
        found: list[Result] = outcome.value
        return found
    whole = _storable(whole)
    if outcome.ending is Ending.TIMEOUT:
        return [ImportProblem(whole, "timeout", f"{FILE_LIMIT:.0f}")]
    if outcome.ending is Ending.CRASHED:
        return [ImportProblem(whole, "crashed", "")]
    lines = str(outcome.value).strip().splitlines()
    return [ImportProblem(whole, "failed", lines[-1] if lines else "")]


def unpacked_reading(encoded: bytes) -> ArticleReading:
    return msgspec.msgpack.decode(encoded, type=ArticleReading)


# --------------------------------------------------------------------------- reading


def read_one(
    known: frozenset[str], path: str, published: date | None, undated: date | None
) -> list[Result]:
    from extraction.documents import Place

    return read_member(known, Place(path), published, undated)


def read_member(
    known: frozenset[str], place: Place, published: date | None, undated: date | None
) -> list[Result]:
    """The article that stands at a place, the members that it holds, and what is left out."""
    from extraction.documents import look

    try:
        found = look(place)
    except UnreadableDocument as error:
        return [_problem(place.whole, error)]
    except MemoryError:
        return [ImportProblem(_storable(place.whole), "too-large", "")]
    results: list[Result] = []
    if found.document is not None:
        results.append(_read(known, place.whole, found.document, published, undated))
    folder = os.path.dirname(place.path)
    results += [_problem(os.path.join(folder, p.name), p) for p in found.problems]
    return [*results, *found.members]


def _read(
    known: frozenset[str],
    whole: str,
    document: Document,
    published: date | None,
    undated: date | None = None,
    grounds: Published | None = None,
) -> Read | ImportProblem:
    from extraction import pipeline
    from extraction.documents import read_document

    if document.sha256 in known:
        return ImportProblem(_storable(whole), "duplicate", "")
    try:
        article = read_document(document, published=published, undated=undated)
    except UnreadableDocument as error:
        return _problem(whole, error)
    except MemoryError:
        return ImportProblem(_storable(whole), "too-large", "")
    if grounds is not None:
        day = article.published.start, article.published.end
        article = replace(article, published=replace(grounds, start=day[0], end=day[1]))
    return document, msgspec.msgpack.encode(pipeline.read_article(article))


def _problem(whole: str, error: UnreadableDocument) -> ImportProblem:
    return ImportProblem(_storable(whole), error.reason, _storable(error.detail))


def _storable(text: str) -> str:
    """Bytes of a file's name that are no text stand in it as surrogates, which no dossier takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_again(
    _: object, document: Document, published: date, grounds: Published | None = None
) -> list[Result]:
    """Read for a day of publication: that of a person, or for what ``grounds`` gives as reasons."""
    return [_read(frozenset(), document.name, document, published, grounds=grounds)]


# --------------------------------------------------------------------------- assembling


def assemble_held(
    _: object, path: str, decisions: Decisions, new: tuple[bytes, ...], recognised: Recognised
) -> Packed:
    """Assemble what the dossier at a path holds with what was read newly: see ``with_new``.

    Of the articles only what the dossier needs comes back. The readings are fetched from the
    file, so that no other process has to hold them all.
    """
    from db.articles import readings_at
    from db.carrying import carried_decisions
    from desktop.importing.versions import in_place_of
    from extraction import pipeline

    take_more_memory()
    fresh = {reading.article.key: reading for reading in map(unpacked_reading, new)}
    # An article that was read again takes the place of what it gave before.
    held = [fresh.pop(one.article.key, one) for one in readings_at(Path(path))]
    readings, replaced = in_place_of(held, list(fresh.values()), recognised)
    return packed(pipeline.assemble(readings, carried_decisions(decisions, replaced)))


def packed(reading: Reading) -> Packed:
    """A reading in pieces, its articles without what their dossier has from them already."""
    told = {(part.article, part.narration) for event in reading.events for part in event.mentions}
    light = tuple(_light(article, told) for article in reading.articles)
    return {
        field.name: tuple(map(msgspec.msgpack.encode, _pieces(getattr(whole, field.name))))
        for whole in (replace(reading, articles=light),)
        for field in fields(whole)
    }


def unpacked(pieces: Packed) -> Reading:
    """What ``packed`` gave."""
    kinds: Mapping[str, Any] = get_type_hints(Reading)
    return Reading(
        **{
            name: tuple(
                chain.from_iterable(
                    msgspec.msgpack.decode(piece, type=kinds[name]) for piece in parts
                )
            )
            for name, parts in pieces.items()
        }
    )


def _light(reading: ArticleReading, told: set[tuple[str, int]]) -> ArticleReading:
    article = replace(reading.article, text="", blocks=())
    narrations = tuple(one for one in reading.narrations if (article.key, one.index) in told)
    return ArticleReading(article, (), (), (), (), (), narrations, reading.rules_version)


def _pieces(records: Sequence[object]) -> Iterator[Sequence[object]]:
    return (records[at : at + PIECE] for at in range(0, len(records), PIECE))


# --------------------------------------------------------------------------- in this process


def _in_place(
    jobs: Sequence[Job],
    shared: object,
    stop: Stop,
    ended: Callable[[int, Outcome], object] | None = None,
) -> dict[int, Outcome]:
    """What ``Pool.run`` does, in this process and without a limit of time."""
    outcomes: dict[int, Outcome] = {}
    for index, job in enumerate(jobs):
        if stop():
            break
        try:
            outcome = Outcome(Ending.DONE, job.function(shared, *job.arguments))
        except Exception as error:
            outcome = Outcome(Ending.FAILED, f"{type(error).__name__}: {error}")
        outcomes[index] = outcome
        if ended is not None:
            ended(index, outcome)
    return outcomes
