"""The people to call: whom to keep, in which order, and one page of them."""

from __future__ import annotations

import re
from html import escape
from typing import cast

import pandas as pd
import streamlit as st

from core.campaigns import call_list
from core.campaigns.call_list import Choice, Condition, Order
from core.campaigns.counts import Campaign
from core.i18n import formats, plural
from core.ui import components
from core.ui.tables import Html, table
from core.ui.views import call_lists_files as files
from core.visit import Visit

_FIRST, _FIRST_PHONE = 8, 4
_ORDERS: tuple[Order, ...] = ("worth", "oldest")
_SHOWN = ("name", "company", "title", "phone", "owner_name", "click_count")


def chosen(people: pd.DataFrame) -> Choice:
    """Return what the filters ask of these people; what they have not is dropped."""
    asked = st.session_state
    for key, column in (("call_owner", "owner_id"), ("call_team", "owner_team")):
        if asked.get(key) is not None and not (people[column] == asked[key]).any():
            asked[key] = None
    useful = call_list.useful(people)
    conditions = [one for one in asked.get("call_conditions") or () if one in useful]
    if conditions != list(asked.get("call_conditions") or ()):
        asked["call_conditions"] = conditions
    return Choice(
        owner=asked.get("call_owner"),
        team=asked.get("call_team"),
        conditions=frozenset(cast(list[Condition], conditions)),
        order=asked.get("call_order") or "worth",
    )


def clear() -> None:
    """Ask for everybody again."""
    for key in ("call_owner", "call_team"):
        st.session_state[key] = None
    st.session_state["call_conditions"] = []


def arrive(campaign: Campaign) -> None:
    """Keep those not called yet where the address asks for them; they may be undone."""
    if st.query_params.get("keep") != "waiting":
        return
    if st.session_state.get("call_arrived") != campaign.campaign_id:
        st.session_state["call_arrived"] = campaign.campaign_id
        st.session_state["call_conditions"] = ["waiting"]


def keep_waiting() -> None:
    """Ask for those alone who were not called yet."""
    kept = st.session_state.get("call_conditions") or []
    st.session_state["call_conditions"] = [*kept, "waiting"]
    _first_page()


def draw(visit: Visit, campaign: Campaign) -> None:
    """Draw the filters, and a page of the people they leave."""
    assert visit.workspace is not None
    everybody = call_list.read(visit.workspace, campaign.campaign_id)
    choice = chosen(everybody)
    people = call_list.select(everybody, choice)
    title = plural("list.call.heading", len(people), visit.language)
    note = visit.text(f"list.order.{choice.order}.help")
    if not visit.workspace.has("contact"):
        note = visit.text("list.call.no_contact")
    with st.container(key="card_call_list"):
        components.show(components.heading(title, note))
        _filters(visit, everybody)
        if people.empty:
            components.show(components.paragraph(visit.text("list.call.no_match")))
            label = visit.text("filter.clear_all")
            st.button(label, key="call_clear", on_click=clear)
            return
        _page(visit, people, title)


def _filters(visit: Visit, people: pd.DataFrame) -> None:
    owners = people.dropna(subset="owner_id").drop_duplicates("owner_id")
    names = dict(zip(owners["owner_id"], owners["owner_name"], strict=True))
    teams = sorted(people["owner_team"].dropna().unique(), key=formats.sorting)
    with st.container(horizontal=True, key="call_filters", gap="small"):
        if len(names) > 1:
            _select(
                visit,
                "owner",
                sorted(names, key=lambda key: formats.sorting(names[key])),
                names,
            )
        if len(teams) > 1:
            _select(visit, "team", teams, {team: team for team in teams})
        st.selectbox(
            visit.text("list.order"),
            _ORDERS,
            format_func=lambda order: visit.text(f"list.order.{order}"),
            key="call_order",
            on_change=_first_page,
        )
    if useful := call_list.useful(people):
        st.pills(
            visit.text("list.conditions"),
            useful,
            selection_mode="multi",
            format_func=lambda one: visit.text(f"list.condition.{one}"),
            key="call_conditions",
            on_change=_first_page,
        )


def _select(visit: Visit, name: str, options: list[str], names: dict[str, str]) -> None:
    st.selectbox(
        visit.text(f"list.owner_{name}" if name == "team" else "list.owner_name"),
        options,
        index=None,
        format_func=lambda key: names[key],
        placeholder=visit.text(f"list.every_{name}"),
        key=f"call_{name}",
        on_change=_first_page,
    )


def _first_page() -> None:
    st.session_state["call_page"] = 0


def _turn(pages: int) -> None:
    st.session_state["call_page"] = st.session_state.get("call_page", 0) + pages


def _page(visit: Visit, people: pd.DataFrame, title: str) -> None:
    """Draw one page of the people: the browser is sent no other."""
    size = _FIRST_PHONE if visit.is_phone else _FIRST
    last = (len(people) - 1) // size
    page = min(max(st.session_state.get("call_page", 0), 0), last)
    st.session_state["call_page"] = page
    shown = people.iloc[page * size : (page + 1) * size]
    headings = {
        name: words
        for name, words in files.columns(visit, people, "call").items()
        if name in _SHOWN
    }
    headings |= {"clicked_day": visit.text("list.clicked_day")}
    headings |= {"remarks": visit.text("list.remarks")}
    if not people["clicked_day"].notna().any():
        headings.pop("clicked_day")
    rows = [
        _row(visit, record)
        for record in files.in_words(visit, shown).to_dict("records")
    ]
    if not any(row["remarks"] for row in rows):
        headings.pop("remarks")
    components.show(table(headings, rows, caption=title, numeric={"click_count"}))
    if not last:
        return
    first = page * size + 1
    with st.container(
        horizontal=True, key="call_pages", vertical_alignment="center", gap="small"
    ):
        st.button(
            visit.text("list.previous"),
            key="call_previous",
            on_click=_turn,
            args=(-1,),
            disabled=page == 0,
        )
        st.button(
            visit.text("list.next"),
            key="call_next",
            on_click=_turn,
            args=(1,),
            disabled=page == last,
        )
        span = visit.text(
            "list.span",
            first=formats.number(first, visit.language),
            last=formats.number(first + len(shown) - 1, visit.language),
            count=formats.number(len(people), visit.language),
        )
        components.show(components.status(span))


def _row(visit: Visit, person: dict[object, object]) -> dict[str, str | None]:
    """Return a person's cells, written for the reader; None is not known."""
    language = visit.language
    cells: dict[str, str | None] = {
        name: None if formats.is_absent(person[name]) else str(person[name])
        for name in ("name", "company", "title", "owner_name")
    }
    phones = [person[name] for name in ("phone", "mobile")]
    known = [str(one) for one in phones if not formats.is_absent(one)]
    cells["phone"] = _dialled(known[0]) if known else None
    clicks, day = person["click_count"], person["clicked_day"]
    if not formats.is_absent(clicks):
        cells["click_count"] = formats.number(clicks, language)
    if not formats.is_absent(day):
        # A day never breaks over lines.
        cells["clicked_day"] = formats.day(day, language).replace(" ", "\u00a0")
    cells["remarks"] = Html(
        "".join(components.note(one) for one in _remarks(visit, person))
    )
    return cells


def _remarks(visit: Visit, person: dict[object, object]) -> list[str]:
    """Return in words what to know before the call."""
    found = []
    if person["do_not_call"]:
        found.append(visit.text("list.remark.do_not_call"))
    if not formats.is_absent(person["click_doubt"]):
        found.append(str(person["click_doubt"]))
    if person["has_open_opportunity"]:
        amount = person["opportunity_amount"]
        said = visit.text("list.remark.opportunity")
        if not formats.is_absent(amount):
            currency = str(person["currency"] or "EUR")
            written = formats.money(amount, visit.language, currency=currency)
            said = visit.text("list.remark.opportunity_of", amount=written)
        stage = person["opportunity_stage"]
        found.append(said if formats.is_absent(stage) else f"{said}, {stage}")
    if not formats.is_absent(person["last_call_day"]):
        day = formats.day(person["last_call_day"], visit.language)
        found.append(visit.text("list.remark.called", day=day))
    return found


def _dialled(number: str) -> Html:
    """Return a telephone number that a phone calls when it is touched."""
    digits = re.sub(r"[^\d+]", "", number)
    shown = escape(number.replace(" ", "\u00a0"))
    return Html(f'<a href="tel:{digits}">{shown}</a>' if digits else shown)
