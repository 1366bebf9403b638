"""A workshop: a facilitator, two phones, and a third that loses its network."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from core.i18n import plural, text
from core.score_usage import KEYS
from tests.browser.conftest import Window, run_python

# Three people and their ten answers, then the medians that a reader can check.
ANSWERS = ("0132210321", "0332210121", "3332110021")
MEDIANS = "0332210121"

SEED = """
from core.accounts import people, sessions, workspaces
from core.score_usage import Sheet
from core.scorecards.board import Board
chief = people.first_admin("chef@example.fr", "Chef", "la pluie tombe sur le toit")
settings = {"timezone": "Europe/Paris", "country": "FR", "privacy": "teams"}
alpha = workspaces.create(people.get(chief), "Alpha", settings)
feature = Board(alpha, "chef@example.fr", "fr").create(Sheet(name="Passerelle"))
print(feature, sessions.ticket(chief))
"""


def say(key: str, **values: object) -> str:
    return text(key, "fr", **values)


@pytest.fixture
def room(
    server: Callable[..., AbstractContextManager[str]], tmp_path: Path
) -> Callable[..., AbstractContextManager[str]]:
    """Start a server that holds no demo: nothing is built for this journey."""
    return lambda: server(tmp_path / "data", APLOMB_DEMO="0")


def tap(page: Page, key: str, value: str) -> None:
    page.locator(f"#{key} label").nth(int(value)).tap()


def state(page: Page, key: str) -> str:
    return page.locator(f"#{key} .state").inner_text()


def come_in(one: Window, link: str, name: str) -> Page:
    one.page.goto(link)
    one.page.get_by_label(say("workshop.name")).fill(name)
    one.page.get_by_role("button", name=say("workshop.come_in")).tap()
    one.page.locator("#synergie").wait_for()
    return one.page


def forgive(one: Window, link: str) -> None:
    """Forget what the browser itself says of a lost network and of a closed door."""
    own = (f"ERR_INTERNET_DISCONNECTED ({link}", f"410 (Gone) ({link}")
    one.problems = [
        problem for problem in one.problems if not any(said in problem for said in own)
    ]


def serious(page: Page) -> list[str]:
    found = Axe().run(page)["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_a_room_votes_loses_its_network_and_concludes(
    window: Callable[..., Window],
    room: Callable[..., AbstractContextManager[str]],
    tmp_path: Path,
) -> None:
    feature, ticket = run_python(tmp_path / "data", SEED).split()
    with room() as address:
        chief = window(address)
        claimed = chief.page.context.request.post(
            f"{address}/auth/claim", data=ticket, headers={"origin": address}
        )
        assert claimed.status == 204
        chief.open(f"score?feature={feature}&workshop=1&lang=fr")
        chief.page.get_by_text(say("page.workshop.named"), exact=True).click()
        chief.page.get_by_role("button", name=say("page.workshop.open")).click()
        link = chief.page.locator(".door a").get_attribute("href") or ""
        assert link.startswith(f"{address}/w/")

        phones = [window(address, "phone") for _ in ANSWERS]
        names = ("Zoé", "<i>Bo</i>", "Chloé")
        pages = [
            come_in(one, link, name) for one, name in zip(phones, names, strict=True)
        ]
        for page, answers in zip(pages[:2], ANSWERS, strict=False):
            for key, value in zip(KEYS, answers, strict=True):
                tap(page, key, value)
            expect(page.locator(f"#{KEYS[-1]} .state")).to_have_text(
                say("workshop.saved")
            )
        assert serious(pages[0]) == []
        assert phones[0].overflow() == 0
        phones[0].shoot("workshop-phone-fr")

        # The third answers in the middle of a tunnel, changes its mind, comes out.
        last = pages[2]
        tap(last, KEYS[0], ANSWERS[2][0])
        expect(last.locator(f"#{KEYS[0]} .state")).to_have_text(say("workshop.saved"))
        last.context.set_offline(True)
        tap(last, KEYS[1], "0")
        for key, value in zip(KEYS[1:], ANSWERS[2][1:], strict=True):
            tap(last, key, value)
        expect(last.locator("#network")).to_have_text(say("workshop.offline"))
        assert state(last, KEYS[-1]) != say("workshop.saved")
        phones[2].shoot("workshop-phone-offline-fr")
        here = chief.page.locator(".st-key-card_workshop_live")
        expect(here.locator(".amount")).to_have_text(
            re.compile(r"3\s*participants"), timeout=10_000
        )
        expect(here).to_contain_text(
            plural("page.workshop.answers", 21, "fr", of=30), timeout=10_000
        )
        assert "<i>Bo</i>" in here.inner_text()
        last.context.set_offline(False)
        for key in KEYS:
            expect(last.locator(f"#{key} .state")).to_have_text(
                say("workshop.saved"), timeout=15_000
            )
        expect(last.locator("#network")).to_have_text("")
        expect(here).to_contain_text(
            plural("page.workshop.answers", 30, "fr", of=30), timeout=10_000
        )
        # What each answered is hidden until the vote ends.
        assert chief.page.locator(".room").count() == 0
        chief.shoot("workshop-vote-fr")

        chief.press("workshop_freeze")
        shown = chief.page.locator(".room li")
        shown.first.wait_for(timeout=20_000)
        found = {
            row.locator("h3 > span").nth(1).inner_text(): row.locator(
                ".middle b"
            ).inner_text()
            for row in shown.all()
        }
        assert found == {
            say(f"score.{key}.name"): median
            for key, median in zip(KEYS, MEDIANS, strict=True)
        }
        # Zoé and Bo said high risk on synergie where Chloé said none.
        first = shown.first.inner_text()
        assert say("score.synergie.name") in first
        assert say("page.workshop.split") in first
        assert chief.untranslated() == []
        chief.shoot("workshop-result-fr")
        expect(pages[0].locator(".notice.frozen")).to_be_visible(timeout=10_000)
        assert pages[0].locator("#synergie input[type=radio]").first.is_disabled()

        chief.press("workshop_vote_again")
        expect(last.locator(".notice.open")).to_have_text(
            say("workshop.round.again"), timeout=20_000
        )
        tap(last, "synergie", "0")
        expect(last.locator("#synergie .state")).to_have_text(say("workshop.saved"))
        chief.page.locator(".st-key-workshop_freeze button").click()
        chief.page.locator(".st-key-workshop_conclude button").click(timeout=20_000)
        done = say("page.workshop.concluded", number=1)
        expect(chief.page.get_by_text(done)).to_be_visible(timeout=20_000)
        assert chief.page.locator(".room li").count() == len(KEYS)
        chief.shoot("workshop-concluded-fr")
        over = pages[0].get_by_role("heading", name=say("workshop.refused.closed"))
        expect(over).to_be_visible(timeout=10_000)
        for one in phones:
            forgive(one, link)
