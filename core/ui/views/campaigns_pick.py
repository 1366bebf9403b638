"""A box of choices whose value stands in the address, so that a view can be shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

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
    asked = st.query_params.get(name, options[0])
    key = f"campaigns_{name}"
    st.session_state[key] = asked if asked in options else options[0]
    st.selectbox(
        visit.text(f"page.campaigns.pick.{name}"),
        options,
        format_func=written,
        key=key,
        on_change=_take,
        args=(name, options[0]),
        label_visibility="visible" if is_labelled else "collapsed",
    )
    return str(st.session_state[key])


def _take(name: str, default: str) -> None:
    value = str(st.session_state[f"campaigns_{name}"])
    if value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
