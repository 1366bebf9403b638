"""Which month is read, and on which day: past months on their last, the running one
on the last day of the data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

import pandas as pd
import pytest

from core import periods
from core.workspace import Workspace


class Known:
    """A workspace whose data begin on a Monday and stop on a chosen day."""

    period = (date(2026, 9, 1), date(2026, 11, 12))

    def __init__(self, last: date | None, login: date | None = date(2026, 9, 1)):
        self.last, self.login = last, login

    def query(self, mart: str, **params: Any) -> pd.DataFrame:
        if mart == "mart_period":
            days: dict[str, Any] = {
                "first_day": date(2026, 8, 28),
                "last_day": self.last,
                "first_login_day": self.login,
                "first_activity_day": None,
            }
            return pd.DataFrame(
                {name: [pd.to_datetime(day)] for name, day in days.items()}
            )
        assert mart == "mart_month"
        starts = [date(2026, month, 1) for month in (8, 9, 10, 11)]
        ends = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
        frame = pd.DataFrame(
            {
                "month": [day.isoformat()[:7] for day in starts],
                "first_day": pd.to_datetime(starts),
                "last_day": pd.to_datetime([*ends, date(2026, 11, 30)]),
                "working_days": [21, 22, 22, 20],
            }
        )
        last = pd.Timestamp(self.last or date(2026, 8, 1))
        frame["is_complete"] = frame["last_day"] <= last + timedelta(days=1)
        return frame

    def derive(self, mart: str, *, month: str) -> pd.DataFrame:
        assert mart == "mart_calendar"
        days = pd.Series(pd.period_range(month, periods=1, freq="M"))
        first, last = days.dt.start_time.iloc[0], days.dt.end_time.iloc[0]
        every = pd.Series(pd.date_range(first, last.normalize()))
        armistice = every.eq(pd.Timestamp(2026, 11, 11))
        working = (every.dt.day_of_week < 5) & ~armistice
        return pd.DataFrame({"day": every, "is_working": working})


def known(last: date | None, **more: Any) -> Workspace:
    return cast(Workspace, Known(last, **more))


def test_a_record_before_the_first_login_opens_no_month() -> None:
    found = periods.months(known(date(2026, 11, 12)))
    assert found == ("2026-11", "2026-10", "2026-09")
    assert "2026-08" in periods.months(known(date(2026, 11, 12), login=None))


def test_a_past_month_is_read_on_its_last_day() -> None:
    found = periods.period(known(date(2026, 11, 12)), "2026-10")
    assert (found.as_of, found.previous) == (date(2026, 10, 31), "2026-09")
    assert (found.working_days, found.days_known) == (22, 44)
    assert not found.is_running


def test_the_running_month_is_read_on_the_last_day_of_the_data() -> None:
    found = periods.period(known(date(2026, 11, 12)), "2026-11")
    assert found.is_running
    assert found.as_of == date(2026, 11, 12)
    # 2 to 12 November without the 11th, after 22 and 22 days.
    assert found.days_known == 44 + 8


def test_the_first_month_has_nothing_before_it() -> None:
    assert periods.period(known(date(2026, 11, 12)), "2026-09").previous is None


def test_holidays_are_shown_and_closed() -> None:
    days, closed = periods.weekdays(known(date(2026, 11, 12)), "2026-11")
    assert len(days) == 21
    assert closed == {date(2026, 11, 11)}


@pytest.mark.parametrize("last", [None, date(2026, 11, 12)])
def test_last_day_falls_back_on_the_files(last: date | None) -> None:
    assert periods.last_data_day(known(last)) == date(2026, 11, 12)
