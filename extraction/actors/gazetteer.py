"""What is known before any text is read: states, well-known bodies, titles, given names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import msgspec

from extraction import lexicon
from extraction.folding import fold
from extraction.text.vocabulary import name_strength, penn

_OWN_ENDINGS = 5  # the endings that stand first make a place out of its people's name
_SURELY = 2  # name strength of what is never a common word
_STEM = 3  # letters that a place and its adjective must share
_NO_PLURAL = ("ese", "ish", "ch", "ss", "s", ".")

Phrase = tuple[str, ...]
# A phrase with its class letter and what it stands for, under its first word.
Index = Mapping[str, tuple[tuple[Phrase, str, str], ...]]


class Gazetteer(msgspec.Struct, frozen=True):
    """Lexicons of who is who, as sets and indices.

    ``names`` finds capitalised names (class ``S`` state, ``D`` adjective, ``P`` its people, ``K``
    capital, ``O`` known body, ``Q`` outlet), ``words`` phrases in small letters (``t`` title, ``b``
    body head). Both are keyed by the first word, longest phrase first.
    """

    names: Index
    words: Index
    state_of: Mapping[str, str]  # folded name, adjective, people or capital -> state
    office: frozenset[str]
    trade: frozenset[str]
    modifiers: frozenset[str]
    honorifics: frozenset[str]
    female_titles: frozenset[str]
    male_titles: frozenset[str]
    sole: frozenset[str]
    same_title: Mapping[str, str]
    callings: Mapping[str, frozenset[str]]
    platforms: frozenset[str]
    abbreviated: Mapping[str, str]
    place_names: frozenset[str]
    organs: frozenset[str]
    heads: frozenset[str]
    short: frozenset[str]
    groups: frozenset[str]
    armed: frozenset[str]
    ruling: frozenset[str]
    vague: frozenset[str]
    realms: frozenset[str]
    bystanders: frozenset[str]
    overseers: frozenset[str]
    overseeing: frozenset[str]
    holders: frozenset[str]
    holding: frozenset[str]
    company_marks: frozenset[str]
    subjects: frozenset[str]
    carriers: frozenset[str]
    spelling: Mapping[str, str]
    ethnic: frozenset[str]
    backed: frozenset[str]
    provinces: frozenset[str]
    not_adjectives: frozenset[str]
    place_endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    female: frozenset[str]
    male: frozenset[str]
    given: frozenset[str]  # the common ones, which are hardly ever a place
    given_states: frozenset[str]
    particles: frozenset[str]
    calendar: frozenset[str]
    never: frozenset[str]
    between: frozenset[str]
    company: frozenset[str]
    company_words: frozenset[str]
    polities: frozenset[str]
    crowd: Mapping[str, str]
    generic: Mapping[str, str]
    kin: Mapping[str, str]
    deeds: frozenset[str]
    body_state: Mapping[str, str]
    state_titles: frozenset[str]
    capital_only: frozenset[str]
    house_titles: frozenset[str]
    union_titles: frozenset[str]
    past: frozenset[str]
    posted: frozenset[str]
    personal: frozenset[str]
    local: frozenset[str]
    seats: Mapping[str, str]
    fielded: frozenset[str]
    proprietors: frozenset[str]
    beside: frozenset[str]
    tellings: frozenset[str]
    leading: frozenset[str]
    ranks: frozenset[str]
    risen: frozenset[str]
    rising: frozenset[str]
    portfolio: frozenset[str]
    clubs: frozenset[str]
    crafts: frozenset[str]
    keeping: frozenset[str]
    keepers: frozenset[str]
    associations: frozenset[str]
    abroad: frozenset[str]
    openers: frozenset[str]
    place_classes: frozenset[str]
    state_voices: frozenset[str]
    neutral: frozenset[str]
    outlet_heads: frozenset[str]
    civil: frozenset[str]

    def is_of_state(self, title: str) -> bool:
        """Whether only a state has holders of that title: "general", "water minister"."""
        return title in self.state_titles or not self.portfolio.isdisjoint(title.split()[-1:])


def names_many(word: str) -> bool:
    """Whether a name's last word is a plural, as a team's is: "Rovers", "Greens"."""
    return word.endswith("s") and name_strength(word) < _SURELY and penn(word) != "NNP"


def _plural(word: str) -> str | None:
    return None if word.endswith(_NO_PLURAL) else word + "s"


def _index(entries: Iterable[tuple[str, str, str]]) -> Index:
    table: dict[str, dict[Phrase, tuple[str, str]]] = {}
    for written, letter, means in entries:
        for form in {written, written.upper()} if letter in "SKDP" else {written}:
            phrase = tuple(form.split())
            if len(form) < 2:
                continue
            table.setdefault(phrase[0], {}).setdefault(phrase, (letter, means))
    return {
        word: tuple(
            (phrase, *found)
            for phrase, found in sorted(phrases.items(), key=lambda item: -len(item[0]))
        )
        for word, phrases in table.items()
    }


def _state_names(states: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for state, entry in states.items():
        for name in (state, *entry.get("also", ())):
            yield name, "S", state
    for state, entry in states.items():
        for adjective in entry["of"]:
            yield adjective, "D", state
            plural = _plural(adjective)
            if plural is not None and "people" not in entry:
                yield plural, "P", state
        for people in entry.get("people", ()):
            yield people, "P", state
            plural = _plural(people)
            if plural is not None:
                yield plural, "P", state
        for capital in entry["capital"]:
            yield capital, "K", state


@cache
def gazetteer() -> Gazetteer:
    """The lexicons of English, read once. Raises ``LexiconError`` on bad data."""
    countries = lexicon.load("en", "countries")
    titles = lexicon.load("en", "titles")
    bodies = lexicon.load("en", "bodies")
    persons = lexicon.load("en", "person_names")
    places = lexicon.load("en", "places")
    thirds = lexicon.load("en", "third_parties")

    def of(table: Mapping[str, Any], key: str, file: str) -> frozenset[str]:
        return lexicon.words(table, key, f"{file}.toml")

    names = list(_state_names(countries["states"]))
    for name, others in thirds["known"].items():
        names += [(form, "O", name) for form in (name, *others)]
    names += [(name, "Q", name.replace(" / ", "/")) for name in thirds["outlets"]["names"]]
    organs, heads = of(bodies, "organs", "bodies"), of(bodies, "bodies", "bodies")
    office, trade = of(titles, "office", "titles"), of(titles, "trade", "titles")
    short = of(bodies, "short", "bodies")
    phrases = [(p, "t", p) for p in (*titles["phrases"], *office, *trade) if " " in p]
    phrases += [(p, "b", p) for p in (*organs, *heads, *short) if " " in p]
    groups = of(bodies, "groups", "bodies")
    phrases += [(p, "g", p) for p in groups if " " in p]
    phrases += [(p, "m", p) for p in of(titles, "adverbial", "titles")]
    return Gazetteer(
        names=_index(names),
        words=_index(phrases),
        state_of={fold(name): means for name, letter, means in reversed(names) if letter in "SDPK"},
        office=office,
        trade=trade,
        modifiers=of(titles, "modifiers", "titles"),
        honorifics=of(titles, "honorifics", "titles"),
        female_titles=of(titles, "female", "titles"),
        male_titles=of(titles, "male", "titles"),
        sole=of(titles, "sole", "titles"),
        same_title=dict(titles["same"]),
        callings={word: frozenset(line.split()) for word, line in titles["callings"].items()},
        platforms=of(bodies, "platforms", "bodies"),
        abbreviated=dict(titles["abbreviated"]),
        place_names=frozenset(fold(name) for name in places["names"]["known"]),
        organs=organs,
        heads=heads | organs,
        short=short,
        groups=groups,
        armed=of(bodies, "armed", "bodies"),
        ruling=of(bodies, "ruling", "bodies"),
        vague=of(bodies, "vague", "bodies"),
        realms=of(bodies, "realms", "bodies"),
        bystanders=of(bodies, "bystanders", "bodies"),
        overseers=of(bodies, "overseers", "bodies"),
        overseeing=of(bodies, "overseeing", "bodies"),
        holders=of(bodies, "holders", "bodies"),
        holding=of(bodies, "holding", "bodies"),
        company_marks=of(bodies, "company_marks", "bodies"),
        subjects=of(bodies, "subjects", "bodies"),
        carriers=of(bodies["carriers"], "nouns", "bodies"),
        spelling=dict(bodies["spelling"]),
        ethnic=of(countries["words"], "ethnic", "countries"),
        backed=of(countries["words"], "backed", "countries"),
        provinces=of(countries["words"], "provinces", "countries"),
        not_adjectives=of(countries["words"], "not_adjectives", "countries"),
        place_endings=tuple(countries["endings"]["place"]),
        adjective_endings=tuple(countries["endings"]["adjective"]),
        female=of(persons, "female", "person_names"),
        male=of(persons, "male", "person_names"),
        given=of(persons, "female", "person_names") | of(persons, "male", "person_names"),
        given_states=of(persons, "states", "person_names"),
        particles=of(persons, "particles", "person_names"),
        calendar=of(places, "calendar", "places"),
        never=of(places, "never", "places"),
        between=of(thirds["words"], "between", "third_parties"),
        company=of(bodies, "company", "bodies"),
        company_words=of(bodies, "company_words", "bodies"),
        polities=of(bodies, "polities", "bodies"),
        crowd=dict(bodies["crowd"]),
        generic=dict(bodies["generic"]),
        kin=dict(bodies["kin"]),
        deeds=of(bodies["deeds"], "nouns", "bodies") | of(bodies["holdings"], "nouns", "bodies"),
        body_state={fold(name): state for name, state in countries["bodies"].items()},
        capital_only=of(titles, "capital_only", "titles"),
        openers=of(places, "before_name", "places"),
        place_classes=of(places, "classes", "places"),
        house_titles=of(titles, "house", "titles"),
        union_titles=of(titles, "unions", "titles"),
        past=of(titles, "past", "titles"),
        posted=of(titles, "posted", "titles"),
        personal=of(titles, "personal", "titles"),
        local=of(titles, "local", "titles"),
        seats=dict(titles["seats"]),
        fielded=of(titles, "fielded", "titles"),
        proprietors=of(titles, "holding", "titles"),
        beside=of(titles, "beside", "titles"),
        tellings=of(bodies["carriers"], "tellings", "bodies"),
        leading=of(titles, "leading", "titles"),
        ranks=of(titles, "ranks", "titles"),
        risen=of(titles, "risen", "titles"),
        rising=of(bodies, "rising", "bodies"),
        portfolio=of(titles, "portfolio", "titles"),
        clubs=of(bodies, "clubs", "bodies"),
        crafts=of(bodies["crafts"], "nouns", "bodies"),
        keeping=of(titles, "keeping", "titles"),
        keepers=of(bodies["keepers"], "nouns", "bodies"),
        associations=of(bodies, "associations", "bodies"),
        abroad=of(bodies, "abroad", "bodies"),
        state_voices=of(bodies, "state_voices", "bodies"),
        neutral=of(bodies, "neutral", "bodies"),
        state_titles=of(titles, "state", "titles"),
        outlet_heads=of(thirds["outlets"], "heads", "third_parties"),
        civil=of(thirds["civil"], "heads", "third_parties"),
    )


@cache
def _place_endings() -> tuple[dict[str, int], tuple[int, ...]]:
    """The endings of places in the order in which they are tried, and how long they are."""
    line = sorted(gazetteer().place_endings, key=len, reverse=True)
    rank: dict[str, int] = {}
    for ending in line:
        rank.setdefault(ending, len(rank))
    return rank, tuple(sorted({len(ending) for ending in line}))


@lru_cache(maxsize=60_000)
def _endings_of(name: str) -> tuple[tuple[int, int], ...]:
    """The endings of places that a name has: their rank, and where they begin."""
    rank, lengths = _place_endings()
    begins = [len(name) - length for length in lengths]
    return tuple((rank[name[at:]], at) for at in begins if at >= _STEM and name[at:] in rank)


def adjectives_of(names: Iterable[str]) -> dict[str, str]:
    """Adjectives and peoples among ``names`` with the place they are formed from.

    "Palvian" and "Palvians" are tied to "Palvia" where both are given, by stem and ending.
    """
    lex = gazetteer()
    line = sorted(set(names))
    endings = [(rank, name, at) for name in line for rank, at in _endings_of(name)]
    stems: dict[str, str] = {}
    for _, name, at in sorted(endings):
        stems.setdefault(name[:at].lower(), name)
    found: dict[str, str] = {}
    for word in line:
        if word in lex.not_adjectives or word in lex.given:
            continue
        land = stems.get(word.lower())
        if land not in (None, word) and land[len(word) :] in lex.place_endings[:_OWN_ENDINGS]:
            found[word] = land  # "Kelt", where "Keltia" is named, too
            continue
        for form in (word, word[:-1]) if word.endswith("s") else (word,):
            place = _place_of(form, stems)
            if place is not None and place not in (word, form):
                found[word] = place
                break
    return found


def _place_of(word: str, stems: Mapping[str, str]) -> str | None:
    low = word.lower()
    endings = gazetteer().adjective_endings
    if not low.endswith(endings):
        return None
    for ending in endings:
        if not low.endswith(ending) or len(low) - len(ending) < _STEM:
            continue
        found = stems.get(low[: len(low) - len(ending)])
        if found is None or len(found) > len(word) + 2:
            continue
        if len(ending) == 1 or not found.lower().endswith(ending):
            return found
    return None
