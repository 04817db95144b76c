"""The plain data that passes between the layers.

Three stages, each with its own records:

* ``Document`` (bytes as dropped) becomes ``Article`` (canonical text with its metadata);
* ``Article`` becomes ``ArticleReading``: what can be known from that article alone, with
  entities and indices that are local to it. It is made in a worker process and is kept in the
  dossier, so that it can be assembled again without reading the article again;
* all ``ArticleReading`` of a dossier become one ``Reading``: actors, sides, claims, events and
  relations that hold across articles.

All records are frozen, hold only plain values and can be encoded with ``msgspec``. Every offset
counts Unicode code points of the canonical text of the article it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# --------------------------------------------------------------------------- vocabulary


class SideKey(StrEnum):
    """Where a voice stands in the dispute."""

    A = "A"
    B = "B"
    THIRD = "third"
    BOTH = "both"
    NONE = "none"


class Form(StrEnum):
    """How content is reported (PolNeAR's classes)."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeechAct(StrEnum):
    ASSERTS = "asserts"
    ALLEGES = "alleges"
    DENIES = "denies"
    ADMITS = "admits"
    CONFIRMS = "confirms"
    DEMANDS = "demands"
    REJECTS = "rejects"
    CONDEMNS = "condemns"
    OFFERS = "offers"
    THREATENS = "threatens"
    ANNOUNCES = "announces"
    EXPRESSES = "expresses"
    RETRACTS = "retracts"
    CORRECTS = "corrects"
    DECLINES = "declines"


class EventType(StrEnum):
    """PLOVER's event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class RelationType(StrEnum):
    SAME_EVENT = "same-event"
    RESTATES = "restates"
    CONFIRMS = "confirms"
    CORROBORATES = "corroborates"
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    ADMITS = "admits"
    ANSWERS = "answers"
    COUNTER_ACCUSES = "counter-accuses"
    UPDATES = "updates"
    CORRECTS = "corrects"
    RETRACTS = "retracts"


class Verification(StrEnum):
    """What the article itself says of a claim."""

    NONE = "none"
    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"


class Precision(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part-of-day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class TimexType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class DateBasis(StrEnum):
    """What a date of publication rests on."""

    USER = "user"
    METADATA = "metadata"
    DATELINE = "dateline"
    TEXT = "text"
    FILE = "file"
    NONE = "none"


class EntityKind(StrEnum):
    PERSON = "person"
    BODY = "body"  # ministry, army, company, union, court, outlet
    STATE = "state"  # a country, territory or other polity that can act
    GROUP = "group"  # "protesters", "residents", "the rebels"
    PLACE = "place"  # a place that does not act
    UNKNOWN = "unknown"


class Scope(StrEnum):
    """What a quantity counts over. Figures of different scope are never compared."""

    EVENT = "event"
    DAY = "day"
    CUMULATIVE = "cumulative"


class BlockKind(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    METADATA = "metadata"  # front matter lines
    BOILERPLATE = "boilerplate"  # shown, searchable, never read as a claim


# --------------------------------------------------------------------------- time and text


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``[start, end)`` in a canonical text, with the exact string found there."""

    start: int
    end: int
    exact: str = field(compare=False)

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of its text."""
        return cls(start, end, text[start:end])

    def holds_in(self, text: str) -> bool:
        """Whether the record still fits its text; if not, it is broken and must be shown so."""
        return text[self.start : self.end] == self.exact

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class FuzzyInterval:
    """Earliest start to latest end, both inclusive, naive local time of the text.

    A day is ``00:00`` to ``23:59``. ``open_start`` and ``open_end`` say that the bound is only
    what is known ("since", "by", "for a second day": it may have begun before or gone on after).
    ``basis`` says in short words where it came from.
    """

    earliest: datetime
    latest: datetime
    precision: Precision
    open_start: bool = False
    open_end: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time with its TIMEX3 value.

    ``interval`` is ``None`` for durations, sets and references without a place on the calendar.
    ``anchor`` says what a relative expression was counted from.
    """

    span: Span
    type: TimexType
    value: str
    mod: str | None = None
    interval: FuzzyInterval | None = None
    anchor: str = ""


# --------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Container:
    """A file that a document was taken out of: an archive, a mailbox, a table of articles.

    ``member`` says in a person's words which part of it ("letters/3.eml", "message 12").
    """

    name: str
    sha256: str
    member: str


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes as dropped: evidence, never changed.

    ``within`` names what the document was taken out of, the outermost file first; then ``data``
    are the bytes of that part alone, which can be read again without the rest.
    """

    name: str
    data: bytes
    sha256: str
    mime: str
    modified: datetime | None = None
    path: str | None = None
    within: tuple[Container, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published and what that rests on.

    ``assumed`` names the parts that are a guess (``"year"``); ``reasons`` says why, in words.
    ``start`` and ``end`` are ``None`` where nothing is known.
    """

    start: datetime | None
    end: datetime | None
    precision: Precision
    basis: DateBasis
    assumed: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the canonical text with its role; blocks are in order and do not overlap."""

    start: int
    end: int
    kind: BlockKind
    reason: str = ""


class PartKind(StrEnum):
    PAGE = "page"  # of a PDF
    CHAPTER = "chapter"  # a file of an EPUB
    ENTRY = "entry"  # of a live blog
    NOTE = "note"  # a footnote or endnote


@dataclass(frozen=True, slots=True)
class Part:
    """Where a stretch of the canonical text stands in the document, or an entry kept apart.

    ``label`` is the page's number, the chapter's file, the note's number or the entry's headline;
    ``when`` is when an entry was posted, as naive local time of the page.
    """

    start: int
    end: int
    kind: PartKind
    label: str
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What was read from a document. ``key`` is the SHA-256 of the document's bytes.

    ``changed`` is when the document says that it was last changed. ``grounds`` are (field, basis)
    pairs that say what title, outlet, byline, language and address rest on ("meta og:title").
    """

    key: str
    file: str
    mime: str
    text: str
    blocks: tuple[Block, ...]
    published: Published
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    warnings: tuple[str, ...] = ()
    changed: Published | None = None
    grounds: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    within: tuple[Container, ...] = ()


# --------------------------------------------------------------------------- reading one article


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted thing: "at least 21 civilians killed" is low 21, high ``None``.

    ``measure`` is a lexicon key (``killed``, ``injured``, ``missiles`` …) or the noun's lemma.
    ``bearer`` is the words that say whose ("civilians", "Armenian soldiers").
    ``part_of`` is the index of the whole this figure is included in, within the same list.
    """

    measure: str
    low: float | None
    high: float | None
    span: Span
    approximate: bool = False
    scope: Scope = Scope.EVENT
    bearer: str | None = None
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that an article names; ``id`` is its index in the article.

    ``name`` is the fullest form found, ``aliases`` the others. ``description`` is the title or
    apposition. ``member_of`` is the entity whose side it shares (its state, its employer);
    ``bond`` says how firmly: ``office`` (acts for it), ``ally`` (declared), ``nation`` (comes from
    there). ``parts`` are the entities of several that are named together ("A, B and C").
    """

    id: int
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    description: str = ""
    member_of: int | None = None
    reasons: tuple[str, ...] = ()
    bond: str = ""
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to an entity. ``form`` is ``name``, ``nominal`` or ``pronoun``."""

    span: Span
    entity: int
    form: str


@dataclass(frozen=True, slots=True)
class Happening:
    """An event mention: a predicate with its participants, as one sentence states it.

    ``lemma`` is the trigger's lexicon entry ("shell", "target"), ``agent`` and ``patient`` are
    entity ids. ``negated`` covers the predicate itself. ``modality`` is ``actual``, ``wanted``
    (demanded, offered), ``feared`` (threatened, warned of) or ``planned``. ``family`` is the
    trigger's class in the lexicon of happenings ("shelling"), ``target`` the words for what it
    was done to, whether or not they name an entity; ``verbal`` tells "shelled" from "the shelling",
    which is ``definite``: it points at one told of before. ``origins`` are places that it came
    from ("fired from"), which are none of ``places``. ``theirs`` says that "they" did it in the
    words of a speaker who would say "we" of his own. ``cause`` is what is said to have caused it,
    ``limited`` that it was done "only" to what is named.
    """

    trigger: Span
    lemma: str
    type: EventType
    agent: int | None = None
    patient: int | None = None
    places: tuple[str, ...] = ()
    when: FuzzyInterval | None = None
    negated: bool = False
    modality: str = "actual"
    weapons: tuple[str, ...] = ()
    family: str = ""
    target: str = ""
    verbal: bool = True
    definite: bool = False
    origins: tuple[str, ...] = ()
    theirs: bool = False
    cause: str = ""
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content (PARC and PolNeAR's terms) with all that hangs on them.

    ``act`` is what cue, frame and words say, before sides are known. ``targets`` are the entities
    that are accused, addressed or demanded of. ``when`` is when the content happened, ``said``
    when it was said; either may be unknown. ``nested_in`` is the index of the attribution whose
    content this one stands in. ``general`` marks a denial with a general object, which covers
    every claim it fits ("denied that any well was poisoned").
    """

    index: int
    source: Span | None
    cue: Span
    cue_lemma: str
    contents: tuple[Span, ...]
    form: Form
    act: SpeechAct
    entity: int | None = None
    targets: tuple[int, ...] = ()
    nested_in: int | None = None
    when: FuzzyInterval | None = None
    when_span: Span | None = None
    said: FuzzyInterval | None = None
    places: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    verification: Verification = Verification.NONE
    verification_span: Span | None = None
    happenings: tuple[Happening, ...] = ()
    general: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Narration:
    """A sentence in the outlet's own voice that tells of an event: no party's claim."""

    index: int
    span: Span
    happenings: tuple[Happening, ...]
    when: FuzzyInterval | None = None
    when_span: Span | None = None
    places: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that one article gives by itself."""

    article: Article
    sentences: tuple[Span, ...]
    times: tuple[TimeExpression, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    narrations: tuple[Narration, ...]
    rules_version: int = 1


# --------------------------------------------------------------------------- reading a dossier


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or body over the whole dossier. ``key`` is stable: the folded fullest name.

    ``bond`` and ``parts`` as in ``Entity``, with actor keys.
    """

    key: str
    name: str
    kind: EntityKind
    side: SideKey
    aliases: tuple[str, ...] = ()
    member_of: str | None = None
    reasons: tuple[str, ...] = ()
    bond: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A party of the dossier; ``principals`` are the actor keys that it was found from."""

    key: SideKey
    name: str
    principals: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's content about one event; ``attribution`` holds the spans.

    ``id`` counts from 1 over the dossier. ``speech_act`` is the attribution's act refined by the
    sides (an accusation blames the other side, an admission one's own). ``nested_in`` is a claim
    id of the same article.
    """

    id: int
    article: str
    attribution: Attribution
    actor: str | None
    side: SideKey
    speech_act: SpeechAct
    event: int | None
    nested_in: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventMention:
    """Where an article tells of an event in its own voice: ``narration`` is the index there."""

    article: str
    narration: int


@dataclass(frozen=True, slots=True)
class Event:
    """What claims and narration are about. ``participants`` are (actor key, role) pairs."""

    id: int
    label: str
    type: EventType
    when: FuzzyInterval | None
    places: tuple[str, ...] = ()
    participants: tuple[tuple[str, str], ...] = ()
    claims: tuple[int, ...] = ()
    mentions: tuple[EventMention, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """Between two claims, read "``source`` ``type`` ``target``" (claim ids).

    ``possible`` marks one below the threshold of certainty: it is shown as possible.
    """

    type: RelationType
    source: int
    target: int
    score: float
    reasons: tuple[str, ...] = ()
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole dossier, assembled."""

    articles: tuple[ArticleReading, ...]
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person has decided; it binds the assembly.

    ``sides`` fixes which party is A and which is B (and their names), ``actor_sides`` binds an
    actor key to a side, ``rejected`` lists claims as (article key, attribution index). ``shown``
    is no decision: the sides as last shown, so that the same parties keep their letters.
    """

    sides: tuple[Side, ...] = ()
    actor_sides: tuple[tuple[str, SideKey], ...] = ()
    rejected: tuple[tuple[str, int], ...] = ()
    shown: tuple[Side, ...] = ()


class UnreadableDocument(Exception):
    """A document that cannot be read: ``reason`` is a code, ``detail`` what a person can use.

    Codes: ``missing unreadable empty binary too-large encoding unsupported broken timeout``
    ``bomb nested locked no-text-layer pages no-articles``.
    """

    def __init__(self, name: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{name}: {reason} {detail}".strip())
        self.name = name
        self.reason = reason
        self.detail = detail
