from __future__ import annotations

import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.documents import make_document, read_document
from extraction.documents.markup import pieces_of, tree_of
from extraction.model import Article, BlockKind, DateBasis, PartKind, UnreadableDocument

STAMP = datetime(2024, 7, 9, 12, 0)


def read(data: bytes | str, name: str = "a.txt", stamp: datetime | None = STAMP) -> Article:
    raw = data.encode() if isinstance(data, str) else data
    return read_document(make_document(raw, name, modified=stamp))


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def test_head_of_a_text_file() -> None:
    article = read(
        "Title: Ferry talks stall\nOutlet: Lorne Courier\nBy: Mira Holt\n"
        "Published: 3 March 2021\n\nThe union left the table on Tuesday."
    )
    assert article.title == "Ferry talks stall"
    assert article.outlet == "Lorne Courier"
    assert article.byline == "Mira Holt"
    assert article.published.start == datetime(2021, 3, 3)
    assert article.published.basis is DateBasis.METADATA
    assert texts(article, BlockKind.TITLE) == ["Ferry talks stall"]
    assert texts(article, BlockKind.PARAGRAPH) == ["The union left the table on Tuesday."]


def test_title_byline_and_date_line_without_keys() -> None:
    article = read(
        "Ferry talks stall in Lorne\n\nBy Mira Holt\nMarch 3, 2021, 14:05\n\n"
        "The union left the table. It said the offer was no offer."
    )
    assert article.title == "Ferry talks stall in Lorne"
    assert article.byline == "Mira Holt"
    assert article.published.start == datetime(2021, 3, 3)
    assert article.published.basis is DateBasis.DATELINE
    assert article.published.assumed == ()


@pytest.mark.parametrize(
    ("opening", "day", "assumed"),
    [
        ("TARSK, June 6, 2023 - Two barges sank at the lock.", datetime(2023, 6, 6), ()),
        ("TARSK/LORNE (Feb 26, 2019)\n\nThe mill burned on Feb. 14.", datetime(2019, 2, 26), ()),
        ("PORT ELDEN, Lorne, 18 October 2023 (Wire) - It burned.", datetime(2023, 10, 18), ()),
        ("PORT ELDEN (Wire) - May 2, 2022 - It burned.", datetime(2022, 5, 2), ()),
        ("TARSK, June 6 (Wire) - It burned on June 9.", datetime(2024, 6, 6), ("year",)),
    ],
)
def test_dateline_that_opens_the_story(
    opening: str, day: datetime, assumed: tuple[str, ...]
) -> None:
    article = read(f"Mill burns in Tarsk\n\n{opening}")
    assert article.published.start == day
    assert article.published.basis is DateBasis.DATELINE
    assert article.published.assumed == assumed


@pytest.mark.parametrize("opening", ["TARSK said June 6, 2023 was too late.", "NATO may 5 times"])
def test_no_dateline_where_capitals_begin_a_sentence(opening: str) -> None:
    assert read(f"Mill burns in Tarsk\n\n{opening}").published.basis is not DateBasis.DATELINE


def test_date_line_under_an_odd_byline() -> None:
    article = read("Mill burns in Tarsk; mayor silent\n\nThe desk\nJune 19, 2023\n\nIt burned.")
    assert article.published.start == datetime(2023, 6, 19)
    assert article.published.basis is DateBasis.DATELINE


@pytest.mark.parametrize(
    "lines",
    [
        "Updated 5 March 2021, 10:00\n3 March 2021",
        "Published: 3 March 2021\nUpdated: 5 March 2021",
        "Last updated: 5 March 2021\nFirst published 3 March 2021",
    ],
)
def test_the_day_of_a_change_is_not_that_of_publication(lines: str) -> None:
    article = read(f"Mill burns in Tarsk\n\n{lines}\n\nIt burned.")
    assert article.published.start == datetime(2021, 3, 3)
    assert article.changed is not None
    assert article.changed.start == datetime(2021, 3, 5)


def test_the_day_of_a_change_serves_where_there_is_no_other() -> None:
    article = read("Mill burns in Tarsk\n\nUpdated 5 March 2021\n\nIt burned.")
    assert article.published.start == datetime(2021, 3, 5)
    assert article.published.basis is DateBasis.DATELINE


def test_byline_of_an_unnamed_writer() -> None:
    article = read("Mill burns in Tarsk\n\nBy a staff writer\nJune 19, 2023\n\nIt burned.")
    assert article.byline == "a staff writer"


def test_clock_line_of_a_live_blog_is_a_block_of_its_own() -> None:
    article = read("Mill burns in Tarsk\n\n18:05 GMT\nThe mill is on fire.\n\n18:40 GMT\nIt fell.")
    blocks = [article.text[b.start : b.end] for b in article.blocks]
    assert "18:05 GMT" in blocks
    assert "The mill is on fire." in blocks


def test_year_is_assumed_from_the_time_stamp_and_said_so() -> None:
    article = read("The mayor said on October 2 that the bridge was shut. She left on October 5.")
    assert article.published.start == datetime(2023, 10, 5)
    assert article.published.basis is DateBasis.TEXT
    assert article.published.assumed == ("year",)
    assert any("time stamp" in reason for reason in article.published.reasons)


def test_no_date_at_all_rests_on_the_time_stamp() -> None:
    article = read("The mayor said that the bridge was shut for good.")
    assert article.published.basis is DateBasis.FILE
    assert article.published.assumed == ("year", "month", "day")


def test_nothing_known() -> None:
    article = read("The mayor said that the bridge was shut for good.", stamp=None)
    assert article.published.basis is DateBasis.NONE
    assert article.published.start is None


def test_a_persons_word_wins() -> None:
    document = make_document(b"Published: 3 March 2021\n\nThe union left.", "a.txt")
    article = read_document(document, published=date(2020, 1, 2))
    assert article.published.start == datetime(2020, 1, 2)
    assert article.published.basis is DateBasis.USER


def test_boilerplate_is_marked_and_kept() -> None:
    article = read(
        "The union left the table on Tuesday, officials said.\n"
        "Your browser cannot show this film.\n"
        "The owners said they were willing to wait."
    )
    assert texts(article, BlockKind.BOILERPLATE) == ["Your browser cannot show this film."]
    assert len(texts(article, BlockKind.PARAGRAPH)) == 2


@pytest.mark.parametrize(
    "paragraph",
    [
        "The harbour office said on Monday that the old mill at the end of the quay\nhad burned\n"
        "down, and that the wind had carried embers as far as the fish market.",
        "The mill at the end of the quay burned down in the night, its owner said.\nNobody was in "
        "it when the fire began, she told a reporter who had come from\nthe town of Tarsk.",
        "The owner said\nthat the mill had been insured and would be built again within a year.",
    ],
)
def test_lines_that_end_at_the_margin_are_one_paragraph(paragraph: str) -> None:
    article = read(f"Mill burns in Tarsk\n\n{paragraph}\n\nIt was the second fire.")
    assert paragraph in texts(article, BlockKind.PARAGRAPH)


def test_short_lines_that_begin_anew_stay_apart() -> None:
    article = read("Mill burns\n\n18:05 GMT\nthe mill is on fire\nNo more\nIt fell.")
    assert [article.text[b.start : b.end] for b in article.blocks] == [
        "Mill burns",
        "18:05 GMT",
        "the mill is on fire",
        "No more",
        "It fell.",
    ]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    article = read(
        "The union said it had left the table because the\nowners would not hear its case.\n\n"
        "The owners said that this was not true."
    )
    assert len(texts(article, BlockKind.PARAGRAPH)) == 2


def test_markdown_with_front_matter() -> None:
    article = read(
        "---\ntitle: Ferry talks stall\npublished: 2021-03-03\n---\n\n# Ferry talks stall\n\n"
        "The union *left* the [table](http://example.org/x).\n\n> It was no offer.\n\n- one item\n",
        "a.md",
    )
    assert article.title == "Ferry talks stall"
    assert article.published.start == datetime(2021, 3, 3)
    assert texts(article, BlockKind.TITLE) == ["Ferry talks stall"]
    assert texts(article, BlockKind.PARAGRAPH) == ["The union left the table."]
    assert texts(article, BlockKind.QUOTE) == ["It was no offer."]
    assert texts(article, BlockKind.LIST_ITEM) == ["one item"]


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ferry talks stall | Lorne Courier</title>
<meta property="og:site_name" content="Lorne Courier">
<meta property="article:published_time" content="2021-03-03T10:00:00Z">
<script>document.write("never")</script><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry talks stall</h1>
<p>The union left the table on Tuesday, and its leader said that the offer of the owners was no
offer at all.</p><p>The owners<br>denied that they had made&nbsp;no offer and said they would wait
for the union to come back.</p><video>Your player is too old.</video>
<p style="display: none">Hidden words.</p><img src="http://example.org/remote.png"></article>
<footer><p>All of it belongs to the Courier.</p></footer></body></html>"""


def test_html_keeps_what_is_visible_and_marks_what_is_no_story() -> None:
    article = read(PAGE, "a.html")
    assert article.title == "Ferry talks stall"
    assert article.outlet == "Lorne Courier"
    assert article.language == "en"
    assert article.published.start == datetime(2021, 3, 3)
    assert texts(article, BlockKind.TITLE) == ["Ferry talks stall"]
    assert texts(article, BlockKind.PARAGRAPH) == [
        "The union left the table on Tuesday, and its leader said that the offer of the owners "
        "was no offer at all.",
        "The owners\ndenied that they had made no offer and said they would wait for the union "
        "to come back.",
    ]
    assert texts(article, BlockKind.BOILERPLATE) == ["Home", "All of it belongs to the Courier."]
    for gone in ("never", "color", "Hidden", "player", "remote"):
        assert gone not in article.text


def test_a_deep_page_loses_nothing() -> None:
    page = "<html><body>" + "<div>" * 1500 + "deep words" + "</div>" * 1500 + "<p>Shallow.</p>"
    article = read(page, "a.html")
    assert "deep words" in article.text
    assert "Shallow." in article.text


def test_a_page_too_deep_to_be_parsed_is_refused() -> None:
    page = "<html><body>" + "<div>" * 50_000 + "deep words" + "</div>" * 50_000 + "<p>Shallow.</p>"
    with pytest.raises(UnreadableDocument) as caught:
        read(page, "a.html")
    assert caught.value.reason == "broken"


def test_a_long_paragraph_is_not_cut_off() -> None:
    words = "The union left. " * 700_000
    (piece,) = pieces_of(tree_of(f"<html><body><p>{words}", "a.html"))
    assert piece.text == words.strip()


def test_json_ld_date() -> None:
    page = PAGE.replace('property="article:published_time"', 'property="other"').replace(
        "</head>",
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2021-03-04"}]}'
        "</script></head>",
    )
    assert read(page, "a.html").published.start == datetime(2021, 3, 4)


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8-sig", b""), ("utf-16", b""), ("utf-16-le", b"\xff\xfe"), ("cp1252", b"")],
)
def test_encodings(encoding: str, bom: bytes) -> None:
    words = "The mayor’s café — “shut for good”, said Zoë Ångström, who was displeased. " * 8
    article = read(bom + words.encode(encoding))
    assert article.text.strip() == words.strip()


def test_latin_text_is_guessed_with_a_warning() -> None:
    article = read(
        ("Der Bürgermeister erklärte, die Brücke sei für Fußgänger gesperrt. " * 9).encode(
            "latin-1"
        )
    )
    assert "für Fußgänger" in article.text
    assert any(warning.startswith("encoding-guessed") for warning in article.warnings)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 200, bytes(range(32)) * 40])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    assert caught.value.reason in ("binary", "encoding")


def test_other_formats_are_refused_by_name() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(b"\xd0\xcf\x11\xe0 and more")
    assert (caught.value.reason, caught.value.detail) == ("unsupported", "application/msword")


def test_rows_and_notes_of_markdown() -> None:
    article = read_document(
        make_document(
            b"The union left.[^a]\n\n| Port | Ships |\n|---|---|\n| Lorne | 4 |\n\n"
            b"[^a]: On Tuesday.\n",
            "a.md",
        )
    )
    shown = [(article.text[b.start : b.end], b.kind) for b in article.blocks]
    assert shown == [
        ("The union left.[a]", BlockKind.PARAGRAPH),
        ("Port | Ships", BlockKind.LIST_ITEM),
        ("Lorne | 4", BlockKind.LIST_ITEM),
        ("[a]", BlockKind.METADATA),
        ("On Tuesday.", BlockKind.PARAGRAPH),
    ]
    assert [(part.kind, part.label) for part in article.parts] == [(PartKind.NOTE, "a")]


@given(st.text(), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_blocks_are_in_order_and_inside_the_text(text: str, name: str) -> None:
    try:
        article = read(text.encode("utf-8", "surrogatepass"), name)
    except UnreadableDocument:
        return
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        assert article.text[block.start : block.end].strip()
        at = block.end


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert read(data, name).text.strip()
