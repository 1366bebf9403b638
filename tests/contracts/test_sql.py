"""Every SQL file is what its header says, on no rows and on the demo company's."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core import imports, models
from core.manifest import Manifest
from core.models import Model
from core.sources.objects import objects
from core.store import Store
from core.warehouse import Warehouse, order
from core.workspace import WorkspaceSettings

ROOT = Path(__file__).resolve().parents[2]
MODELS = models.read()
MARTS = [model for model in MODELS.values() if model.layer == "marts"]
# One value of each parameter that a mart may take.
PARAMS: dict[str, object] = {
    "as_of": date(2026, 10, 31),
    "month": "2026-10",
    "from": date(2026, 9, 1),
    "to": date(2026, 10, 31),
    "first_day": date(2026, 9, 1),
    "last_day": date(2026, 10, 31),
    "kind": "call",
    "launch": date(2026, 3, 10),
    "outcome": date(2026, 6, 8),
    "account_fields": "phone,city",
    "opportunity_fields": "amount",
    "days": 60,
    "seconds": 60.0,
    "window_days": 180,
}
COLUMN = re.compile(r"--   (\w+) +(\S+) +(\S.*)")
READS = {
    "staging": ("raw_", "setting"),
    "intermediate": ("stg_", "int_", "setting", "calendar", "chosen_"),
    "marts": ("stg_", "int_", "setting", "calendar", "chosen_"),
}


def header(model: Model) -> list[str]:
    lines = model.text.splitlines()
    end = next(n for n, line in enumerate(lines) if not line.startswith("--"))
    return lines[:end]


def declared(model: Model) -> list[tuple[str, str]]:
    lines = header(model)
    lines = lines[lines.index("-- columns:") + 1 :]
    found = [match.groups()[:2] for match in map(COLUMN.fullmatch, lines) if match]
    assert len(found) == len(lines), [x for x in lines if not COLUMN.fullmatch(x)]
    return [(name, kind) for name, kind in found]


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    """Every table of a workspace that holds nothing."""
    con = duckdb.connect(":memory:")
    con.execute("set TimeZone = 'UTC'")
    for name, known in objects().items():
        table = known.schema().empty_table()
        table = table.append_column("import_seq", pa.array([], pa.int64()))
        table = table.append_column("is_repeated", pa.array([], pa.bool_()))
        con.register(f"empty_{name}", table)
        con.execute(f"create table raw_{name} as select * from empty_{name}")
    for name, table in imports.inputs(Manifest(), WorkspaceSettings()).items():
        con.register(name, table)
    for model in order():
        con.execute(f"create table {model.name} as {model.text}")
    return con


@pytest.fixture(scope="module")
def demo(demo_data: Path) -> Warehouse:
    """The demo company's figures."""
    store = Store(demo_data / "workspaces/demo")
    built = store.manifest().built
    assert built is not None
    return Warehouse.open(store.folder / built)


def params(model: Model, known: Warehouse | None = None) -> dict[str, object]:
    """Return a value for each parameter of a mart, of the demo where it is given."""
    values = dict(PARAMS)
    tables = {
        "user_id": "int_user",
        "campaign_id": "int_campaign",
        "account_id": "int_conversation_account",
    }
    for name, table in tables.items():
        values[name] = known.values(table, name)[0] if known else "none"
    return {name: values[name] for name in model.params}


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_header_is_complete(model: Model) -> None:
    lines = header(model)
    assert re.match(r"-- [A-Z].*[.:]$", lines[0]) or lines[1].startswith("-- ")
    assert not lines[0].startswith("-- grain")
    keys = [line.split(":")[0][3:] for line in lines if re.match(r"-- [a-z]+:", line)]
    assert keys[0] == "grain"
    assert keys[-1] == "columns"
    asked = set(re.findall(r"\$(\w+)", model.text))
    assert set(model.params) == (asked if model.layer == "marts" else set())
    columns = [name for name, _ in declared(model)]
    assert set(model.grain) <= set(columns)
    people = [column for group in model.persons for column in group]
    assert set(people) <= set(columns)
    assert set(model.contacts) <= set(columns)


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_header_tells_the_columns(
    model: Model, empty: duckdb.DuckDBPyConnection
) -> None:
    rows = empty.sql(model.text, params=params(model) or None)
    found = [
        (name, str(kind).lower())
        for name, kind in zip(rows.columns, rows.types, strict=True)
    ]
    assert declared(model) == found


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_model_reads_the_layers_below(
    model: Model, empty: duckdb.DuckDBPyConnection
) -> None:
    text = re.sub(r"\$\w+", "null", model.text)
    for name in empty.get_table_names(text):
        assert name.startswith(READS[model.layer]), name
    assert model.layer == "marts" or not re.search(r"\$\w", model.text)


@pytest.mark.parametrize("model", MARTS, ids=lambda model: model.name)
def test_mart_has_a_case(model: Model) -> None:
    folder = ROOT / "tests/sql" / model.name
    cases = [path for path in folder.glob("*/") if (path / "expect.csv").is_file()]
    assert cases


def check_grain(grain: tuple[str, ...], table: pa.Table) -> None:
    # A total has null for what it sums over; the first column is never null.
    keys = table.select(list(grain)).to_pandas()
    assert not keys[grain[0]].isna().any(), "null in the grain"
    assert not keys.duplicated().any(), "two rows of one grain"


@pytest.mark.parametrize("model", MARTS, ids=lambda model: model.name)
def test_mart_keeps_its_grain_on_the_demo(model: Model, demo: Warehouse) -> None:
    table = demo.query(model.name, **params(model, demo))
    if model.grain:
        check_grain(model.grain, table)
    # Nobody at work on a working day would be a hole, which the demo has not.
    assert (table.num_rows == 0) == (model.name == "mart_event_gap")


@pytest.mark.parametrize(
    "model",
    [model for model in MODELS.values() if model.layer != "marts" and model.grain],
    ids=lambda model: model.name,
)
def test_table_keeps_its_grain_on_the_demo(model: Model, demo_data: Path) -> None:
    store = Store(demo_data / "workspaces/demo")
    built = store.manifest().built
    assert built is not None
    path = store.folder / built / f"{model.name}.parquet"
    if not path.exists():
        assert model.layer == "staging", "every intermediate table is stored"
        return
    check_grain(model.grain, pq.read_table(path))
