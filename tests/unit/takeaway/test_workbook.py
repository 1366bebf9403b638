"""The workbook: a sheet a figure, numbers as numbers, and nothing that could act."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from core.takeaway import workbook
from core.takeaway.sheets import Column, Sheet, of_step
from tests.unit.takeaway.opened import formulas
from tests.unit.takeaway.stories import LONG, story

EVIL = ("=1+1", "http://e.example", "@x", "Équipe d'été [A]/B")


@pytest.fixture(scope="module")
def made() -> tuple[list[Sheet], bytes]:
    told = story()
    sheets = [of_step(step, "fr") for step in told.steps]
    frame = pd.DataFrame(
        {
            "team": [*EVIL, *(f"{LONG} {n}" for n in range(12))],
            "share": [0.5, None, *[0.25] * 14],
            "day": [pd.Timestamp("2026-10-06"), pd.NaT, *[pd.NaT] * 14],
        }
    )
    columns = {
        "team": Column("Équipe"),
        "share": Column("Part", "percent"),
        "day": Column("Jour", "day"),
    }
    sheets.append(Sheet("teams", "Équipes: [toutes]", frame, columns, ("active_days",)))
    return sheets, workbook.xlsx_bytes(told, sheets)


def rows(file: bytes, place: int) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    found: list[list[object]] = book.get_sheet_by_index(place).to_python(
        skip_empty_area=False
    )
    return found


def test_contents_lead_to_every_sheet(made: tuple[list[Sheet], bytes]) -> None:
    sheets, file = made
    names = CalamineWorkbook.from_filelike(io.BytesIO(file)).sheet_names
    assert len(names) == len(sheets) + 1
    assert len({name.casefold() for name in names}) == len(names)
    listed = [str(row[0]) for row in rows(file, 0)]
    assert set(names[1:]) <= set(listed)
    assert "Données au 31/10/2026" in listed


def test_each_sheet_says_what_it_is_and_holds_the_numbers(
    made: tuple[list[Sheet], bytes],
) -> None:
    sheets, file = made
    for place, sheet in enumerate(sheets, start=1):
        found = rows(file, place)
        head = [column.heading for column in sheet.columns.values()]
        top = next(n for n, row in enumerate(found) if list(row[: len(head)]) == head)
        above = " ".join(str(cell) for row in found[:top] for cell in row)
        assert sheet.title in above
        assert (sheet.source or "Période : octobre 2026") in above
        for row, kept in zip(
            found[top + 1 :], sheet.rows.to_dict("records"), strict=True
        ):
            for cell, (name, column) in zip(row, sheet.columns.items(), strict=False):
                value = kept[name]
                if value is None or value != value:
                    assert cell == ""
                elif column.kind not in ("words", "day", "month"):
                    assert isinstance(cell, float)
                    assert cell == pytest.approx(float(value))


def test_a_definition_stands_at_the_head(made: tuple[list[Sheet], bytes]) -> None:
    above = " ".join(
        str(cell) for row in rows(made[1], len(made[0]))[:8] for cell in row
    )
    assert "Jours actifs" in above
    assert "Laissé de côté" in above


def test_nothing_in_it_acts_or_leads_out(made: tuple[list[Sheet], bytes]) -> None:
    file = made[1]
    assert formulas(file) == 0
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        sheets = [
            archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n
        ]
    assert b'TargetMode="External"' not in everything
    links = [
        link for part in sheets for link in re.findall(rb"<hyperlink [^>]*>", part)
    ]
    assert links
    assert all(b"location=" in link and b"r:id" not in link for link in links)
    shown = [str(row[0]) for row in rows(file, len(made[0]))]
    assert "'=1+1" in shown
    assert "'@x" in shown
