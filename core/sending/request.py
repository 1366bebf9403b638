"""A plan as its address holds it, so that a link opens the same plan again.

What an address says wrongly is read as if it said nothing: a link is never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core import calendar
from core.planner import HORIZON, Ask, Openings, WarmUp
from core.rules import Rules
from core.workspace_settings import WorkspaceSettings

NAMES = (
    *("n", "tool", "limit", "start", "sat", "off", "warm", "hours"),
    *("campaign", "list", "share", "callers", "calls"),
)
"""The parameters of the address that make a plan."""
LISTS = ("targeted", "second_mail", "base")
"""The counts of a campaign that can fill the number of recipients."""
MOST = 100_000_000
MOST_CALLERS = 10_000
MOST_CALLS = 1000
NO_LIMIT = "none"
_SEVERAL_YEARS = 3 * HORIZON
_SATURDAY = 5


@dataclass(frozen=True)
class Request:
    """What somebody asked: the mailing, its calendar, and who calls afterwards.

    ``recipients`` is None while nobody said it, ``limit`` None for a tool without a
    daily limit. ``hours`` are the first and the last hour, ``share`` that of recipients
    to call, 0 to 1. ``campaign`` and ``listed`` say whom the mailing is for.
    """

    recipients: int | None
    start: date
    tool: str
    limit: int | None = None
    saturdays: bool = False
    left_out: tuple[date, ...] = ()
    warms_up: bool = False
    hours: tuple[int, int] | None = None
    campaign: str = ""
    listed: str = ""
    share: float | None = None
    callers: int | None = None
    calls: int | None = None

    def ask(self, rules: Rules) -> Ask:
        """Return what the planner is asked, under the limits in force."""
        warm_up = None
        if self.warms_up:
            first = int(rules["sending.warm_first"])
            warm_up = WarmUp(first, rules["sending.warm_growth"])
        return Ask(self.recipients or 0, self.start, self.limit, warm_up)

    def query(self) -> dict[str, str]:
        """Return the parameters of the address, without those that say nothing."""
        limit = NO_LIMIT if self.limit is None else str(self.limit)
        values = {
            "n": "" if self.recipients is None else str(self.recipients),
            "tool": self.tool,
            "limit": limit,
            "start": self.start.isoformat(),
            "sat": "1" * self.saturdays,
            "off": ",".join(day.isoformat() for day in self.left_out),
            "warm": "1" * self.warms_up,
            "hours": "{}-{}".format(*self.hours) if self.hours else "",
            "campaign": self.campaign,
            "list": self.listed,
            "share": "" if self.share is None else f"{100 * self.share:.6g}",
            "callers": "" if self.callers is None else str(self.callers),
            "calls": "" if self.calls is None else str(self.calls),
        }
        return {name: value for name, value in values.items() if value}


def read(
    query: Mapping[str, str],
    *,
    today: date,
    limits: Mapping[str, int | None],
    counts: Mapping[tuple[str, str], int],
) -> Request:
    """Return the request of an address.

    ``limits`` gives each tool its daily limit, the first being the default tool;
    ``counts`` the recipients of each (campaign, list) that exists.
    """
    tool = query.get("tool", "")
    if tool not in limits:
        tool = next(iter(limits))
    limit = limits[tool]
    if query.get("limit") == NO_LIMIT:
        limit = None
    else:
        limit = _count(query.get("limit"), MOST, limit)
    campaign, listed = query.get("campaign", ""), query.get("list", "")
    if campaign and not listed:
        listed = LISTS[0]
    known = counts.get((campaign, listed))
    if known is None:
        campaign = listed = ""
    share = _number(query.get("share"), 0, 100)
    saturdays = query.get("sat") == "1"
    return Request(
        recipients=_count(query.get("n"), MOST, known),
        start=_day(query.get("start"), today) or _workday(today, saturdays),
        tool=tool,
        limit=limit,
        saturdays=saturdays,
        left_out=_days(query.get("off"), today),
        warms_up=query.get("warm") == "1",
        hours=_hours(query.get("hours")),
        campaign=campaign,
        listed=listed,
        share=None if share is None else round(share / 100, 6),
        callers=_count(query.get("callers"), MOST_CALLERS, None),
        calls=_count(query.get("calls"), MOST_CALLS, None),
    )


def _count(text: str | None, most: int, default: int | None) -> int | None:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        return default
    return min(int(text), most)


def _number(text: str | None, low: float, high: float) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if low <= value <= high else None


def _day(text: str | None, today: date) -> date | None:
    """Return a day near enough for holidays to be known and a plan to make sense."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if abs((day - today).days) <= _SEVERAL_YEARS else None


def _workday(day: date, saturdays: bool) -> date:
    """Return the first day of the week from ``day`` on that mails may leave on."""
    last = _SATURDAY if saturdays else _SATURDAY - 1
    return day if day.weekday() <= last else day + timedelta(days=7 - day.weekday())


def _days(text: str | None, today: date) -> tuple[date, ...]:
    found = (_day(part, today) for part in (text or "").split(",")[:HORIZON])
    return tuple(sorted({day for day in found if day}))


def _hours(text: str | None) -> tuple[int, int] | None:
    first, _, last = (text or "").partition("-")
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return None
    pair = int(first[:3]), int(last[:3])
    return pair if 0 <= pair[0] < pair[1] <= 24 else None


def openings(
    settings: WorkspaceSettings, request: Request, spoken: str | None = None
) -> Openings:
    """Return the days on which mails may leave, as the workspace is set.

    ``spoken`` is the language of the holidays' names.
    """
    first, last = request.start, request.start + timedelta(days=3 * HORIZON)
    place = (first, last, settings.country, settings.subdivision)
    local = calendar.public_holidays(*place)
    names = calendar.public_holidays(*place, spoken=spoken)
    off = {
        day: names.get(day, name)
        for day, name in local.items()
        if name not in settings.worked_holidays
    }
    return Openings(
        holidays=off,
        closed=frozenset(settings.closed_days),
        left_out=frozenset(request.left_out),
        saturdays=request.saturdays,
    )
