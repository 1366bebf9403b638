"""The demo's audit: what it says of the data, counted again, and what a visit keeps."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.accounts.sessions import DEMO_WORKSPACE
from core.demo import assessment
from core.i18n import LANGUAGES
from core.questionnaire import report, signals, words
from core.questionnaire.circle import Circle
from core.questionnaire.model import LEVELS, NOT_APPLICABLE, UNKNOWN, Placement
from core.questionnaire.notebook import Notebook
from core.questionnaire.questions import shipped
from core.questionnaire.signals import Signal
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.demo.exports import actions, logins, people, table

MONTH = pd.Timedelta(days=28)


@pytest.fixture(scope="module")
def demo(demo_data: Path) -> Workspace:
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)
    settings = WorkspaceSettings(privacy="names")
    return Workspace(store, settings, Rights.of("director"))


@pytest.fixture(scope="module")
def told(demo: Workspace) -> dict[str, Signal]:
    return signals.read(demo)


def traces(folder: Path) -> pd.DataFrame:
    """Return every login and action of somebody: ``user`` and ``day``."""
    return pd.concat([logins(folder), actions(folder)[["user", "day"]]])


def test_every_signal_is_told_and_every_question_names_one(
    told: dict[str, Signal],
) -> None:
    named = {one.signal for one in shipped().values() if one.signal}
    assert set(told) == named
    for language in LANGUAGES:
        for one in told.values():
            assert "{" not in words.said(one, language)
            assert words.span(one, language)


def test_licences_used_and_never_used(
    told: dict[str, Signal], demo_exports: Path
) -> None:
    users = people(demo_exports)
    opened = users[users["IsActive"] == "1"].index
    day = pd.Timestamp(told["active"].as_of)
    every = traces(demo_exports)
    recent = every[(every["day"] > day - MONTH) & (every["day"] <= day)]
    used = opened.isin(recent["user"]).sum()
    seen = opened.isin(every["user"]) | (users.loc[opened, "LastLoginDate"] != "")
    age = day - pd.to_datetime(users.loc[opened, "CreatedDate"]).dt.normalize()
    never = (~seen & (age > pd.Timedelta(days=30)).to_numpy()).sum()
    assert told["active"].figures == {"part": used, "whole": len(opened)}
    assert told["never"].figures == {"part": never, "whole": len(opened)}
    assert told["active"].value == pytest.approx(used / len(opened))


def test_calls_that_are_missing(told: dict[str, Signal], demo_exports: Path) -> None:
    day = pd.Timestamp(told["calls"].as_of)
    tasks = table(demo_exports, "Task")
    days = pd.to_datetime(tasks["ActivityDate"])
    is_call = (tasks["CallType"] != "") & (days > day - pd.DateOffset(years=1))
    calls, contacts = (
        (is_call & (days <= day)).sum(),
        len(table(demo_exports, "Contact")),
    )
    expected = max(0.0, 1 - calls / (contacts * 2))
    assert told["calls"].value == pytest.approx(expected)
    assert told["calls"].level == 3


def test_teams_that_stayed_out(told: dict[str, Signal], demo_exports: Path) -> None:
    day = pd.Timestamp(told["teams"].as_of)
    users = people(demo_exports)
    opened = users[users["IsActive"] == "1"]
    age = day - pd.to_datetime(opened["CreatedDate"]).dt.normalize()
    every = traces(demo_exports)
    recent = every[(every["day"] > day - 3 * MONTH) & (every["day"] <= day)]
    weeks = ((day - recent["day"]).dt.days // 7).groupby(recent["user"]).nunique()
    habitual = opened.index.map(weeks).fillna(0) >= 9
    frame = pd.DataFrame({"team": opened["Department"], "habit": habitual})
    frame["is_new"] = (age <= pd.Timedelta(days=30)) & (
        ~opened.index.isin(recent[recent["day"] > day - MONTH]["user"])
    )
    frame = frame[~frame["is_new"] & (frame["team"] != "")]
    groups = frame.groupby("team")["habit"].agg(["size", "mean"])
    groups = groups[groups["size"] >= 5]["mean"]
    figures = told["teams"].figures
    assert groups[figures["last"]] == groups.min()
    assert groups[figures["best"]] == groups.max()
    assert told["teams"].value == pytest.approx(groups.max() - groups.min())
    assert told["teams"].level == 0


def test_the_gateway(told: dict[str, Signal], demo_exports: Path) -> None:
    day = pd.Timestamp(told["gateway"].as_of)
    every = traces(demo_exports)
    recent = every[(every["day"] > day - MONTH) & (every["day"] <= day)]
    present = people(demo_exports).query("IsActive == '1'").index
    active = present[present.isin(recent["user"])]
    done = actions(demo_exports)
    mails = done[(done["object"] == "EmailMessage") & (done["day"] > day - MONTH)]
    share = active.isin(mails["user"]).sum() / len(active)
    assert told["gateway"].value == pytest.approx(share)


def test_answers_that_the_data_contradict(demo: Workspace) -> None:
    memory = assessment.memory("contradictions", "fr")
    notebook = Notebook(DEMO_WORKSPACE, memory)
    audit = report.gather(notebook, notebook.assessments()[0], demo)
    assert {one.question.code for one in audit.contradictions} == {
        *("teams_equal", "newcomers_trained", "novelties_followed")
    }
    assert audit.weakest == "sponsorship"
    assert audit.marks["sponsorship"].state == "sick"
    assert 40 <= audit.overall.answered < audit.overall.asked
    # 10 x (3x0 + 3x1.5 + ...) / weights, counted from the file by hand.
    sums, weights = 0.0, 0
    for one in audit.results:
        given = [
            int(answer.level)
            for (_, code), answer in audit.given.items()
            if code == one.question.code and answer.level in LEVELS
        ]
        if given and one.question.process == "sponsorship":
            sums += one.question.weight * float(pd.Series(given).median())
            weights += one.question.weight
    assert audit.marks["sponsorship"].value == pytest.approx(10 * sums / 3 / weights)


def test_the_file_is_sound() -> None:
    content = assessment._content()
    assert set(content["answers"]) | set(content["comments"]) <= set(shipped())
    assert set(content["actions"]) <= set(shipped())
    known = {*LEVELS, NOT_APPLICABLE, UNKNOWN}
    for given in content["answers"].values():
        assert set(given.values()) <= known
        assert set(given) <= set(content["interviews"])


def test_a_visit_keeps_its_own_notes_in_both_languages() -> None:
    mine = Notebook(DEMO_WORKSPACE, assessment.memory("mine", "fr"))
    people_ = Circle(DEMO_WORKSPACE, assessment.memory("mine", "fr"))
    found = mine.assessments()[0].assessment_id
    mine.note("demo", "admin", "use_holds", "comment", "à moi")
    people_.remove("demo", "union")
    people_.place("demo", "chief", Placement(3, 0, mine.assessments()[0].held_on))
    english = assessment.memory("mine", "en")
    there = Notebook(DEMO_WORKSPACE, english)
    assert there.assessments()[0].title == "Adoption audit of Valombre"
    said = [n.value for n in there.notes(found) if n.part == "comment"]
    assert "à moi" in said
    assert any("Friday" in one for one in said)
    names = {one.name: one for one in Circle(DEMO_WORKSPACE, english).everyone()}
    assert "Staff representatives" not in names
    assert names["Chief executive"].placements[-1].support == 3
    other = Notebook(DEMO_WORKSPACE, assessment.memory("other", "fr"))
    assert "à moi" not in [n.value for n in other.notes(found)]
