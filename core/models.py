"""The SQL files of the product: their text and what their headers declare.

A header is the run of ``--`` lines that opens a file; ``-- key: value`` declares:

    grain      columns that identify a row
    params     named parameters; marts only
    persons    columns that identify an employee, the identifier first; several
               persons in one row are separated by ``;``
    contacts   columns that identify a person at a customer
    people     column that counts the employees whose work the row sums up
    parts      columns that count few of those employees each (who came, who left): null
               where only teams are shown
    stored     ``no`` for a staging model that is cheaper to compute for each model
               that reads it than to write once
    groups     columns whose values share out a total; ``team`` when not said

``none`` declares nothing. `core.workspace` protects rows by all that name persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.settings import ROOT

SQL = ROOT / "sql"
LAYERS = ("staging", "intermediate", "marts")
_DECLARATION = re.compile(r"-- (\w+): *(.*?) *$")


@dataclass(frozen=True)
class Model:
    """One SQL file; ``layer`` is its folder, ``name`` the table it answers."""

    name: str
    layer: str
    text: str
    params: tuple[str, ...] = ()
    grain: tuple[str, ...] = ()
    persons: tuple[tuple[str, ...], ...] = ()
    contacts: tuple[str, ...] = ()
    people: str | None = None
    parts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("team",)
    stored: bool = True


def _names(value: str) -> tuple[str, ...]:
    return () if value == "none" else tuple(re.findall(r"\w+", value))


def parse(name: str, layer: str, text: str) -> Model:
    """Return the model that ``text`` holds, with its header's declarations."""
    declared: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if match := _DECLARATION.match(line):
            declared.setdefault(match[1], match[2])
    groups = _names(declared.get("groups", ""))
    people = _names(declared.get("people", ""))
    persons = (_names(part) for part in declared.get("persons", "").split(";"))
    return Model(
        name=name,
        layer=layer,
        text=text,
        params=_names(declared.get("params", "")),
        grain=_names(declared.get("grain", "")),
        persons=tuple(columns for columns in persons if columns),
        contacts=_names(declared.get("contacts", "")),
        people=people[0] if people else None,
        parts=_names(declared.get("parts", "")),
        groups=groups or ("team",),
        stored=declared.get("stored") != "no",
    )


@lru_cache(maxsize=8)
def read(sql: Path = SQL) -> dict[str, Model]:
    """Return every model below the folder ``sql`` by its name."""
    found = {}
    for layer in LAYERS:
        for path in sorted((sql / layer).glob("*.sql")):
            found[path.stem] = parse(path.stem, layer, path.read_text("utf-8"))
    return found
