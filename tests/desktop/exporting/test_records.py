"""What is exported is what the person sees: found by the machine, put right by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

from db.rows import NewClaim, ReviewState
from desktop.exporting.records import as_csv, as_html, as_json
from desktop.session import Session
from extraction.interchange import reading_to_json
from extraction.model import FuzzyInterval, Precision, RelationType, SideKey, Span, SpeechAct
from extraction.pipeline import assemble


def whole(session: Session) -> dict[str, Any]:
    assert session.dossier is not None
    loaded: dict[str, Any] = json.loads(as_json(session.dossier))
    return loaded


def claims(exported: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {claim["id"]: claim for claim in exported["articles"][0]["claims"]}


def test_an_untouched_dossier_is_exported_as_it_was_read(opened: Session) -> None:
    dossier = opened.dossier
    assert dossier is not None
    read = json.loads(json.dumps(reading_to_json(assemble(dossier.readings()))))
    exported = whole(opened)
    assert exported["articles"] == read["articles"]
    assert exported["events"] == read["events"]
    assert exported["relations"] == read["relations"]
    assert exported["sides"] == read["sides"]


def test_what_a_person_decided_is_in_the_file(opened: Session) -> None:
    dossier = opened.dossier
    assert dossier is not None
    first, second, *_ = sorted(claims(whole(opened)))
    when = FuzzyInterval(datetime(2031, 3, 2), datetime(2031, 3, 2, 23, 59), Precision.DAY)
    dossier.edit_claims([first], act=SpeechAct.CONDEMNS, side=SideKey.THIRD)
    dossier.set_when([first], when)
    dossier.set_review([second], ReviewState.REJECTED)
    event = dossier.split_event([first], "The =mill")
    text = dossier.article_text(1)
    at = text.index("shelling Veln")
    added = dossier.add_claim(
        NewClaim(1, (Span.cut(text, at, at + 8),), "Nobody", SideKey.B, SpeechAct.ASSERTS)
    )
    dossier.relate(added, first, RelationType.ANSWERS)
    exported = whole(opened)
    found = claims(exported)
    assert second not in found
    assert found[first]["speech_act"] == "condemns"
    assert found[first]["source"]["side"] == "third"
    assert found[first]["when"]["start"] == "2031-03-02"
    assert found[first]["event"] == event
    assert found[added]["content"]["text"] == "shelling"
    assert {"answers"} <= {relation["type"] for relation in exported["relations"]}
    assert all(second not in (r["from"], r["to"]) for r in exported["relations"])
    assert "The =mill" in {row["label"] for row in exported["events"]}
    rows = list(csv.DictReader(io.StringIO(as_csv(dossier).lstrip("\ufeff"))))
    assert "condemns" in {row["speech_act"] for row in rows}
    assert "The =mill" in as_html(dossier)
