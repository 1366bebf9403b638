"""Figures of conversations: silences, opportunities that wait, tier, one account."""

from __future__ import annotations

from datetime import date

from core import conversations, periods
from core.conversations import Summary
from core.method.figure import Fact, Figure
from core.workspace import Workspace

_EXCHANGES = ("int_conversation_ref", "int_conversation", "int_conversation_month")
_LINE_LIMITS = ("quiet", "rhythm", "opportunity")
_OBJECTS = ("account", "contact", "activity", "opportunity", "user")


def _day(workspace: Workspace) -> date | None:
    """Return the day on which the pages read the latest month."""
    months = periods.months(workspace)
    return periods.period(workspace, months[0]).as_of if months else None


def _summary(workspace: Workspace) -> Summary | None:
    day = _day(workspace)
    return conversations.summary(workspace, day) if day else None


def _silences(workspace: Workspace) -> list[Fact]:
    found = _summary(workspace)
    if found is None:
        return []
    return [
        Fact("exchanges", found.exchanges),
        Fact("exchanges_unmatched", found.unmatched),
        Fact("exchanges_of_leads", found.of_leads),
        Fact("accounts_judged", found.accounts),
        Fact("accounts_silent", found.silent),
        Fact("accounts_never", found.never),
    ]


def _waiting(workspace: Workspace) -> list[Fact]:
    found = _summary(workspace)
    if found is None:
        return []
    return [
        Fact("opportunities_open", found.opportunities),
        Fact("opportunities_waiting", found.without),
        Fact("opportunities_adrift", found.adrift),
    ]


def _tier(workspace: Workspace) -> list[Fact]:
    day = _day(workspace)
    if day is None:
        return []
    found = conversations.tier(workspace, day)
    kept = [one for one in found.channels if one.state == "kept"]
    return [Fact("channels_kept", len(kept))]


FIGURES = (
    Figure(
        "conversations",
        *("conversations", "accounts", "as_of", "conversations"),
        models=("int_conversation_account", *_EXCHANGES, "mart_conversation_account"),
        modules=("core/conversations/silence.py", "core/conversations/together.py"),
        limits=(
            *("conversation.silent", "conversation.quiet", "conversation.opportunity"),
            *("conversation.rhythm", "conversation.known"),
            *("conversation.watch", "conversation.sick"),
        ),
        objects=_OBJECTS,
        tell=_silences,
    ),
    Figure(
        "conversation_waiting",
        *("conversations", "opportunities", "as_of", "conversations"),
        models=("int_conversation_opportunity", "mart_conversation_opportunity"),
        modules=("core/conversations/silence.py",),
        limits=("conversation.opportunity", "conversation.watch"),
        objects=("opportunity", *_OBJECTS[:3]),
        tell=_waiting,
    ),
    Figure(
        "conversation_tier",
        *("conversations", "tier", "year", "conversations"),
        models=("int_conversation_channel", "mart_conversation_channel"),
        modules=("core/conversations/tracking.py",),
        limits=("conversation.channel", "channel_families"),
        objects=("activity", "user"),
        tell=_tier,
    ),
    Figure(
        "conversation_line",
        *("conversations", "days", "history", "conversations"),
        models=("int_conversation", "mart_conversation"),
        modules=("core/conversations/thread.py",),
        limits=(
            "conversation.quiet",
            "conversation.rhythm",
            "conversation.opportunity",
        ),
        objects=(*_OBJECTS, "campaign_member"),
    ),
)
