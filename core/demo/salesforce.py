"""How Salesforce writes its exports: identifiers, moments and quoted lines."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

HEADERS: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("headers.toml").read_text("utf-8")
)
# The first three characters of an identifier name its object.
PREFIXES = {
    "User": "005",
    "UserRole": "00E",
    "Profile": "00e",
    "Account": "001",
    "Contact": "003",
    "Lead": "00Q",
    "Task": "00T",
    "Event": "00U",
    "EmailMessage": "02s",
    "Case": "500",
    "Opportunity": "006",
    "Campaign": "701",
    "CampaignMember": "00v",
    "Compte_Rendu_de_Visite__c": "a01",
}
NULL_ID = "000000000000000AAA"
AUDIT = "CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp"
BOOLEANS = ("Is", "Has", "DoNot", "Forecast", "Receives", "May")
ZONE = ZoneInfo("Europe/Paris")
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


@cache
def _checksum(chunk: str) -> str:
    return BASE32[sum(1 << i for i, letter in enumerate(chunk) if letter.isupper())]


def identifier(sobject: str, number: int) -> str:
    """Return the 18-character identifier of record ``number``, below 100 000."""
    head = f"{PREFIXES[sobject]}8a00003"
    tail = _checksum(head[:5]) + _checksum(head[5:]) + "A"
    return f"{head}{number:05d}{tail}"


class Clock:
    """Days of the exports by number, 0 being ``first``, and moments in them.

    Seconds are counted from local midnight in Europe/Paris; a moment between 3:00 and
    22:00 local is on the same day in UTC.
    """

    def __init__(self, first: date, last: date) -> None:
        """Cover ``first`` to ``last``, and 60 days before for what was migrated."""
        self.first = first
        self.last = (last - first).days
        span = range(-60, self.last + 61)
        self._day = {n: first + timedelta(days=n) for n in span}
        self._text = {n: day.isoformat() for n, day in self._day.items()}
        noon = {n: datetime(d.year, d.month, d.day, 12) for n, d in self._day.items()}
        zoned = {n: moment.replace(tzinfo=ZONE) for n, moment in noon.items()}
        self._offset = {
            n: int((moment.utcoffset() or timedelta()).total_seconds())
            for n, moment in zoned.items()
        }
        self._zone = {n: str(moment.tzname()) for n, moment in zoned.items()}

    def day(self, number: int) -> date:
        """Return the calendar day."""
        return self._day[number]

    def month(self, number: int) -> int:
        """Return whole months since the first day."""
        day = self._day[number]
        return (day.year - self.first.year) * 12 + day.month - self.first.month

    def midnight(self, number: int) -> str:
        """Write a date without time as the weekly export does."""
        return f"{self._text[number]} 00:00:00"

    def utc(self, number: int, second: int) -> str:
        """Write a moment as the weekly export does: UTC without saying so."""
        utc = second - self._offset[number]
        return (
            f"{self._text[number]} {utc // 3600:02}:{utc // 60 % 60:02}:{utc % 60:02}"
        )

    def setup(self, number: int, second: int) -> str:
        """Write a moment as the Setup pages do: local, with its zone's letters."""
        day = self._day[number]
        hour = second // 3600
        minute, half = (
            f"{second // 60 % 60:02}:{second % 60:02}",
            "PM" if hour >= 12 else "AM",
        )
        date_ = f"{day.month}/{day.day}/{day.year}"
        return f"{date_}, {hour % 12 or 12}:{minute} {half} {self._zone[number]}"


def _default(column: str) -> str:
    if column == "CurrencyIsoCode" or column == "DefaultCurrencyIsoCode":
        return "EUR"
    if column.endswith(("Id", "ById")) and column != "FederationIdentifier":
        return NULL_ID
    return "0" if column.startswith(BOOLEANS) else ""


def writer(sobject: str, columns: Sequence[str]) -> Callable[[tuple[object, ...]], str]:
    """Return a function that writes a row of ``sobject``; other columns are empty.

    The row holds the values of ``columns`` in the order of the export's header; no
    value holds a double quote.
    """
    header = HEADERS[sobject].split(",")
    places = [header.index(column) for column in columns]
    if places != sorted(places):
        raise ValueError(f"{sobject}: columns are not in the order of the header")
    quoted = ",".join(
        '"%s"' if name in columns else f'"{_default(name)}"' for name in header
    )
    return (quoted + "\n").__mod__


def save(
    folder: Path, sobject: str, lines: Iterable[str], *, name: str = "", encoding: str
) -> Path:
    """Write the header and ``lines`` to ``<name or sobject>.csv`` and return its path.

    Line ends are LF and every value is quoted, header included.
    """
    path = folder / f"{name or sobject}.csv"
    header = ",".join(f'"{column}"' for column in HEADERS[sobject].split(","))
    content = header + "\n" + "".join(lines)
    path.write_bytes(content.encode(encoding))
    return path
