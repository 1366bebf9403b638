"""Tables of web pages: what some CRMs call an Excel export is one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from core.sources import encoding
from core.sources.containers import Source
from core.sources.grid import GridTable, Layout, Row, layout
from core.sources.model import Refusal
from core.sources.tables import Score, TextTable, unreadable

_MAX_TABLES = 50
_WIDEST_SPAN = 1000


def open_markup(source: Source, score: Score) -> Iterator[TextTable | Refusal]:
    """Yield the data table of a web page.

    Raises UnreadableFile (``web_page``) for a page without one: a sign-in page that was
    saved in the place of the export.
    """
    with source.open() as stream:
        characters = encoding.detect(stream, seekable=source.plain)
    best: tuple[int, Layout] | None = None
    for number in _table_numbers(source, characters.name):
        rows = partial(_rows, source, characters.name, number)
        found = layout(rows, score)
        if found is None or len(found.header) < 2 or not _has_rows(rows, found):
            continue
        if best is None or found.known > best[1].known:
            best = number, found
        if found.known >= 2:
            break
    if best is None or (best[1].known < 2 and _has_form(source)):
        raise unreadable(source.file, "web_page")
    number, found = best
    yield GridTable(
        file=source.file,
        format="html",
        encoding=characters.name,
        delimiter=None,
        header=found.header,
        header_line=found.header_line,
        title_lines=found.title_lines,
        member=source.member,
        sheet=None,
        rows=partial(_rows, source, characters.name, number),
        blank_lines=found.blank_lines,
        size=0,
    )


def _has_rows(rows: partial[Iterator[Row]], found: Layout) -> bool:
    return any(line > found.header_line and any(cells) for line, cells in rows())


def _has_form(source: Source) -> bool:
    head = source.head(1024 * 1024).lower()
    return b"<form" in head or b'type="password"' in head


def _events(source: Source, name: str) -> Iterator[tuple[str, Any]]:
    with source.open() as stream:
        try:
            yield from etree.iterparse(
                stream,
                events=("start", "end"),
                tag=("table", "tr"),
                html=True,
                encoding=name.removesuffix("-sig").replace("mac_roman", "macintosh"),
                no_network=True,
            )
        except etree.LxmlError as error:
            raise unreadable(source.file, "file_damaged") from error


def _table_numbers(source: Source, name: str) -> range:
    """Return the numbers of the page's tables, the first of them at least."""
    head = source.head(1024 * 1024)
    return range(min(max(head.lower().count(b"<table"), 1), _MAX_TABLES))


def _rows(source: Source, name: str, wanted: int) -> Iterator[Row]:
    """Yield the rows of one table, from 1, spans unfolded into empty cells."""
    opened: list[int] = []
    count, line = -1, 0
    below: dict[int, int] = {}
    for event, element in _events(source, name):
        if element.tag == "table":
            if event == "start":
                count += 1
                opened.append(count)
            elif opened and opened.pop() == wanted:
                return
        elif event == "end":
            if opened and opened[-1] == wanted:
                line += 1
                yield line, _cells(element, below)
            # What was read is let go: a page may be as large as any export.
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)


def _cells(row: Any, below: dict[int, int]) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        _fill(cells, below)
        for line_break in cell.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        lines = "".join(cell.itertext()).split("\n")
        text = "\n".join(" ".join(part.split(" ")).strip() for part in lines).strip()
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        for position in range(width):
            if height > 1:
                below[len(cells)] = height - 1
            cells.append("" if position else text)
    _fill(cells, below)
    return cells


def _fill(cells: list[str], below: dict[int, int]) -> None:
    """Leave a cell empty for each one that a cell of a row above covers."""
    while (left := below.get(len(cells), 0)) > 0:
        below[len(cells)] = left - 1
        cells.append("")


def _span(cell: Any, name: str) -> int:
    written = str(cell.get(name) or "1").strip()
    number = int(written) if written.isdecimal() and len(written) < 6 else 1
    return min(max(number, 1), _WIDEST_SPAN)
