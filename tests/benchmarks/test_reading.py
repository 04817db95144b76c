"""How fast articles are read: one core, workers, and how the cost grows with the dossier."""

from __future__ import annotations

import random
import re
import sys
import time
import tracemalloc
from itertools import cycle, islice
from pathlib import Path
from types import FrameType

import msgspec
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import seeds
from desktop.importing import engine
from extraction.documents import make_document, read_document
from extraction.model import Article, ArticleReading
from extraction.pipeline import assemble, read_article
from extraction.text import analyse
from tests.growth import growth

WANTED = 7_000
"""Characters of an article that the figures are given for."""

DOSSIER = 150
"""Articles of the dossier that the whole path is measured in."""


def long_articles(count: int) -> list[Article]:
    """Articles of about ``WANTED`` characters, each a different mix of the samples' paragraphs."""
    paragraphs = [
        paragraph
        for sample in seeds.samples()
        for item in sample.articles()
        if item.name.endswith(".txt")
        for paragraph in item.data.decode().split("\n\n")[1:]
    ]
    articles = []
    for number in range(count):
        text, at = f"Published: 2020-{number % 12 + 1:02}-{number % 27 + 1:02}\n", number
        while len(text) < WANTED:
            text += "\n" + paragraphs[at % len(paragraphs)] + "\n"
            at += number % 7 + 1
        articles.append(read_document(make_document(text.encode(), f"{number}.txt")))
    return articles


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
_FIGURE = re.compile(r"\b\d{2,3}\b")
_YEAR = re.compile(r"\b\d{4}(?=-\d\d-\d\dT)")
_SYLLABLES = "ba ke lo mi ru ta ve zo na di fo gu ha pe sa wi".split()


def invented(chance: random.Random, length: int) -> str:
    """A name of so many letters that no article has."""
    return "".join(chance.choices(_SYLLABLES, k=length))[:length].capitalize()


def varied_articles(count: int) -> list[Article]:
    """``long_articles`` with names and figures of their own: a dossier about many things."""
    found = []
    for number, article in enumerate(long_articles(count)):
        chance, names = random.Random(number), dict[str, str]()

        def name(
            match: re.Match[str],
            names: dict[str, str] = names,
            chance: random.Random = chance,
        ) -> str:
            return names.setdefault(match[0], invented(chance, 7))

        def figure(match: re.Match[str], chance: random.Random = chance) -> str:
            return str(max(10, int(match[0]) + chance.randrange(-9, 9)))

        head, _, body = article.text.partition("\n")
        text = f"{head}\n{_FIGURE.sub(figure, _NAME.sub(name, body))}"
        found.append(read_document(make_document(text.encode(), f"{number}.txt")))
    return found


def renamed(readings: list[ArticleReading], count: int) -> list[ArticleReading]:
    """So many readings: those given, over and over, each time with other names in other years.

    Reading that many articles would take minutes.
    """
    found = []
    for number, reading in enumerate(islice(cycle(readings), count)):
        chance = random.Random(number)
        words = {w for e in reading.entities for w in e.name.split() if w.isalpha() and len(w) > 3}
        names = {w: invented(chance, len(w)) for w in sorted(words) if w[0].isupper()}
        text = msgspec.json.encode(reading).decode()
        if number >= len(readings) and names:
            every = re.compile(rf"\b(?:{'|'.join(names)})\b")
            text = every.sub(lambda match, names=names: names[match[0]], text)  # type: ignore[misc]
        text = text.replace(reading.article.key, f"{number:064x}")
        years = 4 * (number // len(readings))
        text = _YEAR.sub(lambda match, years=years: f"{int(match[0]) - years}", text)  # type: ignore[misc]
        found.append(msgspec.json.decode(text, type=ArticleReading))
    return found


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return long_articles(20)


def test_read_on_one_core(benchmark: BenchmarkFixture, articles: list[Article]) -> None:
    engine.warm_up()
    readings = benchmark(lambda: [read_article(article) for article in articles])
    benchmark.extra_info["articles"] = len(articles)
    benchmark.extra_info["articles a second"] = round(len(articles) / benchmark.stats["mean"], 1)
    assert all(reading.attributions for reading in readings)


def test_cost_grows_with_the_length_of_the_text(benchmark: BenchmarkFixture) -> None:
    paragraph = long_articles(1)[0].text
    short, long = (
        read_document(make_document("\n\n".join([paragraph] * times).encode(), "long.txt"))
        for times in (4, 16)
    )
    ratio = growth(lambda: read_article(short), lambda: read_article(long))
    benchmark.extra_info["four times the text costs"] = round(ratio, 2)
    benchmark(read_article, read_document(make_document(paragraph.encode(), "short.txt")))
    assert ratio < 8


def test_calls_for_a_word(benchmark: BenchmarkFixture, articles: list[Article]) -> None:
    """Calls of Python functions, comprehensions among them: the same on any machine.

    They are what reading costs. Stages that ask a sentence again for what another has asked show
    here first.
    """
    engine.warm_up()
    given = articles[:3]
    words = sum(len(analyse(article.text, article.blocks).tokens) for article in given)
    for article in given:
        read_article(article)
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        for article in given:
            read_article(article)
    finally:
        sys.setprofile(None)
    benchmark.extra_info["calls for a word"] = round(calls / words, 1)
    benchmark(read_article, given[0])
    assert 0 < calls < 75 * words


@pytest.mark.slow
def test_whole_path_on_one_core(benchmark: BenchmarkFixture) -> None:
    """Reading an article, and its share of assembling a dossier, by processor time.

    Each article makes 80 claims, four times as many as news does.
    """
    engine.warm_up()
    given = varied_articles(40)
    read_article(given[0])
    begun = time.process_time()
    readings = [read_article(article) for article in given[10:]]
    read = (time.process_time() - begun) / len(readings)
    dossier = renamed(readings, DOSSIER)
    begun = time.process_time()
    found = assemble(dossier)
    assembled = (time.process_time() - begun) / len(dossier)
    benchmark.extra_info["read, ms an article"] = round(1000 * read, 1)
    benchmark.extra_info["assemble, ms an article"] = round(1000 * assembled, 1)
    benchmark.extra_info["articles a second"] = round(1 / (read + assembled), 1)
    benchmark(read_article, given[0])
    assert len(found.claims) > len(dossier)
    assert read + assembled < 0.25


@pytest.mark.slow
def test_assembly_grows_with_the_dossier(benchmark: BenchmarkFixture) -> None:
    readings = renamed([read_article(article) for article in varied_articles(20)], 200)
    ratio = growth(lambda: assemble(readings[:20]), lambda: assemble(readings))
    benchmark.extra_info["ten times the articles cost"] = round(ratio, 2)
    benchmark(assemble, readings[:10])
    assert ratio < 18


@pytest.mark.slow
def test_memory_for_an_article_stays_the_same(benchmark: BenchmarkFixture) -> None:
    readings = renamed([read_article(article) for article in varied_articles(10)], 50)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            assemble(readings[:count])
            return tracemalloc.get_traced_memory()[1] // (1000 * count)
        finally:
            tracemalloc.stop()

    assemble(readings)
    few, many = peak(10), peak(50)
    benchmark.extra_info["kB an article, of 10 and of 50"] = f"{few} and {many}"
    benchmark(assemble, readings[:5])
    assert many < 1.5 * few


@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 1, 2])
def test_read_files_with_workers(benchmark: BenchmarkFixture, tmp_path: Path, workers: int) -> None:
    for number, article in enumerate(long_articles(24)):
        (tmp_path / f"{number:03}.txt").write_text(article.text, encoding="utf-8")
    pool = engine.make_pool(workers) if workers else None
    try:
        engine.read_files([tmp_path], engine.Reader(pool))
        read = benchmark.pedantic(
            engine.read_files, ([tmp_path], engine.Reader(pool)), rounds=3, iterations=1
        )
    finally:
        if pool is not None:
            pool.close()
    benchmark.extra_info["articles a second"] = round(24 / benchmark.stats["mean"], 1)
    assert len(read.new) == 24
