"""The Parquet file that the rows of one table land in, and which keys come twice."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

GROUP_ROWS = 131_072
# A dictionary of a column whose cells mostly differ costs time and saves nothing.
_MOST_DIFFERENT = 0.5
_SEED, _PRIME = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)
Prints = NDArray[np.uint64]


class Landing:
    """Writes rows in large groups, in a thread beside; `repeats` looks at their keys.

    On two cores the next rows are converted while the last ones are compressed. No
    more than two groups are ever held.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        """Name the file; it is made when it closes, or its first group is full."""
        self._path, self._schema = path, schema
        self._waiting: list[pa.Table] = []
        self._rows = 0
        self._prints: list[Prints] = []
        self._writer: pq.ParquetWriter | None = None
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._last: Future[None] | None = None

    def __enter__(self) -> Landing:
        """Start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the file; what could not be written is raised here at the latest."""
        try:
            if kind is None:
                self._flush()
                self._settle()
        finally:
            self._beside.shutdown()
            if self._writer is not None:
                self._writer.close()

    def add(self, rows: pa.Table) -> None:
        """Take rows of the schema, in the order of the file."""
        for keys in rows.column("record_key").chunks:
            self._prints.append(prints(keys))
        self._waiting.append(rows)
        self._rows += len(rows)
        if self._rows >= GROUP_ROWS:
            self._flush()

    def repeats(self) -> bool:
        """Tell whether two rows may have the same key; False is certain."""
        if not self._prints:
            return False
        every = np.concatenate(self._prints)
        every.sort()
        return bool((every[1:] == every[:-1]).any())

    def _flush(self) -> None:
        group = pa.concat_tables([self._schema.empty_table(), *self._waiting])
        self._waiting, self._rows = [], 0
        self._settle()
        self._last = self._beside.submit(self._write, group)

    def _settle(self) -> None:
        if self._last is not None:
            self._last.result()
            self._last = None

    def _write(self, group: pa.Table) -> None:
        if self._writer is None:
            self._writer = pq.ParquetWriter(
                self._path,
                self._schema,
                compression="zstd",
                use_dictionary=_repetitive(group),
            )
        self._writer.write_table(group)


def _repetitive(rows: pa.Table) -> list[str]:
    """Return the columns whose cells are mostly the same few."""
    most = _MOST_DIFFERENT * len(rows)
    return [
        name
        for name in rows.column_names
        if pc.count_distinct(rows.column(name), mode="all").as_py() <= most
    ]


def prints(keys: pa.StringArray) -> Prints:
    """Return a number for each text: the same for the same text, rarely for others."""
    _, places, content = keys.buffers()
    found = np.zeros(len(keys), np.uint64)
    if content is None:
        return found
    ends = np.frombuffer(places, np.int32)[keys.offset :][: len(keys) + 1]
    codes = np.frombuffer(content, np.uint8)
    lengths = np.diff(ends)
    for length in np.flatnonzero(np.bincount(lengths)):
        rows = np.flatnonzero(lengths == length)
        text = np.zeros((len(rows), -(-length // 8) * 8), np.uint8)
        if len(rows) == len(keys):
            text[:, :length] = codes[ends[0] : ends[-1]].reshape(-1, length)
        else:
            text[:, :length] = codes[ends[rows][:, None] + np.arange(length)]
        mixed = np.full(len(rows), _SEED ^ np.uint64(length))
        for word in text.view(np.uint64).T:
            mixed = (mixed ^ word) * _PRIME
            mixed ^= mixed >> _HALF
        found[rows] = mixed
    return found
