"""The month day by day: a card a profile, or the teams first when people are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from core import indicators, periods
from core.charts.month import PRESENT
from core.i18n import formats, plural
from core.profile_parts import expected_days
from core.profiles import PROFILES
from core.scene import Scene
from core.ui import addressed, components
from core.ui.heatmap import Row, heat_legend, heat_map
from core.ui.team_map import TeamRow, team_legend, team_map
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
    days = _days(one)
    if len(people) > MANY and not one.filters.team:
        _teams(one, indicators.judged(people), days)
        team = _unfolded(one, people)
        people = people[people["team"].fillna("") == team]
    components.show(heat_legend(one.look, with_actions=one.has_actions))
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


def _title(one: Scene, profile: str | None, count: int, judged: int) -> tuple[str, str]:
    visit = one.visit
    name = profile_name(one.look, profile)
    people = plural("count.person", count, visit.language)
    if judged < count:
        people = visit.text("page.adoption.of_whom", people=people, judged=judged)
    title = visit.text("page.adoption.group", name=name, people=people)
    if profile is None:
        return title, visit.text("page.adoption.no_range")
    low, high = expected_days(one, profile, one.period.working_days)
    note = visit.text("page.adoption.range", low=low, high=high)
    return title, note


def _card(one: Scene, profile: str | None, people: pd.DataFrame, days: Days) -> None:
    rows = _rows(one, people, days)
    judged = len(indicators.judged(people))
    title, note = _title(one, profile, len(rows), judged)
    with st.container(border=True, key=f"card_heat_{profile or 'none'}"):
        head = components.heading(title, note, profile=profile or "unclassified")
        components.show(head, _map(one, rows, f"{title}, {note}"))


def _map(one: Scene, rows: Iterable[Row], caption: str) -> str:
    shown, closed = periods.weekdays(one.workspace, one.period.month)
    return heat_map(list(rows), shown, one.look, caption=caption, closed=closed)


def _teams(one: Scene, people: pd.DataFrame, days: Days) -> None:
    """Draw a row a team, the share of it that came each day; worst rhythm first."""
    visit = one.visit
    rows = []
    for group in records(one.groups("team").dropna(subset=["team"])):
        part = people[people["team"].eq(group["team"])]
        if group["is_suppressed"] or not group["judged"] or not len(part):
            continue
        came: dict[dt.date, int] = {}
        for user in part["user_id"]:
            for day in days.get(user, {}):
                came[day] = came.get(day, 0) + 1
        pace = float(group["in_range"]) / float(group["judged"])
        name = str(group["team"])
        query = {"month": one.filters.month, "team": name, "lang": visit.language}
        rows.append(
            TeamRow(
                name=name,
                people=len(part),
                present=came,
                pace=pace,
                state=indicators.share_state(pace).replace("sick", "at_risk"),
                days=_known(group["active_days"]),
                change=_known(group["days_moved"]),
                address=f"adoption?{urlencode(query)}",
            )
        )
    rows.sort(key=lambda row: (row.pace, -row.people, formats.sorting(row.name)))
    title = visit.text("page.adoption.by_team", count=len(people))
    shown, closed = periods.weekdays(one.workspace, one.period.month)
    with st.container(border=True, key="card_heat_teams"):
        note = visit.text("page.adoption.by_team_note")
        drawn = team_map(rows, shown, one.look, caption=title, closed=closed)
        components.show(components.heading(title, note), team_legend(one.look), drawn)


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _unfolded(one: Scene, people: pd.DataFrame) -> str:
    """Draw the box that unfolds a team, and return the team that it holds."""
    visit = one.visit
    names = sorted(people["team"].fillna("").unique(), key=formats.sorting)
    lag = [team.name for team in indicators.lagging(one.teams, one.usage)]
    first = names.index(lag[0]) if lag and lag[0] in names else 0
    chosen = st.selectbox(
        visit.text("page.adoption.unfold"),
        names,
        format_func=lambda name: name or visit.text("page.adoption.no_team"),
        width=360,
        **addressed.one_of("unfold", "unfold", names, names[first]),
    )
    return str(chosen)
