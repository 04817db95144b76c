"""What a claim's card says, as plain strings: for the drawing, the clipboard and a voice."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from db.rows import ArticleRow, ChangeKind, ClaimRow, Reliability, ReviewState, Status
from desktop.amounts import quantities_in_words
from desktop.comparison.rows import Elsewhere
from desktop.comparison.words import told, words_of
from desktop.session import Session
from desktop.vocabulary import name_of, relation_seen_from_target
from desktop.wording import interval_in_words
from extraction.model import FuzzyInterval, Precision, RelationType, SpeechAct, Verification

DISPUTING = frozenset({RelationType.DENIES, RelationType.CONTRADICTS})


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Strings of a card, empty where there is nothing to say.

    ``against`` says that ``status`` tells of a dispute, ``change`` what the outlet did to it.
    ``quoted`` are the verbatim parts of ``words`` as ``[start, end)`` in code points, ``cue``
    those that the card adds to be read.
    """

    speaker: str
    chain: str
    act: str
    words: str
    quoted: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    times: str
    figures: str
    verification: str
    status: str
    against: bool
    change: str
    article: str
    review: str
    decided: bool
    elsewhere: tuple[tuple[str, Elsewhere], ...]
    more_elsewhere: str
    hidden: str
    starred: bool
    note: str


MOST_ELSEWHERE = 3


def card_facts(
    session: Session,
    claim: ClaimRow,
    elsewhere: tuple[Elsewhere, ...] = (),
    year: int | None = None,
) -> CardFacts:
    """Put a claim into words. ``year`` is the year that goes without saying."""
    grouped = _by_voice(elsewhere)
    shown = grouped if len(grouped) <= MOST_ELSEWHERE else grouped[: MOST_ELSEWHERE - 1]
    hidden = [relation_line(entry) for group in grouped[len(shown) :] for entry in group]
    words = told(claim)
    status = "" if claim.status in _PLAIN or _says_it_itself(claim) else name_of(claim.status)
    return CardFacts(
        speaker=speaker_of(claim),
        chain=chain_of(session, claim),
        act=name_of(claim.speech_act),
        words=words.text,
        quoted=words.quoted,
        cue=words.cue,
        times=times_of(claim, year),
        figures=" · ".join(quantities_in_words(claim.quantities)),
        verification=_verification(claim),
        status=status,
        against=claim.status in _AGAINST,
        change=change_in_words(session, claim),
        article=article_line(session, claim.article_id, year),
        review=review_in_words(claim.review),
        decided=claim.review is not ReviewState.SUGGESTED,
        elsewhere=tuple((_group_line(group), group[0]) for group in shown),
        more_elsewhere=(
            QCoreApplication.translate("Comparison", "{count} more related claims").format(
                count=len(hidden)
            )
            if hidden
            else ""
        ),
        hidden="\n".join(hidden),
        starred=claim.starred,
        note=claim.note,
    )


def _by_voice(elsewhere: tuple[Elsewhere, ...]) -> list[list[Elsewhere]]:
    """Relations of one kind to claims of one voice stand together, the surest first."""
    groups: dict[tuple[object, ...], list[Elsewhere]] = {}
    for entry in elsewhere:
        relation = entry.relation
        key = (relation.type, relation.possible, entry.outgoing, speaker_of(entry.other))
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


def _group_line(group: list[Elsewhere]) -> str:
    """The first of a voice's claims, after how many there are."""
    if len(group) == 1:
        return relation_line(group[0])
    name, voice, words = _relation_parts(group[0])
    return f"{name} {voice} ({len(group)}): {words}"


def _says_it_itself(claim: ClaimRow) -> bool:
    """An admission is admitted: its chip tells that already."""
    return claim.status is Status.ADMITTED and claim.speech_act is SpeechAct.ADMITS


_PLAIN = frozenset({Status.ASSERTED, Status.UNVERIFIED})
_AGAINST = frozenset({Status.DENIED, Status.DISPUTED})


def speaker_of(claim: ClaimRow) -> str:
    return claim.speaker or QCoreApplication.translate("Comparison", "Nobody named")


def chain_of(session: Session, claim: ClaimRow) -> str:
    """Through whom the words came and whose body speaks: "Harbour Police · told by X"."""
    told_by = QCoreApplication.translate("Comparison", "told by {speaker}")
    parts = [body_of(session, claim)]
    parts += [told_by.format(speaker=speaker_of(outer)) for outer in passed_on_by(session, claim)]
    parts.append(rating_of(session, claim))
    return " · ".join(part for part in parts if part)


def rating_of(session: Session, claim: ClaimRow) -> str:
    """ "rated B2": who says it and what is said, as a person rated them; the two stay two."""
    letter = reliability_of(session, claim)
    code = (letter.value if letter else "") + (str(claim.credibility) if claim.credibility else "")
    return (
        QCoreApplication.translate("Comparison", "rated {code}").format(code=code) if code else ""
    )


def reliability_of(session: Session, claim: ClaimRow) -> Reliability | None:
    """How reliable a person finds who says it, else the outlet."""
    try:
        letter = None
        if claim.actor_id is not None:
            letter = session.actor(claim.actor_id).reliability
        return letter or session.article(claim.article_id).reliability
    except KeyError:
        return None


def passed_on_by(session: Session, claim: ClaimRow) -> list[ClaimRow]:
    """The claims that this one is told in, the nearest first; nobody passes on himself."""
    seen = {claim.id}
    chain: list[ClaimRow] = []
    inner = claim
    while inner.nested_in is not None and inner.nested_in not in seen:
        seen.add(inner.nested_in)
        try:
            outer = session.claim(inner.nested_in)
        except KeyError:
            break
        if speaker_of(outer) != speaker_of(inner):
            chain.append(outer)
        inner = outer
    return chain


def body_of(session: Session, claim: ClaimRow) -> str:
    """The body that the speaker belongs to, unless speaker or side tell it already."""
    if claim.actor_id is None:
        return ""
    try:
        member_of = session.actor(claim.actor_id).member_of
        body = session.actor(member_of).name if member_of is not None else ""
    except KeyError:
        return ""
    told = f"{claim.speaker} {session.side_name(claim.side)}".casefold()
    return "" if body.casefold() in told else body


def times_of(claim: ClaimRow, year: int | None = None) -> str:
    """When it happened and when it was said, as far as either is known."""
    parts = []
    if claim.when is not None:
        parts.append(interval_in_words(claim.when, year=year))
    if claim.said is not None and not _same_day(claim.when, claim.said):
        parts.append(
            QCoreApplication.translate("Comparison", "said {time}").format(
                time=interval_in_words(claim.said, short=True, year=year)
            )
        )
    return " · ".join(parts)


def _same_day(when: FuzzyInterval | None, said: FuzzyInterval) -> bool:
    return when is not None and (when.earliest, when.latest) == (said.earliest, said.latest)


def _verification(claim: ClaimRow) -> str:
    return "" if claim.verification is Verification.NONE else name_of(claim.verification)


def review_in_words(state: ReviewState) -> str:
    if state is ReviewState.SUGGESTED:
        return QCoreApplication.translate("Comparison", "to review")
    return name_of(state)


def published_in_words(article: ArticleRow, *, short: bool = True, year: int | None = None) -> str:
    """The date of publication, or that it is not known."""
    if article.published_start is None or article.published_end is None:
        return QCoreApplication.translate("Comparison", "undated")
    interval = FuzzyInterval(
        article.published_start, article.published_end, article.published_precision
    )
    if article.published_precision in (Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY):
        start = article.published_start.replace(hour=0, minute=0)
        interval = FuzzyInterval(start, start.replace(hour=23, minute=59), Precision.DAY)
    return interval_in_words(interval, short=short, year=year)


def change_in_words(session: Session, claim: ClaimRow) -> str:
    """What the outlet did to a claim since it published it first; empty for most."""
    if claim.gone_from is not None:
        words = QCoreApplication.translate("Comparison", "no longer in the article")
        return f"{words} ({_version(claim.gone_from)})"
    try:
        present = session.article(claim.article_id).version
    except KeyError:
        return ""
    if claim.changed is ChangeKind.REWORDED:
        words = QCoreApplication.translate("Comparison", "reworded since {version}")
        return words.format(version=_version(present - 1))
    if claim.changed is ChangeKind.ADDED:
        words = QCoreApplication.translate("Comparison", "new in {version}")
        return words.format(version=_version(present))
    return ""


def _version(number: int) -> str:
    return QCoreApplication.translate("Comparison", "version {number}").format(number=number)


def article_line(session: Session, article_id: int, year: int | None = None) -> str:
    """ "5 Oct · Title · Outlet"."""
    try:
        article = session.article(article_id)
    except KeyError:
        return ""
    parts = (published_in_words(article, year=year), article.title or article.file, article.outlet)
    return " · ".join(part for part in parts if part)


def looked_at(session: Session, year: int | None = None) -> str:
    """Where was looked for a statement: "in the 4 articles imported (2 to 9 March)"."""
    articles = session.articles()
    starts = [row.published_start for row in articles if row.published_start is not None]
    ends = [row.published_end for row in articles if row.published_end is not None]
    where = (
        QCoreApplication.translate("Comparison", "in the one article imported")
        if len(articles) == 1
        else QCoreApplication.translate("Comparison", "in the {count} articles imported").format(
            count=len(articles)
        )
    )
    if not starts or not ends:
        return where
    first = min(starts).replace(hour=0, minute=0)
    last = max(ends).replace(hour=23, minute=59)
    span = interval_in_words(FuzzyInterval(first, last, Precision.DAY), year=year)
    return QCoreApplication.translate("Comparison", "{where} ({dates})").format(
        where=where, dates=span
    )


def relation_line(entry: Elsewhere) -> str:
    """ "denied by Ministry of Works: The dam did not…": a relation from the card's own view."""
    name, voice, words = _relation_parts(entry)
    return f"{name} {voice}: {words}"


def _relation_parts(entry: Elsewhere) -> tuple[str, str, str]:
    name = (
        name_of(entry.relation.type)
        if entry.outgoing
        else relation_seen_from_target(entry.relation.type)
    )
    if entry.relation.possible:
        name = QCoreApplication.translate("Comparison", "possibly {relation}").format(relation=name)
    return name, speaker_of(entry.other), words_of(entry.other)


def spoken(session: Session, claim: ClaimRow, relations: tuple[Elsewhere, ...] = ()) -> str:
    """A card in one sentence, for a screen reader."""
    parts = [f"{speaker_of(claim)} {name_of(claim.speech_act)}: {words_of(claim)}"]
    chain = chain_of(session, claim)
    if chain:
        parts.append(chain)
    parts.append(times_of(claim) or QCoreApplication.translate("Comparison", "time not given"))
    for entry in relations[:4]:
        name = (
            name_of(entry.relation.type)
            if entry.outgoing
            else relation_seen_from_target(entry.relation.type)
        )
        parts.append(f"{name} {speaker_of(entry.other)}")
    if claim.verification is not Verification.NONE:
        parts.append(name_of(claim.verification))
    parts.append(session.side_name(claim.side))
    parts.append(review_in_words(claim.review))
    if change := change_in_words(session, claim):
        parts.append(change)
    if claim.starred:
        parts.append(QCoreApplication.translate("Comparison", "starred"))
    if claim.note:
        parts.append(note_in_words(claim))
    return ", ".join(parts)


def note_in_words(claim: ClaimRow) -> str:
    return QCoreApplication.translate("Comparison", "note: {note}").format(note=claim.note)


def with_provenance(session: Session, claim: ClaimRow) -> str:
    """A claim for the clipboard, with all that is needed to find it again."""
    lines = [
        f"{speaker_of(claim)} ({session.side_name(claim.side)}) {name_of(claim.speech_act)}:",
        claim.content,
    ]
    lines += [text for text in (chain_of(session, claim), times_of(claim)) if text]
    if claim.verification is not Verification.NONE:
        lines.append(name_of(claim.verification))
    if claim.note:
        lines.append(note_in_words(claim))
    try:
        article = session.article(claim.article_id)
    except KeyError:
        return "\n".join(lines)
    source = [article.title, article.outlet, published_in_words(article, short=False)]
    if "year" in article.published_assumed:
        source.append(QCoreApplication.translate("Comparison", "year assumed"))
    lines.append(" · ".join(part for part in source if part))
    spans = ", ".join(f"{span.start}-{span.end}" for span in claim.content_spans)
    if claim.gone_from is not None:
        lines.append(
            QCoreApplication.translate(
                "Comparison",
                "gone from the article: stands in its version {number}, characters {spans}",
            ).format(number=claim.gone_from, spans=spans)
        )
        return "\n".join(lines)
    lines.append(
        QCoreApplication.translate(
            "Comparison", "{file}, characters {spans}, SHA-256 {key}"
        ).format(file=article.file, spans=spans, key=article.key)
    )
    return "\n".join(lines)
