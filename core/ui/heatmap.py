"""A month of logins as a table: one row a person, one cell a working day.

A real table, so that it can be read aloud and printed, costs no chart engine, and on a
phone puts the name above its row instead of shrinking the days to a texture.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from core.charts.figure import Look
from core.charts.month import PRESENT, STEPS, days_of
from core.i18n import formats, plural
from core.ui.components import legend, unseen
from core.ui.icons import icon

GAP = '<td class="gap"></td>'
"""The cell between two weeks."""


@dataclass(frozen=True)
class Row:
    """One person: the figures of their month.

    ``days`` gives the actions of each day with a login; a day that is not there had no
    login, PRESENT is a login whose actions are not known. ``change`` is in days against
    the month before, None when not known.
    """

    name: str
    days: Mapping[dt.date, int]
    total: int
    change: int | None = None


def rows_of(people: pd.DataFrame, days: pd.DataFrame) -> list[Row]:
    """Return a row a person of ``people``, in its order.

    ``people`` has ``user_id``, ``name``, ``login_days`` and ``change`` (in days, null
    when not known); ``days`` are the rows of ``mart_user_day``.
    """
    seen = {str(user): days_of(rows) for user, rows in days.groupby("user_id")}
    return [
        Row(
            str(name),
            {
                day: actions
                for day, actions in seen.get(str(user), {}).items()
                if actions is not None
            },
            int(total),
            None if formats.is_absent(change) else round(change),
        )
        for user, name, total, change in people[
            ["user_id", "name", "login_days", "change"]
        ].itertuples(index=False, name=None)
    ]


def shade(actions: int) -> int:
    """Return the colour step, 0 to 5, of a day with at least one action."""
    return bisect_left(STEPS, actions)


def _cell(row: Row, day: dt.date, look: Look, closed: frozenset[dt.date]) -> str:
    actions = row.days.get(day)
    when = formats.long_day(day, look.language)
    if actions is None:
        kind = "shut" if day in closed else "off"
        word = look.text("heat.closed" if day in closed else "heat.off")
    elif actions == PRESENT:
        kind, word = "a2", look.text("heat.on")
    elif actions == 0:
        kind, word = "idle", look.text("heat.idle")
    else:
        kind = f"a{shade(actions)}"
        word = plural("count.action", actions, look.language)
    return f'<td><i class="{kind}" title="{escape(f"{when}, {word}")}"></i></td>'


def change_cell(change: float | None, look: Look, *, digits: int = 0) -> str:
    """Return a change in days with its arrow; an equals sign where it is none."""
    if change is None:
        return formats.ABSENT
    if not round(change, digits):
        return "=" + unseen(look.text("heat.stable"))
    way, tone = ("up", "healthy") if change > 0 else ("down", "sick")
    written = look.number(abs(change), digits)
    sign = unseen("+" if change > 0 else formats.MINUS)
    return f'<span class="t-{tone}">{icon(way)} {sign}{written}</span>'


def spread(days: Sequence[dt.date]) -> list[dt.date | None]:
    """Return the days with None between two weeks."""
    found: list[dt.date | None] = []
    for day in days:
        if found and day.isocalendar()[1] != _week(found):
            found.append(None)
        found.append(day)
    return found


def day_heads(days: Sequence[dt.date | None], look: Look) -> str:
    """Return the headings of days and of the gaps between weeks."""
    return "".join(
        GAP
        if day is None
        else f'<th scope="col">{day.day}'
        f"{unseen(formats.month_name(day, look.language))}</th>"
        for day in days
    )


def _week(spread: Sequence[dt.date | None]) -> int:
    last = spread[-1]
    return last.isocalendar()[1] if last else -1


def heat_map(
    rows: Sequence[Row],
    days: Sequence[dt.date],
    look: Look,
    *,
    caption: str,
    closed: frozenset[dt.date] = frozenset(),
) -> str:
    """Return the table of ``rows`` over ``days``, in the order given.

    ``days`` are the weekdays of the month; those in ``closed`` are public holidays.
    ``caption`` says aloud what the table shows, with its key numbers.
    """
    cells_of = spread(days)
    heads = day_heads(cells_of, look)
    body = []
    for row in rows:
        cells = "".join(
            GAP if day is None else _cell(row, day, look, closed) for day in cells_of
        )
        unit = plural("heat.days", row.total, look.language)
        body.append(
            f'<tr><th class="who" scope="row" title="{escape(row.name)}">'
            f"{escape(row.name)}</th>{cells}"
            f'<td class="sum" data-unit="{escape(unit)}">{row.total}</td>'
            f'<td class="sum delta">{change_cell(row.change, look)}</td></tr>'
        )
    return (
        f'<table class="heat"><caption>{unseen(caption)}</caption><thead><tr>'
        f'<td class="who"></td>{heads}'
        f'<th class="sum" scope="col">{escape(look.text("heat.total"))}</th>'
        f'<th class="sum delta" scope="col">{escape(look.text("heat.change"))}</th>'
        f"</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def heat_legend(look: Look, *, with_actions: bool = True) -> str:
    """Return the key of the table: more and more actions, idle, not connected.

    Without actions it only tells days with a login from the others.
    """
    bounds = [0, *STEPS]
    words = [
        look.text("heat.some", low=low + 1, high=high)
        for low, high in zip(bounds, STEPS, strict=False)
    ]
    words[0] = look.text("heat.few", count=STEPS[0])
    words.append(look.text("heat.many", count=STEPS[-1] + 1))
    steps = [
        (f"background:var(--seq{step});border:1px solid var(--seq3)", word)
        for step, word in enumerate(words)
    ]
    idle = ("border:2px solid var(--warn-m)", look.text("heat.idle"))
    off = (
        "background:var(--line2);width:5px;height:5px;border-radius:9px",
        look.text("heat.off"),
    )
    if not with_actions:
        on = (
            "background:var(--seq2);border:1px solid var(--seq3)",
            look.text("heat.on"),
        )
        return legend([on, off])
    return legend([*steps, idle, off])
