"""The button "Share": the address of the view, and links for people without an account.

The address carries the filters and what is chosen on the page. What is the default
today, as the latest month, is written out too: it will be another one tomorrow.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlencode

import streamlit as st

from core import people, periods
from core.accounts import workspaces
from core.i18n import LANGUAGES, formats
from core.shares import keeping
from core.shares.model import LONGEST_DAYS, Share, Terms
from core.ui import auth, components, links
from core.ui.language import reader_zone
from core.ui.views import share_card
from core.visit import Visit
from core.workspace import Workspace

_SPANS = {"day": 1, "week": 7, "month": 30, "date": 0}
_EVERY = ""
_MADE = "share_made"
# The language is the reader's, and one person's page is for who sees names.
_NOT_CARRIED = ("lang",)
_OF_PERSONS = ("person", "search", "q")


def draw(visit: Visit, **shown: str) -> None:
    """Draw the button; ``shown`` is what the page shows by default, by its name."""
    if visit.account.scope is not None:
        return
    if st.button(visit.text("action.share"), key="share"):
        st.session_state.pop(_MADE, None)
        title = visit.text("share.title")
        st.dialog(title, width="medium")(_dialog)(visit, shown)


def _query(shown: dict[str, str]) -> dict[str, str]:
    """Return what the address of the view carries."""
    asked = {**shown, **st.query_params.to_dict()}
    return {key: value for key, value in asked.items() if key not in _NOT_CARRIED}


def _dialog(visit: Visit, shown: dict[str, str]) -> None:
    """Draw what is inside; it reruns alone, so it asks again who is there."""
    if auth.visitor() is None:
        st.rerun(scope="app")
    share_card.dress()
    query = _query(shown)
    path = "" if visit.page == "home" else visit.page
    link = f"{links.base()}/{path}?{urlencode(query)}"
    heading = visit.text("share.colleague")
    components.show(components.heading(heading, visit.text("share.colleague.note")))
    components.show(share_card.address(visit, link, visit.text("share.address")))
    heading = visit.text("share.reader")
    components.show(components.heading(heading, visit.text("share.reader.note")))
    if visit.is_demo:
        components.show(components.notice("info", visit.text("share.demo")))
    elif not keeping.can_make(visit.role):
        components.show(components.note(visit.text("share.not_allowed")))
    else:
        with auth.saying(visit.language):
            _reader(visit, query)


def _reader(visit: Visit, query: dict[str, str]) -> None:
    """Draw the link just made, or the terms of a new one."""
    made = st.session_state.get(_MADE)
    if isinstance(made, Share):
        share_card.draw(visit, made)
        if st.button(visit.text("share.another"), key="share_another"):
            st.session_state.pop(_MADE, None)
            st.rerun(scope="fragment")
        links.page_link(visit, "settings", visit.text("share.manage"))
        return
    terms = _terms(visit, query)
    label = visit.text("action.make_link")
    can_make = bool(terms.pages)
    if st.button(label, type="primary", key="share_make", disabled=not can_make):
        account = auth.visitor()
        if account is None or account.account_id is None or not visit.workspace_id:
            st.rerun(scope="app")
        made = keeping.make(account.account_id, visit.workspace_id, terms)
        st.session_state[_MADE] = made
        st.rerun(scope="fragment")


def _privacy(visit: Visit) -> str:
    info = workspaces.get(visit.workspace_id or "")
    return str(info.settings.get("privacy") or "teams") if info else "teams"


def _teams(visit: Visit) -> list[str]:
    """Return the teams that the latest month knows."""
    workspace = cast(Workspace, visit.workspace)
    months = periods.months(workspace)
    if not months:
        return []
    latest = periods.period(workspace, months[0])
    known = people.everyone(workspace, latest.as_of, latest.month)["team"]
    return sorted(known.dropna().unique(), key=formats.sorting)


def _terms(visit: Visit, query: dict[str, str]) -> Terms:
    """Draw what a link shows and how long it lasts; return it."""
    privacy = _privacy(visit)
    team = _team(visit, query) if privacy != "teams" else None
    offered = keeping.pages_for(visit.role, team)
    usual = [name for name in ("home", visit.page) if name in offered]
    pages = st.pills(
        visit.text("share.pages"),
        offered,
        default=list(dict.fromkeys(usual)),
        selection_mode="multi",
        format_func=lambda name: visit.text(f"page.{name}.nav"),
        key=f"share_pages_{team is None}",
    )
    if team is not None:
        components.show(components.note(visit.text("share.team.why")))
    elif privacy == "teams":
        components.show(components.note(visit.text("share.teams_mode")))
    shows_names = False
    if privacy == "names":
        shows_names = st.toggle(
            visit.text("share.names"),
            key="share_names",
            help=visit.text("share.names.help"),
        )
    elif privacy == "pseudonyms":
        components.show(components.note(visit.text("share.pseudonyms")))
    days = _days(visit)
    language = st.segmented_control(
        visit.text("share.language"),
        LANGUAGES,
        default=visit.language,
        format_func=lambda code: visit.text(f"share.language.{code}"),
        key="share_language",
        required=True,
    )
    page = visit.page if visit.page in pages else next(iter(pages), "home")
    is_carried = page == visit.page
    hidden = () if shows_names else _OF_PERSONS
    kept = {k: v for k, v in query.items() if is_carried and k not in hidden}
    return Terms(
        pages=frozenset(pages),
        team=team,
        shows_names=shows_names,
        days=days,
        language=str(language),
        page=page,
        query=kept,
    )


def _team(visit: Visit, query: dict[str, str]) -> str | None:
    """Draw the choice of one team or all, where there is one to make."""
    teams = _teams(visit)
    if len(teams) < 2:
        return None
    options = [_EVERY, *teams]
    asked = query.get("team", _EVERY)
    team = st.selectbox(
        visit.text("filter.team"),
        options,
        index=options.index(asked) if asked in options else 0,
        format_func=lambda name: name or visit.text("filter.every_team"),
        key="share_team",
    )
    return team or None


def _days(visit: Visit) -> int:
    """Draw how long the link lasts; return it in days."""
    span = st.segmented_control(
        visit.text("share.span"),
        list(_SPANS),
        default="week",
        format_func=lambda name: visit.text(f"share.span.{name}"),
        key="share_span",
        required=True,
    )
    if span != "date":
        return _SPANS[str(span)]
    day = datetime.now(reader_zone()).date()
    last = st.date_input(
        visit.text("share.until"),
        value=day + timedelta(days=14),
        min_value=day + timedelta(days=1),
        max_value=day + timedelta(days=LONGEST_DAYS),
        format="DD/MM/YYYY",
        key="share_date",
    )
    return (last - day).days
