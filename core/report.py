"""The headless report: the figures of the pages as one dictionary of plain values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from core import people, pyramid, report_returns
from core.campaigns import attribution, follow_up, verdict
from core.campaigns.counts import Campaign
from core.campaigns.follow_up import FollowUp
from core.errors import NoData
from core.report_interpretation import sections
from core.report_missing import Missing
from core.rules import Rules
from core.sources.model import FileReport
from core.workspace import Workspace

SCHEMA = 1
STEPS = (
    *("base", "targeted", "delivered", "bounced", "opted_out", "opened", "clicked"),
    *("converted", "to_call", "second_mail"),
)
DETAILS = (
    *("suppressed", "bounced_hard", "bounced_soft", "complained", "machine_opened"),
    *("doubted", "late"),
)


def plain(value: Any) -> Any:
    """Return a value that JSON holds: missing is None, whole numbers are integers."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else round(value, 6)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def last_day(workspace: Workspace, today: date | None = None) -> date:
    """Return the day of the report when none is asked: the last day of the data.

    It is never after ``today`` (in the workspace's time zone unless given). Raises
    NoData when the exports hold no login and no dated record.
    """
    now = today or datetime.now(ZoneInfo(workspace.settings.timezone)).date()
    last = workspace.derive("mart_period")["last_day"].iloc[0]
    if pd.isna(last):
        if not workspace.objects:
            raise NoData(unlock="login")
        return now
    return min(pd.Timestamp(last).date(), now)


def build(
    workspace: Workspace, as_of: date | None = None, *, today: date | None = None
) -> dict[str, Any]:
    """Return the report of a workspace at the end of ``as_of``.

    The keys and their meaning are fixed: null is not zero, and what is null stands in
    ``missing`` with its reason and the export that would give it.
    """
    day = as_of or last_day(workspace, today)
    month = people.month_of(day)
    missing = Missing(workspace)
    reports = [r for record in workspace.manifest.imports for r in record.reports]
    unmatched = _records(workspace.derive("mart_unmatched"))
    report = {
        "schema": SCHEMA,
        "as_of": day.isoformat(),
        "month": month,
        "timezone": workspace.settings.timezone,
        "sources": [_source(entry) for entry in reports],
        "missing": missing.entries,
        "users": _users(workspace, day, month, missing),
        "teams": _teams(workspace, day, month),
        "adoption": _adoption(workspace, day, missing),
        "pyramid": _pyramid(workspace, day, missing),
        "campaigns": _campaigns(workspace, reports, day, missing),
        **sections(workspace, day, missing),
        "gaps": _records(workspace.derive("mart_event_gap", as_of=day.isoformat())),
        "unmatched": unmatched,
    }
    missing.unmatched(unmatched)
    return report


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows = frame.to_dict("records")
    return [{str(key): plain(value) for key, value in row.items()} for row in rows]


def _source(report: FileReport) -> dict[str, Any]:
    return {
        "file": report.file,
        "vendor": report.vendor,
        "object": report.object,
        "rows_read": report.rows_read,
        "rows_kept": report.rows_kept,
        "rows_rejected": report.rows_rejected,
        "reasons": dict(report.reasons),
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "warnings": dict(report.warnings),
        "lines_skipped": dict(report.lines_skipped),
        "date_order": report.date_order,
        "period": list(report.period) if report.period else None,
    }


def _span(workspace: Workspace, *columns: str) -> tuple[str, str] | None:
    """Return the first and last month that some of the data cover."""
    row = workspace.derive("mart_period").iloc[0]
    firsts = [row[f"first_{name}_day"] for name in columns]
    lasts = [row[f"last_{name}_day"] for name in columns]
    known_first = [day for day in firsts if not pd.isna(day)]
    known_last = [day for day in lasts if not pd.isna(day)]
    if not known_first:
        return None
    return f"{min(known_first):%Y-%m}", f"{max(known_last):%Y-%m}"


def _months(
    figures: Mapping[str, Mapping[str, Any]],
    column: str,
    months: Iterable[str],
    span: tuple[str, str] | None,
) -> dict[str, Any] | None:
    """Return a figure by month; null where the export does not reach."""
    if span is None:
        return None
    return {
        month: plain(figures[month][column])
        if span[0] <= month <= span[1] and month in figures
        else (0 if span[0] <= month <= span[1] else None)
        for month in months
    }


def _users(
    workspace: Workspace, day: date, month: str, missing: Missing
) -> list[dict[str, Any]]:
    frame = people.everyone(workspace, day, month)
    history = workspace.derive("mart_user_months", as_of=day.isoformat())
    by_user: dict[str, dict[str, dict[str, Any]]] = {}
    for row in history.to_dict("records"):
        by_user.setdefault(row["user_id"], {})[row["month"]] = {
            str(key): value for key, value in row.items()
        }
    known = workspace.derive("mart_month")["month"]
    before = f"{(pd.Timestamp(f'{month}-01') - pd.Timedelta(days=1)):%Y-%m}"
    months = sorted({*known[known <= month], before, month})
    spans = {
        "login_days": _span(workspace, "login"),
        "actions": _span(workspace, "activity", "record"),
        "active_days": _span(workspace, "login", "activity", "record"),
        "expected_days": (months[0], months[-1]),
    }
    missing.spans(spans, months)
    found = []
    for row in frame.sort_values("user_id").to_dict("records"):
        names = ("login_days", "active_days", "expected_days", "actions")
        figures: dict[str, Mapping[str, Any]] = {
            before: {name: row[f"previous_{name}"] for name in names},
            **by_user.get(row["user_id"], {}),
            month: {str(key): value for key, value in row.items()},
        }
        user = {key: plain(row[key]) for key in ("user_id", "name", "team", "state")}
        user |= {
            "profile": plain(row["profile"]),
            "profile_source": plain(row["profile_source"]),
            "profile_confidence": plain(row["profile_confidence"]),
            "profile_reason": plain(row["profile_reason"]),
        }
        user |= {name: _months(figures, name, months, spans[name]) for name in names}
        actions_change = row["actions_change"] if spans["actions"] else None
        user["evolution"] = {
            "active_days": plain(row["active_days_change"]),
            "actions": plain(actions_change),
        }
        user |= {key: plain(row[key]) for key in ("verdict", "verdict_rule", "change")}
        found.append(user)
    missing.users(found)
    return found


def _teams(workspace: Workspace, day: date, month: str) -> list[dict[str, Any]]:
    """Return each team's people by verdict, and the verdict on the team."""
    counts = ("people", "healthy", "watch", "at_risk", "not_enough_data")
    frame = people.teams(workspace, day, month).sort_values("team", na_position="last")
    return _records(frame[["team", *counts, "verdict"]])


def _adoption(
    workspace: Workspace, day: date, missing: Missing
) -> dict[str, Any] | None:
    row = _records(workspace.derive("mart_adoption", as_of=day.isoformat()))[0]
    if not row["licensed"] and not workspace.has("user"):
        missing.add("adoption", "no_user_export", "user")
        return None
    if not workspace.has("activity") and not _span(workspace, "record"):
        row["users_with_action"] = None
        missing.add("adoption.users_with_action", "no_activity_export", "activity")
    return row


def _level(row: Mapping[Any, Any], missing: Missing) -> dict[str, Any]:
    """Return one pyramid, null where the exports hold no such record."""
    keys = ("shape", "contacts_per_account", "calls_per_contact", "missing_calls")
    figures = {key: row[key] for key in ("accounts", "contacts", "calls")}
    figures |= {key: row[key] for key in keys}
    for name, source in missing.pyramid_sources.items():
        if not missing.workspace.has(source):
            for key in (name, *missing.DEPENDING[name]):
                figures[key] = None
    return {key: plain(value) for key, value in figures.items()}


def _pyramid(workspace: Workspace, day: date, missing: Missing) -> dict[str, Any]:
    rows = pyramid.read(workspace.derive("mart_pyramid", as_of=day.isoformat()))
    company = rows[rows["level"] == "company"].to_dict("records")
    names = ("accounts", "contacts", "calls", "shape", "contacts_per_account")
    empty = dict.fromkeys((*names, "calls_per_contact", "missing_calls"))
    row: Mapping[Any, Any] = company[0] if company else empty
    found = _level(row, missing)
    found["months_observed"] = plain(row.get("months_observed"))
    owners = pyramid.read(workspace.derive("mart_pyramid_owner", as_of=day.isoformat()))
    for name, level, key in (
        ("teams", rows[rows["level"] == "team"], "team"),
        ("account_types", rows[rows["level"] == "account_type"], "account_type"),
        ("owners", owners, "user_id"),
    ):
        entries = level.sort_values(key, na_position="last").to_dict("records")
        found[name] = [{key: plain(e[key]), **_level(e, missing)} for e in entries]
    missing.pyramid(found)
    return found


def _window(row: Mapping[Any, Any], rules: Rules, as_of: date) -> dict[str, Any] | None:
    campaign = Campaign.of({str(key): value for key, value in row.items()})
    found = verdict.window(campaign, rules, as_of)
    if found is None:
        return None
    last = found.last_day.isoformat()
    return {"days": found.days, "last_day": last, "is_open": found.is_open}


def _follow_up(found: FollowUp) -> dict[str, Any]:
    """Return what came of a call list, as counts of persons."""
    names = ("listed", "called", "reached", "met", "converted", "after", "waiting")
    return {name: getattr(found, name) for name in names}


def _campaigns(
    workspace: Workspace, reports: Iterable[FileReport], as_of: date, missing: Missing
) -> list[dict[str, Any]] | None:
    if not workspace.has("campaign") and not workspace.has("campaign_member"):
        missing.add("campaigns", "no_campaign_export", "campaign_member")
        return None
    vendors = {report.file: report.vendor for report in reports}
    rules = Rules.of(workspace.settings.rules)
    returns = attribution.read(workspace)
    found = []
    for row in workspace.derive("mart_campaign_funnel").to_dict("records"):
        entry = {key: plain(row[key]) for key in ("campaign_id", "name")}
        entry["tool"] = vendors.get(row["source_file"])
        entry |= {key: plain(row[key]) for key in (*STEPS, "cost", "won_amount", "roi")}
        entry |= {key: plain(row[key]) for key in DETAILS}
        entry["window"] = _window(row, rules, as_of)
        came = follow_up.summary(workspace, entry["campaign_id"])
        entry["follow_up"] = None if came.lack else _follow_up(came)
        missing.campaign(entry, plain(row["won_count"]))
        found.append(entry | report_returns.of(returns, row["campaign_id"], missing))
    return found
