"""The button over an article that says that it is in several versions, and what that asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.rows import ArticleRow, ClaimRow
from desktop.library.articles import changes_in_words
from desktop.reader.articlelink import ArticleLink
from desktop.session import Session


class VersionsButton(ArticleLink):
    """``asked`` carries the id of the article whose versions are wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._claim: ClaimRow | None = None
        self.setToolTip(self.tr("What changed between the versions, claim by claim"))
        self.hide()

    def show_article(self, article: ArticleRow | None) -> None:
        self._article, self._claim = article, None
        self._tell()

    def show_claim(self, claim: ClaimRow | None) -> None:
        """A claim that is chosen may stand in an earlier version only."""
        self._claim = claim
        self._tell()

    def _tell(self) -> None:
        article = self._article
        self.setVisible(article is not None and article.version > 1)
        if article is None:
            return
        gone = self._claim.gone_from if self._claim is not None else None
        urgent = gone is not None or bool(article.undecided)
        if gone is not None:
            words = self.tr("The chosen claim stands in version {number} only…").format(number=gone)
        else:
            words = self.tr("version {number} · {changes}…").format(
                number=article.version,
                changes=changes_in_words(article) or self.tr("what changed"),
            )
        self.setText(words)
        self.setAccessibleName(words)
        theme = self._session.theme
        color = theme.dispute if urgent else theme.muted
        self.dress(color)
