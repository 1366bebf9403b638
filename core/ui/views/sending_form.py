"""What the planner asks: the mailing, its days, its hours, who calls afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from core.campaigns import counts
from core.campaigns.counts import Campaign
from core.i18n import formats
from core.planner import HORIZON, Plan
from core.rules import Rules
from core.sending import request as requests
from core.sending import tools
from core.sending.request import (
    LISTS,
    MOST,
    MOST_CALLERS,
    MOST_CALLS,
    NO_LIMIT,
    Request,
)
from core.ui import components
from core.ui.language import reader_zone
from core.ui.views import sending_words as words
from core.visit import Visit

_KEPT = "sending_plan"
_CAMPAIGNS = 12
_HOURS = (9, 18)
# Worked days after the plan that can be left out too: they replace those taken out.
_AFTER = 10


@dataclass(frozen=True)
class Asked:
    """The request of the address, and the campaigns that it may be about."""

    request: Request
    campaigns: tuple[Campaign, ...]
    today: date
    rules: Rules

    @property
    def campaign(self) -> Campaign | None:
        """The campaign that the mailing belongs to, if the address names one."""
        named = (c for c in self.campaigns if c.campaign_id == self.request.campaign)
        return next(named, None)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """The recipients of each list of each campaign."""
        return _counts(self.campaigns)


def today() -> date:
    """Return the reader's day."""
    return datetime.now(reader_zone()).date()


def read(visit: Visit) -> Asked:
    """Return what is asked: by the address, else as it was left in this visit."""
    assert visit.workspace is not None
    rules = Rules.of(visit.workspace.settings.rules)
    known: Sequence[Campaign] = ()
    if visit.workspace.has("campaign_member") or visit.workspace.has("campaign"):
        known = counts.read(visit.workspace.query("mart_campaign_funnel"))
    query: Mapping[str, str] | None = {
        name: st.query_params[name]
        for name in requests.NAMES
        if name in st.query_params
    }
    if not query:
        query = st.session_state.get(_KEPT)
    if query is None:
        query = _first(known)
    day = today()
    found = requests.read(
        query,
        today=day,
        limits=tools.daily_limits(rules),
        counts=_counts(known),
    )
    st.session_state[_KEPT] = query = found.query()
    for name in requests.NAMES:
        if name not in query:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != query[name]:
            st.query_params[name] = query[name]
    return Asked(found, tuple(known), day, rules)


def _first(known: Sequence[Campaign]) -> dict[str, str]:
    """Return the address of the plan most likely wanted: the latest second mail."""
    dated = [one for one in known if one.second_mail and not pd.isna(one.start_day)]
    if not dated:
        return {}
    latest = max(dated, key=lambda one: pd.Timestamp(one.start_day))
    return {"campaign": latest.campaign_id, "list": "second_mail"}


def _counts(known: Sequence[Campaign]) -> dict[tuple[str, str], int]:
    return {
        (campaign.campaign_id, name): count
        for campaign in known
        for name in LISTS
        if (count := getattr(campaign, name))
    }


def _put(values: Mapping[str, str]) -> None:
    """Write parameters of the address; an empty one leaves it."""
    for name, value in values.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _take(name: str) -> None:
    """Put what a box holds in the address."""
    value: Any = st.session_state[f"sending_{name}"]
    if name == "limit" and value is None:
        value = NO_LIMIT
    elif isinstance(value, bool):
        value = "1" * value
    elif isinstance(value, list):
        value = ",".join(day.isoformat() for day in value)
    elif isinstance(value, tuple):
        value = "{}-{}".format(*value)
    elif isinstance(value, float):
        value = f"{value:g}"
    _put({name: "" if value is None else str(value)})


def _take_source() -> None:
    campaign, listed = st.session_state["sending_source"]
    _put({"campaign": campaign, "list": listed, "n": ""})


def _take_tool() -> None:
    # Each tool has its own limit: the one typed for another says nothing here.
    _put({"tool": st.session_state["sending_tool"], "limit": ""})


def _take_hours() -> None:
    asked = st.session_state["sending_timed"]
    _put({"hours": "{}-{}".format(*_HOURS) if asked else ""})


def with_tool(name: str) -> dict[str, str]:
    """Return the address of the plan of this visit, sent from another tool."""
    kept: Mapping[str, str] = st.session_state.get(_KEPT, {})
    query = {key: value for key, value in kept.items() if key != "limit"}
    return {**query, "view": "plan", "tool": name}


def start_on(day: date) -> None:
    """Put the first day in the address; what a button does when it is pressed."""
    _put({"start": day.isoformat()})


def mailing(visit: Visit, asked: Asked) -> None:
    """Draw whom the mailing goes to, and the tool that sends it."""
    request, counts = asked.request, asked.counts
    if counts:
        names = {c.campaign_id: c.name for c in asked.campaigns[:_CAMPAIGNS]}
        named = [pair for pair in counts if pair[0] in names]
        chosen = (request.campaign, request.listed)
        if chosen not in named and request.campaign:
            named.append(chosen)
        if asked.campaign:
            names[asked.campaign.campaign_id] = asked.campaign.name
        st.session_state["sending_source"] = chosen
        st.selectbox(
            visit.text("page.sending.source"),
            [("", ""), *named],
            format_func=lambda pair: _source(visit, pair, names, counts),
            key="sending_source",
            on_change=_take_source,
        )
    _number(visit, "n", request.recipients, MOST, step=500)
    st.session_state["sending_tool"] = request.tool
    st.selectbox(
        visit.text("page.sending.tool"),
        list(tools.tools()),
        format_func=lambda name: visit.text(f"page.sending.tool.{name}"),
        key="sending_tool",
        on_change=_take_tool,
    )
    _number(
        visit,
        "limit",
        request.limit,
        MOST,
        step=500,
        placeholder=visit.text("page.sending.no_limit"),
    )
    components.show(components.note(words.limit_source(visit, request.tool)))


def _source(
    visit: Visit,
    pair: tuple[str, str],
    names: Mapping[str, str],
    counts: Mapping[tuple[str, str], int],
) -> str:
    campaign, listed = pair
    if not campaign:
        return visit.text("page.sending.typed")
    count = formats.number(counts[pair], visit.language)
    return visit.text(
        f"page.sending.list.{listed}", campaign=names[campaign], count=count
    )


def _number(
    visit: Visit,
    name: str,
    value: float | None,
    most: float,
    *,
    step: float = 1,
    placeholder: str | None = None,
) -> None:
    """Draw a box that may be empty."""
    is_whole = isinstance(most, int)
    if value is not None:
        value = int(value) if is_whole else float(value)
    st.session_state[f"sending_{name}"] = value
    st.number_input(
        visit.text(f"page.sending.{name}"),
        min_value=0 if is_whole else 0.0,
        max_value=most,
        step=int(step) if is_whole else float(step),
        format=None if is_whole else "%.1f",
        placeholder=placeholder,
        key=f"sending_{name}",
        on_change=_take,
        args=(name,),
    )


def days(visit: Visit, asked: Asked, plan: Plan) -> None:
    """Draw the first day, the days left out, Saturdays, the start of a new sender."""
    request = asked.request
    st.session_state["sending_start"] = request.start
    st.date_input(
        visit.text("page.sending.start"),
        min_value=min(request.start, asked.today - timedelta(days=HORIZON)),
        max_value=max(request.start, asked.today + timedelta(days=2 * HORIZON)),
        format="DD/MM/YYYY" if visit.language == "fr" else "YYYY-MM-DD",
        key="sending_start",
        on_change=_take,
        args=("start",),
    )
    st.session_state["sending_off"] = list(request.left_out)
    st.multiselect(
        visit.text("page.sending.off"),
        _avoidable(request, plan),
        format_func=lambda day: formats.long_day(day, visit.language),
        placeholder=visit.text("page.sending.off_none"),
        key="sending_off",
        on_change=_take,
        args=("off",),
    )
    for name, value in (("sat", request.saturdays), ("warm", request.warms_up)):
        st.session_state[f"sending_{name}"] = value
        st.toggle(
            visit.text(f"page.sending.{name}"),
            key=f"sending_{name}",
            on_change=_take,
            args=(name,),
        )
    if request.warms_up:
        components.show(components.note(words.warm_up(visit, asked.rules)))
    st.session_state["sending_timed"] = request.hours is not None
    st.toggle(
        visit.text("page.sending.timed"), key="sending_timed", on_change=_take_hours
    )
    if request.hours:
        st.session_state["sending_hours"] = request.hours
        st.slider(
            visit.text("page.sending.hours"),
            0,
            24,
            key="sending_hours",
            on_change=_take,
            args=("hours",),
        )


def _avoidable(request: Request, plan: Plan) -> list[date]:
    """Return the days that may be left out: sending days, and some after the last."""
    found = {batch.day for batch in plan.batches} | set(request.left_out)
    last = max(found, default=request.start)
    coming = (last + timedelta(days=n) for n in range(1, 3 * _AFTER))
    open_days = [day for day in coming if day.weekday() < 5]
    return sorted(found | set(open_days[:_AFTER]))


def callers(visit: Visit, asked: Asked, share: float | None) -> None:
    """Draw the share of recipients to call, who calls, and how much in a day."""
    typed = asked.request.share
    shown = typed if typed is not None else share
    _number(visit, "share", None if shown is None else round(100 * shown, 1), 100.0)
    _number(visit, "callers", asked.request.callers, MOST_CALLERS)
    _number(visit, "calls", calls_a_day(asked), MOST_CALLS)


def calls_a_day(asked: Asked) -> int:
    """Return the calls of one caller in a day: typed, else the rule in force."""
    typed = asked.request.calls
    return int(asked.rules["sending.calls"]) if typed is None else typed
