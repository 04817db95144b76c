"""Properties that are worked out once for each record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

_Of = TypeVar("_Of")
_Is = TypeVar("_Is")


class remembered(Generic[_Of, _Is]):
    """Like ``functools.cached_property``, without its lock, which costs more than most answers.

    For frozen records that have a ``__dict__``. Two threads may work out the same answer twice.
    """

    def __init__(self, find: Callable[[_Of], _Is]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, record: None, owner: Any) -> remembered[_Of, _Is]: ...
    @overload
    def __get__(self, record: _Of, owner: Any) -> _Is: ...
    def __get__(self, record: _Of | None, owner: Any) -> remembered[_Of, _Is] | _Is:
        if record is None:
            return self
        found = record.__dict__[self._name] = self._find(record)
        return found
