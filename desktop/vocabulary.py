"""The vocabularies' words on the screen: speech acts, relations, statuses and the like."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from db.rows import Reliability, ReviewState, Status
from extraction.model import (
    DateBasis,
    EventType,
    Precision,
    RelationType,
    Scope,
    SpeechAct,
    Verification,
)

_ACTS = {
    SpeechAct.ASSERTS: QT_TRANSLATE_NOOP("Vocabulary", "asserts"),
    SpeechAct.ALLEGES: QT_TRANSLATE_NOOP("Vocabulary", "alleges"),
    SpeechAct.DENIES: QT_TRANSLATE_NOOP("Vocabulary", "denies"),
    SpeechAct.ADMITS: QT_TRANSLATE_NOOP("Vocabulary", "admits"),
    SpeechAct.CONFIRMS: QT_TRANSLATE_NOOP("Vocabulary", "confirms"),
    SpeechAct.DEMANDS: QT_TRANSLATE_NOOP("Vocabulary", "demands"),
    SpeechAct.REJECTS: QT_TRANSLATE_NOOP("Vocabulary", "rejects"),
    SpeechAct.CONDEMNS: QT_TRANSLATE_NOOP("Vocabulary", "condemns"),
    SpeechAct.OFFERS: QT_TRANSLATE_NOOP("Vocabulary", "offers"),
    SpeechAct.THREATENS: QT_TRANSLATE_NOOP("Vocabulary", "threatens"),
    SpeechAct.ANNOUNCES: QT_TRANSLATE_NOOP("Vocabulary", "announces"),
    SpeechAct.EXPRESSES: QT_TRANSLATE_NOOP("Vocabulary", "expresses"),
    SpeechAct.RETRACTS: QT_TRANSLATE_NOOP("Vocabulary", "retracts"),
    SpeechAct.CORRECTS: QT_TRANSLATE_NOOP("Vocabulary", "corrects"),
    SpeechAct.DECLINES: QT_TRANSLATE_NOOP("Vocabulary", "declines"),
}

_RELATIONS = {
    RelationType.SAME_EVENT: QT_TRANSLATE_NOOP("Vocabulary", "same event"),
    RelationType.RESTATES: QT_TRANSLATE_NOOP("Vocabulary", "restates"),
    RelationType.CONFIRMS: QT_TRANSLATE_NOOP("Vocabulary", "confirms"),
    RelationType.CORROBORATES: QT_TRANSLATE_NOOP("Vocabulary", "corroborates"),
    RelationType.DENIES: QT_TRANSLATE_NOOP("Vocabulary", "denies"),
    RelationType.CONTRADICTS: QT_TRANSLATE_NOOP("Vocabulary", "contradicts"),
    RelationType.ADMITS: QT_TRANSLATE_NOOP("Vocabulary", "admits"),
    RelationType.ANSWERS: QT_TRANSLATE_NOOP("Vocabulary", "answers"),
    RelationType.COUNTER_ACCUSES: QT_TRANSLATE_NOOP("Vocabulary", "counter-accuses"),
    RelationType.UPDATES: QT_TRANSLATE_NOOP("Vocabulary", "updates"),
    RelationType.CORRECTS: QT_TRANSLATE_NOOP("Vocabulary", "corrects"),
    RelationType.RETRACTS: QT_TRANSLATE_NOOP("Vocabulary", "retracts"),
}

_PASSIVE_RELATIONS: Mapping[RelationType, Any] = {
    RelationType.SAME_EVENT: QT_TRANSLATE_NOOP("Vocabulary", "same event as"),
    RelationType.RESTATES: QT_TRANSLATE_NOOP("Vocabulary", "restated by"),
    RelationType.CONFIRMS: QT_TRANSLATE_NOOP("Vocabulary", "confirmed by"),
    RelationType.CORROBORATES: QT_TRANSLATE_NOOP("Vocabulary", "corroborated by"),
    RelationType.DENIES: QT_TRANSLATE_NOOP("Vocabulary", "denied by"),
    RelationType.CONTRADICTS: QT_TRANSLATE_NOOP("Vocabulary", "contradicted by"),
    RelationType.ADMITS: QT_TRANSLATE_NOOP("Vocabulary", "admitted by"),
    RelationType.ANSWERS: QT_TRANSLATE_NOOP("Vocabulary", "answered by"),
    RelationType.COUNTER_ACCUSES: QT_TRANSLATE_NOOP("Vocabulary", "counter-accused by"),
    RelationType.UPDATES: QT_TRANSLATE_NOOP("Vocabulary", "updated by"),
    RelationType.CORRECTS: QT_TRANSLATE_NOOP("Vocabulary", "corrected by"),
    RelationType.RETRACTS: QT_TRANSLATE_NOOP("Vocabulary", "retracted by"),
}

_STATUSES = {
    Status.ASSERTED: QT_TRANSLATE_NOOP("Vocabulary", "asserted"),
    Status.DENIED: QT_TRANSLATE_NOOP("Vocabulary", "denied"),
    Status.DISPUTED: QT_TRANSLATE_NOOP("Vocabulary", "disputed"),
    Status.ADMITTED: QT_TRANSLATE_NOOP("Vocabulary", "admitted"),
    Status.CONFIRMED: QT_TRANSLATE_NOOP("Vocabulary", "confirmed"),
    Status.UNVERIFIED: QT_TRANSLATE_NOOP("Vocabulary", "unverified"),
    Status.CORRECTED: QT_TRANSLATE_NOOP("Vocabulary", "corrected"),
    Status.RETRACTED: QT_TRANSLATE_NOOP("Vocabulary", "retracted"),
    Status.SUPERSEDED: QT_TRANSLATE_NOOP("Vocabulary", "superseded"),
}

_REVIEWS = {
    ReviewState.SUGGESTED: QT_TRANSLATE_NOOP("Vocabulary", "suggested"),
    ReviewState.ACCEPTED: QT_TRANSLATE_NOOP("Vocabulary", "accepted"),
    ReviewState.EDITED: QT_TRANSLATE_NOOP("Vocabulary", "edited"),
    ReviewState.REJECTED: QT_TRANSLATE_NOOP("Vocabulary", "rejected"),
}

_VERIFICATIONS = {
    Verification.NONE: QT_TRANSLATE_NOOP("Vocabulary", "the article says nothing of it"),
    Verification.UNVERIFIED: QT_TRANSLATE_NOOP("Vocabulary", "not verified, says the article"),
    Verification.CONFIRMED: QT_TRANSLATE_NOOP("Vocabulary", "confirmed, says the article"),
}

_PRECISIONS = {
    Precision.MINUTE: QT_TRANSLATE_NOOP("Vocabulary", "to the minute"),
    Precision.HOUR: QT_TRANSLATE_NOOP("Vocabulary", "to the hour"),
    Precision.PART_OF_DAY: QT_TRANSLATE_NOOP("Vocabulary", "to the part of day"),
    Precision.DAY: QT_TRANSLATE_NOOP("Vocabulary", "to the day"),
    Precision.WEEK: QT_TRANSLATE_NOOP("Vocabulary", "to the week"),
    Precision.MONTH: QT_TRANSLATE_NOOP("Vocabulary", "to the month"),
    Precision.SEASON: QT_TRANSLATE_NOOP("Vocabulary", "to the season"),
    Precision.YEAR: QT_TRANSLATE_NOOP("Vocabulary", "to the year"),
    Precision.DECADE: QT_TRANSLATE_NOOP("Vocabulary", "to the decade"),
    Precision.CENTURY: QT_TRANSLATE_NOOP("Vocabulary", "to the century"),
}

_SCOPES = {
    Scope.EVENT: QT_TRANSLATE_NOOP("Vocabulary", "in this event"),
    Scope.DAY: QT_TRANSLATE_NOOP("Vocabulary", "on one day"),
    Scope.CUMULATIVE: QT_TRANSLATE_NOOP("Vocabulary", "in all so far"),
}

_BASES = {
    DateBasis.USER: QT_TRANSLATE_NOOP("Vocabulary", "set by you"),
    DateBasis.METADATA: QT_TRANSLATE_NOOP("Vocabulary", "from the file's metadata"),
    DateBasis.DATELINE: QT_TRANSLATE_NOOP("Vocabulary", "from the dateline"),
    DateBasis.TEXT: QT_TRANSLATE_NOOP("Vocabulary", "from the text"),
    DateBasis.FILE: QT_TRANSLATE_NOOP("Vocabulary", "from the file's time stamp"),
    DateBasis.NONE: QT_TRANSLATE_NOOP("Vocabulary", "unknown"),
}

_RELIABILITIES = {
    Reliability.COMPLETELY: QT_TRANSLATE_NOOP("Vocabulary", "A: completely reliable"),
    Reliability.USUALLY: QT_TRANSLATE_NOOP("Vocabulary", "B: usually reliable"),
    Reliability.FAIRLY: QT_TRANSLATE_NOOP("Vocabulary", "C: fairly reliable"),
    Reliability.NOT_USUALLY: QT_TRANSLATE_NOOP("Vocabulary", "D: not usually reliable"),
    Reliability.UNRELIABLE: QT_TRANSLATE_NOOP("Vocabulary", "E: unreliable"),
    Reliability.CANNOT_BE_JUDGED: QT_TRANSLATE_NOOP("Vocabulary", "F: cannot be judged"),
}

_CREDIBILITIES: Mapping[int, Any] = {
    1: QT_TRANSLATE_NOOP("Vocabulary", "1: confirmed by others"),
    2: QT_TRANSLATE_NOOP("Vocabulary", "2: probably true"),
    3: QT_TRANSLATE_NOOP("Vocabulary", "3: possibly true"),
    4: QT_TRANSLATE_NOOP("Vocabulary", "4: doubtful"),
    5: QT_TRANSLATE_NOOP("Vocabulary", "5: improbable"),
    6: QT_TRANSLATE_NOOP("Vocabulary", "6: cannot be judged"),
}

_EVENT_TYPES = {
    EventType.AGREE: QT_TRANSLATE_NOOP("Vocabulary", "agreement"),
    EventType.CONSULT: QT_TRANSLATE_NOOP("Vocabulary", "talks"),
    EventType.SUPPORT: QT_TRANSLATE_NOOP("Vocabulary", "support"),
    EventType.CONCEDE: QT_TRANSLATE_NOOP("Vocabulary", "concession"),
    EventType.COOPERATE: QT_TRANSLATE_NOOP("Vocabulary", "cooperation"),
    EventType.AID: QT_TRANSLATE_NOOP("Vocabulary", "aid"),
    EventType.RETREAT: QT_TRANSLATE_NOOP("Vocabulary", "retreat"),
    EventType.REQUEST: QT_TRANSLATE_NOOP("Vocabulary", "request"),
    EventType.ACCUSE: QT_TRANSLATE_NOOP("Vocabulary", "accusation"),
    EventType.REJECT: QT_TRANSLATE_NOOP("Vocabulary", "rejection"),
    EventType.THREATEN: QT_TRANSLATE_NOOP("Vocabulary", "threat"),
    EventType.PROTEST: QT_TRANSLATE_NOOP("Vocabulary", "protest"),
    EventType.SANCTION: QT_TRANSLATE_NOOP("Vocabulary", "sanction"),
    EventType.MOBILIZE: QT_TRANSLATE_NOOP("Vocabulary", "mobilisation"),
    EventType.COERCE: QT_TRANSLATE_NOOP("Vocabulary", "coercion"),
    EventType.ASSAULT: QT_TRANSLATE_NOOP("Vocabulary", "assault"),
}

_NAMES: Mapping[type[StrEnum], Mapping[Any, Any]] = {
    SpeechAct: _ACTS,
    RelationType: _RELATIONS,
    Status: _STATUSES,
    ReviewState: _REVIEWS,
    Verification: _VERIFICATIONS,
    Precision: _PRECISIONS,
    Scope: _SCOPES,
    DateBasis: _BASES,
    Reliability: _RELIABILITIES,
    EventType: _EVENT_TYPES,
}


def name_of(code: StrEnum) -> str:
    """The word on screen for a code of one of the vocabularies.

    Speech acts, relations, statuses, review states, verification notes, precisions ("to the
    day"), scopes, bases of a date, Admiralty letters and kinds of event are known; ``KeyError``
    for others.
    """
    return QCoreApplication.translate("Vocabulary", _NAMES[type(code)][code])


def relation_seen_from_target(relation: RelationType) -> str:
    """ "denied by" for ``denies``: the relation's name as its target tells it."""
    return QCoreApplication.translate("Vocabulary", _PASSIVE_RELATIONS[relation])


def credibility_in_words(figure: int) -> str:
    """The Admiralty code's words for how credible a piece of information is, 1 to 6."""
    return QCoreApplication.translate("Vocabulary", _CREDIBILITIES[figure])
