"""The canonical objects and their fields, as objects.toml states them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

FILE = Path(__file__).with_name("objects.toml")
TIMESTAMP = pa.timestamp("us")
ARROW = {
    "id": pa.string(),
    "ref": pa.string(),
    "text": pa.string(),
    "email": pa.string(),
    "choice": pa.string(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Field:
    """One field: its name, type, and what a row must satisfy."""

    name: str
    type: str
    required: bool = False
    past: bool = False
    values: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of its Parquet columns: two for a moment, else one."""
        if self.type != "moment":
            return (self.name,)
        return (self.name, day(self.name))


@dataclass(frozen=True)
class Object:
    """One canonical object; ``key`` and ``needs`` as explained in objects.toml."""

    name: str
    key: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    counts: bool
    fields: Mapping[str, Field]

    @property
    def moment(self) -> str | None:
        """Return the moment that tells which period a file covers, if any."""
        for name in (f"{self.name}_at", "event_at", "start_at", "created_at"):
            if name in self.fields:
                return name
        return None

    def schema(self) -> pa.Schema:
        """Return the columns of the object's Parquet files."""
        columns: list[tuple[str, pa.DataType]] = []
        for field in self.fields.values():
            if field.type == "moment":
                columns += [(field.name, TIMESTAMP), (day(field.name), pa.date32())]
            else:
                columns.append((field.name, ARROW[field.type]))
        columns += [
            ("record_key", pa.string()),
            ("source_line", pa.int64()),
            ("source_file", pa.string()),
        ]
        return pa.schema(columns)


def day(moment: str) -> str:
    """Return the name of the column that holds a moment's day: x_at -> x_date."""
    return moment.removesuffix("_at") + "_date"


def _field(name: str, entry: Mapping[str, Any]) -> Field:
    """Build one field from its entry."""
    return Field(
        name=name,
        type=entry["type"],
        required=entry.get("required", False),
        past=entry.get("past", False),
        values=tuple(entry.get("values", ())),
    )


@cache
def objects() -> Mapping[str, Object]:
    """Return every canonical object by name, in the order of the file."""
    with FILE.open("rb") as file:
        entries = tomllib.load(file)
    return {
        name: Object(
            name=name,
            key=tuple(entry["key"]),
            needs=tuple(tuple(need) for need in entry["needs"]),
            counts=entry["counts"],
            fields={n: _field(n, e) for n, e in entry["fields"].items()},
        )
        for name, entry in entries.items()
    }
