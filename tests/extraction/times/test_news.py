"""News: what hangs on the day of publication."""

from __future__ import annotations

import pytest

from tests.extraction.times.helpers import read
from tests.extraction.times.news_gold import NEWS, Gold


@pytest.mark.parametrize("gold", NEWS, ids=lambda gold: gold[1][:50])
def test_finds_each_expression_with_its_value(gold: Gold) -> None:
    published, text, wanted = gold
    assert tuple((t.span.exact, t.value) for t in read(text, published)) == wanted
