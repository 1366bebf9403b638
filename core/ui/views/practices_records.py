"""Completeness: which fields are missing, in which teams, and in whose records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from core.charts.practices import shares, unlike
from core.i18n import formats
from core.practices import Practices, completeness
from core.scene import Scene
from core.ui import components, drawings, folding
from core.ui.views import practices_upkeep
from core.ui.views.practices_words import (
    FEW,
    by_team,
    field_name,
    figures,
    in_sentence,
    listing,
    object_name,
    percent,
    rules,
    section,
    share_state,
    split,
    take,
    team_name,
)

_FIELDS = 10


def _completeness(one: Scene, every: Practices) -> None:
    practice = every.completeness.practice
    section(one, practice, every, lambda: _completeness_body(one, every))


def _completeness_body(one: Scene, every: Practices) -> None:
    visit, found = one.visit, every.completeness
    left, right = split()
    with left:
        _fields(one, found)
    with right:
        lines = [
            (object_name(one, name), percent(one, value))
            for name, value in found.objects.items()
        ]
        parts = [figures(one, lines)]
        if found.absent:
            absent = [
                f"{object_name(one, name)}, {in_sentence(field_name(one, name, field))}"
                for name, field in found.absent
            ]
            said = visit.text(
                "practice.completeness.absent", fields=listing(one, absent)
            )
            parts.append(components.note(said))
        parts.append(components.note(visit.text("practice.completeness.today")))
        components.show(*parts)
    if not one.filters.team:
        _filled_teams(one, found.cells)
    if one.shows_people:
        _holders(one, found.cells)
        _to_complete(one)


def _fields(one: Scene, found: completeness.Completeness) -> None:
    visit = one.visit
    worst = found.worst.head(_FIELDS)
    labels = [
        f"{object_name(one, str(name))} · {field_name(one, str(name), str(field))}"
        for name, field in zip(worst["object"], worst["field"], strict=True)
    ]
    words = [percent(one, value) for value in worst["share"]]
    frame = pd.DataFrame(
        {
            "label": unlike(labels, formats.ABSENT),
            "share": worst["share"],
            "words": words,
            "state": [
                share_state(one, "completeness", value) for value in worst["share"]
            ],
        }
    )
    limit = rules(one)["practice.completeness.healthy"]
    figure = shares(
        frame,
        one.look,
        title=visit.text("practice.completeness.chart"),
        alt_text=visit.text(
            "practice.completeness.chart_alt", field=labels[0], share=words[0]
        ),
        label=visit.text("practice.completeness.field"),
        indicator=visit.text("practice.completeness.filled"),
        limit=limit,
        limit_words=visit.text("practice.limit_line", value=percent(one, limit)),
    )
    drawings.draw(visit, figure, "practice_completeness")


def _filled_teams(one: Scene, cells: pd.DataFrame) -> None:
    visit = one.visit
    frame = cells.assign(
        got=cells["filled"] * cells["weight"], all=cells["records"] * cells["weight"]
    )
    groups = by_team(one, "completeness", frame, "got", "all")
    rows = []
    for row in groups.to_dict("records"):
        line = {"team": team_name(one, row["team"])}
        if row["is_suppressed"]:
            line["share"] = visit.text("page.home.profiles.hidden")
        else:
            line["share"] = percent(one, row["share"])
            mine = cells[cells["team"].eq(row["team"])]
            line["fields"] = _lacking(one, mine)
        rows.append(line)
    title = visit.text("practice.completeness.teams")
    columns = {
        "team": visit.text("filter.team"),
        "share": visit.text("practice.completeness.filled"),
        "fields": visit.text("practice.completeness.lacking"),
    }
    if len(rows) > 1:
        components.show(components.section(title))
        folding.draw(
            visit,
            columns,
            rows,
            caption=title,
            key="practice_completeness_teams",
            numeric={"share"},
            strong={"share"},
            line=("share",),
        )


def _lacking(one: Scene, cells: pd.DataFrame) -> str:
    """Name the two fields that cost some records most of their completeness."""
    empty = (cells["records"] - cells["filled"]) * cells["weight"]
    lost = empty.groupby([cells["object"], cells["field"]]).sum()
    lost = lost[lost > 0].sort_values(ascending=False, kind="stable").head(2)
    words = [
        f"{object_name(one, str(name))} · {field_name(one, str(name), str(field))}"
        for name, field in lost.index
    ]
    return ", ".join(words) or formats.ABSENT


def _holders(one: Scene, cells: pd.DataFrame) -> None:
    """List whose records lack most, with the fields named."""
    visit = one.visit
    held = cells[cells["owner_id"].isin(one.rows["user_id"])]
    records = held.drop_duplicates(["owner_id", "object"]).groupby("owner_id")[
        "records"
    ]
    frame = pd.DataFrame(
        {
            "got": (held["filled"] * held["weight"]).groupby(held["owner_id"]).sum(),
            "all": (held["records"] * held["weight"]).groupby(held["owner_id"]).sum(),
            "records": records.sum(),
        }
    )
    frame = frame[frame["records"] >= completeness.ENOUGH_RECORDS]
    frame["share"] = frame["got"] / frame["all"]
    frame = frame.sort_values("share").head(FEW).reset_index()
    frame["fields"] = [
        _lacking(one, held[held["owner_id"] == owner]) for owner in frame["owner_id"]
    ]
    names = one.rows.set_index("user_id")["name"]
    frame["name"] = frame["owner_id"].map(names)
    frame = one.workspace.protect(frame, ("owner_id", "name"))
    rows = [
        {
            "name": row["name"],
            "share": percent(one, row["share"]),
            "records": one.look.number(row["records"]),
            "fields": row["fields"],
        }
        for row in frame.to_dict("records")
        if row["share"] < 1
    ]
    columns = {
        "name": visit.text("practice.proxy.holder"),
        "share": visit.text("practice.completeness.filled"),
        "records": visit.text("practice.records"),
        "fields": visit.text("practice.completeness.lacking"),
    }
    title = visit.text("practice.completeness.holders")
    if rows:
        components.show(components.section(title))
        folding.draw(
            visit,
            columns,
            rows,
            caption=title,
            key="practice_completeness_holders",
            numeric={"share", "records"},
            line=("share",),
        )


def _to_complete(one: Scene) -> None:
    """Offer the accounts and opportunities to complete, those in use first."""
    visit = one.visit
    frame = completeness.to_complete(one.workspace)
    if one.filters.team:
        frame = frame[frame["team"].eq(one.filters.team)]
    frame = frame.assign(
        fields=[
            ", ".join(field_name(one, str(name), field) for field in fields)
            for name, fields in zip(frame["object"], frame["missing"], strict=True)
        ],
        object=[object_name(one, str(name)) for name in frame["object"]],
    )
    columns = {
        "object": visit.text("practice.object"),
        "name": visit.text("practice.record"),
        "owner_name": visit.text("practice.proxy.holder"),
        "team": visit.text("filter.team"),
        "fields": visit.text("practice.completeness.lacking"),
        "activity_day": visit.text("practice.last_activity"),
    }
    label = visit.text("practice.completeness.to_complete")
    take(one, "practice_completeness", frame, columns, label)


SECTIONS: Mapping[str, Callable[[Scene, Practices], None]] = {
    "completeness": _completeness,
    "freshness": practices_upkeep.freshness,
    "neglected": practices_upkeep.neglected,
}
"""How each of these practices is drawn."""
