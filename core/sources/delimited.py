"""Rows of a delimited text, block by block, each with its line and none lost.

Records are found by us, cut into cells by Arrow, and counted on both sides: a block on
which the two disagree is read again, record by record, by Python's own reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from core.sources import encoding
from core.sources.cells import Part, cut, shown
from core.sources.containers import Limited, Source
from core.sources.dialect import Dialect, cells_of
from core.sources.dialect import detect as layout
from core.sources.encoding import HEAD, Encoding, Mends, regular_blocks
from core.sources.footer import TAIL, tail_notes
from core.sources.lines import Dropped, not_rows
from core.sources.records import Records, split
from core.sources.tables import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_HEADER,
    MEBIBYTE,
    Progress,
    RowReject,
    Score,
    TextBatch,
    TextTable,
    unreadable,
)

MAX_RECORD = 16 * MEBIBYTE
_ZEROS = b"\0" * 256


@dataclass(frozen=True)
class DelimitedTable(TextTable):
    """A table written as delimited text; ``open`` gives its bytes from the start."""

    open: Callable[[], Limited]
    characters: Encoding
    dialect: Dialect
    last_cell_length: int | None = None

    def batches(
        self,
        columns: Sequence[int] | None = None,
        progress: Progress | None = None,
    ) -> Iterator[TextBatch]:
        """Yield every row once; see TextTable."""
        mends = Mends()
        if self.characters.guessed:
            mends.add("encoding_guessed", 1)
        read = [0]
        line, ahead, pending = self.dialect.lines_above, self.dialect.start, b""
        above = {"title": self.title_lines, "blank": self.dialect.blank_lines}
        with self.open() as stream:
            for block in regular_blocks(stream, self.characters, mends, read):
                if ahead:
                    ahead, block = max(0, ahead - len(block)), block[ahead:]
                data = pending + self._without_zeros(block, line, pending, mends)
                records = split(data, self.dialect.delimiter)
                self._check_open(data, records, line)
                stop = _before_tail(records)
                if stop:
                    yield self._batch(Part(data, records, stop, line), columns, mends)
                    line += int(records.lines[stop])
                    data = data[int(records.starts[stop]) :]
                pending = data
                if progress is not None:
                    progress(read[0])
        last = self._end(pending, line, columns, mends)
        yield TextBatch(
            last.table,
            last.lines,
            last.rejects,
            _sum(last.skipped, above),
            last.warnings,
        )
        if progress is not None:
            progress(read[0])

    def _without_zeros(
        self, block: bytes, line: int, pending: bytes, mends: Mends
    ) -> bytes:
        if b"\0" not in block:
            return block
        at = block.find(_ZEROS)
        if at >= 0:
            where = line + pending.count(b"\n") + block.count(b"\n", 0, at) + 1
            raise unreadable(self.file, "file_damaged", line=where)
        mends.add("nul_removed", block.count(b"\0"))
        return block.replace(b"\0", b"")

    def _check_open(self, data: bytes, records: Records, line: int) -> None:
        """Refuse a cell that does not end, before it fills the memory."""
        opened = records.open_quote
        if opened is not None and len(data) - opened > MAX_CELL:
            cause = (
                "unclosed_quote" if self._swallows(data[opened:]) else "cell_too_long"
            )
            where = line + data.count(b"\n", 0, opened) + 1
            raise unreadable(self.file, cause, line=where, limit=MAX_CELL // MEBIBYTE)
        if len(data) - records.rest > MAX_RECORD:
            where = line + records.line_count + 1
            raise unreadable(
                self.file, "cell_too_long", line=where, limit=MAX_CELL // MEBIBYTE
            )

    def _swallows(self, text: bytes) -> bool:
        """Tell whether the inside of an open quote is made of whole rows."""
        lines = text[:MAX_CELL].split(b"\n")[1:]
        full = [line for line in lines if line.strip()]
        mark = self.dialect.delimiter.encode()
        expected = len(self.header) - 1
        alike = sum(line.count(mark) >= expected for line in full)
        return bool(full) and expected > 0 and 2 * alike >= len(full)

    def _end(
        self, data: bytes, line: int, columns: Sequence[int] | None, mends: Mends
    ) -> TextBatch:
        """Read the last records: footers, and the row that a cut download leaves."""
        lost: list[RowReject] = []
        ended = data.endswith(b"\n") or not data
        if not ended:
            data += b"\n"
        records = split(data, self.dialect.delimiter)
        if records.open_quote is not None:
            opened = records.open_quote
            where = line + data.count(b"\n", 0, opened) + 1
            if self._swallows(data[opened:]):
                raise unreadable(self.file, "unclosed_quote", line=where)
            rest = data[records.rest :]
            begun = line + records.line_count + 1
            lost.append(RowReject(begun, None, shown(rest), "truncated"))
        first = max(0, len(records) - TAIL)
        tail = [
            cells_of(data[records.starts[i] : records.ends[i]], self.dialect.delimiter)
            for i in range(first, len(records))
        ]
        dropped: Dropped = {}
        for index in tail_notes(tail, len(self.header)):
            blank = not any(cell.strip() for cell in tail[index])
            dropped[first + index] = "blank" if blank else "footer"
        last = len(records) - 1
        complete = ended or lost or last < 0 or last in dropped
        if not complete and self._is_cut(tail[-1]):
            text = data[records.starts[last] : records.ends[last]]
            where = line + int(records.lines[last]) + 1
            lost.append(RowReject(where, None, shown(text), "truncated"))
            dropped[last] = "rejected"
        part = Part(data, records, len(records), line, dropped)
        batch = self._batch(part, columns, mends)
        if not lost:
            return batch
        warnings = _sum(batch.warnings, {"truncated": 1})
        return TextBatch(
            batch.table, batch.lines, batch.rejects + lost, batch.skipped, warnings
        )

    def _is_cut(self, cells: Sequence[str]) -> bool:
        """Tell whether the last row, without line end, stops before its own end."""
        if len(cells) < len(self.header):
            return True
        usual = self.last_cell_length
        return usual is not None and 0 < len(cells[-1]) < usual

    def _batch(
        self, part: Part, columns: Sequence[int] | None, mends: Mends
    ) -> TextBatch:
        """Cut some records into cells; what is not a row is dropped and counted."""
        self._checkcut(part)
        dropped = not_rows(part.data, part.records, part.stop, self.dialect)
        dropped |= part.dropped
        rejects = list(part.mend(dropped, mends))
        mends.add("stray_quote", part.stray_quotes())
        data, lines = part.kept(dropped)
        width, mark = len(self.header), self.dialect.delimiter
        table, bad = cut(data, width, mark, columns, len(lines))
        if bad:
            good = np.ones(len(lines), dtype=np.bool_)
            for number, text, actual in bad:
                good[number] = False
                few = actual < len(self.header)
                problem = "too_few_cells" if few else "too_many_cells"
                rejects.append(RowReject(int(lines[number]), None, text, problem))
            lines = lines[good]
        if table.num_rows != len(lines):
            message = f"{self.file}: {table.num_rows} rows for {len(lines)} records"
            raise AssertionError(message)
        skipped: dict[str, int] = {}
        for kind in dropped.values():
            if kind != "rejected":
                skipped[kind] = skipped.get(kind, 0) + 1
        rejects.sort(key=lambda reject: reject.line)
        return TextBatch(table, pa.array(lines), rejects, skipped, mends.take())

    def _checkcut(self, part: Part) -> None:
        records = part.records
        lengths = records.ends[: part.stop] - records.starts[: part.stop]
        for index in np.flatnonzero(lengths > MAX_CELL):
            text = part.data[records.starts[index] : records.ends[index]]
            for position, cell in enumerate(cells_of(text, self.dialect.delimiter)):
                if len(cell.encode()) > MAX_CELL:
                    raise unreadable(
                        self.file,
                        "cell_too_long",
                        line=part.line + int(records.lines[index]) + 1,
                        column=(*self.header, "")[min(position, len(self.header))],
                        limit=MAX_CELL // MEBIBYTE,
                    )


def _before_tail(records: Records) -> int:
    """Return how many records surely stand before the footer."""
    stop = max(0, len(records) - TAIL)
    # Long records are not all kept waiting: a footer's lines are short.
    while stop < len(records) - 1 and records.rest - records.starts[stop] > MEBIBYTE:
        stop += 1
    return stop


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {
        key: count
        for key in {**one, **other}
        if (count := one.get(key, 0) + other.get(key, 0))
    }


def open_delimited(source: Source, score: Score) -> DelimitedTable:
    """Return the table a delimited text holds.

    Raises UnreadableFile when it is empty, is no table, or has no row.
    """
    with source.open() as stream:
        characters = encoding.detect(stream, seekable=source.plain)
    text, whole = _head(source, characters)
    if not text.strip():
        raise unreadable(source.file, "empty_file")
    dialect = layout(text, score, whole=whole)
    if dialect is None:
        raise unreadable(source.file, "not_a_table")
    _check_header(source.file, dialect)
    table = DelimitedTable(
        file=source.file,
        format="csv",
        encoding=characters.name,
        delimiter=dialect.delimiter,
        header=dialect.header,
        header_line=dialect.header_line,
        title_lines=dialect.title_lines,
        member=source.member,
        sheet=None,
        open=source.open,
        characters=characters,
        dialect=dialect,
        last_cell_length=_usual_length(text[dialect.start :], dialect),
    )
    if whole and not any(
        batch.table.num_rows or batch.rejects for batch in table.batches()
    ):
        names = ", ".join(name for name in dialect.header if name)
        raise unreadable(source.file, "no_rows", columns=names)
    return table


def _head(source: Source, characters: Encoding) -> tuple[bytes, bool]:
    """Return the regular text of the beginning of a file, and whether it is all."""
    text, read = b"", [0]
    with source.open() as stream:
        for block in regular_blocks(stream, characters, Mends(), read):
            text += block.replace(b"\0", b"")
            if len(text) >= HEAD:
                return text[:HEAD], False
    return text, True


def _check_header(file: str, dialect: Dialect) -> None:
    if len(dialect.header) > MAX_COLUMNS:
        raise unreadable(
            file,
            "too_many_columns",
            line=dialect.header_line,
            count=len(dialect.header),
            limit=MAX_COLUMNS,
        )
    for name in dialect.header:
        if len(name) > MAX_HEADER:
            raise unreadable(
                file,
                "header_too_long",
                line=dialect.header_line,
                value=name[:80],
                limit=MAX_HEADER,
            )


def _usual_length(text: bytes, dialect: Dialect) -> int | None:
    """Return how long every last cell is, when all are alike (dates, ids)."""
    records = split(text, dialect.delimiter)
    lengths: list[int] = []
    for index in range(min(len(records), 200)):
        cells = cells_of(
            text[records.starts[index] : records.ends[index]], dialect.delimiter
        )
        if len(cells) == len(dialect.header):
            lengths.append(len(cells[-1]))
    return lengths[0] if len(lengths) > 1 and len(set(lengths)) == 1 else None
