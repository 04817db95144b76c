"""The reader: an article as text, with every claim marked where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.changes import Changes
from db.errors import DossierError
from db.rows import ArticleRow, ClaimRow
from desktop.addresses import address_of, fetch_in_words
from desktop.comparison.facts import spoken
from desktop.comparison.rows import relations_of
from desktop.found import found_of
from desktop.reader.correcting import Correcting
from desktop.reader.find import FindBar
from desktop.reader.marks import ClaimsAt, Stretch, hull_of, not_holding, stretches_of
from desktop.reader.published import DateButton
from desktop.reader.text import ArticleText
from desktop.reader.versions import VersionsButton
from desktop.session import Selection, Session
from desktop.theme import Size, font
from extraction.model import Block, SideKey, Span


class ReaderView(QWidget):
    """Shows the article of the selection and marks the claim that is chosen.

    ``date_edit_requested`` (article id) asks for the date of publication to be put right,
    ``fetch_requested`` (article id) for the page of an address, ``versions_requested`` (article
    id) for what changed in it, ``failed`` carries a ``DossierError`` of an article that could not
    be read.
    """

    date_edit_requested = Signal(int)
    fetch_requested = Signal(int)
    versions_requested = Signal(int)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.article_id: int | None = None
        self._text = ""
        self._blocks: tuple[Block, ...] = ()
        self._times: tuple[Span, ...] = ()
        self._broken: list[str] = []
        self._claims = ClaimsAt(())
        self.text = ArticleText(session)
        self.find_bar = FindBar(self.text, session)
        self.correcting = Correcting(self)
        self._title = self._label(Size.HEADING, strong=True)
        self._about = self._label(Size.CAPTION)
        self._warning = self._label(Size.CAPTION)
        self.date_button = DateButton(session)
        self.date_button.asked.connect(self.date_edit_requested)
        self.fetch_button = QPushButton()
        self.fetch_button.setProperty("main", True)
        self.versions_button = VersionsButton(session)
        self.versions_button.asked.connect(self.versions_requested)
        self.marks_button = self._toggle(self.tr("Claims"), self.tr("Mark the claims"), True)
        self.times_button = self._toggle(self.tr("Times"), self.tr("Mark what tells a time"), False)
        self.find_button = QToolButton()
        self.find_button.setText(self.tr("Find"))
        self.find_button.setProperty("plain", True)
        self.find_button.setToolTip(self.tr("Find in this article (Ctrl+F)"))
        self._empty = self._label(Size.BODY)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        self._empty.setText(self.tr("Choose a claim, an event or an article to read it here."))
        self._arrange()
        self._connect()
        self._dress()
        self._follow(session.selection)

    def _label(self, size: Size, *, strong: bool = False) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(font(size, strong=strong))
        return label

    def _toggle(self, text: str, tooltip: str, on: bool) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("plain", True)
        button.setToolTip(tooltip)
        button.setAccessibleName(tooltip)
        button.setCheckable(True)
        button.setChecked(on)
        button.toggled.connect(self._mark)
        return button

    def _arrange(self) -> None:
        self._page = QWidget()
        # First among the children: who comes to this panel by key wants the text.
        self.text.setParent(self._page)
        self.setFocusProxy(self.text)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.date_button)
        tools.addStretch(1)
        for button in (self.marks_button, self.times_button, self.find_button):
            button.setFont(font(Size.CAPTION))
            tools.addWidget(button)
        self.date_button.setFont(font(Size.CAPTION))
        self.versions_button.setFont(font(Size.CAPTION))
        head = QVBoxLayout()
        head.setContentsMargins(14, 10, 14, 6)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._about)
        head.addWidget(self.versions_button, 0, Qt.AlignmentFlag.AlignLeft)
        head.addLayout(tools)
        head.addWidget(self._warning)
        head.addWidget(self.fetch_button, 0, Qt.AlignmentFlag.AlignLeft)
        page = self._page_layout = QVBoxLayout(self._page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(self.find_bar)
        page.addWidget(self.text, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._page)

    def _connect(self) -> None:
        session = self.session
        session.selection_changed.connect(self._follow)
        session.data_changed.connect(self._on_data)
        session.dossier_changed.connect(lambda: self._show(None))
        session.theme_changed.connect(self._on_theme)
        session.filter_changed.connect(self._seek)
        self.text.pointed.connect(self._on_pointed)
        self.text.hovered.connect(self._on_hovered)
        self.correcting.failed.connect(self.failed)
        self.find_button.clicked.connect(self.find_bar.ask)
        self.fetch_button.clicked.connect(self._ask_for_page)

    @property
    def canonical_text(self) -> str:
        """The text of the article that is shown, which all offsets count in."""
        return self._text

    # ------------------------------------------------------------------ which article

    def _follow(self, selection: Selection) -> None:
        """Show the article of what is chosen, and its passage."""
        if selection.article_id is not None and selection.article_id != self.article_id:
            self._show(selection.article_id)
        if self.article_id is None or selection.article_id not in (None, self.article_id):
            return
        self._emphasise(selection)

    def show_selected(self) -> None:
        """Bring the passage of what is chosen back into view, and the keyboard to it."""
        self._follow(self.session.selection)
        self.text.setFocus()

    def _emphasise(self, selection: Selection) -> None:
        claim = self._claim(selection.claim_id)
        self.versions_button.show_claim(claim)
        if claim is not None and claim.gone_from is not None:
            self.text.clear_outline()
            return
        if claim is not None and claim.article_id == self.article_id:
            start, end = hull_of(claim)
            side = claim.side
        elif selection.span is not None and selection.article_id == self.article_id:
            start, end, side = selection.span.start, selection.span.end, SideKey.NONE
        else:
            self.text.clear_outline()
            return
        if end > start and end <= len(self._text):
            self.text.outline(start, end, side)
            self.text.show_passage(start, end)

    def _claim(self, claim_id: int | None) -> ClaimRow | None:
        try:
            return None if claim_id is None else self.session.claim(claim_id)
        except KeyError:
            return None

    def _show(self, article_id: int | None) -> None:
        article = self._article(article_id)
        dossier = self.session.dossier
        self.article_id = None
        self._text, self._blocks, self._times, self._broken = "", (), (), []
        if article is not None and dossier is not None:
            try:
                self._text = dossier.article_text(article.id)
                self._blocks = dossier.article_blocks(article.id)
                self._times = tuple(row.span for row in dossier.times(article.id))
                self._broken = dossier.broken_spans(article.id)
            except DossierError as error:
                self.failed.emit(error)
                article = None
            else:
                self.article_id = article.id
        self._pages.setCurrentWidget(self._empty if article is None else self._page)
        if article is not None:
            self._describe(article)
        counted_alike = self.text.show_text(self._text, self._stretches())
        if article is not None:
            self._warn(counted_alike)
            # Scrolling to a passage needs the size that the text will have.
            self._pages.activate()
            self._page_layout.activate()
        self._seek()
        self.find_bar.search_in(self._text)

    def _seek(self, _: object = None) -> None:
        """Mark what the dossier is searched for."""
        self.text.show_sought(found_of(self.session.filter.text).ranges(self._text))

    def _article(self, article_id: int | None) -> ArticleRow | None:
        try:
            return None if article_id is None else self.session.article(article_id)
        except KeyError:
            return None

    def _describe(self, article: ArticleRow) -> None:
        self._title.setText(article.title or article.file)
        self._offer_page(article)
        self.versions_button.show_article(article)
        parts = (article.outlet, article.byline, article.file if article.title else "")
        self._about.setText(" · ".join(part for part in parts if part))
        self._about.setVisible(bool(self._about.text()))
        self.date_button.show_article(article)

    def _offer_page(self, article: ArticleRow) -> None:
        """An article that is only an address can be fetched, by this button and never else."""
        address = address_of(article)
        dossier = self.session.dossier
        self.fetch_button.setVisible(bool(address))
        self.fetch_button.setEnabled(dossier is not None and not dossier.read_only)
        self.fetch_button.setText(fetch_in_words(address))
        self.fetch_button.setToolTip(
            self.tr("Asks this one page of the network, once:\n{address}").format(address=address)
        )

    def _warn(self, counted_alike: bool) -> None:
        """Say so where a mark does not fit the text: it is not drawn anywhere else instead."""
        claims = self.claims_here()
        broken = [f"“{span.exact}”" for span in not_holding(self._text, claims)]
        count = max(len(broken), len(self._broken))
        words = ""
        if count == 1:
            words = self.tr("1 mark does not fit this text and is not shown.")
        elif count:
            words = self.tr("{count} marks do not fit this text and are not shown.").format(
                count=count
            )
        if not counted_alike:
            words = f"{words} ".lstrip() + self.tr(
                "The text holds characters that cannot be shown; marks may be off."
            )
        self._warning.setText(words)
        self._warning.setToolTip("\n".join((self._broken or broken)[:20]))
        self._warning.setVisible(bool(words))

    # ------------------------------------------------------------------ marks

    def claims_here(self) -> list[ClaimRow]:
        """The claims of the article that is shown, as far as its present text has them."""
        if self.article_id is None:
            return []
        claims = self.session.claims_of_article(self.article_id)
        return [claim for claim in claims if claim.gone_from is None]

    def _stretches(self) -> list[Stretch]:
        claims = self.claims_here()
        self._claims = ClaimsAt(claims)
        return stretches_of(
            self._text,
            claims if self.marks_button.isChecked() else [],
            self._blocks,
            self._times if self.times_button.isChecked() else (),
        )

    def _mark(self) -> None:
        self.text.show_stretches(self._stretches())

    def _on_data(self, changes: Changes) -> None:
        if self.article_id is None:
            self._follow(self.session.selection)
            return
        article = self._article(self.article_id)
        if article is None or changes.articles:
            # Its text or date may be another one now.
            self._show(self.article_id)
            self._follow(self.session.selection)
        elif changes.claims or changes.sides or changes.actors:
            self.text.dress()
            self._mark()
            self._warn(True)
            self._emphasise(self.session.selection)

    def _on_theme(self) -> None:
        self._dress()
        self.text.dress()
        article = self._article(self.article_id)
        if article is not None:
            self._describe(article)

    def _dress(self) -> None:
        theme = self.session.theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, theme.panel)
        palette.setColor(QPalette.ColorRole.Base, theme.panel)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.WindowText, theme.text)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self.text.setPalette(palette)
        # Under a style sheet the viewport keeps the palette that it was made with.
        self.text.viewport().setPalette(palette)
        for label, color in (
            (self._title, theme.text),
            (self._about, theme.muted),
            (self._empty, theme.muted),
            (self._warning, theme.dispute),
        ):
            palette.setColor(QPalette.ColorRole.WindowText, color)
            label.setPalette(palette)

    # ------------------------------------------------------------------ doing

    def _on_pointed(self, point: int) -> None:
        """Choose the claim under the pointer; a second click goes out to the one around it."""
        here = self._claims.at(point)
        if not here:
            return
        chosen = self.session.selection.claim_id
        place = here.index(chosen) + 1 if chosen in here else 0
        claim = self.session.claim(here[place % len(here)])
        span = claim.content_spans[0] if claim.content_spans else claim.cue_span
        self.session.select(
            Selection(claim.event_id, claim.id, claim.article_id, span), origin=self
        )

    def _on_hovered(self, point: int) -> None:
        here = self._claims.at(point) if point >= 0 else []
        claim = self._claim(here[0]) if here else None
        words = ""
        if claim is not None:
            words = spoken(self.session, claim, relations_of(self.session, claim))
        self.text.viewport().setToolTip(words)
        self.text.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if here else Qt.CursorShape.IBeamCursor
        )

    def _ask_for_page(self) -> None:
        if self.article_id is not None:
            self.fetch_requested.emit(self.article_id)

    # ------------------------------------------------------------------ Qt

    def event(self, event: QEvent) -> bool:
        # Here "find" is in this article; the window's own key of that name searches everything.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.article_id is not None
            and event.matches(QKeySequence.StandardKey.Find)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.article_id is not None and event.matches(QKeySequence.StandardKey.Find):
            self.find_bar.ask()
        else:
            super().keyPressEvent(event)
