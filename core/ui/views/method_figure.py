"""One figure of the method page: formula, limits, rows used, files that compute."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from core.campaigns.counts import DIVISIONS
from core.i18n import formats, plural
from core.method import facts, headers
from core.method.figure import Fact, Figure
from core.method.figures import FIGURES
from core.method.rows import rows as rows_of
from core.method.texts import (
    limit_sentence,
    origin,
    short,
    values,
    written,
)
from core.profiles import PROFILES
from core.rules import Rules
from core.ui import components, links
from core.ui.components import Stat
from core.ui.tables import Html, table
from core.visit import Visit

_SQL_STYLE = (
    "overflow-x:auto;font-size:12px;line-height:1.45;margin:.5rem 0 0;padding:.8rem;"
    "border-radius:10px;background:var(--sunken);color:var(--text)"
)


def draw(visit: Visit, figure: Figure) -> None:
    """Draw everything there is to know of one figure."""
    links.page_link(visit, "method", f"← {visit.text('page.method.back')}")
    name = written(figure, "name", visit.language)
    question = written(figure, "question", visit.language)
    components.show(components.verdict_header(name, question))
    left, right = st.columns([0.62, 0.38], gap="small")
    with left:
        components.show(_definition(visit, figure))
    with right, st.container(border=True, key="card_method_data", height="stretch"):
        _yours(visit, figure)
    if figure.code == "profiles":
        components.show(_rhythms(visit))
    if figure.code == "rates":
        components.show(_divisions(visit))
    if figure.limits:
        components.show(_limits(visit, figure))
    components.show(_files(visit, figure))
    _neighbours(visit, figure)


def _lines(sentences: str) -> str:
    """Return one paragraph, or a numbered list of several lines in order."""
    lines = sentences.split("\n")
    if len(lines) == 1:
        return components.paragraph(sentences)
    items = "".join(
        f'<li style="margin:.25rem 0">{components.rich(x)}</li>' for x in lines
    )
    return f'<ol class="say" style="padding-left:1.3rem">{items}</ol>'


def _code(words: str) -> str:
    """Return a path or a name of the code, which may break on a narrow screen."""
    return f'<code style="overflow-wrap:anywhere">{escape(words)}</code>'


def _part(title: str, body: str) -> str:
    return f'<div style="margin-top:1rem"><h3>{escape(title)}</h3>{body}</div>'


def _definition(visit: Visit, figure: Figure) -> str:
    period = visit.text(
        f"method.period.{figure.period}", **values(figure, visit.language)
    )
    stats = [
        Stat(visit.text("page.method.unit"), visit.text(f"method.unit.{figure.unit}")),
        Stat(visit.text("page.method.period"), period),
        Stat(visit.text("page.method.shown"), visit.text(f"page.{figure.page}.nav")),
    ]
    excluded = _lines(written(figure, "excluded", visit.language, _rules(visit)))
    return components.card(
        _lines(written(figure, "formula", visit.language, _rules(visit))),
        _part(visit.text("page.method.excluded"), excluded),
        components.stat_list(stats),
        title=visit.text("page.method.formula"),
    )


def _value(visit: Visit, fact: Fact) -> str:
    value: Any = fact.value
    if isinstance(value, tuple):
        first, last = (formats.day(day, visit.language) for day in value)
        return visit.text("method.fact.span", first=first, last=last)
    if value is None:
        return visit.text("method.fact.none_given")
    if isinstance(value, str):
        return visit.text(value) if value.startswith("privacy.") else value
    return short(float(value), visit.language)


def _label(visit: Visit, fact: Fact) -> str:
    labels = dict(fact.labels)
    if "month" in labels:
        labels["month"] = formats.month(labels["month"], visit.language)
    keys = {
        "method.fact": f"method.fact.{fact.code}",
        "state": f"state.{fact.code}",
        "profile": f"profile.{fact.code}",
        "verdict": f"verdict.{fact.code}",
    }
    return visit.text(keys[fact.counts], **labels)


def _yours(visit: Visit, figure: Figure) -> None:
    """Say which rows of this workspace the figure rests on."""
    workspace = visit.workspace
    components.show(components.heading(visit.text("page.method.yours")))
    can_open = visit.can_open(figure.page)
    if workspace is None or not workspace.objects or not can_open:
        key = "page.method.yours_none" if can_open else "page.method.yours_other"
        components.show(components.note(visit.text(key)))
        return
    parts = []
    stats = [
        Stat(_label(visit, fact), f"**{_value(visit, fact)}**")
        for fact in facts.facts(workspace, figure.code)
    ]
    if stats:
        parts.append(components.stat_list(stats))
    if facts.is_hidden(workspace, figure.code):
        parts.append(components.note(visit.text("page.method.hidden")))
    used = rows_of(workspace, figure.code)
    if used:
        title = visit.text("page.method.rows_used")
        rows = [
            {
                "object": visit.text(f"object.{one.object}"),
                "read": formats.number(one.read, visit.language),
                "kept": formats.number(one.kept, visit.language),
                "rejected": formats.number(one.rejected, visit.language),
            }
            for one in used
        ]
        columns = {
            "object": visit.text("page.method.export"),
            "read": visit.text("page.method.read"),
            "kept": visit.text("page.method.kept"),
            "rejected": visit.text("page.method.rejected"),
        }
        numeric = {"read", "kept", "rejected"}
        listed = table(columns, rows, caption=title, numeric=numeric, stack=False)
        note = components.note(visit.text("page.method.rows_note"))
        parts.append(_part(title, listed + note))
    # A plan of mailings or a scorecard rests on no row.
    components.show(*(parts or [components.note(visit.text("page.method.rows_none"))]))
    if figure.page != "method":
        links.page_link(visit, figure.page, visit.text("page.method.see"))


def _rules(visit: Visit) -> Rules:
    """Return the limits in force where the reader looks."""
    return Rules.of(visit.workspace.settings.rules if visit.workspace else {})


def _rhythms(visit: Visit) -> str:
    rows = []
    for code in PROFILES:
        rhythm = _rules(visit).rhythm(code)
        low, high, healthy, alarm = (
            short(days, visit.language)
            for days in (rhythm.low, rhythm.high, rhythm.healthy, rhythm.alarm)
        )
        normal = low
        if high != low:
            normal = visit.text("page.method.rhythm.range", low=low, high=high)
        sign = components.symbol(code, visit.text(f"profile.{code}"))
        rows.append(
            {
                "profile": Html(sign),
                "normal": normal,
                "healthy": healthy,
                "alarm": alarm,
            }
        )
    columns = {
        "profile": visit.text("filter.profile"),
        "normal": visit.text("page.method.rhythm.normal"),
        "healthy": visit.text("page.method.rhythm.healthy"),
        "alarm": visit.text("page.method.rhythm.alarm"),
    }
    title = visit.text("page.method.rhythms")
    numeric = {"normal", "healthy", "alarm"}
    listed = table(columns, rows, caption=title, numeric=numeric)
    return components.card(
        listed, title=title, note=visit.text("page.method.rhythms_note")
    )


def _divisions(visit: Visit) -> str:
    rows = [
        {
            "rate": visit.text(f"rate.{rate}"),
            "formula": visit.text(
                "page.method.division",
                count=visit.text(f"step.{count}"),
                whole=visit.text(f"step.{whole}"),
            ),
        }
        for rate, (count, whole, _) in DIVISIONS.items()
    ]
    columns = {
        "rate": visit.text("page.method.rate"),
        "formula": visit.text("page.method.formula"),
    }
    title = visit.text("page.method.rates")
    return components.card(table(columns, rows, caption=title), title=title)


def _limits(visit: Visit, figure: Figure) -> str:
    rows = [
        {
            "limit": limit_sentence(limit, visit.language, _rules(visit)),
            "origin": origin(limit, visit.language),
            "file": Html(_code(limit.file)),
        }
        for limit in figure.thresholds
    ]
    columns = {
        "limit": visit.text("page.method.limit"),
        "origin": visit.text("page.method.origin"),
        "file": visit.text("page.method.file"),
    }
    title = visit.text("page.method.limits")
    return components.card(table(columns, rows, caption=title), title=title)


def _files(visit: Visit, figure: Figure) -> str:
    """Return each SQL file: what it says of itself, its columns and its text."""
    parts = [_file(visit, headers.header(name)) for name in figure.models]
    if figure.modules:
        files = ", ".join(f"**{path}**" for path in figure.modules)
        sentence = visit.text("page.method.modules", files=files)
        parts.append(components.note(sentence))
    note = visit.text("page.method.files_note") if figure.models else ""
    return components.card(*parts, title=visit.text("page.method.files"), note=note)


def _file(visit: Visit, header: headers.Header) -> str:
    grain = ", ".join(header.grain)
    of = visit.text("page.method.grain", grain=grain)
    rows = [
        {"name": Html(_code(name)), "type": kind, "meaning": meaning}
        for name, kind, meaning in header.columns
    ]
    columns = {
        "name": visit.text("page.method.column"),
        "type": visit.text("page.method.type"),
        "meaning": visit.text("page.method.meaning"),
    }
    count = plural("page.method.columns", len(rows), visit.language)
    listed = table(columns, rows, caption=f"{header.path}, {count}", stack=False)
    sql = visit.text("page.method.sql")
    return (
        f'<details class="how"><summary>{_code(header.path)}</summary>'
        f'<p lang="en">{escape(header.description)}</p><p>{escape(of)}</p>'
        f'<div lang="en">{listed}</div>'
        f'<details class="how"><summary>{escape(sql)}</summary>'
        f'<pre lang="en" tabindex="0" style="{_SQL_STYLE}">{escape(header.text)}</pre>'
        "</details></details>"
    )


def _neighbours(visit: Visit, figure: Figure) -> None:
    """Link the other figures of the same group."""
    others = [
        other
        for other in FIGURES.values()
        if other.group == figure.group and other is not figure
    ]
    with st.container(horizontal=True, key="method_neighbours"):
        for other in others:
            name = written(other, "name", visit.language)
            links.page_link(visit, "method", name, figure=other.code)
