"""Campaigns: where people leave, who to call, who to write to again, what it earned."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core import campaign_verdict, campaigns
from core.campaign_verdict import Finding
from core.campaigns import Campaign
from core.charts.campaigns import comparison
from core.charts.figure import Look
from core.i18n import formats, plural
from core.rules import Rules
from core.ui import cards, components, drawings, links
from core.ui.views import call_lists, campaigns_funnel, campaigns_rates
from core.ui.visit import Visit

_COMPARED = 12


def draw(visit: Visit) -> None:
    """Draw the page: choice of a campaign, its funnel, its lists, the others."""
    assert visit.workspace is not None
    known = campaigns.read(visit.workspace.query("mart_campaign_funnel"))
    known = [one for one in known if one.targeted or one.opened or one.clicked]
    if not known:
        _nothing(visit)
        return
    chosen = _choose(visit, known)
    rules = Rules.of(visit.workspace.settings.rules)
    period = visit.workspace.period
    as_of = period[1] if period else None
    finding = campaign_verdict.verdict(chosen, rules, as_of)
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
        campaigns_funnel.draw(visit, chosen, rules, as_of)
    with right:
        call_lists.cards(visit, chosen)
        _return(visit, chosen)
    call_lists.listing(visit, chosen)
    left, right = st.columns([0.6, 0.4], gap="small")
    with left:
        campaigns_rates.draw(visit, chosen, rules, as_of)
    with right:
        _compare(visit, known, chosen)


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


def _return(visit: Visit, campaign: Campaign) -> None:
    """Draw the return on investment, or say what it lacks."""
    language, currency = visit.language, campaign.currency or "EUR"
    won = formats.money(campaign.won_amount, language, currency=currency)
    cost = formats.money(campaign.cost, language, currency=currency)
    title = visit.text("indicator.roi.label")
    if campaign.roi is not None:
        gain = formats.percent(campaign.roi, language)
        said = plural(
            "page.campaigns.won", campaign.won_count or 0, language, won=won, cost=cost
        )
        body = [components.big_number(gain, ""), components.paragraph(said)]
    else:
        lacks = "mixed_currencies"
        if not campaign.cost:
            lacks = "no_cost"
        elif campaign.won_amount is None and not campaign.won_count:
            lacks = "no_won"
        words = visit.text(f"page.campaigns.{lacks}", won=won, cost=cost)
        body = [components.partial_data(words)]
    formula = [
        visit.text("indicator.roi.help"),
        visit.text("page.campaigns.roi_source"),
    ]
    how = components.how(visit.text("action.how"), formula)
    with st.container(border=True, key="card_return", gap="xsmall"):
        components.show(components.heading(title), *body, how)
        links.method(visit, "roi")


def _compare(visit: Visit, known: list[Campaign], chosen: Campaign) -> None:
    """Draw the campaigns side by side, by click rate, the latest first."""
    if len(known) < 2:
        return
    latest = known[:_COMPARED]
    frame = pd.DataFrame(
        {
            "campaign_id": [c.campaign_id for c in latest],
            "name": [c.name for c in latest],
            "value": [c.rate("click") for c in latest],
        }
    )
    title = visit.text("page.campaigns.compare")
    with st.container(key="card_compare"):
        figure = comparison(
            frame,
            Look(visit.language, visit.theme),
            title=title,
            alt_text=visit.text("page.campaigns.compare_alt", count=len(known)),
            indicator=visit.text("rate.click"),
            written=lambda v: formats.percent(v, visit.language, digits=1),
            chosen=chosen.campaign_id,
        )
        asked = drawings.draw(
            visit,
            figure,
            "compare",
            selection="campaign",
            subtitle=visit.text("page.campaigns.compare_note"),
        )
    if asked and asked != chosen.campaign_id:
        st.query_params["campaign"] = asked
        st.rerun()
