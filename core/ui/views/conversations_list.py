"""Every account with its silence: filtered, sorted and sent a page at a time.

What is chosen stands in the address, so that a list can be shared and an account's page
leads back to it; the words searched for stay in the visit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from core import conversations
from core.i18n import formats, plural
from core.ui import components, links
from core.ui.views import conversations_files
from core.ui.views import conversations_words as words
from core.visit import Visit
from core.workspace import Workspace

PAGE, PAGE_PHONE = 20, 6
SORTS = ("stake", "silence", "worth", "name")
_STATES = ("silent", "quiet", "talking", "new", "one_contact", "one_user")
_CELLS = ("state", "gap", "open", "won", "holder")
_SEARCHED = "search"
_KEPT = ("status", "team", "owner", "kind", "deals", "sort")


def kept() -> dict[str, str]:
    """Return what the address holds of the list, to come back to it."""
    found = {name: st.query_params.get(name) for name in (*_KEPT, _SEARCHED, "page")}
    return {name: value for name, value in found.items() if value}


def draw(visit: Visit, workspace: Workspace, as_of: date) -> None:
    """Draw the accounts that the filters leave, a page of them."""
    rows = conversations.accounts(workspace, as_of)
    with st.container(border=True, key="card_accounts"):
        title = visit.text("page.conversations.accounts")
        components.show(components.heading(title))
        chosen = _filters(visit, rows)
        left = _ordered(_left(rows, chosen), chosen["sort"])
        count = plural("count.account", len(left), visit.language)
        components.show(components.status(count))
        if left.empty:
            nothing = visit.text("page.conversations.nobody")
            components.show(components.notice("info", nothing))
        else:
            size = PAGE_PHONE if visit.is_phone else PAGE
            page = _page(len(left), size)
            shown = left.iloc[page * size : (page + 1) * size]
            _rows(visit, words.records(shown))
            _pager(visit, page, len(left), size)
        conversations_files.draw(visit, workspace, as_of, "silent")


def _take(name: str) -> None:
    """Put a choice into the address; the list starts again at its first page."""
    value = st.session_state.get(f"conversations_{name}")
    st.query_params.pop("page", None)
    if value:
        st.query_params[name] = str(value)
    else:
        st.query_params.pop(name, None)


def _pick(
    visit: Visit, name: str, options: Sequence[str], written: Callable[[str], str]
) -> str:
    """Draw one box of choices; "" stands for every one, SORTS have no such choice."""
    values = list(options) if name == "sort" else ["", *options]
    asked = st.query_params.get(name, values[0])
    key = f"conversations_{name}"
    st.session_state[key] = asked if asked in values else values[0]
    st.selectbox(
        visit.text(f"page.conversations.filter.{name}"),
        values,
        format_func=lambda value: (
            written(value) if value else visit.text(f"page.conversations.every.{name}")
        ),
        key=key,
        on_change=_take,
        args=(name,),
        label_visibility="collapsed",
    )
    return str(st.session_state[key])


def _known(rows: pd.DataFrame, column: str) -> list[str]:
    return sorted(rows[column].dropna().unique(), key=formats.sorting)


def _filters(visit: Visit, rows: pd.DataFrame) -> dict[str, str]:
    """Draw the search and the boxes; return what is asked."""
    text = visit.text
    chosen = dict.fromkeys(_KEPT, "")
    with st.container(horizontal=True, key="account_search", gap="small"):
        asked = st.query_params.get(_SEARCHED, "")[:120]
        st.session_state["conversations_words"] = asked
        st.text_input(
            text("page.conversations.filter.search"),
            key="conversations_words",
            placeholder=text("page.conversations.filter.search"),
            on_change=_search,
            label_visibility="collapsed",
        )
        chosen["search"] = asked
        chosen["sort"] = _pick(
            visit, "sort", SORTS, lambda one: text(f"page.conversations.sort.{one}")
        )
    label = text("page.conversations.filters")
    with (
        st.expander(label, key="more_filters") if visit.is_phone else nullcontext(),
        st.container(horizontal=True, key="account_filters", gap="small"),
    ):
        chosen["status"] = _pick(
            visit,
            "status",
            _STATES,
            lambda one: text(f"page.conversations.state.{one}"),
        )
        for name, column in (("team", "team"), ("kind", "account_type")):
            options = _known(rows, column)
            if len(options) > 1:
                chosen[name] = _pick(visit, name, options, str)
        owners = rows.dropna(subset=["owner_id"]).drop_duplicates("owner_id")
        if chosen["team"]:
            owners = owners[owners["team"] == chosen["team"]]
        names = dict(zip(owners["owner_id"], owners["owner_name"], strict=True))
        if len(names) > 1:
            order = sorted(names, key=lambda one: formats.sorting(names[one]))
            chosen["owner"] = _pick(
                visit, "owner", order, lambda one: str(names.get(one, one))
            )
        if rows["open_count"].any():
            chosen["deals"] = _pick(
                visit, "deals", ["open"], lambda _: text("page.conversations.open")
            )
    return chosen


def _search() -> None:
    words_asked = st.session_state["conversations_words"].strip()
    st.query_params.pop("page", None)
    if words_asked:
        st.query_params[_SEARCHED] = words_asked[:120]
    else:
        st.query_params.pop(_SEARCHED, None)


def _left(rows: pd.DataFrame, chosen: dict[str, str]) -> pd.DataFrame:
    """Return the accounts that the filters leave."""
    status = chosen["status"]
    if status in ("one_contact", "one_user"):
        rows = rows[rows[f"has_{status}"] & (rows["state"] != "new")]
    elif status == "silent":
        rows = rows[rows["is_silent"]]
    elif status:
        rows = rows[rows["state"] == status]
    columns = {"team": "team", "kind": "account_type", "owner": "owner_id"}
    for name, column in columns.items():
        if chosen[name]:
            rows = rows[rows[column] == chosen[name]]
    if chosen["deals"]:
        rows = rows[rows["open_count"] > 0]
    if chosen["search"]:
        asked = formats.sorting(chosen["search"])
        found = [asked in formats.sorting(name) for name in rows["name"]]
        rows = rows[found]
    return rows


def _ordered(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Return the accounts in the order asked; those never talked to count as longest.

    Stake is what is open with the accounts whose silence is too long, worth what is
    open and won with any, in the currency used most; others come after.
    """
    if sort == "name":
        return rows.sort_values("name", key=lambda names: names.map(formats.sorting))
    is_waiting = rows["state"].isin(["silent", "never", "quiet"])
    rows = rows.assign(
        worth=rows["open_amount"] + rows["won_amount"],
        stake=rows["open_amount"].where(is_waiting, -1.0),
        rank=rows["gap"].fillna(float("inf")),
    )
    keys = {
        "stake": ["stake", "rank"],
        "silence": ["rank", "worth"],
        "worth": ["worth", "rank"],
    }[sort]
    return rows.sort_values([*keys, "account_id"], ascending=[False, False, True])


def _page(count: int, size: int) -> int:
    asked = st.query_params.get("page", "1")
    number = int(asked) if asked.isdecimal() else 1
    return min(max(number, 1), (count + size - 1) // size) - 1


def _rows(visit: Visit, rows: list[dict[str, Any]]) -> None:
    """Draw one line an account: its name leads to its conversation."""
    back = kept()
    heads = "".join(
        f"<span>{escape(visit.text(f'page.conversations.column.{name}'))}</span>"
        for name in ("account", *_CELLS)
    )
    components.show(f'<p class="account_head" aria-hidden="true">{heads}</p>')
    for row in rows:
        with st.container(horizontal=True, key=f"account_row_{row['account_id']}"):
            links.page_link(
                visit,
                "conversations",
                links.plain(str(row["name"])),
                **{**back, "account": str(row["account_id"])},
            )
            components.show(_line(visit, row))


def _line(visit: Visit, row: dict[str, Any]) -> str:
    """Return the state, the silence, what is open and won, and who holds it."""
    language, state = visit.language, str(row["state"])
    word = visit.text(f"page.conversations.state.{state}")
    gap = row["gap"]
    cells = {
        "state": components.chip(words.CHIPS[state], word),
        "gap": "" if formats.is_absent(gap) else escape(words.length(gap, language)),
        **{name: escape(said) for name, said in words.sums(visit, row).items()},
        "holder": escape(words.holder(row)),
    }
    shown = "".join(f'<span class="{name}">{cells[name]}</span>' for name in _CELLS)
    return f'<p class="account">{shown}</p>'


def _pager(visit: Visit, page: int, count: int, size: int) -> None:
    """Draw the way to the pages before and after."""
    last = (count + size - 1) // size
    if last < 2:
        return
    with st.container(horizontal=True, key="account_pager", gap="small"):
        for name, to, off in (
            ("previous", page, page == 0),
            ("next_page", page + 2, page + 1 >= last),
        ):
            st.button(
                visit.text(f"page.conversations.{name}"),
                key=f"accounts_{name}",
                on_click=_go,
                args=(to,),
                disabled=off,
            )
        components.show(
            components.status(
                visit.text(
                    "page.conversations.page",
                    first=formats.number(page * size + 1, visit.language),
                    last=formats.number(min(count, (page + 1) * size), visit.language),
                    count=formats.number(count, visit.language),
                )
            )
        )


def _go(page: int) -> None:
    st.query_params["page"] = str(page)
