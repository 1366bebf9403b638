"""The script that Streamlit runs for every visit: the menu, then the page asked for.

It lives in ``core`` and not beside ``pages``: a folder of that name beside the main
script would be served page by page to anybody, before any sign-in.
"""

from __future__ import annotations

import streamlit as st

from core.i18n import text
from core.pages import PAGES
from core.settings import ROOT
from core.ui import auth, frame, language

spoken = language.chosen()
visitor = auth.visitor()
st.set_page_config(
    page_title="Aplomb",
    layout="wide",
    initial_sidebar_state="auto" if visitor else "collapsed",
)
menu: dict[str, list[st.Page]] = {}
for spec in PAGES:
    menu.setdefault(text(f"menu.{spec.section}", spoken), []).append(
        st.Page(
            ROOT / "pages" / f"{spec.name}.py",
            title=text(f"page.{spec.name}.nav", spoken),
            url_path=spec.name,
            default=spec.name == "home",
            visibility="visible" if frame.in_menu(spec, visitor) else "hidden",
        )
    )
# A long menu folds its end behind words that Streamlit has in English only.
st.navigation(menu, position="sidebar" if visitor else "hidden", expanded=True).run()
