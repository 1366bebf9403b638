"""Scorecards as a workbook that a spreadsheet opens, and back exactly.

Three sheets hold what is read back (functions, criteria, plan); their columns of codes
tell what a row is whatever the language. An apostrophe before a cell is the guard
against formulas: a text that begins with one gets a second, so that none is lost.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from python_calamine import CalamineWorkbook

from core import exports
from core.errors import UnreadableFile
from core.score_usage import CRITERIA, KEYS, Action, Answer, Sheet
from core.scorecards.words import Reading
from core.scorecards.written import (
    MOST_BYTES,
    MOST_SHEETS,
    NotAScorecard,
    made_action,
    made_answer,
    made_binding,
    made_sheet,
)

_SHEETS = ("features", "criteria", "plan")
_ROWS = 50_000
_UNPACKED = 40_000_000
# What a heading is followed by, for the reading back: the code of the column.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "features": (
        "feature",
        "name",
        "description",
        "effort",
        "works",
        "trained",
        "mark",
        "verdict",
        "kind",
        "launch_day",
        "scope",
        "group",
        "measured_day",
        "adoption",
        "confronted",
    ),
    "criteria": (
        "feature",
        "name",
        "code",
        "letter",
        "criterion",
        "question",
        "value",
        "answer",
        "note",
    ),
    "plan": (
        "feature",
        "name",
        "code",
        "criterion",
        "measure",
        "words",
        "owner",
        "due_day",
        "is_done",
    ),
}
# Columns that earlier workbooks do not have.
_LATER = frozenset(
    ("kind", "launch_day", "scope", "group", "measured_day", "adoption", "confronted")
)
_WRAPPED = ("confronted", "description", "question", "note", "words")


def _guarded(words: str) -> str:
    """Return text that starts with a guard if it must, or if it starts like one."""
    return "'" + words if words.startswith("'") else exports.harmless(words)


def _bare(value: Any) -> str:
    """Return the text of a cell without its guard."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = "" if value is None else str(value)
    return words[1:] if words.startswith("'") else words


def _flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def _rows(sheets: Sequence[Sheet], reading: Reading) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _SHEETS}
    for number, sheet in enumerate(sheets, start=1):
        shared = {"feature": number, "name": _guarded(sheet.name)}
        found["features"].append(
            {
                **shared,
                "description": _guarded(sheet.description),
                "effort": sheet.effort,
                "works": _flag(sheet.works),
                "trained": _flag(sheet.trained),
                "mark": sheet.mark,
                "verdict": reading.verdict(sheet),
                **_bound(sheet, reading),
            }
        )
        for criterion in CRITERIA:
            answer = sheet.answers[criterion.key]
            found["criteria"].append(
                {
                    **shared,
                    "code": criterion.key,
                    "letter": criterion.letter,
                    "criterion": reading.name(criterion.key),
                    "question": reading.text(f"score.{criterion.key}.question"),
                    "value": answer.value,
                    "answer": reading.answer(answer.value),
                    "note": _guarded(answer.note),
                }
            )
        found["plan"] += [
            {**shared, **_action_row(action, reading)} for action in sheet.actions
        ]
    return found


def _bound(sheet: Sheet, reading: Reading) -> dict[str, Any]:
    """Return what tells of the use of a feature, and what was measured of it."""
    binding, outcome = sheet.binding, sheet.outcome
    if binding is None:
        return {}
    return {
        "kind": _guarded(binding.kind),
        "launch_day": binding.launch_day,
        "scope": binding.scope,
        "group": _guarded(binding.group),
        "measured_day": outcome.day if outcome else None,
        "adoption": outcome.share if outcome else None,
        "confronted": reading.confronted(outcome) if outcome else None,
    }


def _action_row(action: Action, reading: Reading) -> dict[str, Any]:
    return {
        "code": action.criterion,
        "criterion": reading.name(action.criterion),
        "measure": action.measure,
        "words": _guarded(reading.measure(action)),
        "owner": _guarded(action.owner),
        "due_day": action.due_day,
        "is_done": int(action.is_done),
    }


def xlsx_bytes(sheets: Sequence[Sheet], reading: Reading) -> bytes:
    """Return scorecards as a workbook, with the date, the workspace and the credit."""
    rows = _rows(sheets, reading)
    leaves = []
    for name in _SHEETS:
        columns = {
            code: f"{reading.text(f'score.column.{code}')} [{code}]"
            for code in _HEADS[name]
        }
        frame = pd.DataFrame(rows[name], columns=list(columns)).astype(object)
        frame = frame.where(frame.notna(), None)
        title = reading.text(f"score.sheet.{name}")
        leaves.append(exports.Leaf(title, frame, columns, _WRAPPED))
    notes = (reading.credit(), reading.made(), reading.text("score.sheet.how"))
    return exports.workbook_bytes(leaves, reading.language, notes=notes)


def _code(heading: Any) -> str:
    """Return the code of a column: what stands in square brackets after its name."""
    words = str(heading or "")
    return words.rpartition("[")[2].rstrip("] ") if "[" in words else ""


def _read_rows(cells: list[list[Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Return which sheet it is and its rows by code; "" for one of another kind."""
    heads = [_code(cell) for cell in cells[0]] if cells else []
    kinds = [name for name in _SHEETS if set(_HEADS[name]) - _LATER <= set(heads)]
    if not kinds:
        return "", []
    rows = [
        {
            code: None if cell == "" else cell
            for code, cell in zip(heads, line, strict=False)
        }
        for line in cells[1:]
        if any(cell != "" for cell in line)
    ]
    return kinds[0], rows


def _whole(value: Any, what: str) -> int | None:
    """Return a cell as a whole number; a person's spreadsheet may hold it as text."""
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise NotAScorecard(what) from error
    if not number.is_integer():
        raise NotAScorecard(what)
    return int(number)


def _gate(value: Any, what: str) -> bool | None:
    number = _whole(value, what)
    if number not in (None, 0, 1):
        raise NotAScorecard(what)
    return None if number is None else bool(number)


def _due(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _action(row: Mapping[str, Any]) -> Action:
    measure = _whole(row["measure"], "actions.measure") or 0
    return made_action(
        {
            "criterion": row["code"],
            "measure": measure,
            "words": "" if measure else _bare(row["words"]),
            "owner": _bare(row["owner"]),
            "due_day": _due(row["due_day"]),
            "is_done": _gate(row["is_done"], "actions.is_done") is True,
        }
    )


def _made(found: Mapping[str, list[dict[str, Any]]]) -> list[Sheet]:
    answers: dict[Any, dict[str, Answer]] = defaultdict(dict)
    for row in found["criteria"]:
        key = row["code"]
        if key not in KEYS:
            raise NotAScorecard("answers")
        value = _whole(row["value"], f"answers.{key}")
        answers[row["feature"]][key] = made_answer(value, _bare(row["note"]), key)
    actions: dict[Any, list[Action]] = defaultdict(list)
    for row in found["plan"]:
        actions[row["feature"]].append(_action(row))
    sheets = []
    for row in found["features"]:
        head = {
            "name": _bare(row["name"]),
            "description": _bare(row["description"]),
            "effort": _whole(row["effort"], "effort"),
            "works": _gate(row["works"], "gates"),
            "trained": _gate(row["trained"], "gates"),
        }
        number = row["feature"]
        binding = None
        if row.get("kind") is not None:
            binding = made_binding(
                {
                    "kind": _bare(row["kind"]),
                    "launch_day": _due(row.get("launch_day")),
                    "scope": row.get("scope"),
                    "group": _bare(row.get("group")),
                }
            )
        sheets.append(made_sheet(head, answers[number], actions[number], binding))
    return sheets


def _check_size(payload: bytes) -> None:
    """Refuse a file that would fill the memory once unpacked."""
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if len(payload) > MOST_BYTES or unpacked > _UNPACKED:
        raise ValueError("too large")


def read_xlsx(payload: bytes, file: str) -> list[Sheet]:
    """Return the scorecards of a workbook of ours; raise UnreadableFile otherwise."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in _SHEETS}
    try:
        _check_size(payload)
        book = CalamineWorkbook.from_filelike(io.BytesIO(payload))
        for name in book.sheet_names[:10]:
            page = book.get_sheet_by_name(name)
            kind, rows = _read_rows(page.to_python(nrows=_ROWS))
            if kind:
                found[kind] = rows
    except Exception as error:  # whatever the library makes of a damaged file
        raise UnreadableFile(file=file, cause="score_other_file") from error
    if not found["features"] or not found["criteria"]:
        raise UnreadableFile(file=file, cause="score_other_file")
    if len(found["features"]) > MOST_SHEETS:
        raise UnreadableFile(file=file, cause="score_count", limit=MOST_SHEETS)
    try:
        return _made(found)
    except NotAScorecard as error:
        raise UnreadableFile(
            file=file, cause="score_wrong_value", value=str(error)
        ) from error
