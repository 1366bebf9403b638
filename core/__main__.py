"""Commands of Aplomb without a browser: ``python -m core report`` and ``digest``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from core import imports, report, weekly
from core.errors import CrmError, NothingToRead
from core.i18n import LANGUAGES, text
from core.imports import Progress
from core.sentences import of_error
from core.sources.model import Refusal
from core.store import Store, Upload
from core.workspace import Rights, Workspace, WorkspaceSettings

UNREADABLE = 2


def language_of(environment: str) -> str:
    """Return the language of a locale's name (``fr_FR.UTF-8``), English otherwise."""
    code = environment[:2].lower()
    return code if code in LANGUAGES else "en"


def files_below(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Return every file of a selection with the name it is known by, folders walked.

    Hidden files are left out.
    """
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                inside = file.relative_to(path)
                hidden = any(part.startswith(".") for part in inside.parts)
                if file.is_file() and not hidden:
                    yield file, inside.as_posix()
        else:
            yield path, path.name


def sentence(refusal: Refusal, language: str) -> str:
    """Return a refusal as one line: file, row, column, value, cause and remedy."""
    values: dict[str, object] = {
        "column": refusal.column,
        "value": refusal.value,
        **refusal.values,
    }
    where = [refusal.file]
    for name, value in (
        ("row", refusal.line),
        ("column", refusal.column),
        ("value", refusal.value),
    ):
        if value is not None:
            where.append(text(f"report.{name}", language, value=value))
    cause = text(f"cause.{refusal.cause}", language, **values)
    remedy = text(f"remedy.{refusal.cause}", language, **values)
    return " ".join(f"{', '.join(where)}: {cause} {remedy}".split())


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m core", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("report", help="figures of exports, as JSON")
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    command.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")
    command.add_argument("--timezone", default="Europe/Paris")
    command.add_argument("--country", default="FR")
    command.add_argument("--subdivision")
    command.add_argument("--json", default="-", metavar="FILE|-")
    command.add_argument("--language", choices=LANGUAGES)
    command = commands.add_parser("digest", help="texts of the week, to who gets one")
    command.add_argument("workspaces", nargs="+", metavar="WORKSPACE|all")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--send", action="store_true", help="by the mail server set")
    how.add_argument("--to-stdout", action="store_true", help="write the texts due")
    how.add_argument("--dry-run", action="store_true", help="say who would get one")
    command.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD")
    command.add_argument("--language", choices=LANGUAGES)
    return parser.parse_args(given)


def _tell(progress: Progress) -> None:
    """Show how far the import is, on one line of a terminal."""
    if not sys.stderr.isatty():
        return
    done = progress.bytes_done * 100 // (progress.bytes_total or 1)
    if progress.step == "building":
        done = progress.models_done * 100 // (progress.models_total or 1)
    print(
        f"\r\x1b[K{progress.step} {done} % {progress.file}",
        end="\n" if progress.step == "saving" else "",
        file=sys.stderr,
        flush=True,
    )


def make_report(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Import the files of a command line into ``folder`` and return their report.

    Raises NothingToRead with the ``refusals`` when no file could be read.
    """
    settings = WorkspaceSettings(
        timezone=options.timezone,
        country=options.country,
        subdivision=options.subdivision,
    )
    settings = replace(settings, privacy="names")
    uploads, absent = [], []
    for path, label in files_below(options.paths):
        if path.is_file():
            uploads.append(Upload(path, label))
        else:
            absent.append(Refusal(str(path), "file_absent"))
    store = Store(folder)
    outcome = imports.run(store, settings, uploads, {}, "report", progress=_tell)
    if not outcome.reports:
        raise NothingToRead(refusals=(*absent, *outcome.refusals))
    found = report.build(
        Workspace(store, settings, Rights.of("admin")), as_of=options.as_of
    )
    refusals = [r for r in (*absent, *outcome.refusals) if not r.skipped]
    found["refused"] = [
        {"file": r.file, "cause": r.cause, "line": r.line} for r in refusals
    ]
    for refusal in refusals:
        print(sentence(refusal, options.language), file=sys.stderr)
    return found


def run_report(options: argparse.Namespace) -> int:
    """Write the report; return the exit code, 2 when nothing can be read."""
    try:
        # A folder that is not there is told before the work, not after.
        Path(options.json).parent.stat()
    except OSError as error:
        return _cannot_write(error, options)
    try:
        with tempfile.TemporaryDirectory(prefix="aplomb-report-") as folder:
            found = make_report(options, Path(folder))
    except NothingToRead as error:
        refusals: tuple[Refusal, ...] = error.context["refusals"]  # type: ignore[assignment]
        told = [r for r in refusals if not r.skipped] or list(refusals)
        if told:
            print(sentence(told[0], options.language), file=sys.stderr)
        else:
            print(text("report.no_file", options.language), file=sys.stderr)
        return UNREADABLE
    except CrmError as error:
        print(of_error(error, options.language), file=sys.stderr)
        return UNREADABLE
    return write(json.dumps(found, ensure_ascii=False, indent=2), options)


def write(content: str, options: argparse.Namespace) -> int:
    """Write the report where the command line says; return the exit code."""
    if options.json == "-":
        print(content)
        return 0
    try:
        Path(options.json).write_text(content + "\n", "utf-8")
    except OSError as error:
        return _cannot_write(error, options)
    return 0


def _cannot_write(error: OSError, options: argparse.Namespace) -> int:
    # The system's own words, in its language, say what to change.
    print(f"{options.json}: {error.strerror}", file=sys.stderr)
    return UNREADABLE


def main(given: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = arguments(given)
    options.language = options.language or language_of(
        os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    )
    if options.command == "digest":
        return weekly.run(options)
    return run_report(options)


if __name__ == "__main__":
    sys.exit(main())
