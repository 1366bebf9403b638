"""The chart that shows each symptom: rows of `core.symptoms.picture`, words, a figure.

Each function takes the rows as that module documents them and returns None where they
hold too little to draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from core.charts import Figure, Look
from core.charts import symptoms as charts
from core.charts import symptoms_people as people
from core.charts.symptoms_marks import Line, Remark
from core.i18n import formats, plural
from core.symptoms import Fact, Symptom, kind_name
from core.symptoms import telling as words
from core.visit import Visit

_FEWEST = 3
# The last bar of the weeks without a trace holds those with more, too.
_MOST_WEEKS = 12
_LAST_MONTHS = 12


def figure(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    """Return the chart of a symptom, None where there is too little to draw."""
    if len(rows) < _FEWEST:
        return None
    return _DRAWN[one.code](visit, one, rows)


def _look(visit: Visit) -> Look:
    return Look(visit.language, visit.theme)


def _percent(visit: Visit) -> Callable[[Any], str]:
    return lambda value: formats.percent(value, visit.language)


def _fact(one: Symptom, name: str) -> Fact | None:
    """Return the fact of that name, whichever side it speaks for."""
    facts = (*one.evidence, *one.counter_evidence)
    return next((fact for fact in facts if fact.figure == name), None)


def _alt(visit: Visit, one: Symptom, title: str) -> str:
    """Return the finding as the words of a drawing: its title and what decides."""
    return f"{title}. {words.plain(words.told(visit, one))}".strip()


def _buried(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    active = _fact(one, "active")
    if active is None or active.value is None or not rows["people"].sum():
        return None
    title = visit.text("page.symptoms.chart.buried_alive")
    names = [
        visit.text("page.symptoms.chart.more_weeks", count=weeks)
        if weeks == _MOST_WEEKS
        else plural("page.symptoms.chart.weeks", weeks, visit.language)
        for weeks in rows["weeks"]
    ]
    weeks = round(float(active.values["days"]) / 7)
    hidden = bool(rows["is_suppressed"].any())
    return people.silence(
        rows.assign(words=names),
        _look(visit),
        title=title,
        alt_text=_alt(visit, one, title),
        indicator=visit.text("chart.people"),
        line=Line(weeks, visit.text("page.symptoms.chart.silent", count=weeks)),
        # Where few are hidden the bars do not add up: the share is of everybody.
        remark=visit.text(
            "page.symptoms.chart.silent_share",
            share=formats.percent(1 - active.value, visit.language),
            people=formats.number(active.values["people"], visit.language),
        ),
        note=visit.text("page.symptoms.chart.hidden") if hidden else "",
    )


def _weeks(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    start = pd.to_datetime(rows["week"])
    quiet = rows["phase"].eq("quiet")
    kinds = quiet.map({True: "now", False: "past"}).where(rows["is_believed"], "apart")
    return rows.assign(
        start=start,
        end=start + pd.Timedelta(days=6),
        words=[
            visit.text("page.symptoms.chart.week", day=formats.day(day, visit.language))
            for day in start.dt.date
        ],
        value=rows["share"],
        kind=kinds,
    )


def _novelty(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    name = kind_name(str(rows["kind"].iloc[0]), visit.language)
    rows = _weeks(visit, rows).dropna(subset=["value"])
    believed = rows[rows["is_believed"]]
    if len(believed) < _FEWEST:
        return None
    title = visit.text("page.symptoms.chart.abandoned_novelty", kind=name)
    top = believed.sort_values("value").iloc[-1]
    percent = _percent(visit)
    peak, left = _fact(one, "novelty_peak"), _fact(one, "novelty_left")
    best = top["value"] if peak is None else peak.value
    said = visit.text("page.symptoms.chart.peak", value=percent(best))
    remarks = [Remark(top["start"], float(top["value"]), said)]
    quiet = rows[rows["phase"].eq("quiet")]
    since = _fact(one, "quiet_weeks")
    if left is not None and since is not None and since.value and len(quiet):
        lasts = plural("page.symptoms.chart.quiet", since.value, visit.language)
        said = f"{percent(left.value)} {lasts}"
        height = max(float(quiet["value"].max()), (left.threshold or 0.0) * 1.25)
        remarks.append(Remark(rows["end"].iloc[-1], height, said))
    line = None
    if left is not None and left.threshold is not None:
        shown = words.limit(visit, left)
        line = Line(
            left.threshold, visit.text("page.symptoms.chart.of_peak", value=shown)
        )
    return charts.timeline(
        rows,
        _look(visit),
        title=title,
        alt_text=_alt(visit, one, title),
        indicator=visit.text("page.symptoms.chart.share_of_active"),
        written=percent,
        threshold=line,
        remarks=remarks,
        note=visit.text("page.symptoms.chart.novelty_note"),
    )


def _village(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    shares = rows["share"].astype("float64")
    if shares.notna().sum() < 2:
        return None
    title = visit.text("page.symptoms.chart.gaulish_village")
    lines = []
    for name in ("best_team", "other_teams"):
        fact = _fact(one, name)
        if fact is not None and fact.threshold is not None:
            lines.append(Line(fact.threshold, words.limit(visit, fact)))
    hidden = bool(rows["is_suppressed"].any())
    note = visit.text("page.symptoms.chart.village_note")
    if hidden:
        note += " " + visit.text("page.symptoms.chart.hidden")
    # Where the teams go together, none stands out.
    best = shares.eq(shares.max()) & (one.state in ("sick", "watch"))
    return people.teams(
        rows.assign(value=shares, kind=best.map({True: "now", False: "past"})),
        _look(visit),
        title=title,
        alt_text=_alt(visit, one, title),
        indicator=visit.text("page.symptoms.chart.habit_name"),
        written=_percent(visit),
        thresholds=lines,
        note=note,
    )


def _waiting(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    title = visit.text("page.symptoms.chart.procrastination")
    # Before the data begin nobody can be seen to come: those months show nothing.
    assert visit.workspace is not None
    begin = words.first_day(visit.workspace)
    seen = rows if begin is None else rows[rows["month"] >= begin.isoformat()[:7]]
    rows = seen if len(seen) >= _FEWEST else rows
    start = pd.to_datetime(rows["month"])
    last = rows.iloc[-1]
    waits = int(last["assigned"]) - int(last["activated"])
    return charts.waiting(
        rows.assign(start=start, words=_month_words(visit, rows)),
        _look(visit),
        title=title,
        alt_text=_alt(visit, one, title),
        names=(
            visit.text("page.symptoms.chart.assigned"),
            visit.text("page.symptoms.chart.activated"),
        ),
        remark=plural("page.symptoms.chart.waits", waits, visit.language),
        note=visit.text("page.symptoms.chart.waiting_note"),
    )


def _month_words(visit: Visit, rows: pd.DataFrame) -> list[str]:
    return [formats.month(month, visit.language) for month in rows["month"]]


def _months(visit: Visit, rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the months as bars a little narrower than the month."""
    first = pd.to_datetime(rows["month"])
    return rows.assign(
        start=first + pd.Timedelta(days=3),
        end=first + pd.offsets.MonthEnd(0) - pd.Timedelta(days=2),
        words=_month_words(visit, rows),
        value=rows[column].astype("float64"),
    )


def decisive_rows(one: Symptom, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a blunted tool that decide: its arrivals, or its months."""
    fact = words.decisive(one)
    came = rows["figure"].eq("arrivals")
    is_late = fact is not None and fact.figure == "late_arrivals"
    return rows[came] if is_late and came.sum() >= _FEWEST else rows[~came]


def _blunted(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    rows = decisive_rows(one, rows)
    if rows["figure"].eq("arrivals").any():
        return _arrivals(visit, one, rows)
    if len(rows) < _FEWEST:
        return None
    column = str(rows["figure"].iloc[0])
    rows = _months(visit, rows, column)
    known = rows[rows["value"].notna()]
    if len(known) < _FEWEST:
        return None
    last = known.iloc[-1]
    season = rows["is_season"].astype(bool)
    kinds = rows["month"].eq(last["month"]).map({True: "now", False: "past"})
    percent = _percent(visit)
    title = visit.text(f"page.symptoms.chart.{column}")
    month = formats.month_name(last["month"], visit.language)
    said = visit.text(
        "page.symptoms.chart.now", value=percent(last["value"]), month=month
    )
    slope = _slope(rows)
    height = max(float(last["value"]), slope[1].value if slope else 0.0) * 1.05
    return charts.timeline(
        rows.assign(kind=kinds.where(~season, "apart")),
        _look(visit),
        title=title,
        alt_text=_alt(visit, one, title),
        indicator=visit.text(f"page.symptoms.chart.{column}_name"),
        written=percent,
        slope=slope,
        remarks=[Remark(last["end"], height, said)],
        note=visit.text("page.symptoms.chart.season_note"),
    )


def _slope(rows: pd.DataFrame) -> tuple[Remark, Remark] | None:
    """Return both ends of the fitted line, None where there is none."""
    fitted = rows[rows["fitted"].notna()]
    if len(fitted) < 2:
        return None
    middle = fitted["start"] + (fitted["end"] - fitted["start"]) / 2
    ends = [
        Remark(middle.iloc[place], float(fitted["fitted"].iloc[place]))
        for place in (0, -1)
    ]
    return ends[0], ends[1]


def _arrivals(visit: Visit, one: Symptom, rows: pd.DataFrame) -> Figure | None:
    """Return who arrived when, and the share of them active three months later."""
    rows = _months(visit, rows.sort_values("month"), "share")
    if rows["value"].notna().sum() < 2:
        return None
    limit = rows["start"].max() - pd.DateOffset(months=_LAST_MONTHS)
    late = rows["start"] > limit
    title = visit.text("page.symptoms.chart.arrivals")
    return charts.timeline(
        rows.assign(kind=late.map({True: "now", False: "past"})),
        _look(visit),
        title=title,
        alt_text=_alt(visit, one, title),
        indicator=visit.text("page.symptoms.chart.arrivals_name"),
        written=_percent(visit),
        note=visit.text("page.symptoms.chart.arrivals_note"),
    )


_DRAWN: dict[str, Callable[[Visit, Symptom, pd.DataFrame], Figure | None]] = {
    "buried_alive": _buried,
    "abandoned_novelty": _novelty,
    "gaulish_village": _village,
    "procrastination": _waiting,
    "blunted_tool": _blunted,
}
