"""One person's card: profile, verdict and why, their month, their months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core import indicators
from core.charts.month import PRESENT, month_calendar
from core.charts.trend import trend
from core.i18n import formats, plural
from core.profile_parts import expected_days
from core.scene import Scene
from core.ui import components, drawings, filters
from core.ui.components import Stat
from core.ui.views.person_words import (
    days_moved,
    profile_name,
    profile_reason,
    records,
    why,
)

_HISTORY = 6
# A median of fewer people than this says nothing.
_FEW = 3


def asked(one: Scene) -> Mapping[str, Any] | None:
    """Return the row of the person in the address, if they may be shown."""
    wanted = st.query_params.get("person")
    if not wanted or not one.shows_people:
        return None
    rows = one.shown[one.shown["user_id"] == wanted]
    return next(iter(records(rows)), None)


def choose(user_id: str | None) -> None:
    """Put a person in the address, or take them out of it."""
    if user_id:
        st.query_params["person"] = user_id
    else:
        st.query_params.pop("person", None)


def draw(one: Scene, row: Mapping[str, Any], *, is_wide: bool = True) -> None:
    """Draw the card of the person of ``row``, in two columns if it may be wide."""
    with st.container(border=True, key="card_person"):
        if is_wide:
            left, right = st.columns(2, gap="large")
            with left:
                _who(one, row)
            with right:
                _calendar(one, row)
                _history(one, row)
            return
        _who(one, row)
        _calendar(one, row)
        _history(one, row)


def _who(one: Scene, row: Mapping[str, Any]) -> None:
    visit, look = one.visit, one.look
    profile = row["profile"] if isinstance(row["profile"], str) else None
    team = row["team"] if isinstance(row["team"], str) else None
    name = profile_name(look, profile)
    state = str(row["verdict"])
    symbol = components.symbol(profile, f"{name}, {team}" if team else name)
    components.show(
        components.heading(
            str(row["name"]), state=state, word=visit.text(f"verdict.{state}")
        ),
        f'<p class="note">{symbol}</p>',
    )
    components.show(components.paragraph(why(look, row)))
    components.show(
        components.stat_list(_stats(one, row, profile)),
        components.note(profile_reason(look, row)),
        components.note(_team_median(one, row, team)),
    )
    with st.container(horizontal=True, key="person_actions"):
        if team and not one.filters.team:
            st.button(
                visit.text("page.adoption.see_team", team=team),
                key="person_team",
                on_click=filters.choose,
                args=("team", team),
            )
        if asked(one) is not None:
            label = visit.text("action.close_card")
            st.button(label, key="person_close", on_click=_close)


def _close() -> None:
    st.session_state["person"] = None
    choose(None)


def _known(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _stats(one: Scene, row: Mapping[str, Any], profile: str | None) -> list[Stat]:
    visit, look = one.visit, one.look
    expected = _known(row["expected_days"])
    days = f"**{look.number(_known(row['active_days']))}**"
    if expected is not None:
        days = visit.text("page.adoption.of", value=days, whole=look.number(expected))
    moved = days_moved(row, is_running=one.period.is_running)
    stats = [Stat(visit.text("page.adoption.column.active_days"), days)]
    if profile and expected:
        low, high = expected_days(one, profile, round(expected))
        words = visit.text("page.adoption.low_to_high", low=low, high=high)
        stats.append(Stat(visit.text("page.adoption.expected_range"), words))
    for column in ("login_days", *(["actions"] if one.has_actions else [])):
        label = visit.text(f"page.adoption.column.{column}")
        stats.append(Stat(label, look.number(_known(row[column]))))
    if moved is not None:
        label = visit.text("page.adoption.column.days_moved")
        stats.append(Stat(label, formats.signed(moved, visit.language)))
    low_end, high_end = _known(row["range_low"]), _known(row["range_high"])
    if low_end is not None and high_end is not None and round(high_end):
        words = visit.text(
            "page.adoption.low_to_high", low=round(low_end), high=round(high_end)
        )
        stats.append(Stat(visit.text("page.adoption.usual"), words))
    return stats


def _team_median(one: Scene, row: Mapping[str, Any], team: str | None) -> str:
    if not team:
        return ""
    judged = indicators.judged(one.everyone)
    mates = judged[judged["team"].eq(team)]["active_days"].dropna()
    if len(mates) < _FEW:
        return ""
    median = plural("count.day", round(float(mates.median())), one.visit.language)
    return one.visit.text("page.adoption.team_median", team=team, median=median)


def _calendar(one: Scene, row: Mapping[str, Any]) -> None:
    visit = one.visit
    rows = one.workspace.query(
        "mart_user_calendar",
        user_id=row["user_id"],
        first_day=one.period.first_day.isoformat(),
        last_day=one.period.last_day.isoformat(),
    )
    days: dict[dt.date, int | None] = {}
    for day, logins, actions in zip(
        rows["day"].dt.date, rows["login_count"], rows["action_count"], strict=True
    ):
        seen = (logins or 0) + (actions or 0) > 0
        known = int(actions or 0) if one.has_actions else PRESENT
        days[day] = known if seen else None
    if not days:
        return
    month = formats.month(one.period.month, visit.language)
    title = formats.capital(month)
    worked = sum(actions is not None for actions in days.values())
    count = plural("count.day", worked, visit.language)
    alt = visit.text("page.adoption.person_alt", count=count, month=month)
    off = rows.dropna(subset=["holiday"])
    holidays = dict(zip(off["day"].dt.date, off["holiday"], strict=True))
    figure = month_calendar(
        days, one.look, title=title, alt_text=alt, holidays=holidays
    )
    drawings.draw(visit, figure, "person_month")


def _history(one: Scene, row: Mapping[str, Any]) -> None:
    visit = one.visit
    rows = one.workspace.query("mart_user_history", user_id=row["user_id"])
    rows = rows[rows["month"] <= one.period.month].sort_values("month").tail(_HISTORY)
    if len(rows) < 2 or not rows["active_days"].sum():
        return
    running = one.period.month if one.period.is_running else ""
    frame = pd.DataFrame(
        {
            "month": rows["month"],
            "value": rows["active_days"].where(rows["expected_days"] > 0),
            "is_complete": rows["month"] != running,
        }
    )
    values = [one.look.number(value) for value in frame["value"]]
    title = visit.text("page.adoption.history_title")
    figure = trend(
        frame,
        one.look,
        title=title,
        alt_text=visit.text(
            "page.adoption.history_alt",
            values=formats.listing(values, visit.language),
        ),
        indicator=visit.text("page.adoption.column.active_days"),
        written=one.look.number,
        height=130,
    )
    drawings.draw(visit, figure, "person_history")
