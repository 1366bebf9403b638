"""Which workspace a visitor looks at, opened with the rights of their role."""

from __future__ import annotations

from core.accounts import sessions, workspaces
from core.accounts.sessions import Visitor
from core.accounts.workspaces import WorkspaceInfo
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings


def current(visitor: Visitor) -> WorkspaceInfo | None:
    """Return the workspace a visitor looks at: theirs to open, or none.

    What the session remembers counts only while the visitor is still a member.
    """
    if visitor.is_demo or visitor.account_id is None:
        return workspaces.get(sessions.DEMO_WORKSPACE)
    mine = workspaces.open_to(visitor.account_id)
    for info in mine:
        if info.workspace_id == visitor.workspace_id:
            return info
    return mine[0] if mine else None


def opened(info: WorkspaceInfo, role: str) -> Workspace:
    """Open a workspace's data as ``role`` may see them."""
    store = Store(workspaces.folder(info.workspace_id))
    settings = WorkspaceSettings.from_json(info.settings)
    return Workspace(store, settings, Rights.of(role))
