"""One team of a company: its own figures, and nothing that tells of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from core import judgement, models, parts, people, periods, scene
from core.accounts import sessions, workspaces
from core.accounts.sessions import Visitor
from core.errors import NotAllowed
from core.scene import Filters
from core.store import Store
from core.visit import Visit
from core.workspace import Rights, Workspace, WorkspaceSettings

TEAMS = ("Sud-Est", "Grands comptes")


@pytest.fixture(scope="module")
def see(demo_data: Path) -> Callable[..., Workspace]:
    """Open the demo company, or one team of it."""
    info = workspaces.get(sessions.DEMO_WORKSPACE)
    assert info is not None
    store = Store(workspaces.folder(info.workspace_id))
    settings = WorkspaceSettings.from_json(info.settings)

    def open_as(team: str | None = None, **decided: object) -> Workspace:
        rights = Rights("viewer", True, False, team)
        return Workspace(store, replace(settings, **decided), rights)

    return open_as


def visit(workspace: Workspace) -> Visit:
    visitor = Visitor("s", None, "", "", "viewer", "demo", is_demo=False)
    values = ("viewer", "fr", workspace, "demo", "", False, "light")
    return Visit(visitor, *values)


def asked(workspace: Workspace) -> Iterator[tuple[str, pd.DataFrame]]:
    """Return every mart that can be asked for with what every page knows."""
    as_of = workspace.period[1].isoformat()
    known = {"as_of": as_of, "month": as_of[:7], "first_day": "2025-01-01"}
    known |= {"last_day": as_of, "day": as_of}
    for name, model in models.read().items():
        if model.layer == "marts" and set(model.params) <= set(known):
            params = {param: known[param] for param in model.params}
            try:
                yield name, workspace.derive(name, **params)
            except NotAllowed:
                continue


def test_no_mart_names_anything_of_another_team(see: Callable[..., Workspace]) -> None:
    whole = see()
    everyone = people.everyone(whole, whole.period[1])
    for team in TEAMS:
        mine = everyone["team"] == team
        canaries = set(everyone.loc[~mine, ["user_id", "name", "email"]].stack())
        canaries |= set(everyone["team"].dropna()) - {team}
        asked_for = 0
        for name, rows in asked(see(team)):
            held = {value for column in rows for value in rows[column].astype(str)}
            assert not canaries & held, (name, sorted(canaries & held)[:3])
            asked_for += 1
        assert asked_for >= 15


def test_figures_are_those_of_who_chose_the_team(
    see: Callable[..., Workspace],
) -> None:
    whole = see()
    for team in TEAMS:
        for month in periods.months(whole)[:1]:
            chosen = scene.of(visit(whole), Filters(month, team))
            alone = scene.of(visit(see(team)), Filters(month))
            assert chosen is not None
            assert alone is not None
            theirs, ours = judgement.judged(chosen), judgement.judged(alone)
            assert ours.facts == theirs.facts
            assert ours.verdict == theirs.verdict
            assert ours.campaign is None
            for one, other in zip(ours.found, theirs.found, strict=True):
                assert (one.code, one.present, one.state) == (
                    *(other.code, other.present, other.state),
                )


@pytest.mark.parametrize(
    "mart",
    [
        *("mart_campaign_funnel", "mart_call_list", "mart_conversation_account"),
        *("mart_proxy", "mart_duplicate", "mart_unmatched", "mart_completeness"),
    ],
)
def test_what_mixes_teams_is_refused(see: Callable[..., Workspace], mart: str) -> None:
    whole, part = see(), see("Sud-Est")
    assert whole.answers(mart)
    assert not part.answers(mart)
    model = models.read()[mart]
    params = dict.fromkeys(model.params, "2026-10-31")
    with pytest.raises(NotAllowed):
        part.derive(mart, **params)
    # What the whole company asked before is in memory: it must not be handed over.
    with suppress(Exception):
        whole.derive(mart, **params)
    with pytest.raises(NotAllowed):
        part.query(mart, **params)


def test_a_part_shares_no_answer_with_the_whole(see: Callable[..., Workspace]) -> None:
    for first, second in (("Sud-Est", None), (None, "Sud-Est")):
        before, after = see(first), see(second)
        day = before.period[1].isoformat()
        counts = [len(one.derive("mart_user", as_of=day)) for one in (before, after)]
        assert counts[0] != counts[1]
    assert see("Sud-Est").manifest.state != see().manifest.state
    assert see("Sud-Est").manifest.state == see("Sud-Est").manifest.state


def test_a_team_that_does_not_exist_is_nobody(see: Callable[..., Workspace]) -> None:
    nobody = see("'; drop table int_user; --")
    rows = nobody.derive("mart_user", as_of=nobody.period[1].isoformat())
    assert len(rows) == 0


def test_one_team_is_refused_where_only_teams_are_shown(
    see: Callable[..., Workspace],
) -> None:
    with pytest.raises(NotAllowed):
        see("Sud-Est", privacy="teams")


def test_licences_are_of_the_whole_company(see: Callable[..., Workspace]) -> None:
    assert see().settings.licences
    assert not see("Sud-Est").settings.licences


def test_a_table_kept_whole_is_of_days_alone(see: Callable[..., Workspace]) -> None:
    """A table is kept whole when somebody looked at it: these are its columns."""
    columns = {
        column for name in parts._NOBODY for column in _columns(models.read()[name])
    }
    assert columns == {
        *("day", "month", "is_working", "holiday", "working_to_date"),
        *("last_working_day", "is_comparable", "is_open", "open_to_date"),
        *("first_day", "last_day", "first_login_day", "last_login_day"),
        *("first_activity_day", "last_activity_day"),
        *("first_record_day", "last_record_day"),
    }


def _columns(model: models.Model) -> list[str]:
    return re.findall(r"^--   (\w+) ", model.text, re.MULTILINE)
