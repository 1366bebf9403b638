"""How a person works with a CRM, read from the rhythm of their traces.

Two rhythms are normal: always connected (telesales, support: every working day, all
day) and field (travelling reps: three to five days a week, in short bursts). Managers
and marketing are occasional. A profile set by hand wins over one that the user export
declares, which wins over the one detected.

What is weighed are log-odds, additive: days a week first, then what a day looks like
(`_day_shape`), then what people of the company whose days leave no doubt look like
(`_alike`), then the team (`_team`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.rules import DEFAULTS, Rules

PROFILES = ("always_connected", "field", "occasional")
Column = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

# How much one day a week weighs at each border, in log-odds.
_ALWAYS_SLOPE, _FIELD_SLOPE = 4.0, 3.0
# Weeks without a day missed count too; days before a lasting change count for less.
_FULL_SLOPE, _FULL_SHARE, _PAST, _FEW = 1.5, 0.6, 0.6, 4
# The chance that the team's profile is right for who shows little themselves.
_BY_TEAM = 0.6
# What a day looks like never outweighs a clear difference in days a week.
_SHAPE_MOST, _ALIKE_MOST, _TEAM_MOST = 2.5, 3.5, 2.0
# People whose days leave no doubt, in log-odds, and how many of each teach the rest.
_NO_DOUBT, _TEACHERS = 2.0, 6
_SHAPES = (
    *("hours_per_day", "span_hours", "actions_per_day"),
    *("mobile_share", "evening_share"),
)


def _known(rows: pd.DataFrame, name: str) -> Column:
    return rows[name].to_numpy("float64")


def _step(values: Column, middle: float, width: float) -> Column:
    """Bring a feature to -1..1 around ``middle``; 0 when it is not known."""
    return np.nan_to_num(np.clip((values - middle) / width, -1, 1))


def _roaming(rows: pd.DataFrame) -> Column:
    """Return how much work is done from a telephone or in the evening: 0 to 2."""
    mobile = np.clip(_known(rows, "mobile_share") / 0.3, 0, 1)
    evening = np.clip(_known(rows, "evening_share") / 0.2, 0, 1)
    return np.nan_to_num(mobile) + np.nan_to_num(evening)


def _day_shape(rows: pd.DataFrame, with_actions: bool) -> Column:
    """Weigh the days: long and full ones for always connected, bursts for field."""
    score = -1.3 * _roaming(rows)
    if with_actions:
        # A login alone shows one hour of the day, however long the session.
        acting = _known(rows, "actions_per_day") >= 1
        score += 1.2 * _step(_known(rows, "span_hours"), 3.0, 2.0) * acting
        score += 0.6 * _step(_known(rows, "hours_per_day"), 3.0, 1.5) * acting
        busy = np.log2(np.maximum(_known(rows, "actions_per_day"), 0.1))
        score += 0.6 * _step(busy, np.log2(5), 1.5) * acting
    score += 0.5 * _step(_known(rows, "logins_per_day"), 1.4, 0.4)
    return np.clip(score, -_SHAPE_MOST, _SHAPE_MOST)


def _alike(rows: pd.DataFrame, sure: Column, with_actions: bool) -> Column | None:
    """Weigh the days by what those of the same company show whose profile is sure.

    A linear discriminant on what tells one day from another: where the two kinds of
    people work the same hours it weighs nothing. None when too few are sure.
    """
    values = np.column_stack([_known(rows, name) for name in _SHAPES])
    values[:, 2] = np.log2(np.maximum(values[:, 2], 0.05))
    # Who signs in and does nothing shows no day to compare.
    acting = ~(_known(rows, "actions_per_day") < 0.5) | (not with_actions)
    always, field = (sure > 0) & acting, (sure < 0) & acting
    if min(always.sum(), field.sum()) < _TEACHERS:
        return None
    taught = always | field
    told = np.isfinite(values[taught]).mean(axis=0) > 0.8
    values = values[:, told]
    if not values.shape[1]:
        return None
    middle = np.nanmedian(values[taught], axis=0)
    values = np.where(np.isfinite(values), values, middle)
    high, low = values[always].mean(axis=0), values[field].mean(axis=0)
    rest = np.concatenate([values[always] - high, values[field] - low])
    spread = rest.T @ rest / len(rest)
    # Few people never look as alike as they are: each variance is widened.
    floor = np.diag(0.3 * np.diag(spread) + 0.02 + 0.05 * (high - low) ** 2)
    weights = np.linalg.solve(spread + floor, high - low)
    score: Column = (values - (high + low) / 2) @ weights
    # At its most for the middle of each kind, however alike its people are.
    score *= min(1.0, _ALIKE_MOST / max(float((high - low) @ weights) / 2, 1e-9))
    return np.where(acting, np.clip(score, -_ALIKE_MOST, _ALIKE_MOST), 0.0)


def _sure(score: Column) -> Column:
    """Return the chance that the side which ``score`` (log-odds) takes is right."""
    return 1 / (1 + np.exp(-np.abs(score)))


def _doubt(score: Column) -> Column:
    """Return how much the team is listened to: less, the clearer the person's own."""
    return np.clip(1.5 - np.abs(score) / 2, 0, 1)


def _team(codes: Codes, score: Column, told: Column) -> Column:
    """Return what the others of the team weigh: much where they are all of a kind."""
    votes = np.where(told > 0, np.tanh(score / 2), 0.0)
    places = int(codes.max(initial=-1)) + 2
    sums, counts = np.zeros(places), np.zeros(places)
    np.add.at(sums, codes, votes)
    np.add.at(counts, codes, told)
    others = counts[codes] - told
    mean = (sums[codes] - votes) / np.maximum(others, 1)
    known = (codes > 0) & (others >= 4)
    pull = np.clip(2 * np.arctanh(np.clip(mean, -0.95, 0.95)), -4, 4) - np.sign(mean)
    pull = np.where(np.abs(mean) >= 0.6, pull, 0.0)
    return np.where(known, np.clip(pull, -_TEAM_MOST, _TEAM_MOST), 0.0)


def _pace(rows: pd.DataFrame, told: Mask, rules: Rules) -> Column:
    """Weigh days a week: always connected above 0, field below."""
    days = _known(rows, "days_per_week")
    pace = _ALWAYS_SLOPE * (days - rules["profile.always"])
    pace += _FULL_SLOPE * (_known(rows, "full_week_share") - _FULL_SHARE)
    # Where the rhythm changed, the days of its best weeks are less sure.
    weeks = _known(rows, "best_weeks")
    pace = np.where(_known(rows, "is_past") > 0, _PAST, 1.0) * pace
    pace = pace * weeks / (weeks + _FEW)
    return np.where(told, np.nan_to_num(pace), 0.0)


def _often(rows: pd.DataFrame, told: Mask, rules: Rules) -> Column:
    """Weigh days a week and roaming: field above 0, occasional below."""
    days = _known(rows, "spread_days_per_week")
    often = np.nan_to_num(_FIELD_SLOPE * (days - rules["profile.field"]))
    return np.where(told, often + 0.8 * _roaming(rows) - 0.3, 0.0)


def _weigh(
    rows: pd.DataFrame, told: Mask, rules: Rules, with_actions: bool
) -> tuple[Column, Column]:
    """Return both questions, always or field and field or occasional, in log-odds."""
    shape = _day_shape(rows, with_actions)
    pace, often = _pace(rows, told, rules), _often(rows, told, rules)
    first = pace + 0.5 * shape
    sure = np.sign(first) * (np.abs(first) >= _NO_DOUBT) * told * (often > 1.0)
    alike = _alike(rows, sure, with_actions)
    always = pace + (shape if alike is None else 0.35 * shape + 0.65 * alike)
    seldom = np.where(often < -_NO_DOUBT, -1.0, (often > _NO_DOUBT) & (sure <= 0))
    other = _alike(rows, seldom * told, with_actions)
    if other is not None:
        often = often + 0.6 * np.where(np.abs(often) < 3, other, 0.0)
    return always, often


def _kinds(always: Column, often: Column) -> Codes:
    """Return the place in PROFILES of what both answers say."""
    return np.where(often <= 0, 2, np.where(always > 0, 0, 1))


def detect(
    rows: pd.DataFrame, rules: Rules = DEFAULTS, *, with_actions: bool = True
) -> pd.DataFrame:
    """Return the profile that each person's features show.

    ``rows`` are those of `core.rhythm.features`, with ``team``; what a file does not
    tell is NaN and weighs nothing, so that logins alone or activities alone are enough.
    Columns: detected_profile (None when the data cannot tell), detected_confidence
    (0.5 to 1, the chance of being right), detected_reason, a code under
    ``reason.profile_<reason>``.
    """
    weeks, seen = _known(rows, "weeks_seen"), _known(rows, "days_seen")
    told = (weeks >= rules["profile.weeks"]) & (seen >= rules["profile.days"])
    always, often = _weigh(rows, told, rules, with_actions)
    codes, votes = pd.factorize(rows["team"])[0] + 1, told.astype("float64")
    team_always = _team(codes, np.minimum(always, 4), votes)
    team_often = _team(codes, np.clip(often, -4, 4), votes)
    both = always + _doubt(always) * team_always
    both_often = often + _doubt(often) * team_often
    kind = _kinds(both, both_often)
    weight = np.select(
        [kind == 2, kind == 0], [-both_often, both], np.minimum(-both, both_often)
    )
    # Whoever's own days are too few has the profile of a team all of a kind.
    by_team = ~told & (seen >= 1) & (np.abs(team_often) >= 1)
    by_team &= (team_often < 0) | (np.abs(team_always) >= 1)
    kind = np.where(by_team, _kinds(team_always, team_often), kind)
    full = np.minimum(1.0, weeks / rules["profile.full"])
    confidence = np.where(by_team, _BY_TEAM, 0.5 + (_sure(weight) - 0.5) * full)
    flipped = told & (kind != _kinds(always, often))
    fell = _known(rows, "last_days_per_week") < 0.75 * _known(rows, "days_per_week")
    reason = np.select(
        [~told & ~by_team, by_team | flipped, kind == 2, (kind < 2) & fell],
        ["too_few_days", "team", "few_days", "best_weeks"],
        default=np.where(kind == 0, "every_day", "some_days"),
    )
    found = told | by_team
    profile = np.array(PROFILES, dtype=object)[kind]
    profile[~found] = None
    return pd.DataFrame(
        {
            "detected_profile": pd.Series(profile, rows.index, dtype=object),
            "detected_confidence": np.where(found, np.round(confidence, 2), np.nan),
            "detected_reason": reason,
        },
        index=rows.index,
    ).astype({"detected_reason": object})


def settle(
    rows: pd.DataFrame,
    overrides: Mapping[str, str],
    rules: Rules = DEFAULTS,
    *,
    with_actions: bool = True,
) -> pd.DataFrame:
    """Return the profile to use: chosen by hand, else declared, else detected.

    ``rows`` are those of `detect`, with ``user_id`` and ``declared_profile``;
    ``overrides`` is the profile chosen by hand a user_id. Columns: those of `detect`,
    which stay beside what was chosen, and profile, profile_source (override, declared
    or detected; None without a profile), profile_confidence (NaN unless detected) and
    profile_reason.
    """
    found = detect(rows, rules, with_actions=with_actions)
    chosen = rows["user_id"].map(dict(overrides)).astype(object)
    declared = rows["declared_profile"].astype(object)
    by_hand, by_file = chosen.isin(PROFILES), declared.isin(PROFILES)
    given = by_hand | by_file
    source, profile, reason = (
        np.array(found[name], dtype=object)
        for name in ("detected_profile", "detected_profile", "detected_reason")
    )
    source[found["detected_profile"].notna()] = "detected"
    for where, name, values in (
        (by_file, "declared", declared),
        (by_hand, "override", chosen),
    ):
        source[where] = reason[where] = name
        profile[where] = values[where]
    return found.assign(
        profile=pd.Series(profile, rows.index, dtype=object),
        profile_source=pd.Series(source, rows.index, dtype=object),
        profile_confidence=found["detected_confidence"].where(~given),
        profile_reason=pd.Series(reason, rows.index, dtype=object),
    )
