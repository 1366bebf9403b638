"""Scorecards are kept as they are answered, sealed, and nobody undoes another."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.accounts import audit, database, workspaces
from core.errors import CrmError, InvalidSetting, NoData
from core.score_usage import KEYS, Action, Answer, Binding, Sheet
from core.scorecards import board as boards
from core.scorecards import examples, places
from core.scorecards.board import Board

WHO = "chef@example.fr"


@pytest.fixture
def workspace_id() -> str:
    return workspaces.create(None, "Alpha", {})


@pytest.fixture
def board(workspace_id: str) -> Board:
    return Board(workspace_id, WHO, "fr")


@pytest.fixture
def feature_id(board: Board) -> str:
    return board.create(Sheet(name="Passerelle", description="Un bouton", effort=2))


def restart() -> None:
    """Forget every connection and engine, as a new process would."""
    database.engine().dispose()
    database._engine.cache_clear()


def test_each_answer_survives_a_restart(board: Board, feature_id: str) -> None:
    board.answer(feature_id, "synergie", 0)
    board.answer(feature_id, "groupe", 3)
    board.note(feature_id, "groupe", "dit par Hélène", "")
    board.gate(feature_id, "works", True)
    action = board.add_action(feature_id, Action("synergie", 2))
    board.change_action(
        feature_id, action, owner="Bo", due_day=date(2026, 12, 1), is_done=True
    )
    before = board.card(feature_id)
    restart()
    after = Board(board.workspace_id, WHO, "fr").card(feature_id)
    assert after == before
    sheet = after.sheet
    assert sheet.answers["groupe"] == Answer(3, "dit par Hélène")
    assert sheet.values["synergie"] == 0
    assert (sheet.answered, sheet.mark, sheet.works, sheet.trained) == (
        2,
        None,
        True,
        None,
    )
    assert sheet.actions == (Action("synergie", 2, "", "Bo", date(2026, 12, 1), True),)


def test_two_writers_at_once_lose_nothing(board: Board, feature_id: str) -> None:
    halves = (KEYS[::2], KEYS[1::2])
    together = threading.Barrier(2)
    problems: list[Exception] = []

    def work(keys: tuple[str, ...], value: int) -> None:
        own = Board(board.workspace_id, f"{value}@example.fr", "fr")
        together.wait()
        try:
            for key in keys:
                own.answer(feature_id, key, value)
                own.note(feature_id, key, f"note {value}", "")
        except Exception as error:  # told by the assertion below
            problems.append(error)

    threads = [
        threading.Thread(target=work, args=(keys, value))
        for keys, value in zip(halves, (1, 3), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    sheet = board.card(feature_id).sheet
    assert [sheet.values[key] for key in KEYS] == [1, 3] * 5
    assert [sheet.answers[key].note for key in KEYS] == ["note 1", "note 3"] * 5
    assert sheet.mark == 6.7
    assert audit.first_broken() is None


def test_two_notes_on_one_criterion_are_both_kept(
    board: Board, feature_id: str
) -> None:
    board.note(feature_id, "contexte", "de Ana", seen="")
    board.note(feature_id, "contexte", "de Bo", seen="")
    assert board.card(feature_id).sheet.answers["contexte"].note == "de Ana\nde Bo"
    board.note(feature_id, "contexte", "accord", seen="de Ana\nde Bo")
    assert board.card(feature_id).sheet.answers["contexte"].note == "accord"


def test_an_answer_can_be_taken_back(board: Board, feature_id: str) -> None:
    board.answer(feature_id, "emblee", 3)
    board.answer(feature_id, "emblee", None)
    assert board.card(feature_id).sheet.answered == 0


def test_sealed_between_workspaces(board: Board, feature_id: str) -> None:
    other = Board(workspaces.create(None, "Beta", {}), WHO, "fr")
    assert other.cards() == []
    action = board.add_action(feature_id, Action("groupe", 1))
    board.keep(feature_id)
    acts: list[Callable[[], object]] = [
        lambda: other.card(feature_id),
        lambda: other.versions(feature_id),
        lambda: other.answer(feature_id, "groupe", 1),
        lambda: other.note(feature_id, "groupe", "x", ""),
        lambda: other.gate(feature_id, "works", False),
        lambda: other.describe(feature_id, "x", "", None),
        lambda: other.archive(feature_id),
        lambda: other.duplicate(feature_id, "x"),
        lambda: other.add_action(feature_id, Action("groupe", 2)),
        lambda: other.change_action(feature_id, action, owner="x"),
        lambda: other.remove_action(feature_id, action),
        lambda: other.keep(feature_id),
    ]
    before = board.card(feature_id)
    for act in acts:
        with pytest.raises(NoData):
            act()
    assert board.card(feature_id) == before
    # A line of another feature's plan is not reached through one's own feature.
    mine = other.create(Sheet(name="À moi"))
    other.change_action(mine, action, owner="x")
    other.remove_action(mine, action)
    assert board.card(feature_id).sheet == before.sheet


def test_what_cannot_be_is_refused(board: Board, feature_id: str) -> None:
    acts: list[Callable[[], object]] = [
        lambda: board.answer(feature_id, "groupe", 4),
        lambda: board.answer(feature_id, "groupe", True),
        lambda: board.answer(feature_id, "autre", 1),
        lambda: board.note(feature_id, "autre", "x", ""),
        lambda: board.gate(feature_id, "is_archived", True),
        lambda: board.create(Sheet(name=" \n\x00")),
        lambda: board.create(Sheet(name="x", effort=6)),
        lambda: board.describe(feature_id, " ", "", 1),
        lambda: board.add_action(feature_id, Action("groupe", words="  ")),
        lambda: board.add_action(feature_id, Action("autre", 1)),
    ]
    for act in acts:
        with pytest.raises(InvalidSetting):
            act()


def test_versions_stay_as_they_were(
    board: Board, feature_id: str, pass_time: Callable[[int], None]
) -> None:
    for key in KEYS:
        board.answer(feature_id, key, 2)
    assert board.keep(feature_id, " Projet\n") == 1
    pass_time(90 * 86400)
    board.answer(feature_id, "stabilite", 0)
    board.describe(feature_id, "Autre nom", "", None)
    assert board.keep(feature_id, "Trois mois après") == 2
    second, first = board.versions(feature_id)
    assert (first.words, first.who, first.sheet.mark) == ("Projet", WHO, 6.7)
    assert (first.sheet.name, first.sheet.values["stabilite"]) == ("Passerelle", 2)
    assert (second.sheet.mark, second.sheet.values["stabilite"]) == (6.0, 0)
    assert second.at - first.at == 90 * 86400
    assert board.card(feature_id).version_count == 2


def test_a_copy_is_another_scorecard(board: Board, feature_id: str) -> None:
    board.answer(feature_id, "groupe", 1)
    board.add_action(feature_id, Action("groupe", words="à nous"))
    copy = board.duplicate(feature_id, "Copie")
    board.answer(copy, "groupe", 3)
    assert board.card(feature_id).sheet.values["groupe"] == 1
    assert board.card(copy).sheet.actions == board.card(feature_id).sheet.actions
    assert board.card(copy).sheet.name == "Copie"


def test_archived_is_put_away_and_comes_back(board: Board, feature_id: str) -> None:
    board.archive(feature_id)
    assert board.cards() == []
    assert [one.feature_id for one in board.cards(archived=True)] == [feature_id]
    board.archive(feature_id, False)
    assert [one.feature_id for one in board.cards()] == [feature_id]


def test_a_counter_measure_is_in_the_plan_once(board: Board, feature_id: str) -> None:
    first = board.add_action(feature_id, Action("groupe", 1))
    assert board.add_action(feature_id, Action("groupe", 1)) == first
    board.add_action(feature_id, Action("groupe", words="à nous"))
    board.add_action(feature_id, Action("groupe", words="à nous"))
    assert len(board.card(feature_id).sheet.actions) == 3
    board.remove_action(feature_id, first)
    board.remove_action(feature_id, first)
    assert len(board.card(feature_id).sheet.actions) == 2


def test_an_example_speaks_each_reader_s_language(workspace_id: str) -> None:
    french, english = (Board(workspace_id, WHO, lang) for lang in ("fr", "en"))
    (feature_id,) = examples.add(french, examples.REFERENCE)
    assert french.card(feature_id).sheet.name == "Passerelle de messagerie"
    sheet = english.card(feature_id).sheet
    assert sheet.name == "Mailbox gateway"
    assert sheet.answers["obligation"].note.startswith("The same mail")
    english.describe(feature_id, sheet.name, sheet.description, 5)
    assert french.card(feature_id).sheet.name == "Passerelle de messagerie"
    english.note(
        feature_id, "obligation", "Ours", seen=sheet.answers["obligation"].note
    )
    assert french.card(feature_id).sheet.answers["obligation"].note == "Ours"
    english.describe(feature_id, "Our gateway", sheet.description, 5)
    assert french.card(feature_id).sheet.name == "Our gateway"


def test_a_file_is_taken_in_whole_or_not(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "MOST", 3)
    board.take_in([Sheet(name="a"), Sheet(name="b")])
    with pytest.raises(CrmError):
        board.take_in([Sheet(name="c"), Sheet(name="d")])
    with pytest.raises(CrmError):
        board.take_in([Sheet(name=" ")])
    assert {one.sheet.name for one in board.cards()} == {"a", "b"}


def test_a_hundred_scorecards(board: Board) -> None:
    full = {key: Answer(place % 4) for place, key in enumerate(KEYS)}
    board.take_in(
        [replace(Sheet(name=f"Fonction {n}"), answers=full) for n in range(100)]
    )
    found = board.cards()
    assert len(found) == 100
    assert {one.sheet.mark for one in found} == {4.3}


def test_the_journal_says_who_and_what(board: Board, feature_id: str) -> None:
    board.answer(feature_id, "groupe", 1)
    board.note(feature_id, "groupe", "un secret de la maison", "")
    lines = audit.entries(board.workspace_id)
    whats = {line.what for line in lines}
    assert {"score_create", "score_answer", "score_note"} <= whats
    assert "secret" not in str([line.detail for line in lines])
    assert lines[0].who == WHO


def test_a_demo_visit_writes_nothing_shared(workspace_id: str) -> None:
    place, is_new = places.of_visit("visit-1")
    assert is_new
    own = Board("demo", "demo", "fr", place)
    feature_id = own.create(Sheet(name="À moi"))
    own.answer(feature_id, "groupe", 2)
    again, is_new = places.of_visit("visit-1")
    assert not is_new
    assert Board("demo", "demo", "fr", again).card(feature_id).sheet.answered == 1
    other, _ = places.of_visit("visit-2")
    assert Board("demo", "demo", "fr", other).cards() == []
    assert Board("demo", "demo", "fr").cards() == []
    assert "score_create" not in {line.what for line in audit.entries()}


def test_visits_long_gone_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_VISITS", 2)
    for name in ("a", "b", "c"):
        places.of_visit(name)
    assert not places.of_visit("c")[1]
    assert places.of_visit("a")[1]


def test_what_measures_a_feature_is_kept_sealed_and_in_the_journal(
    board: Board, feature_id: str
) -> None:
    bound = Binding("record:Visit_Report__c", date(2026, 3, 9), "team", "Équipe Nord")
    board.bind(feature_id, bound)
    restart()
    again = Board(board.workspace_id, WHO, "fr")
    assert again.card(feature_id).sheet.binding == bound
    copy = again.card(again.duplicate(feature_id, "Copie")).sheet
    assert copy.binding == bound
    other = Board(workspaces.create(None, "Beta", {}), WHO, "fr")
    with pytest.raises(NoData):
        other.bind(feature_id, Binding("call", date(2026, 1, 1)))
    with pytest.raises(InvalidSetting):
        again.bind(feature_id, Binding("call", date(2026, 1, 1), "team", ""))
    assert again.card(feature_id).sheet.binding == bound
    again.bind(feature_id, None)
    assert again.card(feature_id).sheet.binding is None
    told = [entry.what for entry in audit.entries(board.workspace_id)]
    assert {"score_bind", "score_unbind"} <= set(told)


def test_marks_are_those_of_this_board_the_earliest_first(
    board: Board, feature_id: str
) -> None:
    for value in (1, 3):
        for key in KEYS:
            board.answer(feature_id, key, value)
        board.keep(feature_id, at=1_000 * value)
    kept = [(one.number, one.at, one.mark) for one in board.marks()[feature_id]]
    assert kept == [(1, 1_000, 3.3), (2, 3_000, 10.0)]
    assert Board(workspaces.create(None, "Beta", {}), WHO, "fr").marks() == {}
