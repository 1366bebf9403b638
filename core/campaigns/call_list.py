"""Who a campaign gives to call and to write to again: choice, order, shares, exits.

The call list is read once, with what became of each person since; a choice narrows it,
and the page, the button and the file all count the rows of that choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from core.campaigns import follow_up
from core.workspace import Workspace

List = Literal["call", "second_mail"]
Condition = Literal["phone", "may_call", "sure", "no_opportunity", "waiting"]
Order = Literal["worth", "oldest"]

CONDITIONS: tuple[Condition, ...] = (
    *("phone", "may_call", "sure", "no_opportunity", "waiting"),
)
"""What a choice may ask of each person of the call list."""
REASONS = ("bounced", "opted_out", "complained", "converted", "clicked")
"""Why somebody is left out of a list; the first that holds counts."""
_MARTS: dict[List, str] = {"call": "mart_call_list", "second_mail": "mart_second_mail"}


@dataclass(frozen=True)
class Choice:
    """Whom of the call list somebody wants, and in which order; all, unless said.

    ``owner`` is an ``owner_id`` of the list, ``team`` an ``owner_team``.
    """

    owner: str | None = None
    team: str | None = None
    conditions: frozenset[Condition] = field(default_factory=frozenset)
    order: Order = "worth"

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is set aside."""
        return not (self.owner or self.team or self.conditions)


def read(workspace: Workspace, campaign_id: str, which: List = "call") -> pd.DataFrame:
    """Return the people of a list, those worth most first, as this viewer sees them.

    Those to call carry ``state`` and ``last_call_day`` of `follow_up`. Where only teams
    are shown, the teams of too few people lose their name. Raises NotAllowed for who
    may not see customers' persons.
    """
    people = workspace.query(_MARTS[which], campaign_id=campaign_id)
    if workspace.privacy == "teams":
        shown = follow_up.shown_teams(workspace, _MARTS[which], campaign_id)
        known = people["owner_team"].isin(shown)
        people = people.assign(owner_team=people["owner_team"].where(known))
    if which == "second_mail":
        return people
    marks = follow_up.people(workspace, campaign_id)
    columns = ["person_id", "state", "last_call_day", "from_day"]
    people = people.merge(marks[columns], on="person_id", how="left")
    if follow_up.summary(workspace, campaign_id).lack:
        people = people.assign(state=None, last_call_day=None)
    return ordered(people)


def ordered(people: pd.DataFrame, order: Order = "worth") -> pd.DataFrame:
    """Return the people in order.

    By worth: who refuses calls comes last, after those whose click may be a robot's;
    before that, the amount of the open opportunity, an open opportunity without an
    amount, the number of clicks, the latest click, a known telephone, the name.
    By ``oldest``: the day of the click, the oldest first, then by worth.
    """
    frame = people.assign(
        _doubtful=people["click_doubt"].notna(),
        _amount=people["opportunity_amount"].fillna(0),
        _silent=_silent(people),
    )
    keys = {
        "do_not_call": True,
        "_doubtful": True,
        "_amount": False,
        "has_open_opportunity": False,
        "click_count": False,
        "clicked_day": False,
        "_silent": True,
        "name": True,
    }
    frame = frame.sort_values(
        list(keys), ascending=list(keys.values()), na_position="last", kind="stable"
    )
    if order == "oldest":
        frame = frame.sort_values("from_day", na_position="last", kind="stable")
    return frame[people.columns].reset_index(drop=True)


def _silent(people: pd.DataFrame) -> pd.Series:
    return people["phone"].isna() & people["mobile"].isna()


def _holds(people: pd.DataFrame, condition: Condition) -> pd.Series:
    match condition:
        case "phone":
            return ~_silent(people)
        case "may_call":
            return ~people["do_not_call"].astype(bool)
        case "sure":
            return people["click_doubt"].isna()
        case "no_opportunity":
            return ~people["has_open_opportunity"].astype(bool)
        case "waiting":
            return people["state"] == "waiting"


def useful(people: pd.DataFrame) -> tuple[Condition, ...]:
    """Return the conditions that some of the people meet and some do not."""
    return tuple(
        condition
        for condition in CONDITIONS
        if 0 < int(_holds(people, condition).sum()) < len(people)
    )


def select(people: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Return who is chosen, in the order that was asked."""
    kept = pd.Series(True, index=people.index)
    if choice.owner:
        kept &= people["owner_id"] == choice.owner
    if choice.team:
        kept &= people["owner_team"] == choice.team
    for condition in choice.conditions:
        kept &= _holds(people, condition)
    return ordered(people[kept], choice.order)


@dataclass(frozen=True)
class Share:
    """The people of one owner or one team; ``name`` is None for those of nobody."""

    name: str | None
    people: pd.DataFrame
    is_team: bool = False


def shares(people: pd.DataFrame) -> list[Share]:
    """Return the people by owner, or by team where no owner is shown.

    The share of nobody comes last. Without owner and team all are one share.
    """
    by, label = "owner_id", "owner_name"
    if not people[by].notna().any():
        by = label = "owner_team"
    found = [
        Share(str(part[label].iloc[0]), part, label == by)
        for _, part in people.groupby(by, sort=False)
    ]
    found.sort(key=lambda share: str(share.name))
    rest = people[people[by].isna()]
    return [*found, Share(None, rest, label == by)] if len(rest) or not found else found


def exits(workspace: Workspace, campaign_id: str) -> Mapping[List, dict[str, int]]:
    """Return how many persons each list leaves out, by reason, in REASONS' order."""
    rows = workspace.query("mart_list_exit", campaign_id=campaign_id)
    counts = {
        (row["list"], row["reason"]): int(row["person_count"])
        for row in rows.to_dict("records")
    }
    return {
        which: {r: counts[which, r] for r in REASONS if counts.get((which, r))}
        for which in _MARTS
    }


def flagged(people: pd.DataFrame) -> dict[str, int]:
    """Return how many of the people carry each warning: they stay on the list."""
    counts = {
        "do_not_call": int(people["do_not_call"].sum()),
        "doubt": int(people["click_doubt"].notna().sum()),
        "opportunity": int(people["has_open_opportunity"].sum()),
        "no_phone": int(_silent(people).sum()),
    }
    return {name: count for name, count in counts.items() if count}
