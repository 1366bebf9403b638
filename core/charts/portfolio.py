"""Why projects are led, period by period, as bars shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Key, Look, style, tooltip
from core.charts.tokens import Palette, contrast

_ROW = 46
# A part narrower than this has no room for its count.
_ROOM = 0.045


# The colour of each reason: apart in grey, one of them saturated.
FILLS = {
    "first_crm": "p3",
    "replacement": "p1",
    "new_step": "p2",
    "rescue": "bad_m",
    "not_said": "card",
}


def colours_of(palette: Palette) -> dict[str, str]:
    """Return the colour of each reason in one theme."""
    return {reason: getattr(palette, fill) for reason, fill in FILLS.items()}


def _ink(on: str, palette: Palette) -> str:
    """Return the colour of words on a mark: of the two, the one that stands out."""
    dark, light = palette.text, palette.card
    return dark if contrast(dark, on) >= contrast(light, on) else light


def _parts(
    periods: pd.DataFrame, names: Mapping[str, str], fewest: int, look: Look
) -> pd.DataFrame:
    """Return a row a part: where its bar starts and ends, its count in words."""
    colours = colours_of(look.colours)
    rows = []
    for period in periods.to_dict("records"):
        # Few projects do not fill a bar: a share of them would say too much.
        whole, start = max(int(period["total"]), fewest), 0.0
        for reason, name in names.items():
            count = int(period[reason])
            if not count:
                continue
            end = start + count / whole
            colour = colours[reason]
            rows.append(
                {
                    "period": period["period"],
                    "reason": reason,
                    "name": name,
                    "start": start,
                    "end": end,
                    "middle": (start + end) / 2,
                    "words": look.number(count) if end - start >= _ROOM else "",
                    "count": look.number(count),
                    "ink": _ink(colour, look.colours),
                }
            )
            start = end
    return pd.DataFrame(rows)


def reasons(
    periods: pd.DataFrame,
    look: Look,
    *,
    title: str,
    alt_text: str,
    names: Mapping[str, str],
    written: Sequence[Mapping[str, str]],
    headings: tuple[str, str],
    fewest: int,
    note: str,
) -> Figure:
    """Return one bar a period, shared out by reason, in the order of ``periods``.

    ``periods`` has ``period``, ``total`` and a column of counts a reason; ``names``
    are those of the reasons drawn, in order; ``written`` the cells of the table, a
    period each; ``headings`` those of the period and of the total. A period with fewer
    projects than ``fewest`` does not fill its bar.
    """
    parts = _parts(periods, names, fewest, look)
    colours = colours_of(look.colours)
    period, total = headings
    y = alt.Y(
        "period:N",
        sort=list(periods["period"]),
        title=None,
        # Wide enough from the start: labels are measured before their font arrives.
        axis=alt.Axis(labelFontSize=13, labelColor=look.colours.text, minExtent=80),
    )
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    hint = tooltip(
        ("period", period), ("name", look.text("chart.part")), ("count", total)
    )
    base = alt.Chart(parts)
    bars = base.mark_bar(height=26, stroke=look.colours.line2, strokeWidth=1).encode(
        x,
        alt.X2("end:Q"),
        y,
        alt.Color(
            "reason:N",
            scale=alt.Scale(
                domain=list(names), range=[colours[reason] for reason in names]
            ),
            legend=None,
        ),
        tooltip=hint,
    )
    counts = base.mark_text(font=FONT, fontSize=13, fontWeight=600).encode(
        alt.X("middle:Q", scale=alt.Scale(domain=[0, 1], nice=False)),
        y,
        alt.Text("words:N"),
        alt.Color("ink:N", scale=None),
        tooltip=hint,
    )
    # Each layer has colours of its own: states of a scale, or the colour itself.
    drawing = alt.layer(bars, counts).resolve_scale(color="independent")
    table = pd.DataFrame(
        list(written), columns=[period, *names.values(), total], dtype=object
    )
    height = _ROW * len(periods) + 8
    keys = tuple(Key(name, FILLS[reason], "line2") for reason, name in names.items())
    return Figure(
        style(drawing, look, height=height), title, alt_text, table, note, keys
    )
