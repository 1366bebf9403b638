"""Silent accounts and waiting opportunities, as files to take away."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Literal

import pandas as pd
import streamlit as st

from core import conversations, exports
from core.accounts import audit
from core.i18n import formats, plural
from core.visit import Visit
from core.workspace import Workspace

List = Literal["silent", "waiting"]

_COLUMNS: dict[List, tuple[str, ...]] = {
    "silent": (
        *("name", "account_type", "state", "gap", "known_day", "usual_gap"),
        *("contact_count", "open_count", "open_amount", "won_amount", "currency"),
        *("owner_name", "team", "account_id"),
    ),
    "waiting": (
        *("name", "account_name", "amount", "currency", "opened_day", "known_day"),
        *("gap", "owner_name", "team", "opportunity_id"),
    ),
}


def rows(visit: Visit, workspace: Workspace, as_of: date, which: List) -> pd.DataFrame:
    """Return the rows of a file, as the reader may see them and in their words."""
    if which == "waiting":
        found = conversations.opportunities(workspace, as_of)
        return found[found["is_waiting"]]
    found = conversations.accounts(workspace, as_of)
    found = found[found["is_silent"]].sort_values(
        ["won_amount", "open_amount", "name"], ascending=[False, False, True]
    )
    state = [visit.text(f"page.conversations.state.{one}") for one in found["state"]]
    return found.assign(state=state, usual_gap=found["usual_gap"].round(1))


def _file(
    visit: Visit, workspace: Workspace, as_of: date, which: List, kind: str
) -> bytes:
    """Return the list as a file, and write down who took it."""
    found = rows(visit, workspace, as_of, which)
    columns = {
        name: visit.text(f"page.conversations.file.{name}")
        for name in _COLUMNS[which]
        if found[name].notna().any()
    } or {"name": visit.text("page.conversations.file.name")}
    audit.record(visit.who, "export", visit.workspace_id, list=which, rows=len(found))
    if kind == "csv":
        return exports.csv_bytes(found, columns, visit.language)
    notes = [
        plural(f"page.conversations.about.{which}", len(found), visit.language),
        visit.text(
            "page.conversations.made",
            day=formats.day(as_of, visit.language),
            workspace=visit.workspace_name,
        ),
    ]
    sheet = visit.text(f"page.conversations.sheet.{which}")
    return exports.xlsx_bytes(found, columns, visit.language, sheet=sheet, notes=notes)


def draw(visit: Visit, workspace: Workspace, as_of: date, which: List) -> None:
    """Draw the two files of a list, for a role that may take it."""
    if not visit.can("export"):
        return
    sheet = visit.text(f"page.conversations.sheet.{which}")
    name = partial(exports.file_name, sheet, visit.workspace_name, as_of.isoformat())
    made = partial(_file, visit, workspace, as_of, which)
    with st.container(horizontal=True, key=f"files_{which}", gap="small"):
        st.download_button(
            visit.text(f"page.conversations.take.{which}"),
            partial(made, "csv"),
            name(suffix="csv"),
            "text/csv",
            key=f"take_{which}_csv",
            on_click="ignore",
        )
        st.download_button(
            "Excel",
            partial(made, "xlsx"),
            name(suffix="xlsx"),
            key=f"take_{which}_xlsx",
            help=visit.text("list.xlsx_help"),
            on_click="ignore",
        )
