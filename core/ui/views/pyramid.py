"""The activity pyramid: the company's or a team's, to scale, and what it lacks."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core import headline, periods, sentences
from core import pyramid as shapes
from core.charts.figure import Look
from core.charts.pyramid import Pyramid, pyramid, pyramid_svg
from core.i18n import formats, plural
from core.readings import Base, Reading
from core.ui import cards, components, drawings, export_guide, filters, links
from core.ui.tables import Html, table
from core.ui.views import pyramid_months, simulator
from core.visit import Visit

# Small pyramids a row, and on a phone those before the others unfold.
_PER_ROW, _FIRST = 4, 3
_RANK = {"sick": 0, "watch": 1, "healthy": 2, "not_enough_data": 3}
_ROWS = 12


def draw(visit: Visit) -> None:
    """Draw the page for the month and the team asked for."""
    workspace = visit.workspace
    assert workspace is not None
    months = periods.months(workspace)
    if not months or not workspace.has("account") or not workspace.has("contact"):
        _nothing(visit)
        return
    latest = periods.period(workspace, months[0]).as_of
    teams = workspace.query("mart_pyramid", as_of=latest)
    names = teams[teams["level"] == "team"]["team"].dropna()
    named = sorted(names, key=formats.sorting)
    chosen = filters.bar(visit, months, named, beside=partial(filters.ways_out, visit))
    as_of = periods.period(workspace, chosen.month).as_of
    rows = shapes.read(workspace.query("mart_pyramid", as_of=as_of))
    levels = rows[rows["level"] == ("team" if chosen.team else "company")]
    if chosen.team:
        levels = levels[levels["team"] == chosen.team]
    if levels.empty or levels.iloc[0].get("is_suppressed", False):
        components.show(components.partial_data(visit.text("page.pyramid.hidden")))
        return
    months_of = pyramid_months.year(visit, as_of)
    _whole(visit, levels.iloc[0], chosen.team, months_of)
    if not chosen.team:
        _teams(visit, rows[rows["level"] == "team"])
    simulator.draw(visit, levels.iloc[0])
    left, right = st.columns(2, gap="small")
    with left:
        pyramid_months.draw(visit, months_of)
    with right:
        _kinds(visit, rows[rows["level"] == "account_type"])


def _nothing(visit: Visit) -> None:
    """Say which files the pyramid needs, and which of them are there."""
    workspace = visit.workspace
    lacking = [
        visit.text(f"object.{name}")
        for name in ("account", "contact", "activity")
        if workspace is None or not workspace.has(name)
    ]
    missing = visit.text(
        "page.pyramid.empty_note", files=formats.listing(lacking, visit.language)
    )
    exports = export_guide.rows(visit, "account", "contact", "activity")
    title = visit.text("page.pyramid.empty")
    components.show(components.empty_state(title, missing, exports, heading_level=1))
    if visit.can("import"):
        cards.add_files(visit.language)


def reading(row: Any) -> Reading:
    """Return the state and the sentence of one row of the pyramid."""
    calls = None if pd.isna(row["calls"]) else float(row["calls"])
    shape = None if pd.isna(row["shape"]) else str(row["shape"])
    if pd.isna(row["accounts"]) or pd.isna(row["contacts"]):
        return headline.pyramid(None)
    base = Base(int(row["accounts"]), int(row["contacts"]), calls, shape)
    return headline.pyramid(base)


def drawn(row: Any) -> Pyramid:
    """Return one row as the drawing takes it, over the base it should have."""
    contacts, calls = shapes.expected(float(row["accounts"]))
    held = None if pd.isna(row["calls"]) else float(row["calls"])
    accounts = float(row["accounts"])
    return Pyramid(
        accounts, float(row["contacts"]), held, expected=(accounts, contacts, calls)
    )


def _word(visit: Visit, state: str) -> str:
    return visit.text(f"verdict.{state}")


def _answer(visit: Visit, found: Reading, year: pd.DataFrame) -> str:
    """Return the verdict; a pyramid still healthy whose calls fall says so."""
    fell = shapes.fall(list(year["value"]))
    if found.state != "healthy" or fell is None:
        return sentences.written(found.sentence, visit.language)
    first, last = (formats.number(one, visit.language, digits=1) for one in fell)
    since = formats.month(year["month"].iloc[0], visit.language)
    key = "page.pyramid.title_falling"
    return visit.text(key, first=first, last=last, since=since)


def _whole(visit: Visit, row: Any, team: str | None, year: pd.DataFrame) -> None:
    """Draw the sentence, the pyramid to scale and its three ratios."""
    found = reading(row)
    # The months are the company's: of a team they tell nothing.
    answer = _answer(visit, found, year.iloc[:0] if team else year)
    eyebrow = visit.text("page.pyramid.eyebrow")
    if team:
        eyebrow = f"{eyebrow}, {team}"
    components.show(
        components.verdict_header(
            eyebrow, answer, found.state, _word(visit, found.state)
        )
    )
    left, right = st.columns([0.6, 0.4], gap="small")
    with left, st.container(key="card_pyramid"):
        figure = pyramid(
            drawn(row),
            Look(visit.language, visit.theme),
            title=visit.text("page.pyramid.scale"),
            alt_text=answer,
            state=found.state,
        )
        subtitle = visit.text("page.pyramid.scale_note")
        drawings.draw(visit, figure, "pyramid", subtitle=subtitle)
    with right:
        _ratios(visit, row)


def _ratios(visit: Visit, row: Any) -> None:
    """Draw how to read the pyramid: each ratio beside the healthy one."""
    calls_per_account = shapes.ratio(row["calls"], row["accounts"])
    lines = (
        ("contacts_per_account", row["contacts_per_account"], 2.5, (2.0, 1.0)),
        ("calls_per_contact", row["calls_per_contact"], 2.0, (1.5, 0.9)),
        ("calls_per_account", calls_per_account, 5.0, (3.75, 2.25)),
    )
    rows = []
    for name, value, healthy, (good, poor) in lines:
        if value is None or pd.isna(value):
            state = "not_enough_data"
        else:
            state = "healthy" if value >= good else "watch" if value >= poor else "sick"
        rows.append(
            {
                "ratio": visit.text(f"ratio.{name}"),
                "held": formats.number(value, visit.language, digits=1),
                "healthy": formats.number(healthy, visit.language, digits=1),
                "state": Html(components.chip(state, _word(visit, state))),
            }
        )
    columns = {
        "ratio": visit.text("page.pyramid.ratio"),
        "held": visit.text("page.pyramid.you"),
        "healthy": visit.text("page.pyramid.healthy"),
        "state": "",
    }
    title = visit.text("page.pyramid.how_to_read")
    parts = [
        components.heading(title),
        components.paragraph(visit.text("page.pyramid.reading")),
        table(
            columns,
            rows,
            caption=title,
            numeric={"held", "healthy"},
            strong={"held"},
            stack=False,
        ),
        *[components.note(line) for line in _notes(visit, row)],
        components.how(
            visit.text("common.how"),
            [
                visit.text("indicator.calls.help"),
                visit.text("indicator.missing_calls.help"),
                visit.text("page.pyramid.source", file="sql/marts/mart_pyramid.sql"),
            ],
        ),
    ]
    with st.container(border=True, key="card_ratios", gap="xsmall", height="stretch"):
        components.show(*parts)
        links.method(visit, "pyramid")


def _notes(visit: Visit, row: Any) -> list[str]:
    """Return what to know of the counts: history, meetings, missing calls a week."""
    lines = []
    months = row["months_observed"]
    if not pd.isna(months) and 0 < months < 12:
        counted = plural("count.call", row["observed_calls"], visit.language)
        lines.append(
            plural("page.pyramid.annualised", months, visit.language, calls=counted)
        )
    if not pd.isna(row["missing_calls"]) and row["missing_calls"] >= 1:
        missing = plural("page.pyramid.missing", row["missing_calls"], visit.language)
        week = None
        if not pd.isna(row["people"]):
            people = int(row["people"])
            week = shapes.missing_calls_per_week(float(row["missing_calls"]), people)
        if week:
            missing += " " + plural(
                "page.pyramid.per_week", week, visit.language, digits=1
            )
        lines.append(missing)
    if not pd.isna(row["meetings"]) and row["meetings"]:
        lines.append(plural("page.pyramid.meetings", row["meetings"], visit.language))
    return lines


def _teams(visit: Visit, teams: pd.DataFrame) -> None:
    """Draw a small pyramid a team, the one to support first, on its own scale."""
    shown = teams[teams["accounts"].fillna(0) > 0]
    if len(shown) < 2:
        return
    found = [(reading(row), row) for _, row in shown.iterrows()]
    found.sort(key=lambda pair: (_RANK[pair[0].state], _calls(pair[1])))
    title = visit.text("page.pyramid.by_team")
    components.show(components.section(title, visit.text("page.pyramid.by_team_note")))
    first = _FIRST if visit.is_phone and len(found) > _FIRST + 1 else len(found)
    with st.container(key="team_pyramids"):
        _small(visit, found[:first])
        if first < len(found):
            label = plural("common.others", len(found) - first, visit.language)
            with st.expander(label, key="more_pyramids"):
                _small(visit, found[first:])
    if "is_suppressed" in teams and teams["is_suppressed"].any():
        components.show(components.note(visit.text("page.pyramid.suppressed")))


def _small(visit: Visit, found: list[tuple[Reading, Any]]) -> None:
    """Draw small pyramids, so many a row."""
    for start in range(0, len(found), _PER_ROW):
        cells = st.columns(_PER_ROW, gap="small")
        for cell, (said, row) in zip(cells, found[start:], strict=False):
            with cell:
                _team(visit, said, row)


def _calls(row: Any) -> float:
    value = row["calls_per_contact"]
    return 0.0 if pd.isna(value) else float(value)


def _team(visit: Visit, found: Reading, row: Any) -> None:
    name = visit.text("common.no_team") if pd.isna(row["team"]) else str(row["team"])
    ratio = visit.text("common.unknown")
    if not pd.isna(row["calls_per_contact"]):
        ratio = plural("page.pyramid.team_ratio", _calls(row), visit.language, digits=1)
    counts = ", ".join(
        plural(f"count.{name}", row[f"{name}s"], visit.language)
        for name in ("account", "contact", "call")
        if not pd.isna(row[f"{name}s"])
    )
    # "Sick" is said of a project, never of the people of a team.
    state = "at_risk" if found.state == "sick" else found.state
    colours = Look(visit.language, visit.theme).colours
    image = pyramid_svg(
        drawn(row),
        colours,
        alt_text=visit.text("page.pyramid.team_alt", team=name, counts=counts),
        state=state,
    )
    components.show(
        components.card(
            f"<div>{components.chip(state, _word(visit, state))}</div>",
            image,
            components.note(f"**{ratio}**"),
            components.note(counts),
            title=name,
        )
    )


def _kinds(visit: Visit, kinds: pd.DataFrame) -> None:
    """Draw the same counts by kind of account, the most numerous first."""
    shown = kinds[kinds["accounts"].fillna(0) > 0]
    if len(shown) < 2:
        return
    shown = shown.sort_values("accounts", ascending=False).head(_ROWS)
    rows = [
        {
            "kind": visit.text("common.unknown")
            if pd.isna(row["account_type"])
            else row["account_type"],
            **{
                f"{name}s": formats.number(row[f"{name}s"], visit.language)
                for name in ("account", "contact", "call")
            },
            "ratio": formats.number(row["calls_per_contact"], visit.language, digits=1),
        }
        for _, row in shown.iterrows()
    ]
    columns = {
        "kind": visit.text("field.account.account_type"),
        "accounts": visit.text("pyramid.account"),
        "contacts": visit.text("pyramid.contact"),
        "calls": visit.text("indicator.calls.label"),
        "ratio": visit.text("page.pyramid.calls_each"),
    }
    title = visit.text("page.pyramid.by_kind")
    numeric = {"accounts", "contacts", "calls", "ratio"}
    drawn_table = table(columns, rows, caption=title, numeric=numeric)
    components.show(components.card(drawn_table, title=title))
