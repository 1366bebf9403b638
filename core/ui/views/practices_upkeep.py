"""Upkeep: records that live, records entered twice, opportunities left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.charts.practices import shares, stacks, unlike
from core.i18n import formats, plural
from core.practices import Practices
from core.scene import Scene
from core.ui import components, drawings, folding
from core.ui.tables import table
from core.ui.views.practices_words import (
    FEW,
    by_team,
    figures,
    object_name,
    percent,
    rules,
    section,
    share_state,
    split,
    take,
    team_name,
)

_TEAMS = 10


def freshness(one: Scene, every: Practices) -> None:
    """Draw the freshness of records, and those entered twice."""
    section(one, every.freshness.practice, every, lambda: _freshness_body(one, every))


def _freshness_body(one: Scene, every: Practices) -> None:
    visit, found = one.visit, every.freshness
    left, right = split()
    frame = pd.DataFrame(
        {
            "label": [object_name(one, name) for name in found.objects],
            "share": list(found.objects.values()),
            "words": [percent(one, value) for value in found.objects.values()],
            "state": [
                share_state(one, "freshness", value) for value in found.objects.values()
            ],
        }
    ).sort_values("share")
    limit = rules(one)["practice.freshness.healthy"]
    figure = shares(
        frame,
        one.look,
        title=visit.text("practice.freshness.chart"),
        alt_text=visit.text(
            "practice.freshness.chart_alt", share=percent(one, found.practice.value)
        ),
        label=visit.text("practice.object"),
        indicator=visit.text("practice.freshness.measure"),
        limit=limit,
        limit_words=visit.text("practice.limit_line", value=percent(one, limit)),
    )
    with left:
        drawings.draw(visit, figure, "practice_freshness")
    with right:
        _duplicates(one, found.duplicates)
    if not one.filters.team:
        _fresh_teams(one, found.rows)


def _duplicates(one: Scene, checks: pd.DataFrame) -> None:
    visit = one.visit
    rows = [
        {
            "what": f"{object_name(one, row['object'])}, "
            f"{visit.text('practice.freshness.basis.' + row['basis'])}",
            "share": percent(one, row["share"]),
            "count": one.look.number(row["duplicate_count"]),
        }
        for row in checks.to_dict("records")
    ]
    title = visit.text("practice.freshness.duplicates")
    columns = {
        "what": visit.text("practice.freshness.check"),
        "count": visit.text("practice.freshness.repeated"),
        "share": visit.text("practice.freshness.rate"),
    }
    note = visit.text("practice.freshness.company") if one.is_filtered else ""
    components.show(
        components.heading(title, note),
        table(columns, rows, caption=title, numeric={"share", "count"}, stack=False),
    )


def _fresh_teams(one: Scene, rows: pd.DataFrame) -> None:
    visit = one.visit
    kept = rows[rows["object"].isin(["account", "contact"])]
    groups = by_team(
        one,
        "freshness",
        kept.assign(dated=kept["record_count"] - kept["undated_count"]),
        "fresh_count",
        "dated",
    )
    lines = [
        {
            "team": team_name(one, row["team"]),
            "share": visit.text("page.home.profiles.hidden")
            if row["is_suppressed"]
            else percent(one, row["share"]),
        }
        for row in groups.to_dict("records")
    ]
    title = visit.text("practice.freshness.teams")
    columns = {
        "team": visit.text("filter.team"),
        "share": visit.text("practice.freshness.measure"),
    }
    if len(lines) > 1:
        components.show(components.section(title))
        folding.draw(
            visit,
            columns,
            lines,
            caption=title,
            key="practice_freshness_teams",
            numeric={"share"},
            line=("share",),
        )


def neglected(one: Scene, every: Practices) -> None:
    """Draw the opportunities left alone."""
    section(one, every.neglected.practice, every, lambda: _neglected_body(one, every))


def _neglected_body(one: Scene, every: Practices) -> None:
    visit, found = one.visit, every.neglected
    left, right = split()
    with left:
        _alone(one, found.by_holder)
    with right:
        days = rules(one)["practice.neglected.days"]
        lines = [
            (
                visit.text("practice.neglected.open"),
                one.look.number(found.opportunities),
            ),
            (visit.text("practice.neglected.overdue"), one.look.number(found.overdue)),
            (
                visit.text(
                    "practice.neglected.silent",
                    days=plural("unit.calendar_days", days, visit.language),
                ),
                one.look.number(found.silent),
            ),
        ]
        lines += [
            (
                visit.text("practice.neglected.at_stake"),
                formats.money(amount, visit.language, currency=currency),
            )
            for currency, amount in found.amounts.items()
        ]
        note = visit.text("practice.neglected.otherwise")
        components.show(figures(one, lines), components.note(note))
    if one.shows_people:
        _opportunities(one, found.rows)


def _alone(one: Scene, holders: pd.DataFrame) -> None:
    """Draw each team's open opportunities, followed and left alone."""
    visit, look = one.visit, one.look
    frame = holders.assign(followed=holders["opportunities"] - holders["neglected"])
    groups = one.workspace.by_group(
        frame[frame["owner_id"].notna()],
        "team",
        {"neglected": ("neglected", "sum"), "followed": ("followed", "sum")},
        person="owner_id",
        period=f"{one.gate}:neglected",
    )
    groups = groups[~groups["is_suppressed"]]
    groups = groups.sort_values("neglected", ascending=False).head(_TEAMS)
    if groups.empty:
        return
    labels = unlike(list(groups["team"]), visit.text("common.no_team"))
    parts = (
        ("neglected", visit.text("practice.neglected.left")),
        ("followed", visit.text("practice.neglected.followed")),
    )
    figure = stacks(
        groups.assign(label=labels),
        look,
        title=visit.text("practice.neglected.chart"),
        alt_text=visit.text(
            "practice.neglected.chart_alt",
            team=labels[0],
            count=look.number(groups["neglected"].iloc[0]),
        ),
        label=visit.text("filter.team"),
        parts=parts,
        fills=("warn_m", "seq2"),
    )
    drawings.draw(visit, figure, "practice_neglected")


def _opportunities(one: Scene, rows: pd.DataFrame) -> None:
    """List the opportunities left alone, the largest first."""
    visit = one.visit
    known = one.workspace.protect(rows, ("owner_id", "owner_name"))
    columns = {
        "name": visit.text("practice.neglected.opportunity"),
        "account_name": visit.text("practice.neglected.account"),
        "owner_name": visit.text("practice.proxy.holder"),
        "amount": visit.text("practice.neglected.amount"),
        "close_day": visit.text("practice.neglected.close"),
        "activity_day": visit.text("practice.last_activity"),
    }
    lines = [_opportunity(one, row) for row in known.head(FEW).to_dict("records")]
    title = visit.text("practice.neglected.list")
    components.show(components.section(title))
    folding.draw(
        visit,
        columns,
        lines,
        caption=title,
        key="practice_neglected",
        numeric={"amount"},
        line=("amount",),
    )
    take(one, "practice_neglected", known, columns, title)


def _opportunity(one: Scene, row: Mapping[Any, Any]) -> dict[str, Any]:
    language = one.visit.language
    currency = row["currency"]
    if not isinstance(currency, str):
        currency = one.workspace.settings.currency
    return {
        "name": row["name"],
        "account_name": row["account_name"],
        "owner_name": row["owner_name"],
        "amount": formats.money(row["amount"], language, currency=currency),
        "close_day": formats.day(row["close_day"], language),
        "activity_day": formats.day(row["activity_day"], language),
    }
