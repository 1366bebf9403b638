"""Freshness of records, those entered twice, and opportunities left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.practices.reading import (
    Practice,
    high_is_good,
    limits,
    low_is_good,
    share,
)
from core.workspace import Workspace

# Leads bought in bulk are no base that anybody keeps up: they are shown apart.
_BASE = ("account", "contact")
ENOUGH_RECORDS = 20
ENOUGH_OPPORTUNITIES = 10


@dataclass(frozen=True)
class Freshness:
    """Records made, changed or with an activity in the last twelve months.

    ``rows`` has one row an object and holder: object, owner_id, team, record_count,
    fresh_count, undated_count; records that no export dates are left out of shares.
    ``duplicates`` has one row a check: object, basis, record_count, duplicate_count,
    share; ``uniqueness`` is 1 - the worst of those shares.
    """

    practice: Practice
    objects: Mapping[str, float]
    rows: pd.DataFrame
    duplicates: pd.DataFrame
    uniqueness: float | None


@dataclass(frozen=True)
class Neglected:
    """Open opportunities past their closing date, or without activity for long.

    ``rows`` are the neglected ones: those of ``mart_open_opportunity`` with
    ``is_overdue`` and ``is_silent``. ``amounts`` sums them up by currency.
    ``by_holder`` has one row a holder: owner_id, team, opportunities, neglected.
    """

    practice: Practice
    opportunities: int
    neglected: int
    overdue: int
    silent: int
    amounts: Mapping[str, float]
    rows: pd.DataFrame
    by_holder: pd.DataFrame


def read(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Freshness:
    """Return the freshness of everybody's records, or of those that ``rows`` hold.

    Records are those of the latest exports; ``as_of`` is the day they are looked at.
    """
    rules = limits(workspace)
    told = workspace.derive("mart_freshness", as_of=as_of.isoformat())
    if rows is not None:
        told = told[told["owner_id"].isin(rows["user_id"])]
    checks = workspace.derive("mart_duplicate")
    checks = checks.assign(share=checks["duplicate_count"] / checks["record_count"])
    base = told[told["object"].isin(_BASE)]
    value = _share(base)
    worst = None if checks.empty else float(checks["share"].max())
    dated = int((base["record_count"] - base["undated_count"]).sum())
    if value is None or dated < ENOUGH_RECORDS:
        practice = Practice("freshness", "not_enough_data", missing=_BASE)
    else:
        state, limit = high_is_good(value, rules, "freshness")
        values = {"share": value, "records": dated}
        if state == "healthy" and (worst or 0) > rules["practice.freshness.duplicates"]:
            state = "watch"
        practice = Practice("freshness", state, value, limit, values)
    return Freshness(
        practice=practice,
        objects={
            str(name): found
            for name, part in told.groupby("object")
            if (found := _share(part)) is not None
        },
        rows=told,
        duplicates=checks,
        uniqueness=None if worst is None else 1 - worst,
    )


def _share(rows: pd.DataFrame) -> float | None:
    dated = float((rows["record_count"] - rows["undated_count"]).sum())
    return share(float(rows["fresh_count"].sum()), dated)


def neglected(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Neglected:
    """Return the open opportunities left alone, everybody's or those of ``rows``."""
    rules = limits(workspace)
    told = workspace.derive("mart_open_opportunity", as_of=as_of.isoformat())
    if rows is not None:
        told = told[told["owner_id"].isin(rows["user_id"])]
    told = told.assign(
        is_overdue=told["overdue_days"].notna(),
        is_silent=told["silent_days"] >= rules["practice.neglected.days"],
    )
    if not workspace.has("activity"):
        told["is_silent"] = False
    told["is_neglected"] = told["is_overdue"] | told["is_silent"]
    left = told[told["is_neglected"]]
    count, alone = len(told), len(left)
    overdue, silent = int(left["is_overdue"].sum()), int(left["is_silent"].sum())
    if count < ENOUGH_OPPORTUNITIES:
        practice = Practice("neglected", "not_enough_data", missing=("opportunity",))
    else:
        value = alone / count
        state, limit = low_is_good(value, rules, "neglected")
        values = {"share": value, "neglected": alone, "open": count}
        values |= {"overdue": overdue, "silent": silent}
        practice = Practice("neglected", state, value, limit, values)
    holders = told.groupby(["owner_id", "team"], dropna=False).agg(
        opportunities=("opportunity_id", "count"), neglected=("is_neglected", "sum")
    )
    amounts = left.dropna(subset=["amount"]).groupby(
        left["currency"].fillna(workspace.settings.currency)
    )["amount"]
    return Neglected(
        practice=practice,
        opportunities=count,
        neglected=alone,
        overdue=overdue,
        silent=silent,
        amounts={str(name): float(sum_) for name, sum_ in amounts.sum().items()},
        rows=left.sort_values(
            ["amount", "silent_days"], ascending=False, ignore_index=True
        ),
        by_holder=holders.reset_index(),
    )
