"""Who works in the demo company, since when, and on which days they used the CRM."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import normalize

import holidays

from core.demo.salesforce import Clock, identifier

WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text("utf-8")
)
NEVER = {
    "Marketing": 1,
    "Nord et Est": 2,
    "Grands comptes": 1,
    "Direction commerciale": 2,
}
GO_LIVE = -4  # accounts are opened in the days before the first month


@dataclass(frozen=True)
class Team:
    """A team and its habits; the fields are explained in words.toml."""

    name: str
    profile: str
    size: int
    title: str
    base: int
    density: float
    calls: float
    rhythm: float
    blunt: bool = False


@dataclass
class Person:
    """One licence. Days are numbers of the clock; ``left`` is None for who stays."""

    number: int
    first_name: str
    last_name: str
    team: Team
    arrived: int = GO_LIVE
    left: int | None = None
    domain: str = WORDS["domain"]
    kind: str = "worker"
    fade: float = 1.0
    logs_mail: bool = False
    away: list[tuple[int, int]] = field(default_factory=list)
    days: list[int] = field(default_factory=list)

    @property
    def user_id(self) -> str:
        """The identifier in the CRM."""
        return identifier("User", self.number)

    @property
    def email(self) -> str:
        """The address, also the user name."""
        name = f"{self.first_name}.{self.last_name}"
        return f"{slug(name)}@{self.domain}"

    @property
    def has_base(self) -> bool:
        """Whether accounts are theirs today."""
        return self.team.base > 0 and self.left is None and self.kind != "never"

    @property
    def creates(self) -> bool:
        """Whether they leave traces; one person only signs in."""
        return self.kind == "worker" and bool(self.days)

    def is_away(self, day: int) -> bool:
        """Whether the day falls in leave."""
        return any(start <= day <= end for start, end in self.away)

    def is_in(self, day: int) -> bool:
        """Whether they used the CRM that day."""
        place = self.since(day)
        return place < len(self.days) and self.days[place] == day

    def since(self, day: int) -> int:
        """Return the place in ``days`` of the first one on or after ``day``."""
        return bisect_left(self.days, day)


def slug(text: str) -> str:
    """Return ``text`` in the letters of an address: no accent, no space."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-").replace("'", "-")


def teams() -> list[Team]:
    """Return the teams, largest story first."""
    return [Team(**values) for values in WORDS["team"]]


def hire(
    found: Sequence[Team],
    never: Mapping[str, int],
    domain: str,
    random: Random,
    clock: Clock,
) -> list[Person]:
    """Return the company: who arrived, left, was away, decays or never came.

    ``never`` is how many more people of a team never signed in.
    """
    first, last = WORDS["people"]["first"], WORDS["people"]["last"]
    names = list(zip(random.sample(first, 119), random.sample(last, 119), strict=True))
    numbers = count(1)
    people: list[Person] = []
    for team in found:
        for rank in range(team.size + never.get(team.name, 0)):
            number = next(numbers)
            person = Person(number, *names[number - 1], team, domain=domain)
            person.logs_mail = team.name == "Grands comptes" or random.random() < 0.42
            _place(person, rank, random, clock)
            people.append(person)
    for person in people:
        _holiday(person, random, clock)
    return people


def _place(person: Person, rank: int, random: Random, clock: Clock) -> None:
    """Decide arrival, departure, decay and the special cases by rank in the team."""
    team, last = person.team, clock.last
    if rank >= team.size:
        person.kind = "never"
        person.arrived = random.randint(GO_LIVE, last - 200)
        return
    if team.base and rank in (2, 3):
        person.arrived = last - random.randint(120, 330)
    if team.blunt and rank == 4:
        person.arrived = last - random.randint(130, 200)
    if rank == 5 and team.name in ("Télévente Lyon", "Île-de-France"):
        person.arrived = last - random.randint(9, 20)
    if rank == 6 and (team.base or team.name == "Service clients"):
        person.left = random.randint(150, last - 45)
    if team.name == "Grand Ouest" and rank == 7:
        person.kind = "idle"
    if team.name == "Île-de-France" and rank == 8:
        person.away.append((last - 128, last + 20))
    if team.name == "Télévente Lyon" and rank == 9:
        person.away.append((170, 245))
    if team.blunt and rank not in (0, 1):
        person.fade = random.choice((0.0, 0.0, 0.05, 0.1, 0.2, 0.4))


def _holiday(person: Person, random: Random, clock: Clock) -> None:
    """Give the leave of every French year: weeks in summer, in winter, in spring."""
    for number in range(clock.last + 1):
        day = clock.day(number)
        if (day.month, day.day) == (7, 20):
            start = number + random.choice((0, 7, 14, 14, 21))
            person.away.append((start, start + random.choice((13, 20, 20))))
        elif (day.month, day.day) == (12, 23) and random.random() < 0.6:
            person.away.append((number, number + 10))
        elif (day.month, day.day) == (4, 10) and random.random() < 0.5:
            start = number + random.randint(0, 20)
            person.away.append((start, start + 6))


def managers(people: list[Person]) -> dict[str, Person]:
    """Return who manages each team: of two of them, somebody who never signed in."""
    board = [person for person in people if person.team.name == "Direction commerciale"]
    there = [person for person in board if person.kind == "worker"]
    never = [person for person in board if person.kind == "never"]
    absent = ("Sud-Est", "Nord et Est")
    known = dict.fromkeys(person.team.name for person in people)
    others = [name for name in known if name not in absent]
    found = {name: there[n % len(there)] for n, name in enumerate(reversed(others))}
    return found | dict(zip(absent, never, strict=False))


def working_days(clock: Clock) -> list[int]:
    """Return the numbers of the days worked in France, Monday to Friday."""
    years = range(clock.first.year, clock.day(clock.last).year + 1)
    closed = holidays.country_holidays("FR", years=years)
    span = range(clock.last + 1)
    days = ((number, clock.day(number)) for number in span)
    return [number for number, day in days if day.weekday() < 5 and day not in closed]


def attend(people: list[Person], random: Random, clock: Clock) -> None:
    """Fill the days on which each person used the CRM."""
    worked = working_days(clock)
    turn = int(clock.last * 0.42)
    for person in people:
        if person.kind == "never":
            continue
        least = min(0.2, person.team.rhythm / 2)
        rhythm = min(0.99, max(least, random.gauss(person.team.rhythm, 0.04)))
        end = clock.last if person.left is None else person.left
        start = max(person.arrived, turn) if person.fade < 1 else turn
        # Late arrivals fade in two months: a quick training does not last.
        length = 60 if person.arrived > turn else (clock.last - turn) * 0.8
        for day in worked:
            if not person.arrived < day <= end or person.is_away(day):
                continue
            share = min(1.0, max(0.0, (day - start) / length))
            if random.random() < rhythm * (1 - share * (1 - person.fade)):
                person.days.append(day)
