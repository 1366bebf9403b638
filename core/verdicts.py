"""What the figures of one person say, and the rule that decides.

Rules are tried in order and the first that holds decides, so that nobody is judged on
days they were not expected, nor called healthy for being connected without an action.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from core.profiles import RHYTHMS, Rhythm

VERDICTS = ("healthy", "watch", "at_risk", "not_enough_data", "excluded")
EXCLUDED_STATES = ("integration", "left", "absent")
# Beliefs. A leave that nobody told of must not accuse: three silent weeks of the last
# six pass. Under five expected days in 28, nothing is said.
FEWEST_EXPECTED_DAYS = 5.0
FEWEST_WEEKS = 2
SILENT_WEEKS_WATCH = 4
SILENT_NOW_WATCH = 4
IDLE_SHARE_WATCH = 0.6


class Verdict(NamedTuple):
    """One of VERDICTS and the rule that decided.

    ``rule`` is ``<profile or state>.<what was looked at>.<what was found>``.
    """

    code: str
    rule: str


def _number(figures: Mapping[str, Any], name: str) -> float:
    value = figures.get(name)
    return 0.0 if value is None or math.isnan(value) else float(value)


def judge(
    state: str,
    profile: str | None,
    figures: Mapping[str, Any],
    *,
    actions_known: bool,
    rhythms: Mapping[str, Rhythm] = RHYTHMS,
) -> Verdict:
    """Return the verdict on one person.

    ``figures`` holds columns of ``mart_user`` and ``mart_user_rhythm``: the last six
    weeks and the recent expected days. ``actions_known`` tells whether the exports
    hold activities for that time: without them an idle login cannot be told.
    """
    if state in EXCLUDED_STATES:
        return Verdict("excluded", f"state.{state}")
    if state == "new":
        return Verdict("not_enough_data", "state.new")
    if state in ("never_activated", "dormant"):
        return Verdict("at_risk", f"state.{state}")
    if (
        _number(figures, "recent_expected") < FEWEST_EXPECTED_DAYS
        or _number(figures, "last_weeks") < FEWEST_WEEKS
    ):
        return Verdict("not_enough_data", "days.expected.few")
    who = profile or "unknown"
    active = _number(figures, "last_active_days")
    if actions_known and active and not _number(figures, "last_actions"):
        return Verdict("at_risk", f"{who}.actions.none")
    if _number(figures, "silent_now") >= SILENT_NOW_WATCH:
        return Verdict("at_risk", f"{who}.silence.long")
    if profile is None:
        return Verdict("not_enough_data", "profile.unknown")
    return _rhythm(profile, rhythms[profile], figures, active, actions_known)


def _rhythm(
    profile: str,
    rhythm: Rhythm,
    figures: Mapping[str, Any],
    active: float,
    actions_known: bool,
) -> Verdict:
    days = _number(figures, "last_days_per_week")
    if days < rhythm.alarm:
        return Verdict("at_risk", f"{profile}.rhythm.very_low")
    if days < rhythm.healthy:
        return Verdict("watch", f"{profile}.rhythm.low")
    if _number(figures, "last_silent_weeks") >= SILENT_WEEKS_WATCH:
        return Verdict("watch", f"{profile}.silence.often")
    if not actions_known:
        return Verdict("healthy", f"{profile}.rhythm.ok_logins_only")
    if _number(figures, "last_idle_days") > IDLE_SHARE_WATCH * active:
        return Verdict("watch", f"{profile}.actions.few")
    return Verdict("healthy", f"{profile}.rhythm.ok")
