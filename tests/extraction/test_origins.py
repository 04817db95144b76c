from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.documents import make_document, read_document
from extraction.origins import group_origins, shared, story_of, text_key

WORDS = [f"{start}{end}" for start in "bdfgklmnprst" for end in ("al", "or", "en", "ist", "und")]


def story(seed: int, length: int = 400) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def test_copies_with_other_heads_and_ends_are_of_one_origin() -> None:
    wire = story(1)
    words = wire.split()
    copies = [
        wire,
        "Ferry news from our desk. " + wire + " Reported by the staff of the paper.",
        " ".join(words[:240]),
        " ".join([*words[:150], "own", "words", "put", "between", *words[150:]]),
        wire.upper().replace(" ", ",\n"),
    ]
    texts = [story(2), *copies, story(3)]
    assert group_origins(texts) == (0, 1, 1, 1, 1, 1, 6)


def test_one_quotation_in_two_articles_does_not_make_them_one() -> None:
    quotation = story(9, 40)
    first = f"{story(10, 200)} {quotation} {story(11, 100)}"
    second = f"{story(12, 150)} {quotation} {story(13, 150)}"
    assert group_origins([first, second]) == (0, 1)
    assert 0 < shared(first, second) < 0.2


def test_short_texts_are_the_same_only_where_their_words_are() -> None:
    texts = ["The dam held.", "The dam – held!", "The dam holds.", "", ""]
    assert group_origins(texts) == (0, 0, 2, 3, 3)


def test_the_same_text_from_another_kind_of_file_has_the_same_key() -> None:
    text = "The dam\nheld.\n\nIt held at the café."
    page = "<html><body><p>The dam held.</p><p>It held at the cafe\u0301.</p></body></html>"
    articles = [
        read_document(make_document(data.encode(), name))
        for data, name in ((text, "a.txt"), (page, "a.html"))
    ]
    first, second = (text_key(article.text) for article in articles)
    assert first == second
    assert text_key("The dam held. It held at the quay.") != first


def test_a_copy_of_a_copy() -> None:
    words = story(4, 600).split()
    texts = [" ".join(words[start : start + 300]) for start in (0, 90, 180, 270)]
    assert group_origins(texts) == (0, 0, 0, 0)


def test_what_stands_around_the_story_does_not_count() -> None:
    end = "\n\nShare this article\n\n© 2021 The Lorne Courier. All rights reserved."
    articles = [
        read_document(make_document(f"By Mira Holt\n\n{words}.{end}".encode(), "a.txt"))
        for words in (story(5, 60), story(6, 60))
    ]
    stories = [story_of(article) for article in articles]
    assert all("rights" not in words and "Mira" not in words for words in stories)
    assert group_origins(stories) == (0, 1)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_texts(texts: list[str]) -> None:
    origins = group_origins(texts)
    assert len(origins) == len(texts)
    for index, origin in enumerate(origins):
        assert origin <= index
        assert origins[origin] == origin
    assert group_origins(texts + texts)[len(texts) :] == origins


@pytest.mark.slow
def test_time_grows_with_the_number_of_texts() -> None:
    def seconds(count: int) -> float:
        # many copies of few texts are the worst case of a bucket
        texts = [story(number % 50 if number % 2 else number) for number in range(count)]
        start = time.process_time()
        group_origins(texts)
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 6 * seconds(1000)
