"""Attribution: one total for all models, unknown is not zero, currencies apart."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import models
from core.accounts.sessions import DEMO_WORKSPACE
from core.campaigns import attribution
from core.campaigns.attribution import MODELS, Cost, Return, Share
from core.campaigns.counts import Campaign
from core.demo.salesforce import identifier
from core.errors import InvalidSetting
from core.inputs import fingerprint
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings
from core.workspace_settings import CampaignCost

FIRST = date(2026, 1, 1)
FREE = identifier("Campaign", 4)  # the demo's one without a cost
REFERENCE = identifier("Campaign", 1)
CAMPAIGNS = ("a", "b", "c", "d")

Deal = dict[str, Any]
deals = st.lists(
    st.fixed_dictionaries(
        {
            "primary": st.sampled_from((*CAMPAIGNS, None)),
            "amount": st.one_of(st.none(), st.integers(0, 10_000)),
            "currency": st.sampled_from(("EUR", "USD", None)),
            "is_won": st.booleans(),
            "touches": st.lists(
                st.tuples(st.sampled_from(CAMPAIGNS), st.integers(0, 400)), max_size=6
            ),
        }
    ),
    max_size=8,
)


def asked(rows: list[Deal], window: int) -> list[dict[str, Any]]:
    """Ask the mart itself about opportunities and the touches before them."""
    touches = sorted(
        {(n, *touch) for n, row in enumerate(rows) for touch in row["touches"]}
    )
    day = FIRST + timedelta(days=400)
    with duckdb.connect() as con:
        opportunities = pa.table(
            {
                "opportunity_id": pa.array(map(str, range(len(rows))), pa.string()),
                "campaign_id": pa.array([r["primary"] for r in rows], pa.string()),
                "amount": pa.array([r["amount"] for r in rows], pa.float64()),
                "currency": pa.array([r["currency"] for r in rows], pa.string()),
                "is_won": pa.array([r["is_won"] for r in rows], pa.bool_()),
            }
        )
        before = pa.table(
            {
                "opportunity_id": pa.array(
                    (str(n) for n, _, _ in touches), pa.string()
                ),
                "campaign_id": pa.array((c for _, c, _ in touches), pa.string()),
                "response_day": pa.array(
                    (day - timedelta(days=d) for _, _, d in touches), pa.date32()
                ),
                "days_before": pa.array((d for _, _, d in touches), pa.int64()),
            }
        )
        con.register("int_campaign_opportunity", opportunities)
        con.register("int_campaign_touch", before)
        text = models.read()["mart_campaign_attribution"].text
        rows_ = con.sql(text, params={"window_days": window}).to_arrow_table()
        found: list[dict[str, Any]] = rows_.to_pylist()
        return found


def by_hand(rows: list[Deal], window: int) -> dict[tuple[Any, ...], float]:
    """Share the same opportunities out, one at a time."""
    found: dict[tuple[Any, ...], float] = defaultdict(float)
    for row in rows:
        near = [(c, d) for c, d in row["touches"] if d <= window]
        everyone = sorted({c for c, _ in near})
        takers: dict[str, list[Any]] = {
            "primary": [row["primary"]],
            "first_touch": [None],
            "last_touch": [None],
            "even_split": everyone or [None],
        }
        if near:
            oldest, latest = max(d for _, d in near), min(d for _, d in near)
            takers["first_touch"] = [min(c for c, d in near if d == oldest)]
            takers["last_touch"] = [max(c for c, d in near if d == latest)]
        for model, campaigns in takers.items():
            for campaign in campaigns:
                key = (model, campaign, row["currency"], row["is_won"])
                found[key] += (row["amount"] or 0) / len(campaigns)
    return dict(found)


@settings(max_examples=50)
@given(deals, st.integers(1, 400))
def test_every_model_shares_out_the_same_total(rows: list[Deal], window: int) -> None:
    found = asked(rows, window)
    for currency in ("EUR", "USD", None):
        for won in (True, False):
            part = [r for r in rows if (r["currency"], r["is_won"]) == (currency, won)]
            total = sum(row["amount"] or 0 for row in part)
            for model in MODELS:
                mine = [
                    r
                    for r in found
                    if (r["model"], r["currency"], r["is_won"])
                    == (model, currency, won)
                ]
                assert sum(r["amount"] for r in mine) == pytest.approx(total)
                assert sum(r["share"] for r in mine) == pytest.approx(len(part))


@settings(max_examples=50)
@given(deals, st.integers(1, 400))
def test_each_share_is_the_one_worked_out(rows: list[Deal], window: int) -> None:
    found = {
        (r["model"], r["campaign_id"], r["currency"], r["is_won"]): r["amount"]
        for r in asked(rows, window)
    }
    assert found == pytest.approx(by_hand(rows, window))


def test_return_is_the_won_amount_less_the_cost_over_it() -> None:
    found = Return((Share("EUR", 3, 14_000.0),), Cost(4_000.0, "EUR"))
    assert (found.roi, found.lack) == (2.5, None)
    assert Return((), Cost(4_000.0, "EUR")).roi == -1
    # Open opportunities never count.
    waiting = (Share("EUR", 3, 14_000.0, 0, 9, 90_000.0),)
    assert Return(waiting, Cost(4_000.0, "EUR")).roi == 2.5


@pytest.mark.parametrize(
    ("shares", "cost", "lack"),
    [
        (None, Cost(4_000.0, "EUR"), "no_won"),
        ((Share("EUR", 1, 9.0),), Cost(None, "EUR"), "no_cost"),
        ((Share("EUR", 1, 9.0),), Cost(0.0, "EUR"), "zero_cost"),
        ((Share("EUR", 1, 9.0),), Cost(5.0, "USD"), "mixed_currencies"),
        ((Share(None, 1, 9.0),), Cost(5.0, "USD"), "mixed_currencies"),
        (
            (Share("EUR", 1, 9.0), Share("USD", 1, 9.0)),
            Cost(5.0, "EUR"),
            "mixed_currencies",
        ),
    ],
)
def test_no_return_and_why(
    shares: tuple[Share, ...] | None, cost: Cost, lack: str
) -> None:
    found = Return(shares, cost)
    assert (found.roi, found.lack) == (None, lack)


def test_an_open_opportunity_in_another_currency_mixes_nothing() -> None:
    shares = (Share("EUR", 1, 15.0), Share("USD", 0, 0.0, 0, 1, 99.0))
    assert Return(shares, Cost(5.0, "EUR")).roi == 2


def test_budget_and_unit_costs() -> None:
    cost = Cost(4_000.0, "EUR", 5_000.0)
    assert cost.over_budget == pytest.approx(-0.2)
    assert Cost(4_000.0).over_budget is None
    assert (cost.per(100), cost.per(0), cost.per(None)) == (40, None, None)
    blank = dict.fromkeys(("to_call", "converted"), 10) | {"campaign_id": "x"}
    campaign = Campaign.of(blank)
    assert attribution.unit_costs(cost, campaign) == {"to_call": 400, "converted": 400}
    assert attribution.unit_costs(Cost(), campaign) == {}


@pytest.fixture
def store(demo_data: Path) -> Store:
    return Store(demo_data / "workspaces" / DEMO_WORKSPACE)


def opened(store: Store, *typed: CampaignCost, window: int = 180) -> Workspace:
    settings = WorkspaceSettings(
        privacy="names", campaign_costs=typed, rules={"attribution.window": window}
    )
    return Workspace(store, settings, Rights.of("admin"))


def test_a_typed_cost_stands_in_for_a_blank_one(store: Store) -> None:
    blank = attribution.read(opened(store)).of("primary", FREE)
    assert (blank.cost.origin, blank.lack, blank.roi) == ("none", "no_cost", None)
    typed = CampaignCost(FREE, 2_540.0)
    found = attribution.read(opened(store, typed)).of("primary", FREE)
    # Two won, 7 600 and 5 100 euros; the one currency of the exports is the cost's.
    assert (found.cost.origin, found.cost.currency) == ("typed", "EUR")
    assert found.roi == (12_700 - 2_540) / 2_540
    dollars = attribution.read(opened(store, CampaignCost(FREE, 2_540.0, "USD")))
    assert dollars.of("primary", FREE).lack == "mixed_currencies"


def test_an_exported_cost_wins_unless_it_was_corrected(store: Store) -> None:
    corrected = CampaignCost(REFERENCE, 7_000.0, "EUR", exported=4_000.0)
    found = attribution.read(opened(store, corrected)).of("primary", REFERENCE)
    assert (found.cost.origin, found.cost.amount, found.roi) == ("corrected", 7_000, 1)
    earlier = CampaignCost(REFERENCE, 7_000.0, "EUR", exported=3_500.0)
    found = attribution.read(opened(store, earlier)).of("primary", REFERENCE)
    assert (found.cost.origin, found.cost.amount, found.roi) == ("outdated", 4_000, 2.5)


def test_typing_a_cost_builds_nothing_anew() -> None:
    typed = WorkspaceSettings(campaign_costs=(CampaignCost("x", 5.0),))
    assert fingerprint(typed) == fingerprint(WorkspaceSettings())


def test_a_cost_is_kept_as_json_and_checked() -> None:
    typed = WorkspaceSettings(campaign_costs=(CampaignCost("x", 5.0, "EUR", 3.0),))
    assert WorkspaceSettings.from_json(typed.to_json()) == typed
    for wrong in ((-1.0, "EUR"), (1e12, "EUR"), (1.0, "euros")):
        with pytest.raises(InvalidSetting):
            CampaignCost("x", *wrong)
    with pytest.raises(InvalidSetting):
        WorkspaceSettings(campaign_costs=(CampaignCost("x", 5.0),) * 2)


def test_primary_is_what_the_report_calls_won(store: Store) -> None:
    workspace = opened(store)
    found = attribution.read(workspace)
    rows = workspace.query("mart_campaign_funnel").set_index("campaign_id")
    assert len(rows) == 5
    for campaign_id, row in rows.iterrows():
        won = found.of("primary", str(campaign_id)).won
        assert won is not None
        assert (won.won, won.won_amount) == (row["won_count"], row["won_amount"])


def test_a_shorter_window_leaves_more_without_campaign(store: Store) -> None:
    def rest(window: int) -> float:
        found = attribution.read(opened(store, window=window))
        totals = {model: found.total(model) for model in MODELS}
        assert len({shares[0].won_amount for shares in totals.values()}) == 1
        return found.unattributed("even_split")[0].won_amount

    assert rest(7) > rest(180) >= rest(1095)
