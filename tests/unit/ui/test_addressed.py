"""A choice stands in the address: it is read from there, and written there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from core.ui import addressed
bound = addressed.one_of("v", "w", ["a", "b"])
st.segmented_control("v", ["a", "b"], required=True, **bound)
st.text_input("q", **addressed.words("q", "q_words"))
st.toggle("on", **addressed.is_on("on", "on_box"))
"""


def opened(**query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> tuple[object, ...]:
    assert not app.exception
    return (app.button_group[0].value, app.text_input[0].value, app.toggle[0].value)


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ({}, ("a", "", False)),
        ({"v": "b", "q": "lyon", "on": "1"}, ("b", "lyon", True)),
        ({"v": "c", "on": "yes"}, ("a", "", False)),
        ({"q": "x" * 300}, ("a", "x" * 120, False)),
    ],
)
def test_the_address_says_what_is_shown(
    query: dict[str, str], values: tuple[object, ...]
) -> None:
    assert shown(opened(**query)) == values


def test_a_choice_is_written_and_its_default_is_not() -> None:
    app = opened()
    app.button_group[0].set_value("b").run()
    app.text_input[0].set_value("nantes").run()
    app.toggle[0].set_value(True).run()
    assert shown(app) == ("b", "nantes", True)
    written = {name: str(value) for name, value in app.query_params.items()}
    assert written == {"v": "b", "q": "nantes", "on": "1"}
    assert shown(opened(**written)) == ("b", "nantes", True)
    app.button_group[0].set_value("a").run()
    app.text_input[0].set_value("").run()
    app.toggle[0].set_value(False).run()
    assert dict(app.query_params) == {}
