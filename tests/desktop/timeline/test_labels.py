from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.timeline.builder import from_rows
from desktop.timeline.labels import (
    PAIRS,
    Wording,
    claim_label,
    closed,
    forms,
    is_clause,
    present,
    shortened,
    third_person,
    without_short_end,
    wording_of,
    wordings,
)
from extraction.model import Span, SpeechAct
from tests.desktop.timeline import samples

ACTS = {
    SpeechAct.DENIES: "Denies",
    SpeechAct.ADMITS: "Admits",
    SpeechAct.DEMANDS: "Demands",
    SpeechAct.OFFERS: "Offers",
}


def label(content: str, act: str, cue: str = "", gap: str = "") -> str:
    claim = replace(samples.claims()[0], content=content, speech_act=SpeechAct(act))
    return claim_label(claim, None, ACTS, Wording(cue, gap))


def test_a_very_short_form_keeps_two_words_and_no_word_that_says_little() -> None:
    long = 'Deplores "in the plainest words" that ferries were stopped at Pell'
    assert forms(long)[-1] == 'Deplores "in the plainest…"'
    assert forms("Hopes to settle the quarrel over the lamp before winter comes")[2:] == (
        "Hopes to settle…",
    )
    # Only what has all longer forms has one more.
    assert len(forms("Seven boats were lost off the port")) == 2


def test_nothing_is_left_open_of_a_cut_quotation() -> None:
    assert without_short_end('Deplores "in the') == "Deplores"


@pytest.mark.parametrize(
    ("content", "act", "cue", "gap", "expected"),
    [
        (
            "Veshny of mining the strait",
            "alleges",
            "also accused",
            "",
            "Accuses Veshny of mining the strait",
        ),
        ('it "a clumsy invention"', "denies", "called", "", 'Calls it "a clumsy invention"'),
        ("to stay ashore", "asserts", "told", "fishermen", "Tells fishermen to stay ashore"),
        ("a pause", "demands", "have been calling for", "", "Calls for a pause"),
        ("that the lock was mined", "alleges", "said", "", "The lock was mined"),
        ("his crew had cut the nets", "admits", "said", "", "Admits his crew had cut the nets"),
        ("it had not fired", "denies", "said", "", "It had not fired"),
        ("that any boat was sunk", "denies", "has denied", "", "Denies any boat was sunk"),
        ("who gave the order", "declines", "has not said", "", "Has not said who gave the order"),
        ("31 boats", "asserts", "have reported", "", "Reports 31 boats"),
        ("Orrin was ready to talk", "offers", "said", "", "Orrin was ready to talk"),
        ("“The nets are ours,”", "asserts", "said", "", "The nets are ours"),
        ("laying mines", "denies", "", "", "Denies laying mines"),
        ("that Veshny leave Sella", "demands", "demanded", "", "Demands Veshny leave Sella"),
        ("the boats, the nets, and the buoys", "rejects", "returned", "",
         "Returns the boats, the nets, and the buoys"),
        ("guns fired, and Sella burned", "asserts", "said", "", "Guns fired, and Sella burned"),
        ("guns fired all night, and Sella burned", "asserts", "said", "", "Guns fired all night"),
        ("Tolmar of sending armed men", "alleges", "accused", "",
         "Accuses Tolmar of sending armed men"),
    ],
)  # fmt: skip
def test_a_label_reads_right_alone(
    content: str, act: str, cue: str, gap: str, expected: str
) -> None:
    assert label(content, act, cue, gap) == expected


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("the lock was mined", True),
        ("boats of both fleets collided", True),
        ("has retaken the lock", True),
        ("laying mines in the strait", False),
        ("to have sunk a ferry", False),
        ("the boats that were sunk", False),
        ("the number of fishermen killed in the strait", False),
        ("both sides to stop", False),
        ("a pause amid fears that the quarrel could grow", False),
        ("", False),
    ],
)
def test_a_clause_has_a_verb_of_its_own(text: str, clause: bool) -> None:
    assert is_clause(text) is clause


def test_cues_in_the_present() -> None:
    assert present("later ordered") == ("orders", "order")
    assert present("denied") == ("denies", "deny")
    assert present("issued a string of threats") == ("issues a string of threats", "issue")
    assert present("would admit")[0] == "would admit"
    assert present("was told") == ("", "")
    assert present("according to") == ("", "")
    assert present(":") == ("", "")
    assert [third_person(word) for word in ("go", "press", "say", "have")] == [
        "goes", "presses", "says", "has",
    ]  # fmt: skip


def test_a_quotation_that_is_cut_gets_its_mark() -> None:
    cut = shortened('speaks of "a long and bitter quarrel over the shoals of the north" again')
    assert cut == 'Speaks of "a long and bitter quarrel over the shoals…"'
    assert closed("reports of “random fire") == "reports of “random fire”"
    assert closed('and bitter" quarrel') == "and bitter quarrel"
    assert closed('"the front') == "the front"


@given(st.text(alphabet="ab \"“”,.…'", max_size=60))
def test_marks_come_in_pairs(text: str) -> None:
    text = closed(text)
    for opening, closing in PAIRS:
        if opening == closing:
            assert text.count(opening) % 2 == 0
        else:
            assert text.count(opening) == text.count(closing)


@given(st.text(max_size=80))
def test_shorter_forms_are_shorter_and_end_at_words(text: str) -> None:
    found = forms(text)
    assert found[0] == text
    assert len(set(found)) == len(found)
    for longer, form in pairwise(found):
        assert len(form) < len(longer)
        assert "…" in form


def test_a_cut_phrase_does_not_end_in_a_word_that_says_little() -> None:
    assert without_short_end("Shelling of the port for a") == "Shelling of the port"
    assert without_short_end("Boats sunk off the port since") == "Boats sunk off the port"
    assert without_short_end("Calls for a cease-fire") == "Calls for a cease-fire"
    assert without_short_end("Sunk on October 4") == "Sunk on October 4"


def test_cue_and_gap_come_from_the_article() -> None:
    text = "The harbour office told  fishermen to stay ashore."
    claim = replace(
        samples.claims()[0],
        cue_span=Span(19, 23, "told"),
        content_spans=(Span(35, 49, "to stay ashore"),),
    )
    assert wording_of(claim, text) == Wording("told", "fishermen")
    apart = replace(claim, content_spans=(Span(0, 4, "The "),))
    assert wording_of(apart, text) == Wording("told", "")


def test_a_text_is_asked_for_only_where_words_stand_between() -> None:
    text = "The harbour office told  fishermen to stay ashore."
    asked: list[int] = []

    def article_text(article_id: int) -> str:
        asked.append(article_id)
        return text

    told = replace(
        samples.claims()[0],
        cue_span=Span(19, 23, "told"),
        content_spans=(Span(35, 49, "to stay ashore"),),
    )
    close = replace(told, content_spans=(Span(24, 49, text[24:49]),))
    before = replace(told, content_spans=(Span(0, 18, text[:18]),))
    wording = wordings(article_text)
    assert wording(close) == wording(before) == Wording("told", "")
    assert not asked
    assert wording(told) == wording(told) == Wording("told", "fishermen")
    assert len(asked) == 1


def test_labels_are_made_when_they_are_asked_for() -> None:
    asked: list[int] = []

    def wording(claim: object) -> Wording:
        asked.append(1)
        return Wording()

    data = from_rows(samples.claims(), samples.events(), wording=wording)
    asked.clear()
    at = data.index_of_claim[1]
    assert data.labels[at] == data.labels[at]
    assert len(asked) == 1
    kept = data.select(data.claim_id >= 0, ())
    assert kept.labels[kept.index_of_claim[1]] == data.labels[at]
    assert len(asked) == 1


def test_a_short_noun_may_end_a_label() -> None:
    assert without_short_end("Denies 16 men of") == "Denies 16 men"
    assert without_short_end("The price of oil") == "The price of oil"
    assert without_short_end("Boats sunk and the") == "Boats sunk"
