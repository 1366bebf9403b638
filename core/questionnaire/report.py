"""An audit as a whole: read once, then shown, printed or taken away.

The stakeholder map is no part of it: it is taken away only by who asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core.exports import Leaf
from core.i18n import text
from core.questionnaire import reading, signals, words
from core.questionnaire.model import Action, Assessment, Interview, Noted
from core.questionnaire.notebook import Notebook
from core.questionnaire.questions import Question
from core.questionnaire.reading import Answer, Mark, Result
from core.questionnaire.signals import Signal
from core.questionnaire.stakeholders import Standing
from core.rules import DEFAULTS, Rules
from core.workspace import Workspace

SCHEMA = 1


@dataclass(frozen=True)
class Audit:
    """One audit and everything that follows from its answers.

    ``questions`` are those asked, hidden ones left out; ``given`` the answer of each
    (interview, question); ``actions`` what was decided, by question.
    """

    assessment: Assessment
    interviews: tuple[Interview, ...]
    questions: tuple[Question, ...]
    notes: tuple[Noted, ...]
    given: Mapping[tuple[str, str], Answer]
    results: tuple[Result, ...]
    marks: Mapping[str, Mark]
    overall: Mark
    actions: Mapping[str, Action]

    @property
    def weakest(self) -> str | None:
        """The theme with the lowest mark, None without any."""
        return reading.weakest(self.marks)

    @property
    def risks(self) -> list[Result]:
        """The weak answers, what costs most first."""
        return reading.risks(self.results)

    @property
    def strengths(self) -> list[Result]:
        """What is fully so, what weighs most first."""
        return reading.strengths(self.results)

    @property
    def contradictions(self) -> list[Result]:
        """The answers that the data contradict."""
        return [one for one in self.results if one.contradicts]

    @property
    def disagreements(self) -> list[Result]:
        """The questions that interviews answer differently."""
        return [one for one in self.results if one.disagrees]


def gather(
    notebook: Notebook, assessment: Assessment, workspace: Workspace | None
) -> Audit:
    """Read one audit; ``workspace`` None or without data says nothing of it."""
    rules = Rules.of(workspace.settings.rules) if workspace else DEFAULTS
    told: Mapping[str, Signal] = signals.read(workspace)
    every = tuple(one for one in notebook.questions() if not one.is_hidden)
    notes = tuple(notebook.notes(assessment.assessment_id))
    given = reading.answers(notes)
    results = reading.results(every, given, told, rules)
    return Audit(
        assessment=assessment,
        interviews=tuple(notebook.interviews(assessment.assessment_id)),
        questions=every,
        notes=notes,
        given=given,
        results=results,
        marks=reading.by_process(results, rules),
        overall=reading.mark(results, rules),
        actions=notebook.actions(assessment.assessment_id),
    )


def by_due(actions: Mapping[str, Action]) -> list[Action]:
    """Return what was decided, the nearest day first, what has none last."""
    return sorted(actions.values(), key=lambda one: one.due or date.max)


def plain(
    audit: Audit, language: str, standings: Sequence[Standing] | None = None
) -> dict[str, Any]:
    """Return an audit as values that JSON holds; marks out of ten, answers 0 to 3.

    ``standings`` are given only where the reader asked for the stakeholder map.
    """
    people = {one.interview_id: one.person for one in audit.interviews}
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "title": audit.assessment.title,
        "day": audit.assessment.held_on.isoformat(),
        "mark": _rounded(audit.overall.value),
        "state": audit.overall.state,
        "answered": audit.overall.answered,
        "asked": audit.overall.asked,
        "themes": [
            {
                "code": code,
                "name": text(f"process.{code}", language),
                "mark": _rounded(one.value),
                "state": one.state,
                "answered": one.answered,
                "asked": one.asked,
            }
            for code, one in audit.marks.items()
        ],
        "questions": [_question(audit, one, people, language) for one in audit.results],
        "actions": [
            {
                "question": one.question,
                "what": one.what,
                "owner": one.owner or None,
                "due": one.due.isoformat() if one.due else None,
                "done": one.is_done,
            }
            for one in by_due(audit.actions)
        ],
    }
    if standings is not None:
        found["stakeholders"] = [
            {
                "name": one.who.name,
                "kind": one.who.kind,
                "department": one.who.department,
                "influence": one.who.influence,
                "class": one.code,
                "support": one.now.support,
                "opposition": one.now.opposition,
                "since": one.now.held_on.isoformat(),
                "order": one.order,
            }
            for one in standings
        ]
    return found


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _question(
    audit: Audit, one: Result, people: Mapping[str, str], language: str
) -> dict[str, Any]:
    code = one.question.code
    signal = one.signal
    return {
        "code": code,
        "question": one.question.said("ask", language),
        "process": one.question.process,
        "department": one.question.department,
        "weight": one.question.weight,
        "answer": one.level,
        "lowest": one.lowest if one.levels else None,
        "highest": one.highest if one.levels else None,
        "contradicts_data": one.contradicts,
        "data": None
        if signal is None
        else {
            "says": words.plain(words.said(signal, language)),
            "value": None if signal.value is None else round(signal.value, 6),
            "suggests": signal.level,
            "as_of": signal.as_of.isoformat(),
        },
        "interviews": [
            {
                "person": people[interview],
                "answer": answer.level or None,
                "comment": answer.comment or None,
                "evidence": answer.evidence or None,
                "noted_by": answer.who,
                "noted_at": answer.at,
            }
            for (interview, asked), answer in audit.given.items()
            if asked == code and interview in people
        ],
    }


def leaves(audit: Audit, language: str) -> list[Leaf]:
    """Return the sheets of an audit: its themes, its answers, its actions."""
    return [
        _leaf(language, "themes", _themes(audit, language)),
        _leaf(
            language,
            "answers",
            _answers(audit, language),
            ("question", "data", "comments", "evidence"),
        ),
        _leaf(language, "actions", _actions(audit, language), ("question", "what")),
    ]


def _leaf(
    language: str,
    name: str,
    rows: Iterable[Mapping[str, Any]],
    wrapped: Sequence[str] = (),
) -> Leaf:
    columns = {one: text(f"audit.column.{one}", language) for one in _COLUMNS[name]}
    frame = pd.DataFrame(list(rows), columns=list(columns), dtype=object)
    return Leaf(text(f"audit.sheet.{name}", language), frame, columns, wrapped)


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "themes": ("theme", "mark", "state", "answered", "asked"),
    "answers": (
        *("theme", "department", "question", "answer", "spread", "interviews"),
        *("data", "contradicts", "comments", "evidence"),
    ),
    "actions": ("theme", "question", "what", "owner", "due", "done"),
    "people": (
        *("order", "name", "class", "department", "influence", "support"),
        *("opposition", "since"),
    ),
}


def _themes(audit: Audit, language: str) -> Iterable[dict[str, Any]]:
    for code, one in audit.marks.items():
        yield {
            "theme": text(f"process.{code}", language),
            "mark": _rounded(one.value),
            "state": text(f"audit.state.{one.state}", language),
            "answered": one.answered,
            "asked": one.asked,
        }


def _answers(audit: Audit, language: str) -> Iterable[dict[str, Any]]:
    for one in audit.results:
        says = "" if one.signal is None else words.said(one.signal, language)
        yield {
            "theme": text(f"process.{one.question.process}", language),
            "department": text(f"department.{one.question.department}", language),
            "question": one.question.said("ask", language),
            "answer": words.consensus(one, language),
            "spread": words.spread(one, language),
            "interviews": one.given,
            "data": words.plain(says),
            "contradicts": one.contradicts,
            "comments": "\n".join(one.comments),
            "evidence": "\n".join(one.evidence),
        }


def _actions(audit: Audit, language: str) -> Iterable[dict[str, Any]]:
    known = {one.code: one for one in audit.questions}
    for one in by_due(audit.actions):
        asked = known.get(one.question)
        yield {
            "theme": text(f"process.{asked.process}", language) if asked else "",
            "question": asked.said("ask", language) if asked else "",
            "what": one.what,
            "owner": one.owner,
            "due": one.due,
            "done": one.is_done,
        }


def people(standings: Iterable[Standing], language: str) -> Leaf:
    """Return the sheet of the stakeholder map, for who asked for it."""
    rows = (
        {
            "order": one.order,
            "name": one.who.name,
            "class": text(f"stakeholder.class.{one.code}", language),
            "department": text(f"department.{one.who.department}", language),
            "influence": text(f"stakeholder.influence.{one.who.influence}", language),
            "support": one.now.support,
            "opposition": one.now.opposition,
            "since": one.now.held_on,
        }
        for one in standings
    )
    return _leaf(language, "people", rows)
