"""Practices: what each section shows, to whom, and what may be taken away."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core import practices
from core.i18n import LANGUAGES, text
from core.workspace import Workspace
from tests.pages.test_every_page import lists, opened, said

Enter = Callable[[str], None]
# Who stopped logging mails, who types for others, a manager who never came.
PEOPLE = {
    "gateway": "Loïc Moulin",
    "proxy": "Vincent Hardy",
    "managers": "Béatrice Chevallier",
}


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
def test_the_title_is_the_practice_farthest_from_its_limit(
    language: str, signed_in: Enter
) -> None:
    signed_in("demo")
    app = opened("practices", language)
    assert not app.exception
    shown = said(app)
    title = re.search(r"<h1>(.*?)</h1>", shown)
    assert title is not None
    answer = {
        "fr": "39 % des opportunités ouvertes sont en retard ou sans activité "
        "récente ; l\u2019objectif est moins de 20 %.",
        "en": "39% of the open opportunities are overdue or without recent activity; "
        "the goal is under 20%.",
    }
    said_once = title[1].replace("\u00a0", " ")
    assert said_once == answer[language]
    told = [
        re.sub(r"<[^>]*>", "", one) for one in re.findall(r'"say">(.*?)</p>', shown)
    ]
    assert [one for one in told if one.replace("\u00a0", " ") == said_once] == []
    for code in practices.CODES:
        assert text(f"practice.{code}.name", language) in shown
    advice = text("practice.neglected.advice", language)
    assert shown.index(advice) < shown.index(text("practice.neglected.chart", language))


@pytest.mark.parametrize("code", practices.CODES)
def test_each_practice_has_its_drawing_people_and_file(
    code: str, signed_in: Enter
) -> None:
    signed_in("demo")
    app = opened("practices", "fr", practice=code)
    assert not app.exception
    assert PEOPLE.get(code, "") in said(app)
    drawn = 2 if code == "breadth" else 1
    assert len(app.get("vega_lite_chart")) == drawn
    assert len(lists(app)) == (code != "freshness")


def test_everybody_counted_can_be_seen(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("practices", "fr", practice="gateway")
    count = re.search(r"Personnes qui ont arrêté\s*(\d+)", plain(app))
    assert count is not None
    row = r'<th scope="row">([^<]+)</th>(?:(?!</tr>).)*\d+[ \u00a0]jours</td>'
    assert len(set(re.findall(row, said(app)))) == int(count[1])


def test_pseudonyms_hide_every_name(signed_in: Enter, show: Enter) -> None:
    show("pseudonyms")
    signed_in("demo")
    for code, name in PEOPLE.items():
        shown = said(opened("practices", "fr", practice=code))
        assert name not in shown
        assert re.search(r"U-[0-9A-Z]{4}", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_teams_show_nobody_and_no_file(
    language: str, signed_in: Enter, show: Enter
) -> None:
    show("teams")
    signed_in("demo")
    shown = ""
    for code in practices.CODES:
        app = opened("practices", language, practice=code)
        assert not app.exception
        assert not lists(app)
        shown += said(app)
    assert not [name for name in PEOPLE.values() if name in shown]
    assert not re.search(r"U-[0-9A-Z]{4}\b", shown)
    assert text("practice.managers.hidden", language) in shown
    assert text("practice.gateway.given_up", language) not in shown
    assert "Télévente Lyon" in shown


def test_few_managers_are_not_told_of_where_teams_show(
    signed_in: Enter, show: Enter
) -> None:
    show("teams")
    signed_in("demo")
    asked = {"team": "Grand Ouest", "practice": "managers"}
    shown = plain(opened("practices", "fr", **asked))
    # Nobody there manages anybody: no share is told, no export is asked for.
    assert "des responsables montrent" not in shown
    assert text("practice.managers.export", "fr")[:20] not in shown


def test_a_team_is_looked_at_alone(signed_in: Enter) -> None:
    signed_in("demo")
    shown = ""
    for code in ("proxy", "managers", "gateway"):
        app = opened("practices", "fr", team="Île-de-France", practice=code)
        assert not app.exception
        shown += plain(app)
    # Three of its eleven people have their calls typed by somebody else.
    assert text("practice.proxy.flows", "fr") in shown
    assert "Vincent Hardy" in shown or "Alexandre Lopez" in shown
    assert "Loïc Moulin" not in shown
    assert text("practice.managers.few", "fr") in shown
    assert text("verdict.sick", "fr") not in shown


def test_a_practice_without_its_export_says_which(signed_in: Enter) -> None:
    signed_in("logins")
    shown = ""
    for code in ("managers", "gateway", "proxy"):
        app = opened("practices", "fr", practice=code)
        assert not app.exception
        shown += plain(app)
    # Managers who come can be told from logins alone; nothing else can.
    # Of nine, two never come and three come less than half as much as their people.
    assert "44 % des responsables" in shown.replace("\u00a0", " ")
    assert text("practice.managers.reads", "fr") not in shown
    assert "EmailMessage" in shown
    assert "CreatedById" in shown


@pytest.mark.parametrize("code", ["breadth", "proxy"])
def test_the_address_opens_a_practice_and_no_other(
    code: str, signed_in: Callable[[str], None]
) -> None:
    signed_in("demo")
    shown = said(opened("practices", "en", practice=code))
    asked = [text(f"practice.{one}.question", "en") for one in practices.CODES]
    assert [words for words in asked if words in shown.replace("&#x27;", "'")] == [
        text(f"practice.{code}.question", "en")
    ]
