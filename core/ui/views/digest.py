"""The text of the week: for whom, the text itself, and the ways to take it away."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from core import exports
from core.accounts import audit
from core.digest import mail, person, rounds, team, week
from core.digest.model import KINDS, Digest, Kind
from core.digest.week import Week
from core.errors import GroupTooSmall, NamesHidden
from core.i18n import LANGUAGES
from core.ui import cards, components, links
from core.ui.components import rich
from core.visit import Visit
from core.workspace import Workspace

_RULES = Path(__file__).with_name("digest.css")


def draw(visit: Visit) -> None:
    """Draw the page."""
    st.html(f"<style>{_RULES.read_text('utf-8')}</style>")
    components.show(
        components.verdict_header(
            visit.text("page.digest.nav"), visit.text("page.digest.title")
        )
    )
    found = week.last(cast(Workspace, visit.workspace), today(visit))
    if found is None:
        cards.no_data("digest", visit.language)
        return
    kind, language = _asked(visit)
    try:
        with st.spinner(visit.text("common.computing")):
            about, to = _about(visit, found, kind)
            if about is None:
                return
            told = rounds.compose(visit, today(visit), kind, about, language)
    except (NamesHidden, GroupTooSmall) as error:
        components.show(
            components.notice("info", cards.sentence(error, visit.language))
        )
        return
    _ways(visit, told, to)
    _letter(visit, told)
    components.show(components.note(visit.text("page.digest.check")))
    if visit.can("people"):
        links.page_link(visit, "settings", visit.text("page.digest.automatic"))


def today(visit: Visit) -> date:
    """Return the day it is where the company works."""
    zone = cast(Workspace, visit.workspace).settings.timezone
    return datetime.now(ZoneInfo(zone)).date()


def _asked(visit: Visit) -> tuple[Kind, str]:
    with st.container(horizontal=True, gap="medium", key="digest_asked"):
        kind = st.segmented_control(
            visit.text("page.digest.for"),
            KINDS[::-1],
            default="company",
            format_func=lambda one: visit.text(f"page.digest.kind.{one}"),
            required=True,
            key="digest_kind",
        )
        language = st.segmented_control(
            visit.text("page.digest.language"),
            LANGUAGES,
            default=visit.language,
            format_func=str.upper,
            required=True,
            key="digest_language",
        )
    return kind, language


def _about(visit: Visit, found: Week, kind: Kind) -> tuple[str | None, str]:
    """Return whom the text is about, and the address of who gets it, if known."""
    if kind == "company":
        return "", ""
    if kind == "person":
        rows = person.listed(visit, found)
        names = dict(zip(rows["user_id"], rows["name"], strict=True))
        emails = dict(zip(rows["user_id"], rows["email"], strict=True))
    else:
        known = team.managers(visit, found)
        names = {name: name for name in team.listed(visit, found)}
        emails = {name: email for name, (_, email) in known.items()}
    if not names:
        raise GroupTooSmall(minimum=cast(Workspace, visit.workspace).settings.k)
    chosen = st.selectbox(
        visit.text(f"page.digest.which.{kind}"),
        list(names),
        format_func=lambda one: str(names[one]),
        key=f"digest_{kind}",
    )
    email = emails.get(chosen) if chosen else None
    return chosen, email if isinstance(email, str) else ""


def _letter(visit: Visit, told: Digest) -> None:
    """Draw the text as its reader will see it."""
    subject = visit.text("page.digest.subject", subject=told.subject)
    parts = [f'<p class="subject">{escape(subject)}</p>']
    if told.hello:
        parts.append(f"<p>{escape(told.hello)}</p>")
    parts.append(f"<h2>{rich(told.lead)}</h2>")
    parts += [f"<p>{rich(line)}</p>" for line in told.intro]
    for block in told.blocks:
        rows = "".join(f"<li>{rich(line)}</li>" for line in block.lines)
        parts.append(f"<h3>{escape(block.title)}</h3><ul>{rows}</ul>")
    foot = "<br>".join(map(rich, told.foot))
    parts.append(f'<p class="foot">{foot}</p>')
    body = "".join(parts)
    components.show(
        f'<section class="card letter" lang="{told.language}">{body}</section>'
    )


def _ways(visit: Visit, told: Digest, to: str) -> None:
    """Draw the ways to take the text: copy, write a mail, two files."""
    if not visit.can("export"):
        return
    data = {
        "words": told.words,
        "html": told.body,
        "done": visit.text("page.digest.copied"),
        "failed": visit.text("page.digest.not_copied"),
    }
    held = " ".join(f'data-{k}="{escape(v, quote=True)}"' for k, v in data.items())
    copy = escape(visit.text("page.digest.copy"))
    write = escape(visit.text("page.digest.mailto"))
    address = escape(mail.link(told, to), quote=True)
    st.html(
        f'<div class="send"><button type="button" data-aplomb-copy {held}>{copy}'
        f'</button><a href="{address}">{write}</a>'
        '<span role="status" class="note"></span></div>'
        '<script src="/assets/copy.js"></script>',
        unsafe_allow_javascript=True,
    )
    with st.container(horizontal=True, key="digest_files"):
        for suffix, content in (("txt", told.words), ("eml", mail.draft(told, to))):
            st.download_button(
                visit.text(f"page.digest.download_{suffix}"),
                partial(_file, visit, told.kind, content),
                exports.file_name(told.subject, suffix=suffix),
                "text/plain" if suffix == "txt" else "message/rfc822",
                key=f"digest_{suffix}",
                on_click="ignore",
            )


def _file(visit: Visit, kind: str, content: str | bytes) -> bytes:
    """Return the file, and write in the journal that it was taken."""
    audit.record(visit.who, "export", visit.workspace_id, list=f"digest_{kind}")
    return content.encode() if isinstance(content, str) else content
