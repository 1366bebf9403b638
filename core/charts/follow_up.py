"""How far a call list has come, as bars of persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style, tooltip


def progress(
    steps: Sequence[tuple[str, int, str]], look: Look, *, title: str, alt_text: str
) -> Figure:
    """Return one bar a step, to one scale: the list, what came of it, what is left.

    Each step is (words, persons, kind); kind "left" is what must be done, "won" what
    was gained, any other is quiet.
    """
    colours = look.colours
    frame = pd.DataFrame(steps, columns=["words", "persons", "kind"])
    frame["written"] = [look.number(value) for value in frame["persons"]]
    frame["rank"] = range(len(frame))
    top = float(frame["persons"].max() or 1)
    y = alt.Y("rank:O", axis=None, scale=alt.Scale(paddingInner=0.1))
    x = alt.X(
        "persons:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.12], nice=False)
    )
    kinds = ["whole", "step", "won", "left"]
    fills = [colours.seq1, colours.seq2, colours.ok_m, colours.accent]
    edges = [colours.seq3, colours.seq3, colours.ok_m, colours.accent]
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=kinds, range=fills), legend=None
    )
    edge = alt.Stroke("kind:N", scale=alt.Scale(domain=kinds, range=edges), legend=None)
    label: dict[str, Any] = {
        "font": FONT,
        "fontSize": 12.5,
        "align": "left",
        "baseline": "middle",
    }
    base = alt.Chart(frame)
    layers = [
        base.mark_bar(size=12, cornerRadiusEnd=3, yOffset=9, strokeWidth=1).encode(
            x,
            y,
            colour,
            edge,
            tooltip=tooltip(
                ("words", look.text("funnel.step")),
                ("written", look.text("chart.persons")),
            ),
        ),
        base.mark_text(**label, dy=-8, color=colours.text, fontWeight=500).encode(
            alt.XValue(0), y, alt.Text("words:N")
        ),
        base.mark_text(**label, dy=9, dx=6, color=colours.text, fontWeight=600).encode(
            x, y, alt.Text("written:N")
        ),
    ]
    table = pd.DataFrame(
        {
            look.text("funnel.step"): frame["words"],
            look.text("chart.persons"): frame["written"],
        }
    )
    drawing = style(alt.layer(*layers), look, height=40 * len(frame))
    return Figure(drawing, title, alt_text, table)
