"""The command line. What needs no window loads no Qt."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

DONE, SOME_FAILED = 0, 1
COMMANDS = ("read", "import", "export")
EXPORTS = (".png", ".svg", ".pdf", ".html", ".csv", ".json")


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``claimline`` with the given arguments; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] not in COMMANDS:
        return _window(arguments)
    try:
        return _headless(arguments)
    except BrokenPipeError:
        # whoever read the output has seen enough; Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _window(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="claimline",
        description="Who claimed what about which event, and when.",
        epilog="Without a window: claimline read --help, claimline import --help, "
        "claimline export --help.",
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a dossier to open, or articles to import"
    )
    _add_sample(parser)
    options = parser.parse_args(arguments)
    from desktop.display import display_problem

    problem = display_problem()
    if problem:
        print(problem, file=sys.stderr)
        return SOME_FAILED
    from desktop.importing import engine

    # Before Qt is loaded: both take their time, and a first drop waits for the later of them.
    pool = engine.make_pool()
    with suppress(OSError):
        pool.start(1)
    from desktop.app import run

    return run(options.files, sample=options.sample, pool=pool)


def _add_sample(parser: argparse.ArgumentParser) -> None:
    from seeds import samples

    names = [sample.name for sample in samples()]
    parser.add_argument(
        "--sample",
        nargs="?",
        const=names[0],
        choices=names,
        metavar="NAME",
        help=f"a sample dossier: {', '.join(names)}",
    )


def _headless(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="claimline")
    commands = parser.add_subparsers(dest="command", required=True)

    read = commands.add_parser("read", help="read articles and print what was found")
    read.add_argument("files", nargs="*", metavar="FILE")
    _add_reading_options(read)
    read.add_argument("--json", action="store_true", help="print claimline/1 JSON")
    read.add_argument("--explain", action="store_true", help="print each sentence with its rules")

    load = commands.add_parser("import", help="import articles into a dossier, new or not")
    load.add_argument("dossier", type=Path, metavar="DOSSIER")
    load.add_argument("files", nargs="+", metavar="FILE")
    _add_reading_options(load)

    export = commands.add_parser("export", help="save the timeline or the claims of a dossier")
    export.add_argument("dossier", nargs="?", type=Path, metavar="DOSSIER")
    export.add_argument("out", type=Path, metavar="OUT.{png,svg,pdf,html,csv,json}")
    _add_sample(export)
    export.add_argument("--from", dest="start", type=_day, metavar="DATE")
    export.add_argument("--to", dest="end", type=_day, metavar="DATE")
    export.add_argument("--size", type=_size, default=(1600, 900), metavar="WxH")
    export.add_argument("--scale", type=float, default=1.0, metavar="N")
    export.add_argument("--theme", choices=("light", "dark"), default="light")

    options = parser.parse_args(_with_default_sample(arguments))
    if options.command == "read":
        return _read(parser, options)
    if options.command == "import":
        from desktop.headless import import_files

        published = _published(parser, options)
        return import_files(options.dossier, _files(options), published, _sides(parser, options))
    if (options.dossier is None) == (options.sample is None):
        parser.error("name a dossier, or --sample")
    if options.out.suffix.lower() not in EXPORTS:
        parser.error(f"'{options.out}': the ending must be one of {', '.join(EXPORTS)}")
    from desktop.headless import export_dossier

    return export_dossier(options)


def _with_default_sample(arguments: list[str]) -> list[str]:
    """``--sample OUT.png`` means the first sample: its optional name must not take the file's."""
    from seeds import samples

    names = [sample.name for sample in samples()]
    fixed: list[str] = []
    for place, argument in enumerate(arguments):
        fixed.append(argument)
        following = arguments[place + 1] if place + 1 < len(arguments) else ""
        if argument == "--sample" and following not in names:
            fixed[-1] = f"--sample={names[0]}"
    return fixed


def _add_reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--published",
        action="append",
        default=[],
        metavar="[NAME=]DATE",
        help="day of publication of files that carry none, or of the file of that name",
    )
    parser.add_argument(
        "--sides",
        nargs="+",
        default=[],
        metavar="A=NAME",
        help='names of the parties to show as A and B: --sides "A=Norvia" "B=Talmark"',
    )


def _day(text: str) -> date:
    from extraction.times import parse_date

    found = parse_date(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write it as 2020-10-05")
    return found


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"'{text}' is no size; write it as 1600x900")
    size = int(width), int(height)
    if not all(200 <= side <= 20_000 for side in size):
        raise argparse.ArgumentTypeError("each side of a picture is 200 to 20000 pixels")
    return size


def _published(
    parser: argparse.ArgumentParser, options: argparse.Namespace
) -> tuple[date | None, dict[str, date]]:
    """The date for files that carry none, and dates by file name."""
    default: date | None = None
    by_name: dict[str, date] = {}
    for entry in options.published:
        name, mark, day = entry.rpartition("=")
        try:
            if mark:
                by_name[name] = _day(day)
            else:
                default = _day(day)
        except argparse.ArgumentTypeError as error:
            parser.error(str(error))
    return default, by_name


def _sides(parser: argparse.ArgumentParser, options: argparse.Namespace) -> dict[str, str]:
    """Side letter to name; what follows ``--sides`` and is no side is a file after all."""
    found: dict[str, str] = {}
    for entry in list(options.sides):
        letter, mark, name = entry.partition("=")
        if mark and letter in ("A", "B") and name.strip():
            found[letter] = name.strip()
        else:
            options.files.append(entry)
    return found


def _files(options: argparse.Namespace) -> list[Path]:
    return [Path(name) for name in options.files]


def _read(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    published = _published(parser, options)
    sides = _sides(parser, options)
    if not options.files:
        parser.error("read: name at least one file")
    from desktop.headless import read_files

    reading, failed = read_files(_files(options), published, sides)
    if options.json:
        from extraction.interchange import reading_to_json

        _print_json(reading_to_json(reading))
    else:
        from desktop.report import explanation, table

        print(explanation(reading) if options.explain else table(reading))
    return SOME_FAILED if failed else DONE


def _print_json(value: dict[str, Any]) -> None:
    # a pipe may be in any encoding; JSON itself is UTF-8
    data = json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.flush()
