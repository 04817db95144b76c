"""What an import did: read, found, assumed, refused and why, with the remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from db.rows import ArticleRow, ImportProblem, ImportSummary
from desktop.addresses import address_of, fetch_in_words
from desktop.importing.copies import copies_if_any
from desktop.library.articles import assumed_in_words, changes_in_words
from desktop.library.dates import published_in_words
from desktop.messages import counted, of_problem, of_warning
from desktop.panels import button, label
from desktop.revisions import moment_in_words
from desktop.session import Session
from desktop.tasks import Tasks
from extraction.model import SideKey

DATE_LINK = "date"
CHANGES_LINK = "changes"
FETCH_LINK = "fetch"

FEW = 12
"""Up to so many articles are told of one by one before anything else."""

MOST = 200
"""Articles or files that one list tells of; the table has all of them."""

MOST_COMPARED = 2000
"""Articles of a dossier up to which a report looks for copies by itself; the table always does."""

REASONS = 2
"""So many of them say why a side is one; its tooltip in the library has them all."""


class ImportReports(QDialog):
    """All imports of the dossier, one at a time.

    ``date_asked``, ``changes_asked`` and ``fetch_asked`` carry an article id, ``table_asked``
    wants all articles in a table.
    """

    date_asked = Signal(int)
    changes_asked = Signal(int)
    fetch_asked = Signal(int)
    table_asked = Signal()

    def __init__(
        self, session: Session, parent: QWidget | None = None, tasks: Tasks | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._copies: Mapping[int, int] = {}
        self._compared: object = None
        self.setWindowTitle(self.tr("Import report"))
        self.resize(640, 560)
        self._session = session
        self._imports: list[ImportSummary] = []
        self._choice = QComboBox()
        self._choice.setAccessibleName(self.tr("Import"))
        self._choice.currentIndexChanged.connect(self._show_current)
        self._page = QTextBrowser()
        self._page.setAccessibleName(self.tr("Report"))
        self._page.setOpenLinks(False)
        self._page.document().setDocumentMargin(12)
        self._page.anchorClicked.connect(self._follow_link)
        close = button(self.tr("&Close"), main=True)
        close.clicked.connect(self.close)
        top = QHBoxLayout()
        words = label(self.tr("&Import of"))
        words.setTextFormat(words.textFormat())
        words.setBuddy(self._choice)
        top.addWidget(words)
        top.addWidget(self._choice, 1)
        table = button(self.tr("All articles as a &table…"))
        table.clicked.connect(self.table_asked)
        bottom = QHBoxLayout()
        bottom.addWidget(table)
        bottom.addStretch(1)
        bottom.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._page, 1)
        layout.addLayout(bottom)
        session.data_changed.connect(self._refresh)
        session.theme_changed.connect(self._show_current)
        session.dossier_changed.connect(self.close)

    def show_import(self, import_id: int | None = None) -> None:
        """Open with an import, the latest where none is given."""
        self._load()
        if self._imports:
            at = next((n for n, item in enumerate(self._imports) if item.id == import_id), 0)
            self._choice.setCurrentIndex(at)
        self._show_current()
        self.show()
        self.raise_()
        self.activateWindow()

    def _load(self) -> None:
        dossier = self._session.dossier
        found = dossier.imports() if dossier is not None else []
        self._imports = sorted(found, key=lambda item: item.id, reverse=True)
        self._choice.blockSignals(True)
        self._choice.clear()
        for item in self._imports:
            self._choice.addItem(moment_in_words(item.started))
        self._choice.blockSignals(False)

    def _refresh(self, _: object) -> None:
        if self.isVisible():
            shown = self._current()
            self._load()
            if shown is not None:
                ids = [item.id for item in self._imports]
                self._choice.setCurrentIndex(ids.index(shown.id) if shown.id in ids else 0)
            self._show_current()

    def _current(self) -> ImportSummary | None:
        at = self._choice.currentIndex()
        return self._imports[at] if 0 <= at < len(self._imports) else None

    def _show_current(self) -> None:
        summary = self._current()
        colors = self._session.theme
        self._page.document().setDefaultStyleSheet(
            f".h {{ font-weight: 600; margin-top: 16px; margin-bottom: 4px; }}"
            f"p {{ margin-top: 2px; margin-bottom: 6px; }}"
            f".m {{ color: {colors.muted.name()}; }} .d {{ color: {colors.dispute.name()}; }}"
            f"a {{ color: {colors.focus.name()}; }}"
        )
        if summary is None:
            words = self.tr(
                "Nothing was imported into this dossier yet. Drop articles on the window."
            )
            self._page.setHtml(f"<p class='m'>{escape(words)}</p>")
        else:
            self._page.setHtml(report_html(self._session, summary, self._copies))
            self._compare()

    def _compare(self) -> None:
        """Look for copies of one text among the articles, and name them when they are found."""
        dossier = self._session.dossier
        state = dossier, tuple(row.key for row in self._session.articles())
        if self._tasks is None or dossier is None or state == self._compared:
            return
        if len(state[1]) > MOST_COMPARED:
            return
        self._compared, self._copies = state, {}

        def found(copies: Mapping[int, int]) -> None:
            if self._compared == state:
                self._copies = copies
                self._show_current()

        self._tasks.start(
            self.tr("Looking for copies"),
            lambda _: copies_if_any(dossier),
            done=found,
            can_stop=False,
            apart=True,
            only_reads=True,
        )

    def plain_text(self) -> str:
        document: QTextDocument = self._page.document()
        return document.toPlainText()

    def _follow_link(self, link: QUrl) -> None:
        kind, _, number = link.toString().partition(":")
        if kind == DATE_LINK and number.isdecimal():
            self.date_asked.emit(int(number))
        elif kind == CHANGES_LINK and number.isdecimal():
            self.changes_asked.emit(int(number))
        elif kind == FETCH_LINK and number.isdecimal():
            self.fetch_asked.emit(int(number))


def report_html(
    session: Session, summary: ImportSummary, copies: Mapping[int, int] | None = None
) -> str:
    """The report as simple HTML; everything from files is escaped.

    ``copies`` are articles of the dossier with the first that has the same text, by their ids.
    """
    known = {row.id: row for row in session.articles()}
    added = [known[article_id] for article_id in summary.added if article_id in known]
    parts: list[str] = []
    if summary.cancelled:
        parts.append("<p class='d'>This import was stopped; what was read until then was kept.</p>")
    gone = len(summary.added) - len(added)
    if gone:
        parts.append(f"<p class='m'>{counted(gone, 'article')} of it undone since.</p>")
    total = counted(sum(row.claim_count for row in added), "claim")
    parts.append(f"<p class='h'>Read: {counted(len(added), 'article')}, {total}</p>")
    few = len(added) <= FEW
    if few:
        parts += _read(session, added)
    for title, articles in (
        ("Changed since last imported", summary.changed),
        ("An earlier version was found", summary.earlier),
    ):
        parts += _changed(title, [known[one] for one in articles if one in known])
    parts += _problems("Not read", summary.problems)
    parts += _addresses(added)
    parts += _copies(known, {*summary.added, *summary.changed}, copies or {})
    parts += _assumed(added)
    parts += _sides(session)
    parts += _problems("Known already", summary.duplicates)
    if not few:
        # What needs a person comes first; nobody reads so long a list from the top.
        parts.append("<p class='h'>The articles</p>")
        parts += _read(session, added)
    return "".join(parts)


def _more(count: int) -> Iterable[str]:
    if count > MOST:
        yield f"<p class='m'>and {count - MOST:,} more: “All articles as a table” has them.</p>"


def _read(session: Session, articles: Sequence[ArticleRow]) -> Iterable[str]:
    for row in articles[:MOST]:
        sides = Counter(claim.side for claim in session.claims_of_article(row.id))
        found = ", ".join(
            f"{session.side_name(key)} {sides[key]}" for key in SideKey if sides.get(key)
        )
        file = row.file if row.title else ""
        known = (published_in_words(row) or "no date", row.outlet, file)
        about = " · ".join(part for part in known if part)
        claims = counted(row.claim_count, "claim") + (f": {found}" if found else "")
        warnings = "".join(
            f"<br><span class='d'>{escape(of_warning(text))}</span>" for text in row.warnings
        )
        yield (
            f"<p>{escape(row.title or row.file)}<br>"
            f"<span class='m'>{escape(about)}<br>{escape(claims)}</span>{warnings}</p>"
        )
    yield from _more(len(articles))


def _to_decide(row: ArticleRow) -> str:
    words = changes_in_words(row)
    return f"; {escape(words)}" if words else ""


def _changed(title: str, articles: Sequence[ArticleRow]) -> Iterable[str]:
    if not articles:
        return
    yield f"<p class='h'>{title}: {counted(len(articles), 'article')}</p>"
    for row in articles:
        yield (
            f"<p>{escape(row.title or row.file)} "
            f"<a href='{CHANGES_LINK}:{row.id}'>What changed…</a>"
            f"<br><span class='m'>version {row.version}; the earlier text is kept"
            f"{_to_decide(row)}</span></p>"
        )


def _addresses(articles: Sequence[ArticleRow]) -> Iterable[str]:
    only = [row for row in articles if address_of(row)]
    if not only:
        return
    yield f"<p class='h'>Kept as an address only: {counted(len(only), 'article')}</p>"
    for row in only[:MOST]:
        address = address_of(row)
        yield (
            f"<p>{escape(address)}<br>"
            f"<a href='{FETCH_LINK}:{row.id}'>{escape(fetch_in_words(address))}</a></p>"
        )
    yield from _more(len(only))


def _copies(
    known: Mapping[int, ArticleRow], mine: Set[int], copies: Mapping[int, int]
) -> Iterable[str]:
    """Stories that stand in several articles, as far as this import brought one of them."""
    groups: dict[int, list[int]] = {}
    for copy, first in copies.items():
        if copy in known and first in known:
            groups.setdefault(first, [first]).append(copy)
    shown = [group for group in groups.values() if any(one in mine for one in group)]
    if not shown:
        return
    yield "<p class='h'>One story in several articles</p>"
    for group in shown[:MOST]:
        story = known[group[0]]
        where = " · ".join(known[one].outlet or known[one].file for one in group[: REASONS * 6])
        yield (
            f"<p>{counted(len(group), 'article')} tell one story: "
            f"{escape(story.title or story.file)}<br><span class='m'>{escape(where)}<br>"
            "They count as one origin: copies do not confirm each other.</span></p>"
        )
    yield from _more(len(shown))


def _assumed(articles: Sequence[ArticleRow]) -> Iterable[str]:
    assumed = [
        row
        for row in articles
        if (row.published_assumed or row.published_start is None) and not address_of(row)
    ]
    if not assumed:
        return
    yield "<p class='h'>Assumed</p>"
    for row in assumed[:MOST]:
        mark = assumed_in_words(row) or "date unknown"
        reasons = "; ".join(row.published_reasons)
        yield (
            f"<p>{escape(row.title or row.file)}: "
            f"<span class='d'>{escape(published_in_words(row))} ({escape(mark)})</span> "
            f"<a href='{DATE_LINK}:{row.id}'>Put the date right…</a>"
            f"<br><span class='m'>{escape(reasons)}</span></p>"
        )
    yield from _more(len(assumed))


def _sides(session: Session) -> Iterable[str]:
    sides = [
        row for row in session.sides().values() if row.key in (SideKey.A, SideKey.B) and row.name
    ]
    if not sides:
        return
    yield "<p class='h'>Sides found in the dossier</p>"
    for row in sides:
        about = f"{counted(row.actor_count, 'actor')}, {counted(row.claim_count, 'claim')}"
        yield (
            f"<p>{escape(session.side_name(row.key))} <span class='m'>{escape(about)}"
            f"<br>{escape('; '.join(row.reasons[:REASONS]))}</span></p>"
        )


def _problems(title: str, problems: Sequence[ImportProblem]) -> Iterable[str]:
    if not problems:
        return
    yield f"<p class='h'>{title}: {counted(len(problems), 'file')}</p>"
    for problem in problems:
        message = of_problem(problem)
        yield (
            f"<p>{escape(message.text)} {escape(message.remedy)}"
            f"<br><span class='m'>{escape(message.detail)}</span></p>"
        )
