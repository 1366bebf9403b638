"""The edge cases of attendance, each with the rule it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from core import calendar, people, report
from tests.figures.conftest import by_id, imported

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


def name_of(number: int) -> str:
    return str(user(number)["Id"])


def one(found: dict[str, Any], number: int = 1) -> dict[str, Any]:
    return by_id(found)[name_of(number)]


SYNC = user(41, Name="Connector", Username="connector@x.fr")
# One company where each number is one case; they do not meet.
PEOPLE = [
    ANA,
    user(11, TimeZoneSidKey="Pacific/Noumea"),
    *map(user, (12, 13, 14)),
    user(15, CreatedDate="2026-04-20T08:00:00.000Z"),
    user(16),
    user(17, IsActive="false"),
    user(21, UserType="AutomatedProcess"),
    user(22, Name="Connecteur ERP"),
    user(23),
    user(31),
    user(32, Name="Jean Roux"),
    user(33, Name="Jean Roux"),
    user(34),
    SYNC,
]
LICENSED = {1, 11, 12, 13, 14, 15, 16, 31, 32, 33, 34}
NEVER_SEEN = {15, 16, 32, 33}


def all_logins() -> Rows:
    """Return the logins of every case."""
    hours = ("2026-04-14T21:00:00", "2026-04-15T03:00:00")
    clock = ("2026-03-28T22:59:00", "2026-03-28T23:01:00", "2026-03-29T21:59:00")
    left = every_day(date(2026, 3, 2), date(2026, 4, 10))
    nights = [
        f"{date(2026, 2, 1) + timedelta(days=n)}T{hour}:30:00"
        for n in range(89)
        for hour in ("01", "09", "17", "22")
    ]
    person = name_of(31)
    names = [person, person[:15], "USER31@x.fr", "PRÉNOM  nom31", "Pre\u0301nom Nom31"]
    entries = [
        *APRIL,
        *((name_of(n), at) for n in (11, 12) for at in hours),
        *((name_of(13), at) for at in clock),
        (name_of(14), "2026-04-01T08:00:00"),
        *((name_of(17), at) for at in left),
        *((name_of(23), at) for at in nights),
        *((name, f"2026-04-{n + 13}T08:00:00") for n, name in enumerate(names)),
        ("inconnu@y.fr", "2026-04-20T08:00:00"),
        ("Jean Roux", "2026-04-13T08:00:00"),
        ("user34@x.fr", "2026-04-13T08:00:00"),
        *((str(SYNC["Id"]), at) for _, at in APRIL),
    ]
    bad = logins(
        [(name_of(14), "2026-04-02T08:00:00")], Status="Invalid Password", Id="b1"
    )
    machine = logins(
        [(name_of(14), "2026-04-03T08:00:00")],
        LoginType="Other Apex API",
        Id="c1",
        Application="N/A",
    )
    return logins(entries) + bad + machine


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report on the company of all these cases."""
    files = {"User.csv": PEOPLE, "LoginHistory.csv": all_logins()}
    return report.build(imported(tmp_path_factory.mktemp("edges"), files), AS_OF)


def test_time_zone_of_the_user_wins_over_the_report(found: dict[str, Any]) -> None:
    # 08:00 and 14:00 of one day in Nouméa are two days in UTC and in Paris.
    assert one(found, 11)["login_days"]["2026-04"] == 1
    assert one(found, 12)["login_days"]["2026-04"] == 2


def test_night_of_the_clock_change(found: dict[str, Any]) -> None:
    # Winter time on the 28th (+1), summer time on the 29th (+2).
    assert one(found, 13)["login_days"]["2026-03"] == 2


def test_failed_and_machine_logins_are_no_days(found: dict[str, Any]) -> None:
    assert one(found, 14)["login_days"]["2026-04"] == 1


def test_joiner_is_expected_from_the_first_day(found: dict[str, Any]) -> None:
    joiner = one(found, 15)
    assert joiner["expected_days"]["2026-04"] == 9
    assert joiner["state"] == "new"
    assert joiner["verdict"] == "not_enough_data"
    assert joiner["evolution"] == {"active_days": None, "actions": None}


def test_account_that_nobody_uses(found: dict[str, Any]) -> None:
    assert one(found, 16)["state"] == "never_activated"
    assert found["adoption"]["licensed"] == len(LICENSED)
    assert found["adoption"]["activated"] == len(LICENSED - NEVER_SEEN)


def test_leaver_is_out_and_keeps_the_history(found: dict[str, Any]) -> None:
    leaver = one(found, 17)
    assert (leaver["state"], leaver["verdict"]) == ("left", "excluded")
    # 1, 2, 3, 7, 8, 9 and 10 April.
    assert leaver["expected_days"]["2026-04"] == 7
    assert leaver["login_days"]["2026-03"] == 22


def test_programs_are_out_by_type_name_or_rhythm(found: dict[str, Any]) -> None:
    states = {number: one(found, number)["state"] for number in (1, 21, 22, 23)}
    assert states == {1: "active"} | dict.fromkeys((21, 22, 23), "integration")


def test_a_program_has_no_profile(found: dict[str, Any]) -> None:
    assert one(found)["profile"] is not None
    assert one(found, 41)["state"] == "integration"
    assert one(found, 41)["profile"] is one(found, 41)["profile_source"] is None


def test_references_match_by_identifier_email_and_name(found: dict[str, Any]) -> None:
    assert one(found, 31)["login_days"]["2026-04"] == 5
    unmatched = {row["object"]: row["row_count"] for row in found["unmatched"]}
    # Of the stranger, and by the name that two share.
    assert unmatched["login"] == 2


def test_name_that_two_people_share_means_nobody(found: dict[str, Any]) -> None:
    assert one(found, 32)["login_days"]["2026-04"] == 0
    assert one(found, 34)["login_days"]["2026-04"] == 1


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
