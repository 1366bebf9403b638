"""Profiles from the weeks worked, one rule at a time."""

from __future__ import annotations

import pytest

from core.rules import Rules
from tests.unit.weeks_of import DESK, LOGINS, ROAD, person, profiled

# Weeks of somebody expected every day, of a rep on the road, of a manager.
EVERY = [5, 5, 4, 5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 4, 5, 5]
SOME = [3, 4, 3, 4, 3, 2, 4, 3, 4, 3, 3, 4, 3, 4, 2, 3]
FEW = [1, 0, 2, 1, 1, 1, 0, 1, 2, 1, 1, 0, 1, 1, 2, 1]


def told(*args: object, **more: object) -> object:
    return profiled(person("a", *args, **more)).loc["a", "profile"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "day", "profile"),
    [
        (EVERY, DESK, "always_connected"),
        (SOME, ROAD, "field"),
        (FEW, DESK, "occasional"),
        (SOME, DESK, "field"),
    ],
)
def test_days_a_week_tell_the_three_rhythms(
    days: list[int], day: dict[str, float], profile: str
) -> None:
    assert told(days, day) == profile


def test_logins_alone_and_activities_alone_are_enough() -> None:
    rows = profiled(
        person("a", EVERY, LOGINS), person("b", SOME, LOGINS), actions=False
    )
    assert list(rows["profile"]) == ["always_connected", "field"]
    silent = {**ROAD, "logins": 0}
    assert told(EVERY, {**DESK, "logins": 0}) == "always_connected"
    assert told(SOME, silent) == "field"


def test_one_login_a_week_and_actions_every_day_is_always_connected() -> None:
    rows = profiled(person("a", EVERY, logins=[1] * len(EVERY)))
    assert rows.loc["a", "profile"] == "always_connected"
    assert rows.loc["a", "best_login_days"] / rows.loc["a", "best_weeks"] == 1


def test_near_the_border_the_days_themselves_decide() -> None:
    days = [4, 5, 4, 4, 5, 4, 5, 4, 4, 5, 4, 4]
    assert told(days, DESK) == "always_connected"
    assert told(days, ROAD) == "field"


def test_people_of_a_sure_rhythm_teach_what_days_look_like_here() -> None:
    # Here the desk signs in from telephones too; only the hours tell.
    desk = {**DESK, "mobile": 1}
    road = {**ROAD, "mobile": 1, "evening": 0, "span": 200, "hours": 2, "actions": 9}
    known = [person(f"d{n}", EVERY, desk, team=f"{n}") for n in range(8)]
    known += [person(f"r{n}", SOME, road, team=f"{n}") for n in range(8)]
    border = [4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 4]
    rows = profiled(*known, person("d", border, desk), person("r", border, road))
    assert list(rows.loc[["d", "r"], "profile"]) == ["always_connected", "field"]


def test_leave_weeks_and_holidays_change_nothing() -> None:
    away = [5, 5, 5, 2, 0, 0, 0, 3, 5, 5, 5, 5, 5, 1, 0, 4, 5, 5]
    assert told(away, DESK) == "always_connected"
    short = [4 if n % 3 == 0 else 5 for n in range(18)]
    assert told(short, DESK, expected=short) == "always_connected"


def test_long_leave_in_the_middle_keeps_the_profile() -> None:
    expected = [5] * 8 + [0] * 20 + [5] * 8
    assert told([5] * 8 + [0] * 20 + [5] * 8, DESK, expected=expected) == (
        "always_connected"
    )


def test_a_leaver_is_read_in_the_weeks_worked_long_ago() -> None:
    assert told(EVERY + [0] * 40, DESK, state="left") == "always_connected"


def test_a_lasting_fall_does_not_make_a_field_rep() -> None:
    fallen = profiled(person("a", EVERY + [2, 1, 2, 1, 2, 1, 1, 2])).loc["a"]
    assert fallen["profile"] == "always_connected"
    assert fallen["profile_reason"] == "best_weeks"
    slow = [round(5 - n / 8) for n in range(32)]
    assert told(slow, DESK) == "always_connected"


def test_a_team_that_decays_together_is_seen_together() -> None:
    weeks = [[5, 4, 5, 4, 4, 4, 3, 4, 3, 3][n:] + [3, 2][:n] for n in range(3)]
    team = [person(f"u{n}", weeks[n % 3] + [3, 3, 2], DESK) for n in range(9)]
    assert set(profiled(*team)["profile"]) == {"always_connected"}


def test_part_time_told_and_found_are_always_connected() -> None:
    assert told([3] * 14, DESK, expected=3) == "always_connected"
    rows = profiled(person("a", [3] * 14, DESK, mask=0b01011))
    assert rows.loc["a", "profile"] == "always_connected"
    assert rows.loc["a", "own_weekdays"] == 3


def test_days_that_move_are_no_part_time() -> None:
    people = person("a", [3] * 14, ROAD)
    for place, week in enumerate(people["weeks"]):
        week["weekdays"] = (0b00111, 0b11100, 0b10101)[place % 3]
    rows = profiled(people)
    assert rows.loc["a", "own_weekdays"] == 5
    assert rows.loc["a", "profile"] == "field"


def test_weekend_work_raises_no_rhythm_above_five() -> None:
    rows = profiled(person("a", [7] * 12))
    assert rows.loc["a", "days_per_week"] == 5


def test_ghosts_have_a_rhythm_too() -> None:
    mates = [person(f"u{n}", EVERY) for n in range(6)]
    rows = profiled(*mates, person("ghost", EVERY, LOGINS))
    assert rows.loc["ghost", "profile"] == "always_connected"


def test_too_little_is_not_told_but_by_a_team_of_one_kind() -> None:
    alone = profiled(person("a", [5, 5])).loc["a"]
    assert alone["profile"] is None
    assert alone["profile_source"] is None
    assert alone["profile_reason"] == "too_few_days"
    mates = [person(f"u{n}", EVERY) for n in range(6)]
    helped = profiled(*mates, person("a", [0] * 14 + [5, 5])).loc["a"]
    assert helped["profile"] == "always_connected"
    assert helped["profile_reason"] == "team"
    assert helped["profile_confidence"] == pytest.approx(0.6)
    mixed = [person(f"v{n}", FEW if n % 2 else EVERY) for n in range(6)]
    assert profiled(*mixed, person("a", [0] * 14 + [5, 5])).loc["a", "profile"] is None


def test_confidence_grows_with_weeks_and_with_distance() -> None:
    short, long = (told_with([5] * n) for n in (4, 12))
    assert 0.5 < short < long <= 1
    border = told_with([4, 5, 4, 4, 5, 4, 4, 5, 4, 4], {**DESK, "span": 150})
    assert border < long


def told_with(days: list[int], day: dict[str, float] = DESK) -> float:
    return float(profiled(person("a", days, day)).loc["a", "profile_confidence"])


def test_by_hand_wins_over_declared_which_wins_over_detected() -> None:
    people = [
        person("a", EVERY, declared_profile="field"),
        person("b", EVERY, declared_profile="field"),
        person("c", EVERY, declared_profile="nonsense"),
    ]
    rows = profiled(*people, b="occasional", c="nonsense")
    assert list(rows["profile"]) == ["field", "occasional", "always_connected"]
    assert list(rows["profile_source"]) == ["declared", "override", "detected"]
    assert list(rows["detected_profile"]) == ["always_connected"] * 3
    assert list(rows["profile_confidence"].notna()) == [False, False, True]


def test_borders_are_rules() -> None:
    low = Rules({"profile.always": 2.5})
    assert profiled(person("a", SOME), rules=low).loc["a", "profile"] == (
        "always_connected"
    )
    high = Rules({"profile.field": 3.9})
    assert profiled(person("a", SOME), rules=high).loc["a", "profile"] == "occasional"
    more = Rules({"profile.weeks": 20})
    assert profiled(person("a", SOME), rules=more).loc["a", "profile"] is None


def test_nobody_is_no_error() -> None:
    rows = profiled(person("a", [0] * 10))
    assert rows.loc["a", "profile"] is None
