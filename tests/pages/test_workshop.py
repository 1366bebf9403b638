"""A workshop on the page: opened, watched, concluded, and played for the demo."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import sessions, workspaces
from core.accounts.people import Person
from core.i18n import LANGUAGES, plural, text
from core.rules import DEFAULTS
from core.score_usage import KEYS, Sheet
from core.scorecards import places
from core.scorecards.board import Board
from core.ui import auth
from core.workshops import door, results
from core.workshops.model import Terms
from core.workshops.room import Rooms
from tests.pages.conftest import NAMED
from tests.pages.test_every_page import opened, said
from tests.pages.test_score import as_role

__all__ = ["as_role"]
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def made(admin: Person) -> str:
    return workspaces.create(admin, "Ateliers", NAMED.to_json())


@pytest.fixture
def board(made: str, admin: Person, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Sign in to a workspace of the test's own; return its board."""
    token = sessions.claim(sessions.ticket(admin.account_id))
    visitor = sessions.find(token)
    assert visitor is not None
    sessions.enter(visitor.session_id, made)
    monkeypatch.setattr(auth, "token", lambda: token)
    return Board(made, admin.email, "fr")


@pytest.fixture
def feature_id(board: Board) -> str:
    return board.create(Sheet(name="Agenda partagé"))


@pytest.fixture
def rooms(board: Board) -> Rooms:
    return Rooms(board.workspace_id, board.who)


def press(app: AppTest, key: str) -> str:
    """Press a button; return what the page then says."""
    next(one for one in app.button if one.key == key).click().run()
    assert not app.exception
    return said(app)


def room(app: AppTest) -> str:
    """Return the strips of dots that the page shows, once."""
    found = re.search(r'<ol class="room">.*?</ol>', said(app), re.DOTALL)
    return found[0] if found else ""


def look(feature_id: str, language: str = "fr") -> AppTest:
    return opened("score", language, feature=feature_id, workshop="1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_form_to_the_version(
    language: str, board: Board, feature_id: str, rooms: Rooms
) -> None:
    app = look(feature_id, language)
    app.radio[0].set_value(True)
    form = next(
        one for one in app.button if one.label == text("page.workshop.open", language)
    )
    form.click().run()
    assert not app.exception
    running = rooms.running(feature_id)
    assert running is not None
    assert running.terms == Terms(4, 50, is_named=True, is_hidden=True)
    token = rooms.token(running.workshop_id)
    assert token is not None
    assert f"/w/{token}" in said(app)
    _, cookie, _ = door.join(token, (), EVIL)
    for key in KEYS:
        door.answer(token, (cookie,), 1, key, 3)
    shown = said(look(feature_id, language))
    assert plural("page.workshop.answers", 10, language, of=10) in shown
    assert EVIL not in shown
    assert '<ol class="room">' not in shown  # hidden until the vote ends
    shown = press(app, "workshop_freeze")
    assert '<ol class="room">' in shown
    assert text("page.workshop.headline.agreed", language) in shown
    shown = press(app, "workshop_conclude")
    assert text("page.workshop.concluded", language, number=1) in shown
    assert board.card(feature_id).sheet.mark == 10
    assert len(results.of_feature(board.workspace_id, feature_id)) == 1


def test_answers_are_seen_live_when_they_are_not_hidden(
    feature_id: str, rooms: Rooms
) -> None:
    workshop_id = rooms.open(feature_id, Terms(1, 5, False, is_hidden=False), DEFAULTS)
    token = rooms.token(workshop_id)
    assert token is not None
    _, cookie, _ = door.join(token, (), "")
    door.answer(token, (cookie,), 1, "groupe", 1)
    shown = room(look(feature_id))
    # The criterion that has an answer; nine have none, hence no median.
    assert shown.count("</small> <b>1</b>") == 1
    assert shown.count("</small> <b>–</b>") == len(KEYS) - 1


def test_a_viewer_looks_and_is_given_no_link(
    feature_id: str, rooms: Rooms, as_role: Callable[[str], None]
) -> None:
    workshop_id = rooms.open(feature_id, Terms(1, 5, True), DEFAULTS)
    as_role("viewer")
    app = look(feature_id)
    assert [one for one in app.button if (one.key or "").startswith("workshop_")] == []
    token = rooms.token(workshop_id)
    assert token is not None
    assert token not in said(app)
    assert text("page.workshop.no_link", "fr") not in said(app)
    rooms.give_up(workshop_id)
    app = look(feature_id)
    assert text("page.workshop.open", "fr") not in [one.label for one in app.button]


def test_a_right_lost_since_the_page_was_drawn(
    feature_id: str, rooms: Rooms, as_role: Callable[[str], None]
) -> None:
    rooms.open(feature_id, Terms(1, 5, True), DEFAULTS)
    app = look(feature_id)
    as_role("viewer")
    press(app, "workshop_freeze")
    running = rooms.running(feature_id)
    assert running is not None
    assert running.phase == "open"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_plays_a_workshop_and_writes_nothing(
    language: str, signed_in: Callable[[str], None]
) -> None:
    signed_in("demo visitor")
    visitor = auth.visitor()
    assert visitor is not None
    place, _ = places.of_visit(visitor.session_id)
    feature = Board("demo", "demo", language, place).create(Sheet(name="Essai"))
    app = look(feature, language)
    shown = said(app)
    assert text("page.workshop.eyebrow_sample", language) in shown
    assert plural("page.workshop.answers", 96, language, of=120) in shown
    assert "/w/" not in shown
    for stage, split in (("first", 3), ("second", 0)):
        stages = next(o for o in app.button_group if o.key == "workshop_stage")
        stages.set_value(stage).run()
        assert not app.exception
        assert room(app).count(text("page.workshop.split", language)) == split
    assert Rooms("demo", "demo").running(feature) is None
