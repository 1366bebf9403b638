"""Who may sign in, with which role and to which workspace; administrators only."""

from __future__ import annotations

import streamlit as st

from core.accounts import people, workspaces
from core.accounts.people import ROLES, Person
from core.errors import NotAllowed
from core.ui import auth, components, links
from core.visit import Visit


def _show_link(visit: Visit) -> None:
    """Show the link just made, once: only its digest is kept."""
    made = st.session_state.pop("made_link", None)
    if made is None:
        return
    name, token = made
    sentence = visit.text("page.settings.link", name=name, days=people.INVITATION_DAYS)
    components.show(components.notice("info", sentence))
    st.code(f"{links.base()}/?link={token}", language=None, wrap_lines=True)


def _invite(visit: Visit) -> None:
    """Draw the invitation."""
    with st.form("invite", border=False, clear_on_submit=False):
        note = visit.text("page.settings.invite_note")
        components.show(components.heading(visit.text("page.settings.invite"), note))
        left, middle, right = st.columns([2, 2, 1])
        name = left.text_input(visit.text("page.first_start.name"), max_chars=120)
        email = middle.text_input(visit.text("page.sign_in.email"), max_chars=254)
        role = right.selectbox(
            visit.text("page.settings.role"),
            ROLES,
            index=ROLES.index("director"),
            format_func=lambda value: visit.text(f"role.{value}"),
        )
        sent = st.form_submit_button(visit.text("action.invite"), type="primary")
    if sent:
        with auth.saying(visit.language):
            account_id, token = people.invite(visit.who, email, name, role)
            if visit.workspace_id:
                workspaces.admit(visit.who, visit.workspace_id, account_id)
            st.session_state["made_link"] = (name, token)
            st.rerun()


def _state(visit: Visit, person: Person) -> str:
    """Return where an account stands, in a word."""
    if not person.is_active:
        return visit.text("page.settings.inactive")
    if not person.has_password:
        return visit.text("page.settings.invited")
    return visit.text("page.settings.active")


def _member(visit: Visit, person: Person, is_member: bool) -> None:
    """Draw whether ``person`` may open this workspace."""
    workspace_id = visit.workspace_id
    if workspace_id is None:
        return
    wanted = st.toggle(
        visit.text("page.settings.member", workspace=visit.workspace_name),
        value=is_member,
        key=f"member_{workspace_id}_{person.account_id}",
    )
    if wanted and not is_member:
        workspaces.admit(visit.who, workspace_id, person.account_id)
    if is_member and not wanted:
        workspaces.dismiss(visit.who, workspace_id, person.account_id)


def _change(
    visit: Visit, person: Person, role: str, *, reset: bool, turn: bool
) -> None:
    """Do what was asked of one account, then draw the page anew."""
    with auth.saying(visit.language):
        if role != person.role:
            people.change_role(visit.who, person.account_id, role)
        elif reset:
            token = people.reset_link(visit.who, person.account_id)
            st.session_state["made_link"] = (person.name, token)
        elif turn:
            people.set_active(visit.who, person.account_id, not person.is_active)
        else:
            return
        st.rerun()


def _person(visit: Visit, person: Person, is_member: bool) -> None:
    """Draw one account and what can be done with it; nobody changes their own."""
    is_self = person.account_id == visit.account.account_id
    role_name = visit.text(f"role.{person.role}")
    with st.container(key=f"card_{person.account_id}"):
        left, middle, right = st.columns([3, 2, 2], vertical_alignment="center")
        with left:
            state = f"{person.email} · {role_name} · {_state(visit, person)}"
            components.show(components.heading(person.name, state))
            if not is_self:
                _member(visit, person, is_member)
        if is_self:
            return
        role = middle.selectbox(
            visit.text("page.settings.role"),
            ROLES,
            index=ROLES.index(people.clean_role(person.role)),
            format_func=lambda value: visit.text(f"role.{value}"),
            key=f"role_{person.account_id}_{person.role}",
        )
        with right:
            reset = person.is_active and st.button(
                visit.text("action.reset_link"),
                key=f"reset_{person.account_id}",
                width="stretch",
            )
            switch = "deactivate" if person.is_active else "activate"
            turn = st.button(
                visit.text(f"action.{switch}"),
                key=f"switch_{person.account_id}",
                width="stretch",
            )
        _change(visit, person, role, reset=reset, turn=turn)


def draw(visit: Visit) -> None:
    """Draw the invitation and every account."""
    if not visit.can("people"):
        raise NotAllowed()
    with st.container(key="card_invite"):
        _invite(visit)
        _show_link(visit)
    inside: set[str] = set()
    if visit.workspace_id:
        inside = {p.account_id for p in workspaces.members(visit.workspace_id)}
    for person in people.everyone():
        _person(visit, person, person.account_id in inside)
