"""One row of the portfolio in HTML: a workspace's verdict, figures and project."""

from __future__ import annotations

import re
from html import escape

from core.charts import Look
from core.charts.svg import sparkline
from core.i18n import changes, formats, plural
from core.portfolio.figures import BACK, Figures
from core.portfolio.rows import NOT_SAID, Row
from core.sentences import written
from core.ui import components
from core.ui.components import rich
from core.ui.icons import icon
from core.visit import Visit

WIDTHS = (3, 8)
"""The parts of a row: the name and what is said of it, then the cells."""
_CELLS = ("habit", "active", "symptoms", "project", "next")
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!~$<>|&^=/])")
# Kinds of figures whose state has a word of its own.
_SPOKEN = ("empty", "damaged", "failed")
# Between a colon and a word, it keeps Streamlit from reading an icon's name.
_JOINER = "\u2060"


def plain_label(words: str) -> str:
    """Return words as a button's label shows them, whatever marks they hold."""
    return _MARKS.sub(r"\\\1", words).replace(":", f":{_JOINER}")


def headline(visit: Visit, row: Row) -> str:
    """Return what is said of a workspace in one sentence."""
    found = row.figures
    if found is None:
        return visit.text("page.portfolio.waiting")
    if found.kind in ("told", "no_people") and found.headline is not None:
        return written(found.headline, visit.language)
    return visit.text(f"page.portfolio.kind.{found.kind}")


def state(visit: Visit, row: Row) -> str:
    """Return the word of a workspace's state, or of why there is none."""
    if row.figures is not None and row.figures.kind in _SPOKEN:
        return visit.text(f"page.portfolio.chip.{row.figures.kind}")
    return visit.text(f"verdict.{row.state}")


def heads(visit: Visit) -> str:
    """Return the heads of the columns; on a narrow screen each cell has its own."""
    names = [visit.text(f"page.portfolio.cell.{name}") for name in _CELLS]
    said = "".join(f"<span>{escape(name)}</span>" for name in names)
    return f'<p class="pf-head" aria-hidden="true">{said}</p>'


def verdict(visit: Visit, row: Row) -> str:
    """Return the state, its sentence and the day of the data."""
    parts = []
    if row.is_example:
        words = visit.text("page.portfolio.example")
        parts.append(f'<p class="pf-tag">{escape(words)}</p>')
    if row.figures is not None:
        parts.append(components.chip(row.state, state(visit, row)))
    parts.append(f'<p class="pf-say">{rich(headline(visit, row))}</p>')
    day = row.figures.as_of if row.figures else None
    if day is not None:
        said = formats.day(day, visit.language)
        data = escape(visit.text("page.portfolio.data_day", day=said))
        if row.is_old:
            old = escape(visit.text("page.portfolio.old"))
            data += f' <span class="t-watch">{icon("watch")} {old}</span>'
        parts.append(f'<p class="note">{data}</p>')
    return f'<div class="pf-who">{"".join(parts)}</div>'


def figures(visit: Visit, row: Row) -> str:
    """Return the cells of a workspace: its use, its symptoms, its project."""
    cells = [_project(visit, row), _next(visit, row)]
    if row.figures is not None and row.figures.kind == "told":
        it = row.figures
        cells = [
            _habit(visit, it),
            _people(visit, row, it),
            _symptoms(visit, it),
            *cells,
        ]
    return f'<dl class="pf">{"".join(cells)}</dl>'


def _cell(kind: str, label: str, *parts: str) -> str:
    body = "".join(parts)
    return f'<div class="pf-{kind}"><dt>{escape(label)}</dt><dd>{body}</dd></div>'


def _small(words: str) -> str:
    return f'<span class="note">{rich(words)}</span>'


def change(visit: Visit, it: Figures) -> str:
    """Return the change of the habitual share in three months, in words."""
    if it.trend is None:
        return visit.text("page.portfolio.no_trend")
    points = round(100 * it.trend)
    if not points:
        return visit.text("page.portfolio.stable", months=BACK)
    way = "up" if points > 0 else "down"
    return plural(f"page.portfolio.{way}", abs(points), visit.language, months=BACK)


def _habit(visit: Visit, it: Figures) -> str:
    look = Look(visit.language, visit.theme)
    share = formats.percent(it.share, visit.language)
    values = [formats.percent(value, visit.language) for value in it.habit]
    words = formats.listing(values, visit.language)
    spark = ""
    if it.habit:
        alt = visit.text("page.portfolio.spark", values=words)
        spark = sparkline(it.habit, look.colours, alt=alt, state=it.state)
    way = changes.direction(None if it.trend is None else 100 * it.trend)
    tone = {"up": "good", "down": "poor"}.get(way, "")
    sign = icon(way) if way in ("up", "down") else ""
    return _cell(
        "habit",
        visit.text("page.portfolio.cell.habit"),
        f'<span class="pf-row"><span class="v">{escape(share)}</span>{spark}</span>',
        f'<span class="note {tone}">{sign}{escape(change(visit, it))}</span>',
    )


def _people(visit: Visit, row: Row, it: Figures) -> str:
    whole = formats.number(it.licensed, visit.language)
    active = formats.number(it.active, visit.language)
    of = escape(visit.text("page.portfolio.of_accounts", whole=whole))
    lines = [
        f'<span class="v">{escape(active)}<span class="note">{of}</span></span>',
        _small(asleep(visit, row, it)),
    ]
    return _cell("people", visit.text("page.portfolio.cell.active"), *lines)


def asleep(visit: Visit, row: Row, it: Figures) -> str:
    """Return what the licences not used cost, or how many they are."""
    if it.cost is not None:
        amount = formats.money(it.cost, visit.language, currency=row.currency)
        return visit.text("page.portfolio.asleep_cost", amount=amount)
    if it.asleep is not None:
        return plural("page.portfolio.asleep", it.asleep, visit.language)
    return visit.text("page.portfolio.asleep_unknown")


def _symptoms(visit: Visit, it: Figures) -> str:
    if it.symptoms is None:
        body = _small(visit.text("page.portfolio.symptoms_unknown"))
    elif not it.symptoms:
        body = _small(visit.text("page.portfolio.symptoms_none"))
    else:
        body = "".join(
            f'<span class="pf-symptom"><span class="t-sick">{icon("sick")}</span>'
            f"{escape(visit.text(f'symptom.{code}.name'))}</span>"
            for code in it.symptoms
        )
    return _cell("symptoms", visit.text("page.portfolio.cell.symptoms"), body)


def _project(visit: Visit, row: Row) -> str:
    it = row.project
    reason = visit.text(f"page.portfolio.reason.{it.reason or NOT_SAID}")
    lines = [f"<b>{escape(reason)}</b>"]
    if it.start is not None and row.phase is not None:
        said = visit.text(
            "page.portfolio.since",
            month=formats.month(it.start, visit.language),
            phase=visit.text(f"page.portfolio.phase.{row.phase}"),
        )
        lines.append(_small(said))
    return _cell("project", visit.text("page.portfolio.cell.project"), *lines)


def step(visit: Visit, row: Row) -> str:
    """Return the first thing to do that the data tell; nothing where they do not."""
    found = row.figures
    if found is None or not found.step_code:
        return ""
    if found.step is None:
        return visit.text(f"page.portfolio.step.{found.step_code}")
    return written(found.step, visit.language)


def _next(visit: Visit, row: Row) -> str:
    lines = []
    told = step(visit, row)
    if told:
        lines.append(f"<b>{rich(told)}</b>")
    it = row.project
    if it.next_step:
        lines.append(f'<span class="pf-note">{escape(it.next_step)}</span>')
    if it.due is not None:
        day = formats.day(it.due, visit.language)
        lines.append(_small(visit.text("page.portfolio.due", day=day)))
    if not lines:
        lines.append(_small(visit.text("page.portfolio.no_step")))
    return _cell("next", visit.text("page.portfolio.cell.next"), *lines)
