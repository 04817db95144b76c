"""Another version of an article is told from a copy, from the same text and from another one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from db import Dossier
from db.rows import ChangeKind, ReviewState
from desktop.importing import engine
from desktop.importing.engine import import_files, put_date_right
from desktop.importing.versions import Versions, in_place_of
from desktop.messages import of_import
from extraction.documents.kinds import ADDRESS
from extraction.model import (
    Article,
    ArticleReading,
    Block,
    BlockKind,
    Container,
    DateBasis,
    Document,
    Precision,
    Published,
)
from tests.db.tables import all_rows

LONG = (
    "The harbour office of Tersk said on Monday that the ferry had left the quay at noon with "
    "forty people aboard and reached the island before the storm broke over the northern bay. "
    "Nobody was hurt, and the captain went home to his family in the lower town that evening."
)
OTHER = (
    "Farmers in the hills above Palvia complain that the price of seed has doubled since the "
    "spring, while the council of the valley sees no reason to open its stores before winter "
    "comes and the roads to the mills are closed again by snow and by falling stones."
)


def on(day: int, basis: DateBasis = DateBasis.METADATA) -> Published:
    date = datetime(2031, 4, day)
    return Published(date, date, Precision.DAY, basis)


def made(
    key: str,
    text: str = LONG,
    *,
    path: str = "",
    url: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: Published | None = None,
    changed: Published | None = None,
    mime: str = "text/html",
    within: tuple[Container, ...] = (),
) -> tuple[Document, ArticleReading]:
    published = published or Published(None, None, Precision.DAY, DateBasis.NONE)
    article = Article(
        key=key,
        file=f"{key}.htm",
        mime=mime,
        text=text,
        blocks=(Block(0, len(text), BlockKind.PARAGRAPH),),
        published=published,
        title=title,
        outlet=outlet,
        url=url,
        changed=changed,
        within=within,
    )
    reading = ArticleReading(article, (), (), (), (), (), ())
    document = Document(article.file, key.encode(), key, mime, path=path or None, within=within)
    return document, reading


def told(
    held: tuple[Document, ArticleReading], *new: tuple[Document, ArticleReading]
) -> tuple[dict[str, str], dict[str, str]]:
    known = Versions([], {})
    known.recognise([held])
    found = known.recognise(new)
    return dict(found.changed), dict(found.same)


LONGER = LONG + " The ferry sails again on Thursday."
PAGE = "https://www.courier.invented/2031/ferry"


def test_one_address_is_one_article() -> None:
    new = made("b", LONGER, url="http://courier.invented/2031/ferry/?utm_source=x#top")
    assert told(made("a", url=PAGE), new) == ({"b": "a"}, {})
    assert told(made("a", url=PAGE), made("b", LONGER, url=PAGE + "-two")) == ({}, {})


def test_an_address_that_stands_on_all_pages_says_nothing() -> None:
    assert told(made("a", url=PAGE), made("b", OTHER, url=PAGE)) == ({}, {})
    site = "https://courier.invented/"
    assert told(made("a", url=site), made("b", LONGER, url=site)) == ({}, {})
    # One that was written anew under its title is another version nevertheless.
    assert told(made("a", url=PAGE, title="Ferry"), made("b", OTHER, url=PAGE, title="Ferry")) == (
        {"b": "a"},
        {},
    )


def test_a_file_that_was_written_over() -> None:
    assert told(made("a", path="/x/f.txt"), made("b", LONGER, path="/x/f.txt")) == ({"b": "a"}, {})
    assert told(made("a", path="/x/f.txt"), made("b", OTHER, path="/x/f.txt")) == ({}, {})
    assert told(made("a", path="/x/f.txt"), made("b", LONGER, path="/y/f.txt")) == ({}, {})


def test_a_report_of_each_day_is_no_version() -> None:
    held = made("a", path="/x/f.txt", title="Report", published=on(1))
    same = made("b", OTHER, path="/x/f.txt", title="Report", published=on(1))
    next_day = made("b", OTHER, path="/x/f.txt", title="Report", published=on(2))
    assert told(held, same) == ({"b": "a"}, {})
    assert told(held, next_day) == ({}, {})


@pytest.mark.parametrize(
    ("published", "changed", "is_version"),
    [
        (on(1), None, True),
        (on(2), None, False),
        (on(1), on(3), True),
        (on(2), on(3), False),
        (None, on(3), True),
        (None, None, False),
    ],
)
def test_outlet_and_title_and_most_of_the_text(
    published: Published | None, changed: Published | None, is_version: bool
) -> None:
    held = made("a", title="Ferry", outlet="The Courier", published=on(1))
    new = made(
        "b", LONGER, title="Ferry", outlet="the courier", published=published, changed=changed
    )
    assert told(held, new) == ({"b": "a"} if is_version else {}, {})


def test_a_wire_story_of_two_outlets_is_two_articles() -> None:
    held = made("a", title="Ferry", outlet="The Courier", published=on(1))
    assert told(held, made("b", LONGER, title="Ferry", outlet="Gazette", published=on(1))) == (
        {},
        {},
    )
    assert told(held, made("b", title="Ferry", outlet="Gazette", published=on(1))) == ({}, {})


def test_the_same_text_is_one_article() -> None:
    assert told(made("a"), made("b", LONG.replace(" ", "\n"), mime="text/plain")) == (
        {},
        {"b": "a"},
    )
    assert told(made("a", published=on(1)), made("b", published=on(2))) == ({}, {})


def test_an_older_version_that_comes_later_is_an_earlier_one() -> None:
    held = made("a", LONGER, url=PAGE, changed=on(5))
    older = made("b", url=PAGE, changed=on(3))
    known = Versions([held[1].article], {})
    found = known.recognise([older])
    assert (found.changed, found.same, found.earlier) == ({}, {}, {"b": "a"})
    # Its text in one more file is no third version.
    again = known.recognise([made("c", url=PAGE, changed=on(3))])
    assert (again.same, again.earlier) == ({"c": "a"}, {})
    readings, replaced = in_place_of([held[1]], [older[1]], found)
    assert ([one.article.key for one in readings], replaced) == (["a"], [])
    # In one drop the older one goes first.
    known = Versions([], {})
    found = known.recognise([held, made("b", url=PAGE, changed=on(3))])
    assert found.changed == {"a": "b"}


def test_members_of_one_archive_stand_beside_each_other() -> None:
    table = (Container("rows.csv", "c" * 64, "row 1"),)
    other = (Container("rows.csv", "c" * 64, "row 2"),)
    assert told(made("a", url=PAGE, within=table), made("b", LONGER, url=PAGE, within=other)) == (
        {},
        {},
    )


def test_versions_of_versions_in_one_drop() -> None:
    first, second, third = (
        made(key, LONG + " More." * n, url=PAGE, changed=on(n + 1)) for n, key in enumerate("abc")
    )
    copy = made("d", first[1].article.text)
    known = Versions([], {})
    known.recognise([first])
    found = known.recognise([copy, third, second])
    assert dict(found.changed) == {"b": "a", "c": "b"}
    assert dict(found.same) == {"d": "c"}
    readings, replaced = in_place_of([first[1]], [one[1] for one in (copy, third, second)], found)
    assert [one.article.key for one in readings] == ["c"]
    assert [(a.article.key, b.article.key) for a, b in replaced] == [("a", "b"), ("b", "c")]


STORY = (
    "Shelling near Lumen\n\nPublished: 2031-05-04\n\n"
    "Tersk said Palvian forces shelled Lumen on Saturday, killing three people.\n\n"
    "Palvia denied shelling Lumen on Saturday.\n\n"
    "Tersk said its troops held the bridge at Pell through the whole of the night.\n"
)


def test_a_file_that_changed_is_a_revision_and_keeps_decisions(
    dossier: Dossier, tmp_path: Path
) -> None:
    file = tmp_path / "lumen.txt"
    file.write_text(STORY)
    (article,) = import_files(dossier, [file]).added
    bridge = next(c for c in dossier.claims(article_id=article) if "bridge" in c.content)
    denial = next(c for c in dossier.claims(article_id=article) if "denied" in c.cue_span.exact)
    dossier.set_review([bridge.id], ReviewState.ACCEPTED)
    dossier.set_review([denial.id], ReviewState.REJECTED)
    before, count = all_rows(dossier), dossier.counts().articles
    file.write_text(
        STORY.replace("killing three people", "killing at least nine people").replace(
            "Tersk said its troops held the bridge at Pell through the whole of the night.\n", ""
        )
    )
    summary = import_files(dossier, [file])
    assert (summary.added, summary.changed) == ((), (article,))
    assert dossier.counts().articles == count
    kinds = [one.kind for one in dossier.changes_between(article, 1, 2)]
    assert ChangeKind.REWORDED in kinds
    assert ChangeKind.GONE in kinds
    claims = {claim.id: claim for claim in dossier.claims(article_id=article)}
    assert claims[bridge.id].gone_from == 1
    assert claims[denial.id].review is ReviewState.REJECTED
    assert len([c for c in claims.values() if "denied" in c.cue_span.exact]) == 1
    assert dossier.check() == []
    # Dropped once more, it is known; so is the version before.
    assert len(import_files(dossier, [file]).duplicates) == 1
    file.write_text(STORY)
    assert len(import_files(dossier, [file]).duplicates) == 1
    for _ in range(3):
        dossier.undo()
    assert all_rows(dossier) == before


def test_the_date_that_a_person_gave_stays(dossier: Dossier, tmp_path: Path) -> None:
    file = tmp_path / "lumen.txt"
    file.write_text(STORY)
    (article,) = import_files(dossier, [file]).added
    put_date_right(dossier, article, datetime(2031, 5, 11).date())
    file.write_text(STORY.replace("three", "nine"))
    assert import_files(dossier, [file]).changed == (article,)
    row = next(row for row in dossier.articles() if row.id == article)
    assert row.published_start == datetime(2031, 5, 11)
    assert row.published_basis is DateBasis.USER


@pytest.mark.parametrize("at_once", [16, 0])
def test_a_version_found_late_goes_before_the_one_that_is_held(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(engine, "AT_ONCE", at_once)
    file = tmp_path / "lumen.html"
    page = (
        '<html><head><title>Shelling near Lumen</title><meta property="og:url" '
        'content="https://gazette.example/lumen"><meta property="article:published_time" '
        'content="2031-05-04T08:00:00"><meta property="article:modified_time" '
        'content="2031-05-0{day}T09:00:00"></head><body><article>{story}</article></body></html>'
    )
    body = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n")[2:])
    file.write_text(page.format(day=6, story=body.replace("three", "at least nine")))
    (article,) = import_files(dossier, [file]).added
    before = all_rows(dossier)
    claims = dossier.claims(article_id=article)
    file.write_text(page.format(day=4, story=body))
    summary = import_files(dossier, [file])
    assert (summary.added, summary.changed, summary.earlier) == ((), (), (article,))
    assert of_import(summary, 0).text == "1 earlier version found."
    assert [(one.number, one.current) for one in dossier.revisions_of(article)] == [
        (1, False),
        (2, True),
    ]
    assert "three people" in dossier.revision_text(article, 1)
    assert "at least nine" in dossier.article_text(article)
    now = dossier.claims(article_id=article)
    assert [(c.id, c.content) for c in now] == [(c.id, c.content) for c in claims]
    (reworded,) = [c for c in now if c.changed is ChangeKind.REWORDED]
    assert "at least nine" in reworded.content
    row = next(row for row in dossier.articles() if row.id == article)
    assert (row.version, row.undecided) == (2, 1)
    # One between the two.
    file.write_text(page.format(day=5, story=body.replace("three", "five")))
    import_files(dossier, [file])
    assert "five people" in dossier.revision_text(article, 2)
    assert [one.number for one in dossier.revisions_of(article)] == [1, 2, 3]
    imports = {run.id: run for run in dossier.imports()}
    assert [(run.added, run.earlier) for _, run in sorted(imports.items())][-3:] == [
        ((article,), ()),
        ((), (article,)),
        ((), (article,)),
    ]
    assert dossier.check() == []
    dossier.undo()
    dossier.undo()
    assert all_rows(dossier) == before


def test_the_same_in_stages(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "AT_ONCE", 0)
    file = tmp_path / "lumen.txt"
    file.write_text(STORY)
    (article,) = import_files(dossier, [file]).added
    before = all_rows(dossier)
    file.write_text(STORY.replace("three", "nine"))
    copy = tmp_path / "copy.md"
    copy.write_text(file.read_text() + "\n\n")
    os.utime(copy, (0, 0))
    summary = import_files(dossier, [file, copy])
    assert summary.changed == (article,)
    assert [item.detail for item in summary.duplicates] == ["same text as lumen.txt"]
    assert dossier.check() == []
    dossier.undo()
    assert all_rows(dossier) == before


def test_a_page_follows_its_bare_address_and_not_the_other_way_round() -> None:
    address = "https://example.org/mill"
    bare = made(
        "bare", f"{address}?utm_source=mail", url=f"{address}?utm_source=mail", mime=ADDRESS
    )
    page = made("page", url=address)
    versions = Versions([bare[1].article], {})
    assert dict(versions.recognise([page]).changed) == {"page": "bare"}
    again = made("again", address, url=address, mime=ADDRESS)
    assert dict(versions.recognise([again]).same) == {"again": "page"}
    other = made("other", f"{address}2", url=f"{address}2", mime=ADDRESS)
    found = versions.recognise([other])
    assert not found.same
    assert not found.changed
