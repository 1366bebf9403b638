"""Who stands where: support to the right, opposition upwards, influence as size.

Each class has its own area with its name, so that the map reads without colour. Names
stand beside their circles, a line each; in a crowded cell only the numbers stay, which
are those of the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, names_expression, style, tooltip

_CELLS = 4
_HEIGHT = 580
# In cells: where the first line stands, and how far the next one is below it.
_FIRST, _STEP, _MARGIN = 0.28, 0.195, 0.13
_NAMED = 4
_AREAS = {1: 240.0, 2: 390.0, 3: 560.0}
# The cell in which the name of a class stands.
_NAMES = {
    "opponent": (0, 3),
    "torn": (2, 3),
    "passive": (0, 0),
    "hesitant": (1, 1),
    "ally": (2, 1),
    "engine": (3, 1),
}


def stakeholders(
    rows: pd.DataFrame,
    cells: Sequence[tuple[int, int, str]],
    look: Look,
    *,
    alt_text: str,
) -> Figure:
    """Return the map of ``rows``, one somebody, in the order in which to meet them.

    Columns: order, name, class (written), class_code, influence (1 to 3), support,
    opposition (0 to 3), before_support, before_opposition (null where nobody moved),
    department, kind, influence_word (written). ``cells`` are (support, opposition,
    class) of the whole map.
    """
    tints = _tints(look)
    placed = pd.DataFrame(_placed(rows), columns=[*rows.columns, *_PLACES])
    placed["tint"] = [tints[code] for code in placed["class_code"]]
    layers = [_areas(cells, look), _class_names(look)]
    moved = placed[placed["x0"].notna()]
    if len(moved):
        layers += _moves(moved, look)
    if len(placed):
        layers += _circles(placed, look)
    chart = style(alt.layer(*layers), look, height=_HEIGHT)
    return Figure(
        chart=chart,
        title=look.text("chart.stakeholders"),
        alt=alt_text,
        table=_table(rows, look),
        note=look.text("chart.stakeholders_note"),
    )


_PLACES = ("x", "y", "x0", "y0", "xm", "ym", "label", "number", "area", "is_first")


def _placed(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row with its place in its cell: no two at the same one."""
    records = [{str(k): v for k, v in r.items()} for r in rows.to_dict("records")]
    crowd: dict[tuple[int, int], int] = {}
    for row in records:
        cell = int(row["support"]), int(row["opposition"])
        crowd[cell] = crowd.get(cell, 0) + 1
    seen: dict[tuple[int, int], int] = {}
    left: dict[tuple[int, int], int] = {}
    for row in records:
        cell = int(row["support"]), int(row["opposition"])
        rank = seen.get(cell, 0)
        seen[cell] = rank + 1
        is_named = crowd[cell] <= _NAMED
        across, down = (0, rank) if is_named else divmod(rank, _NAMED)
        row["x"] = cell[0] + _MARGIN + across * 0.19
        row["y"] = cell[1] + 1 - _FIRST - down * _STEP
        row["label"] = str(row["name"]) if is_named else ""
        row["number"] = str(row["order"])
        row["area"] = _AREAS[int(row["influence"])]
        row["is_first"] = row["order"] == 1
        row |= dict.fromkeys(("x0", "y0", "xm", "ym"))
        if not pd.isna(row["before_support"]):
            before = int(row["before_support"]), int(row["before_opposition"])
            shift = left.get(before, 0)
            left[before] = shift + 1
            row["x0"] = before[0] + 0.05 + shift * 0.11
            row["y0"] = before[1] + 0.06
            row["xm"] = row["x0"] + (row["x"] - row["x0"]) * 0.55
            row["ym"] = row["y0"] + (row["y"] - row["y0"]) * 0.55
    return records


def _scale() -> alt.Scale:
    return alt.Scale(domain=[0, _CELLS], nice=False, zero=True)


def _x(field: str, look: Look) -> alt.X:
    return alt.X(f"{field}:Q", scale=_scale(), axis=_axis("support", look))


def _y(field: str, look: Look) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=_scale(), axis=_axis("opposition", look))


def _axis(name: str, look: Look) -> alt.Axis:
    """Return the axis of a side; layers that did not agree on it would have none."""
    words = {str(n + 0.5): look.text(f"stakeholder.level.{n}") for n in range(_CELLS)}
    return alt.Axis(
        values=[n + 0.5 for n in range(_CELLS)],
        labelExpr=names_expression(words),
        title=look.text(f"chart.stakeholders_{name}"),
        grid=False,
        labelAngle=0,
    )


def _tints(look: Look) -> dict[str, str]:
    """Return the ground of each class."""
    colours = look.colours
    return {
        "engine": colours.ok_t,
        "ally": colours.ok_t,
        "opponent": colours.bad_t,
        "torn": colours.warn_t,
        "hesitant": colours.sunken,
        "passive": colours.card,
    }


def _areas(cells: Sequence[tuple[int, int, str]], look: Look) -> Any:
    colours, tints = look.colours, _tints(look)
    rows = [
        {"x": x, "x2": x + 1, "y": y, "y2": y + 1, "tint": tints[code]}
        for x, y, code in cells
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_rect(stroke=colours.line, strokeWidth=1)
        .encode(
            x=_x("x", look),
            x2=alt.X2("x2:Q"),
            y=_y("y", look),
            y2=alt.Y2("y2:Q"),
            color=alt.Color("tint:N", scale=None, legend=None),
        )
    )


def _class_names(look: Look) -> Any:
    rows = [
        {"x": x + 0.06, "y": y + 0.94, "name": look.text(f"stakeholder.classes.{code}")}
        for code, (x, y) in _NAMES.items()
    ]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_text(
            align="left",
            baseline="top",
            font=FONT,
            fontSize=11,
            fontWeight=600,
            color=look.colours.muted,
        )
        .encode(x=_x("x", look), y=_y("y", look), text=alt.Text("name:N"))
    )


def _moves(moved: pd.DataFrame, look: Look) -> list[Any]:
    """Return the way from the former place: a hollow dot, a line, its head."""
    colours = look.colours
    base = alt.Chart(moved)
    line = base.mark_rule(color=colours.ghost, strokeWidth=1.4).encode(
        x=_x("x0", look), y=_y("y0", look), x2=alt.X2("x:Q"), y2=alt.Y2("y:Q")
    )
    dot = base.mark_point(
        filled=True, fill=colours.card, stroke=colours.ghost, size=46, opacity=1
    ).encode(x=_x("x0", look), y=_y("y0", look))
    turned = "atan2((datum.x - datum.x0) * width, (datum.y - datum.y0) * height)"
    head = base.mark_point(
        shape="triangle-up",
        filled=True,
        color=colours.ghost,
        size=62,
        opacity=1,
        angle=alt.ExprRef(f"{turned} * 180 / PI"),
    ).encode(x=_x("xm", look), y=_y("ym", look))
    return [line, dot, head]


def _circles(placed: pd.DataFrame, look: Look) -> list[Any]:
    colours = look.colours
    base = alt.Chart(placed)
    columns = tooltip(
        ("name", look.text("audit.column.name")),
        ("class", look.text("audit.column.class")),
        ("influence_word", look.text("audit.column.influence")),
        ("department", look.text("audit.column.department")),
    )
    circle = base.mark_circle(opacity=1, stroke=colours.card, strokeWidth=1.5).encode(
        x=_x("x", look),
        y=_y("y", look),
        size=alt.Size("area:Q", scale=None, legend=None),
        color=alt.condition(
            alt.datum.is_first, alt.value(colours.accent), alt.value(colours.na)
        ),
        tooltip=columns,
    )
    number = base.mark_text(
        font=FONT, fontSize=10.5, fontWeight=700, color=colours.on_accent
    ).encode(x=_x("x", look), y=_y("y", look), text=alt.Text("number:N"))
    placing: dict[str, Any] = {
        "font": FONT,
        "fontSize": 11.5,
        "align": "left",
        "dx": 16,
        "limit": alt.ExprRef("width / 4 * 0.87 - 18"),
    }
    where = {"x": _x("x", look), "y": _y("y", look), "text": alt.Text("label:N")}
    # A line that crosses a name stops at its edge.
    ground = alt.Stroke("tint:N", scale=None, legend=None)
    halo = base.mark_text(strokeWidth=4, strokeJoin="round", **placing)
    name = base.mark_text(color=colours.text, **placing)
    return [halo.encode(stroke=ground, **where), circle, number, name.encode(**where)]


def _table(rows: pd.DataFrame, look: Look) -> pd.DataFrame:
    names: Mapping[str, str] = {
        "order": "order",
        "name": "name",
        "class": "class",
        "influence_word": "influence",
        "support": "support",
        "opposition": "opposition",
    }
    shown = rows[list(names)].astype(object)
    for column in ("order", "support", "opposition"):
        shown[column] = [look.number(value) for value in shown[column]]
    headings = {old: look.text(f"audit.column.{new}") for old, new in names.items()}
    return shown.rename(columns=headings)
