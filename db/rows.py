"""Plain rows that the database hands to the windows: no models, no lazy queries.

Times are naive ``datetime`` in the text's own local time; ``None`` where unknown. Ids are the
dossier's own and stable: a re-assembly keeps the id of a claim, an actor and (by the claims it
shares) an event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from extraction.model import (
    DateBasis,
    EntityKind,
    EventType,
    Form,
    FuzzyInterval,
    Precision,
    Quantity,
    RelationType,
    SideKey,
    Span,
    SpeechAct,
    Verification,
)


class ReviewState(StrEnum):
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


class Status(StrEnum):
    """Derived from the relations; recomputed, never stored as truth."""

    ASSERTED = "asserted"
    DENIED = "denied"
    DISPUTED = "disputed"
    ADMITTED = "admitted"
    CONFIRMED = "confirmed"
    UNVERIFIED = "unverified"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    SUPERSEDED = "superseded"


class Reliability(StrEnum):
    """How reliable a source is: the letters of the Admiralty code."""

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


CREDIBILITIES = range(1, 7)
"""How credible a piece of information is: the figures of the Admiralty code, 1 the best."""


@dataclass(frozen=True, slots=True)
class SideRow:
    """``color_light`` and ``color_dark`` are ``#RRGGBB`` or empty for the theme's own colour."""

    key: SideKey
    name: str
    color_light: str
    color_dark: str
    actor_count: int
    claim_count: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorRow:
    id: int
    key: str
    name: str
    kind: EntityKind
    side: SideKey
    side_by_user: bool
    aliases: tuple[str, ...]
    member_of: int | None
    claim_count: int
    reasons: tuple[str, ...]
    reliability: Reliability | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """``reliability`` is a person's word on its outlet; ``version`` is above 1 if it changed.

    ``undecided`` counts changes between its versions that wait for a person.
    """

    id: int
    document_id: int
    key: str
    file: str
    title: str
    outlet: str
    byline: str
    language: str
    published_start: datetime | None
    published_end: datetime | None
    published_precision: Precision
    published_basis: DateBasis
    published_assumed: tuple[str, ...]
    published_reasons: tuple[str, ...]
    claim_count: int
    warnings: tuple[str, ...]
    reliability: Reliability | None = None
    version: int = 1
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with everything that a card, a mark or the inspector shows of it.

    ``content`` is the content's spans joined with an ellipsis. ``when`` is the time of what is
    claimed, ``said`` the time of saying. ``status`` is derived; ``disputed_by`` counts the
    claims that deny or contradict it. ``starred``, ``note`` and ``credibility`` (1 to 6) are a
    person's own. ``gone_from`` is the number of the article's last revision that holds it, where
    the present one no longer does: its spans are of that text. ``changed`` says that it is
    ``reworded`` or ``added`` since the version before the present one.
    """

    id: int
    article_id: int
    event_id: int | None
    actor_id: int | None
    speaker: str
    side: SideKey
    speech_act: SpeechAct
    form: Form
    content: str
    source_span: Span | None
    cue_span: Span
    content_spans: tuple[Span, ...]
    when: FuzzyInterval | None
    when_span: Span | None
    said: FuzzyInterval | None
    places: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    verification: Verification
    verification_span: Span | None
    nested_in: int | None
    review: ReviewState
    status: Status
    disputed_by: int
    reasons: tuple[str, ...]
    starred: bool = False
    note: str = ""
    credibility: int | None = None
    gone_from: int | None = None
    changed: ChangeKind | None = None


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim that a person found in an article; ``contents`` are its words there.

    ``actor_id`` is who speaks, if the dossier knows them; ``speaker`` is how they are called.
    """

    article_id: int
    contents: tuple[Span, ...]
    speaker: str
    side: SideKey
    act: SpeechAct
    form: Form = Form.INDIRECT
    actor_id: int | None = None
    event_id: int | None = None
    when: FuzzyInterval | None = None
    said: FuzzyInterval | None = None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A sentence in the outlet's own voice that tells of an event."""

    article_id: int
    event_id: int
    span: Span
    when: FuzzyInterval | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """``claim_ids`` in order of saying; ``mentions`` is the outlet's own narration."""

    id: int
    label: str
    type: EventType
    when: FuzzyInterval | None
    places: tuple[str, ...]
    participants: tuple[tuple[str, str], ...]
    claim_ids: tuple[int, ...]
    mentions: tuple[MentionRow, ...]
    disputed: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Read "``source_id`` ``type`` ``target_id``" (claim ids)."""

    id: int
    type: RelationType
    source_id: int
    target_id: int
    score: float
    possible: bool
    review: ReviewState
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeRow:
    """An expression of time in an article, with its TIMEX3 type and value."""

    article_id: int
    span: Span
    type: str
    value: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DossierCounts:
    articles: int
    claims: int
    events: int
    relations: int
    to_review: int


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A file that was not taken: ``code`` as in ``UnreadableDocument`` or ``duplicate``."""

    file: str
    code: str
    detail: str


class ChangeKind(StrEnum):
    """What became of a claim in the next revision of its article."""

    KEPT = "kept"
    MOVED = "moved"
    REWORDED = "reworded"
    GONE = "gone"
    ADDED = "added"


class Verdict(StrEnum):
    """What a person says of a change: go along with the newer version, or stay with the earlier."""

    NEWER = "newer"
    EARLIER = "earlier"


TO_DECIDE = frozenset({ChangeKind.REWORDED, ChangeKind.GONE, ChangeKind.ADDED})
"""Changes that are more than of place."""


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim in two revisions of its article; the words with source and cue, empty where none.

    The ids are of claims that the dossier still holds; the cues are where they begin in either
    text. ``verdict`` is what a person decided.
    """

    kind: ChangeKind
    old_claim: int | None
    new_claim: int | None
    old_words: str
    new_words: str
    old_cue: int | None = None
    new_cue: int | None = None
    verdict: Verdict | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return self.kind in TO_DECIDE and self.verdict is None


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One revision of an article; ``imported`` is when its document came."""

    number: int
    document_id: int | None
    file: str
    title: str
    imported: datetime | None
    current: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """What newly read documents are, by key (SHA-256), to articles by their present keys.

    ``changed`` are other versions, in the order in which they follow each other; ``same`` are
    other files with the same text; ``earlier`` are versions before the one that is held.
    """

    changed: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN = Recognised()


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What one import did; it is kept in the dossier and can be shown again.

    ``added`` are new articles, ``changed`` those that got a new revision, ``earlier`` those of
    which an older version was found.
    """

    id: int
    started: datetime
    added: tuple[int, ...]
    duplicates: tuple[ImportProblem, ...]
    problems: tuple[ImportProblem, ...]
    cancelled: bool
    changed: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a step did to rows ``first`` to ``last`` of a table; ``op`` is insert, update or delete.

    ``before`` and ``after`` are JSON: the columns that differ, or whole rows; empty where the
    rows themselves tell.
    """

    step_id: int
    table: str
    op: str
    first: int
    last: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One named step of the revision log."""

    id: int
    label: str
    who: str
    at: datetime
    undone: bool
