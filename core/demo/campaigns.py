"""The campaigns of the demo company: who sent them, and how many end at each step."""

from __future__ import annotations

from dataclasses import dataclass

from core.demo.base import Contact

# Won amounts of the reference campaign: 14 000 euros for 4 000 spent, a ROI of 2.5.
WON = (6200.0, 4800.0, 3000.0)


@dataclass(frozen=True)
class Campaign:
    """A mailing: how many people end at each step, and what it cost.

    A person has one status, the furthest step reached; ``opened`` counts the people
    who stopped there, and so on. ``age`` is in days before the last day. ``tool`` is
    the mailing tool that sent it, empty for the CRM's own.
    """

    name: str
    age: int
    targeted: int
    bounced: int
    opted_out: int
    opened: int
    clicked: int
    converted: int
    cost: float | None
    won: tuple[float, ...] = ()
    kind: str = "E-mail"
    tool: str = ""

    def statuses(self) -> list[str]:
        """Return one status a person targeted."""
        steps = {
            "Rejeté": self.bounced,
            "Désinscrit": self.opted_out,
            "Ouvert": self.opened,
            "Cliqué": self.clicked,
            "Converti": self.converted,
        }
        steps["Envoyé"] = self.targeted - sum(steps.values())
        return [status for status, size in steps.items() for _ in range(size)]


REFERENCE = Campaign(
    "Offre postes de travail", 52, 5000, 100, 50, 2900, 90, 10, 4000.0, WON
)
SHOWROOM = Campaign(
    "Invitation au showroom de Lyon",
    206,
    *(380, 4, 2, 130, 34, 12),
    cost=2600.0,
    won=(18400.0,),
    kind="Invitation",
)
LETTER = Campaign(
    "Lettre aux prospects",
    160,
    *(7200, 331, 118, 1493, 48, 3),
    cost=5400.0,
    won=(2900.0,),
    kind="Lettre d'information",
    tool="brevo",
)
WEBINAR = Campaign(
    "Webinaire acoustique",
    96,
    *(2400, 19, 9, 690, 96, 21),
    cost=None,
    won=(7600.0, 5100.0),
    kind="Webinaire",
    tool="mailchimp",
)
CAMPAIGNS = (REFERENCE, SHOWROOM, LETTER, WEBINAR)
# Sent by an agency that the CRM knows nothing of: no record, no cost.
CATALOGUE = Campaign(
    "Catalogue des nouveautés", 80, 1400, 62, 12, 420, 60, 0, None, tool="hubspot"
)
KNOWN = 900  # of whom so many had received the webinar's mail, or received the next one


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person written to: the status they end at, and when they reached it."""

    contact: Contact
    status: str
    day: int
    second: int


@dataclass(frozen=True)
class Mailing:
    """What a mailing tool sent, and on which day."""

    campaign: Campaign
    start: int
    recipients: list[Recipient]
