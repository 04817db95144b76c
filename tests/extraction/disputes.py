"""Articles about invented disputes, read alone, for the tests of who is who."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from extraction.actors import EntityReading, find_entities
from extraction.attribution import find_attributions
from extraction.model import (
    Article,
    ArticleReading,
    Block,
    BlockKind,
    DateBasis,
    Decisions,
    Precision,
    Published,
)
from extraction.pipeline import read_article
from extraction.places import find_places
from extraction.sides import SideTable, find_sides, unite_actors
from extraction.text import analyse

FOLDER = Path(__file__).parent / "dispute_texts"


def paragraphs(text: str) -> tuple[Block, ...]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.PARAGRAPH))
        at += len(line) + 1
    return tuple(blocks)


def entities(text: str) -> EntityReading:
    analysis = analyse(text, paragraphs(text))
    return find_entities(analysis, find_places(analysis), find_attributions(analysis))


def reading(text: str, key: str = "a", day: int = 1) -> ArticleReading:
    at = datetime(2031, 5, day)
    return read_article(
        Article(
            key=key,
            file=f"{key}.txt",
            mime="text/plain",
            text=text,
            blocks=paragraphs(text),
            published=Published(at, at, Precision.DAY, DateBasis.USER),
        )
    )


def sides(*texts: str, decisions: Decisions | None = None) -> SideTable:
    """The sides of a dossier of these texts, published on one day after the other."""
    readings = [reading(text, f"article {k}", k + 1) for k, text in enumerate(texts)]
    return find_sides(readings, unite_actors(readings), decisions or Decisions())


def stored(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
