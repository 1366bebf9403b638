"""How a delimited text is laid out: its delimiter, its header, what stands above it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from core.sources.footer import is_blank
from core.sources.records import Records, split
from core.sources.tables import Score

DELIMITERS = (",", ";", "\t", "|", "^")
HEADER_ROWS = 25
_PROBE = 200
csv.field_size_limit(64 * 1024 * 1024)


@dataclass(frozen=True)
class Dialect:
    """The layout of a delimited text.

    The first row starts at byte ``start`` of the regular text, after ``lines_above``
    lines, ``header_line`` (from 1) being where the header itself begins; of the lines
    above the header ``title_lines`` hold something and ``blank_lines`` nothing.
    """

    delimiter: str
    header: tuple[str, ...]
    header_line: int
    title_lines: int
    blank_lines: int
    start: int
    lines_above: int


@dataclass(frozen=True)
class _Attempt:
    """What a text looks like when read with one delimiter."""

    delimiter: str
    records: Records
    rows: list[list[str]]
    width: int
    share: float
    header: int | None
    known: int


def cells_of(record: bytes, delimiter: str) -> list[str]:
    """Return the cells of one record."""
    text = record.decode("utf-8", errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return next(reader, [])


def detect(text: bytes, score: Score, *, whole: bool) -> Dialect | None:
    """Return the layout of a text from its head, or None when it is not a table.

    ``whole`` says that ``text`` is all there is. The delimiter is found by reading: the
    one under which a row holds most known names, else the one that gives most records
    the same number of cells.
    """
    if whole and text and not text.endswith(b"\n"):
        text += b"\n"
    named = _named_delimiter(text)
    attempts = [
        attempt
        for delimiter in ((named,) if named else DELIMITERS)
        if (attempt := _attempt(text, delimiter, score, skip=1 if named else 0))
    ]
    if not attempts:
        return None
    best = max(
        attempts,
        key=lambda a: (a.known if a.known > 1 else 0, a.width > 1, a.share, a.width),
    )
    if best.width < 2:
        # One column is a table only when its name is known: a list of e-mails.
        single = [a for a in attempts if a.known and a.header is not None]
        if not single:
            return None
        best = single[0]
    return _dialect(text, best)


def _named_delimiter(text: bytes) -> str | None:
    """Return the delimiter that Excel's own first line ("sep=;") gives."""
    line = text[:16].split(b"\n", 1)[0].strip().strip(b'"')
    if line[:4].lower() != b"sep=" or len(line) > 5:
        return None
    mark = line[4:5].decode("ascii", errors="replace") or "\t"
    return mark if mark in (*DELIMITERS, ":", "~", "#") else None


def _attempt(text: bytes, delimiter: str, score: Score, skip: int) -> _Attempt | None:
    records = split(text, delimiter)
    count = min(len(records), _PROBE)
    rows = [
        cells_of(text[records.starts[i] : records.ends[i]], delimiter)
        for i in range(count)
    ]
    filled = [
        (i, cells) for i, cells in enumerate(rows) if i >= skip and not is_blank(cells)
    ]
    if not filled:
        return None
    widths = Counter(len(cells) for _, cells in filled)
    width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    header, known = _header(filled, width, score)
    return _Attempt(delimiter, records, rows, width, times / len(filled), header, known)


def _header(
    filled: Sequence[tuple[int, list[str]]], width: int, score: Score
) -> tuple[int | None, int]:
    scores = [(index, score(cells)) for index, cells in filled[:HEADER_ROWS]]
    for index, known in scores:
        if known >= 2:
            return index, known
    for index, cells in filled[:HEADER_ROWS]:
        if len(cells) == width and (width == 1 or sum(map(bool, cells)) > 1):
            return index, dict(scores)[index]
    return None, 0


def _dialect(text: bytes, found: _Attempt) -> Dialect | None:
    if found.header is None:
        return None
    cells = found.rows[found.header]
    # Rows that all end with a delimiter have one cell more than the header has names.
    if found.width == len(cells) + 1 and found.share > 0.5:
        below = found.rows[found.header + 1 :]
        if all(not row[-1] for row in below if len(row) == found.width):
            cells = [*cells, ""]
    elif found.width == len(cells) - 1 and found.share > 0.5 and not cells[-1]:
        cells = cells[:-1]
    above = found.rows[: found.header]
    blank = sum(is_blank(row) for row in above)
    last = found.header == len(found.records) - 1
    records = found.records
    return Dialect(
        delimiter=found.delimiter,
        header=(cells[0].removeprefix("\ufeff"), *cells[1:]),
        header_line=int(records.lines[found.header]) + 1,
        title_lines=len(above) - blank,
        blank_lines=blank,
        start=records.rest if last else int(records.starts[found.header + 1]),
        lines_above=records.line_count
        if last
        else int(records.lines[found.header + 1]),
    )
