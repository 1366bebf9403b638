"""Comings and goings: who arrives, stays, stops, and what the licences are used for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core import indicators, licences, lifecycle
from core.errors import GroupTooSmall
from core.i18n import formats, plural
from core.ladder import Licences
from core.lifecycle import Movement
from core.scene import Scene
from core.ui import components, links
from core.ui.views import (
    lifecycle_cohorts,
    lifecycle_licences,
    lifecycle_lists,
    lifecycle_recent,
    lifecycle_stages,
)
from core.ui.views.entering import enter
from core.visit import Visit

_STYLE = Path(__file__).with_suffix(".css").read_text("utf-8")
# Licences asleep under this share of those paid for are not what matters most.
_MATTERS = 0.05
_EVERY, _PARTS = "", ("licences", "moves", "todo", "arrivals")
_FIGURES = ("lifecycle", "licences", "states", "cohorts", "first_action", "recent")


def draw(visit: Visit) -> None:
    """Draw the page for the month and the people the filters leave."""
    one = enter(visit, "lifecycle")
    if one is None:
        return
    components.show(f"<style>{_STYLE}</style>")
    found = held(one)
    _header(one, found)
    if not one.shows_people:
        k = one.workspace.settings.k
        notice = visit.text("page.lifecycle.protected", k=k)
        components.show(components.notice("info", notice))
    wanted = _part(one) if visit.is_phone else _EVERY
    if wanted in (_EVERY, "licences"):
        lifecycle_licences.draw(one, found)
    if wanted in (_EVERY, "moves"):
        lifecycle_stages.draw(one)
    if wanted in (_EVERY, "todo") and one.shows_people:
        lifecycle_lists.draw(one, found)
    if wanted in (_EVERY, "arrivals"):
        lifecycle_cohorts.draw(one)
    if found is None and wanted in (_EVERY, "licences"):
        lifecycle_recent.draw(one)
    _how(one)


def _part(one: Scene) -> str:
    """Draw the switch of a phone, where one part at a time is enough, and return it."""
    parts = [part for part in _PARTS if part != "todo" or one.shows_people]
    return str(
        st.segmented_control(
            one.visit.text("page.lifecycle.parts"),
            parts,
            format_func=lambda part: one.visit.text(f"page.lifecycle.part.{part}"),
            required=True,
            default=parts[0],
            key="lifecycle_part",
            label_visibility="collapsed",
        )
    )


def held(one: Scene) -> Licences | None:
    """Return the licences of the people left, None where no export or rule tells."""
    if not one.workspace.has("user"):
        return None
    users = set(one.rows["user_id"]) if one.is_filtered else None
    try:
        return one.remember(
            ("licences", one.workspace.settings.licences),
            lambda: licences.ladders(
                one.workspace, one.period.as_of, users, period=one.gate
            ),
        )
    except GroupTooSmall:
        return None


def _header(one: Scene, found: Licences | None) -> None:
    visit = one.visit
    state = ""
    if found and found.total.paid and found.total.active is not None:
        state = indicators.share_state(found.total.active / found.total.paid)
        if one.is_filtered:
            # "Sick" is for a project: a team or a profile needs support.
            state = state.replace("sick", "at_risk")
    word = visit.text(f"verdict.{state}") if state else ""
    answer = _licences(one, found) or _movement(one) or _alone(one)
    eyebrow = visit.text("page.lifecycle.eyebrow")
    components.show(components.verdict_header(eyebrow, answer, state, word))


def _licences(one: Scene, found: Licences | None) -> str:
    """Return the title when licences sleep, or nothing."""
    if found is None or not found.total.paid or found.total.asleep is None:
        return ""
    asleep, paid = found.total.asleep, found.total.paid
    if asleep < _MATTERS * paid or one.told(asleep) == 0:
        return ""
    whole = one.look.number(paid)
    if not found.cost:
        key = "page.lifecycle.title.asleep"
        return plural(key, asleep, one.visit.language, whole=whole)
    amount = formats.money(
        found.cost, one.visit.language, currency=one.workspace.settings.currency
    )
    key = "page.lifecycle.title.cost"
    return plural(key, asleep, one.visit.language, whole=whole, amount=amount)


def _movement(one: Scene) -> str:
    """Return the title that tells who came and went, or nothing without months."""
    moved: Movement | None = lifecycle.movement(
        one.workspace, one.period.as_of, set(one.rows["user_id"])
    )
    if moved is None:
        return ""
    language = one.visit.language
    counts = {"new": moved.new, "back": moved.back, "left": moved.left}
    month = formats.month(moved.since, language)
    told = [name for name, count in counts.items() if count]
    if not told:
        return one.visit.text("page.lifecycle.title.still", month=month)
    parts = []
    for name in told:
        # Only the first part names what is counted.
        which = "people" if name == told[0] else "more"
        key = f"page.lifecycle.moved.{name}.{which}"
        parts.append(plural(key, counts[name], language))
    listed = formats.listing(parts, language)
    return one.visit.text("page.lifecycle.title.moved", month=month, parts=listed)


def _alone(one: Scene) -> str:
    """Return the title where no month can be set against the one before."""
    if one.shows_people:
        return one.visit.text("page.lifecycle.title.one_month")
    kept = indicators.members(one.rows)
    one.workspace.select(kept, period=one.gate)
    members = len(kept)
    count = plural("count.person", members, one.visit.language)
    return one.visit.text("page.lifecycle.title.teams", people=count)


def _how(one: Scene) -> None:
    visit = one.visit
    names = ("stages", "licences", "cohorts", "period")
    span = {
        "first": formats.day(one.period.first_day, visit.language),
        "last": formats.day(one.period.as_of, visit.language),
    }
    lines = [visit.text(f"page.lifecycle.how.{name}", **span) for name in names]
    components.show(components.how(visit.text("common.how"), lines))
    with st.container(horizontal=True, key="lifecycle_methods"):
        for figure in _FIGURES:
            label = visit.text(f"figure.{figure}.name")
            links.page_link(visit, "method", label, figure=figure)
