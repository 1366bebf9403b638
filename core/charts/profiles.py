"""How many people used the CRM on how many days: one profile's month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Key, Look, style, tooltip
from core.i18n import plural

_BAR = 0.4
# Words above the first bar reach over those of so many days.
_BESIDE = 5


def histogram(
    people: Mapping[int, int],
    look: Look,
    *,
    profile: str,
    expected: tuple[int, int],
    days: int,
    title: str,
    alt_text: str,
) -> Figure:
    """Return the people by their days in use, over the range expected of them.

    ``people`` counts them by days; ``expected`` bounds the range, in days; ``days`` is
    the last of the axis.
    """
    last = max([days, *people])
    rows = pd.DataFrame(
        {
            "days": list(range(last + 1)),
            "people": [people.get(day, 0) for day in range(last + 1)],
        }
    )
    spoken = look.language
    drawn = rows[rows["people"] > 0].assign(
        start=lambda frame: frame["days"] - _BAR,
        end=lambda frame: frame["days"] + _BAR,
        days_said=lambda f: [plural("count.day", day, spoken) for day in f["days"]],
        people_said=lambda f: [plural("count.person", n, spoken) for n in f["people"]],
    )
    top = max([*people.values(), 1])
    scale = alt.Scale(domain=[-0.6, last + 0.6], nice=False)
    low, high = expected
    band = pd.DataFrame({"start": [low - 0.5], "end": [high + 0.5], "top": [top]})
    colours = look.colours
    across = alt.X(
        "start:Q",
        scale=scale,
        title=title,
        axis=alt.Axis(grid=False, tickMinStep=1, tickCount=6, format="d"),
    )
    height = alt.Axis(tickMinStep=1, tickCount=3, format="d")
    shade = (
        alt.Chart(band)
        .mark_rect(color=colours.ok_m, opacity=0.16)
        .encode(across, alt.X2("end:Q"), alt.Y("zero:Q"), alt.Y2("top:Q"))
        .transform_calculate(zero="0")
    )
    bars = (
        alt.Chart(drawn)
        .mark_rect(color=colours.profile(profile), cornerRadius=2)
        .encode(
            across,
            alt.X2("end:Q"),
            alt.Y("zero:Q", title=look.text("page.profiles.people"), axis=height),
            alt.Y2("people:Q"),
            tooltip=tooltip(
                ("days_said", look.text("page.profiles.days")),
                ("people_said", look.text("page.profiles.people")),
            ),
        )
        .transform_calculate(zero="0")
    )
    side: dict[str, Any] = {"font": FONT, "fontSize": 11.5, "fontWeight": 600}
    named = (
        alt.Chart(band.assign(said=look.text("chart.expected")))
        .mark_text(align="right", baseline="bottom", dy=-3, color=colours.ok, **side)
        .encode(alt.X("end:Q", scale=scale), alt.Y("top:Q"), alt.Text("said:N"))
    )
    layers = [shade, bars, named]
    nobody = drawn[drawn["days"].eq(0) & (low > 0)]
    beside = max((people.get(day, 0) for day in range(1, _BESIDE)), default=0)
    if len(nobody) and int(nobody["people"].iloc[0]) > beside:
        # Who never came is what to look at: their number is written.
        layers.append(
            alt.Chart(nobody)
            .mark_text(
                align="left",
                baseline="bottom",
                dx=-3,
                dy=-3,
                color=colours.text,
                **side,
            )
            .encode(
                alt.X("start:Q", scale=scale),
                alt.Y("people:Q"),
                alt.Text("people_said:N"),
            )
        )
    inside = rows["days"].between(low, high)
    words = {True: look.text("common.yes"), False: look.text("common.no")}
    table = pd.DataFrame(
        {
            look.text("page.profiles.days"): rows["days"],
            look.text("page.profiles.people"): rows["people"],
            look.text("page.profiles.expected"): inside.map(words),
        }
    )
    return Figure(
        chart=style(alt.layer(*layers), look, height=160),
        title=title,
        alt=alt_text,
        table=table[rows["people"] > 0],
        keys=(Key(look.text("chart.expected_range"), "ok_t", "ok_t"),),
    )
