"""Breadth: how many of the objects of one's job a person works on.

What a profile is expected to use is what people of that profile do use here: a kind of
record that a fifth of its active people touched in four weeks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core import people
from core.practices.reading import (
    ENOUGH_ALIKE,
    ENOUGH_PEOPLE,
    Practice,
    active,
    is_few,
    limits,
    low_is_good,
)
from core.workspace import Workspace

KINDS = (
    *("account", "contact", "opportunity", "call", "meeting", "email", "task"),
    "campaign",
)
"""The key objects of a CRM; a company's own come beside them."""
_OBJECTS = ("account", "contact", "opportunity", "campaign")
# With fewer kinds in the exports, nobody can be broad.
_FEWEST_KINDS = 3


@dataclass(frozen=True)
class Breadth:
    """What people touched in the four whole weeks before the day of reading.

    ``rows`` has one row an active person: user_id, name, team, profile, objects (how
    many kinds), expected (of the profile), breadth (those of the expected that are
    touched, as a share), kinds (tuple), lacking (tuple), is_narrow. ``kinds`` has one
    row a kind: kind, people, share (of the active), is_used. ``expected`` gives each
    profile's kinds; "" is everybody's.
    """

    practice: Practice
    narrow: int
    judged: int
    median: float | None
    rows: pd.DataFrame
    kinds: pd.DataFrame
    expected: Mapping[str, tuple[str, ...]]


def shown(workspace: Workspace, found: Breadth) -> pd.DataFrame:
    """Return the kinds, without those that too few people touch, or do not touch.

    Null where only teams are shown and either are few; ``is_used`` goes with it.
    """
    rows = found.kinds.copy()
    few = pd.Series(
        [is_few(workspace, n, found.judged - n) for n in rows["people"]],
        index=rows.index,
        dtype=bool,
    )
    rows["people"] = rows["people"].astype("Float64").mask(few)
    rows["share"] = rows["share"].astype("Float64").mask(few)
    return rows


def read(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Breadth:
    """Return the breadth of the people in ``rows``, or of everybody.

    ``rows`` are some of those of `core.people.everyone` at ``as_of``; what is expected
    is worked out on the whole company.
    """
    rules = limits(workspace)
    everyone = active(people.everyone(workspace, as_of))
    touched = workspace.derive("mart_user_breadth", as_of=as_of.isoformat())
    touched = touched[touched["user_id"].isin(list(everyone["user_id"]))]
    wanted = _expected(everyone, touched, rules["practice.breadth.used"])
    shown = everyone if rows is None else active(rows)
    mine = touched[touched["user_id"].isin(shown["user_id"])]
    sets = mine.groupby("user_id")["kind"].agg(frozenset)
    frame = shown[["user_id", "name", "team", "profile"]].copy()
    frame["kinds"] = [_ordered(sets.get(user, ())) for user in frame["user_id"]]
    frame["objects"] = frame["kinds"].map(len)
    expected = [wanted.get(_profile(p), wanted[""]) for p in frame["profile"]]
    frame["expected"] = [len(kinds) for kinds in expected]
    frame["lacking"] = [
        tuple(kind for kind in kinds if kind not in held)
        for kinds, held in zip(expected, frame["kinds"], strict=True)
    ]
    frame["breadth"] = 1 - frame["lacking"].map(len) / frame["expected"].where(
        frame["expected"] > 0
    )
    frame["is_narrow"] = frame["objects"] <= rules["practice.breadth.narrow"]
    narrow, judged = int(frame["is_narrow"].sum()), len(frame)
    known = _in_exports(workspace, touched)
    values = {"narrow": narrow, "judged": judged}
    if judged < ENOUGH_PEOPLE or len(known) < _FEWEST_KINDS:
        practice = Practice(
            "breadth", "not_enough_data", values=values, missing=("activity",)
        )
    else:
        value = narrow / judged
        state, limit = low_is_good(value, rules, "breadth")
        practice = Practice("breadth", state, value, limit, {**values, "share": value})
    return Breadth(
        practice=practice,
        narrow=narrow,
        judged=judged,
        median=float(frame["objects"].median()) if judged else None,
        rows=frame.sort_values(
            ["objects", "breadth", "name"], kind="stable", ignore_index=True
        ),
        kinds=_kinds(known, mine, judged, rules["practice.breadth.used"]),
        expected=wanted,
    )


def _profile(value: object) -> str:
    return value if isinstance(value, str) else ""


def _ordered(kinds: object) -> tuple[str, ...]:
    assert isinstance(kinds, frozenset | tuple)
    ranks = {kind: rank for rank, kind in enumerate(KINDS)}
    return tuple(sorted(kinds, key=lambda kind: (ranks.get(kind, len(KINDS)), kind)))


def _expected(
    everyone: pd.DataFrame, touched: pd.DataFrame, least: float
) -> dict[str, tuple[str, ...]]:
    """Return the kinds that each profile uses; "" is everybody."""
    found = {"": _used(touched, len(everyone), least)}
    for profile, part in everyone.groupby("profile"):
        if len(part) >= ENOUGH_ALIKE:
            mine = touched[touched["user_id"].isin(part["user_id"])]
            found[str(profile)] = _used(mine, len(part), least)
    return found


def _used(touched: pd.DataFrame, people_count: int, least: float) -> tuple[str, ...]:
    counts = touched.groupby("kind")["user_id"].nunique()
    return _ordered(tuple(counts[counts >= least * people_count].index))


def _in_exports(workspace: Workspace, touched: pd.DataFrame) -> tuple[str, ...]:
    """Return the kinds that the exports can tell of: imported, or seen at work."""
    imported = [kind for kind in _OBJECTS if workspace.has(kind)]
    calls = ("call", "meeting", "email", "task") if workspace.has("activity") else ()
    return _ordered(tuple({*imported, *calls, *touched["kind"]}))


def _kinds(
    known: tuple[str, ...], mine: pd.DataFrame, judged: int, least: float
) -> pd.DataFrame:
    counts = mine.groupby("kind")["user_id"].nunique()
    frame = pd.DataFrame({"kind": list(known)})
    frame["people"] = [int(counts.get(kind, 0)) for kind in known]
    frame["share"] = frame["people"] / judged if judged else 0.0
    frame["is_used"] = frame["share"] >= least
    return frame
