"""Entry by proxy: records that one person types and another holds.

A call, a mail, a meeting, an account, … made by A and held by B counts, unless
something else explains it: a program, an import, a record older than B's account, a
leaver's handed over, B's own manager, a task given, an appointment made in advance. A
record whose holder changed later looks the same in an export: it cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core import people
from core.practices.reading import (
    ENOUGH_PEOPLE,
    Practice,
    limits,
    low_is_good,
    present,
    share,
)
from core.workspace import Workspace

WEEKS = 13
REASONS = (
    *("program", "import", "before_owner", "creator_left", "manager", "assigned"),
    "planned",
)
"""What else explains a record held by another than who typed it."""
_MOSTLY = 0.5


@dataclass(frozen=True)
class Proxy:
    """Entry by proxy over the 13 whole weeks before the day of reading.

    ``owners`` has a row a person who holds records: user_id, name, team, own,
    by_others, share, is_judged, is_carried. ``creators`` a row a person who types for
    others: user_id, name, team, own, for_others, share, holders, is_assistant.
    ``flows``: creator_id, owner_id, creator_name, owner_name, entry_count, kinds
    (tuple). ``excluded`` counts records by what else explains them.
    """

    practice: Practice
    share: float | None
    carried: int
    judged: int
    assistants: int
    owners: pd.DataFrame
    creators: pd.DataFrame
    flows: pd.DataFrame
    excluded: Mapping[str, int]


def read(workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None) -> Proxy:
    """Return who types for the people in ``rows``, or for anybody.

    ``rows`` are some of those of `core.people.everyone` at ``as_of``.
    """
    rules = limits(workspace)
    known = people.everyone(workspace, as_of)
    held_by = present(known if rows is None else rows)["user_id"]
    every = workspace.derive("mart_proxy", as_of=as_of.isoformat())
    entries = every[every["owner_id"].isin(list(held_by))]
    own = entries[entries["reason"] == "own"]
    typed = entries[entries["reason"] == "proxy"]
    who = known.set_index("user_id")[["name", "team"]]
    owners = _owners(own, typed).join(who, on="user_id")
    least = rules["practice.proxy.entries"]
    is_judged = owners["own"] + owners["by_others"] >= least
    owners["is_judged"] = is_judged
    owners["is_carried"] = is_judged & (
        owners["share"] >= rules["practice.proxy.share"]
    )
    creators = _creators(every, typed).join(who, on="user_id")
    creators["is_assistant"] = (creators["for_others"] >= least) & (
        creators["share"] >= _MOSTLY
    )
    of_all = share(
        float(typed["entry_count"].sum()),
        float(typed["entry_count"].sum() + own["entry_count"].sum()),
    )
    carried, judged = int(owners["is_carried"].sum()), int(is_judged.sum())
    counts = entries.groupby("reason")["entry_count"].sum()
    return Proxy(
        practice=_practice(workspace, of_all, carried, judged, creators),
        share=of_all,
        carried=carried,
        judged=judged,
        assistants=int(creators["is_assistant"].sum()),
        owners=owners.sort_values(
            ["is_carried", "share", "by_others"], ascending=False, ignore_index=True
        ),
        creators=creators.sort_values("for_others", ascending=False, ignore_index=True),
        flows=_flows(typed, who),
        excluded={reason: int(counts.get(reason, 0)) for reason in REASONS},
    )


def _practice(
    workspace: Workspace,
    of_all: float | None,
    carried: int,
    judged: int,
    creators: pd.DataFrame,
) -> Practice:
    values = {"carried": carried, "judged": judged, "entries": of_all or 0.0}
    values["assistants"] = int(creators["is_assistant"].sum())
    if judged < ENOUGH_PEOPLE:
        return Practice("proxy", "not_enough_data", values=values, missing=("creator",))
    value = carried / judged
    state, limit = low_is_good(value, limits(workspace), "proxy")
    return Practice("proxy", state, value, limit, {**values, "share": value})


def _owners(own: pd.DataFrame, typed: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "own": own.groupby("owner_id")["entry_count"].sum(),
            "by_others": typed.groupby("owner_id")["entry_count"].sum(),
        }
    ).fillna(0)
    frame["share"] = frame["by_others"] / (frame["own"] + frame["by_others"])
    return frame.rename_axis("user_id").reset_index()


def _creators(every: pd.DataFrame, typed: pd.DataFrame) -> pd.DataFrame:
    own = every[every["reason"] == "own"].groupby("creator_id")["entry_count"]
    by = typed.groupby("creator_id")
    frame = pd.DataFrame(
        {"for_others": by["entry_count"].sum(), "holders": by["owner_id"].nunique()}
    )
    frame["own"] = own.sum().reindex(frame.index).fillna(0)
    frame["share"] = frame["for_others"] / (frame["own"] + frame["for_others"])
    return frame.rename_axis("user_id").reset_index()


def _flows(typed: pd.DataFrame, who: pd.DataFrame) -> pd.DataFrame:
    ordered = typed.sort_values("entry_count", ascending=False, kind="stable")
    frame = (
        ordered.groupby(["creator_id", "owner_id"], sort=False)
        .agg(entry_count=("entry_count", "sum"), kinds=("kind", tuple))
        .reset_index()
    )
    frame["creator_name"] = frame["creator_id"].map(who["name"])
    frame["owner_name"] = frame["owner_id"].map(who["name"])
    return frame.sort_values("entry_count", ascending=False, ignore_index=True)
