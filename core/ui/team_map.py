"""A month of teams as a table: a row a team, darker where more of it was there.

People of different jobs do different numbers of actions: what teams are compared by is
how many of their people left a trace that day, whatever they did.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from core.charts.figure import Look
from core.i18n import formats
from core.ui.components import legend, unseen
from core.ui.heatmap import GAP, change_cell, day_heads, spread
from core.ui.icons import icon

# Share of the team present up to which a day keeps its colour step.
SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)


@dataclass(frozen=True)
class TeamRow:
    """One team: how many of its ``people`` left a trace each day, and its month.

    ``pace`` is the share of them at the rhythm of their profile, ``days`` their median
    of active days, ``change`` the mean of days gained or lost, None when not known.
    ``address`` leads to the team.
    """

    name: str
    people: int
    present: Mapping[dt.date, int]
    pace: float
    state: str
    days: float | None
    change: float | None
    address: str = ""


def shade(share: float) -> int:
    """Return the colour step, 0 to 5, of a day on which somebody came."""
    return bisect_left(SHARES, share)


def _cell(row: TeamRow, day: dt.date, look: Look, closed: frozenset[dt.date]) -> str:
    count = row.present.get(day, 0)
    when = formats.long_day(day, look.language)
    if not count:
        kind = "shut" if day in closed else "off"
        word = look.text("heat.closed" if day in closed else "heat.off")
    else:
        kind = f"a{shade(count / row.people)}"
        share = formats.percent(count / row.people, look.language)
        word = look.text("team_map.cell", count=count, people=row.people, share=share)
    return f'<td><i class="{kind}" title="{escape(f"{when}, {word}")}"></i></td>'


def _figures(row: TeamRow, look: Look) -> str:
    word = look.text(f"verdict.{row.state}")
    share = formats.percent(row.pace, look.language)
    whole = row.days is None or float(row.days).is_integer()
    days = look.number(row.days, 0 if whole else 1)
    return (
        f'<td class="sum pace"><b>{share}</b> <span class="t-{row.state}" '
        f'title="{escape(word, quote=True)}">{icon(row.state)}'
        f"<span>{escape(word)}</span></span></td>"
        f'<td class="sum">{days}</td>'
        f'<td class="sum delta">{change_cell(row.change, look, digits=1)}</td>'
    )


def team_map(
    rows: Sequence[TeamRow],
    days: Sequence[dt.date],
    look: Look,
    *,
    caption: str,
    closed: frozenset[dt.date] = frozenset(),
) -> str:
    """Return the table of ``rows`` over ``days``, in the order given.

    ``days`` are the weekdays of the month; those in ``closed`` are public holidays.
    """
    cells = spread(days)
    heads = day_heads(cells, look)
    body = []
    for row in rows:
        name = escape(row.name)
        if row.address:
            name = f'<a href="{escape(row.address, quote=True)}">{name}</a>'
        line = "".join(
            GAP if day is None else _cell(row, day, look, closed) for day in cells
        )
        body.append(
            f'<tr><th class="who" scope="row" title="{escape(row.name, quote=True)}">'
            f"{name}</th>{line}{_figures(row, look)}</tr>"
        )
    columns = "".join(
        f'<th class="{kind}" scope="col">{escape(look.text(key))}</th>'
        for kind, key in (
            ("sum pace", "team_map.pace"),
            ("sum", "team_map.days"),
            ("sum delta", "heat.change"),
        )
    )
    return (
        f'<table class="heat teams-map"><caption>{unseen(caption)}</caption><thead><tr>'
        f'<td class="who"></td>{heads}{columns}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def team_legend(look: Look) -> str:
    """Return the key of the table: the bounds of its six steps, and nobody."""
    bounds = [0, *(round(100 * share) for share in SHARES), 100]
    steps = [
        (
            f"background:var(--seq{step});border:1px solid var(--seq3)",
            look.text("team_map.step", low=low, high=high),
        )
        for step, (low, high) in enumerate(zip(bounds, bounds[1:], strict=False))
    ]
    off = (
        "background:var(--line2);width:5px;height:5px;border-radius:9px",
        look.text("team_map.nobody"),
    )
    return legend([*steps, off])
