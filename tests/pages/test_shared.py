"""What somebody who came by a read-only link is sent: never more than its scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core import people as persons
from core import symptoms
from core.accounts import people, sessions, workspaces
from core.i18n import text
from core.pages import PAGES
from core.shares import door, keeping
from core.shares.model import OF_ONE_TEAM, SHAREABLE, Terms
from core.store import Store
from core.web import cookies
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.pages.test_every_page import opened, said
from tests.pages.test_privacy_interpretation import sent

TEAM = "Sud-Est"
EVERY = frozenset(SHAREABLE) & {spec.name for spec in PAGES}
# Each page of one team, with what an address may ask for.
PLACES = (
    ("home", {}),
    ("home", {"team": "Grands comptes"}),
    ("adoption", {"view": "people"}),
    ("adoption", {"view": "teams"}),
    ("profiles", {}),
    ("lifecycle", {}),
    ("lifecycle", {"list": "reclaim"}),
    ("symptoms", {}),
    *(("symptoms", {"symptom": code}) for code in symptoms.CODES),
    ("pyramid", {}),
)


@pytest.fixture
def come_by(
    admin: people.Person,
    workspace: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Terms], None]:
    """Come by a link of these terms to the demo company, in a browser of its own."""
    workspaces.admit("tests", sessions.DEMO_WORKSPACE, admin.account_id)

    def enter(terms: Terms) -> str:
        made = keeping.make(admin.account_id, sessions.DEMO_WORKSPACE, terms)
        token = keeping.token(made.share_id)
        assert token
        entry = door.enter(token)
        assert isinstance(entry, door.Entry)
        held = {cookies.SHARE: entry.session_token}
        monkeypatch.setattr("core.ui.auth._cookie", held.get)
        monkeypatch.setattr("core.ui.auth.token", lambda: None)
        return made.share_id

    return enter


@pytest.fixture(scope="module")
def everyone(demo_data: object) -> object:
    """The people of the demo company, as the files name them."""
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    store = Store(workspaces.folder(info.workspace_id))
    settings = WorkspaceSettings.from_json(info.settings)
    whole = Workspace(store, settings, Rights.of("admin"))
    assert whole.period is not None
    return persons.everyone(whole, whole.period[1])


def scope(page: str, **more: object) -> Terms:
    return replace(Terms(frozenset({page}), page=page), **more)


@pytest.mark.parametrize(
    ("page", "query"), PLACES, ids=[f"{p}-{'-'.join(q.values())}" for p, q in PLACES]
)
@pytest.mark.parametrize("shows_names", [False, True])
def test_one_team_tells_nothing_of_another(
    page: str,
    query: dict[str, str],
    shows_names: bool,
    come_by: Callable[[Terms], str],
    everyone: object,
) -> None:
    come_by(scope(page, team=TEAM, shows_names=shows_names))
    app = opened(page, "fr", **query)
    page_sent = sent(app, []).replace("Grands%20comptes", "")
    assert not app.exception
    assert text("common.trouble", "fr") not in said(app)
    mine = everyone["team"] == TEAM
    hidden = everyone[~mine] if shows_names else everyone
    canaries = {*hidden["name"], *hidden["email"], *everyone.loc[~mine, "user_id"]}
    canaries |= set(everyone["team"].dropna()) - {TEAM}
    if page_sent.count("Grands comptes") == 1 and query.get("team"):
        # The address still asks for it; nothing answers.
        canaries -= {"Grands comptes"}
    assert not [one for one in canaries if one and str(one) in page_sent]


def test_the_whole_company_with_names_is_told(
    come_by: Callable[[Terms], str], everyone: object
) -> None:
    """What the tests around look for is there where it may be."""
    come_by(scope("adoption", shows_names=True))
    page_sent = sent(opened("adoption", "fr", view="people"), [])
    others = everyone[everyone["team"] == "Grands comptes"]["name"]
    assert [name for name in others if name in page_sent]
    assert "Grands comptes" in page_sent


@pytest.mark.parametrize("page", sorted(EVERY))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_without_names_nobody_is_named(
    page: str, language: str, come_by: Callable[[Terms], str], everyone: object
) -> None:
    come_by(scope(page))
    app = opened(page, language)
    page_sent = sent(app, [])
    assert not app.exception
    assert text("share.refused", language) not in said(app)
    found = [name for name in everyone["name"] if str(name) in page_sent]
    assert found == []
    emails = [one for one in everyone["email"].dropna() if str(one) in page_sent]
    assert emails == []


@pytest.mark.parametrize("page", sorted(EVERY))
def test_a_reader_only_reads(page: str, come_by: Callable[[Terms], str]) -> None:
    come_by(scope(page, shows_names=True))
    app = opened(page, "fr")
    assert "Lecture seule" in said(app)
    labels = {button.label for button in app.button}
    assert text("action.leave_share", "fr") in labels
    assert text("action.share", "fr") not in labels
    assert not app.get("download_button")
    assert not app.get("file_uploader")


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.name)
@pytest.mark.parametrize("given", ["home", "adoption"])
def test_every_other_page_refuses(
    spec: object, given: str, come_by: Callable[[Terms], str]
) -> None:
    come_by(scope(given))
    words = said(opened(spec.name, "fr"))
    assert (text("share.refused", "fr") in words) == (spec.name != given)
    if spec.name != given:
        assert "<table" not in words


def test_a_revoked_link_shows_its_end_at_the_next_run(
    come_by: Callable[[Terms], str],
) -> None:
    share_id = come_by(scope("home"))
    app = opened("home", "fr")
    assert "Lecture seule" in said(app)
    keeping.revoke("t", sessions.DEMO_WORKSPACE, [share_id])
    words = said(app.run())
    assert text("share.ended.revoked", "fr") in words
    assert "Camille Tests" in words
    assert "Lecture seule" not in words
    assert text("page.home.todo.title", "fr") not in words


def test_pages_of_one_team_are_pages() -> None:
    assert OF_ONE_TEAM <= EVERY
