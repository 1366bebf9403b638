"""Arrivals: the share still active month after month, and how soon they act."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from core import cohorts
from core.cohorts import Comparison, FirstAction
from core.i18n import formats, plural
from core.scene import Scene
from core.ui import components, export_guide
from core.ui.components import unseen

# Shares from which a cell is one shade darker; the fourth shade is skipped, neither ink
# nor white reads well on it.
# Of fewer people than this a share says little: it is written, not coloured.
_WEAK = 10
_SHADES = ((0.8, 5), (0.6, 4), (0.4, 2), (0.2, 1))


def draw(one: Scene) -> None:
    """Draw the table of arrivals."""
    users, day = set(one.rows["user_id"]), one.period.as_of
    rows, compared = one.remember(
        "cohorts",
        lambda: (
            cohorts.table(one.workspace, day, users),
            cohorts.compare(one.workspace, day, users),
        ),
    )
    if not len(rows):
        key = "missing" if one.shows_people else "missing_teams"
        key = key if one.workspace.has("user") else "no_users"
        title = one.visit.text("page.lifecycle.cohorts.title")
        missing = one.visit.text(f"page.lifecycle.cohorts.{key}")
        guide = export_guide.folded(one.visit, "user") if key == "no_users" else ""
        components.show(components.empty_state(title, missing), guide)
        return
    with st.container(border=True, key="card_cohorts"):
        _table(one, rows, compared)


def _months(one: Scene, first: str, last: str) -> str:
    """Return the months of a group: "mars 2026", "mars à mai 2026"."""
    language = one.visit.language
    if first == last:
        return formats.capital(formats.month(last, language))
    start = formats.month(first, language)
    if first[:4] == last[:4]:
        start = formats.month_name(first, language)
    end = formats.month(last, language)
    words = one.visit.text("page.lifecycle.cohorts.months", first=start, last=end)
    return formats.capital(words)


def _shade(share: float) -> int:
    return next((shade for low, shade in _SHADES if share >= low), 0)


def _cell(one: Scene, row: dict[Any, Any] | None) -> str:
    if row is None:
        return '<td class="none"></td>'
    share = formats.percent(row["share"], one.visit.language)
    kind = f"s{_shade(row['share'])}"
    if not formats.is_absent(row["people"]) and row["people"] < _WEAK:
        kind = "few"
    kind += "" if row["is_complete"] else " part"
    below = ""
    if row["people"] is not None and not pd.isna(row["people"]):
        active, people = one.look.number(row["active"]), one.look.number(row["people"])
        of = one.visit.text("page.lifecycle.cohorts.of", active=active, people=people)
        below = f"<span>{escape(of)}</span>"
    running = ""
    if not row["is_complete"]:
        running = unseen(one.visit.text("page.lifecycle.cohorts.running"))
    return f'<td class="{kind}"><b>{escape(share)}</b>{below}{running}</td>'


def _table(one: Scene, rows: pd.DataFrame, compared: Comparison | None) -> None:
    visit = one.visit
    title = visit.text("page.lifecycle.cohorts.title")
    said = _compared(one, compared)
    components.show(components.heading(title, said))
    known_from = cohorts.basis(one.workspace)
    begun = known_from.first_day.isoformat()[:7] if known_from else ""
    columns = range(int(rows["months_since"].max()) + 1)
    heads = "".join(f'<th scope="col">{since}</th>' for since in columns)
    body = []
    for first, part in rows.groupby("first_month", sort=True):
        known = {int(row["months_since"]): row for row in part.to_dict("records")}
        cells = "".join(_cell(one, known.get(since)) for since in columns)
        last = str(part["last_month"].iloc[0])
        months = _months(one, str(first), last)
        if begun and last < begun:
            months = visit.text("page.lifecycle.cohorts.before")
        arrived = part["arrived"].iloc[0]
        size = ""
        if not formats.is_absent(arrived):
            count = plural("count.person", int(arrived), visit.language)
            size = f"<span>{escape(count)}</span>"
        body.append(f'<tr><th scope="row">{escape(months)}{size}</th>{cells}</tr>')
    caption = visit.text("page.lifecycle.cohorts.caption")
    arrivals = escape(visit.text("page.lifecycle.cohorts.arrival"))
    since_words = escape(visit.text("page.lifecycle.cohorts.since"))
    components.show(
        f'<div class="scroll"><table class="cohorts"><caption>{unseen(caption)}'
        f'</caption><thead><tr><td></td><th class="over" colspan="{len(columns)}"'
        f' scope="colgroup">{since_words}</th></tr><tr><th scope="col">{arrivals}</th>'
        f"{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div>",
        components.note(_reading(one, rows)),
    )


def _reading(one: Scene, rows: pd.DataFrame) -> str:
    """Return how to read the table, and what activity is read from."""
    visit = one.visit
    words = [visit.text("page.lifecycle.cohorts.note")]
    if (rows["people"].dropna() < _WEAK).any():
        words.append(visit.text("page.lifecycle.cohorts.weak", count=_WEAK))
    if not rows["is_complete"].all():
        words.append(visit.text("page.lifecycle.cohorts.partial"))
    known = cohorts.basis(one.workspace)
    if known is not None:
        key = "actions" if known.is_actions else "traces"
        first = formats.day(known.first_day, visit.language)
        words.append(visit.text(f"page.lifecycle.cohorts.basis_{key}", first=first))
    return " ".join(words)


def _compared(one: Scene, found: Comparison | None) -> str:
    """Return the first arrivals against the last in one sentence."""
    if found is None:
        return one.visit.text("page.lifecycle.cohorts.no_comparison")
    language = one.visit.language
    return one.visit.text(
        "page.lifecycle.cohorts.compared",
        after=found.after,
        first=formats.percent(found.first_active / found.first, language),
        last=formats.percent(found.last_active / found.last, language),
        until=formats.month(found.first_to, language),
        since=formats.month(found.last_from, language),
    )


def first_action(one: Scene) -> None:
    """Draw how soon newcomers act, with the share of those who have not."""
    users, day = set(one.rows["user_id"]), one.period.as_of
    found = one.remember(
        "first_action", lambda: cohorts.first_action(one.workspace, day, users)
    )
    visit = one.visit
    title = visit.text("page.lifecycle.first_action.title")
    if found is None:
        key = "none" if one.has_actions else "no_actions"
        missing = visit.text(f"page.lifecycle.first_action.{key}")
        guide = "" if one.has_actions else export_guide.folded(visit, "activity")
        components.show(components.empty_state(title, missing), guide)
        return
    with st.container(border=True, key="card_first_action"):
        people = plural("count.person", found.people, visit.language)
        head = components.heading(
            title, visit.text("page.lifecycle.first_action.note", people=people)
        )
        if found.people < cohorts.FEWEST:
            few = visit.text("page.lifecycle.first_action.few")
            components.show(head, components.paragraph(few))
        elif found.median_days is None:
            half = visit.text("page.lifecycle.first_action.half")
            components.show(head, components.paragraph(half))
        else:
            days = round(found.median_days)
            key = "page.lifecycle.first_action.days"
            number = components.big_number(
                one.look.number(days), plural(key, days, visit.language)
            )
            components.show(head, number)
        components.show(components.paragraph(_not_yet(one, found)))


def _not_yet(one: Scene, found: FirstAction) -> str:
    visit = one.visit
    if found.not_yet is None:
        return visit.text("page.lifecycle.first_action.hidden")
    share = formats.percent(found.not_yet / found.people, visit.language)
    key = "page.lifecycle.first_action.not_yet"
    said = plural(key, found.not_yet, visit.language, share=share)
    if found.settling:
        key = "page.lifecycle.first_action.settling"
        said += " " + plural(key, found.settling, visit.language)
    return said
