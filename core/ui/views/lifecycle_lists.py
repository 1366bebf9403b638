"""Lists to act on: accounts never used, people who stopped, licences to take back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core import licences
from core.i18n import formats, plural
from core.ladder import Licences
from core.scene import Scene
from core.ui import components
from core.ui.views import lifecycle_people
from core.ui.views.person_words import records

LISTS = ("never", "dormant", "reclaim")
# Working days of data before anybody can be said to have stopped: six weeks.
_ENOUGH_DAYS = 30
_WIDTHS = {
    "never": {"name": 170, "age": 115, "created_day": 140, "team": 160, "license": 160},
    "dormant": {"name": 170, "since": 130, "last_day": 140, "team": 160},
    "reclaim": {
        "name": 170,
        "reason": 190,
        "team": 160,
        "license": 160,
        "created_day": 130,
        "last_day": 130,
        "cost": 110,
    },
}


def draw(one: Scene, found: Licences | None) -> None:
    """Draw the switch of lists, what each is for, and its people."""
    visit = one.visit
    # Without a user export nobody knows of an account that was never used.
    names = LISTS if one.workspace.has("user") else ("dormant",)
    lists = {name: _list(one, name, found) for name in names}
    with st.container(border=True, key="card_lists"):
        title = visit.text("page.lifecycle.lists.title")
        components.show(components.heading(title))
        name = _chosen(one, lists)
        rows = lists[name]
        said = visit.text(f"page.lifecycle.lists.{name}.say")
        if len(rows):
            said += " " + visit.text("page.lifecycle.lists.note")
        components.show(components.note(said))
        if not len(rows) and one.period.days_known < _ENOUGH_DAYS:
            soon = visit.text("page.lifecycle.lists.too_soon")
            components.show(components.partial_data(soon))
        elif not len(rows):
            nobody = visit.text(f"page.lifecycle.lists.{name}.nobody")
            components.show(components.notice("healthy", nobody))
        else:
            shown = {
                column: width
                for column, width in _WIDTHS[name].items()
                if column not in ("license", "cost") or rows[column].notna().any()
            }
            lifecycle_people.draw(one, rows, shown, name)
        if name == "reclaim":
            _left_out(one)


def _chosen(one: Scene, lists: dict[str, pd.DataFrame]) -> str:
    """Draw the switch and return the list asked for, kept in the address."""
    wanted = st.query_params.get("list")
    names = tuple(lists)
    if st.session_state.get("lifecycle_list") not in names:
        st.session_state.pop("lifecycle_list", None)
    if wanted in names and wanted != st.session_state.get("list_asked"):
        st.session_state["lifecycle_list"] = wanted
    elif "lifecycle_list" not in st.session_state:
        filled = [name for name in names if len(lists[name])]
        st.session_state["lifecycle_list"] = filled[0] if filled else names[0]
    st.session_state["list_asked"] = wanted

    def keep() -> None:
        st.query_params["list"] = st.session_state["lifecycle_list"]

    found = st.segmented_control(
        one.visit.text("page.lifecycle.lists.title"),
        names,
        format_func=lambda name: one.visit.text(
            f"page.lifecycle.lists.{name}.tab", count=len(lists[name])
        ),
        required=True,
        key="lifecycle_list",
        label_visibility="collapsed",
        on_change=keep,
        wrap=True,
    )
    return str(found)


def _accounts(one: Scene) -> pd.DataFrame:
    """Return the open accounts that nobody on leave holds, as shown."""
    kept = licences.rows(one.workspace, one.period.as_of, set(one.rows["user_id"]))
    flags = ["user_id", "is_on_leave", "is_unknown"]
    return one.shown.merge(one.workspace.protect(kept[flags]), on="user_id")


def _list(one: Scene, name: str, found: Licences | None) -> pd.DataFrame:
    """Return the people of a list, those who wait longest first."""
    rows = _accounts(one)
    end = pd.Timestamp(one.period.as_of)
    rows["age"] = (end - rows["created_day"]).dt.days
    rows["since"] = (end - rows["last_day"]).dt.days
    is_never = rows["state"].eq("never_activated")
    is_dormant = rows["state"].eq("dormant")
    if name == "never":
        return rows[is_never].sort_values(["age", "name"], ascending=[False, True])
    if name == "dormant":
        return rows[is_dormant].sort_values(["since", "name"], ascending=[False, True])
    rows = rows[(is_never | is_dormant) & ~rows["is_on_leave"]]
    known = records(rows)
    return rows.assign(
        reason=[_reason(one, row) for row in known],
        cost=pd.Series(
            [_price(one, row["license"], found) for row in known],
            index=rows.index,
            dtype=object,
        ),
    ).sort_values(["state", "since", "age"], ascending=False)


def _reason(one: Scene, row: Mapping[str, Any]) -> str:
    if row["state"] != "dormant":
        key = "unseen" if row["is_unknown"] else "never"
        return one.visit.text(f"page.lifecycle.reason.{key}")
    days = int(row["since"])
    return plural("page.lifecycle.reason.dormant", days, one.visit.language)


def _price(one: Scene, kind: object, found: Licences | None) -> str | None:
    """Return the monthly price of a licence, written, None while nobody typed it."""
    if found is None:
        return None
    prices = {licences.name(k.kind): k.price for k in found.kinds}
    known = "" if formats.is_absent(kind) else licences.name(kind)
    price = prices.get(known, found.total.price)
    if price is None:
        return None
    digits = 0 if float(price).is_integer() else 2
    currency = one.workspace.settings.currency
    return formats.money(price, one.visit.language, currency=currency, digits=digits)


def _left_out(one: Scene) -> None:
    """Say how many people on leave are not on the list."""
    rows = _accounts(one)
    idle = rows["state"].isin(["never_activated", "dormant", "absent"])
    count = int((idle & rows["is_on_leave"]).sum())
    if count:
        said = plural("page.lifecycle.lists.on_leave", count, one.visit.language)
        components.show(components.note(said))
