"""Links from one page to another, drawn only where the reader may follow them."""

from __future__ import annotations

import streamlit as st

from core.scene import Filters
from core.settings import ROOT
from core.visit import Visit

_LAST = "last_page"
_MARKDOWN = r"\`*_{}[]<>#+-.!|~$:"


def plain(name: str) -> str:
    """Return a name that Markdown, which labels are, leaves as it is."""
    return "".join(f"\\{one}" if one in _MARKDOWN else one for one in name)


def page_link(visit: Visit, name: str, label: str, **query: str) -> None:
    """Draw a link to the page ``name``; ``query`` goes to its address."""
    if visit.can_open(name):
        path = ROOT / "pages" / f"{name}.py"
        st.page_link(path, label=label, query_params=query or None)


def method(visit: Visit, figure: str) -> None:
    """Draw the link from a figure to its entry in the method."""
    page_link(visit, "method", visit.text("common.how_more"), figure=figure)


def plan_sending(visit: Visit, campaign_id: str, listed: str) -> None:
    """Draw the link to the planner for a list of a campaign, its count filled in.

    ``listed`` is "targeted", "second_mail" or "base".
    """
    label = visit.text(f"page.sending.link.{listed}")
    page_link(visit, "sending", label, campaign=campaign_id, list=listed)


def go(name: str, **query: str) -> None:
    """Open the page ``name`` now; what a button does when it is pressed."""
    st.switch_page(ROOT / "pages" / f"{name}.py", query_params=query or None)


def remember(name: str) -> None:
    """Remember the page that is looked at, for the one that leads back to it."""
    st.session_state[_LAST] = name


def before(visit: Visit) -> str:
    """Return the page that the reader came from; Home where there is none."""
    name = str(st.session_state.get(_LAST, "home"))
    return name if visit.can_open(name) else "home"


def present(visit: Visit, chosen: Filters | None = None) -> None:
    """Draw the link to the story, told of the same month and people."""
    asked = vars(chosen) if chosen else {}
    query = {name: value for name, value in asked.items() if value}
    with st.container(key="present_open", width="content"):
        page_link(visit, "present", visit.text("page.present.open"), **query)
