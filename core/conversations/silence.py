"""Every account's conversation: since when it is silent, and what that means.

A silence is told against the account's own rhythm, against a limit for active accounts
and a shorter one while an opportunity is open.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

import pandas as pd

from core.answers import Answers
from core.rules import Rules
from core.workspace import Workspace

STATES = ("silent", "never", "quiet", "talking", "new")
"""Where a conversation stands, those to look at first."""
BUCKETS = ("month", "quarter", "half", "year", "longer", "never")
_OWNER = ("owner_id", "owner_name")
# Half a year, where the limits in force leave room for it.
_HALF = 183
_found: Answers[pd.DataFrame] = Answers(16)
_deals: Answers[pd.DataFrame] = Answers(16)
_groups: Answers[pd.DataFrame] = Answers(32)


def _key(workspace: Workspace, as_of: date) -> tuple[Hashable, ...]:
    rules = Rules.of(workspace.settings.rules)
    folder, state = str(workspace.store.folder), workspace.manifest.state
    return folder, state, as_of, rules.key, workspace.settings.currency


def all_deals(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return the opportunities of the mart, each with a currency."""

    def compute() -> pd.DataFrame:
        day = as_of.isoformat()
        rows = workspace.derive("mart_conversation_opportunity", as_of=day)
        currency = rows["currency"].fillna(workspace.settings.currency)
        return rows.assign(currency=currency)

    return _deals.get(_key(workspace, as_of), compute)


def all_accounts(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return `accounts` unprotected."""
    return _found.get(_key(workspace, as_of), lambda: _compute(workspace, as_of))


def _compute(workspace: Workspace, as_of: date) -> pd.DataFrame:
    rules = Rules.of(workspace.settings.rules)
    rows = workspace.derive("mart_conversation_account", as_of=as_of.isoformat())
    known = rows[["last_day", "told_day"]].max(axis=1)
    span = (rows["last_day"] - rows["first_day"]).dt.days
    rhythmic = rows["day_count"] >= rules["conversation.known"]
    rows = rows.assign(
        known_day=known,
        gap=(pd.Timestamp(as_of) - known).dt.days.astype("float64"),
        usual_gap=(span / (rows["day_count"] - 1).clip(lower=1)).where(rhythmic),
    )
    rows = _worth(rows, all_deals(workspace, as_of), workspace.settings.currency)
    return _judged(rows, rules, pd.Timestamp(as_of))


def _worth(rows: pd.DataFrame, deals: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Add what is open and won with each account, in the currency used most.

    Amounts in other currencies are never added to it: ``has_other_currency`` tells.
    """
    main = deals["currency"].mode()
    code = str(main.iloc[0]) if len(main) else currency
    mine = deals[deals["account_id"].notna()]
    same = mine[mine["currency"] == code]
    by = same.groupby(["account_id", "is_open"])["amount"].sum().unstack("is_open")
    number = mine[mine["is_open"]].groupby("account_id").size()
    others = set(mine.loc[mine["currency"] != code, "account_id"])
    at = rows["account_id"]
    return rows.assign(
        open_amount=at.map(by.get(True, pd.Series(dtype="float64"))).fillna(0.0),
        won_amount=at.map(by.get(False, pd.Series(dtype="float64"))).fillna(0.0),
        open_count=at.map(number).fillna(0).astype("int64"),
        has_other_currency=at.isin(others),
        currency=code,
    )


def _judged(rows: pd.DataFrame, rules: Rules, day: pd.Timestamp) -> pd.DataFrame:
    """Add the ``state`` of each conversation and the ``reason`` of a quiet one."""
    gap, short = rows["gap"], rules["conversation.opportunity"]
    long = gap > rules["conversation.quiet"]
    waiting = (gap > short) & (rows["open_count"] > 0)
    broken = (gap > short) & (gap > rules["conversation.rhythm"] * rows["usual_gap"])
    young = (day - rows["created_day"]).dt.days <= short
    state = pd.Series("talking", index=rows.index)
    state = state.mask(long | waiting | broken, "quiet")
    state = state.mask(gap > rules["conversation.silent"], "silent")
    state = state.mask(gap.isna(), "never").mask(gap.isna() & young, "new")
    reason = pd.Series("long", index=rows.index).mask(broken, "rhythm")
    reason = reason.mask(waiting, "opportunity").where(state == "quiet")
    return rows.assign(state=state, reason=reason, is_silent=_is_silent(state))


def _is_silent(state: pd.Series) -> pd.Series:
    return state.isin(["silent", "never"])


def _shown(workspace: Workspace, rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return rows without what this viewer may not see of who holds them.

    Where only teams are shown, a team of too few holders is not named either.
    """
    if workspace.privacy != "teams":
        return workspace.protect(rows, _OWNER)
    known = teams(workspace, as_of)
    named = set(known.loc[~known["is_suppressed"], "team"].dropna())
    team = rows["team"].where(rows["team"].isin(named), None)
    return rows.assign(team=team, **dict.fromkeys(_OWNER))


def accounts(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return one row an account, as this viewer may see it.

    Columns: those of ``mart_conversation_account``, and

        known_day   last exchange, or the last that the CRM itself tells of
        gap         days since then; NaN when there never was one
        usual_gap   usual days between two exchanges; NaN when they are too few
        open_count, open_amount, won_amount, currency, has_other_currency
        state       one of STATES; `reason` of quiet: long, rhythm or opportunity
        is_silent   silent or never
    """
    return _shown(workspace, all_accounts(workspace, as_of), as_of)


def opportunities(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return one row an open opportunity whose account is known, longest wait first.

    Columns: those of ``mart_conversation_opportunity``, ``account_name``,
    ``account_type``, ``known_day`` (last exchange with the account), ``gap`` (days
    since then, or since it was opened), and ``is_waiting`` (over the limit).
    """
    rules = Rules.of(workspace.settings.rules)
    deals = all_deals(workspace, as_of)
    deals = deals[deals["is_open"] & deals["account_id"].notna()]
    names = {"name": "account_name"}
    known = all_accounts(workspace, as_of).rename(columns=names)
    columns = ["account_id", "account_name", "account_type", "known_day"]
    rows = deals.merge(known[columns], on="account_id", how="inner")
    start = rows[["known_day", "opened_day"]].max(axis=1)
    gap = (pd.Timestamp(as_of) - start).dt.days
    rows = rows.assign(
        gap=gap.astype("float64"), is_waiting=gap > rules["conversation.opportunity"]
    )
    rows = rows.sort_values(["gap", "amount"], ascending=False, kind="stable")
    return _shown(workspace, rows.reset_index(drop=True), as_of)


def teams(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return one row a team of holders: accounts, silent and quiet ones.

    Columns: team, people, accounts, silent, quiet, is_suppressed. Where only teams are
    shown, those of too few people are null.
    """
    key = (*_key(workspace, as_of), workspace.privacy, workspace.settings.k)
    return _groups.get(key, lambda: _teams(workspace, as_of)).copy(deep=False)


def _teams(workspace: Workspace, as_of: date) -> pd.DataFrame:
    rows = all_accounts(workspace, as_of)
    rows = rows[rows["state"] != "new"]
    marks = rows.assign(
        one=1,
        silent=rows["is_silent"].astype("int64"),
        quiet=(rows["state"] == "quiet").astype("int64"),
    )
    figures = {
        "accounts": ("one", "sum"),
        "silent": ("silent", "sum"),
        "quiet": ("quiet", "sum"),
    }
    period = f"conversation:{as_of}"
    return workspace.by_group(marks, "team", figures, person="owner_id", period=period)


def buckets(rows: pd.DataFrame, rules: Rules) -> list[tuple[str, int, int, str]]:
    """Return how many accounts each length of silence counts, the shortest first.

    Each is (code of BUCKETS, its longest day or 0, accounts, state): talking up to the
    limit of active accounts, then quiet, then silent. The limits in force bound them;
    those that meet leave no bucket between them.
    """
    short, quiet, silent = (
        int(rules[f"conversation.{name}"])
        for name in ("opportunity", "quiet", "silent")
    )
    half = _HALF if quiet < _HALF < silent else (quiet + silent) // 2
    ends = {"month": short, "quarter": quiet, "half": half}
    rows = rows[rows["state"] != "new"]
    found: list[tuple[str, int, int, str]] = []
    start = -1
    for code, end in {**ends, "year": silent}.items():
        if min(end, silent) > start:
            end = min(end, silent)
            inside = rows["gap"].between(start + 1, end)
            state = "talking" if end <= quiet else "quiet"
            found.append((code, end, int(inside.sum()), state))
            start = end
    found.append(("longer", 0, int((rows["gap"] > silent).sum()), "silent"))
    found.append(("never", 0, int(rows["gap"].isna().sum()), "silent"))
    return found
