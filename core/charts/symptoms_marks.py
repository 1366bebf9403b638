"""What the charts of symptoms share: thresholds, remarks, an axis of months.

The rows that decide are saturated, everything else is pale; a period that proves
nothing is hollow. Shades differ in lightness, so that a grey print says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Look

Writer = Callable[[Any], str]
# What a row is to the finding: context, what decides, or left out of the judgement.
KINDS = ("past", "now", "apart")
# Room above the highest value for the words beside it.
HEADROOM = 1.22
_MONTH = (
    "timeFormat(datum.value, '%m') == '01'"
    " ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)


@dataclass(frozen=True)
class Line:
    """A threshold: its value on the axis and the words that name it."""

    value: float
    words: str


@dataclass(frozen=True)
class Remark:
    """A point of the drawing, and the few words above it."""

    at: pd.Timestamp
    value: float
    words: str = ""


def shades(look: Look) -> tuple[alt.Color, alt.Stroke]:
    """Return the fill and the edge of bars by their ``kind``."""
    colours = look.colours
    fills = [colours.seq1, colours.accent, "transparent"]
    edges = [colours.seq3, colours.accent, colours.line2]
    domain = list(KINDS)
    return (
        alt.Color("kind:N", scale=alt.Scale(domain=domain, range=fills), legend=None),
        alt.Stroke("kind:N", scale=alt.Scale(domain=domain, range=edges), legend=None),
    )


def time_axis(rows: pd.DataFrame) -> alt.X:
    """Return the axis of time, months named: under their bar where a bar is a month."""
    middles = rows["start"] + (rows["end"] - rows["start"]) / 2
    is_monthly = bool((rows["end"] - rows["start"] > pd.Timedelta(days=20)).any())
    axis = alt.Axis(
        grid=False,
        tickCount="month",
        labelExpr=_MONTH,
        labelOverlap="greedy",
        values=[day.isoformat() for day in middles] if is_monthly else alt.Undefined,
    )
    return alt.X("start:T", title=None, axis=axis)


def _halo(look: Look) -> dict[str, Any]:
    """Return the card's colour around letters, to read them over a bar."""
    return {"stroke": look.colours.card, "strokeWidth": 4, "strokeJoin": "round"}


def words(chart: alt.Chart, look: Look, encoding: Sequence[Any], **mark: Any) -> Any:
    """Return written words and the halo that lifts them off what lies below."""
    face: dict[str, Any] = {"font": FONT, "fontSize": 12.5, "fontWeight": 600, **mark}
    under = chart.mark_text(**{**face, **_halo(look), "color": look.colours.card})
    return alt.layer(under.encode(*encoding), chart.mark_text(**face).encode(*encoding))
