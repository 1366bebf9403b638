"""What to export, from which menu: for an empty page, a missing part, as a guide."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from core import guide
from core.i18n import formats
from core.ui import components
from core.ui.icons import icon
from core.visit import Visit

WANTED: Mapping[str, tuple[str, ...]] = {
    "adoption": ("login", "activity"),
    "profiles": ("login", "activity"),
    "lifecycle": ("login", "activity", "user"),
    "symptoms": ("login", "activity", "user"),
    "pyramid": ("account", "contact", "activity"),
    "conversations": ("account", "contact", "activity"),
    "practices": ("user", "activity", "account"),
    "campaigns": ("campaign_member",),
    "digest": ("login", "activity"),
    "present": ("login", "activity"),
}
"""What fills each page that needs data."""


def rows(visit: Visit, *objects: str) -> list[tuple[str, str]]:
    """Return (tool, export and menu) for ``objects``, of the tools in use first."""
    mine = guide.used(visit.workspace.manifest) if visit.workspace else ()
    return guide.rows(objects, visit.language, mine)


def lines(visit: Visit, *objects: str) -> list[str]:
    """Return the same as running text, the tool's name first."""
    colon = visit.text("common.colon")
    return [f"**{tool}**{colon}{told}" for tool, told in rows(visit, *objects)]


def folded(visit: Visit, *objects: str) -> str:
    """Return the same folded, to stand below a part that lacks ``objects``."""
    if not visit.can("import"):
        return ""
    return components.how(visit.text("guide.which"), lines(visit, *objects))


def chooser(visit: Visit) -> None:
    """Draw the guide: the tool in use, its files one by one, and what each opens."""
    assert visit.workspace is not None
    every = guide.vendors()
    mine = guide.used(visit.workspace.manifest)
    first = next((vendor for vendor in every if vendor in mine), every[0])
    with st.container(key="card_guide"):
        title = visit.text("guide.title")
        components.show(components.heading(title, visit.text("guide.note")))
        vendor = st.selectbox(
            visit.text("guide.using"),
            every,
            index=every.index(first),
            format_func=lambda one: visit.text(f"vendor.{one}"),
            key="guide_vendor",
        )
        parts = [_export(visit, one) for one in guide.of(vendor)]
        components.show(f'<ol class="guide">{"".join(parts)}</ol>')


def _export(visit: Visit, one: guide.Export) -> str:
    """Return one export to make: checked where all that it gives is there."""
    assert visit.workspace is not None
    language, workspace = visit.language, visit.workspace
    held = [workspace.has(name) for name in one.objects]
    state = "healthy" if all(held) else "watch" if any(held) else "not_enough_data"
    told = visit.text(f"guide.{state}")
    opens = [
        visit.text(f"unlock.{unlock.name}.opens")
        for unlock in guide.UNLOCKS
        if set(unlock.objects) & set(one.objects)
    ]
    what = escape(formats.capital(one.what[language]))
    menu = escape(one.menu[language])
    note = one.note.get(language, "")
    unlocked = visit.text("guide.opens", what=" · ".join(dict.fromkeys(opens)))
    return (
        f'<li><span class="t-{state}">{icon(state)}{components.unseen(told)}</span>'
        f"<div><b>{what}</b><span>{menu}</span>"
        + (f"<span>{escape(note)}</span>" if note else "")
        + f"<span>{escape(unlocked)}</span></div></li>"
    )
