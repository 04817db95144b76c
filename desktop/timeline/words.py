"""Words of the timeline in the user's language and locale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.amounts import number_in_words
from desktop.session import Session
from desktop.timeline.axis import CalendarWords
from desktop.timeline.compose import Phrases
from desktop.timeline.data import RELATIONS, TimelineData
from desktop.vocabulary import name_of
from desktop.wording import speaking_locale
from extraction.model import SpeechAct

UNNAMED_ACTS = frozenset(
    {SpeechAct.ASSERTS, SpeechAct.ALLEGES, SpeechAct.ANNOUNCES, SpeechAct.EXPRESSES}
)
"""Speech acts whose content reads right alone; all others stand before it in a label."""


def calendar_words(locale: QLocale | None = None) -> CalendarWords:
    """How the locale writes months, weekdays, the order of a date and the time of day."""
    return _calendar(locale or speaking_locale())


@lru_cache(maxsize=8)
def _calendar(locale: QLocale) -> CalendarWords:
    short, long = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
    pattern = locale.dateFormat(short)
    unnamed = QLocale().language() == QLocale.Language.C
    return CalendarWords(
        months=tuple(locale.standaloneMonthName(month, long) for month in range(1, 13)),
        months_short=tuple(locale.standaloneMonthName(month, short) for month in range(1, 13)),
        weekdays_short=tuple(locale.standaloneDayName(day, short) for day in range(1, 8)),
        # Where the system names no locale, dates are written as in all other views.
        day_first=unnamed or not pattern.lstrip().startswith("M"),
        twelve_hours=not unnamed and "a" in locale.timeFormat(short).lower(),
        before=QCoreApplication.translate("Timeline", "{year} BCE"),
        decade=QCoreApplication.translate("Timeline", "{year}s"),
    )


def phrases() -> Phrases:
    """Words in the picture."""
    return Phrases(
        earlier=QCoreApplication.translate("Timeline", "{count} earlier"),
        later=QCoreApplication.translate("Timeline", "{count} later"),
        shown=QCoreApplication.translate("Timeline", "{drawn} of {count} shown"),
        folded=QCoreApplication.translate("Timeline", "{count} folded away"),
        relations=tuple(name_of(relation) for relation in RELATIONS),
        number=number_in_words,
    )


def label_acts() -> dict[SpeechAct, str]:
    """The words of the speech acts that a label names, with a capital: "Denies"."""
    return {
        act: name_of(act)[:1].upper() + name_of(act)[1:]
        for act in SpeechAct
        if act not in UNNAMED_ACTS
    }


def empty_words(session: Session, data: TimelineData) -> str:
    """What to say instead of marks; nothing where there are some."""
    if data.size:
        return ""
    if not len(session.columns.claims):
        return QCoreApplication.translate(
            "Timeline", "Claims appear here once articles are imported"
        )
    if data.undated:
        return QCoreApplication.translate("Timeline", "No claim shown has a known time")
    return QCoreApplication.translate("Timeline", "No claim passes the filter")
