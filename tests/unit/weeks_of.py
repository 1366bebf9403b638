"""Weeks of people written as one figure a week, for tests of profiles and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from core import profiles, verdicts
from core.rhythm import features
from core.rules import DEFAULTS, Rules

Row = dict[str, Any]
# What a day of each kind of work looks like; figures are per day.
DESK = {"actions": 12, "hours": 7, "span": 480, "logins": 1, "mobile": 0, "evening": 0}
ROAD = {"actions": 4, "hours": 1, "span": 30, "logins": 1, "mobile": 1, "evening": 0.3}
LOGINS = {"actions": 0, "hours": 1, "span": 0, "logins": 1, "mobile": 0, "evening": 0}


def _turned(active: int, place: int) -> int:
    """Return bits of so many weekdays, other ones each week."""
    return sum({1 << (place * 2 + day) % 5 for day in range(min(active, 5))})


def _silent(days: Sequence[int]) -> int:
    """Return how many weeks without a day end the history."""
    return next((n for n, day in enumerate(reversed(days)) if day), len(days))


def person(
    user_id: str,
    days: Sequence[int],
    day: Row = DESK,
    *,
    team: str = "Nord",
    expected: float | Sequence[float] = 5,
    mask: int | None = None,
    logins: Sequence[int] | None = None,
    away: Sequence[int] = (),
    idle: int | None = None,
    **more: object,
) -> Row:
    """Return a person by their active days a week, the oldest week first.

    ``mask`` are the weekdays they come on (bits), other ones each week unless given;
    ``idle`` the days a week without an action, ``away`` the working days of each
    week that a leave may explain, the last weeks; ``logins`` replaces one a day.
    """
    count = len(days)
    whole = list(expected) if isinstance(expected, Sequence) else [expected] * count
    gone = [*[0] * (count - len(away)), *away]
    rows = []
    for place, active in enumerate(days):
        without = active if day["actions"] == 0 else min(idle or 0, active)
        signed = active * day["logins"] if logins is None else logins[place]
        rows.append(
            {
                "user_id": user_id,
                "week": count - 1 - place,
                "expected_days": whole[place],
                "active_days": active,
                "idle_days": without,
                "weekdays": (_turned(active, place) if mask is None else mask)
                if active
                else 0,
                "login_days": min(signed, active),
                "login_count": signed,
                "mobile_count": round(signed * day["mobile"]),
                "action_count": (active - without) * day["actions"],
                "hour_count": active * day["hours"],
                "timed_days": active,
                "span_minutes": active * day["span"],
                "evening_days": active * day["evening"],
                "away_days": gone[place],
            }
        )
    known: Row = {
        "user_id": user_id,
        "team": team,
        "state": "active",
        "declared_profile": None,
        "recent_expected": float(sum(whole[-4:])),
        "recent_active_days": sum(days[-4:]),
        "silent_expected": float(sum(whole[count - _silent(days) :])),
        "silent_season": 0.0,
    }
    return {"weeks": rows, "row": known | more}


def company(*people: Row) -> pd.DataFrame:
    """Return the people with their features."""
    rows = pd.DataFrame([one["row"] for one in people])
    weeks = pd.DataFrame([week for one in people for week in one["weeks"]])
    return rows.join(features(weeks, rows["user_id"], rows["team"]))


def profiled(
    *people: Row, rules: Rules = DEFAULTS, actions: bool = True, **overrides: str
) -> pd.DataFrame:
    """Return the people with their profiles, by user_id."""
    rows = company(*people)
    found = profiles.settle(rows, overrides, rules, with_actions=actions)
    return rows.join(found).set_index("user_id", drop=False)


def judged(
    *people: Row, rules: Rules = DEFAULTS, actions: bool = True, **overrides: str
) -> pd.DataFrame:
    """Return the people with profiles and verdicts, by user_id."""
    rows = profiled(*people, rules=rules, actions=actions, **overrides)
    return rows.join(verdicts.judge(rows, rules, actions_known=actions))
