from __future__ import annotations

import subprocess
import sys

import pytest

from extraction.documents import make_document, read_document
from extraction.documents.language import language_of
from extraction.documents.metadata import Head
from extraction.documents.plain import parse_text
from extraction.lexicon import has_rules
from extraction.model import Article
from extraction.pipeline import read_article

ENGLISH = "The union left the table on Tuesday, and its leader said that it would not be back."
FRENCH = (
    "Le syndicat a quitté la table mardi, et son chef a déclaré que l'offre des armateurs n'en "
    "était pas une. Les armateurs ont démenti."
)
OTHERS = {
    "fr": FRENCH,
    "de": "Die Gewerkschaft verließ am Dienstag den Tisch, und ihr Leiter sagte, das Angebot der "
    "Eigner sei keines gewesen. Die Eigner wiesen das zurück.",
    "ru": "Профсоюз покинул переговоры во вторник, и его глава заявил, что предложение владельцев "
    "не было предложением. Владельцы это отрицали.",
    "es": "El sindicato abandonó la mesa el martes, y su jefe dijo que la oferta de los armadores "
    "no era tal. Los armadores lo negaron.",
    "tr": "Sendika salı günü masadan kalktı ve başkanı, armatörlerin teklifinin bir teklif "
    "olmadığını söyledi. Armatörler bunu yalanladı.",
    "ar": "غادرت النقابة طاولة المفاوضات يوم الثلاثاء وقال رئيسها إن عرض أصحاب السفن لم يكن عرضا.",
    "zh": "工会周二离开了谈判桌，其领导人表示船东的提议根本不是提议。船东否认了这一说法。",
}


def found(text: str, declared: str = "") -> tuple[str, str]:
    head = Head()
    if declared:
        head.take("language", declared, "html lang")
    return language_of(parse_text(text, head=head))


def read(text: str) -> Article:
    return read_document(make_document(text.encode(), "a.txt"))


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_kept_and_give_no_claims(language: str) -> None:
    article = read(OTHERS[language])
    assert article.language == language
    assert article.text == OTHERS[language]
    assert article.warnings == (f"no-rules:{language}",)
    reading = read_article(article)
    assert (reading.attributions, reading.narrations, reading.times) == ((), (), ())
    assert reading.article == article


@pytest.mark.parametrize(
    ("text", "declared", "language", "ground"),
    [
        (ENGLISH, "en-GB", "en", "html lang"),
        (ENGLISH, "", "en", "commonest words of the text"),
        (ENGLISH, "fr", "en", "commonest words of the text"),
        (FRENCH, "en", "fr", "letters of the text"),
        (FRENCH, "fr_FR", "fr", "html lang"),
        ("It held.", "", "en", "assumed: too little text"),
        ("Il pleut.", "fr", "fr", "html lang"),
        ("12 45 78 " * 40, "", "en", "assumed: too little text"),
        ("", "", "en", "assumed: too little text"),
    ],
)
def test_what_the_language_rests_on(text: str, declared: str, language: str, ground: str) -> None:
    assert found(text, declared) == (language, ground)


def test_lists_of_names_are_no_reason_to_give_up_on_english() -> None:
    names = "Orrin, Tarsk, Lorne, Velmark, Ostrana, Port Elden, Haln, Holt, Marek, Kolb, Brandt."
    assert found(f"{names} {ENGLISH}")[0] == "en"


@pytest.mark.parametrize("language", ["../en", "xx", "e", ""])
def test_rules_are_a_folder_of_their_own(language: str) -> None:
    assert not has_rules(language)


def test_rules_for_english_and_for_what_is_unknown() -> None:
    assert has_rules("en")
    assert has_rules(None)


def test_english_does_not_load_the_classifier() -> None:
    code = (
        "import sys; from extraction.documents import make_document, read_document;"
        f"read_document(make_document({ENGLISH!r}.encode(), 'a.txt'));"
        "sys.exit('py3langid' in sys.modules or 'lxml' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
