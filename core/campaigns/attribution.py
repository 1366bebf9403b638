"""What campaigns brought: won opportunities shared out by a model, against the cost.

Every model shares out the same opportunities, so that each has the same total; what no
campaign brought is one of its shares. Return on investment is (won amount - cost) /
cost (Salesforce): null without a cost, or where amounts and cost are in several
currencies, for no rate between them is invented. Open opportunities, the pipeline,
never count. An opportunity counts for the campaigns that its contact responded to
(clicked or converted), not for all those that the contact was a member of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from core.campaigns.counts import Campaign
from core.rules import Rules
from core.workspace import Workspace
from core.workspace_settings import CampaignCost

Model = Literal["primary", "first_touch", "last_touch", "even_split"]
MODELS: tuple[Model, ...] = ("primary", "first_touch", "last_touch", "even_split")
Origin = Literal["none", "export", "typed", "corrected", "outdated"]


@dataclass(frozen=True)
class Share:
    """A part of the opportunities in one currency; None is a currency not told.

    ``won`` and ``open`` count the opportunities it has a part of, ``unpriced`` those
    won of which the amount is blank.
    """

    currency: str | None
    won: int = 0
    won_amount: float = 0.0
    unpriced: int = 0
    open: int = 0
    open_amount: float = 0.0


@dataclass(frozen=True)
class Cost:
    """What a campaign cost, None while nobody said it, and where that comes from.

    ``origin`` is ``typed`` where the exports say nothing, ``corrected`` where what was
    typed stands in for what they say, and ``outdated`` where they say something else
    since ``typed`` was: theirs counts. ``exported`` is theirs.
    """

    amount: float | None = None
    currency: str | None = None
    budget: float | None = None
    origin: Origin = "none"
    exported: float | None = None
    typed: float | None = None

    @property
    def over_budget(self) -> float | None:
        """The cost over its budget, as a share of it; None without both."""
        if self.amount is None or not self.budget:
            return None
        return self.amount / self.budget - 1

    def per(self, count: int | None) -> float | None:
        """Return the cost of one of ``count``; None when either is not known."""
        return None if self.amount is None or not count else self.amount / count


Lack = Literal["no_won", "no_cost", "zero_cost", "mixed_currencies"]


@dataclass(frozen=True)
class Return:
    """What one campaign brought by one model; ``shares`` None is not known."""

    shares: tuple[Share, ...] | None
    cost: Cost = field(default_factory=Cost)

    @property
    def won(self) -> Share | None:
        """What was won where it is in one currency; None for several or not known."""
        if self.shares is None:
            return None
        found = [share for share in self.shares if share.won]
        return (found or [Share(self.cost.currency)])[0] if len(found) < 2 else None

    @property
    def lack(self) -> Lack | None:
        """Why there is no return on investment; None when there is one."""
        if self.shares is None:
            return "no_won"
        if self.won is None:
            return "mixed_currencies"
        if self.cost.amount is None:
            return "no_cost"
        if not self.cost.amount:
            return "zero_cost"
        return None if self.won.currency == self.cost.currency else "mixed_currencies"

    @property
    def roi(self) -> float | None:
        """(Won amount - cost) / cost, or None: see ``lack``."""
        if self.lack or self.won is None or not self.cost.amount:
            return None
        return (self.won.won_amount - self.cost.amount) / self.cost.amount


@dataclass(frozen=True)
class Returns:
    """What every campaign brought and cost.

    ``currencies`` are those that the exports name. ``models`` are those that can tell
    something: the others know no opportunity of any campaign.
    """

    parts: Mapping[tuple[str, str | None], tuple[Share, ...]]
    costs: Mapping[str, Cost]
    models: frozenset[str]
    currencies: tuple[str, ...] = ()

    def of(self, model: Model, campaign_id: str) -> Return:
        """Return what one campaign brought."""
        cost = self.costs.get(campaign_id, Cost())
        if model not in self.models:
            return Return(None, cost)
        return Return(self.parts.get((model, campaign_id), ()), cost)

    def unattributed(self, model: Model) -> tuple[Share, ...]:
        """Return what no campaign brought."""
        return self.parts.get((model, None), ())

    def total(self, model: Model) -> tuple[Share, ...]:
        """Return all there is to share out, a row a currency.

        Counts are sums over campaigns: an opportunity split counts in each of them.
        """
        every = [
            s for (m, _), shares in self.parts.items() if m == model for s in shares
        ]
        return _added(every)


def _added(shares: Iterable[Share]) -> tuple[Share, ...]:
    found: dict[str | None, Share] = {}
    for share in shares:
        known = found.get(share.currency, Share(share.currency))
        found[share.currency] = Share(
            share.currency,
            known.won + share.won,
            known.won_amount + share.won_amount,
            known.unpriced + share.unpriced,
            known.open + share.open,
            known.open_amount + share.open_amount,
        )
    return tuple(sorted(found.values(), key=lambda one: one.currency or ""))


def window(rules: Rules) -> int:
    """Return how many days a response counts towards an opportunity."""
    return int(rules["attribution.window"])


def read(workspace: Workspace) -> Returns:
    """Return what the campaigns of a workspace brought and cost."""
    settings = workspace.settings
    days = window(Rules.of(settings.rules))
    rows = _records(workspace.query("mart_campaign_attribution", window_days=days))
    costs = _records(workspace.query("mart_campaign_cost"))
    named = {row["currency"] for row in (*rows, *costs)} - {None}
    funnel = workspace.query("mart_campaign_funnel")
    models = {str(row["model"]) for row in rows if row["campaign_id"] is not None}
    # An opportunity that names a campaign tells of the primary one, though it was lost.
    models.discard("primary")
    if funnel["won_count"].notna().any():
        models.add("primary")
    return Returns(
        _parts(rows),
        _costs(costs, settings.campaign_costs, named),
        frozenset(models),
        tuple(sorted(named)),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]


def _parts(
    rows: Iterable[Mapping[str, Any]],
) -> dict[tuple[str, str | None], tuple[Share, ...]]:
    found: dict[tuple[str, str | None], list[Share]] = {}
    for row in rows:
        count, amount = int(row["opportunity_count"]), float(row["amount"])
        share = Share(row["currency"], open=count, open_amount=amount)
        if row["is_won"]:
            blank = int(row["unpriced_count"])
            share = Share(row["currency"], count, amount, blank)
        found.setdefault((row["model"], row["campaign_id"]), []).append(share)
    return {key: _added(shares) for key, shares in found.items()}


def _costs(
    rows: Iterable[Mapping[str, Any]],
    typed: Iterable[CampaignCost],
    named: set[str],
) -> dict[str, Cost]:
    by_campaign = {cost.campaign_id: cost for cost in typed}
    only = next(iter(named)) if len(named) == 1 else None
    return {
        row["campaign_id"]: _cost(row, by_campaign.get(row["campaign_id"]), only)
        for row in rows
    }


def _cost(row: Mapping[str, Any], typed: CampaignCost | None, only: str | None) -> Cost:
    """Return a campaign's cost: the export's, unless it was typed knowing that one."""
    exported, currency, budget = row["cost"], row["currency"], row["budget"]
    if typed is None:
        origin: Origin = "none" if exported is None else "export"
        return Cost(exported, currency, budget, origin, exported)
    amount = typed.amount
    if exported is not None and exported != typed.exported:
        return Cost(exported, currency, budget, "outdated", exported, amount)
    origin = "typed" if exported is None else "corrected"
    mine = typed.currency or currency or only
    return Cost(
        amount, mine, budget if mine == currency else None, origin, exported, amount
    )


def unit_costs(cost: Cost, campaign: Campaign) -> dict[str, float]:
    """Return what one person to call and one converted cost, where that is known."""
    counts = {"to_call": campaign.to_call, "converted": campaign.converted}
    found = {name: cost.per(count) for name, count in counts.items()}
    return {name: value for name, value in found.items() if value is not None}
