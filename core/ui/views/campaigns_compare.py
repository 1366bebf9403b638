"""Campaigns side by side: one panel a rate, filters, and a link to each campaign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from core.campaigns import attribution, benchmarks, history
from core.campaigns.counts import Campaign
from core.campaigns.history import RATES, Described
from core.charts.campaigns import panel
from core.charts.figure import Look
from core.i18n import formats, plural
from core.ui import addressed, components, drawings, links
from core.ui.tables import table
from core.ui.views.campaigns_pick import pick
from core.visit import Visit

COMPARED = 12
_STYLE = Path(__file__).with_name("campaigns_returns.css")
_PER_ROW = 3
_FILTERS = ("tool", "campaign_type", "year")


def draw(visit: Visit, chosen: Campaign) -> None:
    """Draw the latest campaigns that the filters leave, the chosen one saturated."""
    assert visit.workspace is not None
    known = history.described(visit.workspace)
    if len(known) < 2:
        return
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
    with st.container(border=True, key="card_compare"):
        title = visit.text("page.campaigns.compare")
        components.show(components.heading(title, _note(visit)))
        left = _left(visit, known)
        shown = left[:COMPARED]
        said = plural("page.campaigns.compared", len(shown), visit.language)
        if len(left) > len(shown):
            total = formats.number(len(left), visit.language)
            said = visit.text(
                "page.campaigns.compared_of", count=len(shown), total=total
            )
        components.show(components.status(said))
        if not shown:
            return
        _panels(visit, shown, chosen)
        _table(visit, shown, chosen)


def _note(visit: Visit) -> str:
    assert visit.workspace is not None
    few = formats.number(history.few(visit.workspace), visit.language)
    return visit.text("page.campaigns.compare_note", few=few)


def _left(visit: Visit, known: Sequence[Described]) -> list[Described]:
    """Draw the filters that can tell campaigns apart; return what they leave."""
    left = list(known)
    with st.container(horizontal=True, key="compare_filters", gap="small"):
        searched = ""
        if len(known) > COMPARED:
            words = visit.text("page.campaigns.pick.search")
            searched = st.text_input(
                words,
                placeholder=words,
                label_visibility="collapsed",
                **addressed.words("search", "campaigns_search"),
            )
        for name in _FILTERS:
            values = {getattr(one, name) for one in known} - {None}
            if len(values) < 2:
                continue
            options = ["", *sorted(values, key=formats.sorting, reverse=name == "year")]
            asked = pick(visit, name, options, partial(_option, visit, name))
            if asked:
                left = [one for one in left if getattr(one, name) == asked]
    if searched:
        asked = formats.sorting(searched.strip())
        left = [one for one in left if asked in formats.sorting(one.campaign.name)]
    return left


def _option(visit: Visit, name: str, value: str) -> str:
    if not value:
        return visit.text(f"page.campaigns.every.{name}")
    return visit.text(f"vendor.{value}") if name == "tool" else value


def _panels(visit: Visit, shown: Sequence[Described], chosen: Campaign) -> None:
    with st.container(key="compare_panels"):
        for start in range(0, len(RATES), _PER_ROW):
            columns = st.columns(_PER_ROW, gap="medium")
            for column, name in zip(columns, RATES[start:], strict=False):
                with column:
                    _panel(visit, shown, chosen, name)


def _panel(
    visit: Visit, shown: Sequence[Described], chosen: Campaign, name: str
) -> None:
    assert visit.workspace is not None
    language, few = visit.language, history.few(visit.workspace)
    rates = [one.rate(name) for one in shown]
    bounds = [history.interval(rate, few) for rate in rates]
    frame = pd.DataFrame(
        {
            "key": [one.campaign.campaign_id for one in shown],
            "name": [one.campaign.name for one in shown],
            "value": [rate.value for rate in rates],
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
        }
    )
    title = visit.text(f"rate.{name}")
    components.show(f'<h3 class="panel">{components.rich(title)}</h3>')
    if frame["value"].isna().all():
        components.show(components.note(visit.text("page.campaigns.rate_unknown")))
        return
    band = benchmarks.spread(name) if name == "click" else None
    figure = panel(
        frame,
        Look(language, visit.theme),
        title=title,
        alt_text=_said(visit, name, frame),
        indicator=title,
        written=lambda value: formats.percent(value, language, digits=1),
        chosen=chosen.campaign_id,
        band=band,
    )
    # The selection belongs to what was chosen: another campaign starts without one.
    key = f"compare_{name}_{chosen.campaign_id}"
    picked = drawings.draw(
        visit, figure, key, heading=False, selection="campaign", figures=False
    )
    if band:
        low, high = (formats.percent(bound, language, digits=1) for bound in band)
        words = visit.text("page.campaigns.benchmark_published", low=low, high=high)
        components.show(components.note(words))
    if picked and picked != chosen.campaign_id:
        st.query_params["campaign"] = picked
        st.rerun()


def _said(visit: Visit, name: str, frame: pd.DataFrame) -> str:
    """Return the best and the worst of a panel in words."""
    told = frame.dropna(subset=["value"]).sort_values("value")
    worst, best = told.iloc[0], told.iloc[-1]

    def written(value: float) -> str:
        return formats.percent(value, visit.language, digits=1)

    return visit.text(
        "page.campaigns.compare_alt",
        rate=visit.text(f"rate.{name}"),
        count=len(frame),
        best=best["name"],
        most=written(best["value"]),
        worst=worst["name"],
        least=written(worst["value"]),
    )


def _table(visit: Visit, shown: Sequence[Described], chosen: Campaign) -> None:
    """Draw the figures of the panels, and a link to each campaign for the keyboard."""
    assert visit.workspace is not None
    returns = attribution.read(visit.workspace)
    language = visit.language
    columns = {"name": visit.text("chart.campaign"), "day": visit.text("chart.start")}
    columns["delivered"] = visit.text("step.delivered")
    columns |= {name: visit.text(f"rate.{name}") for name in RATES}
    columns |= {"to_call": visit.text("step.to_call"), "roi": visit.text("chart.roi")}
    rows = []
    for one in shown:
        campaign = one.campaign
        roi = returns.of("primary", campaign.campaign_id).roi
        row = {
            "name": campaign.name,
            "day": formats.day(one.day, language),
            "delivered": formats.number(campaign.delivered, language),
            "to_call": formats.number(campaign.to_call, language),
            "roi": formats.percent(roi, language),
        }
        for name in RATES:
            row[name] = formats.percent(one.rate(name).value, language, digits=1)
        rows.append(row)
    with st.expander(visit.text("action.show_figures"), key="figures_compare"):
        title = visit.text("page.campaigns.compare")
        at = next(
            (n for n, one in enumerate(shown) if one.campaign == chosen),
            None,
        )
        numeric = set(columns) - {"name", "day"}
        components.show(table(columns, rows, caption=title, numeric=numeric, chosen=at))
        components.show(components.note(visit.text("page.campaigns.open_one")))
        with st.container(horizontal=True, key="compare_links", gap="small"):
            for one in shown:
                key, name = one.campaign.campaign_id, one.campaign.name
                links.page_link(visit, "campaigns", links.plain(name), campaign=key)
