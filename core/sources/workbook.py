"""Sheets of Excel workbooks, after a look at what reading them would cost.

A workbook of two kilobytes can ask for all the memory there is, so its parts are
measured as bytes before anything is read from them. Macros, links and objects are never
looked at: only cells are.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import python_calamine as calamine

from core.sources.containers import Source
from core.sources.grid import GridTable, Row, layout
from core.sources.model import Refusal
from core.sources.sheets import Sheet, measure
from core.sources.signatures import CAUSES, kind_of_zip
from core.sources.tables import MEBIBYTE, Score, TextTable, unreadable

MAX_WORKBOOK = 256 * MEBIBYTE
_LOCKED = "EncryptedPackage".encode("utf-16-le")
# Whole numbers up to here are exact in a workbook; beyond, digits are already lost.
_EXACT = 1e15
Cell = str | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta


def is_locked(source: Source) -> bool:
    """Tell whether an old-style container holds a workbook with a password."""
    with source.open() as stream:
        before = b""
        while block := stream.read(MEBIBYTE):
            if _LOCKED in before + block:
                return True
            before = block[-len(_LOCKED) :]
    return False


def open_workbook(source: Source, score: Score) -> Iterator[TextTable | Refusal]:
    """Yield a table for each visible sheet with rows; say which are left out.

    Raises UnreadableFile for what is no workbook or would cost too much to read.
    """
    data = source.head(MAX_WORKBOOK + 1)
    if len(data) > MAX_WORKBOOK:
        limit = MAX_WORKBOOK // MEBIBYTE
        raise unreadable(source.file, "workbook_too_large", limit=limit)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            kind = kind_of_zip(opened)
            if kind != "workbook":
                raise unreadable(source.file, CAUSES[kind])
            measured = measure(source.file, opened)
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise unreadable(source.file, "file_damaged") from error
    with _guarded(source.file):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = list(book.sheets_metadata)
    shown = [each for each in metadata if _is_shown(each)]
    for each in metadata:
        if each.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        name = source.file if len(shown) == 1 else f"{source.file} › {each.name}"
        if not _is_shown(each):
            hidden = f"{source.file} › {each.name}"
            yield Refusal(hidden, "sheet_hidden", skipped=True)
            continue
        table = _table(source, name, book, each.name, measured.get(each.name), score)
        if isinstance(table, Refusal):
            table = replace(table, skipped=len(shown) > 1)
        yield table
    if not shown:
        raise unreadable(source.file, "sheet_empty")


def _is_shown(sheet: calamine.SheetMetadata) -> bool:
    is_sheet = sheet.typ == calamine.SheetTypeEnum.WorkSheet
    return is_sheet and sheet.visible == calamine.SheetVisibleEnum.Visible


def _table(
    source: Source,
    name: str,
    book: calamine.CalamineWorkbook,
    sheet: str,
    measured: Sheet | None,
    score: Score,
) -> GridTable | Refusal:
    with _guarded(name):
        read = book.get_sheet_by_name(sheet)
    rows = partial(_rows, read, name)
    found = layout(rows, score)
    if found is None:
        return Refusal(name, "sheet_empty")
    table = GridTable(
        file=name,
        format="xlsx",
        encoding="utf-8",
        delimiter=None,
        header=found.header,
        header_line=found.header_line,
        title_lines=found.title_lines,
        member=source.member,
        sheet=sheet,
        rows=rows,
        blank_lines=found.blank_lines,
        size=measured.size if measured else 0,
        notices=measured.notices if measured else {},
    )
    has_rows = any(batch.table.num_rows or batch.rejects for batch in table.batches())
    if has_rows:
        return table
    return Refusal(
        name, "no_rows", values={"columns": ", ".join(filter(None, found.header))}
    )


def _rows(sheet: calamine.CalamineSheet, file: str) -> Iterator[Row]:
    with _guarded(file):
        for line, cells in enumerate(sheet.iter_rows(), start=1):
            # Most cells are text already: a call less for each.
            yield line, [c if type(c) is str else _text(c) for c in cells]


def _text(cell: Cell) -> str:
    """Return a cell as an export in text would have written it."""
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < _EXACT
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.timedelta):
        return str(cell.total_seconds())
    return cell.isoformat()


@contextmanager
def _guarded(file: str) -> Iterator[None]:
    """Turn what the workbook library does on a bad file into a cause."""
    try:
        yield
    except calamine.PasswordError as error:
        raise unreadable(file, "workbook_password") from error
    except (calamine.CalamineError, OSError, OverflowError) as error:
        raise unreadable(file, "file_damaged") from error
    except MemoryError as error:
        raise unreadable(file, "file_too_heavy") from error
    except BaseException as error:
        # A panic of the library is no Exception; its type cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise unreadable(file, "file_damaged") from error
