"""What the rules look at: people, their months, kinds of work, and what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from core import people, pyramid
from core.answers import Answers
from core.manifest import ImportRecord
from core.rules import Rules
from core.workspace import Workspace

# Beliefs. A source that ends this long before the data do does not tell of their end.
LATE_DAYS = 14
MONTH_DAYS = 30.4
# A month of data may lack a few days at either end.
SPARE_DAYS = 6
HABIT_SHARE = 0.75  # nine weeks of twelve (Viva Insights), of those expected
# Fewer kinds of objects in the exports, and a narrow use cannot be told.
FEWEST_KINDS = 4
HOLIDAYS = ("08", "12")  # months in which a fall says nothing of the tool
_NO_MEMBER = ("integration", "left")
_NOT_JUDGED = (*_NO_MEMBER, "absent", "new")
_PSEUDO = ("any", "login", "action")

_scenes: Answers[Scene] = Answers(16)


@dataclass(frozen=True)
class Known:
    """The days that each kind of trace covers, None where there is none.

    ``first`` and ``last`` bound the logins and activities together (records when there
    is neither), ``oldest`` the oldest trace of any kind, programs' included.
    """

    first: date | None = None
    last: date | None = None
    oldest: date | None = None
    logins: tuple[date, date] | None = None
    activities: tuple[date, date] | None = None
    records: tuple[date, date] | None = None

    def months(self, as_of: date) -> float:
        """Return the months of logins or activities up to a day."""
        return _months(self.first, as_of)

    def since_oldest(self, as_of: date) -> float:
        """Return the months of traces of any kind up to a day."""
        return _months(self.oldest, as_of)

    def acts(self, as_of: date) -> bool:
        """Tell whether actions are known for the last twelve weeks."""
        start = as_of - timedelta(days=84)
        return self.activities is not None and (
            self.activities[0] <= start + timedelta(days=LATE_DAYS)
            and self.activities[1] >= as_of - timedelta(days=LATE_DAYS)
        )


def _months(first: date | None, as_of: date) -> float:
    if first is None:
        return 0.0
    return ((as_of - first).days + 1 + SPARE_DAYS) / MONTH_DAYS


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
    known = _known(workspace, as_of)
    # Exports older than the day asked about say nothing of the time since.
    day = as_of
    if known.last is not None and (as_of - known.last).days > LATE_DAYS:
        day = known.last
    text, rules = day.isoformat(), Rules.of(workspace.settings.rules)
    months = workspace.derive("mart_user_habit", as_of=text)
    kinds = workspace.derive("mart_kind_week", as_of=text)
    rows = pyramid.read(workspace.derive("mart_pyramid", as_of=text))
    company = rows[rows["level"] == "company"].to_dict("records")
    made = workspace.derive("mart_launch", as_of=text).iloc[0]
    everyone = people.everyone(workspace, day)
    everyone = everyone[~everyone["state"].eq("integration")]
    objects = workspace.derive("mart_user_kind", as_of=text)
    return Scene(
        as_of=day,
        rules=rules,
        known=known,
        people=_placed(everyone, months, objects, day, rules),
        months=months[months["user_id"].isin(everyone["user_id"])],
        kinds=kinds,
        pyramid={str(k): v for k, v in company[0].items()} if company else None,
        creations=int(made["created_count"]),
        imported=int(made["imported_count"]),
        knows_last_login=bool(made["last_logins"]),
        fresh=_fresh(workspace),
        users_of=lambda kind: workspace.derive(
            "mart_kind_person", as_of=text, kind=kind
        ),
        has=frozenset(workspace.objects),
    )


def _fresh(workspace: Workspace) -> dict[str, date]:
    """Return until when each kind of record is told, where later imports leave it out.

    A file that was not exported again stops before the others: that is a hole.
    """
    told: dict[str, date | None] = {}
    imports = [one for one in workspace.manifest.imports if _last_day(one) is not None]
    for done in imports:
        for report in done.reports:
            if report.object == "record" and report.rows_kept:
                last = None if done is imports[-1] else _last_day(done)
                told[f"record:{_file_type(report.file)}"] = last
    return {kind: day for kind, day in told.items() if day is not None}


def _last_day(done: ImportRecord) -> date | None:
    """Return the last day that the files of an import tell of."""
    days = [r.period[1] for r in done.reports if r.period and r.rows_kept]
    return date.fromisoformat(max(days)[:10]) if days else None


def _file_type(name: str) -> str:
    """Return the type that ``stg_record`` gives the rows of a file without one."""
    custom = re.search(r"[A-Za-z]\w*__[cC]", name, re.ASCII)
    if custom:
        return custom[0]
    bare = re.search(r"([^/\\›]*?)(\.[A-Za-z]{1,5})*$", name)
    return re.sub(r"^[\d\s_.()-]+|[\d\s_.()-]+$", "", bare[1]) if bare else name


def _known(workspace: Workspace, as_of: date) -> Known:
    rows = workspace.derive("mart_period")
    if not len(rows):
        return Known()
    row = rows.iloc[0]

    def span(name: str) -> tuple[date, date] | None:
        first, last = row[f"first_{name}_day"], row[f"last_{name}_day"]
        if pd.isna(first) or first.date() > as_of:
            return None
        return first.date(), min(last.date(), as_of)

    logins, activities, records = span("login"), span("activity"), span("record")
    told = [one for one in (logins, activities) if one] or [
        one for one in (records,) if one
    ]
    oldest = row["first_day"]
    return Known(
        first=min((one[0] for one in told), default=None),
        last=max((one[1] for one in told), default=None),
        oldest=None if pd.isna(oldest) else oldest.date(),
        logins=logins,
        activities=activities,
        records=records,
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
