"""What an administrator decides on a page: checked, kept, in the journal, and told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core.accounts import audit, workspaces
from core.errors import CrmError, NotAllowed
from core.ui import auth, cards, components, opening
from core.visit import ACTS, Visit
from core.workspace import Workspace
from core.workspace_settings import WorkspaceSettings

Edit = Callable[[WorkspaceSettings], WorkspaceSettings]
_SAID = "decided"


def decide(
    visit: Visit, what: str, edit: Edit, said: Callable[[], str], **detail: Any
) -> bool:
    """Change the workspace's settings and the figures that rest on them.

    For callbacks: `told` says at the next run that it was done, as ``said`` puts it
    once it is, or why it was not. ``what`` and ``detail`` are the journal's line.
    Return whether it was done.
    """
    try:
        workspace_id = _admitted(visit)
        workspaces.change(
            visit.who,
            workspace_id,
            what,
            lambda stored: edit(WorkspaceSettings.from_json(stored)).to_json(),
            **detail,
        )
        opening.refreshed(workspace_id, visit.who)
    except CrmError as error:
        refuse(cards.sentence(error, visit.language))
        return False
    say(said())
    return True


def reopened(visit: Visit) -> Workspace:
    """Return the workspace that is looked at, as decided by now."""
    info = workspaces.get(_admitted(visit))
    assert info is not None
    return opening.opened(info, visit.role)


def _admitted(visit: Visit) -> str:
    """Return the workspace to change; raise if the right is gone since it was drawn."""
    visitor = auth.visitor()
    info = opening.current(visitor) if visitor else None
    if (
        visitor is None
        or info is None
        or visitor.is_demo
        or visitor.role not in ACTS["configure"]
        or info.workspace_id != visit.workspace_id
    ):
        audit.record(visit.who, "denied", visit.workspace_id, page="profiles")
        raise NotAllowed()
    return info.workspace_id


def refuse(sentence: str) -> None:
    """Have `told` say why nothing was decided."""
    st.session_state[_SAID] = ("watch", sentence)


def say(sentence: str) -> None:
    """Have `told` say what was done."""
    st.session_state[_SAID] = ("healthy", sentence)


def told() -> None:
    """Say how the last decision went, once."""
    kind, sentence = st.session_state.pop(_SAID, ("", ""))
    if kind:
        components.show(components.notice(kind, sentence))
