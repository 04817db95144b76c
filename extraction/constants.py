"""Closed sets of words for inner loops."""

from __future__ import annotations


class Constant(str):
    """One of a closed set; each is an attribute of its class and compared with ``is``.

    Used like a ``StrEnum`` where an article asks for tens of thousands of members: an enum's
    class has to search for its members in Python, which takes five times as long. A subclass
    declares its members as ``NAME: ClassVar[...]``; their value is the name, or in small letters
    where the class says ``lower=True``.
    """

    __slots__ = ()

    def __init_subclass__(cls, *, lower: bool = False) -> None:
        for name in cls.__annotations__:
            setattr(cls, name, cls(name.lower() if lower else name))

    @property
    def value(self) -> str:
        return str(self)
