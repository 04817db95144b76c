"""Why a claim or an event is read as it is, as plain groups of lines: no widgets."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.rows import ClaimRow, EventRow, RelationRow, ReviewState
from desktop.amounts import quantities_in_words
from desktop.comparison.facts import (
    body_of,
    change_in_words,
    passed_on_by,
    published_in_words,
    speaker_of,
)
from desktop.comparison.words import words_of
from desktop.session import Selection, Session
from desktop.vocabulary import name_of, relation_seen_from_target
from desktop.wording import interval_in_words
from extraction.model import FuzzyInterval, RelationType, SideKey, Verification

SHOWN_WORDS = 160


@dataclass(frozen=True, slots=True)
class Line:
    """``leads_to`` is what a click chooses; ``reason`` lines explain the ones before them.

    ``decides`` is the relation that may be accepted or rejected beside the line.
    """

    text: str
    reason: bool = False
    leads_to: Selection | None = None
    decides: RelationRow | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A label and its lines. ``disputing`` marks relations that deny or contradict."""

    label: str
    lines: tuple[Line, ...]
    disputing: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """``title`` says what is explained, ``words`` is its content; ``side`` gives the colour."""

    title: str
    words: str
    side: SideKey
    groups: tuple[Group, ...]
    claim_id: int | None = None
    review: ReviewState | None = None


def explain(session: Session, selection: Selection) -> Explanation | None:
    """Explain the claim chosen, else the event; ``None`` where nothing is chosen."""
    try:
        if selection.claim_id is not None:
            return _claim(session, session.claim(selection.claim_id))
        if selection.event_id is not None:
            return _event(session, session.event_row(selection.event_id))
    except KeyError:
        return None
    return None


# --------------------------------------------------------------------------- a claim


def _claim(session: Session, claim: ClaimRow) -> Explanation:
    groups = [
        Group(
            QCoreApplication.translate("Inspector", "note"),
            (Line(claim.note),) if claim.note else (),
        ),
        _voice(session, claim),
        Group(
            QCoreApplication.translate("Inspector", "act"),
            (Line(name_of(claim.speech_act)), *_because(claim, "")),
        ),
        _side(session, claim),
        _time(claim),
        _claim_event(session, claim),
        *_relations(session, claim),
        _verification(claim),
        Group(QCoreApplication.translate("Inspector", "status"), (Line(_status(claim)),)),
        _figures(claim),
        Group(
            QCoreApplication.translate("Inspector", "places"),
            (Line(", ".join(claim.places)),) if claim.places else (),
        ),
        _provenance(session, claim),
    ]
    return Explanation(
        title=f"{speaker_of(claim)} {name_of(claim.speech_act)}",
        words=words_of(claim),
        side=claim.side,
        groups=tuple(group for group in groups if group.lines),
        claim_id=claim.id,
        review=claim.review,
    )


def _because(claim: ClaimRow, *topics: str) -> tuple[Line, ...]:
    """Reasons of the topics that they begin with ("time: …"); "" takes what names none of ours."""
    ours = ("source", "time", "said")
    lines = []
    for reason in claim.reasons:
        topic, _, rest = reason.partition(": ")
        topic = topic if topic in ours else ""
        if topic in topics:
            lines.append(Line(rest if topic else reason, reason=True))
    return tuple(lines)


def _voice(session: Session, claim: ClaimRow) -> Group:
    """Through whom the words came: the outlet, those who passed them on, who spoke, for whom."""
    lines = []
    outlet = _outlet(session, claim.article_id)
    if outlet:
        lines.append(
            Line(QCoreApplication.translate("Inspector", "{outlet} reports").format(outlet=outlet))
        )
    for outer in reversed(passed_on_by(session, claim)):
        lines.append(
            Line(
                f"{speaker_of(outer)} {name_of(outer.speech_act)}",
                leads_to=Selection(claim_id=outer.id),
            )
        )
    body = body_of(session, claim)
    lines.append(Line(", ".join(part for part in (speaker_of(claim), body) if part)))
    source, cue = claim.source_span, claim.cue_span.exact
    words = [f"“{span}”" for span in (source.exact if source else "", cue) if span.strip()]
    if words:
        lines.append(Line(" … ".join(words), reason=True))
    return Group(
        QCoreApplication.translate("Inspector", "voice"), (*lines, *_because(claim, "source"))
    )


def _figures(claim: ClaimRow) -> Group:
    """Each figure with what it counts over and the words it was read from."""
    wholes = [quantity for quantity in claim.quantities if quantity.part_of is None]
    lines: list[Line] = []
    for words, quantity in zip(quantities_in_words(claim.quantities), wholes, strict=True):
        lines.append(Line(f"{words}, {name_of(quantity.scope)}"))
        if quantity.span.exact:
            trace = QCoreApplication.translate("Inspector", "“{words}”, characters {start}-{end}")
            span = quantity.span
            lines.append(
                Line(trace.format(words=span.exact, start=span.start, end=span.end), reason=True)
            )
    return Group(QCoreApplication.translate("Inspector", "figures"), tuple(lines))


def _side(session: Session, claim: ClaimRow) -> Group:
    reasons: tuple[str, ...] = ()
    first = session.side_name(claim.side)
    if claim.actor_id is not None:
        try:
            actor = session.actor(claim.actor_id)
        except KeyError:
            actor = None
        if actor is not None:
            first = f"{first}: {actor.name}"
            reasons = actor.reasons
            if actor.side_by_user:
                reasons = (
                    QCoreApplication.translate("Inspector", "you put it on this side"),
                    *reasons,
                )
    return Group(
        QCoreApplication.translate("Inspector", "side"),
        (Line(first), *(Line(reason, reason=True) for reason in reasons)),
    )


def _time(claim: ClaimRow) -> Group:
    lines: list[Line] = []
    if claim.when is None:
        lines.append(
            Line(QCoreApplication.translate("Inspector", "no time is given for what is claimed"))
        )
    else:
        lines += _interval(claim.when)
        if claim.when_span is not None:
            lines.append(Line(f"“{claim.when_span.exact}”", reason=True))
    lines += [line for line in _because(claim, "time") if line not in lines]
    if claim.said is not None:
        said = QCoreApplication.translate("Inspector", "said {time}")
        lines += _interval(claim.said, said)
        lines += [line for line in _because(claim, "said") if line not in lines]
    return Group(QCoreApplication.translate("Inspector", "time"), tuple(lines))


def _interval(interval: FuzzyInterval, pattern: str = "{time}") -> list[Line]:
    words = pattern.format(time=interval_in_words(interval))
    lines = [Line(f"{words}, {name_of(interval.precision)}")]
    if interval.basis:
        lines.append(Line(interval.basis, reason=True))
    return lines


def _claim_event(session: Session, claim: ClaimRow) -> Group:
    if claim.event_id is None:
        return Group(
            QCoreApplication.translate("Inspector", "event"),
            (Line(QCoreApplication.translate("Inspector", "belongs to no event")),),
        )
    event = session.event_row(claim.event_id)
    lines = [Line(event.label, leads_to=Selection(event_id=event.id))]
    lines += [Line(reason, reason=True) for reason in event.reasons]
    return Group(QCoreApplication.translate("Inspector", "event"), tuple(lines))


def _relations(session: Session, claim: ClaimRow) -> list[Group]:
    groups = []
    for relation in sorted(session.relations_of(claim.id), key=lambda row: -row.score):
        if relation.review is ReviewState.REJECTED:
            continue
        outgoing = relation.source_id == claim.id
        try:
            other = session.claim(relation.target_id if outgoing else relation.source_id)
        except KeyError:
            continue
        if other.review is not ReviewState.REJECTED:
            groups.append(_relation(relation, other, outgoing))
    return groups


def _relation(relation: RelationRow, other: ClaimRow, outgoing: bool) -> Group:
    label = name_of(relation.type) if outgoing else relation_seen_from_target(relation.type)
    score = QCoreApplication.translate("Inspector", "score {score}").format(
        score=f"{relation.score:.2f}"
    )
    if relation.possible:
        score = QCoreApplication.translate("Inspector", "possible only, {score}").format(
            score=score
        )
    lead = Line(
        f"{speaker_of(other)}: {shortened(words_of(other))}", leads_to=Selection(claim_id=other.id)
    )
    reasons = [Line(reason, reason=True) for reason in relation.reasons]
    return Group(
        label,
        (lead, *reasons, Line(score, reason=True, decides=relation)),
        disputing=relation.type in (RelationType.DENIES, RelationType.CONTRADICTS),
    )


def shortened(content: str, most: int = SHOWN_WORDS) -> str:
    """At most so many characters, cut between words."""
    if len(content) <= most:
        return content
    return content[:most].rsplit(" ", 1)[0] + " …"


def _verification(claim: ClaimRow) -> Group:
    if claim.verification is Verification.NONE:
        return Group(QCoreApplication.translate("Inspector", "verified"), ())
    lines = [Line(name_of(claim.verification))]
    if claim.verification_span is not None:
        lines.append(Line(f"“{claim.verification_span.exact}”", reason=True))
    return Group(QCoreApplication.translate("Inspector", "verified"), tuple(lines))


def _status(claim: ClaimRow) -> str:
    words = name_of(claim.status)
    if claim.disputed_by == 1:
        return QCoreApplication.translate("Inspector", "{status}; 1 claim is against it").format(
            status=words
        )
    if claim.disputed_by:
        return QCoreApplication.translate(
            "Inspector", "{status}; {count} claims are against it"
        ).format(status=words, count=claim.disputed_by)
    return words


def _provenance(session: Session, claim: ClaimRow) -> Group:
    article = session.article(claim.article_id)
    lines = [
        Line(
            " · ".join(part for part in (article.title, article.outlet) if part) or article.file,
            leads_to=Selection(
                article_id=article.id,
                claim_id=claim.id,
                span=claim.content_spans[0] if claim.content_spans else claim.cue_span,
            ),
        )
    ]
    spans = ", ".join(f"{span.start}-{span.end}" for span in claim.content_spans)
    if claim.gone_from is None:
        words = QCoreApplication.translate("Inspector", "{file}, characters {spans}")
    else:
        words = QCoreApplication.translate(
            "Inspector", "gone from the article: stands in its version {number}, characters {spans}"
        )
    lines.append(Line(words.format(file=article.file, spans=spans, number=claim.gone_from)))
    if claim.gone_from is None and (change := change_in_words(session, claim)):
        lines.append(Line(change))
    published = published_in_words(article, short=False)
    if "year" in article.published_assumed:
        published = QCoreApplication.translate("Inspector", "{date}, year assumed").format(
            date=published
        )
    lines.append(Line(f"{published}, {name_of(article.published_basis)}"))
    lines += [Line(reason, reason=True) for reason in article.published_reasons]
    return Group(QCoreApplication.translate("Inspector", "source"), tuple(lines))


# --------------------------------------------------------------------------- an event


def _event(session: Session, event: EventRow) -> Explanation:
    time: tuple[Line, ...] = (
        Line(QCoreApplication.translate("Inspector", "no voice gives a time")),
    )
    if event.when is not None:
        time = tuple(_interval(event.when))
    claims = [
        claim
        for claim in session.claims_of_event(event.id)
        if claim.review is not ReviewState.REJECTED
    ]
    groups = [
        Group(QCoreApplication.translate("Inspector", "time"), time),
        Group(
            QCoreApplication.translate("Inspector", "places"),
            (Line(", ".join(event.places)),) if event.places else (),
        ),
        Group(
            QCoreApplication.translate("Inspector", "who"),
            tuple(Line(f"{_actor_name(session, key)}: {role}") for key, role in event.participants),
        ),
        Group(
            QCoreApplication.translate("Inspector", "why one"),
            tuple(Line(reason) for reason in event.reasons),
        ),
        Group(
            QCoreApplication.translate("Inspector", "claims"),
            tuple(
                Line(
                    f"{speaker_of(claim)} {name_of(claim.speech_act)}: "
                    f"{shortened(words_of(claim))}",
                    leads_to=Selection(claim_id=claim.id),
                )
                for claim in claims
            ),
        ),
        Group(
            QCoreApplication.translate("Inspector", "told by"),
            tuple(
                Line(
                    f"{_outlet(session, mention.article_id)}: {shortened(mention.span.exact)}",
                    leads_to=Selection(
                        event_id=event.id, article_id=mention.article_id, span=mention.span
                    ),
                )
                for mention in event.mentions
            ),
        ),
    ]
    return Explanation(
        title=event.label,
        words="",
        side=SideKey.NONE,
        groups=tuple(group for group in groups if group.lines),
    )


def _actor_name(session: Session, key: str) -> str:
    return next((actor.name for actor in session.actors() if actor.key == key), key)


def _outlet(session: Session, article_id: int) -> str:
    try:
        article = session.article(article_id)
    except KeyError:
        return ""
    return article.outlet or article.title or article.file
