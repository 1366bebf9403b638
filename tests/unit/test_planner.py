"""Plans of mailings: every mail once, no day too full or off, and no day too many."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import planner
from core.planner import Ask, FollowUp, Openings, WarmUp, follow_up, plan
from core.sending.request import Request, openings
from core.workspace_settings import WorkspaceSettings

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
OPENINGS = st.builds(
    Openings,
    holidays=st.dictionaries(DAYS, st.just("fête"), max_size=12),
    closed=st.frozensets(DAYS, max_size=12),
    left_out=st.frozensets(DAYS, max_size=12),
    saturdays=st.booleans(),
)
WARM = st.none() | st.builds(
    WarmUp, st.integers(1, 2000), st.floats(1, 3, allow_nan=False)
)
ASKS = st.builds(
    Ask,
    st.integers(1, 300_000),
    DAYS,
    st.none() | st.integers(1, 20_000),
    WARM,
)


def france(*, saturdays: bool = False, place: str | None = None) -> Openings:
    request = Request(1, date(2026, 11, 1), "salesforce", saturdays=saturdays)
    return openings(WorkspaceSettings(subdivision=place), request)


def is_shut(day: date, at: Openings) -> bool:
    week_end = day.weekday() == 6 or (day.weekday() == 5 and not at.saturdays)
    return week_end or day in at.holidays or day in at.closed or day in at.left_out


@settings(max_examples=40)
@given(ASKS, OPENINGS)
def test_every_mail_leaves_once_within_its_limits(ask: Ask, at: Openings) -> None:
    found = plan(ask, at)
    assert sum(batch.mails for batch in found.batches) + found.left == ask.recipients
    total = 0
    for rank, batch in enumerate(found.batches):
        total += batch.mails
        assert batch.total == total
        assert batch.mails > 0
        assert ask.limit is None or batch.mails <= ask.limit
        if ask.warm_up:
            first, growth = ask.warm_up.first, ask.warm_up.growth
            assert batch.mails <= first * growth**rank
        assert not is_shut(batch.day, at)
        assert ask.start <= batch.day < ask.start + timedelta(days=366)


@settings(max_examples=40)
@given(ASKS, OPENINGS)
def test_no_plan_has_fewer_days(ask: Ask, at: Openings) -> None:
    found = plan(ask, at)
    # All days before the last are as full as they may be: one day less cannot hold all.
    for rank, batch in enumerate(found.batches[:-1]):
        full = ask.recipients if ask.limit is None else ask.limit
        if ask.warm_up:
            full = min(full, int(ask.warm_up.first * ask.warm_up.growth**rank))
        assert batch.mails == full
    if ask.limit and not ask.warm_up and not found.left:
        assert len(found.batches) == math.ceil(ask.recipients / ask.limit)


@settings(max_examples=40)
@given(ASKS, OPENINGS)
def test_each_day_is_used_or_told_why_not(ask: Ask, at: Openings) -> None:
    found = plan(ask, at)
    if found.left or not found.batches:
        return
    days = {batch.day for batch in found.batches} | {skip.day for skip in found.skips}
    span = (found.last_day - ask.start).days
    assert days == {ask.start + timedelta(days=n) for n in range(span + 1)}
    assert all(is_shut(skip.day, at) for skip in found.skips)


def test_twenty_thousand_at_five_thousand_take_four_days() -> None:
    found = plan(Ask(20_000, date(2026, 12, 7), 5000), france())
    assert [batch.day.day for batch in found.batches] == [7, 8, 9, 10]
    assert {batch.mails for batch in found.batches} == {5000}
    assert found.skips == ()


def test_the_last_day_takes_what_is_left() -> None:
    found = plan(Ask(20_001, date(2026, 12, 7), 5000), france())
    assert [batch.mails for batch in found.batches] == [5000, 5000, 5000, 5000, 1]


@pytest.mark.parametrize(
    ("place", "saturdays", "days"),
    [
        # Christmas 2026 is a Friday, New Year's Day 2027 too.
        (None, False, ["12-23", "12-24", "12-28", "12-29", "12-30", "12-31", "01-04"]),
        (None, True, ["12-23", "12-24", "12-26", "12-28", "12-29", "12-30", "12-31"]),
        # Alsace keeps Saint Stephen's Day, Saturday the 26th.
        ("6AE", True, ["12-23", "12-24", "12-28", "12-29", "12-30", "12-31", "01-02"]),
    ],
)
def test_holidays_of_the_end_of_2026(
    place: str | None, saturdays: bool, days: list[str]
) -> None:
    at = france(saturdays=saturdays, place=place)
    found = plan(Ask(35_000, date(2026, 12, 23), 5000), at)
    assert [f"{batch.day:%m-%d}" for batch in found.batches] == days


def test_easter_monday_and_good_friday_in_alsace() -> None:
    asked = Ask(15_000, date(2027, 3, 25), 5000)
    everywhere = plan(asked, france())
    assert [batch.day.day for batch in everywhere.batches] == [25, 26, 30]
    (monday,) = (skip for skip in everywhere.skips if skip.reason == "holiday")
    assert (monday.day, monday.name) == (date(2027, 3, 29), "Lundi de Pâques")
    alsace = plan(asked, france(place="6AE"))
    assert [batch.day.day for batch in alsace.batches] == [25, 30, 31]


def test_a_holiday_on_a_sunday_is_told_by_its_name() -> None:
    found = plan(Ask(10, date(2026, 11, 1), 5000), france())
    assert [(skip.reason, skip.name) for skip in found.skips] == [
        ("holiday", "Toussaint")
    ]
    assert found.first_day == date(2026, 11, 2)


def test_holidays_are_named_in_the_language_of_the_reader() -> None:
    request = Request(1, date(2026, 12, 24), "salesforce")
    at = openings(WorkspaceSettings(), request, "en")
    assert at.holidays[date(2026, 12, 25)] == "Christmas Day"
    # Where the library knows no such names, they stay local.
    local = openings(WorkspaceSettings(country="JP"), request, "fr")
    assert local.holidays[date(2027, 1, 1)] == "元日"


def test_worked_holidays_and_closed_days_of_the_company() -> None:
    settings = WorkspaceSettings(
        worked_holidays=("Lundi de Pentecôte",), closed_days=(date(2027, 5, 18),)
    )
    request = Request(1, date(2027, 5, 14), "salesforce")
    found = plan(Ask(3, date(2027, 5, 14), 1), openings(settings, request))
    assert [batch.day.day for batch in found.batches] == [14, 17, 19]
    assert ("closed", date(2027, 5, 18)) in {(s.reason, s.day) for s in found.skips}


def test_a_new_sender_builds_up() -> None:
    asked = Ask(5000, date(2026, 12, 7), 2000, WarmUp(500, 1.5))
    found = plan(asked, france())
    # 500, 750, 1 125, 1 687, then what is left of 5 000.
    assert [batch.mails for batch in found.batches] == [500, 750, 1125, 1687, 938]


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (Ask(0, date(2026, 12, 7), 5000), "recipients"),
        (Ask(-3, date(2026, 12, 7), 5000), "recipients"),
        (Ask(10, date(2026, 12, 7), 0), "limit"),
        (Ask(10, date(2026, 12, 7), 5, WarmUp(0, 2)), "limit"),
    ],
)
def test_what_cannot_be_planned_says_why(ask: Ask, problem: str) -> None:
    assert ask.problem == problem
    assert plan(ask, Openings()).batches == ()


def test_a_plan_ends_after_a_year_and_tells_what_is_left() -> None:
    found = plan(Ask(1000, date(2026, 1, 1), 1), Openings())
    # 2026 has 261 weekdays, 2027 starts on a Friday: one more.
    assert len(found.batches) == 262
    assert found.left == 738


def test_a_week_end_follows_no_limit() -> None:
    found = plan(Ask(90_000, date(2026, 12, 5)), Openings())
    assert [(b.day, b.mails) for b in found.batches] == [(date(2026, 12, 7), 90_000)]


def followed(start: date, recipients: int) -> tuple[planner.Plan, FollowUp]:
    sent = plan(Ask(recipients, start, 5000), france())
    return sent, follow_up(sent, france(), verdict_hours=48, window_days=30)


def test_clicks_calls_and_sales_follow() -> None:
    _, ready = followed(date(2026, 12, 1), 20_000)
    assert ready.first_calls == date(2026, 12, 3)
    assert ready.verdict == date(2026, 12, 6)  # a Sunday
    assert ready.calls == date(2026, 12, 7)
    assert ready.window_end == date(2027, 1, 3)


def test_a_team_calls_its_list() -> None:
    sent, ready = followed(date(2026, 12, 1), 20_000)
    said = planner.calls(360, 3, 20, sent, ready, france())
    assert said is not None
    # 360 people, 120 each, 60 calls a day: six worked days from Monday the 7th.
    assert (said.each, said.a_day, said.days) == (120, 60, 6)
    assert said.last_day == date(2026, 12, 14)
    # 60 calls a day come from 60 ÷ 1.8 % mails.
    assert said.pace == 3333


@pytest.mark.parametrize(
    ("people", "callers", "each"), [(0, 3, 9), (9, 0, 9), (9, 3, 0)]
)
def test_nobody_to_call_or_to_call_them(people: int, callers: int, each: int) -> None:
    sent, ready = followed(date(2026, 12, 1), 20_000)
    assert planner.calls(people, callers, each, sent, ready, france()) is None
