"""Any table written in any layout is read back equal; any bytes are read or refused."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.sources.model import Refusal
from core.sources.text import TextTable, open_tables

HEADER = ["Id", "Name", "City", "Date", "Amount"]
# Letters that every encoding tried can write; line ends only inside quotes.
LETTERS = "aZ9 éèàçêùÉ-_.'\"\n;,\t|"
FOOTERS = (
    b"",
    b"\nTotal\n",
    b'\n"Copyright (c) 2000-2025 salesforce.com, inc. All rights reserved."\n'
    b'"Confidential Information - Do Not Distribute"\n',
    b"\n\n\n",
)


def score(cells: Sequence[str]) -> int:
    return sum(cell in HEADER for cell in cells)


def rows_of(table: TextTable) -> list[list[str]]:
    rows: list[list[str]] = []
    for batch in table.batches():
        columns = [column.to_pylist() for column in batch.table.columns]
        rows += [list(row) for row in zip(*columns, strict=True)]
    return rows


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, len(HEADER)))
    cell = st.text(alphabet=LETTERS, max_size=12)
    row = st.lists(cell, min_size=width - 1, max_size=width - 1)
    rows = draw(st.lists(row, min_size=1, max_size=80))
    return [[f"id{number}", *cells] for number, cells in enumerate(rows)]


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=tables(),
    delimiter=st.sampled_from(",;\t|^"),
    encoding=st.sampled_from(
        ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
    ),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    footer=st.sampled_from(FOOTERS),
    title=st.sampled_from(["", "Accounts of the year\n\n", "Report\nby: me\n"]),
    block=st.sampled_from([7, 64, 1000, 4 * 1024 * 1024]),
)
def test_a_table_is_read_back_equal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
    end: str,
    quoting: int,
    footer: bytes,
    title: str,
    block: int,
) -> None:
    monkeypatch.setattr("core.sources.encoding.BLOCK", block)
    text = io.StringIO(newline="")
    text.write(title)
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    header = HEADER[: len(rows[0])]
    writer.writerows([header, *rows])
    text.write(footer.decode())
    path = tmp_path / "t.csv"
    path.write_bytes(text.getvalue().replace("\n", end).encode(encoding))
    (table,) = open_tables(path, "t.csv", score=score)
    assert isinstance(table, TextTable)
    assert list(table.header) == header
    assert rows_of(table) == rows
    assert table.delimiter == delimiter
    batches = list(table.batches())
    assert not any(batch.rejects for batch in batches)
    lines = [line for batch in batches for line in batch.lines.to_pylist()]
    written = text.getvalue().split("\n")
    for line, row in zip(lines, rows, strict=True):
        assert row[0] in written[line - 1]


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    content=st.one_of(
        st.binary(max_size=3000),
        st.text(alphabet='Id,Name;City"\n\t\r x1é\0', max_size=500).map(str.encode),
        st.lists(
            st.sampled_from(
                [b"Id;Name", b"\n", b"\r", b'"', b";", b"a", b"\xe9", b"\xc0\xaf"]
                + [b"\0", b"<table>", b"<tr><td>", b"PK\x03\x04", b"\x1f\x8b", b"{"]
            ),
            max_size=60,
        ).map(b"".join),
    ),
    wrap=st.sampled_from(["", "gzip", "zip"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, content: bytes, wrap: str
) -> None:
    path = tmp_path / "x"
    if wrap == "gzip":
        path.write_bytes(gzip.compress(content))
    elif wrap == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("x.csv", content)
    else:
        path.write_bytes(content)
    found = list(open_tables(path, "x", score=score))
    assert found
    for each in found:
        assert isinstance(each, TextTable | Refusal)
        if isinstance(each, TextTable):
            for batch in each.batches():
                assert batch.table.num_rows == len(batch.lines)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lines=st.lists(
        st.lists(st.sampled_from(["a", "b c", "Total", "", "12"]), max_size=6),
        min_size=1,
        max_size=60,
    )
)
def test_every_line_is_a_row_a_reject_or_skipped(
    tmp_path: Path, lines: list[list[str]]
) -> None:
    text = "Id;Name;City\nx;y;z\n" + "".join(";".join(cells) + "\n" for cells in lines)
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    (table,) = open_tables(path, "t.csv", score=score)
    assert isinstance(table, TextTable)
    counted = 0
    for batch in table.batches():
        counted += batch.table.num_rows + len(batch.rejects)
        counted += sum(batch.skipped.values())
    assert counted == 1 + len(lines)
