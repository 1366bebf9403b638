"""The look of a workspace's slides: a template given, or a logo and two colours."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.accounts import audit
from core.charts.tokens import LIGHT
from core.errors import CrmError
from core.takeaway import making, template
from core.takeaway.blank import Brand
from core.ui import cards, components
from core.visit import Visit

_MOST_MB = 40
_GIVEN = "take_given"


def draw(visit: Visit) -> None:
    """Draw what changes the look, for who sets the workspace up."""
    folder = making.look_folder(visit)
    if folder is None or not visit.can("configure"):
        return
    with st.expander(visit.text("take.look.title"), key="take_look_title"):
        name = template.name(folder)
        if name is not None:
            components.show(components.note(visit.text("take.look.kept", name=name)))
        _template(visit, folder)
        _brand(visit, folder)
        if name is not None or template.brand(folder) is not None:
            st.button(
                visit.text("take.look.forget"),
                key="take_look_forget",
                type="tertiary",
                on_click=_forget,
                args=(visit, folder),
            )


def _template(visit: Visit, folder: Path) -> None:
    """Draw the place for a template; a new one replaces the one before."""
    given = st.file_uploader(
        visit.text("take.look.template"),
        type=["pptx", "potx", "pptm", "potm"],
        key="take_look_template",
        max_upload_size=_MOST_MB,
        help=visit.text("take.look.template_help"),
    )
    if given is None or st.session_state.get(_GIVEN) == given.file_id:
        return
    try:
        template.keep(folder, given.getvalue(), given.name)
    except CrmError as error:
        components.show(
            components.notice("watch", cards.sentence(error, visit.language))
        )
        return
    st.session_state[_GIVEN] = given.file_id
    audit.record(visit.who, "template_set", visit.workspace_id)
    st.rerun()


def _brand(visit: Visit, folder: Path) -> None:
    """Draw the form of the simpler look."""
    kept = template.brand(folder) or Brand()
    with st.form("take_brand", border=False):
        components.show(components.note(visit.text("take.look.or")))
        logo = st.file_uploader(
            visit.text("take.look.logo"),
            type=["png", "jpg", "jpeg"],
            key="take_look_logo",
            max_upload_size=4,
        )
        name = st.text_input(
            visit.text("take.look.name"),
            kept.name,
            key="take_look_name",
            max_chars=120,
        )
        left, right = st.columns(2)
        accent = left.color_picker(
            visit.text("take.look.accent"), kept.accent or LIGHT.accent
        )
        ink = right.color_picker(visit.text("take.look.ink"), kept.ink or LIGHT.text)
        if not st.form_submit_button(visit.text("take.look.keep")):
            return
    try:
        picture = logo.getvalue() if logo is not None else b""
        template.keep_brand(folder, Brand(name, accent, ink, picture))
    except CrmError as error:
        components.show(
            components.notice("watch", cards.sentence(error, visit.language))
        )
        return
    audit.record(visit.who, "brand_set", visit.workspace_id)
    st.rerun()


def _forget(visit: Visit, folder: Path) -> None:
    template.forget(folder)
    audit.record(visit.who, "template_removed", visit.workspace_id)
