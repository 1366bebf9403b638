"""What is noted during an audit: assessments, interviews, answers, actions, people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import InvalidSetting
from core.questionnaire.questions import DEPARTMENTS

LEVELS = ("0", "1", "2", "3")
NOT_APPLICABLE, UNKNOWN, ERASED = "na", "unknown", ""
ANSWER_PARTS = ("level", "comment", "evidence")
LONGEST = {"level": 8, "comment": 4000, "evidence": 1000}
MOST = 200
"""The most assessments, interviews of one, stakeholders, or own questions."""


@dataclass(frozen=True)
class Assessment:
    """One audit of a workspace."""

    assessment_id: str
    title: str
    held_on: date


@dataclass(frozen=True)
class Interview:
    """Whose answers are noted; ``person`` may be a role or a group."""

    interview_id: str
    person: str
    department: str
    held_on: date


@dataclass(frozen=True)
class Noted:
    """One line: ``part`` is level, comment or evidence; ``at`` in seconds UTC.

    The value of a level is one of LEVELS, NOT_APPLICABLE, UNKNOWN or ERASED.
    """

    number: int
    interview_id: str
    question: str
    part: str
    value: str
    who: str
    at: int


@dataclass(frozen=True)
class Action:
    """What was decided about the question ``question``."""

    question: str
    what: str
    owner: str
    due: date | None
    is_done: bool


@dataclass(frozen=True)
class Placement:
    """Where somebody stood on a day, 0 to 3 on both axes."""

    support: int
    opposition: int
    held_on: date


@dataclass(frozen=True)
class Stakeholder:
    """A person or a group, with where they stood, the latest last."""

    stakeholder_id: str
    name: str
    kind: str
    department: str
    influence: int
    placements: tuple[Placement, ...]


def clean(words: str, longest: int, setting: str) -> str:
    """Return a name on one line, or raise InvalidSetting for an empty one."""
    found = " ".join(words.split())[:longest]
    if not found:
        raise InvalidSetting(setting=setting, value="")
    return found


def department(code: str) -> str:
    """Return the code of a department, or raise InvalidSetting."""
    if code not in DEPARTMENTS:
        raise InvalidSetting(setting="department", value=code[:40])
    return code
