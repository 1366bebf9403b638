"""Conversations: the answer, the list a page at a time, one account, files, modes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from core import conversations, periods
from core.accounts import audit, sessions, workspaces
from core.store import Store
from core.ui.views import conversations_files, conversations_list
from core.ui.views import conversations_words as words
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.pages.test_every_page import opened, said

Enter = Callable[[str], None]


def demo(privacy: str = "names", role: str = "director") -> Workspace:
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    settings = WorkspaceSettings.from_json(info.settings)
    return Workspace(
        Store(workspaces.folder(info.workspace_id)),
        replace(settings, privacy=privacy),  # type: ignore[arg-type]
        Rights.of(role),
    )


def shown_rows(app: AppTest) -> int:
    return sum('class="account"' in one.proto.body for one in app.get("html"))


def test_title_is_the_answer_and_the_tier_is_told(signed_in: Enter) -> None:
    signed_in("demo")
    workspace = demo()
    as_of = periods.period(workspace, periods.months(workspace)[0]).as_of
    found = conversations.summary(workspace, as_of)
    page = said(opened("conversations", "fr"))
    title = re.search(r"<h1>(.*?)</h1>", page)
    assert title is not None
    count = found.without if found.answer == "waiting" else found.silent
    assert title[1].startswith(str(count))
    if found.answer == "waiting":
        assert words.amounts(found.waiting, "fr") in title[1]
    assert "Pour un suivi social" in page
    kept = conversations.tier(workspace, as_of).channels
    count = sum(one.state == "kept" for one in kept)
    assert f"Avancé, {count} canaux sur {len(kept)}" in page
    assert "Absents des exports" in page
    assert page.index("Opportunités ouvertes sans échange") < page.index("Depuis quand")
    assert "Jamais d\u2019échange" in page


def test_what_all_teams_share_is_no_column(signed_in: Enter) -> None:
    signed_in("demo")
    tiers = conversations.tiers(*_latest(demo()))
    told = tiers.dropna(subset=["tier"])
    assert told["tier"].nunique() == 1 and told["missing"].nunique() == 1
    page = said(opened("conversations", "fr"))
    assert "Les canaux notés sont les mêmes dans toutes les équipes" in page
    assert "Manque pour le niveau suivant" not in page
    assert "Service clients" not in page[page.index("Équipe par équipe") :]


def test_accounts_to_call_come_first_by_what_is_open() -> None:
    rows = conversations.accounts(*_latest(demo()))
    first = conversations_list._ordered(rows, "stake").head(50)
    assert set(first["state"]) <= {"silent", "never", "quiet"}
    assert first["open_amount"].is_monotonic_decreasing
    waiting = rows[rows["state"].isin(["silent", "never", "quiet"])]
    assert first["open_amount"].iloc[0] == waiting["open_amount"].max()


def test_fragile_accounts_are_those_listed(signed_in: Enter) -> None:
    signed_in("demo")
    found = conversations.summary(*_latest(demo()))
    for which in ("one_contact", "one_user"):
        app = opened("conversations", "en", status=which)
        assert f"{getattr(found, which):,} accounts" in said(app)


def test_an_opportunity_does_not_repeat_its_account() -> None:
    assert words.own("Garage Roy - bureaux", "Garage Roy") == "Bureaux"
    assert words.own("Garage Roy", "Garage Roy") == "Garage Roy"
    assert words.own("Bureaux", "Garage Roy") == "Bureaux"


def test_only_one_page_of_accounts_is_sent(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("conversations", "en")
    assert shown_rows(app) == conversations_list.PAGE
    first = said(app)
    app.button(key="accounts_next_page").click().run()
    assert app.query_params["page"] in ("2", ["2"])
    assert shown_rows(app) == conversations_list.PAGE
    assert "21 to 40" in said(app)
    assert said(app) != first
    assert not app.exception


@pytest.mark.parametrize("asked", ["9999", "-3", "x"])
def test_a_page_that_does_not_exist_is_the_nearest(
    signed_in: Enter, asked: str
) -> None:
    signed_in("demo")
    app = opened("conversations", "en", page=asked)
    assert 0 < shown_rows(app) <= conversations_list.PAGE
    assert not app.exception


def test_filters_stand_in_the_address_and_leave_their_accounts(
    signed_in: Enter,
) -> None:
    signed_in("demo")
    rows = conversations.accounts(*_latest(demo()))
    quiet = rows[(rows["state"] == "quiet") & (rows["open_count"] > 0)]
    app = opened("conversations", "en", status="quiet", deals="open", sort="worth")
    assert f"{len(quiet):,} accounts" in said(app)
    app.selectbox(key="conversations_sort").select("name").run()
    assert app.query_params["sort"] in ("name", ["name"])
    assert app.query_params["status"] in ("quiet", ["quiet"])


def test_search_by_name_without_accents(signed_in: Enter) -> None:
    signed_in("demo")
    rows = conversations.accounts(*_latest(demo()))
    named = rows[rows["name"].str.startswith("École")]
    app = opened("conversations", "fr")
    app.text_input(key="conversations_words").set_value("ecole").run()
    assert f"{len(named)} comptes" in said(app).replace("\u00a0", " ")


def test_one_account_by_its_address(signed_in: Enter) -> None:
    signed_in("demo")
    rows = conversations.accounts(*_latest(demo()))
    busy = rows.loc[rows["exchange_count"].idxmax()]
    app = opened("conversations", "fr", account=str(busy["account_id"]))
    page = said(app)
    assert f"Conversation avec {busy['name']}" in page.replace("&#x27;", "'")
    assert "Échange par échange" in page
    assert "Chez le client" in page
    assert busy["owner_name"] in page
    assert len(app.get("arrow_vega_lite_chart")) + len(app.get("vega_lite_chart")) == 1


def test_an_account_never_talked_to_says_so(signed_in: Enter) -> None:
    signed_in("demo")
    rows = conversations.accounts(*_latest(demo()))
    never = rows[(rows["state"] == "never") & (rows["open_count"] == 0)]
    account = str(never.iloc[0]["account_id"])
    page = said(opened("conversations", "fr", account=account))
    assert "Aucun échange avec" in page


def test_an_unknown_account_leads_to_the_list(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("conversations", "en", account="<script>")
    assert "This account is not in your exports" in said(app)
    assert shown_rows(app) == conversations_list.PAGE


def test_teams_see_no_name_of_ours(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    rows = conversations.accounts(*_latest(demo()))
    busy = rows.loc[rows["exchange_count"].idxmax()]
    names = set(rows["owner_name"].dropna())
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: "teams"))
    for query in ({}, {"account": str(busy["account_id"])}):
        app = opened("conversations", "fr", **query)
        assert not app.exception
        page = said(app)
        assert [name for name in names if name in page] == []


def _latest(workspace: Workspace) -> tuple[Workspace, object]:
    as_of = periods.period(workspace, periods.months(workspace)[0]).as_of
    return workspace, as_of


@pytest.mark.parametrize("which", ["silent", "waiting"])
@pytest.mark.parametrize("privacy", ["names", "pseudonyms", "teams"])
def test_files_hold_what_the_page_says(
    signed_in: Enter, which: str, privacy: str
) -> None:
    signed_in("demo")
    workspace, as_of = _latest(demo(privacy))
    visitor = sessions.find(sessions.claim(sessions.ticket(None)))
    assert visitor is not None
    visit = Visit(
        account=visitor,
        role="director",
        language="fr",
        workspace=workspace,
        workspace_id=sessions.DEMO_WORKSPACE,
        workspace_name="Démo",
        is_demo=True,
        theme="light",
    )
    found = conversations.summary(workspace, as_of)
    count = found.silent if which == "silent" else found.without
    payload = conversations_files._file(visit, workspace, as_of, which, "csv")
    lines = list(csv.reader(io.StringIO(payload.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) - 1 == count
    assert ("Suivi par" in lines[0]) == (privacy != "teams")
    book = conversations_files._file(visit, workspace, as_of, which, "xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    assert len(sheet.to_python()) - 1 == count
    entry = audit.entries(sessions.DEMO_WORKSPACE)[0]
    assert entry.what == "export"
