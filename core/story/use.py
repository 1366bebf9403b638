"""The steps about use: the verdict and the indicators."""

from __future__ import annotations

import pandas as pd

from core import indicators, judgement
from core.charts.trend import trend
from core.headline import Reading
from core.i18n import formats
from core.indicators import Usage
from core.scene import Scene
from core.sentences import plain, written
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Series, Step

_MONTHS = 6


def verdict(asked: Asked) -> Step:
    """Return the verdict in one sentence, and what each indicator says."""
    it, usage = asked.it, asked.it.facts.usage
    is_part = asked.one is not None and asked.one.is_filtered
    state = judgement.state(it, is_part=is_part)
    said = it.verdict
    readings = {
        "days": said.days,
        "actions": said.actions,
        "change": said.change,
        "pyramid": said.pyramid,
    }
    told = "use" if usage is not None and usage.people else "partial"
    values = {"headline": plain(written(said.headline, asked.language))}
    if usage is not None and usage.people:
        values |= {
            "ok": formats.number(usage.in_range, asked.language),
            "people": formats.number(usage.people, asked.language),
        }
    return Step(
        code="verdict",
        topic=asked.text("story.verdict.topic"),
        title=values["headline"],
        lead=judgement.evidence(asked.visit, it),
        state=state,
        word=asked.text(f"verdict.{state}"),
        numbers=_of_verdict(asked, usage),
        plot=Plot(
            "list",
            tuple(asked.text(f"story.verdict.{name}") for name in readings),
            (),
            written=tuple(_sentence(asked, one) for one in readings.values()),
            states=tuple(one.state for one in readings.values()),
        ),
        source=asked.source(),
        notes=notes(asked, "verdict", told, **values),
        page="home",
    )


def _sentence(asked: Asked, reading: Reading) -> str:
    return written(reading.sentence, asked.language)


def _of_verdict(asked: Asked, usage: Usage | None) -> tuple[Number, ...]:
    """Return the figures of the verdict that are known."""
    found = []
    if usage is not None and usage.people:
        share = usage.in_range / usage.people
        found.append(
            Number(
                asked.text("story.verdict.in_range"),
                formats.percent(share, asked.language),
                share,
                asked.text(
                    "story.of",
                    part=formats.number(usage.in_range, asked.language),
                    whole=formats.number(usage.people, asked.language),
                ),
                indicators.share_state(share).replace("sick", "at_risk"),
            )
        )
    if asked.it.found is not None:
        count = sum(one.present for one in asked.it.found)
        label = asked.text("story.verdict.symptoms")
        found.append(Number(label, str(count), float(count)))
    base = asked.it.facts.base
    if base is not None and base.calls is not None and base.contacts:
        calls = base.calls / base.contacts
        found.append(
            Number(
                asked.text("ratio.calls_per_contact"),
                formats.number(calls, asked.language, digits=1),
                calls,
                asked.text("story.pyramid.healthy_calls"),
                asked.it.verdict.pyramid.state,
            )
        )
    return tuple(found)


def adoption(one: Scene, asked: Asked) -> Step | None:
    """Return what people do in the CRM, this month and the months before."""
    usage, months = one.usage, one.months(_MONTHS)
    if not usage.people or usage.active_days is None:
        return None
    answer, state = judgement.of_use(one)
    look, words = one.look, asked.language
    title = asked.text("story.adoption.chart")
    values = tuple(None if pd.isna(v) else float(v) for v in months["presence"])
    shown = tuple(formats.percent(value, words) for value in values)
    figure = None
    plot = None
    if len(months) > 1:
        rows = pd.DataFrame(
            {
                "month": months["month"],
                "value": months["presence"],
                "is_complete": [
                    month != one.period.month or not one.period.is_running
                    for month in months["month"]
                ],
            }
        )
        said = formats.listing(list(shown), words)
        figure = trend(
            rows,
            look,
            title=title,
            alt_text=f"{title}{asked.text('common.colon')}{said}",
            indicator=title,
            written=lambda value: formats.percent(value, words),
            height=300,
        )
        plot = Plot(
            "columns",
            tuple(formats.short_month(month, words) for month in months["month"]),
            (Series(title, values),),
            written=shown,
            unit="%",
            lit=(len(months) - 1,),
        )
    said_of = (asked.it.verdict.days, asked.it.verdict.actions, asked.it.verdict.change)
    others = [_sentence(asked, reading) for reading in said_of]
    lead = " ".join([said for said in others if plain(said) != answer][:2])
    return Step(
        code="adoption",
        topic=asked.text("story.adoption.topic"),
        title=answer,
        lead=lead,
        state=state,
        word=asked.text(f"verdict.{state}"),
        numbers=_of_adoption(one, asked, usage),
        figure=figure,
        plot=plot,
        source=asked.source(),
        notes=notes(
            asked,
            "adoption",
            "",
            days=look.number(usage.active_days, _digits(usage.active_days)),
            of=one.period.working_days,
            up=look.number(usage.up),
            down=look.number(usage.down),
        ),
        page="adoption",
        query=asked.query,
    )


def _digits(value: float | None) -> int:
    return 0 if value is None or float(value).is_integer() else 1


def _of_adoption(one: Scene, asked: Asked, usage: Usage) -> tuple[Number, ...]:
    look = one.look
    found = [
        Number(
            asked.text("page.home.days.label"),
            look.number(usage.active_days, _digits(usage.active_days)),
            usage.active_days,
            asked.text("page.home.days.unit", count=one.period.working_days),
            asked.it.verdict.days.state.replace("sick", "at_risk"),
        )
    ]
    if usage.actions_per_day:
        found.append(
            Number(
                asked.text("page.home.actions.label"),
                look.number(usage.actions_per_day, 1),
                usage.actions_per_day,
                state=asked.it.verdict.actions.state.replace("sick", "at_risk"),
            )
        )
    if usage.compared and one.period.previous is not None:
        since = formats.month_name(one.period.previous, asked.language)
        note = asked.text("story.adoption.since", month=since)
        for way in ("up", "down"):
            count = getattr(usage, way)
            label = asked.text(f"story.adoption.{way}")
            found.append(Number(label, look.number(count), float(count), note))
    return tuple(found)
