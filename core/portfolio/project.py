"""What people say of a project: why, since when, what comes next and for when.

Kept in the workspace's settings under ``project``: no built table depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from core.errors import InvalidSetting
from core.rules import Rules

KEY = "project"
Reason = Literal["first_crm", "replacement", "new_step", "rescue"]
REASONS: tuple[Reason, ...] = ("first_crm", "replacement", "new_step", "rescue")
Phase = Literal["to_come", "launch", "adoption", "settled"]
FIRST_YEAR = 1990
LONGEST_STEP = 200
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Project:
    """A project as somebody described it; None or "" is what nobody said.

    ``start`` is a month, "2026-10".
    """

    reason: Reason | None = None
    start: str | None = None
    next_step: str = ""
    due: date | None = None

    @property
    def year(self) -> int | None:
        """Return the year it started."""
        return int(self.start[:4]) if self.start else None

    def to_json(self) -> dict[str, Any]:
        """Return the project as values that JSON holds."""
        return {
            "reason": self.reason,
            "start": self.start,
            "next_step": self.next_step,
            "due": self.due.isoformat() if self.due else None,
        }


def of(settings: Mapping[str, Any]) -> Project:
    """Return the project of a workspace's stored settings.

    What cannot be read, from another release, counts as not said.
    """
    entry = settings.get(KEY)
    if not isinstance(entry, Mapping):
        return Project()
    try:
        return checked(entry)
    except InvalidSetting:
        return Project()


def checked(entry: Mapping[str, Any]) -> Project:
    """Return a project fit to be stored, or raise InvalidSetting."""
    reason = entry.get("reason") or None
    known = next((one for one in REASONS if one == reason), None)
    if reason is not None and known is None:
        raise InvalidSetting(setting="project_reason", value=str(reason)[:40])
    start = str(entry.get("start") or "") or None
    last = date.today().year + 10
    if start is not None:
        month = _MONTH.fullmatch(start)
        if month is None or not FIRST_YEAR <= int(month[1]) <= last:
            raise InvalidSetting(setting="project_start", value=start[:40])
    step = " ".join(str(entry.get("next_step") or "").split())
    if len(step) > LONGEST_STEP:
        raise InvalidSetting(setting="project_step", value=LONGEST_STEP)
    return Project(known, start, step, _day(entry.get("due")))


def _day(written: Any) -> date | None:
    """Return a day given as one, as 2026-12-24 or as 24/12/2026."""
    if not written or isinstance(written, date):
        return written or None
    words = str(written).strip()
    try:
        if "/" in words:
            return datetime.strptime(words, "%d/%m/%Y").date()
        return date.fromisoformat(words)
    except ValueError as error:
        raise InvalidSetting(setting="project_due", value=words[:40]) from error


def phase(project: Project, today: date, rules: Rules) -> Phase | None:
    """Return how far the project is by its age in months, None without a start."""
    if project.start is None:
        return None
    year, month = map(int, project.start.split("-"))
    age = (today.year - year) * 12 + today.month - month
    if age < 0:
        return "to_come"
    if age < rules["portfolio.launch"]:
        return "launch"
    return "adoption" if age < rules["portfolio.settled"] else "settled"
