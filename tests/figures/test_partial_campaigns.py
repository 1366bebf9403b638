"""Campaigns whose files hold only those who did something, and not who was sent to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Report = Callable[..., dict[str, Any]]
Rows = list[dict[str, object]]


def persons(first: int, last: int) -> Rows:
    return [
        {"Campaign_ID": "12", "Email_ID": f"p{n}@client.fr"}
        for n in range(first, last + 1)
    ]


PART = {
    "Rentree_openers.csv": persons(1, 30),
    "Rentree_clickers.csv": persons(1, 5),
    "Rentree_hardBounces.csv": persons(91, 100),
}


def test_files_of_openers_do_not_tell_who_was_written_to(reported: Report) -> None:
    found = reported(PART)
    (campaign,) = found["campaigns"]
    assert (campaign["targeted"], campaign["delivered"]) == (None, None)
    assert (campaign["opened"], campaign["clicked"], campaign["bounced"]) == (30, 5, 10)
    assert (campaign["to_call"], campaign["second_mail"]) == (5, 25)
    told = {entry["figure"] for entry in found["missing"]}
    assert {"campaigns.targeted", "campaigns.delivered"} <= told


def test_those_who_did_not_open_complete_them(reported: Report) -> None:
    mute = {"Rentree_nonOpeners.csv": persons(31, 90)}
    (campaign,) = reported({**PART, **mute})["campaigns"]
    assert (campaign["targeted"], campaign["delivered"]) == (100, 90)
    assert campaign["opened"] == 30
