from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.timeline.ranking import descending, ranked, stepped

numbers = st.floats(-1e9, 1e9, allow_nan=False)


@given(st.lists(st.lists(numbers, max_size=12), min_size=1, max_size=3), st.data())
def test_a_rank_in_several_is_the_one_in_all_of_them(
    parts: list[list[float]], data: st.DataObject
) -> None:
    arrays = [np.sort(np.array(part, np.float64)) for part in parts]
    together = np.sort(np.concatenate(arrays))
    if len(together):
        at = data.draw(st.lists(st.integers(0, len(together) - 1), min_size=1, max_size=5))
        found = ranked(arrays, np.array(at))
        assert found.tolist() == together[at].tolist()


@given(st.lists(st.floats(-300, 300, width=32), max_size=40), st.booleans())
def test_the_largest_come_first_and_equal_ones_as_they_stand(
    values: list[float], in_steps: bool
) -> None:
    given_values = np.array(values, np.float32)
    if in_steps:
        given_values = stepped(np.abs(given_values))
    order = descending(given_values).tolist()
    assert order == sorted(range(len(values)), key=lambda at: (-given_values[at], at))


def test_steps_are_too_fine_to_be_seen() -> None:
    values = np.linspace(0.5, 20, 999)
    assert np.abs(stepped(values) - values).max() < 0.01
