"""Every figure of a story as a workbook: a sheet each, with what it is at its head.

Numbers are numbers, as many digits as are known, shown as on the screen. No cell is a
formula; the only links go from the list of contents to the sheets and back.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import xlsxwriter

from core.exports import harmless, sheet_name
from core.i18n import formats, text
from core.rules import DEFAULTS, Rules
from core.story.model import Story
from core.takeaway import definitions, numbers
from core.takeaway.canvas import plain
from core.takeaway.sheets import Column, Sheet

Tell = Callable[[int, int], None]
_WIDEST, _NARROWEST = 60, 11
_LONGEST = 32_767
_FORMATS = {
    "count": "#,##0",
    "decimal": "#,##0.0##",
    "percent": "0%",
    "signed": "+#,##0.0;-#,##0.0;0",
}


def xlsx_bytes(
    story: Story,
    sheets: Sequence[Sheet],
    rules: Rules = DEFAULTS,
    *,
    tell: Tell | None = None,
) -> bytes:
    """Return the workbook; ``tell`` is called with the sheets written, and of all."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": harmless(story.telling.company), "author": "Aplomb"})
    writer = _Writer(book, story, rules)
    taken: set[str] = set()
    contents = book.add_worksheet(
        sheet_name(text("take.book.contents", story.language), taken)
    )
    named = [(sheet_name(sheet.title, taken), sheet) for sheet in sheets]
    writer.contents(contents, named)
    for done, (name, sheet) in enumerate(named):
        if tell is not None:
            tell(done, len(named))
        writer.sheet(book.add_worksheet(name), contents.get_name(), sheet)
    book.close()
    if tell is not None:
        tell(len(named), len(named))
    return out.getvalue()


class _Writer:
    """Writes the sheets of one workbook, in one look."""

    def __init__(self, book: Any, story: Story, rules: Rules) -> None:
        self.story, self.rules, self.language = story, rules, story.language
        day = "dd/mm/yyyy" if self.language == "fr" else "yyyy-mm-dd"
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 15})
        self.bold = book.add_format({"bold": True})
        self.muted = book.add_format({"font_color": "#535D70"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.link = book.add_format({"font_color": "#2A4BC9", "underline": 1})
        self.formats = {
            kind: book.add_format({"num_format": code})
            for kind, code in {**_FORMATS, "day": day}.items()
        }
        self.others: dict[str, Any] = {}

    def said(self, key: str, **values: object) -> str:
        return text(f"take.book.{key}", self.language, **values)

    def write(self, page: Any, row: int, column: int, words: str, shape: Any) -> None:
        page.write_string(row, column, harmless(plain(words))[:_LONGEST], shape)

    def contents(self, page: Any, named: Sequence[tuple[str, Sheet]]) -> None:
        """Write what the workbook is of, then its sheets, each with its link."""
        page.hide_gridlines(2)
        page.set_column(0, 0, 44)
        page.set_column(1, 1, 90)
        telling = self.story.telling
        title = f"{telling.company} – {telling.period or telling.as_of}"
        self.write(page, 0, 0, title, self.title)
        row = 1
        for line in telling.about:
            self.write(page, row, 0, line, self.muted)
            row += 1
        row += 1
        self.write(page, row, 0, self.said("sheet"), self.head)
        self.write(page, row, 1, self.said("holds"), self.head)
        for name, sheet in named:
            row += 1
            # The place is a name of ours; nothing of the data is in a link.
            page.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)
            self.write(page, row, 1, sheet.note or self._names(sheet), self.wrapped)
        row += 2
        self.write(page, row, 0, text("take.credit", self.language), self.muted)

    def _names(self, sheet: Sheet) -> str:
        found = definitions.of(sheet.figures, self.language, self.rules)
        return formats.listing([one.name for one in found], self.language)

    def sheet(self, page: Any, contents: str, sheet: Sheet) -> None:
        """Write a sheet: what it is, of what, how it is computed; then the figures."""
        page.hide_gridlines(2)
        self.write(page, 0, 0, sheet.title, self.title)
        page.write_url(1, 0, f"internal:'{contents}'!A1", self.link, self.said("back"))
        row = 2
        for line in self._about(sheet):
            self.write(page, row, 0, line, self.muted)
            row += 1
        row += 1
        self._rows(page, row, sheet)

    def _about(self, sheet: Sheet) -> list[str]:
        """Return the lines at the head of a sheet: few, since they stay in sight."""
        lines = [sheet.note] if sheet.note else []
        lines.append(sheet.source or " · ".join(self.story.telling.about))
        colon = text("common.colon", self.language)
        for one in definitions.of(sheet.figures, self.language, self.rules):
            formula, excluded = (
                " ".join(part.split("\n")) for part in (one.formula, one.excluded)
            )
            left_out = f"{self.said('excluded')}{colon}{excluded}"
            lines.append(f"{one.name}{colon}{formula} {left_out}")
        return lines

    def _rows(self, page: Any, top: int, sheet: Sheet) -> None:
        widths = []
        for place, column in enumerate(sheet.columns.values()):
            self.write(page, top, place, column.heading, self.head)
            widths.append(min(len(column.heading), 24))
        row = top
        for row, values in enumerate(sheet.rows.to_dict("records"), start=top + 1):
            for place, (name, column) in enumerate(sheet.columns.items()):
                said = str(values.get("written") or "")
                written = self._cell(page, row, place, values[name], column, said)
                widths[place] = max(widths[place], min(len(written), _WIDEST))
        for place, width in enumerate(widths):
            page.set_column(place, place, max(width + 2, _NARROWEST))
        page.freeze_panes(top + 1, 1)
        page.autofilter(top, 0, row, len(widths) - 1)

    def _cell(
        self, page: Any, row: int, place: int, value: Any, column: Column, said: str
    ) -> str:
        """Write one value; return it as it is read, for the width of its column."""
        if formats.is_absent(value):
            return ""
        if column.kind in ("words", "month"):
            shown = str(value)
            if column.kind == "month":
                shown = formats.capital(formats.month(value, self.language))
            self.write(page, row, place, shown, None)
            return plain(shown)
        if column.kind == "day":
            page.write_datetime(
                row, place, pd.Timestamp(value).to_pydatetime(), self.formats["day"]
            )
            return formats.day(value, self.language)
        page.write_number(row, place, float(value), self._format(value, column, said))
        return formats.number(value, self.language, digits=1)

    def _format(self, value: Any, column: Column, said: str) -> Any:
        """Return how a number is shown: as it is written beside it, where it is."""
        if column.kind == "decimal" and said:
            code = numbers.number_format([float(value)], [said], self.language)
            if code is not None:
                if code not in self.others:
                    self.others[code] = self.book.add_format({"num_format": code})
                return self.others[code]
        return self.formats[column.kind]
