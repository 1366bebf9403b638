"""The report's part on what campaigns brought: every model, currency by currency."""

from __future__ import annotations

from typing import Any

from core.campaigns.attribution import MODELS, Return, Returns
from core.report_missing import Missing


def of(returns: Returns, campaign_id: str, missing: Missing) -> dict[str, Any]:
    """Return the keys that stand beside ``roi``: cost, pipeline and the models.

    ``currency`` is that of the cost. Amounts are lists, an entry a currency (null where
    the exports name none): they never add up across currencies.
    """
    primary = returns.of("primary", campaign_id)
    where = {"campaign_id": campaign_id}
    found = {
        "currency": primary.cost.currency,
        "budget": _number(primary.cost.budget),
        "cost_origin": primary.cost.origin,
        "pipeline": _pipeline(primary),
        "attribution": {
            model: _model(returns.of(model, campaign_id)) for model in MODELS
        },
    }
    if primary.shares is None:
        reason = "no_campaign_on_opportunities"
        missing.add("campaigns.pipeline", reason, "opportunity", **where)
    for model in MODELS:
        if returns.of(model, campaign_id).shares is None:
            reason = "no_opportunity_of_a_campaign"
            figure = f"campaigns.attribution.{model}"
            missing.add(figure, reason, "opportunity", **where)
    return found


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 6)


def _pipeline(found: Return) -> list[dict[str, Any]] | None:
    if found.shares is None:
        return None
    return [
        {
            "currency": share.currency,
            "count": share.open,
            "amount": _number(share.open_amount),
        }
        for share in found.shares
        if share.open
    ]


def _model(found: Return) -> dict[str, Any] | None:
    if found.shares is None:
        return None
    won = [
        {
            "currency": share.currency,
            "count": share.won,
            "amount": _number(share.won_amount),
        }
        for share in found.shares
        if share.won
    ]
    return {"won": won, "roi": _number(found.roi)}
