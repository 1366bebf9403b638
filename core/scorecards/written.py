"""Scorecards as JSON, and back exactly.

A file says what it is (``schema``) and how it is laid out (``version``); ours read
every earlier layout. Marks and what was measured are written for other readers and
never read back: they follow from the answers and the exports.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from core.errors import UnreadableFile
from core.score_usage import (
    GATES,
    KEYS,
    MEASURES,
    Action,
    Answer,
    Binding,
    Outcome,
    Scope,
    Sheet,
    clean_line,
    clean_text,
    is_binding,
    is_value,
)

SCHEMA = "aplomb.scorecards"
VERSION = 2
"""1 had no ``binding``."""
MOST_BYTES = 5_000_000
MOST_SHEETS = 200
MOST_ACTIONS = 200
METHOD = "SCORE-USAGE® (Skama)"


class NotAScorecard(ValueError):
    """Something in a file is not what a scorecard holds there; says what."""


def as_json(sheet: Sheet) -> dict[str, Any]:
    """Return a scorecard as values that JSON holds."""
    return {
        "name": sheet.name,
        "description": sheet.description,
        "effort": sheet.effort,
        "mark": sheet.mark,
        "gates": sheet.gates,
        "answers": {
            key: {"value": sheet.answers[key].value, "note": sheet.answers[key].note}
            for key in KEYS
        },
        "actions": [
            {
                "criterion": action.criterion,
                "measure": action.measure,
                "words": action.words,
                "owner": action.owner,
                "due_day": action.due_day.isoformat() if action.due_day else None,
                "is_done": action.is_done,
            }
            for action in sheet.actions
        ],
        "binding": None if sheet.binding is None else _bound(sheet.binding),
        "measured": None if sheet.outcome is None else _measured(sheet.outcome),
    }


def _bound(binding: Binding) -> dict[str, Any]:
    return {
        "kind": binding.kind,
        "launch_day": binding.launch_day.isoformat(),
        "scope": binding.scope,
        "group": binding.group,
    }


def _measured(outcome: Outcome) -> dict[str, Any]:
    return {
        "found": outcome.found,
        "day": outcome.day.isoformat(),
        "users": outcome.users,
        "eligible": outcome.eligible,
        "share": outcome.share,
        "mark_at_launch": outcome.mark,
        "now_share": outcome.now_share,
    }


def _need(is_right: bool, what: str) -> None:
    if not is_right:
        raise NotAScorecard(what)


def _text(value: Any, what: str) -> str:
    _need(value is None or isinstance(value, str), what)
    return value or ""


def made_answer(value: Any, note: Any, key: str) -> Answer:
    """Return an answer read from a file, or raise NotAScorecard."""
    _need(value is None or is_value(value), f"answers.{key}")
    return Answer(value, clean_text(_text(note, f"answers.{key}.note")))


def made_action(entry: Mapping[str, Any]) -> Action:
    """Return a line of a plan read from a file, or raise NotAScorecard."""
    criterion, measure = entry.get("criterion"), entry.get("measure") or 0
    words = clean_text(_text(entry.get("words"), "actions.words"))
    _need(criterion in KEYS, "actions.criterion")
    _need(isinstance(measure, int) and measure in (0, *MEASURES), "actions.measure")
    _need(bool(measure or words), "actions.words")
    due = entry.get("due_day")
    try:
        due_day = date.fromisoformat(due) if due else None
    except (TypeError, ValueError) as error:
        raise NotAScorecard("actions.due_day") from error
    return Action(
        criterion=str(criterion),
        measure=int(measure),
        words=words,
        owner=clean_line(_text(entry.get("owner"), "actions.owner")),
        due_day=due_day,
        is_done=entry.get("is_done") is True,
    )


def made_binding(entry: Mapping[str, Any]) -> Binding:
    """Return what a feature is bound to, read from a file, or raise NotAScorecard."""
    kind, scope = entry.get("kind"), entry.get("scope") or "all"
    group = entry.get("group") or ""
    _need(is_binding(kind, scope, group), "binding")
    try:
        launch_day = date.fromisoformat(entry.get("launch_day") or "")
    except (TypeError, ValueError) as error:
        raise NotAScorecard("binding.launch_day") from error
    return Binding(str(kind), launch_day, cast("Scope", scope), group)


def made_sheet(
    head: Mapping[str, Any],
    answers: Mapping[str, Answer],
    actions: Sequence[Action],
    binding: Binding | None = None,
) -> Sheet:
    """Return a scorecard read from a file, or raise NotAScorecard."""
    name = clean_line(_text(head.get("name"), "name"))
    _need(bool(name), "name")
    effort = head.get("effort")
    _need(effort is None or (type(effort) is int and 1 <= effort <= 5), "effort")
    gates = {gate: head.get(gate) for gate in GATES}
    _need(
        all(
            is_open is None or is_open is True or is_open is False
            for is_open in gates.values()
        ),
        "gates",
    )
    _need(len(actions) <= MOST_ACTIONS, "actions")
    return Sheet(
        name=name,
        description=clean_text(_text(head.get("description"), "description")),
        effort=effort,
        answers={key: answers.get(key, Answer()) for key in KEYS},
        works=gates["works"],
        trained=gates["trained"],
        actions=tuple(actions),
        binding=binding,
    )


def from_json(entry: Any) -> Sheet:
    """Return a scorecard from its JSON values, or raise NotAScorecard."""
    _need(isinstance(entry, dict), "scorecards")
    answers, gates = entry.get("answers") or {}, entry.get("gates") or {}
    actions = entry.get("actions") or []
    _need(isinstance(answers, dict) and isinstance(gates, dict), "answers")
    _need(all(isinstance(one, dict) for one in answers.values()), "answers")
    _need(isinstance(actions, list), "actions")
    _need(all(isinstance(line, dict) for line in actions), "actions")
    _need(set(answers) <= set(KEYS), "answers")
    made = {
        key: made_answer(one.get("value"), one.get("note"), key)
        for key, one in answers.items()
    }
    bound = entry.get("binding")
    _need(bound is None or isinstance(bound, dict), "binding")
    return made_sheet(
        {**entry, **gates},
        made,
        [made_action(line) for line in actions],
        made_binding(bound) if bound else None,
    )


def json_bytes(sheets: Sequence[Sheet], *, workspace: str, day: date) -> bytes:
    """Return scorecards as a file."""
    content = {
        "schema": SCHEMA,
        "version": VERSION,
        "method": METHOD,
        "workspace": workspace,
        "day": day.isoformat(),
        "scorecards": [as_json(sheet) for sheet in sheets],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read_json(payload: bytes, file: str) -> list[Sheet]:
    """Return the scorecards of a file; raise UnreadableFile and what is wrong."""
    try:
        content = json.loads(payload.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableFile(file=file, cause="score_not_json") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise UnreadableFile(file=file, cause="score_other_file")
    version = content.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UnreadableFile(file=file, cause="score_later_version")
    entries = content.get("scorecards")
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_SHEETS:
        raise UnreadableFile(file=file, cause="score_count", limit=MOST_SHEETS)
    try:
        return [from_json(entry) for entry in entries]
    except NotAScorecard as error:
        raise UnreadableFile(
            file=file, cause="score_wrong_value", value=str(error)
        ) from error
