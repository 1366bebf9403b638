"""The journal: who did what and when, each line sealed to the one before.

A changed or removed line breaks the chain of digests, which ``first_broken`` finds.
Lines hold identifiers and counts, never a figure or a name out of a CRM.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts.database import now, reading, writing
from core.accounts.models import Entry

_BEGINNING = "0" * 64


def _digest(entry: Entry) -> str:
    line = [entry.previous, entry.at, entry.who, entry.what, entry.workspace_id]
    text = json.dumps([*line, entry.detail], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def add(
    session: Session,
    who: str,
    what: str,
    workspace_id: str | None = None,
    **detail: Any,
) -> None:
    """Write one line within a transaction that is already open."""
    last = session.scalars(
        select(Entry).order_by(Entry.number.desc()).limit(1).with_for_update()
    ).first()
    entry = Entry(
        at=now(),
        who=who,
        what=what,
        workspace_id=workspace_id,
        detail=detail,
        previous=last.digest if last else _BEGINNING,
    )
    entry.digest = _digest(entry)
    session.add(entry)
    session.flush()


def record(who: str, what: str, workspace_id: str | None = None, **detail: Any) -> None:
    """Write one line in a transaction of its own."""
    with writing() as session:
        add(session, who, what, workspace_id, **detail)


def entries(workspace_id: str | None = None, limit: int = 200) -> list[Entry]:
    """Return the latest lines, newest first, of one workspace or of all."""
    query = select(Entry).order_by(Entry.number.desc()).limit(limit)
    if workspace_id is not None:
        query = query.where(Entry.workspace_id == workspace_id)
    with reading() as session:
        return list(session.scalars(query))


def first_broken() -> int | None:
    """Return the number of the first line that is not as it was written, or None."""
    previous = _BEGINNING
    with reading() as session:
        for entry in session.scalars(select(Entry).order_by(Entry.number)):
            if entry.previous != previous or entry.digest != _digest(entry):
                return entry.number
            previous = entry.digest
    return None
