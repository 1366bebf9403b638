"""Symptoms of a stalled project: which are there, what shows it, what to do first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import streamlit as st

from core import indicators, people, periods, symptoms
from core.errors import GroupTooSmall
from core.i18n import formats
from core.practices import gateway
from core.symptoms import CODES, Symptom
from core.symptoms import telling as words
from core.ui import cards, components, export_guide, filters, folding, links
from core.ui.components import unseen
from core.ui.icons import icon
from core.ui.tables import Html
from core.ui.views import symptom_card, symptoms_detail
from core.visit import Visit
from core.workspace import Workspace

_OF_PEOPLE = ("user", "login", "activity")
_UNKNOWN = "not_enough_data"
_PER_ROW = 3
# Each team is judged on its own: many would take long, and nobody reads them all.
_MOST_TEAMS = 20
_RULES = Path(__file__).with_name("symptoms.css")


@dataclass(frozen=True)
class Asked:
    """What the page is asked about: a day, a month, a team or the company.

    ``teams`` are all of them, ``largest`` those compared, both in order of their names.
    """

    workspace: Workspace
    month: str
    as_of: date
    team: str | None
    teams: tuple[str, ...]
    largest: tuple[str, ...]


def draw(visit: Visit) -> None:
    """Draw the symptoms of the company or of one team, or the one that is asked."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    asked = _asked(visit)
    if asked is None:
        _nothing(visit)
        return
    try:
        found = read(asked)
    except GroupTooSmall:
        answer = visit.text("page.symptoms.team_hidden")
        components.show(components.verdict_header(_eyebrow(visit, asked), answer))
        return
    chosen = next(
        (one for one in found if one.code == st.query_params.get("symptom")), None
    )
    _tell_address(None if chosen is None else chosen.code)
    if chosen is not None:
        symptoms_detail.draw(visit, asked.workspace, asked.as_of, asked.team, chosen)
        return
    answer = words.title(visit, found, asked.as_of)
    components.show(components.verdict_header(_eyebrow(visit, asked), answer))
    _cards(visit, found, asked)
    if asked.team is None and any(one.state != _UNKNOWN for one in found):
        _matrix(visit, asked)
    links.how(visit, "symptoms", _how(visit))


def _tell_address(code: str | None) -> None:
    """Write what is shown to the browser's address.

    A link to the page it stands on changes what the server reads of the address, and
    not the address itself (Streamlit 1.67).
    """
    if st.session_state.get("symptom_shown") != code:
        st.query_params.from_dict(st.query_params.to_dict())
    st.session_state["symptom_shown"] = code


def _asked(visit: Visit) -> Asked | None:
    workspace = cast(Workspace, visit.workspace)
    months = periods.months(workspace)
    if not months or not any(map(workspace.has, _OF_PEOPLE)):
        return None
    latest = periods.period(workspace, months[0])
    known = people.everyone(workspace, latest.as_of, latest.month)
    teams = sorted(known["team"].dropna().unique(), key=formats.sorting)
    beside = partial(filters.ways_out, visit)
    chosen = filters.bar(visit, months, teams, beside=beside)
    as_of = periods.period(workspace, chosen.month).as_of
    sizes = indicators.members(known)["team"].value_counts().head(_MOST_TEAMS)
    largest = tuple(team for team in teams if team in sizes.index)
    return Asked(workspace, chosen.month, as_of, chosen.team, tuple(teams), largest)


def read(asked: Asked) -> tuple[Symptom, ...]:
    """Return the symptoms of what is asked; raises GroupTooSmall for a small team."""
    if asked.team is None:
        return symptoms.company(asked.workspace, asked.as_of)
    return symptoms.of_team(asked.workspace, asked.as_of, asked.team)


def _eyebrow(visit: Visit, asked: Asked) -> str:
    eyebrow = visit.text("page.symptoms.eyebrow")
    if asked.team is None:
        return eyebrow
    return visit.text("page.symptoms.of_team", eyebrow=eyebrow, team=asked.team)


def _nothing(visit: Visit) -> None:
    """Say which exports to make, and from which menu."""
    title = visit.text("common.no_data")
    body = visit.text("page.symptoms.missing")
    asked = export_guide.rows(visit, "login", "activity", "user")
    components.show(components.empty_state(title, body, asked, heading_level=1))
    if visit.can("import"):
        cards.add_files(visit.language)


def _cards(visit: Visit, found: tuple[Symptom, ...], asked: Asked) -> None:
    """Draw a card for what asks for something, worst first; a line for what is absent.

    The mailbox gateway, a feature easily forgotten, has its place among them.
    """
    asking: list[tuple[str, str, str, tuple[str, str, dict[str, str]]]] = []
    absent: list[tuple[str, str]] = []
    for one in words.ordered(found):
        if one.state == "healthy":
            absent.append((one.code, symptom_card.line(visit, one)))
            continue
        drawn = symptom_card.card(visit, one, asked.as_of)
        query: dict[str, str] = {"symptom": one.code}
        link = ("symptoms", _see(visit, one), query)
        asking.append((one.state, one.code, drawn, link))
    if asked.team is None and visit.can_open("practices"):
        practice = gateway.card(asked.workspace, asked.as_of)
        label = visit.text("page.symptoms.gateway.see")
        drawn = symptom_card.gateway_card(visit, practice)
        asking.append((practice.state, "gateway", drawn, ("practices", label, {})))
    asking.sort(key=lambda card: words.RANK[card[0]])
    # Four make two rows of two, without a card left alone.
    per_row = 2 if len(asking) in (1, 2, 4) else _PER_ROW
    for start in range(0, len(asking), per_row):
        cells = st.columns(per_row, gap="small")
        row = asking[start : start + per_row]
        for cell, (_, code, drawn, (page, label, query)) in zip(
            cells, row, strict=False
        ):
            key = f"card_symptom_{code}"
            with cell, st.container(key=key, gap="xxsmall", height="stretch"):
                components.show(drawn)
                links.page_link(visit, page, label, **query)
    _absent(visit, absent)


def _absent(visit: Visit, lines: list[tuple[str, str]]) -> None:
    """Draw the symptoms that are absent: the name leads to why."""
    if not lines:
        return
    with st.container(border=True, key="card_absent", gap="xxsmall"):
        title = visit.text("page.symptoms.absent_title")
        components.show(components.heading(title))
        for code, drawn in lines:
            with st.container(horizontal=True, key=f"absent_{code}", gap="small"):
                links.page_link(
                    visit,
                    "symptoms",
                    visit.text(f"symptom.{code}.name"),
                    symptom=code,
                )
                components.show(drawn)


def _see(visit: Visit, one: Symptom) -> str:
    """Return the words of the link to a symptom, which tell it from its neighbours."""
    key = "see_missing" if one.state == _UNKNOWN else "see"
    action = visit.text(f"page.symptoms.{key}")
    name = visit.text(f"symptom.{one.code}.name")
    return visit.text("page.symptoms.see_of", action=action, symptom=name)


def _matrix(visit: Visit, asked: Asked) -> None:
    """Draw a row a team and a column a symptom, each cell a sign and its word."""
    if len(asked.teams) < 2:
        return
    rows: list[tuple[int, dict[str, object]]] = []
    seen: set[str] = set()
    for team in asked.largest:
        row: dict[str, object] = {"team": Html(_open(visit, asked, team))}
        count = 0
        try:
            found = symptoms.of_team(asked.workspace, asked.as_of, team)
        except GroupTooSmall:
            row = {"team": team, "hidden": visit.text("page.symptoms.matrix_hidden")}
        else:
            row |= {one.code: _cell(visit, one) for one in found}
            row["all"] = _all(visit, found)
            seen |= {one.code for one in found}
            count = sum(one.present for one in found)
        rows.append((count, row))
    codes = [code for code in CODES if code in seen]
    if not codes:
        return
    # The sort is stable: among as many symptoms, teams stay in order of their names.
    shown = [row for _, row in sorted(rows, key=lambda pair: -pair[0])]
    for row in shown:
        for name in (codes[0], "all"):
            row[name] = row.get(name) or row.get("hidden")
    columns = {"team": visit.text("filter.team")}
    if visit.is_phone:
        columns["all"] = visit.text("page.symptoms.matrix_present")
    else:
        columns |= {code: visit.text(f"symptom.{code}.name") for code in codes}
    title = visit.text("page.symptoms.matrix")
    note = visit.text("page.symptoms.matrix_note")
    if len(asked.largest) < len(asked.teams):
        counts = {"shown": len(asked.largest), "count": len(asked.teams)}
        note = f"{note} {visit.text('page.symptoms.matrix_some', **counts)}"
    with st.container(border=True, key="card_matrix"):
        components.show(components.heading(title, note))
        folding.draw(visit, columns, shown, caption=title, key="matrix", stack=False)


def _all(visit: Visit, found: tuple[Symptom, ...]) -> Html:
    """Return the symptoms of a team that are present, on one line."""
    present = [
        f'<span class="t-at_risk is">{icon("at_risk")}'
        f"{escape(visit.text(f'symptom.{one.code}.name'))}</span>"
        for one in found
        if one.present
    ]
    none = escape(visit.text("page.symptoms.matrix_none"))
    return Html(" ".join(present) or f'<span class="none">{none}</span>')


def _cell(visit: Visit, one: Symptom) -> Html:
    word = visit.text(f"page.symptoms.chip.{one.state}")
    if one.state == "healthy":
        return Html(f'<span class="none" aria-hidden="true">·</span>{unseen(word)}')
    return Html(components.chip(one.state.replace("sick", "at_risk"), word))


def _open(visit: Visit, asked: Asked, team: str) -> str:
    """Return the link to a team's own symptoms, in the month that is asked."""
    query = urlencode({"month": asked.month, "team": team, "lang": visit.language})
    return f'<a href="symptoms?{escape(query, quote=True)}">{escape(team)}</a>'


def _how(visit: Visit) -> list[str]:
    keys = ("rules", "people", "confidence", "history")
    return [visit.text(f"page.symptoms.how_{key}") for key in keys]
