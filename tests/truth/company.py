"""One company of known truth: its Salesforce exports, and who its people are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tests.truth import exports
from tests.truth.kinds import plan_of
from tests.truth.people import Machine, Person
from tests.truth.plan import Plan
from tests.truth.records import Deeds, SignIns, Stocks, deeds, sign_ins
from tests.truth.truth import Truth, truths

Tables = dict[str, pa.Table]


@dataclass
class Company:
    """A company, drawn. ``tables`` are its exports by file name without extension."""

    plan: Plan
    seed: int
    deeds: Deeds
    sign_ins: SignIns
    stocks: Stocks
    tables: Tables

    @property
    def kind(self) -> str:
        return self.plan.kind

    @property
    def as_of(self) -> date:
        return self.plan.end

    @property
    def people(self) -> list[Person]:
        return self.plan.people

    @property
    def machines(self) -> list[Machine]:
        return self.plan.machines

    @cached_property
    def days(self) -> dict[int, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
        """Return by person the days of sign-in and the day of each visible action."""
        found = {}
        logins, actions = self.sign_ins, self.deeds
        for person in self.people:
            mine = (logins.actor == person.number) & logins.counts
            seen = logins.day[mine] if self.plan.has_logins else logins.day[:0]
            done = actions.day[actions.actor == person.number]
            found[person.number] = (
                np.unique(seen),
                np.sort(done) if self.plan.has_records else done[:0],
            )
        return found

    @cached_property
    def truth(self) -> dict[str, Truth]:
        """Return what is true of each user, by identifier."""
        return truths(self.plan, self.days)

    def write(self, folder: Path) -> list[Path]:
        """Write the exports and return their paths."""
        return exports.write(self.tables, folder)


def draw(kind: str, seed: int, attempt: int = 0) -> Company:
    """Draw a company; the same arguments always give the same."""
    plan = plan_of(kind, seed, attempt)
    stocks = Stocks()
    signed = sign_ins(plan)
    done = deeds(plan, signed, stocks)
    tables = exports.tables(plan, signed, stocks)
    return Company(plan, seed, done, signed, stocks, tables)
