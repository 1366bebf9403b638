"""The base of the demo company: accounts, their contacts, and bought leads."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from core.demo.people import WORDS, Person, slug
from core.demo.salesforce import AUDIT, Clock, identifier, writer

BASE_SIZE = 50_000  # contacts and leads: the base of the reference campaign
MIGRATION = -3  # the day on which the integration loaded the former tool's records
ROBOT = identifier("User", 900)
ACCOUNT = (
    f"Id Name Type BillingCity BillingCountry Phone Website Industry OwnerId {AUDIT}"
)
CONTACT = (
    "Id AccountId FirstName LastName Phone MobilePhone Email Title OwnerId "
    f"HasOptedOutOfEmail DoNotCall {AUDIT} EmailBouncedReason EmailBouncedDate"
)
LEAD = (
    "Id FirstName LastName Title Company City Country Phone Email LeadSource Status "
    f"Industry OwnerId HasOptedOutOfEmail {AUDIT} DoNotCall EmailBouncedReason "
    "EmailBouncedDate"
)


@dataclass(slots=True)
class Contact:
    """A person of the base; ``account`` is empty for a lead.

    ``email`` is known once the person's line is written.
    """

    contact_id: str
    account: str
    owner: Person
    is_lead: bool
    created: int
    opted_out: bool = False
    bounced: bool = False
    refuses_calls: bool = False
    email: str = ""


@dataclass(slots=True)
class Account:
    """A company of the base and its owner."""

    account_id: str
    name: str
    owner: Person
    kind: str
    city: str
    industry: str
    created: int


def accounts(people: list[Person], random: Random) -> list[Account]:
    """Return the accounts, given to the people who are there today."""
    words = WORDS["accounts"]
    found: list[Account] = []
    for person in people:
        if not person.has_base:
            continue
        for _ in range(round(person.team.base * random.uniform(0.85, 1.15))):
            trade = random.randrange(len(words["trade"]))
            tail = random.choice(words["place"] + WORDS["people"]["last"])
            new = random.random() < 0.1 and person.creates
            found.append(
                Account(
                    identifier("Account", len(found) + 1),
                    f"{words['trade'][trade]} {tail}",
                    person,
                    random.choice(words["kind"]),
                    random.choice(words["city"]),
                    words["industry"][trade],
                    random.choice(person.days) if new else MIGRATION,
                )
            )
    return found


def contacts(rows: list[Account], random: Random) -> list[Contact]:
    """Return the contacts of the accounts, by each team's density."""
    found: list[Contact] = []
    for account in rows:
        density = account.owner.team.density
        size = int(density) + (random.random() < density % 1)
        for _ in range(max(1, size + random.choice((-1, 0, 0, 1)))):
            days = account.owner.days
            place = account.owner.since(account.created)
            late = (
                random.random() < 0.12 and place < len(days) and account.owner.creates
            )
            created = random.choice(days[place:]) if late else account.created
            number = identifier("Contact", len(found) + 1)
            found.append(
                Contact(number, account.account_id, account.owner, False, created)
            )
    return found


def leads(size: int, people: list[Person], random: Random) -> list[Contact]:
    """Return ``size`` leads bought at the start, shared out among the sellers."""
    sellers = [person for person in people if person.has_base]
    return [
        Contact(
            identifier("Lead", number + 1), "", random.choice(sellers), True, MIGRATION
        )
        for number in range(size)
    ]


def account_lines(rows: list[Account], random: Random, clock: Clock) -> list[str]:
    """Write the accounts; 40 % were last modified by their owner."""
    line = writer("Account", ACCOUNT.split())
    lines = []
    for number, row in enumerate(rows):
        created, by = _creation(row.owner, row.created, random, clock)
        changed, author = _change(row.owner, row.created, 0.4, random, clock)
        lines.append(
            line(
                (
                    row.account_id,
                    row.name,
                    row.kind,
                    "" if _lacks(row.owner, number, 31, 0.25) else row.city,
                    "France",
                    _account_phone(row, number),
                    f"https://www.{slug(row.name)}.example",
                    _industry(row, number),
                    row.owner.user_id,
                    created,
                    by,
                    changed or created,
                    author or by,
                    changed or created,
                )
            )
        )
    return lines


def people_lines(
    rows: list[Contact], names: dict[str, Account], random: Random, clock: Clock
) -> tuple[list[str], list[str]]:
    """Write contacts and leads; some were last modified by their owner."""
    contact, lead = writer("Contact", CONTACT.split()), writer("Lead", LEAD.split())
    first, last = WORDS["people"]["first"], WORDS["people"]["last"]
    slugs = {name: slug(name) for name in first + last}
    words = WORDS["accounts"]
    lines: tuple[list[str], list[str]] = ([], [])
    for number, row in enumerate(rows):
        one, two = random.choice(first), random.choice(last)
        created, by = _creation(row.owner, row.created, random, clock)
        share = 0.04 if row.is_lead else 0.35
        changed, author = _change(row.owner, row.created, share, random, clock)
        bounced = clock.utc(max(row.created, 40), 36000) if row.bounced else ""
        dates = (created, by, changed or created, author or by, changed or created)
        back = ("550 5.1.1 Adresse inconnue" if bounced else "", bounced)
        quiet = int(row.refuses_calls)
        mail = f"{slugs[one]}.{slugs[two]}{number}"
        owner, out = row.owner.user_id, int(row.opted_out)
        job = random.choice(WORDS["people"]["job"])
        if not row.is_lead and _lacks(row.owner, number, 17, 0.35):
            job = ""
        if row.is_lead:
            city = random.choice(words["city"])
            trade = random.randrange(len(words["trade"]))
            company = f"{words['trade'][trade]} {two}"
            row.email = f"{mail}@prospect.example"
            lines[1].append(
                lead(
                    (row.contact_id, one, two, job, company, city, "France")
                    + (_phone(number, "0261"), row.email)
                    + ("Fichier acheté", "Ouvert", words["industry"][trade])
                    + (owner, out, *dates, quiet, *back)
                )
            )
        else:
            row.email = f"{mail}@{slug(names[row.account].name)}.example"
            lines[0].append(
                contact(
                    (row.contact_id, row.account, one, two)
                    + (_phone(number, "0465"), _phone(number, "0639"))
                    + (row.email, job, owner, out, quiet, *dates, *back)
                )
            )
    return lines


def _creation(owner: Person, day: int, random: Random, clock: Clock) -> tuple[str, str]:
    """Return when and by whom a record was created."""
    if day == MIGRATION:
        return clock.utc(day, 36000 + random.randrange(7200)), ROBOT
    return clock.utc(day, 32400 + random.randrange(30000)), owner.user_id


def _change(
    owner: Person, created: int, share: float, random: Random, clock: Clock
) -> tuple[str, str]:
    """Return the last change, recent days being likelier; empty for none."""
    if random.random() >= share or not owner.creates:
        return "", ""
    place = owner.since(created + 1)
    size = len(owner.days) - place
    if size < 1:
        return "", ""
    day = owner.days[place + int(size * random.random() ** 0.6)]
    return clock.utc(day, 32400 + random.randrange(30000)), owner.user_id


def _lacks(owner: Person, number: int, salt: int, share: float) -> bool:
    """Tell whether a field is left empty: more often where use decays."""
    share *= 2 if owner.team.blunt else 1
    return (number * 7919 + salt * 104729) % 1000 < share * 1000


def _account_phone(row: Account, number: int) -> str:
    """Return a telephone, none, or what is typed to get past a required field."""
    if _lacks(row.owner, number, 5, 0.22):
        return ""
    return "06 00 00 00 00" if number % 17 == 0 else _phone(number, "0199")


def _industry(row: Account, number: int) -> str:
    """Return the industry, none, or a placeholder."""
    if _lacks(row.owner, number, 11, 0.3):
        return ""
    return "n/a" if number % 13 == 0 else row.industry


def _phone(number: int, range_: str) -> str:
    """Return a number of a range kept for fiction (Arcep decision 2018-0881)."""
    digits = f"{range_}{number * 7919 % 1_000_000:06d}"
    return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
