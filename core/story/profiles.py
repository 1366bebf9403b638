"""The step of the profiles: who keeps the rhythm of their job."""

from __future__ import annotations

import pandas as pd

from core import indicators, profile_parts
from core.charts.practices import shares
from core.i18n import formats, plural
from core.i18n.catalogue import NO_BREAK
from core.profile_parts import Part
from core.scene import Scene
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Series, Step

_NAMED = 3


def part(one: Scene, asked: Asked) -> Step | None:
    """Return who keeps the rhythm of their profile, profile by profile."""
    known = {
        code: part for code, part in profile_parts.parts(one).items() if part.judged
    }
    if not known:
        return None
    numbers = tuple(_of_profile(one, asked, *pair) for pair in known.items())
    title = asked.text("page.home.profiles.title")
    ratios = tuple(number.raw for number in numbers)
    rows = pd.DataFrame(
        {
            "label": [number.label for number in numbers],
            "share": ratios,
            "state": [number.state for number in numbers],
            "words": [number.value for number in numbers],
        }
    )
    said = ", ".join(
        f"{number.label}{asked.text('common.colon')}{number.value} ({number.note})"
        for number in numbers
    )
    figure = shares(
        rows,
        one.look,
        title=title,
        alt_text=f"{title}{asked.text('common.colon')}{said}",
        label=asked.text("filter.profile"),
        indicator=asked.text("story.verdict.in_range"),
        limit=indicators.RANGE_HEALTHY,
        limit_words=asked.text(
            "story.profiles.limit",
            share=formats.percent(indicators.RANGE_HEALTHY, asked.language),
        ),
    )
    # Of people without a profile nobody can say which rhythm they miss.
    named = [
        number
        for code, number in zip(known, numbers, strict=True)
        if code != profile_parts.UNKNOWN
    ]
    worst = min(named or numbers, key=lambda number: number.raw or 0.0)
    usage = one.usage
    state = indicators.share_state(usage.in_range / usage.people)
    state = state.replace("sick", "at_risk")
    return Step(
        code="profiles",
        topic=asked.text("story.profiles.topic"),
        title=profile_parts.title(one),
        lead=" ".join([asked.text("page.home.profiles.note"), *_furthest(one, asked)]),
        state=state,
        word=asked.text(f"verdict.{state}"),
        numbers=numbers[:4],
        figure=figure,
        plot=Plot(
            "bars",
            tuple(number.label for number in numbers),
            (Series(asked.text("story.verdict.in_range"), ratios),),
            written=tuple(number.value for number in numbers),
            unit="%",
            lit=(numbers.index(worst),),
            states=tuple(number.state for number in numbers),
            expected=(indicators.RANGE_HEALTHY,) * len(numbers),
        ),
        source=asked.source(),
        notes=notes(
            asked, "profiles", "", profile=worst.label, part=worst.note.lower()
        ),
        page="profiles",
        query=asked.query,
    )


def _of_profile(one: Scene, asked: Asked, code: str, counts: Part) -> Number:
    judged, kept = counts.judged or 0, counts.in_range or 0
    share = kept / judged
    return Number(
        asked.text(f"profile.{code}"),
        formats.percent(share, asked.language),
        share,
        asked.text(
            "story.of",
            part=formats.number(kept, asked.language),
            whole=formats.number(judged, asked.language),
        ),
        indicators.share_state(share).replace("sick", "at_risk"),
    )


def _furthest(one: Scene, asked: Asked) -> list[str]:
    """Return who needs support first, under the names that the reader may see."""
    if not one.shows_people:
        return []
    people = indicators.judged(one.shown)
    people = people[people["verdict"] == "at_risk"]
    days = pd.to_numeric(people["active_days"], errors="coerce")
    ranked = people.assign(days=days).dropna(subset=["days"])
    ranked = ranked.sort_values(["days", "user_id"]).head(_NAMED)
    if ranked.empty:
        return []
    named = [
        asked.text(
            "story.profiles.person",
            name=row["name"],
            days=plural("count.day", float(row["days"]), asked.language),
        ).replace(" ", NO_BREAK)
        for row in ranked.to_dict("records")
    ]
    return [
        asked.text(
            "story.profiles.first", people=formats.listing(named, asked.language)
        )
    ]
