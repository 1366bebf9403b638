"""Conversations: who we talk to, since when not, and how much of it the CRM keeps."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from core import conversations, periods
from core.charts.conversations import silences
from core.charts.figure import Look
from core.conversations import Summary
from core.i18n import formats, plural
from core.rules import Rules
from core.ui import cards, components, drawings, export_guide, folding, links
from core.ui.tables import Html
from core.ui.views import conversations_files
from core.ui.views import conversations_line as one_account
from core.ui.views import conversations_list as every_account
from core.ui.views import conversations_teams as every_team
from core.ui.views import conversations_tier as ladder
from core.ui.views import conversations_words as words
from core.visit import Visit
from core.workspace import Workspace

_STYLE = Path(__file__).with_name("conversations.css")
_FIRST = 8


def draw(visit: Visit) -> None:
    """Draw every conversation, or the one that the address asks for."""
    st.html(f"<style>{_STYLE.read_text('utf-8')}</style>")
    workspace = cast(Workspace, visit.workspace)
    months = periods.months(workspace)
    if not months or not workspace.has("account", "activity"):
        _nothing(visit, "empty")
        return
    as_of = periods.period(workspace, months[0]).as_of
    found = conversations.summary(workspace, as_of)
    if found.answer == "nothing":
        _nothing(visit, "unmatched" if found.exchanges else "no_exchange")
        return
    asked = st.query_params.get("account")
    line = conversations.line(workspace, as_of, asked) if asked else None
    if line is not None:
        one_account.draw(visit, line, found.usual_gap)
        return
    components.show(
        components.verdict_header(
            visit.text("page.conversations.eyebrow"),
            words.answer(visit, found),
            found.state,
            visit.text(f"verdict.{found.state}"),
        )
    )
    if asked:
        notice = visit.text("page.conversations.unknown_account")
        components.show(components.notice("info", notice))
    _opportunities(visit, workspace, as_of, found)
    left, right = st.columns([0.56, 0.44], gap="small")
    with left:
        _silences(visit, workspace, as_of, found)
    with right:
        ladder.card(visit, conversations.tier(workspace, as_of))
    _fragile(visit, found)
    every_team.draw(visit, workspace, as_of)
    every_account.draw(visit, workspace, as_of)
    _notes(visit, found, as_of)


def _nothing(visit: Visit, which: str) -> None:
    """Say what lacks: files, exchanges, or the account beside each activity."""
    workspace = cast(Workspace, visit.workspace)
    lacking = [
        visit.text(f"object.{name}")
        for name in ("account", "activity")
        if not workspace.has(name)
    ]
    missing = visit.text(
        f"page.conversations.{which}_note",
        files=formats.listing(lacking, visit.language),
    )
    exports = export_guide.rows(visit, "account", "contact", "activity")
    title = visit.text(f"page.conversations.{which}")
    components.show(components.empty_state(title, missing, exports, heading_level=1))
    if visit.can("import"):
        cards.add_files(visit.language)


def _silences(visit: Visit, workspace: Workspace, as_of: date, found: Summary) -> None:
    """Draw the accounts by length of silence."""
    rules = Rules.of(workspace.settings.rules)
    rows = conversations.accounts(workspace, as_of)
    named = []
    start = 0
    for code, end, count, state in conversations.buckets(rows, rules):
        if code == "never":
            name = visit.text("page.conversations.bucket.never")
        elif not end:
            days = words.length(start, visit.language)
            name = visit.text("page.conversations.bucket.longer", length=days)
        else:
            low, high = (words.length(n, visit.language) for n in (start, end))
            name = visit.text("page.conversations.bucket.within", length=high)
            if start:
                name = visit.text(
                    "page.conversations.bucket.between", low=low, high=high
                )
            start = end
        named.append((code, name, count, state))
    with st.container(key="card_silences", height="stretch"):
        figure = silences(
            named,
            Look(visit.language, visit.theme),
            title=visit.text("page.conversations.silences"),
            alt_text=words.silent(visit, found),
        )
        note = visit.text(
            "page.conversations.silences_note",
            quiet=words.length(rules["conversation.quiet"], visit.language),
            silent=words.length(rules["conversation.silent"], visit.language),
        )
        if found.usual_gap is not None:
            usual = words.length(max(1.0, found.usual_gap), visit.language)
            note = visit.text("page.conversations.usual", length=usual) + " " + note
        drawings.draw(visit, figure, "silences", subtitle=note)


def _opportunities(
    visit: Visit, workspace: Workspace, as_of: date, found: Summary
) -> None:
    """Draw the open opportunities that wait, those worth most first."""
    with st.container(border=True, key="card_waiting"):
        title = visit.text("page.conversations.waiting")
        if found.opportunities is None:
            missing = visit.text("page.conversations.no_opportunity")
            components.show(
                components.heading(title),
                components.partial_data(missing),
                export_guide.folded(visit, "opportunity"),
            )
            return
        note = plural(
            "page.conversations.waiting_note",
            found.without or 0,
            visit.language,
            opportunities=formats.number(found.opportunities, visit.language),
            days=int(Rules.of(workspace.settings.rules)["conversation.opportunity"]),
        )
        components.show(components.heading(title, note))
        if not found.without:
            return
        rows = conversations.opportunities(workspace, as_of)
        rows = rows[rows["is_waiting"]]
        _waiting(visit, rows.sort_values("amount", ascending=False).head(_FIRST))
        conversations_files.draw(visit, workspace, as_of, "waiting")


def _waiting(visit: Visit, rows: pd.DataFrame) -> None:
    language = visit.language
    shown = [
        {
            "account": Html(_link(row)),
            "name": words.own(str(row["name"]), str(row["account_name"])),
            "amount": formats.money(row["amount"], language, currency=row["currency"]),
            "gap": words.length(row["gap"], language),
            "holder": words.holder(row) or None,
        }
        for row in words.records(rows)
    ]
    columns = {
        name: visit.text(f"page.conversations.column.{name}")
        for name in ("account", "name", "amount", "gap", "holder")
    }
    folding.draw(
        visit,
        columns,
        shown,
        caption=visit.text("page.conversations.waiting"),
        key="waiting",
        numeric={"amount", "gap"},
        strong={"amount"},
        line=("amount",),
    )


def _link(row: dict[str, object]) -> str:
    """Return the name of an account as a link to its conversation."""
    address = urlencode({"account": str(row["account_id"])})
    return f'<a href="conversations?{address}">{escape(str(row["account_name"]))}</a>'


def _fragile(visit: Visit, found: Summary) -> None:
    """Draw how many accounts hang on one person, theirs or ours, and which."""
    counts = {name: getattr(found, name) for name in ("one_contact", "one_user")}
    held = {name: count for name, count in counts.items() if count}
    if not held or not found.accounts:
        return
    with st.container(key="conversation_fragile"):
        cells = st.columns(len(held), gap="small")
    for cell, (name, count) in zip(cells, held.items(), strict=True):
        with cell, st.container(key=f"card_{name}"):
            every = formats.number(found.accounts, visit.language)
            components.show(
                components.big_number(
                    formats.number(count, visit.language),
                    visit.text("page.conversations.of_accounts", accounts=every),
                ),
                components.paragraph(visit.text(f"page.conversations.{name}")),
            )
            label = visit.text("page.conversations.see_fragile")
            links.page_link(visit, "conversations", label, status=name)


def _notes(visit: Visit, found: Summary, as_of: date) -> None:
    """Say what the figures rest on, what was not found, and how it is computed."""
    language = visit.language
    lines = [
        visit.text(
            "page.conversations.dataline",
            exchanges=plural("page.conversations.exchanges", found.exchanges, language),
            first=formats.day(found.since, language),
            last=formats.day(as_of, language),
        )
    ]
    if found.unmatched:
        lost = plural("page.conversations.unmatched_count", found.unmatched, language)
        lines.append(lost)
    for name in ("of_leads", "adrift", "new"):
        if count := getattr(found, name):
            lines.append(plural(f"page.conversations.{name}", count, language))
    components.show(components.data_line(" ".join(lines)))
    how = [
        visit.text(f"page.conversations.how.{name}")
        for name in ("exchange", "account", "silence", "tier", "private")
    ]
    links.how(visit, "conversations", how)
