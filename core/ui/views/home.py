"""Home: the verdict in ten seconds, what it rests on, and what to do first."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import streamlit as st

from core import judgement, pyramid
from core.charts import Look
from core.charts.pyramid import Pyramid, pyramid_svg
from core.headline import Verdict
from core.judgement import Judged
from core.readings import Company
from core.scene import Scene
from core.sentences import plain, written
from core.ui import components, filters
from core.ui.views import (
    adoption_teams,
    home_cards,
    home_empty,
    home_teams,
    home_tiles,
)
from core.ui.views.home_how import explained
from core.visit import Visit
from core.workspace import Workspace

_RULES = Path(__file__).with_name("home.css")


def _picture(look: Look, facts: Company, verdict: Verdict) -> tuple[str, str, str]:
    """Return the small pyramid, the name of its shape and the line below."""
    held = facts.base
    if held is None or not held.accounts:
        return "", "", ""
    expected = (float(held.accounts), *pyramid.expected(held.accounts))
    drawn = pyramid_svg(
        Pyramid(held.accounts, held.contacts, held.calls, expected),
        look.colours,
        alt_text=plain(written(verdict.pyramid.sentence, look.language)),
        state=verdict.pyramid.state,
    )
    if held.shape is None:
        note = look.text("page.home.shape_missing_note")
        return drawn, look.text("page.home.shape_missing"), note
    is_thin = held.shape == "pyramid" and verdict.pyramid.state == "watch"
    name = look.text(f"shape.{'thin' if is_thin else held.shape}")
    caption = look.text("page.home.shape", shape=name)
    return drawn, caption, look.text("page.home.shape_note")


def _hero(visit: Visit, it: Judged, one: Scene | None = None) -> None:
    """Draw the verdict beside what is wrong: the pyramid, or the teams."""
    state = judgement.state(it, is_part=one is not None and one.is_filtered)
    look = Look(visit.language, visit.theme)
    picture, caption, below = _picture(look, it.facts, it.verdict)
    lead = judgement.evidence(visit, it)
    teams = () if one is None else home_teams.rows(one)
    if one is not None and len(teams) > 1 and it.verdict.pyramid.state == "healthy":
        picture, caption, below = home_teams.picture(one, teams), "", ""
        lead = f"{lead} {written(it.verdict.pyramid.sentence, visit.language)}"
    hero = components.hero(
        plain(written(it.verdict.headline, visit.language)),
        lead,
        state,
        visit.text(f"verdict.{state}"),
        picture=picture,
        caption=caption,
        subcaption=below,
    )
    what = visit.text("page.home.verdict")
    components.show(explained(visit, hero, "company_verdict", what))


def _without_people(visit: Visit, workspace: Workspace) -> None:
    """Show what exports without any trace of a person tell: campaigns, a base."""
    it = judgement.judged_alone(workspace)
    _hero(visit, it)
    home_tiles.absent(visit, it.verdict)
    home_cards.todo(visit, judgement.first_steps_alone(workspace, it))
    home_cards.data_line(visit, workspace, None)


def _with_people(one: Scene) -> None:
    it = judgement.judged(one)
    _hero(one.visit, it, one)
    steps = judgement.first_steps(one, it)
    if one.visit.is_phone:
        home_cards.todo(one.visit, steps)
    home_tiles.draw(one, it.facts, it.verdict)
    home_cards.draw(one, it, steps)
    adoption_teams.how(one, "company_verdict")
    home_cards.data_line(one.visit, one.workspace, one, steps)


def draw(visit: Visit) -> None:
    """Draw the page for whatever the workspace holds, were it nothing."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    workspace = cast(Workspace, visit.workspace)
    if not workspace.objects:
        home_empty.no_data(visit)
        return
    one = filters.of_people(visit)
    if one is None or judgement.is_untold(one):
        _without_people(visit, workspace)
    elif not one.usage.people and one.is_filtered:
        home_empty.nobody(one)
    else:
        _with_people(one)
