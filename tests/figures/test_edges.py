"""The edge cases of attendance, each with the rule it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from core import calendar, people
from tests.figures.conftest import by_id

AS_OF = date(2026, 4, 30)
Report = Callable[..., dict[str, Any]]
Rows = list[dict[str, object]]


def user(number: int, **more: object) -> dict[str, object]:
    return {
        "Id": f"005{number:012d}AAA",
        "Username": f"user{number}@x.fr",
        "Email": f"user{number}@x.fr",
        "Name": f"Prénom Nom{number}",
        "IsActive": "true",
        "UserType": "Standard",
        "TimeZoneSidKey": "",
        "CreatedDate": "2025-01-06T08:00:00.000Z",
        **more,
    }


def logins(entries: Iterable[tuple[object, str]], **more: object) -> Rows:
    return [
        {
            "Id": f"0Ya{n:015d}",
            "UserId": who,
            "LoginTime": f"{at}.000Z",
            "LoginType": "Application",
            "Status": "Success",
            "Application": "Browser",
            **more,
        }
        for n, (who, at) in enumerate(entries)
    ]


def every_day(first: date, last: date, at: str = "08:00:00") -> list[str]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [f"{day}T{at}" for day in days if day.weekday() < 5]


ANA = user(1)
ID = str(ANA["Id"])
APRIL = [(ID, at) for at in every_day(date(2026, 3, 2), AS_OF)]


def one(found: dict[str, Any], number: int = 1) -> dict[str, Any]:
    return by_id(found)[f"005{number:012d}AAA"]


def test_time_zone_of_the_user_wins_over_the_report(reported: Report) -> None:
    files = {
        "User.csv": [user(1, TimeZoneSidKey="Pacific/Noumea"), user(2)],
        "LoginHistory.csv": logins(
            [
                (who, at)
                for n in (1, 2)
                for who in [f"005{n:012d}AAA"]
                for at in ("2026-04-14T21:00:00", "2026-04-15T03:00:00")
            ]
        ),
    }
    found = reported(files, AS_OF)
    # 08:00 and 14:00 of one day in Nouméa are two days in UTC and in Paris.
    assert one(found, 1)["login_days"]["2026-04"] == 1
    assert one(found, 2)["login_days"]["2026-04"] == 2


def test_night_of_the_clock_change(reported: Report) -> None:
    at = ["2026-03-28T22:59:00", "2026-03-28T23:01:00", "2026-03-29T21:59:00"]
    files = {"User.csv": [ANA], "LoginHistory.csv": logins([(ID, x) for x in at])}
    # Winter time on the 28th (+1), summer time on the 29th (+2).
    assert one(reported(files, AS_OF))["login_days"]["2026-03"] == 2


def test_failed_and_machine_logins_are_no_days(reported: Report) -> None:
    good = logins([(ID, "2026-04-01T08:00:00")])
    bad = logins([(ID, "2026-04-02T08:00:00")], Status="Invalid Password", Id="b1")
    api = logins(
        [(ID, "2026-04-03T08:00:00")],
        LoginType="Other Apex API",
        Id="c1",
        Application="N/A",
    )
    files = {"User.csv": [ANA], "LoginHistory.csv": good + bad + api}
    assert one(reported(files, AS_OF))["login_days"]["2026-04"] == 1


@pytest.mark.parametrize(
    ("place", "days"), [(None, 21), ("57", 20), ("971", 20)], ids=str
)
def test_holidays_of_the_place(reported: Report, place: str | None, days: int) -> None:
    files = {"User.csv": [ANA], "LoginHistory.csv": logins(APRIL)}
    found = reported(files, AS_OF, subdivision=place)
    assert one(found)["expected_days"]["2026-04"] == days


def test_french_working_days_of_2026() -> None:
    ends = [
        date(2026 + m // 12, m % 12 + 1, 1) - timedelta(days=1) for m in range(1, 13)
    ]
    counts = [calendar.working_days(end.replace(day=1), end) for end in ends]
    assert counts == [21, 20, 22, 21, 17, 22, 22, 21, 22, 22, 20, 22]


def test_joiner_is_expected_from_the_first_day(reported: Report) -> None:
    files = {
        "User.csv": [ANA, user(2, CreatedDate="2026-04-20T08:00:00.000Z")],
        "LoginHistory.csv": logins(APRIL),
    }
    joiner = one(reported(files, AS_OF), 2)
    assert joiner["expected_days"]["2026-04"] == 9
    assert joiner["state"] == "new"
    assert joiner["verdict"] == "not_enough_data"
    assert joiner["evolution"] == {"active_days": None, "actions": None}


def test_account_that_nobody_uses(reported: Report) -> None:
    files = {"User.csv": [ANA, user(2)], "LoginHistory.csv": logins(APRIL)}
    found = reported(files, AS_OF)
    assert one(found, 2)["state"] == "never_activated"
    assert found["adoption"]["licensed"] == 2
    assert found["adoption"]["activated"] == 1


def test_leaver_is_out_and_keeps_the_history(reported: Report) -> None:
    at = [
        ("005000000000002AAA", x)
        for x in every_day(date(2026, 3, 2), date(2026, 4, 10))
    ]
    files = {
        "User.csv": [ANA, user(2, IsActive="false")],
        "LoginHistory.csv": logins(APRIL + at),
    }
    found = reported(files, AS_OF)
    leaver = one(found, 2)
    assert (leaver["state"], leaver["verdict"]) == ("left", "excluded")
    # 1, 2, 3, 7, 8, 9 and 10 April.
    assert leaver["expected_days"]["2026-04"] == 7
    assert leaver["login_days"]["2026-03"] == 22
    assert found["adoption"]["licensed"] == 1


def test_programs_are_out_by_type_name_or_rhythm(reported: Report) -> None:
    nights = [
        ("005000000000004AAA", f"{date(2026, 2, 1) + timedelta(days=n)}T{hour}:30:00")
        for n in range(89)
        for hour in ("01", "09", "17", "22")
    ]
    files = {
        "User.csv": [
            ANA,
            user(2, UserType="AutomatedProcess"),
            user(3, Name="Connecteur ERP"),
            user(4),
        ],
        "LoginHistory.csv": logins(APRIL + nights),
    }
    found = reported(files, AS_OF)
    states = {user_id[14]: u["state"] for user_id, u in by_id(found).items()}
    assert states == {"1": "active", "2": "integration", "3": "integration"} | {
        "4": "integration"
    }
    assert found["adoption"]["licensed"] == 1


def test_references_match_by_identifier_email_and_name(reported: Report) -> None:
    names = [ID, ID[:15], "USER1@x.fr", "PRÉNOM  nom1", "Pre\u0301nom Nom1"]
    at = [(name, f"2026-04-{n + 13}T08:00:00") for n, name in enumerate(names)]
    files = {
        "User.csv": [ANA, user(2)],
        "LoginHistory.csv": logins([*at, ("inconnu@y.fr", "2026-04-20T08:00:00")]),
    }
    found = reported(files, AS_OF)
    assert one(found)["login_days"]["2026-04"] == 5
    unmatched = {row["object"]: row["row_count"] for row in found["unmatched"]}
    assert unmatched["login"] == 1


def test_name_that_two_people_share_means_nobody(reported: Report) -> None:
    files = {
        "User.csv": [user(1, Name="Jean Roux"), user(2, Name="Jean Roux"), user(3)],
        "LoginHistory.csv": logins(
            [
                ("Jean Roux", "2026-04-13T08:00:00"),
                ("user3@x.fr", "2026-04-13T08:00:00"),
            ]
        ),
    }
    found = reported(files, AS_OF)
    assert one(found, 1)["login_days"]["2026-04"] == 0
    assert one(found, 3)["login_days"]["2026-04"] == 1


def test_change_sixty_seconds_after_creation_is_none(reported: Report) -> None:
    def account(number: int, changed: str) -> dict[str, object]:
        return {
            "Id": f"001{number:015d}",
            "Name": f"Société {number}",
            "OwnerId": ID,
            "CreatedById": ID,
            "CreatedDate": "2026-04-01T08:00:00.000Z",
            "LastModifiedById": ID,
            "LastModifiedDate": changed,
        }

    files = {
        "User.csv": [ANA],
        "Account.csv": [
            account(1, "2026-04-01T08:01:00.000Z"),
            account(2, "2026-04-01T08:01:01.000Z"),
            account(3, "2026-04-02T22:30:00.000Z"),
        ],
    }
    figures = one(reported(files, AS_OF))
    assert figures["actions"]["2026-04"] == 5
    # The last change is on the 3rd in Paris.
    assert figures["active_days"]["2026-04"] == 2


def test_working_day_without_an_event_is_told(reported: Report) -> None:
    kept = [(who, at) for who, at in APRIL if "2026-04-14" not in at]
    files = {"User.csv": [ANA], "LoginHistory.csv": logins(kept)}
    found = reported(files, AS_OF)
    assert [gap["day"] for gap in found["gaps"]] == ["2026-04-14"]


def test_connected_every_day_without_an_action_is_not_healthy(
    company: Callable[..., Any],
) -> None:
    at = [
        (f"005{n:012d}AAA", x)
        for n in (1, 2)
        for x in every_day(date(2026, 1, 5), AS_OF)
    ]
    tasks = [
        {
            "Id": f"00T{n:015d}",
            "Subject": "Appel",
            "Status": "Completed",
            "OwnerId": ID,
            "CreatedById": ID,
            "CreatedDate": f"{x}.000Z",
        }
        for n, x in enumerate(every_day(date(2026, 1, 5), AS_OF, "09:30:00"))
    ]
    workspace = company(
        {"User.csv": [ANA, user(2)], "LoginHistory.csv": logins(at), "Task.csv": tasks}
    )
    rows = people.people(workspace, AS_OF).set_index("user_id")
    assert rows.loc[ID, "verdict"] == "healthy"
    idle = rows.loc["005000000000002AAA"]
    assert idle["verdict"] == "at_risk"
    assert idle["verdict_rule"].endswith("actions.none")


def test_nothing_is_zero_that_is_not_known(reported: Report) -> None:
    found = reported({"User.csv": [ANA], "LoginHistory.csv": logins(APRIL)}, AS_OF)
    assert found["campaigns"] is None
    assert found["pyramid"]["accounts"] is None
    assert found["pyramid"]["shape"] is None
    assert one(found)["actions"] is None
    figures = {entry["figure"] for entry in found["missing"]}
    assert {"campaigns", "pyramid.accounts", "users.actions"} <= figures
    assert "symptoms.buried_alive" in figures
    assert [one["confidence"] for one in found["symptoms"]] == ["not_enough_data"] * 5


def test_a_program_has_no_profile(reported: Report) -> None:
    sync = user(2, Name="Connector", Username="connector@x.fr")
    signed = [(str(sync["Id"]), at) for _, at in APRIL]
    files = {"User.csv": [ANA, sync], "LoginHistory.csv": logins([*APRIL, *signed])}
    found = reported(files, AS_OF)
    assert one(found)["profile"] is not None
    assert one(found, 2)["state"] == "integration"
    assert one(found, 2)["profile"] is one(found, 2)["profile_source"] is None
