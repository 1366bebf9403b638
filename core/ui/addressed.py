"""Choices whose value stands in the address, so that the view can be shared.

Each function sets what a widget shows from the address, and returns the arguments that
make the widget write there: ``st.selectbox(label, options, **one_of(…))``. A default is
not written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypedDict

import streamlit as st

_LONGEST = 120


class Bound(TypedDict):
    """What a widget is given beside its label and its options."""

    key: str
    on_change: Callable[..., None]
    args: tuple[Any, ...]


def one_of(name: str, key: str, options: Sequence[Any], default: Any = None) -> Bound:
    """Bind a choice to ``name`` of the address, where it stands as text.

    The first of ``options`` is the default unless one is given; an address that names
    none of them is read as the default.
    """
    default = options[0] if default is None else default
    asked = st.query_params.get(name)
    known = {str(option): option for option in options}
    st.session_state[key] = default if asked is None else known.get(asked, default)
    return Bound(key=key, on_change=_take, args=(name, key, default))


def words(name: str, key: str) -> Bound:
    """Bind a search to ``name`` of the address."""
    st.session_state[key] = st.query_params.get(name, "")[:_LONGEST]
    return Bound(key=key, on_change=_take, args=(name, key, ""))


def is_on(name: str, key: str) -> Bound:
    """Bind a switch, off by default, to ``name`` of the address."""
    st.session_state[key] = st.query_params.get(name) == "1"
    return Bound(key=key, on_change=_take, args=(name, key, False))


def _take(name: str, key: str, default: Any) -> None:
    value = st.session_state.get(key)
    if value is None or value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = "1" if value is True else str(value)[:_LONGEST]
