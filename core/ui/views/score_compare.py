"""Several features at once: side by side, what would lift them, mark against effort."""

from __future__ import annotations

from html import escape

import streamlit as st

from core.charts.figure import Look
from core.charts.scorecards import Point, portfolio_chart
from core.i18n import formats, plural
from core.score_usage import CRITERIA, lift
from core.scorecards.model import Scorecard
from core.scorecards.words import Reading
from core.ui import components, drawings
from core.ui.views import score_blocks, score_files
from core.visit import Visit

FEWEST, MOST = 2, 6
_LETTERS = {one.key: one.letter for one in CRITERIA}


def by_mark(found: list[Scorecard]) -> list[Scorecard]:
    """Return scorecards, best mark first, those without one last."""
    return sorted(
        found,
        key=lambda one: (
            one.sheet.mark is None,
            -(one.sheet.mark or 0),
            formats.sorting(one.sheet.name),
        ),
    )


def weakest(found: list[Scorecard]) -> list[Scorecard]:
    """Return scorecards, lowest mark first, those without one last."""
    return sorted(
        found,
        key=lambda one: (
            one.sheet.mark is None,
            one.sheet.mark or 0,
            formats.sorting(one.sheet.name),
        ),
    )


def compare(visit: Visit, found: list[Scorecard], read: Reading) -> None:
    """Draw two to six features as rows, and what would lift each."""
    if len(found) < FEWEST:
        title = visit.text("page.score.compare.few")
        note = visit.text("page.score.compare.few_note")
        components.show(components.empty_state(title, note))
        return
    ordered = by_mark(found)
    known = {one.feature_id: one for one in ordered}
    chosen = st.multiselect(
        visit.text("page.score.compare.choose"),
        list(known),
        default=list(known)[: MOST - 2],
        format_func=lambda identifier: known[identifier].sheet.name,
        max_selections=MOST,
        key="score_compared",
        placeholder=visit.text("page.score.compare.choose"),
    )
    compared = [one for one in ordered if one.feature_id in chosen]
    if len(compared) < FEWEST:
        components.show(components.note(visit.text("page.score.compare.two")))
        return
    title = visit.text("page.score.compare.title")
    lines = [score_blocks.Line(escape(one.sheet.name), one.sheet) for one in compared]
    with st.container(key="card_score_matrix", border=True):
        first = visit.text("page.score.column.feature")
        components.show(
            components.heading(title, visit.text("page.score.compare.note")),
            score_blocks.matrix(lines, read, caption=title, first=first),
            score_blocks.key(read),
        )
        if visit.can("export"):
            identifiers = [one.feature_id for one in compared]
            name = visit.text("page.score.compare.file")
            score_files.downloads(visit, identifiers, name, key="several")
    _lifts(visit, compared, read)


def _lifts(visit: Visit, compared: list[Scorecard], read: Reading) -> None:
    """Draw a card a feature: the criteria to raise first and the mark they lead to."""
    shown = [_lift(visit, one, read) for one in compared]
    drawn = [card for card in shown if card]
    wide = 2 if len(drawn) in (2, 4) else 3
    for start in range(0, len(drawn), wide):
        some = drawn[start : start + wide]
        for cell, card in zip(st.columns(wide), some, strict=False):
            with cell:
                components.show(card)


def _lift(visit: Visit, one: Scorecard, read: Reading) -> str:
    sheet = one.sheet
    steps = lift(sheet.values, read.rules)
    if not steps:
        return ""
    rows = []
    for step in steps:
        sign = score_blocks.tile(
            _LETTERS[step.key], step.before, read.answer(step.before), small=True
        )
        becomes = visit.text(
            "page.score.lift.step",
            before=read.answer(step.before),
            after=read.answer(step.after),
            mark=read.mark(step.mark),
        )
        rows.append(
            f"<li>{sign}<span><b>{escape(read.name(step.key))}</b>"
            f'<span class="note">{escape(becomes)}</span></span></li>'
        )
    title = visit.text(
        "page.score.lift.title",
        name=sheet.name,
        before=read.mark(sheet.mark),
        after=read.mark(steps[-1].mark),
    )
    return components.card(f'<ul class="first">{"".join(rows)}</ul>', title=title)


def portfolio(visit: Visit, found: list[Scorecard], read: Reading) -> None:
    """Draw every feature by its mark and by the effort it asks."""
    points = [
        Point(one.sheet.name, one.sheet.effort, one.sheet.mark, read.state(one.sheet))
        for one in by_mark(found)
        if one.sheet.effort is not None and one.sheet.mark is not None
    ]
    left = len(found) - len(points)
    if not points:
        title = visit.text("page.score.portfolio.none")
        note = visit.text("page.score.portfolio.none_note")
        components.show(components.empty_state(title, note))
        return
    best = points[0]
    finding = visit.text(
        "page.score.portfolio.finding", name=best.name, mark=read.mark(best.mark)
    )
    figure = portfolio_chart(
        points,
        Look(visit.language, visit.theme),
        title=visit.text("page.score.portfolio.title"),
        alt_text=finding,
        limits=(
            read.rules["score.mark.uncertain"],
            read.rules["score.mark.likely"],
        ),
    )
    with st.container(key="card_score_portfolio", border=True):
        drawings.draw(visit, figure, "score_portfolio", subtitle=finding)
        if left:
            said = plural("page.score.portfolio.left", left, visit.language)
            components.show(components.note(said))
