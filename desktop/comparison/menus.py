"""The menus of a claim and of a relation: every decision with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from db.rows import EventRow, RelationRow, ReviewState
from desktop.comparison.facts import speaker_of
from desktop.session import Session
from desktop.vocabulary import name_of, relation_seen_from_target
from desktop.wording import interval_in_words
from extraction.model import RelationType, SideKey, SpeechAct

if TYPE_CHECKING:
    from desktop.comparison.view import ComparisonView

SIDE_KEYS = {
    Qt.Key.Key_1: SideKey.A,
    Qt.Key.Key_2: SideKey.B,
    Qt.Key.Key_3: SideKey.THIRD,
    Qt.Key.Key_4: SideKey.BOTH,
    Qt.Key.Key_0: SideKey.NONE,
}
"""Keys that put the chosen claims on a side; the library's list of actors has the same."""

ACT_KEYS = {
    Qt.Key.Key_T: SpeechAct.ASSERTS,
    Qt.Key.Key_G: SpeechAct.ALLEGES,
    Qt.Key.Key_D: SpeechAct.DENIES,
    Qt.Key.Key_I: SpeechAct.ADMITS,
    Qt.Key.Key_C: SpeechAct.CONFIRMS,
    Qt.Key.Key_Q: SpeechAct.DEMANDS,
    Qt.Key.Key_J: SpeechAct.REJECTS,
    Qt.Key.Key_F: SpeechAct.OFFERS,
    Qt.Key.Key_H: SpeechAct.THREATENS,
    Qt.Key.Key_P: SpeechAct.ANNOUNCES,
    Qt.Key.Key_X: SpeechAct.EXPRESSES,
}
"""Keys that say what kind of statement the chosen claims are: those that nothing else has here."""

SHOWN_WORDS = 40


def with_access_keys(names: Sequence[str], keys: Sequence[str] = ()) -> list[str]:
    """Each name with an access key of its own, as far as its letters go.

    ``keys`` are letters that work without the menu, one a name or empty: a name that holds its
    own has it as its access key, so that there is one letter to learn.
    """
    wanted = [
        key.lower() if key.lower() in name.lower() else ""
        for name, key in zip(names, keys or [""] * len(names), strict=True)
    ]
    taken: set[str] = {key for key in wanted if key}
    keyed = []
    for name, key in zip(names, wanted, strict=True):
        safe = name.replace("&", "&&")
        if key:
            own = safe.lower().index(key)
            keyed.append(f"{safe[:own]}&{safe[own:]}")
            continue
        place = next(
            (
                n
                for n, letter in enumerate(safe)
                if letter.isalpha() and letter.lower() not in taken
            ),
            None,
        )
        if place is None:
            keyed.append(safe)
        else:
            taken.add(safe[place].lower())
            keyed.append(f"{safe[:place]}&{safe[place:]}")
    return keyed


class Menus:
    """Builds menus anew each time they are asked for."""

    def __init__(self, view: ComparisonView) -> None:
        self._view = view
        self._session = view.session
        self._review = view.review
        self._offering: QMenu | None = None

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    @staticmethod
    def _tr(text: str) -> str:
        return QCoreApplication.translate("ComparisonMenus", text)

    # ------------------------------------------------------------------ a claim

    def of_claim(self, claim_id: int) -> QMenu:
        """All that can be done with the claims that are chosen; one of them is ``claim_id``."""
        view, review = self._view, self._review
        menu = self._menu()
        _add(menu, self._tr("Edit…\tEnter"), lambda: view.edit(claim_id), self._review.allowed())
        _add(menu, self._tr("Show in the reader\tO"), lambda: view.open(claim_id))
        _add(
            menu,
            self._tr("Show on the timeline"),
            lambda: view.timeline_requested.emit(claim_id),
        )
        _add(menu, self._tr("Copy with its source"), lambda: view.copy(claim_id))
        article = self._session.claim(claim_id).article_id
        if self._session.article(article).version > 1:
            _add(
                menu,
                self._tr("What the outlet changed…"),
                lambda: view.versions_requested.emit(article),
            )
        menu.addSeparator()
        allowed = review.allowed()
        _add(menu, self._tr("Accept\tA"), lambda: review.decide(True), allowed)
        _add(menu, self._tr("Reject\tR"), lambda: review.decide(False), allowed)
        self._fill_acts(menu.addMenu(self._tr("Speech act\tE")), allowed)
        self._fill_sides(menu.addMenu(self._tr("Side")), allowed)
        _add(menu, self._tr("Who says it…\tW"), view.ask_source, allowed)
        self._fill_events(menu.addMenu(self._tr("Event")), allowed)
        _add(menu, self._tr("Star\tS"), review.star, allowed)
        _add(menu, self._tr("Note…\tM"), view.ask_note, allowed)
        menu.addSeparator()
        relations = self._session.relations_of(claim_id)
        told = menu.addMenu(self._tr("Relations"))
        told.setEnabled(bool(relations))
        for relation in sorted(relations, key=lambda row: -row.score):
            words = self._relation_words(relation, claim_id)
            self._fill_relation(told.addMenu(words), relation, allowed)
        pair = view.canvas.choice.marked
        if len(pair) == 2:
            self._fill_kinds(
                menu.addMenu(self._tr("Relate the two marked\tL")),
                lambda kind: review.relate(pair[0], pair[1], kind),
                allowed,
            )
        menu.addSeparator()
        _add(menu, self._tr("Next to review\tN"), lambda: review.next())
        return menu

    def offered(self) -> list[QAction]:
        """What can be done with the chosen claim or event, as commands with their keys."""
        if self._offering is not None:
            self._offering.deleteLater()
        selection, canvas = self._session.selection, self._view.canvas
        of_claim = canvas.index_of(selection.claim_id, None) is not None
        if of_claim and selection.claim_id is not None:
            menu, what = self.of_claim(selection.claim_id), self._tr("Claim")
        elif (
            selection.event_id is not None and canvas.index_of(None, selection.event_id) is not None
        ):
            menu, what = self.of_event(selection.event_id), self._tr("Event")
        else:
            self._offering = None
            return []
        self._offering = menu
        return [
            _as_command(menu, what, action, canvas.act_requested.emit)
            for action in menu.actions()
            if action.isEnabled() and (action.menu() is None or action.text().endswith("\tE"))
            if not action.isSeparator()
        ]

    def of_acts(self) -> QMenu:
        menu = self._menu()
        self._fill_acts(menu, self._review.allowed())
        return menu

    def of_kinds(self, source_id: int, target_id: int) -> QMenu:
        """What one claim is to another."""
        menu = self._menu()
        names = (speaker_of(self._session.claim(one)) for one in (source_id, target_id))
        first, second = (_short(name, 32).replace("&", "&&") for name in names)
        words = self._tr("{first} … {second}").format(first=first, second=second)
        menu.addAction(words).setEnabled(False)
        menu.addSeparator()
        self._fill_kinds(
            menu,
            lambda kind: self._review.relate(source_id, target_id, kind),
            self._review.allowed(),
        )
        return menu

    def _fill_acts(self, menu: QMenu, allowed: bool) -> None:
        targets = self._view.canvas.choice.targets()
        chosen = {self._session.claim(one).speech_act for one in targets}
        fill_acts(menu, self._review.change_act, chosen, allowed)

    def _fill_sides(self, menu: QMenu, allowed: bool) -> None:
        targets = self._view.canvas.choice.targets()
        chosen = {self._session.claim(one).side for one in targets}
        fill_sides(menu, self._session, self._review.change_side, chosen, allowed)

    # ------------------------------------------------------------------ an event

    def of_event(self, event_id: int) -> QMenu:
        """What can be done with an event, and which of those shown near it could be the same."""
        menu = self._menu()
        view, review, allowed = self._view, self._review, self._review.allowed()
        _add(menu, self._tr("Edit…\tEnter"), lambda: view.edit_event(event_id), allowed)
        near = [row for row in view.events_near(event_id) if row.id != event_id]
        merge = menu.addMenu(self._tr("Merge into"))
        merge.setEnabled(allowed and bool(near))
        for row in near:
            _add(merge, _event_in_words(row), partial(review.merge, [event_id], row.id))
        return menu

    def _fill_events(self, menu: QMenu, allowed: bool) -> None:
        """Where the chosen claims could belong: apart, together, or to an event nearby."""
        view, review = self._view, self._review
        targets = [self._session.claim(one) for one in view.canvas.choice.targets()]
        events = list(dict.fromkeys(c.event_id for c in targets if c.event_id is not None))
        _add(menu, self._tr("An event of its own"), review.split, allowed)
        if len(events) > 1:
            into = events[0]
            _add(
                menu,
                self._tr("Merge the events of those marked"),
                lambda: review.merge(events, into),
                allowed,
            )
        menu.addSeparator()
        for row in view.events_near(events[0] if events else None):
            if [row.id] != events:
                _add(menu, _event_in_words(row), partial(review.place, row.id), allowed)

    # ------------------------------------------------------------------ a relation

    def of_relations(self, relation_ids: Iterable[int]) -> QMenu:
        """What a link in the gutter stands for: its relations, each with its reasons."""
        menu = self._menu()
        allowed = self._review.allowed()
        wanted = list(dict.fromkeys(relation_ids))
        found = self._session.relations_among(wanted)
        if len(found) == 1:
            self._fill_relation(menu, found[0], allowed)
            return menu
        ids = [row.id for row in found]
        _add(
            menu, self._tr("Accept all"), lambda: self._review.decide_relations(ids, True), allowed
        )
        _add(
            menu, self._tr("Reject all"), lambda: self._review.decide_relations(ids, False), allowed
        )
        menu.addSeparator()
        for relation in found:
            words = self._relation_words(relation, relation.source_id)
            self._fill_relation(menu.addMenu(words), relation, allowed)
        return menu

    def _relation_words(self, relation: RelationRow, claim_id: int) -> str:
        outgoing = relation.source_id == claim_id
        other = self._session.claim(relation.target_id if outgoing else relation.source_id)
        name = name_of(relation.type) if outgoing else relation_seen_from_target(relation.type)
        return _short(f"{name} {speaker_of(other)}").replace("&", "&&")

    def _fill_relation(self, menu: QMenu, relation: RelationRow, allowed: bool) -> None:
        for reason in relation.reasons[:6]:
            menu.addAction(_short(reason, 70).replace("&", "&&")).setEnabled(False)
        menu.addSeparator()
        review, one = self._review, [relation.id]
        waits = relation.review is ReviewState.SUGGESTED
        _add(
            menu,
            self._tr("&Accept this relation"),
            lambda: review.decide_relations(one, True),
            allowed and waits,
        )
        _add(
            menu,
            self._tr("&Reject this relation"),
            lambda: review.decide_relations(one, False),
            allowed,
        )
        self._fill_kinds(
            menu.addMenu(self._tr("&Change to")),
            lambda kind: review.change_relation(relation.id, kind),
            allowed,
            {relation.type},
        )
        _add(
            menu,
            self._tr("&Turn round"),
            lambda: review.change_relation(relation.id, relation.type, turned=True),
            allowed,
        )

    def _fill_kinds(
        self,
        menu: QMenu,
        act: Callable[[RelationType], object],
        allowed: bool,
        chosen: set[RelationType] | None = None,
    ) -> None:
        _fill(menu, RelationType, act, chosen or set(), allowed)


def fill_acts(
    menu: QMenu, act: Callable[[SpeechAct], object], chosen: set[SpeechAct], allowed: bool
) -> None:
    """The speech acts with their keys; what all the chosen claims are already is checked."""
    keys = {kind: chr(key) for key, kind in ACT_KEYS.items()}
    _fill(menu, SpeechAct, act, chosen, allowed, keys)


def fill_sides(
    menu: QMenu,
    session: Session,
    act: Callable[[SideKey], object],
    chosen: set[SideKey],
    allowed: bool,
) -> None:
    """The sides with their keys."""
    for key, side in SIDE_KEYS.items():
        name = session.side_name(side).replace("&", "&&")
        action = _add(menu, f"{name}\t{chr(key)}", partial(act, side), allowed)
        action.setCheckable(True)
        action.setChecked(chosen == {side})


Code = TypeVar("Code", bound=StrEnum)


def _fill(
    menu: QMenu,
    codes: Iterable[Code],
    act: Callable[[Code], object],
    chosen: set[Code],
    allowed: bool,
    keys: Mapping[Code, str] | None = None,
) -> None:
    """A choice of one code of a vocabulary; what all chosen have already is checked."""
    members = list(codes)
    letters = [(keys or {}).get(member, "") for member in members]
    names = with_access_keys([name_of(member) for member in members], letters)
    for code, text, letter in zip(members, names, letters, strict=True):
        shown = f"{text}\t{letter}" if letter else text
        action = _add(menu, shown, partial(act, code), allowed)
        action.setCheckable(True)
        action.setChecked(chosen == {code})


def _add(menu: QMenu, text: str, act: Callable[[], object], enabled: bool = True) -> QAction:
    action = menu.addAction(text)
    # Triggered carries "checked", which no act here takes.
    action.triggered.connect(lambda _=False: act())
    action.setEnabled(enabled)
    return action


def _as_command(menu: QMenu, what: str, action: QAction, open_: Callable[[], object]) -> QAction:
    """An entry of a menu for the list of commands; ``open_`` stands for an entry's own menu."""
    words, _, keys = action.text().partition("\t")
    command = QAction(f"{what}: {words}", menu)
    # On no widget, so that the keys are told here and heard in the split view alone.
    command.setShortcut(QKeySequence(keys))
    own = action.menu() is not None
    command.triggered.connect(lambda _=False: open_() if own else action.trigger())
    return command


def _event_in_words(row: EventRow) -> str:
    """An event in a menu: its time tells it from others of its name."""
    when = interval_in_words(row.when, short=True) if row.when is not None else ""
    return _short(row.label).replace("&", "&&") + (f"\t{when}" if when else "")


def _short(words: str, most: int = SHOWN_WORDS) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
