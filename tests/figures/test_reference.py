"""The two reference cases of the method come out exactly, from Salesforce files."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from core import pyramid, report
from core.workspace import Workspace
from tests.figures.conftest import identifier, imported

AS_OF = date(2026, 10, 31)
Report = Callable[..., dict[str, Any]]


def base(accounts: int, contacts: int, calls: int) -> dict[str, Any]:
    user = identifier("005", 1)
    first = date(2025, 11, 3)
    audit = {"OwnerId": user, "CreatedById": user, "CreatedDate": "2025-06-02 09:00:00"}
    days = (AS_OF - first).days + 1
    return {
        "Account.csv": [
            {
                "Id": identifier("001", n),
                "IsDeleted": 0,
                "Name": f"Société {n}",
                **audit,
            }
            for n in range(accounts)
        ],
        "Contact.csv": [
            {
                "Id": identifier("003", n),
                "IsDeleted": 0,
                "AccountId": identifier("001", n % accounts),
                "LastName": f"Nom {n}",
                "Email": f"c{n}@client.fr",
                **audit,
            }
            for n in range(contacts)
        ],
        "Task.csv": [
            {
                "Id": identifier("00T", n),
                "WhoId": identifier("003", n % contacts),
                "Subject": "Appel de suivi",
                "ActivityDate": f"{first + timedelta(days=n % days)} 00:00:00",
                "Status": "Completed",
                "Type": "Call",
                "IsDeleted": 0,
                "IsClosed": 1,
                **audit,
            }
            for n in range(calls)
        ],
    }


@pytest.mark.parametrize(
    ("calls", "shape"), [(5000, "pyramid"), (2000, "diamond"), (240, "stump")]
)
def test_base_of_a_thousand_accounts(reported: Report, calls: int, shape: str) -> None:
    found = reported(base(1000, 2500, calls), AS_OF)["pyramid"]
    assert (found["accounts"], found["contacts"]) == (1000, 2500)
    assert found["calls"] == calls
    assert found["shape"] == shape
    assert found["contacts_per_account"] == 2.5
    assert found["months_observed"] == 12
    assert found["missing_calls"] == 5000 - calls


def test_calls_of_a_part_of_a_year_are_brought_to_a_year(reported: Report) -> None:
    files = base(100, 250, 300)
    late = [r for r in files["Task.csv"] if r["ActivityDate"] >= "2026-08-01"]
    files["Task.csv"] = late
    found = reported(files, AS_OF)["pyramid"]
    assert found["months_observed"] == 3
    assert found["calls"] == len(late) * 4


@pytest.mark.parametrize(
    ("accounts", "contacts", "calls", "shape"),
    [
        (1000, 999, 9000, "inverted"),
        (1000, 1000, 99, "stump"),
        (1000, 1000, 100, "diamond"),
        (1000, 1000, 899, "diamond"),
        (1000, 1000, 900, "pyramid"),
        (0, 10, 10, None),
        (10, 0, 10, None),
    ],
)
def test_shapes_in_order(
    accounts: int, contacts: int, calls: int, shape: str | None
) -> None:
    assert pyramid.shape(accounts, contacts, calls) == shape


def mailing(refusing: int) -> dict[str, Any]:
    """The reference campaign; ``refusing`` of the 50 who opted out had opened."""
    statuses = ["Bounced"] * 100 + ["Converted"] * 10 + ["Clicked"] * 90
    statuses += ["Opened"] * 2900 + ["Delivered"] * 1900
    opened = range(200, 3100)
    received = range(3100, 5000)
    refused = {*random.Random(1).sample(opened, refusing)}
    refused |= {*random.Random(2).sample(received, 50 - refusing)}
    campaign = identifier("701", 1)
    return {
        "Contact.csv": [
            {
                "Id": identifier("003", n),
                "IsDeleted": 0,
                "LastName": f"Nom {n}",
                "Email": f"c{n}@client.fr",
                "HasOptedOutOfEmail": int(n in refused),
                "CreatedDate": "2026-01-05 09:00:00",
            }
            for n in range(50_000)
        ],
        "Campaign.csv": [
            {
                "Id": campaign,
                "IsDeleted": 0,
                "Name": "Offre",
                "Status": "Completed",
                "StartDate": "2026-09-09",
                "ActualCost": "4000",
            }
        ],
        "CampaignMember.csv": [
            {
                "Id": identifier("00v", n),
                "IsDeleted": 0,
                "CampaignId": campaign,
                "ContactId": identifier("003", n),
                "Status": status,
                "CreatedDate": "2026-09-09 09:00:00",
            }
            for n, status in enumerate(statuses)
        ],
        "Opportunity.csv": [
            {
                "Id": identifier("006", n),
                "IsDeleted": 0,
                "Name": f"Affaire {n}",
                "StageName": "Closed Won",
                "Amount": "7000",
                "CloseDate": "2026-10-01",
                "IsClosed": 1,
                "IsWon": 1,
                "CampaignId": campaign,
                "CreatedDate": "2026-09-20 09:00:00",
            }
            for n in range(2)
        ],
    }


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Workspace]:
    """Return the company of the reference campaign, by how many refused it."""

    @cache
    def get(refusing: int) -> Workspace:
        return imported(tmp_path_factory.mktemp("mailing"), mailing(refusing))

    return get


@pytest.mark.parametrize("refusing", [0, 50, 17])
def test_reference_campaign(mailed: Callable[[int], Workspace], refusing: int) -> None:
    found = report.build(mailed(refusing), AS_OF)["campaigns"][0]
    assert found["base"] == 50_000
    assert found["targeted"] == 5000
    assert found["bounced"] == 100
    assert found["delivered"] == 4900
    assert found["opted_out"] == 50
    assert (found["opened"], found["clicked"], found["converted"]) == (3000, 100, 10)
    assert found["to_call"] == 90
    assert found["second_mail"] == 2900 - refusing
    assert (found["cost"], found["won_amount"], found["roi"]) == (4000, 14000, 2.5)
    # The deals name a campaign and nobody: no response leads to them.
    won = [{"currency": None, "count": 2, "amount": 14000}]
    models = found["attribution"]
    assert models.pop("primary") == {"won": won, "roi": 2.5}
    assert set(models.values()) == {None}
    assert (found["currency"], found["cost_origin"]) == (None, "export")
    assert found["pipeline"] == []


def test_lists_hold_nobody_who_refused_or_bounced(
    mailed: Callable[[int], Workspace],
) -> None:
    files = mailing(17)
    workspace = mailed(17)
    refused = {r["Email"] for r in files["Contact.csv"] if r["HasOptedOutOfEmail"] == 1}
    campaign = files["Campaign.csv"][0]["Id"]
    for mart, rows in (("mart_call_list", 90), ("mart_second_mail", 2883)):
        emails = workspace.query(mart, campaign_id=campaign)["email"]
        assert len(emails) == rows
        assert not refused & set(emails)
        assert not {f"c{n}@client.fr" for n in range(100)} & set(emails)
