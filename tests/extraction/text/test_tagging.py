from __future__ import annotations

import pytest

from extraction.model import Block, BlockKind
from extraction.text import analyse


def tags(text: str) -> dict[str, str]:
    """Word to "TAG", "TAG.form" or "TAG.form=lemma" of its first occurrence."""
    reading = analyse(text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    table: dict[str, str] = {}
    for token in reading.tokens:
        form = f".{token.form}" if token.form else ""
        lemma = f"={token.lemma}" if token.lemma != token.lower else ""
        table.setdefault(token.text, f"{token.tag.value}{form}{lemma}")
    return table


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Ostia demands a timetable.", "demands", "VERB.s=demand"),
        ("Marland rejected the demands.", "demands", "NOUN=demand"),
        ("The report was published.", "report", "NOUN"),
        ("They report heavy losses.", "report", "VERB.base"),
        ("He wants to report a theft.", "report", "VERB.base"),
        ("Marland has denied the claim.", "denied", "VERB.part=deny"),
        ("Marland denied the claim.", "denied", "VERB.past=deny"),
        ("Two towns were shelled overnight.", "shelled", "VERB.part=shell"),
        ("Ostian guns shelled two towns.", "shelled", "VERB.past=shell"),
        ("The shelling went on.", "shelling", "NOUN"),
        ("They were shelling the port.", "shelling", "VERB.ing=shell"),
        ("Ostia's military says it withdrew.", "says", "VERB.s=say"),
        ("The minister criticizes the plan.", "criticizes", "VERB.s=criticize"),
        ("She hoped for rain.", "hoped", "VERB.past=hope"),
        ("He planned ahead.", "planned", "VERB.past=plan"),
        ("She said the captain stood by the mast.", "stood", "VERB.past=stand"),
        ("The pledged delegates met.", "pledged", "ADJ.part"),
        ("Polls show a lead.", "show", "VERB.base"),
        ("Her claim fell flat.", "Her", "DET"),
        ("They saw her.", "her", "PRON"),
        ("The women's strike began.", "'s", "PART"),
        ("He's leaving.", "'s", "AUX.s=be"),
        ("According to exit polls, she won.", "to", "ADP"),
        ("Fighting erupted as talks began.", "as", "SCONJ"),
        ("He works as a driver.", "as", "ADP"),
        ("It hit on October 4.", "October", "PROPN"),
        ("Crises followed.", "Crises", "NOUN=crisis"),
        ("Two men died.", "died", "VERB.past=die"),
        ("One civilian was killed.", "civilian", "NOUN"),
        ("Voting ends.", "ends", "VERB.s=end"),
        ("The union rejects pay cuts.", "pay", "NOUN"),
        ("He has long argued for it.", "long", "ADV"),
        ("They said that attacks are rare.", "attacks", "NOUN=attack"),
        ("She goes on.", "goes", "VERB.s=go"),
    ],
)
def test_verbs_are_told_from_nouns(text: str, word: str, expected: str) -> None:
    assert tags(text)[word] == expected


def test_clitics_and_compounds_are_cut_where_they_should_be() -> None:
    text = "They didn't buy AB/CD's cease-fire at 3.30; 1,200 men can't."
    reading = analyse(text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    assert [token.text for token in reading.tokens] == [
        *["They", "did", "n't", "buy", "AB/CD", "'s", "cease-fire", "at", "3.30", ";"],
        *["1,200", "men", "ca", "n't", "."],
    ]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('He said "no" twice.', ["no"]),
        ("He said “no” and “yes”.", ["no", "yes"]),
        ("He said ''never again'' twice.", ["never again"]),
        ("He said ``never again'' twice.", ["never again"]),
        ("Mayor: ‘We can’t go on’", ["We can’t go on"]),
        ("Miners' leader says owners' offer is 'an insult'", ["an insult"]),
        ("He said 'the \"deal\" is off' twice.", ['the "deal" is off']),
        ("It was 5' long and the '90s were long ago.", []),
        ('She said: "We left.', ["We left."]),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    reading = analyse(text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    assert [text[q.inner_start : q.inner_end] for q in reading.quotes] == inner


def test_an_open_quotation_says_so() -> None:
    text = "“We left."
    reading = analyse(text, (Block(0, len(text), BlockKind.PARAGRAPH),))
    assert not reading.quotes[0].closed
