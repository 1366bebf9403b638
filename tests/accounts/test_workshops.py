"""Workshops are sealed, lose no answer, and forget who answered."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from core.accounts import audit, database, workspaces
from core.accounts.models import WorkshopAnswer, WorkshopPerson, WorkshopRow
from core.accounts.people import token_digest
from core.errors import InvalidSetting, NoData
from core.rules import DEFAULTS
from core.score_usage import KEYS, Sheet
from core.scorecards.board import Board
from core.workshops import door, links, results, room
from core.workshops.model import Seat, Terms
from core.workshops.room import Rooms

WHO = "chef@example.fr"
TERMS = Terms(hours=4, most_people=50, is_named=True)


@pytest.fixture
def board() -> Board:
    return Board(workspaces.create(None, "Alpha", {}), WHO, "fr")


@pytest.fixture
def feature_id(board: Board) -> str:
    return board.create(Sheet(name="Passerelle"))


@pytest.fixture
def rooms(board: Board) -> Rooms:
    return Rooms(board.workspace_id, WHO)


@pytest.fixture
def workshop_id(rooms: Rooms, feature_id: str) -> str:
    return rooms.open(feature_id, TERMS, DEFAULTS)


@pytest.fixture
def token(rooms: Rooms, workshop_id: str) -> str:
    found = rooms.token(workshop_id)
    assert found
    return found


def come_in(token: str, name: str = "") -> tuple[str, ...]:
    code, cookie, _ = door.join(token, (), name)
    assert code == "saved"
    return (cookie,)


def restart() -> None:
    """Forget every connection and engine, as a new process would."""
    database.engine().dispose()
    database._engine.cache_clear()


def rows(table: type) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_fifty_phones_at_once_lose_nothing(
    rooms: Rooms, workshop_id: str, token: str
) -> None:
    together = threading.Barrier(50)
    said: list[str] = []

    def phone(number: int) -> None:
        together.wait()
        held = come_in(token, f"P{number}")
        for place, key in enumerate(KEYS):
            said.append(door.answer(token, held, 1, key, (number + place) % 4))

    threads = [threading.Thread(target=phone, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["saved"] * 500
    standing = rooms.standing(workshop_id)
    assert {one.answered for one in standing.people} == {10}
    assert len(standing.people) == 50
    for place, key in enumerate(KEYS):
        given = [(number + place) % 4 for number in range(50)]
        counts = tuple(given.count(value) for value in range(4))
        assert standing.rounds[0].spreads[key].counts == counts
    # The fifty-first finds the room full; who is in keeps the place.
    assert door.join(token, (), "late")[0] == "full"


def test_a_restart_in_the_middle_loses_nothing(
    rooms: Rooms, workshop_id: str, token: str
) -> None:
    held = come_in(token, "Zoé")
    assert door.answer(token, held, 1, "synergie", 2) == "saved"
    before = rooms.standing(workshop_id)
    restart()
    assert rooms.token(workshop_id) == token
    assert rooms.standing(workshop_id) == before
    assert door.seat(token, held) == Seat("open", 1, {"synergie": 2})
    assert door.join(token, held, "Zoé")[1] == ""
    assert len(rooms.standing(workshop_id).people) == 1


def test_the_same_answer_twice_is_one_and_the_last_counts(
    rooms: Rooms, workshop_id: str, token: str
) -> None:
    held = come_in(token)
    for value in (0, 3, 3):
        assert door.answer(token, held, 1, "groupe", value) == "saved"
    assert rooms.standing(workshop_id).rounds[0].answers == 1
    assert door.seat(token, held) == Seat("open", 1, {"groupe": 3})
    assert door.answer(token, held, 1, "groupe", 4) == "wrong"
    assert door.answer(token, held, 1, "nothing", 1) == "wrong"
    assert door.answer(token, ("forged",), 1, "groupe", 1) == "stranger"


def test_rounds_are_kept_and_start_from_the_last(
    board: Board, rooms: Rooms, feature_id: str, workshop_id: str, token: str
) -> None:
    phones = [come_in(token) for _ in range(4)]
    for held, value in zip(phones, (0, 1, 3, 3), strict=True):
        assert door.answer(token, held, 1, "obligation", value) == "saved"
    rooms.freeze(workshop_id)
    assert door.answer(token, phones[0], 1, "obligation", 3) == "frozen"
    rooms.vote_again(workshop_id)
    assert door.answer(token, phones[3], 1, "obligation", 0) == "late"
    assert door.answer(token, phones[3], 2, "obligation", 0) == "saved"
    assert door.answer(token, phones[0], 2, "contexte", 2) == "saved"
    first, second = rooms.standing(workshop_id).rounds
    assert first.spreads["obligation"].counts == (1, 1, 0, 2)
    assert second.spreads["obligation"].counts == (2, 1, 0, 1)
    # 3 -> 0 on obligation, and contexte answered for the first time.
    assert (second.changed, second.people, second.answers) == (2, 4, 5)
    rooms.freeze(workshop_id)
    board.answer(feature_id, "groupe", 1)
    assert rooms.conclude(workshop_id, "Atelier", "fr") == 1
    # Medians 0.5 and 2: the riskier neighbour, and itself; groupe keeps its answer.
    values = board.card(feature_id).sheet.values
    assert {key: value for key, value in values.items() if value is not None} == {
        "obligation": 0,
        "contexte": 2,
        "groupe": 1,
    }
    version = board.versions(feature_id)[0]
    assert (version.words, version.sheet.values) == ("Atelier", values)
    kept = results.of_feature(board.workspace_id, feature_id)
    assert [one.rounds for one in kept] == [(first, second)]
    # Who took part and what each answered are gone; the link says so.
    assert [rows(WorkshopPerson), rows(WorkshopAnswer)] == [0, 0]
    assert door.seat(token, phones[0]) == "closed"
    assert door.join(token, (), "")[0] == "closed"
    assert rooms.running(feature_id) is None
    noted = [entry.what for entry in audit.entries(board.workspace_id)]
    assert "workshop_conclude" in noted
    assert audit.first_broken() is None


def test_nothing_to_conclude_keeps_the_workshop(
    rooms: Rooms, feature_id: str, workshop_id: str
) -> None:
    assert rooms.conclude(workshop_id, "", "fr") is None
    assert rooms.running(feature_id) is not None


def test_an_expired_workshop_refuses_and_can_be_concluded(
    rooms: Rooms,
    workshop_id: str,
    token: str,
    pass_time: Callable[[int], None],
) -> None:
    held = come_in(token)
    assert door.answer(token, held, 1, "synergie", 1) == "saved"
    pass_time(4 * 3600)
    assert door.answer(token, held, 1, "synergie", 2) == "expired"
    assert door.seat(token, held) == "expired"
    assert door.join(token, (), "")[0] == "expired"
    assert door.subject(token, "fr") == "expired"
    rooms.freeze(workshop_id)
    rooms.vote_again(workshop_id)
    assert rooms.standing(workshop_id).rounds[-1].number == 1
    assert rooms.conclude(workshop_id, "", "fr") == 1


def test_a_link_taken_back_opens_nothing_and_a_new_one_knows_the_phones(
    rooms: Rooms, workshop_id: str, token: str
) -> None:
    held = come_in(token)
    rooms.take_link_back(workshop_id)
    assert rooms.token(workshop_id) is None
    assert door.answer(token, held, 1, "synergie", 1) == "missing"
    rooms.new_link(workshop_id)
    renewed = rooms.token(workshop_id)
    assert renewed and renewed != token
    assert door.seat(token, held) == "missing"
    assert door.seat(renewed, held) == Seat("open", 1, {})


def test_only_digests_are_stored(rooms: Rooms, workshop_id: str, token: str) -> None:
    cookie = come_in(token)[0]
    with database.reading() as session:
        row = session.get_one(WorkshopRow, workshop_id)
        person = session.scalars(select(WorkshopPerson)).one()
    assert row.token_digest == token_digest(token)
    assert person.person_id == token_digest(cookie)
    # 160 bits for the link, 256 for the cookie, in base 64.
    assert (len(token), len(cookie)) == (27, 43)
    assert token != links.token_of(workshop_id, 2)


def test_a_lost_key_asks_for_a_new_link(
    rooms: Rooms, workshop_id: str, token: str
) -> None:
    from core import settings

    key = settings.data_folder() / "workshop.key"
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    assert rooms.token(workshop_id) is None
    held = come_in(token)  # the link that the room holds still opens
    rooms.new_link(workshop_id)
    renewed = rooms.token(workshop_id)
    assert renewed
    assert isinstance(door.seat(renewed, held), Seat)


def test_another_workspace_sees_nothing(feature_id: str, workshop_id: str) -> None:
    other = Rooms(workspaces.create(None, "Beta", {}), "other@example.fr")
    assert other.running(feature_id) is None
    for act in (
        other.standing,
        other.token,
        other.freeze,
        other.vote_again,
        other.take_link_back,
        other.new_link,
        other.give_up,
        lambda one: other.conclude(one, "", "fr"),
        lambda _one: other.open(feature_id, TERMS, DEFAULTS),
        lambda _one: results.of_feature(other.workspace_id, feature_id),
    ):
        with pytest.raises(NoData):
            act(workshop_id)


def test_a_place_in_one_workshop_is_none_in_another(
    board: Board, rooms: Rooms, token: str
) -> None:
    held = come_in(token)
    second = rooms.open(board.create(Sheet(name="Autre")), TERMS, DEFAULTS)
    other = rooms.token(second)
    assert other
    assert door.seat(other, held) == "stranger"
    assert door.answer(other, held, 1, "synergie", 1) == "stranger"


def test_names_are_forgotten_in_time(
    rooms: Rooms,
    feature_id: str,
    token: str,
    pass_time: Callable[[int], None],
) -> None:
    door.answer(token, come_in(token, "Zoé"), 1, "synergie", 1)
    pass_time(29 * 86400)
    room.sweep()
    assert rows(WorkshopPerson) == 1
    pass_time(86400)
    room.sweep()
    assert [rows(WorkshopPerson), rows(WorkshopAnswer)] == [0, 0]
    assert rooms.running(feature_id) is None


def test_giving_up_keeps_nothing(
    board: Board, rooms: Rooms, feature_id: str, workshop_id: str, token: str
) -> None:
    door.answer(token, come_in(token, "Zoé"), 1, "synergie", 1)
    rooms.give_up(workshop_id)
    assert [rows(WorkshopPerson), rows(WorkshopAnswer)] == [0, 0]
    assert board.versions(feature_id) == []
    assert board.card(feature_id).sheet.answered == 0


def test_terms_have_limits(rooms: Rooms, feature_id: str, workshop_id: str) -> None:
    with pytest.raises(InvalidSetting):  # one at a time
        rooms.open(feature_id, TERMS, DEFAULTS)
    rooms.give_up(workshop_id)
    for terms in (Terms(0, 50, True), Terms(13, 50, True), Terms(4, 101, True)):
        with pytest.raises(InvalidSetting):
            rooms.open(feature_id, terms, DEFAULTS)


def test_an_anonymous_workshop_keeps_no_name(rooms: Rooms, feature_id: str) -> None:
    opened = rooms.open(feature_id, Terms(1, 5, is_named=False), DEFAULTS)
    token = rooms.token(opened)
    assert token
    come_in(token, "Zoé")
    assert [one.name for one in rooms.standing(opened).people] == [""]
