"""What the figures of one person say, and the rule that decides.

Rules are tried in order and the first that holds decides, so that nobody is judged on
days they were not expected, nor called healthy for being connected without an action.
A week without a trace among weeks of the usual rhythm is a leave that nobody told of.
A silence that still lasts is neither leave nor fall until it ends: it is never healthy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.indicators import share_state
from core.profiles import PROFILES
from core.rules import DEFAULTS, Rules

VERDICTS = ("healthy", "watch", "at_risk", "not_enough_data", "excluded")
EXCLUDED_STATES = ("integration", "left", "absent")
# Under this chance of so long a silence at the person's own pace, it means something.
_UNLIKELY = 0.02
# A fall counts from this many standard errors under the person's own usual weeks.
FALL_ERRORS = 3.0
# A rhythm under the alarm is a risk when it is well under the person's own, too.
_OWN_SHARE = 0.65
# Working days of silence, still lasting, that are a question: nearly a whole leave.
NOW_DAYS = 10
# In July, August and at Christmas they are one from this many on: three weeks.
SEASON_DAYS = 15
# Days a week over twelve weeks (of so many expected days) that are health for nobody.
RARE, _RARE_EXPECTED = 0.5, 25
# Idle days, and no action at all, are told from this many active days on.
TOKEN_DAYS, IDLE_DAYS = 5, 3

Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def _known(rows: pd.DataFrame, name: str) -> Column:
    found: Column = np.nan_to_num(rows[name].to_numpy("float64"))
    return found


def rhythms(profiles: Iterable[object], rules: Rules = DEFAULTS) -> pd.DataFrame:
    """Return what is expected of each profile, NaN for who has none.

    Columns: rhythm_low, rhythm_high, rhythm_healthy, rhythm_alarm, in days active per
    week of five expected days.
    """
    named = pd.Series(list(profiles), dtype=object)
    return pd.DataFrame(
        {
            f"rhythm_{side}": named.map(
                {code: getattr(rules.rhythm(code), side) for code in PROFILES}
            ).astype("float64")
            for side in ("low", "high", "healthy", "alarm")
        }
    )


def judge(
    rows: pd.DataFrame, rules: Rules = DEFAULTS, *, actions_known: bool
) -> pd.DataFrame:
    """Return the verdict on each person and the rule that decided.

    ``rows`` hold ``state``, ``profile``, ``recent_expected``, ``recent_active_days``
    and the columns of ``mart_user_quiet`` and `core.rhythm.features`.
    ``actions_known`` tells whether the exports hold activities for the last weeks:
    without them an idle login cannot be told. Columns: verdict, one
    of VERDICTS; verdict_rule, ``<profile or state>.<what was looked at>.<what was
    found>``; verdict_days, the days a week that were judged.
    """
    state = rows["state"].to_numpy(object)
    profile = rows["profile"].to_numpy(object)
    rhythm = rhythms(profile, rules)
    healthy, alarm = (
        rhythm[f"rhythm_{side}"].to_numpy() for side in ("healthy", "alarm")
    )
    days = _days(rows, profile, healthy, alarm)
    own = rows["usual_days_per_week"].to_numpy("float64")
    fell = (_known(rows, "fall_errors") >= FALL_ERRORS) & (
        np.nan_to_num(own - rows["last_days_per_week"].to_numpy("float64"))
        >= rules["verdict.fall"]
    )
    # Who never came more often has not stopped: to watch, until they fall further.
    earlier = rows["earlier_days_per_week"].to_numpy("float64")
    lower = np.where(
        profile == "occasional",
        days <= _OWN_SHARE * earlier,
        ~(days > _OWN_SHARE * own),
    )
    active, idle = _known(rows, "last_active_days"), _known(rows, "last_idle_days")
    none = actions_known & (active > 0) & (_known(rows, "last_actions") == 0)
    tested = (active >= IDLE_DAYS) | (
        (_known(rows, "long_active_days") >= IDLE_DAYS)
        & (_known(rows, "long_actions") == 0)
    )
    unlikely = _chance_of_silence(rows) < _UNLIKELY
    silent = (_known(rows, "silent_now") >= rules["verdict.silent_now"]) & unlikely
    now, away = _still_silent(rows, unlikely)
    seldom = (_known(rows, "long_expected_days") >= _RARE_EXPECTED) & (
        _known(rows, "long_plain_days") < RARE
    )
    enough, rare = rules["verdict.expected"], profile == "occasional"
    known = np.array([code in PROFILES for code in profile], dtype=bool)
    unsaid = ("not_enough_data", "days.silence.now")
    steps: tuple[tuple[Any, str, str], ...] = (
        *((state == code, "excluded", f"state.{code}") for code in EXCLUDED_STATES),
        (state == "new", "not_enough_data", "state.new"),
        (state == "never_activated", "at_risk", "state.never_activated"),
        ((state == "dormant") & unlikely, "at_risk", "state.dormant"),
        (state == "dormant", "watch", "state.dormant"),
        (
            (_known(rows, "recent_expected") < enough)
            | (_known(rows, "last_weeks") < rules["verdict.weeks"]),
            "not_enough_data",
            "days.expected.few",
        ),
        (none & tested, "at_risk", "*.actions.none"),
        (
            actions_known
            & (active >= TOKEN_DAYS)
            & (idle >= rules["verdict.token"] * active),
            "at_risk",
            "*.actions.token",
        ),
        (silent & fell, "at_risk", "*.silence.long"),
        (silent, "watch", "*.silence.long"),
        (away & (_known(rows, "last_present_days") < enough), *unsaid),
        (
            ~now & ~rare & (_known(rows, "last_present_days") < enough),
            "not_enough_data",
            "days.expected.few",
        ),
        (known & (days < alarm) & lower, "at_risk", "*.rhythm.very_low"),
        (now, "watch", "*.silence.now"),
        (away, *unsaid),
        (~known, "not_enough_data", "profile.unknown"),
        (days < healthy, "watch", "*.rhythm.low"),
        (seldom, "watch", "*.rhythm.rare"),
        (fell, "watch", "*.rhythm.fallen"),
        (
            (_known(rows, "last_missing_weeks") >= rules["verdict.silent_weeks"])
            & (profile != "occasional"),
            "watch",
            "*.silence.often",
        ),
        (~(active > 0), "not_enough_data", "days.expected.few"),
        (not actions_known, "healthy", "*.rhythm.ok_logins_only"),
        (none | (idle > rules["verdict.idle"] * active), "watch", "*.actions.few"),
    )
    tests = [np.broadcast_to(test, len(rows)) for test, _, _ in steps]
    codes = np.select(tests, [code for _, code, _ in steps], "healthy")
    found = np.select(tests, [rule for _, _, rule in steps], "*.rhythm.ok")
    days = np.where(found == "*.rhythm.rare", _known(rows, "long_plain_days"), days)
    who = [code if code in PROFILES else "unknown" for code in profile]
    names = [rule.replace("*", one) for rule, one in zip(found, who, strict=True)]
    return pd.DataFrame(
        {"verdict": codes, "verdict_rule": names, "verdict_days": days},
        index=rows.index,
    ).astype({"verdict": object, "verdict_rule": object})


def _days(
    rows: pd.DataFrame, profile: npt.NDArray[Any], healthy: Column, alarm: Column
) -> Column:
    """Return the days a week to judge: of the worked weeks, unless those are weak.

    Weeks near the expected rhythm say that the silent ones between were days off. Where
    they are far under it, silent weeks count as weeks without a day. Of who is
    expected every day the weakest week is left out; who comes rarely is read over
    twelve weeks, silent ones counted.
    """
    worked = _known(rows, "last_days_per_week")
    best = _known(rows, "last_best_days")
    worked = np.where(profile == "always_connected", best, worked)
    low = np.minimum(worked, _known(rows, "last_all_days"))
    long = _known(rows, "long_days_per_week")
    days = np.where(worked >= (healthy + alarm) / 2, worked, low)
    return np.where(profile == "occasional", long, days)


def _still_silent(rows: pd.DataFrame, unlikely: Mask) -> tuple[Mask, Mask]:
    """Tell whose silence lasts: that a leave would not explain, or that one may.

    Days count as working days expected, told leaves apart. In the season of leaves
    three weeks are a leave for whoever does not know the person. Whoever was not
    active in the last 28 days is in one of the groups.
    """
    silent = _known(rows, "silent_expected")
    blank = (_known(rows, "recent_active_days") == 0) & (silent > 0)
    long = (silent >= NOW_DAYS) & (unlikely | blank)
    free = np.where(
        silent > SEASON_DAYS, silent, silent - _known(rows, "silent_season")
    )
    now = long & (free >= NOW_DAYS)
    return now, (long | blank) & ~now


def _chance_of_silence(rows: pd.DataFrame) -> Column:
    """Return the chance of the present silence at the person's own pace.

    Days are taken as independent, each with the share of days active before.
    """
    earlier = rows["earlier_days_per_week"].to_numpy("float64")
    known = np.where(
        np.isfinite(earlier), earlier, _known(rows, "spread_days_per_week")
    )
    pace = np.clip(known / 5, 0, 1)
    silent = np.maximum(_known(rows, "silent_days"), _known(rows, "silent_expected"))
    chance: Column = (1 - pace) ** silent
    return chance


def team(healthy: float, watch: float, at_risk: float, rules: Rules = DEFAULTS) -> str:
    """Return the verdict on a team from how many of its people have each.

    The lines are those of the company (`core.indicators.share_state`); too few people
    with a verdict give not_enough_data.
    """
    judged = healthy + watch + at_risk
    if judged < rules["verdict.team_people"]:
        return "not_enough_data"
    return share_state(healthy / judged).replace("sick", "at_risk")
