"""The limits that figures depend on, read where they are applied.

A limit lives in a constant of a module or in an SQL file; its value is taken from
there each time, so that what the method page says cannot drift from what is done.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import Literal

from core import models
from core.rules import DEFAULTS, OURS, RULES, Rules

SOURCES = (
    *("skama", "gitlab", "viva", "brevo", "hubspot", "gmail", "click_vendors"),
    "salesforce",
)
"""Origins of the others; texts under ``source.<origin>``."""

Kind = Literal["number", "percent"]


@dataclass(frozen=True)
class Threshold:
    """One limit: its text is ``method.threshold.<code>``, which shows ``{value}``.

    ``place`` is ``module:CONSTANT``, or ``model:expression`` with a regular expression
    whose first group is the number in the text of that SQL file, or ``rule:code``: its
    text is then ``limit.<code>`` and ``unit`` that of the rule, written with the
    number. ``scale`` divides it, for days told as weeks.
    """

    code: str
    place: str
    kind: Kind = "number"
    origin: str = OURS
    scale: float = 1
    unit: str = ""

    @property
    def value(self) -> float:
        """Return the limit; raises LookupError if its place no longer states it."""
        return self.of(DEFAULTS)

    def of(self, rules: Rules) -> float:
        """Return the limit where ``rules`` are in force, or raise LookupError."""
        name, _, where = self.place.partition(":")
        if name == "rule":
            return rules[where]
        if name.startswith("core."):
            found = getattr(importlib.import_module(name), where, None)
            if found is None:
                raise LookupError(self.place)
            return float(found) / self.scale
        numbers = set(re.findall(where, models.read()[name].text))
        if len(numbers) != 1:
            raise LookupError(self.place)
        return float(numbers.pop()) / self.scale

    @property
    def file(self) -> str:
        """Return the file that states the limit, and the constant's name if any."""
        name, _, where = self.place.partition(":")
        if name == "rule":
            return f"core/rules.toml, {where}"
        if name.startswith("core."):
            return f"{name.replace('.', '/')}.py, {where}"
        return sql_file(name)


def sql_file(name: str) -> str:
    """Return the path of a model in the project."""
    return f"sql/{models.read()[name].layer}/{name}.sql"


def _constants(module: str, *limits: tuple[str, str, Kind, str]) -> list[Threshold]:
    return [
        Threshold(code, f"core.{module}:{name}", kind, origin)
        for code, name, kind, origin in limits
    ]


_AGO = r"cast\(\$as_of as date\) - "
_ALL = (
    Threshold("update_seconds", r"int_record_slot:interval '(\d+)' second"),
    Threshold("mass_records", r"int_user_record_day:created_in_slot > (\d+)"),
    Threshold("mass_activities", r"int_user_activity_day:row_count > (\d+)"),
    Threshold("compared_days", r"mart_user_month:expected_days >= (\d+)"),
    Threshold("recent_days", rf"mart_user:expected\b[\s\S]*?day > {_AGO}(\d+)\b"),
    Threshold("new_days", rf"mart_user:created_day >= {_AGO}(\d+)"),
    Threshold("never_days", rf"mart_user:created_day < {_AGO}(\d+)"),
    Threshold("dormant_days", rf"mart_user:last_day <= {_AGO}(\d+)"),
    Threshold("rhythm_span", r"int_user_rhythm:span_days < (\d+)"),
    Threshold(
        "rhythm_days",
        r"int_user_rhythm:day_count >= ([\d.]+) \* marked\.span_days",
        "percent",
    ),
    Threshold(
        "rhythm_weekends", r"int_user_rhythm:weekend_count >= ([\d.]+) \*", "percent"
    ),
    Threshold(
        "rhythm_night",
        r"int_user_rhythm:night_share >= ([\d.]+)\s+then .always_on",
        "percent",
    ),
    Threshold("rhythm_dawn", r"int_user_rhythm:last_minute < (\d+)\)", scale=60),
    Threshold("rhythm_weeks", rf"mart_user_week:open_day\.day > {_AGO}(\d+)", scale=7),
    Threshold("leave_least", r"mart_user_silence:working_days between (\d+)"),
    Threshold("leave_most", r"mart_user_silence:working_days between \d+ and (\d+)"),
    *_constants("rhythm", ("week_days", "WEEK_DAYS", "number", OURS)),
    *_constants(
        "verdicts",
        ("fall_errors", "FALL_ERRORS", "number", OURS),
        ("token_days", "TOKEN_DAYS", "number", OURS),
        ("idle_days", "IDLE_DAYS", "number", OURS),
        ("now_days", "NOW_DAYS", "number", OURS),
        ("season_days", "SEASON_DAYS", "number", OURS),
        ("rare_days", "RARE", "number", OURS),
    ),
    Threshold("active_days", rf"mart_adoption:last_day > {_AGO}(\d+)"),
    Threshold("habit_weeks", r"mart_adoption:active_weeks >= (\d+)", origin="viva"),
    Threshold(
        "habit_window",
        rf"mart_adoption:user_day\.day > {_AGO}(\d+)",
        origin="viva",
        scale=7,
    ),
    Threshold("fatigue_days", r"int_campaign_pressure:between (\d+) preceding"),
    Threshold("strangers", r"int_campaign_funnel:strangers <= ([\d.]+) \*", "percent"),
    *_constants(
        "cohorts",
        ("cohort_fewest", "FEWEST", "number", OURS),
        ("cohort_after", "COMPARED_AFTER", "number", OURS),
        ("settled_days", "SETTLED_DAYS", "number", OURS),
    ),
    *_constants("licences", ("licence_new", "NEW_DAYS", "number", OURS)),
    Threshold("covered_days", r"int_life_month:earlier_working_day \+ (\d+)"),
    *_constants(
        "indicators",
        ("range_healthy", "RANGE_HEALTHY", "percent", "gitlab"),
        ("range_watch", "RANGE_WATCH", "percent", "gitlab"),
        ("stable", "STABLE", "percent", OURS),
        ("idle_share", "IDLE_SHARE", "percent", OURS),
        ("idle_logins", "IDLE_LOGINS", "number", OURS),
        ("stands_out", "STANDS_OUT", "percent", OURS),
    ),
    *_constants(
        "people",
        ("range_fewest", "RANGE_FEWEST_MONTHS", "number", OURS),
        ("range_months", "RANGE_MONTHS", "number", OURS),
        ("range_days", "RANGE_FEWEST_EXPECTED", "number", OURS),
        ("range_out", "OUT_OF_RANGE", "number", OURS),
        ("chance_errors", "CHANCE_ERRORS", "number", OURS),
    ),
    *_constants(
        "headline",
        ("enough_people", "ENOUGH_PEOPLE", "number", OURS),
        ("many_symptoms", "MANY_SYMPTOMS", "number", OURS),
        ("idle_watch", "IDLE_WATCH", "percent", OURS),
        ("idle_sick", "IDLE_SICK", "percent", OURS),
        ("fall_few", "FALL_FEW", "number", OURS),
        ("fall_watch", "FALL_WATCH", "percent", OURS),
        ("fall_sick", "FALL_SICK", "percent", OURS),
        ("calls_healthy", "CALLS_HEALTHY", "number", OURS),
        ("calls_watch", "CALLS_WATCH", "number", OURS),
        ("calls_expected", "CALLS_EXPECTED", "number", "skama"),
    ),
    *_constants(
        "severity",
        ("collapse", "COLLAPSE", "percent", OURS),
        ("nearly_none", "NEARLY_NONE", "percent", OURS),
    ),
    Threshold("enough_days", "core.periods:ENOUGH_DAYS"),
    *_constants(
        "pyramid",
        ("contacts_per_account", "CONTACTS_PER_ACCOUNT", "number", "skama"),
        ("calls_per_contact", "CALLS_PER_CONTACT", "number", "skama"),
        ("stump", "STUMP_CALLS", "percent", OURS),
        ("diamond", "DIAMOND_CALLS", "percent", OURS),
        ("calls_fallen", "FALLEN", "percent", OURS),
        ("worked_weeks", "WORKED_WEEKS", "number", OURS),
    ),
    *_constants(
        "conversations.tracking",
        ("channel_families", "FAMILIES", "number", OURS),
    ),
    *_constants(
        "privacy",
        ("floor", "FLOOR", "number", "viva"),
        ("default_k", "DEFAULT_K", "number", OURS),
    ),
)
_RULES = tuple(
    Threshold(code, f"rule:{code}", origin=rule.origin, unit=rule.unit)
    for code, rule in RULES.items()
)
THRESHOLDS = {limit.code: limit for limit in (*_ALL, *_RULES)}
"""Every limit by its code."""
