"""Records cut into cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from core.sources.dialect import cells_of
from core.sources.encoding import Mends, mended
from core.sources.lines import Dropped
from core.sources.records import Positions, Records, split
from core.sources.tables import RowReject

_SHOWN = 200
Ragged = tuple[int, str, int]


def shown(record: bytes) -> str:
    """Return a record as it is shown to people: its beginning, on one line."""
    text = record[: 4 * _SHOWN].decode("utf-8", errors="replace").rstrip("\n")
    return " ".join(text.splitlines())[:_SHOWN]


@dataclass(frozen=True)
class Part:
    """The first ``stop`` records of a text that begins after ``line`` lines.

    ``dropped`` are those already known not to be rows.
    """

    data: bytes
    records: Records
    stop: int
    line: int
    dropped: Dropped = field(default_factory=dict)
    mended: dict[int, bytes] = field(default_factory=dict)

    def line_of(self, index: int) -> int:
        """Return the line of the file a record begins on, from 1."""
        return self.line + int(self.records.lines[index]) + 1

    def record(self, index: int) -> bytes:
        """Return the bytes of one record, without its line end."""
        return self.data[self.records.starts[index] : self.records.ends[index]]

    def mend(self, dropped: Dropped, mends: Mends) -> Iterator[RowReject]:
        """Make every record UTF-8; yield, and drop, those that cannot be."""
        end = int(self.records.ends[self.stop - 1]) if self.stop else 0
        for index in _not_utf8(self.data, self.records, end):
            if index in dropped:
                continue
            text = mended(self.record(index))
            if text is None:
                dropped[index] = "rejected"
                yield RowReject(
                    self.line_of(index), None, shown(self.record(index)), "undecodable"
                )
            else:
                self.mended[index] = text
                mends.add("encoding_repaired", 1)

    def stray_quotes(self) -> int:
        """Return in how many places a quote closes in the middle of a cell."""
        end = self.records.ends[self.stop - 1] if self.stop else 0
        return int(np.count_nonzero(self.records.strays < end))

    def kept(self, dropped: Dropped) -> tuple[bytes, Positions]:
        """Return the text of the records that are rows, and the line of each."""
        starts, records = self.records.starts, self.records
        lines = records.lines[: self.stop] + (self.line + 1)
        end = int(records.ends[self.stop - 1]) + 1 if self.stop else 0
        touched = sorted({*dropped, *self.mended})
        if not touched:
            return self.data[:end], lines
        pieces, at = [], 0
        for index in touched:
            pieces.append(self.data[at : starts[index]])
            if index not in dropped:
                pieces.append(self.mended[index] + b"\n")
            at = int(records.ends[index]) + 1
        pieces.append(self.data[at:end])
        rows = np.ones(self.stop, dtype=np.bool_)
        rows[list(dropped)] = False
        return b"".join(pieces), lines[rows]


def _not_utf8(data: bytes, records: Records, end: int) -> Iterator[int]:
    if data.isascii():
        return
    at = 0
    while at < end:
        try:
            data[at:end].decode("utf-8")
        except UnicodeDecodeError as error:
            found = np.searchsorted(records.starts, at + error.start, side="right") - 1
            yield int(found)
            at = int(records.ends[found]) + 1
        else:
            return


def cut(
    data: bytes, width: int, delimiter: str, columns: Sequence[int] | None, count: int
) -> tuple[pa.Table, list[Ragged]]:
    """Cut ``count`` records into cells.

    Returns the table of the records that have ``width`` cells, and for each other one
    its position among the records, its text and how many cells it has.
    """
    wanted = list(range(width)) if columns is None else list(columns)
    if count:
        with suppress(pa.ArrowInvalid):
            table, ragged = _by_arrow(data, width, delimiter, wanted)
            if table.num_rows + len(ragged) == count:
                return table, ragged
    return _by_python(data, width, delimiter, wanted)


def _by_arrow(
    data: bytes, width: int, delimiter: str, wanted: Sequence[int]
) -> tuple[pa.Table, list[Ragged]]:
    ragged: list[tuple[int | None, str, int]] = []

    def keep(row: pa_csv.InvalidRow) -> str:
        ragged.append((row.number, shown(row.text.encode()), row.actual_columns))
        return "skip"

    names = [str(position) for position in range(width)]
    options = {
        "parse_options": pa_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        "convert_options": pa_csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            include_columns=[names[position] for position in wanted],
            strings_can_be_null=False,
        ),
    }
    # Only a single thread knows row numbers, and they are wanted for bad rows only.
    for threads in (True, False):
        ragged.clear()
        table = pa_csv.read_csv(
            pa.BufferReader(data),
            read_options=pa_csv.ReadOptions(
                block_size=len(data) + 1, column_names=names, use_threads=threads
            ),
            **options,
        )
        if not ragged:
            break
    return table, [
        (number - 1, text, actual) for number, text, actual in ragged if number
    ]


def _by_python(
    data: bytes, width: int, delimiter: str, wanted: Sequence[int]
) -> tuple[pa.Table, list[Ragged]]:
    records = split(data, delimiter)
    columns: list[list[str]] = [[] for _ in wanted]
    ragged: list[Ragged] = []
    for index in range(len(records)):
        text = data[records.starts[index] : records.ends[index]]
        cells = cells_of(text, delimiter)
        if len(cells) != width:
            ragged.append((index, shown(text), len(cells)))
            continue
        for column, position in zip(columns, wanted, strict=True):
            column.append(cells[position])
    return text_table(columns, wanted), ragged


def text_table(columns: Sequence[Sequence[str]], wanted: Sequence[int]) -> pa.Table:
    """Return columns of text as a table named by their positions."""
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.table(arrays, names=[str(position) for position in wanted])
