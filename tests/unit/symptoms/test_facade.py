"""The demo company's symptoms, in its three privacies, and their report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core import symptoms
from core.accounts.sessions import DEMO_WORKSPACE
from core.errors import GroupTooSmall
from core.i18n import LANGUAGES, text
from core.store import Store
from core.symptoms import CODES, Symptom
from core.workspace import Rights, Workspace
from core.workspace_settings import WorkspaceSettings

END = date(2026, 10, 31)
NOVELTY = "record:Compte_Rendu_de_Visite__c"
COLUMNS = {
    "buried_alive": {"weeks", "people", "narrow", "is_suppressed"},
    "abandoned_novelty": {"week", "share", "people", "active", "kind", "phase"},
    "gaulish_village": {"team", "people", "share", "is_suppressed"},
    "procrastination": {"month", "assigned", "activated"},
    "blunted_tool": {"month", "attendance", "habit", "fitted", "figure", "is_season"},
}


def demo(folder: Path, **settings: object) -> Workspace:
    """Return the demo company as a viewer of these settings sees it."""
    chosen = replace(WorkspaceSettings(), **settings)  # type: ignore[arg-type]
    store = Store(folder / "workspaces" / DEMO_WORKSPACE)
    return Workspace(store, chosen, Rights.of("admin"))


def present(found: tuple[Symptom, ...]) -> list[str]:
    return [one.code for one in found if one.present]


@pytest.mark.parametrize("privacy", ["names", "pseudonyms", "teams"])
def test_demo_has_its_two_symptoms_and_no_other(demo_data: Path, privacy: str) -> None:
    found = symptoms.company(demo(demo_data, privacy=privacy), END)
    assert [one.code for one in found] == list(CODES)
    assert present(found) == ["abandoned_novelty", "blunted_tool"]
    assert [one.confidence for one in found if one.present] == ["high", "high"]
    novelty = found[1]
    assert novelty.subject == {"kind": NOVELTY}
    assert all(one.evidence for one in found if one.present)
    assert all(one.counter_evidence for one in found if not one.present)


def test_demo_tells_which_teams_wear_away(demo_data: Path) -> None:
    workspace = demo(demo_data, privacy="names")
    blunted = {
        team
        for team in ("Télévente Nantes", "Nord et Est", "Sud-Est", "Grand Ouest")
        if "blunted_tool" in present(symptoms.of_team(workspace, END, team))
    }
    assert blunted == {"Télévente Nantes", "Nord et Est", "Sud-Est"}
    codes = [one.code for one in symptoms.of_team(workspace, END, "Marketing")]
    assert codes == [code for code in CODES if code != "gaulish_village"]


def test_a_month_or_two_of_data_say_nothing(demo_data: Path) -> None:
    found = symptoms.company(demo(demo_data, privacy="names"), date(2025, 10, 15))
    by_code = {one.code: one.confidence for one in found}
    assert set(by_code.values()) == {"not_enough_data"}


def test_small_teams_stay_hidden(demo_data: Path) -> None:
    workspace = demo(demo_data, privacy="teams", k=12)
    named = {
        fact.values["team"]
        for one in symptoms.company(workspace, END)
        for fact in (*one.evidence, *one.counter_evidence)
        if "team" in fact.values
    }
    assert "Grand Ouest" not in named
    hidden = symptoms.of_team(workspace, END, "Grand Ouest")
    assert {one.state for one in hidden} == {"not_enough_data"}
    assert not any(one.evidence or one.counter_evidence for one in hidden)
    with pytest.raises(GroupTooSmall):
        symptoms.picture(workspace, END, "blunted_tool", "Grand Ouest")
    teams = symptoms.picture(workspace, END, "gaulish_village")
    assert teams.loc[teams["is_suppressed"], ["people", "share"]].isna().all(axis=None)
    weeks = symptoms.picture(workspace, END, "buried_alive")
    assert not weeks["people"].between(1, 11).any()
    came = symptoms.picture(workspace, END, "blunted_tool")
    assert not came["people"].between(1, 11).any()


def test_a_company_of_few_people_tells_nothing_of_them(demo_data: Path) -> None:
    workspace = demo(demo_data, privacy="teams", k=500)
    found = symptoms.company(workspace, END)
    assert {one.confidence for one in found} == {"not_enough_data"}
    assert not any(one.evidence or one.counter_evidence for one in found)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("privacy", ["names", "pseudonyms", "teams"])
def test_every_picture_has_its_columns(
    demo_data: Path, code: symptoms.Code, privacy: str
) -> None:
    rows = symptoms.picture(demo(demo_data, privacy=privacy), END, code)
    assert set(rows.columns) >= COLUMNS[code]
    assert len(rows)
    assert "user_id" not in rows


def test_pictures_show_what_was_found(demo_data: Path) -> None:
    workspace = demo(demo_data, privacy="names")
    weeks = symptoms.picture(workspace, END, "abandoned_novelty")
    assert set(weeks["kind"]) == {NOVELTY}
    phases = list(dict.fromkeys(weeks["phase"]))
    assert phases == ["before", "peak", "quiet"]
    months = symptoms.picture(workspace, END, "blunted_tool")
    fitted = months["fitted"].dropna()
    assert fitted.iloc[0] - fitted.iloc[-1] > 0.15
    season = months.loc[months["is_season"].eq(True), "month"]
    assert set(season.str[-2:]) == {"08", "12"}
    assert (months["figure"] == "arrivals").any()
    teams = symptoms.picture(workspace, END, "gaulish_village")
    assert teams["share"].is_monotonic_decreasing


def test_rules_of_the_workspace_are_in_force(demo_data: Path) -> None:
    rules = {"symptom.blunted_tool.fall": 0.5, "symptom.blunted_tool.cohort_fall": 0.6}
    found = symptoms.company(demo(demo_data, privacy="names", rules=rules), END)
    assert present(found) == ["abandoned_novelty"]


def test_report_is_plain(demo_data: Path) -> None:
    rows = symptoms.report(demo(demo_data, privacy="names"), END)
    assert [row["code"] for row in rows] == list(CODES)
    for row in rows:
        assert isinstance(row["present"], bool)
        for fact in (*row["evidence"], *row["counter_evidence"]):
            assert {"figure", "value", "threshold"} <= fact.keys()
            assert fact["value"] is None or isinstance(fact["value"], int | float)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_can_be_said(demo_data: Path, language: str) -> None:
    workspace = demo(demo_data, privacy="names")
    for one in symptoms.company(workspace, END):
        for fact in (*one.evidence, *one.counter_evidence):
            said = text(
                f"symptom.fact.{fact.figure}",
                language,
                **{**fact.values, "value": "1", "threshold": "2"},
            )
            assert "{" not in said


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("record:Compte_Rendu_de_Visite__c", "Compte Rendu de Visite"),
        ("record:Case", "Case"),
        ("record:tickets", "Tickets"),
        ("activity:Démo client", "Démo client"),
        ("call", "Appels"),
        ("record", "Autres fiches"),
    ],
)
def test_kinds_have_a_name(kind: str, name: str) -> None:
    assert symptoms.kind_name(kind, "fr") == name


def test_nobody_is_named_in_a_picture(demo_data: Path) -> None:
    workspace = demo(demo_data, privacy="names")
    known = set(workspace.derive("mart_user", as_of=END.isoformat())["user_id"])
    for code in CODES:
        rows = symptoms.picture(workspace, END, code)
        for column in rows.columns:
            if pd.api.types.is_string_dtype(rows[column]):
                assert not known & set(rows[column].dropna())
