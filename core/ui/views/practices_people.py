"""What people do: entry for others, managers' example, breadth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from core.charts.practices import objects, pairs, shares, stacks, unlike
from core.indicators import members
from core.practices import Practices
from core.scene import Scene
from core.ui import components, drawings
from core.ui.tables import table
from core.ui.views import practices_gateway
from core.ui.views.practices_words import (
    FEW,
    figures,
    kind_name,
    kind_names,
    listing,
    of,
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


def _proxy(one: Scene, every: Practices) -> None:
    section(one, every.proxy.practice, every, lambda: _proxy_body(one, every))


def _proxy_body(one: Scene, every: Practices) -> None:
    visit, found = one.visit, every.proxy
    left, right = split()
    with left:
        _typed(one, every)
    with right:
        lines = [(visit.text("practice.proxy.entries"), percent(one, found.share))]
        if one.shows_people:
            lines += [
                (
                    visit.text("practice.proxy.carried"),
                    of(one, found.carried, found.judged),
                ),
                (
                    visit.text("practice.proxy.assistants"),
                    one.look.number(found.assistants),
                ),
            ]
        explained = [
            visit.text(f"practice.proxy.reason.{reason}", count=one.look.number(count))
            for reason, count in found.excluded.items()
            if count
        ]
        parts = [figures(one, lines)]
        if explained:
            said = listing(one, explained)
            parts.append(
                components.note(visit.text("practice.proxy.excluded", reasons=said))
            )
        parts.append(components.note(visit.text("practice.proxy.caution")))
        components.show(*parts)
    if one.shows_people and len(found.flows):
        _flows(one, found.flows)


def _typed(one: Scene, every: Practices) -> None:
    """Draw own entry and entry by others: of people where they show, else of teams."""
    visit, found = one.visit, every.proxy
    if one.shows_people:
        rows = found.owners[found.owners["is_judged"] & (found.owners["by_others"] > 0)]
        rows = one.workspace.protect(rows, _NAMES).head(_BARS)
        labels = unlike(list(rows["name"]), visit.text("common.unknown"))
        frame = rows.assign(label=labels)
    else:
        kept = members(one.rows)[["user_id", "team"]].merge(
            found.owners[["user_id", "own", "by_others"]], on="user_id", how="left"
        )
        groups = one.workspace.by_group(
            kept.fillna({"own": 0, "by_others": 0}),
            "team",
            {"own": ("own", "sum"), "by_others": ("by_others", "sum")},
            period=one.gate,
        )
        groups = groups[~groups["is_suppressed"] & (groups["by_others"] > 0)]
        labels = unlike(list(groups["team"]), visit.text("common.no_team"))
        frame = groups.assign(label=labels).head(_BARS)
    if not len(frame):
        components.show(components.note(visit.text("practice.proxy.nobody")))
        return
    look = one.look
    parts = (
        ("own", visit.text("practice.proxy.own")),
        ("by_others", visit.text("practice.proxy.by_others")),
    )
    figure = stacks(
        frame,
        look,
        title=visit.text("practice.proxy.chart"),
        alt_text=visit.text(
            "practice.proxy.chart_alt", share=percent(one, every.proxy.share)
        ),
        label=visit.text("chart.person" if one.shows_people else "filter.team"),
        parts=parts,
        fills=("seq2", "warn_m"),
    )
    drawings.draw(visit, figure, "practice_proxy")


def _flows(one: Scene, flows: pd.DataFrame) -> None:
    """List who types for whom, the heaviest first."""
    visit = one.visit
    shown = one.workspace.protect(flows, ("creator_id", "creator_name"))
    shown = one.workspace.protect(shown, ("owner_id", "owner_name"))
    shown = shown.assign(kinds=[kind_names(one, kinds) for kinds in shown["kinds"]])
    columns = {
        "creator_name": visit.text("practice.proxy.creator"),
        "owner_name": visit.text("practice.proxy.holder"),
        "entry_count": visit.text("practice.proxy.records"),
        "kinds": visit.text("practice.proxy.kinds"),
    }
    written = shown.assign(
        entry_count=[one.look.number(count) for count in shown["entry_count"]]
    )
    rows = table_rows(written.head(FEW), columns)
    title = visit.text("practice.proxy.flows")
    components.show(
        components.section(title),
        table(columns, rows, caption=title, numeric={"entry_count"}),
    )
    take(one, "practice_proxy", shown, columns, title)


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
        for row in shown.head(FEW).to_dict("records")
    ]
    left, right = split()
    with left:
        note = visit.text("practice.managers.chart_note")
        drawings.draw(visit, figure, "practice_managers", subtitle=note)
    with right:
        short = {key: columns[key] for key in ("name", "people", "actions", "example")}
        numbers = {"people", "actions"}
        title = visit.text("practice.managers.name")
        components.show(
            table(short, lines, caption=title, numeric=numbers),
            components.note(visit.text("practice.managers.caution")),
        )
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
    narrow = known[known["is_narrow"]].head(FEW)
    if len(narrow):
        components.show(
            components.section(title),
            table(columns, table_rows(narrow, columns), caption=title),
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
    "proxy": _proxy,
    "managers": _managers,
    "breadth": _breadth,
}
"""How each of these practices is drawn."""
