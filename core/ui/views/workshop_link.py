"""The link of a workshop and its QR code, large enough for a projector."""

from __future__ import annotations

import io
import ipaddress
from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from core.charts import svg
from core.ui import components, links
from core.visit import Visit

LARGE = "workshop_large"
"""What the visit remembers: the code is shown to a whole room."""


def only_here(link: str) -> bool:
    """Tell whether a link opens on this computer only, where no phone can follow."""
    name = urlsplit(link).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def address(token: str) -> str:
    """Return the address of a workshop as phones must ask for it."""
    return f"{links.base()}/w/{token}"


def code(link: str, alt: str) -> str:
    """Return the QR code of a link: black on white in every theme."""
    out = io.BytesIO()
    segno.make(link, error="m").save(
        out, kind="svg", xmldecl=False, border=4, light="#ffffff", omitsize=True
    )
    return svg.image(out.getvalue().decode(), alt, "qr")


def draw(visit: Visit, token: str) -> None:
    """Draw the code and the link in words."""
    link = address(token)
    is_large = st.toggle(visit.text("page.workshop.large"), key=LARGE)
    size = " large" if is_large else ""
    image = code(link, visit.text("page.workshop.qr"))
    components.show(
        f'<div class="door{size}">{image}<p><a href="{escape(link, quote=True)}" '
        f'target="_blank" rel="noopener">{escape(link)}</a></p></div>'
    )
    if only_here(link):
        words = visit.text("page.workshop.only_here")
        components.show(components.notice("watch", words))
