"""What the rules look at: people, their months, kinds of work, and what is known."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from core import people, pyramid
from core.answers import Answers
from core.rules import Rules
from core.symptoms.known import LATE_DAYS, Known, fresh, read
from core.workspace import Workspace

# Beliefs.
HABIT_SHARE = 0.75  # nine weeks of twelve (Viva Insights), of those expected
# Fewer kinds of objects in the exports, and a narrow use cannot be told.
FEWEST_KINDS = 4
# Without a user export nobody is said to have left: after these days of silence, a
# person may have, and their months stop counting, then the person.
MAYBE_GONE_DAYS, GONE_DAYS = 84, 365
HOLIDAYS = ("08", "12")  # months in which a fall says nothing of the tool
_NO_MEMBER = ("integration", "left")
_NOT_JUDGED = (*_NO_MEMBER, "absent", "new")
_PSEUDO = ("any", "login", "action")

_scenes: Answers[Scene] = Answers(16)


@dataclass(frozen=True)
class Scene:
    """All that the rules need of a company, or of one team of it, on one day.

    ``people`` are rows of `core.people.everyone`, programs apart, with what they do:
    ``is_judged``, ``is_activated``, ``is_active``, ``is_habitual``, ``habit_weeks``,
    ``active_weeks`` and ``objects`` (kinds of objects touched in twelve weeks).
    ``months`` are rows of ``mart_user_habit``, ``kinds`` those of ``mart_kind_week``
    summed up, ``pyramid`` the row of ``mart_pyramid`` or None. ``creations`` counts
    records made, and ``imported`` those of programs and imports. ``knows_last_login``
    tells whether the user export says when each person last signed in. ``fresh`` has
    the last day told of a kind that later imports leave out, ``users_of`` gives the
    rows of ``mart_kind_person``.
    """

    as_of: date
    rules: Rules
    known: Known
    people: pd.DataFrame
    months: pd.DataFrame
    kinds: pd.DataFrame
    pyramid: dict[str, object] | None
    creations: int
    imported: int
    has: frozenset[str]
    knows_last_login: bool = False
    fresh: Mapping[str, date] = field(default_factory=dict)
    users_of: Callable[[str], pd.DataFrame] = lambda kind: pd.DataFrame()
    team: str | None = None

    @property
    def judged(self) -> pd.DataFrame:
        """Return the people who can be judged."""
        return self.people[self.people["is_judged"]]

    @property
    def is_short(self) -> bool:
        """Tell whether there are too few months of data to judge anything."""
        return self.known.months(self.as_of) < self.rules["symptom.months"]

    @property
    def in_season(self) -> bool:
        """Tell whether the last four weeks hold a week of summer or year's end."""
        days = (self.as_of - timedelta(days=n) for n in range(self.active_days))
        return sum(_is_holiday(day) for day in days) >= 7

    @property
    def fewest(self) -> int:
        """Return from how many people something is said."""
        return int(self.rules["symptom.people"])

    @property
    def active_days(self) -> int:
        """Return in how many last days a trace makes a person active."""
        return int(self.rules["symptom.active_days"])

    @property
    def object_kinds(self) -> int:
        """Count the kinds of objects that the exports tell of."""
        return self.kinds.loc[
            ~self.kinds["kind"].isin(_PSEUDO)
            & ~self.kinds["kind"].str.startswith("activity:"),
            "kind",
        ].nunique()

    def went_over(self, kind: str, other: str, day: date) -> float | None:
        """Return the share of the users of ``kind`` who took up ``other`` since a day.

        Of those who still leave traces; None when they are too few to tell.
        """
        members = set(self.people.loc[self.people["is_active"], "user_id"])
        before, after = self.users_of(kind), self.users_of(other)
        if not len(before) or not len(after):
            return None
        mine = set(before.loc[before["weeks"] >= 2, "user_id"]) & members
        since = pd.to_datetime(after["last_week"]) >= pd.Timestamp(day)
        return share(len(mine & set(after.loc[since, "user_id"])), len(mine))

    def of(self, team: str) -> Scene:
        """Return the scene of one team."""
        rows = self.people[self.people["team"] == team]
        return replace(
            self,
            team=team,
            people=rows,
            months=self.months[self.months["user_id"].isin(rows["user_id"])],
            kinds=self.kinds[self.kinds["team"] == team],
            creations=0,
            imported=0,
        )


def _is_holiday(day: date) -> bool:
    return day.month == 8 or (day.month, day.day) >= (12, 22) or day.timetuple()[7] <= 4


def scene(workspace: Workspace, as_of: date) -> Scene:
    """Return the scene of the company, kept for whoever asks next."""
    state: tuple[Hashable, ...] = (
        str(workspace.store.folder),
        workspace.manifest.state,
        repr(workspace.settings),
        as_of,
    )
    return _scenes.get(state, lambda: _read(workspace, as_of))


def _read(workspace: Workspace, as_of: date) -> Scene:
    known = read(workspace, as_of)
    # Exports older than the day asked about say nothing of the time since.
    day = as_of
    if known.last is not None and (as_of - known.last).days > LATE_DAYS:
        day = known.last
    text, rules = day.isoformat(), Rules.of(workspace.settings.rules)
    months = workspace.derive("mart_user_habit", as_of=text)
    kinds = workspace.derive("mart_kind_week", as_of=text)
    shapes = pyramid.read(workspace.derive("mart_pyramid", as_of=text))
    company = shapes[shapes["level"] == "company"].to_dict("records")
    made = workspace.derive("mart_launch", as_of=text).iloc[0]
    everyone = people.everyone(workspace, day)
    everyone = everyone[~everyone["state"].eq("integration")]
    objects = workspace.derive("mart_user_kind", as_of=text)
    rows = _placed(everyone, months, objects, day, rules)
    months = months[months["user_id"].isin(everyone["user_id"])]
    if not workspace.has("user"):
        rows, months = _without_gone(rows, months)
    return Scene(
        as_of=day,
        rules=rules,
        known=known,
        people=rows,
        months=months,
        kinds=kinds,
        pyramid={str(k): v for k, v in company[0].items()} if company else None,
        creations=int(made["created_count"]),
        imported=int(made["imported_count"]),
        knows_last_login=bool(made["last_logins"]),
        fresh=fresh(workspace),
        users_of=lambda kind: workspace.derive(
            "mart_kind_person", as_of=text, kind=kind
        ),
        has=frozenset(workspace.objects),
    )


def _placed(
    everyone: pd.DataFrame,
    months: pd.DataFrame,
    objects: pd.DataFrame,
    day: date,
    rules: Rules,
) -> pd.DataFrame:
    """Return people with what each does, as the rules count it."""
    latest = months[months["month"] == months["month"].max()]
    columns = ["user_id", "habit_weeks", "active_weeks"]
    touched = objects.groupby("user_id").size().rename("objects").reset_index()
    mine = [c for c in ("habit_weeks", "active_weeks", "objects") if c in everyone]
    rows = everyone.drop(columns=mine).merge(latest[columns], on="user_id", how="left")
    rows = rows.merge(touched, on="user_id", how="left")
    for name in ("habit_weeks", "active_weeks", "objects"):
        rows[name] = rows[name].fillna(0).astype(int)
    last = pd.to_datetime(rows["last_day"])
    seen = (rows["has_login"] | rows["has_action"]).fillna(False).astype(bool)
    counted = rows["habit_weeks"] >= 4
    habitual = rows["active_weeks"] >= (HABIT_SHARE * rows["habit_weeks"])
    return rows.assign(
        is_judged=~rows["state"].isin(_NOT_JUDGED),
        is_member=~rows["state"].isin(_NO_MEMBER),
        is_activated=seen,
        is_active=last
        > pd.Timestamp(day) - pd.Timedelta(days=rules["symptom.active_days"]),
        is_habitual=counted & habitual & (rows["active_weeks"] > 0),
        days_silent=(pd.Timestamp(day) - last).dt.days,
    )


def _without_gone(
    rows: pd.DataFrame, months: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return people and months without what may be the silence of leavers."""
    silent = rows[rows["days_silent"] > MAYBE_GONE_DAYS].set_index("user_id")
    last = pd.to_datetime(silent["last_day"]).dt.strftime("%Y-%m")
    until = months["user_id"].map(last).astype(object).fillna("9999-12")
    is_gone = rows["days_silent"] > GONE_DAYS
    return (
        rows.assign(is_judged=rows["is_judged"] & ~is_gone),
        months[months["month"] <= until],
    )


def share(part: float, whole: float) -> float | None:
    """Return part / whole, None for nothing to divide."""
    return float(part) / float(whole) if whole else None


def team_shares(rows: pd.DataFrame, column: str, fewest: int) -> pd.DataFrame:
    """Return each team of ``fewest`` people or more with its share of a yes or no.

    Columns: team, people, share; the highest share first.
    """
    groups = rows.dropna(subset=["team"]).groupby("team")[column]
    found = groups.agg(people="size", share="mean").reset_index()
    found = found[found["people"] >= fewest]
    return found.sort_values(["share", "team"], ascending=[False, True])
