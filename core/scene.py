"""What a page looks at: a month, and the people that the filters leave, in rows.

Rows of people stay here and in `core.indicators` where only teams may be seen; what
is summed up passes the workspace's own protection first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar, cast

import pandas as pd

from core import indicators, people, periods
from core.answers import Answers
from core.charts import Look
from core.indicators import Team, Usage
from core.periods import Period
from core.readings import Company
from core.symptoms import presence
from core.visit import Visit
from core.workspace import Workspace

_OF_PEOPLE = ("user", "login", "activity")
Value = TypeVar("Value")

_memories: Answers[dict[object, Any]] = Answers(48)


class Remembered(Generic[Value]):
    """A property computed once for all scenes that look at the same thing."""

    def __init__(self, compute: Callable[[Scene], Value]) -> None:
        """Take the method that computes the value."""
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __get__(self, scene: Scene, owner: type | None = None) -> Value:
        """Return the value, computed if nobody did."""
        return scene.remember(self._compute.__name__, lambda: self._compute(scene))


@dataclass(frozen=True)
class Filters:
    """What the page is asked about; None is "all of them".

    ``month`` is "2026-10", ``profile`` the code of a profile.
    """

    month: str
    team: str | None = None
    profile: str | None = None


@dataclass(frozen=True)
class Scene:
    """One month of one workspace, as filtered.

    ``rows`` are people as they are, for sums; ``everyone`` are those no filter takes
    away. Pages show people only through `shown`. ``memory`` is shared by the scenes of
    the same state, month and filters, seen with the same rights: what is in it depends
    on nothing else, the language least of all.
    """

    visit: Visit
    workspace: Workspace
    filters: Filters
    period: Period
    everyone: pd.DataFrame
    rows: pd.DataFrame
    memory: dict[object, Any] = field(default_factory=dict, repr=False)

    def remember(self, key: object, compute: Callable[[], Value]) -> Value:
        """Return what ``key`` gave before in such a scene, or compute it."""
        if key not in self.memory:
            self.memory[key] = compute()
        return cast(Value, self.memory[key])

    @property
    def look(self) -> Look:
        """The language and the colours of the charts."""
        return Look(self.visit.language, self.visit.theme)

    @property
    def gate(self) -> str:
        """The time that groups shown are compared over, as `core.people` names it."""
        return f"{self.period.as_of}:{self.period.month}"

    @property
    def shows_people(self) -> bool:
        """Whether single people may be shown."""
        return self.workspace.privacy != "teams"

    @Remembered
    def has_actions(self) -> bool:
        """Whether the exports tell of any work beside logins."""
        return has_actions(self.workspace)

    @Remembered
    def shown(self) -> pd.DataFrame:
        """The people as this reader may see them; raises NamesHidden for teams."""
        return self.workspace.protect(self.rows)

    @Remembered
    def usage(self) -> Usage:
        """The figures of the people left; raises GroupTooSmall for too few."""
        kept = indicators.members(self.rows)
        self.workspace.select(kept, period=self.gate)
        found = indicators.usage(kept)
        return replace(found, idle=self.told(found.idle))

    def told(self, count: int) -> int:
        """Return a number of people, 0 where so few are not to be told of."""
        is_few = not self.shows_people and count < self.workspace.settings.k
        return 0 if is_few else count

    def groups(self, by: str) -> pd.DataFrame:
        """Return the figures of each team or profile, hidden where it is too small."""
        found = self.remember(
            ("groups", by),
            lambda: self.workspace.by_group(
                indicators.marked(self.rows),
                by,
                indicators.FIGURES,
                period=self.gate,
            ),
        )
        return found.copy(deep=False)

    @Remembered
    def teams(self) -> tuple[Team, ...]:
        """The teams that may be told apart; none where one team is chosen."""
        if self.filters.team or not len(self.rows):
            return ()
        return indicators.teams(self.groups("team"))

    @property
    def is_filtered(self) -> bool:
        """Whether the filters leave a part of the company only."""
        return bool(self.filters.team or self.filters.profile)

    def earlier(self) -> pd.DataFrame:
        """Return the same people's rows of the month before, empty without one."""
        if self.period.previous is None:
            return self.rows.iloc[:0]
        before = periods.period(self.workspace, self.period.previous)
        rows = people.everyone(self.workspace, before.as_of, before.month)
        return rows[rows["user_id"].isin(self.rows["user_id"])]

    def company(self) -> Company:
        """Return the facts of use that a verdict rests on, without the pyramid."""
        return self.remember("company", self._company)

    def _company(self) -> Company:
        usage = self.usage
        return Company(
            month=self.period.month,
            days_known=self.period.days_known,
            working_days=self.period.working_days,
            usage=usage,
            has_logins=self.workspace.has("login"),
            has_actions=self.has_actions,
            down_twice=indicators.falling_twice(self.rows, self.earlier()),
            lagging=indicators.lagging(self.teams, usage),
            falling=indicators.falling(self.teams, usage),
            team=self.filters.team or "",
            is_part=self.is_filtered,
        )

    def months(self, count: int = 6) -> pd.DataFrame:
        """Return the same people's last months, summed up."""
        found = self.remember(("months", count), lambda: self._months(count))
        return found.copy(deep=False)

    def _months(self, count: int) -> pd.DataFrame:
        day = self.period.as_of.isoformat()
        rows = self.workspace.derive("mart_user_months", as_of=day)
        kept = indicators.members(self.rows)
        mine = rows[rows["user_id"].isin(kept["user_id"])]
        found = indicators.by_month(mine, self.rows, self.period.month, count)
        users = set(self.rows["user_id"]) if self.is_filtered else None
        came = presence.by_month(self.workspace, self.period.as_of, users)
        return found.merge(came[["month", "presence"]], on="month", how="left")


def has_actions(workspace: Workspace) -> bool:
    """Tell whether the exports hold any trace of work beside logins."""
    known = workspace.query("mart_period")
    columns = ["last_activity_day", "last_record_day"]
    return bool(known[columns].notna().to_numpy().any())


def _kept(rows: pd.DataFrame, chosen: Mapping[str, str | None]) -> pd.DataFrame:
    for column, value in chosen.items():
        if value == "unclassified":
            rows = rows[rows[column].isna()]
        elif value:
            rows = rows[rows[column] == value]
    return rows


def of(visit: Visit, asked: Filters) -> Scene | None:
    """Return what ``asked`` leaves of the people; None without a trace of anybody."""
    workspace = cast(Workspace, visit.workspace)
    if not has_people(workspace):
        return None
    if workspace.rights.team is not None:
        # One who sees one team only sees it as others do who chose it.
        asked = replace(asked, team=workspace.rights.team)
    return _read(visit, asked, periods.period(workspace, asked.month))


def on(visit: Visit, day: date, team: str | None = None) -> Scene | None:
    """Return the month of ``day`` as it was read that day; None before the data."""
    workspace = cast(Workspace, visit.workspace)
    period = periods.on(workspace, day) if has_people(workspace) else None
    if period is None:
        return None
    return _read(visit, Filters(period.month, team), period)


def _read(visit: Visit, asked: Filters, period: Period) -> Scene:
    workspace = cast(Workspace, visit.workspace)
    rows = people.everyone(workspace, period.as_of, period.month)
    chosen = {"team": asked.team, "profile": asked.profile}
    kept = _kept(rows, chosen) if any(chosen.values()) else rows
    memory = _memories.get(_same(workspace, period, asked), dict)
    return Scene(visit, workspace, asked, period, rows, kept, memory)


def has_people(workspace: Workspace) -> bool:
    """Tell whether the exports hold a dated trace of somebody's work."""
    # Who made a campaign is a name in its file, not a team at work.
    return bool(any(map(workspace.has, _OF_PEOPLE)) and periods.months(workspace))


def unfiltered(visit: Visit) -> Scene | None:
    """Return the latest month of everybody, as a page opens on it."""
    workspace = cast(Workspace, visit.workspace)
    months = periods.months(workspace)
    return of(visit, Filters(months[0])) if months else None


def _same(workspace: Workspace, period: Period, asked: Filters) -> tuple[object, ...]:
    """Return what two scenes have in common when every figure of theirs is the same."""
    return (
        *(workspace.store.folder, workspace.manifest.state, workspace.rights),
        *(workspace.privacy, workspace.settings.k, period, asked),
        tuple(sorted(workspace.settings.rules.items())),
        tuple(sorted(workspace.settings.overrides.items())),
    )
