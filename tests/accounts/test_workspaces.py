"""Workspaces are sealed; choices and the journal are kept."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from core.accounts import (
    audit,
    choices,
    database,
    people,
    workspace_rules,
    workspaces,
)
from core.errors import InvalidSetting
from core.sources.model import Choices

PASSWORD = "la pluie tombe sur le toit"


@pytest.fixture
def admin() -> people.Person:
    """Return the first administrator."""
    return people.get(people.first_admin("chef@example.fr", "Chef", PASSWORD))


def test_sealed(admin: people.Person) -> None:
    account, _ = people.invite(admin.email, "m@example.fr", "Max", "admin")
    first = workspaces.create(admin, "Alpha", {"privacy": "teams"})
    assert [w.workspace_id for w in workspaces.open_to(admin.account_id)] == [first]
    assert workspaces.open_to(account) == []
    workspaces.admit(admin.email, first, account)
    workspaces.admit(admin.email, first, account)
    assert len(workspaces.members(first)) == 2
    workspaces.dismiss(admin.email, first, account)
    assert workspaces.open_to(account) == []


def test_settings_are_merged(admin: people.Person) -> None:
    made = workspaces.create(admin, "Alpha", {"timezone": "Europe/Paris", "k": 8})
    workspaces.save(admin.email, made, "Beta", {"k": 10})
    info = workspaces.get(made)
    assert info is not None
    assert (info.name, info.settings) == ("Beta", {"timezone": "Europe/Paris", "k": 10})
    assert audit.entries(made)[0].detail == {"k": 10}


def test_name_is_needed(admin: people.Person) -> None:
    with pytest.raises(InvalidSetting):
        workspaces.create(admin, "  ", {})


def test_choices_per_workspace_and_header(admin: people.Person) -> None:
    first = workspaces.create(admin, "Alpha", {})
    second = workspaces.create(admin, "Beta", {})
    made = Choices(
        object="account",
        bindings={0: "account_id", 3: None},
        values={"status": {"Ouvreur": "opened"}},
        date_order="dmy",
    )
    choices.remember(first, "abc", made)
    assert choices.remembered(first) == {"abc": made}
    assert choices.remembered(second) == {}
    choices.remember(first, "abc", Choices(object="contact"))
    assert choices.remembered(first)["abc"].object == "contact"
    choices.forget(first, "abc")
    assert choices.remembered(first) == {}


def test_journal_chain(admin: people.Person) -> None:
    for number in range(5):
        audit.record("chef@example.fr", "denied", None, page=f"p{number}")
    assert audit.first_broken() is None
    victim = audit.entries()[2].number
    with database.writing() as session:
        session.execute(
            text("update journal set who = 'nobody' where number = :n"), {"n": victim}
        )
    assert audit.first_broken() == victim


def test_journal_notices_a_removed_line(admin: people.Person) -> None:
    for _ in range(3):
        audit.record("chef@example.fr", "denied")
    victim = audit.entries()[1].number
    with database.writing() as session:
        session.execute(text("delete from journal where number = :n"), {"n": victim})
    assert audit.first_broken() == victim + 1


def test_working_time_is_checked() -> None:
    chosen = {
        "timezone": "Europe/Paris",
        "country": "FR",
        "currency": "EUR",
        "privacy": "teams",
        "worked_holidays": ["Lundi de Pentecôte"],
        "closed_days": "31/12/2026, 2026-12-24; 24/12/2026",
    }
    made = workspace_rules.checked(chosen)
    assert made["worked_holidays"] == ["Lundi de Pentecôte"]
    assert made["closed_days"] == ["2026-12-24", "2026-12-31"]
    assert workspace_rules.checked(chosen | made)["closed_days"] == made["closed_days"]
    with pytest.raises(InvalidSetting) as refused:
        workspace_rules.checked(chosen | {"closed_days": "31/02/2026"})
    assert refused.value.context["setting"] == "closed_days"


def test_licences_are_checked() -> None:
    chosen = {
        "timezone": "Europe/Paris",
        "country": "FR",
        "currency": "EUR",
        "privacy": "teams",
        "licences": [
            {"kind": " Sales  Cloud ", "count": 40, "price": 75},
            {"kind": None, "count": None, "price": None},
            {"kind": "", "count": 3.0, "price": None},
        ],
    }
    assert workspace_rules.checked(chosen)["licences"] == [
        {"kind": "Sales Cloud", "count": 40, "price": 75.0},
        {"kind": None, "count": 3, "price": None},
    ]
    for wrong in ({"count": -1}, {"price": "12"}):
        with pytest.raises(InvalidSetting) as refused:
            workspace_rules.checked(chosen | {"licences": [wrong]})
        assert refused.value.context["setting"] == "licences"
    with pytest.raises(InvalidSetting):
        twice = [{"kind": "A", "count": 1}, {"kind": "A", "count": 2}]
        workspace_rules.checked(chosen | {"licences": twice})
