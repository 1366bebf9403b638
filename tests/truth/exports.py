"""Salesforce's own files, as its Data Loader writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

from tests.truth import people as do
from tests.truth.people import identifier
from tests.truth.plan import Plan
from tests.truth.records import SignIns, Stock, Stocks

Whole = npt.NDArray[np.int64]
Column = Iterable[object]
OWN = {"task": "00T", "event": "00U", do.ACCOUNT: "001", do.CONTACT: "003"}
OWN |= {do.OPPORTUNITY: "006", "Demande_de_prix__c": "a02"}
FILES = {"task": "Task", "event": "Event", do.ACCOUNT: "Account"}
FILES |= {do.CONTACT: "Contact", do.OPPORTUNITY: "Opportunity"}
WAYS = {
    "browser": ("Application", "", "Chrome 140", "Windows 11", "Browser"),
    "mobile": (
        *("Remote Access 2.0", "", "Salesforce Mobile", "iOS"),
        "Salesforce for iOS",
    ),
    "api": ("Other Apex API", "", "Unknown", "Unknown", "N/A"),
    "refresh": (
        *("Remote Access 2.0", "OAuth Refresh Token", "Unknown", "Unknown"),
        "Salesforce for Outlook",
    ),
}


def times(seconds: Whole) -> list[str]:
    """Write moments as the API does: ISO 8601, in UTC."""
    text = np.datetime_as_string(seconds.astype("datetime64[s]"))
    return [f"{moment}.000Z" for moment in text.tolist()]


def dates(seconds: Whole) -> list[str]:
    days = seconds.astype("datetime64[s]").astype("datetime64[D]")
    text: list[str] = np.datetime_as_string(days).tolist()
    return text


def tables(plan: Plan, signed: SignIns, stocks: Stocks) -> dict[str, pa.Table]:
    """Return every export of a company by file name."""
    found = {"User": _users(plan, signed)}
    if plan.has_logins:
        found["LoginHistory"] = _logins(signed)
    if plan.has_absences:
        told = [
            (
                p.username,
                leave.first.strftime("%d/%m/%Y"),
                leave.last.strftime("%d/%m/%Y"),
            )
            for p in plan.people
            for leave in p.leaves
            if leave.told
        ]
        if told:
            columns = ("Collaborateur", "Date de début", "Date de fin")
            values = (list(column) for column in zip(*told, strict=True))
            found["Absences"] = pa.table(dict(zip(columns, values, strict=True)))
    for name, stock in stocks.of.items():
        if len(stock.at):
            found[FILES.get(name, name)] = _records(plan, name, stock, stocks)
    return found


def write(given: dict[str, pa.Table], folder: Path) -> list[Path]:
    """Write tables as CSV, values quoted where a comma asks for it."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in given.items():
        path = folder / f"{name}.csv"
        pyarrow.csv.write_csv(table, path)
        paths.append(path)
    return paths


def _users(plan: Plan, signed: SignIns) -> pa.Table:
    counted = signed.counts
    last: dict[int, int] = {}
    for actor, at in zip(
        signed.actor[counted].tolist(), signed.at[counted].tolist(), strict=True
    ):
        last[actor] = max(last.get(actor, 0), at)
    heads = {p.team: p.user_id for p in plan.people if p.is_manager}
    rows: list[dict[str, str]] = []
    for person in plan.people:
        seen = ""
        if person.number in last:
            seen = times(np.array([last[person.number]]))[0]
        elif person.last_seen is not None:
            seen = f"{person.last_seen.isoformat()}T08:12:00.000Z"
        born = f"{person.created.isoformat()}T07:30:00.000Z"
        gone = f"{person.left.isoformat()}T17:30:00.000Z" if person.left else born
        head = heads.get(person.team, "")
        rows.append(
            {
                "Id": person.user_id,
                "Username": person.username,
                "FirstName": person.name[0],
                "LastName": person.name[1],
                "Email": person.username,
                "IsActive": "false" if person.left else "true",
                "UserType": "Standard",
                "UserRole.Name": person.team,
                "Profile.Name": "Utilisateur standard",
                "ManagerId": "" if head == person.user_id else head,
                "TimeZoneSidKey": person.zone,
                "CreatedDate": born,
                "LastLoginDate": seen,
                "LastModifiedDate": gone,
            }
        )
    for machine in plan.machines:
        kind = "CloudIntegrationUser" if machine.sign == "type" else "Standard"
        born = f"{machine.created.isoformat()}T07:30:00.000Z"
        rows.append(
            {
                **dict.fromkeys(rows[0], ""),
                "Id": machine.user_id,
                "Username": machine.username,
                "FirstName": machine.name[0],
                "LastName": machine.name[1],
                "Email": machine.username,
                "IsActive": "true",
                "UserType": kind,
                "Profile.Name": "Utilisateur standard",
                "TimeZoneSidKey": "Europe/Paris",
                "CreatedDate": born,
                "LastModifiedDate": born,
            }
        )
    return pa.Table.from_pylist(rows)


def _logins(signed: SignIns) -> pa.Table:
    order = np.argsort(-signed.at, kind="stable")
    ways = [WAYS[way] for way in signed.way[order].tolist()]
    failed = signed.failed[order].tolist()
    return pa.table(
        {
            "Id": [f"0Ya7Q0000{n:06d}AAA" for n in range(len(order))],
            "UserId": [identifier("005", n) for n in signed.actor[order].tolist()],
            "LoginTime": times(signed.at[order]),
            "LoginType": [way[0] for way in ways],
            "LoginSubType": [way[1] for way in ways],
            "SourceIp": ["192.0.2.10"] * len(order),
            "Browser": [way[2] for way in ways],
            "Platform": [way[3] for way in ways],
            "Application": [way[4] for way in ways],
            "Status": ["Invalid Password" if wrong else "Success" for wrong in failed],
        }
    )


def _ids(name: str, count: int) -> list[str]:
    prefix = OWN.get(name, "a01")
    return [f"{prefix}7Q0000{n:06d}AAA" for n in range(count)]


def _users_of(numbers: Whole) -> list[str]:
    names = {n: identifier("005", n) for n in np.unique(numbers).tolist()}
    return [names[n] for n in numbers.tolist()]


def _records(plan: Plan, name: str, stock: Stock, stocks: Stocks) -> pa.Table:
    size, rng = len(stock.at), plan.rng
    common: dict[str, Column] = {
        "Id": _ids(name, size),
        "IsDeleted": ["false"] * size,
        "OwnerId": _users_of(stock.owner),
    }
    trail: dict[str, Column] = {
        "CreatedDate": times(stock.at),
        "CreatedById": _users_of(stock.actor),
        "LastModifiedDate": times(stock.changed_at),
        "LastModifiedById": _users_of(stock.changed_by),
        "SystemModstamp": times(stock.changed_at),
    }
    accounts = len(stocks.of[do.ACCOUNT].at)
    account = [f"0017Q0000{n:06d}AAA" for n in rng.integers(0, accounts, size).tolist()]
    contacts = len(stocks.of[do.CONTACT].at)
    contact = [f"0037Q0000{n:06d}AAA" for n in rng.integers(0, contacts, size).tolist()]
    special: dict[str, Column]
    if name == do.ACCOUNT:
        special = {
            "Name": [f"Société {n}" for n in range(size)],
            "Type": ["Client"] * size,
        }
    elif name == do.CONTACT:
        special = {
            "AccountId": account,
            "LastName": [f"Contact {n}" for n in range(size)],
            "Email": [f"contact{n}@client.example" for n in range(size)],
        }
    elif name == do.OPPORTUNITY:
        closed = rng.random(size) < 0.4
        words = {True: "Closed Won", False: "Qualification"}
        special = {
            "AccountId": account,
            "Name": [f"Projet {n}" for n in range(size)],
            "StageName": [words[bool(c)] for c in closed],
            "Amount": [str(n) for n in rng.integers(1, 90, size) * 500],
            "CloseDate": dates(stock.at + rng.integers(10, 120, size) * 86400),
            "IsClosed": [str(bool(c)).lower() for c in closed],
            "IsWon": [str(bool(c)).lower() for c in closed],
        }
    elif name == "event":
        special = {
            "WhoId": contact,
            "AccountId": account,
            "Subject": ["Rendez-vous"] * size,
            "ActivityDateTime": times(stock.at + rng.integers(-30, 90, size) * 3600),
            "DurationInMinutes": ["60"] * size,
        }
    elif name == "task":
        special = _tasks(plan, stock, account, contact)
    else:
        special = {"Name": [f"CR-{n:05d}" for n in range(size)], "Compte__c": account}
    return pa.table({**common, **special, **trail})


def _tasks(
    plan: Plan, stock: Stock, account: list[str], contact: list[str]
) -> dict[str, Column]:
    size, rng = len(stock.at), plan.rng
    subtype = {do.CALL: "Call", do.EMAIL: "Email", do.TODO: "Task", "Visio": "Task"}
    words = {do.CALL: "Appel", do.EMAIL: "E-mail : votre demande"}
    words |= {do.TODO: "Préparer le devis", "Visio": "Démonstration"}
    kinds = stock.kind.tolist()
    open_todo = (stock.kind == do.TODO) & (rng.random(size) < 0.5)
    due = stock.at + np.where(open_todo, rng.integers(1, 20, size) * 86400, 0)
    opened = open_todo.tolist()
    lasts = rng.integers(30, 900, size).tolist()
    calls = (stock.kind == do.CALL).tolist()
    return {
        "WhoId": contact,
        "AccountId": account,
        "Subject": [words[kind] for kind in kinds],
        "ActivityDate": dates(due),
        "Status": ["Not Started" if o else "Completed" for o in opened],
        "Priority": ["Normal"] * size,
        "Type": ["Visio" if kind == "Visio" else "" for kind in kinds],
        "TaskSubtype": [subtype[kind] for kind in kinds],
        "IsClosed": ["false" if o else "true" for o in opened],
        "CallDurationInSeconds": [
            str(s) if c else "" for c, s in zip(calls, lasts, strict=True)
        ],
        "CallType": ["Outbound" if c else "" for c in calls],
    }
