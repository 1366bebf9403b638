"""The head of the profiles page, and one card a profile: rhythm and month."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd
import streamlit as st

from core import indicators, profile_parts
from core.charts.profiles import histogram
from core.i18n import formats, plural
from core.profile_parts import Part, expected_days
from core.profiles import PROFILES
from core.rules import Rules
from core.scene import Scene
from core.ui import components, drawings
from core.ui.icons import PROFILE_ICONS, icon


def header(one: Scene) -> None:
    """Draw the answer: how many people have which profile."""
    visit, answer = one.visit, profile_parts.title(one)
    eyebrow = visit.text("page.profiles.eyebrow")
    components.show(components.verdict_header(eyebrow, answer))


def draw(one: Scene) -> None:
    """Draw the cards of the profiles that somebody has."""
    found = profile_parts.parts(one)
    shown = [code for code in PROFILES if code in found]
    if not shown:
        return
    for code, column in zip(shown, st.columns(len(shown), gap="small"), strict=True):
        with column, st.container(border=True, key=f"card_profile_{code}"):
            _card(one, code, found[code])


def _card(one: Scene, code: str, part: Part) -> None:
    visit = one.visit
    name = visit.text(f"profile.{code}")
    sign = f'<span class="t-{code}">{icon(PROFILE_ICONS[code])}</span>'
    count = (
        visit.text("page.home.profiles.hidden")
        if part.people is None
        else plural("count.person", part.people, visit.language)
    )
    kept = ""
    if part.judged:
        kept = plural("page.profiles.kept", part.in_range or 0, visit.language)
        kept = visit.text("page.profiles.kept_of", kept=kept, whole=part.judged)
    low, high = expected_days(one, code, one.period.working_days)
    month = formats.month_name(one.period.month, visit.language)
    components.show(
        f'<div class="cardhead"><h2>{sign} {escape(name)}</h2>'
        f'<span class="tally">{escape(count)}</span></div>',
        components.paragraph(visit.text(f"page.profiles.about.{code}")),
        components.note(
            visit.text(
                "page.profiles.pace",
                pace=_pace(one, code),
                low=plural("count.day", low, visit.language),
                month=month,
                days=plural(
                    "count.working_day", one.period.working_days, visit.language
                ),
            )
        ),
        components.note(kept) if kept else "",
    )
    if one.shows_people:
        _month(one, code, (low, high))


def _pace(one: Scene, code: str) -> str:
    """Return the rhythm expected of a profile: "5 jours", "3 à 5 jours"."""
    rhythm = Rules.of(one.workspace.settings.rules).rhythm(code)
    spoken = one.visit.language
    digits = [0 if float(end).is_integer() else 1 for end in (rhythm.low, rhythm.high)]
    low = formats.number(rhythm.low, spoken, digits=digits[0])
    high = formats.number(rhythm.high, spoken, digits=digits[1])
    if rhythm.low == rhythm.high:
        return one.visit.text("page.profiles.pace_one", days=high)
    return one.visit.text("page.profiles.pace_range", low=low, high=high)


def _month(one: Scene, code: str, expected: tuple[int, int]) -> None:
    visit = one.visit
    people = indicators.members(one.rows)
    people = people[people["profile"].eq(code)]
    days = pd.to_numeric(people["active_days"], errors="coerce").dropna().astype(int)
    if not len(days):
        return
    counts = Counter(days.tolist())
    month = formats.month_name(one.period.month, visit.language)
    title = visit.text("page.profiles.days_in", month=month)
    figure = histogram(
        counts,
        one.look,
        profile=code,
        expected=expected,
        days=one.period.working_days,
        title=title,
        alt_text=visit.text(
            "page.profiles.days_alt",
            profile=visit.text(f"profile.{code}"),
            month=month,
            low=expected[0],
            high=expected[1],
            median=formats.number(days.median(), visit.language),
        ),
    )
    drawings.draw(visit, figure, f"profile_{code}", heading=False)
