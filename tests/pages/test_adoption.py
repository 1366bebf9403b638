"""Adoption: its views, one person's card, and who may be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.i18n import LANGUAGES, text
from core.workspace import Workspace
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]
DELPHINE = "0058a0000300001AAA"


def seen(language: str, **query: str) -> AppTest:
    """Open the page at an address."""
    return opened("adoption", language, **query)


def of(app: AppTest, element: str) -> int:
    """Count the elements of one kind."""
    return len(app.get(element))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["calendar", "points", "change", "table"])
def test_each_view(view: str, language: str, signed_in: Enter) -> None:
    signed_in("demo")
    app = seen(language, view=view)
    assert not app.exception
    shown = said(app)
    assert ('class="heat"' in shown) is (view == "calendar")
    assert len(app.dataframe) == (view == "table")
    charts = of(app, "vega_lite_chart")
    assert charts >= {"calendar": 1, "points": 4, "change": 4, "table": 1}[view]
    assert text("page.adoption.teams_title", language) in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_person_in_the_address(language: str, signed_in: Enter) -> None:
    signed_in("demo")
    app = seen(language, person=DELPHINE)
    shown = said(app)
    assert "Delphine François" in shown
    assert text("page.adoption.expected_range", language) in shown
    assert text("profile.always_connected", language) in shown
    app.button(key="person_close").click().run()
    assert text("page.adoption.expected_range", language) not in said(app)


def test_a_person_who_does_not_exist_opens_no_card(signed_in: Enter) -> None:
    signed_in("demo")
    app = seen("fr", person="' or 1=1 --")
    assert not app.exception
    assert text("page.adoption.expected_range", "fr") not in said(app)


def test_one_team_shows_its_people_and_no_other(signed_in: Enter) -> None:
    signed_in("demo")
    shown = said(seen("fr", team="Service clients"))
    assert "Delphine François" not in shown
    assert shown.count('class="heat"') >= 1
    assert text("page.adoption.teams_title", "fr") not in shown


def test_pseudonyms_hide_every_name(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: "pseudonyms"))
    signed_in("demo")
    app = seen("fr", team="Service clients")
    names = app.selectbox(key="person").options
    assert names
    assert all(name.startswith("U-") for name in names)
    card = seen("fr", person=names[0])
    assert names[0] in said(card)
    assert not card.exception


def test_logins_alone_are_days_not_idle_days(signed_in: Enter) -> None:
    signed_in("logins")
    shown = said(seen("fr"))
    assert 'class="heat"' in shown
    assert 'class="idle"' not in shown
