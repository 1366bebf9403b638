"""Steps of a campaign are sets: what must hold of them, whatever people did."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from core.workspace import Workspace

Make = Callable[..., Workspace]
Rows = list[dict[str, object]]

CAMPAIGNS = [f"Envoi {n}" for n in range(8)]
STATUSES = (
    *("Sent", "Delivered", "Opened", "Clicked", "Converted", "Hard bounce"),
    *("Soft bounce", "Unsubscribed", "Spam report", "Not sent"),
)


def events(seed: int, tag: str = "") -> Rows:
    """Return what chance did: any status, in any order, several of one person."""
    chance = random.Random(seed)
    return [
        {
            "Campaign Name": name,
            "Email": f"p{chance.randrange(40)}{tag}@client.fr",
            "Status": chance.choice(STATUSES),
        }
        for name in CAMPAIGNS
        for _ in range(chance.randrange(10, 120))
    ]


def worked_out(rows: Rows, name: str) -> dict[str, set[str]]:
    """Return the sets of one campaign, from the words alone."""
    did: dict[str, set[str]] = {status: set() for status in STATUSES}
    for row in rows:
        if row["Campaign Name"] == name:
            person = str(row["Email"]).replace("+news", "")
            did[str(row["Status"])].add(person)
    acted = did["Opened"] | did["Clicked"] | did["Converted"]
    received = acted | did["Delivered"] | did["Unsubscribed"] | did["Spam report"]
    back = did["Hard bounce"] | did["Soft bounce"]
    targeted = received | back | (did["Sent"] - did["Not sent"])
    bounced = did["Hard bounce"] | (did["Soft bounce"] - acted)
    delivered = targeted - bounced
    opened = acted & delivered
    clicked = (did["Clicked"] | did["Converted"]) & delivered
    converted = did["Converted"] & delivered
    opted_out = did["Unsubscribed"] & delivered
    complained = did["Spam report"] & delivered
    return {
        "suppressed": did["Not sent"] - targeted,
        "targeted": targeted,
        "bounced": bounced,
        "bounced_hard": did["Hard bounce"],
        "bounced_soft": bounced - did["Hard bounce"],
        "delivered": delivered,
        "opted_out": opted_out,
        "complained": complained,
        "refused": opted_out | complained,
        "opened": opened,
        "clicked": clicked,
        "converted": converted,
        "to_call": clicked - converted - opted_out - complained,
        "second_mail": opened - clicked - opted_out - complained,
    }


def counts(workspace: Workspace) -> dict[str, Mapping[Any, Any]]:
    rows = workspace.query("mart_campaign_funnel").to_dict("records")
    return {row["name"]: row for row in rows}


def people(workspace: Workspace, mart: str, campaign: str) -> set[str]:
    rows = workspace.query(mart, campaign_id=campaign)
    assert rows["person_id"].is_unique
    return set(rows["person_id"])


def test_steps_are_the_sets_that_the_rows_make(company: Make) -> None:
    rows = events(1)
    workspace = company({"membres de campagne.csv": rows})
    found = counts(workspace)
    assert set(found) == set(CAMPAIGNS)
    for name, row in found.items():
        sets = worked_out(rows, name)
        assert {key: row[key] for key in sets} == {k: len(v) for k, v in sets.items()}
        assert row["delivered"] + row["bounced"] == row["targeted"]
        assert row["bounced_hard"] + row["bounced_soft"] == row["bounced"]
        steps = ("targeted", "delivered", "opened", "clicked", "converted")
        values = [row[step] for step in steps]
        assert values == sorted(values, reverse=True)
        call = people(workspace, "mart_call_list", row["campaign_id"])
        again = people(workspace, "mart_second_mail", row["campaign_id"])
        assert call == sets["to_call"] and again == sets["second_mail"]
        assert not call & again


def test_another_file_never_loses_a_person(company: Make) -> None:
    first, second = events(2), events(3, tag="+news")
    workspace = company(
        {"membres de campagne.csv": first, "campaign members.csv": second}
    )
    for name, row in counts(workspace).items():
        before, both = worked_out(first, name), worked_out(first + second, name)
        told = before["targeted"] | before["suppressed"]
        assert told <= both["targeted"] | both["suppressed"]
        assert {key: row[key] for key in both} == {k: len(v) for k, v in both.items()}
