from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest

from extraction.documents import documents_in, make_document, read_document
from extraction.interchange import reading_to_json
from extraction.model import (
    Article,
    BlockKind,
    DateBasis,
    Decisions,
    Document,
    Precision,
    UnreadableDocument,
)
from extraction.pipeline import assemble, read_article

TEXT = "The union left the table on Tuesday. Its leader said that “nothing” was offered."


def found_in(path: Path) -> tuple[list[Document], list[str]]:
    found = list(documents_in(path))
    documents = [item for item in found if isinstance(item, Document)]
    return documents, [item.reason for item in found if isinstance(item, UnreadableDocument)]


def articles_in(path: Path, data: str | bytes) -> list[Article]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    documents, problems = found_in(path)
    assert problems == []
    articles = [read_document(document) for document in documents]
    # what is kept of a record can be read again without the file
    again = [read_document(make_document(d.data, d.name, mime=d.mime)) for d in documents]
    assert [a.text for a in again] == [a.text for a in articles]
    return articles


CSV = (
    "Headline,Publish_Date,Media name,Author,Full text,url,Words\n"
    f'"Ferry talks stall, again",2021-03-03,Lorne Courier,Mira Holt,"{TEXT}\n\n'
    'Second, ""said"" he.",https://example.org/1,12\n'
    ",,,,,,\n"
    "Dam holds,2021-03-05,Tarsk Post,,The dam held.,,\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_of_a_table(tmp_path: Path, encoding: str) -> None:
    first, second = articles_in(tmp_path / "all.csv", CSV.encode(encoding))
    assert first.file == "all.csv › row 2"
    assert (first.title, first.outlet) == ("Ferry talks stall, again", "Lorne Courier")
    assert (first.byline, first.url) == ("Mira Holt", "https://example.org/1")
    assert first.published.start == datetime(2021, 3, 3)
    assert first.published.basis is DateBasis.METADATA
    assert dict(first.grounds)["outlet"] == "column Media name"
    assert TEXT in first.text
    assert 'Second, "said" he.' in first.text
    assert "Words: 12" in first.text
    assert (second.title, second.file) == ("Dam holds", "all.csv › row 4")
    (container,) = second.within
    assert (container.name, container.member) == ("all.csv", "row 4")


def test_what_is_given_away_says_where_it_came_from(tmp_path: Path) -> None:
    articles = articles_in(tmp_path / "all.csv", CSV)
    whole = reading_to_json(assemble([read_article(a) for a in articles], Decisions()))
    record = json.loads(json.dumps(whole))["articles"][0]
    (container,) = record["within"]
    assert (container["name"], container["member"]) == ("all.csv", "row 2")
    assert container["sha256"] == hashlib.sha256((tmp_path / "all.csv").read_bytes()).hexdigest()
    assert record["url"] == "https://example.org/1"
    assert record["grounds"]["url"] == "column url"
    assert record["changed"] is None
    assert record["parts"] == []


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    table = delimiter.join(("title", "text")) + "\n" + delimiter.join(("Dam", "The dam held."))
    (article,) = articles_in(tmp_path / "a.csv", table)
    assert article.title == "Dam"


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n")
    assert found_in(path) == ([], ["no-columns"])


RIS = """TY  - NEWS
TI  - Ferry talks stall
AU  - Holt, Mira
T2  - Lorne Courier
DA  - 2021/3/3/
AB  - The union left the table.
UR  - https://example.org/1
ER  -

TY  - NEWS
TI  - Dam holds – once more
PY  - 2021
N2  - The dam held.
ER  -
"""


@pytest.mark.parametrize("name", ["a.ris", "a.txt"])
def test_references_in_ris(tmp_path: Path, name: str) -> None:
    first, second = articles_in(tmp_path / name, RIS)
    assert (first.title, first.byline) == ("Ferry talks stall", "Mira Holt")
    assert (first.outlet, first.url) == ("Lorne Courier", "https://example.org/1")
    assert first.published.start == datetime(2021, 3, 3)
    assert "The union left the table." in first.text
    assert second.title == "Dam holds – once more"
    assert second.published.start == datetime(2021, 1, 1)
    assert second.published.end == datetime(2021, 12, 31, 23, 59)
    assert second.published.precision is Precision.YEAR
    assert second.within[0].member == "record 2"


CSL = [
    {
        "id": "x1",
        "type": "article-newspaper",
        "title": "Ferry talks stall – again",
        "author": [{"family": "Holt", "given": "Mira"}, {"literal": "The desk"}],
        "container-title": "Lorne Courier",
        "issued": {"date-parts": [[2021, 3, 3]]},
        "abstract": "The union left the table.",
        "URL": "https://example.org/1",
        "language": "en-GB",
    },
    {"id": "x2", "type": "webpage", "title": "Dam holds", "issued": {"raw": "2021-03-05"}},
    {"id": "x3", "type": "dataset"},
]


@pytest.mark.parametrize(
    ("parts", "start", "end"),
    [
        ([2021, 2], datetime(2021, 2, 1), datetime(2021, 2, 28, 23, 59)),
        ([2021, 12], datetime(2021, 12, 1), datetime(2021, 12, 31, 23, 59)),
        (["2021"], datetime(2021, 1, 1), datetime(2021, 12, 31, 23, 59)),
    ],
)
def test_a_reference_with_a_month_or_a_year(
    tmp_path: Path, parts: list[object], start: datetime, end: datetime
) -> None:
    item = {"type": "x", "title": "Dam holds", "issued": {"date-parts": [parts]}}
    (article,) = articles_in(tmp_path / "a.json", json.dumps([item]))
    assert (article.published.start, article.published.end) == (start, end)
    assert article.published.basis is DateBasis.METADATA


@pytest.mark.parametrize("root", [CSL, {"items": CSL}], ids=["list", "object"])
@pytest.mark.parametrize("escaped", [True, False])
def test_references_in_csl(tmp_path: Path, root: object, escaped: bool) -> None:
    data = json.dumps(root, ensure_ascii=escaped, indent=1)
    first, second = articles_in(tmp_path / "a.json", data)
    assert first.title == "Ferry talks stall – again"
    assert first.byline == "Mira Holt, The desk"
    assert (first.outlet, first.url) == ("Lorne Courier", "https://example.org/1")
    assert first.published.start == datetime(2021, 3, 3)
    assert "The union left the table." in first.text
    assert second.published.start == datetime(2021, 3, 5)
    assert second.within[0].member == "item 2"


def test_our_own_format_gives_the_same_articles_again(tmp_path: Path) -> None:
    text = (
        "Ferry talks stall\n\nBy Mira Holt\n\nThe mayor said on October 2 that it was shut.\n\n"
        "Share this article"
    )
    stamp = datetime(2021, 10, 9)
    before = read_document(make_document(text.encode(), "a.txt", modified=stamp))
    record = reading_to_json(assemble([read_article(before)], Decisions()))
    (after,) = articles_in(tmp_path / "a.json", json.dumps(record))
    assert after.text == before.text
    assert after.published == before.published
    assert (after.title, after.byline) == (before.title, before.byline)
    assert after.blocks[-1].kind is BlockKind.BOILERPLATE


def test_other_json_with_texts_is_read_by_its_keys(tmp_path: Path) -> None:
    data = [
        {"headline": "Dam holds", "articleBody": "The dam held.", "datePublished": "2021-03-05"}
    ]
    (article,) = articles_in(tmp_path / "a.json", json.dumps(data))
    assert article.title == "Dam holds"
    assert "The dam held." in article.text
    assert article.published.start == datetime(2021, 3, 5)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"a": 1}', "no-articles"),
        ("[1, 2]", "no-articles"),
        ('[{"title": "x"}, {', "broken"),
        ("[" * 100_000, "broken"),
        ('{"title": ' + "9" * 5000 + "}", "broken"),
    ],
)
def test_json_that_holds_no_articles(tmp_path: Path, data: str, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(data)
    assert found_in(path)[1] == [reason]


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.ris", "a.mbox", "a.zip", "a.warc"])
def test_an_empty_file_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert found_in(tmp_path / name) == ([], ["empty"])


def test_items_before_a_break_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(CSL)[:-80])
    documents, problems = found_in(path)
    assert next(read_document(d).title for d in documents) == "Ferry talks stall – again"
    assert problems == ["broken"]


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    data = (
        '[{"type": "x", "id": "1", "title": "Dam \\ud800 holds", "abstract": "It \\udfff held."}]'
    )
    (article,) = articles_in(tmp_path / "a.json", data)
    assert article.title == "Dam � holds"
    assert "It � held." in article.text
    article.text.encode()
