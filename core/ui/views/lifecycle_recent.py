"""People by their active days among the last 28, this month against the previous."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import indicators, lifecycle
from core.charts.lifecycle import recent
from core.errors import GroupTooSmall
from core.i18n import formats
from core.privacy import hidden
from core.scene import Scene
from core.ui import components, drawings, export_guide

# Days told together where single people may not be: none, then week by week.
_GROUPS = ((0, 0), (1, 7), (8, 14), (15, 21), (22, 28))
_LONGEST = 20


def draw(one: Scene) -> None:
    """Draw the bars of this month and the ticks of the one before."""
    visit = one.visit
    now, before = _spread(one, one.rows), _spread(one, one.earlier())
    title = visit.text("page.lifecycle.recent.title")
    if now is None:
        missing = visit.text("page.lifecycle.recent.missing")
        guide = export_guide.folded(visit, "login", "activity")
        components.show(components.empty_state(title, missing), guide)
        return
    with st.container(border=True, key="card_recent"):
        frame = now.assign(previous=None if before is None else before["share"])
        if one.shows_people:
            frame = frame[frame["days"] <= _last(now, before)]
        month = formats.month(one.period.month, visit.language)
        earlier = ""
        if before is not None and one.period.previous is not None:
            earlier = formats.month(one.period.previous, visit.language)
        alt = _finding(one, now, before)
        figure = recent(
            frame,
            one.look,
            title=title,
            alt_text=alt,
            now=formats.capital(month),
            before=formats.capital(earlier),
        )
        components.show(components.heading(title, alt))
        if earlier:
            keys_of = [("background:var(--seq2);border:1px solid var(--seq3)", month)]
            tick = "height:2px;width:14px;border-radius:0;background:var(--text)"
            components.show(components.legend([*keys_of, (tick, earlier)]))
        drawings.draw(visit, figure, "recent", heading=False)
        who = "note" if one.shows_people else "everybody"
        components.show(components.note(visit.text(f"page.lifecycle.recent.{who}")))


def _last(now: pd.DataFrame, before: pd.DataFrame | None) -> int:
    """Return the last number of days to draw: a month of work at least."""
    seen = [frame for frame in (now, before) if frame is not None]
    most = max(int(frame.loc[frame["share"] > 0, "days"].max()) for frame in seen)
    return max(_LONGEST, most)


def _spread(one: Scene, rows: pd.DataFrame) -> pd.DataFrame | None:
    """Return the share of people by days, in groups where only teams are shown."""
    if one.shows_people:
        found = lifecycle.recent_days(rows)
        people = found["people"].sum()
        if not people:
            return None
        words = [one.look.number(days) for days in found["days"]]
        return found.assign(words=words, share=found["people"] / people)
    return _grouped(one, rows)


def _grouped(one: Scene, rows: pd.DataFrame) -> pd.DataFrame | None:
    members = indicators.members(rows)
    try:
        one.workspace.select(members, period=f"{one.gate}:recent")
    except GroupTooSmall:
        return None
    days = members["recent_active_days"]
    counts = [int(days.between(low, high).sum()) for low, high in _GROUPS]
    k = one.workspace.settings.k
    if sum(counts) < k:
        return None
    few = hidden(counts, k)
    shares = [
        None if place in few else count / sum(counts)
        for place, count in enumerate(counts)
    ]
    words = [
        one.look.number(low)
        if low == high
        else one.visit.text("page.lifecycle.recent.range", low=low, high=high)
        for low, high in _GROUPS
    ]
    first = [low for low, _ in _GROUPS]
    shown = pd.array(shares, dtype="Float64").astype("float64")
    return pd.DataFrame({"days": first, "words": words, "share": shown})


def _finding(one: Scene, now: pd.DataFrame, before: pd.DataFrame | None) -> str:
    """Return the median of active days against that of the month before."""
    visit = one.visit
    if not one.shows_people:
        return visit.text("page.lifecycle.recent.by_week")
    middle = _median(now)
    values = {"median": middle, "none": _none(one, now)}
    if before is None:
        return visit.text("page.lifecycle.recent.finding", **values)
    return visit.text(
        "page.lifecycle.recent.compared", **values, previous=_median(before)
    )


def _median(frame: pd.DataFrame) -> int:
    """Return the days that half of the people reach."""
    total = frame["people"].sum()
    below = frame["people"].cumsum()
    return int(frame.loc[below >= total / 2, "days"].iloc[0])


def _none(one: Scene, frame: pd.DataFrame) -> str:
    share = float(frame.loc[frame["days"] == 0, "share"].iloc[0])
    return formats.percent(share, one.visit.language)
