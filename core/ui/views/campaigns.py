"""Campaigns: where people leave, who to call, who to write to again, what it earned."""

from __future__ import annotations

import streamlit as st

from core import campaigns
from core.campaigns import Campaign, Finding
from core.charts.figure import Look
from core.charts.funnel import funnel
from core.charts.steps import Funnel
from core.i18n import formats, plural
from core.ui import cards, components, drawings
from core.ui.tables import Html, table
from core.ui.views import (
    call_lists,
    campaigns_compare,
    campaigns_history,
    campaigns_return,
)
from core.ui.visit import Visit


def draw(visit: Visit) -> None:
    """Draw the page: choice of a campaign, its funnel, its lists, the others."""
    assert visit.workspace is not None
    known = campaigns.read(visit.workspace.query("mart_campaign_funnel"))
    known = [one for one in known if one.targeted or one.opened or one.clicked]
    if not known:
        _nothing(visit)
        return
    chosen = _choose(visit, known)
    finding = campaigns.verdict(chosen)
    components.show(
        components.verdict_header(
            _eyebrow(visit, chosen),
            _sentence(visit, finding),
            finding.state,
            visit.text(f"verdict.{finding.state}"),
        )
    )
    left, right = st.columns([0.66, 0.34], gap="small")
    with left, st.container(key="card_funnel"):
        _funnel(visit, chosen)
    with right:
        call_lists.cards(visit, chosen)
        campaigns_return.draw(visit, chosen)
    call_lists.listing(visit, chosen)
    left, right = st.columns(2, gap="small")
    with left:
        _rates(visit, chosen)
    with right:
        campaigns_return.models(visit, chosen)
    campaigns_compare.draw(visit, chosen)
    campaigns_history.draw(visit)


def _nothing(visit: Visit) -> None:
    components.show(
        components.empty_state(
            visit.text("page.campaigns.empty"),
            visit.text("page.campaigns.empty_note"),
            call_lists.exports(visit),
            heading_level=1,
        )
    )
    if visit.can("import"):
        cards.add_files(visit.language)


def _choose(visit: Visit, known: list[Campaign]) -> Campaign:
    """Return the campaign asked for in the address, else the latest to call."""
    best = campaigns.latest_call_list(known) or known[0]
    by_id = {campaign.campaign_id: campaign for campaign in known}
    asked = st.query_params.get("campaign")
    current = asked if asked in by_id else best.campaign_id
    if len(by_id) == 1:
        return by_id[current]
    st.session_state["campaign"] = current
    with st.container(horizontal=True, key="filters"):
        st.selectbox(
            visit.text("filter.campaign"),
            list(by_id),
            format_func=lambda key: by_id[key].name,
            key="campaign",
            label_visibility="collapsed",
            on_change=_take,
            width=360,
        )
    return by_id[current]


def _take() -> None:
    st.query_params["campaign"] = st.session_state["campaign"]


def _eyebrow(visit: Visit, campaign: Campaign) -> str:
    words = visit.text("page.campaigns.eyebrow", name=campaign.name)
    if formats.is_absent(campaign.start_day):
        return words
    return f"{words}, {formats.day(campaign.start_day, visit.language)}"


def _sentence(visit: Visit, finding: Finding) -> str:
    key = f"page.campaigns.{finding.key}"
    share = formats.percent(finding.share, visit.language, digits=1)
    if finding.key == "call":
        return plural(key, finding.count, visit.language)
    return visit.text(key, share=share)


def _funnel(visit: Visit, campaign: Campaign) -> None:
    counts = Funnel.of(vars(campaign))
    look = Look(visit.language, visit.theme)
    said = [
        visit.text(f"step.{step}") + visit.text("common.colon") + look.number(count)
        for step, count in (
            ("targeted", campaign.targeted),
            ("delivered", campaign.delivered),
            ("opened", campaign.opened),
            ("clicked", campaign.clicked),
            ("converted", campaign.converted),
            ("to_call", campaign.to_call),
        )
        if count is not None
    ]
    figure = funnel(
        counts,
        look,
        title=visit.text("page.campaigns.funnel"),
        alt_text=visit.text("page.campaigns.funnel_alt", steps=", ".join(said)),
    )
    drawings.draw(visit, figure, "funnel")
    absent = [
        visit.text(f"step.{step}").lower()
        for step in ("opened", "clicked", "converted", "bounced", "opted_out")
        if getattr(campaign, step) is None
    ]
    if absent:
        steps = formats.listing(absent, visit.language)
        components.show(
            components.partial_data(visit.text("page.campaigns.absent", steps=steps))
        )


def _rates(visit: Visit, campaign: Campaign) -> None:
    """Draw each rate with its count, its denominator, its interval and its limit."""
    language = visit.language
    over = {limit.name: limit for limit in campaigns.limits(campaign)}
    small = campaign.is_small
    rows = []
    for rate in campaign.rates:
        limit = over.get(rate.name)
        mark = ""
        if limit and not small:
            state = "watch" if limit.is_over else "healthy"
            bound = formats.percent(limit.limit, language)
            words = visit.text("page.campaigns.limit", limit=bound)
            mark = components.chip(state, words)
        elif rate.interval and small:
            low, high = (formats.percent(x, language, digits=1) for x in rate.interval)
            mark = components.note(
                visit.text("page.campaigns.interval", low=low, high=high)
            )
        rows.append(
            {
                "rate": visit.text(f"rate.{rate.name}"),
                "value": formats.percent(rate.value, language, digits=1),
                "formula": _formula(visit, rate.count, rate.whole),
                "mark": Html(mark),
            }
        )
    columns = {
        "rate": visit.text("page.campaigns.rate"),
        "value": visit.text("page.campaigns.value"),
        "formula": visit.text("page.campaigns.formula"),
        "mark": "",
    }
    title = visit.text("page.campaigns.rates")
    notes = [components.note(visit.text("page.campaigns.open_doubt"))]
    if small:
        notes.append(
            components.note(visit.text("page.campaigns.small", few=campaigns.FEW))
        )
    drawn = table(columns, rows, caption=title, numeric={"value"}, strong={"value"})
    components.show(components.card(drawn, *notes, title=title))


def _formula(visit: Visit, count: int | None, whole: int | None) -> str:
    if count is None or whole is None:
        return visit.text("page.campaigns.unknown")
    written = (formats.number(x, visit.language) for x in (count, whole))
    return "\u00a0÷\u00a0".join(written)
