from __future__ import annotations

import json
import socket
from datetime import datetime
from pathlib import Path

import pytest

from extraction.documents import make_document, read_document
from extraction.model import Article, BlockKind, DateBasis, PartKind

FIRST = (
    "The union left the table on Tuesday, and its leader said that the offer of the owners was no "
    "offer at all."
)
SECOND = (
    "The owners denied that they had made no offer and said they would wait for the union to come "
    "back to the table."
)


def page(body: str = "", head: str = "", attributes: str = "") -> str:
    return (
        f"<!DOCTYPE html><html {attributes}><head><meta charset='utf-8'>{head}</head><body>"
        f"<article><h1>Ferry talks stall</h1><p>{FIRST}</p>{body}<p>{SECOND}</p></article>"
        "</body></html>"
    )


def read(source: str | bytes, name: str = "a.html") -> Article:
    return read_document(
        make_document(source.encode() if isinstance(source, str) else source, name)
    )


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def grounds(article: Article) -> dict[str, str]:
    return dict(article.grounds)


# --------------------------------------------------------------------------- what it says of itself


def test_meta_tags_say_what_each_field_rests_on() -> None:
    article = read(
        page(
            head='<meta property="og:site_name" content="Lorne Courier">'
            '<meta name="author" content="Mira Holt">'
            '<meta property="article:published_time" content="2021-03-03T10:00:00+04:00">'
            '<meta property="article:modified_time" content="2021-03-05T08:00:00+04:00">'
            '<link rel="canonical" href="https://example.org/ferry">',
            attributes='lang="en-GB"',
        )
    )
    assert (article.title, article.outlet) == ("Ferry talks stall", "Lorne Courier")
    assert (article.byline, article.url) == ("Mira Holt", "https://example.org/ferry")
    assert article.published.start == datetime(2021, 3, 3)
    assert article.published.basis is DateBasis.METADATA
    assert "article:published_time" in article.published.reasons[0]
    assert article.changed is not None
    assert article.changed.start == datetime(2021, 3, 5)
    assert grounds(article) == {
        "title": "heading of the page",
        "outlet": "meta og:site_name",
        "byline": "meta author",
        "url": "link rel=canonical",
        "language": "html lang",
    }


JSON_LD = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
{"@type": ["NewsArticle"], "headline": "Ferry talks stall", "datePublished": "2021-03-03T10:00",
"dateModified": "2021-03-05", "author": [{"name": "Mira Holt"}, {"name": "https://example.org/me"},
"The desk"], "publisher": {"@type": "Organization", "name": "Lorne Courier"},
"inLanguage": "en-GB", "mainEntityOfPage": {"@id": "https://example.org/ferry"}}]}</script>"""


def test_json_ld() -> None:
    article = read(page(head=JSON_LD))
    assert (article.outlet, article.byline) == ("Lorne Courier", "Mira Holt, The desk")
    assert article.url == "https://example.org/ferry"
    assert article.published.start == datetime(2021, 3, 3)
    assert article.changed is not None
    assert grounds(article)["byline"] == "JSON-LD author"


@pytest.mark.parametrize(
    "broken", ["{", "[" * 50_000, '{"@type": 7, "author": {"name": []}}', "9" * 9999]
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    script = f'<script type="application/ld+json">{broken}</script>'
    assert read(page(head=script)).title == "Ferry talks stall"


def test_the_address_that_a_browser_noted_when_it_saved() -> None:
    note = "<!-- saved from url=(0025)https://example.org/ferry -->"
    article = read(page().replace("<html", f"{note}<html"))
    assert article.url == "https://example.org/ferry"
    assert "browser" in grounds(article)["url"]


def test_a_page_of_xml() -> None:
    source = page().replace("<!DOCTYPE html>", '<?xml version="1.0" encoding="ISO-8859-1"?>')
    source = source.replace("<meta charset='utf-8'>", "").replace("owners denied", "ówners denied")
    article = read(source.encode("latin-1"), "a.xhtml")
    assert "ówners denied" in article.text
    assert article.warnings == ()


def test_the_outlet_is_cut_off_a_title_that_bears_it() -> None:
    source = page(
        head="<title>Ferry talks stall | Lorne Courier</title>"
        '<meta property="og:site_name" content="Lorne Courier">'
    ).replace("h1>", "p>")
    assert read(source).title == "Ferry talks stall"


# --------------------------------------------------------------------------- layout


def test_rows_of_data_are_lines_and_layout_tables_are_not() -> None:
    table = (
        "<table><tr><th>Village</th><th>Killed</th></tr><tr><td>Orrin</td><td>4</td></tr></table>"
        f"<table><tr><td><p>{FIRST}</p></td><td><p>Short words.</p></td></tr></table>"
    )
    article = read(page(table))
    assert texts(article, BlockKind.LIST_ITEM) == ["Village | Killed", "Orrin | 4"]
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, FIRST, "Short words.", SECOND]


def test_lists_and_captions() -> None:
    article = read(
        page(
            "<ul><li>higher pay</li><li>shorter days</li></ul><figure><img src='file:///x.png'>"
            "<figcaption>The harbour of Lorne on Monday.</figcaption></figure>"
        )
    )
    assert texts(article, BlockKind.LIST_ITEM) == ["higher pay", "shorter days"]
    assert texts(article, BlockKind.CAPTION) == ["The harbour of Lorne on Monday."]


ENTRIES = "".join(
    f"<div class='entry'><header><time datetime='2021-03-0{day}T{hour}:05:00Z'>{hour}:05</time>"
    f"<h2>{head}</h2></header><p>{words}</p></div>"
    for day, hour, head, words in (
        (4, "09", "Owners answer", SECOND),
        (3, "18", "Union leaves", FIRST),
        (3, "11", "Talks begin", "The two sides met in the harbour at eleven, the mayor said."),
    )
)


def test_entries_of_a_live_blog_are_kept_apart_with_their_times() -> None:
    article = read(page(f"<div class='stream'>{ENTRIES}</div>"))
    entries = [part for part in article.parts if part.kind is PartKind.ENTRY]
    assert [part.label for part in entries] == ["Owners answer", "Union leaves", "Talks begin"]
    assert entries[0].when == datetime(2021, 3, 4, 9, 5)
    assert entries[1].when == datetime(2021, 3, 3, 18, 5)
    words = article.text[entries[1].start : entries[1].end]
    assert words == f"18:05\n\nUnion leaves\n\n{FIRST}"
    assert texts(article, BlockKind.BOILERPLATE) == []


@pytest.mark.parametrize("name", ["comments", "related-stories"])
def test_dated_comments_and_links_are_no_live_blog(name: str) -> None:
    assert read(page(f"<div class='{name}'>{ENTRIES}</div>")).parts == ()


# --------------------------------------------------------------------------- hostile pages


def test_nothing_is_run_or_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("a page reached for the network")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    hostile = (
        '<script src="https://example.org/x.js"></script><img src="https://example.org/x.png">'
        '<img src="SECRET"><iframe src="SECRET"></iframe>'
        '<link rel="stylesheet" href="https://example.org/x.css">'
        '<object data="SECRET">inside</object>'
        '<a href="SECRET" onclick="alert(1)">The mayor said so.</a>'
        '<base href="SECRET"><meta http-equiv="refresh" content="0;url=SECRET">'
    )
    source = '<!DOCTYPE html SYSTEM "SECRET" [<!ENTITY x SYSTEM "SECRET">]>'
    whole = source + page(hostile + "<p>&x; was shut.</p>").removeprefix("<!DOCTYPE html>")
    secret = tmp_path / "secret.txt"
    secret.write_text("kept apart")
    article = read(whole.replace("SECRET", secret.as_uri()))
    assert "kept apart" not in article.text
    assert "alert" not in article.text
    assert "The mayor said so." in article.text


def test_marks_that_turn_the_writing_round_and_look_alikes_are_kept() -> None:
    odd = "The mayоr said \u202etub\u202c it w\u200bas shut."
    assert odd in read(page(f"<p>{odd}</p>")).text
    assert odd in read(odd, "a.txt").text


@pytest.mark.parametrize(
    "body",
    [
        "<table>" * 400,
        "<b>" * 1500,
        "<p " + "a=1 " * 100_000 + ">",
        "<!--" * 50_000,
        "&" * 200_000,
        "<time datetime='2021-03-03T10:00'>" * 1500,
        "<a href='" + "x" * 1_000_000 + "'>x</a>",
    ],
    ids=["tables", "deep", "attributes", "comments", "entities", "times", "address"],
)
def test_pages_made_to_be_slow(body: str) -> None:
    assert "union left" in read(page(body)).text


# --------------------------------------------------------------------------- shown by scripts only


def with_data(body: str, **fields: object) -> str:
    record = {"@type": "NewsArticle", "headline": "Ferry talks stall", **fields}
    head = f'<script type="application/ld+json">{json.dumps(record)}</script>'
    return f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>"


def test_a_story_that_only_a_script_would_show_is_read_from_the_data() -> None:
    page = with_data("<div id=root></div>", articleBody=f"<p>{FIRST}</p><p>{SECOND}</p>")
    article = read(page)
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, SECOND]
    assert article.warnings == ("text-from-data",)


def test_a_story_cut_off_by_a_paywall_is_completed() -> None:
    teaser = f"<article><h1>Ferry talks stall</h1><p>{FIRST}</p><p>Subscribe</p></article>"
    article = read(with_data(teaser, articleBody=f"{FIRST}\n{SECOND} {SECOND}\nThe end came late."))
    assert f"{SECOND} {SECOND}" in article.text
    assert "text-from-data" in article.warnings


def test_a_story_that_is_shown_is_not_read_twice() -> None:
    body = f"<article><h1>Ferry talks stall</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    article = read(with_data(body, articleBody=f"{FIRST} {SECOND}"))
    assert article.text.count("no offer at all") == 1
    assert article.warnings == ()


def test_entries_of_a_live_blog_in_the_data_keep_their_times() -> None:
    updates = [
        {"headline": "Union leaves", "datePublished": "2021-03-04T14:05:00Z", "articleBody": FIRST},
        {"datePublished": "2021-03-04T09:10:00Z", "articleBody": SECOND},
    ]
    page = with_data("<h1>Live</h1>", **{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})
    article = read(page)
    assert [(p.kind, p.label, p.when) for p in article.parts] == [
        (PartKind.ENTRY, "Union leaves", datetime(2021, 3, 4, 14, 5)),
        (PartKind.ENTRY, "", datetime(2021, 3, 4, 9, 10)),
    ]
    assert [article.text[p.start : p.end] for p in article.parts] == [
        f"Union leaves\n\n{FIRST}",
        SECOND,
    ]


def test_old_pages_part_their_paragraphs_by_two_breaks_and_hold_menus_in_tables() -> None:
    source = (
        "<HTML><BODY><TABLE><TR><TD><A HREF=1>Home</A><BR><A HREF=2>World</A></TD>"
        f"<TD><FONT SIZE=5>Ferry talks stall</FONT><BR>Thursday, March 4, 2021<P>{FIRST}"
        f"<BR><BR>{SECOND}</TD></TR></TABLE></BODY></HTML>"
    )
    article = read(source)
    paragraphs = texts(article, BlockKind.PARAGRAPH)
    assert FIRST in paragraphs
    assert SECOND in paragraphs
    assert not any("World" in text for text in paragraphs)
    assert article.published.start == datetime(2021, 3, 4)


def test_tables_and_lists_as_word_processors_write_them() -> None:
    row = "<tr><td><p>{}</p></td><td><p>{}</p></td></tr>"
    body = f"<table>{row.format('Town', 'Killed')}{row.format('Pell', '12')}</table>"
    body += "<ul><li><p>Four ferries were held.</p></li><li><div>Two were released.</div></li></ul>"
    items = texts(read(page(body)), BlockKind.LIST_ITEM)
    assert items == ["Town | Killed", "Pell | 12", "Four ferries were held.", "Two were released."]


def test_a_table_that_lays_out_the_page_is_no_row() -> None:
    cells = f"<td><p>{FIRST}</p></td><td><p>{SECOND}</p></td>"
    article = read(page(f"<table><tr>{cells}</tr></table>"))
    assert FIRST in texts(article, BlockKind.PARAGRAPH)
    assert texts(article, BlockKind.LIST_ITEM) == []


def test_the_mark_of_a_note_is_no_word_and_a_raised_figure_stays() -> None:
    article = read(
        page(
            "<p>The union left the table.<sup><a href='#n1'>1</a></sup> The owners denied that it"
            " had.<a href='#n2'>2</a> The quay has 40 m<sup>2</sup>, says page "
            "<a href='/2'>2</a>.</p>"
        )
    )
    assert (
        "The union left the table.[1] The owners denied that it had.[2] "
        "The quay has 40 m2, says page 2."
    ) in texts(article, BlockKind.PARAGRAPH)
