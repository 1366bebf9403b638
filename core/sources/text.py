"""Open the tables of a file, whatever it is wrapped in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from core.errors import UnreadableFile
from core.sources import archive
from core.sources.containers import Source, gzip_source, plain_source, shown_name
from core.sources.delimited import open_delimited
from core.sources.markup import open_markup
from core.sources.model import Refusal
from core.sources.signatures import CAUSES, HEAD, Kind, kind_of, kind_of_zip
from core.sources.tables import (
    RowReject,
    Score,
    TextBatch,
    TextTable,
    refusal,
    unreadable,
)
from core.sources.workbook import is_locked, open_workbook

__all__ = ["RowReject", "TextBatch", "TextTable", "open_tables"]

# Beside the objects of an export these are no failure: they only say nothing. Of a
# file named as a table only its emptiness is expected.
_EMPTY = frozenset({"empty_file", "no_rows", "sheet_empty"})
_NAMED_TABLES = (".csv", ".tsv", ".xlsx", ".xls")
_EXPECTED_IN_ARCHIVES = frozenset(
    {"picture", "pdf_file", "other_document", "json_file", "xml_file", "not_text"}
    | {"not_a_table", "web_page", *_EMPTY}
)


def open_tables(
    path: Path, label: str, *, score: Score
) -> Iterator[TextTable | Refusal]:
    """Yield every table of the file at ``path``, and a Refusal for what is not one.

    ``label`` is the name people know the file by: it is shown and never used as a
    path. ``score`` says how many cells of a row are names of known columns; the row
    of the header is found with it.
    """
    name = shown_name(label)
    try:
        source = plain_source(path, name)
        kind = kind_of(source.head(HEAD))
        if kind == "gzip":
            yield from _tables(gzip_source(path, name), score)
        elif kind == "zip" and _kind_of_archive(path, name) == "zip":
            for member in archive.members(path, name):
                if isinstance(member, Refusal):
                    yield member
                else:
                    yield from _member_tables(member, score)
        else:
            yield from _tables(source, score)
    except UnreadableFile as error:
        yield refusal(error)


def _member_tables(source: Source, score: Score) -> Iterator[TextTable | Refusal]:
    """Yield the tables of one file of an archive: its failure is not the others'."""
    try:
        for found in _tables(source, score):
            yield _as_expected(found) if isinstance(found, Refusal) else found
    except UnreadableFile as error:
        yield _as_expected(refusal(error))


def _as_expected(found: Refusal) -> Refusal:
    named = found.file.casefold().endswith(_NAMED_TABLES)
    expected = found.cause in (_EMPTY if named else _EXPECTED_IN_ARCHIVES)
    return replace(found, skipped=found.skipped or expected)


def _kind_of_archive(path: Path, name: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as opened:
            return kind_of_zip(opened)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise unreadable(name, "file_damaged") from error


def _tables(source: Source, score: Score) -> Iterator[TextTable | Refusal]:
    kind = kind_of(source.head(HEAD))
    if kind == "text":
        yield open_delimited(source, score)
    elif kind == "markup":
        yield from open_markup(source, score)
    elif kind == "zip":
        yield from open_workbook(source, score)
    elif kind == "old_workbook" and is_locked(source):
        raise unreadable(source.file, "workbook_password")
    else:
        raise unreadable(source.file, CAUSES[kind])
