"""The tables of a dossier.

The models are not bound to a database: several dossiers may be open at once, so each query is
executed on a connection of the dossier it is meant for (``db.connection``). Reads take Peewee's
queries and raw tuples; writes go through ``db.journal`` and nowhere else, because only there
are they recorded for undo.

Times are ISO 8601 text, lists are JSON text. Foreign keys are checked when a transaction ends,
so that rows can be written, taken back and redone in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import peewee as pw


def _refers(to: Any, **options: Any) -> Any:
    return pw.ForeignKeyField(
        to, backref="+", index=True, deferrable="INITIALLY DEFERRED", **options
    )


class Table(pw.Model):
    id = pw.AutoField()

    class Meta:
        legacy_table_names = False


class WithWhen(Table):
    """A fuzzy interval; all five are null where nothing is known."""

    when_earliest = pw.TextField(null=True)
    when_latest = pw.TextField(null=True)
    when_precision = pw.TextField(null=True)
    when_open = pw.IntegerField(null=True)
    when_basis = pw.TextField(null=True)


class WithSpan(Table):
    start = pw.IntegerField()
    stop = pw.IntegerField()
    exact = pw.TextField()


class Setting(Table):
    name = pw.TextField(unique=True)
    value = pw.TextField()


class Content(Table):
    """Bytes by their hash: documents as dropped, readings as JSON. Never changed.

    Not part of the undo log: taking back an import leaves them for the redo. They go when
    nothing refers to them any more. ``size`` is that of the bytes before ``codec``.
    """

    sha256 = pw.TextField(unique=True)
    codec = pw.TextField()
    size = pw.IntegerField()
    data = pw.BlobField()


class ImportRun(Table):
    started = pw.TextField()
    finished = pw.TextField()
    cancelled = pw.IntegerField()


class ImportProblem(Table):
    """``import`` is a word of Python's."""

    run = _refers(ImportRun)
    ordinal = pw.IntegerField()
    file = pw.TextField()
    code = pw.TextField()
    detail = pw.TextField()


class Document(Table):
    run = _refers(ImportRun)
    content = _refers(Content)
    name = pw.TextField()
    sha256 = pw.TextField(unique=True)
    mime = pw.TextField()
    modified = pw.TextField(null=True)


class Article(Table):
    """``revision_id`` is the current one; each needs the other, so no foreign key."""

    document = _refers(Document)
    revision_id = pw.IntegerField()
    key = pw.TextField(unique=True)
    file = pw.TextField()


class ArticleRevision(Table):
    """The canonical text, immutable, with what was read from it. ``reading`` has no text."""

    article = _refers(Article)
    number = pw.IntegerField()
    text = pw.TextField()
    title = pw.TextField(null=True)
    outlet = pw.TextField(null=True)
    byline = pw.TextField(null=True)
    language = pw.TextField(null=True)
    published_start = pw.TextField(null=True)
    published_end = pw.TextField(null=True)
    published_precision = pw.TextField()
    published_basis = pw.TextField()
    published_assumed = pw.TextField()
    published_reasons = pw.TextField()
    warnings = pw.TextField()
    rules_version = pw.IntegerField()
    reading = _refers(Content)


class ArticleDocument(Table):
    """A document that an article was read from. Older dossiers lack rows: the article has it.

    ``number`` is that of the revision it gave, 0 where the article had its text already;
    ``place`` says where it lay (``db.encoding.place_of``).
    """

    document = pw.ForeignKeyField(
        Document, backref="+", unique=True, deferrable="INITIALLY DEFERRED"
    )
    article = _refers(Article)
    number = pw.IntegerField()
    place = pw.TextField()


class Block(Table):
    revision = _refers(ArticleRevision)
    ordinal = pw.IntegerField()
    start = pw.IntegerField()
    stop = pw.IntegerField()
    kind = pw.TextField()
    reason = pw.TextField()


class TimeExpression(WithSpan, WithWhen):
    revision = _refers(ArticleRevision)
    ordinal = pw.IntegerField()
    type = pw.TextField()
    value = pw.TextField()
    mod = pw.TextField(null=True)
    anchor = pw.TextField()


class Side(Table):
    """``bound``: a person decided which party stands here. ``principals`` are actor keys."""

    key = pw.TextField(unique=True)
    name = pw.TextField()
    name_by_user = pw.IntegerField()
    bound = pw.IntegerField()
    color_light = pw.TextField()
    color_dark = pw.TextField()
    principals = pw.TextField()
    reasons = pw.TextField()


class Actor(Table):
    key = pw.TextField(unique=True)
    name = pw.TextField()
    kind = pw.TextField()
    side = pw.TextField()
    side_by_user = pw.IntegerField()
    aliases = pw.TextField()
    member_of = _refers("self", null=True)
    reasons = pw.TextField()


class Event(WithWhen):
    label = pw.TextField()
    type = pw.TextField()
    places = pw.TextField()
    reasons = pw.TextField()


class EventParticipant(Table):
    event = _refers(Event)
    ordinal = pw.IntegerField()
    actor_key = pw.TextField()
    role = pw.TextField()


class EventMention(WithSpan, WithWhen):
    """``position`` is the narration's index in its article."""

    event = _refers(Event)
    ordinal = pw.IntegerField()
    article = _refers(Article)
    position = pw.IntegerField()
    reasons = pw.TextField()


class Claim(WithWhen):
    """``position`` is the attribution's index in its article; ``speaker`` the source's words.

    A claim that is only kept because a person decided on it may have lost its index to another;
    its ``position`` is negative then.
    """

    article = _refers(Article)
    position = pw.IntegerField()
    event = _refers(Event, null=True)
    actor = _refers(Actor, null=True)
    side = pw.TextField()
    act = pw.TextField()
    form = pw.TextField()
    speaker = pw.TextField()
    content = pw.TextField()
    said_earliest = pw.TextField(null=True)
    said_latest = pw.TextField(null=True)
    said_precision = pw.TextField(null=True)
    said_open = pw.IntegerField(null=True)
    said_basis = pw.TextField(null=True)
    places = pw.TextField()
    verification = pw.TextField()
    nested_in = _refers("self", null=True)
    review = pw.TextField()
    reasons = pw.TextField()


class ClaimNote(Table):
    """A person's star and words on a claim; a claim without either has no row."""

    claim = pw.ForeignKeyField(Claim, backref="+", unique=True, deferrable="INITIALLY DEFERRED")
    starred = pw.IntegerField()
    note = pw.TextField()


class ClaimRating(Table):
    """How credible a person finds what is claimed: the second half of an Admiralty code, 1 to 6."""

    claim = pw.ForeignKeyField(Claim, backref="+", unique=True, deferrable="INITIALLY DEFERRED")
    credibility = pw.IntegerField()


class ActorRating(Table):
    """How reliable a person finds an actor as a source: an Admiralty letter, A to F."""

    actor = pw.ForeignKeyField(Actor, backref="+", unique=True, deferrable="INITIALLY DEFERRED")
    reliability = pw.TextField()


class OutletRating(Table):
    """The same for an outlet, by its name: all its articles share it, later ones too."""

    outlet = pw.TextField(unique=True)
    reliability = pw.TextField()


class ClaimPlacing(Table):
    """The event that a person put a claim in; later assemblies leave it there."""

    claim = pw.ForeignKeyField(Claim, backref="+", unique=True, deferrable="INITIALLY DEFERRED")
    event = _refers(Event)


class EventDecision(WithWhen):
    """What a person says of an event: a name (empty for the machine's), and when, if ``dated``."""

    event = pw.ForeignKeyField(Event, backref="+", unique=True, deferrable="INITIALLY DEFERRED")
    label = pw.TextField()
    dated = pw.IntegerField()


class ClaimSpan(WithSpan):
    """``role`` is ``source cue content when verification``."""

    claim = _refers(Claim)
    role = pw.TextField()
    ordinal = pw.IntegerField()


class ClaimRevision(Table):
    """A claim that is gone from its article: its spans are of the text of this old revision."""

    claim = pw.ForeignKeyField(Claim, backref="+", unique=True, deferrable="INITIALLY DEFERRED")
    revision = _refers(ArticleRevision)


class RevisionChange(Table):
    """What became of a claim in the revision ``number`` of its article, and what a person says.

    ``kind`` is ``reworded gone added``; the cues are where they begin in the revision before and
    in this one. ``verdict`` is empty while nobody decided (``db.rows.Verdict``).
    """

    article = _refers(Article)
    number = pw.IntegerField()
    kind = pw.TextField()
    old_cue = pw.IntegerField(null=True)
    new_cue = pw.IntegerField(null=True)
    verdict = pw.TextField()


class Quantity(WithSpan):
    claim = _refers(Claim)
    ordinal = pw.IntegerField()
    measure = pw.TextField()
    low = pw.FloatField(null=True)
    high = pw.FloatField(null=True)
    approximate = pw.IntegerField()
    scope = pw.TextField()
    bearer = pw.TextField(null=True)
    part_of = pw.IntegerField(null=True)


class Relation(Table):
    type = pw.TextField()
    source = _refers(Claim)
    target = _refers(Claim)
    score = pw.FloatField()
    possible = pw.IntegerField()
    review = pw.TextField()
    reasons = pw.TextField()


class Step(Table):
    """One named, undoable step of the revision log."""

    label = pw.TextField()
    who = pw.TextField()
    at = pw.TextField()
    undone = pw.IntegerField()


class Change(Table):
    """What a step did to rows of one table, in order of ``id``.

    ``op`` is ``insert update delete``; ``first`` and ``last`` are row ids. An update holds the
    changed columns of one row before and after. A deletion holds the rows in ``before``. An
    insertion holds nothing while it stands (the rows are there); undone, it holds the rows in
    ``after``. So the log of a large import stays small. A migration that changes the columns of
    a table has to bring its rows in the log along.
    """

    step = _refers(Step)
    table_name = pw.TextField()
    op = pw.TextField()
    first = pw.IntegerField()
    last = pw.IntegerField()
    before = pw.TextField(null=True)
    after = pw.TextField(null=True)


class QueuedFile(Table):
    """A file that an import has still to read; ``run_id`` is that import's."""

    run_id = pw.IntegerField(index=True)
    path = pw.TextField()


class SavedView(Table):
    """A way of looking at the dossier under a name; ``data`` is the window's own JSON object."""

    name = pw.TextField(unique=True)
    data = pw.TextField()


class Packed(Table):
    """What could be made anew from the rows, kept so that a large dossier opens at once.

    ``stamp`` is the id of the last ``touched`` row that ``data`` takes into account.
    """

    name = pw.TextField(unique=True)
    stamp = pw.IntegerField()
    data = pw.BlobField()


class Touched(Table):
    """What each write touched, as JSON; kept while something packed is older than it.

    The last row stays always: ids must grow, as they are the stamps of what is packed.
    """

    data = pw.TextField()


LOGGED: tuple[type[Table], ...] = (
    Setting,
    ImportRun,
    ImportProblem,
    Document,
    Article,
    ArticleRevision,
    ArticleDocument,
    Block,
    TimeExpression,
    Side,
    Actor,
    Event,
    EventParticipant,
    EventMention,
    Claim,
    ClaimNote,
    ClaimRating,
    ActorRating,
    OutletRating,
    ClaimPlacing,
    EventDecision,
    ClaimSpan,
    ClaimRevision,
    RevisionChange,
    Quantity,
    Relation,
)
"""Tables under undo, owners before what they own."""

UNLOGGED: tuple[type[Table], ...] = (
    Content,
    Step,
    Change,
    QueuedFile,
    SavedView,
    Packed,
    Touched,
)


def table_name(model: type[Table]) -> str:
    return str(model._meta.table_name)  # noqa: SLF001 (Peewee's documented door)


def column_names(model: type[Table]) -> tuple[str, ...]:
    """All columns, ``id`` first."""
    return tuple(f.column_name for f in model._meta.sorted_fields)  # noqa: SLF001


def among(column: Any, ids: Iterable[int] | str) -> Any:
    """A condition that holds for any number of ids (SQLite bounds the parameters of ``IN``).

    The ids may be listed already: see ``listed``.
    """
    text = ids if isinstance(ids, str) else listed(ids)
    return column << pw.SQL("(SELECT value FROM json_each(?))", (text,))


def listed(ids: Iterable[int]) -> str:
    return msgspec.json.encode(list(ids)).decode()
