"""Working days of a country: Monday to Friday less its public holidays.

Holidays come from the ``holidays`` library, which computes them offline. France has
subdivisions whose days differ: Moselle and Alsace (two more days) and the overseas
territories (the abolition of slavery and local days).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import holidays
import pyarrow as pa

from core.errors import InvalidSetting

SATURDAY = 5


def countries() -> tuple[str, ...]:
    """Return the ISO 3166 codes of the countries whose holidays are known, sorted."""
    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


def subdivisions(country: str) -> tuple[str, ...]:
    """Return the subdivisions of ``country`` (ISO 3166-2 suffixes), sorted."""
    known = holidays.list_supported_countries(include_aliases=False)
    return tuple(sorted(known.get(country, [])))


def public_holidays(
    first: date,
    last: date,
    country: str = "FR",
    subdivision: str | None = None,
    spoken: str | None = None,
) -> dict[date, str]:
    """Return the public holidays from ``first`` to ``last`` and their names.

    Names are in the language ``spoken`` ("fr", "en") where the country's holidays are
    known in it, else local. Raises InvalidSetting for a country or a subdivision that
    is not known.
    """
    if country not in countries():
        raise InvalidSetting(setting="country", value=country)
    if subdivision and subdivision not in subdivisions(country):
        raise InvalidSetting(setting="subdivision", value=subdivision)
    # Names in the country's own language, whatever that of the machine.
    known = getattr(holidays, country)
    own = known.default_language
    if spoken:
        named = (x for x in known.supported_languages if x.split("_")[0] == spoken)
        own = next(named, own)
    days = holidays.country_holidays(
        country,
        subdiv=subdivision or None,
        years=range(first.year, last.year + 1),
        language=own,
    )
    return {day: days[day] for day in sorted(days) if first <= day <= last}


def table(
    first: date,
    last: date,
    country: str = "FR",
    subdivision: str | None = None,
    worked: Collection[str] = (),
    closed: Collection[date] = (),
) -> pa.Table:
    """Return the ``calendar`` input of the figures: one row a day, both ends included.

    ``worked`` names holidays on which the company works all the same (the day of
    solidarity, for many French companies); ``closed`` lists days off of its own. The
    columns are ``day`` (date), ``is_working`` (boolean) and ``holiday`` (name or null).
    """
    off = public_holidays(first, last, country, subdivision)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rest = {day for day, name in off.items() if name not in worked} | set(closed)
    return pa.table(
        {
            "day": pa.array(days, pa.date32()),
            "is_working": pa.array(
                [day.weekday() < SATURDAY and day not in rest for day in days],
                pa.bool_(),
            ),
            "holiday": pa.array([off.get(day) for day in days], pa.string()),
        }
    )


def working_days(
    first: date, last: date, country: str = "FR", subdivision: str | None = None
) -> int:
    """Count the working days from ``first`` to ``last``, both included."""
    return sum(table(first, last, country, subdivision)["is_working"].to_pylist())
