"""Figures of comings and goings: months, arrivals, first actions, licences."""

from __future__ import annotations

from datetime import date

from core import cohorts, licences, lifecycle, periods
from core.errors import GroupTooSmall
from core.method.figure import Fact, Figure
from core.workspace import Workspace

_TRACES = ("user", "login", "account", "contact", "activity", "opportunity", "record")


def _day(workspace: Workspace) -> date | None:
    """Return the day on which the pages read the latest month."""
    months = periods.months(workspace)
    return periods.period(workspace, months[0]).as_of if months else None


def _stages(workspace: Workspace) -> list[Fact]:
    day = _day(workspace)
    if day is None:
        return []
    months = lifecycle.by_month(workspace, day)
    moved = lifecycle.movement(workspace, day)
    told = [Fact("months_told", len(months))]
    if moved is None:
        return told
    counts = {"arrived": moved.new, "came_back": moved.back, "gone": moved.left}
    label = {"month": moved.since}
    return [*told, *(Fact(code, n, labels=label) for code, n in counts.items())]


def _arrivals(workspace: Workspace) -> list[Fact]:
    day, known = _day(workspace), cohorts.basis(workspace)
    if day is None or known is None:
        return []
    table = cohorts.table(workspace, day)
    groups = int(table["first_month"].nunique())
    return [Fact("arrivals_from", (known.first_day, day)), Fact("groups", groups)]


def _first_action(workspace: Workspace) -> list[Fact]:
    day = _day(workspace)
    found = cohorts.first_action(workspace, day) if day else None
    if found is None:
        return [Fact("newcomers", None)]
    not_yet = [Fact("not_yet", found.not_yet)] if found.not_yet is not None else []
    return [Fact("newcomers", found.people), *not_yet]


def _licences(workspace: Workspace) -> list[Fact]:
    day = _day(workspace)
    if day is None or not workspace.has("user"):
        return []
    try:
        found = licences.ladders(workspace, day, period=f"{day}:{day.isoformat()[:7]}")
    except GroupTooSmall:
        return []
    total = found.total
    counts = {
        "licences_bought": total.bought,
        "licensed": total.assigned,
        "active": total.active,
        "asleep": total.asleep,
        "price": workspace.settings.price_per_licence,
    }
    return [Fact(code, value) for code, value in counts.items()]


FIGURES = (
    Figure(
        "licences",
        *("company", "money", "as_of", "lifecycle"),
        models=("int_user_contract", "int_user_start", "mart_licence"),
        modules=("core/licences.py", "core/ladder.py"),
        limits=("active_days", "licence_new"),
        objects=_TRACES,
        tell=_licences,
    ),
    Figure(
        "lifecycle",
        *("company", "people", "two_months", "lifecycle"),
        models=("int_life_month", "int_user_life", "mart_lifecycle_person"),
        modules=("core/lifecycle.py",),
        limits=("covered_days",),
        objects=_TRACES,
        tell=_stages,
    ),
    Figure(
        "cohorts",
        *("company", "share", "history", "lifecycle"),
        models=("int_user_tenure", "mart_cohort"),
        modules=("core/cohorts.py",),
        limits=("cohort_fewest", "cohort_after"),
        objects=_TRACES,
        tell=_arrivals,
    ),
    Figure(
        "first_action",
        *("company", "days", "history", "lifecycle"),
        models=("int_user_start", "mart_licence"),
        modules=("core/cohorts.py",),
        limits=("settled_days",),
        objects=_TRACES,
        tell=_first_action,
    ),
    Figure(
        "recent",
        *("company", "people", "as_of", "lifecycle"),
        models=("int_user_day", "mart_user"),
        modules=("core/lifecycle.py",),
        limits=("recent_days",),
        objects=_TRACES,
    ),
)
