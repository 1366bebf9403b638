"""Campaigns over time and side by side: rates of groups of campaigns, never averaged.

A rate of a group is the sum of counts over the sum of wholes, of the campaigns that
tell both. Where a mailing tool changed what it counts, what comes before and after are
not compared: they are two eras.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from core.campaigns import counts
from core.campaigns.counts import Campaign, Rate
from core.rules import Rules
from core.workspace import Workspace

Group = Literal["campaign_type", "tool", "account_type", "team"]
GROUPS: tuple[Group, ...] = ("campaign_type", "tool", "account_type", "team")
RATES = ("click", "open", "conversion", "opt_out", "delivery")
CHANGES: Mapping[tuple[str, str], tuple[date, ...]] = {
    ("brevo", "open"): (date(2025, 2, 6), date(2025, 7, 8)),
}
"""Days from which a tool counts a rate in another way (Brevo's help, 2025)."""
_MARTS = {"account_type": "mart_campaign_segment", "team": "mart_campaign_team"}


@dataclass(frozen=True)
class Described:
    """A campaign, the tool that sent it and its kind there; None is not told."""

    campaign: Campaign
    tool: str | None
    campaign_type: str | None

    @property
    def day(self) -> date | None:
        """Its first day."""
        day = self.campaign.start_day
        return None if day is None or pd.isna(day) else pd.Timestamp(day).date()

    @property
    def month(self) -> str | None:
        """Its month, YYYY-MM."""
        return f"{self.day:%Y-%m}" if self.day else None

    @property
    def year(self) -> str | None:
        """Its year."""
        return str(self.day.year) if self.day else None

    def rate(self, name: str) -> Rate:
        """Return one of its rates, with its counts."""
        return next(rate for rate in self.campaign.rates if rate.name == name)


def few(workspace: Workspace) -> float:
    """Return the volume from which the workspace's rules judge a rate."""
    return Rules.of(workspace.settings.rules)["campaign.few"]


def interval(rate: Rate, few: float) -> tuple[float, float] | tuple[None, None]:
    """Return the interval of a rate of fewer than ``few``; a larger one needs none."""
    if rate.interval is None or (rate.whole or 0) >= few:
        return None, None
    return rate.interval


def described(workspace: Workspace) -> list[Described]:
    """Return the campaigns that wrote to somebody, the latest first."""
    imports = workspace.manifest.imports
    tools = {r.file: r.vendor for record in imports for r in record.reports}
    rows = workspace.query("mart_campaign_funnel")
    by_id = rows.set_index("campaign_id")
    files = by_id["source_file"].map(tools).to_dict()
    kinds = by_id["campaign_type"].to_dict()
    return [
        Described(one, _told(files[one.campaign_id]), _told(kinds[one.campaign_id]))
        for one in counts.read(rows)
        if one.targeted or one.opened or one.clicked
    ]


def _told(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)


@dataclass(frozen=True)
class Point:
    """A rate of a group in a month; ``era`` counts the changes of tool before it."""

    group: str | None
    month: str
    era: int
    rate: Rate

    @property
    def day(self) -> date:
        """The first day of its month."""
        return date.fromisoformat(f"{self.month}-01")


def changes(known: Iterable[Described], rate: str) -> dict[date, str]:
    """Return the days on which a tool in use changed ``rate``, with the tool.

    A change before the first campaign of the tool, or after the last, is none.
    """
    found: dict[date, str] = {}
    by_tool: dict[str, list[date]] = {}
    for one in known:
        if one.tool and one.day:
            by_tool.setdefault(one.tool, []).append(one.day)
    for (tool, name), days in CHANGES.items():
        used = by_tool.get(tool, [])
        if name == rate and used:
            found |= {day: tool for day in days if min(used) < day <= max(used)}
    return dict(sorted(found.items()))


def history(
    workspace: Workspace, known: Sequence[Described], rate: str, by: Group
) -> list[Point]:
    """Return a rate by month and group, in order of time.

    Months of too few employees, where only teams are shown, are left out.
    """
    days = tuple(changes(known, rate))
    if by in ("campaign_type", "tool"):
        return _summed(((getattr(one, by), one) for one in known), rate, days)
    rows = workspace.query(_MARTS[by])
    found = []
    for row in rows.to_dict("records"):
        count, whole = row[f"{rate}_count"], row[f"{rate}_whole"]
        if pd.isna(count) or pd.isna(whole) or not whole:
            continue
        month = str(row["month"])
        # A month is not cut: the one in which a tool changed is of the era before.
        era = sum(f"{day:%Y-%m}" < month for day in days)
        value = Rate(rate, int(count), int(whole))
        found.append(Point(_told(row[by]), month, era, value))
    return found


def everyone(known: Sequence[Described], rate: str) -> list[Point]:
    """Return a rate of all campaigns together, by month."""
    days = tuple(changes(known, rate))
    return _summed(((None, one) for one in known), rate, days)


def _summed(
    grouped: Iterable[tuple[str | None, Described]], rate: str, days: Sequence[date]
) -> list[Point]:
    sums: dict[tuple[str, int, str | None], list[int]] = {}
    for group, one in grouped:
        told = one.rate(rate)
        if one.day is None or told.count is None or not told.whole:
            continue
        era = sum(day <= one.day for day in days)
        total = sums.setdefault((str(one.month), era, group), [0, 0])
        total[0] += told.count
        total[1] += told.whole
    return [
        Point(group, month, era, Rate(rate, *sums[month, era, group]))
        for month, era, group in sorted(
            sums, key=lambda key: (key[0], key[1], key[2] or "")
        )
    ]


def largest(points: Iterable[Point], most: int) -> list[str | None]:
    """Return the groups with the most persons behind their rate, ``most`` of them."""
    sizes: dict[str | None, int] = {}
    for point in points:
        sizes[point.group] = sizes.get(point.group, 0) + (point.rate.whole or 0)
    return sorted(sizes, key=lambda group: (-sizes[group], group or ""))[:most]


def is_hidden(workspace: Workspace, by: Group) -> bool:
    """Tell whether some months of ``by`` are hidden: too few employees are behind."""
    if by != "team":
        return False
    return bool(workspace.query("mart_campaign_team")["is_suppressed"].any())


@dataclass(frozen=True)
class Fatigue:
    """What mails brought by how many the person had received in 90 days.

    ``mails`` is that number, the last one holding all above; ``delivered`` are mails.
    """

    mails: int
    is_last: bool
    delivered: int
    click: Rate
    opt_out: Rate


def fatigue(workspace: Workspace, most: int = 5) -> list[Fatigue]:
    """Return mail fatigue, from one mail up to ``most`` and more."""
    rows = workspace.query("mart_campaign_fatigue")
    rows = rows.assign(mail_count=rows["mail_count"].clip(upper=most))
    columns = [name for name in rows.columns if name != "mail_count"]
    sums = rows.groupby("mail_count")[columns].sum(min_count=1).reset_index()
    found = []
    for row in sums.to_dict("records"):
        counts = {n: None if pd.isna(row[n]) else int(row[n]) for n in columns}
        mails = int(row["mail_count"])
        rates = (
            Rate(name, counts[f"{name}_count"], counts[f"{name}_whole"])
            for name in ("click", "opt_out")
        )
        found.append(Fatigue(mails, mails == most, counts["delivered"] or 0, *rates))
    return found
