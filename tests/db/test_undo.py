"""Any sequence of edits, undone, gives the dossier back row for row; redone, the edited one."""

from __future__ import annotations

import inspect
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from db import Dossier
from db.carrying import carried_decisions
from db.pins import Pins
from db.rows import NewClaim, Recognised, Reliability, ReviewState, Verdict
from extraction.model import RelationType, SideKey, Span, SpeechAct
from tests.db.packed import found_out, must_match, same
from tests.db.samples import DAY, FIRST, SECOND, article_of, assemble, day, redated
from tests.db.tables import all_rows

STARTED = datetime(2031, 5, 1)
LETTERS = st.sampled_from([None, Reliability.COMPLETELY, Reliability.CANNOT_BE_JUDGED])
SIDES = st.sampled_from([SideKey.A, SideKey.B, SideKey.THIRD])
SAMPLES = [
    FIRST,
    SECOND,
    article_of(
        "third.txt",
        [
            ("a monitor", "claimed", "that 7 soldiers fell at Adda", "Adda"),
            ("the Korr army", "denied", "the fall of Adda", "Adda"),
            ("Velden's ministry", "denied", "the bridge at Pell was cut", "Pell"),
        ],
        narration="Nobody crossed at Pell.",
    ),
    article_of("fourth.txt", [("a monitor", "said", "Ostrava was calm", "Ostrava")]),
]


SENTENCES = [
    ("Velden's ministry", "claimed", "that Korr guns hit the mill at Ostrava", "Ostrava"),
    ("Velden's ministry", "claimed", "that Korr guns hit the old mill at Ostrava", "Ostrava"),
    ("the Korr army", "denied", "that any gun had fired on Ostrava", "Ostrava"),
    ("a monitor", "claimed", "that 7 soldiers fell at Adda", "Adda"),
    ("a monitor", "hinted", "that 12 soldiers were missing near Lumen", "Lumen"),
    ("Velden's ministry", "denied", "the bridge at Pell was cut", "Pell"),
]


class Editing(RuleBasedStateMachine):
    """``past`` and ``future`` are the states before and after the steps, by the log's own model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.dossier = Dossier.create(self.folder / "edited.claimline", "Edited")
        self.past: list[dict[str, list[tuple[Any, ...]]]] = []
        self.future: list[dict[str, list[tuple[Any, ...]]]] = []
        self.state = all_rows(self.dossier)
        self.columns = self.dossier.columns()

    @initialize()
    def begin(self) -> None:
        self._import(0)

    def teardown(self) -> None:
        while self.past:
            self.undo()
        assert self.dossier.undo_label is None
        self.dossier.close()
        shutil.rmtree(self.folder)

    def _edited(self) -> None:
        """An edit was made: a step, if it changed anything."""
        now = all_rows(self.dossier)
        if now != self.state:
            self.past.append(self.state)
            self.future.clear()
            self.state = now

    def _import(self, index: int) -> None:
        sample = SAMPLES[index]
        readings = self.dossier.readings()
        if self.dossier.has_document(sample[0].sha256) is None:
            readings.append(sample[1])
        self.dossier.record_import(
            [sample], assemble(readings, self.dossier.decisions()), [], started=STARTED
        )
        self._edited()

    @rule(index=st.integers(0, len(SAMPLES) - 1))
    def import_article(self, index: int) -> None:
        self._import(index)

    @rule(data=st.data(), sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
    def import_another_version(
        self, data: st.DataObject, sentences: list[tuple[str, str, str, str]]
    ) -> None:
        readings = self.dossier.readings()
        if not readings:
            return
        narration = data.draw(st.sampled_from(["", "Nobody crossed at Pell."]))
        sample = article_of("again.txt", sentences, narration=narration)
        if self.dossier.has_document(sample[0].sha256) is not None:
            return
        at = data.draw(st.integers(0, len(readings) - 1))
        old, readings[at] = readings[at], sample[1]
        decided = carried_decisions(self.dossier.decisions(), [(old, sample[1])])
        self.dossier.record_import(
            [sample],
            assemble(readings, decided),
            [],
            started=STARTED,
            recognised=Recognised(changed={sample[1].article.key: old.article.key}),
        )
        self._edited()

    @rule(data=st.data(), sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
    def import_an_earlier_version(
        self, data: st.DataObject, sentences: list[tuple[str, str, str, str]]
    ) -> None:
        readings = self.dossier.readings()
        sample = article_of("before.txt", sentences)
        if not readings or self.dossier.has_document(sample[0].sha256) is not None:
            return
        held = data.draw(st.sampled_from(readings))
        self.dossier.record_import(
            [sample],
            assemble(readings, self.dossier.decisions()),
            [],
            started=STARTED,
            recognised=Recognised(earlier={sample[1].article.key: held.article.key}),
        )
        self._edited()

    @precondition(lambda self: any(row.version > 1 for row in self.dossier.articles()))
    @rule(data=st.data(), verdict=st.sampled_from(Verdict))
    def decide_on_changes(self, data: st.DataObject, verdict: Verdict) -> None:
        changed = [row for row in self.dossier.articles() if row.version > 1]
        row = data.draw(st.sampled_from(changed))
        number = data.draw(st.integers(2, row.version))
        changes = self.dossier.changes_between(row.id, number - 1, number)
        if changes:
            chosen = data.draw(st.lists(st.sampled_from(changes), min_size=1, unique=True))
            self.dossier.decide_changes(row.id, number, chosen, verdict)
            self._edited()

    @rule(data=st.data(), figure=st.sampled_from([None, 1, 6]), letter=LETTERS)
    def rate(self, data: st.DataObject, figure: int | None, letter: Reliability | None) -> None:
        claims = [claim.id for claim in self.dossier.claims()]
        if not claims:
            return
        self.dossier.set_credibility(data.draw(st.sets(st.sampled_from(claims))), figure)
        self._edited()
        actor = data.draw(st.sampled_from(self.dossier.actors()))
        self.dossier.set_reliability(letter, actor_id=actor.id)
        self._edited()
        outlet = data.draw(st.sampled_from(self.dossier.articles())).outlet
        self.dossier.set_reliability(letter, outlet=outlet)
        self._edited()

    @rule(key=SIDES, name=st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    def rename_side(self, key: SideKey, name: str) -> None:
        self.dossier.rename_side(key, name)
        self._edited()

    @rule(key=SIDES, color=st.sampled_from(["", "#102030", "#ffffff"]))
    def recolor_side(self, key: SideKey, color: str) -> None:
        self.dossier.recolor_side(key, color, color)
        self._edited()

    @rule()
    def swap_sides(self) -> None:
        self.dossier.swap_sides()
        self._edited()

    @rule(data=st.data(), side=SIDES)
    def move_actor(self, data: st.DataObject, side: SideKey) -> None:
        ids = sorted(actor.id for actor in self.dossier.actors())
        if ids:
            self.dossier.move_actor(data.draw(st.sampled_from(ids)), side)
            self._edited()

    @rule(data=st.data(), state=st.sampled_from(ReviewState))
    def review(self, data: st.DataObject, state: ReviewState) -> None:
        ids = [claim.id for claim in self.dossier.claims()]
        if ids:
            self.dossier.set_review(data.draw(st.sets(st.sampled_from(ids))), state)
            self._edited()

    @rule(data=st.data(), act=st.sampled_from(SpeechAct), side=SIDES)
    def edit_claims(self, data: st.DataObject, act: SpeechAct, side: SideKey) -> None:
        ids = [claim.id for claim in self.dossier.claims()]
        if ids:
            self.dossier.edit_claims(data.draw(st.sets(st.sampled_from(ids))), act=act, side=side)
            self._edited()
            actors = [None, *(actor.id for actor in self.dossier.actors())]
            self.dossier.set_source(
                data.draw(st.sets(st.sampled_from(ids))),
                actor_id=data.draw(st.sampled_from(actors)),
                speaker="somebody",
            )
            self._edited()

    @rule(data=st.data(), act=st.sampled_from(SpeechAct), side=SIDES)
    def add_and_reword_claims(self, data: st.DataObject, act: SpeechAct, side: SideKey) -> None:
        articles = self.dossier.articles()
        if not articles:
            return
        article = data.draw(st.sampled_from(articles))
        text = self.dossier.article_text(article.id)
        start = data.draw(st.integers(0, len(text) - 2))
        words = (Span.cut(text, start, data.draw(st.integers(start + 1, len(text)))),)
        events = [None, *(event.id for event in self.dossier.events())]
        chosen = data.draw(st.sampled_from(events))
        self.dossier.add_claim(NewClaim(article.id, words, "somebody", side, act, event_id=chosen))
        self._edited()
        ids = [claim.id for claim in self.dossier.claims(article_id=article.id)]
        self.dossier.set_content(data.draw(st.sampled_from(ids)), words)
        self._edited()

    @rule(data=st.data(), days=st.integers(-3, 3), places=st.lists(st.sampled_from(["", "Adda"])))
    def put_right(self, data: st.DataObject, days: int, places: list[str]) -> None:
        ids = [claim.id for claim in self.dossier.claims()]
        if not ids:
            return
        chosen = data.draw(st.sets(st.sampled_from(ids)))
        self.dossier.set_when(chosen, day(DAY + timedelta(days=days)))
        self._edited()
        self.dossier.set_places(chosen, places)
        self._edited()
        one = data.draw(st.sampled_from(self.dossier.claims()))
        self.dossier.set_quantities(one.id, one.quantities[: data.draw(st.integers(0, 1))])
        self._edited()

    @rule(data=st.data(), label=st.sampled_from(["", "A strike", "Shelling of Pell"]))
    def regroup(self, data: st.DataObject, label: str) -> None:
        claims = [claim.id for claim in self.dossier.claims()]
        events = [event.id for event in self.dossier.events()]
        if not claims or not events:
            return
        chosen = data.draw(st.sets(st.sampled_from(claims)))
        match data.draw(st.sampled_from(["place", "split", "merge", "rename", "date"])):
            case "place":
                self.dossier.place_claims(chosen, data.draw(st.sampled_from(events)))
            case "split" if chosen:
                self.dossier.split_event(chosen, label)
            case "merge":
                several = data.draw(st.sets(st.sampled_from(events)))
                self.dossier.merge_events(several, data.draw(st.sampled_from(events)))
            case "rename":
                self.dossier.rename_event(data.draw(st.sampled_from(events)), label)
            case "date":
                when = data.draw(st.sampled_from([None, day(DAY)]))
                self.dossier.date_event(data.draw(st.sampled_from(events)), when)
        self._edited()

    @rule(data=st.data(), starred=st.none() | st.booleans(), note=st.sampled_from([None, "", "x"]))
    def set_note(self, data: st.DataObject, starred: bool | None, note: str | None) -> None:
        ids = [claim.id for claim in self.dossier.claims()]
        if ids:
            chosen = data.draw(st.sets(st.sampled_from(ids)))
            self.dossier.set_note(chosen, starred=starred, note=note)
            self._edited()

    @rule(data=st.data(), kind=st.sampled_from(RelationType), state=st.sampled_from(ReviewState))
    def relate(self, data: st.DataObject, kind: RelationType, state: ReviewState) -> None:
        ids = [claim.id for claim in self.dossier.claims()]
        if len(ids) > 1:
            self.dossier.relate(*data.draw(st.permutations(ids))[:2], kind)
            self._edited()
        related = [relation.id for relation in self.dossier.relations()]
        if related:
            chosen = data.draw(st.sampled_from(related))
            self.dossier.set_relation_review([chosen], state)
            self._edited()
            self.dossier.change_relation(chosen, kind, turned=data.draw(st.booleans()))
            self._edited()

    @rule(data=st.data(), days=st.integers(-3, 3))
    def set_published(self, data: st.DataObject, days: int) -> None:
        articles = self.dossier.articles()
        if not articles:
            return
        at = data.draw(st.integers(0, len(articles) - 1))
        readings = self.dossier.readings()
        readings[at] = redated(readings[at], DAY + timedelta(days=days))
        self.dossier.set_published(
            articles[at].id, assemble(readings, self.dossier.decisions()), readings[at]
        )
        self._edited()

    @rule(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=8), side=SIDES)
    def two_in_one_step(self, title: str, side: SideKey) -> None:
        with self.dossier.step("Two"):
            self.dossier.title = title
            self.dossier.rename_side(side, title)
        self._edited()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.dossier.undo() is not None
        self.future.append(self.state)
        self.state = self.past.pop()
        assert all_rows(self.dossier) == self.state

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.dossier.redo() is not None
        self.past.append(self.state)
        self.state = self.future.pop()
        assert all_rows(self.dossier) == self.state

    @rule()
    def close_and_open(self) -> None:
        self.dossier.close()
        self.dossier = Dossier.open(self.dossier.path)

    @invariant()
    def the_log_knows_where_it_stands(self) -> None:
        assert (self.dossier.undo_label is None) == (not self.past)
        assert (self.dossier.redo_label is None) == (not self.future)
        assert len(self.dossier.revisions()) == len(self.past) + len(self.future)

    @rule(claims=st.frozensets(st.integers(1, 9)), events=st.frozensets(st.integers(1, 9)))
    def pin(self, claims: frozenset[int], events: frozenset[int]) -> None:
        self.dossier.set_pins(Pins(claims, events))
        self._edited()

    @invariant()
    def packed_arrays_brought_up_to_date_say_what_the_rows_say(self) -> None:
        self.columns = self.dossier.columns(self.columns)
        anew = self.dossier.columns()
        assert same(self.columns, anew)
        assert found_out(self.columns) == found_out(anew)
        must_match(self.dossier, self.columns)

    @invariant()
    def all_is_well_inside(self) -> None:
        assert self.dossier.check() == []
        with self.dossier._connections.writing() as database:
            for index in ("claim_search", "article_search", "actor_search"):
                database.sql(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


Editing.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    # Each example makes files: shrinking a failure would take minutes.
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    print_blob=True,
)
TestEditing = Editing.TestCase


# In stages, and several dates at once: the tests of imports undo these.
ELSEWHERE = {"begin_import", "add_articles", "assemble_import", "finish_import", "date_articles"}


def test_the_sequences_hold_every_kind_of_edit() -> None:
    """An edit that is added to the dossier has to be added here."""
    done = inspect.getsource(Editing)
    writes = {
        name
        for name, method in inspect.getmembers(Dossier, inspect.isfunction)
        if not name.startswith("_") and "self._step(" in inspect.getsource(method)
    }
    writes -= ELSEWHERE
    assert {"set_review", "split_event", "decide_changes", "set_credibility"} <= writes
    missing = sorted(name for name in writes - {"step", "set_title"} if f".{name}(" not in done)
    assert missing == []


def test_steps_have_names_and_tell_who(dossier: Dossier) -> None:
    dossier.who = "Ada"
    dossier.rename_side(SideKey.A, "North")
    dossier.swap_sides()
    dossier.undo()
    rows = dossier.revisions()
    assert [(row.label, row.who, row.undone) for row in rows] == [
        ("Swap sides", "Ada", True),
        ("Rename side", "Ada", False),
        ("Import gazette.txt", "", False),
        ("Import courier.txt", "", False),
    ]
    assert (dossier.undo_label, dossier.redo_label) == ("Rename side", "Swap sides")
    dossier.title = "Another way"
    assert dossier.redo_label is None
    assert dossier.redo() is None


def test_an_edit_that_changes_nothing_is_no_step(dossier: Dossier) -> None:
    dossier.undo()
    dossier.title = "Sample"
    dossier.rename_side(SideKey.A, dossier.sides()[0].name)
    assert dossier.redo_label == "Import gazette.txt"


def test_one_more_article_is_a_small_step(dossier: Dossier) -> None:
    """Nothing of what stood there is written anew, so the log holds no rows but ranges."""
    third = SAMPLES[3]
    dossier.record_import([third], assemble([*dossier.readings(), third[1]]), [], started=STARTED)
    with dossier._connections.reading() as database:
        logged = database.sql(
            "SELECT table_name, op, before, after FROM change"
            " WHERE step_id = (SELECT max(id) FROM step)"
        ).fetchall()
    assert {op for _, op, _, _ in logged} == {"insert"}
    assert {before or after for *_, before, after in logged} == {None}


def test_bytes_of_an_import_that_can_no_longer_be_redone_go(dossier: Dossier) -> None:
    def kept() -> int:
        with dossier._connections.reading() as database:
            return int(database.sql("SELECT count(*) FROM content").fetchone()[0])

    assert kept() == 4
    reread = redated(FIRST[1], DAY + timedelta(days=1))
    dossier.set_published(1, assemble([reread, SECOND[1]]), reread)
    assert kept() == 5
    dossier.undo()
    dossier.undo()
    assert kept() == 5
    dossier.title = "No way back"
    assert kept() == 2
    reread = redated(FIRST[1], DAY + timedelta(days=2))
    dossier.undo()
    # The step that forgets what was undone is itself the last to know the reading before it.
    dossier.set_published(1, assemble([reread]), reread)
    assert kept() == 3
    dossier.undo()
    assert dossier.readings() == [FIRST[1]]
    dossier.undo()
    dossier.redo()
    assert dossier.document_bytes(1) == FIRST[0].data
    assert dossier.readings() == [FIRST[1]]
