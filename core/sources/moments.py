"""Dates and times as exports write them, turned into UTC moments and local days.

Decided for a whole column before it is read: the order of day and month, whether
midnight means "no time of day", and the zone of times that name none. A value that
names its own zone (Z, +02:00, CET, HNEC…) keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from core.sources.model import DateOrder
from core.sources.objects import TIMESTAMP

FIRST, LAST = date(1901, 1, 1), date(2200, 1, 1)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
# Arrow knows no change of clocks after this year; Python's zones do.
LAST_ARROW_YEAR = 2036
# Labels that Salesforce and browsers put after a local time, in English and French, as
# hours from UTC. Names of the same zone in summer and winter differ, so each is fixed.
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "cet": 1, "hnec": 1, "mez": 1, "bst": 1,
    "west": 1, "cest": 2, "haec": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "hne": -5, "hae": -4, "nct": 11, "ret": 4,
}  # fmt: skip
_TIME = (
    r"(?:[T ,àa]+(?P<hour>\d{1,2})(?:[:hH](?P<minute>\d{2})"
    r"(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?)?\s*"
    r"(?P<half>[APap]\.?[Mm]\.?)?"
    r"\s*\(?(?P<zone>[A-Za-z]{1,5})?(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?\)?)?"
)
YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})[-/.](?P<first>\d{1,2})[-/.](?P<last>\d{1,2})" + _TIME
)
YEAR_LAST = re.compile(
    r"(?P<first>\d{1,2})[-/. ](?P<last>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})" + _TIME
)
COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<first>\d{2})(?P<last>\d{2})"
    r"(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?:[.](?P<fraction>\d{1,9}))?)?"
    r"(?P<zone>Z)?(?P<offset>)(?P<half>)"
)
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
MIDNIGHT = re.compile(r"[T ]0?0:00(:00([.,]0+)?)?\s*(Z|[+-]00:?00)?$")
_ISO = r"^(\d{4}-\d{2}-\d{2})[T ]"


@dataclass(frozen=True)
class Style:
    """How a column writes its moments; ``zone`` is a name of the tz database."""

    order: DateOrder = "ymd"
    zone: str = "UTC"
    midnight_is_day: bool = False
    epoch: date = EPOCH_1900


@dataclass(frozen=True)
class Seen:
    """What the values of a column say about its style."""

    order: DateOrder | None
    decided: bool
    midnight_is_day: bool
    naive: bool
    zoned: bool
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Moments:
    """A column of moments: UTC times, days where there is no time, failures."""

    at: pa.Array
    day: pa.Array
    bad: pa.BooleanArray


def look(texts: Iterable[str]) -> Seen:
    """Return what the values of a column tell about how it writes moments.

    The order is decided when some value has a first part above 12 (day first) or a
    second part above 12 (month first); values that are all below 12 decide nothing.
    """
    first_over = last_over = False
    midnight = timed = naive = zoned = False
    samples: list[str] = []
    for text in texts:
        value = text.strip()
        found = YEAR_LAST.fullmatch(value)
        if found:
            first_over |= int(found["first"]) > 12
            last_over |= int(found["last"]) > 12
            if len(samples) < 3:
                samples.append(value)
        else:
            found = YEAR_FIRST.fullmatch(value) or COMPACT.fullmatch(value)
        if found and found["hour"] is not None:
            midnight |= bool(MIDNIGHT.search(value))
            timed |= not MIDNIGHT.search(value)
            own = bool(found["zone"] or found["offset"])
            zoned, naive = zoned or own, naive or not own
    order: DateOrder | None = None
    if samples:
        order = "mdy" if last_over and not first_over else "dmy"
    return Seen(
        order=order,
        decided=not samples or first_over or last_over,
        midnight_is_day=midnight and not timed,
        naive=naive and timed,
        zoned=zoned,
        samples=tuple(samples),
    )


@cache
def _zone(name: str) -> ZoneInfo:
    """Return a time zone by name."""
    return ZoneInfo(name)


def _offset(found: re.Match[str]) -> timezone | None:
    """Return the zone that a value names itself, if any; ValueError when unknown."""
    label, offset = (found["zone"] or "").lower(), found["offset"] or ""
    if not label and not offset:
        return None
    hours = float(ZONES[label]) if label in ZONES else None
    if label and hours is None:
        raise ValueError(label)
    if offset:
        digits = offset[1:].replace(":", "")
        minutes = int(digits[:-2] or 0) * 60 + int(digits[-2:])
        if len(digits) <= 2:
            minutes = int(digits) * 60
        hours = (hours or 0) + (minutes if offset[0] == "+" else -minutes) / 60
    return timezone(timedelta(hours=hours or 0))


def read(text: str, style: Style) -> tuple[datetime | None, date | None]:
    """Return (UTC moment, None), or (None, day) when the value has no time of day.

    Raises ValueError for a text that is no date, or one outside 1901 to 2199.

    >>> read("31/12/2026 23:30", Style("dmy", "Europe/Paris"))[0].isoformat()
    '2026-12-31T22:30:00'
    """
    value = " ".join(text.replace("\u202f", " ").split())
    if SERIAL.fullmatch(value):
        return _serial(float(value.replace(",", ".")), style)
    found = YEAR_FIRST.fullmatch(value) or COMPACT.fullmatch(value)
    order = "ymd"
    if not found:
        found, order = YEAR_LAST.fullmatch(value), style.order
    if not found:
        raise ValueError(text)
    year, first, last = int(found["year"]), int(found["first"]), int(found["last"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    month, number = (first, last) if order in ("ymd", "mdy") else (last, first)
    day = date(year, month, number)
    if not FIRST <= day < LAST:
        raise ValueError(text)
    if found["hour"] is None:
        return None, day
    hour = int(found["hour"])
    half = (found["half"] or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half == "pm" else 0)
    minute, second = int(found["minute"] or 0), int(found["second"] or 0)
    micro = int((found["fraction"] or "0").ljust(6, "0")[:6])
    if style.midnight_is_day and hour + minute + second + micro == 0:
        return None, day
    if hour == 24 and minute + second + micro == 0:
        day, hour = day + timedelta(days=1), 0
    own = _offset(found)
    moment = datetime(
        day.year, day.month, day.day, hour, minute, min(second, 59), micro,
        tzinfo=own or _zone(style.zone),
    )  # fmt: skip
    return moment.astimezone(UTC).replace(tzinfo=None), None


def _serial(number: float, style: Style) -> tuple[datetime | None, date | None]:
    """Return the moment of a spreadsheet's day number, counted from its epoch."""
    whole = int(number)
    day = style.epoch + timedelta(days=whole)
    if not FIRST <= day < LAST:
        raise ValueError(str(number))
    seconds = round((number - whole) * 86_400)
    if not seconds:
        return None, day
    local = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    moment = local.replace(tzinfo=_zone(style.zone)).astimezone(UTC)
    return moment.replace(tzinfo=None), None


def convert(texts: pa.Array, style: Style) -> Moments:
    """Read a column of moments; cells that are empty give null and are not failures."""
    empty = pc.equal(pc.binary_length(texts), 0)
    cells = pc.if_else(empty, None, texts) if pc.any(empty).as_py() else texts
    whole = _fast(cells, style)
    return whole if whole is not None else _slow(cells, style)


def _fast(cells: pa.Array, style: Style) -> Moments | None:
    """Read a column that is ISO throughout, or day first with slashes; None if not."""
    none = pa.nulls(len(cells), pa.date32())
    fine = pa.repeat(pa.scalar(False), len(cells))
    if style.order == "dmy":
        cells = pc.replace_substring_regex(
            cells, r"^(\d{2})[/.-](\d{2})[/.-](\d{4})", r"\3-\2-\1"
        )
    try:
        days = pc.cast(cells, pa.date32())
    except pa.ArrowInvalid:
        pass
    else:
        return _bounded(Moments(pa.nulls(len(cells), TIMESTAMP), days, fine))
    try:
        moments = pc.cast(cells, pa.timestamp("us", "UTC"))
    except pa.ArrowInvalid:
        try:
            local = pc.cast(cells, TIMESTAMP)
        except pa.ArrowInvalid:
            return None
        if style.midnight_is_day and _all_midnight(local):
            empty = pa.nulls(len(cells), TIMESTAMP)
            return _bounded(Moments(empty, pc.cast(local, pa.date32()), fine))
        if _some_midnight(cells, local, style):
            return None
        if (
            style.zone != "UTC"
            and (pc.max(pc.year(local)).as_py() or 0) > LAST_ARROW_YEAR
        ):
            return None
        moments = pc.assume_timezone(
            local, style.zone, ambiguous="earliest", nonexistent="latest"
        )
    else:
        if style.midnight_is_day:
            return None
    return _bounded(Moments(moments.cast(TIMESTAMP), none, fine))


def _all_midnight(local: pa.Array) -> bool:
    """Tell whether no value has a time of day."""
    return bool(pc.all(pc.equal(local, pc.floor_temporal(local, unit="day"))).as_py())


def _some_midnight(cells: pa.Array, local: pa.Array, style: Style) -> bool:
    """Tell whether some values are days: short, or midnight where that means so."""
    if style.midnight_is_day:
        return True
    shortest = pc.min(pc.utf8_length(cells)).as_py()
    return shortest is not None and shortest < 12


def _bounded(found: Moments) -> Moments | None:
    """Return the column, or None when a year is one that no export means."""
    for values, kind in ((found.at, TIMESTAMP), (found.day, pa.date32())):
        ends = pc.min_max(values)
        first, last = ends["min"].as_py(), ends["max"].as_py()
        if first is None:
            continue
        low, high = (first.date(), last.date()) if kind is TIMESTAMP else (first, last)
        if low < FIRST or high >= LAST:
            return None
    return found


def _slow(cells: pa.Array, style: Style) -> Moments:
    """Read a column value by value, each different text once."""
    coded = cells.dictionary_encode() if isinstance(cells, pa.Array) else cells
    moments: list[datetime | None] = []
    days: list[date | None] = []
    bad: list[bool] = []
    for text in coded.dictionary.to_pylist():
        try:
            moment, day = read(text, style)
        except (ValueError, OverflowError):
            moment = day = None
        moments.append(moment)
        days.append(day)
        bad.append(moment is None and day is None)
    indices = coded.indices
    failed = pa.array(bad, pa.bool_()).take(indices)
    return Moments(
        at=pa.array(moments, TIMESTAMP).take(indices),
        day=pa.array(days, pa.date32()).take(indices),
        bad=pc.fill_null(failed, False),
    )
