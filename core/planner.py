"""When a mailing leaves: its days under a daily limit, and what comes after the last.

A CRM's own mailer stops at a number of mails a day, so that a large mailing takes days:
20 000 recipients at 5 000 a day take four. Each day takes all it may until nobody is
left, which is the fewest days there can be. Nothing leaves on a Sunday, on a Saturday
unless asked, on a public holiday, on a day the company is closed or one left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

HORIZON = 366
"""Days after the first one that a plan may reach: a year, and not one more."""
SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)

Reason = Literal["saturday", "sunday", "holiday", "closed", "left_out"]
Problem = Literal["recipients", "limit"]


@dataclass(frozen=True)
class Skip:
    """A day on which nothing leaves; ``name`` is that of the holiday, if it is one."""

    day: date
    reason: Reason
    name: str = ""


@dataclass(frozen=True)
class Openings:
    """Which days mails leave and people work.

    ``holidays`` are the public ones that are not worked, with their names; ``closed``
    the company's own; ``left_out`` those that the plan avoids.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    left_out: frozenset[date] = frozenset()
    saturdays: bool = False

    def skip(self, day: date) -> Skip | None:
        """Return why nothing leaves on ``day``; None when mails may leave."""
        if day in self.holidays:
            return Skip(day, "holiday", self.holidays[day])
        if day.weekday() == SUNDAY:
            return Skip(day, "sunday")
        if day.weekday() == SATURDAY and not self.saturdays:
            return Skip(day, "saturday")
        if day in self.closed:
            return Skip(day, "closed")
        return Skip(day, "left_out") if day in self.left_out else None

    def is_worked(self, day: date) -> bool:
        """Tell whether the company works, Saturdays never counted."""
        shut = day in self.holidays or day in self.closed
        return day.weekday() < SATURDAY and not shut

    def worked_day(self, day: date, rank: int = 1) -> date:
        """Return the ``rank``-th worked day from ``day`` on, that day included.

        A company that never opens within a year is read as open on the last day.
        """
        last = day + timedelta(days=HORIZON + rank * 2)
        while day < last:
            rank -= self.is_worked(day)
            if rank <= 0:
                break
            day += DAY
        return day


@dataclass(frozen=True)
class WarmUp:
    """How a new sender begins: ``first`` mails, then ``growth`` times more each day."""

    first: int
    growth: float

    def limit(self, rank: int) -> int:
        """Return the most mails of the sending day ``rank``, from 0."""
        return int(self.first * self.growth**rank)


@dataclass(frozen=True)
class Ask:
    """What is to be sent: mails, the first day, the most a day (None: no limit)."""

    recipients: int
    start: date
    limit: int | None = None
    warm_up: WarmUp | None = None

    @property
    def problem(self) -> Problem | None:
        """Return what makes a plan impossible; None when there can be one."""
        if self.recipients < 1:
            return "recipients"
        if self.limit is not None and self.limit < 1:
            return "limit"
        if self.warm_up and (self.warm_up.first < 1 or self.warm_up.growth < 1):
            return "limit"
        return None

    def most(self, rank: int) -> int:
        """Return the most mails of the sending day ``rank``, from 0."""
        limits = [self.recipients]
        if self.limit is not None:
            limits.append(self.limit)
        if self.warm_up is not None:
            limits.append(self.warm_up.limit(rank))
        return min(limits)


@dataclass(frozen=True)
class Batch:
    """One sending day: its mails, and those sent at its end since the first day."""

    day: date
    mails: int
    total: int


@dataclass(frozen=True)
class Plan:
    """The sending days in order, the days between them, and what a year leaves over."""

    ask: Ask
    batches: tuple[Batch, ...]
    skips: tuple[Skip, ...]
    left: int

    @property
    def first_day(self) -> date:
        """The first day on which mails leave; there must be one."""
        return self.batches[0].day

    @property
    def last_day(self) -> date:
        """The last day on which mails leave; there must be one."""
        return self.batches[-1].day

    def sent_before(self, day: date) -> int:
        """Count the mails that the plan sends before ``day``."""
        return sum(batch.mails for batch in self.batches if batch.day < day)


def plan(ask: Ask, openings: Openings) -> Plan:
    """Share the mails out over the days, each as full as it may be.

    An impossible ask has no batch and everything left.
    """
    batches: list[Batch] = []
    skips: list[Skip] = []
    left = 0 if ask.problem == "recipients" else ask.recipients
    if ask.problem:
        return Plan(ask, (), (), left)
    day, last = ask.start, ask.start + timedelta(days=HORIZON - 1)
    while left and day <= last:
        shut = openings.skip(day)
        if shut:
            skips.append(shut)
        else:
            mails = min(left, ask.most(len(batches)))
            left -= mails
            batches.append(Batch(day, mails, ask.recipients - left))
        day += DAY
    return Plan(ask, tuple(batches), tuple(skips), left)


@dataclass(frozen=True)
class FollowUp:
    """What comes after the mails: when clicks are read, calls begin, sales are counted.

    ``first_calls`` is the first worked day on which the first batch's clicks are in,
    ``calls`` that of the last batch, when the call list is whole.
    """

    first_calls: date
    verdict: date
    calls: date
    window_end: date


def follow_up(
    sent: Plan, openings: Openings, *, verdict_hours: float, window_days: float
) -> FollowUp:
    """Return the days that follow: ``verdict_hours`` before clicks are judged."""
    wait = timedelta(days=math.ceil(verdict_hours / 24))
    verdict = sent.last_day + wait
    return FollowUp(
        first_calls=openings.worked_day(sent.first_day + wait),
        verdict=verdict,
        calls=openings.worked_day(verdict),
        window_end=sent.last_day + timedelta(days=math.ceil(window_days)),
    )


@dataclass(frozen=True)
class Calls:
    """What a team makes of a call list: its calls a day, the days, and the last one.

    ``each`` is the most people one caller gets; ``pace`` the mails a day whose clicks
    the team can just call, None where nobody is expected to be called.
    """

    people: int
    each: int
    a_day: int
    days: int
    last_day: date
    pace: int | None


def calls(
    people: int,
    callers: int,
    per_caller: int,
    sent: Plan,
    ready: FollowUp,
    at: Openings,
) -> Calls | None:
    """Return how a team calls ``people`` from the day the list is whole.

    None without people, callers or calls: nothing to say.
    """
    a_day = callers * per_caller
    if people < 1 or callers < 1 or a_day < 1:
        return None
    days = math.ceil(people / a_day)
    share = people / sent.ask.recipients
    return Calls(
        people=people,
        each=math.ceil(people / callers),
        a_day=a_day,
        days=days,
        last_day=at.worked_day(ready.calls, days),
        pace=int(a_day / share) if share else None,
    )
