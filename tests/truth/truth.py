"""What is true of a person, from what was drawn and the definitions of the report.

States follow the text of the headless report, to the letter, over the traces that the
files really show. A profile or a verdict that no reader of the files could know is
left out: it is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from tests.truth.people import Person
from tests.truth.plan import Plan

Whole = npt.NDArray[np.int64]
SILENCE, NEW, ABSENT = 42, 30, 28
STEADY = ("steady", "part_time", "part_time_untold")


@dataclass(frozen=True)
class Truth:
    """What is true of a user; None where it cannot be known.

    ``health`` is "healthy" or "idle". ``story`` and ``figures`` are for who reads a
    miss.
    """

    state: str | None
    profile: str | None
    health: str | None
    story: str
    figures: Mapping[str, float | str]


def truths(plan: Plan, days: Mapping[int, tuple[Whole, Whole]]) -> dict[str, Truth]:
    """Return the truth of every user of a company."""
    found = {
        machine.user_id: Truth("integration", None, None, machine.sign, {})
        for machine in plan.machines
    }
    for person in plan.people:
        signed, done = days[person.number]
        found[person.user_id] = _truth(plan, person, signed, done)
    return found


def _truth(plan: Plan, person: Person, signed: Whole, done: Whole) -> Truth:
    figures = _figures(plan, person, signed, done)
    state = _state(plan, person, signed, done)
    return Truth(
        state=state,
        profile=_profile(plan, person, figures) if state == "active" else None,
        health=_health(plan, person, figures) if state == "active" else None,
        story=person.story,
        figures=figures,
    )


def _state(plan: Plan, person: Person, signed: Whole, done: Whole) -> str | None:
    end = len(plan.calendar.days) - 1
    age = (plan.end - person.created).days
    traces = np.concatenate([signed, done])
    if person.left is not None:
        return "left"
    if not len(traces) and person.last_seen is None:
        return "never_activated" if age > NEW else "new"
    if age <= NEW:
        return "new"
    recent = plan.calendar.working[-ABSENT:] & ~_off(plan, person, True)[-ABSENT:]
    if not recent.any():
        return "absent"
    silent = end - traces.max() if len(traces) else SILENCE + 50
    if SILENCE - 1 <= silent <= SILENCE:
        return None  # whether both ends of the 42 days count is a convention
    return "dormant" if silent > SILENCE else "active"


def _off(plan: Plan, person: Person, told: bool) -> npt.NDArray[np.bool_]:
    """Return the days of a person's leaves, all of them or those that are told."""
    off = np.zeros(len(plan.calendar.days), bool)
    for leave in person.leaves:
        if leave.told or not told:
            first = max(plan.calendar.index(leave.first), 0)
            off[first : max(plan.calendar.index(leave.last) + 1, 0)] = True
    return off


def _figures(
    plan: Plan, person: Person, signed: Whole, done: Whole
) -> dict[str, float | str]:
    """Measure the last twelve weeks of a person, leaves taken out, told or not."""
    length = len(plan.calendar.days)
    since = max(length - 84, plan.calendar.index(person.created), 0)
    there = plan.calendar.working & ~_off(plan, person, False)
    window = np.arange(length) >= since
    active = np.zeros(length, bool)
    active[signed] = True
    active[done] = True
    expected = int((there & window).sum())
    came = int((active & there & window).sum())
    lately = np.arange(length) >= length - 28
    lately_expected = int((there & lately).sum())
    lately_came = int((active & there & lately).sum())
    return {
        "job": person.job.shape,
        "days_12w": came,
        "expected_12w": expected,
        "days_a_week": round(5 * came / expected, 2) if expected else 0.0,
        "lately_a_week": round(5 * lately_came / max(lately_expected, 1), 2),
        "lately_expected": lately_expected,
        "active_days_28d": int(active[-28:].sum()),
        "actions_12w": int((done >= since).sum()),
        "actions_42d": int((done >= length - 42).sum()),
        "actions_28d": int((done >= length - 28).sum()),
        "login_days_42d": int((signed >= length - 42).sum()),
        "silent_days": int(length - 1 - max([*signed[-1:], *done[-1:], -999])),
        "age": (plan.end - person.created).days,
        "open_session": str(person.open_session),
    }


def _profile(
    plan: Plan, person: Person, figures: Mapping[str, float | str]
) -> str | None:
    """Return the profile of a job, where six weeks of habits show it."""
    if person.story not in STEADY:
        return None
    if float(figures["expected_12w"]) < 25 or float(figures["days_12w"]) < 7:
        return None
    rhythm = float(figures["days_a_week"])
    profile = person.job.profile
    # By chance, or for want of one of the files, somebody may have come as people of
    # another job do: nobody could tell.
    low, high = {
        "always_connected": (3.6 if person.off_weekday is not None else 4.3, 6),
        "field": (2.75, 4.95),
        "occasional": (0, 2.2),
    }[profile]
    if not low <= rhythm <= high:
        return None
    return profile


def _health(
    plan: Plan, person: Person, figures: Mapping[str, float | str]
) -> str | None:
    if _is_idle(plan, person, figures):
        return "idle"
    if person.story not in ("steady", "part_time") or float(figures["age"]) < 60:
        return None
    # Three silent weeks that no file explains are a leave for who knows the person,
    # and an alarm for who does not. (A Christmas week is no alarm to anybody.)
    for leave in person.leaves:
        recent = leave.last > plan.end - timedelta(35)
        if recent and not leave.told and (leave.last - leave.first).days > 11:
            return None
    if not plan.has_records and person.job.shape == "visit":
        return None
    # An address book is the symptom of a project: of a person, who can say?
    if plan.kind == "buried_address_book":
        return None
    # A thin month, by chance or for want of one of the files, is worth a look.
    if float(figures["lately_expected"]) > 5:
        floor = {"always_connected": 3.8, "field": 2.4, "occasional": 0.75}
        usual = floor[person.job.profile]
        if person.off_weekday is not None:
            usual *= 0.8
        if float(figures["lately_a_week"]) < usual:
            return None
    if _profile(plan, person, figures) is None:
        return None
    return "healthy" if float(figures["actions_28d"]) or not plan.has_records else None


def _is_idle(plan: Plan, person: Person, figures: Mapping[str, float | str]) -> bool:
    """Tell whether somebody seen lately hardly uses the CRM all the same."""
    if person.story == "ghost":
        # Signing in is all that a file of sign-ins shows: they look like the others.
        signs_in = float(figures["login_days_42d"]) >= 5
        return plan.has_records and signs_in and not float(figures["actions_42d"])
    if person.story == "stopped":
        return float(figures["silent_days"]) >= 24 and not _told_lately(plan, person)
    if person.story == "rare":
        seldom = float(figures["active_days_28d"]) <= 1
        return seldom and float(figures["days_12w"]) <= 5
    return False


def _told_lately(plan: Plan, person: Person) -> bool:
    off = _off(plan, person, True)[-28:] & plan.calendar.working[-28:]
    return int(off.sum()) > 3
