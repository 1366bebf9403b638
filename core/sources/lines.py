"""Which records of a delimited text are not rows, seen without reading every cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.sources.dialect import Dialect, cells_of
from core.sources.footer import BEGINNINGS, is_blank, is_note_anywhere
from core.sources.records import QUOTE, Positions, Records

Dropped = dict[int, str]
_LOWER = 0x20


def not_rows(data: bytes, records: Records, stop: int, dialect: Dialect) -> Dropped:
    """Return blank, repeated-header and footer records among the first ``stop``."""
    if stop == 0:
        return {}
    codes = np.frombuffer(data, dtype=np.uint8)
    starts, ends = records.starts[:stop], records.ends[:stop]
    lengths = ends - starts
    dropped: Dropped = {}
    mark = dialect.delimiter
    for index in np.flatnonzero(_maybe_blank(codes, starts, lengths, dialect)):
        if is_blank(cells_of(data[starts[index] : ends[index]], mark)):
            dropped[int(index)] = "blank"
    for again in _spellings(dialect):
        for index in np.flatnonzero(lengths == len(again)):
            if data[starts[index] : ends[index]] == again:
                dropped[int(index)] = "repeated_header"
    for index in np.flatnonzero(_maybe_note(codes, starts, lengths)):
        if is_note_anywhere(cells_of(data[starts[index] : ends[index]], mark)):
            dropped[int(index)] = "footer"
    return dropped


def _maybe_blank(
    codes: NDArray[np.uint8], starts: Positions, lengths: Positions, dialect: Dialect
) -> NDArray[np.bool_]:
    empty = lengths == 0
    first = codes[starts]
    mark = ord(dialect.delimiter)
    hollow = (first == mark) | (first == ord(" ")) | (first == ord("\t"))
    second = codes[np.minimum(starts + 1, len(codes) - 1)]
    quoted = (first == QUOTE) & ((second == QUOTE) | (second == ord(" ")))
    short = lengths <= 4 * len(dialect.header)
    maybe: NDArray[np.bool_] = empty | ((hollow | quoted) & short)
    return maybe


def _maybe_note(
    codes: NDArray[np.uint8], starts: Positions, lengths: Positions
) -> NDArray[np.bool_]:
    first = starts + (codes[starts] == QUOTE)
    second = np.minimum(first + 1, len(codes) - 1)
    pair = (codes[first].astype(np.uint16) | _LOWER) << 8 | (codes[second] | _LOWER)
    begin = [start.encode() for start in BEGINNINGS]
    wanted = [(start[0] | _LOWER) << 8 | (start[1] | _LOWER) for start in begin]
    maybe: NDArray[np.bool_] = np.isin(pair, wanted) & (lengths > 3)
    return maybe


def _spellings(dialect: Dialect) -> set[bytes]:
    """Return the header as any exporter would write it again: quoted or not."""
    mark, header = dialect.delimiter, dialect.header
    doubled = [cell.replace('"', '""') for cell in header]
    plain = [
        f'"{twice}"' if set(cell) & {mark, '"', "\n"} else cell
        for cell, twice in zip(header, doubled, strict=True)
    ]
    written = (mark.join(plain), mark.join(f'"{cell}"' for cell in doubled))
    return {text.encode("utf-8") for text in written}
