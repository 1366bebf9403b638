"""What the demo company's files must be, and the stories they must tell."""

from __future__ import annotations

import csv
import time
import zipfile
from datetime import date
from pathlib import Path

import holidays
import numpy as np
import pandas as pd
import pytest

from core.demo import generate
from core.demo.salesforce import HEADERS, identifier
from tests.conftest import LAST_DAY
from tests.demo.exports import actions, logins, people, table

FIRST_DAY = date(2025, 9, 1)


def test_same_bytes_for_the_same_day_and_quickly(
    demo_exports: Path, tmp_path: Path
) -> None:
    start = time.process_time()
    again = generate.generate(tmp_path, LAST_DAY)
    # About 4 on an idle machine; a busy one takes more of its processor, too.
    assert time.process_time() - start < 8
    assert len(again) == 26
    for path in again:
        assert path.read_bytes() == (demo_exports / path.name).read_bytes()


@pytest.mark.parametrize(
    ("today", "last", "first"),
    [
        (date(2026, 11, 23), date(2026, 10, 31), date(2025, 9, 1)),
        (date(2026, 3, 1), date(2026, 2, 28), date(2025, 1, 1)),
        (date(2028, 3, 31), date(2028, 2, 29), date(2027, 1, 1)),
        (date(2027, 1, 5), date(2026, 12, 31), date(2025, 11, 1)),
    ],
)
def test_fourteen_months_to_the_last_complete_one(
    today: date, last: date, first: date
) -> None:
    assert generate.last_complete_month(today) == last
    assert generate.first_day(last) == first


def test_another_month_tells_the_same_story(tmp_path: Path) -> None:
    generate.generate(tmp_path, date(2028, 2, 29))
    # The CRM's own campaigns, and who converted in those of the mailing tools.
    assert len(table(tmp_path, "CampaignMember")) == 5_000 + 380 + 3 + 21
    assert actions(tmp_path)["day"].max() <= pd.Timestamp(2028, 2, 29)


def test_files_are_as_salesforce_writes_them(demo_exports: Path) -> None:
    for path in sorted(demo_exports.glob("*.csv")):
        content = path.read_bytes()
        if path.stem.startswith(("Lettre_", "email_")):
            continue
        if path.stem == "Absences":
            assert content.startswith(b"\xef\xbb\xbfCollaborateur;Du;Au\r\n")
            continue
        encoding = "utf-8" if path.stem.startswith("Login") else "cp1252"
        lines = content.decode(encoding).splitlines()
        header = next(csv.reader(lines[:1]))
        name = path.stem.split("_")[0] if encoding == "utf-8" else path.stem
        assert header == HEADERS[name].split(",")
        assert b"\r" not in content
        widths = {len(row) for row in csv.reader(lines)}
        assert widths == {len(header)}
    assert b"\xe9" in (demo_exports / "User.csv").read_bytes()


def test_identifiers_carry_salesforce_s_checksum() -> None:
    # The pair of Salesforce's own documentation: 001A0000006Vm9r, suffix IAC.
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

    def suffix(short: str) -> str:
        chunks = (short[i : i + 5] for i in (0, 5, 10))
        return "".join(
            letters[sum(c.isupper() << i for i, c in enumerate(chunk))]
            for chunk in chunks
        )

    assert suffix("001A0000006Vm9r") == "IAC"
    for name in ("User", "UserRole", "Account", "Opportunity"):
        long = identifier(name, 1234)
        assert long[15:] == suffix(long[:15])


def test_people_arrive_leave_and_never_come(demo_exports: Path) -> None:
    users = people(demo_exports)
    assert len(users) == 119
    assert users["Username"].is_unique
    assert users["Department"].nunique() == 10
    assert (users["IsActive"] == "0").sum() == 8
    assert (users["LastLoginDate"] == "").sum() == 6
    created = pd.to_datetime(users["CreatedDate"])
    assert (created >= pd.Timestamp(2026, 10, 1)).sum() == 2
    assert created.min() < pd.Timestamp(FIRST_DAY)


def test_nobody_works_on_holidays_nor_week_ends(demo_exports: Path) -> None:
    closed = holidays.country_holidays("FR", years=[2025, 2026])
    found = pd.concat([actions(demo_exports), logins(demo_exports)])
    found = found[found["user"].isin(people(demo_exports).index)]
    days = {day.date() for day in found["day"].drop_duplicates()}
    assert min(days) == FIRST_DAY
    assert max(days) == date(2026, 10, 30)
    assert not [day for day in days if day.weekday() > 4 or day in closed]


def test_one_person_signs_in_and_does_nothing(demo_exports: Path) -> None:
    signs_in = logins(demo_exports).groupby("user")["day"].nunique()
    acts = actions(demo_exports).groupby("user").size()
    idle = signs_in[~signs_in.index.isin(acts.index)]
    assert len(idle) == 1
    assert idle.iloc[0] > 150


def test_base_is_a_pyramid_but_for_one_team(demo_exports: Path) -> None:
    team = people(demo_exports)["Department"]
    calls = table(demo_exports, "Task").query("CallType != ''")
    calls = calls[calls["ActivityDate"] >= "2025-11-01"]
    base = pd.DataFrame(
        {
            "accounts": table(demo_exports, "Account")["OwnerId"]
            .map(team)
            .value_counts(),
            "contacts": table(demo_exports, "Contact")["OwnerId"]
            .map(team)
            .value_counts(),
            "calls": calls["OwnerId"].map(team).value_counts(),
        }
    ).dropna()
    density = base["contacts"] / base["accounts"]
    rhythm = base["calls"] / base["contacts"]
    assert density.between(2.3, 3.4).all()
    assert rhythm.drop("Grands comptes").between(1.5, 2.5).all()
    assert rhythm["Grands comptes"] < 0.7
    whole = base.sum()
    assert whole["contacts"] / whole["accounts"] == pytest.approx(2.5, abs=0.1)
    assert whole["calls"] / whole["contacts"] == pytest.approx(2, abs=0.3)


def active_days(folder: Path) -> pd.DataFrame:
    found = pd.concat([actions(folder)[["user", "day"]], logins(folder)])
    return found[found["user"].isin(people(folder).index)].drop_duplicates()


def test_use_is_blunted_in_three_teams_only(demo_exports: Path) -> None:
    days = active_days(demo_exports)
    team = people(demo_exports)["Department"]
    month = days["day"].dt.strftime("%Y-%m")
    counts = days.groupby([days["user"].map(team), month]).size().unstack()
    # October of both years, 23 and 22 working days.
    change = counts["2026-10"] / counts["2025-10"]
    blunted = {"Nord et Est", "Sud-Est", "Télévente Nantes"}
    assert (change[list(blunted)] < 0.6).all()
    assert (change.drop(list(blunted)) > 0.85).all()
    # At least 15 points of the active days per expected day.
    expected = {"2025-10": 23 * 94, "2026-10": 22 * 104}
    share = {key: counts[key].sum() / days for key, days in expected.items()}
    assert share["2025-10"] - share["2026-10"] > 0.15


def test_visit_reports_were_a_novelty_now_abandoned(demo_exports: Path) -> None:
    every = actions(demo_exports)
    every = every[every["user"].isin(people(demo_exports).index)]
    week = every["day"].dt.to_period("W")
    active = every.groupby(week)["user"].nunique()
    made = every[every["object"] == "Compte_Rendu_de_Visite__c"]
    users = made.groupby(made["day"].dt.to_period("W"))["user"].nunique()
    share = (users / active).fillna(0).to_numpy()
    top = np.sort(share)[-3:].min()
    assert top >= 0.10
    assert share[:3].sum() == 0
    assert (share[-8:] < top * 0.25).all()


def test_reference_campaign(demo_exports: Path) -> None:
    base = len(table(demo_exports, "Contact")) + len(table(demo_exports, "Lead"))
    assert base == 50_000
    campaign = table(demo_exports, "Campaign").iloc[0]
    members = table(demo_exports, "CampaignMember")
    mine = members[members["CampaignId"] == campaign["Id"]]
    assert mine["Status"].value_counts().to_dict() == {
        "Envoyé": 1850,
        "Ouvert": 2900,
        "Rejeté": 100,
        "Cliqué": 90,
        "Désinscrit": 50,
        "Converti": 10,
    }
    assert not mine.duplicated(["LeadId", "ContactId"]).any()
    deals = table(demo_exports, "Opportunity").query("IsWon == '1'")
    won = deals[deals["CampaignId"] == campaign["Id"]]["Amount"].astype(float).sum()
    cost = float(campaign["ActualCost"])
    assert (won - cost) / cost == 2.5


def test_mailing_tools_name_people_of_the_crm(demo_exports: Path) -> None:
    base = pd.concat([table(demo_exports, name) for name in ("Contact", "Lead")])
    mails = set(base["Email"])
    letter = pd.read_csv(demo_exports / "Lettre_aux_prospects_all.csv", sep=";")
    events = pd.read_csv(demo_exports / "email_events.csv")
    with zipfile.ZipFile(demo_exports / "mailchimp_account_export.zip") as archive:
        sent = "aggregate_activity/sent/Webinaire_acoustique.csv"
        webinar = pd.read_csv(archive.open(sent))
        assert len(archive.namelist()) == 5
    written = {
        "letter": set(letter["Email_ID"]),
        "webinar": set(webinar["Email Address"]),
        "catalogue": set(events["recipient"]),
    }
    assert {name: len(found) for name, found in written.items()} == {
        "letter": 7200,
        "webinar": 2400,
        "catalogue": 1400,
    }
    assert all(found <= mails for found in written.values())
    # Nobody refuses calls but some of those who clicked in a tool's campaign.
    refuses = set(base["Email"][base["DoNotCall"] == "1"])
    assert 0 < len(refuses) < 20
    assert refuses <= written["letter"] | written["webinar"]


def test_who_opted_out_is_written_to_no_more(demo_exports: Path) -> None:
    members = table(demo_exports, "CampaignMember")
    person = members["LeadId"].where(
        members["LeadId"] != "000000000000000AAA", members["ContactId"]
    )
    assert person.is_unique
    rows = pd.concat([table(demo_exports, "Contact"), table(demo_exports, "Lead")])
    out = set(rows["Email"][rows["Id"].isin(person[members["Status"] == "Désinscrit"])])
    letter = "Lettre_aux_prospects_unsubscribed.csv"
    out |= set(pd.read_csv(demo_exports / letter, sep=";")["Email_ID"])
    with zipfile.ZipFile(demo_exports / "mailchimp_account_export.zip") as archive:
        webinar = "aggregate_activity/unsubscribes/Webinaire_acoustique.csv"
        out |= set(pd.read_csv(archive.open(webinar))["Email Address"])
    events = pd.read_csv(demo_exports / "email_events.csv")
    left = events["type"].isin(["UNSUBSCRIBED", "SPAMREPORT"])
    out |= set(events["recipient"][left])
    assert set(rows["Email"][rows["HasOptedOutOfEmail"] == "1"]) == out
    assert len(out) == 50 + 2 + 118 + 9 + 12
