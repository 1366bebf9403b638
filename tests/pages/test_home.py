"""Home in each of its states: what it says, and what it must not say."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core import symptoms
from core.i18n import LANGUAGES, text
from core.method.figures import FIGURES
from core.symptoms import CODES, Fact, Symptom
from core.workspace import Workspace
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_imported_names_the_exports_to_make(
    signed_in: Enter, language: str
) -> None:
    signed_in("empty")
    app = opened("home", language)
    shown = said(app)
    assert text("page.home.empty.title", language) in shown
    assert "Salesforce" in shown
    assert "HubSpot" in shown
    assert app.button(key="home_import").label == text("action.import", language)


def tiles(app: AppTest, kind: str) -> int:
    """Count the indicators that are of a kind: "kpi", or "kpi absent"."""
    bodies = [element.proto.body for element in app.get("html")]
    return sum(f'class="card fill {kind}"' in body for body in bodies)


def test_demo_has_verdict_indicators_symptoms_and_calls(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("home", "fr")
    shown = said(app)
    assert "<h1>" in shown
    assert tiles(app, "kpi") == 3
    assert "35 personnes, sur 90" in shown
    assert "par mois" in shown
    for code in CODES:
        assert text(f"symptom.{code}.name", "fr") in shown
    links = [one.proto.query_string for one in app.get("page_link")]
    # Teams that drop out are what to do about a blunted tool: no step is its own.
    assert any("campaign=" in link for link in links)
    assert "Accompagner 26 personnes dans 3 équipes" in shown


def test_teams_stand_beside_the_verdict_worst_first(signed_in: Enter) -> None:
    signed_in("demo")
    shown = said(opened("home", "fr"))
    picture = shown.split('class="team-picture"')[1].split("</figure>")[0]
    shares = [int(share) for share in re.findall(r">(\d+)\u00a0%</b>", picture)]
    assert len(shares) == 10
    assert shares == sorted(shares)
    assert picture.count(text("verdict.at_risk", "fr")) == 3
    assert "Trois équipes décrochent" in shown
    # The pyramid is well: one line of it is enough.
    assert "Votre pyramide est saine" in shown


@pytest.mark.parametrize("team", ["Sud-Est", "Télévente Nantes"])
def test_a_team_is_named_graded_and_judged_alike_on_both_pages(
    team: str, signed_in: Enter
) -> None:
    signed_in("demo")
    home = said(opened("home", "fr", team=team))
    title = re.findall(r"<h1>(.*?)</h1>", home)[0]
    assert team in re.sub(r"<[^>]*>", "", title)
    assert "doucement" not in title
    adoption = said(opened("adoption", "fr", team=team))
    chips = [
        re.findall(r'class="chip big t-(\w+)"', page)[0] for page in (home, adoption)
    ]
    assert chips == ["at_risk", "at_risk"]
    assert "Toute l’entreprise" in home


def test_every_figure_opens_how_it_is_computed(signed_in: Enter) -> None:
    signed_in("demo")
    bodies = [element.proto.body for element in opened("home", "en").get("html")]
    asked = [
        found
        for body in bodies
        for found in re.findall(r'class="whence" href="method\?figure=(\w+)"', body)
    ]
    assert set(asked) <= set(FIGURES)
    assert {"company_verdict", "active_days", "actions", "symptoms"} <= set(asked)
    named = [body for body in bodies if 'class="whence"' in body]
    assert all('aria-label="How this is computed: ' in body for body in named)


def present(*codes: str) -> Callable[[object, object], tuple[Symptom, ...]]:
    """Return what the company would have with these symptoms and no other."""

    def company(workspace: object, as_of: object) -> tuple[Symptom, ...]:
        fact = Fact("active", 0.2, 0.3, values={"people": 80, "days": 28})
        return tuple(
            Symptom(code, True, "high", "sick", 0.8, (fact,))
            if code in codes
            else Symptom(code, False, "high", "healthy", 0.0, (), (fact,))
            for code in CODES
        )

    return company


def test_three_symptoms_make_the_project_sick(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr(symptoms, "company", present(*CODES[:3]))
    shown = said(opened("home", "fr"))
    assert "3 symptômes sont présents à la fois" in shown
    assert 'class="chip big t-sick"' in shown


def test_the_headline_proves_the_symptom_that_it_names(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr(symptoms, "company", present("buried_alive"))
    shown = said(opened("home", "en"))
    assert text("headline.symptom.buried_alive", "en") in shown
    assert "<b>20%</b> of the 80 people" in shown
    assert text("step_first.symptom_buried_alive.what", "en") in shown


def test_without_a_symptom_nothing_says_there_is_one(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr(symptoms, "company", present())
    shown = said(opened("home", "fr"))
    assert text("headline.symptom.blunted_tool", "fr") not in shown
    assert shown.count(text("page.symptoms.short.healthy", "fr")) >= len(CODES)


def test_logins_alone_ask_for_activities(signed_in: Enter) -> None:
    signed_in("logins")
    app = opened("home", "fr")
    assert "Il manque les activités" in said(app)
    assert (tiles(app, "kpi"), tiles(app, "kpi absent")) == (2, 1)


def test_activities_alone_ask_for_logins(signed_in: Enter) -> None:
    signed_in("records")
    shown = said(opened("home", "en"))
    assert "Without the login history" in shown
    assert "Your pyramid is healthy" in shown


def test_a_campaign_alone_tells_who_to_call(signed_in: Enter) -> None:
    signed_in("campaign")
    app = opened("home", "fr")
    assert "90 personnes ont cliqué" in said(app)
    assert tiles(app, "kpi absent") == 3


def test_filters_that_leave_nobody_can_be_taken_away(signed_in: Enter) -> None:
    signed_in("demo")
    query = {"team": "Service clients", "profile": "occasional"}
    app = opened("home", "fr", **query)
    assert text("page.home.nobody.title", "fr") in said(app)
    app.button(key="remove_profile").click().run()
    assert text("page.home.nobody.title", "fr") not in said(app)


@pytest.mark.parametrize("page", ["home", "adoption"])
def test_where_teams_only_are_shown_nobody_is(
    page: str, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    named = opened("adoption", "fr")
    people = named.selectbox(key="person").options
    assert len(people) > 100
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: "teams"))
    app = opened(page, "fr")
    shown = said(app)
    assert not app.exception
    assert [name for name in people if name in shown] == []
    assert "groupes de moins de" in shown
