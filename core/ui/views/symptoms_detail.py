"""One symptom opened: the chart for a sceptic, what is for and against, what to do."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import streamlit as st

from core import exports, symptoms
from core.charts import Figure
from core.errors import GroupTooSmall, NamesHidden
from core.i18n import formats
from core.questionnaire import questions
from core.symptoms import Fact, Symptom, drawing
from core.symptoms import telling as words
from core.ui import cards, components, drawings, links
from core.ui.components import Stat, rich
from core.ui.icons import icon
from core.visit import Visit
from core.workspace import Workspace

_TONES = {"for": "watch", "against": "healthy", "known": "not_enough_data"}
_LINES = ("1", "2", "3")
# Where the people or the teams of a symptom are seen: the page, its view, the words.
_LEADS = {
    "procrastination": ("adoption", {"view": "table"}, "start"),
    "gaulish_village": ("adoption", {}, "teams"),
}


def draw(
    visit: Visit, workspace: Workspace, as_of: date, team: str | None, one: Symptom
) -> None:
    """Draw everything there is to know of one symptom."""
    links.page_link(visit, "symptoms", f"← {visit.text('page.symptoms.back')}")
    _header(visit, one, team)
    if one.state == "not_enough_data":
        _missing(visit, workspace, as_of, one)
        if one.evidence:
            components.show(_facts(visit, "known", one.evidence))
        with st.container(border=True, key="card_symptom_todo"):
            components.show(_questions(visit, one.code))
            _audit(visit, one.code)
        _how(visit)
        return
    left, right = st.columns([0.6, 0.4], gap="small")
    with left, st.container(key="card_symptom_chart", height="stretch"):
        _picture(visit, workspace, as_of, team, one)
    if one.state == "healthy":
        with right:
            components.show(_facts(visit, "against", one.counter_evidence))
    else:
        key = "card_symptom_todo"
        with right, st.container(border=True, key=key, height="stretch"):
            _todo(visit, workspace, one, team)
        pros, cons = st.columns(2, gap="small")
        with pros:
            components.show(_facts(visit, "for", one.evidence))
        with cons:
            components.show(_facts(visit, "against", one.counter_evidence))
    _how(visit)


def _how(visit: Visit) -> None:
    label = visit.text("page.symptoms.how")
    links.page_link(visit, "method", label, figure="symptoms")


def _header(visit: Visit, one: Symptom, team: str | None) -> None:
    eyebrow = visit.text(f"symptom.{one.code}.name")
    if team:
        eyebrow = visit.text("page.symptoms.of_team", eyebrow=eyebrow, team=team)
    answer = visit.text(f"page.symptoms.answer.{one.code}.{one.state}")
    word = visit.text(f"page.symptoms.chip.{one.state}")
    state = one.state.replace("sick", "at_risk") if team else one.state
    components.show(components.verdict_header(eyebrow, answer, state, word))
    if one.state == "not_enough_data":
        return
    sure = visit.text(f"page.symptoms.confidence.{one.confidence}")
    why = visit.text(f"page.symptoms.confidence_why.{one.confidence}")
    colon = visit.text("common.colon")
    sentence = f"{words.told(visit, one)} **{sure}**{colon}{why}"
    components.show(components.paragraph(sentence.strip()))


def _missing(visit: Visit, workspace: Workspace, as_of: date, one: Symptom) -> None:
    """Say what to export and from which menu, or how long to wait."""
    ready = words.answer_day(workspace, as_of)
    lines: list[str] = []
    if ready is not None:
        first, day = (formats.day(value, visit.language) for value in ready)
        lines.append(visit.text("page.symptoms.history_note", first=first, day=day))
    if one.missing:
        lines.append(visit.text("page.symptoms.missing_note"))
    parts = [components.note(line) for line in lines]
    for name in one.missing:
        stats = [Stat(vendor, menu) for vendor, menu in _menus(visit, workspace, name)]
        shown = escape(formats.capital(words.lacking(visit, [name])))
        parts.append(f"<h3>{shown}</h3>")
        parts.append(components.stat_list(stats))
    title = visit.text("page.symptoms.missing_title")
    components.show(components.card(*parts, title=title))
    if one.missing and visit.can("import"):
        cards.add_files(visit.language)


def _menus(visit: Visit, workspace: Workspace, name: str) -> list[tuple[str, str]]:
    return words.menus(visit, workspace, name)


def _picture(
    visit: Visit, workspace: Workspace, as_of: date, team: str | None, one: Symptom
) -> None:
    try:
        frame = symptoms.picture(workspace, as_of, one.code, team)
    except (GroupTooSmall, NamesHidden):
        frame = pd.DataFrame()
    figure = drawing.figure(visit, one, frame)
    if figure is None:
        said = visit.text("page.symptoms.no_picture")
        components.show(components.partial_data(said))
        return
    drawings.draw(visit, figure, f"symptom_{one.code}")
    if visit.can("export"):
        _download(visit, one, team, figure, as_of)


def _download(
    visit: Visit, one: Symptom, team: str | None, figure: Figure, as_of: date
) -> None:
    table = figure.table
    columns = {str(name): str(name) for name in table.columns}
    name = visit.text(f"symptom.{one.code}.name")
    st.download_button(
        visit.text("page.symptoms.csv"),
        exports.csv_bytes(table, columns, visit.language),
        exports.file_name(
            visit.text("page.symptoms.file"),
            name,
            team or "",
            as_of.isoformat(),
            suffix="csv",
        ),
        "text/csv",
        key="symptom_csv",
        on_click="ignore",
    )


def _todo(visit: Visit, workspace: Workspace, one: Symptom, team: str | None) -> None:
    """Draw three actions, and the way to the people or the teams concerned."""
    heading = components.heading(visit.text("page.symptoms.steps"))
    steps = [(visit.text(f"page.symptoms.do.{one.code}.{line}"), "") for line in _LINES]
    components.show(heading, components.step_list(steps))
    page, query, label = _LEADS.get(one.code, ("adoption", {}, "people"))
    query = dict(query)
    who = team or one.subject.get("team")
    if who:
        query["team"] = who
        words_of = visit.text("page.symptoms.team", team=who)
    else:
        hides = workspace.privacy == "teams"
        words_of = visit.text(f"page.symptoms.{'teams' if hides else label}")
    links.page_link(visit, page, words_of, **query)
    components.show(_questions(visit, one.code))
    _audit(visit, one.code)


def _audit(visit: Visit, code: str) -> None:
    """Draw the way to the first of these questions, in the audit."""
    first = questions.of_symptom(code)[0].code
    label = visit.text("page.symptoms.open_audit")
    links.page_link(visit, "audit", label, view="questions", question=first)


def _facts(visit: Visit, side: str, facts: tuple[Fact, ...]) -> str:
    """Return the facts for or against, or those known at all, each with its limit."""
    title = visit.text(f"page.symptoms.{side}")
    if not facts:
        none = visit.text(f"page.symptoms.{side}_none")
        return components.card(components.note(none), title=title)
    tone = _TONES[side]
    sign = icon(tone)
    rows = []
    for fact in facts:
        said = rich(words.sentence(visit, fact))
        rows.append(f'<li><span class="t-{tone}">{sign}</span><span>{said}</span></li>')
    return components.card(f'<ul class="facts">{"".join(rows)}</ul>', title=title)


def _questions(visit: Visit, code: str) -> str:
    asked = questions.of_symptom(code)[: len(_LINES)]
    items = "".join(
        f"<li>{escape(one.said('ask', visit.language))}</li>" for one in asked
    )
    title = components.heading(visit.text("page.symptoms.questions"))
    listed = f'<ul class="questions">{items}</ul>'
    return f'<div class="symptom-part">{title}{listed}</div>'
