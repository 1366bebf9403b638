"""The digest page and its recipients: whose text, what may be said, who gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes, policy
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import audit, digests, people, sessions, workspaces
from core.digest import mail, rounds
from core.i18n import text
from core.pages import PAGES, allowed
from core.people import everyone
from core.store import Store
from core.ui.views import digest as view
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "today", lambda visit: TODAY)


@pytest.fixture
def hidden(admin: people.Person) -> Iterator[None]:
    """Show teams only in the demo company, until the end of the test."""
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    demo = info.workspace_id
    workspaces.save("tests", demo, info.name, {**info.settings, "privacy": "teams"})
    yield
    workspaces.save("tests", demo, info.name, {**info.settings, "privacy": "names"})


def visit() -> Visit:
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    settings = WorkspaceSettings.from_json(info.settings)
    store = Store(workspaces.folder(info.workspace_id))
    workspace = Workspace(store, settings, Rights.of("director"))
    return rounds.reader(workspace, info.workspace_id, info.name)


def choose(app: AppTest, kind: str) -> AppTest:
    app.session_state["digest_kind"] = kind
    return app.run()


def test_the_page_shows_the_text_that_is_sent(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("digest", "fr")
    told = rounds.compose(visit(), TODAY, "company", "", "fr")
    shown = unescape(said(app))
    assert told.subject in shown
    for block in told.blocks:
        assert block.title in shown
        for line in block.lines:
            assert line.replace("**", "") in shown.replace("<b>", "").replace(
                "</b>", ""
            )
    # What the button copies and what the link writes is the same text.
    assert told.words in shown
    assert mail.link(told) in shown


def test_a_person_and_a_team_have_theirs(signed_in: Enter) -> None:
    signed_in("demo")
    app = choose(opened("digest", "fr"), "person")
    name = app.selectbox(key="digest_person").options[0]
    assert f"Bonjour {name}," in unescape(said(app))
    app = choose(app, "team")
    team = app.selectbox(key="digest_team").options[0]
    assert f"Équipe {team}" in unescape(said(app))


def test_where_people_are_hidden_no_person_has_one(
    signed_in: Enter, hidden: None
) -> None:
    signed_in("demo")
    app = choose(opened("digest", "en"), "person")
    assert text("error.names_hidden", "en") in unescape(said(app))
    assert not app.main.selectbox
    assert "data-words" not in said(app)
    app = choose(app, "team")
    shown = unescape(said(app))
    assert "data-words" in shown
    rows = everyone(visit().workspace, date(2026, 10, 30))  # type: ignore[arg-type]
    assert [name for name in rows["name"] if name in shown] == []


def test_the_files_are_the_text_and_are_noted(signed_in: Enter) -> None:
    signed_in("demo")
    seen = visit()
    told = rounds.compose(seen, TODAY, "company", "", "en")
    draft = message_from_bytes(mail.draft(told), policy=policy.default)
    body = draft.get_body(("plain",))
    assert body is not None
    assert body.get_content().split() == told.words.split()
    before = len(audit.entries(limit=1000))
    assert view._file(seen, "company", told.words) == told.words.encode()
    entries = audit.entries(limit=1000)
    assert len(entries) == before + 1
    assert entries[0].detail == {"list": "digest_company"}


def test_an_administrator_chooses_who_gets_one(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("settings", "fr")
    assert "APLOMB_SMTP_HOST" in said(app)
    app.selectbox(key="recipient_kind").set_value("team").run()
    team = app.selectbox(key="recipient_team").options[0]
    app.text_input(key="recipient_email").set_value("Chef@Valombre.example")
    app.selectbox(key="recipient_weekday").set_value(2)
    app.button(key="recipient_add").click().run()
    (made,) = digests.recipients(sessions.DEMO_WORKSPACE)
    assert (made.kind, made.about, made.weekday) == ("team", team, 2)
    assert made.email == "chef@valombre.example"
    assert "à partir du mercredi" in unescape(said(app))
    app.text_input(key="recipient_email").set_value("not an address")
    app.button(key="recipient_add").click().run()
    assert text("setting.email", "fr") in unescape(said(app))
    app.button(key=f"remove_{made.recipient_id}").click().run()
    assert digests.recipients(sessions.DEMO_WORKSPACE) == []


def test_only_who_leads_may_open_it() -> None:
    (spec,) = (one for one in PAGES if one.name == "digest")
    assert spec.roles == {"admin", "consultant", "director"}
    assert allowed(spec, sessions.DEMO_ROLE)
