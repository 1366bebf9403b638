"""The audit's page: who sees which view, what is kept, what hostile words become."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import audit, people, sessions, workspaces
from core.i18n import LANGUAGES, text
from core.questionnaire.circle import Circle
from core.questionnaire.model import Placement
from core.questionnaire.notebook import Notebook
from tests.pages.test_every_page import opened, said

VIEWS = ("questions", "list", "report", "map")
DAY = date(2026, 11, 12)
HOSTILE = "<img src=x onerror=alert(1)> **x** {y} $a$"
SECRET = "Acteur à ne pas montrer"


@pytest.fixture(scope="module")
def room(workspace: Callable[[str], str], admin: people.Person) -> Notebook:
    """An audit with hostile words in a workspace without data."""
    notebook = Notebook(workspace("audited"))
    found = notebook.begin(admin.email, f"Audit {HOSTILE}", DAY, HOSTILE)
    interview = notebook.interviews(found)[0].interview_id
    notebook.note(admin.email, interview, "only_way", "level", "0")
    notebook.note(admin.email, interview, "only_way", "comment", HOSTILE)
    words = {"fr": {"ask": f"{HOSTILE} ?"}}
    notebook.change_question(admin.email, "goal_written", {"words": words})
    circle = Circle(notebook.workspace_id)
    circle.add(admin.email, SECRET, "person", "sales", 3, Placement(1, 0, DAY))
    circle.add(admin.email, HOSTILE, "group", "it", 1, Placement(0, 3, DAY))
    return notebook


@pytest.fixture
def as_role(
    admin: people.Person, room: Notebook, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Sign in as a member of that role of the audited workspace."""

    def enter(role: str) -> None:
        email = f"{role}@audit.example"
        known = people.find(email)
        account = (
            known.account_id
            if known
            else people.invite(admin.email, email, role, role)[0]  # type: ignore[arg-type]
        )
        workspaces.admit("tests", room.workspace_id, account)
        token = sessions.claim(sessions.ticket(account))
        visitor = sessions.find(token)
        assert visitor is not None
        sessions.enter(visitor.session_id, room.workspace_id)
        monkeypatch.setattr("core.ui.auth.token", lambda: token)

    return enter


def sound(app: AppTest, caplog: pytest.LogCaptureFixture) -> str:
    """Return what the page says, which must be whole and free of raw values."""
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert not errors, [str(record.exc_info) for record in errors]
    assert not app.exception
    shown = said(app)
    bare = re.sub(r"<[^>]*>", " ", shown)
    assert not re.search(r"\b(audit|process|signal|stakeholder)\.[a-z_]+\.", bare)
    assert not re.search(r"\b(None|nan|NaT|inf)\b", bare)
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_views_of_the_demo(
    view: str,
    language: str,
    signed_in: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    signed_in("demo visitor")
    shown = sound(opened("audit", language, view=view), caplog)
    if view == "map":
        assert text("audit.map.private", language) in shown
    else:
        assert text("process.sponsorship.clause", language) in shown
        title = re.search(r"<h1>(.*?)</h1>", shown)
        assert title is not None
        weak = text("process.sponsorship.clause", language)
        assert html.unescape(title[1]) == text(
            "audit.title.weak",
            language,
            weak=weak,
            mark="2,9" if language == "fr" else "2.9",
        )
        # One banner, the demo's own: what the audit adds is a line.
        demo = text("audit.demo", language)
        assert f'<p class="note">{demo}' in html.unescape(shown)
    if view == "report":
        marks = re.findall(r"</span>(\d+[.,]\d)</span></p>", shown)
        values = [float(mark.replace(",", ".")) for mark in marks]
        assert len(values) >= 11
        assert values[:11] == sorted(values[:11])
    if view == "questions":
        assert text("signal.novelty.sick", language).strip("*")[:20] in shown


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", ["consultant", "director"])
def test_what_each_role_sees_without_data_and_with_hostile_words(
    role: str,
    view: str,
    as_role: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    as_role(role)
    app = opened("audit", "fr", view=view)
    shown = sound(app, caplog)
    assert "<img" not in shown
    views = [one for one in app.get("button_group") if one.key == "audit_view"]
    if role == "director":
        # The report only: no switch, no map, no way to note.
        assert not views
        assert SECRET not in shown
        assert text("audit.risks", "fr") in shown
        assert not [one for one in app.checkbox if one.key == "audit_with_map"]
        assert not app.text_area
    elif view == "map":
        assert SECRET in shown
    else:
        assert SECRET not in shown


@pytest.mark.parametrize("role", ["marketing", "viewer"])
def test_other_roles_do_not_open_it(role: str, as_role: Callable[[str], None]) -> None:
    as_role(role)
    shown = said(opened("audit", "fr"))
    assert SECRET not in shown
    assert "Audit &lt;img" not in shown


def test_an_answer_is_kept_when_it_is_given(
    room: Notebook, as_role: Callable[[str], None]
) -> None:
    as_role("consultant")
    app = opened("audit", "fr", view="questions", question="admin_time")
    app.button(key="audit_level_2").click().run()
    (box,) = app.text_area
    box.set_value("trois heures").run()
    found = room.assessments()[0].assessment_id
    lines = [one for one in room.notes(found) if one.question == "admin_time"]
    assert [(one.part, one.value, one.who) for one in lines] == [
        ("level", "2", "consultant@audit.example"),
        ("comment", "trois heures", "consultant@audit.example"),
    ]
    app.button(key="audit_next").click().run()
    assert app.query_params["question"] in (["requests_followed"], "requests_followed")
    # A new page, as after a lost connection, shows what was kept.
    again = opened("audit", "fr", view="questions", question="admin_time")
    assert again.text_area[0].value == "trois heures"
    assert again.button(key="audit_level_2").label.startswith("✓")


def test_a_first_audit_is_begun_from_the_page(
    workspace: Callable[[str], str], signed_in: Callable[[str], None]
) -> None:
    signed_in("empty")
    app = opened("audit", "en")
    assert text("audit.none", "en") in said(app)
    (begin,) = [one for one in app.button if one.label == text("audit.begin_now", "en")]
    begin.click().run()
    assert len(Notebook(workspace("empty")).assessments()) == 1
    assert audit.entries(workspace("empty"))[0].what == "audit_begin"
