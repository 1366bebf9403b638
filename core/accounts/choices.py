"""What was decided about a kind of file is remembered, per workspace."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from core.accounts.database import reading, writing
from core.accounts.models import Remembered
from core.sources.model import Choices


def _choices(stored: dict[str, Any]) -> Choices:
    bindings = {int(k): v for k, v in stored.get("bindings", {}).items()}
    return Choices(**{**stored, "bindings": bindings})


def remembered(workspace_id: str) -> dict[str, Choices]:
    """Return header signature -> choices of a workspace."""
    query = select(Remembered).where(Remembered.workspace_id == workspace_id)
    with reading() as session:
        return {r.signature: _choices(r.choices) for r in session.scalars(query)}


def remember(workspace_id: str, signature: str, choices: Choices) -> None:
    """Keep the choices for files with the same header, in place of earlier ones."""
    stored = asdict(choices)
    stored["bindings"] = {str(k): v for k, v in choices.bindings.items()}
    with writing() as session:
        session.merge(
            Remembered(workspace_id=workspace_id, signature=signature, choices=stored)
        )


def forget(workspace_id: str, signature: str) -> None:
    """Guess again for files with this header."""
    with writing() as session:
        row = session.get(Remembered, (workspace_id, signature))
        if row is not None:
            session.delete(row)
