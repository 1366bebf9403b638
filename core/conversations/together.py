"""The conversations of the whole company, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core.conversations.silence import all_accounts, all_deals, opportunities
from core.rules import Rules
from core.workspace import Workspace

_UNMATCHED = ("unknown", "none")


@dataclass(frozen=True)
class Summary:
    """What the conversations say together; None is what the exports do not tell.

    ``accounts`` are those old enough to be judged, ``silent`` those without an exchange
    for ``limit`` days or ever (``never`` of them), ``quiet`` those whose silence is
    worth a call, ``talked_year`` those with an exchange in twelve months. ``since`` is
    where the exchanges begin, ``is_short`` whether that is later than the limit goes
    back. ``usual_gap`` is the median over accounts of their usual days between two
    exchanges. ``opportunities`` are open, ``without`` of them wait without an exchange,
    worth ``waiting`` by currency; ``adrift`` have no account. ``one_user`` and
    ``one_contact`` count accounts that hang on one person of ours, or of theirs.
    ``exchanges`` are all those kept, ``unmatched`` those without a known account,
    ``of_leads`` those with a person who has none yet. ``answer`` says what matters
    most: silent, waiting (opportunities), talking, or nothing to tell it from.
    """

    accounts: int | None
    silent: int | None
    never: int | None
    quiet: int | None
    new: int | None
    talked_year: int | None
    since: date | None
    is_short: bool
    limit: int
    usual_gap: float | None
    longest_gap: float | None
    opportunities: int | None
    without: int | None
    waiting: dict[str, float]
    adrift: int
    one_user: int
    one_contact: int
    exchanges: int
    unmatched: int | None
    of_leads: int
    state: str
    answer: str


def summary(workspace: Workspace, as_of: date) -> Summary:
    """Return what the conversations of the company say together."""
    rules = Rules.of(workspace.settings.rules)
    limit = int(rules["conversation.silent"])
    matches = workspace.derive("mart_conversation_match")
    matches = matches[matches["first_day"] <= pd.Timestamp(as_of)]
    kept = int(matches["exchange_count"].sum())
    since = matches["first_day"].min().date() if kept else None
    lost = matches[matches["match"].isin(_UNMATCHED)]["exchange_count"].sum()
    leads = matches[matches["match"] == "lead"]["exchange_count"].sum()
    rows = all_accounts(workspace, as_of)
    judged = rows[rows["state"] != "new"]
    told = bool(len(rows)) and kept > int(lost) + int(leads)
    counts = judged["state"].value_counts()
    silent = int(judged["is_silent"].sum())
    recent = rows["known_day"] > pd.Timestamp(as_of) - pd.DateOffset(months=12)
    deals = opportunities(workspace, as_of)
    waiting = deals[deals["is_waiting"]]
    amounts = waiting.groupby("currency")["amount"].sum()
    alone = all_deals(workspace, as_of)
    adrift = alone[alone["is_open"] & alone["account_id"].isna()]
    has_deals = told and workspace.has("opportunity")
    count = len(waiting) if has_deals else 0
    state, answer = _verdict(silent, len(judged), count, len(deals), rules)
    if not told:
        state, answer = "not_enough_data", "nothing"
    return Summary(
        accounts=len(judged) if told else None,
        silent=silent if told else None,
        never=int(counts.get("never", 0)) if told else None,
        quiet=int(counts.get("quiet", 0)) if told else None,
        new=len(rows) - len(judged) if told else None,
        talked_year=int(recent.sum()) if told else None,
        since=since,
        is_short=since is not None and (as_of - since).days < limit,
        limit=limit,
        usual_gap=_known(judged["usual_gap"].median()),
        longest_gap=_known(judged["longest_gap"].max()),
        opportunities=len(deals) if has_deals else None,
        without=len(waiting) if has_deals else None,
        waiting={str(code): float(total) for code, total in amounts.items()}
        if has_deals
        else {},
        adrift=len(adrift),
        one_user=int(judged["has_one_user"].sum()),
        one_contact=int(judged["has_one_contact"].sum()),
        exchanges=kept,
        unmatched=int(lost) if kept else None,
        of_leads=int(leads),
        state=state,
        answer=answer,
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _verdict(
    silent: int, accounts: int, waiting: int, opportunities: int, rules: Rules
) -> tuple[str, str]:
    """Return the state and what decides it: silent accounts, then open deals.

    Opportunities alone never make it worse than watch: they are today's.
    """
    share = silent / accounts if accounts else 0.0
    watch = rules["conversation.watch"]
    if share > watch:
        return "sick" if share > rules["conversation.sick"] else "watch", "silent"
    if opportunities and waiting / opportunities > watch:
        return "watch", "waiting"
    return "healthy", "silent" if silent else "talking"
