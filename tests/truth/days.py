"""The days of a French company: working days, summers, Christmases, local hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Calendar:
    """Every day from ``start`` to ``end``, both included; days are numbered from 0."""

    start: date
    end: date

    @cached_property
    def days(self) -> Days:
        return np.arange(self.start, self.end + timedelta(1), dtype="datetime64[D]")

    @cached_property
    def weekday(self) -> npt.NDArray[np.int64]:
        """Monday is 0."""
        return (self.days.astype("int64") + 3) % 7

    @cached_property
    def week(self) -> npt.NDArray[np.int64]:
        """Weeks are numbered from 0, and begin on Monday."""
        number = (self.days.astype("int64") + 3) // 7
        return number - number[0]

    @cached_property
    def working(self) -> Flags:
        years = range(self.start.year, self.end.year + 1)
        off = np.array(sorted(holidays.France(years=years)), dtype="datetime64[D]")
        return (self.weekday < 5) & ~np.isin(self.days, off)

    @cached_property
    def months(self) -> float:
        return len(self.days) / 30.44

    def index(self, day: date) -> int:
        """May be negative, or beyond the last day."""
        return (day - self.start).days

    def day(self, index: int) -> date:
        return self.start + timedelta(int(index))

    def offset(self, zone: str) -> npt.NDArray[np.int64]:
        """Seconds to take from local noon of each day to have it in UTC."""
        local = ZoneInfo(zone)
        noons = (day.astype(object) for day in self.days)
        seconds = []
        for noon in noons:
            moment = np.datetime64(noon).astype("datetime64[s]").astype(object)
            gap = moment.replace(hour=12, tzinfo=local).utcoffset()
            seconds.append(int(gap.total_seconds()))
        return np.array(seconds)

    def ramp(self, first: float, last: float, begin: int, end: int) -> Numbers:
        """A level that goes from ``first`` to ``last`` between two days, then stays."""
        position = np.clip((np.arange(len(self.days)) - begin) / (end - begin), 0, 1)
        return first + (last - first) * position
