"""One account's conversation: what to say of it, its time line, and who took part."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import conversation_line as chart
from core.charts.figure import Look
from core.conversations import Line
from core.i18n import formats, plural
from core.ui import addressed, components, drawings, links
from core.ui.tables import table
from core.ui.tiles import kpi_tile
from core.ui.views import conversations_list as every_account
from core.ui.views import conversations_words as words
from core.visit import Visit

SPANS = {"year": 12, "two_years": 24, "all": 0}
_LINES = 16
_OLDER = 200
_PEOPLE = 8


def draw(visit: Visit, line: Line, company_gap: float | None) -> None:
    """Draw the page of one account; ``company_gap`` is what is usual for the others."""
    account = line.account
    with st.container(key="conversation_back"):
        label = visit.text("page.conversations.back")
        links.page_link(visit, "conversations", label, **every_account.kept())
    state = str(account["state"])
    components.show(
        components.verdict_header(
            visit.text("page.conversations.with", name=account["name"]),
            words.of_account(visit, account, line.as_of),
            words.CHIPS[state],
            visit.text(f"page.conversations.state.{state}"),
        ),
        components.note(_about(visit, line)),
    )
    if line.events.empty:
        nothing = visit.text("page.conversations.no_event")
        components.show(components.partial_data(nothing))
        return
    _tiles(visit, line, company_gap)
    _drawing(visit, line)
    left, right = st.columns([0.58, 0.42], gap="small")
    with left:
        _exchanges(visit, line)
    with right:
        _people(visit, line)
    links.method(visit, "conversations")


def _about(visit: Visit, line: Line) -> str:
    """Return the kind of account, who holds it, and what is open."""
    account, language = line.account, visit.language
    parts = []
    if not formats.is_absent(account["account_type"]):
        parts.append(str(account["account_type"]))
    if held := words.holder(account):
        parts.append(visit.text("page.conversations.held", holder=held))
    if worth := words.worth(visit, account):
        parts.append(worth)
    if not formats.is_absent(account["next_day"]):
        day = formats.day(account["next_day"], language)
        parts.append(visit.text("page.conversations.next", day=day))
    return " · ".join(parts)


def _tiles(visit: Visit, line: Line, company_gap: float | None) -> None:
    """Draw the four figures of the conversation."""
    account, language = line.account, visit.language
    others = ""
    if company_gap is not None:
        others = visit.text(
            "page.conversations.others",
            length=words.length(max(1.0, company_gap), language),
        )
    usual, longest = account["usual_gap"], account["longest_gap"]
    exchanges = line.exchanges
    theirs = exchanges["contact_id"].nunique()
    ours = exchanges["user_id"].nunique()
    tiles = [
        ("year_count", formats.number(account["year_count"], language), ""),
        (
            "usual_gap",
            formats.ABSENT
            if formats.is_absent(usual)
            else words.length(max(1.0, float(usual)), language),
            others,
        ),
        (
            "longest_gap",
            formats.ABSENT
            if formats.is_absent(longest)
            else words.length(float(longest), language),
            "",
        ),
    ]
    if theirs:
        pair = formats.number(theirs, language)
        below = plural("page.conversations.of_ours", ours, language) if ours else ""
        tiles.append(("contacts", pair, below))
    with st.container(key="conversation_tiles"):
        cells = st.columns(len(tiles), gap="small")
    for cell, (name, value, below) in zip(cells, tiles, strict=True):
        with cell:
            label = visit.text(f"page.conversations.tile.{name}")
            components.show(kpi_tile(label, value, change=below))


def _drawing(visit: Visit, line: Line) -> None:
    """Draw the time line of the span asked for."""
    last = pd.Timestamp(line.as_of)
    start = line.events["day"].min()
    with st.container(border=True, key="card_line"):
        span = "all"
        if start < last - pd.DateOffset(months=SPANS["two_years"]):
            asked = st.segmented_control(
                visit.text("page.conversations.span"),
                list(SPANS),
                format_func=lambda one: visit.text(f"page.conversations.span.{one}"),
                required=True,
                label_visibility="collapsed",
                **addressed.one_of(
                    "span", "conversation_span", list(SPANS), "two_years"
                ),
            )
            span = asked or "all"
        months = SPANS[span]
        first = last - pd.DateOffset(months=months) if months else start
        events = line.events[line.events["day"] >= first]
        pauses = line.silences[line.silences["end"] > first]
        pauses = pauses.assign(
            start=pauses["start"].where(pauses["start"] > first, first),
            words=[words.length(days, visit.language) for days in pauses["days"]],
        )
        figure = chart.line(
            events,
            pauses,
            Look(visit.language, visit.theme),
            first=pd.Timestamp(first),
            last=last,
            title=visit.text("page.conversations.line"),
            alt_text=_alt(visit, line),
        )
        days = plural("count.day", line.limit, visit.language)
        note = visit.text("page.conversations.line_note", days=days)
        drawings.draw(visit, figure, "conversation", subtitle=note)


def _alt(visit: Visit, line: Line) -> str:
    """Return the time line in one sentence."""
    count = int(line.exchanges["event_count"].sum())
    said = words.of_account(visit, line.account, line.as_of)
    exchanges = plural("page.conversations.exchanges", count, visit.language)
    longest = line.longest
    if longest is None:
        return f"{said} {exchanges}."
    length = words.length(float(longest["days"]), visit.language)
    return visit.text(
        "page.conversations.line_alt", said=said, exchanges=exchanges, length=length
    )


def _exchanges(visit: Visit, line: Line) -> None:
    """Draw the line as a list, the latest first, its silences between the exchanges."""
    with st.container(border=True, key="card_exchanges"):
        title = visit.text("page.conversations.list")
        rows = line.events.sort_values("day", ascending=False, kind="stable")
        components.show(components.heading(title))
        shown = _items(visit, line, rows.head(_LINES))
        components.show(f'<ol class="talks">{shown}</ol>')
        older = rows.iloc[_LINES : _LINES + _OLDER]
        if older.empty:
            return
        label = plural("page.conversations.older", len(older), visit.language)
        with st.expander(label, key="older_exchanges"):
            shown = _items(visit, line, older)
            components.show(f'<ol class="talks">{shown}</ol>')


def _items(visit: Visit, line: Line, rows: pd.DataFrame) -> str:
    """Return the exchanges and the silences between them as lines of a list."""
    pauses = {pd.Timestamp(row["start"]): row for row in words.records(line.silences)}
    said: list[str] = []
    told: set[pd.Timestamp] = set()
    for row in words.records(rows):
        day = pd.Timestamp(row["day"])
        if row["event"] == "exchange" and day in pauses and day not in told:
            told.add(day)
            said.append(_pause(visit, pauses[day]))
        said.append(_item(visit, row))
    return "".join(said)


def _pause(visit: Visit, row: dict[str, Any]) -> str:
    length = words.length(float(row["days"]), visit.language)
    key = "now" if row["is_current"] else "past"
    sentence = visit.text(f"page.conversations.pause.{key}", length=length)
    return f'<li class="pause {key}">{escape(sentence)}</li>'


def _item(visit: Visit, row: dict[str, Any]) -> str:
    what = ""
    if row["event"] == "exchange":
        what = visit.text(f"page.conversations.one.{row['channel']}")
    elif row["event"] in ("opened", "won"):
        what = visit.text(f"page.conversations.event.{row['event']}")
        if not formats.is_absent(row["amount"]):
            code = row["currency"]
            if formats.is_absent(code):
                assert visit.workspace is not None
                code = visit.workspace.settings.currency
            money = formats.money(row["amount"], visit.language, currency=str(code))
            what += visit.text("common.colon") + money
    else:
        what = visit.text("page.conversations.event.response")
    if row["event_count"] > 1:
        what += f" × {formats.number(row['event_count'], visit.language)}"
    people = [row["contact_name"], row["user_name"]]
    who = " · ".join(str(one) for one in people if not formats.is_absent(one))
    day = formats.day(row["day"], visit.language)
    return (
        f"<li class='{row['event']}'><span class='when'>{escape(day)}</span>"
        f"<span><b>{escape(what)}</b>"
        f"<span class='note'>{escape(who)}</span></span></li>"
    )


def _people(visit: Visit, line: Line) -> None:
    """Draw who took part, theirs then ours, as far as this reader may see them."""
    exchanges = line.exchanges
    sides = {
        "theirs": ("contact_id", "contact_name", "contact_title"),
        "ours": ("user_id", "user_name", None),
    }
    with st.container(border=True, key="card_people"):
        components.show(components.heading(visit.text("page.conversations.people")))
        for side, (key, name, title) in sides.items():
            known = exchanges.dropna(subset=[key])
            if known.empty:
                nobody = visit.text(f"page.conversations.no_{side}")
                components.show(components.note(nobody))
                continue
            _side(visit, known, side, name, title)


def _side(
    visit: Visit, known: pd.DataFrame, side: str, name: str, title: str | None
) -> None:
    names = [name, title] if title else [name]
    groups = known.fillna(dict.fromkeys(names, "")).groupby(names, sort=False)
    found = groups.agg(count=("event_count", "sum"), last=("day", "max")).reset_index()
    found = found.sort_values(["last", "count"], ascending=False).head(_PEOPLE)
    rows = [
        {
            "who": ", ".join(str(row[one]) for one in names if row[one])
            or visit.text("common.unknown"),
            "count": formats.number(row["count"], visit.language),
            "last": formats.day(row["last"], visit.language),
        }
        for row in words.records(found)
    ]
    columns = {
        "who": visit.text(f"page.conversations.side.{side}"),
        "count": visit.text("page.conversations.column.count"),
        "last": visit.text("page.conversations.column.last"),
    }
    caption = visit.text(f"page.conversations.side.{side}")
    components.show(
        table(columns, rows, caption=caption, numeric={"count", "last"}, stack=False)
    )
