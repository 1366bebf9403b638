"""What is taken away says what the screen says, and what the report computes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from core import judgement, report, scene, story
from core.accounts import audit, workspaces
from core.accounts.sessions import DEMO_WORKSPACE, Visitor
from core.documents.surface import Surface
from core.errors import NotAllowed
from core.i18n import text
from core.scene import Filters
from core.store import Store
from core.story.model import Step, Story
from core.symptoms import CODES
from core.takeaway import making, template
from core.takeaway.canvas import plain
from core.takeaway.making import KINDS, Progress, Wanted
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.pages.test_every_page import opened, said
from tests.unit.takeaway import opened as decks
from tests.unit.takeaway import templates

Enter = Callable[[str], None]


def looked_at(identifier: str, role: str = "director", language: str = "fr") -> Visit:
    """Return a visit of a workspace as a page would be given it."""
    info = workspaces.get(identifier)
    assert info is not None
    held = Workspace(
        Store(workspaces.folder(identifier)),
        WorkspaceSettings.from_json(info.settings),
        Rights.of(role),
    )
    is_demo = identifier == DEMO_WORKSPACE
    account = Visitor("s", None, "o@tests.example", "O", role, identifier, is_demo)
    return Visit(account, role, language, held, identifier, info.name, is_demo, "light")


@pytest.fixture(scope="module")
def visit(workspace: Callable[[str], str]) -> Visit:
    workspace("demo")
    return looked_at(DEMO_WORKSPACE)


@pytest.fixture(scope="module")
def told(visit: Visit) -> Story:
    return story.tell(visit)


@pytest.fixture(scope="module")
def file(visit: Visit) -> bytes:
    return making.make(visit, Wanted("deck"))


def step(told: Story, code: str) -> Step:
    return next(one for one in told.steps if one.code == code)


def test_the_deck_says_what_home_says(
    signed_in: Enter, told: Story, file: bytes
) -> None:
    signed_in("demo visitor")
    # A name with a hyphen stands whole, in an element of its own.
    shown = said(opened("home", "fr"))
    screen = shown + re.sub(r"</?span[^>]*>", "", shown)
    slides = list(decks.deck(file).slides)
    first, adoption = slides[1], slides[2]
    headline = step(told, "verdict").title
    assert headline in screen
    assert headline in decks.words(first)
    for number in step(told, "adoption").numbers[:2]:
        assert number.value in decks.words(adoption)
        assert re.search(rf">\s*{re.escape(number.value)}\s*<", screen), number
    pyramid = step(told, "pyramid")
    assert pyramid.title in screen
    evidence = step(told, "symptoms")
    for number in evidence.numbers:
        assert number.value.lower() in screen.lower()
    plan = decks.words(slides[len(told.steps)])
    actions = step(told, "actions")
    assert actions.plot is not None
    for line in actions.plot.categories:
        assert line in plan
        assert line in screen


def test_the_deck_holds_what_the_report_computes(
    visit: Visit, told: Story, file: bytes
) -> None:
    assert visit.workspace is not None
    one = scene.unfiltered(visit)
    assert one is not None
    computed = report.build(visit.workspace, one.period.as_of)
    rows = {
        number: decks.behind(decks.charts(slide)[0])
        for number, slide in enumerate(decks.deck(file).slides)
        if decks.charts(slide)
    }
    places = {each.code: n for n, each in enumerate(told.steps, start=1)}
    pyramid = rows[places["pyramid"]]
    column = next(
        n for n, head in enumerate(pyramid[0]) if head == text("pyramid.held", "fr")
    )
    held = [row[column] for row in pyramid[1:]]
    base = computed["pyramid"]
    assert held == [base["accounts"], base["contacts"], base["calls"]]
    campaign = next(
        each
        for each in computed["campaigns"]
        if each["name"] in step(told, "campaign").topic
    )
    funnel = {row[0]: row[1] for row in rows[places["campaign"]][1:]}
    for name in ("targeted", "delivered", "opened", "clicked", "to_call", "converted"):
        assert funnel[text(f"step.{name}", "fr")] == campaign[name]
    verdicts = [user["verdict"] for user in computed["users"]]
    judged = [one for one in verdicts if one in ("healthy", "watch", "at_risk")]
    share = step(told, "verdict").numbers[0].raw
    assert share == pytest.approx(verdicts.count("healthy") / len(judged))


def test_the_workbook_holds_what_the_report_computes(visit: Visit) -> None:
    assert visit.workspace is not None
    one = scene.unfiltered(visit)
    assert one is not None
    computed = report.build(visit.workspace, one.period.as_of)
    book = making.make(visit, Wanted("book", hides_names=False))
    found = CalamineWorkbook.from_filelike(io.BytesIO(book))
    sheet = found.get_sheet_by_name(text("page.adoption.teams_title", "fr")[:31])
    people = {row[0]: row[1] for row in sheet.to_python()}
    for team in computed["teams"]:
        if team["team"]:
            judged = team["healthy"] + team["watch"] + team["at_risk"]
            assert people[team["team"]] == judged
    sheet = found.get_sheet_by_name(text("take.sheet.people", "fr"))
    heads = text("page.adoption.column.active_days", "fr")
    rows = sheet.to_python()
    top = next(n for n, row in enumerate(rows) if heads in row)
    place = rows[top].index(heads)
    month = computed["month"]
    days = {user["name"]: user["active_days"][month] for user in computed["users"]}
    listed = {row[0]: row[place] for row in rows[top + 1 :]}
    assert len(listed) > 80
    assert {name: days[name] for name in listed} == listed
    sheet = found.get_sheet_by_name(text("take.sheet.campaigns", "fr"))
    targeted = {row[0]: row[3] for row in sheet.to_python() if row[0]}
    for campaign in computed["campaigns"]:
        if campaign["targeted"]:
            assert targeted[campaign["name"]] == campaign["targeted"]


def _words(kind: str, made: bytes, heard: list[str]) -> str:
    if kind in ("page", "report"):
        return "\n".join(heard)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return "\n".join(
            archive.read(n).decode("utf-8", "replace") for n in archive.namelist()
        )


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_names_are_in_no_file(
    kind: making.Kind, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = scene.unfiltered(visit)
    assert one is not None
    names = set(one.shown["name"].dropna())
    assert len(names) > 80
    heard: list[str] = []
    line = Surface._line

    def listening(self, x, y, words, *rest, **named):  # type: ignore[no-untyped-def]
        heard.append(" ".join(word[0] for word in words))
        line(self, x, y, words, *rest, **named)

    monkeypatch.setattr(Surface, "_line", listening)
    hidden = _words(kind, making.make(visit, Wanted(kind)), heard)
    assert [name for name in names if name in hidden] == []
    assert kind != "book" or "U-" in hidden


def test_only_teams_means_no_person_in_any_table(visit: Visit) -> None:
    assert visit.workspace is not None
    closed = replace(visit, workspace=visit.workspace.as_if(privacy="teams", k=8))
    wanted = Wanted("book", hides_names=False)
    telling = story.tell(closed, hide_names=False)
    tables = making.tables(closed, wanted, telling)
    assert "people" not in [sheet.code for sheet in tables]
    assert "teams" in [sheet.code for sheet in tables]


def test_filters_go_with_the_file(visit: Visit) -> None:
    one = scene.unfiltered(visit)
    assert one is not None
    team = str(one.rows["team"].value_counts().index[0])
    wanted = Wanted("deck", Filters(one.period.month, team=team))
    slides = decks.deck(making.make(visit, wanted)).slides
    assert all(team in decks.words(slides[n]) for n in (0, 1))
    assert making.name(visit, wanted).endswith(f"_{one.period.month}.pptx")


@pytest.mark.parametrize("kind", ["logins", "records", "campaign"])
@pytest.mark.parametrize("what", KINDS)
def test_partial_exports_make_a_file_too(
    kind: str, what: making.Kind, workspace: Callable[[str], str]
) -> None:
    here = looked_at(workspace(kind), "consultant", "en")
    progress = Progress(what)
    made = making.make(here, Wanted(what), progress)
    assert made[:4] in (b"PK\x03\x04", b"%PDF")
    assert progress.is_over
    assert not progress.has_failed
    entry = audit.entries(here.workspace_id, 1)[0]
    assert (entry.what, entry.detail["list"]) == ("export", f"story_{what}")


def test_who_may_not_export_gets_no_menu_and_no_file(
    workspace: Callable[[str], str],
) -> None:
    here = looked_at(workspace("logins"), "user")
    assert not here.can("export")
    progress = Progress("deck")
    with pytest.raises(NotAllowed):
        making.make(here, Wanted("deck"), progress)
    assert progress.is_over
    assert isinstance(progress.error, NotAllowed)


def test_the_workspace_s_template_is_taken(workspace: Callable[[str], str]) -> None:
    here = looked_at(workspace("records"), "consultant")
    folder = making.look_folder(here)
    assert folder is not None
    template.keep(folder, templates.classic(), "maison.pptx")
    try:
        own = decks.deck(making.make(here, Wanted("deck")))
        ours = decks.deck(making.make(here, Wanted("deck", has_template=False)))
    finally:
        template.forget(folder)
    assert own.slide_width < ours.slide_width
    assert "Logo" in [shape.name for shape in own.slide_master.shapes]


def test_the_demo_has_no_look_of_its_own(visit: Visit) -> None:
    assert making.look_folder(visit) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_home_offers_every_file_and_hides_names_at_first(
    signed_in: Enter, language: str
) -> None:
    signed_in("demo visitor")
    app = opened("home", language)
    assert not app.exception
    labels = [one.proto.label for one in app.get("download_button")]
    assert [text(f"take.kind.{kind}", language) for kind in KINDS] == labels[:4]
    assert app.toggle(key="take_hides").value


def test_the_verdict_s_sentences_are_whole(visit: Visit, told: Story) -> None:
    one = scene.unfiltered(visit)
    assert one is not None
    it = judgement.judged(one)
    assert plain(step(told, "verdict").lead) == plain(judgement.evidence(visit, it))
    assert {each.code for each in it.found or ()} == set(CODES)
