"""The rates of a campaign: what each is made of, its limits, what others publish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from core.campaigns import benchmarks, verdict
from core.campaigns.counts import DIVISIONS, Campaign, Rate
from core.campaigns.verdict import Limit
from core.i18n import formats
from core.rules import RULES, shown
from core.ui import components, folding, links
from core.ui.tables import Html, table
from core.visit import Visit

_FIRST = ("click", "bounce_hard", "opt_out", "conversion")
_DEFINED = ("bounce", "click", "opt_out", "brevo_open")


def draw(
    visit: Visit, campaign: Campaign, rules: Mapping[str, float], as_of: date | None
) -> None:
    """Draw each rate with its count, its denominator, its interval and its limits."""
    is_small = verdict.is_small(campaign, rules)
    is_settling = verdict.is_settling(campaign, rules, as_of)
    limits = verdict.limits(campaign, rules)
    judged = () if is_small or is_settling else limits
    rows = []
    for rate in _ordered(visit, campaign):
        own = [limit for limit in judged if limit.name == rate.name]
        rows.append(
            {
                "rate": visit.text(f"rate.{rate.name}"),
                "value": formats.percent(
                    rate.value, visit.language, digits=_digits(rate)
                ),
                "formula": Html(_formula(visit, rate)),
                "mark": Html(_marks(visit, rate, own, is_small=is_small)),
            }
        )
    columns = {
        "rate": visit.text("page.campaigns.rate"),
        "value": visit.text("page.campaigns.value"),
        "formula": visit.text("page.campaigns.formula"),
        "mark": visit.text("page.campaigns.compared"),
    }
    notes = [visit.text("page.campaigns.judge_clicks")]
    if is_settling:
        hours = shown(rules["campaign.settle_hours"], "hours", visit.language)
        notes.append(visit.text("page.campaigns.settling_note", hours=hours))
    if is_small:
        few = formats.number(rules["campaign.few"], visit.language)
        notes.append(visit.text("page.campaigns.small", few=few))
    title = visit.text("page.campaigns.rates")
    with st.container(border=True, key="card_rates", gap="xsmall"):
        components.show(components.heading(title))
        folding.draw(
            visit,
            columns,
            rows,
            caption=title,
            key="rates",
            numeric={"value"},
            strong={"value"},
        )
        components.show(*map(components.note, notes))
        with st.expander(visit.text("page.campaigns.benchmarks"), key="benchmarks"):
            _benchmarks(visit)
        links.method(visit, "rates")


def _ordered(visit: Visit, campaign: Campaign) -> list[Rate]:
    """Return the rates in their order; on a phone, those that decide come first."""
    if not visit.is_phone:
        return list(campaign.rates)
    names = [rate.name for rate in campaign.rates]
    order = [*_FIRST, *(name for name in names if name not in _FIRST)]
    return sorted(campaign.rates, key=lambda rate: order.index(rate.name))


def _digits(rate: Rate) -> int:
    # Their limits lie at some thousandths.
    return 2 if rate.name in ("complaint", "opt_out") else 1


def _formula(visit: Visit, rate: Rate) -> str:
    """Return the two counts of a rate and what they count."""
    part, whole, _ = DIVISIONS[rate.name]
    names = "\u00a0÷ ".join(visit.text(f"step.{step}") for step in (part, whole))
    if rate.count is None or rate.whole is None:
        counts = visit.text("page.campaigns.unknown")
    else:
        written = (formats.number(x, visit.language) for x in (rate.count, rate.whole))
        counts = "\u00a0÷\u00a0".join(written)
    return f"<div>{components.paragraph(counts)}{components.note(names)}</div>"


def _marks(visit: Visit, rate: Rate, limits: list[Limit], *, is_small: bool) -> str:
    """Return what a rate is read against: limits or an interval, doubts, others."""
    language, digits = visit.language, _digits(rate)
    parts = []
    for limit in limits:
        rule = RULES[limit.rule]
        bound = visit.text(
            "page.campaigns.limit",
            limit=shown(limit.limit, rule.unit, language),
            source=visit.text(f"source.{rule.origin}.name"),
        )
        parts.append(components.chip("watch" if limit.is_over else "healthy", bound))
    if rate.interval and is_small:
        low, high = (formats.percent(x, language, digits=digits) for x in rate.interval)
        parts.append(
            components.note(visit.text("page.campaigns.interval", low=low, high=high))
        )
    if rate.sure is not None:
        sure = formats.percent(rate.sure, language, digits=digits)
        parts.append(components.note(visit.text("page.campaigns.sure", share=sure)))
    spread = benchmarks.spread(rate.name)
    if spread is not None:
        low, high = (formats.percent(x, language, digits=digits) for x in spread)
        words = visit.text("page.campaigns.published", low=low, high=high)
        parts.append(components.note(words))
    return f"<div>{''.join(parts)}</div>" if parts else ""


def _benchmarks(visit: Visit) -> None:
    """Draw the studies one by one: who, when, how they are known, their rates."""
    rows = []
    for one in benchmarks.benchmarks():
        year = str(one.year) if one.year else visit.text("page.campaigns.undated")
        row = {
            "source": visit.text(f"benchmark.{one.code}"),
            "known": f"{year}, {visit.text(f'page.campaigns.known.{one.status}')}",
        }
        for rate in benchmarks.COLUMNS:
            digits = 2 if rate in ("opt_out", "complaint") else 1
            row[rate] = formats.percent(
                one.values.get(rate), visit.language, digits=digits
            )
        rows.append(row)
    columns = {
        "source": visit.text("page.campaigns.benchmark_source"),
        "known": visit.text("page.campaigns.benchmark_known"),
        **{rate: visit.text(f"rate.{rate}") for rate in benchmarks.COLUMNS},
    }
    title = visit.text("page.campaigns.benchmarks")
    drawn = table(
        columns, rows, caption=title, numeric=set(benchmarks.COLUMNS), stack=False
    )
    notes = [
        visit.text("page.campaigns.benchmark_note"),
        *(visit.text(f"page.campaigns.defined.{name}") for name in _DEFINED),
    ]
    components.show(drawn, *map(components.note, notes))
