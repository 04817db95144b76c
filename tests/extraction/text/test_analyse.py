from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.model import Block, BlockKind
from extraction.text import TextAnalysis, analyse


def paragraphs(text: str) -> tuple[Block, ...]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), BlockKind.PARAGRAPH))
        at += len(line) + 1
    return tuple(blocks)


def read(text: str) -> TextAnalysis:
    return analyse(text, paragraphs(text))


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in read(text).sentences]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aZé .,'\"“”‘’`?!-–\n1S:;()$"), max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    reading = read(text)
    end = 0
    for token in reading.tokens:
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        assert not text[end : token.start].strip()
        end = token.end
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
    covered = [i for s in reading.sentences for i in range(s.first, s.last)]
    assert covered == list(range(len(reading.tokens)))
    for quote in reading.quotes:
        assert quote.start < quote.inner_start <= quote.inner_end <= quote.end
    for one, other in zip(reading.quotes, reading.quotes[1:], strict=False):
        assert one.end <= other.start


def test_abbreviations_initials_and_decimals_end_no_sentence() -> None:
    assert sentences(
        "Gen. A. B. Morrow met U.S. envoys at 3.30 p.m. on Monday. He left for the U.S. "
        "The talks failed."
    ) == [
        "Gen. A. B. Morrow met U.S. envoys at 3.30 p.m. on Monday.",
        "He left for the U.S.",
        "The talks failed.",
    ]


def test_a_question_in_marks_goes_on_with_its_speaker() -> None:
    assert sentences("“Why now?” Dalia Prent asked. “Go home.” They did.") == [
        "“Why now?” Dalia Prent asked.",
        "“Go home.”",
        "They did.",
    ]


def test_boilerplate_gives_nothing() -> None:
    text = "Click here. Now."
    reading = analyse(text, (Block(0, len(text), BlockKind.BOILERPLATE),))
    assert not reading.tokens
    assert not reading.sentences
