"""How fast articles are read: one core, workers, and how the cost grows with the dossier."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import seeds
from desktop.importing import engine
from extraction.documents import make_document, read_document
from extraction.model import Article, ArticleReading
from extraction.pipeline import assemble, read_article
from tests.growth import growth

WANTED = 7_000
"""Characters of an article that the figures are given for."""


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


@pytest.mark.slow
def test_assembly_grows_with_the_dossier(benchmark: BenchmarkFixture) -> None:
    readings: list[ArticleReading] = [read_article(article) for article in long_articles(200)]
    ratio = growth(lambda: assemble(readings[:50]), lambda: assemble(readings))
    benchmark.extra_info["four times the articles cost"] = round(ratio, 2)
    benchmark.pedantic(assemble, (readings[:50],), rounds=3)
    assert ratio < 10


@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 1, 2])
def test_read_files_with_workers(benchmark: BenchmarkFixture, tmp_path: Path, workers: int) -> None:
    for number, article in enumerate(long_articles(24)):
        (tmp_path / f"{number:03}.txt").write_text(article.text, encoding="utf-8")
    pool = engine.make_pool(workers) if workers else None
    try:
        engine.read_files([tmp_path], pool=pool)
        read = benchmark.pedantic(
            engine.read_files, ([tmp_path],), {"pool": pool}, rounds=3, iterations=1
        )
    finally:
        if pool is not None:
            pool.close()
    benchmark.extra_info["articles a second"] = round(24 / benchmark.stats["mean"], 1)
    assert len(read.new) == 24
