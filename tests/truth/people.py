"""The people of a company: their jobs, their habits, what happens to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tests.truth.days import Numbers

# What a person does, one word for each way of leaving a trace.
CALL, EMAIL, TODO, MEETING = "call", "email", "todo", "meeting"
OPPORTUNITY, OPPORTUNITY_EDIT = "opportunity", "opportunity_edit"
CONTACT, CONTACT_EDIT = "contact", "contact_edit"
ACCOUNT, ACCOUNT_EDIT = "account", "account_edit"
Mix = Mapping[str, float]

ADDRESS_BOOK: Mix = {CONTACT: 0.52, CONTACT_EDIT: 0.2, ACCOUNT: 0.18, ACCOUNT_EDIT: 0.1}


@dataclass(frozen=True)
class Job:
    """How people of a trade use a CRM; pairs are the range of a person's own mean.

    ``days`` is days of a full week, ``actions`` per day. ``shape`` is the form of a
    day: "desk" from morning to evening, "evening" one sitting after the visits,
    "bursts" a few minutes between two of them, "visit" a look in office hours.
    ``looks`` is the share of days on which nothing is typed, ``open`` the share of
    people whose session stays open for days.
    """

    profile: str
    days: tuple[float, float]
    actions: tuple[float, float]
    shape: str
    mix: Mix
    looks: float = 0.0
    open: float = 0.3
    mobile: float = 0.0


_TELESALES: Mix = {
    CALL: 0.62,
    EMAIL: 0.12,
    TODO: 0.06,
    MEETING: 0.02,
    OPPORTUNITY: 0.03,
    OPPORTUNITY_EDIT: 0.06,
    CONTACT: 0.04,
    CONTACT_EDIT: 0.03,
    ACCOUNT: 0.01,
    ACCOUNT_EDIT: 0.01,
}
_INSIDE: Mix = {
    CALL: 0.36,
    EMAIL: 0.24,
    TODO: 0.1,
    MEETING: 0.04,
    OPPORTUNITY: 0.06,
    OPPORTUNITY_EDIT: 0.1,
    CONTACT: 0.05,
    CONTACT_EDIT: 0.03,
    ACCOUNT: 0.01,
    ACCOUNT_EDIT: 0.01,
}
_SUPPORT: Mix = {
    CALL: 0.5,
    EMAIL: 0.28,
    TODO: 0.12,
    CONTACT: 0.03,
    CONTACT_EDIT: 0.05,
    ACCOUNT_EDIT: 0.02,
}
_FIELD: Mix = {
    CALL: 0.24,
    EMAIL: 0.12,
    TODO: 0.1,
    MEETING: 0.27,
    OPPORTUNITY: 0.06,
    OPPORTUNITY_EDIT: 0.09,
    CONTACT: 0.06,
    CONTACT_EDIT: 0.03,
    ACCOUNT: 0.02,
    ACCOUNT_EDIT: 0.01,
}
_MANAGER: Mix = {
    CALL: 0.1,
    EMAIL: 0.16,
    TODO: 0.28,
    MEETING: 0.22,
    OPPORTUNITY_EDIT: 0.14,
    ACCOUNT_EDIT: 0.04,
    CONTACT: 0.06,
}
_MARKETING: Mix = {
    TODO: 0.3,
    EMAIL: 0.2,
    CONTACT: 0.27,
    CONTACT_EDIT: 0.13,
    ACCOUNT_EDIT: 0.05,
    MEETING: 0.05,
}

# The source gives field people 3 to 5 days a week; METRICS 1.1 gives desks 5 and
# managers 1 to 3. Nobody is drawn in between, where no reader could tell.
JOBS: Mapping[str, Job] = {
    "telesales": Job("always_connected", (4.75, 5), (5, 10), "desk", _TELESALES),
    "inside": Job("always_connected", (4.65, 5), (4, 8), "desk", _INSIDE),
    "support": Job("always_connected", (4.75, 5), (5, 10), "desk", _SUPPORT, open=0.5),
    "assistant": Job("always_connected", (4.65, 5), (5, 9), "desk", _INSIDE),
    "evening": Job("field", (3.2, 4.6), (4, 9), "evening", _FIELD, mobile=0.4),
    "mobile": Job("field", (3.2, 4.2), (3, 8), "bursts", _FIELD, open=0.4, mobile=0.9),
    "key_account": Job("field", (3.1, 3.9), (3, 7), "bursts", _FIELD, mobile=0.3),
    "manager": Job(
        *("occasional", (1.0, 1.9), (2, 5), "visit", _MANAGER), looks=0.3, open=0.15
    ),
    "marketing": Job("occasional", (1.2, 2.0), (3, 7), "visit", _MARKETING, open=0.0),
}


@dataclass(frozen=True)
class Leave:
    """Days off in a row, both included; ``told`` when the absence file says so."""

    first: date
    last: date
    told: bool


@dataclass
class Person:
    """One user of the CRM.

    ``level`` multiplies, day by day, the chance to come; ``works`` the number of
    actions; ``mix`` is what they do. ``story`` is what the person is made to be.
    """

    number: int
    name: tuple[str, str]
    team: str
    job: Job
    created: date
    days: float
    actions: float
    week: Numbers
    level: Numbers
    works: Numbers
    mix: Mix
    story: str = "steady"
    open_session: bool = False
    mobile: bool = False
    left: date | None = None
    leaves: list[Leave] = field(default_factory=list)
    off_weekday: int | None = None
    zone: str = "Europe/Paris"
    types_for: tuple[int, ...] = ()
    last_seen: date | None = None
    is_manager: bool = False
    weekend: float = 0.0
    refreshes: bool = False
    struggles: bool = False

    @property
    def user_id(self) -> str:
        return identifier("005", self.number)

    @property
    def username(self) -> str:
        first, last = self.name
        return f"{first}.{last}{self.number}@societe.example".lower().replace(" ", "")


@dataclass(frozen=True)
class Machine:
    """A user that is no person. ``sign`` is what shows it: type, name or rhythm."""

    number: int
    name: tuple[str, str]
    sign: str
    nightly: bool
    created: date

    @property
    def user_id(self) -> str:
        return identifier("005", self.number)

    @property
    def username(self) -> str:
        return f"user{self.number}@societe.example"


def identifier(prefix: str, number: int) -> str:
    """Return an identifier of 18 characters, as Salesforce writes them."""
    return f"{prefix}7Q00000{number:05d}AAA"


FIRST: tuple[str, ...] = (
    "Anne",
    "Bruno",
    "Chloé",
    "David",
    "Émilie",
    "Farid",
    "Gaëlle",
    "Hugo",
)
FIRST += ("Inès", "Julien", "Karima", "Louis", "Maëva", "Nicolas", "Odile", "Paul")
FIRST += ("Quentin", "Rachel", "Samir", "Théo", "Ursule", "Valérie", "Yann", "Zoé")
LAST: tuple[str, ...] = (
    "Martin",
    "Lefèvre",
    "Garçon",
    "Nguyen",
    "Benali",
    "Roux",
    "Péan",
    "Müller",
)
LAST += ("Da Silva", "Le Goff", "Traoré", "Faure", "Noël", "Blanc", "Ibáñez", "Caron")


def habits(job: Job, rng: np.random.Generator) -> tuple[float, float, Numbers]:
    """Return a person's own days a week, actions a day, and taste for each weekday."""
    days = rng.uniform(*job.days)
    actions = rng.uniform(*job.actions)
    if job.shape == "visit":
        # The day of the sales meeting, and now and then another one.
        week = np.full(5, max(days - 0.93, 0.07) / 4)
        week[rng.integers(5)] = 0.93
    else:
        week = np.full(5, days / 5)
        if days < 4.6:
            # Visits have their days: some weekdays are rather on the road.
            lean = rng.permutation([-0.12, -0.06, 0.0, 0.06, 0.12])
            week = week + lean * min(1.0, (5 - days) * 1.2)
    return days, actions, np.clip(week, 0.01, 0.995)
