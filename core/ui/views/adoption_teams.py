"""Teams side by side, and the presence of the months one after the other."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from core import indicators
from core.charts.trend import trend
from core.i18n import formats
from core.scene import Scene
from core.ui import components, drawings, folding, links
from core.ui.tables import Html

_MONTHS = 14


def teams(one: Scene) -> None:
    """Draw a row a team: share in its rhythm, days, actions, change; worst first."""
    visit, look = one.visit, one.look
    groups = one.groups("team")
    pace = groups["in_range"] / groups["judged"].where(groups["judged"] > 0)
    groups = groups.assign(
        pace=pace.astype("float64"),
        order=groups["team"].map(formats.sorting, "ignore"),
    ).sort_values(["pace", "judged", "order"], ascending=[True, False, True])
    rows = []
    for group in groups.to_dict("records"):
        is_named = isinstance(group["team"], str)
        name = group["team"] if is_named else visit.text("page.adoption.no_team")
        row: dict[str, object] = {"team": _open(one, name) if is_named else name}
        if group["is_suppressed"]:
            row["state"] = visit.text("page.home.profiles.hidden")
        elif group["judged"]:
            row |= _figures(one, {str(key): value for key, value in group.items()})
        rows.append(row)
    columns = {
        "team": look.text("filter.team"),
        "people": visit.text("page.adoption.team_people"),
        "share": visit.text("page.adoption.team_share"),
        "state": visit.text("page.adoption.column.verdict"),
        "days": visit.text("page.adoption.team_days"),
        "actions": visit.text("page.adoption.team_actions"),
        "change": visit.text("page.adoption.team_change"),
    }
    if visit.is_phone:
        columns = {name: columns[name] for name in ("team", "share", "state")}
    title = visit.text("page.adoption.teams_title")
    with st.container(border=True, key="card_teams"):
        note = visit.text("page.adoption.teams_note")
        components.show(components.heading(title, note))
        folding.draw(
            visit,
            columns,
            rows,
            caption=title,
            key="teams",
            numeric={"people", "share", "days", "actions", "change"},
            strong={"share"},
            stack=False,
        )


def _open(one: Scene, team: str) -> Html:
    """Return the link to a team's own people."""
    query = {"month": one.filters.month, "team": team, "lang": one.visit.language}
    address = escape(f"adoption?{urlencode(query)}", quote=True)
    return Html(f'<a class="to" href="{address}">{escape(team)}</a>')


def _figures(one: Scene, group: dict[str, float]) -> dict[str, object]:
    look, language = one.look, one.visit.language
    share = group["in_range"] / group["judged"]
    active = group["active_sum"] if one.has_actions else 0
    # "Sick" is for a project: a team needs support.
    state = indicators.share_state(share).replace("sick", "at_risk")
    chip = components.chip(state, look.text(f"verdict.{state}"))
    digits = 0 if float(group["active_days"]).is_integer() else 1
    return {
        "people": look.number(group["judged"]),
        "share": formats.percent(share, language),
        "state": Html(chip),
        "days": look.number(group["active_days"], digits),
        "actions": look.number(group["actions"] / active if active else None, 1),
        "change": formats.signed(group["days_moved"], language, digits=1),
    }


def months(one: Scene) -> None:
    """Draw the active days of the months, and the way to who comes and goes."""
    with st.container(border=True, key="card_months"):
        _trend(one)
        label = one.visit.text("page.adoption.to_lifecycle")
        links.page_link(one.visit, "lifecycle", label)


def _trend(one: Scene) -> None:
    visit, look = one.visit, one.look
    frame = one.months(_MONTHS).rename(columns={"presence": "value"})
    frame["is_complete"] = True
    if one.period.is_running:
        frame.loc[frame["month"] == one.period.month, "is_complete"] = False

    def write(value: object) -> str:
        return formats.percent(value, visit.language)

    known = frame.dropna(subset=["value"])
    last = write(known["value"].iloc[-1]) if len(known) else formats.ABSENT
    title = visit.text("page.adoption.months_title")
    figure = trend(
        frame,
        look,
        title=title,
        alt_text=visit.text("page.adoption.months_alt", value=last),
        indicator=visit.text("page.adoption.presence"),
        written=write,
        height=240,
    )
    note = visit.text("page.adoption.months_note")
    drawings.draw(visit, figure, "months", subtitle=note)


def how(one: Scene, figure: str) -> None:
    """Say how the figures are computed, of which days, and who is left out.

    ``figure`` is the entry of the method to go on with.
    """
    visit, look = one.visit, one.look
    rows = one.rows
    counted = int(indicators.marked(rows)["is_judged"].sum())
    left_out = {
        "gone": look.number(rows["state"].eq("left").sum()),
        "programs": look.number(rows["state"].eq("integration").sum()),
        "unjudged": look.number(len(indicators.members(rows)) - counted),
    }
    span = {
        "first": formats.day(one.period.first_day, visit.language),
        "last": formats.day(one.period.as_of, visit.language),
    }
    lines = [
        visit.text("page.adoption.how.days"),
        visit.text("page.adoption.how.verdict"),
        visit.text("page.adoption.how.period", **span),
        visit.text("page.adoption.how.files"),
    ]
    if one.shows_people:
        lines.insert(3, visit.text("page.adoption.how.left_out", **left_out))
    links.how(visit, figure, lines)
