"""What figures are computed from beside imported rows: settings, calendar, choices."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from core import calendar, models
from core.manifest import Manifest
from core.models import SQL
from core.rules import Rules
from core.sources import objects
from core.workspace_settings import WorkspaceSettings

CALENDAR_YEARS = 15
# The rules that built tables do depend on.
_BUILT = (
    "campaign.window_days",
    "campaign.click.instant_seconds",
    "campaign.click.burst_seconds",
    "campaign.click.burst_people",
)
# Settings that no built table depends on: they act when figures are asked.
_LATER = (
    *("privacy", "k", "currency", "licences", "overrides", "rules"),
    "campaign_costs",
)


def inputs(manifest: Manifest, settings: WorkspaceSettings) -> dict[str, pa.Table]:
    """Return the tables that the models read beside the imported rows."""
    today = datetime.now(UTC).date()
    first, last = manifest.period or (today, today)
    earliest = max(first.year - 1, last.year - CALENDAR_YEARS)
    # Old exports may be read as of today.
    latest = max(last.year, today.year) + 1
    days = calendar.table(
        date(earliest, 1, 1),
        date(latest, 12, 31),
        settings.country,
        settings.subdivision,
        settings.worked_holidays,
        settings.closed_days,
    )
    setting = {
        "timezone": pa.array([settings.timezone], pa.string()),
        "data_from": pa.array([first], pa.date32()),
        "data_to": pa.array([last], pa.date32()),
    }
    return {"setting": pa.table(setting), "calendar": days, **choices(settings)}


def choices(settings: WorkspaceSettings) -> dict[str, pa.Table]:
    """Return what was decided by hand of single users, and of campaigns.

    ``chosen_user`` has one row a user: work_share, is_program, null where nothing was
    said. ``chosen_absence`` has one row an absence: user_id, first_day, last_day,
    share. ``chosen_campaign`` has one row, a column for each rule of _BUILT.
    """
    rules = Rules.of(settings.rules)
    campaign = {
        code.rpartition(".")[2]: pa.array([rules[code]], pa.float64())
        for code in _BUILT
    }
    users = sorted(settings.work_shares.keys() | settings.programs.keys())
    away = settings.absences
    user = {
        "user_id": pa.array(users, pa.string()),
        "work_share": pa.array(map(settings.work_shares.get, users), pa.float64()),
        "is_program": pa.array(map(settings.programs.get, users), pa.bool_()),
    }
    absence = {
        "user_id": pa.array([one.user_id for one in away], pa.string()),
        "first_day": pa.array([one.first_day for one in away], pa.date32()),
        "last_day": pa.array([one.last_day for one in away], pa.date32()),
        "share": pa.array([one.share for one in away], pa.float64()),
    }
    return {
        "chosen_user": pa.table(user),
        "chosen_absence": pa.table(absence),
        "chosen_campaign": pa.table(campaign),
    }


def digest(content: object) -> str:
    """Return the SHA-256 of values that JSON holds."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(settings: WorkspaceSettings, sql: Path = SQL) -> str:
    """Return what built tables depend on beside rows: settings and models."""
    texts = {name: model.text for name, model in models.read(sql).items()}
    decided = {n: v for n, v in settings.to_json().items() if n not in _LATER}
    built = {c: v for c, v in settings.rules.items() if c in _BUILT}
    return digest([texts, objects.FILE.read_text("utf-8"), decided, built])
