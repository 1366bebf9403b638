"""The activity pyramid: fewer accounts than contacts, fewer contacts than calls.

A healthy base holds two to three contacts an account, each called two to three times a
year: 1 000 accounts, 2 500 contacts, 5 000 calls (Skama's reference).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

CONTACTS_PER_ACCOUNT = 2.5
CALLS_PER_CONTACT = 2.0
# Below these shares of the contacts, calls make a stump, then a diamond.
STUMP_CALLS = 0.1
DIAMOND_CALLS = 0.9
WORKED_WEEKS = 44
# Ratios that lost this part of themselves in a year have fallen: a belief.
FALLEN = 0.15


def shape(accounts: float, contacts: float, calls: float | None) -> str | None:
    """Return the shape of a base: pyramid, diamond, stump or inverted.

    ``calls`` are those of a year. The shapes are tested in this order: inverted (fewer
    contacts than accounts), stump (calls under a tenth of the contacts), diamond (under
    nine tenths), else pyramid. Without accounts, contacts or known calls: None.
    """
    if not accounts or not contacts or calls is None or math.isnan(calls):
        return None
    if contacts < accounts:
        return "inverted"
    if calls < STUMP_CALLS * contacts:
        return "stump"
    if calls < DIAMOND_CALLS * contacts:
        return "diamond"
    return "pyramid"


def expected(
    accounts: float,
    contacts_per_account: float = CONTACTS_PER_ACCOUNT,
    calls_per_contact: float = CALLS_PER_CONTACT,
) -> tuple[float, float]:
    """Return the contacts, and the calls a year, that ``accounts`` should have."""
    contacts = accounts * contacts_per_account
    return contacts, contacts * calls_per_contact


def reachable(
    accounts: float,
    held: tuple[float, float],
    contacts_per_account: float = CONTACTS_PER_ACCOUNT,
    calls_per_contact: float = CALLS_PER_CONTACT,
) -> tuple[float, float]:
    """Return the contacts and the calls a year to reach from what is ``held``.

    ``held`` are the accounts and the contacts of today: those that ``accounts`` keep
    want their calls too, were they more than asked.
    """
    now_accounts, now_contacts = held
    part = min(1.0, accounts / now_accounts) if now_accounts else 0.0
    contacts = max(accounts * contacts_per_account, now_contacts * part)
    return contacts, contacts * calls_per_contact


def missing_calls(
    contacts: float, calls: float, calls_per_contact: float = CALLS_PER_CONTACT
) -> float:
    """Return what lacks to ``calls_per_contact`` calls a year for each contact."""
    return max(0.0, contacts * calls_per_contact - calls)


def missing_calls_per_week(missing: float, people: int) -> float | None:
    """Return the missing calls of a year as calls per person and worked week."""
    return missing / WORKED_WEEKS / people if people else None


def fall(ratios: Sequence[float]) -> tuple[float, float] | None:
    """Return the first and the last of a year's ratios where they fell, else None.

    A loss of less than FALLEN is none.
    """
    known = [one for one in ratios if not math.isnan(one)]
    if len(known) < 2 or known[-1] > (1 - FALLEN) * known[0]:
        return None
    return known[0], known[-1]


def ratio(part: float | None, whole: float | None) -> float | None:
    """Return part / whole, None when there is nothing to divide."""
    if part is None or whole is None or math.isnan(part) or math.isnan(whole):
        return None
    return float(part) / float(whole) if whole else None


def read(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows of ``mart_pyramid`` or ``mart_pyramid_owner`` with what they say.

    Adds ``shape``, ``contacts_per_account``, ``calls_per_contact`` (a year) and
    ``missing_calls``; each is None where the row cannot tell.
    """

    def of(row: Any) -> tuple[Any, ...]:
        known = not (pd.isna(row.accounts) or pd.isna(row.contacts))
        calls = None if pd.isna(row.calls) else float(row.calls)
        if not known:
            return None, None, None, None
        return (
            shape(row.accounts, row.contacts, calls),
            ratio(row.contacts, row.accounts),
            ratio(calls, row.contacts),
            None if calls is None else missing_calls(row.contacts, calls),
        )

    names = ["shape", "contacts_per_account", "calls_per_contact", "missing_calls"]
    readings = [of(row) for row in rows.itertuples()]
    added = pd.DataFrame(readings, columns=names, index=rows.index, dtype=object)
    return rows.join(added.astype(dict.fromkeys(names[1:], "float64")))
