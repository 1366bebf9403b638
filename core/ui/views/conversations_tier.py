"""How much of the conversations the CRM keeps, as three steps of channels."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from html import escape

import streamlit as st

from core.conversations import TIERS, Channel, Tier
from core.i18n import formats, plural
from core.ui import components, links
from core.ui.icons import icon
from core.visit import Visit

_SIGNS = {"kept": "healthy", "rare": "watch", "absent": "not_enough_data"}
_STATES = {
    "none": "not_enough_data",
    "basic": "watch",
    "advanced": "healthy",
    "social": "healthy",
}


def channel(visit: Visit, code: str) -> str:
    """Return the name of a channel."""
    return visit.text(f"page.conversations.channel.{code}")


def named(visit: Visit, codes: Sequence[str]) -> str:
    """Return channels as a list in words, in lower case."""
    names = [channel(visit, code) for code in codes]
    names = [name[:1].lower() + name[1:] for name in names]
    return formats.listing(names, visit.language)


def badge(visit: Visit, code: str) -> str:
    """Return the pill of a tier."""
    words = visit.text(f"page.conversations.tier.{code}")
    return components.chip(_STATES[code], words)


def card(visit: Visit, found: Tier) -> None:
    """Draw the tier reached, its channels, and what lacks for the next."""
    code = found.code or "none"
    kept = sum(one.state == "kept" for one in found.channels)
    with st.container(border=True, key="card_tier", gap="xsmall", height="stretch"):
        components.show(
            components.heading(
                visit.text("page.conversations.tier_title"),
                _sentence(visit, found),
                state=_STATES[code],
                word=visit.text(
                    "page.conversations.tier_kept",
                    tier=visit.text(f"page.conversations.tier.{code}"),
                    kept=formats.number(kept, visit.language),
                    count=formats.number(len(found.channels), visit.language),
                ),
            )
        )
        folded = visit.text("page.conversations.channels")
        with (
            st.expander(folded, key="more_channels")
            if visit.is_phone
            else nullcontext()
        ):
            components.show("".join(_step(visit, found, step) for step in TIERS))
        links.method(visit, "conversation_tier")


def _sentence(visit: Visit, found: Tier) -> str:
    if found.next_code is None:
        return visit.text("page.conversations.tier_top")
    return visit.text(
        f"page.conversations.tier_next.{found.next_code}",
        channels=named(visit, found.missing),
    )


def _step(visit: Visit, found: Tier, step: str) -> str:
    """Return one tier: its name and a line a channel."""
    codes = list(TIERS[step])
    known = {one.code for one in found.channels}
    if step == "advanced" and "email" in known:
        # The direction of the mails is not exported, or not for all of them.
        codes.insert(1, "email")
        for code in ("email_out", "email_in"):
            if found.of(code).state == "absent":
                codes.remove(code)
    channels = [found.of(code) for code in codes]
    absent = [one.code for one in channels if one.state == "absent"]
    rows = [_channel(visit, one) for one in channels if one.state != "absent"]
    if absent:
        said = visit.text(
            "page.conversations.absent_channels", channels=named(visit, absent)
        )
        sign = icon(_SIGNS["absent"])
        rows.append(
            f'<li class="absent"><span class="t-{_SIGNS["absent"]}">{sign}</span>'
            f"<span>{escape(said)}</span></li>"
        )
    name = escape(visit.text(f"page.conversations.tier.{step}"))
    return f'<h3 class="tier">{name}</h3><ul class="channels">{"".join(rows)}</ul>'


def _channel(visit: Visit, one: Channel) -> str:
    said = visit.text(f"page.conversations.kept.{one.state}")
    if one.exchanges is not None and one.people is not None:
        said = plural("page.conversations.exchanges", one.exchanges, visit.language)
        people = plural("count.person", one.people, visit.language)
        said = f"{said}, {people}"
    sign = icon(_SIGNS[one.state])
    return (
        f'<li class="{one.state}"><span class="t-{_SIGNS[one.state]}">{sign}</span>'
        f"<span>{escape(channel(visit, one.code))}</span>"
        f'<span class="v">{escape(said)}</span></li>'
    )
