"""For the tests of the window: one application in the light theme, an empty session."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from db import Dossier
from db.rows import (
    ActorRow,
    ArticleRow,
    ClaimRow,
    EventRow,
    RelationRow,
    ReviewState,
    SideRow,
    Status,
)
from desktop import theme
from desktop.session import Rows, Session
from extraction.documents import read_document
from extraction.model import (
    DateBasis,
    Document,
    EntityKind,
    EventType,
    Form,
    FuzzyInterval,
    Precision,
    RelationType,
    SideKey,
    Span,
    SpeechAct,
    Verification,
)
from extraction.pipeline import assemble, read_article
from tests.desktop.comparison.dispute import Dispute, Paper, dispute


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["claimline"]


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The application, themed as at a first start."""
    if not qapp.styleSheet():
        theme.apply(qapp, theme.load("light"))
    return qapp


@pytest.fixture
def session(app: QApplication) -> Session:
    return Session(theme.load("light"))


DAY = datetime(2031, 3, 4)


def _span(exact: str) -> Span:
    return Span(0, len(exact), exact)


def make_claim(number: int, **changes: Any) -> ClaimRow:
    """A claim of an invented dispute; ``changes`` are fields of it."""
    claim = ClaimRow(
        id=number,
        article_id=1,
        event_id=1,
        actor_id=1,
        speaker="Velmark's ministry",
        side=SideKey.A,
        speech_act=SpeechAct.ALLEGES,
        form=Form.INDIRECT,
        content="that the dam was shelled",
        source_span=None,
        cue_span=_span("said"),
        content_spans=(_span("that the dam was shelled"),),
        when=FuzzyInterval(DAY, DAY + timedelta(hours=23, minutes=59), Precision.DAY),
        when_span=None,
        said=None,
        places=(),
        quantities=(),
        verification=Verification.NONE,
        verification_span=None,
        nested_in=None,
        review=ReviewState.SUGGESTED,
        status=Status.DISPUTED,
        disputed_by=1,
        reasons=(),
    )
    return replace(claim, **changes)


def make_rows() -> Rows:
    """Two sides, three actors, two articles, four claims about two events."""
    article = ArticleRow(
        id=1,
        document_id=1,
        key="0" * 64,
        file="dam.txt",
        title="The dam <b>breaks</b>",
        outlet="The Ferry Post",
        byline="",
        language="en",
        published_start=DAY,
        published_end=DAY,
        published_precision=Precision.DAY,
        published_basis=DateBasis.TEXT,
        published_assumed=("year",),
        published_reasons=("the latest day that the text names",),
        claim_count=3,
        warnings=(),
    )
    actor = ActorRow(
        id=1,
        key="velmark ministry",
        name="Velmark's ministry",
        kind=EntityKind.BODY,
        side=SideKey.A,
        side_by_user=False,
        aliases=("the ministry",),
        member_of=None,
        claim_count=2,
        reasons=("possessive of 'Velmark'",),
    )
    event = EventRow(
        id=1,
        label="Shelling of the dam",
        type=EventType.ASSAULT,
        when=FuzzyInterval(DAY, DAY + timedelta(hours=23, minutes=59), Precision.DAY),
        places=(),
        participants=(),
        claim_ids=(2, 1, 4),
        mentions=(),
        disputed=True,
        reasons=(),
    )
    return Rows(
        articles=(
            article,
            replace(article, id=2, file="b.txt", title="", published_assumed=(), claim_count=1),
        ),
        sides=(
            SideRow(SideKey.A, "Velmark", "", "", 1, 2, ("accuses Ostrana",)),
            SideRow(SideKey.B, "Ostrana", "#006600", "#88FF88", 1, 1, ()),
            SideRow(SideKey.THIRD, "", "", "", 1, 1, ()),
        ),
        actors=(
            actor,
            replace(actor, id=2, key="o", name="Ostrana's army", side=SideKey.B, claim_count=1),
            replace(actor, id=3, key="u", name="The union", side=SideKey.THIRD, claim_count=1),
        ),
        claims=(
            make_claim(1),
            make_claim(2, side=SideKey.B, actor_id=2, status=Status.ADMITTED),
            make_claim(3, event_id=2, when=None, review=ReviewState.ACCEPTED, content="of a flood"),
            make_claim(
                4,
                side=SideKey.THIRD,
                actor_id=3,
                article_id=2,
                status=Status.ASSERTED,
                disputed_by=0,
            ),
        ),
        events=(event, replace(event, id=2, claim_ids=(3,), label="Flood")),
        relations=(
            RelationRow(1, RelationType.DENIES, 2, 1, 0.9, False, ReviewState.SUGGESTED, ("r",)),
        ),
    )


@pytest.fixture
def rows() -> Rows:
    return make_rows()


@pytest.fixture
def filled(session: Session, rows: Rows) -> Session:
    """A session that shows the invented dispute, with no database behind it."""
    session.show_rows(rows)
    return session


@pytest.fixture
def made() -> Dispute:
    return dispute()


@pytest.fixture
def paper(session: Session, made: Dispute) -> Paper:
    """The session shows the dispute; texts come from here, decisions are noted here."""
    paper = Paper(made)
    dossier: Any = paper
    session.dossier = dossier
    session.show_rows(made.rows())
    return paper


TEXT = """Published: 2031-03-05

Karsk's Defense Ministry said Dolmian forces shelled the town of Veln on March 4. Dolmia's \
Defense Ministry denied shelling Veln. "No shell was fired," Dolmia's Defense Ministry said.
"""


@contextmanager
def opened_on(session: Session, text: str, path: Path) -> Iterator[Session]:
    """A session with a dossier of one article, read by the real reader."""
    data = text.encode()
    document = Document("veln.txt", data, hashlib.sha256(data).hexdigest(), "text/plain")
    reading = read_article(read_document(document))
    dossier = Dossier.create(path)
    dossier.record_import(
        [(document, reading)], assemble([reading]), [], started=datetime(2031, 3, 6)
    )
    session.open(dossier)
    yield session
    session.open(None)


@pytest.fixture
def opened(session: Session, tmp_path: Path) -> Iterator[Session]:
    with opened_on(session, TEXT, tmp_path / "veln.claimline") as shown:
        yield shown
