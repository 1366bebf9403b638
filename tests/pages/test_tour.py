"""The first-run tour: four steps over four pages, once, and again when asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import people, sessions, tours
from core.accounts.database import writing
from core.accounts.sessions import Visitor
from core.accounts.visit_tables import TourRow
from core.i18n import LANGUAGES, text
from core.ui import auth, tour
from tests.pages.test_every_page import opened

Enter = Callable[[str], None]


@pytest.fixture(autouse=True)
def _offered(monkeypatch: pytest.MonkeyPatch, admin: people.Person) -> None:
    monkeypatch.setenv("APLOMB_TOUR", "1")
    with writing() as session:
        row = session.get(TourRow, admin.account_id)
        if row is not None:
            session.delete(row)


def whole(app: AppTest) -> str:
    """Return what is shown, in the room below the page too."""
    return "\n".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))


def press(app: AppTest, way: str, page: str) -> AppTest:
    """Press a button of the card, which opens ``page``; the tester does not follow."""
    app.button(key=f"tour_{way}").click().run()
    app.switch_page(f"../pages/{page}.py")
    return app.run()


def shown(app: AppTest) -> int:
    found = whole(app)
    return next((at for at in range(1, 5) if f'data-aplomb-tour="{at}"' in found), 0)


@pytest.mark.parametrize("kind", ["demo", "demo visitor"])
def test_it_goes_with_the_visitor_and_ends(signed_in: Enter, kind: str) -> None:
    signed_in(kind)
    app = opened("home", "fr")
    assert shown(app) == 1
    for at, step in enumerate(tour.STEPS, start=1):
        assert shown(app) == at
        assert text(f"tour.{step.code}.title", "fr") in whole(app)
        if at < len(tour.STEPS):
            press(app, "next", tour.STEPS[at].page)
    app.button(key="tour_done").click().run()
    assert shown(app) == 0
    visitor = auth.visitor()
    assert visitor is not None
    assert tours.step(visitor) == 0
    # Another visit of the same account, or the same visit loaded again.
    assert shown(opened("home", "fr")) == 0


def test_it_can_be_left_taken_up_and_seen_again(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("home", "en")
    assert shown(press(app, "next", "adoption")) == 2
    assert shown(press(app, "back", "home")) == 1
    # Loaded again, and from another page: it waits where it was.
    other = opened("pyramid", "en")
    assert shown(other) == 1
    assert text("tour.paused", "en") in whole(other)
    press(other, "go", "home")
    assert text("tour.verdict.say", "en") in whole(other)
    other.button(key="tour_skip").click().run()
    assert shown(other) == 0
    again = opened("method", "en")
    assert shown(again) == 0
    again.button(key="method_tour").click().run()
    assert shown(again) == 1


def test_it_is_offered_on_home_only_and_where_there_are_data(
    signed_in: Enter,
) -> None:
    signed_in("demo")
    assert shown(opened("pyramid", "fr")) == 0
    signed_in("empty")
    assert shown(opened("home", "fr")) == 0


def test_the_operator_may_switch_it_off(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APLOMB_TOUR", "0")
    signed_in("demo")
    assert shown(opened("home", "fr")) == 0


def test_a_demo_visit_has_its_own() -> None:
    first = Visitor("a" * 64, None, "", "", sessions.DEMO_ROLE, None, True)
    second = Visitor("b" * 64, None, "", "", sessions.DEMO_ROLE, None, True)
    tours.keep(first, 3)
    assert tours.step(first) == 3
    assert tours.step(second) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_not_open_a_page_has_fewer_steps(language: str) -> None:
    class Marketing:
        def can_open(self, page: str) -> bool:
            return page != "adoption"

    found = tour.steps(Marketing())  # type: ignore[arg-type]
    assert [step.page for step in found] == ["home", "campaigns", "data"]
    assert text("tour.place", language, at=1, count=len(found))
