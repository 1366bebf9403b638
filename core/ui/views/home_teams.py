"""The picture of Home where people, not calls, are what lacks: teams, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from core import indicators, scene
from core.i18n import formats, plural
from core.scene import Filters, Scene
from core.ui import components
from core.ui.icons import icon

# A picture holds so many teams; on a phone, so many before the others unfold.
_MOST, _FIRST = 10, 3


@dataclass(frozen=True)
class Row:
    """One team: of ``people`` judged, ``kept`` keep the rhythm of their profile."""

    name: str
    people: int
    kept: int

    @property
    def share(self) -> float:
        """Return the share of its people that keep their rhythm, 0..1."""
        return self.kept / self.people

    @property
    def state(self) -> str:
        """Return what is said of the team; "sick" is for a project."""
        return indicators.share_state(self.share).replace("sick", "at_risk")


def rows(one: Scene) -> tuple[Row, ...]:
    """Return the teams that may be told apart, the furthest from its rhythm first.

    With one team chosen they are those of the company, to see it among the others.
    """
    asked = one.filters
    if asked.team:
        every = scene.of(one.visit, Filters(asked.month, None, asked.profile))
        one = every or one
    groups = one.groups("team")
    shown = groups[~groups["is_suppressed"].astype(bool) & groups["team"].notna()]
    found = [
        Row(str(team), int(judged), int(kept))
        for team, judged, kept in zip(
            shown["team"], shown["judged"], shown["in_range"], strict=True
        )
        if not pd.isna(judged) and judged
    ]
    return tuple(
        sorted(
            found, key=lambda row: (row.share, -row.people, formats.sorting(row.name))
        )
    )


def picture(one: Scene, found: tuple[Row, ...]) -> str:
    """Return the teams as bars to one scale, each with its state in words."""
    visit = one.visit
    shown, more = list(found[:_MOST]), len(found) - _MOST
    lines = [_line(one, row) for row in shown]
    label = escape(visit.text("page.home.teams.alt"), quote=True)
    first = lines
    folded = ""
    if visit.is_phone and len(lines) > _FIRST + 1:
        first, others = lines[:_FIRST], lines[_FIRST:]
        words = plural("page.home.teams.more", len(others), visit.language)
        folded = (
            f"<details><summary>{escape(words)}</summary>"
            f'<ul class="teams">{"".join(others)}</ul></details>'
        )
    below = ""
    if more > 0:
        below = components.note(plural("page.home.teams.more", more, visit.language))
    title = escape(visit.text("page.home.teams.note"))
    return (
        f'<div class="team-picture"><p class="eyebrow">{title}</p>'
        f'<ul class="teams" aria-label="{label}">{"".join(first)}</ul>'
        f"{folded}{below}</div>"
    )


def _line(one: Scene, row: Row) -> str:
    visit, state = one.visit, row.state
    counts = visit.text("page.home.teams.row", ok=row.kept, n=row.people)
    word = escape(visit.text(f"verdict.{state}"))
    chosen = ' class="chosen"' if row.name == one.filters.team else ""
    share = formats.percent(row.share, visit.language)
    return (
        f'<li{chosen}><span class="who">{escape(row.name)}</span>'
        f'<span class="track" aria-hidden="true"><i class="{state}"'
        f' style="width:{100 * row.share:.1f}%"></i></span>'
        f'<b title="{escape(counts, quote=True)}">{share}</b>'
        f'<span class="t-{state} is">{icon(state)}{word}</span></li>'
    )
