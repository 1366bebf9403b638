"""What the counts of a campaign say: rates with their denominators, and a verdict.

Each rate is a count over a count, both kept, and null where the mailing tool does not
tell one of them. Limits are those of a sender's reputation at Brevo (hard bounce 2 %,
opt-out 1 %), and HubSpot's smallest volume for a verdict (400 delivered).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

FEW = 400
"""Delivered mails under which no rate is judged."""
BOUNCE_LIMIT = 0.02
OPT_OUT_LIMIT = 0.01
CLICK_LOW = 0.01
"""Clicks per delivered mail under which the call to action is questioned (belief)."""
_Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True)
class Rate:
    """One rate: ``count`` over ``whole``, with its 95 % interval; None is not known."""

    name: str
    count: int | None
    whole: int | None

    @property
    def value(self) -> float | None:
        """The rate, 0..1; None without both counts or with an empty whole."""
        if self.count is None or not self.whole:
            return None
        return self.count / self.whole

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the rate (Wilson, 1927)."""
        if self.count is None or not self.whole:
            return None
        n, p = self.whole, self.count / self.whole
        centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True)
class Campaign:
    """One campaign: counts of persons; None is what its exports do not tell."""

    campaign_id: str
    name: str
    base: int | None
    targeted: int | None
    bounced: int | None
    delivered: int | None
    opted_out: int | None
    opened: int | None
    clicked: int | None
    converted: int | None
    to_call: int | None
    second_mail: int | None
    won_count: int | None
    cost: float | None
    won_amount: float | None
    roi: float | None
    currency: str | None
    start_day: Any = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Campaign:
        """Return the campaign of a row of ``mart_campaign_funnel``."""
        texts = {"campaign_id", "name", "currency", "start_day"}
        amounts = {"cost", "won_amount", "roi"}
        values: dict[str, Any] = {}
        for field in fields(cls):
            value = row.get(field.name)
            if value is None or value != value:
                values[field.name] = None
            elif field.name in texts:
                values[field.name] = value
            else:
                values[field.name] = (
                    float(value) if field.name in amounts else int(value)
                )
        values["name"] = values["name"] or values["campaign_id"]
        return cls(**values)

    @property
    def is_small(self) -> bool:
        """Whether too few mails were delivered to judge any rate."""
        return (self.delivered or 0) < FEW

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The rates, in the order in which a reader meets them."""
        return (
            Rate("delivery", self.delivered, self.targeted),
            Rate("bounce", self.bounced, self.targeted),
            Rate("open", self.opened, self.delivered),
            Rate("click", self.clicked, self.delivered),
            Rate("reactivity", self.clicked, self.opened),
            Rate("opt_out", self.opted_out, self.delivered),
            Rate("conversion", self.converted, self.clicked),
        )

    def rate(self, name: str) -> float | None:
        """Return the value of the rate ``name``."""
        return next(rate.value for rate in self.rates if rate.name == name)


def read(rows: pd.DataFrame) -> list[Campaign]:
    """Return the campaigns of ``mart_campaign_funnel``, the latest first."""
    records = rows.to_dict("records")
    found = [Campaign.of({str(k): v for k, v in row.items()}) for row in records]
    return sorted(found, key=lambda c: str(c.start_day or ""), reverse=True)


@dataclass(frozen=True)
class Finding:
    """A sentence about a campaign: its state and its key in the catalogue."""

    state: str
    key: str
    count: int = 0
    share: float | None = None


def verdict(campaign: Campaign) -> Finding:
    """Return the first thing to say of a campaign: who to call, else what to mend."""
    if campaign.clicked is None:
        return Finding("not_enough_data", "no_clicks")
    bounce = campaign.rate("bounce")
    if campaign.to_call:
        state = "watch" if _is_over_limit(campaign) else "healthy"
        return Finding(state, "call", campaign.to_call)
    if bounce is not None and bounce > BOUNCE_LIMIT and not campaign.is_small:
        return Finding("at_risk", "bounce", campaign.bounced or 0, bounce)
    click = campaign.rate("click")
    if click is not None and click < CLICK_LOW and not campaign.is_small:
        return Finding("watch", "few_clicks", campaign.clicked, click)
    return Finding("healthy", "nobody_to_call")


def _is_over_limit(campaign: Campaign) -> bool:
    over = any(limit.is_over for limit in limits(campaign))
    return over and not campaign.is_small


@dataclass(frozen=True)
class Limit:
    """A rate of the sender's reputation against its limit."""

    name: str
    value: float
    limit: float

    @property
    def is_over(self) -> bool:
        """Whether the rate is over its limit."""
        return self.value > self.limit


def limits(campaign: Campaign) -> tuple[Limit, ...]:
    """Return the reputation rates that the exports tell, against their limits."""
    pairs = (("bounce", BOUNCE_LIMIT), ("opt_out", OPT_OUT_LIMIT))
    known = ((name, campaign.rate(name), limit) for name, limit in pairs)
    return tuple(
        Limit(name, value, limit) for name, value, limit in known if value is not None
    )


def latest_call_list(campaigns: list[Campaign]) -> Campaign | None:
    """Return the latest campaign with people to call, since lists go stale."""
    calling = [campaign for campaign in campaigns if campaign.to_call]
    if not calling:
        return None
    return max(calling, key=lambda c: (str(c.start_day or ""), c.to_call or 0))
