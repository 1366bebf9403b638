"""Rates and verdict of a campaign, on the reference case and at its edges."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.campaigns import benchmarks, counts, verdict
from core.campaigns.counts import DIVISIONS, Campaign, Rate
from core.campaigns.verdict import Finding, Window
from core.rules import DEFAULTS, Rules

REFERENCE: dict[str, Any] = {
    "campaign_id": "701",
    "name": "Salon d'automne",
    "base": 50_000,
    "targeted": 5_000,
    "bounced": 100,
    "bounced_hard": 80,
    "bounced_soft": 20,
    "complained": 3,
    "machine_opened": 1_000,
    "checked": 100,
    "doubted": 20,
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
        "bounce_hard": pytest.approx(0.016),
        "bounce_soft": pytest.approx(0.004),
        "open": pytest.approx(0.6122, abs=5e-5),
        "click": pytest.approx(0.0204, abs=5e-5),
        "reactivity": pytest.approx(0.0333, abs=5e-5),
        "opt_out": pytest.approx(0.0102, abs=5e-5),
        "complaint": pytest.approx(0.000612, abs=5e-7),
        "conversion": pytest.approx(0.10),
        "conversion_delivered": pytest.approx(0.00204, abs=5e-6),
    }


def test_a_rate_is_told_with_and_without_those_in_doubt() -> None:
    rates = {rate.name: rate for rate in Campaign.of(REFERENCE).rates}
    assert rates["open"].sure == pytest.approx(2_000 / 4_900)
    assert rates["click"].sure == pytest.approx(80 / 4_900)
    assert rates["opt_out"].sure is None
    unchecked = Campaign.of(REFERENCE | {"doubted": None})
    assert all(r.sure is None for r in unchecked.rates if r.name == "click")


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
    assert judged(row).key == "no_clicks"
    assert Rate("open", 0, 0).value is None and Rate("open", 0, 0).interval is None


def judged(row: dict[str, Any], as_of: date | None = None) -> Finding:
    return verdict.verdict(Campaign.of(row), DEFAULTS, as_of)


def test_verdicts() -> None:
    reference = judged(REFERENCE)
    assert (reference.key, reference.count, reference.state) == ("call", 90, "watch")
    assert judged(REFERENCE | {"opted_out": 10}).state == "healthy"
    nobody = REFERENCE | {"to_call": 0, "clicked": 10, "converted": 10}
    assert judged(nobody | {"bounced_hard": 500}).key == "bounce"
    assert judged(nobody | {"complained": 20, "bounced_hard": 500}).key == "complaints"
    assert judged(nobody).key == "opt_outs"
    assert judged(nobody | {"opted_out": 9}).key == "few_clicks"
    silent = {"clicked": 0, "converted": 0, "delivered": 50}
    assert judged(nobody | silent).key == "nobody_clicked"


def test_few_mails_are_not_judged() -> None:
    small = REFERENCE | {"delivered": 399, "bounced_hard": 90, "targeted": 489}
    assert judged(small).state == "not_enough_data"
    assert judged(small).key == "call"
    assert judged(small | {"delivered": 400}).state == "watch"
    finished = small | {"to_call": 0, "clicked": 10, "converted": 10}
    assert judged(finished).key == "nobody_to_call"
    assert judged(finished).state == "not_enough_data"


def test_the_last_two_days_are_not_judged() -> None:
    row = REFERENCE | {"start_day": "2026-10-06", "to_call": 0}
    assert judged(row, date(2026, 10, 7)).key == "settling"
    assert judged(row, date(2026, 10, 8)).key == "opt_outs"
    assert judged(REFERENCE, date(2026, 10, 8)).state == "watch"
    called = row | {"to_call": 90}
    assert judged(called, date(2026, 10, 7)).state == "not_enough_data"


def test_who_has_not_converted_is_not_lost_while_the_window_runs() -> None:
    campaign = Campaign.of(REFERENCE | {"start_day": "2026-10-06"})
    window = verdict.window(campaign, DEFAULTS, date(2026, 11, 4))
    assert window == Window(30, date(2026, 11, 5), is_open=True)
    later = verdict.window(campaign, DEFAULTS, date(2026, 11, 5))
    assert later is not None and not later.is_open
    unknown = Campaign.of(REFERENCE | {"start_day": "2026-10-06", "converted": None})
    assert verdict.window(unknown, DEFAULTS, date(2026, 11, 4)) is None


def test_limits_are_those_of_the_workspace() -> None:
    campaign = Campaign.of(REFERENCE | {"complained": 12})
    over = {one.rule: one.is_over for one in verdict.limits(campaign, DEFAULTS)}
    assert over == {
        "campaign.limit.bounced_hard": False,
        "campaign.limit.opted_out": True,
        "campaign.limit.complained": True,
        "campaign.limit.complained_gmail": False,
    }
    stricter = Rules({"campaign.limit.bounced_hard": 0.01})
    first, *_ = verdict.limits(campaign, stricter)
    assert first.is_over


def test_published_rates_surround_no_verdict() -> None:
    assert benchmarks.spread("click") == (0.02, 0.0488)
    assert benchmarks.spread("complaint") == (0.0003, 0.0005)
    assert benchmarks.spread("delivery") is None
    assert {one.status for one in benchmarks.benchmarks()} == {"read", "quoted"}
    assert set(benchmarks.COLUMNS) <= set(DIVISIONS)


def test_latest_call_list_then_the_longest() -> None:
    old = Campaign.of(REFERENCE | {"start_day": "2026-01-01"})
    new = REFERENCE | {"start_day": "2026-10-06"}
    short = Campaign.of(new | {"campaign_id": "702", "to_call": 12})
    long = Campaign.of(new | {"campaign_id": "703", "to_call": 40})
    nobody = Campaign.of(REFERENCE | {"start_day": "2026-11-01", "to_call": 0})
    assert counts.latest_call_list([old, long, short, nobody]) == long
    assert counts.latest_call_list([nobody]) is None
