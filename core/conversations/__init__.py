"""Conversations: all exchanges with one company, over any channel and with anybody.

A conversation has no end date, only silences. Here are the accounts that nobody talks
to, the open opportunities without a word, one account's line, and how much of all that
the CRM keeps: basic (meetings, notes, tasks), advanced (mails, calls, web meetings,
chat) or social (networks).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from core.conversations.silence import (
    BUCKETS,
    STATES,
    accounts,
    buckets,
    opportunities,
    teams,
)
from core.conversations.thread import Line, line
from core.conversations.together import Summary, summary
from core.conversations.tracking import TIERS, Channel, Tier, tier, tiers
from core.workspace import Workspace

__all__ = [
    "BUCKETS",
    "STATES",
    "TIERS",
    "Channel",
    "Line",
    "Summary",
    "Tier",
    "accounts",
    "buckets",
    "line",
    "opportunities",
    "report",
    "summary",
    "teams",
    "tier",
    "tiers",
]


def report(workspace: Workspace, as_of: date) -> dict[str, Any]:
    """Return the figures of the headless report; None is what the exports do not tell.

    ``tier`` is none, basic, advanced or social; ``accounts_with_exchange_12m`` and
    ``silent_accounts`` count accounts, ``open_opportunities_without_exchange``
    opportunities, ``unmatched`` exchanges for which no account was found.
    """
    found = summary(workspace, as_of)
    return {
        "tier": tier(workspace, as_of).code,
        "accounts_with_exchange_12m": found.talked_year,
        "silent_accounts": found.silent,
        "open_opportunities_without_exchange": found.without,
        "unmatched": found.unmatched,
    }
