"""The other demo companies: each is judged by the product as its story says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core import judgement, scene
from core.accounts.sessions import Visitor
from core.demo import build, companies
from core.demo.companies import Company
from core.judgement import Judged
from core.store import Store
from core.visit import Visit
from core.workspace import Rights, Workspace

LAST_DAY = date(2026, 10, 31)
OTHERS = {one.code: one for one in companies.others()}


def judged(company: Company, folder: Path) -> Judged:
    """Return the verdict of a company as a demo visitor reads it."""
    workspace = Workspace(Store(folder), company.settings, Rights.of("director"))
    who = Visitor("s", None, "", "", "director", company.workspace_id, True)
    visit = Visit(who, "director", "fr", workspace, "x", company.name, True, "light")
    one = scene.unfiltered(visit)
    assert one is not None
    return judgement.judged(one)


def present(found: Judged) -> list[str]:
    return [one.code for one in found.found or () if one.present]


def make(code: str, folder: Path) -> Judged:
    build._rebuild(OTHERS[code], folder / "home", LAST_DAY)
    return judged(OTHERS[code], folder / "home")


def test_the_healthy_company_is_healthy(tmp_path: Path) -> None:
    found = make("healthy", tmp_path)
    assert found.verdict.state == "healthy"
    assert present(found) == []
    assert found.facts.base is not None
    assert found.facts.base.shape == "pyramid"


def test_the_diamond_s_calls_are_missing_and_nothing_else(tmp_path: Path) -> None:
    found = make("diamond", tmp_path)
    assert found.facts.base is not None
    assert found.facts.base.shape == "diamond"
    assert found.verdict.pyramid.state == "sick"
    assert found.verdict.days.state == "healthy"
    assert present(found) == []


def test_the_village_holds_out_alone(tmp_path: Path) -> None:
    found = make("village", tmp_path)
    assert present(found) == ["gaulish_village"]
    (village,) = (one for one in found.counted if one.present)
    assert village.subject == {"team": "Bretagne"}
    assert found.verdict.headline.key == "headline.symptom.gaulish_village"


def test_valombre_s_tool_is_blunt(demo_data: Path) -> None:
    first = companies.first()
    found = judged(first, demo_data / "workspaces" / first.workspace_id)
    assert "blunted_tool" in present(found)


def test_small_and_unlike(tmp_path: Path) -> None:
    sizes = [sum(team.size for team in one.teams) for one in OTHERS.values()]
    assert all(35 <= size <= 60 for size in sizes)
    every = [companies.first(), *OTHERS.values()]
    for fact in ("name", "domain", "seed", "workspace_id"):
        assert len({getattr(one, fact) for one in every}) == len(every)
    assert list(companies.codes().values()) == ["blunted", *OTHERS]


@pytest.mark.parametrize("code", OTHERS)
def test_made_once_and_found_again(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def rebuild(company: Company, home: Path, _last_day: date) -> None:
        home.mkdir(parents=True, exist_ok=True)
        made.append(company.code)

    monkeypatch.setattr(build, "_rebuild", rebuild)
    today = date(2026, 11, 3)
    assert code in build.ensure_companies(tmp_path, today=today)
    assert build.ensure_companies(tmp_path, today=today) == ()
    assert made == list(OTHERS)
