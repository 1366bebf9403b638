"""A person's verdict in words: the rule that decided, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.charts import Look
from core.profiles import RHYTHMS


def records(people: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, each by the names of its columns."""
    return [
        {str(name): value for name, value in row.items()}
        for row in people.to_dict("records")
    ]


def _number(row: Mapping[str, Any], name: str) -> float:
    value = row.get(name)
    return 0.0 if value is None or pd.isna(value) else float(value)


def profile_name(look: Look, profile: object) -> str:
    """Return the name of a profile, or that it is still to be told."""
    known = profile if isinstance(profile, str) else "unclassified"
    return look.text(f"profile.{known}")


def why(look: Look, row: Mapping[str, Any]) -> str:
    """Return the sentence behind a verdict; ``row`` is one of `core.people`."""
    head, _, rest = str(row["verdict_rule"]).partition(".")
    if head in ("state", "days", "profile"):
        return look.text(f"rule.{head}.{rest}")
    rhythm = RHYTHMS.get(head)
    return look.text(
        f"rule.{rest}",
        profile=profile_name(look, head),
        days=look.number(_number(row, "last_days_per_week"), 1),
        enough=look.number(rhythm.healthy, 1) if rhythm else "",
        silent=look.number(_number(row, "last_silent_weeks")),
        now=look.number(_number(row, "silent_now")),
        idle=look.number(_number(row, "last_idle_days")),
        active=look.number(_number(row, "last_active_days")),
    )


def profile_reason(look: Look, row: Mapping[str, Any]) -> str:
    """Return how the profile is known, with its confidence when it was detected."""
    reason = look.text(f"reason.profile_{row['profile_reason']}")
    sure = row.get("profile_confidence")
    if sure is None or pd.isna(sure):
        return reason
    return look.text("page.adoption.sure", reason=reason, percent=round(100 * sure))


def days_moved(row: Mapping[str, Any], *, is_running: bool) -> int | None:
    """Return the active days gained or lost, None when there is no month before.

    A month still running is set against as many expected days of the month before.
    """
    known = "compared_active_days" if is_running else "previous_active_days"
    before, expected = row.get(known), row.get("compared_expected_days")
    if before is None or pd.isna(before) or pd.isna(row["active_days"]):
        return None
    if expected is None or pd.isna(expected) or not expected:
        return None
    return int(row["active_days"]) - int(before)
