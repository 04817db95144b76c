"""Quantities side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from db.rows import Status
from desktop.comparison.columns import columns_for
from desktop.comparison.figures import Strip, round_up, strips_of
from desktop.comparison.strips import place_strip
from extraction.model import Quantity, Scope, SideKey, Span, SpeechAct
from tests.desktop.comparison.dispute import Dispute, dispute


def test_each_measure_and_scope_has_its_own_strip() -> None:
    claims = [claim for claim in dispute().rows().claims if claim.event_id == 2]
    strips = {(strip.measure, strip.scope): strip for strip in strips_of(claims)}
    assert set(strips) == {("injured", Scope.EVENT), ("killed", Scope.CUMULATIVE)}
    injured = strips[("injured", Scope.EVENT)]
    assert [(figure.low, figure.high) for figure in injured.figures] == [
        (21, None),
        (34, 34),
        (3, 8),
    ]
    killed = strips[("killed", Scope.CUMULATIVE)]
    assert killed.figures[0].parts == ((42, 42),)
    assert killed.figures[0].words == "187 killed, of them 42 nurses"


def test_a_figure_alone_needs_no_scale() -> None:
    claims = [claim for claim in dispute().rows().claims if claim.speaker == "River Council"]
    assert strips_of(claims) == ()


@given(st.floats(0.01, 1e9))
def test_the_scale_ends_at_a_round_number_not_far_above(value: float) -> None:
    top = round_up(value)
    assert value <= top * (1 + 1e-9)
    assert top <= max(value * 2.5 * (1 + 1e-9), 1.0)


@pytest.mark.parametrize("logarithmic", [False, True])
@given(st.lists(st.floats(0, 5e5), min_size=2, max_size=8))
def test_a_scale_keeps_order_and_room(logarithmic: bool, values: list[float]) -> None:
    strip = Strip("killed", Scope.EVENT, (), round_up(max(values)), logarithmic)
    places = [strip.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 + 1e-9 for place in places)


def test_a_voice_has_one_line_with_what_it_said_before(app: QApplication) -> None:
    made = Dispute()
    made.add_article()
    event = made.add_event("Fire", None)
    for number, status in ((4, Status.SUPERSEDED), (9, Status.SUPERSEDED), (12, Status.ASSERTED)):
        made.add_claim(
            SideKey.THIRD, "River Watch", SpeechAct.ASSERTS, f"{number} fell", event,
            quantities=(Quantity("killed", number, number, Span(0, 0, "")),), status=status,
        )  # fmt: skip
    made.add_claim(
        SideKey.A, "Army", SpeechAct.ASSERTS, "3 fell", event,
        quantities=(Quantity("killed", 3, 3, Span(0, 0, "")),),
    )  # fmt: skip
    (strip,) = strips_of(made.rows().claims)
    watch, army = strip.figures
    assert (watch.low, watch.earlier, army.earlier) == (12, ((4, 4), (9, 9)), ())
    placed = place_strip(strip, columns_for(900, 480, 100), 0)
    words = [piece.block.text for piece in placed.texts]
    assert any(text.endswith("· earlier 4 to 9") for text in words)
    assert len(placed.figures[0].earlier) == 2
