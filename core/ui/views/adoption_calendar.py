"""The month day by day: a card a profile, or the teams first when people are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from core import indicators, periods
from core.charts.month import PRESENT
from core.i18n import formats, plural
from core.profile_parts import expected_days
from core.profiles import PROFILES
from core.scene import Scene
from core.ui import components
from core.ui.heatmap import Row, heat_legend, heat_map
from core.ui.views.person_words import (
    days_moved,
    profile_name,
    records,
)

# More people than this are first shown by team.
MANY = 60

Days = dict[str, dict[dt.date, int]]


def draw(one: Scene) -> None:
    """Draw the calendar of the people left by the filters."""
    people = indicators.members(one.shown)
    people = people[people["verdict"] != "excluded"]
    components.show(heat_legend(one.look, with_actions=one.has_actions))
    if len(people) > MANY and not one.filters.team:
        team = _teams(one, people)
        people = people[people["team"].fillna("") == team]
    days = _days(one)
    for profile in (*PROFILES, None):
        kept = people["profile"]
        part = people[kept.isna() if profile is None else kept.eq(profile)]
        if len(part):
            _card(one, profile, part, days)


def _days(one: Scene) -> Days:
    """Return the actions of each person's active days of the month."""
    rows = one.workspace.query(
        "mart_user_day",
        first_day=one.period.first_day.isoformat(),
        last_day=one.period.as_of.isoformat(),
    )
    found: Days = {}
    for user, day, actions in zip(
        rows["user_id"], rows["day"].dt.date, rows["action_count"], strict=True
    ):
        found.setdefault(user, {})[day] = int(actions) if one.has_actions else PRESENT
    return found


def _rows(one: Scene, people: pd.DataFrame, days: Days) -> list[Row]:
    ordered = people.sort_values(
        ["active_days", "actions", "name"], ascending=[False, False, True]
    )
    rows = []
    for person in records(ordered):
        active = person["active_days"]
        rows.append(
            Row(
                name=str(person["name"]),
                days=days.get(person["user_id"], {}),
                total=0 if pd.isna(active) else int(active),
                change=days_moved(person, is_running=one.period.is_running),
            )
        )
    return rows


def _title(one: Scene, profile: str | None, count: int) -> tuple[str, str]:
    visit = one.visit
    name = profile_name(one.look, profile)
    people = plural("count.person", count, visit.language)
    title = visit.text("page.adoption.group", name=name, people=people)
    if profile is None:
        return title, visit.text("page.adoption.no_range")
    low, high = expected_days(one, profile, one.period.working_days)
    note = visit.text("page.adoption.range", low=low, high=high)
    return title, note


def _card(one: Scene, profile: str | None, people: pd.DataFrame, days: Days) -> None:
    rows = _rows(one, people, days)
    title, note = _title(one, profile, len(rows))
    with st.container(border=True, key=f"card_heat_{profile or 'none'}"):
        head = components.heading(title, note, profile=profile or "unclassified")
        components.show(head, _map(one, rows, f"{title}, {note}"))


def _map(one: Scene, rows: Iterable[Row], caption: str) -> str:
    shown, closed = periods.weekdays(one.workspace, one.period.month)
    return heat_map(list(rows), shown, one.look, caption=caption, closed=closed)


def _teams(one: Scene, people: pd.DataFrame) -> str:
    """Draw a row a team, mean actions of its people a day; return the one unfolded."""
    visit, days = one.visit, _days(one)
    rows, names = [], []
    groups = one.groups("team")
    figures = dict(zip(groups["team"].fillna(""), records(groups), strict=True))
    parts = people.groupby(people["team"].fillna(""))
    for team, part in sorted(parts, key=lambda pair: formats.sorting(pair[0])):
        sums: dict[dt.date, int] = {}
        for user in part["user_id"]:
            for day, actions in days.get(user, {}).items():
                sums[day] = sums.get(day, 0) + actions
        count = len(part)
        names.append(str(team))
        # The same figures as the table of the teams: those of the people judged.
        told = figures.get(team, {})
        median, moved = told.get("active_days"), told.get("days_moved")
        rows.append(
            Row(
                name=str(team) or visit.text("page.adoption.no_team"),
                days={day: _mean(total, count) for day, total in sums.items()},
                total=0 if median is None or pd.isna(median) else round(median),
                change=None if moved is None or pd.isna(moved) else round(moved),
            )
        )
    title = visit.text("page.adoption.by_team", count=len(people))
    with st.container(border=True, key="card_heat_teams"):
        note = visit.text("page.adoption.by_team_note")
        components.show(components.heading(title, note), _map(one, rows, title))
    lag = [team.name for team in indicators.lagging(one.teams, one.usage)]
    first = names.index(lag[0]) if lag and lag[0] in names else 0
    if st.session_state.get("unfold") not in names:
        st.session_state["unfold"] = names[first]
    chosen = st.selectbox(
        visit.text("page.adoption.unfold"),
        names,
        format_func=lambda name: name or visit.text("page.adoption.no_team"),
        key="unfold",
        width=360,
    )
    return str(chosen)


def _mean(total: int, count: int) -> int:
    """Return the actions of a day per person, 1 at least where there is any."""
    return PRESENT if total < 0 else max(1, round(total / count)) if total else 0
