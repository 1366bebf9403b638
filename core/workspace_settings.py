"""What a workspace's administrator decides, and its form in JSON."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Literal
from zoneinfo import available_timezones

from core import calendar, privacy
from core.errors import InvalidSetting
from core.privacy import DEFAULT_K
from core.rules import RULES, Rules

Privacy = Literal["names", "pseudonyms", "teams"]
PRIVACY: tuple[Privacy, ...] = ("teams", "pseudonyms", "names")
SHORTEST_SHARE = 0.1
LONGEST_ABSENCE = 3 * 366
HIGHEST_COST = 1_000_000_000
_CURRENCY = re.compile("[A-Z]{3}")


@functools.cache
def _timezones() -> frozenset[str]:
    """Return the time zones there are: reading them from the disk takes 20 ms."""
    return frozenset(available_timezones())


@dataclass(frozen=True)
class Absence:
    """Days off of one user, both ends included; ``share`` is the part of each day."""

    user_id: str
    first_day: date
    last_day: date
    share: float = 1.0

    def __post_init__(self) -> None:
        """Raise InvalidSetting for days or a share that cannot be."""
        days = (self.last_day - self.first_day).days
        if not self.user_id or not 0 <= days < LONGEST_ABSENCE:
            raise InvalidSetting(setting="absences", value=self.last_day.isoformat())
        if not 0 < self.share <= 1:
            raise InvalidSetting(setting="absences", value=self.share)

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Absence:
        """Return the absence that `WorkspaceSettings.to_json` wrote."""
        first, last = (
            date.fromisoformat(entry[name]) for name in ("first_day", "last_day")
        )
        return cls(str(entry["user_id"]), first, last, float(entry["share"]))


@dataclass(frozen=True)
class Licence:
    """Licences of one kind: how many were bought, and a month's price of each.

    ``kind`` is the licence as the user export names it, None for all of them; a count
    or a price is None while nobody said it.
    """

    kind: str | None = None
    count: int | None = None
    price: float | None = None

    def __post_init__(self) -> None:
        """Raise InvalidSetting for a count or a price that cannot be."""
        for value in (self.count, self.price):
            if value is not None and not 0 <= value <= 1_000_000:
                raise InvalidSetting(setting="licences", value=value)

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Licence:
        """Return the licences that `WorkspaceSettings.to_json` wrote."""
        return cls(entry.get("kind"), entry.get("count"), entry.get("price"))


@dataclass(frozen=True)
class CampaignCost:
    """What a campaign cost, typed by hand, in ``currency`` (None: the exports' one).

    ``exported`` is the cost that the exports gave when it was typed, None for none: an
    export that says something else since then counts again.
    """

    campaign_id: str
    amount: float
    currency: str | None = None
    exported: float | None = None

    def __post_init__(self) -> None:
        """Raise InvalidSetting for an amount or a currency that cannot be."""
        if not self.campaign_id or not 0 <= self.amount <= HIGHEST_COST:
            raise InvalidSetting(setting="campaign_costs", value=self.amount)
        if self.currency is not None and not _CURRENCY.fullmatch(self.currency):
            raise InvalidSetting(setting="campaign_costs", value=self.currency)

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> CampaignCost:
        """Return the cost that `WorkspaceSettings.to_json` wrote."""
        names = ("campaign_id", "amount", "currency", "exported")
        return cls(**{name: entry[name] for name in names})


@dataclass(frozen=True)
class WorkspaceSettings:
    """What a workspace's administrator decides.

    ``privacy`` is how employees are shown; ``k`` the fewest persons behind a figure.
    ``worked_holidays`` are names of public holidays that are worked, ``closed_days``
    days off of the company's own. By user_id: ``overrides`` the profile set by hand,
    ``work_shares`` the working-time share (0 to 1), ``programs`` whether the user is a
    program (left out of figures) or a person, whatever the data say. ``absences`` were
    typed. ``rules`` are the limits changed, by code (`core.rules`). ``licences`` have
    their price in ``currency``. ``campaign_costs`` were typed, one a campaign at most.
    """

    timezone: str = "Europe/Paris"
    country: str = "FR"
    subdivision: str | None = None
    privacy: Privacy = "teams"
    k: int = DEFAULT_K
    worked_holidays: tuple[str, ...] = ()
    closed_days: tuple[date, ...] = ()
    currency: str = "EUR"
    licences: tuple[Licence, ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)
    work_shares: Mapping[str, float] = field(default_factory=dict)
    programs: Mapping[str, bool] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    rules: Mapping[str, float] = field(default_factory=dict)
    campaign_costs: tuple[CampaignCost, ...] = ()

    def __post_init__(self) -> None:
        """Raise InvalidSetting for a value that cannot be."""
        privacy.threshold(self.k)
        choices: tuple[tuple[str, str, Iterable[str]], ...] = (
            ("privacy", self.privacy, PRIVACY),
            ("timezone", self.timezone, _timezones()),
            ("country", self.country, calendar.countries()),
        )
        for name, value, known in choices:
            if value not in known:
                raise InvalidSetting(setting=name, value=value)
        places = ("", *calendar.subdivisions(self.country))
        if (self.subdivision or "") not in places:
            raise InvalidSetting(setting="subdivision", value=self.subdivision)
        for share in self.work_shares.values():
            if not SHORTEST_SHARE <= share <= 1:
                raise InvalidSetting(setting="work_shares", value=share)
        kinds = [licence.kind for licence in self.licences]
        if len(set(kinds)) < len(kinds):
            raise InvalidSetting(setting="licences", value=len(kinds))
        costed = [cost.campaign_id for cost in self.campaign_costs]
        if len(set(costed)) < len(costed):
            raise InvalidSetting(setting="campaign_costs", value=len(costed))
        check_rules(self.rules)

    @property
    def licences_bought(self) -> int | None:
        """Return how many licences were bought in all; None while nobody said it."""
        counts = [one.count for one in self.licences if one.count is not None]
        return sum(counts) if counts else None

    @property
    def price_per_licence(self) -> float | None:
        """Return a month's mean price of a licence; None while nobody said it."""
        priced = [(one.price, one.count or 0) for one in self.licences]
        known = [(price, count) for price, count in priced if price is not None]
        bought = sum(count for _, count in known)
        if not bought:
            known = [(price, 1) for price, _ in known]
            bought = len(known)
        return sum(price * count for price, count in known) / bought if bought else None

    def to_json(self) -> dict[str, Any]:
        """Return the settings as values that JSON holds."""
        entry = asdict(self)
        entry["closed_days"] = [day.isoformat() for day in self.closed_days]
        for absence in entry["absences"]:
            for name in ("first_day", "last_day"):
                absence[name] = absence[name].isoformat()
        return entry

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> WorkspaceSettings:
        """Return the settings that `to_json` gave; what is absent has its default.

        A rule that a later release knows no more, or bounds otherwise, has its default.
        """
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in entry.items() if name in known}
        days = values.pop("closed_days", ())
        return cls(
            **{
                **values,
                "closed_days": tuple(date.fromisoformat(day) for day in days),
                "worked_holidays": tuple(values.get("worked_holidays", ())),
                "absences": tuple(map(Absence.from_json, values.get("absences", ()))),
                "licences": _licences(entry),
                "campaign_costs": tuple(
                    map(CampaignCost.from_json, values.get("campaign_costs", ()))
                ),
                "rules": _kept_rules(values.get("rules", {})),
            }
        )


def check_rules(changed: Mapping[str, float]) -> None:
    """Raise InvalidSetting for a rule out of its range or a rhythm upside down."""
    rules = Rules.of(changed)
    profiles = {code.split(".")[1] for code in RULES if code.startswith("rhythm.")}
    for profile in sorted(profiles):
        rhythm = rules.rhythm(profile)
        for name, above in (("low", "high"), ("alarm", "healthy"), ("healthy", "high")):
            if getattr(rhythm, name) > getattr(rhythm, above):
                code = f"rhythm.{profile}.{name}"
                raise InvalidSetting(setting=code, value=getattr(rhythm, name))


def _kept_rules(changed: Mapping[str, float]) -> dict[str, float]:
    kept = {
        code: float(value)
        for code, value in changed.items()
        if code in RULES and RULES[code].low <= value <= RULES[code].high
    }
    try:
        check_rules(kept)
    except InvalidSetting:
        # Each in its range and wrong together: only a release in between can do it.
        return {c: v for c, v in kept.items() if not c.startswith("rhythm.")}
    return kept


def _licences(entry: Mapping[str, Any]) -> tuple[Licence, ...]:
    """Return the licences; earlier releases knew one count and one price."""
    if "licences" in entry:
        return tuple(map(Licence.from_json, entry["licences"]))
    count, price = entry.get("licences_bought"), entry.get("price_per_licence")
    return () if count is None and price is None else (Licence(None, count, price),)
