"""Profiles: who has which and why; what is decided there, kept, journalled, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import calendar, imports, people, periods
from core.accounts import audit, sessions, workspaces
from core.accounts.people import Person
from core.i18n import LANGUAGES, text
from core.periods import Period
from core.rules import RULES
from core.store import Store, Upload
from core.ui import auth, deciding
from core.ui.views import profiles_rules
from core.workspace import Rights, Workspace, WorkspaceSettings
from core.workspace_settings import Absence
from tests.pages.conftest import NAMED
from tests.pages.test_every_page import opened, said

FIRST = ("User", "UserRole", "LoginHistory_2")
SECOND = "LoginHistory_3"
TABS = ("people", "rules", "absences", "programs")
Enter = Callable[[str], None]


class Company:
    """A workspace of the tests' own, that they may change."""

    def __init__(self, workspace_id: str, exports: Path) -> None:
        self.workspace_id = workspace_id
        self.store = Store(workspaces.folder(workspace_id))
        self.exports = exports

    def load(self, *names: str) -> None:
        paths = [self.exports / f"{name}.csv" for name in names]
        uploads = [Upload(path, path.name) for path in paths]
        imports.run(self.store, self.settings, uploads, {}, "tests", isolate=False)

    @property
    def settings(self) -> WorkspaceSettings:
        info = workspaces.get(self.workspace_id)
        assert info is not None
        return WorkspaceSettings.from_json(info.settings)

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.store, self.settings, Rights.of("admin"))

    @property
    def latest(self) -> Period:
        return periods.period(self.workspace, periods.months(self.workspace)[0])

    def week(self) -> tuple[date, date]:
        """Return the first Monday of the latest month, and the Friday after."""
        first = self.latest.first_day
        monday = first + timedelta(days=-first.weekday() % 7)
        return monday, monday + timedelta(days=4)

    def person(self, user_id: str) -> dict[str, object]:
        rows = people.everyone(self.workspace, self.latest.as_of)
        return rows[rows["user_id"] == user_id].to_dict("records")[0]


@pytest.fixture(scope="module")
def made(admin: Person, demo_exports: Path) -> Company:
    workspace_id = workspaces.create(admin, "Profils", NAMED.to_json())
    company = Company(workspace_id, demo_exports)
    company.load(*FIRST)
    return company


@pytest.fixture
def company(
    made: Company, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Company]:
    """Sign the administrator in there; what was decided is taken back at the end."""
    token = sessions.claim(sessions.ticket(admin.account_id))
    visitor = sessions.find(token)
    assert visitor is not None
    sessions.enter(visitor.session_id, made.workspace_id)
    monkeypatch.setattr("core.ui.auth.token", lambda: token)
    yield made
    workspaces.save("tests", made.workspace_id, "Profils", NAMED.to_json())
    imports.refresh(made.store, NAMED, "tests")


def page(tab: str = "people", language: str = "fr") -> AppTest:
    app = opened("profiles", language, tab=tab)
    assert not app.exception
    return app


def keys(app: AppTest, kind: str, start: str) -> list[str]:
    return [str(e.key) for e in app.get(kind) if str(e.key).startswith(start)]


def as_role(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    seen = auth.visitor

    def visitor() -> sessions.Visitor | None:
        found = seen()
        return found and replace(found, role=role)

    monkeypatch.setattr("core.ui.auth.visitor", visitor)


def last_line(company: Company) -> tuple[str, dict[str, object]]:
    line = audit.entries(company.workspace_id, 1)[0]
    return line.what, dict(line.detail)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", TABS)
def test_each_tab(tab: str, language: str, company: Company) -> None:
    shown = said(page(tab, language))
    assert text("page.profiles.eyebrow", language) in shown
    expected = {
        "people": "page.profiles.why",
        "rules": "page.profiles.rules.title",
        "absences": "page.profiles.away.title",
        "programs": "page.profiles.programs.title",
    }
    for name, key in expected.items():
        assert (text(key, language) in shown) is (name == tab)


def test_least_sure_first(company: Company) -> None:
    shown = keys(page(), "selectbox", "profile_of_")
    assert len(shown) == 12
    sure = [
        company.person(key.removeprefix("profile_of_"))["profile_confidence"]
        for key in shown
    ]
    known = [value for value in sure if value == value]
    assert known == sorted(known)  # type: ignore[type-var]


def test_a_correction_outlives_the_next_import(company: Company) -> None:
    app = page()
    key = keys(app, "selectbox", "profile_of_")[-1]
    user = key.removeprefix("profile_of_")
    before = company.person(user)["profile"]
    other = "occasional" if before != "occasional" else "field"
    app.selectbox(key=key).select(other).run()
    assert not app.exception
    assert company.settings.overrides == {user: other}
    assert last_line(company) == ("profile", {"user": user, "profile": other})
    version = company.store.manifest().version
    company.load(SECOND)
    assert company.store.manifest().version == version + 1
    row = company.person(user)
    assert (row["profile"], row["profile_source"]) == (other, "override")
    app = page()
    app.button_group(key="profiles_kept").set_value("corrected").run()
    assert text("page.profiles.yours", "fr") in said(app)
    assert keys(app, "selectbox", "profile_of_") == [key]
    app.button(key=f"profile_reset_{user}").click().run()
    assert company.settings.overrides == {}
    assert company.person(user)["profile_source"] != "override"


def test_search_leaves_the_people_named(company: Company) -> None:
    app = page()
    app.text_input(key="profiles_search").set_value("delphine francois").run()
    assert len(keys(app, "selectbox", "profile_of_")) == 1
    assert "Delphine François" in said(app)
    app.text_input(key="profiles_search").set_value("zzz").run()
    assert text("page.profiles.nobody", "fr") in said(app)


def test_a_rule_is_tried_then_kept_and_put_back(company: Company) -> None:
    app = page("rules")
    before = company.workspace
    app.number_input(key="rule_rhythm_field_healthy").set_value(4.9).run()
    shown = said(app)
    assert text("page.profiles.effect", "fr") in shown
    assert "passeraient de «" in shown
    assert company.settings.rules == {}, "nothing is kept before it is saved"
    app.button(key="rules_save").click().run()
    assert company.settings.rules == {"rhythm.field.healthy": 4.9}
    what, detail = last_line(company)
    assert (what, detail) == ("rules", {"changed": {"rhythm.field.healthy": 4.9}})
    rows = [
        people.everyone(w, company.latest.as_of) for w in (before, company.workspace)
    ]
    healthy = [int(one["verdict"].eq("healthy").sum()) for one in rows]
    assert healthy[1] < healthy[0]
    default = text("page.profiles.rules.default", "fr", value="2,7 jours")
    assert default in said(app)
    app.button(key="rule_reset_rhythm_field_healthy").click().run()
    app.button(key="rules_save").click().run()
    assert company.settings.rules == {}


def test_rules_that_contradict_each_other_are_not_kept(company: Company) -> None:
    app = page("rules")
    app.number_input(key="rule_rhythm_field_low").set_value(5.0).run()
    app.number_input(key="rule_rhythm_field_high").set_value(3.0).run()
    assert "se contredisent" in said(app)
    assert app.button(key="rules_save").disabled
    app.button(key="rules_forget").click().run()
    assert "se contredisent" not in said(app)


def test_each_section_of_rules_has_its_words(company: Company) -> None:
    app = page("rules")
    for section in profiles_rules.sections():
        app.selectbox(key="rules_section").select(section).run()
        assert not app.exception
        first = next(code for code in RULES if code.partition(".")[0] == section)
        assert app.number_input(key="rule_" + first.replace(".", "_"))


def test_leave_by_click_lowers_what_is_expected(company: Company) -> None:
    app = page("absences")
    user = _user(company)
    before = float(company.person(user)["expected_days"])  # type: ignore[arg-type]
    app.selectbox(key="away_person").set_value(user)
    app.date_input(key="away_days").set_value(company.week())
    app.selectbox(key="away_share").set_value(0.5)
    app.button("FormSubmitter:away-Ajouter l’absence").click().run()
    assert not app.exception
    absence = Absence(user, *company.week(), 0.5)
    assert company.settings.absences == (absence,)
    assert last_line(company) == ("absence_add", {"user": user, "days": 5})
    after = float(company.person(user)["expected_days"])  # type: ignore[arg-type]
    assert before - after == pytest.approx(calendar.working_days(*company.week()) / 2)
    assert "jours attendus au lieu de" in said(app)
    app.button(key="away_row_0_remove").click().run()
    assert company.settings.absences == ()
    assert company.person(user)["expected_days"] == pytest.approx(before)


def _user(company: Company) -> str:
    """Return somebody at work every day of the latest month."""
    rows = people.everyone(company.workspace, company.latest.as_of)
    full = rows["expected_days"].max()
    rows = rows[(rows["state"] == "active") & (rows["expected_days"] == full)]
    return str(rows["user_id"].iloc[0])


def test_leave_without_a_person_is_not_kept(company: Company) -> None:
    app = page("absences")
    app.button("FormSubmitter:away-Ajouter l’absence").click().run()
    assert text("page.profiles.away.incomplete", "fr") in said(app)
    assert company.settings.absences == ()


def test_working_time(company: Company) -> None:
    app = page("absences")
    user = _user(company)
    before = float(company.person(user)["expected_days"])  # type: ignore[arg-type]
    app.selectbox(key="part_person").set_value(user)
    app.number_input(key="part_share").set_value(60)
    app.button("FormSubmitter:part-Enregistrer").click().run()
    assert company.settings.work_shares == {user: 0.6}
    assert company.person(user)["expected_days"] == pytest.approx(0.6 * before)
    assert "60" in said(app)
    app.button(key="away_row_part_0_remove").click().run()
    assert company.settings.work_shares == {}


def test_a_machine_is_kept_then_left_out_again(company: Company) -> None:
    app = page("programs")
    key = keys(app, "button_group", "program_of_")[0]
    user = key.removeprefix("program_of_")
    assert company.person(user)["state"] == "integration"
    app.button_group(key=key).set_value("keep").run()
    assert company.settings.programs == {user: False}
    assert last_line(company) == ("program", {"user": user, "is_program": False})
    assert company.person(user)["state"] != "integration"
    app.button(key=f"program_reset_{user}").click().run()
    assert company.settings.programs == {}
    assert company.person(user)["state"] == "integration"


@pytest.mark.parametrize("role", ["director", "viewer"])
def test_readers_read_only(
    role: str, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_role(monkeypatch, role)
    app = page("rules")
    assert not keys(app, "button_group", "profiles_tab")
    assert not keys(app, "selectbox", "profile_of_")
    shown = said(app)
    assert text("page.profiles.why_note_reader", "fr") in shown
    assert text("page.profiles.rules.title", "fr") not in shown


def test_a_right_that_is_gone_changes_nothing(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = page()
    key = keys(app, "selectbox", "profile_of_")[0]
    as_role(monkeypatch, "viewer")
    app.selectbox(key=key).select("occasional").run()
    assert company.settings.overrides == {}
    assert last_line(company)[0] == "denied"


@pytest.mark.parametrize("tab", TABS)
def test_the_demo_is_looked_at_and_not_changed(tab: str, signed_in: Enter) -> None:
    signed_in("demo visitor")
    app = page(tab)
    assert text("page.profiles.demo", "fr") in said(app)
    for kind in ("number_input", "date_input"):
        assert not app.get(kind)
    for start in ("profile_of_", "program_of_", "rules_save", "away_row_0_remove"):
        for kind in ("selectbox", "button_group", "button"):
            assert not keys(app, kind, start)


@pytest.mark.parametrize("tab", TABS)
def test_teams_show_nobody(
    tab: str, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: "teams"))
    app = page(tab)
    names = people.everyone(company.workspace, company.latest.as_of)["name"]
    shown = said(app)
    assert not [name for name in names if name in shown]
    for kind in ("selectbox", "button_group"):
        for start in ("profile_of_", "program_of_", "away_person"):
            assert not keys(app, kind, start)


def test_pseudonyms_are_corrected_and_never_named(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: "pseudonyms"))
    app = page()
    key = keys(app, "selectbox", "profile_of_")[0]
    assert key.startswith("profile_of_U-")
    now = app.selectbox(key=key).value
    other = "occasional" if now != "occasional" else "field"
    app.selectbox(key=key).select(other).run()
    (user,) = company.settings.overrides
    assert user.startswith("005")
    names = set(people.everyone(company.workspace, company.latest.as_of)["name"])
    for tab in TABS:
        shown = said(page(tab))
        assert not [name for name in names if name in shown]


def test_during_an_import_the_choice_waits(company: Company) -> None:
    app = page("absences")
    user = _user(company)
    app.selectbox(key="away_person").set_value(user)
    app.date_input(key="away_days").set_value((date(2026, 10, 5), date(2026, 10, 9)))
    with company.store.importing("bob"):
        app.button("FormSubmitter:away-Ajouter l’absence").click().run()
    assert "bob" in said(app)
    assert len(company.settings.absences) == 1
    # Whoever opens the workspace next has the figures made.
    page()
    assert not imports.refresh(company.store, company.settings, "tests")


def test_two_administrators_at_once_lose_nothing(company: Company) -> None:
    first, second = page(), page("programs")
    key = keys(first, "selectbox", "profile_of_")[0]
    program = keys(second, "button_group", "program_of_")[0]
    now = first.selectbox(key=key).value
    first.selectbox(key=key).select("field" if now != "field" else "occasional").run()
    second.button_group(key=program).set_value("keep").run()
    assert len(company.settings.overrides) == len(company.settings.programs) == 1
    assert deciding._SAID not in second.session_state
