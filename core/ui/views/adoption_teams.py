"""Teams side by side, months one after the other, who comes and who stops."""

from __future__ import annotations

import streamlit as st

from core import indicators, periods
from core.charts.trend import lifecycle, lifecycle_legend, trend
from core.i18n import formats, plural
from core.ui import components, drawings, links
from core.ui.tables import Html, table
from core.ui.views.adoption_scene import Scene

_MONTHS = 14


def teams(one: Scene) -> None:
    """Draw a row a team: share in its rhythm, days, actions, change."""
    visit, look = one.visit, one.look
    groups = one.groups("team").sort_values(
        "team",
        key=lambda names: names.map(formats.sorting, "ignore"),
        na_position="last",
    )
    rows = []
    for group in groups.to_dict("records"):
        is_named = isinstance(group["team"], str)
        row: dict[str, object] = {
            "team": group["team"] if is_named else visit.text("page.adoption.no_team")
        }
        if group["is_suppressed"]:
            row["state"] = visit.text("page.home.profiles.hidden")
        elif group["judged"]:
            row |= _figures(one, {str(key): value for key, value in group.items()})
        rows.append(row)
    columns = {
        "team": look.text("filter.team"),
        "people": look.text("chart.people"),
        "share": visit.text("page.adoption.team_share"),
        "state": "",
        "days": visit.text("page.adoption.team_days"),
        "actions": visit.text("page.adoption.team_actions"),
        "change": visit.text("page.adoption.team_change"),
    }
    title = visit.text("page.adoption.teams_title")
    with st.container(border=True, key="card_teams"):
        note = visit.text("page.adoption.teams_note")
        components.show(
            components.heading(title, note),
            table(
                columns,
                rows,
                caption=title,
                numeric={"people", "share", "days", "actions", "change"},
                strong={"share"},
            ),
        )


def _figures(one: Scene, group: dict[str, float]) -> dict[str, object]:
    look, language = one.look, one.visit.language
    share = group["in_range"] / group["judged"]
    active = group["active_sum"] if one.has_actions else 0
    # "Sick" is for a project: a team needs support.
    state = indicators.share_state(share).replace("sick", "at_risk")
    chip = components.chip(state, look.text(f"verdict.{state}"))
    return {
        "people": look.number(group["judged"]),
        "share": formats.percent(share, language),
        "state": Html(chip),
        "days": look.number(group["active_days"]),
        "actions": look.number(group["actions"] / active if active else None, 1),
        "change": formats.signed(group["days_moved"], language, digits=1),
    }


def months(one: Scene) -> None:
    """Draw the active days of the months, and who came, stayed and stopped."""
    # A month's comings and goings are few people: teams alone do not tell them.
    if one.workspace.privacy == "teams":
        with st.container(border=True, key="card_months"):
            _trend(one)
        return
    columns = st.columns(2, gap="small")
    with columns[0], st.container(border=True, key="card_months"):
        _trend(one)
    with columns[1], st.container(border=True, key="card_lifecycle"):
        _lifecycle(one)


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


def _lifecycle(one: Scene) -> None:
    visit, look = one.visit, one.look
    day = one.period.as_of.isoformat()
    wide = one.workspace.query("mart_lifecycle", as_of=day).sort_values("month")
    # Whoever is seen in the first month of the data was there before: it tells nothing.
    known = sorted(periods.months(one.workspace))[1:]
    wide = wide[wide["month"].isin(known) & ~wide["is_suppressed"]].tail(_MONTHS)
    if not len(wide):
        title = visit.text("page.adoption.lifecycle_title")
        missing = visit.text("headline.missing.months").replace("**", "")
        components.show(components.empty_state(title, missing))
        return
    last = wide.iloc[-1]
    came = plural("page.adoption.came", int(last["new_people"]), visit.language)
    back = plural("page.adoption.back", int(last["resurrected_people"]), visit.language)
    gone = plural("page.adoption.gone", int(last["dormant_people"]), visit.language)
    month = formats.month_name(last["month"], visit.language)
    alt = visit.text(
        "page.adoption.lifecycle_alt", month=month, came=came, back=back, gone=gone
    )
    title = visit.text("page.adoption.lifecycle_title")
    figure = lifecycle(wide, look, title=title, alt_text=alt)
    subtitle = alt
    if one.is_filtered:
        subtitle += " " + visit.text("page.home.ladder.company") + "."
    head = components.heading(title, subtitle)
    components.show(head, components.legend(lifecycle_legend(look)))
    drawings.draw(visit, figure, "lifecycle", heading=False)


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
    components.show(components.how(visit.text("common.how"), lines))
    links.method(visit, figure)
