"""The plan of a mailing and the choice of a tool, as a reader meets them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from core.i18n import LANGUAGES
from core.i18n import text as sentence
from core.ui import links
from core.ui.views import sending_files, sending_form
from tests.pages.test_every_page import lists, opened, said
from tests.unit.sending_ics import parsed

Enter = Callable[[str], None]
START = "2026-12-01"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Monday 30 November 2026."""
    monkeypatch.setattr(sending_form, "today", lambda: date(2026, 11, 30))


def title(app: AppTest) -> str:
    text = said(app)
    # A page that broke below its title is no answer.
    for language in LANGUAGES:
        assert sentence("common.trouble", language) not in text
        assert sentence("common.apology", language) not in text
    told = text.split("<h1>")[1].split("</h1>")[0].replace("\u00a0", " ")
    return re.sub(r"<[^>]*>", "", told)


def test_twenty_thousand_in_both_languages(signed_in: Enter) -> None:
    signed_in("empty")
    asked = {"n": "20000", "start": START}
    assert title(opened("sending", "fr", **asked)) == (
        "20 000 destinataires : 4 jours, du mardi 1er au vendredi 4 décembre."
    )
    assert title(opened("sending", "en", **asked)) == (
        "20,000 recipients: 4 days, from Tuesday 1 to Friday 4 December."
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "À combien de personnes"),
        ({"n": "0"}, "Zéro destinataire"),
        ({"n": "100", "limit": "0"}, "À zéro e-mail par jour"),
        ({"n": "100000", "limit": "10"}, "plus d\u2019un an"),
        ({"n": "100", "start": "2026-11-09"}, "100 destinataires : un seul jour"),
        ({"n": "1", "start": "2026-12-01"}, "1 destinataire : un seul jour"),
        (
            {"n": "10000", "start": "2026-12-31"},
            "du jeudi 31 décembre 2026 au lundi 4 janvier 2027",
        ),
    ],
)
def test_states_of_the_plan(
    signed_in: Enter, asked: dict[str, str], words: str
) -> None:
    signed_in("empty")
    app = opened("sending", "fr", **asked)
    assert not app.exception
    assert words in title(app)


def test_a_plan_already_begun_says_so_and_starts_again(signed_in: Enter) -> None:
    signed_in("empty")
    app = opened("sending", "fr", n="20000", start="2026-11-26")
    assert "10\u00a0000 e-mails devraient être partis" in said(app)
    app.button(key="sending_restart").click().run()
    assert app.query_params["start"] == "2026-11-30"
    assert "devraient" not in said(app)


def test_what_is_typed_goes_to_the_address_and_back(signed_in: Enter) -> None:
    signed_in("empty")
    app = opened("sending", "en", n="12000", start="2026-12-24")
    app.toggle(key="sending_sat").set_value(True).run()
    app.number_input(key="sending_limit").set_value(4000).run()
    app.multiselect(key="sending_off").set_value([date(2026, 12, 28)]).run()
    asked = dict(app.query_params.items())
    assert (asked["sat"], asked["limit"], asked["off"]) == ("1", "4000", "2026-12-28")
    again = opened("sending", "en", **asked)
    # Thursday 24, Saturday 26, then Tuesday 29 as Monday is left out.
    assert title(again) == title(app)
    assert "from Thursday 24 to Tuesday 29 December" in title(app)
    assert "Christmas" in said(app)


def test_the_latest_second_mail_is_planned_first(signed_in: Enter) -> None:
    signed_in("demo")
    app = opened("sending", "fr")
    shown = said(app)
    assert title(app).startswith("2 900 destinataires")
    # The switch of views follows the title.
    order = [one.type for one in app.main if one.type in ("html", "button_group")]
    assert order.index("button_group") > order.index("html")
    assert "Pas encore de plan" not in shown
    # Typed by hand is a choice that stays.
    app.selectbox(key="sending_source").select(("", "")).run()
    assert title(app).startswith("À combien de personnes")


def test_a_campaign_fills_the_plan(signed_in: Enter) -> None:
    signed_in("demo")
    first = opened("campaigns", "fr")
    campaign = first.selectbox(key="campaign").value
    app = opened("sending", "fr", campaign=campaign, list="second_mail")
    assert title(app).startswith("2 900 destinataires")
    assert "deuxième e-mail de" in said(app)
    # Of 5 000 targeted by the reference campaign, 90 are to call: 1.8 % of 2 900.
    assert "52 personnes" in said(app)


def test_viewers_plan_and_take_nothing(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    monkeypatch.setattr("core.visit.Visit.can", lambda _visit, _act: False)
    app = opened("sending", "en", n="20000", start=START)
    assert not lists(app)
    assert "4 days" in title(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_hold_the_plan(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    signed_in("demo")
    taken: dict[str, bytes] = {}
    draw = sending_files.draw

    def keep(*arguments: object) -> None:
        for kind in ("ics", "csv", "xlsx"):
            taken[kind] = sending_files._file(*arguments, kind)
        draw(*arguments)

    monkeypatch.setattr("core.ui.views.sending_plan.sending_files.draw", keep)
    asked = {"n": "12500", "start": "2026-12-03", "hours": "9-18"}
    app = opened("sending", language, **asked)
    assert len(lists(app)) == 3
    events = parsed(taken["ics"]).blocks
    starts = [event.one("DTSTART") for event in events]
    # Thursday, Friday, Monday; then 48 hours and 30 days after Monday the 7th.
    assert starts[:3] == [f"202612{day}T080000Z" for day in ("03", "04", "07")]
    assert starts[3:] == ["20261209", "20270106"]
    words = [event.text("SUMMARY") for event in events]
    assert "2\u00a0500" in words[2] or "2,500" in words[2]
    delimiter = ";" if language == "fr" else ","
    text = taken["csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    assert [row[2] for row in rows[1:]] == ["5000", "5000", "2500"]
    assert [row[3] for row in rows[1:]] == ["5000", "10000", "12500"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken["xlsx"]))
    sheet = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == [
        date(2026, 12, 3) + timedelta(days=n) for n in (0, 1, 4)
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Un outil d\u2019envoi en nombre vous suffit"), ("en", "A mass mailer is")],
)
def test_a_tool_is_named_with_its_reasons(
    signed_in: Enter, language: str, words: str
) -> None:
    signed_in("empty")
    app = opened("sending", language, view="tool")
    assert title(app).startswith(words)
    assert "Brevo" in title(app)
    app.selectbox(key="sending_clicks").set_value("no").run()
    app.selectbox(key="sending_budget").set_value("none").run()
    app.selectbox(key="sending_team").set_value("nobody").run()
    assert "Salesforce" in title(app)
    assert app.query_params["budget"] == "none"


def test_when_no_tool_does_all_it_says_what_to_give_up(signed_in: Enter) -> None:
    signed_in("empty")
    app = opened("sending", "fr", view="tool", depth="native", crm="other")
    assert title(app).startswith("Aucun des six outils")
    assert "si vous cédiez sur le lien avec le CRM" in said(app)


def test_the_link_of_a_campaign_opens_its_plan(
    signed_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo")
    campaign = opened("campaigns", "en").selectbox(key="campaign").value
    drawn: list[dict[str, str]] = []
    monkeypatch.setattr(
        "core.ui.links.st.page_link",
        lambda _path, **given: drawn.append(given["query_params"]),
    )
    reader = SimpleNamespace(text=lambda key: key, can_open=lambda page: True)
    for listed, count in (("second_mail", "2,900"), ("base", "50,000")):
        links.plan_sending(reader, campaign, listed)
        assert title(opened("sending", "en", **drawn.pop())).startswith(count)
