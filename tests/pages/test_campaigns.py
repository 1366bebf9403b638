"""Campaigns: the lists that leave hold who the page says, and only for who may."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from core.accounts import audit, sessions, workspaces
from core.campaigns import call_list, counts, follow_up, list_layouts
from core.campaigns.call_list import Choice
from core.demo.salesforce import identifier
from core.i18n import LANGUAGES, plural, text
from core.store import Store
from core.ui import components
from core.ui.views import call_lists_files as files
from core.ui.views.call_lists_files import Wanted
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings
from core.workspace_settings import Privacy
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]


def test_reference_campaign_opens_first(signed_in: Enter) -> None:
    signed_in("demo")
    shown = said(opened("campaigns", "fr"))
    assert "90 personnes ont cliqué" in shown
    results = said(opened("campaigns", "fr", view="results"))
    assert "4\u00a0900\u00a0÷\u00a05\u00a0000" in results
    assert "250\u00a0%" in results


def test_buttons_say_how_many_they_give(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("campaigns", "en")
    labels = [button.proto.label for button in app.get("download_button")]
    assert "Download the 90 to call" in labels
    assert "Download the 2,900" in labels


def test_another_campaign_by_its_address(signed_in: Enter) -> None:
    signed_in("demo")
    first = opened("campaigns", "en")
    options = first.selectbox(key="campaign").options
    assert len(options) == 5
    unasked = said(first)
    first.selectbox(key="campaign").select_index(3).run()
    asked = first.query_params["campaign"]
    assert said(opened("campaigns", "en", campaign=asked)) != unasked


def test_the_way_to_attribute_stands_in_the_address(signed_in: Enter) -> None:
    signed_in("demo")
    shown = said(opened("campaigns", "fr", model="last_touch", view="results"))
    # Of the three deals won, two had a response of their contact before them.
    assert "(11\u00a0000\u00a0€ − 4\u00a0000\u00a0€) ÷ 4\u00a0000\u00a0€" in shown
    assert "dernière campagne à laquelle son contact a répondu" in shown
    assert "2\u00a0718\u00a0850\u00a0€" in shown


def test_a_cost_is_typed_kept_and_given_back(signed_in: Enter) -> None:
    signed_in("demo")
    free = identifier("Campaign", 4)
    app = opened("campaigns", "en", campaign=free, view="results")
    assert "The cost of the campaign is unknown" in said(app)
    app.number_input(key=f"cost_{free}").set_value(2_540.0)
    app.button(key="cost_save").click().run()
    shown = said(app)
    assert "(€12,700 − €2,540) ÷ €2,540 = 400%" in shown
    assert "Cost typed here" in shown
    entry = audit.entries(sessions.DEMO_WORKSPACE)[0]
    assert (entry.what, entry.detail["amount"]) == ("campaign_cost", 2_540)
    app.button(key="cost_forget").click().run()
    assert "The cost of the campaign is unknown" in said(app)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Aucune opportunité gagnée n’est reliée"),
        ("en", "No won opportunity is linked"),
    ],
)
def test_without_opportunities_the_return_is_unknown(
    signed_in: Enter, language: str, words: str
) -> None:
    signed_in("campaign")
    assert words in said(opened("campaigns", language, view="results"))


def test_viewer_sees_the_funnel_and_nobody(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr("core.workspace._SEES_CONTACTS", ())
    app = opened("campaigns", "en")
    labels = [button.proto.label for button in app.get("download_button")]
    # A drawing holds no person: it may be taken.
    assert labels == [text(f"picture.{kind}", "en") for kind in ("png", "svg", "csv")]
    shown = said(app)
    assert "Your role does not see" in shown
    assert "The 90 to call" not in shown


@pytest.fixture
def visit(signed_in: Enter) -> Callable[..., Visit]:
    """Return the visit of a role to the demo company, in a mode of privacy."""
    signed_in("demo")
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    visitor = sessions.find(sessions.claim(sessions.ticket(None)))
    assert visitor is not None

    def look(
        language: str = "fr", role: str = "director", privacy: Privacy = "names"
    ) -> Visit:
        settings = replace(WorkspaceSettings.from_json(info.settings), privacy=privacy)
        store = Store(workspaces.folder(info.workspace_id))
        return Visit(
            account=visitor,
            role=role,
            language=language,
            workspace=Workspace(store, settings, Rights.of(role)),
            workspace_id=info.workspace_id,
            workspace_name=info.name,
            is_demo=True,
            theme="light",
        )

    return look


def csv_rows(payload: bytes) -> list[dict[str, str]]:
    text = payload.decode("utf-8-sig")
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def sheets(payload: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(payload))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def known(visit: Visit) -> list[counts.Campaign]:
    assert visit.workspace is not None
    return counts.read(visit.workspace.query("mart_campaign_funnel"))


def test_files_hold_the_people_and_are_written_down(
    visit: Callable[..., Visit],
) -> None:
    look = visit(role="marketing")
    seen: dict[str, set[str]] = {}
    for campaign in known(look):
        counts = {"call": campaign.to_call, "second_mail": campaign.second_mail}
        for which, count in counts.items():
            layout = list_layouts.get(which, "spreadsheet")
            wanted = Wanted(campaign, which, layout)
            rows = csv_rows(files.build(look, wanted, "csv"))
            assert len(rows) == count == len(files.people(look, wanted))
            book = sheets(files.build(look, wanted, "xlsx"))
            assert len(next(iter(book.values()))) - 1 == count
            seen[which] = {row["E-mail"] for row in rows}
        assert not seen["call"] & seen["second_mail"]
        if campaign.second_mail:
            assert next(iter(rows[0])) == "E-mail"
    entries = audit.entries(look.workspace_id)
    assert entries[0].what == "export"
    assert entries[0].detail["rows"] == count


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_and_choice_has_as_many_rows_as_the_button_says(
    visit: Callable[..., Visit], language: str
) -> None:
    look = visit(language)
    assert look.workspace is not None
    campaign = next(one for one in known(look) if one.to_call == 90)
    everybody = call_list.read(look.workspace, campaign.campaign_id)
    owner = str(everybody["owner_id"].mode()[0])
    useful = call_list.useful(everybody)
    assert {"phone", "waiting"} & set(useful)
    offered = list_layouts.offered("call", everybody)
    assert {"spreadsheet", "salesforce_tasks"} <= {one.name for one in offered}
    choices = [Choice(owner=owner), Choice(order="oldest")]
    choices += [Choice(conditions=frozenset({one})) for one in useful]
    wishes = [Wanted(campaign, "call", offered[0], choice) for choice in choices]
    wishes += [Wanted(campaign, "call", layout) for layout in offered]
    for wanted in wishes:
        people = files.people(look, wanted)
        payload = files.build(look, wanted, "csv")
        assert len(csv_rows(payload)) == len(people) > 0
        assert payload.startswith(b"\xef\xbb\xbf") is not wanted.layout.is_import
        assert (len(people) == 90) >= wanted.choice.is_everybody
    split = replace(wishes[len(choices)], is_split=True)
    with zipfile.ZipFile(io.BytesIO(files.build(look, split, "csv"))) as archive:
        parts = [csv_rows(archive.read(name)) for name in archive.namelist()]
    assert sum(map(len, parts)) == 90
    book = sheets(files.build(look, split, "xlsx"))
    pages = list(book.values())[:-1]  # the last holds the notes
    assert [len(page) - 1 for page in pages] == [len(part) for part in parts]


def test_task_layout_names_contact_and_owner_by_their_identifiers(
    visit: Callable[..., Visit],
) -> None:
    layout = list_layouts.get("call", "salesforce_tasks")
    look = visit()
    campaign = next(one for one in known(look) if one.to_call == 90)
    rows = csv_rows(files.build(look, Wanted(campaign, "call", layout), "csv"))
    assert len({row["WhoId"] for row in rows}) == 90
    assert all(row["WhoId"].startswith(("003", "00Q")) for row in rows)
    assert all(row["OwnerId"].startswith("005") for row in rows)
    assert {row["TaskSubtype"] for row in rows} == {"Call"}
    hidden = visit(privacy="pseudonyms")
    rows = csv_rows(files.build(hidden, Wanted(campaign, "call", layout), "csv"))
    assert "OwnerId" not in rows[0]
    assert len(rows) == 90


def test_where_teams_only_are_shown_no_owner_leaves(
    visit: Callable[..., Visit],
) -> None:
    named, hidden = visit(), visit(privacy="teams")
    assert named.workspace is not None
    campaign = next(one for one in known(named) if one.to_call == 90)
    layout = list_layouts.get("call", "spreadsheet")
    wanted = Wanted(campaign, "call", layout)
    people = files.people(named, wanted)
    # A customer may bear the name of one of ours.
    owners = set(people["owner_name"].dropna()) - set(people["name"])
    assert owners
    texts = [files.build(hidden, wanted, "csv").decode("utf-8-sig")]
    split = files.build(hidden, replace(wanted, is_split=True), "csv")
    with zipfile.ZipFile(io.BytesIO(split)) as archive:
        texts += [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
        texts += archive.namelist()
    assert not [name for name in owners for text in texts if name in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_follow_up_adds_up_and_its_page_says_it(
    visit: Callable[..., Visit], language: str
) -> None:
    look = visit(language)
    assert look.workspace is not None
    campaign = next(one for one in known(look) if one.to_call == 90)
    found = follow_up.summary(look.workspace, campaign.campaign_id)
    assert found.lack is None
    assert found.called and found.waiting and found.reached
    assert found.listed == 90 + (found.converted or 0)
    groups = follow_up.groups(look.workspace, campaign.campaign_id)
    for name in ("listed", "called", "reached", "converted", "waiting"):
        assert groups[name].sum() == getattr(found, name)
    assert groups["oldest_day"].dropna().is_monotonic_increasing
    everybody = call_list.read(look.workspace, campaign.campaign_id)
    waiting = call_list.select(everybody, Choice(conditions=frozenset({"waiting"})))
    assert len(waiting) == found.waiting
    app = opened("campaigns", language, campaign=campaign.campaign_id, view="results")
    shown = said(app)
    assert plural("follow_up.waiting", found.waiting, language).strip("*") in shown
    assert text("follow_up.title", language) in shown


def test_filters_change_the_button_and_the_first_page_only_is_sent(
    signed_in: Enter,
) -> None:
    signed_in("demo")
    app = opened("campaigns", "en")
    assert not app.get("arrow_data_frame")
    app.selectbox(key="call_owner").select_index(0).run()
    labels = [button.proto.label for button in app.get("download_button")]
    some = next(label for label in labels if label.endswith("of the 90"))
    count = int(re.findall(r"\d+", some)[0])
    assert 0 < count < 90
    assert f"The {count} to call" in said(app) or count == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_activities_the_page_says_which_export_tells(
    signed_in: Enter, language: str
) -> None:
    signed_in("campaign")
    shown = said(opened("campaigns", language, view="results"))
    assert text("follow_up.lack.activity", language)[:40] in shown
    shown = said(opened("campaigns", language))
    assert text("list.call.no_contact", language)[:30] in shown


def test_those_who_wait_are_kept_with_one_click(
    signed_in: Enter, visit: Callable[..., Visit]
) -> None:
    reference = counts.latest_call_list(known(visit()))
    assert reference is not None
    workspace = visit().workspace
    assert workspace is not None
    people = call_list.read(workspace, reference.campaign_id)
    called = people["last_call_day"].notna()
    waiting = people["state"].eq("waiting")
    assert not (called & waiting).any()
    assert int(called.sum() + waiting.sum()) == reference.to_call
    signed_in("demo")
    app = opened("campaigns", "fr")
    first = plural("list.call.waiting", int(waiting.sum()), "fr", called=called.sum())
    assert components.rich(first) in said(app)
    app.button(key="call_waiting").click().run()
    labels = [button.proto.label for button in app.get("download_button")]
    assert f"Télécharger {int(waiting.sum())} des 90" in labels


@pytest.mark.parametrize("view", ["calls", "results", "compare"])
def test_each_view_of_a_campaign_has_an_address(signed_in: Enter, view: str) -> None:
    signed_in("demo")
    shown = said(opened("campaigns", "fr", view=view))
    own = {
        "calls": text("list.second_mail.title", "fr"),
        "results": text("page.campaigns.models.won", "fr"),
        "compare": text("page.campaigns.history", "fr"),
    }
    assert own[view] in shown
    others = [words for name, words in own.items() if name != view]
    assert not any(words in shown for words in others)
