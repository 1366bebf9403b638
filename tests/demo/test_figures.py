"""The demo company's figures, counted again from its files by pandas alone."""

from __future__ import annotations

from pathlib import Path

import holidays
import pandas as pd
import pytest

from core.accounts.sessions import DEMO_WORKSPACE
from core.campaigns import history
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.conftest import LAST_DAY
from tests.demo.exports import actions, logins, people, table

CLOSED = holidays.country_holidays("FR", years=[2025, 2026])


@pytest.fixture(scope="module")
def demo(demo_data: Path) -> Workspace:
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)
    settings = WorkspaceSettings(privacy="names")
    return Workspace(store, settings, Rights.of("admin"))


def expected_days(folder: Path, month: str) -> pd.Series:
    """Count working days from the opening of the account, less leave."""
    off = pd.read_csv(folder / "Absences.csv", sep=";", encoding="utf-8-sig")
    span = pd.bdate_range(f"{month}-01", periods=23)
    span = [day for day in span if f"{day:%Y-%m}" == month and day.date() not in CLOSED]
    away: dict[str, set[pd.Timestamp]] = {}
    for row in off.itertuples():
        ends = [pd.to_datetime(text, format="%d/%m/%Y") for text in (row.Du, row.Au)]
        away.setdefault(row.Collaborateur, set()).update(pd.date_range(*ends))
    users = people(folder)
    users = users[users["IsActive"] == "1"]
    opened = pd.to_datetime(users["CreatedDate"]).dt.normalize()
    return pd.Series(
        {
            user: sum(
                day >= opened[user] and day not in away.get(users["Email"][user], ())
                for day in span
            )
            for user in users.index
        }
    )


@pytest.mark.parametrize("month", ["2025-10", "2026-03", "2026-08", "2026-10"])
def test_days_and_actions_of_each_person(
    month: str, demo: Workspace, demo_exports: Path
) -> None:
    end = (pd.Timestamp(f"{month}-01") + pd.offsets.MonthEnd()).date()
    found = demo.query("mart_user_month", as_of=end, month=month).set_index("user_id")

    def counted(rows: pd.DataFrame, days: bool) -> pd.Series:
        rows = rows[rows["day"].dt.strftime("%Y-%m") == month]
        groups = rows.groupby("user")["day"]
        return groups.nunique() if days else groups.size()

    signed_in, acted = logins(demo_exports), actions(demo_exports)
    both = pd.concat([signed_in, acted[["user", "day"]]])
    users = people(demo_exports).index
    for column, series in {
        "login_days": counted(signed_in, days=True),
        "active_days": counted(both, days=True),
        "actions": counted(acted, days=False),
    }.items():
        ours = series.reindex(users, fill_value=0)
        theirs = found[column].reindex(users).fillna(0).astype(int)
        assert theirs.to_dict() == ours.to_dict(), column
    expected = expected_days(demo_exports, month)
    theirs = found["expected_days"].reindex(expected.index)
    assert theirs.astype(int).to_dict() == expected.to_dict()


def test_pyramid_of_the_company_and_of_each_team(
    demo: Workspace, demo_exports: Path
) -> None:
    found = demo.query("mart_pyramid", as_of=LAST_DAY)
    tasks = table(demo_exports, "Task")
    day = pd.to_datetime(tasks["ActivityDate"])
    # A call shows by its type, its direction or its subject.
    calls = tasks[(tasks["CallType"] != "") & (day > pd.Timestamp(2025, 10, 31))]
    contacts, accounts = (table(demo_exports, name) for name in ("Contact", "Account"))
    company = found[found["level"] == "company"].iloc[0]
    assert company["accounts"] == len(accounts)
    assert company["contacts"] == len(contacts)
    assert company["calls"] == len(calls)
    assert company["months_observed"] == 12
    team = people(demo_exports)["Department"]
    rows = found[found["level"] == "team"].set_index("team")
    for column, table_ in {
        "accounts": accounts,
        "contacts": contacts,
        "calls": calls,
    }.items():
        ours = table_["OwnerId"].map(team).value_counts()
        theirs = rows[column].astype(int)
        assert theirs[theirs > 0].to_dict() == ours.to_dict(), column
    shape = rows["calls"] / rows["contacts"]
    assert shape.idxmin() == "Grands comptes"
    assert shape.min() < 0.9


def test_reference_funnel_and_its_lists(demo: Workspace) -> None:
    found = demo.query("mart_campaign_funnel").set_index("name")
    row = found.loc["Offre postes de travail"]
    steps = {
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
        "cost": 4_000.0,
        "won_amount": 14_000.0,
        "roi": 2.5,
    }
    assert {name: row[name] for name in steps} == steps
    key = row["campaign_id"]
    calls = demo.query("mart_call_list", campaign_id=key)
    assert len(calls) == 90
    assert calls["phone"].notna().all()
    assert calls["owner_name"].notna().all()
    assert len(demo.query("mart_second_mail", campaign_id=key)) == 2_900


def test_campaigns_of_the_mailing_tools(demo: Workspace, demo_exports: Path) -> None:
    found = demo.query("mart_campaign_funnel").set_index("name")
    assert len(found) == 5
    assert (found["base"] == 50_000).all()
    tools = {one.campaign.name: one.tool for one in history.described(demo)}
    assert tools == {
        "Offre postes de travail": "salesforce",
        "Catalogue des nouveautés": "hubspot",
        "Webinaire acoustique": "mailchimp",
        "Lettre aux prospects": "brevo",
        "Invitation au showroom de Lyon": "salesforce",
    }
    # No cost, no return: null, which is not zero.
    assert pd.isna(found.loc["Webinaire acoustique", "roi"])

    # Brevo: a file for each thing that people did.
    def told(kind: str) -> set[str]:
        path = demo_exports / f"Lettre_aux_prospects_{kind}.csv"
        return set(pd.read_csv(path, sep=";")["Email_ID"])

    letter = found.loc["Lettre aux prospects"]
    assert letter["targeted"] == len(told("all")) == 7200
    assert letter["bounced_hard"] == len(told("hardBounces")) == 60
    assert letter["bounced_soft"] == len(told("softBounces")) == 271
    assert letter["opened"] == len(told("openers")) == 1544
    assert letter["clicked"] == len(told("clickers")) == 51
    assert letter["clicked"] / letter["delivered"] < 0.01
    # Who converted is told by the CRM's record of the same campaign.
    assert letter["converted"] == 3
    assert letter["to_call"] == 48

    # HubSpot: a log of events, of which those that it filtered as a program's.
    events = pd.read_csv(demo_exports / "email_events.csv")

    def who(kind: str, machine: bool | None = None) -> set[str]:
        rows = events[events["type"] == kind]
        if machine is not None:
            rows = rows[rows["filtered_event"] == machine]
        return set(rows["recipient"])

    row = found.loc["Catalogue des nouveautés"]
    assert row["bounced_hard"] == len(who("BOUNCE")) == 62
    assert row["bounced_hard"] / row["targeted"] > 0.02
    assert row["complained"] == len(who("SPAMREPORT")) == 4
    assert row["opened"] == len(who("OPEN")) == 480
    machine = who("OPEN", True) - who("OPEN", False) - who("CLICK")
    assert row["machine_opened"] == len(machine) == 149
    assert row["clicked"] == len(who("CLICK")) == 60
    # 15 clicks that HubSpot filtered, and 5 within seconds of the sending.
    assert len(who("CLICK", True)) == 15
    assert row["doubted"] == 20
    assert pd.isna(row["converted"])
    assert pd.isna(row["cost"])


def test_some_people_received_two_mails_in_90_days(demo: Workspace) -> None:
    found = demo.query("mart_campaign_fatigue").set_index("mail_count")
    assert found["delivered"].to_dict() == {1: 14_964, 2: 900}
    assert found["click_count"].sum() == 100 + 60 + 117 + 51 + 46


def test_states_of_the_people(demo: Workspace) -> None:
    states = demo.query("mart_user", as_of=LAST_DAY)["state"].value_counts()
    assert states["integration"] == 1
    assert states["left"] == 8
    assert states["never_activated"] == 6
    assert states["absent"] == 1
    assert states["new"] == 2
    assert states["dormant"] > 3
    assert states["active"] > 85
    assert states.sum() == 120
