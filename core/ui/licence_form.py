"""The form of licences: how many were bought, and a month's price, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import streamlit as st

from core.accounts import workspaces
from core.ui import auth, components
from core.visit import Visit
from core.workspace_settings import Licence, WorkspaceSettings


def draw(visit: Visit, kinds: Sequence[str]) -> None:
    """Draw the licences bought and their price, by kind where there are several.

    ``kinds`` are those that the user export names.
    """
    info = workspaces.get(visit.workspace_id) if visit.workspace_id else None
    if info is None or not visit.can("configure"):
        return
    stored = WorkspaceSettings.from_json(info.settings).licences
    known = {one.kind: one for one in stored}
    asked: list[str | None] = list(kinds) if len(kinds) > 1 else []
    asked += [one.kind for one in stored if one.kind and one.kind not in asked]
    asked.append(None)
    with st.form("licences", border=False):
        typed = [
            _licence(visit, kind, known, place) for place, kind in enumerate(asked)
        ]
        sent = st.form_submit_button(visit.text("action.save"), type="primary")
    if sent:
        with auth.saying(visit.language):
            kept = [one for one in typed if (one.count, one.price) != (None, None)]
            chosen = {"licences": [asdict(one) for one in kept]}
            workspaces.save(visit.who, info.workspace_id, info.name, chosen)
            st.rerun()


def _licence(
    visit: Visit, kind: str | None, known: Mapping[str | None, Licence], place: int
) -> Licence:
    """Draw the number and the price of one kind; both may stay empty."""
    told = known.get(kind) or Licence(kind)
    key = "all" if place == 0 else "others"
    name = kind or visit.text(f"page.workspace.field.licence_{key}")
    components.show(components.paragraph(f"**{name.replace('*', '')}**"))
    left, right = st.columns(2)
    count = left.number_input(
        visit.text("page.workspace.field.licences_bought"),
        min_value=0,
        max_value=1_000_000,
        value=told.count,
        step=1,
        key=f"licence_count_{place}",
    )
    price = right.number_input(
        visit.text("page.workspace.field.price_per_licence"),
        min_value=0.0,
        max_value=1_000_000.0,
        value=told.price,
        step=1.0,
        key=f"licence_price_{place}",
    )
    return Licence(kind, count, price)
