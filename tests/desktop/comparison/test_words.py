"""A claim's words on its card: readable alone, and nothing of the content changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rows import ClaimRow
from desktop.comparison.words import quoted_parts, told, words_of
from extraction.model import Form, SideKey, Span, SpeechAct
from tests.desktop.comparison.dispute import Dispute


def claim_in(
    text: str, cue: str, *contents: str, form: Form = Form.INDIRECT, act: str = "asserts"
) -> ClaimRow:
    """A claim read from ``text``, its cue and contents found there."""

    def cut(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    made = Dispute()
    made.add_article(text)
    made.add_claim(SideKey.A, "Somebody", SpeechAct(act), " … ".join(contents))
    (claim,) = made.rows().claims
    return replace(
        claim,
        cue_span=cut(cue),
        content_spans=tuple(cut(words) for words in contents),
        form=form,
    )


@pytest.mark.parametrize(
    ("text", "cue", "content", "words"),
    [
        ("Orla said the dam held", "said", "the dam held", "the dam held"),
        ("Orla said that the dam held", "said", "that the dam held", "the dam held"),
        (
            "Orla accused the guild of theft",
            "accused",
            "the guild of theft",
            "accused the guild of theft",
        ),
        ("Orla called it “a farce”", "called", "it “a farce”", "called it “a farce”"),
        (
            "Orla demanded that they leave",
            "demanded",
            "that they leave",
            "demanded that they leave",
        ),
        (
            "Orla denied, on Monday, that it rained",
            "denied",
            "that it rained",
            "denied … that it rained",
        ),
        (
            "Orla has not said who paid",
            "has not said",
            "who paid",
            "has not said who paid",
        ),
        ("Orla told them to stay", "told", "to stay", "told … to stay"),
        ("The pleas were repeated", "were repeated", "The pleas", "The pleas were repeated"),
        ("The dam held, according to Orla", "according to", "The dam held", "The dam held"),
    ],
)
def test_the_cue_stands_where_the_content_cannot_be_read_alone(
    text: str, cue: str, content: str, words: str
) -> None:
    assert words_of(claim_in(text, cue, content)) == words


def test_a_cue_within_its_content_joins_it() -> None:
    claim = claim_in("Two boats were said to have sunk", "were said", "Two boats", "to have sunk")
    shown = told(claim)
    assert shown.text == "Two boats were said to have sunk"
    assert [shown.text[a:b] for a, b in shown.cue] == [" were said "]


def test_a_whole_quotation_needs_no_cue_and_loses_its_comma() -> None:
    direct = claim_in("“We saw it,” warned Orla", "warned", "“We saw it,”", form=Form.DIRECT)
    assert words_of(direct) == "“We saw it”"
    part = claim_in("Orla denounced “a shameful lie”", "denounced", "“a shameful lie”")
    assert words_of(part) == "denounced “a shameful lie”"


def test_quoted_ranges_follow_the_words() -> None:
    claim = claim_in(
        "Orla called the \U0001f525 plan “a farce” twice",
        "called",
        "the \U0001f525 plan “a farce” twice",
        form=Form.MIXED,
    )
    shown = told(claim)
    assert [shown.text[a:b] for a, b in shown.quoted] == ["“a farce”"]
    assert [shown.text[a:b] for a, b in shown.cue] == ["called "]


@given(
    st.text(alphabet='ab ,that“”"’\U0001f525', min_size=1, max_size=40),
    st.sampled_from(["said", "accused", "has not said", ":", ""]),
    st.sampled_from(Form),
    st.booleans(),
)
def test_nothing_of_the_content_is_made_up(content: str, cue: str, form: Form, after: bool) -> None:
    text = f"{content} {cue}" if after else f"{cue} {content}"
    at = len(content) + 1 if after else 0
    start = 0 if after else len(cue) + 1
    claim = replace(
        claim_in("x", "x", "x", form=form),
        content=content,
        cue_span=Span(at, at + len(cue), cue),
        content_spans=(Span(start, start + len(content), content),),
    )
    assert text[start : start + len(content)] == content
    shown = told(claim)
    bare = "".join(
        letter
        for place, letter in enumerate(shown.text)
        if not any(a <= place < b for a, b in shown.cue)
    )
    for letter in ",":
        assert bare.count(letter) <= content.count(letter)
    assert bare.replace(",", "").strip() in content.replace(",", "")
    for start, end in (*shown.cue, *shown.quoted):
        assert 0 <= start <= end <= len(shown.text)


@pytest.mark.parametrize(
    ("content", "quoted"),
    [
        ("he had “hit a pump” and left", ["“hit a pump”"]),
        ('it was "ours" and "theirs"', ['"ours"', '"theirs"']),
        ("the captain's boat wasn't ‘sunk’ by us", ["‘sunk’"]),
        ("‘we didn’t do it’, he said", ["‘we didn’t do it’"]),
        ("“it goes on", ["“it goes on"]),
        ("nothing is quoted here", []),
        ("the '90s were not quiet", []),
    ],
)
def test_the_voice_s_own_words_are_told_from_the_paraphrase(
    content: str, quoted: list[str]
) -> None:
    assert [content[a:b] for a, b in quoted_parts(content, Form.MIXED)] == quoted


@given(st.text(alphabet="ab “”‘’\"«»'\U0001f525\n", max_size=60), st.sampled_from(Form))
def test_quoted_parts_lie_in_the_text_in_order(content: str, form: Form) -> None:
    previous = 0
    for start, end in quoted_parts(content, form):
        assert previous <= start < end <= len(content)
        previous = end
