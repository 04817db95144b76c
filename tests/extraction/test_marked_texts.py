"""Who says what in texts of our own, in the styles that news comes in."""

from __future__ import annotations

import pytest

from extraction.attribution import RawAttribution
from tests.extraction.marked_texts import Marked, lines, unmark
from tests.extraction.reading import attributions


def _same(found: RawAttribution, marked: Marked) -> bool:
    source = (found.source.start, found.source.end) if found.source else None
    contents = tuple((c.start, c.end) for c in found.contents)
    touches = found.cue.start < marked.cue[1] and marked.cue[0] < found.cue.end
    return touches and source == marked.source and contents == marked.contents


def _shown(text: str, found: RawAttribution) -> str:
    who = found.source.exact if found.source else None
    return f"[{who}] {{{found.cue.exact}}} " + " … ".join(f"<{c.exact}>" for c in found.contents)


@pytest.mark.parametrize(("name", "line"), lines())
def test_every_marked_attribution_is_found_and_no_other(name: str, line: str) -> None:
    text, title, expected = unmark(line)
    found = attributions(text + ("\nIt rained." if title else ""), title)
    shown = "\n".join(_shown(text, f) for f in found)
    for marked in expected:
        assert any(_same(f, marked) for f in found), f"{name}: {line}\n{shown}"
    extra = [
        f for f in found if f.nested_in is None and not any(_same(f, marked) for marked in expected)
    ]
    assert not extra, f"{name}: {line}\n{shown}"
