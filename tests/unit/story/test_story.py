"""The story: its figures are the data's, and with names hidden it names nobody."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest

from core import indicators, people, periods, pyramid
from core.accounts.sessions import DEMO_WORKSPACE, Visitor
from core.errors import GroupTooSmall
from core.i18n import LANGUAGES, keys
from core.scene import Filters
from core.scorecards.model import Scorecard
from core.store import Store
from core.story import STEPS, Story, tell
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings

MONTH = "2026-10"


@pytest.fixture(scope="module")
def store(demo_data: Path) -> Store:
    return Store(demo_data / "workspaces" / DEMO_WORKSPACE)


def looking(
    store: Store, language: str = "fr", privacy: str = "names", k: int = 8
) -> Visit:
    """Return the visit of a consultant who looks at the demo's data as their own."""
    settings = WorkspaceSettings(privacy=privacy, k=k)  # type: ignore[arg-type]
    workspace = Workspace(store, settings, Rights.of("consultant"))
    person = Visitor("s", "a", "c@tests.example", "C", "consultant", "w", False)
    return Visit(
        account=person,
        role="consultant",
        language=language,
        workspace=workspace,
        workspace_id="w",
        workspace_name="Valombre",
        is_demo=False,
        theme="light",
    )


def told(visit: Visit, filters: Filters | None = None, **options: bool) -> Story:
    """Return the story of a board without scorecards unless the visit is the demo's."""
    cards: list[Scorecard] = []
    return tell(visit, filters, cards=cards, **options)


def written(story: Story) -> str:
    """Return everything that a story may show: words, drawings and their tables."""
    parts = []
    for step in story.steps:
        parts.append(json.dumps(asdict(replace(step, figure=None)), default=str))
        if step.figure is not None:
            parts += [json.dumps(step.figure.spec, default=str), step.figure.alt]
            parts.append(step.figure.table.to_csv())
    parts.append(json.dumps(asdict(story.telling)))
    return "\n".join(parts).encode().decode("unicode_escape", "replace")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_whole(store: Store, language: str) -> None:
    visit = replace(looking(store, language), is_demo=True)
    story = tell(visit)
    assert tuple(step.code for step in story.steps) == STEPS
    for step in story.steps:
        assert step.title
        assert step.title[-1] in ".!?"
        assert 2 <= len(step.numbers) <= 4
        assert len(step.notes) == 3
        assert step.plot is not None
        assert len(step.plot.written) == len(step.plot.categories)
        for series in step.plot.series:
            assert len(series.values) == len(step.plot.categories)
        assert step.source
        assert visit.can_open(step.page)
    shown = written(story)
    assert not [key for key in keys(language) if f" {key} " in shown]
    assert "None" not in " ".join(line for s in story.steps for line in s.notes)


def test_figures_are_those_of_the_data(store: Store) -> None:
    visit = looking(store)
    workspace = visit.workspace
    assert workspace is not None
    steps = {step.code: step for step in told(visit).steps}
    period = periods.period(workspace, MONTH)
    rows = people.everyone(workspace, period.as_of, MONTH)
    judged = rows[
        rows["verdict"].isin(("healthy", "watch", "at_risk"))
        & ~rows["state"].isin(("integration", "left"))
    ]
    kept = judged["verdict"].eq("healthy")
    assert steps["verdict"].numbers[0].raw == pytest.approx(kept.mean())
    profiles = {number.label: number.raw for number in steps["profiles"].numbers}
    field = judged["profile"].eq("field")
    assert profiles["Itinérant / grands comptes"] == pytest.approx(kept[field].mean())
    base = workspace.query("mart_pyramid", as_of=period.as_of)
    whole = base[base["level"] == "company"].iloc[0]
    held = [whole["accounts"], whole["contacts"], whole["calls"]]
    assert [number.raw for number in steps["pyramid"].numbers[:3]] == held
    plot = steps["pyramid"].plot
    assert plot is not None
    contacts, calls = pyramid.expected(float(whole["accounts"]))
    assert plot.expected == (whole["accounts"], contacts, calls)
    plot = steps["campaign"].plot
    assert plot is not None
    counts = (50_000, 5_000, 4_900, 3_000, 100, 90, 10)
    assert plot.series[0].values == counts
    assert plot.lit == (5,)


def test_a_team_is_told_of_its_own_people(store: Store) -> None:
    visit = looking(store)
    workspace = visit.workspace
    assert workspace is not None
    steps = {s.code: s for s in told(visit, Filters(MONTH, team="Grand Ouest")).steps}
    period = periods.period(workspace, MONTH)
    rows = people.everyone(workspace, period.as_of, MONTH)
    team = indicators.judged(rows[rows["team"] == "Grand Ouest"])
    expected = team["verdict"].eq("healthy").mean()
    assert steps["verdict"].numbers[0].raw == pytest.approx(expected)
    assert "Équipe Grand Ouest" in steps["verdict"].source
    # "Sick" is for a project, and nobody says it of a team.
    assert "sick" not in [steps[code].state for code in ("verdict", "adoption")]


def canaries(workspace: Workspace) -> list[str]:
    """Return what must not be said: people, their mails, customers and their firms."""
    rows = workspace.derive("mart_user", as_of=pd.Timestamp(2026, 10, 31).date())
    found = [*rows["name"].dropna(), *rows["email"].dropna()]
    campaigns = workspace.query("mart_campaign_funnel")
    for key in campaigns["campaign_id"]:
        called = workspace.query("mart_call_list", campaign_id=key)
        found += [*called["name"].dropna(), *called["company"].dropna()]
        found += [*called["owner_name"].dropna()]
    assert len(found) > 300
    return found


@pytest.mark.parametrize("privacy", ["names", "pseudonyms", "teams"])
def test_with_names_hidden_nobody_is_named(store: Store, privacy: str) -> None:
    shown = written(told(looking(store, privacy=privacy)))
    workspace = looking(store).workspace
    assert workspace is not None
    assert [name for name in canaries(workspace) if name in shown] == []
    assert ("U-" in shown) == (privacy != "teams")


def test_names_are_shown_to_who_asks_for_them(store: Store) -> None:
    visit = looking(store)
    assert visit.workspace is not None
    shown = written(told(visit, hide_names=False))
    named = [name for name in canaries(visit.workspace) if name in shown]
    assert len(named) >= 6
    assert "U-" not in shown
    # What an administrator hides stays hidden, whatever is asked in the room.
    hidden = written(told(looking(store, privacy="teams"), hide_names=False))
    assert [name for name in named if name in hidden] == []


def test_too_small_a_team_is_not_told_of(store: Store) -> None:
    visit = looking(store, privacy="teams", k=12)
    with pytest.raises(GroupTooSmall):
        told(visit, Filters(MONTH, team="Marketing"))


def test_a_profile_is_told_without_the_company_s_symptoms(store: Store) -> None:
    story = told(looking(store), Filters(MONTH, profile="field"))
    verdict = story.steps[0]
    assert "Itinérant" in verdict.source
    assert "Itinérant" in story.telling.filters
    assert [step.code for step in story.steps][-1] == "actions"
