from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import seeds
from desktop.cli import main

ROOT = Path(__file__).parents[2]

FIRST = (
    "The Palvian Defense Ministry accused Tersk of shelling the town of Marn on March 3. "
    "Tersk's Defense Ministry denied shelling Marn."
)
SECOND = (
    "Published: 2021-03-05\n\nTersk said on Thursday that Palvian forces had attacked the village "
    "of Ostra. Palvia's Defense Ministry denied the claim."
)


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "first.txt", tmp_path / "second.txt"]
    paths[0].write_text(FIRST)
    paths[1].write_text(SECOND)
    return paths


def read_json(capfd: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    assert main(["read", "--json", *map(str, arguments)]) == 0
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return found


def spans_in(value: Any) -> list[list[int]]:
    """Every span of a record, wherever it stands."""
    if isinstance(value, dict):
        found = [value["span"]] if value.get("span") else []
        found += value.get("spans", [])
        return found + [span for item in value.values() for span in spans_in(item)]
    if isinstance(value, list):
        return [span for item in value for span in spans_in(item)]
    return []


def test_read_prints_claimline_json(
    articles: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    found = read_json(capfd, *articles, "--published", "2021-03-04")
    assert found["format"] == "claimline/1"
    assert {side["key"] for side in found["sides"]} == {"A", "B"}
    first, second = found["articles"]
    # a date of its own is kept, one that is assumed gives way
    assert (first["published"]["start"], first["published"]["basis"]) == ("2021-03-04", "user")
    assert (second["published"]["start"], second["published"]["basis"]) == (
        "2021-03-05",
        "metadata",
    )
    assert first["text"] == FIRST
    claims = first["claims"]
    assert [claim["speech_act"] for claim in claims] == ["alleges", "denies"]
    assert claims[0]["source"]["side"] != claims[1]["source"]["side"]
    assert any(relation["type"] == "denies" for relation in found["relations"])
    for article in found["articles"]:
        for claim in article["claims"]:
            source, cue = claim["source"], claim["cue"]
            assert article["text"][slice(*source["span"])] == source["text"]
            assert article["text"][slice(*cue["span"])] == cue["text"]
        for time in article["times"]:
            assert article["text"][slice(*time["span"])] == time["text"]
        for start, end in spans_in(article):
            assert 0 <= start < end <= len(article["text"])


def test_a_date_can_be_bound_to_one_file(
    articles: list[Path], capfd: pytest.CaptureFixture[str]
) -> None:
    found = read_json(capfd, *articles, "--published", "second.txt=6 March 2021")
    assert found["articles"][1]["published"]["start"] == "2021-03-06"
    assert found["articles"][1]["published"]["basis"] == "user"


def test_sides_can_be_named(articles: list[Path], capfd: pytest.CaptureFixture[str]) -> None:
    found = read_json(capfd, "--sides", "A=Tersk", "B=Palvia", *articles)
    assert [(side["key"], side["name"]) for side in found["sides"]] == [
        ("A", "Tersk"),
        ("B", "Palvia"),
    ]
    denial = found["articles"][0]["claims"][1]
    assert denial["source"]["side"] == "A"


@pytest.mark.parametrize("option", [[], ["--explain"]])
def test_read_prints_for_people(
    articles: list[Path], capfd: pytest.CaptureFixture[str], option: list[str]
) -> None:
    assert main(["read", *option, *map(str, articles)]) == 0
    shown = capfd.readouterr().out
    assert "Marn" in shown
    assert "denies" in shown


def test_one_bad_file_stops_nothing(
    articles: list[Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02" * 100)
    assert main(["read", str(bad), str(tmp_path / "gone.txt"), str(articles[0])]) == 1
    captured = capfd.readouterr()
    assert "bad.txt" in captured.err
    assert "gone.txt" in captured.err
    assert "Marn" in captured.out
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "a.txt", "--published", "someday"],
        ["export", "only.claimline"],
        ["export", "a.claimline", "a.docx"],
        ["export", "a.claimline", "a.png", "--size", "big"],
        ["--no-such-option"],
    ],
)
def test_wrong_usage(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capfd.readouterr().err


def test_import_and_export(
    articles: list[Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    dossier = tmp_path / "d.claimline"
    arguments = ["import", str(dossier), *map(str, articles), "--sides", "A=Tersk", "B=Palvia"]
    assert main(arguments) == 0
    assert "2 articles read" in capfd.readouterr().out
    assert main(["import", str(dossier), str(articles[0])]) == 0
    assert "known already" in capfd.readouterr().out
    for ending, start in ((".json", b"{"), (".csv", b"\xef\xbb\xbfclaim"), (".html", b"<!DOCTYPE")):
        out = tmp_path / f"out{ending}"
        assert main(["export", str(dossier), str(out)]) == 0
        assert out.read_bytes().startswith(start)
    exported = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [side["name"] for side in exported["sides"]] == ["Tersk", "Palvia"]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert len(rows) == sum(len(article["claims"]) for article in exported["articles"])


@pytest.mark.parametrize(
    "ending", [".svg", *(pytest.param(other, marks=pytest.mark.slow) for other in (".png", ".pdf"))]
)
def test_export_a_picture_with_no_screen(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"timeline{ending}"
    done = run("export", "--sample", "kessel_dam", out, "--from", "2031-03-01")
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 5_000


def test_a_picture_that_is_too_large_is_told(tmp_path: Path) -> None:
    out = tmp_path / "timeline.png"
    done = run("export", "--sample", "kessel_dam", out, "--size", "15000x15000", "--scale", "4")
    assert done.returncode == 1
    assert "Take another size" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_what_is_no_dossier_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.claimline"
    path.write_text("no dossier at all")
    assert main(["export", str(path), str(tmp_path / "a.csv")]) == 1
    assert "notes.claimline" in capfd.readouterr().err
    assert path.read_text() == "no dossier at all"


def test_reading_loads_no_qt(articles: list[Path]) -> None:
    code = (
        "import sys; from desktop.cli import main; main(sys.argv[1:]); "
        "sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "read", "--json", str(articles[0])],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_without_a_display_it_says_what_to_do() -> None:
    done = run(display=False)
    assert done.returncode == 1
    assert "claimline read" in done.stderr
    assert "xvfb-run" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pipe of this kind")
def test_a_reader_that_goes_away_is_no_error(articles: list[Path]) -> None:
    code = "import sys; from desktop.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, "read", "--json", str(articles[0])],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        program.stdout.close()
        assert program.stderr is not None
        assert program.stderr.read() == b""


def test_samples_are_whole() -> None:
    for sample in seeds.samples():
        assert len(sample.articles()) >= 3
        assert all(path.is_file() for path in sample.paths())


def run(*arguments: object, display: bool = True) -> subprocess.CompletedProcess[str]:
    import os

    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    if not display:
        environment.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
