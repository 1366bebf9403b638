"""What a workspace's settings may be, checked again on the server.

Showing names is a decision with three conditions, kept with their date: the people
were informed, the works council was consulted or there is none, and the purpose is
written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from core import calendar
from core.accounts.database import now
from core.errors import InvalidSetting

PRIVACY = ("teams", "pseudonyms", "names")
CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CAD", "XPF", "XOF", "MAD", "TND")
SMALLEST_GROUP = 5
LARGEST_GROUP = 50
SHORTEST_PURPOSE = 15
MOST_CLOSED_DAYS = 400
MOST_LICENCES = 50


def _one_of(chosen: Mapping[str, Any], setting: str, known: tuple[str, ...]) -> str:
    value = str(chosen.get(setting) or "")
    if value not in known:
        raise InvalidSetting(setting=setting, value=value[:40])
    return value


def _number(
    chosen: Mapping[str, Any], name: str, last: float, setting: str
) -> float | None:
    value = chosen.get(name)
    if value is None:
        return None
    if not isinstance(value, int | float) or not 0 <= value <= last:
        raise InvalidSetting(setting=setting, value=value)
    return float(value)


def _privacy(chosen: Mapping[str, Any]) -> dict[str, Any]:
    mode = _one_of(chosen, "privacy", PRIVACY)
    group = chosen.get("k", 8)
    if not isinstance(group, int) or not SMALLEST_GROUP <= group <= LARGEST_GROUP:
        raise InvalidSetting(setting="k", value=group)
    is_informed = chosen.get("people_informed") is True
    is_consulted = chosen.get("council_consulted") is True
    purpose = " ".join(str(chosen.get("purpose") or "").split())[:500]
    if mode == "names" and not is_informed:
        raise InvalidSetting(setting="people_informed", value="")
    if mode == "names" and not is_consulted:
        raise InvalidSetting(setting="council_consulted", value="")
    if mode == "names" and len(purpose) < SHORTEST_PURPOSE:
        raise InvalidSetting(setting="purpose", value=SHORTEST_PURPOSE)
    return {
        "privacy": mode,
        "k": group,
        "people_informed": is_informed,
        "council_consulted": is_consulted,
        "purpose": purpose,
        "privacy_at": now(),
    }


def _closed_days(written: Any) -> list[str]:
    """Return the ISO days of a list written by hand: 24/12/2026, or 2026-12-24."""
    days = written if isinstance(written, str) else " ".join(map(str, written or ()))
    found = []
    for word in days.replace(",", " ").replace(";", " ").split():
        form = "%d/%m/%Y" if "/" in word else "%Y-%m-%d"
        try:
            found.append(datetime.strptime(word, form).date().isoformat())
        except ValueError as error:
            raise InvalidSetting(setting="closed_days", value=word[:40]) from error
    if len(found) > MOST_CLOSED_DAYS:
        raise InvalidSetting(setting="closed_days", value=len(found))
    return sorted(set(found))


def _licences(chosen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the licences by kind, each named once; a line left empty is none."""
    kept: dict[str | None, dict[str, Any]] = {}
    for line in list(chosen.get("licences") or ())[:MOST_LICENCES]:
        kind = " ".join(str(line.get("kind") or "").split())[:120] or None
        count = _number(line, "count", 1_000_000, "licences")
        price = _number(line, "price", 1_000_000, "licences")
        if count is None and price is None:
            continue
        if kind in kept:
            raise InvalidSetting(setting="licences", value=kind or "")
        count = None if count is None else int(count)
        kept[kind] = {"kind": kind, "count": count, "price": price}
    return list(kept.values())


def checked(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings fit to be stored, or raise InvalidSetting for the first wrong."""
    zone = _one_of(chosen, "timezone", tuple(available_timezones()))
    country = _one_of(chosen, "country", calendar.countries())
    subdivision = chosen.get("subdivision") or None
    if subdivision and subdivision not in calendar.subdivisions(country):
        raise InvalidSetting(setting="subdivision", value=subdivision)
    return {
        "timezone": zone,
        "country": country,
        "subdivision": subdivision,
        "currency": _one_of(chosen, "currency", CURRENCIES),
        "licences": _licences(chosen),
        "worked_holidays": [
            str(name)[:80] for name in list(chosen.get("worked_holidays") or ())[:40]
        ],
        "closed_days": _closed_days(chosen.get("closed_days")),
        **_privacy(chosen),
    }
