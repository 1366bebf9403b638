"""Symptoms: cards in order, the proof of each, and who may see what."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import guide, symptoms
from core.i18n import LANGUAGES, keys, text
from core.questionnaire import questions
from core.symptoms import CODES, Fact, Symptom, telling
from core.visit import Visit
from core.workspace import Workspace
from tests.pages.test_every_page import lists, opened, said

Enter = Callable[[str], None]
RULES = sorted(Path(symptoms.__file__).parent.glob("*.py"))
# Told where nothing can be judged: no card leads with them.
ONLY_UNKNOWN = {"teams", "months_known"}


def seen(language: str, **query: str) -> AppTest:
    """Open the page at an address."""
    return opened("symptoms", language, **query)


def figures() -> set[str]:
    """Return the figures that the rules may tell, from their code."""
    found = set()
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fact":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
                else:
                    found |= {"attendance_fall", "habit_fall"}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_words(language: str) -> None:
    known, told = keys(language), figures()
    assert len(told) > 20
    assert {name for name in told if f"symptom.fact.{name}" not in known} == set()
    for family in ("lead", "short"):
        lacking = {n for n in told if f"symptom.{family}.{n}" not in known}
        assert lacking - ONLY_UNKNOWN == set()


def bodies(app: AppTest) -> list[str]:
    """Return the HTML of the cards, in their order."""
    shown = [element.proto.body for element in app.get("html")]
    return [body for body in shown if 'class="symptom"' in body]


def titles(app: AppTest) -> int:
    """Count the titles of the page: it has one."""
    return sum("<h1>" in element.proto.body for element in app.get("html"))


def cards(app: AppTest) -> list[str]:
    """Return the names on the cards, in their order."""
    return [re.findall(r"<h2>(.*?)</h2>", body)[0] for body in bodies(app)]


def lines(app: AppTest) -> int:
    """Count the lines of the symptoms that are absent."""
    shown = [element.proto.body for element in app.get("html")]
    return sum('<p class="absent">' in body for body in shown)


def states(app: AppTest) -> list[str]:
    """Return the states on the cards, in their order."""
    return [re.findall(r'class="chip t-(\w+)"', body)[0] for body in bodies(app)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_asks_for_something_has_a_card_and_what_is_absent_a_line(
    signed_in: Enter, language: str
) -> None:
    signed_in("demo")
    app = seen(language)
    order = ["sick", "watch", "not_enough_data"]
    ranks = [order.index(state) for state in states(app)]
    assert ranks == sorted(ranks)
    # The mailbox gateway is to watch: it comes before what is absent.
    assert text("page.symptoms.gateway.name", language) in cards(app)
    links = [one.proto for one in app.get("page_link")]
    for code in CODES:
        (link,) = [one for one in links if f"symptom={code}" in one.query_string]
        name = text(f"symptom.{code}.name", language)
        assert name in cards(app) or link.label == name
    shown = said(app)
    assert lines(app) == len(CODES) - len(cards(app)) + 1
    # A threshold says on which side of it a symptom is.
    assert (
        text("page.symptoms.present_under", language, value="§").split("§")[0] in shown
    )
    assert text("page.symptoms.goal", language, value="§").split("§")[0] in shown


@pytest.mark.parametrize(
    ("code", "language"),
    [(code, LANGUAGES[rank % 2]) for rank, code in enumerate(CODES)],
)
def test_one_symptom_is_proved(signed_in: Enter, code: str, language: str) -> None:
    signed_in("demo")
    app = seen(language, symptom=code)
    assert not app.exception
    shown = said(app)
    assert cards(app) == []
    assert titles(app) == 1
    assert len(app.get("vega_lite_chart")) == 1
    assert text("page.symptoms.against", language) in shown
    assert "symptom.fact" not in shown
    assert len(lists(app)) == 1


def test_the_present_ones_say_what_to_do_and_to_ask(signed_in: Enter) -> None:
    signed_in("demo")
    app = seen("fr", symptom="abandoned_novelty")
    shown = said(app)
    for line in "123":
        assert text(f"page.symptoms.do.abandoned_novelty.{line}", "fr") in shown
    # What to ask are questions of the audit, and the way to it.
    for one in questions.of_symptom("abandoned_novelty")[:3]:
        assert escape(one.said("ask", "fr")) in shown
    assert text("page.symptoms.open_audit", "fr") in shown


def test_figures_are_not_taken_away_without_the_right(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr(Visit, "can", lambda self, act: False)
    app = seen("fr", symptom="blunted_tool")
    assert len(app.get("vega_lite_chart")) == 1
    assert not lists(app)


def test_a_symptom_that_does_not_exist_shows_them_all(signed_in: Enter) -> None:
    signed_in("demo")
    app = seen("en", symptom="' or 1=1 --")
    assert not app.exception
    assert len(cards(app)) + lines(app) == len(CODES) + 1


def test_a_team_has_four_and_no_comparison(signed_in: Enter) -> None:
    signed_in("demo")
    app = seen("fr", team="Sud-Est")
    shown = said(app)
    assert len(cards(app)) + lines(app) == 4
    assert text("symptom.gaulish_village.name", "fr") not in cards(app)
    assert text("page.symptoms.matrix", "fr") not in shown
    assert "Sud-Est" in shown


def test_teams_with_most_symptoms_come_first_in_signs_and_words(
    signed_in: Enter,
) -> None:
    signed_in("demo")
    shown = [element.proto.body for element in seen("fr").get("html")]
    title = text("page.symptoms.matrix", "fr")
    matrix = next(body for body in shown if "<caption>" in body and title in body)
    rows = matrix.split("<tbody>")[1].split("</tr>")[:-1]
    assert len(rows) > 8
    assert all("symptoms?month=" in row for row in rows)
    counts = [row.count("t-at_risk") for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0
    # What is absent is a dot for the eye and a word for the ear.
    word = text("page.symptoms.chip.healthy", "fr")
    assert matrix.count(f">{word}<") == matrix.count('aria-hidden="true">·')


def test_on_a_phone_a_team_is_one_line(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    phone = lambda **known: Visit(**{**known, "is_phone": True})  # noqa: E731
    monkeypatch.setattr("core.ui.frame.Visit", phone)
    app = seen("fr")
    shown = said(app)
    assert text("page.symptoms.matrix_present", "fr") in shown
    assert [one.label for one in app.expander if "autres" in one.label]


def test_the_first_month_asks_to_wait(signed_in: Enter) -> None:
    signed_in("demo")
    months = opened("symptoms", "fr").selectbox(key="filter_month").options
    app = opened("symptoms", "fr", month="2025-09")
    app.query_params["month"] = "2025-09"
    app.run()
    assert len(months) > 12
    shown = said(app)
    start = text("page.symptoms.title.history", "fr", day="\0").split("\0")[0]
    assert start in shown
    gateway = text("page.symptoms.gateway.name", "fr")
    told = dict(zip(cards(app), states(app), strict=True))
    told.pop(gateway, None)
    assert set(told.values()) == {"not_enough_data"}


@pytest.mark.parametrize("kind", ["logins", "records", "campaign"])
def test_partial_data_name_the_exports(signed_in: Enter, kind: str) -> None:
    signed_in(kind)
    app = seen("fr")
    assert not app.exception
    assert "<h1>" in said(app)
    if kind == "campaign":
        assert "Salesforce" in said(app)
        return
    one = seen("fr", symptom="procrastination" if kind == "logins" else "blunted_tool")
    assert not one.exception
    assert titles(one) == 1


def test_what_lacks_is_said_with_the_menu_to_open(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")

    def unknown(workspace: Workspace, as_of: object) -> tuple[Symptom, ...]:
        return tuple(
            Symptom(
                code,
                present=False,
                confidence="not_enough_data",
                state="not_enough_data",
                severity=0.0,
                missing=("login", "user.last_login_at"),
            )
            for code in CODES
        )

    monkeypatch.setattr(symptoms, "company", unknown)
    whole = said(seen("fr"))
    assert "ajoutez connexions et utilisateurs (" in whole
    one = said(seen("fr", symptom="procrastination"))
    for name in ("login", "user"):
        menu = guide.of("salesforce", [name])[0].menu["fr"]
        assert menu in one
    assert text("page.symptoms.do.procrastination.1", "fr") not in one


def test_a_healthy_company_has_none(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")

    def well(workspace: Workspace, as_of: object) -> tuple[Symptom, ...]:
        return tuple(
            Symptom(code, False, "high", "healthy", 0.0, (), ()) for code in CODES
        )

    monkeypatch.setattr(symptoms, "company", well)
    assert text("page.symptoms.title.healthy", "fr") in said(seen("fr"))


@pytest.mark.parametrize("code", ["", "buried_alive", "gaulish_village"])
def test_where_teams_only_are_shown_nobody_is(
    code: str, signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    names = opened("adoption", "fr").selectbox(key="person").options
    assert len(names) > 100
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: "teams"))
    app = seen("fr", symptom=code) if code else seen("fr")
    assert not app.exception
    shown = said(app)
    assert [name for name in names if name in shown] == []


@pytest.mark.parametrize(
    ("facts", "decides"),
    [
        # Few stay: use did not wear away, people left.
        ((Fact("habit_fall", 0.7, 0.15), Fact("still_there", 0.07, 0.3)), 1),
        ((Fact("habit_fall", 0.02, 0.15), Fact("still_there", 0.9, 0.3)), 0),
        # No team thrives, so none stands out.
        ((Fact("best_team", 0.1, 0.7), Fact("other_teams", 0.0, 0.3)), 0),
        ((Fact("best_team", 1.0, 0.7), Fact("other_teams", 0.8, 0.3)), 1),
        ((Fact("no_novelty", None, None, "none"),), 0),
    ],
)
def test_absence_is_shown_by_what_rules_it_out(
    facts: tuple[Fact, ...], decides: int
) -> None:
    one = Symptom("blunted_tool", False, "high", "healthy", 0.0, (), facts)
    assert telling.decisive(one) == facts[decides]
