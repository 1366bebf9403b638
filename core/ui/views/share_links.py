"""The links of a workspace, in its settings: what each shows, its use, and its end."""

from __future__ import annotations

import streamlit as st

from core.shares import keeping
from core.shares.model import Share
from core.ui import auth, components, opening
from core.ui.views import share_card, shared
from core.visit import Visit

_ICONS = {
    "open": "healthy",
    "expired": "not_enough_data",
    "revoked": "not_enough_data",
    "withdrawn": "watch",
}


def can_list(visit: Visit) -> bool:
    """Tell whether the reader sees the links of the workspace."""
    is_member = visit.account.account_id is not None and visit.workspace_id is not None
    return is_member and keeping.can_make(visit.role)


def draw(visit: Visit) -> None:
    """Draw every link, those that open first."""
    share_card.dress()
    found = keeping.of(visit.workspace_id or "")
    is_open = [share for share in found if share.state == "open"]
    with st.container(key="card_shares", border=True):
        note = visit.text("share.list.note")
        components.show(components.heading(visit.text("share.list"), note))
        if not found:
            components.show(components.note(visit.text("share.list.none")))
        for share in [*is_open, *(one for one in found if one.state != "open")]:
            _one(visit, share)
        if len(is_open) > 1:
            _revoke_all(visit, is_open)


def _one(visit: Visit, share: Share) -> None:
    spoken = visit.language
    words = visit.text(f"share.state.{share.state}")
    with st.container(key=f"share_{share.share_id}", border=True, gap="xsmall"):
        made = visit.text(
            "share.list.made",
            name=share.maker,
            moment=shared.until(share.created_at, spoken),
        )
        used = visit.text("share.list.unused")
        if share.used_at is not None:
            used = visit.text(
                "share.list.used",
                moment=shared.until(share.used_at, spoken),
                count=share.use_count,
            )
        components.show(
            components.chip(_ICONS[share.state], words),
            components.paragraph(share_card.shows(visit, share)),
            components.note(f"{made} {used}"),
        )
        if share.state != "open":
            return
        if share.made_by == visit.account.account_id:
            label = visit.text("share.list.show")
            if st.toggle(label, key=f"share_show_{share.share_id}"):
                share_card.draw(visit, share)
        st.button(
            visit.text("action.revoke_link"),
            key=f"share_revoke_{share.share_id}",
            on_click=_revoke,
            args=(visit, [share.share_id]),
        )


def _revoke_all(visit: Visit, found: list[Share]) -> None:
    """Draw the one button that takes every link back, asked twice."""
    with st.popover(visit.text("share.list.revoke_all"), key="share_revoke_all"):
        components.show(components.note(visit.text("share.list.revoke_all.note")))
        st.button(
            visit.text("share.list.revoke_all.sure"),
            key="share_revoke_sure",
            type="primary",
            on_click=_revoke,
            args=(visit, [share.share_id for share in found]),
        )


def _revoke(visit: Visit, share_ids: list[str]) -> None:
    """Take links back, if the right is still there where it is done."""
    visitor = auth.visitor()
    info = opening.current(visitor) if visitor else None
    if visitor is None or info is None or info.workspace_id != visit.workspace_id:
        return
    if visitor.account_id is not None and keeping.can_make(visitor.role):
        keeping.revoke(visitor.who, info.workspace_id, share_ids)
