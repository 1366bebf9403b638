"""Days against actions by profile, and who moved most since the month before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import indicators
from core.charts.adoption import change_arrows, largest, scatter
from core.i18n import formats, plural
from core.profile_parts import expected_days
from core.profiles import PROFILES
from core.scene import Scene
from core.ui import components, drawings
from core.ui.views.person_words import (
    days_moved,
    profile_name,
    records,
)


def days_and_actions(one: Scene) -> str | None:
    """Draw a chart a profile; return the person whose point was clicked."""
    judged = indicators.judged(one.shown)
    profiles = [name for name in PROFILES if judged["profile"].eq(name).any()]
    picked = None
    columns = st.columns(max(2, len(profiles)), gap="small")
    for column, profile in zip(columns, profiles, strict=False):
        with column, st.container(border=True, key=f"card_points_{profile}"):
            part = judged[judged["profile"].eq(profile)]
            picked = _points(one, profile, part) or picked
    visit = one.visit
    states = [("healthy", "in_range"), ("watch", "below"), ("at_risk", "far_below")]
    signs = " ".join(
        components.chip(state, visit.text(f"page.adoption.{words}"))
        for state, words in states
    )
    note = components.note(visit.text("page.adoption.points_note"))
    components.show(f"<div>{signs}</div>", note)
    return picked


def _points(one: Scene, profile: str, people: pd.DataFrame) -> str | None:
    visit = one.visit
    # The range is one of active days: a session may stay open for a week.
    frame = people.assign(login_days=people["active_days"].fillna(0))
    frame["actions"] = frame["actions"].fillna(0)
    low, high = expected_days(one, profile, one.period.working_days)
    kept = int(people["verdict"].eq("healthy").sum())
    said = visit.text("page.adoption.in_pace", ok=kept, n=len(people))
    figure = scatter(
        frame,
        one.look,
        title=profile_name(one.look, profile),
        alt_text=said.replace("**", ""),
        expected=(low, high),
        days_max=max(one.period.working_days, int(frame["login_days"].max())),
    )
    return drawings.draw(
        visit,
        figure,
        f"points_{profile}",
        subtitle=said,
        profile=profile,
        selection="person",
    )


def moved(one: Scene) -> pd.DataFrame:
    """Return the people who gained or lost days, largest moves, falls first."""
    judged = indicators.judged(one.shown)
    frame = judged[["user_id", "name"]].copy()
    frame["current"] = judged["active_days"]
    change = [
        days_moved(row, is_running=one.period.is_running) for row in records(judged)
    ]
    frame["previous"] = frame["current"] - pd.Series(
        change, index=frame.index, dtype="float64"
    )
    known = frame.dropna(subset=["current", "previous"])
    return largest(known.astype({"current": int, "previous": int}))


def change(one: Scene, people: pd.DataFrame) -> str | None:
    """Draw the arrows of the month; return the person whose arrow was clicked."""
    visit, period = one.visit, one.period
    if period.previous is None or not len(people):
        title = visit.text("page.adoption.no_change")
        missing = visit.text("page.adoption.no_change_note")
        components.show(components.empty_state(title, missing))
        return None
    before = formats.month_name(period.previous, visit.language)
    now = formats.month_name(period.month, visit.language)
    down = int((people["current"] < people["previous"]).sum())
    up = len(people) - down
    figure = change_arrows(
        people,
        one.look,
        title=visit.text("page.adoption.change_title", before=before, now=now),
        alt_text=visit.text("page.adoption.change_alt", down=down, up=up),
        days_max=max(22, int(people[["current", "previous"]].max().max())),
    )
    falls = plural("page.adoption.falls", down, visit.language)
    rises = plural("page.adoption.rises", up, visit.language)
    return drawings.draw(
        visit,
        figure,
        "change",
        subtitle=visit.text("page.adoption.moves", falls=falls, rises=rises),
        selection="person",
    )
