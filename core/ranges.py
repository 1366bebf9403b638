"""Which files may tell of the same records, by the range of keys that each holds.

A file never repeats a key (`core.sources.duplicates`), and the ranges stand in its
footer: months of history whose keys all come before or after need no look at a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

KEY = "record_key"
Span = tuple[str, str]


def span(path: Path) -> Span | None:
    """Return the first and the last key of a file; None when it holds no row.

    A file that does not say may hold any key.
    """
    written = pq.read_metadata(path)
    if not written.num_rows:
        return None
    place = written.schema.to_arrow_schema().get_field_index(KEY)
    lows, highs = [], []
    for number in range(written.num_row_groups):
        group = written.row_group(number)
        if not group.num_rows:
            continue
        known = group.column(place).statistics
        if known is None or not known.has_min_max:
            return "", chr(0x10FFFF)
        lows.append(str(known.min))
        highs.append(str(known.max))
    return min(lows), max(highs)


def meeting(paths: Sequence[Path]) -> list[Path]:
    """Return the files whose range of keys meets another one's."""
    spans = {path: found for path in paths if (found := span(path))}
    return [path for path in spans if _meets(path, spans)]


def _meets(path: Path, spans: dict[Path, Span]) -> bool:
    low, high = spans[path]
    return any(
        low <= last and first <= high
        for other, (first, last) in spans.items()
        if other != path
    )
