"""Home: the verdict in ten seconds, what it rests on, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pandas as pd
import streamlit as st

from core import headline, pyramid, symptoms
from core.campaigns.counts import Campaign, latest_call_list, read
from core.charts import Look
from core.charts.pyramid import Pyramid, pyramid_svg
from core.errors import GroupTooSmall
from core.headline import Base, Company, Verdict
from core.sentences import written
from core.symptoms import Symptom
from core.ui import components
from core.ui.filters import Filters
from core.ui.views import (
    adoption_teams,
    home_cards,
    home_empty,
    home_tiles,
    symptoms_words,
)
from core.ui.views.adoption_scene import Scene, scene
from core.ui.views.home_how import explained
from core.ui.visit import Visit
from core.workspace import Workspace

_OF_SYMPTOM = "headline.symptom."
_RULES = Path(__file__).with_name("home.css")


def plain(sentence: str) -> str:
    """Return a sentence without the stars of its decisive words."""
    return sentence.replace("**", "")


def best_campaign(workspace: Workspace) -> Campaign | None:
    """Return the latest campaign with people to call, if there is one."""
    return latest_call_list(read(workspace.query("mart_campaign_funnel")))


def base(workspace: Workspace, day: str, filters: Filters | None) -> Base | None:
    """Return the pyramid of the company or of the team chosen; None if hidden."""
    if not workspace.has("account", "contact"):
        return None
    rows = workspace.query("mart_pyramid", as_of=day)
    team = filters.team if filters else None
    level = rows[rows["level"] == ("team" if team else "company")]
    if team:
        level = level[level["team"] == team]
    if not len(level) or pd.isna(level["accounts"].iloc[0]):
        return None
    row = level.iloc[0]
    calls = None if pd.isna(row["calls"]) else float(row["calls"])
    accounts, contacts = int(row["accounts"]), int(row["contacts"])
    shape = pyramid.shape(accounts, contacts, calls)
    return Base(accounts, contacts, calls, shape)


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


def found_symptoms(one: Scene) -> tuple[Symptom, ...] | None:
    """Return the symptoms of the company or of the team; None for too few people."""
    try:
        if one.filters.team:
            day = one.period.as_of
            return symptoms.of_team(one.workspace, day, one.filters.team)
        return symptoms.company(one.workspace, one.period.as_of)
    except GroupTooSmall:
        return None


def _named(verdict: Verdict, found: Iterable[Symptom]) -> Symptom | None:
    """Return the symptom that the headline names, or the gravest of many.

    None where the headline speaks of something else.
    """
    present = [one for one in found if one.present]
    if not present or not verdict.headline.key.startswith(_OF_SYMPTOM):
        return None
    code = verdict.headline.key.removeprefix(_OF_SYMPTOM)
    return next((one for one in present if one.code == code), present[0])


def _hero(
    visit: Visit,
    facts: Company,
    verdict: Verdict,
    found: Iterable[Symptom] = (),
    *,
    is_part: bool = False,
) -> None:
    # "Sick" is for a project: a team or a profile needs support.
    state = verdict.state.replace("sick", "at_risk") if is_part else verdict.state
    look = Look(visit.language, visit.theme)
    picture, caption, below = _picture(look, facts, verdict)
    evidence = [written(fact, visit.language) for fact in verdict.evidence]
    named = _named(verdict, found)
    if named is not None:
        evidence = [symptoms_words.told(visit, named), *evidence[:1]]
    hero = components.hero(
        plain(written(verdict.headline, visit.language)),
        " ".join(evidence),
        state,
        visit.text(f"verdict.{state}"),
        picture=picture,
        caption=caption,
        subcaption=below,
    )
    what = visit.text("page.home.verdict")
    components.show(explained(visit, hero, "company_verdict", what))


@dataclass(frozen=True)
class Judged:
    """The verdict of a scene, and all that it rests on.

    ``found`` are the symptoms of those looked at, None for too few people; ``counted``
    those that count for the verdict, in the order they are told.
    """

    facts: Company
    verdict: Verdict
    found: tuple[Symptom, ...] | None
    counted: tuple[Symptom, ...]
    campaign: Campaign | None


def judged(one: Scene) -> Judged:
    """Return the verdict of the people that the filters leave."""
    held = base(one.workspace, one.period.as_of.isoformat(), one.filters)
    found = found_symptoms(one)
    # A profile is a part of the company: what is wrong with the whole is not its own.
    counted = () if one.filters.profile else symptoms_words.ordered(found or ())
    present = tuple(each.code for each in counted if each.present)
    facts = replace(one.company(), base=held, symptoms=present)
    best = best_campaign(one.workspace)
    return Judged(facts, headline.company(facts), found, tuple(counted), best)


def judged_alone(workspace: Workspace) -> Judged:
    """Return the verdict of exports without any trace of a person."""
    best = best_campaign(workspace)
    day = (workspace.period or (None, None))[1]
    facts = Company(
        month="" if day is None else day.isoformat()[:7],
        days_known=0,
        working_days=0,
        has_logins=workspace.has("login"),
        has_actions=workspace.has("activity"),
        base=None if day is None else base(workspace, day.isoformat(), None),
        to_call=best.to_call if best else None,
    )
    return Judged(facts, headline.company(facts), None, (), best)


def _without_people(visit: Visit, workspace: Workspace) -> None:
    """Show what exports without any trace of a person tell: campaigns, a base."""
    it = judged_alone(workspace)
    _hero(visit, it.facts, it.verdict)
    home_tiles.absent(visit, it.verdict)
    home_cards.todo_alone(visit, workspace, it.facts, it.verdict, it.campaign)
    home_cards.data_line(visit, workspace, None)


def _with_people(one: Scene) -> None:
    it = judged(one)
    _hero(one.visit, it.facts, it.verdict, it.counted, is_part=one.is_filtered)
    home_tiles.draw(one, it.facts, it.verdict)
    home_cards.draw(one, it.facts, it.verdict, it.campaign, it.found)
    adoption_teams.how(one, "company_verdict")
    home_cards.data_line(one.visit, one.workspace, one)


def is_untold(one: Scene) -> bool:
    """Whether the whole company is too small a group to be told of."""
    try:
        _ = one.usage
    except GroupTooSmall:
        if one.is_filtered:
            raise
        return True
    return False


def draw(visit: Visit) -> None:
    """Draw the page for whatever the workspace holds, were it nothing."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    workspace = cast(Workspace, visit.workspace)
    if not workspace.objects:
        home_empty.no_data(visit)
        return
    one = scene(visit)
    if one is None or is_untold(one):
        _without_people(visit, workspace)
    elif not one.usage.people and one.is_filtered:
        home_empty.nobody(one)
    else:
        _with_people(one)
