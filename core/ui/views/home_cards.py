"""The cards of Home: people by profile, from licence to habit, what to do first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core import indicators, steps
from core.campaigns import Campaign
from core.headline import Company, Verdict
from core.i18n import formats, plural
from core.sentences import written
from core.steps import Leads, Step
from core.ui import components, links, tiles
from core.ui.components import Stat
from core.ui.views.adoption_scene import PROFILES, Scene
from core.ui.views.person_words import expected_days
from core.ui.visit import Visit
from core.workspace import Workspace

_UNCLASSIFIED = "unclassified"
_RUNGS = ("licensed", "activated", "active", "habitual")


def draw(
    one: Scene, facts: Company, verdict: Verdict, campaign: Campaign | None
) -> None:
    """Draw the three cards, side by side."""
    columns = st.columns(3, gap="small")
    with columns[0]:
        components.show(_profiles(one))
    with columns[1]:
        components.show(_ladder(one))
    with columns[2]:
        _todo(one.visit, steps.first(facts, verdict, _leads(one, facts, campaign)))


def _profiles(one: Scene) -> str:
    visit, look = one.visit, one.look
    groups = one.groups("profile")
    parts: list[tuple[str | None, str, int, str]] = []
    kinds: tuple[str | None, ...] = (*PROFILES, None)
    for profile in kinds:
        rows = groups[
            groups["profile"].isna()
            if profile is None
            else groups["profile"] == profile
        ]
        if not len(rows):
            continue
        row = rows.iloc[0]
        name = visit.text(f"profile.{_UNCLASSIFIED if profile is None else profile}")
        if row["is_suppressed"]:
            parts.append((profile, name, 0, visit.text("page.home.profiles.hidden")))
            continue
        count = int(row["judged"])
        if not count:
            continue
        if profile is None:
            key = "page.home.profiles.unclassified"
            say = plural(key, int(row["below"]), visit.language)
        else:
            low, high = expected_days(one, profile, one.period.working_days)
            say = visit.text(
                "page.home.profiles.say",
                ok=look.number(row["in_range"]),
                n=look.number(count),
                low=low,
                high=high,
            )
        parts.append((profile, name, count, say))
    return components.card(
        tiles.profile_split(parts),
        components.note(visit.text("page.home.profiles.note")),
        title=visit.text("page.home.profiles.title"),
    )


def _ladder(one: Scene) -> str:
    visit, look = one.visit, one.look
    day = one.period.as_of.isoformat()
    row = one.workspace.query("mart_adoption", as_of=day).iloc[0]
    bought = one.workspace.settings.licences_bought
    whole = float(row["licensed"]) if pd.notna(row["licensed"]) else 0.0
    stats = []
    if bought:
        label = visit.text("page.home.ladder.bought")
        stats.append(Stat(label, f"**{look.number(bought)}**"))
    for rung in _RUNGS:
        value = row[rung]
        shown = f"**{look.number(value)}**"
        if rung != "licensed" and whole and pd.notna(value):
            shown += " · " + formats.percent(value / whole, visit.language)
        stats.append(Stat(visit.text(f"page.home.ladder.{rung}"), shown))
    notes = [_asleep(one, row, bought)]
    if one.is_filtered:
        notes.append(visit.text("page.home.ladder.company"))
    return components.card(
        components.stat_list(stats),
        *(components.note(note) for note in notes if note),
        title=visit.text("page.home.ladder.title"),
    )


def _asleep(one: Scene, row: pd.Series[Any], bought: int | None) -> str:
    """Return what unused licences cost, in one sentence."""
    if pd.isna(row["licensed"]) or pd.isna(row["active"]):
        return ""
    assigned, active = int(row["licensed"]), int(row["active"])
    price = one.workspace.settings.price_per_licence
    cost = indicators.asleep(bought, assigned, active, price)
    visit = one.visit
    if bought and bought < assigned:
        return visit.text("page.home.ladder.more")
    count = one.look.number((bought or assigned) - active)
    if cost is None:
        return visit.text("page.home.ladder.unpriced", licences=count)
    if not cost:
        return ""
    amount = formats.money(
        cost, visit.language, currency=one.workspace.settings.currency
    )
    return visit.text("page.home.ladder.asleep", amount=amount, licences=count)


def _leads(one: Scene, facts: Company, campaign: Campaign | None) -> Leads:
    rows = indicators.members(one.rows)
    can_call = links.can_open(one.visit, "campaigns")
    return Leads(
        to_call=(campaign.to_call or 0) if campaign and can_call else 0,
        campaign=(campaign.campaign_id, campaign.name) if campaign else ("", ""),
        never_activated=one.told(int(rows["state"].eq("never_activated").sum())),
        dormant=one.told(int(rows["state"].eq("dormant").sum())),
        has_base=facts.base is not None or one.filters.team is not None,
    )


def todo_alone(
    visit: Visit,
    workspace: Workspace,
    facts: Company,
    verdict: Verdict,
    campaign: Campaign | None,
) -> None:
    """Draw what to do where no person left a trace."""
    leads = Leads(
        to_call=facts.to_call or 0,
        campaign=(campaign.campaign_id, campaign.name) if campaign else ("", ""),
        has_base=workspace.has("account", "contact"),
    )
    _todo(visit, steps.first(facts, verdict, leads))


def _todo(visit: Visit, found: tuple[Step, ...]) -> None:
    with st.container(border=True, key="card_todo", gap="xsmall", height="stretch"):
        components.show(components.heading(visit.text("page.home.todo.title")))
        for rank, step in enumerate(found, start=1):
            what = written(step.what, visit.language)
            why = written(step.why, visit.language)
            components.show(components.step_list([(what, why)], start=rank))
            with st.container(key=f"step_link_{rank}"):
                label = visit.text(f"step_first.{_link(visit, step)}.link")
                links.page_link(visit, step.page, label, **step.query)


def _link(visit: Visit, step: Step) -> str:
    """Return the step whose link words fit: where people are hidden, teams are seen."""
    hides = visit.workspace is not None and visit.workspace.privacy == "teams"
    return "teams" if hides and step.query.get("view") else step.code


def data_line(visit: Visit, workspace: Workspace, one: Scene | None) -> None:
    """Say where the figures come from, and that they stay here."""
    records = workspace.manifest.imports
    vendors = sorted({r.vendor or "" for record in records for r in record.reports})
    told = [name for name in vendors if name not in ("", "generic")] or vendors
    names = [visit.text(f"vendor.{name}") for name in told if name]
    last = max(record.at for record in records)
    line = [
        visit.text(
            "page.home.data",
            vendors=formats.listing(names, visit.language),
            day=formats.day(last, visit.language),
        )
    ]
    if one is not None:
        counts = visit.text(
            "page.home.counted",
            people=plural("count.person", one.usage.people, visit.language),
            days=plural("count.working_day", one.period.working_days, visit.language),
            month=formats.month(one.period.month, visit.language),
        )
        line.insert(1, counts)
        if not one.shows_people:
            k = workspace.settings.k
            line.append(visit.text("page.home.protected", k=k))
    line.append(visit.text("page.home.local"))
    components.show(components.data_line(" ".join(line)))
