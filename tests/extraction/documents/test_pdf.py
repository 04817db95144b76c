from __future__ import annotations

import io
import textwrap
from datetime import datetime

import pypdfium2
import pytest
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph

from extraction.documents import make_document, pdf, read_document
from extraction.model import Article, BlockKind, DateBasis, PartKind, UnreadableDocument
from tests.extraction.documents.pages import HEIGHT, LEADING, Paper

FIRST = (
    "The union left the table on Tuesday, and its leader said that the offer of the owners was no "
    "offer at all, for it held nothing that had not been on the table in the spring."
)
SECOND = (
    "The owners denied that they had made no offer. They said that they would wait for the union "
    "to come back, and that the ferries would lie in the harbour of Lorne until it did."
)


def read(data: bytes) -> Article:
    return read_document(make_document(data, "a.pdf"))


def refused(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read(data)
    return caught.value


def texts(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def test_a_page_becomes_headline_and_paragraphs() -> None:
    paper = Paper(title="untitled", author="Mira Holt")
    paper.headline("Ferry talks stall")
    paper.text(["March 3, 2021", FIRST, SECOND])
    article = read(paper.data())
    assert article.title == "Ferry talks stall"
    assert article.byline == "Mira Holt"
    assert dict(article.grounds)["byline"] == "PDF property Author"
    assert article.published.basis is DateBasis.DATELINE
    assert texts(article, BlockKind.TITLE) == ["Ferry talks stall"]
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST, SECOND]


def test_the_day_of_making_serves_where_the_page_names_none() -> None:
    paper = Paper()
    paper.text([FIRST])
    article = read(paper.data())
    assert article.published.basis is DateBasis.METADATA
    assert "PDF property CreationDate" in article.published.reasons[0]


def test_columns_are_read_one_after_the_other_under_their_headline() -> None:
    paper = Paper()
    paper.headline("Ferry talks stall while both of the sides look at the calendar", 16)
    left = textwrap.wrap(FIRST, 44)
    right = textwrap.wrap(SECOND, 44)
    # a file may write line by line across the page
    y = paper.y
    for index in range(max(len(left), len(right))):
        for x, lines in ((50, left), (310, right)):
            if index < len(lines):
                paper.column(x, y - index * LEADING, [lines[index]])
    assert texts(read(paper.data()), BlockKind.PARAGRAPH) == [FIRST, SECOND]


def test_three_justified_columns_over_several_pages_lose_and_mix_nothing() -> None:
    stream = io.BytesIO()
    width, height = A4
    column = (width - 108) / 3
    frames = [
        Frame(40 + place * (column + 14), 40, column, height - 160, leftPadding=0, rightPadding=0)
        for place in range(3)
    ]
    top = Frame(40, height - 120, width - 80, 80, leftPadding=0)

    def edges(canvas: Canvas, file: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, height - 30, "LORNE COURIER")
        canvas.drawRightString(width - 40, height - 30, "Wednesday, 3 March 2021")
        canvas.drawCentredString(width / 2, 20, f"Page {file.page} of 3")

    file = BaseDocTemplate(stream, pagesize=A4)
    file.addPageTemplates([PageTemplate("page", [top, *frames], onPage=edges)])
    body = ParagraphStyle("body", fontSize=9.5, leading=11.5, alignment=4, firstLineIndent=10)
    large = ParagraphStyle("large", fontName="Times-Bold", fontSize=22, leading=26)
    small = ParagraphStyle("small", fontName="Times-Bold", fontSize=11, leading=14, spaceBefore=6)
    words = [f"Number {n} says so. {FIRST} {SECOND} It says so as number {n}." for n in range(30)]
    title = "Ferry talks stall in Lorne while both of the sides look at the calendar"
    flow = [Paragraph(title, large), FrameBreak()]
    for place, text in enumerate(words):
        flow += [Paragraph(text, body)]
        flow += [Paragraph(f"Head {place}", small)] if place % 7 == 6 else []
    file.build(flow)
    article = read(stream.getvalue())
    assert article.title == title
    assert texts(article, BlockKind.PARAGRAPH) == words
    assert texts(article, BlockKind.HEADING) == ["Head 6", "Head 13", "Head 20", "Head 27"]
    assert len({part.label for part in article.parts}) == 2


def test_hyphens_at_line_ends_are_joined_and_others_are_kept() -> None:
    paper = Paper()
    paper.column(
        50,
        paper.y,
        [
            "The union said on Tuesday that it would not come back to the nego-",
            "tiations, and a well-known mediator from the north said that no well-",
            "known way was left to him. The Lorne-",
            "Tarsk line is shut, he said, and it will be shut for the whole week in the self-",
            "governing north, where twenty-five ferries lie, and it will be a well-being of half-",
            "way measures.",
        ],
    )
    (paragraph,) = texts(read(paper.data()), BlockKind.PARAGRAPH)
    assert "the self-governing north" in paragraph
    assert "of halfway measures" in paragraph
    assert "back to the negotiations, and" in paragraph
    assert "no well-known way" in paragraph
    assert "Lorne-Tarsk line" in paragraph


def test_running_heads_and_page_numbers_are_marked_and_pages_are_known() -> None:
    paper = Paper()
    words = FIRST[:-1].split()
    for number in (1, 2, 3):
        paper.edges(f"Lorne Courier   3 March 2021   page {number}", f"- {number} -")
        # the paragraph goes on over the page
        paper.y = paper.column(50, paper.y, textwrap.wrap(" ".join(words), 95))
        paper.page()
    article = read(paper.data())
    margins = texts(article, BlockKind.BOILERPLATE)
    assert len(margins) == 6
    assert margins.count("- 2 -") == 1
    assert not any("Courier" in text for text in texts(article, BlockKind.PARAGRAPH))
    pages = [part for part in article.parts if part.kind is PartKind.PAGE]
    assert {part.label for part in pages} == {"1", "2", "3"}
    assert sum(part.end - part.start for part in pages) > 0.9 * len(article.text)


def test_a_paragraph_goes_on_over_the_page_and_both_pages_are_known() -> None:
    paper = Paper()
    lines = textwrap.wrap(FIRST, 95)
    paper.edges("Lorne Courier", "1")
    paper.column(50, 90, lines[:1])
    paper.page()
    paper.edges("Lorne Courier", "2")
    paper.column(50, HEIGHT - 110, lines[1:])
    article = read(paper.data())
    assert texts(article, BlockKind.PARAGRAPH) == [FIRST]
    start = article.text.index(FIRST)
    inside = [part for part in article.parts if start <= part.start < start + len(FIRST)]
    assert [part.label for part in inside] == ["1", "2"]
    assert article.text[inside[1].start : inside[1].end].strip() == " ".join(lines[1:])


def test_rows_of_a_table_are_lines_with_cells() -> None:
    paper = Paper()
    paper.text([FIRST])
    for place, killed in (("Orrin", "4"), ("Tarsk", "11"), ("Lorne", "2")):
        paper.column(50, paper.y, [place])
        paper.y = paper.column(300, paper.y, [killed])
    assert texts(read(paper.data()), BlockKind.LIST_ITEM) == [
        "Orrin | 4",
        "Tarsk | 11",
        "Lorne | 2",
    ]


def test_cells_close_together_are_told_by_the_row_below() -> None:
    paper = Paper()
    paper.text([FIRST])
    for cells in (("Port", "Ships", "Crew"), ("Lorne", "4", "120"), ("Ardal", "12", "90")):
        for x, cell in zip((50, 90, 125), cells, strict=True):
            paper.canvas.drawString(x, paper.y, cell)
        paper.y -= LEADING
    article = read(paper.data())
    assert texts(article, BlockKind.LIST_ITEM) == [
        "Port | Ships | Crew",
        "Lorne | 4 | 120",
        "Ardal | 12 | 90",
    ]


def test_the_head_of_a_table_is_parted_as_the_row_below_it() -> None:
    paper = Paper()
    paper.text([FIRST])
    for cells in (("Harbours", "Vestia", "Norland"), ("Lorne", "4", "9"), ("Ardal", "5", "7")):
        for x, cell in zip((50, 96, 128), cells, strict=True):
            paper.canvas.drawString(x, paper.y, cell)
        paper.y -= LEADING
    assert texts(read(paper.data()), BlockKind.LIST_ITEM) == [
        "Harbours | Vestia | Norland",
        "Lorne | 4 | 9",
        "Ardal | 5 | 7",
    ]


def test_a_note_stands_behind_the_text_of_its_page_under_its_mark() -> None:
    paper = Paper()
    line = "The union left the table."
    paper.column(50, paper.y, [line])
    width = paper.canvas.stringWidth(line, "Helvetica", 10)
    paper.canvas.setFont("Helvetica", 6)
    paper.canvas.drawString(50 + width, paper.y + 4, "1")
    paper.column(50 + width + 8, paper.y, ["The owners denied that it had left, and"])
    paper.y -= LEADING
    paper.column(50, paper.y, ["said that the quay has 40 m"])
    paper.canvas.setFont("Helvetica", 8)
    paper.canvas.drawString(50, 100, "1 Letter of the union,")
    paper.canvas.drawString(50, 90, "March 3, 2021.")
    paper.page()
    paper.text(["of wall and no ship.", SECOND])
    article = read(paper.data())
    assert texts(article, BlockKind.PARAGRAPH) == [
        "The union left the table.[1] The owners denied that it had left, and said that the quay "
        "has 40 m of wall and no ship.",
        "Letter of the union, March 3, 2021.",
        SECOND,
    ]
    notes = [part for part in article.parts if part.kind is PartKind.NOTE]
    assert [(article.text[n.start : n.end], n.label) for n in notes] == [
        ("[1] Letter of the union, March 3, 2021.", "1")
    ]


def test_paragraphs_of_one_line_each_stay_apart() -> None:
    paper = Paper()
    paper.text(["Ships lie in the harbour of Lorne.", "Crews wait for the owners.", FIRST])
    assert len(texts(read(paper.data()), BlockKind.PARAGRAPH)) == 3


def test_a_heading_of_the_story_ends_the_list_of_other_stories() -> None:
    paper = Paper()
    paper.text([FIRST, "Read more", "Ferries in the fog"])
    paper.headline("What the owners say", 14)
    paper.text([SECOND])
    article = read(paper.data())
    assert texts(article, BlockKind.BOILERPLATE) == ["Read more", "Ferries in the fog"]
    assert "What the owners say" in texts(article, BlockKind.HEADING) + texts(
        article, BlockKind.TITLE
    )


def test_a_printed_page_has_its_head_under_its_menu_and_comments_behind() -> None:
    paper = Paper(title="Ferry talks stall | Lorne Courier")
    paper.text(["Home page", *(f"Section {n} of our paper" for n in range(9))])
    paper.headline("Ferry talks stall", 16)
    paper.text(["By Mira Holt", "3 March 2021, 18:40", FIRST, SECOND])
    paper.text(["Comments (2)", "They all lied, the union said so years ago."])
    article = read(paper.data())
    assert (article.title, article.outlet) == ("Ferry talks stall", "Lorne Courier")
    assert article.byline == "Mira Holt"
    assert article.published.basis is DateBasis.DATELINE
    assert texts(article, BlockKind.BOILERPLATE)[-2:] == [
        "Comments (2)",
        "They all lied, the union said so years ago.",
    ]
    assert texts(article, BlockKind.PARAGRAPH)[-2:] == [FIRST, SECOND]


def test_lists_are_items() -> None:
    paper = Paper()
    paper.column(50, paper.y, ["The union asks for:", "1. higher pay", "2. shorter days"])
    assert texts(read(paper.data()), BlockKind.LIST_ITEM) == ["1. higher pay", "2. shorter days"]


def test_the_address_that_a_browser_prints_in_the_margin_is_taken() -> None:
    paper = Paper()
    for number in (1, 2):
        paper.text([FIRST, SECOND])
        paper.edges("3/3/2021, 10:05", f"https://example.org/ferry   {number}/2")
        paper.page()
    assert read(paper.data()).url == "https://example.org/ferry"


def test_a_line_of_few_words_drawn_out_to_its_column_is_no_row_of_a_table() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    canvas.setFont("Times-Roman", 12)
    lines = [
        "The observers of the north",
        "characterised the",
        "confrontation as",
        "a danger to all of them",
    ]
    for number, line in enumerate([*lines, "and to nobody else."]):
        y, words = 700 - 15 * number, line.split()
        gap = (WIDTH - sum(map(canvas.stringWidth, words))) / (len(words) - 1)
        x = 40.0
        for word in words:
            canvas.drawString(x, y, word)
            x += canvas.stringWidth(word) + (gap if number < len(lines) else 3)
    canvas.save()
    article = read(stream.getvalue())
    assert texts(article, BlockKind.LIST_ITEM) == []
    paragraph = " ".join(texts(article, BlockKind.PARAGRAPH))
    assert "characterised the confrontation as a danger to all of them and" in paragraph


WIDTH = 160.0


def printed_page() -> bytes:
    """A page as a browser prints it: a story, and a narrow column of links beside it."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    canvas.setTitle("Ferry talks stall - Lorne Courier")
    canvas.setCreator("Mozilla/5.0 (X11) AppleWebKit HeadlessChrome")
    canvas.setFont("Times-Roman", 24)
    for number, line in enumerate(["Ferry talks stall as the", "owners refuse everything"]):
        canvas.drawString(40, 740 - 28 * number, line)
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(40, 690, "By Mira Holt in Ardal")
    canvas.drawString(40, 677, "Published 4 March 2021 10:30 GMT")
    canvas.setFont("Times-Roman", 12)
    for number, line in enumerate(textwrap.wrap(f"{FIRST} {SECOND} " * 4, 70)):
        canvas.drawString(40, 650 - 15 * number, line)
    canvas.setFont("Times-Roman", 9)
    links = [
        "Most read",
        "Mayor denies fraud in",
        "bridge affair",
        "Ten best soups for cold",
        "days",
    ]
    for number, line in enumerate(links):
        canvas.drawString(450, 738 - 11 * number - 9 * (number in (3, 4)), line)
    canvas.drawString(40, 780, "3/5/2021, 10:05 AM")
    canvas.drawString(300, 780, "Ferry talks stall - Lorne Courier")
    canvas.drawString(40, 20, "https://example.org/ferry")
    canvas.drawString(500, 20, "1/1")
    canvas.save()
    return stream.getvalue()


def test_a_page_that_a_browser_printed() -> None:
    article = read(printed_page())
    assert article.title == "Ferry talks stall as the owners refuse everything"
    assert (article.outlet, article.byline) == ("Lorne Courier", "Mira Holt")
    assert article.published.start == datetime(2021, 3, 4)
    assert {"By Mira Holt in Ardal"} == set(texts(article, BlockKind.BYLINE))
    links = texts(article, BlockKind.BOILERPLATE)
    assert "Most read" in links
    assert "3/5/2021, 10:05 AM | Ferry talks stall - Lorne Courier" in links
    assert any("fraud in bridge affair" in text for text in links)
    assert not any("fraud" in text for text in texts(article, BlockKind.PARAGRAPH))


def test_a_scan_is_refused_by_name() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    problem = refused(stream.getvalue())
    assert (problem.reason, problem.detail) == ("no-text-layer", "1")


def test_single_pages_without_text_are_told() -> None:
    paper = Paper()
    paper.text([FIRST])
    paper.page()
    paper.canvas.rect(100, 100, 300, 300, fill=1)
    paper.page()
    assert "pages-without-text:2" in read(paper.data()).warnings


def test_a_password_is_asked_for() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 500, FIRST)
    canvas.save()
    assert refused(stream.getvalue()).reason == "locked"


def test_ten_thousand_pages_are_too_many() -> None:
    file = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        file.new_page(100, 100)
    stream = io.BytesIO()
    file.save(stream)
    file.close()
    problem = refused(stream.getvalue())
    assert (problem.reason, problem.detail) == ("pages", "10000")
    assert pdf.MAX_PAGES < 10_000


@pytest.mark.parametrize("cut", [8, 200, 900])
def test_a_broken_file_is_refused_or_read_but_never_breaks_off(cut: int) -> None:
    paper = Paper()
    paper.text([FIRST])
    data = paper.data()
    assert refused(data[:cut]).reason in ("broken", "no-text-layer")


def test_a_table_of_references_that_lies_is_survived() -> None:
    paper = Paper()
    paper.text([FIRST])
    data = paper.data()
    at = data.rindex(b"xref")
    broken = data[:at] + data[at:].replace(b"0000", b"9999")
    assert "union" in read(broken).text
