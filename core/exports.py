"""Files that people take away: CSV that opens right in their Excel, XLSX, and ZIP.

A cell that came from an upload may try to be a formula in the reader's spreadsheet
(``=HYPERLINK(...)``). Such text gets a leading apostrophe, in both formats, as OWASP
advises against CSV injection; true numbers and telephone numbers stay as they are.

A file for another tool's import is no spreadsheet's: comma, ISO dates, decimal point,
and no byte order mark, which Salesforce's Data Loader takes for a part of the heading.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")
_TELEPHONE = re.compile(r"\+\d[\d\s().\-\u00a0\u202f]{4,}")
_DIGITS = re.compile(r"(\+33|\+)?(\d{6,15})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
_DATE = {"fr": "%d/%m/%Y", "en": "%Y-%m-%d"}
_CELL_LIMIT = 32_767
"""Characters that one cell of a workbook can hold."""


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula."""
    clean = _CONTROL.sub("", text)
    if clean.startswith(_STARTERS) and not _TELEPHONE.fullmatch(clean):
        return "'" + clean
    return clean


def telephone(number: str) -> str:
    """Return a number in groups, so that a spreadsheet keeps its zero and its plus.

    A CSV has no type of cell: ``0144551002`` would be read as an amount. What is
    already in groups, or is no telephone number, stays as it is.
    """
    found = _DIGITS.fullmatch(number.strip())
    if not found:
        return number
    prefix, digits = found[1] or "", found[2]
    if prefix == "+33":
        digits, prefix = digits[1:], f"+33 {digits[0]} "
    odd = len(digits) % 2
    groups = [digits[:odd]] if odd else []
    groups += [digits[at : at + 2] for at in range(odd, len(digits), 2)]
    return prefix + " ".join(groups)


def _plain(value: Any) -> Any:
    """Return None, bool, int, float, date, datetime or harmless text."""
    if value is None or value is pd.NaT:
        return None
    if hasattr(value, "item") and not isinstance(value, pd.Timestamp):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, bool | int | float | dt.date):
        return value
    return harmless(str(value))


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> Iterable[list[Any]]:
    for row in frame[list(columns)].itertuples(index=False, name=None):
        yield [_plain(value) for value in row]


def _written(value: Any, language: str, yes_no: tuple[str, str]) -> str:
    """Return one CSV cell as a spreadsheet in the language expects it."""
    match value:
        case None:
            return ""
        case bool():
            return yes_no[0] if value else yes_no[1]
        case float():
            text = str(int(value)) if value.is_integer() else repr(round(value, 6))
            return text.replace(".", ",") if language == "fr" else text
        case dt.datetime():
            return value.strftime(_DATE[language] + " %H:%M")
        case dt.date():
            return value.strftime(_DATE[language])
        case _:
            return str(value)


def csv_bytes(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    language: str,
    *,
    yes_no: tuple[str, str] = ("1", "0"),
    for_import: bool = False,
) -> bytes:
    """Return ``frame`` as CSV: UTF-8 with BOM, ``;`` and decimal comma in French.

    ``columns`` maps the columns to write to their headings, in order; ``yes_no`` are
    the words for true and false. ``for_import`` writes for another tool instead of the
    reader's spreadsheet, the same in every language.
    """
    out = io.StringIO(newline="")
    language = "en" if for_import else language
    delimiter = ";" if language == "fr" else ","
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in columns.values()])
    for row in _rows(frame, list(columns)):
        writer.writerow([_written(value, language, yes_no) for value in row])
    return out.getvalue().encode("utf-8" if for_import else "utf-8-sig")


@dataclass(frozen=True)
class Leaf:
    """One sheet of a workbook: ``columns`` maps those to write to their headings.

    ``wrapped`` columns hold sentences: they are wide and break their lines.
    """

    name: str
    frame: pd.DataFrame
    columns: Mapping[str, str]
    wrapped: Collection[str] = ()


def xlsx_bytes(
    frame: pd.DataFrame,
    columns: Mapping[str, str],
    language: str,
    *,
    sheet: str = "Aplomb",
    notes: Sequence[str] = (),
    yes_no: tuple[str, str] = ("1", "0"),
) -> bytes:
    """Return ``frame`` as a workbook with a filter on its headings.

    ``notes`` (what the list is, its date, who is left out) go to a second sheet, so
    that the first can be imported as it is. No cell is ever a formula or a link.
    """
    leaf = Leaf(sheet, frame, columns)
    return workbook_bytes([leaf], language, notes=notes, yes_no=yes_no)


def workbook_bytes(
    leaves: Sequence[Leaf],
    language: str,
    *,
    notes: Sequence[str] = (),
    yes_no: tuple[str, str] = ("1", "0"),
) -> bytes:
    """Return sheets as one workbook, ``notes`` on a last one; see ``xlsx_bytes``."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    taken: set[str] = set()
    for leaf in leaves:
        page = book.add_worksheet(sheet_name(leaf.name, taken))
        _write_leaf(book, page, leaf, language, yes_no)
    if notes:
        about = book.add_worksheet(sheet_name("Notes", taken))
        about.set_column(0, 0, 110)
        for line, sentence in enumerate(notes):
            about.write_string(line, 0, harmless(sentence)[:_CELL_LIMIT])
    book.close()
    return out.getvalue()


def _write_leaf(
    book: xlsxwriter.Workbook,
    page: Any,
    leaf: Leaf,
    language: str,
    yes_no: tuple[str, str],
) -> None:
    """Write one sheet: headings, rows, widths, a filter."""
    columns = leaf.columns
    head = book.add_format({"bold": True, "bottom": 1})
    day = "dd/mm/yyyy" if language == "fr" else "yyyy-mm-dd"
    formats = {
        dt.datetime: book.add_format({"num_format": f"{day} hh:mm"}),
        dt.date: book.add_format({"num_format": day}),
    }
    broken = book.add_format({"text_wrap": True, "valign": "top"})
    wrapped = {place for place, key in enumerate(columns) if key in leaf.wrapped}
    widths = [len(heading) for heading in columns.values()]
    for place, heading in enumerate(columns.values()):
        page.write_string(0, place, harmless(heading), head)
    last = 0
    for last, row in enumerate(_rows(leaf.frame, list(columns)), start=1):
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, bool):
                value = yes_no[0] if value else yes_no[1]
            if isinstance(value, str):
                shape = broken if place in wrapped else None
                page.write_string(last, place, value[:_CELL_LIMIT], shape)
            elif isinstance(value, dt.date):
                page.write_datetime(last, place, value, formats[type(value)])
            else:
                page.write_number(last, place, value)
            widths[place] = max(widths[place], min(len(str(value)), 48))
    for place, width in enumerate(widths):
        page.set_column(place, place, width + 2)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, max(len(columns) - 1, 0))


def sheet_name(words: str, taken: set[str]) -> str:
    """Return a name of 31 characters at most that no sheet of the workbook has yet."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", words).strip()[:31].strip() or "Aplomb"
    name, rank = plain, 1
    while name.casefold() in taken:
        rank += 1
        name = f"{plain[: 31 - len(f' {rank}')]} {rank}"
    taken.add(name.casefold())
    return name


def zip_bytes(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return files of these names in one archive; names alike get a number."""
    out = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in files:
            stem, dot, suffix = name.rpartition(".")
            unique, rank = name, 1
            while unique in taken:
                rank += 1
                unique = f"{stem}-{rank}{dot}{suffix}"
            taken.add(unique)
            archive.writestr(unique, payload)
    return out.getvalue()


def file_name(*parts: str, suffix: str) -> str:
    """Return a plain file name: ``a-rappeler_salon-d-automne_2026-10-06.csv``."""
    slugs = []
    for part in parts:
        ascii_only = unicodedata.normalize("NFKD", part).encode("ascii", "ignore")
        slug = _NOT_IN_NAME.sub("-", ascii_only.decode().lower()).strip("-")
        if slug:
            slugs.append(slug[:60])
    return "_".join(slugs) + f".{suffix}"
