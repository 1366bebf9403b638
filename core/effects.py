"""What a decision would change, told before it is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core import indicators, people, symptoms
from core.periods import Period
from core.workspace import Workspace

UNKNOWN = "unclassified"


@dataclass(frozen=True)
class Move:
    """People who would go from one verdict, or profile, to another.

    ``people`` is None where only teams are shown and they are too few to be told of.
    """

    kind: Literal["verdict", "profile"]
    before: str
    after: str
    people: int | None


@dataclass(frozen=True)
class SymptomMove:
    """A symptom of the company that would go from one state to another."""

    code: str
    before: str
    after: str


@dataclass(frozen=True)
class RulesEffect:
    """What other limits would change: people most first, then symptoms."""

    moves: tuple[Move, ...]
    symptoms: tuple[SymptomMove, ...]

    def __bool__(self) -> bool:
        """Tell whether anything would change."""
        return bool(self.moves or self.symptoms)


def of_rules(
    workspace: Workspace, rules: Mapping[str, float], period: Period
) -> RulesEffect:
    """Return what the limits ``rules`` would change for a month.

    ``rules`` are all that would differ from the defaults. Leavers and programs are
    apart.
    """
    after = workspace.as_if(rules=dict(rules))
    day, month = period.as_of, period.month
    rows = [people.everyone(one, day, month) for one in (workspace, after)]
    joined = rows[0].merge(rows[1], on="user_id", suffixes=("", "_after"))
    joined = indicators.members(joined)
    found = [symptoms.company(one, day) for one in (workspace, after)]
    return RulesEffect(
        moves=(
            *_moves(workspace, joined, "profile"),
            *_moves(workspace, joined, "verdict"),
        ),
        symptoms=tuple(
            SymptomMove(old.code, old.state, new.state)
            for old, new in zip(*found, strict=True)
            if old.state != new.state
        ),
    )


def _moves(
    workspace: Workspace, rows: pd.DataFrame, kind: Literal["verdict", "profile"]
) -> list[Move]:
    pairs = rows[[kind, f"{kind}_after"]].fillna(UNKNOWN)
    moved = pairs[pairs[kind] != pairs[f"{kind}_after"]]
    counts = Counter(zip(*(moved[column] for column in moved), strict=True))
    fewest = workspace.settings.k if workspace.privacy == "teams" else 1
    return [
        Move(kind, str(before), str(after), n if n >= fewest else None)
        for (before, after), n in counts.most_common()
    ]


@dataclass(frozen=True)
class Expected:
    """Days expected of one person in one month, before a change and after it."""

    month: str
    before: float
    after: float


def of_time(
    before: Workspace, after: Workspace, user_id: str, period: Period
) -> tuple[Expected, ...]:
    """Return the months whose expected days changed for a person, latest first.

    ``period`` is the latest month; it counts up to its day of reading.
    """
    old, new = (_expected(one, user_id, period) for one in (before, after))
    return tuple(
        Expected(month, old[month], new[month])
        for month in sorted(old.keys() & new.keys(), reverse=True)
        if old[month] != new[month]
    )


def _expected(workspace: Workspace, user_id: str, period: Period) -> dict[str, float]:
    day, month = period.as_of.isoformat(), period.month
    every = workspace.derive("mart_user_months", as_of=day)
    latest = workspace.derive("mart_user_month", as_of=day, month=month)
    rows = pd.concat([every, latest.assign(month=month)])
    rows = rows[(rows["user_id"] == user_id) & rows["expected_days"].notna()]
    return dict(zip(rows["month"], rows["expected_days"].astype(float), strict=True))


@dataclass(frozen=True)
class Excluded:
    """The figures of a month with a user and without.

    ``active`` of ``people`` used the CRM; ``actions`` are those of all of them.
    """

    people: int
    active: int
    actions: int

    @property
    def active_share(self) -> float | None:
        """Return the share of people who used the CRM; None without anybody."""
        return self.active / self.people if self.people else None


def of_programs(
    rows: pd.DataFrame, programs: pd.DataFrame
) -> tuple[Excluded, Excluded]:
    """Return a month's figures without ``programs``, and with all of them.

    ``rows`` are those of `core.people.everyone`; ``programs`` have user_id, active_days
    and month_actions, those of the month.
    """
    people = indicators.members(rows)
    people = people[~people["user_id"].isin(programs["user_id"])]
    days = pd.to_numeric(people["active_days"], errors="coerce")
    actions = pd.to_numeric(people["actions"], errors="coerce")
    without = Excluded(len(people), int((days > 0).sum()), int(actions.sum()))
    return without, Excluded(
        without.people + len(programs),
        without.active + int((programs["active_days"] > 0).sum()),
        without.actions + int(programs["month_actions"].sum()),
    )
