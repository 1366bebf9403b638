"""SCORE-USAGE: answered on the page, kept at once, refused where the role ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import audit, sessions, workspaces
from core.accounts.people import Person
from core.i18n import LANGUAGES, text
from core.rules import DEFAULTS
from core.score_usage import KEYS, Answer, Sheet
from core.scorecards import examples, workbook, written
from core.scorecards.board import Board
from core.scorecards.words import Reading
from core.ui import auth
from core.ui.views import score_files
from tests.pages.conftest import NAMED
from tests.pages.test_every_page import opened, said

EVIL = '<img src=x onerror="alert(1)"> =1+1 🚀 مرحبا'


@pytest.fixture(scope="module")
def made(admin: Person) -> str:
    return workspaces.create(admin, "Fiches", NAMED.to_json())


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
def as_role(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return how to give the visitor another role."""

    def give(role: str) -> None:
        found = auth.visitor

        def visitor() -> sessions.Visitor | None:
            one = found()
            return replace(one, role=role) if one else None

        monkeypatch.setattr(auth, "visitor", visitor)

    return give


def button(app: AppTest, key: str) -> object:
    return next(one for one in app.button if one.key == key)


def answers(app: AppTest) -> dict[str, object]:
    found = {}
    for one in app.button_group:
        if one.key and one.key.startswith("answer_"):
            found[one.key.split("_")[1]] = one
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_move_the_mark_and_are_kept_at_once(
    language: str, board: Board
) -> None:
    feature_id = board.create(Sheet(name="Agenda partagé"))
    app = opened("score", language, feature=feature_id)
    assert len(answers(app)) == 10
    for key in KEYS:
        answers(app)[key].set_value(2).run()
    assert not app.exception
    shown = said(app)
    mark = "6,7" if language == "fr" else "6.7"
    assert f'<p class="amount">{mark}<span>' in shown
    assert text("score.state.watch", language) in shown
    assert board.card(feature_id).sheet.mark == 6.7
    answers(app)["groupe"].set_value(0).run()
    shown = said(app)
    high = text("score.high_risks.one", language, count="1")
    assert high in shown
    # What is at high risk stands before the mark.
    assert shown.index(high) < shown.index('class="amount"')


def test_no_mark_while_an_answer_is_missing(board: Board) -> None:
    seven = {key: Answer(3 if place < 7 else None) for place, key in enumerate(KEYS)}
    feature_id = board.create(replace(Sheet(name="À finir"), answers=seven))
    shown = said(opened("score", "fr", feature=feature_id))
    assert "7 réponses sur 10" in shown
    assert '<p class="amount">–<span>' in shown


@pytest.mark.parametrize("role", ["viewer", "marketing"])
def test_a_viewer_reads_and_marketing_writes(
    role: str, board: Board, as_role: Callable[[str], None]
) -> None:
    (feature_id,) = examples.add(board, examples.REFERENCE)
    as_role(role)
    app = opened("score", "fr", feature=feature_id)
    assert not app.exception
    writes = role != "viewer"
    assert all(one.disabled != writes for one in answers(app).values())
    listed = opened("score", "fr")
    keys = {one.key for one in listed.button}
    assert ("score_reference" in keys) == writes
    files = said(app).count("score_pdf")
    assert files == 0 or writes


def test_a_right_that_is_gone_is_refused_and_told(
    board: Board, as_role: Callable[[str], None]
) -> None:
    feature_id = board.create(Sheet(name="Refus"))
    app = opened("score", "fr", feature=feature_id)
    as_role("viewer")
    answers(app)["groupe"].set_value(3).run()
    assert board.card(feature_id).sheet.answered == 0
    assert "denied" in {line.what for line in audit.entries(board.workspace_id)}
    assert text("error.not_allowed", "fr") in said(app)


def test_a_scorecard_of_another_workspace_is_not_there(
    board: Board, admin: Person
) -> None:
    other = Board(workspaces.create(admin, "Ailleurs", NAMED.to_json()), "x", "fr")
    feature_id = other.create(Sheet(name="Secret de la maison"))
    shown = said(opened("score", "fr", feature=feature_id))
    assert text("page.score.missing", "fr") in shown
    assert "Secret" not in shown


def test_a_hostile_name_is_only_text(board: Board) -> None:
    feature_id = board.create(
        Sheet(
            name=EVIL,
            description=EVIL * 20,
            answers={key: Answer(0, EVIL) for key in KEYS},
        )
    )
    for app in (opened("score", "en", feature=feature_id), opened("score", "en")):
        assert not app.exception
        shown = said(app)
        assert "<img" not in shown
        assert "&lt;img" in shown
    board.archive(feature_id)


def test_a_counter_measure_ticked_enters_the_plan(board: Board) -> None:
    (feature_id,) = examples.add(board, examples.REFERENCE)
    app = opened("score", "en", feature=feature_id)
    box = f"measure_synergie_1_{feature_id}"
    next(one for one in app.checkbox if one.key == box).check().run()
    plan = board.card(feature_id).sheet.actions
    assert [(one.criterion, one.measure) for one in plan][-1] == ("synergie", 1)
    owner = f"plan_owner_{plan[-1].action_id}"
    next(one for one in app.text_input if one.key == owner).set_value("Bo").run()
    done = f"plan_is_done_{plan[-1].action_id}"
    next(one for one in app.checkbox if one.key == done).check().run()
    last = board.card(feature_id).sheet.actions[-1]
    assert (last.owner, last.is_done) == ("Bo", True)
    next(one for one in app.checkbox if one.key == box).uncheck().run()
    assert len(board.card(feature_id).sheet.actions) == len(plan) - 1


def test_a_note_is_kept_and_shown_again(board: Board) -> None:
    feature_id = board.create(Sheet(name="Notée"))
    app = opened("score", "fr", feature=feature_id)

    def field() -> object:
        return next(a for a in app.text_area if (a.key or "").startswith("note_unit"))

    field().set_value("le terrain le demande").run()
    assert board.card(feature_id).sheet.answers["unitaire"].note == (
        "le terrain le demande"
    )
    assert field().value == "le terrain le demande"
    field().set_value("").run()
    assert board.card(feature_id).sheet.answers["unitaire"].note == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_versions_comparison_and_portfolio(language: str, board: Board) -> None:
    first, *_ = examples.add(board, *examples.codes())
    app = opened("score", language, feature=first)
    button(app, "score_keep_now").click().run()
    answers(app)["synergie"].set_value(3).run()
    button(app, "score_keep_now").click().run()
    shown = said(app)
    moved = set(re.findall(r'title="([^"]*)"><span class="risk v(\d) moved"', shown))
    assert len(moved) == 1
    assert moved.pop()[1] == "3"
    assert [one.sheet.mark for one in board.versions(first)] == [7.0, 6.0]
    app = opened("score", language)
    view = next(one for one in app.button_group if one.key == "score_view")
    view.set_value("compare").run()
    assert not app.exception
    assert said(app).count('<th scope="row">') >= 2
    view = next(one for one in app.button_group if one.key == "score_view")
    view.set_value("portfolio").run()
    assert not app.exception
    assert text("page.score.portfolio.title", language) in said(app)


def test_a_hundred_scorecards_are_listed_and_compared(board: Board) -> None:
    full = {key: Answer(place % 4) for place, key in enumerate(KEYS)}
    board.take_in(
        [
            Sheet(f"Fonction {n} {'très ' * 20}longue", "", n % 5 + 1, full)
            for n in range(100)
        ]
    )
    app = opened("score", "fr")
    for name in ("compare", "portfolio"):
        view = next(one for one in app.button_group if one.key == "score_view")
        view.set_value(name).run()
        assert not app.exception
    for one in board.cards():
        board.archive(one.feature_id)


def test_files_are_read_by_what_they_hold() -> None:
    sheet = examples.sheet(examples.REFERENCE, "fr")
    read = Reading("fr", date(2026, 11, 28), "x", DEFAULTS)
    assert score_files.read(workbook.xlsx_bytes([sheet], read), "a.json") == [sheet]
    payload = written.json_bytes([sheet], workspace="x", day=read.day)
    assert score_files.read(payload, "a.xlsx") == [sheet]


def test_a_demo_visit_scores_for_itself(
    signed_in: Callable[[str], None],
) -> None:
    signed_in("demo visitor")
    app = opened("score", "fr")
    assert "Passerelle de messagerie" in said(app)
    button(app, "score_reference").click().run()
    answers(app)["contexte"].set_value(0).run()
    assert "Passerelle de messagerie" in said(opened("score", "fr"))
    assert "Mailbox gateway" in said(opened("score", "en"))
    assert Board(sessions.DEMO_WORKSPACE, "x", "fr").cards() == []
    assert "score_answer" not in {
        line.what for line in audit.entries(sessions.DEMO_WORKSPACE)
    }


def test_the_weakest_feature_is_listed_first_with_the_sign_of_its_risks(
    signed_in: Callable[[str], None],
) -> None:
    signed_in("demo visitor")
    shown = said(opened("score", "fr"))
    title = re.search(r"<h1>(.*?)</h1>", shown)
    assert title is not None
    # Three are uncertain or worse; two of them have a high risk.
    assert title[1].startswith("3 fonctions sur 4 risquent de ne pas prendre, dont 2")
    listed = shown[shown.index('class="table') :].split("</table>")[0]
    marks = re.findall(r'class="num key"[^>]*>(\d,\d)<', listed)
    assert marks == ["4,3", "6,0", "6,3", "8,0"]
    assert listed.count("\u2715\u2715") >= 2
