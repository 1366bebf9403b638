"""The Data page from files that arrived to figures, and back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import choices, people, sessions, workspaces
from core.i18n import LANGUAGES, plural
from core.imports import ImportJob
from core.store import Store
from core.web import uploads
from core.workspace import WorkspaceSettings
from tests.pages.test_every_page import opened, said

CALLS = (
    "Subject,Status,Date,Assigned To\n"
    "Call back,Completed,05/01/2026,Zoé Roux\n"
    "Call again,Completed,06/11/2026,Zoé Roux\n"
)
MEMBERS = (
    "Campaign Name;Email;Status\n"
    "Salon;a@example.fr;Ouvreur\n"
    "Salon;b@example.fr;Curieux\n"
    "Salon;c@example.fr;Cliqueur\n"
)


class Desk:
    """A workspace of its own, and the files that its administrator gives."""

    def __init__(self, admin: people.Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self.workspace_id = workspaces.create(
            admin, "Bureau", WorkspaceSettings(privacy="names").to_json()
        )
        self.store = Store(workspaces.folder(self.workspace_id))
        token = sessions.claim(sessions.ticket(admin.account_id))
        visitor = sessions.find(token)
        assert visitor is not None
        self.session_id = visitor.session_id
        sessions.enter(self.session_id, self.workspace_id)
        monkeypatch.setattr("core.ui.auth.token", lambda: token)

    def give(self, name: str, content: str) -> None:
        """Put a file where the drop zone would have streamed it."""
        part = uploads.new_part(self.session_id)
        part.write_text(content, "utf-8")
        uploads.accept(part, name)

    def page(self) -> AppTest:
        """Open the Data page, in English."""
        return opened("data", "en")

    def ended(self, app: AppTest) -> AppTest:
        """Wait for the job and draw the page once more."""
        job = ImportJob.find(self.store)
        assert job is not None
        for _ in range(300):
            if job.done:
                break
            time.sleep(0.1)
        assert job.done
        return app.run()


@pytest.fixture
def desk(admin: people.Person, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return an empty workspace with somebody signed in."""
    made = Desk(admin, monkeypatch)
    yield made
    ImportJob.forget(made.store)


def control(app: AppTest, key: str) -> object:
    """Return the one button whose key starts with ``key``."""
    found = [button for button in app.button if str(button.key).startswith(key)]
    assert len(found) == 1, (key, [button.key for button in app.button])
    return found[0]


def test_from_files_to_figures_and_back(desk: Desk) -> None:
    desk.give("activities.csv", CALLS)
    desk.give("empty.csv", "")
    app = desk.page()
    text = said(app)
    assert "activities.csv" in text and "1 point to check" in text
    assert "empty.csv" in text and "The file is empty" in text
    # The order of these dates cannot be told: it is asked, and the guess is said.
    question = next(
        c for c in app.get("button_group") if "order are these dates" in c.label
    )
    assert "Without an answer" in said(app)
    question.set_value("mdy").run()
    app = desk.ended(control(app, "import_start").click().run())
    assert "2 new rows imported" in said(app)
    report = desk.store.manifest().imports[0].reports[0]
    assert (report.rows_read, report.rows_kept, report.date_order) == (2, 2, "mdy")
    assert report.period == ("2026-05-01", "2026-06-11")
    assert uploads.arrived(desk.session_id) == ()
    app = control(app, "import_seen").click().run()
    import_id = desk.store.manifest().imports[0].import_id
    control(app, f"undo_sure_{import_id}").click().run()
    assert desk.store.manifest().imports == ()


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    for _ in range(2):
        desk.give("activities.csv", CALLS)
        app = desk.page()
        app = desk.ended(control(app, "import_start").click().run())
        shown = said(app)
        control(app, "import_seen").click().run()
    assert "already imported: nothing changed" in shown
    assert len(desk.store.manifest().imports) == 1


def test_words_are_shown_with_what_they_become(desk: Desk) -> None:
    desk.give("members.csv", MEMBERS)
    app = desk.page()
    frames = [frame.value for frame in app.dataframe]
    assert frames, said(app)
    words = next(frame for frame in frames if "word" in frame.columns)
    known = words.dropna(subset=["value"])
    assert set(words["word"]) == {"Ouvreur", "Curieux", "Cliqueur"}
    assert dict(zip(known["word"], known["value"], strict=True)) == {
        "Ouvreur": "Opened",
        "Cliqueur": "Clicked",
    }


def test_a_choice_is_remembered_for_the_same_header(desk: Desk) -> None:
    desk.give("activities.csv", CALLS)
    app = desk.page()
    question = next(
        c for c in app.get("button_group") if "order are these dates" in c.label
    )
    question.set_value("mdy").run()
    app = desk.ended(control(app, "import_start").click().run())
    control(app, "import_seen").click().run()
    kept = choices.remembered(desk.workspace_id)
    assert [choice.date_order for choice in kept.values()] == ["mdy"]
    desk.give("march.csv", CALLS.replace("05/01", "03/01"))
    assert "1 point to check" not in said(desk.page())


def test_files_can_be_taken_away(desk: Desk) -> None:
    desk.give("activities.csv", CALLS)
    app = desk.page()
    control(app, "files_remove").click().run()
    assert uploads.arrived(desk.session_id) == ()


@pytest.mark.parametrize("role", ["director", "viewer"])
def test_only_some_roles_import(
    role: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.give("activities.csv", CALLS)
    monkeypatch.setattr("core.visit.Visit.can", lambda visit, act: act == "export")
    app = desk.page()
    assert not [b for b in app.button if str(b.key).startswith("import_start")]


def test_rejected_rows_are_a_file(desk: Desk, tmp_path: Path) -> None:
    desk.give("activities.csv", CALLS + "Torn,Completed\n")
    app = desk.page()
    app = desk.ended(control(app, "import_start").click().run())
    assert "1 rejected" in said(app)
    record = desk.store.manifest().imports[0]
    assert record.reports[0].rows_rejected == 1
    assert desk.store.rejects(record.import_id) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_held_is_said_under_the_title(
    language: str, signed_in: Callable[[str], None]
) -> None:
    signed_in("demo visitor")
    held = re.search(
        r'</header><p class="note">(.*?)</p>', said(opened("data", language))
    )
    assert held is not None
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    reports = [
        report
        for each in Store(workspaces.folder(info.workspace_id)).manifest().imports
        for report in each.reports
    ]
    files, rows, days = held[1].split(" · ")
    kept = sum(one.rows_kept for one in reports)
    assert files == plural("count.file", len(reports), language)
    assert rows == plural("count.row", kept, language)
    assert "2026" in days
