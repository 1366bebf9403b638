"""What came of the call list: called, reached, met, converted, and who is left."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from core.campaigns import follow_up
from core.campaigns.counts import Campaign
from core.campaigns.follow_up import FollowUp
from core.charts.figure import Look
from core.charts.follow_up import progress
from core.i18n import formats, plural
from core.rules import Rules
from core.ui import components, drawings, export_guide, folding, links
from core.visit import Visit

_FEW = 8
_STEPS = ("listed", "called", "reached", "met", "converted", "waiting")
_KINDS = {"listed": "whole", "converted": "won", "waiting": "left"}


def draw(visit: Visit, campaign: Campaign) -> None:
    """Draw the follow-up of a campaign, or say which export would tell it."""
    assert visit.workspace is not None
    found = follow_up.summary(visit.workspace, campaign.campaign_id)
    if not found.listed:
        return
    title = visit.text("follow_up.title")
    with st.container(key="card_follow_up"):
        if found.lack:
            components.show(
                components.heading(title),
                components.partial_data(_lacking(visit, found)),
                "" if found.lack == "few" else export_guide.folded(visit, "activity"),
            )
            return
        left, right = st.columns([0.42, 0.58], gap="medium")
        with left:
            _progress(visit, found, title)
        with right:
            _groups(visit, campaign)
        _definition(visit)


def _lacking(visit: Visit, found: FollowUp) -> str:
    until = formats.day(found.until, visit.language) if found.until else ""
    return visit.text(f"follow_up.lack.{found.lack}", day=until)


def _sentence(visit: Visit, found: FollowUp) -> str:
    """Return where the list stands, in one or two sentences."""
    language = visit.language
    if not found.called and not found.met:
        said = plural("follow_up.nobody_called", found.listed, language)
    elif not found.waiting:
        said = visit.text("follow_up.all_called")
    else:
        said = plural("follow_up.waiting", found.waiting, language)
        if found.oldest_day:
            day = formats.day(found.oldest_day, language)
            said = f"{said} {visit.text('follow_up.oldest', day=day)}"
    if found.after:
        said = f"{said} {plural('follow_up.after', found.after, language)}"
    return said


def _progress(visit: Visit, found: FollowUp, title: str) -> None:
    counts = {name: getattr(found, name) for name in _STEPS}
    steps = [
        (visit.text(f"follow_up.step.{name}"), count, _KINDS.get(name, "step"))
        for name, count in counts.items()
        if count is not None and (count or name != "met")
    ]
    look = Look(visit.language, visit.theme)
    colon = visit.text("common.colon")
    told = ", ".join(f"{words}{colon}{look.number(n)}" for words, n, _ in steps)
    figure = progress(
        steps, look, title=title, alt_text=visit.text("follow_up.alt", steps=told)
    )
    drawings.draw(visit, figure, "follow_up", subtitle=_sentence(visit, found))
    notes = [
        visit.text("follow_up.until", day=formats.day(found.until, visit.language))
    ]
    if found.reached is None and found.called:
        notes.append(visit.text("follow_up.no_outcome"))
    if found.refusing:
        notes.append(plural("follow_up.refusing", found.refusing, visit.language))
    components.show(*(components.note(line) for line in notes))


def _groups(visit: Visit, campaign: Campaign) -> None:
    """Draw each owner, or each team, with the oldest person still to call first."""
    assert visit.workspace is not None
    teams = visit.workspace.privacy == "teams"
    rows = follow_up.groups(visit.workspace, campaign.campaign_id)
    title = visit.text(f"follow_up.by_{'team' if teams else 'owner'}")
    columns = {"group": visit.text("list.owner_team" if teams else "list.owner_name")}
    columns |= {
        name: visit.text(f"follow_up.column.{name}")
        for name in ("listed", "called", "reached", "converted", "waiting")
        if rows[name].notna().any()
    }
    columns["oldest_day"] = visit.text("follow_up.column.oldest_day")
    written = [
        _written(visit, row, teams=teams) for row in rows.head(_FEW).to_dict("records")
    ]
    numeric = set(columns) - {"group", "oldest_day"}
    components.show(components.heading(title, visit.text("follow_up.order")))
    folding.draw(
        visit,
        columns,
        written,
        caption=title,
        key="follow_up",
        numeric=numeric,
        strong={"waiting"},
    )
    parts = []
    if rows["is_suppressed"].any():
        parts.append(components.note(visit.text("follow_up.hidden")))
    if len(rows) > _FEW:
        rest = len(rows) - _FEW
        parts.append(components.note(plural("follow_up.more", rest, visit.language)))
    components.show(*parts)


def _written(
    visit: Visit, row: dict[Any, Any], *, teams: bool
) -> dict[str, str | None]:
    cells: dict[str, str | None] = {
        str(name): None if pd.isna(value) else formats.number(value, visit.language)
        for name, value in row.items()
        if name in _STEPS
    }
    group, day = row["group"], row["oldest_day"]
    nobody = visit.text("list.nobody_team" if teams else "list.nobody")
    cells["group"] = nobody if formats.is_absent(group) else str(group)
    cells["oldest_day"] = (
        None
        if formats.is_absent(day)
        else formats.day(day, visit.language).replace(" ", "\u00a0")
    )
    return cells


def _definition(visit: Visit) -> None:
    assert visit.workspace is not None
    rules = Rules.of(visit.workspace.settings.rules)
    days = rules["campaign.follow_up.days"]
    seconds = rules["campaign.follow_up.seconds"]
    lines = [
        visit.text("figure.follow_up.formula"),
        visit.text(
            "follow_up.limits",
            days=plural("unit.calendar_days", days, visit.language),
            seconds=plural("unit.seconds", seconds, visit.language),
        ),
        visit.text("figure.follow_up.excluded"),
    ]
    links.how(visit, "follow_up", lines)
