"""What a web page says of itself: meta tags, JSON-LD, microdata, times; each with its basis."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from extraction.documents import jsonld
from extraction.documents.jsonld import is_address
from extraction.documents.metadata import Head, is_change_word

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://[^\s<>\"]{4,2000})", re.IGNORECASE)
_OUTSIDE = frozenset({"nav", "aside", "footer"})
_MOST_TIMES = 40
_SEPARATORS = re.compile(r"\s+[|–—·•»:]{1,2}\s+|\s+-{1,2}\s+")
_LONGEST_OUTLET = 40

_META = {
    "title": (
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
    ),
    "outlet": (
        "og:site_name",
        "citation_journal_title",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "article:publisher_name",
        "source_organization",
        "cre",
        "application-name",
        "apple-mobile-web-app-title",
    ),
    "byline": (
        "author",
        "article:author",
        "article:author_name",
        "og:article:author",
        "parsely-author",
        "sailthru.author",
        "cxenseparse:author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "author_name",
        "authors",
        "byl",
        "byline",
    ),
    "date": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "article:published",
        "article.published",
        "rnews:datepublished",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "date",
        "pubdate",
        "pdate",
        "ptime",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "published_date",
        "originalpublicationdate",
        "displaydate",
        "iso-8601-publish-date",
        "dc.date",
        "dc.date.issued",
        "dc.date.created",
        "dcterms.date",
        "dcterms.created",
        "dcterms.issued",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
    ),
    "changed": (
        "article:modified_time",
        "og:article:modified_time",
        "og:updated_time",
        "datemodified",
        "article:modified",
        "article.updated",
        "article:updated_time",
        "rnews:datemodified",
        "iso-8601-modified-date",
        "dc.date.modified",
        "dcterms.modified",
        "last-modified",
        "lastmod",
        "utime",
        "revised",
    ),
    "url": ("og:url", "twitter:url"),
    "language": ("content-language", "dc.language", "og:locale"),
}
_PROPERTIES = {
    "headline": "title",
    "datepublished": "date",
    "datemodified": "changed",
    "author": "byline",
    "publisher": "outlet",
}
# The classes of hAtom and h-entry, which many templates still write.
_CLASSES = {
    "published": "date",
    "dt-published": "date",
    "updated": "changed",
    "dt-updated": "changed",
    "source-org": "outlet",
}
_PARSELY = {"title": "title", "author": "byline", "authors": "byline", "pub_date": "date"}


def describe(tree: Any, nodes: list[jsonld.Node], head: Head) -> None:
    """Fill a head with what the page says of itself; the firmest basis to name a thing wins.

    ``nodes`` are its records of JSON-LD.
    """
    meta = _meta_tags(tree)
    told = list(jsonld.fields_of(nodes))
    heading = _heading(tree, meta, told)
    if heading:
        head.take("title", heading, "heading of the page")
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and is_address(element.get("href")):
            head.take("url", element.get("href").strip(), "link rel=canonical")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        head.take("language", language, "html lang")
    for field in ("date", "changed"):
        _from_meta(field, meta, head)
    for field, value, key in told:
        # What the site calls itself everywhere goes before what one record calls it.
        if field != "outlet":
            head.take(field, value, f"JSON-LD {key}")
    _from_meta("outlet", {k: v for k, v in meta.items() if k == "og:site_name"}, head)
    for field, value, key in told:
        head.take(field, value, f"JSON-LD {key}")
    for field in _META:
        _from_meta(field, meta, head)
    _from_parsely(meta, head)
    for field, value, basis in (*_properties(tree), *_times(tree)):
        head.take(field, value, basis)
    saved = _saved_from(tree)
    if saved:
        head.take("url", saved, "address that the browser noted when it saved the page")


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").lower()
            if key and content and content not in found.setdefault(key, []):
                found[key].append(content)
    return found


def _from_meta(field: str, meta: dict[str, list[str]], head: Head) -> None:
    for key in _META[field]:
        values = meta.get(key, [])
        if field == "byline":
            # an author is often given as the address of a profile
            values = [", ".join(v for v in values[:20] if not is_address(v))]
        if values and values[0]:
            # Written into the page by programs that escape twice.
            head.take(field, unescape(values[0]), f"meta {key}")


def _from_parsely(meta: dict[str, list[str]], head: Head) -> None:
    for content in meta.get("parsely-page", [])[:1]:
        try:
            told = json.loads(unescape(content))
        except (ValueError, RecursionError):
            return
        for key, field in _PARSELY.items():
            value = told.get(key) if isinstance(told, dict) else None
            words = ", ".join(map(str, value[:20])) if isinstance(value, list) else value
            if isinstance(words, str):
                head.take(field, words, f"meta parsely-page {key}")


def _heading(tree: Any, meta: dict[str, list[str]], told: list[tuple[str, str, str]]) -> str:
    """The headline: the first heading, unless that only names the outlet."""
    titles = [*meta.get("og:title", []), *(v for f, v, _ in told if f == "title")]
    title = tree.find(".//title")
    titles.append((title.text or "") if title is not None else "")
    outlets = {*meta.get("og:site_name", []), *(v for f, v, _ in told if f == "outlet")}
    names = {_squeezed(name) for name in outlets}
    inner = [_text(item) for item in tree.xpath("//article//h1 | //main//h1")]
    headings = [text for text in inner or map(_text, tree.xpath("//h1")) if text]
    known = [_squeezed(item) for item in titles if item]
    for heading in headings[:20]:
        if any(_squeezed(heading) in item for item in known) and _squeezed(heading) not in names:
            return heading
    other = [text for text in headings if _squeezed(text) not in names]
    return other[0] if other else ""


def title_element(tree: Any, head: Head) -> str:
    """The page's title without the names of section and outlet behind it.

    An outlet that nothing else names is the last of them, if the headline stands before it.
    """
    found = tree.find(".//title")
    title = _text(found) if found is not None else ""
    marks = list(_SEPARATORS.finditer(title))
    outlet, headline = head.get("outlet"), head.get("title")
    if marks and outlet is None and headline:
        front, back = title[: marks[0].start()], title[marks[-1].end() :]
        if _squeezed(front) == _squeezed(headline) and 1 < len(back) <= _LONGEST_OUTLET:
            head.take("outlet", back, "title of the page, behind the headline")
    if marks and outlet is not None and _squeezed(title[marks[-1].end() :]) == _squeezed(outlet):
        title = title[: marks[-1].start()]
        if len(marks) > 1 and len(title[marks[-2].end() :].split()) <= 2:
            title = title[: marks[-2].start()]
    return title


def _properties(tree: Any) -> Iterator[tuple[str, str, str]]:
    """Microdata, RDFa and the classes of hAtom on the elements of the page."""
    for element in tree.xpath("//*[@itemprop or @property or @class][not(self::meta)]"):
        for attribute in ("itemprop", "property"):
            for name in (element.get(attribute) or "").lower().split():
                field = _PROPERTIES.get(name.rpartition(":")[2])
                if field and _is_of_the_story(element):
                    yield field, _value(element), f"{attribute} {name}"
        for name in (element.get("class") or "").split():
            field = _CLASSES.get(name)
            stamp = element.get("datetime") or element.get("title") or ""
            if field == "outlet":
                yield field, _text(element), f"class {name}"
            elif field and re.match(r"\d{4}-\d\d", stamp):
                yield field, stamp, f"class {name}"


def _value(element: Any) -> str:
    stated = element.get("content") or element.get("datetime")
    if stated:
        return str(stated)
    inner = [
        item.get("content") or _text(item)
        for item in element.iter()
        if item is not element and (item.get("itemprop") or "").lower() == "name"
    ]
    return ", ".join(filter(None, inner[:20])) or _text(element)[:200]


def _is_of_the_story(element: Any) -> bool:
    """Not of a comment or of another story that is only offered."""
    scopes = [item for item in element.iterancestors() if item.get("itemscope") is not None]
    kind = (scopes[0].get("itemtype") or "").lower() if scopes else ""
    return not kind.endswith(("comment", "/person", "/organization", "imageobject", "videoobject"))


def _times(tree: Any) -> Iterator[tuple[str, str, str]]:
    """Times of the page: those in the story first, of publication unless they say otherwise."""
    found = [
        element
        for element in tree.iter("time")
        if element.get("datetime")
        and not any(item.tag in _OUTSIDE for item in element.iterancestors())
        and _is_of_the_story(element)
    ]
    told = [(_role_of(element), element.get("datetime")) for element in found[:_MOST_TIMES]]
    for wanted in ("date", "changed", ""):
        for role, stamp in told:
            if role == wanted and stamp:
                yield role or "date", stamp, "time element"


def _role_of(element: Any) -> str:
    """What a time is of: its attributes or the words before it say so; empty where they do not."""
    if element.get("pubdate") is not None:
        return "date"
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    if "modif" in names or "updat" in names:
        return "changed"
    before = element.getprevious()
    words = (before.tail if before is not None else element.getparent().text) or ""
    if not words.strip() and before is not None:
        words = _text(before)[-40:]
    if is_change_word(words):
        return "changed"
    return "date" if "publi" in names or "publi" in words.lower() else ""


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _saved_from(tree: Any) -> str:
    """Chromium's and Internet Explorer's comment at the top of a saved page."""
    for sibling in tree.itersiblings(preceding=True):
        match = _SAVED_FROM.search(sibling.text or "") if not isinstance(sibling.tag, str) else None
        if match:
            return match[1]
    for node in list(tree.iter())[:40]:
        match = _SAVED_FROM.search(node.text or "") if not isinstance(node.tag, str) else None
        if match:
            return match[1]
    return ""
