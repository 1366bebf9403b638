"""What people leave behind, day by day: sign-ins and deeds, in local time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.truth.days import Calendar, Flags
from tests.truth.people import Machine, Person

Whole = npt.NDArray[np.int64]
HOUR = 3600
_PERSISTENT = (5, 15)  # working days between two sign-ins of a session left open


@dataclass(frozen=True)
class Traces:
    """Deeds (``day``, ``second``, ``kind`` as an index of the mix) and sign-ins."""

    day: Whole
    second: Whole
    kind: npt.NDArray[np.str_]
    login_day: Whole
    login_second: Whole


def present(person: Person, calendar: Calendar, rng: np.random.Generator) -> Flags:
    """Draw the days on which a person opens the CRM."""
    days = len(calendar.days)
    chance = np.zeros(days)
    for weekday in range(5):
        chance[calendar.weekday == weekday] = person.week[weekday]
    # A seminar, a cold, a trade fair: some weeks are thinner than others.
    weeks = np.clip(rng.normal(1, 0.06, calendar.week[-1] + 1), 0.7, 1.05)
    chance = np.where(calendar.working, chance * weeks[calendar.week], person.weekend)
    if person.off_weekday is not None:
        chance[calendar.weekday == person.off_weekday] = 0.0
    came = rng.random(days) < np.minimum(chance, 0.995) * person.level
    for leave in person.leaves:
        first, last = calendar.index(leave.first), calendar.index(leave.last)
        came[max(first, 0) : max(last + 1, 0)] = False
    came[: max(calendar.index(person.created), 0)] = False
    if person.left is not None:
        came[max(calendar.index(person.left) + 1, 0) :] = False
    return came


def _sittings(
    shape: str, count: Whole, rng: np.random.Generator
) -> tuple[Whole, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return for each day its sittings: the day's position, begin and length in hours.

    ``count`` is the number of actions of each day.
    """
    days = np.arange(len(count))
    if shape == "desk":
        begin = rng.normal(8.8, 0.25, len(days))
        return days, begin, rng.normal(17.6, 0.4, len(days)) - begin
    if shape == "evening":
        begin = rng.normal(18.3, 0.7, len(days))
        early = days[rng.random(len(days)) < 0.25]
        begins = np.concatenate([begin, rng.normal(7.7, 0.3, len(early))])
        where = np.concatenate([days, early])
        return where, begins, rng.uniform(0.15, 0.7, len(where))
    if shape == "bursts":
        number = np.clip(rng.poisson(1.1, len(days)) + 1, 1, 3)
        where = np.repeat(days, number)
        begins = rng.choice([8.2, 11.6, 13.2, 16.8, 18.6], len(where))
        begins = begins + rng.normal(0, 0.5, len(where))
        return where, begins, rng.uniform(0.05, 0.3, len(where))
    begin = rng.uniform(9, 17, len(days))
    return days, begin, rng.uniform(0.1, 0.8, len(days))


def live(person: Person, calendar: Calendar, rng: np.random.Generator) -> Traces:
    """Draw everything a person does from the calendar's first day to its last."""
    came = np.flatnonzero(present(person, calendar, rng))
    mean = person.actions * person.works[came]
    count = rng.poisson(mean * rng.gamma(6, 1 / 6, len(came)))
    # Whoever works on a day leaves something, except those who came to look.
    looked = rng.random(len(came)) < person.job.looks
    count = np.where(looked, 0, np.maximum(count, person.works[came] > 0.0))
    where, begin, length = _sittings(person.job.shape, count, rng)

    # Each action falls in one of its day's sittings.
    order = np.argsort(where, kind="stable")
    where, begin, length = where[order], begin[order], length[order]
    first = np.searchsorted(where, np.arange(len(came)))
    number = np.bincount(where, minlength=len(came))
    day = np.repeat(np.arange(len(came)), count)
    sitting = first[day] + np.floor(rng.random(len(day)) * number[day]).astype(int)
    hour = begin[sitting] + length[sitting] * rng.random(len(day))
    if person.job.shape == "desk":
        # Nobody types between half past twelve and a quarter to two, or nearly.
        noon = (hour > 12.4) & (hour < 13.6) & (rng.random(len(hour)) < 0.85)
        hour = np.where(noon, hour + np.where(hour < 13, -1.4, 1.4), hour)
    second = np.clip(hour * HOUR, 600, 24 * HOUR - 600).astype("int64")
    kinds = np.array(list(person.mix))
    chance = np.array(list(person.mix.values()))
    kind = rng.choice(kinds, len(day), p=chance / chance.sum())

    login_day, login_hour = _logins(person, came, where, begin, rng)
    return Traces(
        day=came[day],
        second=second,
        kind=kind,
        login_day=login_day,
        login_second=np.clip(login_hour * HOUR, 300, 24 * HOUR - 300).astype("int64"),
    )


def _logins(
    person: Person,
    came: Whole,
    where: Whole,
    begin: npt.NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[Whole, npt.NDArray[np.float64]]:
    """Return the day and the hour of each sign-in, a little before the sitting."""
    hour = begin - rng.uniform(0.01, 0.1, len(begin))
    if person.open_session:
        kept, gap, since = [], 0, 0
        for position in range(len(came)):
            if position == 0 or position - since >= gap:
                kept.append(position)
                since, gap = position, int(rng.integers(*_PERSISTENT))
        first = np.searchsorted(where, kept)
        return came[kept], hour[first]
    if person.job.shape == "desk":
        # The session expires at lunch, for some; a second browser, for others.
        again = came[rng.random(len(came)) < 0.45]
        after = rng.normal(13.9, 0.3, len(again))
        return (
            np.concatenate([came[where], again]),
            np.concatenate([hour, after]),
        )
    return came[where], hour


def run(machine: Machine, calendar: Calendar, rng: np.random.Generator) -> Traces:
    """Draw what a machine does: every night at the same minute, or around the clock."""
    begin = max(calendar.index(machine.created), 0)
    days = np.arange(begin, len(calendar.days))
    hours = np.array([2.0]) if machine.nightly else np.arange(0, 24, 2) + 0.25
    each = 24 if machine.nightly else 2
    run_day = np.repeat(days, len(hours))
    run_second = (np.tile(hours, len(days)) * HOUR).astype("int64")
    day = np.repeat(run_day, each)
    second = np.repeat(run_second, each) + np.tile(np.arange(each) * 3, len(run_day))
    kind = rng.choice(np.array(["contact_edit", "account_edit", "todo"]), len(day))
    return Traces(day, second + 20, kind, run_day, run_second)
