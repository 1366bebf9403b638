"""Practices: what each section shows, to whom, and what may be taken away."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core import practices
from core.i18n import LANGUAGES, text
from core.workspace import Workspace
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]
# Who stopped logging mails, who types for others, a manager who never came.
PEOPLE = ("Loïc Moulin", "Vincent Hardy", "Béatrice Chevallier")


def plain(app: AppTest) -> str:
    """Return the words of a page without their marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said(app)))


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let every workspace show people in one way."""

    def choose(mode: str) -> None:
        monkeypatch.setattr(Workspace, "privacy", property(lambda self: mode))

    return choose


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_weakest_practice(language: str, signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("practices", language)
    assert not app.exception
    shown = said(app)
    title = re.search(r"<h1>(.*?)</h1>", shown)
    assert title is not None
    answer = {
        "fr": "54 % des actifs consignent leurs e-mails dans le CRM ; "
        "60 % sont attendus.",
        "en": "54% of the active people log their mails in the CRM; 60% are expected.",
    }
    assert title[1].replace("\u00a0", " ") == answer[language]
    for code in practices.CODES:
        assert text(f"practice.{code}.name", language) in shown
        assert f"practice={code}" in shown
    for name in PEOPLE:
        assert name in shown
    # One drawing a practice, and breadth has two.
    assert len(app.get("vega_lite_chart")) == len(practices.CODES) + 1


def test_files_are_offered_to_who_may_take_them(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("practices", "fr")
    assert len(app.get("download_button")) == 6


def test_pseudonyms_hide_every_name(signed_in: Enter, show: Enter) -> None:
    show("pseudonyms")
    signed_in("demo")
    shown = said(opened("practices", "fr"))
    assert not [name for name in PEOPLE if name in shown]
    assert re.search(r"U-[0-9A-Z]{4}", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_teams_show_nobody_and_no_file(
    language: str, signed_in: Enter, show: Enter
) -> None:
    show("teams")
    signed_in("demo")
    app = opened("practices", language)
    assert not app.exception
    shown = said(app)
    assert not [name for name in PEOPLE if name in shown]
    assert not re.search(r"U-[0-9A-Z]{4}\b", shown)
    assert text("practice.managers.hidden", language) in shown
    assert text("practice.gateway.given_up", language) not in shown
    assert "Télévente Lyon" in shown
    assert not app.get("download_button")


def test_few_managers_are_not_told_of_where_teams_show(
    signed_in: Enter, show: Enter
) -> None:
    show("teams")
    signed_in("demo")
    shown = plain(opened("practices", "fr", team="Grand Ouest"))
    # Nobody there manages anybody: no share is told, no export is asked for.
    assert "des responsables montrent" not in shown
    assert text("practice.managers.export", "fr")[:20] not in shown


def test_a_team_is_looked_at_alone(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("practices", "fr", team="Île-de-France")
    assert not app.exception
    shown = plain(app)
    # Three of its eleven people have their calls typed by somebody else.
    assert text("practice.proxy.flows", "fr") in shown
    assert "Vincent Hardy" in shown or "Alexandre Lopez" in shown
    assert "Loïc Moulin" not in shown
    assert text("practice.managers.few", "fr") in shown
    assert text("verdict.sick", "fr") not in shown


def test_a_practice_without_its_export_says_which(signed_in: Enter) -> None:
    signed_in("logins")
    app = opened("practices", "fr")
    assert not app.exception
    shown = plain(app)
    # Managers who come can be told from logins alone; nothing else can.
    # Of nine, two never come and three come less than half as much as their people.
    assert "44 % des responsables" in shown.replace("\u00a0", " ")
    assert text("practice.managers.reads", "fr") not in shown
    assert "EmailMessage" in shown
    assert "CreatedById" in shown


def test_the_address_opens_a_practice(signed_in: Callable[[str], None]) -> None:
    signed_in("demo")
    folded = {e.label for e in opened("practices", "en").expander}
    asked = {e.label for e in opened("practices", "en", practice="breadth").expander}
    breadth = text("practice.breadth.name", "en")
    assert any(label.startswith(breadth) for label in folded)
    assert not any(label.startswith(breadth) for label in asked)
