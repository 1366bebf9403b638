"""The cards of Home: people by profile, from licence to habit, what to do first."""

from __future__ import annotations

import streamlit as st

from core import judgement
from core.i18n import formats, plural
from core.judgement import Judged
from core.profile_parts import expected_days
from core.profiles import PROFILES
from core.scene import Scene
from core.sentences import written
from core.steps import Step
from core.symptoms import Symptom
from core.ui import components, links, tiles
from core.ui.views import symptom_card
from core.ui.views.home_how import explained
from core.visit import Visit
from core.workspace import Workspace

_UNCLASSIFIED = "unclassified"


def draw(one: Scene, it: Judged) -> None:
    """Draw the three cards, side by side."""
    visit = one.visit
    columns = st.columns(3, gap="small")
    with columns[0]:
        what = visit.text("page.home.profiles.title")
        components.show(explained(visit, _profiles(one), "profiles", what))
    key = "card_home_symptoms"
    with (
        columns[1],
        st.container(border=True, key=key, gap="xxsmall", height="stretch"),
    ):
        what = visit.text("page.home.symptoms.title")
        components.show(explained(visit, _symptoms(one, it.found), "symptoms", what))
        links.page_link(visit, "symptoms", visit.text("page.home.symptoms.link"))
    with columns[2]:
        todo(visit, judgement.first_steps(one, it))


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


def _symptoms(one: Scene, found: tuple[Symptom, ...] | None) -> str:
    """Return the symptoms: a line each, worst first."""
    visit = one.visit
    head = components.heading(visit.text("page.home.symptoms.title"))
    if found is None:
        return head + components.note(visit.text("page.home.symptoms.hidden"))
    lines = head + symptom_card.summary(visit, found)
    if one.filters.profile and not one.filters.team:
        lines += components.note(visit.text("page.home.symptoms.company"))
    return lines


def todo(visit: Visit, found: tuple[Step, ...]) -> None:
    """Draw what to do first."""
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
    cost = None if one is None else judgement.asleep_licences(one)[1]
    if cost:
        currency = workspace.settings.currency
        amount = formats.money(cost, visit.language, currency=currency)
        line.insert(0, visit.text("page.home.asleep", amount=amount))
    components.show(components.data_line(" ".join(line)))
    if cost:
        with st.container(key="home_asleep"):
            label = visit.text("page.home.asleep_link")
            links.page_link(visit, "lifecycle", label)
