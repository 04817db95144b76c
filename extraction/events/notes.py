"""What decides which event a claim or a narrator's sentence tells of, pressed into one record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from extraction.events.bearing import NONE, Bearing
from extraction.events.counting import Bare
from extraction.events.words import content_words, harms, is_hardware, losses
from extraction.happenings import family
from extraction.model import FuzzyInterval, Happening, Quantity, Scope, SideKey, SpeechAct
from extraction.remembering import remembered

PARTIES = frozenset({SideKey.A, SideKey.B})
HARMED = "casualties"  # the group of those who came to harm
# Acts that are an event of their own, whatever they speak about.
OWN_EVENT = frozenset(
    {
        SpeechAct.DEMANDS,
        SpeechAct.REJECTS,
        SpeechAct.OFFERS,
        SpeechAct.THREATENS,
        SpeechAct.DECLINES,
    }
)


class Voice(msgspec.Struct, frozen=True, dict=True):
    """Actor and side of a source or of a participant.

    ``bloc`` is the actor that it belongs to in the end: a ministry's state, a spokesman's firm.
    """

    actor: str | None = None
    side: SideKey = SideKey.NONE
    bloc: str | None = None

    @remembered
    def party(self) -> bool:
        return self.side in PARTIES

    @property
    def rival(self) -> Voice:
        """The other party, whoever of it: nobody where this is no party."""
        if not self.party:
            return NOBODY
        return Voice(None, SideKey.B if self.side is SideKey.A else SideKey.A)

    def same(self, other: Voice) -> bool:
        return self.actor is not None and self.actor == other.actor

    def allied(self, other: Voice) -> bool:
        """One actor, one body that both belong to, or one side of the dispute."""
        if self.same(other) or (self.bloc is not None and self.bloc == other.bloc):
            return True
        return self.party and self.side is other.side

    def opposes(self, other: Voice) -> bool:
        """Whether these are the two parties."""
        return self.party and other.party and self.side is not other.side


NOBODY = Voice()
_ANOTHER = re.compile(r"\b(?:another|more|further|other)\b(?! than)", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def _names_more(target: str) -> bool:
    return _ANOTHER.search(target) is not None


class Note(msgspec.Struct, frozen=True, dict=True):
    """One claim (``claim`` its id) or one narration (``claim`` 0), ready to be compared.

    ``group`` is what kinds of event it may be one with; ``places`` are folded by sound, in order
    of weight, without whole states, which stand in ``wide``; ``position`` is the offset in its
    article; ``day`` the ordinal of the latest day that it speaks of, of its saying, or of the
    publication: for look-ups, never shown; ``told`` that of its saying; ``things`` are the stems
    of ``target``; ``mute`` marks one that only passes on what another says, or that stands in a
    denial: it is tied to nothing; ``on_figures`` one that only points at figures given before;
    ``before`` is the figure that it gives up itself ("five, up from three"); ``bare`` one whose
    measure it leaves out ("put the crowd at 900"); ``known`` says that what it was
    done to is spoken of as known ("the dam"); ``silent`` that it only tells of no comment;
    ``own_ground`` that its figures are of where its side is; ``lead`` are the words of the first
    of several sentences; ``instead`` is the figure that it puts
    its own in place of; ``bearing`` is how its words bear on an incident; ``about`` are the
    actors that it names.
    """

    article: str
    index: int
    claim: int
    position: int
    sentence: int
    act: SpeechAct | None
    voice: Voice
    group: str
    family: str
    agent: Voice
    patient: Voice
    places: tuple[str, ...]
    when: FuzzyInterval | None
    said: FuzzyInterval | None
    day: int
    told: int
    words: frozenset[str]
    target: str
    things: frozenset[str]
    negated: bool
    modality: str
    weapons: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    targets: tuple[Voice, ...]
    happening: Happening | None
    nested: int | None
    general: bool
    others: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    mute: bool = False
    on_figures: bool = False
    before: float | None = None
    known: bool = False
    bare: Bare | None = None
    silent: bool = False
    own_ground: bool = False
    lead: frozenset[str] | None = None
    instead: float | None = None
    paragraph: int = 0
    bearing: Bearing = NONE
    about: frozenset[str] = frozenset()

    @remembered
    def key(self) -> tuple[str, int, int]:
        """Where it stands; the same however many articles are added."""
        return (self.article, self.position, -self.claim)

    @remembered
    def harm(self) -> bool:
        kind = family(self.family)
        return kind is not None and kind.harm

    @remembered
    def deed(self) -> str:
        """The verb of what was done, where it is no kind of event that the lexicon knows."""
        if self.happening is None or self.family != "deed" or self.absent:
            return ""
        return self.happening.lemma

    @remembered
    def absent(self) -> bool:
        """Whether it says that there was none of a thing: "no aircraft was over the town"."""
        known = self.happening is not None and self.family == "deed" and self.negated
        return known and self.happening is not None and self.happening.lemma == "be"

    @remembered
    def harmed(self) -> frozenset[str]:
        """Stems of the words for the people that its figures count as harmed."""
        if not self.quantities:
            return frozenset()
        known = harms()
        return content_words(q.bearer for q in self.quantities if q.bearer and q.measure in known)

    @property
    def only_said(self) -> bool:
        """Whether its time is when a thing was condemned, not when that happened."""
        return self.act is SpeechAct.CONDEMNS and self.when is not None and self.when == self.said

    @remembered
    def adds(self) -> bool:
        """Whether it tells of others than those known: "two more clinics"."""
        return self.group != HARMED and bool(self.target) and _names_more(self.target)

    @property
    def deed_verbal(self) -> bool:
        """Whether a verb tells of what was done: "they raided", not "hurt in the raid"."""
        return self.happening is not None and self.happening.verbal

    @remembered
    def harmed_count(self) -> bool:
        """Whether it gives a figure of the harmed."""
        known = harms()
        return any(q.measure in known for q in self.quantities)

    @remembered
    def counts_none(self) -> bool:
        """ "Nobody was brought in dead": whether it says that none came to harm."""
        known = harms()
        return any(q.measure in known and q.high == 0 for q in self.quantities)

    @remembered
    def nobody_hurt(self) -> bool:
        """ "Denied that there were casualties": a denial or a nought of the harmed."""
        if self.counts_none:
            return self.actual
        named = self.happening is not None and self.happening.lemma in losses()
        plain = named and not (self.deed_verbal or self.quantities or self.things or self.negated)
        return plain and self.group == HARMED and self.act is SpeechAct.DENIES

    @remembered
    def lost(self) -> bool:
        """Whether it says of a side's own arms that they were, or were not, destroyed."""
        own = self.happening is not None and self.patient.actor is not None
        return (
            own
            and self.agent.actor is None
            and self.patient.allied(self.voice)
            and (self.family == "destroy" and is_hardware(self.things))
        )

    @remembered
    def tells_of_harmed(self) -> bool:
        """Whether it says that somebody came to harm, in figures or words."""
        if self.negated or self.counts_none or not self.actual:
            return False
        told = self.group == HARMED and self.deed_verbal
        return told or self.harmed_count or (self.harm and HARMED in self.others)

    @remembered
    def running(self) -> bool:
        """Whether its figures are totals of more than one event."""
        return any(q.scope is not Scope.EVENT for q in self.quantities)

    @property
    def total(self) -> bool:
        """Whether it counts the harmed of more than one event, "since April"."""
        return self.when is not None and self.running

    @property
    def whole_war(self) -> bool:
        """Whether it counts the harmed of a whole conflict: "4,000 since the war began"."""
        return self.running and self.harmed_count and "whole" in self.bearing.kinds

    @remembered
    def partial(self) -> bool:
        """Whether one says of his own side that it did it, but only to what he names."""
        happening = self.happening
        if happening is None or not happening.limited or self.negated or not self.harm:
            return False
        stated = self.act is SpeechAct.ASSERTS or self.act is SpeechAct.ANNOUNCES
        return stated and self.agent.allied(self.voice)

    @property
    def actual(self) -> bool:
        return self.modality == "actual"


Who = Mapping[tuple[str, int], Voice]


class Known(msgspec.Struct, frozen=True):
    """What holds for a whole dossier.

    ``who`` maps (article key, entity) to actor and side; ``states`` are names of states, folded by
    sound, too wide to say where something happened; ``places`` are what any article names as one.
    """

    who: Who
    states: frozenset[str]
    places: frozenset[str]

    def voice(self, article: str, entity: int | None) -> Voice:
        return NOBODY if entity is None else self.who.get((article, entity), NOBODY)
