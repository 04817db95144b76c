"""Orders of long arrays: by importance, and what stands at a rank in several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.integer[Any]]

STEP = 1 / 256
"""Of importance: finer differences say nothing."""


def stepped(values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    """In whole numbers of ``STEP``."""
    found: npt.NDArray[np.float32] = np.rint(values / STEP).astype(np.float32)
    found *= np.float32(STEP)
    return found


def descending(values: npt.NDArray[np.float32]) -> Ids:
    """The order of the values, the largest first, equal ones as they stand.

    By 16 bits at a time, which numpy sorts in time that grows with their number: once where the
    values are ``stepped`` and none is large or negative, else twice.
    """
    steps = values * np.float32(1 / STEP)
    codes = steps.astype(np.uint16)
    if (codes == steps).all():
        return np.argsort(~codes, kind="stable")
    bits = (values.astype(np.float32) + np.float32(0)).view(np.uint32)
    rising = np.where(bits >> 31, ~bits, bits | np.uint32(1 << 31))
    keys = ~rising
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    return order[np.argsort((keys >> 16).astype(np.uint16).take(order), kind="stable")]


def ranked(parts: Sequence[Floats], ranks: Ids) -> Floats:
    """What would stand at ``ranks``, counted from 0, if all the ascending ``parts`` were one.

    By halving: nothing is put together or sorted.
    """
    # As whole numbers in the order of the floats, so that halving comes to an end.
    low = np.full(len(ranks), _ordinal(np.array([-np.inf]))[0])
    high = np.full(len(ranks), _ordinal(np.array([np.inf]))[0])
    while (low < high).any():
        # Half of a sum that has no room in 64 bits.
        middle = (low & high) + ((low ^ high) >> 1)
        value = _value(middle)
        enough = sum(part.searchsorted(value, "right") for part in parts) > ranks
        high = np.where(enough, middle, high)
        low = np.where(enough, low, np.minimum(middle + 1, high))
    return _value(low)


def _ordinal(values: Floats) -> npt.NDArray[np.int64]:
    bits = values.view(np.int64)
    return np.where(bits < 0, bits ^ np.int64(0x7FFFFFFFFFFFFFFF), bits)


def _value(ordinals: npt.NDArray[np.int64]) -> Floats:
    bits = np.where(ordinals < 0, ordinals ^ np.int64(0x7FFFFFFFFFFFFFFF), ordinals)
    return bits.view(np.float64)
