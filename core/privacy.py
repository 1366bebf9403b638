"""Figures of employees without the employee: pseudonyms and groups large enough.

A threshold alone does not protect: subtracting one displayed group from another tells
the figure of the few who are in one only. So a total never misses a single group, nor
groups that together are fewer than the threshold (`hidden`), and a group is shown only
if it differs from every group shown before, that holds it or that it holds, by nobody
or by as many as the threshold (`Gate`).
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from core.errors import InvalidSetting

FLOOR = 5
DEFAULT_K = 8
# Crockford's base 32: no letter that reads as a digit.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORTEST = 4
_LONGEST = 16


def threshold(k: int) -> int:
    """Return ``k`` if it may be a threshold; raises InvalidSetting below the floor."""
    if k < FLOOR:
        raise InvalidSetting(setting="k", value=k)
    return k


def _digits(identifier: str, key: bytes) -> str:
    number = int.from_bytes(hmac.digest(key, identifier.encode(), hashlib.sha256))
    return "".join(_LETTERS[number >> 5 * n & 31] for n in range(_LONGEST))


def pseudonyms(identifiers: Iterable[str], key: bytes) -> dict[str, str]:
    """Return ``U-7F3K`` for each identifier: HMAC-SHA-256 with the workspace's key.

    All have the length that tells every one apart, four letters at least.
    """
    digits = {identifier: _digits(identifier, key) for identifier in identifiers}
    for length in range(_SHORTEST, _LONGEST):
        if len({text[:length] for text in digits.values()}) == len(digits):
            break
    return {identifier: f"U-{text[:length]}" for identifier, text in digits.items()}


def hidden(sizes: Sequence[int], k: int, chosen: Iterable[int] = ()) -> set[int]:
    """Return which groups of one total stay hidden, by how many persons each holds.

    Groups under ``k`` are, and those ``chosen`` already; then, smallest first, as many
    more as it takes for the hidden ones to be two at least and ``k`` persons at least.
    A group of nobody hides nobody: it is shown.
    """
    found = {n for n, size in enumerate(sizes) if 0 < size < k} | set(chosen)
    for n in sorted(range(len(sizes)), key=sizes.__getitem__):
        if not found or (len(found) >= 2 and sum(sizes[n] for n in found) >= k):
            break
        if sizes[n]:
            found.add(n)
    return found


def suppress(
    frame: pd.DataFrame, people: str, totals: Sequence[str], keep: Sequence[str], k: int
) -> pd.DataFrame:
    """Return ``frame`` with the rows of too few persons emptied.

    ``people`` is the column that counts the persons behind a row; rows alike in
    ``totals`` share out one total; ``keep`` are the columns that name the row. Other
    columns become null where ``is_suppressed``, which is added.
    """
    frame = frame.reset_index(drop=True)
    sizes = frame[people].fillna(0).astype(int)
    is_suppressed = pd.Series(False, index=frame.index)
    parts = [frame.index]
    if totals:
        by = frame.groupby(list(totals), dropna=False, sort=False)
        parts = [frame.index[rows] for rows in by.indices.values()]
    for part in parts:
        is_suppressed[part[sorted(hidden(sizes[part].tolist(), k))]] = True
    for column in frame.columns.difference([*totals, *keep]):
        frame[column] = frame[column].mask(is_suppressed)
    return frame.assign(is_suppressed=is_suppressed)


class Gate:
    """The groups of persons shown so far, and whether one more may be; thread-safe."""

    def __init__(self, k: int) -> None:
        """Start with nothing shown; ``k`` is the smallest group and difference."""
        self.k = k
        self._bits: dict[str, int] = {}
        self._shown: set[int] = set()
        self._lock = threading.Lock()

    def allows(self, members: Iterable[str]) -> bool:
        """Tell whether the group may be shown and, if so, count it as shown.

        A group of nobody may always be shown.
        """
        with self._lock:
            group = 0
            for member in members:
                group |= 1 << self._bits.setdefault(member, len(self._bits))
            if not group or group in self._shown:
                return True
            if group.bit_count() < self.k:
                return False
            for other in self._shown:
                common = group & other
                if common in (group, other):
                    difference = (group ^ other).bit_count()
                    if difference < self.k:
                        return False
            self._shown.add(group)
            return True


def by_group(
    frame: pd.DataFrame,
    by: str,
    figures: Mapping[str, tuple[str, str]],
    *,
    person: str = "user_id",
    gate: Gate | None = None,
) -> pd.DataFrame:
    """Return one row a value of ``by`` with figures of the persons in it.

    ``figures`` maps a new column to (column, pandas aggregation). ``people`` counts the
    persons. With a ``gate``, groups that are too small, or that would tell on others by
    subtraction, are ``is_suppressed`` and their figures null.
    """
    groups = frame.groupby(by, dropna=False, sort=True)
    named = {name: pd.NamedAgg(*figure) for name, figure in figures.items()}
    rows = groups.agg(people=pd.NamedAgg(person, "nunique"), **named).reset_index()
    members = [frozenset(part[person].dropna()) for _, part in groups]
    found = set() if gate is None else _hidden_by(gate, members)
    is_suppressed = pd.Series(range(len(rows))).isin(found)
    for column in ("people", *figures):
        rows[column] = rows[column].mask(is_suppressed)
    return rows.assign(is_suppressed=is_suppressed)


def _hidden_by(gate: Gate, members: Sequence[frozenset[str]]) -> set[int]:
    sizes = [len(group) for group in members]
    # The groups together are their total: nothing is shown of one that may not be.
    if not gate.allows(frozenset().union(*members)):
        return {n for n, size in enumerate(sizes) if size}
    shown = set(range(len(sizes))) - hidden(sizes, gate.k)
    refused = {n for n in sorted(shown) if not gate.allows(members[n])}
    found = hidden(sizes, gate.k, set(range(len(sizes))) - shown | refused)
    # What stays hidden is known as a whole too: the total less what is shown.
    while found and not gate.allows(frozenset().union(*(members[n] for n in found))):
        rest = sorted((sizes[n], n) for n in range(len(sizes)) if n not in found)
        rest = [(size, n) for size, n in rest if size]
        if not rest:
            break
        found.add(rest[0][1])
    return found
