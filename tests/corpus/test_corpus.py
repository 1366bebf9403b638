"""Each case of cases.toml: cell by cell, then through the reading process."""

from __future__ import annotations

import socket
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from core.i18n import text
from core.sources import child
from core.sources.model import FileReport, Refusal
from core.sources.text import TextTable, open_tables
from tests.corpus.generators import MAKERS

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]
KNOWN = {"Id", "Name", "Industry", "CreatedDate", "LastName", "Email"}


def score(cells: Sequence[str]) -> int:
    return sum(cell in KNOWN for cell in cells)


def label_of(file: dict[str, Any]) -> str:
    return str(file.get("label", "Account.csv"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The corpus's files, kept under names that say nothing of what they are."""
    folder = tmp_path_factory.mktemp("corpus")
    paths: dict[str, Path] = {}
    for name, make in MAKERS.items():
        paths[name] = folder / f"{len(paths)}"
        paths[name].write_bytes(make())
    return paths


def test_every_file_has_a_case() -> None:
    used = {file["make"] for case in CASES for file in case["file"]}
    assert used == set(MAKERS)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(
    case: dict[str, Any],
    made: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("reading a file must not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name, value in case.get("settings", {}).items():
        monkeypatch.setenv(name, value)
    for file in case["file"]:
        found = list(open_tables(made[file["make"]], label_of(file), score=score))
        if "cause" in file:
            check_refused(file, found)
        else:
            check_read(file, found)


def check_refused(file: dict[str, Any], found: list[TextTable | Refusal]) -> None:
    (refused,) = found if isinstance(found[-1], Refusal) else [refused_late(found)]
    assert isinstance(refused, Refusal)
    assert (refused.cause, refused.skipped) == (file["cause"], False)
    assert refused.line == file.get("line")
    assert refused.values.items() >= file.get("values", {}).items()
    assert refused.file.startswith(label_of(file))
    for language in ("fr", "en"):
        for family in ("cause", "remedy"):
            said = text(f"{family}.{refused.cause}", language, **refused.values)
            assert said.endswith(".") and "{" not in said


def refused_late(found: list[TextTable | Refusal]) -> Refusal:
    """Read a table that must turn out unreadable part of the way."""
    from core.errors import UnreadableFile
    from core.sources.tables import refusal

    (table,) = found
    assert isinstance(table, TextTable)
    with pytest.raises(UnreadableFile) as caught:
        for _ in table.batches():
            pass
    return refusal(caught.value)


def check_read(file: dict[str, Any], found: list[TextTable | Refusal]) -> None:
    tables = [each for each in found if isinstance(each, TextTable)]
    also = Counter(each.cause for each in found if isinstance(each, Refusal))
    assert also == beside(file)
    assert len(tables) == file.get("tables", 1)
    rows = 0
    rejects: list[str] = []
    skipped: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    lines: list[int] = []
    first = last = None
    for table in tables:
        for batch in table.batches():
            assert batch.table.num_rows == len(batch.lines)
            rows += batch.table.num_rows
            rejects += [f"{each.line} {each.problem}" for each in batch.rejects]
            skipped.update(batch.skipped)
            warnings.update(batch.warnings)
            lines += batch.lines.to_pylist()
            if batch.table.num_rows:
                cells = [column.to_pylist() for column in batch.table.columns]
                first = first or [column[0] for column in cells]
                last = [column[-1] for column in cells]
    assert rows == file["rows"]
    assert rejects == file.get("rejects", [])
    assert warnings == file.get("warnings", {})
    shown = tables[0]
    for key, value in {
        "skipped": skipped if "skipped" in file else None,
        "lines": lines if "lines" in file else None,
        "first": first if "first" in file else None,
        "last": last if "last" in file else None,
    }.items():
        assert value == file.get(key)
    for key in ("encoding", "delimiter", "header_line", "format"):
        assert getattr(shown, key) == file.get(key, getattr(shown, key))
    assert list(shown.header) == file.get("header", list(shown.header))
    if shown.member is None:
        assert shown.file == file.get("shown", label_of(file))
    for problem in {each.split()[1] for each in rejects}:
        assert text(f"reason.{problem}", "fr") and text(f"reason.{problem}", "en")
    for kind in warnings:
        assert text(f"warning.{kind}", "fr") and text(f"warning.{kind}", "en")


def beside(file: dict[str, Any]) -> Counter[str]:
    """Return how often each cause is met beside what is read."""
    counted: Counter[str] = Counter()
    for each in file.get("also", []):
        cause, _, times = each.partition("*")
        counted[cause] += int(times or 1)
    return counted


def test_all_cases_through_the_reading_process(
    made: dict[str, Path], tmp_path: Path
) -> None:
    """No file stops another, the process never takes this one down, rows add up."""
    files = [
        (file, f"{case['id']}-{number}")
        for case in CASES
        if "settings" not in case
        for number, file in enumerate(case["file"])
        if file["make"] != "million_rows"
    ]
    paths = [
        (made[file["make"]], f"{key} {label_of(file).rpartition('/')[2]}")
        for file, key in files
    ]
    reports, refusals = child.read(paths, {}, tmp_path / "out", "Europe/Paris")
    for report in reports:
        assert report.rows_read == report.rows_kept + report.rows_rejected
    for (file, key), _ in zip(files, paths, strict=True):
        mine: list[FileReport] = [r for r in reports if r.file.startswith(f"{key} ")]
        causes = [r.cause for r in refusals if r.file.startswith(f"{key} ")]
        if "cause" in file:
            assert not mine and file["cause"] in causes, (key, causes)
        else:
            read = sum(report.rows_read for report in mine)
            expected = file["rows"] + len(file.get("rejects", []))
            # Under a name that says nothing, what the rows are may have to be asked.
            asked = causes == ["object_unknown"] and key.startswith("B28")
            assert read == (0 if asked else expected), (key, causes)
