"""The week that a text tells of: the last seven days imported, and the seven before.

"Last week" is never today's: figures are read on the last day that the data tell of,
and once more as they were read seven days before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from core import periods, scene
from core.workspace import Workspace

DAYS = 7
_WEEK = timedelta(days=DAYS)


@dataclass(frozen=True)
class Holiday:
    """A public holiday on a day from Monday to Friday."""

    day: date
    name: str


@dataclass(frozen=True)
class Week:
    """Seven days that end on ``as_of``, set against those that end on ``before``.

    ``before`` is None where the data do not hold both weeks whole. ``age`` are the days
    since ``as_of``. ``holidays`` fall in the week, ``earlier_holidays`` in the one
    before.
    """

    as_of: date
    before: date | None
    age: int
    holidays: tuple[Holiday, ...] = ()
    earlier_holidays: tuple[Holiday, ...] = ()

    @property
    def first_day(self) -> date:
        """Return the first of the seven days."""
        return self.as_of - _WEEK + timedelta(days=1)

    @property
    def is_stale(self) -> bool:
        """Whether the data are older than a week."""
        return self.age > DAYS


def last(workspace: Workspace, today: date) -> Week | None:
    """Return the last week imported; None without a trace of anybody's work."""
    known = workspace.query("mart_period")
    if not scene.has_people(workspace) or pd.isna(known["last_day"].iloc[0]):
        return None
    as_of = known["last_day"].iloc[0].date()
    begun = known["first_day"].iloc[0].date()
    before = as_of - _WEEK
    is_whole = begun <= before - _WEEK + timedelta(days=1)
    is_read = is_whole and periods.on(workspace, before) is not None
    return Week(
        as_of,
        before if is_read else None,
        (today - as_of).days,
        _holidays(workspace, as_of),
        _holidays(workspace, before) if is_read else (),
    )


def _holidays(workspace: Workspace, until: date) -> tuple[Holiday, ...]:
    """Return the holidays from Monday to Friday of the seven days up to ``until``."""
    first = until - _WEEK + timedelta(days=1)
    found = []
    for month in sorted({day.isoformat()[:7] for day in (first, until)}):
        days = workspace.derive("mart_calendar", month=month)
        days = days[days["holiday"].notna() & (days["day"].dt.day_of_week < 5)]
        for day, name in zip(days["day"].dt.date, days["holiday"], strict=True):
            if first <= day <= until:
                found.append(Holiday(day, str(name)))
    return tuple(found)
