"""Who may be seen where symptoms, practices, profiles and the rest are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from core import conversations, people, periods, symptoms
from core.accounts import sessions, workspaces
from core.store import Store
from core.workspace import Rights, Workspace
from tests.pages.conftest import NAMED
from tests.pages.test_every_page import opened

Enter = Callable[[str], None]
# Each page with what its address may ask for.
PLACES = (
    ("home", {}),
    ("adoption", {}),
    ("profiles", {}),
    ("profiles", {"tab": "rules"}),
    ("profiles", {"tab": "absences"}),
    ("profiles", {"tab": "programs"}),
    ("lifecycle", {}),
    ("lifecycle", {"list": "reclaim"}),
    ("lifecycle", {"stage": "left"}),
    ("symptoms", {}),
    *(("symptoms", {"symptom": code}) for code in symptoms.CODES),
    ("conversations", {}),
    ("conversations", {"account": "first"}),
    ("practices", {}),
)


def label(place: tuple[str, dict[str, str]]) -> str:
    """Name a place in the test's own name."""
    page, query = place
    return "-".join((page, *query.values()))


def sent(app: AppTest, files: list[bytes]) -> str:
    """Return all that a page sends: texts, charts with their rows, tables, files."""
    parts: list[bytes] = [*files]

    def read(node: Any) -> None:
        proto = getattr(node, "proto", None)
        if hasattr(proto, "SerializeToString"):
            parts.append(proto.SerializeToString())
        for child in getattr(node, "children", {}).values():
            read(child)

    for block in (app.main, app.sidebar):
        read(block)
    parts.append(repr(app.query_params).encode())
    return b"\n".join(parts).decode("utf-8", "ignore")


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """Take every file that a page offers, as if each button were pressed."""
    taken: list[bytes] = []
    draw = st.delta_generator.DeltaGenerator.download_button

    def button(self: Any, label: str, data: Any, *args: Any, **more: Any) -> bool:
        taken.append(data() if callable(data) else data)
        taken.append(str(args[0] if args else more.get("file_name")).encode())
        return draw(self, label, data, *args, **more)

    monkeypatch.setattr(st.delta_generator.DeltaGenerator, "download_button", button)
    monkeypatch.setattr(st, "download_button", st._main.download_button)
    yield taken


@pytest.fixture(scope="module")
def demo(demo_data: Path) -> Workspace:
    """The demo company as its administrator sees it."""
    store = Store(workspaces.folder(sessions.DEMO_WORKSPACE))
    return Workspace(store, NAMED, Rights.of("admin"))


@pytest.fixture(scope="module")
def identities(demo: Workspace) -> frozenset[str]:
    """All that tells who an employee of the demo company is."""
    as_of = periods.period(demo, periods.months(demo)[0]).as_of
    rows = people.everyone(demo, as_of)
    known = [*rows["user_id"], *rows["name"], *rows["email"]]
    return frozenset(str(one) for one in known if isinstance(one, str))


def asked(query: dict[str, str], demo: Workspace) -> dict[str, str]:
    """Return the query with the account that most is told of."""
    if "account" not in query:
        return query
    as_of = periods.period(demo, periods.months(demo)[0]).as_of
    rows = conversations.accounts(demo, as_of).sort_values("day_count")
    return {"account": str(rows["account_id"].iloc[-1])}


@pytest.mark.parametrize("mode", ["teams", "pseudonyms"])
@pytest.mark.parametrize("place", PLACES, ids=label)
def test_nobody_is_told_by_any_way(
    place: tuple[str, dict[str, str]],
    mode: str,
    signed_in: Enter,
    files: list[bytes],
    identities: frozenset[str],
    demo: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, query = place[0], asked(place[1], demo)
    monkeypatch.setattr(Workspace, "privacy", property(lambda self: mode))
    signed_in("demo")
    app = opened(page, "fr", **query)
    assert not app.exception
    told = sent(app, files)
    assert not [one for one in identities if one in told]
    if mode == "teams":
        assert not re.search(r"\bU-[0-9A-Z]{4,16}\b", told)
