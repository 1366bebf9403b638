"""What campaigns brought, worked out from the demo's files by pandas alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.accounts.sessions import DEMO_WORKSPACE
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings

NOBODY = "000000000000000AAA"
WINDOW = 180


def table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.csv"
    frame = pd.read_csv(path, dtype=str, encoding="cp1252", keep_default_na=False)
    return frame.replace({"": None, NOBODY: None})


def touches(folder: Path, deals: pd.DataFrame) -> pd.DataFrame:
    """Return each deal with each response of its contact before it was won."""
    members = table(folder, "CampaignMember")
    members = members[members["Status"].isin(("Cliqué", "Converti"))]
    members = members.assign(day=pd.to_datetime(members["FirstRespondedDate"]))
    pairs = deals.merge(
        members[["CampaignId", "ContactId", "day"]].dropna(),
        on="ContactId",
        suffixes=("_named", ""),
    )
    age = (pairs["last"] - pairs["day"]).dt.days
    return pairs[(age >= 0) & (age <= WINDOW)]


@pytest.fixture(scope="module")
def deals(demo_exports: Path) -> pd.DataFrame:
    rows = table(demo_exports, "Opportunity")
    rows = rows[rows["IsWon"] == "1"]
    return rows.assign(
        amount=rows["Amount"].astype(float), last=pd.to_datetime(rows["CloseDate"])
    )


@pytest.fixture(scope="module")
def found(demo_data: Path) -> pd.DataFrame:
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)
    settings = WorkspaceSettings(privacy="names")
    workspace = Workspace(store, settings, Rights.of("admin"))
    rows = workspace.query("mart_campaign_attribution", window_days=WINDOW)
    return rows[rows["is_won"] & rows["campaign_id"].notna()]


def won(found: pd.DataFrame, model: str) -> dict[str, float]:
    part = found[found["model"] == model].set_index("campaign_id")["amount"]
    return {str(key): float(value) for key, value in part.items()}


def test_primary_campaign(deals: pd.DataFrame, found: pd.DataFrame) -> None:
    expected = deals.dropna(subset=["CampaignId"]).groupby("CampaignId")["amount"].sum()
    assert len(expected) == 4
    assert won(found, "primary") == pytest.approx(expected.to_dict())


@pytest.mark.parametrize(("model", "place"), [("first_touch", 0), ("last_touch", -1)])
def test_one_touch(
    model: str,
    place: int,
    deals: pd.DataFrame,
    found: pd.DataFrame,
    demo_exports: Path,
) -> None:
    pairs = touches(demo_exports, deals).sort_values(["day", "CampaignId"])
    chosen = pairs.groupby("Id").nth(place)
    expected = chosen.groupby("CampaignId")["amount"].sum()
    assert len(expected) == 4
    assert won(found, model) == pytest.approx(expected.to_dict())


def test_even_split(
    deals: pd.DataFrame, found: pd.DataFrame, demo_exports: Path
) -> None:
    pairs = touches(demo_exports, deals).drop_duplicates(["Id", "CampaignId"])
    part = pairs["amount"] / pairs.groupby("Id")["CampaignId"].transform("size")
    expected = part.groupby(pairs["CampaignId"]).sum()
    assert won(found, "even_split") == pytest.approx(expected.to_dict())
