"""Tables whose rows come as cells already: sheets of workbooks, tables of web pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from core.sources.cells import text_table
from core.sources.footer import TAIL, is_blank, is_note_anywhere, tail_notes
from core.sources.tables import (
    MAX_CELL,
    MEBIBYTE,
    Progress,
    RowReject,
    Score,
    TextBatch,
    TextTable,
    unreadable,
)

HEADER_ROWS = 25
_PROBE = 200
_BATCH = 10_000
Row = tuple[int, list[str]]
Rows = Callable[[], Iterator[Row]]


@dataclass(frozen=True)
class Layout:
    """Where the header of a grid is and what stands above it."""

    header: tuple[str, ...]
    header_line: int
    title_lines: int
    blank_lines: int
    known: int


@dataclass(frozen=True)
class GridTable(TextTable):
    """A table that is read row by row; ``rows`` gives (number, cells) from the top."""

    rows: Rows
    blank_lines: int
    size: int
    notices: Mapping[str, int] = field(default_factory=dict)

    @property
    def margin(self) -> int:
        """Return how many empty columns stand left of the table, as in a formatted
        report of Salesforce."""
        named = (at for at, text in enumerate(self.header) if text.strip())
        return next(named, 0)

    def batches(
        self,
        columns: Sequence[int] | None = None,
        progress: Progress | None = None,
    ) -> Iterator[TextBatch]:
        """Yield every row once; see TextTable."""
        wanted = range(len(self.header)) if columns is None else columns
        work = _Work(self, list(wanted))
        work.skip("title", self.title_lines)
        work.skip("blank", self.blank_lines)
        work.warnings = dict(self.notices)
        waiting: deque[Row] = deque()
        for line, cells in self.rows():
            if line <= self.header_line:
                continue
            waiting.append((line, cells))
            if len(waiting) > TAIL:
                work.take(*waiting.popleft())
            if work.count >= _BATCH:
                yield work.batch()
        inside = [cells[self.margin :] for _, cells in waiting]
        notes = tail_notes(inside, len(self.header) - self.margin)
        for index, (line, cells) in enumerate(waiting):
            if index in notes:
                work.skip("blank" if is_blank(cells) else "footer", 1)
            else:
                work.take(line, cells)
        yield work.batch()
        if progress is not None:
            progress(self.size)


class _Work:
    """The batch being filled."""

    def __init__(self, table: GridTable, wanted: list[int]) -> None:
        self.table, self.wanted, self.margin = table, wanted, table.margin
        self.warnings: dict[str, int] = {}
        self._empty()

    def _empty(self) -> None:
        self.columns: list[list[str]] = [[] for _ in self.wanted]
        self.lines: list[int] = []
        self.rejects: list[RowReject] = []
        self.skipped: dict[str, int] = {}
        self.count = 0

    def skip(self, kind: str, count: int) -> None:
        if count:
            self.skipped[kind] = self.skipped.get(kind, 0) + count

    def take(self, line: int, cells: list[str]) -> None:
        self.count += 1
        header = self.table.header
        width = len(header)
        if is_blank(cells):
            self.skip("blank", 1)
            return
        if len(cells) < width:
            cells = cells + [""] * (width - len(cells))
        if tuple(cells[:width]) == header:
            self.skip("repeated_header", 1)
        elif is_note_anywhere(cells[self.margin :]):
            self.skip("footer", 1)
        elif any(cells[width:]):
            shown = " | ".join(cells)[:200]
            self.rejects.append(RowReject(line, None, shown, "too_many_cells"))
        else:
            self._add(line, cells)

    def _add(self, line: int, cells: list[str]) -> None:
        for column, position in zip(self.columns, self.wanted, strict=True):
            cell = cells[position]
            if len(cell) > MAX_CELL // 4 and len(cell.encode()) > MAX_CELL:
                limit = MAX_CELL // MEBIBYTE
                file, name = self.table.file, self.table.header[position]
                raise unreadable(
                    file, "cell_too_long", line=line, column=name, limit=limit
                )
            if "\0" in cell:
                cell = cell.replace("\0", "")
                self.warnings["nul_removed"] = self.warnings.get("nul_removed", 0) + 1
            column.append(cell)
        self.lines.append(line)

    def batch(self) -> TextBatch:
        """Return what was gathered and start again."""
        made = TextBatch(
            text_table(self.columns, self.wanted),
            pa.array(self.lines, pa.int64()),
            self.rejects,
            self.skipped,
            self.warnings,
        )
        self._empty()
        self.warnings = {}
        return made


def layout(rows: Rows, score: Score) -> Layout | None:
    """Find the header among the first rows; None when nothing looks like a table."""
    head: list[Row] = []
    for row in rows():
        if not is_blank(row[1]):
            head.append(row)
        if len(head) >= _PROBE:
            break
    if not head:
        return None
    found = _header(head, score)
    if found is None:
        return None
    line, cells = head[found]
    below = [row for _, row in head[found + 1 :]]
    width = max((_filled_width(row) for row in [cells, *below]), default=0)
    # Formatting alone can widen a sheet; a figure beside the table must not.
    named = _filled_width(cells)
    beyond = sum(_filled_width(row) > named for row in below)
    width = width if 2 * beyond > len(below) else named
    padded = (*cells, *[""] * width)[:width]
    return Layout(padded, line, found, line - 1 - found, score(padded))


def _filled_width(cells: Sequence[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _header(head: Sequence[Row], score: Score) -> int | None:
    for index, (_, cells) in enumerate(head[:HEADER_ROWS]):
        if score(cells) >= 2:
            return index
    counts = [sum(bool(cell.strip()) for cell in cells) for _, cells in head]
    for index, count in enumerate(counts[:HEADER_ROWS]):
        if count > 1 and 2 * count >= max(counts):
            return index
    if max(counts) == 1 and score(head[0][1]) == 1:
        return 0
    return None
