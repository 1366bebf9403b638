"""What a viewer sees of persons, by the workspace's privacy and their own role."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core import imports, models
from core.errors import (
    DataDamaged,
    GroupTooSmall,
    InvalidSetting,
    NamesHidden,
    NoData,
    NotAllowed,
)
from core.settings import ROOT
from core.store import Store, Upload
from core.workspace import Rights, Workspace
from core.workspace_settings import (
    PRIVACY,
    Absence,
    Licence,
    Privacy,
    WorkspaceSettings,
)
from tests.unit.tiny import SQL, logins, write_sql

# Teams of 10, 9, 3 and 1: the last two are too few.
SIZES = {"a": 10, "b": 9, "c": 3, "d": 1}
PEOPLE = [f"{team}{n}" for team, size in SIZES.items() for n in range(size)]


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sql(tmp_path_factory.mktemp("sql"), SQL)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, sql: Path) -> Store:
    folder = tmp_path_factory.mktemp("store")
    path = logins(folder / "a.csv", " ".join(PEOPLE), first=1)
    store = Store(folder / "workspace")
    uploads = [Upload(path, "a.csv")]
    imports.run(store, WorkspaceSettings(), uploads, {}, "ana", isolate=False, sql=sql)
    return store


class Look:
    """Opens the workspace in a mode, for a role."""

    def __init__(self, store: Store, sql: Path) -> None:
        self.store, self.sql = store, sql

    def __call__(self, privacy: Privacy, role: str = "admin") -> Workspace:
        chosen = WorkspaceSettings(privacy=privacy)
        return Workspace(self.store, chosen, Rights.of(role), sql=self.sql)


@pytest.fixture
def look(store: Store, sql: Path) -> Look:
    return Look(store, sql)


def words(frame: pd.DataFrame) -> str:
    """Everything a frame says, as a page or a download would."""
    return frame.to_json(date_format="iso") + frame.to_csv()


def told(frame: pd.DataFrame) -> set[str]:
    """Return which employees can be read in a frame."""
    said = words(frame)
    return {
        p for p in PEOPLE if f'"{p}"' in said or f"Name {p}" in said or f"{p}@" in said
    }


def test_names_are_shown_to_those_who_may(look: Look) -> None:
    frame = look("names").query("mart_user")
    assert told(frame) == set(PEOPLE)
    assert frame["login_days"].sum() == len(PEOPLE)
    assert str(frame["last_day"].dtype).startswith("datetime64")


@pytest.mark.parametrize("role", ["marketing", "viewer", "unheard-of"])
def test_other_roles_see_pseudonyms(look: Look, role: str) -> None:
    assert told(look("names", role).query("mart_user")) == set()


def test_pseudonyms_replace_every_mark_of_a_person(look: Look) -> None:
    frame = look("pseudonyms").query("mart_user")
    assert told(frame) == set()
    assert frame["user_id"].str.fullmatch("U-[0-9A-Z]{4,}").all()
    assert frame["user_id"].nunique() == len(PEOPLE)
    assert frame["name"].tolist() == frame["user_id"].tolist()
    assert frame["email"].isna().all()
    assert frame["manager_id"].isin(frame["user_id"]).all()  # though not declared
    assert frame["user_id"].is_monotonic_increasing  # not in the order of names


def test_a_pseudonym_leads_to_its_person(look: Look) -> None:
    known = look("names").query("mart_history", user_id="b4")
    workspace = look("pseudonyms")
    found = {
        shown: workspace.query("mart_history", user_id=shown)
        for shown in workspace.query("mart_user")["user_id"]
    }
    matches = [
        s for s, f in found.items() if f["day"].tolist() == known["day"].tolist()
    ]
    assert len(matches) == 1
    assert found[matches[0]]["user_id"].tolist() == matches
    assert workspace.query("mart_history", user_id="b4").empty  # the id opens nothing


def test_teams_refuse_single_persons(look: Look) -> None:
    workspace = look("teams")
    with pytest.raises(NamesHidden):
        workspace.query("mart_user")
    with pytest.raises(NamesHidden):
        workspace.query("mart_history", user_id="b4")
    with pytest.raises(NamesHidden):
        workspace.protect(workspace.derive("mart_user"))


def test_teams_show_no_person_beside_a_customer(look: Look) -> None:
    frame = look("teams", "marketing").query("mart_call_list")
    assert told(frame) == set()
    assert frame["name"].tolist() == ["Zoé Client"]
    assert frame[["owner_id", "owner_name", "owner_email"]].isna().all(axis=None)
    shown = look("pseudonyms", "marketing").query("mart_call_list")
    assert shown["owner_name"].str.startswith("U-").all()
    assert shown["name"].tolist() == ["Zoé Client"]
    assert told(look("names", "director").query("mart_call_list")) == {"a0"}


@pytest.mark.parametrize("privacy", PRIVACY)
def test_customers_are_for_roles_that_call_them(look: Look, privacy: Privacy) -> None:
    with pytest.raises(NotAllowed):
        look(privacy, "viewer").query("mart_call_list")


def test_small_teams_are_suppressed(look: Look) -> None:
    frame = look("teams").query("mart_team_month").set_index("team")
    assert frame["is_suppressed"].to_dict() == {
        "a": False,
        "b": True,  # the complement: c and d are fewer than eight together
        "c": True,
        "d": True,
    }
    assert frame.loc["a", "login_days"] == 10
    assert frame.loc[["b", "c", "d"], ["people", "login_days"]].isna().all(axis=None)
    assert not look("names").query("mart_team_month")["is_suppressed"].any()


def test_comings_and_goings_are_not_told_of_teams(look: Look) -> None:
    flows = ["new_people", "returning_people"]
    (row,) = look("teams").query("mart_flow").to_dict("records")
    assert row["active_people"] == 23
    assert all(pd.isna(row[name]) for name in flows)
    (row,) = look("pseudonyms").query("mart_flow").to_dict("records")
    assert [row[name] for name in flows] == [2, 21]


def test_rows_of_persons_leave_a_mixed_mart(look: Look) -> None:
    frame = look("teams").query("mart_level")
    assert set(frame["level"]) == {"team"}
    assert told(frame) == set()
    assert told(look("names").query("mart_level")) == set(PEOPLE)
    assert told(look("pseudonyms").query("mart_level")) == set()


def test_groups_and_filters_share_one_gate(look: Look) -> None:
    workspace = look("teams")
    frame = workspace.derive("mart_user")
    figures = {"days": ("login_days", "sum")}
    rows = workspace.by_group(frame, "team", figures, period="2026-01")
    assert rows[~rows["is_suppressed"]]["team"].tolist() == ["a"]
    assert workspace.select(frame, period="2026-01") is frame
    for few in (
        frame[frame["team"] == "c"],  # three
        frame[frame["user_id"] != "a0"],  # all but one
        frame[frame["team"].isin(["a", "d"])],  # one more than team a
    ):
        with pytest.raises(GroupTooSmall) as caught:
            workspace.select(few, period="2026-01")
        assert caught.value.context == {"minimum": 8}
        assert look("names").select(few) is few
    # Another viewer, the same day: what was shown to anyone counts.
    with pytest.raises(GroupTooSmall):
        look("teams", "viewer").select(frame[frame["team"] != "d"], period="2026-01")


def test_no_mode_leaks_through_another(look: Look) -> None:
    """Frames are kept; what one viewer may see is not handed to the next."""
    for privacy in (*PRIVACY, *reversed(PRIVACY)):
        for role in ("admin", "viewer"):
            try:
                frame = look(privacy, role).query("mart_user")
            except NamesHidden:
                continue
            sees = privacy == "names" and role == "admin"
            assert told(frame) == (set(PEOPLE) if sees else set())


def test_a_caller_may_change_what_it_got(look: Look) -> None:
    first = look("names").query("mart_user")
    first["login_days"] = 0
    first.loc[0, "name"] = "changed"
    del first["email"]
    again = look("names").query("mart_user")
    assert again["login_days"].sum() == len(PEOPLE)
    assert "changed" not in again["name"].tolist()
    assert "email" in again.columns


def test_another_workspace_has_other_pseudonyms(
    look: Look, sql: Path, tmp_path: Path
) -> None:
    path = logins(tmp_path / "a.csv", " ".join(PEOPLE), first=1)
    other = Store(tmp_path / "other")
    chosen = WorkspaceSettings(privacy="pseudonyms")
    imports.run(other, chosen, [Upload(path, "a")], {}, "ana", isolate=False, sql=sql)
    frame = Workspace(other, chosen, Rights.of("admin"), sql=sql).query("mart_user")
    assert not set(frame["user_id"]) & set(
        look("pseudonyms").query("mart_user")["name"]
    )


def test_what_is_loaded(look: Look) -> None:
    workspace = look("teams")
    assert workspace.objects == ("login",)
    assert workspace.has("login")
    assert not workspace.has("login", "contact")
    assert workspace.version == 1
    assert workspace.period == (date(2026, 1, 2), date(2026, 1, 24))


def test_an_empty_workspace_says_so(sql: Path, tmp_path: Path) -> None:
    empty = Store(tmp_path / "none")
    workspace = Workspace(empty, WorkspaceSettings(), Rights.of("admin"), sql=sql)
    assert (workspace.version, workspace.objects, workspace.period) == (0, (), None)
    with pytest.raises(NoData):
        workspace.query("mart_team_month")


def test_a_viewer_keeps_the_state_they_opened(sql: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "workspace")
    chosen = WorkspaceSettings(privacy="names")

    def add(name: str, first: int) -> Workspace:
        path = logins(tmp_path / name, "a1 a2", first=first)
        imports.run(
            store, chosen, [Upload(path, name)], {}, "a", isolate=False, sql=sql
        )
        return Workspace(store, chosen, Rights.of("admin"), sql=sql)

    old = add("a.csv", 1)
    new = add("b.csv", 5)
    assert old.query("mart_user")["login_days"].sum() == 2
    assert new.query("mart_user")["login_days"].sum() == 4


def test_altered_tables_are_not_read(sql: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "workspace")
    path = logins(tmp_path / "a.csv", "a1 a2", first=1)
    chosen = WorkspaceSettings(privacy="names")
    imports.run(store, chosen, [Upload(path, "a")], {}, "a", isolate=False, sql=sql)
    table = next(store.folder.glob("built/*/int_user.parquet"))
    content = bytearray(table.read_bytes())
    content[len(content) // 2] ^= 1
    table.write_bytes(content)
    with pytest.raises(DataDamaged):
        Workspace(store, chosen, Rights.of("admin"), sql=sql).query("mart_user")


@pytest.mark.parametrize(
    "wrong",
    [
        {"k": 4},
        {"privacy": "all"},
        {"timezone": "Europe/Lutece"},
        {"country": "XX"},
        {"subdivision": "Atlantis"},
        {"work_shares": {"u1": 1.2}},
        {"licences": (Licence(None, 1), Licence(None, 2))},
    ],
)
def test_settings_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting) as caught:
        replace(WorkspaceSettings(), **wrong)  # type: ignore[arg-type]
    assert caught.value.context["setting"] == next(iter(wrong))


@pytest.mark.parametrize(
    ("rules", "culprit"),
    [
        ({"rhythm.field.low": 40}, "rhythm.field.low"),
        ({"rhythm.field.low": 4, "rhythm.field.high": 3}, "rhythm.field.low"),
        ({"rhythm.field.alarm": 2.8}, "rhythm.field.alarm"),
        ({"rhythm.occasional.healthy": 3.5}, "rhythm.occasional.healthy"),
    ],
)
def test_rules_that_cannot_be(rules: dict[str, float], culprit: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        WorkspaceSettings(rules=rules)
    assert caught.value.context["setting"] == culprit


@pytest.mark.parametrize("share", [0, 1.5])
def test_an_absence_has_a_share(share: float) -> None:
    with pytest.raises(InvalidSetting):
        Absence("u1", date(2026, 8, 3), date(2026, 8, 3), share)


def test_an_absence_does_not_end_before_it_begins() -> None:
    with pytest.raises(InvalidSetting):
        Absence("u1", date(2026, 8, 3), date(2026, 8, 2))


def test_settings_are_kept_as_json() -> None:
    chosen = WorkspaceSettings(
        closed_days=(date(2026, 5, 15),),
        worked_holidays=("Lundi de Pentecôte",),
        overrides={"u1": "field"},
        work_shares={"u1": 0.8},
        programs={"u2": True, "u3": False},
        absences=(Absence("u1", date(2026, 8, 3), date(2026, 8, 21), 0.5),),
        licences=(Licence("Sales", 40, 75.0), Licence(None, None, 12.5)),
        rules={"rhythm.field.low": 2.5},
    )
    text = json.dumps(chosen.to_json())
    assert WorkspaceSettings.from_json(json.loads(text)) == chosen
    assert (
        WorkspaceSettings.from_json({"from_a_later_release": 1}) == WorkspaceSettings()
    )


def test_settings_of_an_earlier_release_are_read() -> None:
    old = {"price_per_licence": 75.0, "licences_bought": 40, "overrides": {}}
    read = WorkspaceSettings.from_json(old)
    assert read.licences == (Licence(None, 40, 75.0),)
    assert (read.licences_bought, read.price_per_licence) == (40, 75.0)
    assert WorkspaceSettings.from_json({"licences_bought": None}).licences == ()


def test_rules_of_another_release_have_their_default() -> None:
    stored = {"rules": {"gone.since": 4, "rhythm.field.low": 99, "symptom.months": 4}}
    assert WorkspaceSettings.from_json(stored).rules == {"symptom.months": 4}
    upside_down = {"rules": {"rhythm.field.low": 5, "rhythm.field.high": 3}}
    assert WorkspaceSettings.from_json(upside_down).rules == {}


def test_licences_are_summed_up() -> None:
    several = (Licence("A", 30, 100.0), Licence("B", 10, 20.0), Licence("C", 5, None))
    settings = WorkspaceSettings(licences=several)
    assert settings.licences_bought == 45
    assert settings.price_per_licence == 80.0
    unknown = WorkspaceSettings(licences=(Licence("A", None, 9.0),))
    assert (unknown.licences_bought, unknown.price_per_licence) == (None, 9.0)
    assert WorkspaceSettings().price_per_licence is None


def test_a_new_workspace_shows_teams_only() -> None:
    assert WorkspaceSettings().privacy == "teams"


# The product's own models.
PERSONAL = {"user_id", "owner_id", "email", "manager_id", "user_name", "owner_name"}


@pytest.mark.parametrize(
    "mart",
    [m for m in models.read().values() if m.layer == "marts"],
    ids=lambda m: m.name,
)
def test_marts_declare_whom_they_tell_of(mart: models.Model) -> None:
    columns = {
        line.split()[1] for line in mart.text.splitlines() if line.startswith("--   ")
    }
    declared = {c for group in mart.persons for c in group} | set(mart.contacts)
    assert declared <= columns, declared - columns
    assert columns & PERSONAL <= declared, columns & PERSONAL - declared
    if "team" in mart.grain:
        assert mart.people in columns
    if mart.people is not None:
        assert mart.people in columns


def test_pages_have_no_way_round() -> None:
    """Rows as they are stay in core: no page and no component asks for them."""
    for path in [*(ROOT / "pages").glob("*.py"), *(ROOT / "core/ui").glob("*.py")]:
        names = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
        }
        assert not names & {"derive", "_warehouse"}, path
