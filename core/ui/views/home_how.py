"""The way from a figure of Home to how it is computed: a small sign in its corner."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from core.ui.icons import icon
from core.visit import Visit


def explained(visit: Visit, block: str, figure: str, what: str) -> str:
    """Return ``block`` with the link to the method of ``figure`` in its corner.

    ``what`` names the figure for whoever hears the link instead of seeing where it is.
    """
    if not visit.can_open("method"):
        return block
    address = escape(f"method?{urlencode({'figure': figure})}", quote=True)
    label = escape(visit.text("page.home.how_of", what=what), quote=True)
    return (
        f'<div class="fill explained">{block}<a class="whence" href="{address}"'
        f' title="{label}" aria-label="{label}">{icon("info")}</a></div>'
    )
