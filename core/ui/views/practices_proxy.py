"""Entry by proxy: who works for whom, and how much of the work that is."""

from __future__ import annotations

import pandas as pd

from core.charts.practices import stacks, unlike
from core.indicators import members
from core.practices import Practices
from core.scene import Scene
from core.ui import components, drawings, folding
from core.ui.views.practices_words import (
    FEW,
    figures,
    kind_names,
    listing,
    of,
    percent,
    section,
    split,
    table_rows,
    take,
)

_BARS = 10
_NAMES = ["user_id", "name"]


def draw(one: Scene, every: Practices) -> None:
    """Draw entry by proxy."""
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
    title = visit.text("practice.proxy.flows")
    components.show(components.section(title))
    folding.draw(
        visit,
        columns,
        table_rows(written, columns),
        caption=title,
        key="practice_proxy_flows",
        numeric={"entry_count"},
        line=("entry_count",),
        most=FEW,
    )
    take(one, "practice_proxy", shown, columns, title)
