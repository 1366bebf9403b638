"""A seeded generator of a French company's exports, in Salesforce's own format.

The same seed and last day give the same bytes. What the data must tell:

- ten teams, both rhythms (always connected, field) and occasional users; people who
  arrive, leave, take long leave, never came, or sign in and do nothing;
- accounts, contacts and calls near 1 : 2.5 : 5, except in one team whose calls are
  missing (a diamond);
- two teams whose managers never sign in, six reps whose calls and visits others type,
  mails logged by half of the people, accounts with empty or invented telephones;
- a blunted tool: in three teams use decays, the last arrivals being the first to stop;
- an abandoned novelty: visit reports, dropped after three months;
- a campaign with the reference funnel, 50 000 > 5 000 > 4 900 > 3 000 > 100 > 10, and
  four others, of which three were sent by mailing tools (``core.demo.mailings``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from core.demo import base, mailings
from core.demo.companies import Company, first
from core.demo.people import Person, attend, hire, managers
from core.demo.sales import Sales
from core.demo.salesforce import AUDIT, NULL_ID, Clock, identifier, save, writer
from core.demo.work import Work

VERSION = 3  # raise it whenever the files of a month change
MONTHS = 14
USER = (
    "Id Username FirstName LastName CompanyName Department Title Email IsActive "
    f"TimeZoneSidKey UserRoleId ProfileId UserType ManagerId LastLoginDate {AUDIT}"
)
LOGIN = "Username,Login Time,Source IP,Location,Login Type,Status,Browser,Platform"
WEEKLY = "cp1252"  # what the weekly export is in practice; Setup writes UTF-8


def last_complete_month(today: date) -> date:
    """Return the last day of the month before ``today``'s."""
    return today.replace(day=1) - timedelta(days=1)


def first_day(last_day: date) -> date:
    """Return the first of the ``MONTHS`` months that end on ``last_day``."""
    months = last_day.year * 12 + last_day.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def generate(
    folder: Path, last_day: date, company: Company | None = None
) -> list[Path]:
    """Write a company's exports into ``folder`` and return their paths.

    The company is Valombre unless another is given.

    ``last_day`` ends the period, the last day of a month. LoginHistory comes as the
    three half-years that a Salesforce administrator can download, and leave as the
    list that the company's human resources keep.
    """
    company = company or first()
    random = Random(company.seed)
    clock = Clock(first_day(last_day), last_day)
    never = dict(company.never)
    people = hire(company.teams, never, company.domain, random, clock)
    attend(people, random, clock)
    accounts = base.accounts(people, random)
    contacts = base.contacts(accounts, random)
    size = company.leads if company.base is None else company.base - len(contacts)
    leads = base.leads(size, people, random)
    sales = Sales(company, accounts, contacts, leads, people, random, clock)
    work = Work(contacts, people, random, clock, company.reports)
    work.call_back(sales.clicked, Random(52))
    names = {account.account_id: account for account in accounts}
    rows, more = base.people_lines(contacts + leads, names, random, clock)
    logins = _logins(company, people, random, clock)
    lines: dict[str, Sequence[str]] = {
        "User": _users(company, people, logins, clock),
        "UserRole": _roles(company),
        "Account": base.account_lines(accounts, random, clock),
        "Contact": rows,
        "Lead": more,
        **work.lines,
        **sales.lines,
    }
    folder.mkdir(parents=True, exist_ok=True)
    paths = [save(folder, name, rows, encoding=WEEKLY) for name, rows in lines.items()]
    for number, part in enumerate(_downloads(logins, clock), start=1):
        name = f"LoginHistory_{number}"
        paths.append(save(folder, "LoginHistory", part, name=name, encoding="utf-8"))
    paths.append(_absences(folder, people, clock))
    return paths + mailings.save(folder, sales.mailings, clock)


def _absences(folder: Path, people: list[Person], clock: Clock) -> Path:
    """Write the leave of everybody as a French spreadsheet saves it."""
    rows = ["Collaborateur;Du;Au"]
    for person in people:
        for start, end in sorted(person.away):
            first, last = (f"{clock.day(day):%d/%m/%Y}" for day in (start, end))
            rows.append(f"{person.email};{first};{last}")
    path = folder / "Absences.csv"
    path.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8-sig", newline="")
    return path


Login = tuple[int, int, str, str]  # day, second, user name, line


def _users(
    company: Company, people: list[Person], logins: list[Login], clock: Clock
) -> list[str]:
    line = writer("User", USER.split())
    last = {user: clock.utc(day, second) for day, second, user, _ in logins}
    roles = {team.name: number for number, team in enumerate(company.teams, start=1)}
    bosses = managers(people)
    lines = []
    for person in people:
        made = clock.utc(person.arrived, 34000)
        left = person.left is not None
        changed = clock.utc(person.left, 66000) if person.left is not None else made
        lines.append(
            line(
                (person.user_id, person.email, person.first_name, person.last_name)
                + (company.name, person.team.name, person.team.title, person.email)
                + (int(not left), "Europe/Paris")
                + (identifier("UserRole", roles[person.team.name]),)
                + (identifier("Profile", 1), "Standard")
                + (_boss(person, bosses), last.get(person.email, ""))
                + (made, base.ROBOT, changed, base.ROBOT, changed)
            )
        )
    made = clock.utc(-50, 34000)
    robot = f"synchro.compta@{company.domain}"
    lines.append(
        line(
            (base.ROBOT, robot, "Synchro", "Compta", company.name, "", "", robot, 1)
            + ("Europe/Paris", NULL_ID, identifier("Profile", 2))
            + ("CloudIntegrationUser", NULL_ID, last[robot])
            + (made, base.ROBOT, made, base.ROBOT, made)
        )
    )
    return lines


def _boss(person: Person, bosses: dict[str, Person]) -> str:
    """Return the identifier of somebody's manager; nobody manages themselves."""
    boss = bosses[person.team.name]
    return NULL_ID if boss is person else boss.user_id


def _roles(company: Company) -> list[str]:
    line = writer("UserRole", ("Id", "Name"))
    return [
        line((identifier("UserRole", number), team.name))
        for number, team in enumerate(company.teams, start=1)
    ]


def _logins(
    company: Company, people: list[Person], random: Random, clock: Clock
) -> list[Login]:
    """Return every login in time order; an office session may last for days."""
    line = writer("LoginHistory", LOGIN.split(","))
    found: list[Login] = []

    def add(
        person: str, day: int, second: int, kind: str, status: str, way: str
    ) -> None:
        browser, platform = way.split("/")
        address = f"192.0.2.{len(person) * 7 % 250}"
        text = line(
            (person, clock.setup(day, second), address, "France", kind, status)
            + (browser, platform)
        )
        found.append((day, second, person, text))

    for person in people:
        field = person.team.profile == "field"
        for day in person.days:
            # Office people stay signed in; reps sign in for each short burst.
            if person.kind == "worker" and not field and random.random() < 0.22:
                continue
            mobile = field and random.random() < 0.6
            way = "Salesforce/iPhone" if mobile else "Chrome 141/Windows 11"
            second = (27000 if field else 30600) + random.randrange(4000)
            if random.random() < 0.015:
                args = ("Application", "Invalid Password", way)
                add(person.email, day, second - 60, *args)
            add(person.email, day, second, "Application", "Success", way)
            if field and random.random() < 0.4:
                evening = 65000 + random.randrange(9000)
                add(person.email, day, evening, "Application", "Success", way)
    robot = f"synchro.compta@{company.domain}"
    for day in range(clock.last + 1):
        for hour in (4, 13):
            second = hour * 3600 + 12
            add(robot, day, second, "Other Apex API", "Success", "Unknown/Unknown")
    return sorted(found)


def _downloads(logins: list[Login], clock: Clock) -> list[list[str]]:
    """Split the logins as they were downloaded: newest first, six months at a time."""
    parts: list[list[str]] = [[] for _ in range((MONTHS + 5) // 6)]
    for day, _, _, text in reversed(logins):
        parts[clock.month(day) // 6].append(text)
    return parts
