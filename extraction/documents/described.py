"""What a web page says of itself: JSON-LD, Open Graph and other meta tags, each with its basis."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from extraction.documents.metadata import Head

_STORIES = ("article", "newsarticle", "reportagenewsarticle", "liveblogposting", "blogposting")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://[^\s<>\"]{4,2000})", re.IGNORECASE)
_MOST_NODES = 5000

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title"),
    "outlet": (
        "og:site_name",
        "citation_journal_title",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "application-name",
    ),
    "byline": (
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "byl",
    ),
    "date": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publication_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
    ),
    "changed": (
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "dcterms.modified",
        "last-modified",
        "lastmod",
        "revised",
    ),
    "url": ("og:url", "twitter:url"),
    "language": ("content-language", "dc.language", "og:locale"),
}


def describe(tree: Any, head: Head) -> None:
    """Fill a head with what the page says of itself; the firmest basis to name a thing wins."""
    meta = _meta_tags(tree)
    story = _story(tree)
    heading = _heading(tree)
    if heading:
        head.take("title", heading, "heading of the page")
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and _is_address(element.get("href")):
            head.take("url", element.get("href").strip(), "link rel=canonical")
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if language:
        head.take("language", language, "html lang")
    for field in ("date", "changed"):
        _from_meta(field, meta, head)
    for field, value, key in _from_story(story):
        head.take(field, value, f"JSON-LD {key}")
    for field in _META:
        _from_meta(field, meta, head)
    for element in tree.iter("time"):
        if element.get("datetime"):
            head.take("date", element.get("datetime"), "time element")
            break
    saved = _saved_from(tree)
    if saved:
        head.take("url", saved, "address that the browser noted when it saved the page")


def _meta_tags(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = (element.get(attribute) or "").lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _from_meta(field: str, meta: dict[str, str], head: Head) -> None:
    for key in _META[field]:
        value = meta.get(key)
        # an author is often given as the address of a profile
        if value and (field != "byline" or not _is_address(value)):
            head.take(field, value, f"meta {key}")


def _heading(tree: Any) -> str:
    found = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1")
    return " ".join(found[0].text_content().split()) if found else ""


def title_element(tree: Any, outlet: str | None) -> str:
    """The page's title without the name of the outlet behind it."""
    found = tree.find(".//title")
    title = " ".join((found.text or "").split()) if found is not None else ""
    front, mark, back = title.rpartition(" | ") if " | " in title else title.rpartition(" - ")
    return front if mark and outlet and back.casefold() == outlet.casefold() else title


def _story(tree: Any) -> dict[str, Any]:
    """The JSON-LD record of the story: of a news type, else any that has a date."""
    dated: dict[str, Any] = {}
    for node in _nodes(tree):
        types = node.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(isinstance(name, str) and name.lower() in _STORIES for name in names):
            return node
        if not dated and isinstance(node.get("datePublished"), str):
            dated = node
    return dated


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    seen = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().strip() != "application/ld+json":
            continue
        try:
            pending: list[Any] = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while pending and seen < _MOST_NODES:
            item = pending.pop()
            seen += 1
            if isinstance(item, dict):
                yield item
                pending += reversed(list(item.values()))
            elif isinstance(item, list):
                pending += reversed(item)


def _from_story(story: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    page = story.get("mainEntityOfPage")
    values = (
        ("title", "headline", _words(story.get("headline"))),
        ("outlet", "publisher", _named(story.get("publisher"))),
        ("byline", "author", _named(story.get("author"))),
        ("date", "datePublished", _words(story.get("datePublished"))),
        ("changed", "dateModified", _words(story.get("dateModified"))),
        ("language", "inLanguage", _words(story.get("inLanguage"))),
        ("url", "url", _words(story.get("url"))),
        ("url", "mainEntityOfPage", _words(page.get("@id") if isinstance(page, dict) else page)),
    )
    for field, key, value in values:
        if value and (field != "url" or _is_address(value)):
            yield field, value, key


def _words(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _named(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    names = [_words(item.get("name") if isinstance(item, dict) else item) for item in items[:20]]
    return ", ".join(name for name in names if name and not _is_address(name))


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.strip().lower().startswith(("http://", "https://"))


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
