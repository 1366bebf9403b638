"""The portfolio: sealed, equal to each workspace's own pages, whole when one fails."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core import report, symptoms
from core.accounts import audit, people, sessions, workspaces
from core.demo import portfolio as examples
from core.errors import NotAllowed
from core.i18n import LANGUAGES, text
from core.portfolio import figures, project
from core.portfolio.figures import Figures
from core.portfolio.project import Project
from core.sentences import written
from core.store import Store
from core.ui import auth
from core.ui.views import portfolio_figures, portfolio_files, portfolio_form
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]
Get = Callable[[str], str]
CANARY = "Canari scellé"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages wait until everything is computed."""
    monkeypatch.setattr(portfolio_figures, "_PATIENCE", 60.0)


@pytest.fixture(scope="module")
def canary(demo_data: Path) -> str:
    """A workspace that nobody is a member of."""
    return workspaces.create(None, CANARY, WorkspaceSettings().to_json())


@pytest.fixture
def visit_of() -> Callable[..., Visit]:
    """Return a visit of the portfolio by a person."""

    def make(person: people.Person, language: str = "fr") -> Visit:
        visitor = sessions.Visitor(
            "s", person.account_id, person.email, person.name, person.role, None, False
        )
        return Visit(visitor, person.role, language, None, None, "", False, "light")

    return make


@pytest.fixture
def member(
    workspace: Get, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., people.Person]:
    """Sign in as somebody of a role, a member of the workspaces of these kinds."""

    def make(role: str, *kinds: str) -> people.Person:
        email = f"{role}.{'.'.join(kinds)}@tests.example"
        found = people.find(email)
        if found is None:
            account, _ = people.invite("tests", email, f"Une {role}", role)
            found = people.get(account)
        for kind in kinds:
            workspaces.admit("tests", workspace(kind), found.account_id)
        token = sessions.claim(sessions.ticket(found.account_id))
        monkeypatch.setattr("core.ui.auth.token", lambda: token)
        return found

    return make


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["consultant", "director"])
def test_a_member_sees_their_workspaces_and_no_other(
    member: Callable[..., people.Person], canary: str, role: str, language: str
) -> None:
    member(role, "demo", "empty")
    app = opened("portfolio", language)
    shown = said(app)
    assert not app.exception
    labels = [button.label for button in app.button]
    assert "Valombre" in labels
    assert "Espace empty" in labels
    everything = shown + " ".join(labels) + repr([box.options for box in app.selectbox])
    assert CANARY not in everything
    assert "Espace logins" not in everything
    assert text("page.portfolio.kind.empty", language) in shown
    is_there = text("page.portfolio.form.next_step", language) in shown
    assert is_there == (role == "consultant")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_workspace_has_nothing_to_compare(
    member: Callable[..., people.Person], language: str
) -> None:
    member("director", "demo")
    assert text("page.portfolio.alone.title", language) in said(
        opened("portfolio", language)
    )


def test_a_viewer_is_refused(member: Callable[..., people.Person]) -> None:
    member("viewer", "demo", "empty")
    shown = said(opened("portfolio", "fr"))
    assert "Valombre" not in re.sub(r"<[^>]*>", " ", shown)
    assert text("error.not_allowed", "fr") in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_stands_among_marked_examples(signed_in: Enter, language: str) -> None:
    signed_in("demo visitor")
    app = opened("portfolio", language)
    shown = said(app)
    words = re.escape(text("page.portfolio.example", language))
    assert (
        len(set(re.findall(rf'<div class="pf-who"><p[^>]*>{words}</p>.*', shown))) == 3
    )
    assert not [b for b in app.button if str(b.key).startswith("portfolio_open")]
    # Four projects are read one by one: they make no share.
    assert not app.get("vega_lite_chart")


def test_a_verdict_and_its_symptom_say_the_same() -> None:
    """Who has become an address book is buried alive, not worn away."""
    for row in examples.rows("fr", date(2026, 11, 28)):
        assert row.figures is not None and row.figures.headline is not None
        is_book = "carnet" in written(row.figures.headline, "fr")
        assert ("buried_alive" in row.figures.symptoms) == is_book


def demo() -> Workspace:
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    settings = WorkspaceSettings.from_json(info.settings)
    return Workspace(
        Store(workspaces.folder(info.workspace_id)), settings, Rights.of("consultant")
    )


def known(visit: Visit, identifier: str) -> Figures:
    return portfolio_figures.ask(visit).known[identifier]


def test_figures_are_those_of_the_report(
    member: Callable[..., people.Person],
    visit_of: Callable[..., Visit],
) -> None:
    visit = visit_of(member("consultant", "demo", "logins"))
    found, workspace = known(visit, sessions.DEMO_WORKSPACE), demo()
    assert found.as_of is not None
    told = report.build(workspace, found.as_of)["adoption"]
    assert (found.licensed, found.active) == (told["licensed"], told["active"])
    assert found.share == told["habitual"] / told["licensed"]
    present = {o.code for o in symptoms.company(workspace, found.as_of) if o.present}
    assert set(found.symptoms or ()) == present
    again = portfolio_figures.ask(visit)
    assert again.known[sessions.DEMO_WORKSPACE] == found
    assert not again.pending


def by_hand(workspace: Workspace, day: date) -> float:
    """Return the habitual share on a day, from the built tables in plain pandas."""
    built = workspace.store.folder / str(workspace.manifest.built)
    days = pd.read_parquet(built / "int_user_day.parquet")
    accounts = pd.read_parquet(built / "int_user_contract.parquet")
    known = set(pd.read_parquet(built / "int_user.parquet")["user_id"])
    then = pd.Timestamp(day)
    days = days.assign(day=pd.to_datetime(days["day"]))
    days = days[days["day"] <= then]
    came = set(days["user_id"])
    ends = pd.to_datetime(accounts["contract_to"])
    starts = pd.to_datetime(accounts["contract_from"])
    open_ones = accounts[
        accounts["program_reason"].isna()
        & (ends.isna() | (ends > then))
        & (starts.isna() | (starts <= then) | accounts["user_id"].isin(came))
        & accounts["user_id"].isin(known)
    ]
    recent = days[days["day"] > then - pd.Timedelta(days=84)]
    weeks = recent.assign(week=(then - recent["day"]).dt.days // 7)
    count = weeks.groupby("user_id")["week"].nunique()
    habitual = set(count[count >= 9].index) & set(open_ones["user_id"])
    return len(habitual) / len(open_ones)


def test_trend_is_that_of_three_months(demo_data: Path) -> None:
    workspace = demo()
    day = report.last_day(workspace)
    found = figures.measure(workspace, day)
    before = (pd.Timestamp(day) - pd.DateOffset(months=3)).date()
    assert found.share == pytest.approx(by_hand(workspace, day))
    assert found.before == pytest.approx(by_hand(workspace, before))
    assert found.trend == pytest.approx(
        by_hand(workspace, day) - by_hand(workspace, before)
    )
    assert len(found.habit) == figures.POINTS


def test_few_people_are_not_told_where_teams_only_are_shown(demo_data: Path) -> None:
    workspace = demo()
    hidden = workspace.as_if(privacy="teams", k=50)
    day = report.last_day(workspace)
    found = figures.measure(hidden, day)
    # 95 of 111 are active: the sixteen others are too few.
    assert found.licensed == 111
    assert found.active is None
    assert figures.measure(workspace.as_if(privacy="teams", k=112), day).habit == ()


def test_a_damaged_workspace_leaves_the_others(
    member: Callable[..., people.Person],
    visit_of: Callable[..., Visit],
    workspace: Get,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = visit_of(member("consultant", "demo", "logins", "campaign"))
    broken = workspaces.folder(workspace("logins"))
    whole = figures.is_whole
    monkeypatch.setattr(
        figures, "is_whole", lambda store, m: store.folder != broken and whole(store, m)
    )
    found = portfolio_figures.ask(visit).known
    assert found[workspace("logins")].kind == "damaged"
    assert found[workspace("campaign")].kind == "no_people"
    assert found[sessions.DEMO_WORKSPACE].kind == "told"
    app = opened("portfolio", "fr")
    assert text("page.portfolio.chip.damaged", "fr") in said(app)


def test_an_unknown_failure_is_of_one_workspace(
    member: Callable[..., people.Person],
    visit_of: Callable[..., Visit],
    workspace: Get,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = visit_of(member("consultant", "demo", "records"))
    (workspaces.folder(workspace("records")) / figures.FILE).unlink(missing_ok=True)

    def fail(*_: object) -> Figures:
        raise ZeroDivisionError

    monkeypatch.setattr(portfolio_figures, "compute", fail)
    found = portfolio_figures.ask(visit).known
    assert found[workspace("records")].kind == "failed"
    portfolio_figures._failed.clear()


def test_a_row_opens_that_workspace(
    member: Callable[..., people.Person], workspace: Get
) -> None:
    member("consultant", "demo", "logins")
    app = opened("portfolio", "fr")
    button = next(one for one in app.button if one.label == "Espace logins")
    app = button.click().run()
    visitor = sessions.find(auth.token())
    assert visitor is not None
    assert visitor.workspace_id == workspace("logins")


def test_filters_come_from_the_address(member: Callable[..., people.Person]) -> None:
    member("consultant", "demo", "empty")
    labels = [
        [b.label for b in opened("portfolio", "fr", **query).button]
        for query in ({"q": "valom"}, {"verdict": "not_enough_data"}, {"q": "zzz"})
    ]
    assert "Espace empty" not in labels[0]
    assert "Valombre" in labels[0]
    assert "Valombre" not in labels[1]
    assert text("filter.clear_all", "fr") in labels[2]


def test_what_is_said_is_kept_and_written_down(
    member: Callable[..., people.Person],
    visit_of: Callable[..., Visit],
    workspace: Get,
    canary: str,
) -> None:
    visit = visit_of(member("consultant", "demo", "empty"))
    where = workspace("empty")
    version = Store(workspaces.folder(where)).manifest().version
    words = Project("rescue", "2026-02", "Appeler la direction", date(2026, 12, 1))
    portfolio_form.save(visit, where, words)
    info = workspaces.get(where)
    assert info is not None
    assert project.of(info.settings) == words
    assert info.settings["privacy"] == "names"
    entry = audit.entries(where)[0]
    assert (entry.what, entry.who) == ("project", visit.who)
    assert entry.detail == {"fields": ["due", "next_step", "reason", "start"]}
    assert Store(workspaces.folder(where)).manifest().version == version
    with pytest.raises(NotAllowed):
        portfolio_form.save(visit, canary, words)
    with pytest.raises(NotAllowed):
        portfolio_form.save(visit_of(member("director", "demo", "empty")), where, words)
    portfolio_form.save(visit, where, Project())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_what_is_shown(
    member: Callable[..., people.Person],
    visit_of: Callable[..., Visit],
    workspace: Get,
    canary: str,
    language: str,
) -> None:
    visit = visit_of(member("consultant", "demo", "empty"), language)
    portfolio_form.save(visit, workspace("empty"), Project(next_step="=1+1"))
    rows = portfolio_figures.rows(portfolio_figures.ask(visit))
    content = portfolio_files.content(visit, rows, "csv").decode("utf-8-sig")
    separator = ";" if language == "fr" else ","
    decimal = "," if language == "fr" else "."
    table = pd.read_csv(io.StringIO(content), sep=separator, decimal=decimal)
    table = table.set_index(text("page.portfolio.file.name", language))
    found = known(visit, sessions.DEMO_WORKSPACE)
    share = table.loc["Valombre", text("page.portfolio.file.habit", language)]
    assert share == pytest.approx(found.share, abs=1e-6)
    step = table.loc["Espace empty", text("page.portfolio.file.next_step", language)]
    assert step == "'=1+1"
    assert CANARY not in content
    entry = audit.entries()[0]
    assert (entry.what, entry.detail["list"]) == ("export", "portfolio")
    assert set(entry.detail["workspaces"]) == {
        sessions.DEMO_WORKSPACE,
        workspace("empty"),
    }
    assert portfolio_files.content(visit, rows, "xlsx")[:2] == b"PK"
    portfolio_form.save(visit, workspace("empty"), Project())
