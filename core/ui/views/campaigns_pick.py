"""A box of choices whose value stands in the address, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from core.ui import addressed
from core.visit import Visit


def pick(
    visit: Visit,
    name: str,
    options: Sequence[str],
    written: Callable[[str], str],
    *,
    is_labelled: bool = False,
) -> str:
    """Draw the choice ``name`` and return it; the first of ``options`` is the default.

    Its label is ``page.campaigns.pick.<name>``.
    """
    chosen = st.selectbox(
        visit.text(f"page.campaigns.pick.{name}"),
        options,
        format_func=written,
        label_visibility="visible" if is_labelled else "collapsed",
        **addressed.one_of(name, f"campaigns_{name}", options),
    )
    return str(chosen)
