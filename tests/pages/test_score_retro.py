"""The retro-test on the page: bound there, measured there, refused in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from core.accounts import sessions, workspaces
from core.accounts.people import Person
from core.i18n import LANGUAGES, text
from core.score_usage import Binding, Sheet
from core.scorecards import examples
from core.scorecards.board import Board
from core.ui import auth
from tests.pages.conftest import NAMED
from tests.pages.test_every_page import opened, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_confronts_what_was_launched(
    language: str, signed_in: Callable[[str], None]
) -> None:
    signed_in("demo visitor")
    app = opened("score", language)
    assert not app.exception
    assert text("page.score.column.measured", language) in said(app)
    view = next(one for one in app.button_group if one.key == "score_view")
    view.set_value("retro").run()
    assert not app.exception
    shown = said(app)
    assert text("page.score.retro.finding.one", language, count="1", of="2") in shown
    few = text("page.score.retro.too_few.other", language, count="2", of="8")
    assert few in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feature_is_bound_on_its_page_and_measured(
    language: str, signed_in: Callable[[str], None], admin: Person
) -> None:
    signed_in("demo")
    board = Board(sessions.DEMO_WORKSPACE, admin.email, language)
    (feature_id,) = examples.add(board, "visit_report")
    app = opened("score", language, feature=feature_id)
    assert text("page.score.retro.unbound", language) in said(app)

    def chosen(key: str) -> object:
        return next(one for one in app.selectbox if one.key == key)

    def save() -> None:
        label = text("action.save", language)
        form = f"score_bind_{feature_id}"
        next(
            one for one in app.button if one.label == label and one.form_id == form
        ).click().run()

    save()
    assert text("page.score.retro.bind_both", language) in said(app)
    assert board.card(feature_id).sheet.binding is None
    chosen("score_bind_kind").select("record:Compte_Rendu_de_Visite__c")
    launch = next(one for one in app.date_input if one.key == "score_bind_launch")
    launch.set_value(date(2026, 3, 10))
    save()
    assert not app.exception
    bound = Binding("record:Compte_Rendu_de_Visite__c", date(2026, 3, 10))
    assert board.card(feature_id).sheet.binding == bound
    shown = said(app)
    # No version was kept on that day: there is a use, and nothing to confront.
    nothing = text("score.retro.no_mark", language, days="90", share="§").split("§")[1]
    assert nothing in shown
    assert 'class="note evidence"' in shown
    next(one for one in app.button if one.key == "score_unbind").click().run()
    assert board.card(feature_id).sheet.binding is None
    board.archive(feature_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_data_it_says_what_is_missing(
    language: str, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspaces.create(admin, f"Vide {language}", NAMED.to_json())
    token = sessions.claim(sessions.ticket(admin.account_id))
    visitor = sessions.find(token)
    assert visitor is not None
    sessions.enter(visitor.session_id, made)
    monkeypatch.setattr(auth, "token", lambda: token)
    board = Board(made, admin.email, language)
    bound = Binding('record:<b>Evil"__c', date(2026, 3, 10), "team", "<i>Nord")
    feature_id = board.create(Sheet(name="Agenda", binding=bound))
    app = opened("score", language, feature=feature_id)
    assert not app.exception
    assert text("page.score.retro.no_exports", language) in said(app)
    listed = opened("score", language)
    view = next(one for one in listed.button_group if one.key == "score_view")
    view.set_value("retro").run()
    assert text("page.score.retro.none", language) in said(listed)
