"""Arrivals and departures: who is shown, to whom, and the licences that are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import workspaces
from core.i18n import LANGUAGES, text
from core.workspace import Workspace
from core.workspace_settings import Licence, WorkspaceSettings
from tests.pages.test_every_page import lists, opened, said

Enter = Callable[[str], None]
NEVER = "Laetitia Perez"


def plain(app: AppTest) -> str:
    """Return the words of a page without their marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said(app)))


def words(key: str, language: str = "fr") -> str:
    """Return a text of the catalogue as `plain` shows it."""
    return re.sub(r"\s+", " ", text(key, language).replace("**", ""))


def tables(app: AppTest) -> list[list[str]]:
    """Return the names that each table of people shows."""
    name = re.compile(r'<a href="adoption\?person=[^"]*">(.*?)</a>')
    found = [name.findall(element.proto.body) for element in app.get("html")]
    return [[unescape(one) for one in names] for names in found if names]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let every workspace show people in one way."""

    def choose(mode: str) -> None:
        monkeypatch.setattr(Workspace, "privacy", property(lambda self: mode))

    return choose


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_what_sleeps(language: str, signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("lifecycle", language)
    assert not app.exception
    shown = plain(app)
    # 130 bought at 80 a month, 95 active, one on leave: 34 asleep.
    title = {"fr": "34 licences sur 130 dorment", "en": "34 licences in 130 are asleep"}
    assert title[language] in shown
    assert {"fr": "2 720 €", "en": "€2,720"}[language] in shown
    assert words("page.lifecycle.cohorts.title", language) in shown
    assert words("page.lifecycle.recent.title", language) in shown
    assert 'class="cohorts"' in said(app)


def test_lists_show_who_to_help_and_their_file(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("lifecycle", "fr", list="never")
    assert NEVER in tables(app)[-1]
    assert len(tables(app)[-1]) == 6
    dormant = opened("lifecycle", "fr", list="dormant")
    reclaim = opened("lifecycle", "fr", list="reclaim")
    everybody = {*tables(app)[-1], *tables(dormant)[-1]}
    assert set(tables(reclaim)[-1]) == everybody
    assert len(lists(app)) == 2


def test_a_month_and_a_class_in_the_address(signed_in: Enter) -> None:
    signed_in("demo")
    august = opened("lifecycle", "fr", of="2026-08", stage="dormant")
    assert len(tables(august)[0]) == 9
    july = opened("lifecycle", "fr", of="2026-07", stage="left")
    assert len(tables(july)[0]) == 1
    wrong = opened("lifecycle", "fr", of="1999-01", stage="' or 1=1 --")
    assert not wrong.exception
    assert len(tables(wrong)[0]) == 3


def test_the_boxes_choose_month_and_class(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("lifecycle", "fr")
    app.selectbox(key="behind_month").select("2026-06").run()
    app.selectbox(key="behind_stage").select("left").run()
    assert not app.exception
    assert len(tables(app)[0]) == 2
    assert app.query_params["of"] == "2026-06"


def test_pseudonyms_hide_every_name(
    signed_in: Enter, show: Callable[..., None]
) -> None:
    show("pseudonyms")
    signed_in("demo")
    app = opened("lifecycle", "fr", list="reclaim")
    assert not app.exception
    for names in tables(app):
        assert names
        assert all(name.startswith("U-") for name in names)
    assert NEVER not in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_teams_show_no_person_and_no_small_number(
    language: str, signed_in: Enter, show: Callable[..., None]
) -> None:
    show("teams")
    signed_in("demo")
    app = opened("lifecycle", language)
    assert not app.exception
    assert not tables(app)
    shown = plain(app)
    assert NEVER not in shown
    # Six never came: no step may tell that 111 - 6 did.
    assert "105" not in shown
    assert words("page.lifecycle.ladder.hidden", language) in shown
    assert "34 " not in shown.split("%")[0]
    assert not lists(app)
    assert "selectbox" not in {box.key for box in app.selectbox}


def test_a_team_has_its_own_accounts(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("lifecycle", "fr", team="Service clients")
    shown = plain(app)
    assert words("page.lifecycle.ladder.filtered") in shown
    assert "130" not in shown
    assert NEVER not in shown


def test_records_without_logins_and_logins_without_actions(signed_in: Enter) -> None:
    for kind in ("logins", "records"):
        signed_in(kind)
        app = opened("lifecycle", "fr")
        assert not app.exception, kind
    shown = plain(opened("lifecycle", "fr"))
    assert words("page.lifecycle.ladder.title") in shown


def test_without_anybody_at_work_the_page_says_what_to_export(signed_in: Enter) -> None:
    signed_in("campaign")
    assert words("page.lifecycle.missing") in plain(opened("lifecycle", "fr"))


def test_without_a_user_export_licences_are_not_known(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    has = Workspace.has
    monkeypatch.setattr(
        Workspace, "has", lambda self, *names: "user" not in names and has(self, *names)
    )
    signed_in("demo")
    app = opened("lifecycle", "fr")
    assert not app.exception
    shown = plain(app)
    assert words("page.lifecycle.ladder.no_users") in shown
    assert words("page.lifecycle.asleep.title") not in shown
    # Whoever never came is not known either: only those who stopped are listed.
    assert len(tables(app)[-1]) == 7
    assert "Depuis janvier 2026" in shown


@pytest.fixture
def logins(workspace: Callable[[str], str]) -> Iterator[str]:
    """The identifier of a workspace whose settings are put back afterwards."""
    identifier = workspace("logins")
    before = workspaces.get(identifier)
    assert before is not None
    yield identifier
    workspaces.save("tests", identifier, before.name, before.settings)
    workspaces.save("tests", identifier, before.name, {"licences": []})


def test_licences_are_typed_here(signed_in: Enter, logins: str) -> None:
    signed_in("logins")
    app = opened("lifecycle", "fr")
    assert words("page.lifecycle.asleep.unpriced") in plain(app)
    app.number_input(key="licence_count_0").set_value(150)
    app.number_input(key="licence_price_0").set_value(50.0)
    app.button(key="FormSubmitter:licences-Enregistrer").click().run()
    info = workspaces.get(logins)
    assert info is not None
    kept = WorkspaceSettings.from_json(info.settings).licences
    assert kept == (Licence(None, 150, 50.0),)
    shown = plain(opened("lifecycle", "fr"))
    assert "150" in shown
    assert words("page.lifecycle.asleep.per_month") in shown


def test_too_few_bought_is_said(signed_in: Enter, logins: str) -> None:
    workspaces.save("tests", logins, "x", {"licences": [{"kind": None, "count": 3}]})
    signed_in("logins")
    assert words("page.lifecycle.asleep.short") in plain(opened("lifecycle", "fr"))


def test_the_demo_visitor_types_nothing(signed_in: Enter) -> None:
    signed_in("demo visitor")
    app = opened("lifecycle", "fr")
    assert not app.exception
    assert not app.number_input


def test_settings_keep_the_licences(signed_in: Enter, logins: str) -> None:
    licences = [{"kind": None, "count": 7, "price": 12.0}]
    shown = replace(WorkspaceSettings(), privacy="teams").to_json()
    workspaces.save("tests", logins, "x", {**shown, "licences": licences})
    signed_in("logins")
    app = opened("settings", "fr")
    app.button(key="save_workspace").click().run()
    assert not app.exception
    info = workspaces.get(logins)
    assert info is not None
    assert list(info.settings["licences"]) == licences
