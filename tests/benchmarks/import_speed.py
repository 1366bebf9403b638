"""How fast an import is, as ratios to plain reads of the same file in the same run.

    python tests/benchmarks/import_speed.py [--rows 500000] [--runs 3]

Times are seconds of processor, children included: what else the machine does counts
little. A ratio above 1 says how much more our reading costs than the plain one.
"""

from __future__ import annotations

import argparse
import csv
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core import imports
from core.sources import reader
from core.store import Store, Upload
from core.workspace import WorkspaceSettings

ZONE = "Europe/Paris"
HEADER = (
    "Id", "WhoId", "AccountId", "Subject", "ActivityDate", "Status", "Priority",
    "OwnerId", "Type", "CallDurationInSeconds", "CreatedDate", "CreatedById",
    "IsDeleted",
)  # fmt: skip
SUBJECTS = ("Appel de qualification", 'E-mail : "devis"', "Démonstration", "Relance")


def generate(path: Path, rows: int, seed: int = 7) -> None:
    """Write activities as Salesforce's Data Loader does, every cell quoted."""
    random = Random(seed)
    start = datetime(2025, 1, 2, 8)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        for number in range(rows):
            moment = start + timedelta(seconds=random.randrange(34_000_000))
            owner = f"0055g{random.randrange(2000):010d}AAQ"
            writer.writerow(
                (
                    f"00T5g{number:010d}AAQ",
                    f"0035g{random.randrange(100_000):010d}AAQ",
                    f"0015g{random.randrange(40_000):010d}AAQ",
                    random.choice(SUBJECTS),
                    f"{moment:%Y-%m-%d}",
                    random.choice(("Completed", "Not Started")),
                    "Normal",
                    owner,
                    random.choice(("Call", "Email", "Other")),
                    random.randrange(900),
                    f"{moment:%Y-%m-%dT%H:%M:%S}.000Z",
                    owner,
                    "false",
                )
            )


def with_pyarrow(path: Path, out: Path) -> None:
    """Turn the file into Parquet with pyarrow's stream, types guessed."""
    with (
        pa_csv.open_csv(path) as stream,
        pq.ParquetWriter(out / "a.parquet", stream.schema, compression="zstd") as to,
    ):
        for batch in stream:
            to.write_batch(batch)


def with_duckdb(path: Path, out: Path) -> None:
    """Turn the file into Parquet with DuckDB, types guessed."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        rows = con.read_csv(str(path))
        rows.write_parquet(str(out / "d.parquet"), compression="zstd")


def with_reader(path: Path, out: Path) -> None:
    """Read the file as an import does: recognised, checked, typed, duplicates told."""
    reports, refusals = reader.read(path, path.name, {}, out, ZONE)
    assert not refusals and reports[0].rows_rejected == 0


def with_import(path: Path, out: Path) -> None:
    """Import the file into an empty workspace, up to the figures."""
    imports.run(
        Store(out / "store"),
        WorkspaceSettings(),
        [Upload(path, path.name)],
        {},
        "bench",
    )


def processor() -> float:
    """Return the seconds of processor used so far, children included."""
    sides = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(side.ru_utime + side.ru_stime for side in sides)


def measure(work: Callable[[Path, Path], None], path: Path) -> tuple[float, float]:
    """Return the seconds of processor and of the clock that ``work`` takes."""
    with tempfile.TemporaryDirectory() as out:
        before, clock = processor(), time.perf_counter()
        work(path, Path(out))
        return processor() - before, time.perf_counter() - clock


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    works = (with_pyarrow, with_duckdb, with_reader, with_import)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Task.csv"
        generate(path, asked.rows)
        small = Path(folder) / "small" / "Task.csv"
        small.parent.mkdir()
        generate(small, 1000)
        for work in works:
            measure(work, small)
        # One after the other in each round, so that all meet the same machine.
        rounds = [[measure(work, path) for work in works] for _ in range(asked.runs)]
        size = path.stat().st_size / 1e6
    print(f"{size:.0f} MB, {asked.rows} rows, median of {asked.runs}")
    medians = [
        [statistics.median(one[place][side] for one in rounds) for side in (0, 1)]
        for place in range(len(works))
    ]
    for work, (seconds, clock) in zip(works, medians, strict=True):
        ratios = [seconds / medians[place][0] for place in (0, 1)]
        print(
            f"{work.__name__.removeprefix('with_'):8} {seconds:6.2f} s of processor, "
            f"{size / seconds:4.0f} MB/s ({size / clock:4.0f} by the clock), "
            f"{ratios[0]:.2f} x pyarrow, {ratios[1]:.2f} x DuckDB"
        )
    peak = max(
        resource.getrusage(side).ru_maxrss
        for side in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"most memory of a process: {peak / 1000:.0f} MB")


if __name__ == "__main__":
    main()
