"""Links from one page to another, drawn only where the reader may follow them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from core.settings import ROOT
from core.ui import components
from core.visit import Visit

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


def how(visit: Visit, figure: str, paragraphs: Sequence[str]) -> None:
    """Draw a folded "how is this computed", which leads to the figure's entry."""
    summary = visit.text("common.how")
    to = None
    if visit.can_open("method"):
        to = f"method?{urlencode({'figure': figure})}", visit.text("common.how_more")
    components.show(components.how(summary, paragraphs, to=to))


def plan_sending(visit: Visit, campaign_id: str, listed: str) -> None:
    """Draw the link to the planner for a list of a campaign, its count filled in.

    ``listed`` is "targeted", "second_mail" or "base".
    """
    label = visit.text(f"page.sending.link.{listed}")
    page_link(visit, "sending", label, campaign=campaign_id, list=listed)


def go(name: str, **query: str) -> None:
    """Open the page ``name`` now; what a button does when it is pressed."""
    st.switch_page(ROOT / "pages" / f"{name}.py", query_params=query or None)
