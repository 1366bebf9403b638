"""What a delimited text is: its encoding, its delimiter, its header, its footer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from core.errors import UnreadableFile
from core.sources import encoding
from core.sources.footer import is_note_anywhere, tail_notes
from core.sources.model import Refusal
from core.sources.records import split
from core.sources.text import TextTable, open_tables

KNOWN = {"Id", "Name", "City", "Email"}


def score(cells: Sequence[str]) -> int:
    return sum(cell in KNOWN for cell in cells)


def opened(folder: Path, content: str | bytes, label: str = "a.csv") -> TextTable:
    path = folder / "file"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (table,) = open_tables(path, label, score=score)
    assert isinstance(table, TextTable), table
    return table


def rows(table: TextTable, columns: Sequence[int] | None = None) -> list[list[str]]:
    found: list[list[str]] = []
    for batch in table.batches(columns):
        cells = [column.to_pylist() for column in batch.table.columns]
        found += [list(row) for row in zip(*cells, strict=True)]
    return found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"plain", "utf-8"),
        ("é".encode(), "utf-8"),
        ("é\nà\nç\n".encode("cp1252"), "cp1252"),
        ("Prix en €\n".encode("cp1252"), "cp1252"),
        ("Prix en €\n".encode("iso-8859-15"), "iso-8859-15"),
        ("un cœur, une sœur\n".encode("iso-8859-15"), "iso-8859-15"),
        ("très été, à bientôt\n".encode("mac_roman"), "mac_roman"),
        ("Id;é".encode("utf-16"), "utf-16-le"),
        ("Id;Name;é".encode("utf-16-be"), "utf-16-be"),
        ("é\n".encode() * 3 + "è\n".encode("cp1252"), "utf-8"),
        ("é\n".encode("cp1252") * 3 + "è\n".encode(), "cp1252"),
    ],
)
def test_encoding(content: bytes, expected: str) -> None:
    assert encoding.detect(io.BytesIO(content), seekable=True).name == expected


def test_an_accent_far_from_the_start_is_found(tmp_path: Path) -> None:
    plain = "".join(f"{n};Compte numero {n}\n" for n in range(120_000))
    content = f"Id;Name\n{plain}x;Été\n".encode("cp1252")
    assert len(content) > encoding.HEAD
    table = opened(tmp_path, content)
    assert table.encoding == "cp1252"
    assert rows(table)[-1] == ["x", "Été"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a;b\n"c\nd";e\n', [0, 4]),
        ('a;5" b\nc;d\n', [0, 7]),
        ('"a""b\n";c\nd\n', [0, 10]),
        ('"x"y"\nb\n', [0, 6]),
        ("a;b", []),
        ('""""\n"\n"\n', [0, 5]),
    ],
)
def test_records(text: str, expected: list[int]) -> None:
    assert split(text.encode(), ";").starts.tolist() == expected


def test_an_open_quote_is_placed() -> None:
    assert split(b'a;b\nc;"d""e', ";").open_quote == 6
    assert split(b'a;5"\nc;"d\n', ";").open_quote == 7
    assert split(b'a;"b"\n', ";").open_quote is None


@pytest.mark.parametrize(
    "cells",
    [
        ["Total Energies", "", "12"],
        ["Total", "Paris", ""],
        ["Totaux SARL", "", ""],
        ["Grand Hôtel", "", ""],
        ["Confidential Events", "Lyon", ""],
        ["Total", "", ""],
    ],
)
def test_companies_are_not_totals(cells: list[str]) -> None:
    assert not is_note_anywhere(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "", "1 234,50 €"],
        ["Sous-total", "", "12"],
        ["Grand Totals (5700 records)", "", "EUR 12"],
        ["Copyright © 2000-2026 salesforce.com, inc.", "", ""],
    ],
)
def test_totals_are_seen_anywhere(cells: list[str]) -> None:
    assert is_note_anywhere(cells)


def test_a_poor_last_row_is_kept_without_a_blank_line_above_it() -> None:
    row, poor = ["1", "a", "b"], ["Zara", "", ""]
    assert tail_notes([row, poor], 3) == set()
    assert tail_notes([row, [], poor], 3) == {1, 2}
    assert tail_notes([row, ["Généré le 3 mars"]], 3) == {1}
    assert tail_notes([row, ["0015g"]], 3) == set()


def test_a_formatted_report_has_an_empty_column_before_its_footer(
    tmp_path: Path,
) -> None:
    """Under a title, a report of Salesforce may start one column further right."""
    path = tmp_path / "accounts.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "My report")
        for line, cells in (
            (4, ["Id", "Name", "City", "Amount"]),
            (5, ["1", "Total Energies", "Nîmes", "12"]),
            (6, ["2", "Total", "Lyon", "3"]),
            (7, ["Total", "2"]),
            (9, ["Confidential Information - Do Not Distribute"]),
        ):
            sheet.write_row(line, 1, cells)
    (table,) = open_tables(path, "accounts.xlsx", score=score)
    assert isinstance(table, TextTable)
    assert [row[2] for row in rows(table)] == ["Total Energies", "Total"]
    skipped = [batch.skipped for batch in table.batches()]
    assert skipped[0]["footer"] == 2


def test_rows_that_all_end_with_a_delimiter(tmp_path: Path) -> None:
    table = opened(tmp_path, "Id;Name\n1;a;\n2;b;\n3;c;\n")
    assert table.header == ("Id", "Name", "")
    assert rows(table) == [["1", "a", ""], ["2", "b", ""], ["3", "c", ""]]


def test_a_header_that_ends_with_a_delimiter(tmp_path: Path) -> None:
    table = opened(tmp_path, "Id;Name;\n1;a\n2;b\n3;c\n")
    assert table.header == ("Id", "Name")
    assert rows(table) == [["1", "a"], ["2", "b"], ["3", "c"]]


def test_one_column_with_a_known_name(tmp_path: Path) -> None:
    assert rows(opened(tmp_path, "Email\na@b.fr\nc@d.fr\n")) == [["a@b.fr"], ["c@d.fr"]]


def test_a_header_nobody_knows(tmp_path: Path) -> None:
    table = opened(tmp_path, "Liste du mois\n\nfoo,bar,baz\n1,2,3\n4,5,6\n")
    assert (table.header, table.header_line) == (("foo", "bar", "baz"), 3)


def test_prose_is_not_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("Bonjour,\nvoici le fichier demandé.\nBien à vous\n", "utf-8")
    (found,) = open_tables(path, "a.txt", score=score)
    assert isinstance(found, Refusal)
    assert found.cause == "not_a_table"


def test_columns_can_be_chosen_and_rows_read_twice(tmp_path: Path) -> None:
    table = opened(tmp_path, "Id;Name;City\n1;a;b\n2;c\n3;d;e\n")
    for _ in range(2):
        assert rows(table, [2, 0]) == [["b", "1"], ["e", "3"]]
    (batch,) = table.batches([2, 0])
    assert batch.table.column_names == ["2", "0"]
    assert batch.lines.to_pylist() == [2, 4]


def test_lines_are_right_over_several_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "BLOCK", 1000)
    parts, expected, line = [], [], 2
    for number in range(1000):
        if number % 7 == 0:
            parts.append("\n")
            line += 1
        cell = '"a\n\nb"' if number % 5 == 0 else "x"
        expected.append(line)
        parts.append(f"{number};{cell}\n")
        line += 3 if number % 5 == 0 else 1
    table = opened(tmp_path, "Id;Name\n" + "".join(parts))
    lines: list[int] = []
    for batch in table.batches():
        lines += batch.lines.to_pylist()
    assert lines == expected


def test_the_table_is_never_whole_in_memory(tmp_path: Path) -> None:
    body = "".join(f"{n};{'x' * 100};{'y' * 100}\n" for n in range(100_000))
    table = opened(tmp_path, "Id;Name;City\n" + body)
    sizes = [batch.table.nbytes for batch in table.batches()]
    assert len(sizes) > 3
    assert max(sizes) < 3 * encoding.BLOCK


def test_a_late_open_quote_is_refused_while_reading(tmp_path: Path) -> None:
    good = "".join(f"{n};aaaaaaaaaaaaaaaaaaaaaaaaaaaaa;b\n" for n in range(60_000))
    table = opened(tmp_path, f'Id;Name;City\n{good}x;"oups;b\n{good}')
    with pytest.raises(UnreadableFile) as caught:
        list(table.batches())
    assert caught.value.context["cause"] == "unclosed_quote"
    assert caught.value.context["line"] == 60_002


def test_progress_counts_the_bytes(tmp_path: Path) -> None:
    table = opened(tmp_path, "Id;Name\n" + "1;a\n" * 3000)
    told: list[int] = []
    list(table.batches(progress=told.append))
    assert told[-1] == len("Id;Name\n") + 4 * 3000
