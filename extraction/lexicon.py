"""Linguistic rules as data: one folder of TOML files a language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import resources


class LexiconError(Exception):
    """A lexicon file that is missing, is no TOML or does not hold what it must."""


@cache
def load(language: str, name: str) -> Mapping[str, Any]:
    """The tables of ``resources/lexicon/<language>/<name>.toml``, read once.

    Raises ``LexiconError`` that names the file.
    """
    path = f"lexicon/{language}/{name}.toml"
    try:
        return tomllib.loads(resources.text(path))
    except FileNotFoundError as error:
        raise LexiconError(f"{path}: there is no such lexicon") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: {error}") from error


@cache
def has_rules(language: str | None) -> bool:
    """Whether there are rules for a language; an unknown one is taken for English."""
    return language is None or language in resources.names("lexicon")


def words(table: Mapping[str, Any], key: str, file: str) -> frozenset[str]:
    """A list of words, written as a list or as one string of words parted by white space.

    Raises ``LexiconError`` where it is neither; ``file`` is named in it.
    """
    value = table.get(key)
    if isinstance(value, str):
        return frozenset(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return frozenset(value)
    raise LexiconError(f"{file}: '{key}' must be a list of words")


def phrases(values: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as tuples of words, longest first."""
    return tuple(sorted({tuple(value.split()) for value in values}, key=lambda p: (-len(p), p)))
