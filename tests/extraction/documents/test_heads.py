"""Heads of pages as programs for newspapers write them: what each names, and by which field."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from extraction.documents import make_document, read_document
from extraction.documents.metadata import DATE_LINE, Head, authors_in, is_byline, is_date_line
from extraction.model import Article
from tests.extraction.documents.test_html import FIRST, SECOND

HEADLINE = "Ferry talks stall"
OUTLET = '<meta property="og:site_name" content="Lorne Courier">'
H1 = f"<h1>{HEADLINE}</h1>"


def ld(*nodes: object) -> str:
    whole = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    return f'<script type="application/ld+json">{json.dumps(whole)}</script>'


def story(**fields: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2021-03-04", **fields}


def read(head: str = "", top: str = H1, before: str = "", first: str = FIRST) -> Article:
    source = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>{before}"
        f"<article>{top}<p>{first}</p><p>{SECOND}</p></article></body></html>"
    )
    stamp = datetime(2021, 6, 1)
    return read_document(make_document(source.encode(), "a.html", modified=stamp))


def told(article: Article) -> tuple[str | None, str | None, str | None, str, str]:
    """Title, outlet, byline, days of publication and of the last change."""
    days = [
        found.start.date().isoformat() if found is not None and found.start is not None else ""
        for found in (article.published, article.changed)
    ]
    return article.title, article.outlet, article.byline, days[0], days[1]


PERSON = {"@type": "Person", "@id": "#p", "name": "Mira Holt"}
PAPER = {"@type": "NewsMediaOrganization", "@id": "#o", "name": "Lorne Courier"}


@pytest.mark.parametrize(
    "head",
    [
        ld(story(author={"name": "Mira Holt"}, publisher={"name": "Lorne Courier"})),
        ld(story(author=[{"@id": "#p"}], publisher={"@id": "#o"}), PAPER, PERSON),
        ld(story(author="Mira Holt"), PAPER),
        ld(story(creator=["Mira Holt"]), {"@type": "WebSite", "name": "Lorne Courier"}),
        ld(story(author="Mira Holt", isPartOf={"@type": "Newspaper", "name": "Lorne Courier"})),
        ld(
            {"@type": "VideoObject", "name": "Ad", "datePublished": "2015-01-01"},
            {**story(author="Mira Holt", publisher=PAPER), "@type": "AnalysisNewsArticle"},
        ),
        ld({**story(author="Mira Holt", publisher=PAPER), "@type": ["http://schema.org/Article"]}),
    ],
)
def test_a_story_in_json_ld(head: str) -> None:
    assert told(read(head)) == (HEADLINE, "Lorne Courier", "Mira Holt", "2021-03-04", "")


@pytest.mark.parametrize(
    "script",
    [
        "//<![CDATA[\n{json}\n//]]>",
        "/* <![CDATA[ */{json}/* ]]> */",
        "<!--\n{json}\n-->",
        "{json};",
        "\ufeff\n{json}",
    ],
)
def test_json_ld_in_wrappings(script: str) -> None:
    words = json.dumps(story(author="Mira Holt", publisher=PAPER))
    head = f'<script type="application/ld+json">{script.format(json=words)}</script>'
    assert told(read(head))[1:4] == ("Lorne Courier", "Mira Holt", "2021-03-04")


def test_json_ld_a_little_beside_the_rules() -> None:
    words = json.dumps(story(author="Mira O&#039;Holt", publisher={"name": "Lorne &amp; Bay"}))
    careless = words[:-1] + ', "description": "two\nlines",}'
    head = f'<script type="application/ld+json; charset=utf-8">{careless}</script>'
    assert told(read(head))[1:4] == ("Lorne & Bay", "Mira O'Holt", "2021-03-04")


@pytest.mark.parametrize(
    ("head", "byline", "day", "changed"),
    [
        (
            '<meta property="og:article:published_time" content="2021-03-04T10:00Z">'
            '<meta property="article:author" content="https://social.example/lorne">',
            None,
            "2021-03-04",
            "",
        ),
        (
            '<meta name="DC.date.issued" content="2021-03-04">'
            '<meta name="DC.creator" content="Mira Holt">'
            '<meta name="DCTERMS.modified" content="2021-03-06">',
            "Mira Holt",
            "2021-03-04",
            "2021-03-06",
        ),
        (
            '<meta name="parsely-page" content=\'{"pub_date": "2021-03-04T10:00:00Z", '
            '"author": "Mira Holt"}\'>',
            "Mira Holt",
            "2021-03-04",
            "",
        ),
        (
            '<meta name="sailthru.date" content="2021-03-04 10:00:00">'
            '<meta name="sailthru.author" content="Mira Holt">',
            "Mira Holt",
            "2021-03-04",
            "",
        ),
        (
            '<meta name="citation_publication_date" content="2021/03/04">'
            '<meta name="citation_author" content="Mira Holt">'
            '<meta name="citation_author" content="John Doe">',
            "Mira Holt, John Doe",
            "2021-03-04",
            "",
        ),
        (
            '<meta name="date" content="Thu, 04 Mar 2021 10:00:00 GMT">'
            '<meta name="byl" content="By Mira Holt">',
            "Mira Holt",
            "2021-03-04",
            "",
        ),
        ('<meta name="pubdate" content="20210304T100000">', None, "2021-03-04", ""),
        ('<meta name="pdate" content="20210304">', None, "2021-03-04", ""),
        ('<meta property="article:published_time" content="1614852000">', None, "2021-03-04", ""),
        ('<meta name="pubdate" content="1614852000000">', None, "2021-03-04", ""),
        (
            '<meta name="cXenseParse:recs:publishtime" content="2021-03-04T10:00:00Z">'
            '<meta name="cXenseParse:author" content="Mira Holt">',
            "Mira Holt",
            "2021-03-04",
            "",
        ),
        (
            '<meta name="article.published" content="2021-03-04T10:00:00.000Z">'
            '<meta name="article.updated" content="2021-03-05T10:00:00.000Z">',
            None,
            "2021-03-04",
            "2021-03-05",
        ),
        (
            # the day by the clock of the outlet
            '<meta property="article:published_time" content="2021-03-04T23:30:00-05:00">',
            None,
            "2021-03-04",
            "",
        ),
        (
            '<meta itemprop="datePublished" content="2021-03-04">'
            '<meta property="article:modified_time" content="2021-03-05">',
            None,
            "2021-03-04",
            "2021-03-05",
        ),
    ],
)
def test_meta_tags(head: str, byline: str | None, day: str, changed: str) -> None:
    article = read(OUTLET + head)
    assert told(article) == (HEADLINE, "Lorne Courier", byline, day, changed)
    assert not article.published.assumed


@pytest.mark.parametrize(
    ("top", "byline", "day", "changed"),
    [
        (
            f'<h1 itemprop="headline">{HEADLINE}</h1><span itemprop="author" itemscope>'
            '<span itemprop="name">Mira Holt</span></span><time itemprop="datePublished" '
            'datetime="2021-03-04T10:00">Thursday</time>'
            '<meta itemprop="dateModified" content="2021-03-05">',
            "Mira Holt",
            "2021-03-04",
            "2021-03-05",
        ),
        (
            f'{H1}<p>By <a rel=author href="/m">Mira Holt</a></p><p>Updated '
            '<time datetime="2021-03-05T08:00">5 March 2021</time>, first published '
            '<time datetime="2021-03-04T10:00" pubdate>4 March 2021</time></p>',
            "Mira Holt",
            "2021-03-04",
            "2021-03-05",
        ),
        (
            f"{H1}<div>By Mira Holt and John Doe in Ardal</div>"
            "<div>Published 10:30 GMT, 4 Mar 2021</div><div>Updated 14:05 GMT, 5 Mar 2021</div>",
            "Mira Holt and John Doe",
            "2021-03-04",
            "2021-03-05",
        ),
        (
            f"{H1}<div>By Mira Holt, Political Editor</div>"
            "<div>Published March 4, 2021 | Last updated on Friday, March 5, 2021 at 2:05 p.m. EST"
            "</div>",
            "Mira Holt",
            "2021-03-04",
            "2021-03-05",
        ),
        (f"{H1}<p>Published 3/14/2021 10:12 a.m. ET</p>", None, "2021-03-14", ""),
        (
            f'{H1}<span class="byline vcard"><span class="fn">Mira Holt</span></span>'
            '<abbr class="published" title="2021-03-04T10:00">4 March</abbr>'
            '<abbr class="updated" title="2021-03-05T10:00">5 March</abbr>',
            "Mira Holt",
            "2021-03-04",
            "2021-03-05",
        ),
        (
            f'{H1}<span property="schema:datePublished" content="2021-03-04T10:00">Thu</span>',
            None,
            "2021-03-04",
            "",
        ),
    ],
)
def test_marks_and_lines_of_the_page(top: str, byline: str | None, day: str, changed: str) -> None:
    assert told(read(OUTLET, top)) == (HEADLINE, "Lorne Courier", byline, day, changed)


@pytest.mark.parametrize(
    ("dateline", "day", "assumed"),
    [
        ("ARDAL, March 4, 2021 (Wire) - ", "2021-03-04", ()),
        ("ARDAL, Mar 4 (Wire) — ", "2021-03-04", ("year",)),
    ],
)
def test_a_dateline(dateline: str, day: str, assumed: tuple[str, ...]) -> None:
    article = read(OUTLET, first=dateline + FIRST)
    assert told(article)[3] == day
    assert article.published.assumed == assumed


@pytest.mark.parametrize("title", ["{0} | {1}", "{0} - {1}", "{0} — {1}", "{0} | News | {1}"])
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("top", [H1, ""])
def test_the_title_of_the_page_names_the_outlet(title: str, named: bool, top: str) -> None:
    if not named and not top:
        return
    head = f"<title>{title.format(HEADLINE, 'Lorne Courier')}</title>{OUTLET if named else ''}"
    article = read(head, top)
    assert (article.title, article.outlet) == (HEADLINE, "Lorne Courier")


def test_a_heading_that_only_names_the_outlet_is_no_headline() -> None:
    head = f'{OUTLET}<meta property="og:title" content="{HEADLINE}"><title>{HEADLINE}</title>'
    logo = '<header><h1><a href="/">Lorne Courier</a></h1></header>'
    assert read(head, f"<h2>{HEADLINE}</h2>", logo).title == HEADLINE
    assert read(head, H1, logo).title == HEADLINE


def test_what_comments_and_other_stories_say_is_not_of_this_one() -> None:
    comment = (
        '<div itemscope itemtype="https://schema.org/Comment"><p>By Trollo Grim</p>'
        '<time itemprop="datePublished" datetime="2021-04-01">April</time></div>'
    )
    more = '<aside><time datetime="2019-01-01">1 January</time><p>By John Doe</p></aside>'
    first = f"{FIRST}</p><p>{SECOND}</p>{comment}<p>{SECOND}"
    article = read(OUTLET, f'{H1}<time datetime="2021-03-04">4 March</time>', more, first)
    assert told(article) == (HEADLINE, "Lorne Courier", None, "2021-03-04", "")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mira Holt", "Mira Holt"),
        ("By Mira Holt and John Doe in Ardal", "Mira Holt and John Doe"),
        (
            "By Mira Holt, John van Doe and Jo de la Cruz",
            "Mira Holt, John van Doe and Jo de la Cruz",
        ),
        ("By Mira Holt, Lorne Courier", "Mira Holt"),
        ("By Mira Holt for Lorne Courier", "Mira Holt"),
        ("By MIRA HOLT Staff Writer", "MIRA HOLT Staff Writer"),
        ("Reporting by Mira Holt", "Mira Holt"),
        ("By our staff", "our staff"),
    ],
)
def test_bylines(line: str, names: str) -> None:
    assert is_byline(line)
    assert authors_in(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By the time the union left, the owners had gone",
        "By Tuesday the owners had gone.",
        "By then, said the mayor, it was too late",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Updated 14:05 GMT, 3 Feb 2024", True),
        ("3 February 2024", True),
        ("Published: 3 Feb 2024 10:00 | Updated: 4 Feb 2024 11:30", True),
        ("First published on Sat 3 Feb 2024 10.00 GMT; last modified on 4 Feb 2024", True),
        ("LORNE, 3 February 2024", True),
        ("Mira Holt and John Doe | 3 Feb 2024, 10:00", True),
        ("Owners and union, 3 February 2024", False),
        ("On 3 February 2024 the union left", False),
        ("The union left on 3 February 2024", False),
        ("", False),
    ],
)
def test_lines_of_dates(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one


def test_a_byline_with_a_date_gives_both() -> None:
    head = Head()
    head.take("byline", "By Mira Holt, John Doe, February 3, 2024", "byline of the text")
    assert head.get("byline") == "Mira Holt, John Doe"
    assert head.fields["date"] == ("February 3, 2024", DATE_LINE)
