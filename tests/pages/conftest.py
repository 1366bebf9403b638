"""Visitors of the pages: who they are, and what their workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner

from core import imports
from core.accounts import people, sessions, workspaces
from core.store import Store, Upload
from core.workspace import WorkspaceSettings

NAMED = WorkspaceSettings(privacy="names")
# What each partial workspace was given: logins without actions, actions without
# logins, a campaign without anything else.
PARTIAL = {
    "logins": ("User", "LoginHistory_3"),
    "records": ("Account", "Contact", "Task", "User"),
    "campaign": ("Campaign", "CampaignMember"),
}


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Let the tester read the metadata of installed packages once, not at each page."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def admin(demo_data: Path) -> people.Person:
    """An administrator of the session's data folder."""
    email = "pages@tests.example"
    if people.nobody_yet():
        people.first_admin(email, "Camille Tests", "un mot de passe assez long 1!")
    found = people.find(email)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def workspace(admin: people.Person, demo_exports: Path) -> Callable[[str], str]:
    """Return the identifier of the workspace ``empty``, ``demo`` or a partial one."""
    made = {"demo": sessions.DEMO_WORKSPACE}

    def get(kind: str) -> str:
        if kind not in made:
            made[kind] = workspaces.create(admin, f"Espace {kind}", NAMED.to_json())
            store = Store(workspaces.folder(made[kind]))
            files = [demo_exports / f"{name}.csv" for name in PARTIAL.get(kind, ())]
            uploads = [Upload(path, path.name) for path in files]
            if uploads:
                imports.run(store, NAMED, uploads, {}, admin.email, isolate=False)
        workspaces.admit("tests", made[kind], admin.account_id)
        return made[kind]

    return get


@pytest.fixture
def signed_in(
    admin: people.Person,
    workspace: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str], None]:
    """Sign in for this test, in the workspace of that kind, or as a demo visitor."""

    def enter(kind: str) -> None:
        account = None if kind == "demo visitor" else admin.account_id
        token = sessions.claim(sessions.ticket(account))
        if account:
            visitor = sessions.find(token)
            assert visitor is not None
            sessions.enter(visitor.session_id, workspace(kind))
        monkeypatch.setattr("core.ui.auth.token", lambda: token)

    return enter
