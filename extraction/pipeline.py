"""From an article to its reading, and from the readings of a dossier to the whole of it."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.actors import find_entities
from extraction.assembly import assemble
from extraction.attribution import find_attributions
from extraction.collector import held
from extraction.composing import Composer
from extraction.happenings import find_happenings
from extraction.lexicon import has_rules
from extraction.model import Article, ArticleReading, Span
from extraction.places import find_places
from extraction.quantities import find_quantities
from extraction.text import analyse
from extraction.times import find_times
from extraction.verification import find_verifications

__all__ = ["assemble", "read_article", "read_articles"]


@held()
def read_article(article: Article) -> ArticleReading:
    """All that an article gives by itself; the same article always gives the same reading.

    Never raises on any text. Time and memory grow with the length of the text. A language without
    rules gives the article and nothing read from it.
    """
    if not has_rules(article.language):
        return ArticleReading(article, (), (), (), (), (), ())
    analysis = analyse(article.text, article.blocks)
    times = find_times(analysis, article.published)
    places = find_places(analysis)
    raws = find_attributions(analysis)
    entities = find_entities(analysis, places, raws)
    told = [content for raw in raws for content in raw.contents]
    composer = Composer(
        article=article,
        analysis=analysis,
        times=times,
        places=places,
        raws=raws,
        entities=entities,
        quantities=find_quantities(analysis, times),
        notes=find_verifications(analysis, raws),
        drafts=find_happenings(analysis, entities, places, told),
    )
    attributions, narrations = composer.compose()
    return ArticleReading(
        article=article,
        sentences=tuple(Span.cut(article.text, s.start, s.end) for s in analysis.sentences),
        times=times,
        entities=entities.entities,
        mentions=entities.mentions,
        attributions=attributions,
        narrations=narrations,
    )


def read_articles(articles: Sequence[Article]) -> tuple[ArticleReading, ...]:
    """Each article by itself, in order."""
    return tuple(read_article(article) for article in articles)
