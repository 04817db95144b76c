"""Which articles of a dossier are copies of one text, looked for again only among new ones."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from db.errors import DossierError

if TYPE_CHECKING:
    from db import Dossier
    from extraction.origins import Origins

AT_ONCE = 200
"""Articles whose texts are in memory at one time."""

KEPT = 2_000
"""Articles up to which what was found out of their texts is kept for the next time, some ten
kilobytes each."""


class Copies:
    """What was found so far in one dossier."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: list[tuple[int, str]] = []
        self._numbers: list[int] = []
        self._origins: Origins | None = None

    def find(self, dossier: Dossier) -> dict[int, int]:
        """Article id to the id of the first article with the same text, where there is one.

        Of what tells nothing, such as a bare address, there are no copies.
        """
        from extraction.origins import Origins, story_of

        with self._lock:
            there = [(row.id, row.key) for row in dossier.articles()]
            known = len(self._seen)
            if self._origins is None or there[:known] != self._seen:
                self._origins, self._seen, self._numbers = Origins(), [], []
            new = there[len(self._seen) :]
            for at in range(0, len(new), AT_ONCE):
                ids = {key: number for number, key in new[at : at + AT_ONCE]}
                for article in dossier.held_articles(ids.values()):
                    story = story_of(article)
                    if article.key in ids and story.strip():
                        self._numbers.append(ids[article.key])
                        self._origins.add(story)
            self._seen = there
            numbers, found = self._numbers, self._origins.found()
            if len(there) > KEPT:
                self._origins = None
        return {
            article: numbers[origin]
            for article, origin in zip(numbers, found, strict=True)
            if numbers[origin] != article
        }


_of_dossier: WeakKeyDictionary[Dossier, Copies] = WeakKeyDictionary()


def copies(dossier: Dossier) -> dict[int, int]:
    """What ``Copies.find`` gives, by what was found out before. Raises ``DossierError``."""
    return _of_dossier.setdefault(dossier, Copies()).find(dossier)


def copies_if_any(dossier: Dossier) -> dict[int, int]:
    """Copies are a help: where they cannot be looked for a view stands without them."""
    try:
        return copies(dossier)
    except DossierError:
        return {}
