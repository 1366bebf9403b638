"""Invented projects for the demo's portfolio: their facts, judged by the real rules."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from core import headline, pyramid, steps
from core.demo.generate import last_complete_month
from core.i18n import text
from core.indicators import Usage
from core.periods import ENOUGH_DAYS
from core.portfolio.figures import Figures, of_company
from core.portfolio.project import Project
from core.portfolio.rows import Row, row
from core.readings import Base, Company
from core.rules import DEFAULTS
from core.steps import Leads

FILE = Path(__file__).with_name("portfolio.toml")


@cache
def _facts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["project"]
    return found


def _company(facts: dict[str, Any], day: date) -> Company:
    calls, accounts = float(facts["calls"]), facts["accounts"]
    shape = pyramid.shape(accounts, facts["contacts"], calls)
    people, in_range = facts["people"], facts["in_range"]
    return Company(
        month=day.isoformat()[:7],
        days_known=10 * ENOUGH_DAYS,
        working_days=21,
        usage=Usage(
            people=people,
            in_range=in_range,
            below=people - in_range,
            login_days=None,
            active_days=None,
            previous_active_days=None,
            actions_per_day=None,
            previous_actions_per_day=None,
            idle=0,
            idle_share=0.0,
            up=facts["up"],
            down=facts["down"],
            stable=people - facts["up"] - facts["down"],
            compared=people,
        ),
        base=Base(accounts, facts["contacts"], calls, shape),
        symptoms=tuple(facts["symptoms"]),
    )


def rows(language: str, today: date) -> list[Row]:
    """Return a row an invented project; each is marked as an example."""
    day = last_complete_month(today)
    found = []
    for facts in _facts():
        company = _company(facts, day)
        verdict = headline.company(company)
        leads = Leads(symptom=next(iter(company.symptoms), ""), asleep=facts["asleep"])
        first = steps.first(company, verdict, leads)[0]
        figures = Figures(
            "told",
            state=verdict.state,
            headline=of_company(verdict.headline),
            as_of=day,
            licensed=facts["licensed"],
            active=facts["active"],
            habit=tuple(facts["habit"]),
            asleep=facts["asleep"],
            cost=facts["asleep"] * facts["price"],
            symptoms=company.symptoms,
            step=first.what,
            step_code=first.code,
        )
        start = pd.Timestamp(today) - pd.DateOffset(months=facts["start"])
        project = Project(
            reason=facts["reason"],
            start=f"{start:%Y-%m}",
            next_step=text(f"demo.portfolio.{facts['next_step']}", language),
            due=today + timedelta(days=facts["due"]),
        )
        found.append(
            row(
                ("", facts["name"]),
                project,
                figures,
                DEFAULTS,
                today=today,
                is_example=True,
            )
        )
    return found
