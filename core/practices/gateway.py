"""The mailbox gateway: who logs mails from Outlook or Gmail, and since when not.

A mail counts for the person who entered it. Those of mass mailings, and those that a
program captured in somebody's name, tell nothing of a habit: they are counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from core import people
from core.practices.reading import (
    ENOUGH_PEOPLE,
    Practice,
    active,
    high_is_good,
    limits,
    present,
    share,
    told,
)
from core.workspace import Workspace

WEEKS = 4
# Somebody who logged fewer mails than this tried the gateway, and did not adopt it.
_TRIED = 5


@dataclass(frozen=True)
class Gateway:
    """Mails logged by people in the 28 days that end on the day of reading.

    ``emails_per_user_week`` is over the people who log any, None when nobody does;
    ``is_told`` whether the exports hold mails at all.
    ``given_up`` are people here who logged mails and have stopped. ``captured`` are
    mails that a program entered, ``mass`` those of mailings; ``paced`` people log so
    many a day that a tool must do it for them. ``rows`` has one row a person present:
    user_id, name, team, state, profile, is_active, logs, emails_per_week, first_day,
    last_day, silent_days, has_given_up, is_paced, captured, mass.
    """

    practice: Practice
    users_with_email: int
    active: int
    emails: int
    emails_per_user_week: float | None
    is_told: bool
    given_up: int
    captured: int
    mass: int
    paced: int
    rows: pd.DataFrame

    @property
    def share_of_active(self) -> float | None:
        """The people who log mails among the active ones."""
        return share(self.users_with_email, self.active)


def read(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Gateway:
    """Return the use of the gateway by the people in ``rows``, or by everybody.

    ``rows`` are some of those of `core.people.everyone` at ``as_of``.
    """
    rules = limits(workspace)
    known = people.everyone(workspace, as_of) if rows is None else rows
    mails = workspace.derive("mart_user_email", as_of=as_of.isoformat())
    names = ["user_id", "name", "team", "state", "profile", "recent_active_days"]
    frame = present(known)[names].merge(mails, on="user_id", how="left")
    counts = ["recent_count", "recent_days", "recent_mass", "recent_captured"]
    frame[[*counts, "total_count"]] = frame[[*counts, "total_count"]].fillna(0)
    frame["is_active"] = frame["recent_active_days"] > 0
    frame["logs"] = frame["recent_count"] > 0
    frame["emails_per_week"] = frame["recent_count"] / WEEKS
    silent = (pd.Timestamp(as_of) - frame["last_day"]).dt.days
    frame["silent_days"] = silent
    frame["has_given_up"] = (frame["total_count"] >= _TRIED) & (
        silent >= rules["practice.gateway.given_up"]
    )
    a_day = frame["recent_count"] / frame["recent_days"].where(frame["recent_days"] > 0)
    frame["is_paced"] = a_day >= rules["practice.gateway.captured"]
    frame = frame.rename(columns={"recent_mass": "mass", "recent_captured": "captured"})
    users, emails = int(frame["logs"].sum()), int(frame["recent_count"].sum())
    per_week = emails / users / WEEKS if users else None
    of_active = len(active(known))
    seen = bool(
        mails[["total_count", "recent_mass", "recent_captured"]].to_numpy().any()
    )
    given_up = int(frame["has_given_up"].sum())
    value = share(users, of_active)
    values: dict[str, float] = {
        "users": users,
        "active": of_active,
        "given_up": given_up,
    }
    values |= {"per_week": per_week or 0.0, "share": value or 0.0}
    if value is None or of_active < ENOUGH_PEOPLE or not seen:
        practice = Practice(
            "gateway", "not_enough_data", values=values, missing=("email",)
        )
    else:
        state, limit = high_is_good(value, rules, "gateway")
        practice = Practice("gateway", state, value, limit, values)
    return Gateway(
        practice=practice,
        users_with_email=users,
        active=of_active,
        emails=emails,
        emails_per_user_week=per_week,
        is_told=seen,
        given_up=given_up,
        captured=int(frame["captured"].sum()),
        mass=int(frame["mass"].sum()),
        paced=int(frame["is_paced"].sum()),
        rows=frame.drop(columns=["recent_active_days", "recent_days"]),
    )


def weeks(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the last 26 whole weeks: week (Monday), people, emails, captured apart.

    ``people`` log mails that week. Weeks before the first mail of anybody are left out,
    those without any count 0.
    """
    known = people.everyone(workspace, as_of) if rows is None else rows
    frame = workspace.derive("mart_user_email_week", as_of=as_of.isoformat())
    frame = frame[frame["user_id"].isin(present(known)["user_id"])]
    by_week = frame.groupby("week").agg(
        people=("user_id", "nunique"), emails=("email_count", "sum")
    )
    if by_week.empty:
        return pd.DataFrame({"week": [], "people": [], "emails": []})
    last = pd.Timestamp(as_of) - pd.Timedelta(days=pd.Timestamp(as_of).weekday() + 7)
    if pd.Timestamp(as_of).weekday() == 6:
        last += pd.Timedelta(days=7)
    every = pd.date_range(
        by_week.index.min(), max(last, by_week.index.max()), freq="7D"
    )
    return by_week.reindex(every, fill_value=0).rename_axis("week").reset_index()


def card(workspace: Workspace, as_of: date) -> Practice:
    """Return the forgotten gateway as a sign of the project, company-wide.

    Unknown where only teams are shown and it would tell of few.
    """
    return shown(workspace, read(workspace, as_of))


def shown(workspace: Workspace, found: Gateway) -> Practice:
    """Return what may be told of the people who log mails, and of those who do not."""
    users = found.users_with_email
    return told(workspace, found.practice, users, found.active - users)


def stored_outside(workspace: Workspace) -> bool:
    """Tell whether the CRM may keep captured mails where no export shows them.

    Einstein Activity Capture does so in Salesforce: such mails are on the screen and
    not among the records.
    """
    reports = (r for record in workspace.manifest.imports for r in record.reports)
    return any(report.vendor == "salesforce" for report in reports)


def report(workspace: Workspace, as_of: date) -> dict[str, float | int | None] | None:
    """Return ``email_gateway`` of the headless report.

    None without any mail, and where only teams are shown and it would tell of few.

    Whoever logs mails is active, so that ``share_of_active`` is a true share.
    """
    found = read(workspace, as_of)
    if not found.is_told or shown(workspace, found) is not found.practice:
        return None
    return {
        "users_with_email": found.users_with_email,
        "share_of_active": found.share_of_active,
        "emails_per_user_week": found.emails_per_user_week,
    }
