from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.model import Form, SpeechAct
from tests.extraction.reading import attributions, triples
from tests.growth import a_few_fast, growth

CASES = {
    "that": (
        "Officials in Tovar argued that prices would fall.",
        [("Officials in Tovar", "argued", ("that prices would fall",))],
    ),
    "bare clause": (
        "The ministry said two bridges were down.",
        [("The ministry", "said", ("two bridges were down",))],
    ),
    "content first": (
        "Two bridges were down, the ministry said on Monday.",
        [("the ministry", "said", ("Two bridges were down",))],
    ),
    "speaker in the middle": (
        "The talks, he said, were over.",
        [("he", "said", ("The talks", "were over"))],
    ),
    "quotation first": (
        '"It is over," Mayor Ilse Brandt said.',
        [("Mayor Ilse Brandt", "said", ('"It is over,"',))],
    ),
    "verb before its subject": (
        "“It is over,” said Ilse Brandt, the mayor of Tovar. “Go home.”",
        [("Ilse Brandt, the mayor of Tovar", "said", ("“It is over,”", "“Go home.”"))],
    ),
    "apposition between quotation and verb": (
        '"It is over," Ilse Brandt, the mayor of Tovar, told reporters.',
        [("Ilse Brandt, the mayor of Tovar", "told", ('"It is over,"',))],
    ),
    "quotation after a colon": (
        'Brandt said: "We have had enough."',
        [("Brandt", "said", ('"We have had enough."',))],
    ),
    "split quotation": (
        "''We waited,'' she said, ''and nobody came.''",
        [("she", "said", ("''We waited,''", "''and nobody came.''"))],
    ),
    "sentences that follow in marks": (
        '"We waited," she said. "Nobody came. We left."',
        [("she", "said", ('"We waited,"', '"Nobody came. We left."'))],
    ),
    "mixed": (
        'She said the plan was "a gift to polluters" and should be dropped.',
        [("She", "said", ('the plan was "a gift to polluters" and should be dropped',))],
    ),
    "object of a strong verb": (
        "Marland condemned the shelling of the port.",
        [("Marland", "condemned", ("the shelling of the port",))],
    ),
    "-ing": (
        "The company has denied dumping waste.",
        [("The company", "has denied", ("dumping waste",))],
    ),
    "infinitive": (
        "The rebels vowed to return.",
        [("The rebels", "vowed", ("to return",))],
    ),
    "whether": (
        "He asked whether anyone had called.",
        [("He", "asked", ("whether anyone had called",))],
    ),
    "object that acts": (
        "The envoy urged both sides to stop firing.",
        [("The envoy", "urged", ("both sides to stop firing",))],
    ),
    "preposition": (
        "Parliament called for an inquiry.",
        [("Parliament", "called for", ("an inquiry",))],
    ),
    "according to, first": (
        "According to the harbour police, three boats sank.",
        [("the harbour police", "According to", ("three boats sank",))],
    ),
    "according to, last": (
        "Three boats sank, according to the harbour police.",
        [("the harbour police", "according to", ("Three boats sank",))],
    ),
    "passive with nobody named": (
        "Three ferries were said to have left the harbour.",
        [(None, "were said", ("Three ferries", "to have left the harbour"))],
    ),
    "it was reported": (
        "It was reported that two boats had sunk.",
        [(None, "was reported", ("that two boats had sunk",))],
    ),
    "shared subject": (
        "The mayor said the bridge was safe and added that it would reopen.",
        [
            ("The mayor", "said", ("the bridge was safe",)),
            ("The mayor", "added", ("that it would reopen",)),
        ],
    ),
    "participle": (
        "The union rejected the offer, saying that it came too late.",
        [
            ("The union", "rejected", ("the offer",)),
            ("The union", "saying", ("that it came too late",)),
        ],
    ),
    "two speakers and a second clause": (
        "The mill has denied cutting wages, but the foreman, Pavel Rusk, said the owners had "
        "drawn up a list and that he then read it out.",
        [
            ("The mill", "has denied", ("cutting wages",)),
            ("the foreman, Pavel Rusk", "said", ("the owners had drawn up a list",)),
            ("the foreman, Pavel Rusk", "said", ("that he then read it out",)),
        ],
    ),
    "list as subject": (
        "Marland, Ostia, and the Coast League said the truce was holding.",
        [("Marland, Ostia, and the Coast League", "said", ("the truce was holding",))],
    ),
    "relative clause between subject and verb": (
        "Pavel Rusk, who commands the brigade, said the depot was empty.",
        [("Pavel Rusk, who commands the brigade", "said", ("the depot was empty",))],
    ),
    "time between subject and verb": (
        "Ostia on June 9 claimed to have seized the port.",
        [("Ostia", "claimed", ("to have seized the port",))],
    ),
    "told somebody that": (
        "Rusk told the Coast Herald that, for now, the port was closed.",
        [("Rusk", "told", ("that, for now, the port was closed",))],
    ),
    "noun with its owner": (
        "Her claim that the vote was rigged fell flat.",
        [("Her", "claim", ("that the vote was rigged",))],
    ),
    "introduction before the speaker": (
        "Still, he said, officials must decide.",
        [("he", "said", ("officials must decide",))],
    ),
    "who is quoted, not who quotes": (
        "Local media quoted an officer as saying that the van had been stolen.",
        [("an officer", "saying", ("that the van had been stolen",))],
    ),
    "a charge that somebody denies": (
        "Ostia accused Marland of breaking the truce, a charge Marland denies.",
        [
            ("Ostia", "accused", ("Marland of breaking the truce",)),
            ("Marland", "denies", ("a charge",)),
        ],
    ),
    "a clause that begins a sentence": (
        "While Rusk claims that he has time, his men are leaving.",
        [("Rusk", "claims", ("that he has time",))],
    ),
    "a question before the answer": (
        "Asked whether he would resign, Rusk said he was busy.",
        [
            (None, "Asked", ("whether he would resign",)),
            ("Rusk", "said", ("he was busy",)),
        ],
    ),
    "a quotation completes the clause": (
        "The harbour wall, she said, “was built to fail” by its owners.",
        [("she", "said", ("The harbour wall", "“was built to fail” by its owners"))],
    ),
    "not to": (
        "They warned the council not to vote.",
        [("They", "warned", ("the council not to vote",))],
    ),
    "passive with its agent": (
        "The plan was rejected by the council.",
        [("the council", "was rejected", ("The plan",))],
    ),
    "titles in two parts": (
        "The union's leader, Ana Ruiz, 52, told the paper the strike would go on.",
        [("The union's leader, Ana Ruiz, 52", "told", ("the strike would go on",))],
    ),
    "who issued the paper speaks": (
        "Rusk issued a statement calling on Marland to withdraw.",
        [("Rusk", "calling on", ("Marland to withdraw",))],
    ),
    "a paper that speaks": (
        "A statement released by the ministry said the bridge was closed.",
        [("A statement released by the ministry", "said", ("the bridge was closed",))],
    ),
    "a long subject": (
        "Farmers said the dam, which feeds canals that cross the plain, was leaking.",
        [
            (
                "Farmers",
                "said",
                ("the dam, which feeds canals that cross the plain, was leaking",),
            )
        ],
    ),
    "a bracket behind the name": (
        "It will not help, Sen. Carl Orr (R-Tovar) told the paper.",
        [("Sen. Carl Orr (R-Tovar)", "told", ("It will not help",))],
    ),
    "evidence": (
        "Polls in the north show the two parties are level.",
        [("Polls in the north", "show", ("the two parties are level",))],
    ),
    "a set of demands": (
        "Rusk published a list of demands to end the strike.",
        [("Rusk", "published a list of demands", ("to end the strike",))],
    ),
    "called": (
        "Rusk called the report a “fairy tale.”",
        [("Rusk", "called", ("the report a “fairy tale.”",))],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_pattern(name: str) -> None:
    text, expected = CASES[name]
    assert triples(text) == expected


def test_colon_in_a_headline() -> None:
    assert triples("Ministry: Bridges are safe\nThe bridges are old.", title=True) == [
        ("Ministry", ":", ("Bridges are safe",))
    ]


def test_labels_of_headlines_are_nobody() -> None:
    assert triples("Live: Marchers gather in the square\nIt rained.", title=True) == []


def test_times_before_a_name_are_no_part_of_it() -> None:
    assert triples("20:10 GMT Open Gates said 30 people were hurt.") == [
        ("Open Gates", "said", ("30 people were hurt",))
    ]
    assert triples("Theresa Day said 30 people were hurt.")[0][0] == "Theresa Day"


def test_a_headline_may_lack_its_verb() -> None:
    text = "Dockers' union says talks “going nowhere”\nThe port stood still."
    assert triples(text, title=True) == [("Dockers' union", "says", ("talks “going nowhere”",))]


def test_a_general_noun_inside_a_denial_is_nobodys_claim() -> None:
    found = attributions("Marland denied reports that any of its ships had sailed.")
    assert [a.cue_lemma for a in found] == ["deny"]


def test_a_paragraph_that_ends_in_a_colon_speaks_in_the_next() -> None:
    text = "She continued:\n“We will not sell. We never will.”"
    assert triples(text) == [("She", "continued", ("“We will not sell. We never will.”",))]


def test_an_open_quotation_runs_over_paragraphs() -> None:
    text = "“We waited,” Brandt said. “Nobody came.\n“So we left.”"
    assert triples(text)[0][2] == ("“We waited,”", "“Nobody came.", "“So we left.”")


@pytest.mark.parametrize(
    "text",
    [
        "Fighting went on along the river on Monday.",
        "The harbour shows few traces of the storm that passed in May.",
        "The firm recalled its heaters from the shops on Friday.",
        "The state spoke through its courts.",
        "He drove to the station to ask for a ticket.",
        "Pledged delegates met in the old hall.",
        "Nobody should demand a halt now.",
        "The smell of smoke prompted complaints about the mill.",
        "Nobody in the harbour is speaking of a strike.",
        "The rising toll threatens the truce.",
        "They offered chairs to the guests.",
    ],
)
def test_narration_is_in_nobodys_mouth(text: str) -> None:
    assert triples(text) == []


def test_nested_attributions_are_a_chain() -> None:
    found = attributions("Ostia claimed to have sunk a ferry, the Coast Herald reported on Friday.")
    assert [a.cue_lemma for a in found] == ["claim", "report"]
    assert found[0].nested_in == 1
    assert found[1].nested_in is None


def test_form_is_told_by_the_marks() -> None:
    texts = ['"We won," she said.', 'She said it was "a win" for all.', "She said they won."]
    assert [attributions(t)[0].form for t in texts] == [Form.DIRECT, Form.MIXED, Form.INDIRECT]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Ostia accused Marland's army of shelling the port.", "Marland's army"),
        ("Ostia demanded that Marland withdraw.", "Marland"),
        ("Ostia called on Marland to withdraw.", "Marland"),
        ("Ostia blamed the rebels for the fire.", "the rebels"),
    ],
)
def test_target(text: str, target: str) -> None:
    found = attributions(text)[0].target
    assert found is not None
    assert found.exact == target


WORDS = st.sampled_from(
    [
        *"said told that the minister Brandt , . “ ” ' ’s and but he who according to".split(),
        *"accused of was denied claims ( ) : ; -- it 12 on Monday reported asked".split(),
        *"whether called for in a statement".split(),
        '"',
        "\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_spans_hold_for_any_order_of_words(text: str) -> None:
    found = attributions(text)
    for i, record in enumerate(found):
        spans = [record.cue, *record.contents, *filter(None, [record.source, record.target])]
        for span in spans:
            assert span.exact
            assert span.holds_in(text)
        for one, other in zip(record.contents, record.contents[1:], strict=False):
            assert one.end <= other.start
        assert not any(record.cue.overlaps(content) for content in record.contents)
        assert record.nested_in != i
        assert record.nested_in is None or 0 <= record.nested_in < len(found)


def test_set_adverbs_part_a_name_and_its_verb() -> None:
    """An apposition, then "at first": it still is who speaks, and who calls it what, too."""
    text = (
        "Anton Varga, the Ostian-installed mayor of Lower Brin, at first denied that anything had "
        'happened to the weir, calling the reports "nonsense".'
    )
    mayor = "Anton Varga, the Ostian-installed mayor of Lower Brin"
    assert triples(text) == [
        (mayor, "denied", ("that anything had happened to the weir",)),
        (mayor, "calling", ('the reports "nonsense"',)),
    ]


@pytest.mark.parametrize("first_word", ["first", "at first"])
def test_what_is_first_said_and_then_corrected(first_word: str) -> None:
    text = (
        f"He {first_word} said two divers were in custody, but later corrected himself, saying "
        "that the navy held only one."
    )
    first, second = attributions(text)
    assert [c.exact for c in first.contents] == ["two divers were in custody"]
    assert [c.exact for c in second.contents] == ["that the navy held only one"]
    assert {first.source and first.source.exact, second.source and second.source.exact} == {"He"}
    assert (first.act, second.act) == (SpeechAct.ASSERTS, SpeechAct.CORRECTS)


def test_trading_blame_says_nothing() -> None:
    assert triples("Ostia and Marland trade blame as old weir is breached", title=True) == []


def test_an_account_is_no_offer_that_is_accepted() -> None:
    assert triples("It freed three men, an account that Ostia only partly accepted.") == []
    assert triples("It made an offer, which Ostia accepted.") != []
    text = "Marland said it had freed three men, an account that Ostia only partly accepted."
    assert [found[2] for found in triples(text)] == [("it had freed three men",)]


def test_what_a_recording_is_about_is_no_claim_of_those_on_it() -> None:
    text = "Hale released what he said was a call in which two smugglers discuss a lost crate."
    found = attributions(text)
    assert [a.cue.exact for a in found] == ["said"]


def test_a_figure_is_given_with_the_next_one() -> None:
    text = "The health ministry lowered its count of the dead to 471, with 314 wounded."
    assert triples(text) == [
        ("The health ministry", "lowered", ("its count of the dead to 471, with 314 wounded",))
    ]


def test_a_figure_that_is_called_false_is_denied() -> None:
    for who in ("Marland", "the navy"):
        found = attributions(f"Ostia claimed it had 40 guns, a figure {who} called false.")
        assert found[-1].source is not None
        assert found[-1].source.exact == who
        assert (found[-1].act, [c.exact for c in found[-1].contents]) == (
            SpeechAct.DENIES,
            ["a figure", "false"],
        )


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("LORNE, May 26 (Wire) - Ten died, police said.", "police", "Ten died"),
        ("LORNE - The dam broke, Orr said.", "Orr", "The dam broke"),
        ("LORNE, May 26 - Ostia accused Marland of theft.", "Ostia", "Marland of theft"),
        ("NATO - the alliance - fell apart, Orr said.", "Orr", "NATO - the alliance - fell apart"),
    ],
)
def test_a_dateline_is_neither_content_nor_source(text: str, source: str, content: str) -> None:
    (found,) = triples(text)
    assert (found[0], found[2]) == (source, (content,))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    for record in attributions(text):
        assert record.cue.holds_in(text)


@pytest.mark.parametrize(
    "piece",
    a_few_fast(
        [
            "he said ",
            '"',
            "who said he said that which ",
            "said that ",
            "the mayor, a baker, ",
            "and ",
            "(",
            "A.B.",
            "'s ",
            "according to ",
            "''`` ",
            "x-y-z" * 3,
        ]
    ),
)
def test_time_grows_with_the_length_of_a_hostile_line(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (5_000, 40_000))
    assert growth(lambda: attributions(short), lambda: attributions(long)) < 40


@pytest.mark.parametrize(
    "text", ["and was left and said", "The dam was hurt and was left and said it had gone."]
)
def test_verbs_that_ask_each_other_for_their_subject_come_to_an_end(text: str) -> None:
    attributions(text)


def test_each_item_of_an_announced_list_is_a_claim_of_its_own() -> None:
    text = (
        "According to the report:\n- the jet landed late;\n- the runway was wet.\n"
        "The bureau gave no cause.\nThe rebels made three demands:\n• that the road be opened"
    )
    found = [(r.source and r.source.exact, r.cue.exact, r.contents) for r in attributions(text)]
    said = [(who, cue, [c.exact for c in contents]) for who, cue, contents in found]
    assert said == [
        ("the report", "According to", ["the jet landed late"]),
        ("the report", "According to", ["the runway was wet"]),
        ("The rebels", "made", ["that the road be opened"]),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Kern rejected the idea. "I met them four times. They left."',
            [
                ("Kern", "rejected", ("the idea",)),
                ("Kern", "rejected", ('"I met them four times. They left."',)),
            ],
        ),
        (
            'She accused the port of hiding the film. "They told us it was lost."',
            [
                ("She", "accused", ("the port of hiding the film",)),
                ("She", "accused", ('"They told us it was lost."',)),
            ],
        ),
        # near misses: a question, two speakers, a headline over it, another paragraph
        (
            'Kern was asked about the boats. "I never sailed."',
            [],
        ),
        (
            'Kern rejected the idea and Orr praised the plan. "I met them four times."',
            [("Kern", "rejected", ("the idea",)), ("Orr", "praised", ("the plan",))],
        ),
        (
            'Kern rejected the idea.\n\n"I met them four times."',
            [("Kern", "rejected", ("the idea",))],
        ),
    ],
)
def test_a_bare_quotation_is_of_who_spoke_before_it(
    text: str, expected: list[tuple[str | None, str, tuple[str, ...]]]
) -> None:
    assert triples(text) == expected


def test_what_an_interviewer_puts_to_others_is_no_claim() -> None:
    turns = [
        "Tarn Review: The firm has built 40 boats.",
        "Sole: We have built 41.",
        "Tarn Review: How many are afloat?",
        "Sole: All of them are.",
    ]
    found = [
        (r.source and r.source.exact, r.contents[0].exact) for r in attributions("\n".join(turns))
    ]
    assert found == [("Sole", "We have built 41."), ("Sole", "All of them are.")]


@pytest.mark.parametrize(
    "note",
    [
        "The Herald could not independently confirm either account.",
        "Orr News has not independently verified the report.",
        "The Herald was unable to independently corroborate it.",
    ],
)
def test_an_outlets_own_check_is_no_claim(note: str) -> None:
    found = attributions(f"Marland said the port was open. {note}")
    assert [r.cue.exact for r in found] == ["said"]
