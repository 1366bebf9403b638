"""Workspaces: sealed sets of data, their settings and who may open them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from core import settings
from core.accounts import audit
from core.accounts.database import now, reading, writing
from core.accounts.models import Member, WorkspaceRow
from core.accounts.people import Person, clean_name, everyone
from core.errors import NobodyThere


@dataclass(frozen=True)
class WorkspaceInfo:
    """A workspace's name and settings, as stored."""

    workspace_id: str
    name: str
    settings: Mapping[str, Any]


def _info(row: WorkspaceRow) -> WorkspaceInfo:
    return WorkspaceInfo(row.workspace_id, row.name, dict(row.settings))


def folder(workspace_id: str) -> Path:
    """Return where a workspace's data live; the id is ours, never a person's text."""
    return settings.data_folder() / "workspaces" / workspace_id


def create(
    by: Person | None,
    name: str,
    chosen: Mapping[str, Any],
    workspace_id: str | None = None,
) -> str:
    """Make a workspace; its maker becomes a member. Return its identifier."""
    identifier = workspace_id or uuid.uuid4().hex
    who = by.email if by else "aplomb"
    with writing() as session:
        session.add(
            WorkspaceRow(
                workspace_id=identifier,
                name=clean_name(name),
                settings=dict(chosen),
                created_at=now(),
            )
        )
        session.flush()
        if by:
            session.add(Member(workspace_id=identifier, account_id=by.account_id))
        audit.add(session, who, "workspace_create", identifier, **dict(chosen))
    return identifier


def get(workspace_id: str) -> WorkspaceInfo | None:
    """Return a workspace, whoever asks; pages use ``open_to``."""
    with reading() as session:
        row = session.get(WorkspaceRow, workspace_id)
        return _info(row) if row else None


def open_to(account_id: str) -> list[WorkspaceInfo]:
    """Return the workspaces that an account is a member of, by name."""
    query = (
        select(WorkspaceRow)
        .join(Member, Member.workspace_id == WorkspaceRow.workspace_id)
        .where(Member.account_id == account_id)
        .order_by(WorkspaceRow.name)
    )
    with reading() as session:
        return [_info(row) for row in session.scalars(query)]


def named(wanted: str) -> list[WorkspaceInfo]:
    """Return the workspaces of this identifier or this name; "all" is every one.

    Raises NobodyThere where there is none.
    """
    with reading() as session:
        every = [_info(row) for row in session.scalars(select(WorkspaceRow))]
    found = [one for one in every if wanted in ("all", one.workspace_id, one.name)]
    if not found:
        raise NobodyThere(name=wanted)
    return sorted(found, key=lambda one: one.name)


def save(by: str, workspace_id: str, name: str, chosen: Mapping[str, Any]) -> None:
    """Change a workspace's name and settings; the journal keeps what changed."""
    with writing() as session:
        row = session.get_one(WorkspaceRow, workspace_id)
        changed = {k: v for k, v in chosen.items() if row.settings.get(k) != v}
        row.name = clean_name(name)
        row.settings = {**row.settings, **chosen}
        audit.add(session, by, "workspace_settings", workspace_id, **changed)


def change(
    by: str,
    workspace_id: str,
    what: str,
    edit: Callable[[Mapping[str, Any]], Mapping[str, Any]],
    **detail: Any,
) -> None:
    """Change settings from what they are now: two people at once lose nothing.

    ``edit`` is given the settings stored and returns those to keep; ``what`` and
    ``detail`` are the journal's line.
    """
    with writing() as session:
        row = session.get_one(WorkspaceRow, workspace_id, with_for_update=True)
        row.settings = {**row.settings, **edit(dict(row.settings))}
        audit.add(session, by, what, workspace_id, **detail)


def members(workspace_id: str) -> list[Person]:
    """Return who may open a workspace, by name."""
    with reading() as session:
        query = select(Member.account_id).where(Member.workspace_id == workspace_id)
        inside = set(session.scalars(query))
    return [person for person in everyone() if person.account_id in inside]


def admit(by: str, workspace_id: str, account_id: str) -> None:
    """Let an account open a workspace."""
    with writing() as session:
        if session.get(Member, (workspace_id, account_id)) is None:
            session.add(Member(workspace_id=workspace_id, account_id=account_id))
            audit.add(session, by, "member_add", workspace_id, account=account_id)


def dismiss(by: str, workspace_id: str, account_id: str) -> None:
    """No longer let an account open a workspace."""
    with writing() as session:
        session.execute(
            delete(Member).where(
                Member.workspace_id == workspace_id, Member.account_id == account_id
            )
        )
        audit.add(session, by, "member_remove", workspace_id, account=account_id)
