"""Figures of campaigns' returns: attribution, costs, comparison, history, fatigue."""

from __future__ import annotations

from core.campaigns import attribution
from core.method.figure import Fact, Figure
from core.workspace import Workspace

_OBJECTS = ("campaign", "campaign_member", "contact", "account", "opportunity")


def _shared(workspace: Workspace) -> list[Fact]:
    """Tell what all models share out, and what no response goes before."""
    found = attribution.read(workspace)
    won = [share.won for share in found.total("primary")]
    rest = [share.won for share in found.unattributed("first_touch")]
    return [
        Fact("deals_won", sum(won)),
        Fact("deals_unanswered", sum(rest)),
        Fact("costs_known", sum(c.amount is not None for c in found.costs.values())),
    ]


FIGURES = (
    Figure(
        "attribution",
        *("campaigns", "amounts", "campaign", "campaigns"),
        models=(
            *("int_campaign_opportunity", "int_campaign_touch"),
            *("mart_campaign_attribution", "mart_campaign_cost"),
        ),
        modules=("core/campaigns/attribution.py",),
        limits=("attribution.window",),
        objects=_OBJECTS,
        tell=_shared,
    ),
    Figure(
        "campaign_comparison",
        *("campaigns", "share", "campaign", "campaigns"),
        models=("mart_campaign_funnel",),
        modules=("core/campaigns/history.py", "core/campaigns/benchmarks.py"),
        limits=("campaign.few",),
        objects=_OBJECTS[:3],
    ),
    Figure(
        "campaign_history",
        *("campaigns", "share", "history", "campaigns"),
        models=(
            *("int_campaign_segment", "int_campaign_owner"),
            *("mart_campaign_segment", "mart_campaign_team"),
        ),
        modules=("core/campaigns/history.py",),
        objects=_OBJECTS[:4],
    ),
    Figure(
        "mail_fatigue",
        *("campaigns", "share", "history", "campaigns"),
        models=("int_campaign_pressure", "mart_campaign_fatigue"),
        modules=("core/campaigns/history.py",),
        limits=("fatigue_days",),
        objects=_OBJECTS[:3],
    ),
)
