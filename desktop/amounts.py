"""Figures in words, as an editor would set them: "1 rocket", "100 km", "at least 3 cities"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from desktop.wording import speaking_locale
from extraction.lexicon import load
from extraction.model import Quantity

_UNITS: Mapping[str, Any] = {
    "distance": QT_TRANSLATE_NOOP("Amounts", "{amount} km"),
    "area": QT_TRANSLATE_NOOP("Amounts", "{amount} km²"),
    "weight": QT_TRANSLATE_NOOP("Amounts", "{amount} t"),
    "percent": QT_TRANSLATE_NOOP("Amounts", "{amount}%"),
    "degrees": QT_TRANSLATE_NOOP("Amounts", "{amount}°"),
}
"""Measures that are told by their unit; the extraction has brought them to it."""


def number_in_words(value: float, locale: QLocale | None = None) -> str:
    """A figure with the locale's separators, without a fraction where there is none."""
    locale = locale or speaking_locale()
    return locale.toString(int(value)) if value == int(value) else locale.toString(value, "f", 1)


def amount_in_words(quantity: Quantity, locale: QLocale | None = None) -> str:
    """The figure of a quantity alone: "at least 21", "about 300", "5 to 8"."""
    low, high = quantity.low, quantity.high
    if low is None and high is None:
        return QCoreApplication.translate("Wording", "an unknown number")
    if low is None and high is not None:
        return QCoreApplication.translate("Wording", "at most {high}").format(
            high=number_in_words(high, locale)
        )
    assert low is not None
    if high is None:
        return QCoreApplication.translate("Wording", "at least {low}").format(
            low=number_in_words(low, locale)
        )
    if low == high:
        words = number_in_words(low, locale)
    else:
        words = QCoreApplication.translate("Wording", "{low} to {high}").format(
            low=number_in_words(low, locale), high=number_in_words(high, locale)
        )
    if quantity.approximate:
        words = QCoreApplication.translate("Wording", "about {amount}").format(amount=words)
    return words


def quantity_in_words(quantity: Quantity, locale: QLocale | None = None) -> str:
    """ "at least 21 civilians killed", "1 missile", "100 km".

    The noun is the text's own where it counts what the measure names, else the measure.
    """
    amount = amount_in_words(quantity, locale)
    unit = _UNITS.get(quantity.measure)
    if unit is not None:
        return QCoreApplication.translate("Amounts", unit).format(amount=amount)
    one = (quantity.low, quantity.high) == (1, 1)
    measure = quantity.measure.replace("-", " ").replace("_", " ")
    bearer = agreeing(quantity.bearer, one) if quantity.bearer else ""
    if quantity.measure in _lexicon()["predicates"]:
        # What happened to them agrees with no number: "1 civilian killed".
        return " ".join(part for part in (amount, bearer, measure) if part)
    if not bearer:
        return f"{amount} {agreeing(_own_noun(quantity) or measure, one)}"
    if _names(bearer, quantity.measure):
        return f"{amount} {bearer}"
    return QCoreApplication.translate("Amounts", "{amount} {bearer} ({measure})").format(
        amount=amount, bearer=bearer, measure=agreeing(measure, one)
    )


def quantities_in_words(
    quantities: Sequence[Quantity], locale: QLocale | None = None
) -> tuple[str, ...]:
    """Each figure with those it includes: "187 killed, of them 42 nurses"."""
    return tuple(
        _with_parts(index, quantity, quantities, locale)
        for index, quantity in enumerate(quantities)
        if quantity.part_of is None
    )


def _with_parts(
    index: int, whole: Quantity, quantities: Sequence[Quantity], locale: QLocale | None
) -> str:
    words = quantity_in_words(whole, locale)
    for part in quantities:
        if part.part_of == index:
            one = (part.low, part.high) == (1, 1)
            words = QCoreApplication.translate("Wording", "{whole}, of them {part}").format(
                whole=words,
                part=f"{amount_in_words(part, locale)} "
                f"{agreeing(part.bearer or part.measure, one)}",
            )
    return words


# --------------------------------------------------------------------------- nouns


def agreeing(noun: str, one: bool) -> str:
    """A noun phrase in the number that goes with a figure; its head is the last word.

    The nouns are the article's, which is English.
    """
    before, _, head = noun.rpartition(" ")
    low = head.casefold()
    if one:
        changed = _singular(low)
    else:
        changed = low if low != _singular(low) or _has_no_plural(low) else _plural(low)
    return noun if changed == low else f"{before} {changed}".lstrip()


@cache
def _lexicon() -> Mapping[str, Mapping[str, str]]:
    return load("en", "quantities")


@cache
def _irregular() -> Mapping[str, str]:
    """From plural to singular."""
    return dict(load("en", "irregular")["plurals"])


def _has_no_plural(low: str) -> bool:
    return low in load("en", "cards")["nouns"]["same"].split() or not low.isalpha()


def _singular(low: str) -> str:
    if low in _irregular():
        return _irregular()[low]
    if not low.endswith("s") or low.endswith(("ss", "us", "is")) or len(low) < 4:
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "buses")):
        return low[:-2]
    return low[:-1]


def _plural(low: str) -> str:
    for plural, singular in _irregular().items():
        if singular == low:
            return plural
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return low[:-1] + "ies"
    return low + ("es" if low.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _names(noun: str, measure: str) -> bool:
    """Whether a noun phrase counts just what the measure does ("planes" for "aircraft")."""
    head = _singular(noun.rpartition(" ")[2].casefold())
    return head == _singular(measure) or head in _lexicon()["measures"].get(measure, "").split()


def _own_noun(quantity: Quantity) -> str:
    """The last word of the figure's own words, if it names the measure; else nothing."""
    last = quantity.span.exact.rpartition(" ")[2].casefold()
    return last if last.isalpha() and _names(last, quantity.measure) else ""
