"""Tables of text as files hold them, before anything is understood.

Every value is text and every row keeps the line it was written on. Nothing is dropped
in silence: what a table yields, rejects and skips is counted.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from core.errors import UnreadableFile
from core.sources.model import FileFormat, Refusal

MEBIBYTE = 1024 * 1024
MAX_COLUMNS = 1000
MAX_HEADER = 200
MAX_CELL = MEBIBYTE
MAX_SAMPLE = 32 * MEBIBYTE

Score = Callable[[Sequence[str]], int]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class RowReject:
    """A row that could not be told apart into cells.

    ``line`` is the line of the file, from 1; ``column`` the header it fails on, if any;
    ``value`` the row's own text (shortened); ``problem`` a code under ``reason.``.
    """

    line: int
    column: str | None
    value: str
    problem: str


@dataclass(frozen=True)
class TextBatch:
    """Some rows of a table, in the order of the file.

    ``table`` has string columns named by their position in the file ("0", "1", …);
    ``lines`` the line (CSV) or row (workbook) each was read on. ``rejects`` are
    rows too: rows read = rows of ``table`` + rejects. ``skipped`` counts lines that
    are not rows (``title``, ``blank``, ``footer``, ``repeated_header``); ``warnings``
    what was mended, by a code under ``warning.``.
    """

    table: pa.Table
    lines: pa.Int64Array
    rejects: list[RowReject] = field(default_factory=list)
    skipped: Mapping[str, int] = field(default_factory=dict)
    warnings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TextTable(ABC):
    """One table of a file: a CSV, a sheet of a workbook, a table of a web page.

    ``file`` is the name shown ("export.zip › Account.csv"); ``header`` the column
    names as written, in order, repeated names included; ``header_line`` the line they
    are on; ``title_lines`` how many lines that are not blank stand above it.
    """

    file: str
    format: FileFormat
    encoding: str
    delimiter: str | None
    header: tuple[str, ...]
    header_line: int
    title_lines: int
    member: str | None
    sheet: str | None

    @abstractmethod
    def batches(
        self,
        columns: Sequence[int] | None = None,
        progress: Progress | None = None,
    ) -> Iterator[TextBatch]:
        """Yield every row once; may be called again.

        ``columns`` are the positions to keep, all by default; ``progress`` is told how
        many bytes of the table were read so far. Raises UnreadableFile when the file
        turns out to be damaged, or larger than allowed, part of the way.
        """

    def sample(self, rows: int = 20_000) -> list[list[str]]:
        """Return the first rows, ``rows`` at most, cell by cell ('' for an empty one).

        Fewer when they are long: a sample never weighs more than a few blocks.
        """
        found: list[list[str]] = []
        weight = 0
        for batch in self.batches():
            columns = [
                batch.table.column(i).to_pylist() for i in range(len(self.header))
            ]
            found += [list(cells) for cells in zip(*columns, strict=True)]
            weight += batch.table.nbytes
            if len(found) >= rows or weight > MAX_SAMPLE:
                break
        return found[:rows]


def unreadable(
    file: str,
    cause: str,
    line: int | None = None,
    value: str | None = None,
    **values: object,
) -> UnreadableFile:
    """Return the error for a file that cannot be read; see Refusal."""
    return UnreadableFile(file=file, cause=cause, line=line, value=value, values=values)


def refusal(error: UnreadableFile) -> Refusal:
    """Turn the error of a file into the Refusal that is handed on."""
    known = error.context
    line, value, values = known.get("line"), known.get("value"), known.get("values")
    return Refusal(
        file=str(known["file"]),
        cause=str(known["cause"]),
        line=line if isinstance(line, int) else None,
        value=None if value is None else str(value),
        values=dict(values) if isinstance(values, Mapping) else {},
    )
