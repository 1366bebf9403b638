"""What people do: managers' example, breadth; the gateway and proxies beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from core.charts.practices import objects, pairs, shares, unlike
from core.practices import Practices
from core.scene import Scene
from core.ui import components, drawings, folding
from core.ui.views import practices_gateway, practices_proxy
from core.ui.views.practices_words import (
    FEW,
    kind_name,
    kind_names,
    listing,
    percent,
    rules,
    section,
    split,
    table_rows,
    take,
    team_name,
)

_BARS = 10
_MANAGERS = 15
_STATES = {"acts": "healthy", "behind": "watch", "rarely": "watch"}
_NAMES = ["user_id", "name"]


def _managers(one: Scene, every: Practices) -> None:
    section(one, every.managers.practice, every, lambda: _managers_body(one, every))


def _managers_body(one: Scene, every: Practices) -> None:
    """Draw each manager beside their people, where people show."""
    visit, found = one.visit, every.managers
    if not one.shows_people:
        components.show(components.note(visit.text("practice.managers.hidden")))
        return
    rows = one.workspace.protect(found.rows, _NAMES)
    shown = rows.head(_MANAGERS)
    labels = unlike(list(shown["name"]), visit.text("common.unknown"))
    frame = shown.assign(
        label=labels,
        state=[_STATES.get(example, "at_risk") for example in shown["example"]],
    )
    figure = pairs(
        frame,
        one.look,
        title=visit.text("practice.managers.chart"),
        alt_text=visit.text(
            "practice.managers.chart_alt", share=percent(one, found.share)
        ),
        label=visit.text("practice.managers.manager"),
    )
    columns = {
        "name": visit.text("practice.managers.manager"),
        "team": visit.text("filter.team"),
        "people": visit.text("chart.people"),
        "days": visit.text("practice.managers.days"),
        "team_days": visit.text("practice.managers.team_days"),
        "actions": visit.text("practice.managers.actions"),
        "example": visit.text("practice.managers.example"),
    }
    lines = [
        {
            "name": row["name"],
            "people": one.look.number(row["people"]),
            "actions": one.look.number(row["actions"]),
            "example": visit.text(f"practice.managers.{row['example']}"),
        }
        for row in shown.to_dict("records")
    ]
    left, right = split()
    with left:
        note = visit.text("practice.managers.chart_note")
        drawings.draw(visit, figure, "practice_managers", subtitle=note)
    with right:
        short = {key: columns[key] for key in ("name", "people", "actions", "example")}
        numbers = {"people", "actions"}
        title = visit.text("practice.managers.name")
        folding.draw(
            visit,
            short,
            lines,
            caption=title,
            key="practice_managers",
            numeric=numbers,
            line=("example",),
            most=FEW,
        )
        components.show(components.note(visit.text("practice.managers.caution")))
    words = [visit.text(f"practice.managers.{example}") for example in rows["example"]]
    name = visit.text("practice.managers.name")
    take(one, "practice_managers", rows.assign(example=words), columns, name)


def _breadth(one: Scene, every: Practices) -> None:
    section(one, every.breadth.practice, every, lambda: _breadth_body(one, every))


def _breadth_body(one: Scene, every: Practices) -> None:
    visit, found = one.visit, every.breadth
    left, right = split()
    kinds = found.kinds.sort_values("share", ascending=False, kind="stable")
    used = pd.DataFrame(
        {
            "label": unlike([kind_name(one, kind) for kind in kinds["kind"]], "–"),
            "share": kinds["share"].astype("float64"),
            "words": [
                visit.text("page.home.profiles.hidden")
                if pd.isna(value)
                else percent(one, value)
                for value in kinds["share"]
            ],
            "state": [
                "not_enough_data" if is_hidden else "healthy" if known else "watch"
                for known, is_hidden in zip(
                    kinds["is_used"], kinds["share"].isna(), strict=True
                )
            ],
        }
    )
    limit = rules(one)["practice.breadth.used"]
    figure = shares(
        used,
        one.look,
        title=visit.text("practice.breadth.kinds"),
        alt_text=visit.text(
            "practice.breadth.kinds_alt",
            used=one.look.number((kinds["share"] >= limit).sum()),
            all=one.look.number(len(kinds)),
            limit=percent(one, limit),
        ),
        label=visit.text("practice.breadth.kind"),
        indicator=visit.text("practice.breadth.people"),
        limit=limit,
        limit_words=visit.text("practice.breadth.limit", value=percent(one, limit)),
    )
    with right if one.shows_people else left:
        drawings.draw(visit, figure, "practice_kinds")
    with left:
        if one.shows_people:
            _spread(one, found.rows)
        unused = [
            kind_name(one, kind)
            for kind in kinds.loc[kinds["people"].eq(0).fillna(False), "kind"]
        ]
        if unused:
            said = visit.text("practice.breadth.unused", kinds=listing(one, unused))
            components.show(components.note(said))
    if one.shows_people:
        _narrow(one, found.rows)


def _spread(one: Scene, rows: pd.DataFrame) -> None:
    counts = rows.groupby("objects").agg(
        people=("user_id", "count"), is_narrow=("is_narrow", "first")
    )
    figure = objects(
        counts.reset_index(),
        one.look,
        title=one.visit.text("practice.breadth.chart"),
        alt_text=one.visit.text(
            "practice.breadth.chart_alt",
            narrow=one.look.number(rows["is_narrow"].sum()),
        ),
    )
    drawings.draw(one.visit, figure, "practice_breadth")


def _narrow(one: Scene, rows: pd.DataFrame) -> None:
    """List who works on few kinds, with what people of the profile use and they not."""
    visit = one.visit
    # The order of real names would tell who is who.
    known = one.workspace.protect(rows, _NAMES).sort_values("name", kind="stable")
    known = known.assign(
        touched=[kind_names(one, kinds) for kinds in known["kinds"]],
        lacks=[kind_names(one, kinds) for kinds in known["lacking"]],
        team=[team_name(one, team) for team in known["team"]],
    )
    columns = {
        "name": visit.text("list.name"),
        "team": visit.text("filter.team"),
        "touched": visit.text("practice.breadth.touched"),
        "lacks": visit.text("practice.breadth.lacking"),
    }
    title = visit.text("practice.breadth.narrow")
    narrow = known[known["is_narrow"]]
    if len(narrow):
        components.show(components.section(title))
        folding.draw(
            visit,
            columns,
            table_rows(narrow, columns),
            caption=title,
            key="practice_breadth_narrow",
            line=("team",),
            most=FEW,
        )
    name = visit.text("practice.breadth.name")
    take(
        one,
        "practice_breadth",
        known,
        {**columns, "objects": visit.text("practice.objects_axis")},
        name,
    )


SECTIONS: Mapping[str, Callable[[Scene, Practices], None]] = {
    "gateway": practices_gateway.draw,
    "proxy": practices_proxy.draw,
    "managers": _managers,
    "breadth": _breadth,
}
"""How each of these practices is drawn."""
