"""From a dossier or a session to what a picture shows: marks, names, colours, sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from db.rows import ArticleRow, ReviewState, SideRow
from desktop import theme as themes
from desktop.exporting.files import ensure_application, export_timeline
from desktop.exporting.picture import Source, day_words
from desktop.session import default_side_name
from desktop.theme import Theme
from desktop.timeline.builder import from_rows
from desktop.timeline.data import Zone
from desktop.timeline.labels import wordings
from desktop.timeline.scale import of_date
from desktop.timeline.style import ZONE_SIDES, TimelineStyle
from desktop.timeline.words import label_acts
from extraction.model import SideKey

if TYPE_CHECKING:
    from db import Dossier


def sources_of(articles: Sequence[ArticleRow]) -> tuple[Source, ...]:
    """Title, outlet and day of each article, by day; the file's name where there is no title."""
    ordered = sorted(articles, key=lambda row: (row.published_start or datetime.max, row.title))
    return tuple(
        Source(
            row.title or row.file,
            row.outlet,
            _published(row),
        )
        for row in ordered
    )


def _published(row: ArticleRow) -> str:
    """The day, with what of it is a guess: a picture outlives the window that would say so."""
    if row.published_start is None:
        return ""
    day = day_words(row.published_start.date())
    if not row.published_assumed:
        return day
    return f"{day} ({' and '.join(row.published_assumed)} assumed)"


def style_of(theme: Theme, sides: Sequence[SideRow]) -> TimelineStyle:
    """A theme with the dossier's own colours for its sides."""
    own = {row.key: row.color_dark if theme.dark else row.color_light for row in sides}

    def color(key: SideKey) -> QColor:
        chosen = own.get(key)
        return QColor(chosen) if chosen else theme.side(key)

    def tint(key: SideKey) -> QColor:
        return theme.tint_of(color(key)) if own.get(key) else theme.tint(key)

    return TimelineStyle.of(theme, color, tint)


def names_of(sides: Sequence[SideRow]) -> dict[Zone, str]:
    names = {row.key: row.name for row in sides}
    return {zone: names.get(key) or default_side_name(key) for zone, key in ZONE_SIDES.items()}


def export_dossier_timeline(
    dossier: Dossier,
    out: Path,
    *,
    size: tuple[int, int] = (1600, 900),
    scale: float = 1.0,
    theme: str = "light",
    start: date | None = None,
    end: date | None = None,
) -> None:
    """Write the timeline of a dossier as ``claimline export`` does, with no window.

    ``start`` and ``end`` are the first and the last day to show. Raises ``ExportError`` and
    ``OSError`` as ``export_timeline`` does.
    """
    ensure_application()
    sides = dossier.sides()
    claims = [row for row in dossier.claims() if row.review is not ReviewState.REJECTED]
    data = from_rows(
        claims,
        dossier.events(),
        dossier.relations(),
        acts=label_acts(),
        wording=wordings(dossier.article_text),
    )
    chosen = themes.load(theme)
    export_timeline(
        data,
        out,
        size=size,
        scale=scale,
        theme=chosen,
        title=dossier.title,
        start=float(of_date(start)) if start else None,
        end=float(of_date(end) + 1) if end else None,
        names=names_of(sides),
        sources=sources_of(dossier.articles()),
        style=style_of(chosen, sides),
        pins=dossier.pins(),
    )
