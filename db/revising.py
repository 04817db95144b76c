"""Writing another version of an article: the old text stays, its claims go over to the new one.

A claim that stands in the new version, reworded or not, keeps its row and with it all that a
person decided. The others are marked as gone, their spans being of the old text; the next
assembly drops those on which nobody decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from db import changed, content
from db.bits import replace_parts
from db.carrying import Matched, match_attributions, match_words, move_spans
from db.edits import CONTENT
from db.encoding import (
    article_columns,
    attribution_columns,
    block_rows,
    claim_span_rows,
    joined,
    quantity_rows,
    reading_of,
    reading_to_bytes,
    span_columns,
    time_rows,
)
from db.journal import StepWriter
from db.models import (
    Article,
    ArticleDocument,
    ArticleRevision,
    Block,
    Claim,
    ClaimRevision,
    ClaimSpan,
    EventMention,
    Quantity,
    RevisionChange,
    TimeExpression,
)
from db.rows import ChangeKind, ReviewState
from db.rowwriting import Row
from extraction.model import Article as ArticleRecord
from extraction.model import ArticleReading, Attribution, DateBasis, Span

STATED = frozenset({DateBasis.METADATA, DateBasis.DATELINE, DateBasis.TEXT})
"""Grounds on which an article itself names a day."""


def revise(
    writer: StepWriter,
    path: Path,
    article_id: int,
    document_id: int,
    reading: ArticleReading,
    place: str,
) -> None:
    """Make a reading an article's new revision.

    Raises ``KeyError`` if there is no such article, ``DossierError`` where its reading is damaged.
    """
    articles = writer.rows(Article, [article_id])
    if not articles:
        raise KeyError(article_id)
    old_id = articles[0]["revision_id"]
    revisions = writer.owned(ArticleRevision, "article_id", [article_id])
    old_row = next(row for row in revisions if row["id"] == old_id)
    old = reading_of(content.load(writer.database, old_row["reading_id"], path), old_row["text"])
    number = max(row["number"] for row in revisions) + 1
    article = reading.article
    revision_id = _write_revision(writer, article_id, number, reading)
    links = []
    if not writer.owned(ArticleDocument, "document_id", [articles[0]["document_id"]]):
        # An older dossier: from now on the article names another document.
        links.append((articles[0]["document_id"], old_row["number"], ""))
    links.append((document_id, number, place))
    writer.insert(ArticleDocument, link_rows(article_id, links))
    writer.update(
        Article,
        {
            article_id: {
                "document_id": document_id,
                "revision_id": revision_id,
                "key": article.key,
                "file": article.file,
            }
        },
    )
    matched = match_attributions(old, reading)
    moved = _Carrying(writer, article_id, old_id, old, reading).run(matched)
    stayed = [one for one in matched if one.old is None or one.old not in moved]
    changed.write_down(writer, article_id, number, stayed, (old, reading))
    _carry_mentions(writer, article_id, old, reading)


def precede(
    writer: StepWriter,
    path: Path,
    article_id: int,
    document_id: int,
    reading: ArticleReading,
    place: str,
) -> None:
    """Make a reading an earlier revision of an article; its present text and claims stay.

    It comes before the first version that says that it is later. Raises as ``revise`` does.
    """
    articles = writer.rows(Article, [article_id])
    if not articles:
        raise KeyError(article_id)
    revisions = writer.owned(ArticleRevision, "article_id", [article_id])
    revisions.sort(key=lambda row: int(row["number"]))
    held = [
        reading_of(content.load(writer.database, row["reading_id"], path), row["text"])
        for row in revisions
    ]
    moment = moment_of(reading.article)
    at = len(held) - 1
    for place_of_later, one in enumerate(held):
        later = moment_of(one.article)
        if moment is not None and later is not None and later > moment:
            at = place_of_later
            break
    number = int(revisions[at]["number"])
    links = writer.owned(ArticleDocument, "article_id", [article_id])
    if not any(row["document_id"] == articles[0]["document_id"] for row in links):
        current = [(articles[0]["document_id"], revisions[-1]["number"], "")]
        writer.insert(ArticleDocument, link_rows(article_id, current))
    _make_room(writer, article_id, number)
    known = changed.verdicts_on(writer.database, article_id, number + 1)
    outdated = [
        row["id"]
        for row in writer.owned(RevisionChange, "article_id", [article_id])
        if row["number"] == number + 1
    ]
    writer.delete(RevisionChange, outdated)
    _write_revision(writer, article_id, number, reading)
    writer.insert(ArticleDocument, link_rows(article_id, [(document_id, number, place)]))
    after = (reading, held[at])
    changed.write_down(
        writer, article_id, number + 1, match_attributions(*after), after, _of_newer(known)
    )
    if at > 0:
        before = (held[at - 1], reading)
        changed.write_down(
            writer, article_id, number, match_attributions(*before), before, _of_older(known)
        )


def moment_of(article: ArticleRecord) -> datetime | None:
    """When this version was made, by its own word."""
    if article.changed is not None and article.changed.start is not None:
        return article.changed.start.replace(tzinfo=None)
    if article.published.basis in STATED and article.published.start is not None:
        return article.published.start.replace(tzinfo=None)
    return None


def _make_room(writer: StepWriter, article_id: int, number: int) -> None:
    """Count the versions from one on by one more."""
    for model in (ArticleRevision, ArticleDocument, RevisionChange):
        writer.update(
            model,
            {
                row["id"]: {"number": row["number"] + 1}
                for row in writer.owned(model, "article_id", [article_id])
                if row["number"] >= number
            },
        )


def _of_newer(known: Mapping[changed.Key, str]) -> dict[changed.Key, str]:
    """Decisions that hold whatever the version before says: on what was added."""
    return {key: verdict for key, verdict in known.items() if key[0] is ChangeKind.ADDED}


def _of_older(known: Mapping[changed.Key, str]) -> dict[changed.Key, str]:
    """Decisions that hold whatever the version after says: on what is gone."""
    return {key: verdict for key, verdict in known.items() if key[0] is ChangeKind.GONE}


def _write_revision(
    writer: StepWriter, article_id: int, number: int, reading: ArticleReading
) -> int:
    """The text of a version and what was read from it; returns its id."""
    article = reading.article
    (revision_id,) = writer.insert(
        ArticleRevision,
        [
            {
                "article_id": article_id,
                "number": number,
                **article_columns(article),
                "rules_version": reading.rules_version,
                "reading_id": content.keep(writer.database, reading_to_bytes(reading)),
            }
        ],
    )
    writer.insert(Block, block_rows(revision_id, article.blocks))
    writer.insert(TimeExpression, time_rows(revision_id, reading.times))
    return revision_id


def link_rows(article_id: int, links: Sequence[tuple[int, int, str]]) -> list[Row]:
    """Rows for documents of an article: (document id, number of the revision, place)."""
    return [
        {"document_id": document, "article_id": article_id, "number": number, "place": place}
        for document, number, place in links
    ]


class _Carrying:
    """Takes the claims of one article from one text to the next."""

    def __init__(
        self,
        writer: StepWriter,
        article_id: int,
        old_id: int,
        old: ArticleReading,
        new: ArticleReading,
    ) -> None:
        self.writer = writer
        self.old_id = old_id
        self.old, self.new = old, new
        self.claims = writer.owned(Claim, "article_id", [article_id])
        ids = [row["id"] for row in self.claims]
        self.spans = _by_claim(writer.owned(ClaimSpan, "claim_id", ids))
        self.quantities = _by_claim(writer.owned(Quantity, "claim_id", ids))
        self.gone = {row["claim_id"]: row for row in writer.owned(ClaimRevision, "claim_id", ids)}
        self.updates: dict[int, Row] = {}
        self.span_parts: dict[int, list[Row]] = {}
        self.quantity_parts: dict[int, list[Row]] = {}

    def run(self, matched: Sequence[Matched]) -> frozenset[int]:
        """Returns old indexes of claims whose words stand in the new text though none says them."""
        target = {m.old: m.new for m in matched if m.old is not None and m.new is not None}
        attributions = {a.index: a for a in self.new.attributions}
        held: dict[int, int] = {}
        for row in self.claims:
            if row["id"] not in self.gone and row["position"] in target:
                held[row["id"]] = target[row["position"]]
        free = set(attributions) - set(held.values())
        gone: list[int] = []
        back: list[int] = []
        moved: set[int] = set()
        for row in self.claims:
            claim = row["id"]
            found = held.get(claim)
            if found is None:
                found = self._spoken_again(claim, [attributions[n] for n in sorted(free)])
                free.discard(-1 if found is None else found)
            if found is not None:
                self._follow(row, attributions[found])
            elif self._move(row):
                moved.add(row["position"])
            else:
                gone.append(claim)
                continue
            back.append(claim)
        self.writer.delete(
            ClaimRevision, [self.gone[claim]["id"] for claim in back if claim in self.gone]
        )
        newly = [claim for claim in gone if claim not in self.gone]
        self.updates |= {claim: {"position": -claim} for claim in newly}
        self.writer.insert(
            ClaimRevision,
            [{"claim_id": claim, "revision_id": self.old_id} for claim in newly],
        )
        self.writer.update(Claim, self.updates)
        replace_parts(self.writer, ClaimSpan, "claim_id", self.span_parts)
        replace_parts(self.writer, Quantity, "claim_id", self.quantity_parts)
        return frozenset(moved)

    def _spoken_again(self, claim: int, free: Sequence[Attribution]) -> int | None:
        """An attribution with a claim's very words; one made by hand has no cue and is none."""
        words = _key(
            (row["role"], row["exact"])
            for row in self.spans.get(claim, ())
            if row["role"] in ("cue", "content")
        )
        if not any(role == "cue" for role, _ in words):
            return None
        for attribution in free:
            named = [("cue", attribution.cue.exact)]
            named += [("content", span.exact) for span in attribution.contents]
            if _key(named) == words:
                return attribution.index
        return None

    def _follow(self, row: Row, attribution: Attribution) -> None:
        """Put a claim on an attribution; what a person edited keeps its words where they stand."""
        claim = row["id"]
        spans = claim_span_rows(claim, attribution)
        figures = quantity_rows(claim, attribution.quantities)
        if row["review"] != ReviewState.EDITED:
            self.updates[claim] = attribution_columns(attribution)
        else:
            self.updates[claim] = {"position": attribution.index}
            near = attribution.contents[0].start if attribution.contents else attribution.cue.start
            own = [part for part in self.spans.get(claim, ()) if part["role"] == CONTENT]
            moved = self._moved(claim, own, near)
            if moved is None:
                self.updates[claim]["content"] = joined(attribution.contents)
            else:
                spans = [part for part in spans if part["role"] != CONTENT] + moved[0]
                figures = moved[1]
        self.span_parts[claim], self.quantity_parts[claim] = spans, figures

    def _move(self, row: Row) -> bool:
        """Find the words of a claim again for which the new version has no attribution."""
        claim = row["id"]
        spans = self.spans.get(claim, [])
        moved = self._moved(claim, spans, spans[0]["start"]) if spans else None
        if moved is None:
            return False
        self.updates[claim] = {"position": -claim}
        self.span_parts[claim], self.quantity_parts[claim] = moved
        return True

    def _moved(
        self, claim: int, parts: Sequence[Row], near: int
    ) -> tuple[list[Row], list[Row]] | None:
        """Spans and figures of a claim in the new text, if all their words stand there."""
        if not parts or claim in self.gone:
            return None
        figures = self.quantities.get(claim, [])
        spans = [Span(row["start"], row["stop"], row["exact"]) for row in (*parts, *figures)]
        found = move_spans(self.old.article.text, self.new.article.text, spans, near)
        if found is None:
            return None
        moved = [
            {**_without_id(row), **span_columns(span)}
            for row, span in zip((*parts, *figures), found, strict=True)
        ]
        return moved[: len(parts)], moved[len(parts) :]


def _carry_mentions(
    writer: StepWriter, article_id: int, old: ArticleReading, new: ArticleReading
) -> None:
    """The outlet's own sentences follow their words; those that are gone tell of nothing more."""
    before, after = (
        [" ".join(narration.span.exact.split()) for narration in reading.narrations]
        for reading in (old, new)
    )
    paired = match_words(before, after)
    follows = {
        old.narrations[index].index: new.narrations[place] for index, (place, _) in paired.items()
    }
    updates: dict[int, Row] = {}
    missing: list[int] = []
    for row in writer.owned(EventMention, "article_id", [article_id]):
        narration = follows.get(row["position"])
        if narration is None:
            missing.append(row["id"])
        else:
            updates[row["id"]] = {"position": narration.index, **span_columns(narration.span)}
    writer.update(EventMention, updates)
    writer.delete(EventMention, missing)


def _by_claim(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["claim_id"], []).append(row)
    return found


def _key(words: Any) -> list[tuple[str, str]]:
    return [(role, " ".join(exact.split()).casefold()) for role, exact in words]


def _without_id(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}
