"""The revision log as a file: who changed what and when."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from pathlib import Path

from db import Dossier
from db.rows import ChangeRow
from desktop.exporting.records import safe_cell

COLUMNS = ("step", "when", "who", "what", "undone", "changes")


def export_revisions(dossier: Dossier, out: Path) -> None:
    """Write ``out`` by its ending: ``.csv`` (a line a step) or ``.json`` (with each change).

    Raises ``ValueError`` for another ending and ``OSError`` where it cannot be written.
    """
    writers = {".json": as_json, ".csv": as_csv}
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise ValueError(out.suffix)
    out.write_bytes(writer(dossier).encode("utf-8", "surrogatepass"))


def _by_step(dossier: Dossier) -> dict[int, list[ChangeRow]]:
    found: defaultdict[int, list[ChangeRow]] = defaultdict(list)
    for change in dossier.step_changes():
        found[change.step_id].append(change)
    return found


def as_csv(dossier: Dossier) -> str:
    """One row a step, the first step first; ``changes`` counts rows by table and kind."""
    changes = _by_step(dossier)
    out = io.StringIO()
    # the mark makes spreadsheets read UTF-8
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for step in reversed(dossier.revisions()):
        counts: Counter[tuple[str, str]] = Counter()
        for change in changes.get(step.id, ()):
            counts[change.op, change.table] += change.last - change.first + 1
        told = "; ".join(f"{op} {count} {table}" for (op, table), count in counts.items())
        undone = "yes" if step.undone else "no"
        cells = (str(step.id), step.at.isoformat(), step.who, step.label, undone, told)
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def as_json(dossier: Dossier) -> str:
    """Each step with its changes, as the log holds them: columns before and after."""
    changes = _by_step(dossier)
    steps = [
        {
            "step": step.id,
            "when": step.at.isoformat(),
            "who": step.who,
            "what": step.label,
            "undone": step.undone,
            "changes": [
                {
                    "table": change.table,
                    "op": change.op,
                    "rows": [change.first, change.last],
                    "before": json.loads(change.before) if change.before else None,
                    "after": json.loads(change.after) if change.after else None,
                }
                for change in changes.get(step.id, ())
            ],
        }
        for step in reversed(dossier.revisions())
    ]
    whole = {"format": "claimline-revisions/1", "dossier": dossier.title, "steps": steps}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
