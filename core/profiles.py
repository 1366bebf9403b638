"""How a person works with a CRM, read from the rhythm of their traces.

Two rhythms are normal: always connected (telesales, support: every working day, all
day) and field (travelling reps: three to five days a week, in short bursts). Managers
and marketing are occasional. A profile set by hand wins over one that the user export
declares, which wins over the one detected.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PROFILES = ("always_connected", "field", "occasional")
# Below these, the rhythm cannot be told.
FEWEST_WEEKS = 4
FEWEST_DAYS = 6
# A person is fully known after this many weeks with a trace.
FULL_WEEKS = 8
# Days a week between the rhythms; 5 and 3 to 5 are Skama's, the rest is our choice.
BETWEEN_FIELD_AND_ALWAYS = 4.4
BETWEEN_OCCASIONAL_AND_FIELD = 1.6
FALLEN_FROM = 2.5


@dataclass(frozen=True)
class Rhythm:
    """What is expected of a profile, in days active per week of five expected days.

    ``low`` and ``high`` are the normal rhythm; under ``healthy`` it is worth a look,
    under ``alarm`` it is a risk. Our choices, as the method page says.
    """

    low: float
    high: float
    healthy: float
    alarm: float


RHYTHMS: Mapping[str, Rhythm] = {
    "always_connected": Rhythm(low=5, high=5, healthy=4.4, alarm=2.5),
    "field": Rhythm(low=3, high=5, healthy=2.7, alarm=1.5),
    "occasional": Rhythm(low=1, high=3, healthy=0.8, alarm=0.4),
}


@dataclass(frozen=True)
class Profile:
    """A person's profile and why.

    ``code`` is one of PROFILES, or None when the data cannot tell; ``source`` is
    override, declared or detected; ``confidence`` 0..1, None unless detected;
    ``reason`` is a catalogue code under ``reason.profile_<reason>``.
    """

    code: str | None
    source: str | None
    confidence: float | None
    reason: str


def _sure(score: float) -> float:
    return 1 / (1 + math.exp(-abs(score)))


def _value(features: Mapping[str, Any], name: str) -> float | None:
    value = features.get(name)
    return None if value is None or math.isnan(value) else float(value)


def _between(features: Mapping[str, Any], days: float) -> float:
    """Weigh the rhythm: positive for always connected, negative for field."""
    score = 3.0 * (days - BETWEEN_FIELD_AND_ALWAYS)
    score += 3.0 * ((_value(features, "full_week_share") or 0.0) - 0.5)
    actions = _value(features, "actions_per_day") or 0.0
    if actions > 0:
        # With actions, the hours at work show; a login alone shows one hour.
        score += 0.5 * (min(_value(features, "hours_per_day") or 3.0, 8.0) - 3.0)
        score += 0.15 * (min(actions, 15.0) - 4.0)
    score -= 2.0 * (_value(features, "mobile_share") or 0.0)
    return score - 2.0 * (_value(features, "evening_share") or 0.0)


def detect(features: Mapping[str, Any]) -> Profile:
    """Return the profile that the features of one person show.

    ``features`` holds columns of ``mart_user_rhythm`` and ``mart_user_feature``, and
    ``best_days_per_week`` of the person's best recent month; what is absent or NaN is
    not used, so that logins alone or activities alone are enough.
    """
    weeks = _value(features, "weeks_seen") or 0.0
    days = _value(features, "days_per_week")
    seen = _value(features, "days_seen") or 0.0
    if days is None or weeks < FEWEST_WEEKS or seen < FEWEST_DAYS:
        return Profile(None, None, None, "too_few_days")
    # Somebody who used to come far more has a rhythm that fell, not an occasional one.
    best = _value(features, "best_days_per_week") or days
    if days < BETWEEN_OCCASIONAL_AND_FIELD and best >= FALLEN_FROM:
        return Profile("field", "detected", 0.5, "fewer_than_before")
    if days < BETWEEN_OCCASIONAL_AND_FIELD:
        code, reason = "occasional", "few_days"
        score = 4.0 * (BETWEEN_OCCASIONAL_AND_FIELD - days)
    else:
        score = _between(features, days)
        code = "always_connected" if score > 0 else "field"
        reason = "every_day" if score > 0 else "some_days"
        if code == "field":
            score = min(-score, 4.0 * (days - BETWEEN_OCCASIONAL_AND_FIELD))
    known = min(1.0, weeks / FULL_WEEKS)
    confidence = 0.5 + (_sure(score) - 0.5) * known
    return Profile(code, "detected", round(confidence, 2), reason)


def settle(
    features: Mapping[str, Any], declared: str | None, override: str | None
) -> Profile:
    """Return the profile to use: chosen by hand, else declared, else detected."""
    if override in PROFILES:
        return Profile(override, "override", None, "override")
    if declared in PROFILES:
        return Profile(declared, "declared", None, "declared")
    return detect(features)
