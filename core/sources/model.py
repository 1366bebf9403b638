"""What is known of a file before, while and after it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FileFormat = Literal["csv", "xlsx", "html"]
DateOrder = Literal["ymd", "dmy", "mdy"]


@dataclass(frozen=True)
class Choices:
    """What a person decided about files with the same header.

    ``bindings`` maps a column's position to a field, or to None for "leave it out";
    ``values`` maps field -> the file's own word -> one of the field's values.
    Everything is optional: what is None or absent is guessed.
    """

    object: str | None = None
    vendor: str | None = None
    bindings: Mapping[int, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    date_order: DateOrder | None = None
    timezone: str | None = None
    campaign: str | None = None


@dataclass(frozen=True)
class Column:
    """One column of a file and what it becomes.

    ``reason`` says why, as a catalogue code under ``binding.<reason>``: ``header``
    (its name is known), ``vendor`` (this vendor's name), ``remembered``, ``chosen``,
    ``unknown``, ``left_out``. ``filled`` is the share of non-empty cells, 0..1.
    """

    position: int
    header: str
    samples: tuple[str, ...]
    filled: float
    field: str | None
    reason: str


@dataclass(frozen=True)
class Word:
    """One value of a choice column as the file writes it, and what it becomes."""

    text: str
    count: int
    value: str | None
    reason: str


@dataclass(frozen=True)
class Question:
    """Something only a person can answer before the file is read.

    ``code`` is one of ``object``, ``date_order``, ``timezone``, ``campaign``,
    ``value`` and ``column`` (several columns of one name: the options are positions);
    ``options`` are the answers offered, ``guess`` the one taken when nobody answers.
    Text is under ``question.<code>`` in the catalogues.
    """

    code: str
    field: str | None = None
    options: tuple[str, ...] = ()
    guess: str | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inspection:
    """A file that can be read, before it is: shown on the review screen."""

    file: str
    format: FileFormat
    encoding: str
    delimiter: str | None
    header_line: int
    title_lines: int
    vendor: str | None
    object: str | None
    why: tuple[str, ...]
    signature: str
    columns: tuple[Column, ...]
    words: Mapping[str, tuple[Word, ...]]
    questions: tuple[Question, ...]
    preview: tuple[tuple[str, ...], ...]
    date_order: DateOrder | None
    timezone: str | None
    member: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Refusal:
    """A file, or a member of one, that is not read; nothing changes.

    ``cause`` is a catalogue code: sentences are ``cause.<cause>`` and what to do is
    ``remedy.<cause>``, both formatted with ``values``. ``skipped`` tells files that
    are left out on purpose (pictures, objects that say nothing) from failures.
    """

    file: str
    cause: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    skipped: bool = False


@dataclass(frozen=True)
class FileReport:
    """What became of one file. ``rows_read = rows_kept + rows_rejected``, always.

    ``reasons`` counts rejected rows by ``<object>.<field>.<problem>`` (or
    ``<object>.row.<problem>``); ``warnings`` counts what was kept but mended or left
    empty, by the same kind of code. ``period`` holds the first and last day (ISO)
    of the object's main moment. ``lines_skipped`` counts title, blank, repeated
    header and footer lines, which are not rows.
    """

    file: str
    vendor: str | None
    object: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    reasons: Mapping[str, int]
    warnings: Mapping[str, int]
    lines_skipped: Mapping[str, int]
    encoding: str
    delimiter: str | None
    date_order: DateOrder | None
    timezone: str | None
    period: tuple[str, str] | None
    sha256: str
    signature: str
    bindings: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    format: FileFormat = "csv"
