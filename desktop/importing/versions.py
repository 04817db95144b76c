"""Which newly read documents are other versions of articles, or the same text in another file.

Two documents are versions of one article if they name the same address or lay at the same place,
and share enough of their text or the title. They are, too, if outlet and title are the same, most
of the text is shared, and the day of publication is the same or the newer one says that it was
changed. A page follows its bare address, and an address adds nothing to its page. One that says
that it is older than what is held is an earlier version, found late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from db.encoding import place_of
from db.revising import STATED, moment_of
from db.rows import Recognised
from extraction.documents import kinds
from extraction.model import Article, ArticleReading, Document
from extraction.origins import ENOUGH, shared, story_of, text_key

OF_ADDRESS = 0.2
"""Share of text from which one address is one article: some sites name one for all pages."""

OF_PLACE = 0.4
"""The same for two files that lay at one place: a file may be written over with another story."""

_MOST_COMPARED = 8


class Versions:
    """The articles of a dossier, to tell new documents by."""

    def __init__(self, held: Sequence[Article], places: Mapping[str, str]) -> None:
        self._articles: dict[str, Article] = {}
        self._newer: dict[str, str] = {}
        self._earlier: dict[str, str] = {}
        self._places = dict(places)
        self._texts: dict[str, list[str]] = {}
        self._addresses: dict[str, str] = {}
        self._titles: dict[tuple[str, str], list[str]] = {}
        for article in held:
            self._add(article)

    def recognise(self, new: Sequence[tuple[Document, ArticleReading]]) -> Recognised:
        """Tell new documents, the older of two versions first; they are known from then on."""
        changed: dict[str, str] = {}
        same: dict[str, str] = {}
        earlier: dict[str, str] = {}
        for document, reading in sorted(new, key=_oldest_first):
            article = reading.article
            place = place_of(document)
            if (held := self._with_text(article) or self._with_page(article)) is not None:
                same[article.key] = held
                if place:
                    self._places[place] = held
                continue
            old, is_earlier = self._version(article, place)
            if old is not None and is_earlier:
                earlier[article.key] = old
                self._earlier[text_key(article.text)] = old
                continue
            if old is not None:
                changed[article.key] = old
                self._replace(old, article)
            self._add(article)
            if place:
                self._places[place] = article.key
        return Recognised(changed, _followed(same, changed), _followed(earlier, changed))

    def _add(self, article: Article) -> None:
        self._articles[article.key] = article
        self._texts.setdefault(text_key(article.text), []).append(article.key)
        if (address := _address(article)) is not None:
            self._addresses[address] = article.key
        if (name := _name(article)) is not None:
            self._titles.setdefault(name, []).append(article.key)

    def _replace(self, old: str, new: Article) -> None:
        """What led to the old version leads to the new one."""
        del self._articles[old]
        self._newer[old] = new.key

    def _held(self, key: str | None) -> Article | None:
        while key in self._newer:
            key = self._newer[key]
        return self._articles.get(key or "")

    def _with_text(self, article: Article) -> str | None:
        words = text_key(article.text)
        for key in self._texts.get(words, ()):
            held = self._articles.get(key)
            if held is not None and _may_be_one(held, article):
                return key
        older = self._held(self._earlier.get(words))
        return None if older is None else older.key

    def _with_page(self, article: Article) -> str | None:
        """The article at an address that comes alone."""
        held = self._held(self._addresses.get(_address(article) or ""))
        return held.key if held is not None and article.mime == kinds.ADDRESS else None

    def _version(self, article: Article, place: str) -> tuple[str | None, bool]:
        """The article of which this is another version, and whether it is an earlier one."""
        bare = self._held(self._addresses.get(_address(article) or ""))
        if bare is not None and bare.mime == kinds.ADDRESS:
            return bare.key, False
        story = story_of(article)
        ways = [
            (self._addresses.get(_address(article) or ""), OF_ADDRESS),
            (self._places.get(place), OF_PLACE),
        ]
        for key, least in ways:
            held = self._held(key)
            if held is None or _beside(held, article):
                continue
            days = _stated_day(held), _stated_day(article)
            titled = held.title is not None and held.title == article.title
            # Written anew under its title; a report of each day has one title, and another day.
            anew = titled and (least == OF_ADDRESS or None in days or days[0] == days[1])
            if anew or shared(story_of(held), story) >= least:
                return held.key, _precedes(article, held)
        name = _name(article)
        for key in self._titles.get(name, ())[-_MOST_COMPARED:] if name is not None else ():
            held = self._articles.get(key)
            if held is None or held.mime != article.mime or _beside(held, article):
                continue
            is_earlier = _precedes(article, held)
            if not _same_day(*((article, held) if is_earlier else (held, article))):
                continue
            if shared(story_of(held), story) >= ENOUGH:
                return key, is_earlier
        return None, False


def _followed(same: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    """The same text as what got another version since is a document of that article."""
    newer = {old: new for new, old in changed.items()}
    found: dict[str, str] = {}
    for key, held in same.items():
        while held in newer:
            held = newer[held]
        found[key] = held
    return found


def _oldest_first(item: tuple[Document, ArticleReading]) -> datetime:
    return moment_of(item[1].article) or datetime.min


def _beside(held: Article, article: Article) -> bool:
    """Members of one archive or table are no versions of each other."""
    return bool(
        held.within and article.within and held.within[0].sha256 == article.within[0].sha256
    )


def _precedes(article: Article, held: Article) -> bool:
    """Whether it says that it is older: one that was found late."""
    own, other = moment_of(article), moment_of(held)
    return own is not None and other is not None and own < other


def _may_be_one(held: Article, article: Article) -> bool:
    """The same text by two outlets, at two addresses or of two days is two articles."""
    for one, other in (
        (held.outlet, article.outlet),
        (_address(held), _address(article)),
        (_stated_day(held), _stated_day(article)),
    ):
        if one is not None and other is not None and one != other:
            return False
    return True


def _stated_day(article: Article) -> object:
    published = article.published
    if published.basis not in STATED or published.start is None:
        return None
    return published.start.date()


def _same_day(held: Article, article: Article) -> bool:
    """One day of publication, or one that says that it was changed and does not say another."""
    days = _stated_day(held), _stated_day(article)
    if article.changed is not None and (None in days or days[0] == days[1]):
        return True
    before, after = held.published.start, article.published.start
    return before is not None and after is not None and before.date() == after.date()


def _name(article: Article) -> tuple[str, str] | None:
    if not article.outlet or not article.title:
        return None
    return " ".join(article.outlet.split()).casefold(), " ".join(article.title.split()).casefold()


def _address(article: Article) -> str | None:
    """An address without what does not say which page it is; ``None`` for a site's own."""
    if not article.url:
        return None
    try:
        parts = urlsplit(article.url.strip())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    kept = [item for item in parse_qsl(parts.query) if not item[0].startswith("utm_")]
    if parts.scheme not in ("http", "https") or not (path or kept):
        return None
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}?{urlencode(kept)}"


def in_place_of(
    readings: Sequence[ArticleReading], new: Sequence[ArticleReading], recognised: Recognised
) -> tuple[list[ArticleReading], list[tuple[ArticleReading, ArticleReading]]]:
    """All readings, the new versions in the place of the old, and (old, new) for each of these."""
    by_key = {reading.article.key: reading for reading in new}
    others = {*recognised.changed, *recognised.same, *recognised.earlier}
    fresh = [r for k, r in by_key.items() if k not in others]
    result = [*readings, *fresh]
    at = {reading.article.key: place for place, reading in enumerate(result)}
    replaced: list[tuple[ArticleReading, ArticleReading]] = []
    for key, old in recognised.changed.items():
        place = at.pop(old)
        replaced.append((result[place], by_key[key]))
        result[place] = by_key[key]
        at[key] = place
    return result, replaced
