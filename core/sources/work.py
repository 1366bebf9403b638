"""A batch of rows on its way from text to an object, and the list of its problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from core.sources import moments
from core.sources.bindings import Plan, Source
from core.sources.objects import Field

REJECTS = pa.schema(
    [
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("problem", pa.string()),
        ("object", pa.string()),
        ("kept", pa.bool_()),
    ]
)
SHOWN = 200


@dataclass(frozen=True)
class Reading:
    """All that is decided about a file before its rows are read.

    ``styles`` and ``marks`` go by position: how a column writes moments and decimals.
    ``words`` are a person's own value maps. Moments after ``latest`` (UTC) that must be
    past are rejected.
    """

    file: str
    header: tuple[str, ...]
    plan: Plan
    styles: Mapping[int, moments.Style]
    marks: Mapping[int, str]
    words: Mapping[str, Mapping[str, str | None]]
    latest: datetime
    campaign: str | None = None

    @property
    def positions(self) -> list[int]:
        """Return the positions of the columns that are read."""
        sources = self.plan.sources.values()
        read = {source.position for found in sources for source in found}
        only = self.plan.only
        return sorted(read | ({only.position} if only else set()))


@dataclass
class Converted:
    """What became of a batch: rows kept, rows rejected and cells left empty."""

    kept: pa.Table
    rejects: pa.Table
    reasons: dict[str, int] = field(default_factory=dict)
    warnings: dict[str, int] = field(default_factory=dict)


@dataclass
class Work:
    """Work in progress on a batch."""

    reading: Reading
    lines: pa.Array
    cells: Mapping[int, pa.Array]
    columns: dict[str, pa.Array] = field(default_factory=dict)
    failures: list[tuple[Field, Source, pa.Array, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.lines)


def cells_of(work: Work, source: Source) -> pa.Array:
    """Return the cells of a source, without those it does not speak of."""
    cells = work.cells[source.position]
    if source.name.matches:
        found = pc.match_substring_regex(cells, source.name.matches)
        cells = pc.if_else(found, cells, pa.scalar(None, pa.string()))
    if source.name.filled:
        filled = pa.scalar(source.name.filled)
        cells = pc.if_else(pc.is_valid(cells), filled, pa.scalar(None, pa.string()))
    return cells


def tomorrow(now: datetime) -> datetime:
    """Return the last moment that is believed of something past."""
    return now + timedelta(days=1)
