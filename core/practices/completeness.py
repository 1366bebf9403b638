"""Completeness: required fields that hold something, object by object.

Completeness of records = filled weights / weights, over the fields required of their
object that their own export holds: a column that was not exported is never empty. What
is required, and how much, are rules. Leads are shown apart. A placeholder ("x", "n/a",
"0600000000") is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.practices.reading import Practice, high_is_good, limits, share
from core.rules import RULES, Rules
from core.workspace import Workspace

OBJECTS = ("account", "contact", "lead", "opportunity")
FIELDS: Mapping[str, tuple[str, ...]] = {
    name: tuple(
        rule.name for rule in RULES.values() if rule.group == f"practice.{name}"
    )
    for name in OBJECTS
}
"""Every field that completeness can look at, by object."""
# Which columns of an export fill a field, where they are not its own name.
_COLUMNS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("contact", "name"): ("name", "first_name", "last_name"),
    ("contact", "account"): ("account", "company"),
    ("contact", "phone"): ("phone", "mobile"),
    ("opportunity", "close"): ("close_at",),
}
# Leads are often bought in bulk: they are shown apart, as in freshness.
_APART = "lead"
# Fewer records than this tell nothing of a habit.
ENOUGH_RECORDS = 20


@dataclass(frozen=True)
class Completeness:
    """How complete the records are that the exports hold today.

    ``fields`` has one row an object and field: object, field, weight, records, filled,
    placeholders, share, is_required; ``absent`` those that no export holds, as
    (object, field). ``cells`` has one row a holder, object and required field:
    object, owner_id, team, field, weight, records, filled: what groups are summed from.
    """

    practice: Practice
    objects: Mapping[str, float]
    fields: pd.DataFrame
    absent: tuple[tuple[str, str], ...]
    cells: pd.DataFrame

    @property
    def worst(self) -> pd.DataFrame:
        """The required fields, the one that costs most first; leads apart."""
        rows = self.fields[self.fields["is_required"]]
        rows = rows[rows["object"] != _APART]
        lost = (rows["records"] - rows["filled"]) * rows["weight"]
        return rows.assign(lost=lost).sort_values(
            "lost", ascending=False, kind="stable", ignore_index=True
        )


def weights(rules: Rules) -> dict[tuple[str, str], float]:
    """Return how much each (object, field) weighs; 0 is not required."""
    return {
        (name, field): rules[f"practice.{name}.{field}"]
        for name in OBJECTS
        for field in FIELDS[name]
    }


def required(rules: Rules, name: str) -> tuple[str, ...]:
    """Return the fields required of an object."""
    known = weights(rules)
    return tuple(field for field in FIELDS[name] if known[name, field] > 0)


def read(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Completeness:
    """Return the completeness of everybody's records, or of those ``rows`` hold.

    ``rows`` are some of those of `core.people.everyone`. Records are those of the
    latest exports, whatever ``as_of``: an export tells no past.
    """
    rules = limits(workspace)
    told = workspace.derive("mart_completeness")
    if rows is not None:
        told = told[told["owner_id"].isin(rows["user_id"])]
    cells, absent = _cells(workspace, told, rules)
    by_field = (
        cells.groupby(["object", "field"], sort=False)
        .agg(
            weight=("weight", "first"),
            records=("records", "sum"),
            filled=("filled", "sum"),
            placeholders=("placeholders", "sum"),
        )
        .reset_index()
    )
    by_field["share"] = by_field["filled"] / by_field["records"]
    by_field["is_required"] = by_field["weight"] > 0
    counted = cells[cells["weight"] > 0].drop(columns=["source_file", "placeholders"])
    objects = {
        str(name): value
        for name, part in counted.groupby("object")
        if (value := filled(part)) is not None
    }
    return Completeness(
        practice=_practice(counted[counted["object"] != _APART], rules),
        objects={name: objects[name] for name in OBJECTS if name in objects},
        fields=by_field,
        absent=absent,
        cells=counted[counted["object"] != _APART],
    )


def filled(cells: pd.DataFrame) -> float | None:
    """Return the completeness of some cells: filled weights over weights."""
    return share(
        float((cells["filled"] * cells["weight"]).sum()),
        float((cells["records"] * cells["weight"]).sum()),
    )


def _practice(counted: pd.DataFrame, rules: Rules) -> Practice:
    firsts = counted.drop_duplicates(["object", "owner_id"])
    records = int(firsts["records"].sum()) if len(firsts) else 0
    value = filled(counted)
    if value is None or records < ENOUGH_RECORDS:
        missing = ("account", "contact")
        return Practice("completeness", "not_enough_data", missing=missing)
    state, limit = high_is_good(value, rules, "completeness")
    values = {"share": value, "records": records}
    return Practice("completeness", state, value, limit, values)


def _columns(workspace: Workspace) -> dict[tuple[str, str], frozenset[str]]:
    """Return the fields that each (object, file) holds, filled or not."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for record in workspace.manifest.imports:
        for told in record.reports:
            key = told.object, told.file
            found[key] = found.get(key, frozenset()) | frozenset(told.bindings.values())
    return found


def _cells(
    workspace: Workspace, told: pd.DataFrame, rules: Rules
) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    """Return a row a holder, file and field, and the fields that no file holds."""
    columns, known = _columns(workspace), weights(rules)
    totals = told[told["field"].isna()]
    asked, absent = [], []
    for name in OBJECTS:
        files = totals.loc[totals["object"] == name, "source_file"].unique()
        source = "contact" if name == "lead" else name
        for field in FIELDS[name]:
            wanted = _COLUMNS.get((source, field), (field,))
            holding = [
                file
                for file in files
                if columns.get((source, file), frozenset()) & set(wanted)
            ]
            if len(files) and not holding:
                absent.append((name, field))
            asked += [(name, file, field, known[name, field]) for file in holding]
    fields = pd.DataFrame(
        asked, columns=["object", "source_file", "field", "weight"]
    ).astype({"weight": "float64"})
    gaps = told[told["field"].notna()].drop(columns="team")
    gaps = gaps.rename(columns={"record_count": "missing"})
    places = ["object", "source_file"]
    cells = (
        totals.drop(columns=["field", "placeholder_count"])
        .rename(columns={"record_count": "records"})
        .merge(fields, on=places)
        .merge(gaps, on=[*places, "owner_id", "field"], how="left")
    )
    cells["filled"] = cells["records"] - cells["missing"].fillna(0)
    cells["placeholders"] = cells["placeholder_count"].fillna(0)
    return cells.drop(columns=["missing", "placeholder_count"]), tuple(absent)


def to_complete(workspace: Workspace) -> pd.DataFrame:
    """Return the accounts and open opportunities to complete first, 500 at most.

    Columns: those of ``mart_record_gap``, protected, ``missing`` being a tuple.
    """
    rules, columns = limits(workspace), _columns(workspace)

    def asked(name: str) -> str:
        held = {f for key, got in columns.items() if key[0] == name for f in got}
        fields = [
            field
            for field in required(rules, name)
            if held & set(_COLUMNS.get((name, field), (field,)))
        ]
        return ",".join(fields)

    frame = workspace.query(
        "mart_record_gap",
        account_fields=asked("account"),
        opportunity_fields=asked("opportunity"),
    )
    return frame.assign(missing=frame["missing"].str.split(",").map(tuple))
