"""What was found out about packed arrays follows a write as if it were found out anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from db import Dossier, carried
from db.columns import Columns
from db.rows import NewClaim, ReviewState
from extraction.model import SideKey, Span, SpeechAct
from tests.db.packed import FOUND_OUT, found_out
from tests.db.samples import DAY, day


class Followed:
    """The arrays of a dossier, brought up to date write by write."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.columns = dossier.columns()
        found_out(self.columns)

    def follow(self) -> set[str]:
        """Bring them up to date; what of them was known before anything asked for it."""
        self.columns = self.dossier.columns(self.columns)
        known = {name for name in FOUND_OUT if name in self.columns.__dict__}
        assert found_out(self.columns) == found_out(self.dossier.columns())
        return known


@pytest.fixture
def followed(dossier: Dossier) -> Followed:
    return Followed(dossier)


ALL = set(FOUND_OUT)
LOOKED_UP = {"slots", "voices", "heard", "event_order"}
"""What takes a walk over all claims or a sort; the rest costs little."""


def edits(dossier: Dossier, columns: Columns) -> Iterator[tuple[str, set[str]]]:
    """Make edits one by one; after each its name and what must be known without a walk."""
    ids = columns.claims.id.tolist()
    events = columns.events.id[columns.event_order].tolist()
    text = dossier.article_text(1)
    new = NewClaim(1, (Span.cut(text, 0, 9),), "x", SideKey.A, SpeechAct.DENIES, event_id=events[0])
    doings: list[tuple[str, set[str], Callable[[], object]]] = [
        ("accept", ALL, lambda: dossier.set_review([ids[1]], ReviewState.ACCEPTED)),
        ("reject", LOOKED_UP, lambda: dossier.set_review([ids[1]], ReviewState.REJECTED)),
        ("accept again", LOOKED_UP, lambda: dossier.set_review([ids[1]], ReviewState.ACCEPTED)),
        ("reject all", LOOKED_UP, lambda: dossier.set_review(ids, ReviewState.REJECTED)),
        ("take back", LOOKED_UP, dossier.undo),
        ("another side", LOOKED_UP, lambda: dossier.edit_claims([ids[3]], side=SideKey.THIRD)),
        ("both sides", LOOKED_UP, lambda: dossier.edit_claims([ids[0]], side=SideKey.BOTH)),
        ("merge", LOOKED_UP, lambda: dossier.merge_events(events[1:2], events[0])),
        ("split", LOOKED_UP, lambda: dossier.split_event([ids[4]])),
        ("date", LOOKED_UP, lambda: dossier.date_event(events[0], day(DAY - timedelta(400)))),
        ("date last", LOOKED_UP, lambda: dossier.date_event(events[0], None)),
        ("add", LOOKED_UP, lambda: dossier.add_claim(new)),
        ("place", LOOKED_UP, lambda: dossier.place_claims(ids[:1], dossier.events()[-1].id)),
        ("when", ALL, lambda: dossier.set_when([ids[3]], None)),
    ]
    for name, known, make in doings:
        make()
        yield name, known


def test_every_edit_is_followed(dossier: Dossier, followed: Followed) -> None:
    for name, known in edits(dossier, followed.columns):
        assert known <= followed.follow(), name
    while dossier.undo() is not None:
        followed.follow()
    while dossier.redo() is not None:
        followed.follow()


def test_what_nobody_asked_for_is_not_made(dossier: Dossier) -> None:
    before = dossier.columns()
    dossier.set_review([1], ReviewState.REJECTED)
    assert not {"heard", "voices", "event_order"} & dossier.columns(before).__dict__.keys()


def test_much_at_once_is_found_out_anew(
    dossier: Dossier, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "FEW", 0)
    dossier.set_review([1], ReviewState.REJECTED)
    assert "voices" not in followed.follow()


def test_many_events_are_sorted_anew(
    dossier: Dossier, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "FEW_IN_ORDER", 0)
    dossier.date_event(int(followed.columns.events.id[0]), None)
    assert "event_order" not in followed.follow()
