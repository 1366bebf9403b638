"""Filters: in the address, from page to page, and never something that is not there."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from core.i18n import text
from core.ui import filters

class Reader:
    language = "fr"
    def text(self, key, /, **values):
        return text(key, "fr", **values)

months = ["2026-08", "2026-09", "2026-10", "2026-11"]
chosen = filters.bar(
    Reader(), months, ["Nord", "Sud"], ["always_connected", "field"],
    default_month="2026-10",
)
st.session_state["seen"] = (chosen.month, chosen.team, chosen.profile)
"""


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("APLOMB_STRICT_TEXTS", "1")
    return AppTest.from_string(SCRIPT, default_timeout=20)


def seen(app: AppTest) -> tuple[str, str | None, str | None]:
    """Return what the page was asked."""
    assert not app.exception
    return app.session_state["seen"]


def box(app: AppTest, name: str):
    """Return the select box of a filter."""
    return app.selectbox(key=f"filter_{name}")


def test_the_default_is_the_last_complete_month_and_everybody(app: AppTest) -> None:
    assert seen(app.run()) == ("2026-10", None, None)
    assert dict(app.query_params) == {}
    assert len(app.button) == 0
    assert box(app, "month").options[0] == "Novembre 2026"


def test_an_address_is_obeyed(app: AppTest) -> None:
    app.query_params["team"] = "Sud"
    app.query_params["month"] = "2026-08"
    assert seen(app.run()) == ("2026-08", "Sud", None)
    assert box(app, "team").value == "Sud"


@pytest.mark.parametrize("name", ["month", "team", "profile"])
def test_an_address_that_names_nothing_is_the_default(app: AppTest, name: str) -> None:
    app.query_params[name] = "<script>"
    assert seen(app.run()) == ("2026-10", None, None)
    assert name not in app.query_params


def test_a_choice_goes_to_the_address_and_back_to_default_leaves_it(
    app: AppTest,
) -> None:
    app.run()
    box(app, "team").set_value("Nord").run()
    assert seen(app) == ("2026-10", "Nord", None)
    assert app.query_params["team"] in ("Nord", ["Nord"])
    box(app, "team").set_value("").run()
    assert seen(app) == ("2026-10", None, None)
    assert "team" not in app.query_params


def test_a_choice_survives_a_page_change_that_empties_the_address(app: AppTest) -> None:
    app.run()
    box(app, "profile").set_value("field").run()
    app.query_params.clear()
    assert seen(app.run()) == ("2026-10", None, "field")
    assert app.query_params["profile"] in ("field", ["field"])


def test_a_chip_removes_its_filter_and_clear_all_removes_all(app: AppTest) -> None:
    app.query_params["team"] = "Sud"
    app.query_params["month"] = "2026-08"
    app.run()
    assert {button.label for button in app.button} == {
        "Août 2026\u00a0\u00a0×",
        "Sud\u00a0\u00a0×",
        "Tout effacer",
    }
    app.button(key="filter_clear_team").click().run()
    assert seen(app) == ("2026-08", None, None)
    app.query_params["team"] = "Sud"
    app.run()
    app.button(key="filter_clear_all").click().run()
    assert seen(app) == ("2026-10", None, None)


def test_another_parameter_of_the_address_stays(app: AppTest) -> None:
    app.query_params["lang"] = "fr"
    app.query_params["team"] = "Sud"
    app.run()
    app.button(key="filter_clear_team").click().run()
    assert app.query_params["lang"] in ("fr", ["fr"])
