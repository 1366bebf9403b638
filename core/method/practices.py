"""Figures of practices: mails, entry for others, example, breadth, worth of records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core import periods
from core.method.figure import Fact, Figure
from core.practices import completeness, freshness, gateway, proxy
from core.workspace import Workspace

Teller = Callable[[Workspace], list[Fact]]
_RECORDS = ("account", "contact", "opportunity", "activity")


def _told(code: str, count: Callable[[Workspace, date], int]) -> Teller:
    def tell(workspace: Workspace) -> list[Fact]:
        months = periods.months(workspace)
        if not months:
            return []
        day = periods.period(workspace, months[0]).as_of
        return [Fact(code, count(workspace, day))]

    return tell


def _entries(workspace: Workspace, day: date) -> int:
    found = proxy.read(workspace, day).owners
    return int(found["own"].sum() + found["by_others"].sum())


def _read(workspace: Workspace, day: date) -> int:
    cells = completeness.read(workspace, day).cells
    return int(cells.drop_duplicates(["object", "owner_id"])["records"].sum())


def _dated(workspace: Workspace, day: date) -> int:
    rows = freshness.read(workspace, day).rows
    return int((rows["record_count"] - rows["undated_count"]).sum())


_WEIGHTS = tuple(
    f"practice.{name}.{field}"
    for name in completeness.OBJECTS
    for field in completeness.FIELDS[name]
)
FIGURES = (
    Figure(
        "practice_gateway",
        *("practices", "share", "as_of", "practices"),
        models=("int_email_day", "int_user_email_day", "mart_user_email"),
        modules=("core/practices/gateway.py",),
        limits=tuple(
            f"practice.gateway.{name}"
            for name in ("healthy", "watch", "captured", "given_up")
        ),
        objects=("activity", "user"),
        tell=_told("mails", lambda w, day: gateway.read(w, day).emails),
    ),
    Figure(
        "practice_proxy",
        *("practices", "share", "quarter", "practices"),
        models=("int_entry_day", "int_proxy_week", "mart_proxy"),
        modules=("core/practices/proxy.py",),
        limits=tuple(
            f"practice.proxy.{name}" for name in ("share", "entries", "watch", "sick")
        ),
        objects=(*_RECORDS, "record", "user"),
        tell=_told("entries", _entries),
    ),
    Figure(
        "practice_managers",
        *("practices", "share", "as_of", "practices"),
        models=("int_user", "mart_user"),
        modules=("core/practices/managers.py",),
        limits=tuple(
            f"practice.managers.{name}"
            for name in ("days", "beside", "healthy", "watch")
        ),
        objects=("user", "login", *_RECORDS),
    ),
    Figure(
        "practice_breadth",
        *("practices", "share", "four_weeks", "practices"),
        models=("int_user_kind_week", "mart_user_breadth"),
        modules=("core/practices/breadth.py",),
        limits=tuple(
            f"practice.breadth.{name}" for name in ("used", "narrow", "watch", "sick")
        ),
        objects=(*_RECORDS, "campaign", "record", "user"),
    ),
    Figure(
        "practice_completeness",
        *("practices", "share", "always", "practices"),
        models=(
            *("stg_placeholder", "int_record_gap", "int_record_field"),
            "mart_completeness",
        ),
        modules=("core/practices/completeness.py",),
        limits=(
            *("practice.completeness.healthy", "practice.completeness.watch"),
            *_WEIGHTS,
        ),
        objects=("account", "contact", "opportunity"),
        tell=_told("records_read", _read),
    ),
    Figure(
        "practice_freshness",
        *("practices", "share", "year", "practices"),
        models=(
            *("int_record_touch", "int_record", "int_record_day", "mart_freshness"),
            *("int_record_duplicate", "mart_duplicate"),
        ),
        modules=("core/practices/freshness.py",),
        limits=tuple(
            f"practice.freshness.{name}" for name in ("healthy", "watch", "duplicates")
        ),
        objects=_RECORDS,
        tell=_told("records_dated", _dated),
    ),
    Figure(
        "practice_neglected",
        *("practices", "share", "as_of", "practices"),
        models=("int_open_opportunity", "mart_open_opportunity"),
        modules=("core/practices/freshness.py",),
        limits=tuple(
            f"practice.neglected.{name}" for name in ("days", "watch", "sick")
        ),
        objects=_RECORDS,
        tell=_told(
            "opportunities_open",
            lambda w, day: freshness.neglected(w, day).opportunities,
        ),
    ),
)
