"""What the command line does without a window. Qt is loaded only to draw a picture."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from db import Dossier, DossierError
from db.rows import ImportProblem, ImportSummary
from desktop.importing import engine
from desktop.importing.engine import Progress
from desktop.importing.years import with_likelier_years
from desktop.messages import of_error, of_import, of_problem
from extraction.model import Decisions, Reading, Side, SideKey

Dates = tuple[date | None, dict[str, date]]
PICTURES = (".png", ".svg", ".pdf")
DONE, SOME_FAILED = 0, 1

_FEW = 4
"""Files that are read sooner in this process than worker processes start."""


def read_files(
    files: Sequence[Path], published: Dates, sides: dict[str, str]
) -> tuple[Reading, int]:
    """Read articles as one dossier in memory; the number of files that failed comes with it.

    Each failure is named on standard error with the reason and the remedy.
    """
    undated, by_name = published
    with closing(_Workers(files)) as workers:
        reader = engine.Reader(
            workers.pool, lambda path: by_name.get(path.name), undated, _progress
        )
        read = engine.read_files(files, reader)
        new = with_likelier_years(read.new, frozenset(), workers.pool)
        readings = [reading for _, reading in new]
        reading = engine.assemble(readings, Decisions(sides=fixed_sides(sides)))
    failed = [problem for problem in read.problems if problem.code != "duplicate"]
    _tell(read.problems)
    return reading, len(failed)


def import_files(path: Path, files: Sequence[Path], published: Dates, sides: dict[str, str]) -> int:
    """Import articles into a dossier, which is begun where there is none; the exit status."""
    undated, by_name = published
    try:
        dossier = Dossier.open(path) if path.exists() else Dossier.create(path, path.stem)
        with closing(dossier), closing(_Workers(files)) as workers:
            if dossier.read_only:
                raise DossierError("read-only", path)
            summary = engine.import_files(
                dossier,
                files,
                pool=workers.pool,
                published=lambda file: by_name.get(file.name),
                undated=undated,
                told=_progress,
            )
            _name_sides(dossier, sides)
            _report(dossier, summary)
    except (DossierError, OSError) as error:
        print(f"claimline: {of_error(error, 'import into the dossier')}", file=sys.stderr)
        return SOME_FAILED
    return SOME_FAILED if summary.problems else DONE


def export_dossier(options: Namespace) -> int:
    """Save the timeline or the records of a dossier, or of a sample; the exit status."""
    if options.sample is None:
        return _export(options.dossier, options)
    import seeds

    with tempfile.TemporaryDirectory(prefix="claimline-") as folder:
        sample = seeds.sample(options.sample)
        path = Path(folder) / "sample.claimline"
        with closing(Dossier.create(path, sample.title)) as dossier:
            engine.import_files(dossier, sample.paths())
        return _export(path, options)


def _export(path: Path, options: Namespace) -> int:
    out: Path = options.out
    try:
        with closing(Dossier.open(path, read_only=True)) as dossier:
            if out.suffix.lower() in PICTURES:
                return _export_picture(dossier, options)
            from desktop.exporting.records import export_records

            export_records(dossier, out)
    except (DossierError, OSError) as error:
        print(f"claimline: {of_error(error, 'export')}", file=sys.stderr)
        return SOME_FAILED
    return DONE


def _export_picture(dossier: Dossier, options: Namespace) -> int:
    from desktop.exporting.files import ExportError
    from desktop.exporting.sheets import export_dossier_timeline

    try:
        export_dossier_timeline(
            dossier,
            options.out,
            size=options.size,
            scale=options.scale,
            theme=options.theme,
            start=options.start,
            end=options.end,
        )
    except ExportError as error:
        print(f"claimline: {of_error(error, 'export')}", file=sys.stderr)
        return SOME_FAILED
    return DONE


def fixed_sides(sides: dict[str, str]) -> tuple[Side, ...]:
    """Sides as the command line names them."""
    return tuple(Side(SideKey(letter), name) for letter, name in sorted(sides.items()))


def _name_sides(dossier: Dossier, sides: dict[str, str]) -> None:
    """Give each side its name; a party that was found under the other letter changes places."""
    names = {row.key: row.name.casefold() for row in dossier.sides()}
    asked = {SideKey(letter): name for letter, name in sides.items()}
    other = {SideKey.A: SideKey.B, SideKey.B: SideKey.A}
    if any(names.get(other[key]) == name.casefold() for key, name in asked.items()):
        dossier.swap_sides()
    for row in dossier.sides():
        wanted = asked.get(row.key)
        if wanted is not None and wanted != row.name:
            dossier.rename_side(row.key, wanted)


class _Workers:
    """Worker processes where there is enough to read for them, or where a file may end one."""

    def __init__(self, files: Sequence[Path]) -> None:
        from extraction.documents.kinds import holds_many_or_may_crash

        many = len(files) > _FEW or any(
            path.is_dir() or holds_many_or_may_crash(path.name) for path in files
        )
        self.pool = engine.make_pool() if many else None

    def close(self) -> None:
        if self.pool is not None:
            self.pool.close()


def _progress(progress: Progress) -> None:
    if not sys.stderr.isatty():
        return
    words = {"assembling": "relating claims", "recording": "writing the dossier"}
    doing = words.get(progress.stage, f"reading {progress.done} of {progress.total}")
    print(f"\r\x1b[K{doing}", end="", file=sys.stderr, flush=True)
    if progress.stage in words:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _report(dossier: Dossier, summary: ImportSummary) -> None:
    claims = sum(row.claim_count for row in dossier.articles() if row.id in summary.added)
    print(of_import(summary, claims))
    for row in dossier.articles():
        if row.id in summary.added and row.published_assumed:
            parts = " and ".join(row.published_assumed)
            day = row.published_start.date().isoformat() if row.published_start else "unknown"
            print(f"{row.file}: published {day}, {parts} assumed; --published DATE sets it")
    _tell((*summary.problems, *summary.duplicates))


def _tell(problems: Sequence[ImportProblem]) -> None:
    for problem in problems:
        print(f"claimline: {of_problem(problem)}", file=sys.stderr)
