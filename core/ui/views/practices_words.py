"""What the sections of the practices share: their frame, their words, their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from core import exports
from core.accounts import audit
from core.i18n import formats, plural
from core.practices import Practices
from core.practices.reading import Practice
from core.rules import Rules
from core.scene import Scene
from core.ui import components, export_guide, links

FEW = 8
"""Rows of a table on the page; the file holds all of them."""
# Fields whose name in the exports is not the one completeness gives them.
_COLUMNS = {"close": "close_at"}
_KINDS = (
    *("account", "contact", "opportunity", "campaign", "call", "email", "meeting"),
    *("task", "record"),
)


def rules(one: Scene) -> Rules:
    """Return the limits in force."""
    return Rules.of(one.workspace.settings.rules)


def state(one: Scene, practice: Practice) -> str:
    """Return the state to show: "sick" is for a project, a part of it needs support."""
    is_part = one.is_filtered and practice.state == "sick"
    return "at_risk" if is_part else practice.state


def limit(one: Scene, code: str) -> str:
    """Return from where, or under what, a practice is healthy."""
    name = f"practice.{code}.healthy"
    if name in rules(one):
        return f"≥\u00a0{percent(one, rules(one)[name])}"
    return f"<\u00a0{percent(one, rules(one)[f'practice.{code}.watch'])}"


def percent(one: Scene, value: object) -> str:
    """Return a share as the reader writes it."""
    return formats.percent(value, one.visit.language)


def field_name(one: Scene, name: str, field: str) -> str:
    """Return the words of an object's field."""
    source = "contact" if name == "lead" else name
    if (name, field) == ("lead", "account"):
        field = "company"
    return one.visit.text(f"field.{source}.{_COLUMNS.get(field, field)}")


def in_sentence(words: str) -> str:
    """Return words as they stand inside a sentence; an acronym keeps its capitals."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def object_name(one: Scene, name: str) -> str:
    """Return the plural name of an object whose records are looked at."""
    return one.visit.text(f"practice.object.{name}")


def kind_name(one: Scene, kind: str) -> str:
    """Return the words of a kind of record: an object of the CRM or the company's."""
    family, _, name = kind.partition(":")
    if name:
        return name.removesuffix("__c").removesuffix("__C").replace("_", " ")
    known = family if family in _KINDS else "record"
    return one.visit.text(f"practice.kind.{known}")


def kind_names(one: Scene, kinds: Iterable[str]) -> str:
    """Return the words of some kinds of record, each once."""
    names = dict.fromkeys(kind_name(one, kind) for kind in kinds)
    return ", ".join(names) or formats.ABSENT


def listing(one: Scene, words: list[str]) -> str:
    """Return words joined as a sentence joins them."""
    return formats.listing(words, one.visit.language)


def sentence(one: Scene, practice: Practice, every: Practices) -> str:
    """Return what the practice says, in one sentence."""
    code, visit = practice.code, one.visit
    values: dict[str, object] = {"share": percent(one, practice.value)}
    healthy, watch = f"practice.{code}.healthy", f"practice.{code}.watch"
    limits = rules(one)
    values["goal"] = percent(one, limits[healthy if healthy in limits else watch])
    if "hidden" in practice.values:
        if code == "managers":
            return visit.text("practice.managers.hidden")
        return visit.text("practice.hidden", k=one.workspace.settings.k)
    if "few" in practice.values:
        return visit.text("practice.managers.few")
    if practice.state == "not_enough_data":
        return visit.text(f"practice.{code}.unknown")
    if code == "breadth":
        limit = rules(one)["practice.breadth.narrow"]
        values["limit"] = formats.number(limit, visit.language)
    if code == "completeness":
        worst = every.completeness.worst
        lacking = worst[worst["lost"] > 0].head(2)
        if len(lacking):
            named = [
                in_sentence(field_name(one, str(row.object), str(row.field)))
                for row in lacking.itertuples()
            ]
            values["fields"] = listing(one, named)
            kind = "almost" if practice.state == "healthy" else "poor"
            return visit.text(f"practice.completeness.{kind}", **values)
    is_watched = code == "freshness" and practice.state == "watch"
    if is_watched and (practice.value or 0.0) >= rules(one)[healthy]:
        unique = every.freshness.uniqueness or 0.0
        values["duplicates"] = percent(one, 1 - unique)
        return visit.text("practice.freshness.twice", **values)
    tone = "good" if practice.state == "healthy" else "poor"
    return visit.text(f"practice.{code}.{tone}", **values)


_EXPORTED = {
    "breadth": ("account", "contact", "opportunity", "activity"),
    "completeness": ("account", "contact"),
    "freshness": ("account", "contact"),
    "gateway": ("activity",),
    "managers": ("user",),
    "neglected": ("opportunity",),
    "proxy": ("activity",),
}


def section(
    one: Scene, practice: Practice, every: Practices, body: Callable[[], None]
) -> None:
    """Draw a practice: its name, its state, its sentence, what to do, ``body``.

    The sentence of the worst is the title of the page: it is not said twice.
    """
    visit, code = one.visit, practice.code
    shown = state(one, practice)
    with st.container(border=True, key=f"card_practice_{code}"):
        components.show(
            components.heading(
                visit.text(f"practice.{code}.name"),
                visit.text(f"practice.{code}.question"),
                state=shown,
                word=visit.text(f"verdict.{shown}"),
            ),
        )
        if practice.state == "not_enough_data":
            lacking, guide = sentence(one, practice, every), ""
            if not {"hidden", "few"} & practice.values.keys():
                lacking += " " + visit.text(f"practice.{code}.export")
                guide = export_guide.folded(visit, *_EXPORTED[code])
            components.show(components.partial_data(lacking), guide)
        else:
            said = []
            if practice.state == "healthy" or code != every.ranked[0].code:
                said.append(components.paragraph(sentence(one, practice, every)))
            if practice.state != "healthy":
                advice = visit.text(f"practice.{code}.advice")
                said.append(
                    components.paragraph(visit.text("practice.advice", advice=advice))
                )
            components.show(*said)
            body()
        links.method(visit, f"practice_{code}")


def take(
    one: Scene, code: str, frame: pd.DataFrame, columns: Mapping[str, str], label: str
) -> None:
    """Draw the button that takes the rows away; who may not is shown none."""
    visit = one.visit
    if not visit.can("export") or not len(frame):
        return
    name = exports.file_name(label, one.period.month, suffix="csv")
    st.download_button(
        plural(f"{code.replace('_', '.', 1)}.take", len(frame), visit.language),
        partial(_file, one, code, frame, columns),
        name,
        "text/csv",
        key=f"take_{code}",
        on_click="ignore",
    )


def _file(
    one: Scene, code: str, frame: pd.DataFrame, columns: Mapping[str, str]
) -> bytes:
    visit = one.visit
    rows = len(frame)
    audit.record(visit.who, "export", visit.workspace_id, list=code, rows=rows)
    words = (visit.text("common.yes"), visit.text("common.no"))
    return exports.csv_bytes(frame, columns, visit.language, yes_no=words)


def figures(one: Scene, rows: list[tuple[str, str]]) -> str:
    """Return lines of a label and its figure."""
    return components.stat_list(components.Stat(label, value) for label, value in rows)


def split() -> tuple[st.delta_generator.DeltaGenerator, ...]:
    """Return the place of a drawing and that of its figures."""
    return tuple(st.columns([0.58, 0.42], gap="medium"))


def of(one: Scene, part: float, whole: float) -> str:
    """Return "12 of 40", written."""
    look = one.look
    return look.text("practice.of", part=look.number(part), whole=look.number(whole))


def team_name(one: Scene, value: object) -> str:
    """Return a team's name, or that there is none."""
    return value if isinstance(value, str) else one.visit.text("common.no_team")


def share_state(one: Scene, code: str, value: float) -> str:
    """Return the state of a share of records; "sick" is for the whole."""
    limits = rules(one)
    if value >= limits[f"practice.{code}.healthy"]:
        return "healthy"
    return "watch" if value >= limits[f"practice.{code}.watch"] else "at_risk"


def by_team(
    one: Scene, code: str, frame: pd.DataFrame, part: str, whole: str
) -> pd.DataFrame:
    """Return part / whole of each team that may be shown, the lowest first."""
    groups = one.workspace.by_group(
        frame[frame["owner_id"].notna()],
        "team",
        {"part": (part, "sum"), "whole": (whole, "sum")},
        person="owner_id",
        period=f"{one.gate}:{code}",
    )
    groups["share"] = groups["part"].astype("float64") / groups["whole"]
    return groups.sort_values("share", ignore_index=True)


def table_rows(frame: pd.DataFrame, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows of a table, of the columns that it shows."""
    rows = frame[list(columns)].to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]
