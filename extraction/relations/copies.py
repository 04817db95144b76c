"""Copies of one text are one voice: they restate what they copy and never corroborate it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extraction.model import ArticleReading, Relation, RelationType
from extraction.origins import group_origins, story_of

_SUPPORT = frozenset({RelationType.CORROBORATES, RelationType.CONFIRMS})


def without_copies(
    relations: Iterable[Relation],
    article_of: Mapping[int, str],
    readings: Sequence[ArticleReading],
) -> tuple[Relation, ...]:
    """The relations, in which no support comes from another copy of the same text.

    ``article_of`` gives the article's key of each claim. Only articles between which a claim is
    supported are compared.
    """
    found = tuple(relations)
    across = {
        article
        for relation in found
        if relation.type in _SUPPORT
        for article in _ends(relation, article_of)
        if len(set(_ends(relation, article_of))) > 1
    }
    if not across:
        return found
    articles = [reading.article for reading in readings if reading.article.key in across]
    origins = group_origins([story_of(article) for article in articles])
    origin = {article.key: at for article, at in zip(articles, origins, strict=True)}
    return tuple(
        _restated(relation) if _is_copied(relation, article_of, origin) else relation
        for relation in found
    )


def _ends(relation: Relation, article_of: Mapping[int, str]) -> tuple[str, str]:
    return article_of[relation.source], article_of[relation.target]


def _is_copied(
    relation: Relation, article_of: Mapping[int, str], origin: Mapping[str, int]
) -> bool:
    if relation.type not in _SUPPORT:
        return False
    one, other = _ends(relation, article_of)
    return one != other and origin[one] == origin[other]


def _restated(relation: Relation) -> Relation:
    why = "both articles are copies of one text"
    return replace(relation, type=RelationType.RESTATES, reasons=(*relation.reasons, why))
