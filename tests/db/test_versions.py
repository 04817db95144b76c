"""Another version of an article keeps its claims, what a person decided and its old text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import Dossier, DossierError
from db.carrying import carried_decisions, match_attributions, match_words, move_spans
from db.rows import ChangeKind, ClaimRow, NewClaim, Recognised, ReviewState
from extraction.model import (
    ArticleReading,
    Document,
    RelationType,
    SideKey,
    Span,
    SpeechAct,
)
from tests.db.samples import FIRST, article_of, assemble
from tests.db.tables import all_rows

STARTED = datetime(2031, 5, 2)
SMOKE = "Smoke stood over Ostrava on Saturday, témoins said nothing."
MILL = ("Velden's ministry", "claimed", "that Korr guns hit the mill at Ostrava", "Ostrava")
MILL_AGAIN = (
    "Velden's ministry", "claimed", "that Korr guns hit the old mill at Ostrava twice", "Ostrava",
)  # fmt: skip
NO_GUN = ("the Korr army", "denied", "that any gun had fired on Ostrava", "Ostrava")
MISSING = ("a monitor", "hinted", "that 12 soldiers were missing near Lumen", "Lumen")
CALM = ("a monitor", "said", "that the valley was calm by noon", "Valley")

Sample = tuple[Document, ArticleReading]
Sentences = Sequence[tuple[str, str, str, str]]


def version(sentences: Sentences, narration: str = SMOKE) -> Sample:
    return article_of("courier.txt", sentences, narration=narration)


def take(dossier: Dossier, sample: Sample, old: str = FIRST[1].article.key) -> None:
    """Import another version of an article."""
    held = dossier.readings()
    replaced = [(one, sample[1]) for one in held if one.article.key == old]
    readings = [sample[1] if one.article.key == old else one for one in held]
    decided = carried_decisions(dossier.decisions(), replaced)
    dossier.record_import(
        [sample],
        assemble(readings, decided),
        [],
        started=STARTED,
        recognised=Recognised(changed={sample[1].article.key: old}),
    )
    assert dossier.check() == []


def saying(dossier: Dossier, words: str) -> ClaimRow:
    (found,) = [claim for claim in dossier.claims(article_id=1) if words in claim.content]
    return found


def kinds(dossier: Dossier) -> list[tuple[ChangeKind, str, str]]:
    last = dossier.revisions_of(1)[-1].number
    return [
        (one.kind, one.old_words, one.new_words)
        for one in dossier.changes_between(1, last - 1, last)
    ]


def test_it_is_the_same_article_with_one_revision_more(dossier: Dossier) -> None:
    before, counted = all_rows(dossier), dossier.counts().articles
    changed = version([CALM, MILL, NO_GUN, MISSING])
    take(dossier, changed)
    assert dossier.counts().articles == counted
    assert dossier.article_text(1) == changed[1].article.text
    assert dossier.revision_text(1, 1) == FIRST[1].article.text
    with pytest.raises(KeyError):
        dossier.revision_text(1, 3)
    row = dossier.articles()[0]
    assert row.key == changed[0].sha256
    assert dossier.document_bytes(row.document_id) == changed[0].data
    assert [(one.number, one.current) for one in dossier.revisions_of(1)] == [
        (1, False),
        (2, True),
    ]
    assert [one.document_id for one in dossier.revisions_of(1)] == [1, row.document_id]
    (latest, *_, first) = dossier.imports()
    assert (latest.added, latest.changed) == ((), (1,))
    assert (first.added, first.changed) == ((1,), ())
    assert dossier.has_document(FIRST[0].sha256) is not None
    assert {FIRST[0].sha256, changed[0].sha256} <= dossier.document_keys()
    assert dossier.undo_label == "Import courier.txt"
    after = all_rows(dossier)
    dossier.undo()
    assert all_rows(dossier) == before
    dossier.redo()
    assert all_rows(dossier) == after


def test_kept_moved_reworded_gone_and_added(dossier: Dossier) -> None:
    ids = {claim.content: claim.id for claim in dossier.claims(article_id=1)}
    take(dossier, version([NO_GUN, MILL_AGAIN, CALM]))
    assert {kind for kind, *_ in kinds(dossier)} == {
        ChangeKind.KEPT, ChangeKind.REWORDED, ChangeKind.ADDED, ChangeKind.GONE,
    }  # fmt: skip
    (reworded,) = [one for one in kinds(dossier) if one[0] is ChangeKind.REWORDED]
    assert reworded[1:] == (" ".join(MILL[:3]), " ".join(MILL_AGAIN[:3]))
    assert saying(dossier, "old mill").id == ids[MILL[2]]
    assert saying(dossier, "any gun").id == ids[NO_GUN[2]]
    # Nobody decided on it: it leaves the views, and the list still tells.
    assert [claim for claim in dossier.claims() if "12 soldiers" in claim.content] == []
    (gone,) = [one for one in dossier.changes_between(1, 1, 2) if one.kind is ChangeKind.GONE]
    assert (gone.old_claim, gone.old_words) == (None, " ".join(MISSING[:3]))


def test_the_same_words_elsewhere_have_moved(dossier: Dossier) -> None:
    take(dossier, version([MISSING, MILL, NO_GUN]))
    assert [kind for kind, *_ in kinds(dossier)] == [
        ChangeKind.MOVED,
        ChangeKind.KEPT,
        ChangeKind.KEPT,
    ]


def test_what_a_person_decided_stays(dossier: Dossier) -> None:
    mill, denial = saying(dossier, "mill"), saying(dossier, "any gun")
    dossier.edit_claims([mill.id], act=SpeechAct.ADMITS, side=SideKey.THIRD)
    dossier.set_note([mill.id], starred=True, note="look at this")
    dossier.set_review([denial.id], ReviewState.REJECTED)
    related = dossier.relate(mill.id, saying(dossier, "12 soldiers").id, RelationType.CONFIRMS)
    place = dossier.split_event([mill.id], "The mill")
    take(dossier, version([CALM, MISSING, MILL_AGAIN, NO_GUN]))
    now = saying(dossier, "old mill")
    assert now.id == mill.id
    assert (now.speech_act, now.side, now.review) == (
        SpeechAct.ADMITS, SideKey.THIRD, ReviewState.EDITED,
    )  # fmt: skip
    assert (now.starred, now.note, now.gone_from) == (True, "look at this", None)
    assert now.event_id == place
    rejected = saying(dossier, "any gun")
    assert (rejected.id, rejected.review) == (denial.id, ReviewState.REJECTED)
    assert rejected.cue_span.holds_in(dossier.article_text(1))
    assert related in {relation.id for relation in dossier.relations()}


def test_a_gone_claim_that_was_decided_is_kept_with_its_old_text(dossier: Dossier) -> None:
    mill = saying(dossier, "mill")
    dossier.set_review([mill.id], ReviewState.ACCEPTED)
    take(dossier, version([NO_GUN, MISSING]))
    gone = saying(dossier, "mill")
    assert (gone.id, gone.gone_from) == (mill.id, 1)
    old = dossier.revision_text(1, 1)
    assert all(span.holds_in(old) for span in (gone.cue_span, *gone.content_spans))
    (change,) = [one for one in dossier.changes_between(1, 1, 2) if one.kind is ChangeKind.GONE]
    assert change.old_claim == mill.id
    # A later version without it leaves it; one that has it again brings it back.
    take(dossier, version([NO_GUN, CALM]), dossier.articles()[0].key)
    assert saying(dossier, "mill").gone_from == 1
    take(dossier, version([MILL, NO_GUN]), dossier.articles()[0].key)
    back = saying(dossier, "mill")
    assert (back.id, back.gone_from, back.review) == (mill.id, None, ReviewState.ACCEPTED)
    assert [one.number for one in dossier.revisions_of(1)] == [1, 2, 3, 4]


def test_a_gone_claim_may_be_given_words_of_the_present_text(dossier: Dossier) -> None:
    mill = saying(dossier, "mill")
    dossier.set_review([mill.id], ReviewState.ACCEPTED)
    changed = version([NO_GUN, MISSING])
    take(dossier, changed)
    text = changed[1].article.text
    words = Span.cut(text, 0, 5)
    dossier.set_content(mill.id, [words])
    (now,) = dossier.claims(ids=[mill.id])
    assert (now.content, now.gone_from) == (words.exact, None)
    assert dossier.check() == []


def test_a_withdrawn_decision_lets_a_gone_claim_go(dossier: Dossier) -> None:
    mill = saying(dossier, "mill")
    dossier.set_review([mill.id], ReviewState.ACCEPTED)
    take(dossier, version([NO_GUN, MISSING]))
    dossier.set_review([mill.id], ReviewState.SUGGESTED)
    take(dossier, version([NO_GUN, CALM]), dossier.articles()[0].key)
    assert dossier.claims(ids=[mill.id]) == []


def test_a_claim_made_by_hand_follows_its_words(dossier: Dossier) -> None:
    text = dossier.article_text(1)
    at = text.index("témoins")
    words = Span.cut(text, at, at + 20)
    made = dossier.add_claim(NewClaim(1, (words,), "somebody", SideKey.THIRD, SpeechAct.ASSERTS))
    take(dossier, version([CALM, MILL, NO_GUN, MISSING]))
    (claim,) = dossier.claims(ids=[made])
    assert claim.gone_from is None
    assert claim.content_spans[0].holds_in(dossier.article_text(1))
    assert claim.content_spans[0].start > words.start
    take(dossier, version([MILL, NO_GUN], narration=""), dossier.articles()[0].key)
    (claim,) = dossier.claims(ids=[made])
    assert claim.gone_from == 2
    assert claim.content_spans[0].holds_in(dossier.revision_text(1, 2))


def test_narrations_follow_their_words(dossier: Dossier) -> None:
    told = [event for event in dossier.events() if event.mentions]
    take(dossier, version([CALM, MILL, NO_GUN, MISSING]))
    again = [event for event in dossier.events() if event.mentions]
    assert [event.id for event in again] == [event.id for event in told]
    take(dossier, version([MILL, NO_GUN], narration=""), dossier.articles()[0].key)
    assert all(not event.mentions for event in dossier.events())


def test_an_article_that_is_no_longer_there_is_stale(dossier: Dossier) -> None:
    before = all_rows(dossier)
    sample = version([MILL])
    with pytest.raises(DossierError):
        dossier.record_import(
            [sample],
            assemble([*dossier.readings(), sample[1]]),
            [],
            started=STARTED,
            recognised=Recognised(changed={sample[1].article.key: "0" * 64}),
        )
    assert all_rows(dossier) == before


def test_the_same_text_from_another_file_is_one_more_document(dossier: Dossier) -> None:
    document, reading = FIRST
    key = "f" * 64
    other = replace(document, name="copy.htm", data=b"<p>copy</p>", sha256=key, path="/x/copy.htm")
    again = replace(reading, article=replace(reading.article, key=key, file="copy.htm"))
    held = dossier.readings()
    summary = dossier.record_import(
        [(other, again)],
        assemble(held, dossier.decisions()),
        [],
        started=STARTED,
        recognised=Recognised(same={key: reading.article.key}),
    )
    assert (summary.added, summary.changed) == ((), ())
    (twice,) = summary.duplicates
    assert (twice.file, twice.detail) == ("copy.htm", "same text as courier.txt")
    assert len(dossier.articles()) == 2
    taken = dossier.has_document(key)
    assert taken is not None
    assert dossier.document_bytes(taken) == b"<p>copy</p>"
    assert [one.number for one in dossier.revisions_of(1)] == [1]
    assert set(dossier.places().values()) == {reading.article.key}


def test_a_claim_of_the_same_words_under_another_cue_is_reworded() -> None:
    softer = (MILL[0], "hinted", MILL[2], MILL[3])
    matched = match_attributions(version([MILL])[1], version([softer])[1])
    assert [one.kind for one in matched] == [ChangeKind.REWORDED]


def test_another_claim_of_the_same_source_is_none_reworded() -> None:
    other = (MILL[0], MILL[1], "that talks would open in the spring", "Pell")
    matched = match_attributions(version([MILL])[1], version([other])[1])
    assert [one.kind for one in matched] == [ChangeKind.ADDED, ChangeKind.GONE]


@given(
    st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12)
)
def test_words_are_matched_one_to_one(old: list[str], new: list[str]) -> None:
    paired = match_words(old, new)
    assert all(old[index] == new[place] for index, (place, _) in paired.items())
    assert len({place for place, _ in paired.values()}) == len(paired)
    assert len(paired) == sum(min(old.count(word), new.count(word)) for word in "abcd")
    kept = [place for _, (place, kind) in sorted(paired.items()) if kind is ChangeKind.KEPT]
    assert kept == sorted(kept)


@given(st.text("ab c", min_size=1, max_size=30), st.text("ab c", max_size=30), st.data())
def test_spans_that_moved_hold(old: str, new: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(old))
    pairs = data.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=4))
    spans = [Span.cut(old, min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]
    moved = move_spans(old, new, spans, 0)
    if moved is not None:
        assert [span.exact for span in moved] == [span.exact for span in spans]
        assert all(span.holds_in(new) and span.end <= len(new) for span in moved)
    assert spans == [] or move_spans(old, "x" + old, spans, 0) is not None


def test_an_older_dossier_has_no_word_on_its_documents(dossier: Dossier) -> None:
    with dossier._connections.writing() as database:
        database.sql("DELETE FROM article_document")
    before = dossier.imports()
    assert [one.document_id for one in dossier.revisions_of(1)] == [1]
    take(dossier, version([MILL, NO_GUN]))
    (latest, *others) = dossier.imports()
    assert (latest.added, latest.changed) == ((), (1,))
    assert others == before
    assert [one.document_id for one in dossier.revisions_of(1)] == [1, 3]
