"""The comparison as records: JSON (``claimline/1``), a table for a spreadsheet, a page to read."""

from __future__ import annotations

import csv
import html
import io
import json
from pathlib import Path
from typing import Any

from db import Dossier
from db.rows import ArticleRow, ClaimRow, EventRow
from desktop.exporting.reading import reading_of
from desktop.report import interval_words
from extraction.interchange import moment, reading_to_json
from extraction.model import FuzzyInterval, SideKey

COLUMNS = (
    "claim",
    "event",
    "event_label",
    "event_type",
    "side",
    "speaker",
    "speech_act",
    "status",
    "content",
    "when_start",
    "when_end",
    "when_precision",
    "said_start",
    "places",
    "quantities",
    "verification",
    "review",
    "article_title",
    "outlet",
    "published",
    "file",
    "version",
    "in_present_version",
    "span_start",
    "span_end",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_records(dossier: Dossier, out: Path) -> None:
    """Write ``out`` by its ending: ``.json``, ``.csv`` or ``.html``.

    Raises ``ValueError`` for another ending and ``OSError`` where it cannot be written.
    """
    writers = {".json": as_json, ".csv": as_csv, ".html": as_html}
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise ValueError(out.suffix)
    out.write_bytes(writer(dossier).encode("utf-8", "surrogatepass"))


def as_json(dossier: Dossier) -> str:
    """The dossier as ``claimline/1``, with all that a person decided in it.

    Claims that only an earlier version of their article holds come aside, as their spans count in
    its text, which comes with them: ``earlier`` is there if any are.
    """
    whole: dict[str, Any] = dict(reading_to_json(reading_of(dossier)))
    if earlier := _earlier(dossier):
        whole["earlier"] = earlier
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _earlier(dossier: Dossier) -> list[dict[str, Any]]:
    """By article and version the text, and the claims that the present one lacks."""
    found: dict[tuple[int, int], list[ClaimRow]] = {}
    for claim in dossier.claims(rejected=False):
        if claim.gone_from is not None:
            found.setdefault((claim.article_id, claim.gone_from), []).append(claim)
    keys = {row.id: row.key for row in dossier.articles()}
    return [
        {
            "sha256": keys[article],
            "version": version,
            "text": dossier.revision_text(article, version),
            "claims": [
                {
                    "id": claim.id,
                    "source": {"text": claim.speaker, "side": claim.side.value},
                    "content": {
                        "text": claim.content,
                        "spans": [[span.start, span.end] for span in claim.content_spans],
                    },
                    "speech_act": claim.speech_act.value,
                    "event": claim.event_id,
                    "review": claim.review.value,
                }
                for claim in claims
            ],
        }
        for (article, version), claims in sorted(found.items())
    ]


def as_csv(dossier: Dossier) -> str:
    """One row a claim. A cell that a spreadsheet would run as a formula gets an apostrophe."""
    articles = {row.id: row for row in dossier.articles()}
    events = {row.id: row for row in dossier.events()}
    names = {row.key: row.name for row in dossier.sides()}
    out = io.StringIO()
    # the mark makes spreadsheets read UTF-8
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for claim in dossier.claims():
        event = events.get(claim.event_id) if claim.event_id is not None else None
        row = _cells(claim, articles[claim.article_id], event, names)
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(
    claim: ClaimRow, article: ArticleRow, event: EventRow | None, names: dict[SideKey, str]
) -> list[str]:
    figures = "; ".join(
        f"{q.measure} {_figure(q.low)}..{_figure(q.high)} {q.scope}" for q in claim.quantities
    )
    start, end, precision = _bounds(claim.when)
    return [
        str(claim.id),
        str(event.id) if event else "",
        event.label if event else "",
        event.type.value if event else "",
        names.get(claim.side, claim.side.value),
        claim.speaker,
        claim.speech_act.value,
        claim.status.value,
        claim.content,
        start,
        end,
        precision,
        _bounds(claim.said)[0],
        "; ".join(claim.places),
        figures,
        claim.verification.value,
        claim.review.value,
        article.title,
        article.outlet,
        article.published_start.date().isoformat() if article.published_start else "",
        article.file,
        str(article.version if claim.gone_from is None else claim.gone_from),
        "yes" if claim.gone_from is None else "no",
        str(claim.content_spans[0].start) if claim.content_spans else "",
        str(claim.content_spans[-1].end) if claim.content_spans else "",
    ]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _bounds(when: FuzzyInterval | None) -> tuple[str, str, str]:
    if when is None:
        return "", "", ""
    precision = when.precision
    return moment(when.earliest, precision), moment(when.latest, precision), precision.value


_STYLE = """
:root { color-scheme: light dark; --line: #D3D9E0; --a: #1B5EBE; --b: #B0440C; --muted: #566270; }
@media (prefers-color-scheme: dark) {
  :root { --line: #343E4B; --a: #82B4FF; --b: #FFA870; --muted: #A5B0BE; }
}
body { font: 15px/1.4 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; }
h2 { font-size: 1.05em; margin: 1.6em 0 .4em; padding-top: .8em;
  border-top: 1px solid var(--line); }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1em; }
.claim { border-left: 3px solid var(--muted); padding-left: .7em; margin: .5em 0; }
.A .claim { border-color: var(--a); } .B .claim { border-color: var(--b); }
.said { color: var(--muted); font-size: .85em; }
.silent { color: var(--muted); font-style: italic; }
"""


def as_html(dossier: Dossier) -> str:
    """The comparison as one page that needs nothing else: a heading an event, A beside B."""
    articles = {row.id: row for row in dossier.articles()}
    names = {row.key: row.name for row in dossier.sides()}
    by_event: dict[int | None, list[ClaimRow]] = {}
    for claim in dossier.claims(rejected=False):
        by_event.setdefault(claim.event_id, []).append(claim)
    parts = [
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>",
        f"<title>{html.escape(dossier.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{html.escape(dossier.title)}</h1><ul>",
    ]
    for article in articles.values():
        day = article.published_start.date().isoformat() if article.published_start else "undated"
        named = " · ".join(filter(None, (article.title or article.file, article.outlet, day)))
        parts.append(f"<li>{html.escape(named)}</li>")
    parts.append("</ul>")
    for event in dossier.events():
        claims = by_event.pop(event.id, [])
        if claims:
            heading = f"{event.label} · {interval_words(event.when)}"
            parts.extend(_event(heading, claims, names, articles))
    rest = [claim for claims in by_event.values() for claim in claims]
    if rest:
        parts.extend(_event("About no event that could be named", rest, names, articles))
    parts.append("</body></html>\n")
    return "".join(parts)


def _event(
    heading: str,
    claims: list[ClaimRow],
    names: dict[SideKey, str],
    articles: dict[int, ArticleRow],
) -> list[str]:
    parts = [f"<h2>{html.escape(heading)}</h2><div class='pair'>"]
    for key in (SideKey.A, SideKey.B):
        own = [claim for claim in claims if claim.side is key]
        parts.append(f"<div class='{key}'>")
        parts.extend(_claim(claim, articles[claim.article_id]) for claim in own)
        if not own and key in names:
            silent = f"No statement by {names[key]} in these {len(articles)} articles"
            parts.append(f"<p class='silent'>{html.escape(silent)}</p>")
        parts.append("</div>")
    parts.append("</div>")
    parts.extend(
        _claim(claim, articles[claim.article_id])
        for claim in claims
        if claim.side not in (SideKey.A, SideKey.B)
    )
    return parts


def _claim(claim: ClaimRow, article: ArticleRow) -> str:
    where = f"{article.title or article.file}, characters {_place(claim)}{_version(claim, article)}"
    head = f"<b>{html.escape(claim.speaker or 'nobody named')}</b> {claim.speech_act}"
    return (
        f"<div class='claim'>{head}: {html.escape(claim.content)}"
        f"<div class='said'>{claim.status} · {interval_words(claim.when)} · "
        f"{html.escape(where)}</div></div>"
    )


def _version(claim: ClaimRow, article: ArticleRow) -> str:
    """The version that the characters count in, where there are several."""
    if claim.gone_from is not None:
        return f" of version {claim.gone_from}; version {article.version} no longer has it"
    return f" of version {article.version}" if article.version > 1 else ""


def _place(claim: ClaimRow) -> str:
    spans = claim.content_spans
    return f"{spans[0].start} to {spans[-1].end}" if spans else "unknown"
