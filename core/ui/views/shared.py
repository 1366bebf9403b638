"""What somebody who came by a read-only link sees around the pages, and at its end."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from core.accounts.sessions import Scope
from core.i18n import formats, text
from core.pages import PAGES
from core.settings import ROOT
from core.shares.model import Ended
from core.ui import components
from core.ui.language import reader_zone
from core.visit import Visit


def until(moment: int, spoken: str) -> str:
    """Return the day and the hour of a moment where the reader is, in words."""
    day = datetime.fromtimestamp(moment, UTC).astimezone(reader_zone())
    return formats.moment(day, spoken)


def banner(visit: Visit, scope: Scope) -> None:
    """Say above a page that it is read only, until when, and who shares it."""
    words = visit.text(
        "share.banner", until=until(scope.expires_at, visit.language), name=scope.by
    )
    if scope.team is not None:
        words = f"{words} {visit.text('share.banner.team', team=scope.team)}"
    components.show(components.note(words))


def refuse(scope: Scope, spoken: str) -> None:
    """Say that the link does not open this page, and lead to those it opens."""
    title = text("share.refused", spoken)
    note = text("share.refused.note", spoken, name=scope.by)
    components.show(components.empty_state(title, note, heading_level=1))
    with st.container(horizontal=True, horizontal_alignment="center"):
        for spec in PAGES:
            if spec.name in scope.pages:
                st.page_link(
                    ROOT / "pages" / f"{spec.name}.py",
                    label=text(f"page.{spec.name}.nav", spoken),
                )


def ended(link: Ended, spoken: str) -> None:
    """Say that the link opens nothing any more, and whom to ask for another."""
    title = text(f"share.ended.{link.reason}", spoken)
    note = text("share.ended.ask", spoken, name=link.maker)
    components.show(components.empty_state(title, note, heading_level=1))
    with st.container(horizontal=True, horizontal_alignment="center"):
        if st.button(text("share.ended.sign_in", spoken), key="share_leave"):
            st.html(
                '<script src="/assets/leave.js"></script>',
                unsafe_allow_javascript=True,
            )
