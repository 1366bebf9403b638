"""The tables that stand behind a story: teams, people, pyramids, campaigns…

As this reader may see them: people only where people are shown, teams only where they
are large enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from core import cohorts, indicators, pyramid
from core.campaigns import telling as campaigns
from core.errors import GroupTooSmall, NamesHidden, NotAllowed
from core.i18n import formats, text
from core.judgement import Judged
from core.scene import Scene
from core.story.model import Story
from core.symptoms import telling
from core.takeaway.canvas import plain
from core.takeaway.sheets import Column, Kind, Sheet, of_step
from core.visit import Visit

_TEAM = {
    "team": "words",
    "people": "count",
    "share": "percent",
    "days": "decimal",
    "actions": "decimal",
    "change": "signed",
}
_PERSON: Mapping[str, Kind] = {
    "name": "words",
    "team": "words",
    "profile": "words",
    "verdict": "words",
    "active_days": "count",
    "expected_days": "decimal",
    "actions": "count",
    "login_days": "count",
}
_VERDICTS = {"at_risk": 0, "watch": 1, "not_enough_data": 2, "healthy": 3}
_COUNTS = (
    *("base", "targeted", "bounced", "delivered", "opted_out", "opened", "clicked"),
    *("converted", "to_call", "second_mail"),
)


@dataclass(frozen=True)
class Looked:
    """What is looked at: the reader, their people (None without), and the verdict."""

    visit: Visit
    one: Scene | None
    judged: Judged
    story: Story = field(repr=False)


def of(looked: Looked) -> Iterator[Sheet]:
    """Yield the steps of the story as tables, then all that stands behind them."""
    for step in looked.story.steps:
        yield of_step(step, looked.story.language)
    for make in (teams, people, pyramids, symptoms, mailings, arrivals):
        try:
            found = make(looked)
        except (GroupTooSmall, NamesHidden, NotAllowed):
            continue
        if found is not None and len(found.rows):
            yield found


def teams(looked: Looked) -> Sheet | None:
    """Return a row a team, as on the Adoption page; empty where one is too small."""
    one, language = looked.one, looked.visit.language
    if one is None or not len(one.rows):
        return None
    rows = []
    groups = one.groups("team").sort_values(
        "team",
        key=lambda names: names.map(formats.sorting, "ignore"),
        na_position="last",
    )
    for group in groups.to_dict("records"):
        is_named = isinstance(group["team"], str)
        row: dict[str, object] = dict.fromkeys(_TEAM)
        row["team"] = (
            group["team"] if is_named else text("page.adoption.no_team", language)
        )
        if not group["is_suppressed"] and group["judged"]:
            active = group["active_sum"] if one.has_actions else 0
            row |= {
                "people": int(group["judged"]),
                "share": group["in_range"] / group["judged"],
                "days": group["active_days"],
                "actions": group["actions"] / active if active else None,
                "change": group["days_moved"],
            }
        rows.append(row)
    keys = {
        "team": "filter.team",
        "people": "chart.people",
        "share": "page.adoption.team_share",
        "days": "page.adoption.team_days",
        "actions": "page.adoption.team_actions",
        "change": "page.adoption.team_change",
    }
    columns = {
        name: Column(text(keys[name], language), kind)  # type: ignore[arg-type]
        for name, kind in _TEAM.items()
    }
    return Sheet(
        "teams",
        text("page.adoption.teams_title", language),
        pd.DataFrame(rows, columns=list(_TEAM)),
        columns,
        ("verdicts", "active_days", "actions", "evolution"),
    )


def people(looked: Looked) -> Sheet | None:
    """Return a row a person, under the name that this reader may see."""
    one, language = looked.one, looked.visit.language
    if one is None or not one.shows_people:
        return None
    rows = indicators.members(one.shown)
    rows = rows[rows["verdict"] != "excluded"]
    rows = rows.assign(rank=rows["verdict"].map(_VERDICTS))
    rows = rows.sort_values(["rank", "active_days", "name"], ignore_index=True)
    profiles = rows["profile"].astype("object").where(rows["profile"].notna(), "")
    rows = rows.assign(
        verdict=[text(f"verdict.{code}", language) for code in rows["verdict"]],
        profile=[
            text(f"profile.{code or 'unclassified'}", language) for code in profiles
        ],
    )
    columns = {
        name: Column(text(f"page.adoption.column.{name}", language), kind)
        for name, kind in _PERSON.items()
    }
    return Sheet(
        "people",
        text("take.sheet.people", language),
        rows[list(_PERSON)],
        columns,
        ("verdicts", "active_days", "expected_days", "actions", "login_days"),
    )


def pyramids(looked: Looked) -> Sheet | None:
    """Return the pyramid of the company and of each team."""
    workspace, language = looked.visit.workspace, looked.visit.language
    if workspace is None or looked.one is None:
        return None
    if not workspace.has("account", "contact"):
        return None
    day = looked.one.period.as_of.isoformat()
    rows = pyramid.read(workspace.query("mart_pyramid", as_of=day))
    rows = rows[rows["level"].isin(("company", "team"))]
    team = looked.one.filters.team
    if team:
        rows = rows[rows["team"] == team]
    names = [
        text("story.source.everybody", language)
        if row["level"] == "company"
        else row["team"]
        if isinstance(row["team"], str)
        else text("page.adoption.no_team", language)
        for row in rows.to_dict("records")
    ]
    shapes = [
        text(f"shape.{shape}", language) if isinstance(shape, str) else None
        for shape in rows["shape"]
    ]
    columns = {
        "who": Column(text("filter.team", language)),
        **{
            f"{name}s": Column(text(f"pyramid.{name}", language), "count")
            for name in ("account", "contact", "call")
        },
        "calls_per_contact": Column(
            text("ratio.calls_per_contact", language), "decimal"
        ),
        "shape": Column(text("take.sheet.shape", language)),
    }
    frame = rows.assign(who=names, shape=pd.Series(shapes, rows.index, dtype=object))
    return Sheet(
        "pyramids",
        text("take.sheet.pyramids", language),
        frame[list(columns)],
        columns,
        ("pyramid", "shapes"),
    )


def symptoms(looked: Looked) -> Sheet | None:
    """Return what speaks for and against each symptom, with its limit."""
    visit, language = looked.visit, looked.visit.language
    found = looked.judged.found
    if not found:
        return None
    rows = [
        {
            "symptom": text(f"symptom.{one.code}.name", language),
            "state": text(f"page.symptoms.chip.{one.state}", language),
            "side": text(f"take.sheet.{side}", language),
            "fact": plain(telling.sentence(visit, fact)),
            "value": fact.value,
            "written": telling.figure(visit, fact.value, fact.unit),
            "limit": telling.limit(visit, fact),
        }
        for one in telling.ordered(found)
        for side, facts in (("for", one.evidence), ("against", one.counter_evidence))
        for fact in facts
    ]
    columns = {
        "symptom": Column(text("take.sheet.symptom", language)),
        "state": Column(text("take.sheet.state", language)),
        "side": Column(text("take.sheet.side", language)),
        "fact": Column(text("take.sheet.fact", language)),
        "value": Column(text("take.sheet.value", language), "decimal"),
        "written": Column(text("take.sheet.written", language)),
        "limit": Column(text("take.sheet.limit", language)),
    }
    codes = ("symptoms", *(one.code for one in found))
    return Sheet(
        "evidence",
        text("take.sheet.evidence", language),
        pd.DataFrame(rows, columns=list(columns)),
        columns,
        codes,
    )


def mailings(looked: Looked) -> Sheet | None:
    """Return a row a campaign: each step counted, unknown where no export tells it."""
    visit, language = looked.visit, looked.visit.language
    workspace = visit.workspace
    if workspace is None or not visit.can_open("campaigns"):
        return None
    rows = [
        {
            "name": one.name,
            "start_day": None
            if formats.is_absent(one.start_day)
            else pd.Timestamp(one.start_day).date(),
            **{step: getattr(one, step) for step in _COUNTS},
            "roi": one.roi,
        }
        for one in campaigns.known(workspace)
    ]
    columns = {
        "name": Column(text("take.sheet.campaign", language)),
        "start_day": Column(text("take.sheet.sent", language), "day"),
        **{step: Column(text(f"step.{step}", language), "count") for step in _COUNTS},
        "roi": Column(text("story.campaign.roi", language), "decimal"),
    }
    return Sheet(
        "campaigns",
        text("take.sheet.campaigns", language),
        pd.DataFrame(rows, columns=list(columns)),
        columns,
        ("targeted", "delivered", "opened", "clicked", "converted", "to_call", "roi"),
        text("story.source.everybody", language),
    )


def arrivals(looked: Looked) -> Sheet | None:
    """Return the share of each group of arrivals still active, month after month."""
    workspace, language = looked.visit.workspace, looked.visit.language
    one = looked.one
    if workspace is None or one is None or not workspace.has("user"):
        return None
    users = set(one.rows["user_id"]) if one.is_filtered else None
    rows = cohorts.table(workspace, one.period.as_of, users)
    columns = {
        "first_month": Column(text("take.sheet.first_month", language), "month"),
        "last_month": Column(text("take.sheet.last_month", language), "month"),
        "months_since": Column(text("take.sheet.months_since", language), "count"),
        "people": Column(text("chart.people", language), "count"),
        "active": Column(text("take.sheet.active", language), "count"),
        "share": Column(text("take.sheet.active_share", language), "percent"),
    }
    return Sheet(
        "cohorts",
        text("take.sheet.cohorts", language),
        rows[list(columns)],
        columns,
        ("cohorts",),
    )
