"""The form of a campaign's cost, for whoever may configure the workspace."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from core.campaigns.attribution import Cost
from core.campaigns.counts import Campaign
from core.ui import deciding
from core.visit import Visit
from core.workspace_settings import HIGHEST_COST, CampaignCost, WorkspaceSettings


def form(
    visit: Visit, campaign: Campaign, cost: Cost, currencies: tuple[str, ...]
) -> None:
    """Offer to type what the campaign cost, or to go back to what the exports say."""
    if not visit.can("configure"):
        return
    way = "change" if cost.amount is not None else "type"
    label = visit.text(f"page.campaigns.cost_form.{way}")
    with st.expander(label, key="cost_form"):
        # A key of its own: the box of another campaign is another box.
        key = f"cost_{campaign.campaign_id}"
        st.number_input(
            visit.text("page.campaigns.cost_form.amount"),
            min_value=0.0,
            max_value=float(HIGHEST_COST),
            value=cost.amount,
            step=100.0,
            format="%.2f",
            key=key,
        )
        if len(currencies) > 1:
            known = cost.currency or currencies[0]
            st.selectbox(
                visit.text("page.campaigns.cost_form.currency"),
                currencies,
                index=currencies.index(known) if known in currencies else 0,
                key=f"{key}_currency",
            )
        st.button(
            visit.text("action.save"),
            type="primary",
            key="cost_save",
            on_click=_save,
            args=(visit, campaign, cost, key),
        )
        if cost.typed is not None:
            st.button(
                visit.text("page.campaigns.cost_form.forget"),
                key="cost_forget",
                on_click=_forget,
                args=(visit, campaign, key),
            )


def _with(
    settings: WorkspaceSettings, *, campaign_id: str, typed: CampaignCost | None
) -> WorkspaceSettings:
    """Return the settings with one campaign's cost in place of the earlier one."""
    kept = [c for c in settings.campaign_costs if c.campaign_id != campaign_id]
    costs = (*kept, typed) if typed else tuple(kept)
    return replace(settings, campaign_costs=costs)


def _save(visit: Visit, campaign: Campaign, cost: Cost, key: str) -> None:
    amount = st.session_state.get(key)
    if amount is None:
        deciding.refuse(visit.text("page.campaigns.cost_form.empty"))
        return
    currency = st.session_state.get(f"{key}_currency")
    exported = cost.exported
    typed = CampaignCost(campaign.campaign_id, float(amount), currency, exported)
    deciding.decide(
        visit,
        "campaign_cost",
        partial(_with, campaign_id=campaign.campaign_id, typed=typed),
        lambda: visit.text("page.campaigns.cost_form.saved"),
        campaign=campaign.campaign_id,
        amount=typed.amount,
        currency=typed.currency,
        exported=exported,
    )


def _forget(visit: Visit, campaign: Campaign, key: str) -> None:
    done = deciding.decide(
        visit,
        "campaign_cost",
        partial(_with, campaign_id=campaign.campaign_id, typed=None),
        lambda: visit.text("page.campaigns.cost_form.forgotten"),
        campaign=campaign.campaign_id,
        amount=None,
    )
    if done:
        st.session_state.pop(key, None)
