"""Campaigns side by side: one panel a rate, each on its own scale from zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Key, Look, style, tooltip

ROW = 38
_ROOM = 1.3  # beside the longest bar, for its figure


def panel(
    rows: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    indicator: str,
    written: Callable[[Any], str],
    chosen: str | None = None,
    band: tuple[float, float] | None = None,
    heading: str = "",
    is_sorted: bool = True,
) -> Figure:
    """Return one bar a row, the highest first if sorted; the chosen one is saturated.

    ``rows`` has ``key``, ``name``, ``value``, ``low`` and ``high``: the ends of the
    interval, None where the volume makes it needless. All bars share a scale from zero
    that holds the intervals too. A row without the figure comes last with a dash.
    ``band`` bounds what is usual; ``heading`` says what the rows are, campaigns unless
    given. A click gives ``campaign.key``.
    """
    colours = look.colours
    frame = rows[["key", "name", "value", "low", "high"]].copy()
    for column in ("value", "low", "high"):
        frame[column] = frame[column].astype("Float64")
    if is_sorted:
        frame = frame.sort_values(
            "value", ascending=False, kind="stable", na_position="last"
        )
    frame["words"] = [written(value) for value in frame["value"]]
    has_interval = frame["low"].notna() & frame["high"].notna()
    frame["between"] = [
        f"{written(low)} – {written(high)}" if told else ""
        for low, high, told in zip(
            frame["low"], frame["high"], has_interval, strict=True
        )
    ]
    frame["kind"] = ["chosen" if key == chosen else "other" for key in frame["key"]]
    frame["drawn"] = frame["value"].fillna(0)
    frame["end"] = frame["high"].where(has_interval, frame["drawn"]).astype("Float64")
    tops = [float(frame["end"].max() or 0), float(frame["drawn"].max() or 0)]
    top = max(*tops, band[1] if band else 0) or 1.0
    y = alt.Y(
        "key:N",
        sort=list(frame["key"]),
        title=None,
        axis=None,
        scale=alt.Scale(paddingInner=0.1),
    )
    scale = alt.Scale(domain=[0, top * _ROOM], nice=False, zero=True)
    x = alt.X("drawn:Q", axis=None, scale=scale)
    base = alt.Chart(frame)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(
            domain=["chosen", "other"], range=[colours.accent, colours.seq2]
        ),
        legend=None,
    )
    edge = alt.Stroke(
        "kind:N",
        scale=alt.Scale(
            domain=["chosen", "other"], range=[colours.accent, colours.seq3]
        ),
        legend=None,
    )
    what = heading or look.text("chart.campaign")
    hint = [("name", what), ("words", indicator)]
    keys = [Key(look.text("chart.usual_band"), "ok_t")] if band else []
    if has_interval.any():
        keys.append(Key(look.text("chart.interval"), "muted", sign="rule"))
        hint.append(("between", look.text("chart.interval")))
    pick = alt.selection_point(name="campaign", fields=["key"])
    label: dict[str, Any] = {
        "font": FONT,
        "align": "left",
        "baseline": "middle",
        "color": colours.text,
    }
    layers: list[alt.Chart] = []
    if band:
        layers.append(_band(band, scale, look))
    layers += [
        base.mark_bar(size=12, cornerRadiusEnd=3, yOffset=9, strokeWidth=1)
        .encode(x, y, colour, edge, tooltip=tooltip(*hint))
        .add_params(pick),
        # An edge of the card's colour keeps the interval legible on its own bar.
        *(
            alt.Chart(frame[has_interval])
            .mark_rule(strokeWidth=thick, color=ink, yOffset=9)
            .encode(alt.X("low:Q", scale=scale, axis=None), alt.X2("high:Q"), y)
            for thick, ink in ((4.4, colours.card), (1.6, colours.muted))
        ),
        base.mark_text(**label, dy=-8, fontSize=12, fontWeight=500, limit=260).encode(
            alt.XValue(0), y, alt.Text("name:N")
        ),
        base.mark_text(**label, dy=9, dx=6, fontSize=12, fontWeight=600).encode(
            alt.X("end:Q", scale=scale, axis=None), y, alt.Text("words:N")
        ),
    ]
    table = pd.DataFrame({what: frame["name"], indicator: frame["words"]})
    drawing = style(alt.layer(*layers), look, height=ROW * max(1, len(frame)))
    return Figure(drawing, title, alt_text, table, keys=tuple(keys))


def _band(band: tuple[float, float], scale: alt.Scale, look: Look) -> alt.Chart:
    """Return what is usual, behind the bars from top to bottom."""
    frame = pd.DataFrame({"from": [band[0]], "to": [band[1]]})
    drawn = alt.Chart(frame).mark_rect(color=look.colours.ok_m, opacity=0.16)
    start = alt.X("from:Q", scale=scale, axis=None)
    band_chart: alt.Chart = drawn.encode(start, alt.X2("to:Q"))
    return band_chart
