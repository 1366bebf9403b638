"""A deck as its reader opens it: words, charts with the workbook behind them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pptx import Presentation
from python_calamine import CalamineWorkbook


def deck(file: bytes) -> Any:
    return Presentation(io.BytesIO(file))


def words(slide: Any) -> str:
    """Return every word on a slide, tables included."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if getattr(shape, "has_table", False) and shape.has_table:
            found += [c.text_frame.text for r in shape.table.rows for c in r.cells]
    return "\n".join(found)


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if getattr(shape, "has_chart", False)]


def behind(chart: Any) -> list[list[Any]]:
    """Return the rows of the workbook that opens on « Edit data »."""
    blob = chart.part.chart_workbook.xlsx_part.blob
    book = CalamineWorkbook.from_filelike(io.BytesIO(blob))
    rows: list[list[Any]] = book.get_sheet_by_index(0).to_python()
    return rows


def formulas(xlsx: bytes) -> int:
    """Count the formulas of a workbook, and the links that lead out of it."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        parts = [archive.read(n) for n in archive.namelist() if "sheet" in n]
    return sum(part.count(b"<f>") + part.count(b"http://e") for part in parts)
