"""What is said of conversations: lengths of silence, verdicts, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from core.conversations import Summary
from core.i18n import formats, plural
from core.visit import Visit

YEAR = 365
_MONTH = 30.44
# From here on, a length is told in months, then in years.
_IN_MONTHS, _IN_YEARS = 61, 730
CHIPS = {
    "silent": "at_risk",
    "never": "at_risk",
    "quiet": "watch",
    "talking": "healthy",
    "new": "not_enough_data",
}
"""The colour of each state of a conversation."""


def length(days: float, language: str) -> str:
    """Return a length of time as people say it: "12 jours", "5 mois", "2 ans"."""
    if days < _IN_MONTHS:
        return plural("count.day", round(days), language)
    if days < _IN_YEARS:
        count = round(days / _MONTH)
        return plural("page.conversations.months", count, language)
    return plural("page.conversations.years", int(days // 365.25), language)


def since(visit: Visit, found: Summary) -> str:
    """Return since when silent accounts have been: "depuis un an"."""
    if found.is_short and found.since is not None:
        day = formats.day(found.since, visit.language)
        return visit.text("page.conversations.since_start", day=day)
    if found.limit == YEAR:
        return visit.text("page.conversations.since_year")
    days = plural("count.day", found.limit, visit.language)
    return visit.text("page.conversations.since_days", days=days)


def answer(visit: Visit, found: Summary) -> str:
    """Return the page's title: what matters most among the conversations."""
    if found.answer == "waiting":
        sums = amounts(found.waiting, visit.language)
        return plural(
            f"page.conversations.answer.{'at_stake' if sums else 'waiting'}",
            found.without or 0,
            visit.language,
            opportunities=formats.number(found.opportunities, visit.language),
            amounts=sums,
        )
    return silent(visit, found)


def silent(visit: Visit, found: Summary) -> str:
    """Return how many accounts have had no exchange for long."""
    if not found.silent:
        talking = "page.conversations.answer.talking"
        return visit.text(talking, since=since(visit, found))
    return plural(
        "page.conversations.answer.silent",
        found.silent,
        visit.language,
        accounts=formats.number(found.accounts, visit.language),
        since=since(visit, found),
    )


def amounts(waiting: Mapping[str, float], language: str) -> str:
    """Return amounts by currency, never added: "12 000 € et 3 000 $US"."""
    written = [
        formats.money(amount, language, currency=code)
        for code, amount in sorted(waiting.items(), key=lambda one: -one[1])
        if amount
    ]
    return formats.listing(written, language)


def of_account(visit: Visit, account: Mapping[str, Any], as_of: date) -> str:
    """Return what is said first of one account's conversation."""
    language, state, name = visit.language, account["state"], account["name"]
    if state in ("never", "new"):
        return visit.text(f"page.conversations.account.{state}", name=name)
    gap = float(account["gap"])
    said = length(gap, language)
    if state == "talking" and gap < 1:
        return visit.text("page.conversations.account.today", name=name)
    if state == "quiet" and account["reason"] == "rhythm":
        usual = length(max(1.0, float(account["usual_gap"])), language)
        return visit.text(
            "page.conversations.account.rhythm", name=name, length=said, usual=usual
        )
    if state == "quiet" and account["reason"] == "opportunity":
        return visit.text(
            "page.conversations.account.opportunity", name=name, length=said
        )
    return visit.text(f"page.conversations.account.{state}", name=name, length=said)


def holder(row: Mapping[str, Any]) -> str:
    """Return who holds an account or an opportunity, and their team."""
    parts = [row.get("owner_name"), row.get("team")]
    return ", ".join(str(part) for part in parts if not formats.is_absent(part))


def own(name: str, account: str) -> str:
    """Return an opportunity's name without its account's, which stands beside it."""
    rest = name.removeprefix(account).lstrip(" -\u2013\u2014:/|")
    return rest[:1].upper() + rest[1:] if rest else name


def sums(visit: Visit, row: Mapping[str, Any]) -> dict[str, str]:
    """Return what is open with an account and what was won, each "" without any."""
    said = {
        name: formats.money(
            row[f"{name}_amount"], visit.language, currency=str(row["currency"])
        )
        if row[f"{name}_amount"]
        else ""
        for name in ("open", "won")
    }
    if row["open_count"] and not said["open"]:
        count = row["open_count"]
        said["open"] = plural("page.conversations.open_deals", count, visit.language)
    return said


def worth(visit: Visit, row: Mapping[str, Any]) -> str:
    """Return what is open with an account and what was won; nothing without any."""
    money, said = sums(visit, row), []
    if row["open_count"]:
        count = row["open_count"]
        deals = plural("page.conversations.open_deals", count, visit.language)
        amount = money["open"] if row["open_amount"] else ""
        said.append(f"{deals}{visit.text('common.colon')}{amount}" if amount else deals)
    if money["won"]:
        said.append(visit.text("page.conversations.won", amount=money["won"]))
    return ", ".join(said)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as mappings."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]
