"""The report's reading of the figures: symptoms, practices, comings, conversations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from core import conversations, lifecycle, people, practices, symptoms
from core.report_missing import FILES, Missing
from core.workspace import Workspace

# Null because nobody typed it, not for want of an export.
_TYPED = ("bought", "price", "asleep_cost_month", "asleep_cost_year")


def sections(workspace: Workspace, day: date, missing: Missing) -> dict[str, Any]:
    """Return the sections of the report that interpret its figures, by key.

    What is null in them is told to ``missing``.
    """
    found: dict[str, Any] = {"symptoms": symptoms.report(workspace, day)}
    for entry in found["symptoms"]:
        if entry["confidence"] == "not_enough_data":
            source = next((name for name in entry["missing"] if name in FILES), None)
            where = f"symptoms.{entry['code']}"
            missing.add(where, "not_enough_data", source)
    if len(people.everyone(workspace, day)):
        found |= practices.report(workspace, day)
        found["lifecycle"] = lifecycle.report(workspace, day)
    else:
        # Nobody left a trace: there is no work to read.
        found |= dict.fromkeys(("email_gateway", "practices", "lifecycle"))
    found["conversations"] = conversations.report(workspace, day)
    for key in ("email_gateway", "practices", "lifecycle", "conversations"):
        empty = Counter(_nulls(found[key], key))
        for path, count in empty.items():
            reason = "not_typed" if path.endswith(_TYPED) else "not_enough_data"
            more = {"count": count} if count > 1 else {}
            missing.add(path, reason, _source(path), **more)
    return found


def _source(path: str) -> str | None:
    """Return the export that most often unlocks what is null at ``path``."""
    if path.startswith(("email_gateway", "practices.gateway", "conversations")):
        return "activity"
    if path.startswith("practices.neglected"):
        return "opportunity"
    if path.endswith(_TYPED):
        return None
    return "user" if path.startswith(("lifecycle", "practices.managers")) else None


def _nulls(value: Any, path: str) -> Iterator[str]:
    """Yield the path of each null; items of a list share one."""
    if value is None:
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _nulls(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _nulls(inner, path)
