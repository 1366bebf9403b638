"""Present: the slides of what is looked at, whoever may look, and the demo's choice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import people, sessions, workspaces
from core.demo import companies
from core.i18n import text
from core.story import STEPS
from core.ui import auth, opening
from tests.pages.test_every_page import opened, said


def steps(app: AppTest) -> list[str]:
    """Return the codes of the slides on the page, in their order."""
    shown = said(app)
    places = {code: shown.find(f'data-step="{code}"') for code in STEPS}
    return sorted((code for code in STEPS if places[code] >= 0), key=places.__getitem__)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("demo visitor", list(STEPS)),
        ("logins", ["verdict", "adoption", "profiles", "symptoms", "actions"]),
        ("campaign", ["verdict", "campaign", "actions"]),
        ("records", [step for step in STEPS if step not in ("campaign", "score")]),
    ],
)
def test_a_step_without_data_is_left_out(
    kind: str, expected: list[str], signed_in: Callable[[str], None]
) -> None:
    signed_in(kind)
    app = opened("present", "fr")
    assert steps(app) == expected
    # What lacks is said where nothing else is: the last step asks for the exports.
    if kind == "campaign":
        assert "Ajoutez l\u2019historique de connexion" in said(app)


def test_a_team_that_has_no_pyramid(signed_in: Callable[[str], None]) -> None:
    signed_in("demo visitor")
    app = opened("present", "fr", team="Marketing")
    assert "pyramid" not in steps(app)
    assert "Équipe Marketing" in said(app)


def test_names_are_hidden_until_asked_for(signed_in: Callable[[str], None]) -> None:
    signed_in("demo visitor")
    app = opened("present", "fr")
    assert app.toggle(key="present_hides").value
    assert "U-" in said(app)
    app.toggle(key="present_hides").set_value(False).run()
    assert "U-" not in said(app)


def test_the_way_in_keeps_the_filters_and_is_not_for_all(
    signed_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in("demo visitor")
    label = text("page.present.open", "fr")

    def way(app: AppTest) -> list[str]:
        links = [one.proto for one in app.get("page_link")]
        return [one.query_string for one in links if one.label == label]

    (query,) = way(opened("home", "fr", team="Grand Ouest"))
    assert "team=Grand+Ouest" in query
    visitor = auth.visitor()
    assert visitor is not None
    for role in ("marketing",):
        kept = sessions.Visitor(**{**vars(visitor), "role": role})
        monkeypatch.setattr(auth, "visitor", lambda kept=kept: kept)
        assert way(opened("home", "fr")) == []
        assert steps(opened("present", "fr")) == []


def test_a_demo_visit_chooses_its_company_alone(
    signed_in: Callable[[str], None], admin: people.Person
) -> None:
    village = next(one for one in companies.others() if one.code == "village")
    if workspaces.get(village.workspace_id) is None:
        chosen = village.settings.to_json()
        workspaces.create(None, village.name, chosen, village.workspace_id)
    signed_in("demo visitor")
    mine = auth.visitor()
    assert mine is not None
    opening.look_at(mine, village.workspace_id)
    again = auth.visitor()
    assert again is not None
    found = opening.current(again)
    assert found is not None
    assert found.name == village.name
    # Another visit of the demo looks at the first company, as before.
    other = sessions.find(sessions.claim(sessions.ticket(None)))
    assert other is not None
    first = opening.current(other)
    assert first is not None
    assert first.workspace_id == sessions.DEMO_WORKSPACE
    # Nor does a demo visit reach what is not the demo's, nor an account the demo's.
    secret = workspaces.create(admin, "Secret", {})
    opening.look_at(again, secret)
    sessions.try_company(again.session_id, secret)
    kept = opening.current(auth.visitor() or again)
    assert kept is not None
    assert kept.workspace_id != secret
    account = sessions.find(sessions.claim(sessions.ticket(admin.account_id)))
    assert account is not None
    opening.look_at(account, village.workspace_id)
    sessions.try_company(account.session_id, village.workspace_id)
    theirs = opening.current(account)
    assert theirs is None or theirs.workspace_id != village.workspace_id
