"""The export guide names every tool we read, and the README says the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from core import guide
from core.i18n import LANGUAGES, text
from core.pages import PAGES
from core.ui.export_guide import WANTED

ROOT = Path(__file__).resolve().parents[2]
OBJECTS = tomllib.loads((ROOT / "core/sources/objects.toml").read_text("utf-8"))
VENDORS = {path.stem for path in (ROOT / "core/sources/vendors").glob("*.toml")}
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def readme() -> list[tuple[str, str]]:
    """Return (tool, menu) of each row of the README's table of exports."""
    whole = (ROOT / "README.md").read_text("utf-8")
    rows = ROW.findall(whole[whole.index("## I have") : whole.index("## What it")])
    return [
        (tool.split(",")[0].split(" (")[0], menu)
        for tool, _, menu, _ in rows
        if "›" in menu
    ]


def test_every_tool_we_read_is_in_the_guide() -> None:
    assert set(guide.vendors()) == VENDORS - {"generic"}


@pytest.mark.parametrize("one", guide.exports(), ids=lambda one: one.vendor)
def test_an_export_is_whole_in_each_language(one: guide.Export) -> None:
    assert one.objects
    assert set(one.objects) <= set(OBJECTS)
    for language in LANGUAGES:
        assert one.what[language].strip()
        assert one.menu[language].strip()
        assert bool(one.note.get(language)) == bool(one.note)
        assert not one.what[language].endswith(".")
    assert set(one.what) == set(one.menu) == set(LANGUAGES)


def test_the_readme_names_the_same_menus() -> None:
    told = readme()
    assert len(told) >= 10
    names = {text(f"vendor.{one}", "en").split(" (")[0]: one for one in guide.vendors()}
    for tool, menus in told:
        vendor = next(code for name, code in names.items() if name.startswith(tool))
        known = {one.menu["en"] for one in guide.of(vendor)}
        assert {menu.strip() for menu in menus.split(";")} <= known, tool
    assert {tool for tool, _ in told} == {
        tool for tool, _ in told if any(name.startswith(tool) for name in names)
    }
    assert len({tool for tool, _ in told}) == len(guide.vendors())


def test_each_page_that_needs_data_says_what_fills_it() -> None:
    assert set(WANTED) == {spec.name for spec in PAGES if spec.needs_data}
    for page, objects in WANTED.items():
        for language in LANGUAGES:
            assert guide.rows(objects, language), page


def test_the_tools_in_use_come_alone_where_they_give_it() -> None:
    (row,) = guide.rows(["login"], "fr", {"hubspot"})
    assert row[0] == "HubSpot"
    assert "Historique de connexion" in row[1]
    # Mailchimp tells of no login: every tool that does is named.
    assert len(guide.rows(["login"], "fr", {"mailchimp"})) == 3
    assert guide.rows(["user.last_login_at"], "en") == guide.rows(["user"], "en")


def test_one_export_is_named_once() -> None:
    both = guide.of("salesforce", ["user", "account", "activity"])
    assert len(both) == 1
    assert [one.objects for one in guide.of("salesforce", ["login"])] == [("login",)]
