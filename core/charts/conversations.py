"""How long the accounts of a company have been silent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Look, names_expression, style, tooltip
from core.i18n import formats

# Pixels that an account count and its share take.
_FIGURES = 100


def silences(
    buckets: Sequence[tuple[str, str, int, str]],
    look: Look,
    *,
    title: str,
    alt_text: str,
) -> Figure:
    """Return one bar a length of silence; only those over a limit are saturated.

    ``buckets`` are (code, its name, accounts, state), in order; the states are
    talking, quiet and silent.
    """
    colours = look.colours
    total = sum(count for _, _, count, _ in buckets) or 1
    frame = pd.DataFrame(buckets, columns=["code", "name", "accounts", "state"])
    frame["words"] = [look.number(count) for count in frame["accounts"]]
    frame["share"] = [
        formats.percent(count / total, look.language) for count in frame["accounts"]
    ]
    frame["label"] = [
        f"{words} ({share})"
        for words, share in zip(frame["words"], frame["share"], strict=True)
    ]
    y = alt.Y(
        "code:N",
        sort=list(frame["code"]),
        title=None,
        axis=alt.Axis(
            labelExpr=names_expression(
                dict(zip(frame["code"], frame["name"], strict=True))
            ),
            labelLimit=190,
            grid=False,
        ),
    )
    top = float(frame["accounts"].max() or 1)
    # Room on the right for the figures, whatever the width of the screen.
    room: list[Any] = [0, alt.ExprRef(f"width - {_FIGURES}")]
    x = alt.X("accounts:Q", axis=None, scale=alt.Scale(domain=[0, top], range=room))
    base = alt.Chart(frame)
    bars = base.mark_bar(cornerRadiusEnd=4, size=24, strokeWidth=1).encode(
        x,
        y,
        alt.Color(
            "state:N",
            scale=alt.Scale(
                domain=["talking", "quiet", "silent"],
                range=[colours.seq2, colours.warn_m, colours.bad_m],
            ),
            legend=None,
        ),
        alt.Stroke(
            "kind:N",
            scale=alt.Scale(
                domain=["talking", "silent"], range=[colours.seq3, colours.bad_m]
            ),
            legend=None,
        ),
        tooltip=tooltip(
            ("name", look.text("page.conversations.silence")),
            ("label", look.text("object.account")),
        ),
    )
    labels = base.mark_text(
        font=FONT,
        fontSize=12.5,
        fontWeight=600,
        align="left",
        dx=6,
        color=colours.text,
    ).encode(x, y, alt.Text("label:N"))
    table = pd.DataFrame(
        {
            look.text("page.conversations.silence"): frame["name"],
            look.text("object.account"): frame["words"],
            look.text("page.conversations.share"): frame["share"],
        }
    )
    drawing = style(alt.layer(bars, labels), look, height=46 * len(frame))
    return Figure(drawing, title, alt_text, table)
