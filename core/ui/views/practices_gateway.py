"""The mailbox gateway: mails logged week by week, by team, and who stopped."""

from __future__ import annotations

import pandas as pd

from core.charts.symptoms import timeline
from core.charts.symptoms_marks import Remark
from core.i18n import formats, plural
from core.indicators import members
from core.practices import Practices, gateway
from core.scene import Scene
from core.ui import components, drawings, folding
from core.ui.views.practices_words import (
    FEW,
    figures,
    of,
    percent,
    section,
    split,
    take,
    team_name,
)

_NAMES = ["user_id", "name"]
_AUGUST = 8


def draw(one: Scene, every: Practices) -> None:
    """Draw the mailbox gateway."""
    section(one, every.gateway.practice, every, lambda: _gateway_body(one, every))


def _gateway_body(one: Scene, every: Practices) -> None:
    visit, found = one.visit, every.gateway
    left, right = split()
    with left:
        _mail_weeks(one)
    with right:
        lines = [
            (
                visit.text("practice.gateway.per_week"),
                formats.number(found.emails_per_user_week, visit.language, digits=1),
            )
        ]
        if one.shows_people:
            lines += [
                (
                    visit.text("practice.gateway.users"),
                    of(one, found.users_with_email, found.active),
                ),
                (
                    visit.text("practice.gateway.given_up"),
                    one.look.number(found.given_up),
                ),
            ]
        if found.mass:
            lines.append(
                (visit.text("practice.gateway.mass"), one.look.number(found.mass))
            )
        if found.captured:
            lines.append(
                (
                    visit.text("practice.gateway.captured"),
                    one.look.number(found.captured),
                )
            )
        parts = [figures(one, lines)]
        if one.shows_people and found.paced:
            paced = plural("practice.gateway.paced", found.paced, visit.language)
            parts.append(components.notice("watch", paced))
        if gateway.stored_outside(one.workspace) and found.practice.state != "healthy":
            parts.append(components.note(visit.text("practice.gateway.outside")))
        components.show(*parts)
    left, right = split()
    if not one.filters.team:
        with left:
            _mail_teams(one, found.rows)
    if one.shows_people:
        with right:
            _mail_people(one, found.rows)


def _mail_weeks(one: Scene) -> None:
    visit = one.visit
    rows = one.rows if one.is_filtered else None
    weeks = gateway.weeks(one.workspace, one.period.as_of, rows)
    if len(weeks) < 2:
        return
    start = pd.to_datetime(weeks["week"])
    # Where only teams show, so few people are not told of.
    least = 0 if one.shows_people else one.workspace.settings.k
    people = weeks["people"].astype("float64").mask(weeks["people"] < least)
    frame = pd.DataFrame(
        {
            "start": start,
            "end": start + pd.Timedelta(days=6),
            "words": [
                visit.text("practice.week_of", day=formats.day(day, visit.language))
                for day in start
            ],
            "value": people,
            "kind": ["past"] * (len(weeks) - 1) + ["now"],
        }
    )
    best = int(weeks["people"].max())
    alt_text = visit.text(
        "practice.gateway.chart_alt",
        now=one.look.number(weeks["people"].iloc[-1]),
        best=one.look.number(best),
    )
    figure = timeline(
        frame,
        one.look,
        title=visit.text("practice.gateway.chart"),
        alt_text=alt_text if one.shows_people else visit.text("practice.gateway.chart"),
        indicator=visit.text("chart.people"),
        written=one.look.number,
        axis_format="d",
        remarks=_holidays(one, frame),
        height=220,
    )
    drawings.draw(visit, figure, "practice_gateway")


def _holidays(one: Scene, weeks: pd.DataFrame) -> list[Remark]:
    """Name the holidays over the emptiest week of August, if it is half empty."""
    august = weeks[(weeks["start"].dt.month == _AUGUST) & weeks["value"].notna()]
    if august.empty:
        return []
    place = august["value"].idxmin()
    if weeks.loc[place, "value"] > weeks["value"].median() / 2:
        return []
    # The words stand clear of the bars that they cross.
    near = weeks.loc[place - 2 : place + 2, "value"].max()
    words = one.visit.text("practice.gateway.holidays")
    return [Remark(weeks.loc[place, "start"], float(near), words)]


def _mail_teams(one: Scene, rows: pd.DataFrame) -> None:
    visit = one.visit
    frame = members(one.rows)[["user_id", "team"]].merge(
        rows.drop(columns="team"), on="user_id", how="left"
    )
    groups = one.workspace.by_group(
        frame.assign(
            is_active=frame["is_active"].fillna(False).astype(int),
            logs=frame["logs"].fillna(False).astype(int),
        ),
        "team",
        {
            "active": ("is_active", "sum"),
            "logging": ("logs", "sum"),
            "emails": ("recent_count", "sum"),
        },
        period=one.gate,
    )
    shown = []
    for row in groups.to_dict("records"):
        line: dict[str, object] = {"team": team_name(one, row["team"])}
        if row["is_suppressed"]:
            line["share"] = visit.text("page.home.profiles.hidden")
        elif row["active"]:
            line["share"] = percent(one, row["logging"] / row["active"])
            line["rank"] = row["logging"] / row["active"]
            per_week = row["emails"] / row["active"] / gateway.WEEKS
            line["emails"] = formats.number(per_week, visit.language, digits=1)
        shown.append(line)
    shown.sort(key=lambda line: (float(str(line.get("rank", 2))), str(line["team"])))
    title = visit.text("practice.gateway.teams")
    columns = {
        "team": visit.text("filter.team"),
        "share": visit.text("practice.gateway.measure"),
        "emails": visit.text("practice.gateway.per_active"),
    }
    if len(shown) > 1:
        components.show(components.section(title))
        folding.draw(
            visit,
            columns,
            shown,
            caption=title,
            key="practice_gateway_teams",
            numeric={"share", "emails"},
            line=("share",),
        )


def _mail_people(one: Scene, rows: pd.DataFrame) -> None:
    """List who stopped logging mails, the latest first, and offer everybody's file."""
    visit = one.visit
    # The order of real names would tell who is who.
    known = one.workspace.protect(rows, _NAMES).sort_values("name", kind="stable")
    gone = known[known["has_given_up"]].sort_values("silent_days", kind="stable")
    title = visit.text("practice.gateway.gone")
    columns = {
        "name": visit.text("list.name"),
        "team": visit.text("filter.team"),
        "last_day": visit.text("practice.gateway.last"),
        "silent_days": visit.text("practice.gateway.silence"),
    }
    if len(gone):
        shown = [
            {
                "name": row["name"],
                "team": team_name(one, row["team"]),
                "last_day": formats.day(row["last_day"], visit.language),
                "silent_days": plural(
                    "unit.calendar_days", row["silent_days"], visit.language
                ),
            }
            for row in gone.to_dict("records")
        ]
        components.show(components.section(title))
        folding.draw(
            visit,
            columns,
            shown,
            caption=title,
            key="practice_gateway_gone",
            numeric={"silent_days"},
            line=("silent_days",),
            most=FEW,
        )
    file_columns = {
        "name": columns["name"],
        "team": columns["team"],
        "emails_per_week": visit.text("practice.gateway.per_week"),
        "first_day": visit.text("practice.gateway.first"),
        "last_day": columns["last_day"],
        "silent_days": columns["silent_days"],
    }
    name = visit.text("practice.gateway.name")
    take(one, "practice_gateway", known, file_columns, name)
