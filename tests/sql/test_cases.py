"""Each mart, asked about a small company written by hand, answers what was expected.

A case is a folder ``<mart>/<case>/``: ``params.toml`` names the company (a folder of
``companies``, one CSV an object) and the parameters; ``expect.csv`` holds the rows, as
worked out from .github/REPORT.md, in any order. Columns that it leaves out are not
compared.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core import calendar
from core.inputs import choices
from core.sources.objects import objects
from core.warehouse import Warehouse
from core.workspace_settings import WorkspaceSettings

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("mart_*/*/expect.csv"))
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
# What the CSV and the answer may differ by: figures are written with six decimals.
CLOSE = 1e-6


def raw(path: Path, name: str, out: Path) -> Path:
    """Write one object's CSV as the reader would have stored it."""
    schema = objects()[name].schema()
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    made = {
        "record_key": [f"{name}-{number}" for number in range(len(rows))],
        "source_line": [str(number + 2) for number in range(len(rows))],
        "source_file": [path.name] * len(rows),
    }
    arrays = []
    for field in schema:
        texts = made.get(field.name) or [row.get(field.name) or None for row in rows]
        arrays.append(pa.array(texts, pa.string()).cast(field.type))
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out


@cache
def company(name: str) -> Warehouse:
    """Build the tables of one of the companies."""
    folder = Path(mkdtemp(prefix="aplomb-case-"))
    files = {}
    for path in sorted((HERE / "companies" / name).glob("raw_*.csv")):
        found = path.stem.removeprefix("raw_")
        files[found] = [raw(path, found, folder / f"{found}-1.parquet")]
    inputs = {
        "setting": pa.table(
            {
                "timezone": ["Europe/Paris"],
                "data_from": pa.array([FIRST], pa.date32()),
                "data_to": pa.array([LAST], pa.date32()),
            }
        ),
        "calendar": calendar.table(FIRST, LAST),
        **choices(WorkspaceSettings()),
    }
    Warehouse.build(files, inputs, folder / "built")
    return Warehouse.open(folder / "built")


def same(value: object, expected: str) -> bool:
    """Compare one cell of an answer to what the case writes."""
    if value is None or expected == "":
        return value is None and expected == ""
    if isinstance(value, bool):
        return str(value).lower() == expected
    if isinstance(value, int | float):
        return abs(float(value) - float(expected)) < CLOSE
    return str(value) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}-{p.name}")
def test_mart_answers_as_worked_out(case: Path) -> None:
    asked = tomllib.loads((case / "params.toml").read_text("utf-8"))
    rows = company(asked.pop("company")).query(case.parent.name, **asked).to_pylist()
    with (case / "expect.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert expected or not rows
    left = list(rows)
    for wanted in expected:
        match = next(
            (row for row in left if all(same(row[k], v) for k, v in wanted.items())),
            None,
        )
        assert match is not None, f"no row {wanted} among {left}"
        left.remove(match)
    assert not left, f"rows nobody expected: {left}"
