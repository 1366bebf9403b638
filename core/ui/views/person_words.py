"""A person's verdict and profile in words: what decided, and its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from core import indicators
from core.charts import Look
from core.i18n import formats, plural
from core.profiles import PROFILES
from core.scene import Scene

# From how much of the work a habit is told, and how many of them at most.
_MOBILE, _EVENING, _LONG_HOURS, _BURST_HOURS = 0.3, 0.2, 4.0, 1.5
_MOST_FEATURES = 3


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


def _expected(look: Look, row: Mapping[str, Any]) -> str:
    """Return the days a week expected of the person's profile: "3 à 5", "5"."""
    low, high = (
        look.number(value, 0 if value.is_integer() else 1)
        for value in (_number(row, "rhythm_low"), _number(row, "rhythm_high"))
    )
    if low == high:
        return low
    return look.text("page.adoption.low_to_high", low=low, high=high)


def why(look: Look, row: Mapping[str, Any]) -> str:
    """Return the sentence behind a verdict; ``row`` is one of `core.people`.

    It names the profile, what was looked at and its figures.
    """
    head, _, rest = str(row["verdict_rule"]).partition(".")
    last = row.get("last_day")
    since = "" if pd.isna(last) else formats.day(last, look.language)
    if head in ("state", "profile"):
        return look.text(f"rule.{head}.{rest}")
    if head == "days":
        return look.text(f"rule.{head}.{rest}", since=since)
    return look.text(
        f"rule.{rest}",
        since=since,
        profile=profile_name(look, head if head in PROFILES else None),
        days=look.number(_number(row, "verdict_days"), 1),
        worked=look.number(_number(row, "last_days_per_week"), 1),
        usual=look.number(_number(row, "usual_days_per_week"), 1),
        expected=_expected(look, row),
        actions=plural("count.action", _number(row, "last_actions"), look.language),
        silent=look.number(_number(row, "last_missing_weeks")),
        now=look.number(_number(row, "silent_now")),
        idle=look.number(_number(row, "last_idle_days")),
        active=look.number(_number(row, "last_active_days")),
    )


def _features(look: Look, row: Mapping[str, Any]) -> Iterator[str]:
    """Go through what tells most of a person's rhythm, in words."""
    yield look.text(
        "feature.days",
        days=look.number(_number(row, "days_seen")),
        expected=look.number(_number(row, "best_expected_days")),
    )
    actions = _number(row, "actions_per_day")
    acting, weeks = actions >= 1, _number(row, "best_weeks")
    logins = _number(row, "best_login_days") / weeks if weeks else 0.0
    if _number(row, "own_weekdays") < 5:
        yield look.text(
            "feature.own_weekdays", count=look.number(_number(row, "own_weekdays"))
        )
    if acting and 0 < logins <= 1.5 and _number(row, "days_per_week") >= 3:
        yield look.text("feature.session")
    for name, least in (("mobile", _MOBILE), ("evening", _EVENING)):
        share = _number(row, f"{name}_share")
        if share >= least:
            yield look.text(f"feature.{name}", percent=round(100 * share))
    span = _number(row, "span_hours")
    if acting and span >= _LONG_HOURS:
        yield look.text("feature.hours", hours=look.number(span))
    elif acting and span <= _BURST_HOURS:
        yield look.text("feature.bursts")
    if acting:
        count = plural("count.action", round(actions), look.language)
        yield look.text("feature.actions", count=count)


def profile_reason(
    look: Look, row: Mapping[str, Any], *, with_confidence: bool = True
) -> str:
    """Return how the profile is known, and what the traces show of it.

    A profile that was detected comes with its strongest features and its confidence;
    one that was given, with the detected one beside it where they differ.
    """
    reason = str(row["profile_reason"])
    detected = row.get("detected_profile")
    if reason in ("override", "declared"):
        said = look.text(f"reason.profile_{reason}")
        if not isinstance(detected, str) or detected == row["profile"]:
            return said
        other = profile_name(look, detected)
        return look.text("reason.profile_other", said=said, profile=other)
    if not isinstance(detected, str):
        return look.text(f"reason.profile_{reason}")
    features = list(_features(look, row))[:_MOST_FEATURES]
    listed = ", ".join(features)
    said = look.text(f"reason.profile_{reason}", features=listed)
    if not with_confidence:
        # In a column of reasons, what is the same on each row is not said.
        is_plain = reason in ("every_day", "some_days", "few_days")
        return f"{formats.capital(listed)}." if is_plain else said
    percent = round(100 * _number(row, "detected_confidence"))
    return look.text("page.adoption.sure", reason=said, percent=percent)


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


def counted(one: Scene) -> str:
    """Return how many people there are and how many can be judged, "" if hidden.

    The one base of the figures about people, said alike on each page.
    """
    if not one.shows_people:
        return ""
    members, judged = len(indicators.members(one.rows)), one.usage.people
    key = "count.base_all" if members == judged else "count.base"
    return plural(
        key,
        members,
        one.visit.language,
        judged=one.look.number(judged),
        others=members - judged,
    )
