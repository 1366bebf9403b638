"""Which vendor, object and fields the columns of a file tell."""

from __future__ import annotations

import pytest

from core.sources import recognise
from core.sources.bindings import bind
from core.sources.objects import objects
from core.sources.vendor import key, vendors


def best(header: list[str], label: str) -> tuple[str, str]:
    """Return the vendor and the object that a file is taken for."""
    plan = recognise.candidates(header, label)[0].plan
    return plan.vendor.name, plan.object.name


@pytest.mark.parametrize(
    "text",
    ["CreatedDate", "CREATEDDATE", "created_date", "Created Date", " Created  Date:* "],
)
def test_one_key_for_every_writing(text: str) -> None:
    """Headers are compared without case, spaces, signs and underscores."""
    assert key(text) == "createddate"


def test_apostrophes_accents_and_line_breaks() -> None:
    """All apostrophes are one, accents fall, whatever their encoding (A11)."""
    writings = {"Date d’ajout", "Date d'ajout", "Date dʼajout", "DATE D‘AJOUT"}
    assert {key(text) for text in writings} == {"datedajout"}
    assert key("Proprie\u0301taire") == key("Propriétaire") == "proprietaire"
    assert key("Qty\nUnit") == "qtyunit"
    assert key("🎯 Priorité") == "priorite"


def test_the_name_comes_first_then_the_columns() -> None:
    """Words that mean several things bind once the object is known."""
    header = ["Id", "Name", "Type", "Status", "OwnerId", "CreatedDate"]
    assert best(header, "Account.csv") == ("salesforce", "account")
    assert best(header, "Campaign.csv") == ("salesforce", "campaign")
    assert best(header, "WE_00D_1.ZIP › Account.csv") == ("salesforce", "account")
    assert recognise.candidates(header, "data.csv") == []


def test_history_files_are_not_the_object() -> None:
    """Files of an export that show nobody's work are left out on purpose."""
    header = ["Id", "OpportunityId", "CreatedById", "SystemModstamp"]
    assert recognise.is_skipped(header, "OpportunityHistory.csv", None)
    assert recognise.is_skipped(header, "TaskRelation.csv", None)
    assert not recognise.is_skipped(header, "LoginHistory.csv", None)
    assert not recognise.is_skipped(header, "Opportunity.csv", None)
    assert recognise.is_skipped(["A", "B"], "export.xlsx", "hiddenSheet")


def test_every_used_object_of_the_weekly_export_is_read() -> None:
    """No object the figures need is on the list of files left out."""
    header = ["Id", "SystemModstamp"]
    used = {
        "User",
        "UserRole",
        "Account",
        "Contact",
        "Lead",
        "Task",
        "Event",
        "Opportunity",
        "Campaign",
        "CampaignMember",
        "EmailMessage",
        "Case",
        "LoginHistory",
        "Order",
        "Contract",
        "Profile",
        "",
    }
    for name in used:
        assert not recognise.is_skipped(header, f"{name}.csv", None), name


def test_a_column_is_bound_by_its_own_language() -> None:
    """French and English names live in one file."""
    header = ["Propriétaire de l’opportunité", "Opportunity Number", "Étape", "Montant"]
    plan = recognise.candidates([*header, "Date de clôture"], "rapport.csv")[0].plan
    assert plan.fields == ("owner", "opportunity_id", "stage", "amount", "close_at")


def test_another_records_name_is_not_this_ones() -> None:
    """A prefix guards: Person - Organization is not the person's name."""
    header = ["Person - ID", "Person - Name", "Person - Organization", "Person - Owner"]
    plan = recognise.candidates(header, "people.csv")[0].plan
    assert plan.fields == ("contact_id", "name", "account", "owner")


def test_likeness_is_never_enough() -> None:
    """A header one letter away is unknown."""
    assert recognise.score(["Ownr Id", "Creatd Date", "Accont Name"]) == 0
    assert recognise.score(["OwnerId", "Created Date", "Account Name", "Rabais"]) == 3


def test_choices_come_first() -> None:
    """A person's binding wins, None leaves the column out, others stay guessed."""
    vendor, target = vendors()["generic"], objects()["account"]
    header = ["Nom", "Branche", "Propriétaire"]
    plan = bind(header, vendor, None, target, {1: "industry", 2: None})
    assert plan.fields == ("name", "industry", None)
    assert plan.reasons == ("header", "chosen", "left_out")
    assert "owner" not in plan.sources


def test_two_columns_of_one_name_are_told() -> None:
    """An identity that two columns claim is asked about (B17)."""
    vendor, target = vendors()["generic"], objects()["account"]
    repeated = bind(["Name", "Industry", "Name"], vendor, None, target).repeated
    assert repeated == ("name", (0, 2))
    assert bind(["Name", "Industry"], vendor, None, target).repeated is None


def test_campaign_from_the_files_name() -> None:
    """The campaign of a recipients' file is in its name."""
    brevo = vendors()["brevo"]
    assert recognise.campaign("Rentrée_2026_nonOpeners.csv", brevo) == "Rentrée 2026"
    mail = vendors()["mailchimp"]
    label = "export.zip › granular_activity/opens/Rentrée.csv"
    assert recognise.campaign(label, mail) == "Rentrée"


def test_salesforce_ids_tell_the_vendor() -> None:
    """A file without any sign is Salesforce's when its ids are."""
    found = recognise.own_ids(["0055g000001AbcD", "0055g000001AbcE", "x"])
    assert found is vendors()["salesforce"]
    assert recognise.own_ids(["12", "13"]) is None
