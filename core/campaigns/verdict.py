"""What is concluded of a campaign: which rates pass a limit, and what to say first.

Every limit is a rule of the workspace (``core/rules.toml``, ``campaign``): under a
smallest volume, and while the figures still move after the sending, nothing is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from core.campaigns.counts import Campaign

LIMITS = (
    ("bounce_hard", "campaign.limit.bounced_hard"),
    ("opt_out", "campaign.limit.opted_out"),
    ("complaint", "campaign.limit.complained"),
    ("complaint", "campaign.limit.complained_gmail"),
)
"""Rates of a sender's reputation, with the rule that bounds each."""
_HOURS = 24


@dataclass(frozen=True)
class Finding:
    """A sentence about a campaign: its state and its key in the catalogue."""

    state: str
    key: str
    count: int = 0
    share: float | None = None


@dataclass(frozen=True)
class Limit:
    """A rate of the sender's reputation against its limit; ``rule`` states it."""

    name: str
    value: float
    limit: float
    rule: str

    @property
    def is_over(self) -> bool:
        """Whether the rate is over its limit."""
        return self.value > self.limit


@dataclass(frozen=True)
class Window:
    """The days after the sending in which a conversion counts as the campaign's."""

    days: int
    last_day: date
    is_open: bool


def is_small(campaign: Campaign, rules: Mapping[str, float]) -> bool:
    """Tell whether too few mails were delivered to judge any rate."""
    return (campaign.delivered or 0) < rules["campaign.few"]


def _sent_on(campaign: Campaign) -> date | None:
    day = campaign.start_day
    return None if day is None else pd.Timestamp(day).date()


def is_settling(
    campaign: Campaign, rules: Mapping[str, float], as_of: date | None
) -> bool:
    """Tell whether the mails left too short a time before the data end.

    The sending is taken at the start of its day, the data at the end of theirs.
    """
    sent = _sent_on(campaign)
    if sent is None or as_of is None:
        return False
    return ((as_of - sent).days + 1) * _HOURS <= rules["campaign.settle_hours"]


def window(
    campaign: Campaign, rules: Mapping[str, float], as_of: date | None
) -> Window | None:
    """Return the window of conversions; None without a day of sending."""
    sent = _sent_on(campaign)
    if sent is None or as_of is None or campaign.converted is None:
        return None
    days = int(rules["campaign.window_days"])
    last = sent + timedelta(days=days)
    return Window(days, last, as_of < last)


def limits(campaign: Campaign, rules: Mapping[str, float]) -> tuple[Limit, ...]:
    """Return the reputation rates that the exports tell, against their limits."""
    values = {rate.name: rate.value for rate in campaign.rates}
    known = ((name, values[name], rules[rule], rule) for name, rule in LIMITS)
    return tuple(
        Limit(name, value, limit, rule)
        for name, value, limit, rule in known
        if value is not None
    )


def verdict(
    campaign: Campaign, rules: Mapping[str, float], as_of: date | None = None
) -> Finding:
    """Return the first thing to say of a campaign: who to call, else what to mend.

    Its state is ``not_enough_data`` while nothing may be judged; people to call are
    people to call all the same.
    """
    if campaign.clicked is None:
        return Finding("not_enough_data", "no_clicks")
    settling = is_settling(campaign, rules, as_of)
    judged = not (settling or is_small(campaign, rules))
    over = [limit for limit in limits(campaign, rules) if limit.is_over]
    if campaign.to_call:
        state = ("watch" if over else "healthy") if judged else "not_enough_data"
        return Finding(state, "call", campaign.to_call)
    if settling:
        return Finding("not_enough_data", "settling")
    if judged:
        found = _to_mend(campaign, rules, over)
        if found is not None:
            return found
    if not campaign.clicked:
        return Finding("watch" if judged else "not_enough_data", "nobody_clicked")
    return Finding("healthy" if judged else "not_enough_data", "nobody_to_call")


def _to_mend(
    campaign: Campaign, rules: Mapping[str, float], over: list[Limit]
) -> Finding | None:
    """Return the gravest thing to mend before the next sending, if any."""
    for name, key in (
        ("complaint", "complaints"),
        ("bounce_hard", "bounce"),
        ("opt_out", "opt_outs"),
    ):
        worst = [limit for limit in over if limit.name == name]
        if worst:
            return Finding("at_risk", key, share=worst[0].value)
    click = campaign.rate("click")
    if click is not None and click < rules["campaign.click_low"]:
        return Finding("watch", "few_clicks", campaign.clicked or 0, click)
    return None
