"""Sample dossiers bundled with the application; ``README.md`` here says how they were written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article of a sample as it stands on disk."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample dossier: its folder's name, a title and a sentence to offer it with."""

    name: str
    title: str
    description: str
    article_names: tuple[str, ...]

    def articles(self) -> tuple[SampleArticle, ...]:
        """The articles in the order in which they were published."""
        folder = files(__name__).joinpath(self.name)
        return tuple(
            SampleArticle(name, folder.joinpath(name).read_bytes()) for name in self.article_names
        )

    def paths(self) -> tuple[Path, ...]:
        """Where the articles are on disk (an installed package is unpacked there)."""
        folder = Path(str(files(__name__).joinpath(self.name)))
        return tuple(folder / name for name in self.article_names)


def samples() -> tuple[Sample, ...]:
    """All samples, the one to open first in front."""
    index = tomllib.loads(files(__name__).joinpath("samples.toml").read_text(encoding="utf-8"))
    return tuple(
        Sample(entry["name"], entry["title"], entry["description"], tuple(entry["articles"]))
        for entry in index["sample"]
    )


def sample(name: str) -> Sample:
    """The sample of that name. Raises ``KeyError`` where there is none."""
    for found in samples():
        if found.name == name:
            return found
    raise KeyError(name)
