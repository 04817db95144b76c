"""Writes an invented dossier of any size through the schema itself, in bulk.

``python -m tests.benchmarks.large OUT.claimline --claims 1000000 --events 100000``
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db import Dossier
from db.content import keep
from db.database import Database
from db.encoding import reading_to_bytes
from extraction.collector import held
from extraction.model import (
    Article,
    ArticleReading,
    DateBasis,
    EventType,
    Precision,
    Published,
    RelationType,
    SideKey,
    SpeechAct,
)

FIRST_DAY = datetime(1996, 2, 1)
DAYS = 9_000
CLAIMS_AN_ARTICLE = 100
_PLACES = [
    a + b
    for a in ("Ost", "Vel", "Mar", "Tol", "Kess", "Lum", "Dor", "Pra", "Ume", "Gal")
    for b in ("rava", "den", "nik", "mar", "el", "ovo", "stead", "heim", "ura", "bor")
]
_DEEDS = (
    "shelled the granary at", "closed the bridge near", "took prisoners outside",
    "let the convoy pass through", "cut the water of", "fired on the ferry below",
    "withdrew its scouts from", "mined the orchard road to", "opened a kitchen for people in",
)  # fmt: skip
_OBJECTS = (
    "patrol", "harbour master", "militia", "garrison", "engineers", "customs guard", "river police",
)  # fmt: skip
_VERBS = {
    "alleged": SpeechAct.ALLEGES,
    "denied": SpeechAct.DENIES,
    "said": SpeechAct.ASSERTS,
    "admitted": SpeechAct.ADMITS,
    "confirmed": SpeechAct.CONFIRMS,
    "demanded": SpeechAct.DEMANDS,
    "announced": SpeechAct.ANNOUNCES,
}
_STATES = {SideKey.A: "Velmark", SideKey.B: "Ostrana", SideKey.THIRD: "Monitors"}
_ANSWERS = (RelationType.DENIES, RelationType.CONTRADICTS, RelationType.CORROBORATES)


class _Writer:
    """Inserts rows of tuples, ids counted here."""

    def __init__(self, database: Database) -> None:
        self._driver = database.driver
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}

    def add(self, table: str, *values: Any) -> None:
        rows = self._waiting.setdefault(table, [])
        rows.append(values)
        if len(rows) >= 20_000:
            self._flush(table)

    def _flush(self, table: str) -> None:
        rows = self._waiting.pop(table)
        marks = ", ".join("?" * len(rows[0]))
        self._driver.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)

    def finish(self) -> None:
        for table in list(self._waiting):
            self._flush(table)


def write(path: Path, *, claims: int, events: int, seed: int = 1) -> None:
    """Make a dossier; about one claim in three stands in a relation to an earlier one."""
    with Dossier.create(path, f"Invented, {claims} claims") as dossier:
        database = dossier._connections._writer
        assert database is not None
        triggers = [
            (name, sql)
            for name, sql in database.sql(
                "SELECT name, sql FROM sqlite_schema WHERE type='trigger'"
            )
        ]
        with held(), database.transaction_now():
            for name, _ in triggers:
                database.sql(f'DROP TRIGGER "{name}"')
            _fill(database, claims, events, random.Random(seed))
            for index in ("claim_search", "article_search", "actor_search"):
                database.sql(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
            for _, sql in triggers:
                database.sql(sql)


def _fill(database: Database, claims: int, events: int, rng: random.Random) -> None:
    writer = _Writer(database)
    now = FIRST_DAY.isoformat()
    writer.add("import_run", 1, now, now, 0)
    actors = list(_actors(writer, max(30, claims // 2_000), rng))
    starts = [FIRST_DAY + timedelta(days=DAYS * n / events) for n in range(events)]
    kinds = list(EventType)
    places = [rng.choice(_PLACES) for _ in range(events)]
    for number in range(events):
        when = _day(starts[number])
        kind = rng.choice(kinds).value
        label = f"{kind.capitalize()} near {places[number]}"
        writer.add(
            "event",
            number + 1,
            *when,
            label,
            kind,
            f'["{places[number]}"]',
            '["same place and day"]',
        )
    state = _State(rng, actors, starts, places)
    articles = max(1, claims // CLAIMS_AN_ARTICLE)
    for article in range(1, articles + 1):
        _article(database, writer, state, article, articles, min(CLAIMS_AN_ARTICLE, claims))
    writer.finish()


class _State:
    def __init__(
        self,
        rng: random.Random,
        actors: Sequence[tuple[int, str, SideKey]],
        starts: Sequence[datetime],
        places: Sequence[str],
    ) -> None:
        self.rng, self.actors, self.starts, self.places = rng, actors, starts, places
        self.claim = self.span = self.relation = self.quantity = self.mention = 0
        self.last_of_event: dict[int, int] = {}


def _actors(writer: _Writer, count: int, rng: random.Random) -> Iterator[tuple[int, str, SideKey]]:
    for number, (side, name) in enumerate(_STATES.items(), 1):
        writer.add("actor", number, name.casefold(), name, "state", side.value, 0, "[]", None, "[]")
        yield number, name, side
    for number in range(len(_STATES) + 1, count + 1):
        side = rng.choice(list(_STATES))
        name = f"{_STATES[side]}'s {rng.choice(_OBJECTS)} of {rng.choice(_PLACES)} {number}"
        writer.add(
            "actor", number, name.casefold(), name, "body", side.value, 0, "[]",
            list(_STATES).index(side) + 1, '["possessive"]',
        )  # fmt: skip
        yield number, name, side


def _day(start: datetime) -> tuple[Any, ...]:
    date = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        date.isoformat(), date.replace(hour=23, minute=59).isoformat(), "day", 0, "by its date",
    )  # fmt: skip


_UNKNOWN = (None, None, None, None, None)


def _article(
    database: Database, writer: _Writer, state: _State, number: int, of: int, claims: int
) -> None:
    rng = state.rng
    first_event = int((number - 1) / of * len(state.starts))
    last_event = max(first_event + 1, min(len(state.starts), first_event + 40))
    published = state.starts[first_event] + timedelta(days=1)
    title = f"Letters from the valley, part {number}"
    parts, at, spans = [title], len(title) + 1, []
    for position in range(claims):
        event = rng.randrange(first_event, last_event)
        actor = rng.choice(state.actors)
        verb = rng.choice(tuple(_VERBS))
        figure = rng.randrange(2, 400)
        opponent = rng.choice(("Velmark", "Ostrana"))
        content = (
            f"that {figure} men of {opponent}'s {rng.choice(_OBJECTS)} {rng.choice(_DEEDS)} "
            f"{state.places[event]}"
        )
        sentence = f"{actor[1]} {verb} {content}."
        spans.append((position, event, actor, verb, figure, content, at))
        parts.append(sentence)
        at += len(sentence) + 1
    text = "\n".join(parts)
    key = hashlib.sha256(text.encode()).hexdigest()
    file = f"letters-{number}.txt"
    reading = ArticleReading(
        Article(
            key, file, "text/plain", text, (),
            Published(published, published, Precision.DAY, DateBasis.METADATA), title,
            f"The Valley Courier {number % 40}", None, "en",
        ), (), (), (), (), (), (),
    )  # fmt: skip
    day = _day(published)
    writer.add("document", number, 1, keep(database, text.encode()), file, key, "text/plain", None)
    writer.add("article", number, number, number, key, file)
    writer.add(
        "article_revision", number, number, 1, text, title, reading.article.outlet, None, "en",
        day[0], day[1], "day", "metadata", "[]", "[]", "[]", 1,
        keep(database, reading_to_bytes(reading)),
    )  # fmt: skip
    writer.add("block", number, number, 0, 0, len(text), "paragraph", "")
    if number % 2 == 0:
        state.mention += 1
        writer.add(
            "event_mention", state.mention, *_day(state.starts[first_event]), 0, len(title), title,
            first_event + 1, 0, number, 0, '["told by the outlet"]',
        )  # fmt: skip
    for position, event, (actor, name, side), verb, figure, content, start in spans:
        state.claim += 1
        own = state.claim
        when = _day(state.starts[event]) if rng.random() < 0.6 else _UNKNOWN
        writer.add(
            "claim", own, *when, number, position, event + 1 if rng.random() < 0.98 else None,
            actor, side.value, _VERBS[verb].value, "indirect", name, content, *day,
            f'["{state.places[event]}"]', "unverified" if rng.random() < 0.1 else "none", None,
            "accepted" if rng.random() < 0.2 else "suggested", f'["cue \'{verb}\'"]',
        )  # fmt: skip
        cue = start + len(name) + 1
        body = cue + len(verb) + 1
        for role, begin, exact in (
            ("source", start, name), ("cue", cue, verb), ("content", body, content),
        ):  # fmt: skip
            state.span += 1
            writer.add("claim_span", state.span, begin, begin + len(exact), exact, own, role, 0)
        if figure < 100:
            state.quantity += 1
            words = str(figure)
            begin = body + content.index(words)
            writer.add(
                "quantity", state.quantity, begin, begin + len(words), words, own, 0, "men",
                float(figure), float(figure), 0, "event", None, None,
            )  # fmt: skip
        earlier = state.last_of_event.get(event)
        if earlier is not None and rng.random() < 0.35:
            state.relation += 1
            writer.add(
                "relation", state.relation, rng.choice(_ANSWERS).value, own, earlier,
                round(rng.random(), 2), int(rng.random() < 0.2), "suggested", '["same event"]',
            )  # fmt: skip
        state.last_of_event[event] = own


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=100_000)
    chosen = parser.parse_args(None if arguments is None else list(arguments))
    write(chosen.path, claims=chosen.claims, events=chosen.events)
    sys.stdout.write(f"{chosen.path}: {chosen.path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
