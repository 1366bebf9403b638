"""Rates and verdict of a campaign, on the reference case and at its edges."""

from __future__ import annotations

from typing import Any

import pytest

from core import campaigns
from core.campaigns import Campaign, Rate

REFERENCE: dict[str, Any] = {
    "campaign_id": "701",
    "name": "Salon d'automne",
    "base": 50_000,
    "targeted": 5_000,
    "bounced": 100,
    "delivered": 4_900,
    "opted_out": 50,
    "opened": 3_000,
    "clicked": 100,
    "converted": 10,
    "to_call": 90,
    "second_mail": 2_900,
    "won_count": 3,
    "cost": 4_000.0,
    "won_amount": 14_000.0,
    "roi": 2.5,
    "currency": "EUR",
}


def test_rates_of_the_reference_campaign() -> None:
    rates = {rate.name: rate.value for rate in Campaign.of(REFERENCE).rates}
    assert rates == {
        "delivery": pytest.approx(0.98),
        "bounce": pytest.approx(0.02),
        "open": pytest.approx(0.6122, abs=5e-5),
        "click": pytest.approx(0.0204, abs=5e-5),
        "reactivity": pytest.approx(0.0333, abs=5e-5),
        "opt_out": pytest.approx(0.0102, abs=5e-5),
        "conversion": pytest.approx(0.10),
    }


@pytest.mark.parametrize(
    ("count", "whole", "low", "high"),
    [
        (100, 5_000, 0.0165, 0.0243),
        (50, 4_900, 0.0077, 0.0134),
        (10, 100, 0.055, 0.174),
        (1, 50, 0.0035, 0.105),
    ],
)
def test_intervals_are_those_published(
    count: int, whole: int, low: float, high: float
) -> None:
    interval = Rate("bounce", count, whole).interval
    assert interval == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))


def test_unknown_is_not_zero() -> None:
    row = REFERENCE | {"clicked": None, "to_call": float("nan"), "delivered": None}
    campaign = Campaign.of(row)
    assert campaign.rate("click") is None and campaign.rate("conversion") is None
    assert campaigns.verdict(campaign).key == "no_clicks"
    assert Rate("open", 0, 0).value is None and Rate("open", 0, 0).interval is None


def test_verdicts() -> None:
    reference = campaigns.verdict(Campaign.of(REFERENCE))
    assert (reference.key, reference.count, reference.state) == ("call", 90, "watch")
    clean = REFERENCE | {"opted_out": 10, "bounced": 20}
    assert campaigns.verdict(Campaign.of(clean)).state == "healthy"
    nobody = {"to_call": 0, "clicked": 10, "converted": 10}
    bounced = REFERENCE | nobody | {"bounced": 500}
    assert campaigns.verdict(Campaign.of(bounced)).key == "bounce"
    few = campaigns.verdict(Campaign.of(REFERENCE | nobody | {"bounced": 10}))
    assert few.key == "few_clicks"
    small = REFERENCE | nobody | {"delivered": 50, "bounced": 5, "targeted": 55}
    assert campaigns.verdict(Campaign.of(small)).key == "nobody_to_call"


def test_latest_call_list_then_the_longest() -> None:
    old = Campaign.of(REFERENCE | {"start_day": "2026-01-01"})
    new = REFERENCE | {"start_day": "2026-10-06"}
    short = Campaign.of(new | {"campaign_id": "702", "to_call": 12})
    long = Campaign.of(new | {"campaign_id": "703", "to_call": 40})
    nobody = Campaign.of(REFERENCE | {"start_day": "2026-11-01", "to_call": 0})
    assert campaigns.latest_call_list([old, long, short, nobody]) == long
    assert campaigns.latest_call_list([nobody]) is None
