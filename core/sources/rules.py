"""What the fields of a record say about each other, as rules.toml states it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from core.sources.objects import Object, day

FILE = Path(__file__).with_name("rules.toml")
Value = str | bool


@dataclass(frozen=True)
class Rule:
    """One rule; its parts are explained in rules.toml."""

    field: str
    source: str | None
    matches: str | None
    equals: Value | None
    filled: bool
    join: tuple[str, ...]
    constant: bool
    value: Value | None
    over: bool


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """Return the rules of every object, in order."""
    with FILE.open("rb") as file:
        entries = tomllib.load(file)
    return {
        name: tuple(
            Rule(
                field=entry["field"],
                source=entry.get("from"),
                matches=entry.get("matches"),
                equals=entry.get("equals"),
                filled=entry.get("filled", False),
                join=tuple(entry.get("join", ())),
                constant=entry.get("constant", False),
                value=entry.get("value"),
                over=entry.get("over", False),
            )
            for entry in object_rules
        )
        for name, object_rules in entries.items()
    }


def apply(
    target: Object,
    columns: dict[str, pa.Array],
    constants: Mapping[str, str],
    rows: int,
) -> None:
    """Fill the columns of an object by its rules, in place.

    ``constants`` are what the kind of file says of all its rows; those that no rule
    places in its order fill what is empty at the end.
    """
    left = dict(constants)
    for rule in rules().get(target.name, ()):
        kind = columns[rule.field].type
        value = left.pop(rule.field, None) if rule.constant else rule.value
        if not columns[rule.field].null_count and not rule.over:
            continue
        if rule.join:
            _fill(columns, rule.field, _joined(rule, columns))
        elif value is not None:
            mask = _mask(rule, columns, rows)
            scalar = pa.scalar(_typed(value, kind), kind)
            if rule.over:
                columns[rule.field] = pc.if_else(mask, scalar, columns[rule.field])
            else:
                filling = pc.if_else(mask, scalar, pa.scalar(None, kind))
                _fill(columns, rule.field, filling)
    for field, text in left.items():
        kind = columns[field].type
        _fill(columns, field, pa.repeat(pa.scalar(_typed(text, kind), kind), rows))


def _fill(columns: dict[str, pa.Array], field: str, values: pa.Array) -> None:
    """Put values where the column is empty."""
    columns[field] = pc.coalesce(columns[field], values)


def _typed(value: Value, kind: pa.DataType) -> Value:
    """Return a value of the files as the column's type wants it."""
    return value in (True, "true") if pa.types.is_boolean(kind) else value


def _joined(rule: Rule, columns: Mapping[str, pa.Array]) -> pa.Array:
    """Return the texts of several fields, with a space; null when all are empty."""
    parts = [columns[name] for name in rule.join]
    joined = pc.utf8_trim_whitespace(
        pc.binary_join_element_wise(
            *parts, " ", null_handling="replace", null_replacement=""
        )
    )
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _mask(rule: Rule, columns: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """Return the rows that a rule speaks of."""
    if rule.source is None:
        return pa.repeat(pa.scalar(True), rows)
    cells = columns[rule.source]
    if rule.matches is not None:
        # Subjects repeat: each different one is looked at once.
        texts = cells.dictionary_encode()
        found = pc.match_substring_regex(
            texts.dictionary, rule.matches, ignore_case=True
        ).take(texts.indices)
    elif rule.equals is not None:
        found = pc.equal(cells, pa.scalar(rule.equals, cells.type))
    else:
        found = pc.is_valid(cells)
        if day(rule.source) in columns:
            found = pc.or_(found, pc.is_valid(columns[day(rule.source)]))
    return pc.fill_null(found, False)
