"""What a figure rests on in one workspace: people left out, periods, coverage.

Only sums over the whole company, or counts of programs, are told where single people
may not be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from core import calendar, people, periods
from core.method.figure import Fact
from core.method.figures import FIGURES
from core.method.rows import ACTED, Rows, rows
from core.workspace import Workspace


def facts(workspace: Workspace, code: str) -> tuple[Fact, ...]:
    """Return what the workspace's data say of the figure ``code``, () for nothing."""
    figure = FIGURES.get(code)
    tell = (figure.tell if figure else None) or _TELLERS.get(code)
    return tuple(tell(workspace)) if tell and workspace.objects else ()


def is_hidden(workspace: Workspace, code: str) -> bool:
    """Tell whether single people are counted here and may not be seen."""
    figure = FIGURES.get(code)
    by_person = code in _BY_PERSON or (figure is not None and figure.is_by_person)
    return by_person and workspace.privacy == "teams"


_BY_PERSON = ("states", "profiles", "verdicts")


def _day(workspace: Workspace) -> date | None:
    """Return the day on which the pages read the latest month."""
    months = periods.months(workspace)
    if not months:
        return periods.last_data_day(workspace)
    return periods.period(workspace, months[0]).as_of


def _span(workspace: Workspace, code: str, first: str, last: str) -> list[Fact]:
    known = workspace.query("mart_period")
    if not len(known) or pd.isna(known[first].iloc[0]):
        return [Fact(code, None)]
    row = known.iloc[0]
    return [Fact(code, (row[first].date(), row[last].date()))]


def _sum(workspace: Workspace, code: str, column: str) -> list[Fact]:
    """Return a sum over the company, unless so few people would show through it."""
    day = _day(workspace)
    if day is None:
        return []
    ladder = workspace.query("mart_adoption", as_of=day.isoformat())
    if bool(ladder["is_suppressed"].iloc[0]):
        return []
    months = workspace.derive("mart_team_month", as_of=day.isoformat())
    return [Fact(code, float(months[column].sum()))]


def _login_days(workspace: Workspace) -> list[Fact]:
    return [
        *_span(workspace, "login_span", "first_login_day", "last_login_day"),
        *_sum(workspace, "login_days", "login_days"),
        *_unmatched(workspace, "login"),
    ]


def _active_days(workspace: Workspace) -> list[Fact]:
    span = _span(workspace, "trace_span", "first_day", "last_day")
    return [*span, *_sum(workspace, "active_days", "active_days")]


def _unmatched(workspace: Workspace, *objects: str) -> list[Fact]:
    found = workspace.query("mart_unmatched")
    if objects:
        found = found[found["object"].isin(objects)]
    return [Fact("unmatched", int(found["row_count"].sum()))]


def _actions(workspace: Workspace) -> list[Fact]:
    counted = _sum(workspace, "actions", "action_count")
    return [*counted, *_unmatched(workspace, *ACTED)]


def _expected_days(workspace: Workspace) -> list[Fact]:
    given = sum(rows.kept for rows in _rows_of(workspace, "absence"))
    absences = Fact("no_absence", given or None)
    counted = _sum(workspace, "expected_days", "expected_days")
    return [*_working_days(workspace)[:2], absences, *counted]


def _rows_of(workspace: Workspace, name: str) -> list[Rows]:
    return [one for one in rows(workspace, "rows") if one.object == name]


def _working_days(workspace: Workspace) -> list[Fact]:
    settings = workspace.settings
    place = settings.country
    if settings.subdivision:
        place = f"{place}-{settings.subdivision}"
    found = [Fact("country", place)]
    known = workspace.query("mart_month")
    full = known[known["is_complete"]]
    if len(full):
        row = full.iloc[-1]
        label = {"month": str(row["month"])}
        found.append(Fact("working_days", int(row["working_days"]), labels=label))
    day = _day(workspace)
    if day is not None:
        first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        off = calendar.public_holidays(
            first, last, settings.country, settings.subdivision
        )
        count = len(set(off.values()) - set(settings.worked_holidays))
        found.append(Fact("holidays", count, labels={"year": str(day.year)}))
    return found


def _months(workspace: Workspace) -> list[Fact]:
    known = workspace.query("mart_month")
    return [Fact("months_complete", int(known["is_complete"].sum()))]


def _users(workspace: Workspace) -> pd.DataFrame:
    day = _day(workspace)
    if day is None:
        return pd.DataFrame(columns=["state", "program_reason"])
    return workspace.derive("mart_user", as_of=day.isoformat())


def _programs(workspace: Workspace) -> list[Fact]:
    """Count programs by what gave them away: they are no people."""
    known = _users(workspace)["program_reason"].dropna()
    reasons = ("user_type", "name", "rhythm")
    return [Fact(f"reason_{why}", int((known == why).sum())) for why in reasons]


def _by_person(column: str) -> Callable[[Workspace], list[Fact]]:
    """Return how many people have each value of ``column``, where people may show."""

    def tell(workspace: Workspace) -> list[Fact]:
        day = _day(workspace)
        programs = int(_users(workspace)["program_reason"].notna().sum())
        found = [Fact("programs", programs)]
        if workspace.privacy == "teams" or day is None:
            return found
        shown = people.people(workspace, day)
        shown = shown[shown["state"] != "integration"]
        if column == "profile":
            shown = shown[shown["state"] != "left"].fillna({column: "unclassified"})
        counts = shown[column].value_counts()
        return [
            *found,
            *(Fact(str(name), int(n), counts=column) for name, n in counts.items()),
        ]

    return tell


def _ladder(*rungs: str) -> Callable[[Workspace], list[Fact]]:
    def tell(workspace: Workspace) -> list[Fact]:
        day = _day(workspace)
        if day is None:
            return []
        row = workspace.query("mart_adoption", as_of=day.isoformat()).iloc[0]
        return [Fact(rung, None if pd.isna(row[rung]) else row[rung]) for rung in rungs]

    return tell


def _pyramid(workspace: Workspace) -> list[Fact]:
    day = _day(workspace)
    if day is None:
        return []
    levels = workspace.query("mart_pyramid", as_of=day.isoformat())
    company = levels[levels["level"] == "company"]
    if not len(company):
        return []
    row = company.iloc[0]
    names = ("accounts", "contacts", "observed_calls", "meetings", "months_observed")
    codes = (*names[:4], "months")
    return [
        Fact(code, None if pd.isna(row[name]) else row[name])
        for code, name in zip(codes, names, strict=True)
    ]


def _campaign(column: str) -> Callable[[Workspace], list[Fact]]:
    def tell(workspace: Workspace) -> list[Fact]:
        known = workspace.query("mart_campaign_funnel")
        told = int(known[column].notna().sum())
        return [Fact("campaigns", len(known)), Fact("campaigns_known", told)]

    return tell


def _privacy(workspace: Workspace) -> list[Fact]:
    mode = Fact("privacy", f"privacy.{workspace.privacy}")
    if workspace.privacy != "teams":
        return [mode]
    return [mode, Fact("k", workspace.settings.k)]


def _timezone(workspace: Workspace) -> list[Fact]:
    return [Fact("timezone", workspace.settings.timezone)]


def _skipped(workspace: Workspace) -> list[Fact]:
    reports = [r for record in workspace.manifest.imports for r in record.reports]
    lines = sum(sum(report.lines_skipped.values()) for report in reports)
    return [Fact("skipped", lines), *_unmatched(workspace)]


def _gaps(workspace: Workspace) -> list[Fact]:
    day = _day(workspace)
    if day is None:
        return []
    found = workspace.query("mart_event_gap", as_of=day.isoformat())
    return [Fact("gap_days", len(found))]


_TELLERS: Mapping[str, Callable[[Workspace], list[Fact]]] = {
    "login_days": _login_days,
    "active_days": _active_days,
    "expected_days": _expected_days,
    "actions": _actions,
    "idle_days": _active_days,
    "evolution": _months,
    "states": _by_person("state"),
    "programs": _programs,
    "profiles": _by_person("profile"),
    "verdicts": _by_person("verdict"),
    "usual_range": _months,
    "company_verdict": _months,
    "ladder": _ladder("licensed", "activated", "active", "habitual"),
    "habitual": _ladder("licensed", "habitual"),
    "pyramid": _pyramid,
    "shapes": _pyramid,
    "missing_calls": _pyramid,
    **{
        code: _campaign(code)
        for code in (
            *("base", "targeted", "bounced", "delivered", "opted_out", "opened"),
            "complained",
            *("clicked", "converted", "to_call", "second_mail", "roi"),
        )
    },
    "rates": _campaign("delivered"),
    "privacy": _privacy,
    "time_zones": _timezone,
    "working_days": _working_days,
    "rows": _skipped,
    "gaps": _gaps,
}
