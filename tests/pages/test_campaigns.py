"""Campaigns: the lists that leave hold who the page says, and only for who may."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook

from core import campaigns
from core.accounts import audit, sessions, workspaces
from core.demo.salesforce import identifier
from core.store import Store
from core.ui.views import call_lists
from core.ui.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]


def test_reference_campaign_opens_first(signed_in: Enter) -> None:
    signed_in("demo")
    shown = said(opened("campaigns", "fr"))
    assert "90 personnes ont cliqué" in shown
    assert "4\u00a0900\u00a0÷\u00a05\u00a0000" in shown
    assert "250\u00a0%" in shown


def test_buttons_say_how_many_they_give(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("campaigns", "en")
    labels = [button.proto.label for button in app.get("download_button")]
    assert "Download the 90 to call" in labels
    assert "2nd mail segment (2,900)" in labels


def test_another_campaign_by_its_address(signed_in: Enter) -> None:
    signed_in("demo")
    first = opened("campaigns", "en")
    options = first.selectbox(key="campaign").options
    assert len(options) == 4
    first.selectbox(key="campaign").select_index(3).run()
    asked = first.query_params["campaign"]
    assert said(opened("campaigns", "en", campaign=asked)) != said(
        opened("campaigns", "en")
    )


def test_the_way_to_attribute_stands_in_the_address(signed_in: Enter) -> None:
    signed_in("demo")
    shown = said(opened("campaigns", "fr", model="last_touch"))
    # Of the three deals won, two had a response of their contact before them.
    assert "(11\u00a0000\u00a0€ − 4\u00a0000\u00a0€) ÷ 4\u00a0000\u00a0€" in shown
    assert "dernière campagne à laquelle son contact a répondu" in shown
    assert "2\u00a0718\u00a0850\u00a0€" in shown


def test_a_cost_is_typed_kept_and_given_back(signed_in: Enter) -> None:
    signed_in("demo")
    free = identifier("Campaign", 4)
    app = opened("campaigns", "en", campaign=free)
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
    [("fr", "Aucune affaire gagnée n’est reliée"), ("en", "No won deal is linked")],
)
def test_without_opportunities_the_return_is_unknown(
    signed_in: Enter, language: str, words: str
) -> None:
    signed_in("campaign")
    assert words in said(opened("campaigns", language))


def test_viewer_sees_the_funnel_and_nobody(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr("core.workspace._SEES_CONTACTS", ())
    app = opened("campaigns", "en")
    assert not app.get("download_button")
    shown = said(app)
    assert "Your role does not see" in shown
    assert "The 90 to call" not in shown


def test_files_hold_the_people_and_are_written_down(signed_in: Enter) -> None:
    signed_in("demo")
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    workspace = Workspace(
        Store(workspaces.folder(info.workspace_id)),
        WorkspaceSettings.from_json(info.settings),
        Rights.of("marketing"),
    )
    visitor = sessions.find(sessions.claim(sessions.ticket(None)))
    assert visitor is not None
    visit = Visit(
        account=visitor,
        role="marketing",
        language="fr",
        workspace=workspace,
        workspace_id=info.workspace_id,
        workspace_name=info.name,
        is_demo=True,
        theme="light",
    )
    for campaign in campaigns.read(workspace.query("mart_campaign_funnel")):
        for which, count in (
            ("call", campaign.to_call),
            ("second_mail", campaign.second_mail),
        ):
            payload = call_lists._file(visit, campaign, which, "csv")
            lines = list(
                csv.reader(io.StringIO(payload.decode("utf-8-sig")), delimiter=";")
            )
            assert len(lines) - 1 == count
            book = call_lists._file(visit, campaign, which, "xlsx")
            sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(
                0
            )
            assert len(sheet.to_python()) - 1 == count
    entries = audit.entries(info.workspace_id)
    assert entries[0].what == "export"
