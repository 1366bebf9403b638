"""Campaigns: where people leave, who to call, who to write to again, what it earned."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.campaigns import counts, telling, verdict
from core.campaigns.counts import Campaign
from core.i18n import formats
from core.rules import Rules
from core.ui import cards, components, export_guide
from core.ui.views import (
    call_lists,
    campaigns_compare,
    campaigns_funnel,
    campaigns_history,
    campaigns_rates,
    campaigns_return,
    sharing,
)
from core.visit import Visit

_VIEWS = ("calls", "results", "compare")


def draw(visit: Visit) -> None:
    """Draw the page: choice of a campaign, what matters of it, and the view asked."""
    assert visit.workspace is not None
    known = telling.known(visit.workspace)
    if not known:
        _nothing(visit)
        return
    chosen = _choose(visit, known)
    rules = Rules.of(visit.workspace.settings.rules)
    period = visit.workspace.period
    as_of = period[1] if period else None
    finding = verdict.verdict(chosen, rules, as_of)
    components.show(
        components.verdict_header(
            _eyebrow(visit, chosen),
            telling.sentence(finding, visit.language),
            finding.state,
            visit.text(f"verdict.{finding.state}"),
        )
    )
    view = _view(visit)
    if view == "calls":
        _calls(visit, chosen, rules, as_of)
    elif view == "results":
        _results(visit, chosen, rules, as_of)
    else:
        campaigns_compare.draw(visit, chosen)
        campaigns_history.draw(visit)


def _view(visit: Visit) -> str:
    """Draw the switch of views, kept in the address, and return the one asked for."""
    wanted = st.query_params.get("view")
    st.session_state["campaign_view"] = wanted if wanted in _VIEWS else _VIEWS[0]
    return str(
        st.segmented_control(
            visit.text("page.campaigns.view"),
            _VIEWS,
            format_func=lambda name: visit.text(f"page.campaigns.view_{name}"),
            required=True,
            key="campaign_view",
            label_visibility="collapsed",
            on_change=_keep_view,
            wrap=True,
        )
    )


def _keep_view() -> None:
    st.query_params["view"] = st.session_state["campaign_view"]


def _calls(visit: Visit, chosen: Campaign, rules: Rules, as_of: date | None) -> None:
    """Draw where people leave, and who to call."""
    with st.container(key="campaign_head"):
        left, right = st.columns([0.66, 0.34], gap="small")
    with left, st.container(key="card_funnel"):
        campaigns_funnel.draw(visit, chosen, rules, as_of)
    with right:
        call_lists.cards(visit, chosen)
    call_lists.people(visit, chosen)


def _results(visit: Visit, chosen: Campaign, rules: Rules, as_of: date | None) -> None:
    """Draw what came of it: calls made, rates, and what it earned."""
    call_lists.follow_up(visit, chosen)
    with st.container(key="campaign_rates"):
        left, right = st.columns([0.6, 0.4], gap="small")
    with left:
        campaigns_rates.draw(visit, chosen, rules, as_of)
    with right:
        campaigns_return.draw(visit, chosen)
        if campaigns_return.has_models(visit):
            campaigns_return.models(visit, chosen)


def _nothing(visit: Visit) -> None:
    components.show(
        components.empty_state(
            visit.text("page.campaigns.empty"),
            visit.text("page.campaigns.empty_note"),
            export_guide.rows(visit, "campaign_member"),
            heading_level=1,
        )
    )
    if visit.can("import"):
        cards.add_files(visit.language)


def _choose(visit: Visit, known: list[Campaign]) -> Campaign:
    """Return the campaign asked for in the address, else the latest to call."""
    best = counts.latest_call_list(known) or known[0]
    by_id = {campaign.campaign_id: campaign for campaign in known}
    asked = st.query_params.get("campaign")
    current = asked if asked in by_id else best.campaign_id
    with st.container(horizontal=True, key="filters"):
        if len(by_id) > 1:
            st.session_state["campaign"] = current
            st.selectbox(
                visit.text("filter.campaign"),
                list(by_id),
                format_func=lambda key: by_id[key].name,
                key="campaign",
                label_visibility="collapsed",
                on_change=_take,
                width=360,
            )
        sharing.draw(visit, campaign=current)
    return by_id[current]


def _take() -> None:
    st.query_params["campaign"] = st.session_state["campaign"]


def _eyebrow(visit: Visit, campaign: Campaign) -> str:
    words = visit.text("page.campaigns.eyebrow", name=campaign.name)
    if formats.is_absent(campaign.start_day):
        return words
    return f"{words}, {formats.day(campaign.start_day, visit.language)}"
