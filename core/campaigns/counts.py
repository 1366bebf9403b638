"""What the counts of a campaign say: rates with their denominators.

Each rate is a count over a count, both kept, and null where the mailing tool does not
tell one of them. What the tool's own percentages say is never taken over.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

_Z = 1.959964  # two-sided 95 %
DIVISIONS: Mapping[str, tuple[str, str, str]] = {
    "delivery": ("delivered", "targeted", ""),
    "bounce_hard": ("bounced_hard", "targeted", ""),
    "bounce_soft": ("bounced_soft", "targeted", ""),
    "open": ("opened", "delivered", "machine_opened"),
    "click": ("clicked", "delivered", "doubted"),
    "reactivity": ("clicked", "opened", "doubted"),
    "opt_out": ("opted_out", "delivered", ""),
    "complaint": ("complained", "delivered", ""),
    "conversion": ("converted", "clicked", ""),
    "conversion_delivered": ("converted", "delivered", ""),
}
"""Each rate, in the order in which a reader meets them: the count divided, the count
that divides, and the part of the first that may not be persons."""


@dataclass(frozen=True)
class Rate:
    """One rate: ``count`` over ``whole``, with its 95 % interval; None is not known.

    ``doubt`` is how many of ``count`` may not be persons: they are counted, and said.
    """

    name: str
    count: int | None
    whole: int | None
    doubt: int | None = None

    @property
    def value(self) -> float | None:
        """The rate, 0..1; None without both counts or with an empty whole."""
        if self.count is None or not self.whole:
            return None
        return self.count / self.whole

    @property
    def sure(self) -> float | None:
        """The rate without those in doubt; None where nobody is."""
        if self.value is None or not self.doubt or not self.whole:
            return None
        return (self.value * self.whole - self.doubt) / self.whole

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
    suppressed: int | None = None
    bounced_hard: int | None = None
    bounced_soft: int | None = None
    complained: int | None = None
    refused: int | None = None
    machine_opened: int | None = None
    checked: int | None = None
    doubted: int | None = None
    late: int | None = None
    doubted_call: int | None = None
    source_file: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Campaign:
        """Return the campaign of a row of ``mart_campaign_funnel``."""
        texts = {"campaign_id", "name", "currency", "start_day", "source_file"}
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
    def rates(self) -> tuple[Rate, ...]:
        """The rates of DIVISIONS, in their order."""
        return tuple(
            Rate(
                name,
                getattr(self, part),
                getattr(self, whole),
                getattr(self, doubt) if doubt else None,
            )
            for name, (part, whole, doubt) in DIVISIONS.items()
        )

    def rate(self, name: str) -> float | None:
        """Return the value of the rate ``name``."""
        return next(rate.value for rate in self.rates if rate.name == name)


def read(rows: pd.DataFrame) -> list[Campaign]:
    """Return the campaigns of ``mart_campaign_funnel``, the latest first."""
    records = rows.to_dict("records")
    found = [Campaign.of({str(k): v for k, v in row.items()}) for row in records]
    return sorted(found, key=lambda c: str(c.start_day or ""), reverse=True)


def latest_call_list(campaigns: list[Campaign]) -> Campaign | None:
    """Return the latest campaign with people to call, since lists go stale."""
    calling = [campaign for campaign in campaigns if campaign.to_call]
    if not calling:
        return None
    return max(calling, key=lambda c: (str(c.start_day or ""), c.to_call or 0))
