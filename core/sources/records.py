"""Where the records of a delimited text begin and end.

A line end inside quotes belongs to its cell. Quotes only mean something at the start of
a cell, so `5" screen` is a cell like another: that is how Excel, Python and Arrow read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

NEWLINE, QUOTE = 10, 34
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Records:
    """The complete records of a text; the rest of it starts at ``rest``.

    Record ``i`` is ``data[starts[i]:ends[i]]`` without its line end, and begins
    ``lines[i]`` line ends after the start of the text; ``line_count`` line ends precede
    ``rest``. ``open_quote`` is where a quote opens that is not closed, if there is one;
    ``strays`` where a quote closes in the middle of a cell (`"x"y"`).
    """

    starts: Positions
    ends: Positions
    lines: Positions
    rest: int
    line_count: int
    open_quote: int | None
    strays: Positions

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.starts)


def split(data: bytes, delimiter: str) -> Records:
    """Find the records of ``data``, which begins at the start of one."""
    codes = np.frombuffer(data, dtype=np.uint8)
    newlines = np.flatnonzero(codes == NEWLINE)
    open_quote, strays = None, newlines[:0]
    if QUOTE in data:
        quotes = np.flatnonzero(codes == QUOTE)
        if _all_at_cell_ends(codes, quotes, ord(delimiter)):
            outside = (np.searchsorted(quotes, newlines) & 1) == 0
            open_quote = _left_open(quotes)
        else:
            outside, open_quote, strays = _outside_spans(data, newlines, delimiter)
        last = np.flatnonzero(outside)
    else:
        last = np.arange(len(newlines))
    ends = newlines[last]
    starts = np.empty_like(ends)
    lines = np.empty_like(ends)
    if len(ends):
        starts[0], starts[1:] = 0, ends[:-1] + 1
        lines[0], lines[1:] = 0, last[:-1] + 1
    rest = int(ends[-1]) + 1 if len(ends) else 0
    count = int(last[-1]) + 1 if len(ends) else 0
    return Records(starts, ends, lines, rest, count, open_quote, strays)


def _all_at_cell_ends(
    codes: NDArray[np.uint8], quotes: Positions, delimiter: int
) -> bool:
    """Tell whether quotes only open, close and double: their parity then decides."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = codes[opening[opening > 0] - 1]
    after = codes[closing[closing < len(codes) - 1] + 1]
    return bool(_may_touch(before, delimiter) and _may_touch(after, delimiter))


def _may_touch(around: NDArray[np.uint8], delimiter: int) -> bool:
    good = (around == delimiter) | (around == NEWLINE) | (around == QUOTE)
    return bool(good.all())


@lru_cache(maxsize=16)
def _quoted_cell(delimiter: str) -> re.Pattern[bytes]:
    edge = re.escape(delimiter.encode())
    return re.compile(rb'(?:\A|[\n%b])(")(?:[^"]++|"")*+("|\Z)' % edge)


def _outside_spans(
    data: bytes, newlines: Positions, delimiter: str
) -> tuple[NDArray[np.bool_], int | None, Positions]:
    begins, finishes, open_quote = [], [], None
    strays: list[int] = []
    after = {delimiter.encode(), b"\n", b""}
    for found in _quoted_cell(delimiter).finditer(data):
        begins.append(found.start(1))
        finishes.append(found.end())
        if found.start(2) == found.end(2):
            open_quote = found.start(1)
        elif data[found.end() : found.end() + 1] not in after:
            strays.append(found.end())
    if not begins:
        return np.ones(len(newlines), dtype=np.bool_), None, newlines[:0]
    before = np.searchsorted(np.array(begins), newlines)
    ended = np.searchsorted(np.array(finishes), newlines, side="right")
    return before == ended, open_quote, np.array(strays, dtype=np.int64)


def _left_open(quotes: Positions) -> int | None:
    if len(quotes) % 2 == 0:
        return None
    # A quote that follows a closing one at once is the second half of a doubled one.
    opening, closing = quotes[0::2], quotes[1::2]
    real = np.concatenate(([True], opening[1:] != closing + 1))
    return int(opening[np.flatnonzero(real)[-1]])
