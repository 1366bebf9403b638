"""Campaigns side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, style, tooltip


def comparison(
    campaigns: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    written: Callable[[Any], str],
    chosen: str | None = None,
) -> Figure:
    """Return one bar a campaign, in the order given; the chosen one is saturated.

    ``campaigns`` has ``campaign_id``, ``name``, ``value``. A campaign without the
    figure keeps its row and a dash. ``indicator`` names the figure, ``written`` writes
    it. A click gives ``campaign.campaign_id``.
    """
    colours = look.colours
    frame = campaigns[["campaign_id", "name", "value"]].copy()
    frame["words"] = [written(value) for value in frame["value"]]
    frame["kind"] = [
        "chosen" if key == chosen else "other" for key in frame["campaign_id"]
    ]
    frame["drawn"] = frame["value"].astype("Float64").fillna(0)
    top = float(frame["drawn"].max() or 1)
    y = alt.Y(
        "campaign_id:N",
        sort=list(frame["campaign_id"]),
        title=None,
        axis=None,
        scale=alt.Scale(paddingInner=0.1),
    )
    x = alt.X("drawn:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.18], nice=False))
    base = alt.Chart(frame)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["chosen", "other"], range=[colours.accent, colours.seq2]
        ),
        legend=None,
    )
    pick = alt.selection_point(name="campaign", fields=["campaign_id"])
    label: dict[str, Any] = {
        "font": FONT,
        "fontSize": 12.5,
        "align": "left",
        "baseline": "middle",
    }
    layers = [
        base.mark_bar(size=13, cornerRadiusEnd=3, yOffset=9)
        .encode(
            x,
            y,
            colour,
            tooltip=tooltip(
                ("name", look.text("chart.campaign")), ("words", indicator)
            ),
        )
        .add_params(pick),
        base.mark_text(
            **label, dy=-8, color=colours.text, fontWeight=500, limit=260
        ).encode(alt.XValue(0), y, alt.Text("name:N")),
        base.mark_text(**label, dy=9, dx=6, color=colours.text, fontWeight=600).encode(
            x, y, alt.Text("words:N")
        ),
    ]
    table = pd.DataFrame(
        {look.text("chart.campaign"): frame["name"], indicator: frame["words"]}
    )
    drawing = style(alt.layer(*layers), look, height=44 * max(1, len(frame)))
    return Figure(drawing, title, alt_text, table)
