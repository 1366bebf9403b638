"""Opportunities and campaigns of the demo company, with the reference funnel."""

from __future__ import annotations

from random import Random

from core.demo.base import ROBOT, Account, Contact
from core.demo.campaigns import (
    KNOWN,
    REFERENCE,
    WEBINAR,
    Campaign,
    Mailing,
    Recipient,
)
from core.demo.companies import Company
from core.demo.people import WORDS, Person
from core.demo.salesforce import AUDIT, NULL_ID, Clock, identifier, writer

OPPORTUNITY = (
    "Id AccountId Name StageName Amount Probability CloseDate LeadSource IsClosed "
    f"IsWon CampaignId OwnerId {AUDIT} ContactId"
)
CAMPAIGN = (
    "Id Name Type Status StartDate EndDate BudgetedCost ActualCost NumberSent "
    f"IsActive NumberOfLeads NumberOfContacts OwnerId {AUDIT}"
)
MEMBER = (
    f"Id CampaignId LeadId ContactId Status HasResponded {AUDIT} FirstRespondedDate"
)
STAGES = ("Qualification", "Analyse des besoins", "Proposition", "Négociation")
PROBABILITY = {"won": 100, "lost": 0, "open": 40}


class Sales:
    """The opportunities, campaigns and members, as lines of each export."""

    def __init__(
        self,
        company: Company,
        accounts: list[Account],
        contacts: list[Contact],
        leads: list[Contact],
        people: list[Person],
        random: Random,
        clock: Clock,
    ) -> None:
        """Write campaigns first: they decide who opted out and who bounced."""
        self.random, self.clock = random, clock
        self.lines: dict[str, list[str]] = {"Campaign": [], "CampaignMember": []}
        self.lines["Opportunity"] = []
        # Who clicked, on which day, and by which day they converted after a call.
        self.clicked: list[tuple[Contact, int, int | None]] = []
        self._accounts = {account.account_id: account for account in accounts}
        self._contacts, self._leads = contacts, leads
        if company.base and len(contacts) + len(leads) != company.base:
            raise ValueError("the reference funnel starts from another base")
        self.mailings: list[Mailing] = []
        self._reserved: set[str] = set()
        self._reached: list[Contact] = []
        marketing = [p for p in people if p.team.name == "Marketing" and p.days]
        for number, campaign in enumerate(company.campaigns, start=1):
            self._campaign(number, campaign, marketing[number % len(marketing)])
        self._background(people)
        if company.agency is not None:
            self._agency(company.agency, Random(71))

    def _campaign(self, number: int, campaign: Campaign, owner: Person) -> None:
        """Write a campaign, its members and the deals it won.

        Of a mailing tool's campaign, the CRM holds those who converted only.
        """
        key = identifier("Campaign", number)
        start = self._start(campaign)
        statuses = campaign.statuses()
        self.random.shuffle(statuses)
        # Call lists read best with accounts and phones: more contacts than leads.
        known = min(len(self._contacts), int(campaign.targeted * 0.6))
        chosen = self._choose(self._contacts, known)
        chosen += self._choose(self._leads, campaign.targeted - known)
        line = writer("CampaignMember", MEMBER.split())
        rows = self.lines["CampaignMember"]
        converted: list[Contact] = []
        recipients: list[Recipient] = []
        for contact, status in zip(chosen, statuses, strict=True):
            self._reserved.add(contact.contact_id)
            contact.bounced |= status == "Rejeté"
            contact.opted_out |= status == "Désinscrit"
            if status == "Converti":
                converted.append(contact)
            responded = status in ("Cliqué", "Converti")
            sent = self.clock.utc(start, 34200)
            after = start + min(campaign.age, int(self.random.random() ** 3 * 12))
            second = 36000 + self.random.randrange(28000)
            seen = self.clock.utc(after, second)
            recipients.append(Recipient(contact, status, after, second))
            changed = sent if status == "Envoyé" else seen
            late = None
            if status == "Converti" and len(converted) % 3 == 0:
                late = min(after + 12, self.clock.last)
                changed = self.clock.utc(late, 50000)
            if responded and (status == "Cliqué" or late is not None):
                self.clicked.append((contact, after, late))
                contact.refuses_calls = (
                    campaign.tool != "" and len(self.clicked) % 17 == 0
                )
            if campaign.tool and status != "Converti":
                continue
            rows.append(
                line(
                    (
                        identifier("CampaignMember", len(rows) + 1),
                        key,
                        contact.contact_id if contact.is_lead else NULL_ID,
                        NULL_ID if contact.is_lead else contact.contact_id,
                        status,
                        int(responded),
                        *(sent, ROBOT, changed, ROBOT, changed),
                        self.clock.midnight(after) if responded else "",
                    )
                )
            )
        if campaign.tool:
            self.mailings.append(Mailing(campaign, start, recipients))
        if campaign in (WEBINAR, REFERENCE):
            away = ("Rejeté", "Désinscrit")
            self._reached += [r.contact for r in recipients if r.status not in away]
        self._write_campaign(key, campaign, owner, start, known)
        buyers = [one for one in converted if one.account and one.owner.creates]
        for amount, buyer in zip(campaign.won, buyers, strict=False):
            self._deal(buyer, start + 14, key, "won", amount)

    def _start(self, campaign: Campaign) -> int:
        """Return the day of a campaign: a working day."""
        start = self.clock.last - campaign.age
        return start + {5: 2, 6: 1}.get(self.clock.day(start).weekday(), 0)

    def _agency(self, campaign: Campaign, random: Random) -> None:
        """Write to people who hear of other campaigns too, and to a few new ones.

        ``random`` is apart from the one that everything else is drawn from.
        """
        start, statuses = self._start(campaign), campaign.statuses()
        new = campaign.targeted - KNOWN
        free = [row for row in self._contacts if row.contact_id not in self._reserved]
        # Who refuses or has no mailbox left was written to by nobody else.
        fresh, lost = random.sample(free, new), campaign.bounced + campaign.opted_out
        others = fresh[lost:] + random.sample(self._reached, KNOWN)
        random.shuffle(others)
        recipients = []
        for contact, status in zip(fresh[:lost] + others, statuses, strict=True):
            contact.bounced |= status == "Rejeté"
            contact.opted_out |= status == "Désinscrit"
            after = start + int(random.random() ** 3 * 12)
            second = 36000 + random.randrange(28000)
            recipients.append(Recipient(contact, status, after, second))
        self.mailings.append(Mailing(campaign, start, recipients))

    def _choose(self, rows: list[Contact], size: int) -> list[Contact]:
        """Return people nobody has written to yet, who may be written to."""
        free = [row for row in rows if row.contact_id not in self._reserved]
        return self.random.sample(free, size)

    def _write_campaign(
        self, key: str, campaign: Campaign, owner: Person, start: int, known: int
    ) -> None:
        days = owner.days[: owner.since(start)] or owner.days[:1]
        made = self.clock.utc(days[-1], 36000)
        self.lines["Campaign"].append(
            writer("Campaign", CAMPAIGN.split())(
                (
                    key,
                    campaign.name,
                    campaign.kind,
                    "Terminée",
                    self.clock.midnight(start),
                    self.clock.midnight(start + 30),
                    5000,
                    "" if campaign.cost is None else campaign.cost,
                    campaign.targeted,
                    1,
                    campaign.targeted - known,
                    known,
                    owner.user_id,
                    *(made, owner.user_id, made, owner.user_id, made),
                )
            )
        )

    def _deal(
        self, contact: Contact, day: int, campaign: str, status: str, amount: float
    ) -> None:
        """Write an opportunity, opened on the owner's first day of use from ``day``."""
        owner = contact.owner
        rows = self.lines["Opportunity"]
        number = len(rows) + 1
        place = min(owner.since(day), len(owner.days) - 1)
        opened = owner.days[place] if owner.days else day
        closing = opened + self.random.randint(12, 70)
        if status != "open":
            closing = min(closing, self.clock.last)
        later = [day for day in owner.days[place:] if day <= closing]
        changed = later[-1] if later else opened
        stage = {"won": "Fermée gagnée", "lost": "Fermée perdue"}.get(status)
        account = self._accounts[contact.account]
        if status == "open" and closing <= self.clock.last and number % 8:
            # Most people move the date of a deal that drags on.
            closing = self.clock.last + 5 + number % 50
        product = WORDS["product"][number % len(WORDS["product"])]
        second = 32400 + self.random.randrange(25000)
        made, mended = self.clock.utc(opened, second), self.clock.utc(changed, 61000)
        rows.append(
            writer("Opportunity", OPPORTUNITY.split())(
                (
                    identifier("Opportunity", number),
                    account.account_id,
                    f"{account.name} - {product}",
                    stage or self.random.choice(STAGES),
                    amount,
                    PROBABILITY[status],
                    self.clock.midnight(min(closing, self.clock.last + 60)),
                    "Campagne" if campaign else "Prospection",
                    int(status != "open"),
                    int(status == "won"),
                    campaign or NULL_ID,
                    owner.user_id,
                    *(made, owner.user_id, mended, owner.user_id, mended),
                    contact.contact_id,
                )
            )
        )

    def _background(self, people: list[Person]) -> None:
        """Write the ordinary deals: about two a month for a full-time seller."""
        mine: dict[int, list[Contact]] = {}
        for contact in self._contacts:
            mine.setdefault(contact.owner.number, []).append(contact)
        for person in people:
            base = mine.get(person.number)
            if not base or not person.creates:
                continue
            for day in person.days:
                if self.random.random() < 0.09:
                    age = self.clock.last - day
                    ended = age > 75 and self.random.random() < 0.9
                    won = self.random.random() < 0.38
                    status = ("won" if won else "lost") if ended else "open"
                    amount = round(self.random.lognormvariate(8.6, 0.8), -1)
                    self._deal(self.random.choice(base), day, "", status, amount)
