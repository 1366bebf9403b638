"""The demo company's files read by pandas alone, with nothing of the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

LOCAL = "Europe/Paris"


@cache
def table(folder: Path, name: str) -> pd.DataFrame:
    """Return an export, every value as text."""
    return pd.read_csv(
        folder / f"{name}.csv", encoding="cp1252", dtype=str, keep_default_na=False
    )


@cache
def logins(folder: Path) -> pd.DataFrame:
    """Return the successful logins of people: ``user`` and local ``day``."""
    parts = [table(folder, path.stem) for path in folder.glob("LoginHistory_*.csv")]
    rows = pd.concat(parts)
    rows = rows[(rows["Status"] == "Success") & (rows["Login Type"] == "Application")]
    users = table(folder, "User").set_index("Username")["Id"]
    times = rows["Login Time"].str.replace(r" CES?T$", "", regex=True)
    moments = pd.to_datetime(times, format="%m/%d/%Y, %I:%M:%S %p")
    return pd.DataFrame(
        {"user": rows["Username"].map(users), "day": moments.dt.normalize()}
    )


@cache
def actions(folder: Path) -> pd.DataFrame:
    """Return every action the report counts: ``user``, local ``day``, ``object``."""
    found = []
    activities = ("Task", "Event", "EmailMessage")
    others = ("Account", "Contact", "Lead", "Case", "Opportunity", "Campaign")
    report = "Compte_Rendu_de_Visite__c"
    for name in (*activities, *others, report, "CampaignMember"):
        rows = table(folder, name)
        made = pd.to_datetime(rows["CreatedDate"])
        found.append(pd.DataFrame({"user": rows["CreatedById"], "at": made, "o": name}))
        if name in activities:
            continue
        changed = pd.to_datetime(rows["LastModifiedDate"])
        late = (changed - made).dt.total_seconds() > 60
        frame = {"user": rows["LastModifiedById"][late], "at": changed[late], "o": name}
        found.append(pd.DataFrame(frame))
    every = pd.concat(found)
    local = every["at"].dt.tz_localize("UTC").dt.tz_convert(LOCAL)
    day = local.dt.tz_localize(None).dt.normalize()
    return pd.DataFrame({"user": every["user"], "day": day, "object": every["o"]})


@cache
def people(folder: Path) -> pd.DataFrame:
    """Return the users that are persons, by identifier."""
    rows = table(folder, "User")
    return rows[rows["UserType"] == "Standard"].set_index("Id")
