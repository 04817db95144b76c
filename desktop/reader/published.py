"""The button over an article that says when it was published, and asks for that to be put right."""

from __future__ import annotations

from db.rows import ArticleRow
from desktop.comparison.facts import published_in_words
from desktop.reader.articlelink import ArticleLink
from desktop.vocabulary import name_of


class DateButton(ArticleLink):
    """``asked`` carries the id of the article whose date is to be put right."""

    def show_article(self, article: ArticleRow) -> None:
        """Its day, whether that is assumed, and what it rests on."""
        self._article = article
        words = published_in_words(article, short=False)
        if "year" in article.published_assumed:
            words = self.tr("{date} · year assumed").format(date=words)
        elif article.published_assumed:
            words = self.tr("{date} · assumed").format(date=words)
        self.setText(words)
        reasons = "\n".join((name_of(article.published_basis), *article.published_reasons))
        self.setToolTip(self.tr("Put the date right\n{reasons}").format(reasons=reasons))
        self.setAccessibleName(self.tr("Published {date}; put the date right").format(date=words))
        theme = self._session.theme
        self.dress(theme.dispute if article.published_assumed else theme.muted)
