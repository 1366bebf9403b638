"""What conversations cost: tables at the import, the list of accounts, one account.

    python tests/benchmarks/conversations.py [--rows 2000000] [--runs 5]
    python tests/benchmarks/conversations.py --store FOLDER

Makes as many activities as asked and builds every table; with ``--store``, looks at a
workspace that was imported. Prints the seconds of each model, as a share of the whole
build, and the median milliseconds of each question, with what the same question asked
of the exchanges themselves would take.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core import inputs
from core.manifest import Manifest
from core.sources.objects import objects
from core.store import Store
from core.warehouse import Warehouse, order
from core.workspace import WorkspaceSettings

AS_OF = "2026-10-31"
FIRST = np.datetime64("2024-11-01T07:00:00", "us")
SECONDS = 730 * 86400


def table(name: str, columns: dict[str, pa.Array]) -> pa.Table:
    """Return rows of an object as the reader would have stored them."""
    rows = len(next(iter(columns.values())))
    schema = objects()[name].schema()
    own = {
        "record_key": pa.array([f"{name}-{n}" for n in range(rows)]),
        "source_line": pa.array(range(rows), pa.int64()),
        "source_file": pa.array([f"{name}.csv"] * rows).dictionary_encode(),
    }
    found = {**own, **columns}
    return pa.table(
        [
            found[field.name].cast(field.type)
            if field.name in found
            else pa.nulls(rows, field.type)
            for field in schema
        ],
        schema=schema,
    )


def ids(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Return identifiers of 18 characters for numbers, each text made once."""
    most = int(numbers.max()) + 1
    texts = pa.array([f"{prefix}5g00000{n:06X}AAQ" for n in range(most)])
    return texts.take(pa.array(numbers))


def generate(folder: Path, rows: int) -> dict[str, list[Path]]:
    """Write a company of one account for two hundred activities."""
    random = np.random.default_rng(7)
    accounts = max(100, rows // 200)
    users, contacts, deals = accounts // 10, accounts * 5 // 2, accounts * 3 // 2

    def some(size: int, below: int) -> np.ndarray:
        # Some are met far more than others, as everywhere.
        return (random.random(size) ** 2 * below).astype(np.int64)

    def moments(size: int) -> pa.Array:
        return pa.array(FIRST + random.integers(0, SECONDS, size).astype("m8[s]"))

    kinds = pa.array(["call", "email", "meeting", "task"])
    made = {
        "user": {
            "user_id": ids("005", np.arange(users)),
            "team": pa.array([f"T{n % 25}" for n in range(users)]),
        },
        "account": {
            "account_id": ids("001", np.arange(accounts)),
            "name": pa.array([f"Account {n}" for n in range(accounts)]),
            "owner": ids("005", some(accounts, users)),
        },
        "contact": {
            "contact_id": ids("003", np.arange(contacts)),
            "account": ids("001", some(contacts, accounts)),
            "name": pa.array([f"Person {n}" for n in range(contacts)]),
        },
        "opportunity": {
            "opportunity_id": ids("006", np.arange(deals)),
            "account": ids("001", some(deals, accounts)),
            "amount": pa.array(random.integers(500, 40000, deals), pa.float64()),
            "status": pa.array(["open"] * deals),
        },
        "activity": {
            "activity_id": pa.array([f"00T5g{n:010X}AAQ" for n in range(rows)]),
            "kind": kinds.take(pa.array(random.integers(0, 4, rows))),
            "activity_at": moments(rows),
            "owner": ids("005", some(rows, users)),
            "account": ids("001", some(rows, accounts)),
            "contact": ids("003", some(rows, contacts)),
        },
    }
    paths = {}
    for name, columns in made.items():
        path = folder / f"{name}-1.parquet"
        pq.write_table(table(name, columns), path, compression="zstd")
        paths[name] = [path]
    return paths


def build(
    raw: dict[str, list[Path]], out: Path, manifest: Manifest
) -> dict[str, float]:
    """Build every table; return the seconds that each model took."""
    beside = inputs.inputs(manifest, WorkspaceSettings())
    ticks: list[float] = []
    Warehouse.build(
        raw, beside, out, step=lambda done, of: ticks.append(time.perf_counter())
    )
    names = [model.name for model in order()]
    spent = map(float, np.diff(ticks))
    return dict(zip(names, spent, strict=True))


def median(ask: Callable[[], object], runs: int) -> float:
    """Return the median milliseconds of a question."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        ask()
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def questions(built: Path, runs: int) -> None:
    """Print how long the marts take, and the exchanges asked without them."""
    warehouse = Warehouse.open(built)
    known = warehouse.values("int_conversation_account", "account_id")
    days = {"as_of": AS_OF}

    def fresh(mart: str, **params: object) -> Callable[[], object]:
        # Past the answers kept: what the first reader waits for.
        return lambda: warehouse._run(warehouse.model(mart), params)

    for mart, params in (
        ("mart_conversation_account", days),
        ("mart_conversation_opportunity", days),
        ("mart_conversation_channel", days),
        ("mart_conversation", {**days, "account_id": known[len(known) // 2]}),
    ):
        print(f"{mart:32} {median(fresh(mart, **params), runs):8.0f} ms")
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute("set enable_progress_bar = false")
        rows = con.read_parquet(str(built / "int_conversation.parquet"))
        by = "account_number, max(day), count(*), count(distinct day)"
        ask = rows.aggregate(by, "account_number")
        print(f"{'the list, from the exchanges':32} {median(ask.fetchall, 1):8.0f} ms")


def main() -> None:
    """Print the seconds and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--store", type=Path)
    asked = parser.parse_args()
    manifest = Manifest()
    if asked.store:
        store = Store(asked.store)
        manifest = store.manifest()
        raw = {name: list(paths) for name, paths in store.raw(manifest).items()}
    with tempfile.TemporaryDirectory() as folder:
        if not asked.store:
            raw = generate(Path(folder), asked.rows)
        rows = sum(pq.read_metadata(path).num_rows for path in raw["activity"])
        out = Path(folder) / "built"
        spent = build(raw, out, manifest)
        total = sum(spent.values())
        ours = {n: s for n, s in spent.items() if n.startswith("int_conversation")}
        print(f"{rows:,} activities, {total:.1f} s to build every table")
        for name, seconds in sorted(ours.items(), key=lambda one: -one[1]):
            size = (out / f"{name}.parquet").stat().st_size / 1e6
            print(f"{name:32} {seconds:8.2f} s {size:8.1f} MB")
        mine = sum(ours.values())
        print(f"conversations: {mine:.1f} s, {mine / total:.0%} of the build")
        questions(out, asked.runs)


if __name__ == "__main__":
    main()
