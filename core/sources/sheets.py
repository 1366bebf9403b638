"""What the sheets of a workbook hold, measured on their bytes before they are read."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from core.settings import mebibytes
from core.sources.containers import HARMLESS_WORKBOOK, MAX_RATIO, is_bomb
from core.sources.tables import MAX_COLUMNS, MEBIBYTE, unreadable

BLOCK = 4 * MEBIBYTE
# Bytes of memory a cell costs while its sheet is read (measured: 90), with a margin.
_CELL_COST = 96
_LARGEST_ROW = 64 * MEBIBYTE
_ALWAYS_FINE = 2_000_000
# Cells beyond column Z; below it, all 26 are taken to be used.
_FAR = re.compile(rb' r="([A-Z]{2,3})\d+"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row [^>]*?\bhidden="(?:1|true)"')
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?f(?: [^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v(?:/>|></(?:\w+:)?v>))?</(?:\w+:)?c>"
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Sheet:
    """Size of a sheet in bytes, and what must be told about it: counts by warning."""

    size: int
    notices: Mapping[str, int]


def measure(file: str, workbook: zipfile.ZipFile) -> dict[str, Sheet]:
    """Return the sheets by name; UnreadableFile when reading them is not safe."""
    entries = workbook.infolist()
    limit = mebibytes("APLOMB_UNPACKED_MB")
    if sum(entry.file_size for entry in entries) > limit:
        raise unreadable(file, "archive_too_large", limit=limit // MEBIBYTE)
    for entry in entries:
        if entry.flag_bits & 1:
            raise unreadable(file, "workbook_password")
        if is_bomb(entry.file_size, entry.compress_size, HARMLESS_WORKBOOK):
            raise unreadable(file, "archive_bomb", ratio=MAX_RATIO)
        if entry.filename.endswith((".xml", ".rels")):
            _check_declarations(file, workbook, entry)
    measured: dict[str, Sheet] = {}
    cells = 0
    for name, part in _parts(workbook):
        if part in workbook.NameToInfo:
            sheet, count = _measure_sheet(file, workbook, part)
            measured[name], cells = sheet, cells + count
    allowed = mebibytes("APLOMB_IMPORT_MEMORY_MB") // _CELL_COST
    if cells > allowed:
        raise unreadable(file, "workbook_too_many_cells", count=cells, limit=allowed)
    return measured


def _check_declarations(
    file: str, workbook: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> None:
    """Refuse parts that declare entities: no spreadsheet program writes any."""
    with workbook.open(entry) as stream:
        head = stream.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise unreadable(file, "workbook_unsafe")


def _parts(workbook: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part of the workbook it is kept in."""
    safe = etree.XMLParser(resolve_entities=False, no_network=True)
    related = "xl/_rels/workbook.xml.rels"
    if related not in workbook.NameToInfo:
        return
    try:
        book = etree.fromstring(workbook.read("xl/workbook.xml"), safe)
        links = etree.fromstring(workbook.read(related), safe)
    except etree.LxmlError as error:
        raise zipfile.BadZipFile("workbook.xml") from error
    targets = {link.get("Id"): link.get("Target") or "" for link in links}
    for sheet in book.iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name"), posixpath.normpath(posixpath.join("/xl", target))[1:]


def _measure_sheet(
    file: str, workbook: zipfile.ZipFile, part: str
) -> tuple[Sheet, int]:
    cells = rows = errors = hidden = unknown = size = 0
    widest = b"Z"
    for block in _whole_rows(file, workbook, part):
        size += len(block)
        cells += block.count(b"<c ") + block.count(b":c ")
        far = {widest, *_FAR.findall(block)}
        widest = max(far, key=lambda name: (len(name), name))
        last = _ROW.search(
            block, max(block.rfind(b"<row "), block.rfind(b":row ") - 9, 0)
        )
        rows = max(rows, int(last[1]) if last else 0)
        errors += block.count(b't="e"')
        if b' hidden="' in block:
            hidden += len(_HIDDEN.findall(block))
        if b"<f" in block or b":f" in block:
            unknown += len(_NO_RESULT.findall(block))
    width = _number(widest)
    if width > MAX_COLUMNS:
        raise unreadable(file, "too_many_columns", count=width, limit=MAX_COLUMNS)
    if rows * width > max(_ALWAYS_FINE, 50 * cells):
        raise unreadable(file, "workbook_sparse", count=rows * width)
    told = {
        "formula_error": errors,
        "formula_without_result": unknown,
        "hidden_rows": hidden,
    }
    return Sheet(size, {kind: n for kind, n in told.items() if n}), cells


def _whole_rows(file: str, workbook: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a sheet in pieces that end where a row ends."""
    held = b""
    with workbook.open(part) as stream:
        while block := stream.read(BLOCK):
            held += block
            cut = max(held.rfind(b"<row "), held.rfind(b":row "))
            if cut > 0:
                cut = held.rfind(b"<", 0, cut + 1)
                yield held[:cut]
                held = held[cut:]
            if len(held) > _LARGEST_ROW:
                raise unreadable(file, "cell_too_long", limit=1)
    yield held


def _number(letters: bytes) -> int:
    """Return the number of a column from its letters: A is 1, XFD 16 384."""
    number = 0
    for code in letters:
        number = 26 * number + code - 64
    return number
