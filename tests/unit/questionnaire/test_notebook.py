"""What is noted is kept: sealed, through a restart, by two people at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from core.accounts import audit, database, workspaces
from core.errors import InvalidSetting
from core.questionnaire import reading
from core.questionnaire.circle import Circle
from core.questionnaire.keeping import Memory
from core.questionnaire.model import Action, Placement
from core.questionnaire.notebook import Notebook

DAY = date(2026, 11, 12)
WHO = "lea@cabinet.example"
HOSTILE = '<img src=x onerror=alert(1)> =HYPERLINK("x") {name} \x00é\n- 2'


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("APLOMB_DATA", str(tmp_path))
    monkeypatch.delenv("APLOMB_DATABASE_URL", raising=False)
    yield
    database.engine().dispose()


@pytest.fixture
def notebook() -> Notebook:
    return Notebook(workspaces.create(None, "Alpha", {}))


def begun(notebook: Notebook) -> tuple[str, str]:
    """Begin an audit; return its identifier and that of its first interview."""
    found = notebook.begin(WHO, "Audit", DAY, "Direction")
    return found, notebook.interviews(found)[0].interview_id


def answers(notebook: Notebook, found: str) -> dict[tuple[str, str], reading.Answer]:
    return reading.answers(notebook.notes(found))


def test_each_part_is_kept_with_its_author_and_survives_a_restart(
    notebook: Notebook,
) -> None:
    found, interview = begun(notebook)
    notebook.note(WHO, interview, "only_way", "level", "1")
    notebook.note(WHO, interview, "only_way", "comment", HOSTILE)
    notebook.note("max@cabinet.example", interview, "only_way", "level", "2")
    database.engine().dispose()
    database._engine.cache_clear()
    again = Notebook(notebook.workspace_id)
    assert [one.title for one in again.assessments()] == ["Audit"]
    answer = answers(again, found)[interview, "only_way"]
    assert (answer.level, answer.comment) == ("2", HOSTILE)
    assert answer.who == "max@cabinet.example"
    # What was answered before is not lost: it stays among the lines.
    levels = [(n.value, n.who) for n in again.notes(found) if n.part == "level"]
    assert levels == [("1", WHO), ("2", "max@cabinet.example")]


def test_two_people_at_once_lose_nothing(notebook: Notebook) -> None:
    found, interview = begun(notebook)
    barrier = threading.Barrier(2)
    failed: list[BaseException] = []

    def write(who: str, part: str) -> None:
        barrier.wait()
        try:
            for number in range(12):
                value = str(number % 4) if part == "level" else f"{who} {number}"
                notebook.note(who, interview, f"q{number}", part, value)
        except BaseException as error:
            failed.append(error)

    pair = [
        threading.Thread(target=write, args=("a@x.example", "level")),
        threading.Thread(target=write, args=("b@x.example", "comment")),
    ]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert failed == []
    given = answers(notebook, found)
    assert len(given) == 12
    assert {(a.level, a.comment) for a in given.values()} == {
        (str(n % 4), f"b@x.example {n}") for n in range(12)
    }


def test_sealed_between_workspaces(notebook: Notebook) -> None:
    found, interview = begun(notebook)
    other = Notebook(workspaces.create(None, "Beta", {}))
    acts: list[Callable[[], object]] = [
        lambda: other.interviews(found),
        lambda: other.notes(found),
        lambda: other.actions(found),
        lambda: other.add_interview(WHO, found, "X", "sales", DAY),
        lambda: other.note(WHO, interview, "only_way", "level", "0"),
        lambda: other.decide(WHO, found, Action("only_way", "x", "", None, False)),
        lambda: other.drop_action(found, "only_way"),
    ]
    for act in acts:
        with pytest.raises(InvalidSetting):
            act()
    assert other.assessments() == []
    other.change_question(WHO, "only_way", {"is_hidden": True})
    assert not any(one.is_hidden for one in notebook.questions())
    mine, theirs = Circle(notebook.workspace_id), Circle(other.workspace_id)
    key = mine.add(WHO, "Nord", "group", "sales", 2, Placement(1, 1, DAY))
    assert theirs.everyone() == []
    for refused in (
        lambda: theirs.place(WHO, key, Placement(0, 0, DAY)),
        lambda: theirs.change(WHO, key, name="x"),
        lambda: theirs.remove(WHO, key),
    ):
        with pytest.raises(InvalidSetting):
            refused()
    assert len(mine.everyone()) == 1


def test_a_question_changed_can_be_had_back(notebook: Notebook) -> None:
    words = {"fr": {"ask": "Autrement ?"}}
    notebook.change_question(WHO, "only_way", {"words": words})
    notebook.change_question(WHO, "only_way", {"is_hidden": True})
    changed = {one.code: one for one in notebook.questions()}["only_way"]
    assert changed.is_hidden
    assert changed.said("ask", "fr") == "Autrement ?"
    notebook.restore_question(WHO, "only_way")
    back = {one.code: one for one in notebook.questions()}["only_way"]
    assert not back.is_changed


def test_actions_and_what_cannot_be_noted(notebook: Notebook) -> None:
    found, interview = begun(notebook)
    action = Action("only_way", " Le dire \n partout ", "Léa", DAY, False)
    notebook.decide(WHO, found, action)
    kept = notebook.actions(found)["only_way"]
    assert (kept.what, kept.owner, kept.due) == ("Le dire partout", "Léa", DAY)
    notebook.drop_action(found, "only_way")
    assert notebook.actions(found) == {}
    for part, value in (("level", "4"), ("level", "yes"), ("who", "x")):
        with pytest.raises(InvalidSetting):
            notebook.note(WHO, interview, "only_way", part, value)
    for title, person in (("  ", "X"), ("Audit", "")):
        with pytest.raises(InvalidSetting):
            notebook.begin(WHO, title, DAY, person)
    assert len(notebook.assessments()) == 1


def test_places_are_dated_and_the_same_day_corrects(notebook: Notebook) -> None:
    circle = Circle(notebook.workspace_id)
    key = circle.add(WHO, "Nord", "group", "sales", 2, Placement(1, 1, DAY))
    circle.place(WHO, key, Placement(3, 3, date(2026, 12, 1)))
    circle.place(WHO, key, Placement(2, 0, date(2026, 12, 1)))
    (found,) = circle.everyone()
    assert [(p.support, p.opposition) for p in found.placements] == [(1, 1), (2, 0)]
    for wrong in (Placement(4, 0, DAY), Placement(0, -1, DAY)):
        with pytest.raises(InvalidSetting):
            circle.place(WHO, key, wrong)
    circle.remove(WHO, key)
    assert circle.everyone() == []


def test_the_journal_names_nobody(notebook: Notebook) -> None:
    found, _ = begun(notebook)
    notebook.add_interview(WHO, found, "Mme Secret", "sales", DAY)
    circle = Circle(notebook.workspace_id)
    key = circle.add(WHO, "M. Secret", "person", "sales", 3, Placement(0, 3, DAY))
    circle.place(WHO, key, Placement(0, 2, DAY))
    circle.change(WHO, key, name="M. Secret bis", influence=1)
    circle.remove(WHO, key)
    lines = audit.entries(notebook.workspace_id)
    told = {line.what for line in lines}
    assert {"audit_begin", "audit_interview", "audit_stakeholder"} <= told
    assert {"audit_placement", "audit_stakeholder_gone"} <= told
    assert "Secret" not in str([line.detail for line in lines])
    assert audit.first_broken() is None


def test_memory_is_kept_apart_and_out_of_the_journal() -> None:
    one, other = Notebook("demo", Memory()), Notebook("demo", Memory())
    found = one.begin("demo", "Essai", DAY, "Direction")
    assert len(one.assessments()) == 1
    assert other.assessments() == []
    assert Notebook("demo").assessments() == []
    one.note("demo", one.interviews(found)[0].interview_id, "only_way", "level", "3")
    assert audit.entries() == []
