"""One person's month, laid out as a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import altair as alt
import pandas as pd

from core.charts.figure import FONT, Figure, Key, Look, style, tooltip
from core.i18n import formats, plural

# Actions of one day above which the colour is one step darker.
STEPS = (2, 5, 10, 18, 28)
# A day with a login where no export tells of actions.
PRESENT = -1
_PRESENT_STEP = "1"


def days_of(rows: pd.DataFrame) -> dict[dt.date, int | None]:
    """Return the days of ``mart_user_calendar`` or ``mart_user_day`` rows.

    A day maps to its actions, 0 for a login without action, None without a trace.
    """
    return {
        pd.Timestamp(day).date(): int(actions) if logins or actions else None
        for day, logins, actions in zip(
            rows["day"],
            rows["login_count"].fillna(0),
            rows["action_count"].fillna(0),
            strict=True,
        )
    }


def month_calendar(
    days: Mapping[dt.date, int | None],
    look: Look,
    *,
    title: str,
    alt_text: str,
    holidays: Mapping[dt.date, str] | None = None,
) -> Figure:
    """Return a week a row and a weekday a column, darker with more actions.

    ``days`` gives each weekday of the month its actions: 0 for a login without action,
    None for no login, PRESENT for a login whose actions are not known. Week-end days
    are drawn only when somebody worked on them. ``holidays`` names the public holidays.
    """
    colours = look.colours
    kept = {
        day: actions
        for day, actions in sorted(days.items())
        if day.weekday() < 5 or actions is not None
    }
    frame = pd.DataFrame({"date": list(kept), "actions": list(kept.values())})
    frame["actions"] = frame["actions"].astype("Float64")
    frame["day"] = [str(day.day) for day in kept]
    frame["weekday"] = [formats.weekday(day, look.language) for day in kept]
    frame["week"] = [day.isocalendar()[0] * 100 + day.isocalendar()[1] for day in kept]
    frame["step"] = [_step(actions) for actions in kept.values()]
    frame["ink"] = [
        "on" if step in ("3", "4", "5") else "off" for step in frame["step"]
    ]
    named = holidays or {}
    frame["words"] = [
        (actions is None and named.get(day)) or _words(actions, look)
        for day, actions in kept.items()
    ]
    frame["date_words"] = [formats.long_day(day, look.language) for day in kept]
    # 5 January 2026 is a Monday: the names of the week in order.
    width = max((day.weekday() for day in kept), default=4) + 1
    names = [
        formats.weekday(dt.date(2026, 1, 5 + rank), look.language)
        for rank in range(max(width, 5))
    ]
    frame = frame.drop(columns=["date", "actions"])
    x = alt.X(
        "weekday:N",
        sort=names,
        scale=alt.Scale(domain=names, paddingInner=0.08),
        axis=alt.Axis(orient="top", labelAngle=0, grid=False),
        title=None,
    )
    y = alt.Y("week:O", axis=None, scale=alt.Scale(paddingInner=0.1))
    steps = ["off", "idle", "0", "1", "2", "3", "4", "5"]
    # The fourth shade is skipped: neither ink nor white reads well enough on it.
    shades = [colours.sequence[rank] for rank in (0, 1, 2, 4, 4, 5)]
    fills = [colours.sunken, colours.card, *shades]
    edges = [colours.sunken, colours.warn_m, *[colours.seq3] * 3, *shades[3:]]
    base = alt.Chart(frame)
    cells = base.mark_rect(cornerRadius=5, strokeWidth=1.6).encode(
        x,
        y,
        alt.Color("step:N", scale=alt.Scale(domain=steps, range=fills), legend=None),
        alt.Stroke("step:N", scale=alt.Scale(domain=steps, range=edges), legend=None),
        tooltip=tooltip(
            ("date_words", look.text("chart.date")), ("words", look.text("chart.use"))
        ),
    )
    bright = "#FFFFFF" if look.theme == "light" else colours.on_accent
    numbers = base.mark_text(font=FONT, fontSize=12).encode(
        x,
        y,
        alt.Text("day:N"),
        alt.Color(
            "ink:N",
            scale=alt.Scale(domain=["on", "off"], range=[bright, colours.text]),
            legend=None,
        ),
    )
    table = pd.DataFrame(
        {
            look.text("chart.date"): frame["date_words"],
            look.text("chart.use"): frame["words"],
        }
    )
    steps_drawn = set(frame["step"])
    keys = [Key(look.text("heat.off"), "sunken")] if "off" in steps_drawn else []
    if "idle" in steps_drawn:
        keys.append(Key(look.text("heat.idle"), "card", "warn_m"))
    if steps_drawn & set("012345"):
        keys.append(Key(look.text("chart.used"), "seq2", "seq3"))
    weeks = frame["week"].nunique()
    drawing = style(
        alt.layer(cells, numbers).resolve_scale(color="independent"),
        look,
        height=34 * weeks + 26,
    )
    return Figure(drawing, title, alt_text, table, keys=tuple(keys))


def _step(actions: int | None) -> str:
    if actions is None:
        return "off"
    if actions == PRESENT:
        return _PRESENT_STEP
    if actions == 0:
        return "idle"
    return str(sum(actions > step for step in STEPS))


def _words(actions: int | None, look: Look) -> str:
    if actions is None:
        return look.text("heat.off")
    if actions == PRESENT:
        return look.text("heat.on")
    if actions == 0:
        return look.text("heat.idle")
    return plural("count.action", actions, look.language)
