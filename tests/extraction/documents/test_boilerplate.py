from __future__ import annotations

import pytest

from extraction.documents.boilerplate import boilerplate_reason
from extraction.lexicon import load


@pytest.mark.parametrize("entry", load("en", "boilerplate")["pattern"], ids=lambda e: e["example"])
def test_each_pattern_fits_its_example(entry: dict[str, str]) -> None:
    assert boilerplate_reason(entry["example"])


@pytest.mark.parametrize(
    "sentence",
    [
        "Share prices fell on Monday, the exchange said.",
        "Register offices will stay shut until May, the ministry said.",
        "Photographs of the bridge were published by the army on Sunday.",
        "Copyright law was not at stake, the court said in a ruling that ran over forty pages and "
        "that both of the parties at once called a victory of their own, each for its own reasons, "
        "and neither of them in words that the other side could bring itself to read as moderate.",
        "Watch officers saw the boat at noon.",
        "Your browser history was read in court.",
    ],
)
def test_sentences_are_no_boilerplate(sentence: str) -> None:
    assert not boilerplate_reason(sentence)
