"""The settings page: the workspace, the people, one's own account."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from core.accounts import people, sessions, workspaces
from core.accounts.workspace_rules import checked
from core.i18n import formats
from core.ui import auth, components, opening, people_view, workspace_form
from core.ui.language import reader_zone
from core.ui.views import digest_recipients, share_links
from core.visit import Visit


def _workspace(visit: Visit) -> None:
    """Draw the workspace's settings, and the way to another workspace."""
    if visit.workspace_id is None:
        workspace_form.first(visit)
        return
    info = workspaces.get(visit.workspace_id)
    if info is None:
        return
    spoken = visit.language
    with st.container(key="card_workspace"):
        components.show(components.heading(visit.text("page.settings.workspace")))
        fields = workspace_form.draw(spoken, info.name, info.settings)
        label = visit.text("action.save")
        if st.button(label, type="primary", key="save_workspace"):
            with auth.saying(spoken):
                chosen = checked(fields.chosen)
                workspaces.save(visit.who, info.workspace_id, fields.name, chosen)
                with st.spinner(visit.text("common.rebuilding")):
                    opening.refreshed(info.workspace_id, visit.who)
                components.show(
                    components.notice("healthy", visit.text("common.saved"))
                )
    _another(visit)


def _another(visit: Visit) -> None:
    """Let a person make one more workspace, with the settings of this one."""
    account_id, current = visit.account.account_id, visit.workspace_id
    if account_id is None or current is None:
        return
    with st.expander(visit.text("page.settings.another")):
        components.show(components.note(visit.text("page.settings.another_note")))
        with st.form("another_workspace", border=False):
            name = st.text_input(visit.text("page.workspace.field.name"), max_chars=120)
            label = visit.text("action.create_workspace")
            sent = st.form_submit_button(label)
        if sent:
            with auth.saying(visit.language):
                info = workspaces.get(current)
                chosen = dict(info.settings) if info else {}
                chosen = checked({**chosen, "privacy": "teams"})
                made = workspaces.create(people.get(account_id), name, chosen)
                sessions.enter(visit.account.session_id, made)
                st.rerun()


def _device(agent: str) -> str:
    """Return the browser and system in a user-agent header, as people name them."""
    browsers = {
        "Edg": "Edge",
        "Firefox": "Firefox",
        "Chrome": "Chrome",
        "Safari": "Safari",
    }
    systems = {
        "Android": "Android",
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Windows": "Windows",
        "Mac OS": "macOS",
        "Linux": "Linux",
    }
    browser = next((name for sign, name in browsers.items() if sign in agent), "")
    system = next((name for sign, name in systems.items() if sign in agent), "")
    return " · ".join(part for part in (browser, system) if part)


def _sessions(visit: Visit, account_id: str) -> None:
    """Draw the open sessions, each with a button that ends it."""
    components.show(components.heading(visit.text("page.settings.sessions")))
    zone = reader_zone()
    for row in sessions.open_sessions(account_id):
        is_this = row.session_id == visit.account.session_id
        seen = datetime.fromtimestamp(row.seen_at, UTC).astimezone(zone)
        when = visit.text(
            "page.settings.seen", moment=formats.moment(seen, visit.language)
        )
        device = _device(row.agent) or visit.text("page.settings.device")
        left, right = st.columns([3, 1], vertical_alignment="center")
        with left:
            here = visit.text("page.settings.this_session") if is_this else when
            components.show(components.paragraph(f"**{device}** — {here}"))
        if not is_this and right.button(
            visit.text("action.end_session"),
            key=f"end_{row.session_id}",
            width="stretch",
        ):
            sessions.end(row.session_id)
            st.rerun()


def _password(visit: Visit, account_id: str) -> None:
    """Draw the change of password; it ends every session and opens a new one."""
    with st.form("change_password", border=False):
        components.show(components.heading(visit.text("page.settings.password")))
        present = st.text_input(
            visit.text("page.settings.present_password"),
            type="password",
            autocomplete="current-password",
        )
        first, second = auth.password_twice(visit.language)
        sent = st.form_submit_button(visit.text("action.change_password"))
    if sent:
        with auth.saying(visit.language):
            auth.same(first, second)
            auth.change_password(account_id, present, first)


def _account(visit: Visit) -> None:
    """Draw what a person may change of their own account."""
    account_id = visit.account.account_id
    if account_id is None:
        components.show(components.note(visit.text("page.settings.demo")))
        return
    with st.container(key="card_account"):
        role = visit.text(f"role.{visit.role}")
        who = f"{visit.account.email} · {role}"
        components.show(components.heading(visit.account.name, who))
        _password(visit, account_id)
    with st.container(key="card_sessions"):
        _sessions(visit, account_id)


def draw(visit: Visit) -> None:
    """Draw the page: the parts that the reader's role covers."""
    components.show(
        components.verdict_header(
            visit.text("page.settings.nav"), visit.text("page.settings.title")
        )
    )
    parts = {"account": _account}
    if share_links.can_list(visit):
        parts = {"links": share_links.draw, **parts}
    if visit.can("people"):
        parts = {
            "people": people_view.draw,
            "recipients": digest_recipients.draw,
            **parts,
        }
    if visit.can("configure"):
        parts = {"workspace": _workspace, **parts}
    if len(parts) == 1:
        _account(visit)
        return
    tabs = {"recipients": "page.recipients.tab"}
    labels = [visit.text(tabs.get(name, f"page.settings.{name}_tab")) for name in parts]
    for tab, part in zip(st.tabs(labels), parts.values(), strict=True):
        with tab:
            part(visit)
