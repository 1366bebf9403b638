"""The companies of the demo: Valombre, and three that tell another story."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from core.accounts.sessions import DEMO_WORKSPACE
from core.demo.base import BASE_SIZE
from core.demo.campaigns import CAMPAIGNS, CATALOGUE, Campaign
from core.demo.people import NEVER, WORDS, Team, teams
from core.portfolio.project import Project, Reason
from core.workspace_settings import Licence, WorkspaceSettings

FILE = Path(__file__).with_name("companies.toml")
Reports = Literal["dropped", "kept", "none"]
"""What became of the visit reports, the new feature of the field teams."""


@dataclass(frozen=True)
class Company:
    """One invented company: its people, its mailings and what is said of its project.

    ``base`` are the contacts and leads together, None for as many as the accounts give
    and ``leads`` more. ``agency`` is the mailing that the CRM knows nothing of. ``age``
    is in months since the project started; ``never`` counts people who never came.
    """

    code: str
    name: str
    domain: str
    seed: int
    teams: tuple[Team, ...]
    campaigns: tuple[Campaign, ...]
    reason: Reason
    age: int
    licences: tuple[int, float]
    reports: Reports = "none"
    base: int | None = None
    leads: int = 0
    agency: Campaign | None = None
    never: tuple[tuple[str, int], ...] = ()

    @property
    def workspace_id(self) -> str:
        """The identifier of its workspace; the first company's is the demo's own."""
        if self.code == FIRST:
            return DEMO_WORKSPACE
        return f"{DEMO_WORKSPACE}-{self.code}"

    @property
    def settings(self) -> WorkspaceSettings:
        """Invented people may be shown; prices are examples."""
        bought, price = self.licences
        return WorkspaceSettings(
            privacy="names", licences=(Licence(None, bought, price),)
        )

    def project(self, year: int, month: int) -> Project:
        """Return what is said of its project, as of that month."""
        start, place = divmod(year * 12 + month - self.age, 12)
        return Project(self.reason, f"{start}-{place + 1:02d}")


FIRST = "blunted"


def first() -> Company:
    """Return Valombre, whose tool wears blunt."""
    return Company(
        code=FIRST,
        name=WORDS["company"],
        domain=WORDS["domain"],
        seed=1,
        teams=tuple(teams()),
        campaigns=CAMPAIGNS,
        reason="replacement",
        age=16,
        licences=(130, 80.0),
        reports="dropped",
        base=BASE_SIZE,
        agency=CATALOGUE,
        never=tuple(NEVER.items()),
    )


@cache
def others() -> tuple[Company, ...]:
    """Return the companies of companies.toml, in their order."""
    found = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(_company(code, entry) for code, entry in found.items())


def _company(code: str, entry: dict[str, Any]) -> Company:
    mailing = entry["campaign"]
    targeted, bounced, opted_out, opened, clicked, converted = mailing["counts"]
    campaign = Campaign(
        name=mailing["name"],
        age=mailing["age"],
        targeted=targeted,
        bounced=bounced,
        opted_out=opted_out,
        opened=opened,
        clicked=clicked,
        converted=converted,
        cost=mailing["cost"],
        won=tuple(mailing["won"]),
    )
    return Company(
        code=code,
        name=entry["name"],
        domain=entry["domain"],
        seed=entry["seed"],
        teams=tuple(Team(**team) for team in entry["team"]),
        campaigns=(campaign,),
        reason=entry["project"],
        age=entry["age"],
        licences=tuple(entry["licences"]),
        reports=entry["reports"],
        leads=entry["leads"],
    )


def codes() -> dict[str, str]:
    """Return the code of each company by its workspace, the first one first."""
    return {one.workspace_id: one.code for one in (first(), *others())}
