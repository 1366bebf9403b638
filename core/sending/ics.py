"""A plan as a calendar file (iCalendar, RFC 5545) that any agenda imports.

Identifiers depend on the plan alone: the same plan imported twice gives its events
once. Hours are written in UTC, so that no time zone has to be described.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from unicodedata import category
from zoneinfo import ZoneInfo

_WIDTH = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""
# Control characters and halves of characters, which no agenda can read.
_UNWRITTEN = ("Cc", "Cs")
_PRODUCT = "-//Aplomb//Send planner//EN"
_DOMAIN = "aplomb.invalid"


@dataclass(frozen=True)
class Event:
    """One event; ``code`` tells it from the others of its plan.

    All day without ``hours``, else from the first hour to the last (24 is midnight).
    """

    code: str
    day: date
    title: str
    body: str = ""
    hours: tuple[int, int] | None = None


def calendar(
    events: Sequence[Event],
    *,
    plan: str,
    name: str,
    timezone: str,
    stamp: datetime,
    language: str,
) -> bytes:
    """Return the file: ``plan`` is what identifiers come from, ``stamp`` now."""
    zone = ZoneInfo(timezone)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{identifier(plan, event.code)}",
            f"DTSTAMP:{_utc(stamp)}",
            *_span(event, zone),
            f"SUMMARY;LANGUAGE={language}:{escaped(event.title)}",
        ]
        if event.body:
            lines.append(f"DESCRIPTION;LANGUAGE={language}:{escaped(event.body)}")
        # A mailing does not make its sender busy.
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def identifier(plan: str, code: str) -> str:
    """Return the identifier of an event, the same each time the file is made."""
    digest = hashlib.sha256(plan.encode()).hexdigest()[:24]
    return f"{digest}-{code}@{_DOMAIN}"


def escaped(text: str) -> str:
    """Return a text value: backslashes, commas, semicolons and line ends escaped."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(
        sign for sign in plain if sign == "\n" or category(sign) not in _UNWRITTEN
    )
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, "\\" + sign)
    return plain.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Return a line of at most 75 octets, continued on lines that begin by a space.

    No character is cut in two.
    """
    pieces: list[bytes] = [b""]
    for sign in line:
        octets = sign.encode()
        # From the second on, each line spends one octet on its space.
        room = _WIDTH if len(pieces) == 1 else _WIDTH - 1
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _span(event: Event, zone: ZoneInfo) -> tuple[str, str]:
    """Return the lines of the start and the end; the end is never included."""
    if event.hours is None:
        after = event.day + timedelta(days=1)
        return (
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        )
    first, last = (
        datetime.combine(
            event.day + timedelta(days=hour // 24), time(hour % 24), tzinfo=zone
        )
        for hour in event.hours
    )
    return f"DTSTART:{_utc(first)}", f"DTEND:{_utc(last)}"
