"""How much of its conversations a CRM keeps: basic, advanced or social.

Basic is meetings, notes and tasks; advanced adds mails in and out, calls, web meetings
and chat; social adds the networks. A channel counts once enough of the people who log
anything log that: what one person tries is not what the company keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.rules import Rules
from core.workspace import Workspace

TIERS: Mapping[str, tuple[str, ...]] = {
    "basic": ("meeting", "note", "task"),
    "advanced": ("call", "email_out", "email_in", "web_meeting", "chat"),
    "social": ("social",),
}
"""The channels of each tier, the lowest tier first."""
CHANNELS = tuple(code for codes in TIERS.values() for code in codes)
# Mails are one family: a CRM that keeps them both ways has one habit, not two.
_FAMILY = {"email_in": "email", "email_out": "email"}
FAMILIES = 2
"""Families of advanced channels that make a conversation advanced (belief)."""


@dataclass(frozen=True)
class Channel:
    """One channel: how many exchanges, by how many of those who log anything.

    ``state`` is kept, rare (too few people) or absent; ``people`` and ``exchanges``
    are None where so few people are not to be told of.
    """

    code: str
    state: str
    people: int | None
    exchanges: int | None


@dataclass(frozen=True)
class Tier:
    """The tier that the exchanges of twelve months show.

    ``code`` is none, basic, advanced or social, None without any exchange;
    ``next_code`` the tier after, None for the last; ``missing`` the channels to keep
    for it; ``people`` those who log anything.
    """

    code: str | None
    next_code: str | None
    missing: tuple[str, ...]
    channels: tuple[Channel, ...]
    people: int | None

    def of(self, code: str) -> Channel:
        """Return one of the channels."""
        return next(channel for channel in self.channels if channel.code == code)


def _step(kept: set[str], logged: bool) -> tuple[str | None, str | None]:
    """Return the tier that the channels kept make, and the next one."""
    families = {_FAMILY.get(code, code) for code in kept}
    wide = families & {_FAMILY.get(code, code) for code in TIERS["advanced"]}
    if len(wide) >= FAMILIES:
        return ("social", None) if "social" in kept else ("advanced", "social")
    if kept:
        return "basic", "advanced"
    return ("none", "basic") if logged else (None, None)


def _missing(kept: set[str], code: str | None) -> tuple[str, ...]:
    """Return the channels of tier ``code`` that are not kept."""
    families = {_FAMILY.get(one, one) for one in kept}
    return tuple(
        one
        for one in TIERS.get(code or "", ())
        if one not in kept and not ("email" in kept and _FAMILY.get(one) in families)
    )


def _tier(
    people: Mapping[str, float],
    exchanges: Mapping[str, float],
    all_: float,
    least: float,
) -> Tier:
    """Return the tier of people per channel among ``all_`` of them.

    Exchanges of nobody known are kept by whoever entered them: they count alone.
    """
    channels: list[Channel] = []
    codes = [*CHANNELS, *(["email"] if exchanges.get("email") else [])]
    for code in codes:
        count = int(exchanges.get(code, 0))
        share = people.get(code, 0) / all_ if all_ else float(count > 0)
        state = "absent" if not count else "kept" if share >= least else "rare"
        channels.append(Channel(code, state, int(people.get(code, 0)), count))
    kept = {one.code for one in channels if one.state == "kept"}
    reached, next_code = _step(kept, any(exchanges.values()))
    return Tier(
        code=reached,
        next_code=next_code,
        missing=_missing(kept, next_code),
        channels=tuple(channels),
        people=int(all_),
    )


def _rows(workspace: Workspace, as_of: date) -> pd.DataFrame:
    return workspace.derive("mart_conversation_channel", as_of=as_of.isoformat())


def tier(workspace: Workspace, as_of: date) -> Tier:
    """Return the tier of the company, from the exchanges of twelve months."""
    rows = _rows(workspace, as_of)
    by = rows.groupby("channel")
    found = _tier(
        {str(code): float(n) for code, n in by["user_id"].nunique().items()},
        {str(code): float(n) for code, n in by["exchange_count"].sum().items()},
        rows["user_id"].nunique(),
        Rules.of(workspace.settings.rules)["conversation.channel"],
    )
    if workspace.privacy != "teams":
        return found
    k = workspace.settings.k
    told = tuple(
        Channel(one.code, one.state, None, None)
        if one.people is not None and 0 < one.people < k
        else one
        for one in found.channels
    )
    return Tier(found.code, found.next_code, found.missing, told, found.people)


def tiers(workspace: Workspace, as_of: date) -> pd.DataFrame:
    """Return one row a team: team, people, tier, missing (channels), is_suppressed.

    ``tier`` and ``missing`` (for the next tier) are None where a team is too small to
    be told of.
    """
    rows = _rows(workspace, as_of)
    rows = rows[rows["user_id"].notna()]
    if rows.empty:
        names = ["team", "people", "tier", "missing", "is_suppressed"]
        return pd.DataFrame(columns=names)
    wide = rows.pivot_table(
        index=["user_id", "team"],
        columns="channel",
        values="exchange_count",
        aggfunc="sum",
        dropna=False,
    )
    counts = wide.dropna(how="all").fillna(0.0).reset_index()
    codes = [str(code) for code in wide.columns]
    marks = counts.assign(**{f"has_{code}": counts[code] > 0 for code in codes})
    figures = {f"has_{code}": (f"has_{code}", "sum") for code in codes}
    figures |= {code: (code, "sum") for code in codes}
    period = f"conversation_channel:{as_of}"
    found = workspace.by_group(marks, "team", figures, period=period)
    least = Rules.of(workspace.settings.rules)["conversation.channel"]
    read = [
        None
        if row["is_suppressed"]
        else _tier(
            {code: float(row[f"has_{code}"]) for code in codes},
            {code: float(row[code]) for code in codes},
            float(row["people"]),
            least,
        )
        for row in found.to_dict("records")
    ]
    return found[["team", "people", "is_suppressed"]].assign(
        tier=pd.Series([one and one.code for one in read], dtype=object),
        missing=pd.Series([one and one.missing for one in read], dtype=object),
    )
