"""Who says what in texts of our own, in the styles that news comes in."""

from __future__ import annotations

import pytest

from extraction.attribution import RawAttribution
from tests.extraction.marked_texts import BROAD, Marked, lines, unmark
from tests.extraction.reading import attributions

# The share of broad texts that may differ in anything at all; it only moves down.
FLOOR = 0.10


def _same(found: RawAttribution, marked: Marked) -> bool:
    source = (found.source.start, found.source.end) if found.source else None
    contents = tuple((c.start, c.end) for c in found.contents)
    touches = found.cue.start < marked.cue[1] and marked.cue[0] < found.cue.end
    return touches and source == marked.source and contents == marked.contents


def _shown(text: str, found: RawAttribution) -> str:
    who = found.source.exact if found.source else None
    return f"[{who}] {{{found.cue.exact}}} " + " … ".join(f"<{c.exact}>" for c in found.contents)


def _differs(name: str, line: str) -> str:
    """What was found where it is not what is marked; empty where it is."""
    text, title, expected = unmark(line)
    found = attributions(text + ("\nIt rained." if title else ""), title)
    missing = [m for m in expected if not any(_same(f, m) for f in found)]
    extra = [f for f in found if f.nested_in is None and not any(_same(f, m) for m in expected)]
    if not missing and not extra:
        return ""
    return f"{name}: {line}\n" + "\n".join(_shown(text, f) for f in found)


@pytest.mark.parametrize(("name", "line"), lines())
def test_every_marked_attribution_is_found_and_no_other(name: str, line: str) -> None:
    assert not (wrong := _differs(name, line)), wrong


def test_the_broad_texts_keep_their_floor() -> None:
    texts = lines(BROAD)
    wrong = [shown for name, line in texts if (shown := _differs(name, line))]
    assert len(wrong) <= FLOOR * len(texts), "\n".join(wrong)
