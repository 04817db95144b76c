"""A person decides on what another version of an article changed; each decision is one step."""

from __future__ import annotations

import pytest

from db import Dossier
from db.rows import ChangeKind, ClaimChange, ReviewState, Verdict
from extraction.model import RelationType, Span, SpeechAct
from tests.db.samples import FIRST
from tests.db.tables import all_rows
from tests.db.test_versions import (
    CALM,
    MILL,
    MILL_AGAIN,
    MISSING,
    NO_GUN,
    saying,
    take,
    version,
)

EACH = [(kind, verdict) for kind in ("reworded", "gone", "added") for verdict in Verdict]
LATER = [CALM, MILL_AGAIN, NO_GUN]


def the(dossier: Dossier, kind: ChangeKind) -> ClaimChange:
    (found,) = [one for one in dossier.changes_between(1, 1, 2) if one.kind is kind]
    return found


def decide(dossier: Dossier, kind: ChangeKind, verdict: Verdict) -> None:
    dossier.decide_changes(1, 2, [the(dossier, kind)], verdict)
    assert dossier.check() == []
    assert the(dossier, kind).verdict is verdict


def again(dossier: Dossier) -> None:
    """One more version, so that all is assembled again."""
    take(
        dossier, version([*LATER, ("a monitor", "said", "that nobody left", "Pell")]), key(dossier)
    )


def key(dossier: Dossier) -> str:
    return dossier.articles()[0].key


def test_what_waits_for_a_person_is_counted_and_told_on_the_claims(dossier: Dossier) -> None:
    assert [row.undecided for row in dossier.articles()] == [0, 0]
    take(dossier, version(LATER))
    assert [row.undecided for row in dossier.articles()] == [3, 0]
    assert saying(dossier, "old mill").changed is ChangeKind.REWORDED
    assert saying(dossier, "by noon").changed is ChangeKind.ADDED
    assert saying(dossier, "any gun").changed is None
    # A new claim is decided on wherever it is reviewed.
    dossier.set_review([saying(dossier, "by noon").id], ReviewState.ACCEPTED)
    assert dossier.articles()[0].undecided == 2
    assert the(dossier, ChangeKind.ADDED).verdict is Verdict.NEWER
    dossier.decide_changes(1, 2, dossier.changes_between(1, 1, 2)[:0], Verdict.NEWER)
    open_ = [one for one in dossier.changes_between(1, 1, 2) if one.is_open]
    dossier.decide_changes(1, 2, open_, Verdict.NEWER)
    assert dossier.undo_label == "Take newer version of 2 claims"
    assert dossier.articles()[0].undecided == 0


@pytest.mark.parametrize(("kind", "verdict"), EACH)
def test_each_decision_is_one_step(dossier: Dossier, kind: str, verdict: Verdict) -> None:
    take(dossier, version(LATER))
    before = all_rows(dossier)
    decide(dossier, ChangeKind(kind), verdict)
    after = all_rows(dossier)
    assert dossier.undo_label is not None
    assert "claim" in dossier.undo_label
    dossier.undo()
    assert all_rows(dossier) == before
    dossier.redo()
    assert all_rows(dossier) == after


def test_new_words_are_taken(dossier: Dossier) -> None:
    mill = saying(dossier, "mill")
    dossier.set_review([mill.id], ReviewState.ACCEPTED)
    take(dossier, version(LATER))
    decide(dossier, ChangeKind.REWORDED, Verdict.NEWER)
    now = saying(dossier, "old mill")
    assert (now.id, now.review, now.gone_from) == (mill.id, ReviewState.ACCEPTED, None)


def test_earlier_words_stay_beside_the_new_ones(dossier: Dossier) -> None:
    mill = saying(dossier, "mill")
    dossier.set_note([mill.id], note="look at this")
    related = dossier.relate(mill.id, saying(dossier, "any gun").id, RelationType.CONTRADICTS)
    take(dossier, version(LATER))
    decide(dossier, ChangeKind.REWORDED, Verdict.EARLIER)

    def must_stand() -> None:
        claims = {claim.content: claim for claim in dossier.claims(article_id=1)}
        was, now = claims[MILL[2]], claims[MILL_AGAIN[2]]
        assert (was.id, was.gone_from, was.review) == (mill.id, 1, ReviewState.ACCEPTED)
        assert was.note == "look at this"
        old = dossier.revision_text(1, 1)
        assert all(span.holds_in(old) for span in (was.cue_span, *was.content_spans))
        assert (now.gone_from, now.review) == (None, ReviewState.SUGGESTED)
        assert now.event_id == was.event_id
        assert related in {relation.id for relation in dossier.relations(claim_id=was.id)}
        denials = [r for r in dossier.relations() if r.type is RelationType.DENIES]
        assert {r.target_id for r in denials} >= {now.id}

    must_stand()
    again(dossier)
    must_stand()
    # Going along after all lets the earlier words go.
    dossier.decide_changes(1, 2, [the(dossier, ChangeKind.REWORDED)], Verdict.NEWER)
    assert [claim.id for claim in dossier.claims(article_id=1, rejected=False)].count(mill.id) == 0
    decide(dossier, ChangeKind.REWORDED, Verdict.EARLIER)
    must_stand()


def test_words_that_a_person_chose_come_back(dossier: Dossier) -> None:
    mill = saying(dossier, "mill")
    text = dossier.article_text(1)
    at = text.index("hit the mill")
    own = Span.cut(text, at, at + len("hit the mill"))
    dossier.set_content(mill.id, [own])
    dossier.edit_claims([mill.id], act=SpeechAct.CONDEMNS)
    take(dossier, version(LATER))
    decide(dossier, ChangeKind.REWORDED, Verdict.EARLIER)
    (was,) = dossier.claims(ids=[mill.id])
    assert (was.content, was.review) == ("hit the mill", ReviewState.EDITED)
    assert was.speech_act is SpeechAct.CONDEMNS
    assert was.cue_span.exact == "claimed"


def test_a_claim_that_went_is_brought_back(dossier: Dossier) -> None:
    missing = saying(dossier, "12 soldiers")
    take(dossier, version(LATER))
    assert dossier.claims(ids=[missing.id]) == []
    decide(dossier, ChangeKind.GONE, Verdict.EARLIER)
    back = saying(dossier, "12 soldiers")
    assert (back.gone_from, back.review) == (1, ReviewState.ACCEPTED)
    for name in ("actor_id", "side", "speech_act", "when", "quantities", "cue_span", "speaker"):
        assert getattr(back, name) == getattr(missing, name), name
    # Its event went too; the one it has now stays.
    assert back.event_id is not None
    (event,) = dossier.events(ids=[back.event_id])
    assert event.label == "Shelling of Lumen"
    again(dossier)
    assert saying(dossier, "12 soldiers").event_id == back.event_id
    dossier.decide_changes(1, 2, [the(dossier, ChangeKind.GONE)], Verdict.NEWER)
    assert saying(dossier, "12 soldiers").review is ReviewState.REJECTED


def test_a_claim_that_was_kept_may_be_let_go(dossier: Dossier) -> None:
    missing = saying(dossier, "12 soldiers")
    dossier.set_review([missing.id], ReviewState.ACCEPTED)
    take(dossier, version(LATER))
    assert the(dossier, ChangeKind.GONE).verdict is None
    decide(dossier, ChangeKind.GONE, Verdict.EARLIER)
    assert saying(dossier, "12 soldiers").id == missing.id
    decide(dossier, ChangeKind.GONE, Verdict.NEWER)
    assert saying(dossier, "12 soldiers").review is ReviewState.REJECTED


def test_a_new_claim_is_accepted_or_rejected(dossier: Dossier) -> None:
    take(dossier, version(LATER))
    decide(dossier, ChangeKind.ADDED, Verdict.EARLIER)
    assert saying(dossier, "by noon").review is ReviewState.REJECTED
    again(dossier)
    assert saying(dossier, "by noon").review is ReviewState.REJECTED
    decide(dossier, ChangeKind.ADDED, Verdict.NEWER)
    assert saying(dossier, "by noon").review is ReviewState.ACCEPTED


def test_what_is_not_there_is_refused(dossier: Dossier) -> None:
    take(dossier, version(LATER))
    before = all_rows(dossier)
    change = the(dossier, ChangeKind.GONE)
    with pytest.raises(KeyError):
        dossier.decide_changes(1, 3, [change], Verdict.NEWER)
    take(dossier, version([MILL, MISSING, NO_GUN]), key(dossier))
    strange = ClaimChange(ChangeKind.GONE, None, None, "", "", 999, None)
    with pytest.raises(KeyError):
        dossier.decide_changes(1, 2, [strange], Verdict.NEWER)
    dossier.undo()
    assert all_rows(dossier) == before


def test_a_cue_tells_one_attribution() -> None:
    cues = [a.cue.start for a in FIRST[1].attributions]
    assert len(set(cues)) == len(cues)
