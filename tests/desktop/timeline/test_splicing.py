from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from desktop.timeline.splicing import Splice


@st.composite
def splices(draw: st.DrawFn) -> Splice:
    length = draw(st.integers(0, 40))
    gone = sorted(draw(st.sets(st.integers(0, length - 1), max_size=length))) if length else []
    come = sorted(draw(st.lists(st.integers(0, length - len(gone)), max_size=20)))
    return Splice(length, np.array(gone, np.int64), np.array(come, np.int64))


@given(splices())
def test_it_takes_out_and_puts_in(splice: Splice) -> None:
    old = np.arange(splice.length) + 100
    values = -1 - np.arange(len(splice.come))
    left = np.delete(old, splice.gone)
    assert splice.apply(old, values).tolist() == np.insert(left, splice.come, values).tolist()


@given(splices())
def test_numbers_lead_from_old_places_to_new_ones_and_back(splice: Splice) -> None:
    old = np.arange(splice.length) + 100
    new = splice.apply(old, np.full(len(splice.come), -1))
    numbers = splice.numbers
    stay = np.flatnonzero(numbers >= 0)
    assert new[numbers[stay]].tolist() == old[stay].tolist()
    assert np.flatnonzero(numbers < 0).tolist() == splice.gone.tolist()
    assert splice.old(numbers[stay].astype(np.int64)).tolist() == stay.tolist()
    assert (splice.old(splice.new) == -1).all()
    places = np.append(stay[::-1], -1).astype(np.int32)
    assert splice.shifted(places).tolist() == [*numbers[stay[::-1]].tolist(), -1]
    assert splice.shifted_rising(stay.astype(np.int32)).tolist() == numbers[stay].tolist()


@given(st.lists(st.integers(0, 9), max_size=30), st.data(), st.lists(st.integers(0, 9), max_size=9))
def test_sorted_values_stay_sorted(values: list[int], data: st.DataObject, come: list[int]) -> None:
    old = np.sort(np.array(values, np.float64))
    lost = data.draw(
        st.lists(st.sampled_from(range(len(old))), unique=True) if len(old) else st.just([])
    )
    splice = Splice.of_sorted(old, old[lost], np.array(come, np.float64))
    found = splice.apply(old, np.sort(come))
    assert found.tolist() == sorted([*np.delete(old, lost).tolist(), *come])
