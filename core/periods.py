"""Which month is asked about, and on which day its figures are read.

A month of the past is read on its last day; the latest month, on the last day that the
data tell of, which is also the day of the report when none is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from core.workspace import Workspace

# Fewer working days than this, all months together, tell nothing yet.
ENOUGH_DAYS = 20


@dataclass(frozen=True)
class Period:
    """One month as it is read.

    ``month`` and ``previous`` are "2026-10"; ``previous`` is None where the data begin.
    ``first_day`` and ``last_day`` bound the whole month, ``as_of`` is the day of
    reading. ``working_days`` counts those of the month, ``days_known`` those of all
    the data up to ``as_of``. ``is_running`` tells that the data stop before its end.
    """

    month: str
    previous: str | None
    first_day: date
    last_day: date
    as_of: date
    working_days: int
    days_known: int
    is_running: bool


def _day(value: object) -> date | None:
    stamp = pd.Timestamp(value) if value is not None else pd.NaT  # type: ignore[arg-type]
    return None if pd.isna(stamp) else stamp.date()


def last_data_day(workspace: Workspace) -> date | None:
    """Return the last day with a trace of somebody, or the last the files tell of."""
    known = workspace.query("mart_period")
    day = _day(known["last_day"].iloc[0]) if len(known) else None
    if day is None and workspace.period is not None:
        return workspace.period[1]
    return day


def _calendar(workspace: Workspace) -> pd.DataFrame:
    """Return the months in which people left traces, oldest first.

    A lone record made before anybody signed in does not open a month.
    """
    known = workspace.query("mart_period")
    if not len(known):
        return workspace.query("mart_month").iloc[:0]
    row = known.iloc[0]
    starts = [_day(row[name]) for name in ("first_login_day", "first_activity_day")]
    found = [day for day in starts if day] or [
        day for day in [_day(row["first_day"])] if day
    ]
    every = workspace.query("mart_month").sort_values("month")
    if not found:
        return every.iloc[:0]
    kept: pd.DataFrame = every[every["last_day"].dt.date >= min(found)]
    return kept


def months(workspace: Workspace) -> tuple[str, ...]:
    """Return the months that can be asked about, latest first; () without traces."""
    return tuple(reversed(_calendar(workspace)["month"].tolist()))


def period(workspace: Workspace, month: str) -> Period:
    """Return how ``month``, one of `months`, is read."""
    calendar = _calendar(workspace).reset_index(drop=True)
    place = calendar["month"].tolist().index(month)
    row = calendar.iloc[place]
    last_day = row["last_day"].date()
    latest = last_data_day(workspace)
    is_running = not bool(row["is_complete"])
    past = calendar.iloc[:place]
    worked = int(past["working_days"].sum())
    this = int(row["working_days"])
    if is_running and latest is not None:
        known = worked + _worked(workspace, month, latest)
    else:
        known = worked + this
    return Period(
        month=month,
        previous=str(calendar["month"].iloc[place - 1]) if place else None,
        first_day=row["first_day"].date(),
        last_day=last_day,
        as_of=min(latest, last_day) if latest is not None else last_day,
        working_days=this,
        days_known=known,
        is_running=is_running,
    )


def on(workspace: Workspace, day: date) -> Period | None:
    """Return the month of ``day`` as it was read that day; None before the data."""
    month = day.isoformat()[:7]
    if month not in months(workspace):
        return None
    found = period(workspace, month)
    if day >= found.as_of:
        return found
    since = _worked(workspace, month, found.as_of) - _worked(workspace, month, day)
    known = found.days_known - since
    return replace(found, as_of=day, days_known=known, is_running=day < found.last_day)


def weekdays(
    workspace: Workspace, month: str
) -> tuple[tuple[date, ...], frozenset[date]]:
    """Return the days to show of a month, and which of them nobody is expected on.

    The first are its working days and its holidays from Monday to Friday, in order.
    """
    days = workspace.derive("mart_calendar", month=month)
    shown = days[days["day"].dt.day_of_week < 5].sort_values("day")
    closed = shown[~shown["is_working"]]
    return tuple(shown["day"].dt.date), frozenset(closed["day"].dt.date)


def _worked(workspace: Workspace, month: str, until: date) -> int:
    days, closed = weekdays(workspace, month)
    return sum(day <= until and day not in closed for day in days)
