"""Properties that are worked out once."""

from __future__ import annotations

import msgspec
from msgspec import structs

from extraction.remembering import remembered

asked: list[int] = []


class _Square(msgspec.Struct, frozen=True, dict=True):
    side: int

    @remembered
    def area(self) -> int:
        """Of the square."""
        asked.append(self.side)
        return self.side * self.side


def test_an_answer_is_worked_out_once_for_each_record() -> None:
    asked.clear()
    square = _Square(3)
    assert (square.area, square.area, asked) == (9, 9, [3])
    assert structs.replace(square, side=4).area == 16
    assert asked == [3, 4]


def test_it_is_told_of_like_a_property() -> None:
    assert _Square.area.__doc__ == "Of the square."
