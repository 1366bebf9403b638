"""One account's conversation on one line: who, by which channel, and the silences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from core.conversations.silence import accounts
from core.rules import Rules
from core.workspace import Workspace

_OURS = ("user_id", "user_name")
_THEIRS = ("contact_id", "contact_name", "contact_title")


@dataclass(frozen=True)
class Line:
    """The conversation with one account, up to a day.

    ``account`` is its row of `core.conversations.silence`. ``events`` are rows of
    ``mart_conversation`` as this viewer may see them: names of ours are null where
    teams are shown, names of theirs for a role that does not see customers' people.
    ``silences`` are start, end, days and is_current of each run of days over ``limit``
    without an exchange.
    """

    account: Mapping[str, Any]
    events: pd.DataFrame
    silences: pd.DataFrame
    limit: int
    as_of: date

    @property
    def exchanges(self) -> pd.DataFrame:
        """The exchanges among the events."""
        return self.events[self.events["event"] == "exchange"]

    @property
    def longest(self) -> Mapping[str, Any] | None:
        """The longest silence, None when none is over the limit."""
        if self.silences.empty:
            return None
        row = self.silences.nlargest(1, "days").iloc[0]
        return {str(name): value for name, value in row.items()}


def line(workspace: Workspace, as_of: date, account_id: str) -> Line | None:
    """Return the conversation with an account, None for one that is not known."""
    known = accounts(workspace, as_of)
    rows = known[known["account_id"] == account_id]
    if rows.empty:
        return None
    account = {str(name): value for name, value in rows.iloc[0].items()}
    events = workspace.derive(
        "mart_conversation", account_id=account_id, as_of=as_of.isoformat()
    )
    if workspace.privacy == "teams":
        events = events.assign(**dict.fromkeys(_OURS))
    else:
        events = workspace.protect(events, _OURS)
    if not workspace.rights.can_see_contacts:
        events = events.assign(**dict.fromkeys(_THEIRS))
    limit = _limit(account, Rules.of(workspace.settings.rules))
    days = events.loc[events["event"] == "exchange", "day"]
    return Line(account, events, _silences(days, as_of, limit), limit, as_of)


def _limit(account: Mapping[str, Any], rules: Rules) -> int:
    """Return the days of silence worth drawing: the account's own, or the company's."""
    quiet, floor = rules["conversation.quiet"], rules["conversation.opportunity"]
    usual = account["usual_gap"]
    own = quiet if pd.isna(usual) else rules["conversation.rhythm"] * float(usual)
    return int(min(quiet, max(floor, own)))


def _silences(days: pd.Series, as_of: date, limit: int) -> pd.DataFrame:
    """Return the runs of more than ``limit`` days between exchanges, and up to now."""
    known = days.drop_duplicates().sort_values().reset_index(drop=True)
    ends = pd.concat([known, pd.Series([pd.Timestamp(as_of)])], ignore_index=True)
    starts = ends.shift(1)
    found = pd.DataFrame({"start": starts, "end": ends})
    found["days"] = (found["end"] - found["start"]).dt.days
    found["is_current"] = found.index == len(found) - 1
    return found[found["days"] > limit].reset_index(drop=True)
