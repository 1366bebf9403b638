"""From the licence bought to the habit: what is paid for, and what is used.

Bought and price are typed by hand, by kind of licence; assigned are the open accounts
of people. Asleep are the licences bought that are not assigned, the accounts never used
and those without a trace for 28 days; not those of people on leave or just arrived.
Where only teams are shown, people on leave and newcomers are too few to be told apart:
their licences then count as asleep, as the page says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from core.errors import GroupTooSmall
from core.ladder import RUNGS, Ladder, Licences, told, told_apart
from core.workspace import Workspace
from core.workspace_settings import Licence

# An account of this age or less has just been opened.
NEW_DAYS = 30
_FIGURES = {
    "assigned": ("user_id", "count"),
    "activated": ("is_activated", "sum"),
    "active": ("is_active", "sum"),
    "habitual": ("is_habitual", "sum"),
    "acting": ("has_action", "sum"),
    "on_leave": ("is_resting", "sum"),
    "arriving": ("is_arriving", "sum"),
    "never": ("is_never", "sum"),
    "stopped": ("is_stopped", "sum"),
    "unknown": ("is_unknown", "sum"),
}


def rows(
    workspace: Workspace, as_of: date, users: Collection[str] | None = None
) -> pd.DataFrame:
    """Return the open accounts of people, as ``mart_licence`` and with their lot.

    Adds ``is_resting`` (not active, on leave), ``is_arriving``, ``is_never``,
    ``is_stopped`` and ``is_unknown``; whoever is not active is in one of the first
    four. Unprotected: for modules of core and sums.
    """
    found = workspace.derive("mart_licence", as_of=as_of.isoformat())
    if users is not None:
        found = found[found["user_id"].isin(users)]
    age = (pd.Timestamp(as_of) - found["created_day"]).dt.days
    idle = ~found["is_active"]
    resting = idle & found["is_on_leave"]
    arriving = idle & ~resting & age.le(NEW_DAYS)
    rest = idle & ~resting & ~arriving
    never = rest & ~found["is_activated"]
    return found.assign(
        is_resting=resting,
        is_arriving=arriving,
        is_never=never,
        is_stopped=rest & found["is_activated"],
        is_unknown=never & ~found["is_known"],
    )


def name(kind: object) -> str:
    """Return a kind of licence as it is compared: no capitals, single spaces."""
    return " ".join(str(kind).split()).casefold()


def known_kinds(workspace: Workspace, as_of: date) -> tuple[str, ...]:
    """Return the kinds of licence that the user export names, most assigned first."""
    found = workspace.derive("mart_licence", as_of=as_of.isoformat())["license"]
    return tuple(str(kind) for kind in found.dropna().value_counts().index)


def ladders(
    workspace: Workspace,
    as_of: date,
    users: Collection[str] | None = None,
    *,
    period: str = "",
) -> Licences:
    """Return how far licences are used, together and by kind.

    ``users`` keeps some people only: what was bought is then unknown, since it is
    bought for all. ``period`` names the time that groups shown are compared over, as
    in `Workspace.by_group`. Raises GroupTooSmall for people too few to be told of.
    """
    found = rows(workspace, as_of, users)
    workspace.select(found, period=period)
    settings = workspace.settings
    typed = {name(one.kind): one for one in settings.licences if one.kind}
    whole = next((one for one in settings.licences if not one.kind), Licence())
    named = found.assign(license=found["license"].fillna(""))
    groups = workspace.by_group(named, "license", _FIGURES, period=period)
    kinds = []
    for row in groups.sort_values("license").to_dict("records"):
        kind = str(row["license"])
        mine = typed.pop(name(kind), Licence(kind))
        kinds.append(_ladder(row, kind, mine, whole.price))
    # Bought, and given to nobody.
    nobody = dict.fromkeys(_FIGURES, 0)
    kinds += [_ladder(nobody, one.kind, one, whole.price) for one in typed.values()]
    if users is not None:
        kinds = [replace(one, bought=None) for one in kinds if one.assigned != 0]
    count, over = (None, 0) if users is not None else _bought(kinds, whole)
    sums = {key: getattr(found[source], how)() for key, (source, how) in _SUMS}
    total = _ladder(sums, None, Licence(None, count, whole.price), None)
    total = replace(total, over=over)
    if workspace.privacy == "teams":
        total = told(total, settings.k)
        kinds = told_apart(kinds, settings.k)
    is_alone = len(kinds) < 2 and all(one.price == total.price for one in kinds)
    return Licences(total, () if is_alone else tuple(kinds))


_SUMS = tuple(_FIGURES.items())


def _bought(kinds: Sequence[Ladder], whole: Licence) -> tuple[int | None, int]:
    """Return the licences bought, and how many accounts exceed those of their kind.

    It is the total typed, else the sum of the kinds'; a kind whose number nobody typed
    counts with those assigned, and is unknown where these may not be told.
    """
    if whole.count is not None:
        return whole.count, 0
    if all(one.bought is None for one in kinds):
        return None, 0
    if any(one.bought is None and one.assigned is None for one in kinds):
        return None, 0
    bought = [one.assigned if one.bought is None else one.bought for one in kinds]
    over = [
        max(0, (one.assigned or 0) - (count or 0))
        for one, count in zip(kinds, bought, strict=True)
    ]
    return sum(count or 0 for count in bought), sum(over)


def _ladder(
    row: Mapping[Any, Any], kind: str | None, typed: Licence, price: float | None
) -> Ladder:
    """Return the ladder of a row; ``price`` counts where the kind has none."""
    is_hidden = bool(row.get("is_suppressed", False))

    def count(name: str) -> int | None:
        return None if is_hidden else int(row[name])

    return Ladder(
        kind=kind,
        bought=typed.count,
        price=price if typed.price is None else typed.price,
        assigned=count("assigned"),
        activated=count("activated"),
        active=count("active"),
        habitual=count("habitual"),
        acting=count("acting"),
        on_leave=count("on_leave"),
        arriving=count("arriving"),
        never=count("never"),
        stopped=count("stopped"),
        unknown=count("unknown"),
        is_hidden=is_hidden,
    )


def report(workspace: Workspace, as_of: date) -> dict[str, Any] | None:
    """Return the licences for the headless report, null without a user export."""
    if not workspace.has("user"):
        return None
    try:
        found = ladders(workspace, as_of, period=f"{as_of}:{as_of.isoformat()[:7]}")
    except GroupTooSmall:
        return None
    return {
        **_entry(found.total),
        "asleep_cost_month": found.cost,
        "asleep_cost_year": found.yearly,
        "currency": workspace.settings.currency,
        "kinds": [{"kind": one.kind, **_entry(one)} for one in found.kinds],
    }


def _entry(ladder: Ladder) -> dict[str, Any]:
    names = ("bought", *RUNGS, "on_leave", "arriving", "never", "stopped", "asleep")
    entry = {key: getattr(ladder, key) for key in names}
    return {**entry, "price": ladder.price, "is_short": ladder.is_short}
