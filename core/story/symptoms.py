"""The step of the symptoms: those that are present, and what shows the gravest."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from core import symptoms
from core.charts.figure import Figure
from core.errors import GroupTooSmall, NamesHidden
from core.i18n import formats
from core.scene import Scene
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Series, Step
from core.symptoms import Symptom, drawing, telling

_MOST = 4
_WEEKS = 12


def found(one: Scene, asked: Asked) -> Step | None:
    """Return what is wrong, if anything; None where too few people can be told of."""
    known = asked.it.found
    if known is None:
        return None
    ranked = telling.ordered(known)
    first = ranked[0]
    told = first.state if first.state in ("sick", "watch") else "none"
    figure, plot = _shown(one, asked, first) if told != "none" else (None, None)
    is_company = bool(one.filters.profile and not one.filters.team)
    source = asked.source("team" if one.filters.team or is_company else "people")
    name = asked.text(f"symptom.{first.code}.name")
    lead = telling.told(asked.visit, first)
    if told != "none":
        todo = telling.todo(asked.visit, first, one.period.as_of)
        lead = asked.text("story.symptoms.lead", told=lead, todo=todo)
    return Step(
        code="symptoms",
        topic=asked.text("story.symptoms.topic"),
        title=telling.title(asked.visit, known, one.period.as_of),
        lead=lead,
        state=first.state,
        word=asked.text(f"page.symptoms.chip.{first.state}"),
        numbers=tuple(_number(asked, each) for each in ranked[:_MOST]),
        figure=figure,
        plot=plot or _lines(asked, ranked),
        source=source,
        notes=notes(
            asked,
            "symptoms",
            told,
            name=name,
            meaning=asked.text(f"symptom.{first.code}.meaning"),
            told=telling.plain(telling.told(asked.visit, first)),
            count=sum(each.present for each in ranked),
        ),
        page="symptoms",
        query={"symptom": first.code} if told != "none" else {},
    )


def _number(asked: Asked, one: Symptom) -> Number:
    """Return one symptom as it is read on Home: its name, what decides, its state."""
    fact, chip = telling.decisive(one), asked.text(f"page.symptoms.chip.{one.state}")
    is_told = one.state in ("sick", "watch")
    return Number(
        asked.text(f"symptom.{one.code}.name"),
        telling.plain(telling.short(asked.visit, one)) if is_told else chip,
        None if fact is None else fact.value,
        chip if is_told else "",
        one.state,
    )


def _lines(asked: Asked, ranked: list[Symptom]) -> Plot:
    numbers = [_number(asked, one) for one in ranked]
    return Plot(
        "list",
        tuple(number.label for number in numbers),
        (),
        written=tuple(number.value for number in numbers),
        states=tuple(number.state for number in numbers),
    )


def _shown(
    one: Scene, asked: Asked, first: Symptom
) -> tuple[Figure | None, Plot | None]:
    """Return the chart that shows a symptom to a sceptic, and its numbers."""
    team = one.filters.team
    try:
        rows = symptoms.picture(one.workspace, one.period.as_of, first.code, team)
    except (GroupTooSmall, NamesHidden):
        return None, None
    figure = drawing.figure(asked.visit, first, rows)
    return (figure, _PLOTS[first.code](asked, first, rows)) if figure else (None, None)


def _values(values: pd.Series[float]) -> tuple[float | None, ...]:
    known = values.notna()
    return tuple(
        float(value) if told else None
        for value, told in zip(values, known, strict=True)
    )


def _percents(asked: Asked, values: tuple[float | None, ...]) -> tuple[str, ...]:
    return tuple(formats.percent(value, asked.language) for value in values)


def _buried(asked: Asked, _: Symptom, rows: pd.DataFrame) -> Plot:
    values = _values(rows["people"])
    names = [f"{week}+" if week == _WEEKS else str(week) for week in rows["weeks"]]
    return Plot(
        "columns",
        tuple(names),
        (Series(asked.text("chart.people"), values),),
        written=tuple(formats.number(value, asked.language) for value in values),
        unit=asked.text("chart.weeks_silent"),
    )


def _novelty(asked: Asked, _: Symptom, rows: pd.DataFrame) -> Plot:
    values = _values(rows["share"].where(rows["is_believed"]))
    return Plot(
        "line",
        tuple(formats.day(day, asked.language) for day in rows["week"]),
        (Series(asked.text("page.symptoms.chart.share_of_active"), values),),
        written=_percents(asked, values),
        unit="%",
    )


def _village(asked: Asked, _: Symptom, rows: pd.DataFrame) -> Plot:
    rows = rows.dropna(subset=["share"])
    values = _values(rows["share"])
    return Plot(
        "bars",
        tuple(str(team) for team in rows["team"]),
        (Series(asked.text("page.symptoms.chart.habit_name"), values),),
        written=_percents(asked, values),
        unit="%",
        lit=(0,),
    )


def _waiting(asked: Asked, _: Symptom, rows: pd.DataFrame) -> Plot:
    names = ("assigned", "activated")
    return Plot(
        "line",
        tuple(formats.short_month(month, asked.language) for month in rows["month"]),
        tuple(
            Series(asked.text(f"page.symptoms.chart.{name}"), _values(rows[name]))
            for name in names
        ),
        written=tuple(
            formats.number(value, asked.language) for value in _values(rows["assigned"])
        ),
        unit=asked.text("chart.people"),
    )


def _blunted(asked: Asked, one: Symptom, rows: pd.DataFrame) -> Plot:
    rows = drawing.decisive_rows(one, rows).sort_values("month")
    column = str(rows["figure"].iloc[0])
    values = _values(rows["share" if column == "arrivals" else column])
    return Plot(
        "columns",
        tuple(formats.short_month(month, asked.language) for month in rows["month"]),
        (Series(asked.text(f"page.symptoms.chart.{column}_name"), values),),
        written=_percents(asked, values),
        unit="%",
        lit=(len(values) - 1,),
    )


_PLOTS: dict[str, Callable[[Asked, Symptom, pd.DataFrame], Plot]] = {
    "buried_alive": _buried,
    "abandoned_novelty": _novelty,
    "gaulish_village": _village,
    "procrastination": _waiting,
    "blunted_tool": _blunted,
}
