"""Which workspace a visitor looks at, opened with the rights of their role."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from core import imports
from core.accounts import sessions, workspaces
from core.accounts.sessions import Visitor
from core.accounts.workspaces import WorkspaceInfo
from core.demo import companies
from core.errors import ImportRunning
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings

_checked: set[Path] = set()


def current(visitor: Visitor) -> WorkspaceInfo | None:
    """Return the workspace a visitor looks at: theirs to open, or none.

    What the session remembers counts only while the visitor is still a member.
    """
    if visitor.is_demo or visitor.account_id is None:
        known = companies.codes()
        chosen = visitor.workspace_id if visitor.workspace_id in known else None
        found = workspaces.get(chosen) if chosen else None
        return found or workspaces.get(sessions.DEMO_WORKSPACE)
    mine = workspaces.open_to(visitor.account_id)
    for info in mine:
        if info.workspace_id == visitor.workspace_id:
            return info
    return mine[0] if mine else None


def demo_companies() -> dict[str, str]:
    """Return the code of each demo company that is there, by its workspace."""
    known = companies.codes()
    return {key: code for key, code in known.items() if workspaces.get(key)}


def look_at(visitor: Visitor, workspace_id: str | None) -> None:
    """Let a demo visit look at another company; None is the first one again."""
    chosen = workspace_id or sessions.DEMO_WORKSPACE
    if visitor.is_demo and chosen in companies.codes():
        sessions.try_company(visitor.session_id, chosen)


def opened(info: WorkspaceInfo, role: str) -> Workspace:
    """Open a workspace's data as ``role`` may see them.

    The first time in this process, figures made by an earlier release are made anew;
    while somebody imports, the present ones do.
    """
    store = Store(workspaces.folder(info.workspace_id))
    settings = WorkspaceSettings.from_json(info.settings)
    if store.folder not in _checked:
        with suppress(ImportRunning):
            imports.refresh(store, settings, "aplomb")
            _checked.add(store.folder)
    return Workspace(store, settings, Rights.of(role))


def refreshed(workspace_id: str, who: str) -> None:
    """Make a workspace's figures anew after its settings changed.

    Raises ImportRunning while somebody imports; who opens it next tries again.
    """
    info = workspaces.get(workspace_id)
    if info is None:
        return
    store = Store(workspaces.folder(workspace_id))
    try:
        imports.refresh(store, WorkspaceSettings.from_json(info.settings), who)
    except ImportRunning:
        _checked.discard(store.folder)
        raise
