"""Marks in words: for the tooltip, and for who hears the screen instead of seeing it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from db.columns import is_between
from db.rows import ArticleRow, ClaimRow, EventRow
from desktop.amounts import number_in_words
from desktop.session import Session
from desktop.timeline.data import TimelineData, Zone
from desktop.timeline.frame import Hit, Target
from desktop.timeline.moves import place_in_zone
from desktop.vocabulary import name_of
from desktop.wording import interval_in_words
from extraction.model import FuzzyInterval, SideKey

MOST_REASONS = 4
WIDTH = 360
"""Of a tooltip, in pixels."""


def tooltip(session: Session, data: TimelineData, hit: Hit) -> str:
    """Markup for what the pointer is on; empty for nothing."""
    if hit.mark is not None:
        claim_id = int(data.claim_id[hit.mark.index])
        if claim_id >= 0:
            return _claim(session, session.claim(claim_id))
        return _event(session, session.event_row(int(data.event_id[hit.mark.index])))
    if hit.target is Target.COUNTER and hit.counter is not None:
        return _plain(
            QCoreApplication.translate(
                "Timeline", "{count} more that find no room here; click for the list"
            ).format(count=number_in_words(hit.counter.count))
        )
    if hit.target is Target.COLUMN:
        return _plain(
            QCoreApplication.translate(
                "Timeline", "{count} begin here, {disputed} of them in dispute; click to zoom in"
            ).format(count=number_in_words(hit.count), disputed=number_in_words(hit.disputed))
        )
    if hit.cluster is not None:
        return _plain(
            QCoreApplication.translate(
                "Timeline",
                "{above} of {side_a} and {below} of {side_b} begin here, {disputed} of them in "
                "dispute; click to zoom in",
            ).format(
                above=number_in_words(hit.cluster.above),
                side_a=session.side_name(SideKey.A),
                below=number_in_words(hit.cluster.below),
                side_b=session.side_name(SideKey.B),
                disputed=number_in_words(hit.disputed),
            )
        )
    if hit.target is Target.LANE:
        return _plain(hit.text)
    if hit.target is Target.SIDE:
        words = QCoreApplication.translate(
            "Timeline", "Click to fold this side away or bring it back; right click for more"
        )
        return _plain(f"{hit.text}. {words}" if hit.text else words)
    if hit.target in (Target.EARLIER, Target.LATER):
        return _plain(QCoreApplication.translate("Timeline", "Show them too"))
    return ""


def _plain(text: str) -> str:
    return f"<span>{escape(text)}</span>"


def _table(lines: list[str]) -> str:
    return f'<table width="{WIDTH}"><tr><td>{"<br>".join(lines)}</td></tr></table>'


def claim_times(session: Session, claim: ClaimRow) -> str:
    """When it happened, with how exactly that is known; else when it was said."""
    if claim.when is not None:
        return QCoreApplication.translate("Timeline", "{time} (known {precision})").format(
            time=_time_in_words(claim.when), precision=name_of(claim.when.precision)
        )
    event = _event_of(session, claim)
    if event is not None and event.when is not None:
        return QCoreApplication.translate(
            "Timeline", "{time} (known {precision}), the time of its event"
        ).format(time=_time_in_words(event.when), precision=name_of(event.when.precision))
    if claim.said is not None:
        return QCoreApplication.translate("Timeline", "said {time}; of when is not known").format(
            time=interval_in_words(claim.said)
        )
    return QCoreApplication.translate("Timeline", "no time is known")


def _time_in_words(when: FuzzyInterval) -> str:
    """A time; of what lies between two others, both first."""
    words = interval_in_words(when)
    return f"{when.basis}: {words}" if is_between(when.basis) else words


def _event_of(session: Session, claim: ClaimRow) -> EventRow | None:
    if claim.event_id is None:
        return None
    try:
        return session.event_row(claim.event_id)
    except KeyError:
        return None


def article_words(article: ArticleRow) -> str:
    """Title and outlet, or the file's name."""
    title = article.title or article.file
    return f"{title} · {article.outlet}" if article.outlet else title


def _article(session: Session, article_id: int) -> str:
    try:
        return article_words(session.article(article_id))
    except KeyError:
        return ""


def _claim(session: Session, claim: ClaimRow) -> str:
    """Claim, source, status, time and reasons, escaped: the words come from files."""
    state = name_of(claim.status)
    if claim.disputed_by:
        state = QCoreApplication.translate("Timeline", "{status}, by {count}").format(
            status=state, count=claim.disputed_by
        )
    speaker = claim.speaker or QCoreApplication.translate("Timeline", "Nobody named")
    head = f"<b>{escape(speaker)}</b> {escape(name_of(claim.speech_act))}"
    lines = [
        head,
        escape(claim.content),
        f"<i>{escape(claim_times(session, claim))}</i>",
        escape(f"{state} · {_article(session, claim.article_id)}"),
    ]
    lines += [f"– {escape(reason)}" for reason in claim.reasons[:MOST_REASONS]]
    return _table(lines)


def _event(session: Session, event: EventRow) -> str:
    lines = [
        f"<b>{escape(event.label)}</b>",
        escape(QCoreApplication.translate("Timeline", "Told in the outlet's own voice")),
    ]
    when = event.mentions[0].when or event.when if event.mentions else event.when
    if when is not None:
        lines.append(
            "<i>"
            + escape(
                QCoreApplication.translate("Timeline", "{time} (known {precision})").format(
                    time=_time_in_words(when), precision=name_of(when.precision)
                )
            )
            + "</i>"
        )
    lines += [escape(_article(session, mention.article_id)) for mention in event.mentions[:3]]
    lines += [f"– {escape(reason)}" for reason in event.reasons[:MOST_REASONS]]
    return _table(lines)


SIDE_KEYS = {Zone.ABOVE: SideKey.A, Zone.BELOW: SideKey.B}


def spoken(session: Session, data: TimelineData, index: int, *, pinned: bool = False) -> str:
    """ "Claim 12 of 80, Tolmar, disputed by 2: … 4 October 2031"."""
    found = _spoken(session, data, index)
    if pinned:
        found = QCoreApplication.translate("Timeline", "{mark}; pinned").format(mark=found)
    return found


def _spoken(session: Session, data: TimelineData, index: int) -> str:
    zone = Zone(int(data.zone[index]))
    number, count = place_in_zone(data, index)
    claim_id = int(data.claim_id[index])
    side = session.side_name(SIDE_KEYS.get(zone, SideKey.THIRD))
    if claim_id < 0:
        return QCoreApplication.translate(
            "Timeline", "event {number} of {count}, told in the outlet's own voice: {label}"
        ).format(number=number, count=count, label=data.labels[index])
    claim = session.claim(claim_id)
    if claim.disputed_by:
        state = QCoreApplication.translate("Timeline", "disputed by {count}").format(
            count=claim.disputed_by
        )
    else:
        state = name_of(claim.status)
    return QCoreApplication.translate(
        "Timeline",
        "claim {number} of {count}, side {side}, {state}: {speaker} {act}: {content}; {time}",
    ).format(
        number=number,
        count=count,
        side=side,
        state=state,
        speaker=claim.speaker,
        act=name_of(claim.speech_act),
        content=claim.content,
        time=claim_times(session, claim),
    )
