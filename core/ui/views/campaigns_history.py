"""Campaigns over time: a rate by group, where a tool counts otherwise, mail fatigue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from core.campaigns import history
from core.campaigns.history import GROUPS, RATES, Fatigue, Group, Point, interval
from core.charts.campaigns import panel
from core.charts.campaigns_history import over_time
from core.charts.figure import Look
from core.i18n import formats, plural
from core.ui import components, drawings
from core.ui.tables import frame_table
from core.ui.views.campaigns_pick import pick
from core.visit import Visit

_MOST = 6
_PER_ROW = 3
_ROOM = 1.08  # above the highest point


@dataclass(frozen=True)
class _Asked:
    rate: str
    by: Group
    points: list[Point]
    everyone: list[Point]
    groups: list[str | None]
    few: float


def draw(visit: Visit) -> None:
    """Draw a rate over time, group by group, then mail fatigue."""
    assert visit.workspace is not None
    known = history.described(visit.workspace)
    if len({one.month for one in known} - {None}) < 2:
        return
    with st.container(border=True, key="card_history"):
        title = visit.text("page.campaigns.history")
        note = visit.text("page.campaigns.history_note")
        components.show(components.heading(title, note))
        with st.container(horizontal=True, key="history_choices", gap="small"):
            rate = pick(visit, "rate", RATES, lambda name: visit.text(f"rate.{name}"))
            lines = {
                by: history.history(visit.workspace, known, rate, by) for by in GROUPS
            }
            # One group alone says no more than all campaigns together.
            several = [by for by in GROUPS if len({p.group for p in lines[by]}) > 1]
            by = pick(
                visit,
                "by",
                several or GROUPS[:1],
                lambda name: visit.text(f"page.campaigns.by.{name}"),
            )
        group = next(one for one in GROUPS if one == by)
        points = lines[group]
        everyone = history.everyone(known, rate)
        # A group seen in one month only has no course: its figure is in the table.
        courses = [one for one in points if _months(points, one.group) > 1]
        groups = history.largest(courses, _MOST)
        few = history.few(visit.workspace)
        asked = _Asked(rate, group, points, everyone, groups, few)
        days = history.changes(known, rate)
        _told(visit, asked, days)
        if points:
            if groups:
                _panels(visit, asked, list(days))
            else:
                _whole(visit, asked, list(days))
            _figures(visit, asked)
    _fatigue(visit, history.fatigue(visit.workspace))


def _told(visit: Visit, asked: _Asked, days: Mapping[date, str]) -> None:
    """Say what the drawing leaves out, and where a tool counts otherwise."""
    assert visit.workspace is not None
    if history.is_hidden(visit.workspace, asked.by):
        hidden = visit.text("page.campaigns.history_hidden")
        components.show(components.notice("info", hidden))
    if not asked.points:
        nothing = visit.text("page.campaigns.rate_unknown")
        components.show(components.partial_data(nothing))
        return
    for day, tool in days.items():
        words = visit.text(
            "page.campaigns.history_break",
            tool=visit.text(f"vendor.{tool}"),
            rate=visit.text(f"rate.{asked.rate}"),
            day=formats.day(day, visit.language),
        )
        components.show(components.notice("info", words))
    left_out = len({point.group for point in asked.points}) - len(asked.groups)
    if left_out and asked.groups:
        words = plural("page.campaigns.history_left", left_out, visit.language)
        components.show(components.note(words))


def _months(points: Sequence[Point], group: str | None) -> int:
    return len({point.month for point in points if point.group == group})


def _frame(points: Sequence[Point], few: float) -> pd.DataFrame:
    bounds = [interval(point.rate, few) for point in points]
    return pd.DataFrame(
        {
            "day": [point.day for point in points],
            "era": [point.era for point in points],
            "value": [point.rate.value for point in points],
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
        }
    )


def _name(visit: Visit, by: Group, group: str | None) -> str:
    if group is None:
        return visit.text(f"page.campaigns.no.{by}")
    return visit.text(f"vendor.{group}") if by == "tool" else group


def _panels(visit: Visit, asked: _Asked, days: Sequence[date]) -> None:
    drawn = [point for point in asked.points if point.group in asked.groups]
    every = _frame([*drawn, *asked.everyone], asked.few)
    top = float(pd.concat([every["value"], every["high"].dropna()]).max()) or 0.01
    span = (every["day"].min(), every["day"].max())
    with st.container(key="history_panels"):
        for start in range(0, len(asked.groups), _PER_ROW):
            row = asked.groups[start : start + _PER_ROW]
            wide = max(2, min(_PER_ROW, len(asked.groups)))
            columns = st.columns(wide, gap="medium")
            for column, group in zip(columns, row, strict=False):
                with column:
                    rows = [point for point in drawn if point.group == group]
                    _panel(visit, asked, group, rows, min(top * _ROOM, 1.0), span, days)


def _whole(visit: Visit, asked: _Asked, days: Sequence[date]) -> None:
    """Draw all campaigns together, where no group lasted over a month."""
    components.show(components.note(visit.text("page.campaigns.history_whole")))
    everyone = replace(asked, groups=[None], points=asked.everyone)
    every = _frame(asked.everyone, asked.few)
    top = float(pd.concat([every["value"], every["high"].dropna()]).max()) or 0.01
    span = (every["day"].min(), every["day"].max())
    name = visit.text("page.campaigns.history_all")
    rows = list(asked.everyone)
    _panel(visit, everyone, None, rows, min(top * _ROOM, 1.0), span, days, name=name)


def _panel(
    visit: Visit,
    asked: _Asked,
    group: str | None,
    rows: list[Point],
    top: float,
    span: tuple[date, date],
    days: Sequence[date],
    *,
    name: str = "",
) -> None:
    language = visit.language
    name = name or _name(visit, asked.by, group)
    components.show(f'<h3 class="panel">{components.rich(name)}</h3>')

    def written(value: object) -> str:
        return formats.percent(value, language, digits=1)

    first, last = rows[0], rows[-1]
    figure = over_time(
        _frame(rows, asked.few),
        _frame(asked.everyone, asked.few),
        Look(language, visit.theme),
        title=name,
        alt_text=visit.text(
            "page.campaigns.history_alt",
            rate=visit.text(f"rate.{asked.rate}"),
            group=name,
            before=written(first.rate.value),
            first=formats.month(first.month, language),
            after=written(last.rate.value),
            last=formats.month(last.month, language),
        ),
        indicator=visit.text(f"rate.{asked.rate}"),
        written=written,
        top=top,
        span=span,
        breaks=days,
    )
    key = f"history_{asked.groups.index(group)}"
    drawings.draw(visit, figure, key, heading=False, figures=False)


def _figures(visit: Visit, asked: _Asked) -> None:
    language = visit.language
    points = asked.points
    frame = pd.DataFrame(
        {
            visit.text(f"page.campaigns.by.{asked.by}"): [
                _name(visit, asked.by, point.group) for point in points
            ],
            visit.text("chart.month"): [
                formats.month(point.month, language) for point in points
            ],
            visit.text(f"rate.{asked.rate}"): [
                formats.percent(point.rate.value, language, digits=1)
                for point in points
            ],
            visit.text("page.campaigns.formula"): [
                "\u00a0÷\u00a0".join(
                    formats.number(part, language)
                    for part in (point.rate.count, point.rate.whole)
                )
                for point in points
            ],
        }
    )
    with st.expander(visit.text("action.show_figures"), key="figures_history"):
        title = visit.text("page.campaigns.history")
        components.show(frame_table(frame, caption=title))


def _fatigue(visit: Visit, found: list[Fatigue]) -> None:
    """Draw clicks and refusals by how many mails the person had received lately."""
    if not found:
        return
    title = visit.text("page.campaigns.fatigue")
    with st.container(border=True, key="card_fatigue"):
        note = visit.text("page.campaigns.fatigue_note")
        components.show(components.heading(title, note))
        if len(found) < 2:
            alone = visit.text("page.campaigns.fatigue_one")
            components.show(components.notice("info", alone))
            return
        columns = st.columns(2, gap="medium")
        for column, name in zip(columns, ("click", "opt_out"), strict=True):
            with column:
                _pressure(visit, found, name)
        components.show(components.note(visit.text("page.campaigns.fatigue_doubt")))


def _pressure(visit: Visit, found: list[Fatigue], name: str) -> None:
    assert visit.workspace is not None
    language, few = visit.language, history.few(visit.workspace)
    rates = [one.click if name == "click" else one.opt_out for one in found]
    title = visit.text(f"rate.{name}")
    components.show(f'<h3 class="panel">{components.rich(title)}</h3>')
    if all(rate.value is None for rate in rates):
        components.show(components.note(visit.text("page.campaigns.rate_unknown")))
        return

    def written(value: object) -> str:
        return formats.percent(value, language, digits=1)

    names = [
        visit.text("page.campaigns.mails_more", count=one.mails)
        if one.is_last
        else plural("page.campaigns.mails", one.mails, language)
        for one in found
    ]
    frame = pd.DataFrame(
        {
            "key": [str(one.mails) for one in found],
            "name": names,
            "value": [rate.value for rate in rates],
            "low": [interval(rate, few)[0] for rate in rates],
            "high": [interval(rate, few)[1] for rate in rates],
        }
    )
    said = [
        f"{words}{visit.text('common.colon')}{written(rate.value)}"
        for words, rate in zip(names, rates, strict=True)
    ]
    figure = panel(
        frame,
        Look(language, visit.theme),
        title=title,
        alt_text=visit.text(
            "page.campaigns.fatigue_alt", rate=title, all=", ".join(said)
        ),
        indicator=title,
        written=written,
        heading=visit.text("page.campaigns.fatigue_mails"),
        is_sorted=False,
    )
    drawings.draw(visit, figure, f"fatigue_{name}", heading=False)
