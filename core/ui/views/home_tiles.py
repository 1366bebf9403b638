"""The three indicators of Home: active days, actions, change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from core.charts import Look
from core.charts.svg import sparkline
from core.headline import Verdict
from core.i18n import changes, formats
from core.indicators import Usage
from core.readings import Company, Reading
from core.scene import Scene
from core.sentences import written
from core.ui import components, tiles
from core.ui.views.home_how import explained
from core.visit import Visit

Writer = Callable[[float | None], str]


def absent(visit: Visit, verdict: Verdict) -> None:
    """Draw the three places, dashed, and what each lacks."""
    labels = ("days.label", "actions.label", "change.none")
    readings = (verdict.days, verdict.actions, verdict.change)
    columns = st.columns(3, gap="small")
    for column, label, reading in zip(columns, labels, readings, strict=True):
        with column:
            components.show(_absent(visit, f"page.home.{label}", reading))


def _absent(visit: Visit, label: str, reading: Reading) -> str:
    return tiles.kpi_absent(
        visit.text(label), written(reading.sentence, visit.language)
    )


def draw(one: Scene, facts: Company, verdict: Verdict) -> None:
    """Draw the three tiles; without data a tile is dashed and says what it lacks."""
    months = one.months()
    assert facts.usage is not None
    with st.container(key="home_tiles"):
        columns = st.columns(3, gap="small")
    tiles_of = (
        ("active_days", "days.label", _days(one, facts.usage, verdict.days, months)),
        (
            "actions",
            "actions.label",
            _actions(one, facts.usage, verdict.actions, months),
        ),
        ("evolution", "change.none", _change(one, facts.usage, verdict.change, months)),
    )
    for column, (figure, label, tile) in zip(columns, tiles_of, strict=True):
        with column:
            what = one.visit.text(f"page.home.{label}")
            components.show(explained(one.visit, tile, figure, what))


def _spark(
    look: Look,
    months: pd.DataFrame,
    column: str,
    key: str,
    reading: Reading,
    write: Writer,
) -> str:
    values: Sequence[float | None] = [
        None if pd.isna(value) else float(value) for value in months[column]
    ]
    words = formats.listing([write(value) for value in values], look.language)
    alt = look.text(f"page.home.{key}.spark", values=words)
    return sparkline(values, look.colours, alt=alt, state=reading.state)


def _less(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


def _tone(change: float | None, digits: int, state: str) -> str:
    """Return the tone of a change where it goes the way of the state, else nothing.

    A green rise above a warning, or a red fall above "all is well", says two things.
    """
    way = changes.direction(change, digits)
    if way == "up" and state == "healthy":
        return "good"
    return "poor" if way == "down" and state in ("watch", "sick") else ""


def _since(one: Scene, change: float | None, digits: int) -> str:
    visit, period = one.visit, one.period
    if period.is_running:
        day = formats.day(period.as_of, visit.language)
        return visit.text("page.home.running", day=day)
    if change is None or period.previous is None:
        return ""
    return changes.since(change, visit.language, period.previous, digits=digits)


def _halves(value: float | None) -> int:
    """Return the decimals that a median of whole days needs."""
    return 0 if value is None or float(value).is_integer() else 1


def _days(one: Scene, usage: Usage, reading: Reading, months: pd.DataFrame) -> str:
    visit, look = one.visit, one.look
    if usage.active_days is None:
        return _absent(visit, "page.home.days.label", reading)
    change = _less(usage.active_days, usage.previous_active_days)
    digits = max(_halves(usage.active_days), _halves(change))
    is_read = not one.period.is_running
    return tiles.kpi_tile(
        visit.text("page.home.days.label"),
        look.number(usage.active_days, _halves(usage.active_days)),
        visit.text("page.home.days.unit", count=one.period.working_days),
        change=_since(one, change, digits),
        direction=changes.direction(change, digits) if is_read else "",
        tone=_tone(change, digits, reading.state) if is_read else "",
        spark=_spark(look, months, "days", "days", reading, look.number),
        state=reading.state,
        why=written(reading.sentence, visit.language),
    )


def _actions(one: Scene, usage: Usage, reading: Reading, months: pd.DataFrame) -> str:
    visit, look = one.visit, one.look
    if usage.actions_per_day is None or not usage.actions_per_day:
        return _absent(visit, "page.home.actions.label", reading)
    change = _less(usage.actions_per_day, usage.previous_actions_per_day)
    is_read = not one.period.is_running
    return tiles.kpi_tile(
        visit.text("page.home.actions.label"),
        look.number(usage.actions_per_day, 1),
        visit.text("page.home.actions.unit"),
        change=_since(one, change, 1),
        direction=changes.direction(change, 1) if is_read else "",
        tone=_tone(change, 1, reading.state) if is_read else "",
        spark=_spark(
            look,
            months,
            "actions_per_day",
            "actions",
            reading,
            lambda value: look.number(value, 1),
        ),
        state=reading.state,
        why=written(reading.sentence, visit.language),
    )


def _change(one: Scene, usage: Usage, reading: Reading, months: pd.DataFrame) -> str:
    visit, look = one.visit, one.look
    if not usage.compared or one.period.previous is None:
        return _absent(visit, "page.home.change.none", reading)
    way = "down" if usage.down > usage.up else "up"
    main, other = usage.up, usage.down
    if way == "down":
        main, other = other, main
    month = formats.month_name(one.period.previous, visit.language)
    rest = {"other": look.number(other), "stable": look.number(usage.stable)}
    return tiles.kpi_tile(
        visit.text("page.home.change.label", month=month),
        look.number(main),
        visit.text(f"page.home.change.{way}", n=look.number(usage.compared)),
        change=visit.text(f"page.home.change.rest_{way}", **rest),
        spark=_spark(
            look,
            months,
            "presence",
            "change",
            reading,
            lambda value: formats.percent(value, visit.language),
        ),
        state=reading.state,
        why=written(reading.sentence, visit.language),
    )
