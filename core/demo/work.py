"""What people did in the demo company's CRM, day after day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from random import Random

from core.demo.base import Contact
from core.demo.companies import Reports
from core.demo.people import WORDS, Person
from core.demo.salesforce import AUDIT, Clock, identifier, writer

SUBJECTS = WORDS["subjects"]
TASK = (
    "Id WhoId Subject ActivityDate Status Priority OwnerId Type AccountId IsClosed "
    f"{AUDIT} CallDurationInSeconds CallType CompletedDateTime"
)
EVENT = (
    "Id WhoId Subject ActivityDateTime ActivityDate DurationInMinutes AccountId "
    f"OwnerId Type {AUDIT}"
)
MAIL = (
    "Id CreatedById CreatedDate LastModifiedDate LastModifiedById SystemModstamp "
    "Subject FromName FromAddress ToAddress Incoming Status MessageDate RelatedToId"
)
CASE = (
    "Id CaseNumber ContactId AccountId Status Reason Origin Subject Priority IsClosed "
    f"OwnerId {AUDIT}"
)
REPORT = f"Id OwnerId Name {AUDIT} Compte__c Date_de_visite__c Synthese__c"


class Work:
    """The activities of everybody, as lines of each export."""

    def __init__(
        self,
        contacts: list[Contact],
        people: list[Person],
        random: Random,
        clock: Clock,
        reports: Reports = "dropped",
    ) -> None:
        """Prepare whom each person talks to; ``reports`` is the new feature's fate."""
        self._reports = reports
        self.random, self.clock = random, clock
        self.lines: dict[str, list[str]] = defaultdict(list)
        self._write: dict[str, Callable[[tuple[object, ...]], str]] = {
            "Task": writer("Task", TASK.split()),
            "Event": writer("Event", EVENT.split()),
            "EmailMessage": writer("EmailMessage", MAIL.split()),
            "Case": writer("Case", CASE.split()),
            "Compte_Rendu_de_Visite__c": writer(
                "Compte_Rendu_de_Visite__c", REPORT.split()
            ),
        }
        self._mine: dict[int, list[Contact]] = defaultdict(list)
        self._team: dict[str, list[Contact]] = defaultdict(list)
        for contact in contacts:
            self._mine[contact.owner.number].append(contact)
            self._team[contact.owner.team.name].append(contact)
        self._everyone = contacts
        self._typists = _typists(people)
        # A new module, well launched: people tried it for two months, then no more.
        self._launch = int(clock.last * 0.45)
        for person in people:
            if person.kind == "worker":
                self._live(person)

    def call_back(
        self, clicked: list[tuple[Contact, int, int | None]], random: Random
    ) -> None:
        """Call some of those who clicked in a campaign, and all who then converted.

        ``random`` is apart from the one that everything else is drawn from.
        """
        for contact, day, late in clicked:
            chance, wait = random.random(), 1 + random.randrange(9)
            last = late if late is not None else self.clock.last
            days = [one for one in contact.owner.days if day < one <= last]
            called = [one for one in days if one >= day + wait] or days
            if called and contact.owner.creates and (late is not None or chance < 0.55):
                second = 32400 + random.randrange(28000)
                missed = late is None and random.random() < 0.4
                duration = random.randrange(25) if missed else None
                self._call(
                    contact.owner,
                    contact,
                    called[0],
                    second,
                    0.2 + 0.8 * chance,
                    duration,
                )

    def _live(self, person: Person) -> None:
        team, random = person.team, self.random
        base = self._mine[person.number] or self._team[team.name] or self._everyone
        # One account in eight is never talked to.
        base = base[: max(1, len(base) * 7 // 8)]
        share = len(self._mine[person.number]) or team.base * team.density
        yearly = max(1.0, team.rhythm * 218)
        calls = team.calls * share / yearly if team.base else 0.3
        for day in person.days:
            for second in self._moments(person, calls):
                self._call(person, random.choice(base), day, second, random.random())
            self._others(person, base, day)

    def _moments(self, person: Person, mean: float) -> Iterator[int]:
        """Yield seconds of the day, about ``mean`` of them, in the person's rhythm."""
        random = self.random
        size = int(mean * random.uniform(0.4, 1.6) + random.random())
        for _ in range(size):
            if person.team.profile == "field":
                yield random.choice((27000, 45000, 64800)) + random.randrange(5400)
            else:
                yield 31500 + random.randrange(32400)

    def _others(self, person: Person, base: list[Contact], day: int) -> None:
        random, profile = self.random, person.team.profile
        support = person.team.name == "Service clients"
        meetings = {"field": 0.55, "occasional": 0.7}.get(profile, 0.03)
        for second in self._moments(person, meetings):
            self._meeting(person, random.choice(base), day, second)
        for second in self._moments(person, 0.9 if person.team.base else 1.2):
            self._task(person, random.choice(base), day, second)
        if person.logs_mail:
            for second in self._moments(person, 1.1):
                self._mail(person, random.choice(base), day, second)
        if support:
            for second in self._moments(person, 2.2):
                self._case(person, random.choice(base), day, second)
        if profile == "field" and random.random() < self._novelty(person, day):
            self._report(person, random.choice(base), day)

    def _novelty(self, person: Person, day: int) -> float:
        """Return the chance that a rep writes a visit report on that day."""
        age = day - self._launch
        if age < 0 or self._reports == "none":
            return 0.0
        if age < 70 or self._reports == "kept":
            return 0.3
        return 0.3 * max(0.0, 1 - (age - 70) / 35) if person.number % 9 else 0.02

    def _add(self, sobject: str, *values: object) -> None:
        rows = self.lines[sobject]
        number = identifier(sobject, len(rows) + 1)
        rows.append(self._write[sobject]((number, *values)))

    def _typist(self, person: Person, day: int) -> Person:
        """Return who types calls and visits: for some reps, an assistant who is in."""
        other = self._typists.get(person.number)
        return other if other is not None and other.is_in(day) else person

    def _dates(self, person: Person, day: int, second: int) -> tuple[str, ...]:
        moment, user = self.clock.utc(day, second), person.user_id
        return moment, user, moment, user, moment

    def _call(
        self,
        person: Person,
        contact: Contact,
        day: int,
        second: int,
        chance: float,
        duration: int | None = None,
    ) -> None:
        dates = self._dates(self._typist(person, day), day, second)
        inbound = person.team.name == "Service clients" or chance < 0.12
        # Most people leave the type blank: the duration and the subject tell.
        self._add(
            "Task",
            contact.contact_id,
            SUBJECTS["call"][int(chance * len(SUBJECTS["call"]))],
            self.clock.midnight(day),
            "Terminé",
            "Normal",
            person.user_id,
            "Appel" if chance < 0.6 else "",
            contact.account,
            1,
            *dates,
            int(30 + chance * 900) if duration is None else duration,
            "Inbound" if inbound else "Outbound",
            dates[0],
        )

    def _task(self, person: Person, contact: Contact, day: int, second: int) -> None:
        done = self.clock.last - day > 20 or self.random.random() < 0.5
        dates = self._dates(person, day, second)
        self._add(
            "Task",
            contact.contact_id,
            self.random.choice(SUBJECTS["task"]),
            self.clock.midnight(min(day + 7, self.clock.last)),
            "Terminé" if done else "Non commencé",
            "Normal",
            person.user_id,
            "",
            contact.account,
            int(done),
            *dates,
            "",
            "",
            dates[0] if done else "",
        )

    def _meeting(self, person: Person, contact: Contact, day: int, second: int) -> None:
        self._add(
            "Event",
            contact.contact_id,
            self.random.choice(SUBJECTS["meeting"]),
            self.clock.utc(day, second // 1800 * 1800),
            self.clock.midnight(day),
            self.random.choice((30, 60, 60, 90)),
            contact.account,
            person.user_id,
            "Rendez-vous",
            *self._dates(self._typist(person, day), day, second),
        )

    def _mail(self, person: Person, contact: Contact, day: int, second: int) -> None:
        moment, user = self.clock.utc(day, second), person.user_id
        self._add(
            "EmailMessage",
            *(user, moment, moment, user, moment),
            self.random.choice(SUBJECTS["mail"]),
            f"{person.first_name} {person.last_name}",
            person.email,
            f"contact{contact.contact_id[10:15]}@client.example",
            0,
            "3",
            moment,
            contact.account,
        )

    def _case(self, person: Person, contact: Contact, day: int, second: int) -> None:
        closed = self.clock.last - day > 10 or self.random.random() < 0.7
        subject = self.random.choice(SUBJECTS["case"])
        self._add(
            "Case",
            f"{len(self.lines['Case']) + 1:08d}",
            contact.contact_id,
            contact.account,
            "Clos" if closed else "Nouveau",
            subject,
            self.random.choice(("Téléphone", "E-mail", "Site")),
            subject,
            "Moyenne",
            int(closed),
            person.user_id,
            *self._dates(person, day, second),
        )

    def _report(self, person: Person, contact: Contact, day: int) -> None:
        self._add(
            "Compte_Rendu_de_Visite__c",
            person.user_id,
            f"CR-{len(self.lines['Compte_Rendu_de_Visite__c']) + 1:05d}",
            *self._dates(person, day, 63000 + self.random.randrange(7000)),
            contact.account,
            self.clock.midnight(day),
            self.random.choice(SUBJECTS["report"]),
        )


def _typists(people: list[Person]) -> dict[int, Person]:
    """Return who types for whom: two people of support, three reps each."""
    found: dict[int, Person] = {}
    support = [one for one in people if one.team.name == "Service clients"]
    for assistant, team in zip(
        support[1:3], ("Île-de-France", "Grand Ouest"), strict=False
    ):
        reps = [one for one in people if one.team.name == team and one.creates]
        found |= {rep.number: assistant for rep in reps[:3]}
    return found
