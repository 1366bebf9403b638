"""The sidebar below the menu: workspace, language, who is signed in, sign-out."""

from __future__ import annotations

import streamlit as st

from core.accounts import sessions, workspaces
from core.ui import auth, components, language
from core.visit import Visit


def _enter() -> None:
    """Look at the workspace picked in the sidebar."""
    picked = st.session_state.get("workspace_switch")
    if isinstance(picked, str):
        enter(picked)


def enter(workspace_id: str) -> bool:
    """Look at a workspace from now on; tell whether the visitor is a member of it."""
    visitor = auth.visitor()
    if visitor is None or visitor.account_id is None:
        return False
    mine = {info.workspace_id for info in workspaces.open_to(visitor.account_id)}
    if workspace_id in mine:
        sessions.enter(visitor.session_id, workspace_id)
        st.session_state["workspace_switch"] = workspace_id
    return workspace_id in mine


def _workspace_switch(visit: Visit) -> None:
    """Draw the list of workspaces, for somebody who has several."""
    account_id = visit.account.account_id
    if account_id is None:
        return
    names = {info.workspace_id: info.name for info in workspaces.open_to(account_id)}
    if len(names) < 2 or visit.workspace_id not in names:
        return
    st.selectbox(
        visit.text("common.workspace"),
        list(names),
        index=list(names).index(visit.workspace_id),
        format_func=lambda identifier: names[identifier],
        key="workspace_switch",
        on_change=_enter,
    )


def draw(visit: Visit) -> None:
    """Draw the sidebar, and the demo's banner on the page."""
    with st.sidebar:
        _workspace_switch(visit)
        language.switch(visit.language)
        if not visit.is_demo:
            role = visit.text(f"role.{visit.role}")
            components.show(components.note(f"**{visit.account.name}** · {role}"))
        leave = "action.leave_demo" if visit.is_demo else "action.sign_out"
        if st.button(visit.text(leave), key="sign_out", width="stretch"):
            auth.sign_out(visit.account)
    if visit.is_demo:
        with st.container(key="demo_banner"):
            banner = components.notice("info", visit.text("common.demo_banner"))
            components.show(banner)
