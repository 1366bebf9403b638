"""Conversations team by team: accounts to call again, silent ones, the tier kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from core import conversations
from core.i18n import formats
from core.ui import components, folding
from core.ui.tables import Html
from core.ui.views import conversations_tier as ladder
from core.ui.views import conversations_words as words
from core.visit import Visit
from core.workspace import Workspace

_KEPT = ("tier", "missing")


def draw(visit: Visit, workspace: Workspace, as_of: date) -> None:
    """Draw each team, the one that lets most of its accounts wait first.

    The tier is a column where it tells teams apart; one that all keep is said once.
    """
    held = conversations.teams(workspace, as_of)
    kept = conversations.tiers(workspace, as_of)
    both = held.merge(kept, on="team", how="outer", suffixes=("", "_kept"))
    told = both.dropna(subset=["tier"])
    pairs = set(zip(told["tier"], told["missing"], strict=True))
    is_told = both["accounts"].notna()
    both = both[is_told | both["tier"].notna() if len(pairs) > 1 else is_told]
    if len(both) < 2:
        return
    idle = both["silent"] + both["quiet"]
    both = both.assign(share=idle / both["accounts"])
    both = both.sort_values("share", ascending=False, na_position="last")
    names = ["team", "accounts", "quiet", "silent", *(_KEPT if len(pairs) > 1 else ())]
    columns = {name: visit.text(f"page.conversations.column.{name}") for name in names}
    title = visit.text("page.conversations.by_team")
    with st.container(border=True, key="card_by_team"):
        components.show(components.heading(title, _note(visit, pairs)))
        folding.draw(
            visit,
            columns,
            [_team(visit, row) for row in words.records(both)],
            caption=title,
            key="by_team",
            numeric={"accounts", "silent", "quiet"},
            strong={"quiet"},
            line=("quiet", "tier") if len(pairs) > 1 else ("quiet",),
        )
        if bool(held["is_suppressed"].any()) or bool(kept["is_suppressed"].any()):
            components.show(
                components.note(visit.text("page.conversations.suppressed"))
            )


def _note(visit: Visit, pairs: set[tuple[str, tuple[str, ...]]]) -> str:
    """Say whose the accounts are, and the tier where all teams keep the same."""
    if len(pairs) != 1:
        return visit.text("page.conversations.by_team_note")
    code, _ = next(iter(pairs))
    tier = visit.text(f"page.conversations.tier.{code}")
    return visit.text("page.conversations.same_tier", tier=tier)


def _team(visit: Visit, row: Mapping[str, Any]) -> dict[str, object]:
    def number(name: str) -> str | None:
        value = row[name]
        return (
            None if formats.is_absent(value) else formats.number(value, visit.language)
        )

    def part(name: str) -> str | None:
        count = number(name)
        if count is None:
            return None
        share = formats.percent(row[name] / row["accounts"], visit.language)
        return f"{count} ({share})"

    code = row["tier"] if isinstance(row["tier"], str) else None
    missing = row["missing"] if isinstance(row["missing"], tuple) else ()
    return {
        "team": visit.text("common.no_team")
        if formats.is_absent(row["team"])
        else str(row["team"]),
        "accounts": number("accounts"),
        "silent": part("silent"),
        "quiet": part("quiet"),
        "tier": Html(ladder.badge(visit, code)) if code else None,
        "missing": ladder.named(visit, missing) or None,
    }
