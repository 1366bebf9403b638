"""One link as it is handed over: its address, its QR code, and what it shows."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from core.i18n import formats
from core.shares import keeping
from core.shares.model import Share
from core.ui import components, links
from core.ui.views import shared, workshop_link
from core.visit import Visit

_RULES = Path(__file__).with_name("sharing.css")


def dress() -> None:
    """Put the rules and the script of links on the page, once a run."""
    st.html(
        f"<style>{_RULES.read_text('utf-8')}</style>"
        '<script src="/assets/copy.js"></script>',
        unsafe_allow_javascript=True,
    )


def address(visit: Visit, link: str, label: str, *, code: bool = False) -> str:
    """Return a link in a field, with the button that copies it, and its QR code."""
    image = printed = ""
    if code:
        image = workshop_link.code(link, visit.text("share.qr"))
        words = escape(visit.text("action.print_code"))
        printed = f'<button type="button" data-aplomb-print>{words}</button>'
    told = escape(visit.text("share.copied"), quote=True)
    return (
        f'<div class="link-out"><label><span>{escape(label)}</span>'
        f'<input readonly value="{escape(link, quote=True)}"></label>'
        f'<div class="do"><button type="button" class="main" data-aplomb-copy="{told}">'
        f"{escape(visit.text('action.copy_link'))}</button>{printed}"
        f'<span role="status"></span></div>{image}</div>'
    )


def shows(visit: Visit, share: Share) -> str:
    """Return in a sentence what a link shows, of whom, and until when."""
    pages = [visit.text(f"page.{name}.nav") for name in share.pages]
    team = visit.text("share.shows.every_team")
    if share.team is not None:
        team = visit.text("share.shows.team", team=share.team)
    return visit.text(
        "share.shows",
        pages=formats.listing(pages, visit.language),
        team=team,
        names=visit.text(f"share.shows.{'names' if share.shows_names else 'no_names'}"),
        until=shared.until(share.expires_at, visit.language),
    )


def draw(visit: Visit, share: Share) -> None:
    """Draw a link that opens, for who made it: address, code and what it shows."""
    token = keeping.token(share.share_id)
    if token is None:
        components.show(components.note(visit.text("share.key_lost")))
        return
    link = f"{links.base()}/s/{token}"
    components.show(address(visit, link, visit.text("share.link"), code=True))
    components.show(components.note(shows(visit, share)))
    if workshop_link.only_here(link):
        words = visit.text("page.workshop.only_here")
        components.show(components.notice("watch", words))
