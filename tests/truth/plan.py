"""A company before it is drawn: its calendar, its teams, and what happens to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from tests.truth.days import Calendar, Numbers
from tests.truth.people import FIRST, JOBS, LAST, Leave, Machine, Mix, Person, habits

TRADES = {
    "telesales": ("telesales",),
    "inside": ("inside",),
    "support": ("support",),
    "field": ("evening", "mobile"),
    "key_account": ("key_account", "evening"),
    "marketing": ("marketing",),
}
PLACES = ("Nord", "Sud", "Est", "Ouest", "Paris", "Lyon", "Nantes", "Lille")
CALM = (3, 4, 5, 6, 10, 11)  # months whose end is neither a summer nor a Christmas


@dataclass(frozen=True)
class Novelty:
    """A custom record or a type of task: launched on a day, or there from the start.

    ``share`` is the share of those at work in a week who use it, week by week of the
    calendar; ``users`` the only ones who do, ``old`` tells that it is nothing new.
    """

    name: str
    share: Numbers
    users: frozenset[int] | None = None
    old: bool = False


@dataclass
class Plan:
    """What is decided of a company before anything is drawn."""

    kind: str
    rng: np.random.Generator
    calendar: Calendar
    go_live: bool
    has_absences: bool
    people: list[Person] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)
    symptoms: frozenset[str] = frozenset()
    novelties: list[Novelty] = field(default_factory=list)
    calls_per_contact: float = 1.9
    has_logins: bool = True
    has_records: bool = True
    stock_by_people: bool = False
    can_be_judged: bool = True
    loader: int | None = None

    def level(self, value: float) -> Numbers:
        return np.full(len(self.calendar.days), value)

    @property
    def end(self) -> date:
        return self.calendar.end


def begin(kind: str, rng: np.random.Generator, months: tuple[int, int]) -> Plan:
    """Return an empty company, whose file ends in a calm month."""
    last = date(int(rng.integers(2024, 2027)), int(rng.choice(CALM)), 1)
    last = min(last, date(2026, 10, 1))
    month_end = (last + timedelta(31)).replace(day=1) - timedelta(1)
    partial = last.replace(day=int(rng.integers(12, 26)))
    end = partial if rng.random() < 0.4 else month_end
    return between(kind, rng, end, int(rng.integers(months[0], months[1] + 1)))


def between(kind: str, rng: np.random.Generator, end: date, months: int) -> Plan:
    """Return an empty company whose file covers ``months`` up to ``end``."""
    start = end - timedelta(round(months * 30.44))
    return Plan(
        kind=kind,
        rng=rng,
        calendar=Calendar(start, end),
        go_live=bool(rng.random() < 0.5),
        has_absences=bool(rng.random() < 0.6),
    )


def hire(plan: Plan, team: str, trade: str, mix: Mix | None = None) -> Person:
    """Add one person to a team, who was there before the file begins."""
    rng, number = plan.rng, len(plan.people) + 1
    job = JOBS[trade]
    days, actions, week = habits(job, rng)
    # Accounts are opened shortly before a go-live; elsewhere people are older.
    age = int(rng.integers(4, 20)) if plan.go_live else int(rng.integers(150, 1200))
    person = Person(
        number=number,
        name=(FIRST[(number * 7) % len(FIRST)], LAST[(number * 5) % len(LAST)]),
        team=team,
        job=job,
        created=plan.calendar.start - timedelta(age),
        days=days,
        actions=actions,
        week=week,
        level=plan.level(1),
        works=plan.level(1),
        mix=mix or job.mix,
        open_session=plan.has_records and bool(rng.random() < job.open),
        mobile=bool(rng.random() < job.mobile),
        zone="Indian/Reunion" if rng.random() < 0.02 else "Europe/Paris",
        weekend=0.04 if job.shape != "desk" and rng.random() < 0.2 else 0.0,
        is_manager=trade == "manager",
    )
    plan.people.append(person)
    return person


def staff(plan: Plan, trades: Sequence[str], sizes: tuple[int, int] = (6, 11)) -> None:
    """Fill teams, each with a manager."""
    places = plan.rng.permutation(PLACES)
    for trade, place in zip(trades, places, strict=False):
        team = f"{trade.replace('_', ' ').capitalize()} {place}"
        size = int(plan.rng.integers(sizes[0], sizes[1] + 1))
        hire(plan, team, "manager")
        for _ in range(size - 1):
            hire(plan, team, str(plan.rng.choice(TRADES[trade])))


def administrator(plan: Plan) -> None:
    """Add the person who loaded the data before the others came, in one morning."""
    person = hire(plan, plan.people[-1].team, "inside")
    person.created = plan.calendar.start - timedelta(22 if plan.go_live else 800)
    plan.loader = person.number


def usual_trades(rng: np.random.Generator, count: int) -> list[str]:
    """Return the trades of a company: desks and roads, and what else there is."""
    rest = rng.choice(["inside", "support", "key_account", "marketing"], 2, False)
    more = rng.choice(["field", "inside", "telesales", "field"], 4)
    trades = ["telesales", "field", *rest, *more]
    return [str(trade) for trade in trades[:count]]


def stop(plan: Plan, person: Person, days_ago: tuple[int, int], story: str) -> None:
    """Make a person leave no trace in the last days of the file."""
    last = len(plan.calendar.days) - 1 - int(plan.rng.integers(*days_ago))
    person.level = np.where(np.arange(len(person.level)) <= last, person.level, 0)
    person.story = story


def never(plan: Plan, person: Person) -> None:
    """Make a person who has a licence and never used it."""
    person.level, person.story = plan.level(0), "never"
    person.weekend = 0.0
    person.struggles = bool(plan.rng.random() < 0.3)


def haunt(plan: Plan, person: Person, since: int = 0) -> None:
    """Make a person sign in as before and do nothing from a day on."""
    days = np.arange(len(person.works))
    person.works = np.where(days < since, person.works, 0.0)
    person.open_session, person.story = False, "ghost"


def fade(plan: Plan, person: Person) -> None:
    """Make a person who opens the CRM about once a month, for one thing."""
    person.week = np.full(5, 0.045)
    person.actions, person.story = 1.0, "rare"
    person.open_session, person.weekend = False, 0.0


def join(plan: Plan, person: Person, days_ago: tuple[int, int], story: str) -> None:
    """Make a person arrive some days before the end of the file."""
    person.created = plan.end - timedelta(int(plan.rng.integers(*days_ago)))
    person.story = story


def leave(plan: Plan, person: Person) -> None:
    """Make a person leave the company in the second half of the file."""
    length = len(plan.calendar.days)
    ago = int(plan.rng.integers(5, max(length // 2, 6)))
    person.left = plan.end - timedelta(ago)
    person.story = "left"
    # Accounts are closed some days after the last day at work.
    last = length - 1 - ago - int(plan.rng.integers(0, 15))
    person.level = np.where(np.arange(length) <= last, person.level, 0)


def away(plan: Plan, person: Person, days_ago: int, length: int, story: str) -> None:
    """Make a person take a long leave, told in the absence file if there is one."""
    first = plan.end - timedelta(days_ago)
    last = first + timedelta(length)
    person.leaves.append(Leave(first, last, plan.has_absences))
    person.story = story


def vacations(plan: Plan, told: float = 0.97) -> None:
    """Give everybody a summer, a Christmas and a week of winter, told or not."""
    for person in plan.people:
        for year in range(plan.calendar.start.year, plan.end.year + 1):
            rng = plan.rng
            summer = date(year, 7, 8) + timedelta(int(rng.integers(0, 38)))
            weeks = int(rng.choice([2, 3, 3]))
            spans = [(summer, weeks * 7 - 3)]
            if rng.random() < 0.7:
                spans.append((date(year, 12, 23), 10))
            winter = date(year, 2, 5) + timedelta(int(rng.integers(0, 80)))
            spans.append((winter, int(rng.choice([1, 4, 7]))))
            if rng.random() < 0.5:
                spans.append((date(year, 10, 20), 4))
            for first, length in spans:
                known = plan.has_absences and rng.random() < told
                last = first + timedelta(length)
                if last >= plan.calendar.start and first <= plan.end:
                    person.leaves.append(Leave(first, last, bool(known)))


def machines(plan: Plan) -> None:
    """Add what signs in and is nobody: shown by its type, its name or its rhythm."""
    rng = plan.rng
    born = plan.calendar.start - timedelta(3 if plan.go_live else 400)
    kinds = [("type", ("Connecteur", "Insights"), True)]
    if rng.random() < 0.8:
        names = (("Intégration", "ERP"), ("API", "Zapier"), ("Synchro", "Pardot"))
        kinds.append(("name", names[rng.integers(3)], True))
    if rng.random() < 0.45:
        kinds.append(("rhythm", ("Claude", "Dupont"), bool(rng.random() < 0.5)))
    for offset, (sign, name, nightly) in enumerate(kinds):
        plan.machines.append(Machine(900 + offset, name, sign, nightly, born))
