"""The demo's audit: half-answered, in memory, each visitor's own until they leave.

What a visitor notes stays in the memory of their session: nobody else sees it, and the
next one finds the demo as it was. Words follow the language; what was noted stays.
"""

from __future__ import annotations

import threading
import time
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import inspect

from core.accounts.questionnaire_tables import (
    ActionRow,
    AnswerRow,
    AssessmentRow,
    InterviewRow,
    PlacementRow,
    StakeholderRow,
)
from core.accounts.sessions import DEMO_WORKSPACE
from core.answers import Answers
from core.i18n.catalogue import typography
from core.questionnaire.keeping import Memory

FILE = Path(__file__).with_name("assessment.toml")
ASSESSMENT = "demo"
_DAY = 86_400
_VISITS = 48


class _Visit:
    """The notes of one visitor, and the language that ours are written in."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.language = ""
        self.lock = threading.Lock()


_memories: Answers[_Visit] = Answers(_VISITS)


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def _said(words: dict[str, str], language: str) -> str:
    return typography(words[language], language)


def memory(session_id: str, language: str) -> Memory:
    """Return where the notes of a visitor are, ours in ``language``."""
    visit = _memories.get(session_id, _Visit)
    with visit.lock:
        if visit.language != language:
            _write(visit.memory, language, is_first=not visit.language)
            visit.language = language
    return visit.memory


def _write(kept: Memory, language: str, *, is_first: bool) -> None:
    """Write the demo's rows; a second time, only their words, where still ours."""
    today = date.today()
    rows = [*_begun(language, today), *_noted(language), *_planned(language, today)]
    rows += _people(language, today)
    ours = (None, *_content()["author"].values())
    with kept.open() as session:
        for row in rows:
            if is_first:
                session.add(row)
                continue
            key = inspect(type(row)).primary_key_from_instance(row)
            before = session.get(type(row), tuple(key))
            if before is not None and getattr(before, "who", None) in ours:
                session.merge(row)


def _day(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _begun(language: str, today: date) -> list[Any]:
    content, now = _content(), int(time.time())
    rows: list[Any] = [
        AssessmentRow(
            assessment_id=ASSESSMENT,
            workspace_id=DEMO_WORKSPACE,
            title=_said(content["title"], language),
            held_on=_day(today, content["days"]),
            created_at=now - content["days"] * _DAY,
        )
    ]
    for code, entry in content["interviews"].items():
        rows.append(
            InterviewRow(
                interview_id=code,
                assessment_id=ASSESSMENT,
                person=_said(entry["person"], language),
                department=entry["department"],
                held_on=_day(today, entry["days"]),
                created_at=now - entry["days"] * _DAY,
            )
        )
    return rows


def _noted(language: str) -> list[Any]:
    content, now = _content(), int(time.time())
    lines: list[tuple[str, str, str, str]] = []
    for question, levels in content["answers"].items():
        lines += [(who, question, "level", level) for who, level in levels.items()]
    for question, said in content["comments"].items():
        lines += [
            (w, question, "comment", _said(text, language)) for w, text in said.items()
        ]
    return [
        AnswerRow(
            number=number,
            interview_id=interview,
            question=question,
            part=part,
            value=value,
            who=_said(content["author"], language),
            at=now - content["interviews"][interview]["days"] * _DAY,
        )
        for number, (interview, question, part, value) in enumerate(lines, start=1)
    ]


def _planned(language: str, today: date) -> list[Any]:
    content, now = _content(), int(time.time())
    return [
        ActionRow(
            assessment_id=ASSESSMENT,
            question=question,
            what=_said(entry["what"], language),
            owner=_said(entry["owner"], language),
            due=_day(today, -entry["due"]),
            is_done=False,
            who=_said(content["author"], language),
            at=now - _DAY,
        )
        for question, entry in content["actions"].items()
    ]


def _people(language: str, today: date) -> list[Any]:
    content, now = _content(), int(time.time())
    author = _said(content["author"], language)
    rows: list[Any] = []
    places: list[tuple[str, list[int]]] = []
    for code, entry in content["stakeholders"].items():
        rows.append(
            StakeholderRow(
                stakeholder_id=code,
                workspace_id=DEMO_WORKSPACE,
                name=_said(entry["name"], language),
                kind=entry["kind"],
                department=entry["department"],
                influence=entry["influence"],
                who=author,
            )
        )
        places += [(code, place) for place in entry["places"]]
    rows += [
        PlacementRow(
            number=number,
            stakeholder_id=code,
            support=place[0],
            opposition=place[1],
            held_on=_day(today, place[2]),
            who=author,
            at=now - place[2] * _DAY,
        )
        for number, (code, place) in enumerate(places, start=1)
    ]
    return rows
