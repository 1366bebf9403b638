"""The script that Streamlit runs for every visit: the menu, then the page asked for.

It lives in ``core`` and not beside ``pages``: a folder of that name beside the main
script would be served page by page to anybody, before any sign-in.
"""

from __future__ import annotations

import streamlit as st

from core.i18n import text
from core.settings import ROOT
from core.ui import auth, frame, language

spoken = language.chosen()
visitor = auth.visitor()
st.set_page_config(
    page_title="Aplomb",
    layout="wide",
    initial_sidebar_state="auto" if visitor else "collapsed",
)


def _by_name() -> None:
    """Open the first page for an address that names it, as those of the others do.

    Streamlit serves the default page at the root only, and keeps its own name for it.
    """
    st.switch_page(ROOT / "pages" / "home.py", query_params=st.query_params.to_dict())


menu: dict[str, list[st.Page]] = {}
for spec in frame.PAGES:
    menu.setdefault(text(f"menu.{spec.section}", spoken), []).append(
        st.Page(
            ROOT / "pages" / f"{spec.name}.py",
            title=text(f"page.{spec.name}.nav", spoken),
            url_path="start" if spec.name == "home" else spec.name,
            default=spec.name == "home",
            visibility="visible" if frame.in_menu(spec, visitor) else "hidden",
        )
    )
menu[next(iter(menu))].append(
    st.Page(_by_name, title="Aplomb", url_path="home", visibility="hidden")
)
st.navigation(menu, position="sidebar" if visitor else "hidden").run()
