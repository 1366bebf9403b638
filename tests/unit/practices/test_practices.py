"""Practices of a company whose every habit is known."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from core import imports, people, practices
from core.practices import completeness, gateway
from core.practices.reading import Practice
from core.store import Store, Upload
from core.workspace import Rights, Workspace, WorkspaceSettings

AS_OF = date(2026, 10, 30)
FIRST = date(2026, 8, 3)
REPS = [f"005R{number:011d}AAA" for number in range(1, 21)]
NORTH, SOUTH = REPS[:10], REPS[10:]
BOSS_NORTH, BOSS_SOUTH = "005M00000000001AAA", "005M00000000002AAA"
ASSISTANT, PROGRAM = "005A00000000001AAA", "005P00000000001AAA"
SETTINGS = WorkspaceSettings(privacy="names")
Row = dict[str, Any]


def working_days() -> Iterator[date]:
    """Yield the days from Monday to Friday; the company works on holidays too."""
    for number in range((AS_OF - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        if day.weekday() < 5:
            yield day


def write(folder: Path, name: str, rows: list[Row]) -> Path:
    """Write one export."""
    path = folder / f"{name}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def users() -> list[Row]:
    """Return two teams of ten, their managers, an assistant and a program."""

    def one(user: str, team: str, boss: str, kind: str = "Standard") -> Row:
        return {
            "Id": user,
            "Username": f"{user.lower()}@x.fr",
            "FirstName": "P",
            "LastName": f"Nom {user[3:15]}",
            "Email": f"{user.lower()}@x.fr",
            "IsActive": "true",
            "UserRole.Name": team,
            "UserType": kind,
            "ManagerId": boss,
            "CreatedDate": "2025-01-10T09:00:00.000Z",
        }

    return [
        *(one(user, "Nord", BOSS_NORTH) for user in NORTH),
        *(one(user, "Sud", BOSS_SOUTH) for user in SOUTH),
        one(BOSS_NORTH, "Nord", ""),
        one(BOSS_SOUTH, "Sud", ""),
        one(ASSISTANT, "Sud", BOSS_SOUTH),
        one(PROGRAM, "", "", "AutomatedProcess"),
    ]


def tasks() -> list[Row]:
    """Return what everybody entered: calls, mails, tasks given."""
    rows: list[Row] = []

    def add(day: date, creator: str, owner: str, kind: str) -> None:
        moment = f"{day}T09:{len(rows) % 60:02d}:00.000Z"
        rows.append(
            {
                "Id": f"00T{len(rows):012d}AAA",
                "TaskSubtype": kind,
                "Subject": "Suivi",
                "ActivityDate": str(day),
                "Status": "Completed",
                "IsClosed": "true",
                "OwnerId": owner,
                "CreatedById": creator,
                "CreatedDate": moment,
            }
        )

    for day in working_days():
        for rep in REPS:
            # The last two never type: the assistant does it for them.
            creator = ASSISTANT if rep in REPS[18:] else rep
            add(day, creator, rep, "Call")
            add(day, creator, rep, "Call")
        if day.weekday() == 0:
            for rep in REPS[:12]:
                add(day, rep, rep, "Email")
            if day < date(2026, 9, 1):
                add(day, REPS[12], REPS[12], "Email")
        add(day, PROGRAM, REPS[13], "Email")
        add(day, REPS[14], REPS[14], "ListEmail")
        if day.weekday() in (1, 3):
            add(day, BOSS_NORTH, BOSS_NORTH, "Task")
            add(day, BOSS_NORTH, REPS[0], "Task")
            add(day, REPS[1], REPS[2], "Task")
    return rows


def logins() -> list[Row]:
    """Return the logins of those who leave no other trace."""
    return [
        {
            "UserId": user,
            "LoginTime": f"{day}T08:00:00.000Z",
            "LoginType": "Application",
            "Status": "Success",
        }
        for day in working_days()
        for user in (*REPS[18:], BOSS_SOUTH)
    ]


def bases() -> tuple[list[Row], list[Row], list[Row]]:
    """Return accounts, contacts and opportunities, some filled with nothing."""
    accounts = [
        {
            "Id": f"001{number:012d}AAA",
            "Name": f"Compte {number}",
            "Type": "Client",
            "Industry": "n/a" if number < 5 else "Bois",
            "Phone": "06 00 00 00 00" if number < 10 else f"04 72 11 22 {number}",
            "BillingCity": "Lyon",
            "OwnerId": REPS[number % 20],
            "CreatedDate": "2023-01-10T09:00:00.000Z",
            "LastModifiedDate": "2026-03-10T09:00:00.000Z"
            if number < 15
            else "2023-01-10T09:00:00.000Z",
        }
        for number in range(30)
    ]
    contacts = [
        {
            "Id": f"003{number:012d}AAA",
            "LastName": f"Client {number}",
            "AccountId": f"001{number:012d}AAA",
            "Email": "test@x.fr" if number < 6 else f"c{number // 2}@x.fr",
            "OwnerId": REPS[number % 20],
            "CreatedDate": "2026-03-10T09:00:00.000Z",
        }
        for number in range(30)
    ]
    opportunities = [
        {
            "Id": f"006{number:012d}AAA",
            "Name": f"Affaire {number}",
            "AccountId": f"001{number:012d}AAA",
            "StageName": "Négociation",
            "Amount": 1000,
            "CloseDate": "2026-09-15" if number < 4 else "2026-12-15",
            "OwnerId": REPS[number],
            "CreatedDate": "2026-10-20T09:00:00.000Z",
        }
        for number in range(12)
    ]
    return accounts, contacts, opportunities


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Import the company once."""
    folder = tmp_path_factory.mktemp("practices")
    accounts, contacts, opportunities = bases()
    files = {
        "User": users(),
        "Task": tasks(),
        "LoginHistory": logins(),
        "Account": accounts,
        "Contact": contacts,
        "Opportunity": opportunities,
    }
    paths = [write(folder, name, rows) for name, rows in files.items()]
    made = Store(folder / "workspace")
    uploads = [Upload(path, path.name) for path in paths]
    outcome = imports.run(made, SETTINGS, uploads, {}, "tests", isolate=False)
    assert not outcome.refusals
    return made


@pytest.fixture
def workspace(store: Store) -> Workspace:
    """The company as its administrator sees it."""
    return Workspace(store, SETTINGS, Rights.of("admin"))


def test_gateway_counts_who_logs_mails(workspace: Workspace) -> None:
    found = gateway.read(workspace, AS_OF)
    # Twenty reps, two managers and the assistant left a trace.
    assert (found.users_with_email, found.active) == (12, 23)
    assert found.emails == 12 * 4
    assert found.emails_per_user_week == 1.0
    assert found.practice.state == "watch"
    assert found.given_up == 1
    assert found.captured == found.mass == 20
    rows = found.rows.set_index("user_id")
    assert rows.loc[REPS[12], "silent_days"] == (AS_OF - date(2026, 8, 31)).days
    assert not rows.loc[REPS[13], "logs"]


def test_gateway_of_the_report(workspace: Workspace) -> None:
    assert practices.report(workspace, AS_OF)["email_gateway"] == {
        "users_with_email": 12,
        "share_of_active": pytest.approx(12 / 23),
        "emails_per_user_week": 1.0,
    }


def test_gateway_week_by_week(workspace: Workspace) -> None:
    weeks = gateway.weeks(workspace, AS_OF)
    assert list(weeks["people"]) == [13] * 5 + [12] * 7


def test_limits_of_the_workspace_decide(store: Store) -> None:
    kinder = replace(SETTINGS, rules={"practice.gateway.healthy": 0.5})
    workspace = Workspace(store, kinder, Rights.of("admin"))
    assert gateway.card(workspace, AS_OF).state == "healthy"


def test_entry_by_proxy(workspace: Workspace) -> None:
    found = practices.read(workspace, AS_OF).proxy
    owners = found.owners.set_index("user_id")
    assert set(owners.index[owners["is_carried"]]) == set(REPS[18:])
    # The manager holds her own tasks, everybody else calls.
    assert (found.carried, found.judged, found.assistants) == (2, 21, 1)
    assert found.practice.state == "watch"
    assert set(found.creators["user_id"]) == {ASSISTANT}
    assert found.creators["holders"].iloc[0] == 2
    assert set(found.flows["owner_id"]) == set(REPS[18:])
    assert found.excluded["manager"] and found.excluded["assigned"]
    assert found.excluded["program"]
    assert found.excluded["import"] == found.excluded["before_owner"] == 0


def test_managers_who_act_and_who_read(workspace: Workspace) -> None:
    found = practices.read(workspace, AS_OF).managers
    rows = found.rows.set_index("user_id")
    # Two days a week beside people who work in it every day.
    assert rows.loc[BOSS_NORTH, "example"] == "behind"
    assert rows.loc[BOSS_NORTH, "days"] == pytest.approx(2, abs=0.3)
    assert rows.loc[BOSS_NORTH, "team_days"] == 5
    assert rows.loc[BOSS_SOUTH, "example"] == "reads"
    assert list(rows["people"].sort_index()) == [10, 11]
    assert (found.share, found.practice.state) == (0, "sick")


def test_how_far_behind_their_people_managers_may_be(store: Store) -> None:
    chosen = replace(SETTINGS, rules={"practice.managers.beside": 0.3})
    found = practices.read(Workspace(store, chosen, Rights.of("admin")), AS_OF).managers
    rows = found.rows.set_index("user_id")
    assert rows.loc[BOSS_NORTH, "example"] == "acts"
    assert found.share == 0.5
    assert found.practice.state == "watch"


def test_breadth_expects_what_alike_people_use(workspace: Workspace) -> None:
    found = practices.read(workspace, AS_OF).breadth
    # Those without an opportunity of these weeks: eight reps, managers, assistant.
    assert (found.narrow, found.judged) == (11, 23)
    rows = found.rows.set_index("user_id")
    assert rows.loc[REPS[0], "kinds"] == ("opportunity", "call", "email")
    assert rows.loc[REPS[17], "kinds"] == ("call",)
    assert rows.loc[BOSS_SOUTH, "kinds"] == ()
    assert found.expected[""] == ("opportunity", "call", "email")
    # Six in the field only call: that is what their like do. The assistant is one of
    # those who also handle opportunities and mails.
    assert found.expected["field"] == ("call",)
    assert rows.loc[REPS[17], "breadth"] == 1
    assert rows.loc[ASSISTANT, "breadth"] == pytest.approx(1 / 3)
    kinds = found.kinds.set_index("kind")
    assert kinds.loc["call", "people"] == 19
    assert not kinds.loc["meeting", "is_used"]


def test_completeness_names_the_fields(workspace: Workspace) -> None:
    found = completeness.read(workspace, AS_OF)
    assert found.objects["account"] == pytest.approx(1 - 15 / 180)
    assert found.objects["contact"] == pytest.approx(1 - 6 / 120)
    assert found.objects["opportunity"] == 1.0
    assert found.practice.value == pytest.approx(1 - 21 / (180 + 120 + 72))
    worst = found.worst.iloc[0]
    assert (worst["object"], worst["field"], worst["placeholders"]) == (
        *("account", "phone"),
        10,
    )
    assert ("account", "website") in found.absent
    assert ("contact", "phone") in found.absent
    listed = completeness.to_complete(workspace)
    assert listed["missing"].iloc[0] == ("industry", "phone")
    assert len(listed) == 10


def test_a_weight_of_nothing_is_not_required(store: Store) -> None:
    chosen = {"practice.account.phone": 0.0, "practice.account.industry": 3.0}
    workspace = Workspace(store, replace(SETTINGS, rules=chosen), Rights.of("admin"))
    found = completeness.read(workspace, AS_OF)
    assert found.objects["account"] == pytest.approx(1 - 15 / (30 * 7))
    assert "phone" not in set(found.worst.query("object == 'account'")["field"])


def test_freshness_and_duplicates(workspace: Workspace) -> None:
    found = practices.read(workspace, AS_OF).freshness
    assert found.objects["account"] == 0.5
    assert found.objects["contact"] == 1.0
    assert found.practice.value == 0.75
    email = found.duplicates.set_index("basis").loc["email"]
    # Six share one address; the others go two by two.
    assert (email["record_count"], email["duplicate_count"]) == (30, 5 + 12)
    # Alive, yet entered twice.
    assert found.practice.state == "watch"


def test_opportunities_left_alone(workspace: Workspace) -> None:
    found = practices.read(workspace, AS_OF).neglected
    assert (found.opportunities, found.neglected) == (12, 4)
    assert (found.overdue, found.silent) == (4, 0)
    assert sum(found.amounts.values()) == 4000
    assert found.practice.state == "watch"


def test_a_part_of_the_company(workspace: Workspace) -> None:
    rows = people.everyone(workspace, AS_OF)
    found = practices.read(workspace, AS_OF, rows[rows["team"] == "Nord"])
    assert (found.gateway.users_with_email, found.gateway.active) == (10, 11)
    assert found.proxy.carried == 0
    assert found.managers.judged == 1
    assert found.neglected.opportunities == 10
    assert set(found.breadth.rows["team"]) == {"Nord"}


def test_the_worst_comes_first(workspace: Workspace) -> None:
    found = practices.read(workspace, AS_OF)
    assert [one.code for one in found.ranked[:2]] == ["managers", "breadth"]
    assert [one.state for one in found.ranked[:2]] == ["sick", "watch"]
    assert [one.state for one in found.ranked][-1] == "healthy"
    assert {one.code for one in found.ranked} == set(practices.CODES)


def test_of_equals_the_farthest_from_its_limit_comes_first(
    workspace: Workspace,
) -> None:
    found = practices.read(workspace, AS_OF)
    watched = [one for one in found.ranked if one.state == "watch"]
    assert len(watched) > 1
    distances = [one.distance for one in watched]
    assert distances == sorted(distances, reverse=True)
    assert Practice("gateway", "watch", 0.54, 0.6).distance == pytest.approx(0.06)
    assert Practice("neglected", "watch", 0.39, 0.2).distance == pytest.approx(0.19)
    assert Practice("breadth", "healthy", 0.02, 0.3).distance == 0
    assert Practice("breadth", "not_enough_data").distance == 0


def test_what_no_export_tells_is_not_judged(tmp_path: Path) -> None:
    path = write(tmp_path, "LoginHistory", logins())
    made = Store(tmp_path / "workspace")
    imports.run(made, SETTINGS, [Upload(path, path.name)], {}, "t", isolate=False)
    workspace = Workspace(made, SETTINGS, Rights.of("admin"))
    found = practices.read(workspace, AS_OF)
    assert {one.state for one in found.ranked} == {"not_enough_data"}
    assert practices.report(workspace, AS_OF)["email_gateway"] is None
