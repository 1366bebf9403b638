"""One row for each record of a file: what happens to an id that comes twice.

Rows that are exactly alike: the first stays. Rows that differ: the one modified last
stays, else the last of the file. Rows without an id are told apart by all they say, and
rows alike keep their number, so that a file read twice gives the same keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.sources.objects import Object
from core.sources.work import REJECTS

HASHED = "="


@dataclass
class Settled:
    """What was taken out of a file, and why."""

    reasons: dict[str, int] = field(default_factory=dict)
    rejects: pa.Table = field(default_factory=REJECTS.empty_table)


@dataclass(frozen=True)
class _Row:
    """A row whose key comes more than once."""

    index: int
    line: int
    file: str
    modified: str
    said: tuple[Any, ...]


def settle(path: Path, target: Object) -> Settled:
    """Leave one row a record in the Parquet file at ``path``."""
    keys = pq.read_table(path, columns=["record_key"]).column(0)
    if len(pc.unique(keys)) == len(keys):
        return Settled()
    counted = pc.value_counts(keys)
    repeated = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    numbered: dict[int, str] = {}
    dropped: dict[int, tuple[_Row, str]] = {}
    for key, rows in _groups(path, repeated).items():
        if key.startswith(HASHED):
            for number, row in enumerate(rows[1:], start=2):
                numbered[row.index] = f"{key}#{number}"
            continue
        kept = max(rows, key=lambda row: (row.modified, row.index))
        alike = [row for row in rows if row.said == kept.said]
        kept = alike[0]
        for row in rows:
            if row is not kept:
                same = row.said == kept.said
                dropped[row.index] = (row, "duplicate" if same else "superseded")
    _rewrite(path, numbered, set(dropped))
    return _report(target, dropped)


def _groups(path: Path, repeated: pa.Array) -> dict[str, list[_Row]]:
    """Return the rows of each key that comes more than once, in their order."""
    groups: dict[str, list[_Row]] = {}
    for offset, table in _pieces(path):
        rows = pc.indices_nonzero(pc.is_in(table.column("record_key"), repeated))
        for index, row in zip(
            rows.to_pylist(), table.take(rows).to_pylist(), strict=True
        ):
            key, line = row.pop("record_key"), row.pop("source_line")
            modified = row.get("modified_at") or row.get("modified_date") or ""
            groups.setdefault(key, []).append(
                _Row(
                    index=offset + index,
                    line=line,
                    file=row["source_file"],
                    modified=str(modified),
                    said=tuple(row.values()),
                )
            )
    return groups


def _pieces(path: Path) -> Iterator[tuple[int, pa.Table]]:
    """Yield the file part by part, with the number of rows before each."""
    offset = 0
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group)
            yield offset, table
            offset += len(table)


def _rewrite(path: Path, numbered: dict[int, str], dropped: set[int]) -> None:
    """Write the file again without the rows dropped and with the keys numbered."""
    fresh = path.with_suffix(".settled")
    writer: pq.ParquetWriter | None = None
    for offset, table in _pieces(path):
        writer = writer or pq.ParquetWriter(fresh, table.schema, compression="zstd")
        indices = range(offset, offset + len(table))
        if numbered:
            keys = table.column("record_key").to_pylist()
            keys = [numbered.get(i, k) for i, k in zip(indices, keys, strict=True)]
            place = table.schema.get_field_index("record_key")
            table = table.set_column(place, "record_key", pa.array(keys, pa.string()))
        table = table.filter(pa.array([i not in dropped for i in indices], pa.bool_()))
        writer.write_table(table)
    if writer is not None:
        writer.close()
        fresh.replace(path)


def _report(target: Object, dropped: dict[int, tuple[_Row, str]]) -> Settled:
    """Return the list and the counts of the rows dropped."""
    part = target.key[0] if target.key else "row"
    notes = []
    settled = Settled()
    for _, (row, problem) in sorted(dropped.items()):
        code = f"{target.name}.{part}.{problem}"
        settled.reasons[code] = settled.reasons.get(code, 0) + 1
        notes.append(
            {
                "file": row.file,
                "line": row.line,
                "column": None,
                "value": None,
                "problem": code,
                "object": target.name,
                "kept": False,
            }
        )
    settled.rejects = pa.Table.from_pylist(notes, schema=REJECTS)
    return settled
