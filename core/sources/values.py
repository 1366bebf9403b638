"""Texts, ids, numbers and words of cells, turned into the fields' types.

Every function takes a column of text and returns the values with a mask of the cells
that hold something that could not be read. An empty cell is null and no failure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.sources.vendor import Vendor, key
from core.sources.words import Words, table

MARKS = "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]"
# A spreadsheet that rounded a long id writes 1,23E+14; plain 1E5 may be a real id.
ROUNDED = r"^\d[.,]\d+[eE]\+?\d{1,3}$|^\d[eE]\+\d{1,3}$"
LONGEST_ROUNDED = 14
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+")
DECORATION = re.compile(
    r"[\s\u00a0\u202f\u2009'’_]|[€$£¥₣]|\b[A-Z]{3}\b|\bCHF\b|\bF\b|%", re.UNICODE
)
SPACE, DELETE = 0x20, 0x7F
CHECKSUM = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", dtype=np.uint8)


@dataclass(frozen=True)
class Read:
    """A column after reading: its values, and the cells that failed."""

    values: pa.Array
    bad: pa.BooleanArray | None = None
    problem: str = "unreadable"


def text(cells: pa.Array) -> pa.Array:
    """Return texts without the spaces around them; '' becomes null."""
    if not _is_bare(cells):
        cells = pc.utf8_trim_whitespace(cells)
    empty = pc.equal(pc.binary_length(cells), 0)
    if not pc.any(empty).as_py():
        return cells
    return pc.if_else(empty, pa.scalar(None, pa.string()), cells)


def _is_bare(cells: pa.Array) -> bool:
    """Tell whether surely no text begins or ends with a space.

    Looking at two bytes a text is ten times faster than trimming it. A byte beyond
    ASCII may belong to one of Unicode's spaces.
    """
    _, places, content = cells.buffers()
    if not len(cells) or content is None:
        return True
    ends = np.frombuffer(places, np.int32)[cells.offset :][: len(cells) + 1]
    starts, ends = ends[:-1], ends[1:]
    full = ends > starts
    codes = np.frombuffer(content, np.uint8)
    edges = np.concatenate((codes[starts[full]], codes[ends[full] - 1]))
    return bool(((edges > SPACE) & (edges < DELETE)).all())


def unmarked(cells: pa.Array) -> pa.Array:
    """Return texts without the invisible marks that make equal names differ."""
    if pc.all(pc.string_is_ascii(cells)).as_py() in (True, None):
        return cells
    return text(pc.replace_substring_regex(cells, MARKS, ""))


def email(cells: pa.Array) -> Read:
    """Return e-mail addresses in lower case."""
    return Read(unmarked(pc.utf8_lower(cells)))


def identity(cells: pa.Array, vendor: Vendor) -> Read:
    """Return ids as they stand; those that a spreadsheet rounded are failures."""
    values = _reference(cells, vendor)
    shortest = pc.min(pc.binary_length(values)).as_py()
    if shortest is None or shortest > LONGEST_ROUNDED:
        return Read(values)
    rounded = pc.fill_null(pc.match_substring_regex(values, ROUNDED), False)
    if not pc.any(rounded).as_py():
        return Read(values)
    kept = pc.if_else(rounded, pa.scalar(None, pa.string()), values)
    return Read(kept, rounded, "rounded_id")


def reference(cells: pa.Array, vendor: Vendor) -> Read:
    """Return what points to other records: ids, e-mails or names."""
    return Read(_reference(cells, vendor))


def _reference(cells: pa.Array, vendor: Vendor) -> pa.Array:
    """Apply what a vendor does to ids: associations, wrappers, null ids, length."""
    values = unmarked(cells)
    if vendor.association:
        found = pc.extract_regex(values, vendor.association)
        values = pc.coalesce(pc.struct_field(found, 0), values)
    if vendor.wrapper:
        values = text(pc.utf8_trim(values, vendor.wrapper))
    if vendor.null_ids:
        nothing = pc.is_in(values, pa.array(vendor.null_ids))
        values = pc.if_else(nothing, pa.scalar(None, pa.string()), values)
    return _lengthened(values) if vendor.long_ids else values


def _lengthened(values: pa.Array) -> pa.Array:
    """Return 15-character ids with their checksum, other texts as they are.

    Salesforce's rule: for each five characters, the capitals make a binary number,
    first character lowest, that picks one of A-Z, 0-5.
    """
    short = pc.fill_null(pc.equal(pc.binary_length(values), 15), False)
    if not pc.any(short).as_py():
        return values
    short = pc.and_(
        short,
        pc.fill_null(pc.match_substring_regex(values, "^[A-Za-z0-9]*[0-9]"), False),
    )
    short = pc.and_(
        short,
        pc.fill_null(pc.match_substring_regex(values, "^[A-Za-z0-9]{15}$"), False),
    )
    rows = np.flatnonzero(short.to_numpy(zero_copy_only=False))
    if not len(rows):
        return values
    found = values.take(pa.array(rows))
    letters = np.frombuffer("".join(found.to_pylist()).encode(), dtype=np.uint8)
    capital = ((letters >= 65) & (letters <= 90)).reshape(-1, 3, 5)
    marks = CHECKSUM[(capital * (1 << np.arange(5))).sum(axis=2)]
    suffix = pa.array(np.ascontiguousarray(marks).view("S3").ravel().astype(str))
    longer = pc.binary_join_element_wise(found, suffix, "")
    return pc.replace_with_mask(values, short, longer)


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark of a column, "," or ".", from all its values.

    A mark that comes twice in a value, or before another one, groups thousands. A
    single mark with three digits behind it ("1,234") says nothing; without any other
    sign it is the decimal mark only in French writing (a comma after 0).
    """
    commas = dots = 0
    for cell in cells:
        bare = DECORATION.sub("", cell).strip("()+-")
        comma, dot = bare.rfind(","), bare.rfind(".")
        if comma >= 0 and dot >= 0:
            commas, dots = commas + (comma > dot), dots + (dot > comma)
        elif comma >= 0 and bare.count(",") == 1:
            commas += len(bare) - comma - 1 != 3 or bare.startswith("0,")
        elif comma >= 0:
            dots += 1
        elif bare.count(".") == 1:
            dots += len(bare) - dot - 1 != 3 or bare.startswith("0.")
        elif dot >= 0:
            commas += 1
    return "," if commas > dots else "."


def number_of(cell: str, mark: str = ".") -> float:
    """Read a number as people write it; ValueError when it is none, or not finite.

    >>> number_of("1 234,56 €", ","), number_of("(12)")
    (1234.56, -12.0)
    """
    bare = DECORATION.sub("", cell.strip())
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare.strip("()").replace("−", "-")
    if bare.endswith("-"):
        bare = "-" + bare[:-1]
    bare = bare.replace("." if mark == "," else ",", "").replace(mark, ".")
    if not NUMBER.fullmatch(bare):
        raise ValueError(cell)
    value = float(bare)
    if value in (float("inf"), float("-inf")):
        raise ValueError(cell)
    return -value if negative else value


def number(cells: pa.Array, mark: str) -> Read:
    """Return decimal numbers."""
    if mark == ".":
        try:
            values = pc.cast(cells, pa.float64())
        except pa.ArrowInvalid:
            pass
        else:
            finite = pc.fill_null(pc.is_finite(values), True)
            if pc.all(finite).as_py() in (True, None):
                return Read(values)
    return _each(cells, lambda cell: number_of(cell, mark), pa.float64())


def boolean_of(cell: str, words: Words) -> bool:
    """Read yes or no, or a count (more than none is yes); ValueError when neither."""
    found = words.value(cell)
    if found is None:
        return number_of(cell) > 0
    return found == "true"


def boolean(cells: pa.Array, words: Words | None = None) -> Read:
    """Return true and false."""
    known = words or table("boolean")
    return _each(cells, lambda cell: boolean_of(cell, known), pa.bool_())


def choice(
    cells: pa.Array,
    words: Words,
    chosen: Mapping[str, str | None],
    allowed: tuple[str, ...],
) -> Read:
    """Return the values that words stand for; those nobody knows are null.

    ``chosen`` is what a person said some words mean, compared like headers.
    """
    own = {key(word): value for word, value in chosen.items()}

    def value(cell: str) -> str | None:
        if key(cell) in own:
            return own[key(cell)]
        if key(cell) in {key(v) for v in allowed}:
            return next(v for v in allowed if key(v) == key(cell))
        return words.value(cell)

    return _each(cells, value, pa.string())


def _each(cells: pa.Array, read: Callable[[str], Any], kind: pa.DataType) -> Read:
    """Read each different text of a column once."""
    coded = cells.dictionary_encode()
    values: list[Any] = []
    bad: list[bool] = []
    for cell in coded.dictionary.to_pylist():
        try:
            values.append(read(cell))
            bad.append(False)
        except (ValueError, OverflowError):
            values.append(None)
            bad.append(True)
    result = pa.array(values, kind).take(coded.indices)
    if not any(bad):
        return Read(result)
    failed = pc.fill_null(pa.array(bad, pa.bool_()).take(coded.indices), False)
    return Read(result, failed)
