"""Samples of the field: opportunities of a public data set, Salesforce API exports,
and an e-mail experiment on 64 000 people.

The files in ``fivetran`` are seeds of fivetran/dbt_salesforce (Apache-2.0).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.figures.conftest import SAMPLES, by_id, write

HILLSTROM = SAMPLES / "hillstrom" / "hillstrom.csv"
MAVEN = SAMPLES / "maven_crm" / "sales_pipeline.csv"
FIVETRAN = Path(__file__).parent / "fivetran"
AUDIT = ["created_by_id", "created_date", "last_modified_by_id", "last_modified_date"]
Report = Callable[..., dict[str, Any]]


def invented_pipeline() -> pd.DataFrame:
    """A pipeline with the columns of the public one, of invented deals."""
    chance = random.Random(3)
    start = date(2016, 10, 3)
    rows = []
    for n in range(900):
        engaged = start + timedelta(days=chance.randint(0, 400))
        stage = chance.choice(["Won", "Lost", "Engaging"])
        closed = engaged + timedelta(days=chance.randint(1, 90))
        rows.append(
            {
                "opportunity_id": f"K{n:06d}",
                "sales_agent": chance.choice(["Zoé Péan", "Luc Roux", "Ana Noël"]),
                "account": f"Société {n % 40}",
                "deal_stage": stage,
                "engage_date": engaged.strftime("%d-%m-%Y"),
                "close_date": "" if stage == "Engaging" else f"{closed:%d-%m-%Y}",
                "close_value": chance.randint(0, 5000) if stage == "Won" else 0,
            }
        )
    return pd.DataFrame(rows)


def pipelines() -> list[str]:
    """Return the pipelines there are: the third-party one is an extra."""
    return ["invented", "third_party"] if MAVEN.exists() else ["invented"]


@pytest.mark.parametrize("source", pipelines())
def test_opportunities(reported: Report, tmp_path: Path, source: str) -> None:
    rows = invented_pipeline() if source == "invented" else pd.read_csv(MAVEN)
    rows = rows[rows["engage_date"].notna()]
    shaped = [
        {
            "Opportunity ID": row["opportunity_id"],
            "Opportunity Name": f"{row['account']} {row['opportunity_id']}",
            "Account Name": row["account"],
            "Opportunity Owner": row["sales_agent"],
            "Stage": row["deal_stage"],
            "Created Date": row["engage_date"].replace("-", "/"),
            "Amount": row["close_value"],
        }
        for row in rows.to_dict("records")
    ]
    path = write(tmp_path / "opportunities.csv", shaped)
    found = reported({"Opportunity.csv": path})
    engaged = pd.to_datetime(rows["engage_date"], format="%d-%m-%Y")
    months = engaged.dt.strftime("%Y-%m")
    wanted = rows.groupby([rows["sales_agent"], months]).size().to_dict()
    got = {
        (user["name"], month): count
        for user in found["users"]
        for month, count in user["actions"].items()
        if count
    }
    assert got == wanted
    assert found["as_of"] == engaged.max().date().isoformat()


def test_api_exports_of_salesforce(reported: Report) -> None:
    names = ("user", "account", "contact", "task", "event", "opportunity")
    files = {f"sf_{name}_data.csv": FIVETRAN / f"sf_{name}_data.csv" for name in names}
    found = reported(files)
    frames = {name: pd.read_csv(path) for name, path in files.items()}

    def kept(name: str) -> pd.DataFrame:
        rows = frames[f"sf_{name}_data.csv"].drop_duplicates("id", keep="last")
        rows = rows.reindex(columns=[*rows.columns.union(AUDIT)])
        return rows[rows["is_deleted"].astype(str).str.lower() != "true"]

    assert found["pyramid"]["accounts"] == len(kept("account"))
    assert found["pyramid"]["contacts"] == len(kept("contact"))
    users = frames["sf_user_data.csv"]
    assert set(by_id(found)) == set(users["id"])
    wanted = 0
    for name in ("task", "event", "account", "contact", "opportunity"):
        rows = kept(name)
        actor = rows["created_by_id"].astype(object).fillna(rows["owner_id"])
        wanted += int((actor.isin(users["id"]) & rows["created_date"].notna()).sum())
        if name not in ("task", "event"):
            created = pd.to_datetime(rows["created_date"])
            changed = pd.to_datetime(rows["last_modified_date"])
            late = changed - created > pd.Timedelta(seconds=60)
            wanted += int((late & rows["last_modified_by_id"].isin(users["id"])).sum())
    got = sum(
        count or 0 for u in found["users"] for count in (u["actions"] or {}).values()
    )
    assert got == wanted


ARMS = ("Mens E-Mail", "Womens E-Mail")  # the third, "No E-Mail", was held out


@pytest.fixture(scope="module")
def experiment() -> pd.DataFrame:
    """One row a person of the public experiment; a visit stands for a click."""
    if not HILLSTROM.exists():
        pytest.skip("the e-mail experiment is not on this machine")
    return pd.read_csv(HILLSTROM).assign(
        id=lambda rows: [f"0035g{n:010d}AAA" for n in range(len(rows))],
        mail=lambda rows: [f"c{n}@client.fr" for n in range(len(rows))],
    )


def in_salesforce(people: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    """Return the two mailings as campaign members, each with one status."""
    written = people[people["treatment"].isin(ARMS)]
    return {
        "Campaign.csv": [
            {"Id": f"7015g000000000{n}AAA", "Name": arm, "NumberSent": 0}
            for n, arm in enumerate(ARMS)
        ],
        "CampaignMember.csv": [
            {
                "Id": f"00v5g{rank:010d}AAA",
                "CampaignId": f"7015g000000000{ARMS.index(row.treatment)}AAA",
                "ContactId": row.id,
                "Status": ("Sent", "Clicked", "Converted")[row.visit + row.conversion],
                "CreatedDate": "2026-09-01 08:00:00",
            }
            for rank, row in enumerate(written.itertuples())
        ],
    }


def in_mailchimp(people: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    """Return the two mailings as lists by what people did, named by address."""
    files: dict[str, list[dict[str, object]]] = {}
    for arm in ARMS:
        rows, name = people[people["treatment"] == arm], arm.replace(" ", "_")
        files[f"sent_{name}.csv"] = [{"Email Address": mail} for mail in rows["mail"]]
        files[f"clicks_{name}.csv"] = [
            {
                "Email": mail,
                "Timestamp": f"2026-09-{2 + n % 9:02}"
                f" {8 + n % 11:02}:{n % 60:02}:{n // 660 % 60:02}",
                "Url": "https://y.fr/offre",
            }
            for n, mail in enumerate(rows["mail"][rows["visit"] == 1])
        ]
        files[f"{name}_convertis.csv"] = [
            {"Email": mail} for mail in rows["mail"][rows["conversion"] == 1]
        ]
    return files


@pytest.mark.parametrize("tool", [in_salesforce, in_mailchimp])
def test_an_email_experiment(
    reported: Report,
    experiment: pd.DataFrame,
    tool: Callable[[pd.DataFrame], dict[str, list[dict[str, object]]]],
) -> None:
    contacts = [
        {"Id": row.id, "LastName": f"Nom {rank}", "Email": row.mail}
        for rank, row in enumerate(experiment.itertuples())
    ]
    found = reported({"Contact.csv": contacts, **tool(experiment)})["campaigns"]
    for arm in ARMS:
        rows = experiment[experiment["treatment"] == arm]
        clicked = rows["visit"] == 1
        (campaign,) = (one for one in found if one["name"].replace("_", " ") == arm)
        assert {
            "base": len(experiment),
            "targeted": len(rows),
            "clicked": int(clicked.sum()),
            "converted": int(rows["conversion"].sum()),
            "to_call": int((clicked & (rows["conversion"] == 0)).sum()),
        }.items() <= campaign.items()
    assert len(found) == len(ARMS)
