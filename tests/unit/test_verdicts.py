"""Verdicts on people, one rule and one edge case at a time."""

from __future__ import annotations

import pandas as pd
import pytest

from core import verdicts
from core.rules import Rules
from tests.unit.weeks_of import DESK, LOGINS, ROAD, company, judged, person, profiled

EVERY = [5, 5, 4, 5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 4, 5, 5]
SOME = [3, 4, 3, 4, 3, 3, 4, 3, 4, 3, 3, 4, 3, 4, 3, 3]
FEW = [1, 1, 2, 1, 1, 1, 0, 1, 2, 1, 1, 1, 1, 1, 2, 1]


def verdict(
    days: list[int],
    day: dict[str, float] = DESK,
    *,
    rules: Rules | None = None,
    actions: bool = True,
    **more: object,
) -> tuple[str, str]:
    given = {"rules": rules} if rules else {}
    one = judged(person("a", days, day, **more), actions=actions, **given)  # type: ignore[arg-type]
    return one.loc["a", "verdict"], one.loc["a", "verdict_rule"]


@pytest.mark.parametrize(
    ("days", "day", "rule"),
    [
        (EVERY, DESK, "always_connected.rhythm.ok"),
        (SOME, ROAD, "field.rhythm.ok"),
        (FEW, DESK, "occasional.rhythm.ok"),
    ],
)
def test_the_rhythm_of_the_profile_is_healthy(
    days: list[int], day: dict[str, float], rule: str
) -> None:
    assert verdict(days, day) == ("healthy", rule)


def test_same_days_are_health_for_one_profile_and_a_look_for_another() -> None:
    people = [person("a", SOME, ROAD), person("b", SOME, ROAD)]
    rows = judged(*people, b="always_connected")
    assert list(rows["verdict"]) == ["healthy", "watch"]
    assert rows.loc["b", "verdict_rule"] == "always_connected.rhythm.low"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("integration", ("excluded", "state.integration")),
        ("left", ("excluded", "state.left")),
        ("absent", ("excluded", "state.absent")),
        ("new", ("not_enough_data", "state.new")),
        ("never_activated", ("at_risk", "state.never_activated")),
        ("dormant", ("at_risk", "state.dormant")),
    ],
)
def test_state_decides_first(state: str, expected: tuple[str, str]) -> None:
    assert verdict([*EVERY, 0, 0, 0, 0, 0, 0], state=state) == expected


def test_six_silent_weeks_of_who_comes_once_a_month_are_to_watch() -> None:
    days = [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert verdict(days, state="dormant") == ("watch", "state.dormant")


def test_logins_without_an_action_are_never_healthy() -> None:
    mates = [person(f"u{n}", EVERY) for n in range(6)]
    for days in (EVERY, SOME, FEW):
        rows = judged(*mates, person("a", days, LOGINS))
        assert rows.loc["a", "verdict"] == "at_risk"
        assert rows.loc["a", "verdict_rule"].endswith(".actions.none")


def test_a_handful_of_token_actions_is_no_use() -> None:
    row = person("a", EVERY, idle=5)
    row["weeks"][-2].update(idle_days=4, action_count=1)
    found = judged(row).loc["a"]
    assert found["verdict_rule"] == "always_connected.actions.token"
    assert found["verdict"] == "at_risk"


def test_mostly_idle_days_are_to_watch() -> None:
    assert verdict(EVERY, idle=4) == ("watch", "always_connected.actions.few")
    assert verdict(EVERY, idle=2)[0] == "healthy"


def test_without_activities_in_the_exports_nobody_is_idle() -> None:
    found = verdict(EVERY, LOGINS, actions=False)
    assert found == ("healthy", "always_connected.rhythm.ok_logins_only")


def test_under_the_alarm_is_at_risk_and_under_healthy_to_watch() -> None:
    assert verdict(EVERY + [2, 1, 2, 2, 1, 2]) == (
        "at_risk",
        "always_connected.rhythm.very_low",
    )
    assert verdict(EVERY + [4, 3, 4, 4, 4, 3])[0] == "watch"
    assert verdict(SOME + [1, 1, 1, 1, 1, 1], ROAD)[0] == "at_risk"


def test_who_never_came_more_often_is_not_at_risk_of_a_sudden() -> None:
    rare = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] * 2
    assert verdict(rare)[0] == "watch"


def test_a_clear_fall_within_the_range_is_to_watch() -> None:
    before = [5, 5, 4, 5, 5, 5, 4, 5, 5, 5, 4, 5, 5, 5]
    rows = judged(person("a", before + [3, 3, 3, 3, 3, 3], ROAD), a="field")
    assert tuple(rows.loc["a", ["verdict", "verdict_rule"]]) == (
        "watch",
        "field.rhythm.fallen",
    )


@pytest.mark.parametrize(
    ("days", "away"),
    [
        ([5] * 12 + [0, 0, 5, 5, 5, 5], [5, 5, 0, 0, 0, 0]),
        ([5] * 12 + [5, 2, 0, 0, 3, 5], [0, 3, 5, 5, 2, 0]),
        ([5] * 12 + [0, 0, 0, 0, 0, 5], [5, 5, 5, 5, 5, 0]),
    ],
    ids=["two weeks", "from Wednesday on", "five weeks"],
)
def test_a_leave_nobody_told_of_accuses_nobody(
    days: list[int], away: list[int]
) -> None:
    assert verdict(days, away=away)[0] in ("healthy", "not_enough_data")


@pytest.mark.parametrize("weeks", [2, 3])
def test_a_silence_that_lasts_is_never_healthy(weeks: int) -> None:
    days, away = [5] * 15 + [0] * weeks, [5] * weeks
    assert verdict(days, away=away) == ("watch", "always_connected.silence.now")
    some = SOME + [0] * weeks
    assert verdict(some, ROAD, away=away) == ("watch", "field.silence.now")
    assert verdict([5] * 16 + [0], away=[5])[0] == "healthy"


def test_a_silence_of_summer_gives_no_verdict_until_three_weeks() -> None:
    days, away = [5] * 15 + [0] * 3, [5] * 3
    assert verdict(days, away=away, silent_season=15.0) == (
        "not_enough_data",
        "days.silence.now",
    )
    assert verdict([5] * 15 + [0] * 4, silent_season=20.0)[0] == "watch"
    told = [5] * 15 + [0] * 3
    assert verdict(days, expected=told)[1] != "always_connected.silence.now"


def test_nobody_without_a_day_for_four_weeks_is_healthy() -> None:
    found = verdict(FEW + [1, 0, 0, 0], recent_active_days=0)
    assert found == ("watch", "occasional.silence.now")
    few = verdict(FEW + [1, 0, 0, 0], recent_active_days=0, silent_expected=6.0)
    assert few == ("not_enough_data", "days.silence.now")


def test_a_rhythm_too_rare_over_twelve_weeks_is_health_for_no_profile() -> None:
    days = [5] * 12 + [0] * 10 + [3, 2]
    rows = judged(person("a", days, ROAD, away=[5, 5, 5, 5, 0, 0]), a="field")
    assert rows.loc["a", "verdict"] in ("watch", "at_risk")
    rare = [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1] * 2
    assert verdict(rare)[0] != "healthy"


def test_silent_for_four_weeks_is_to_watch_after_a_fall_at_risk() -> None:
    assert verdict([5] * 14 + [0] * 4) == ("watch", "always_connected.silence.long")
    fallen = [5] * 14 + [2, 1, 0, 0, 0, 0]
    assert verdict(fallen)[0] in ("watch", "at_risk")
    assert verdict(FEW + [0, 0, 0, 0])[1] == "occasional.silence.long"


def test_scattered_silent_weeks_are_to_watch() -> None:
    days = [4, 3, 4, 3, 4, 4, 3, 4, 3, 4, 4, 3, 4, 0, 4, 0, 4, 0]
    assert verdict(days, ROAD) == ("watch", "field.silence.often")


def test_holiday_weeks_and_part_time_are_measured_by_their_own_days() -> None:
    expected = [5, 5, 3, 5, 5, 4, 3, 5, 5, 5, 4, 5, 5, 3, 5, 5]
    assert verdict(expected, expected=expected)[0] == "healthy"
    assert verdict([2] * 14, expected=2)[0] == "healthy"
    assert verdict([3] * 14, mask=0b01011)[0] == "healthy"


def test_leave_that_was_given_leaves_nothing_to_judge() -> None:
    expected = [5] * 14 + [0, 0, 0, 0]
    assert verdict([5] * 14 + [0] * 4, expected=expected) == (
        "not_enough_data",
        "days.expected.few",
    )


def test_a_joiner_with_some_weeks_is_judged_on_them() -> None:
    assert verdict([5] * 6)[0] == "healthy"
    assert verdict([5, 5])[0] == "not_enough_data"


def test_without_a_profile_there_is_no_verdict() -> None:
    found = verdict([0] * 10 + [3, 0, 2])
    assert found == ("not_enough_data", "profile.unknown")


def test_every_limit_is_a_rule() -> None:
    strict = Rules({"rhythm.field.healthy": 4.5})
    assert verdict(SOME, ROAD, rules=strict)[0] == "watch"
    kind = Rules({"rhythm.always_connected.alarm": 0.1})
    assert verdict(EVERY + [2, 1, 2, 2, 1, 2], rules=kind)[0] == "watch"
    idle = Rules({"verdict.idle": 0.3, "verdict.token": 1.0})
    assert verdict(EVERY, idle=2, rules=idle)[0] == "watch"
    long = Rules({"verdict.silent_now": 6})
    assert verdict([5] * 14 + [0] * 4, rules=long, away=[5] * 4)[1] != (
        "always_connected.silence.long"
    )
    few = Rules({"verdict.expected": 20})
    assert verdict(EVERY, rules=few, expected=4)[0] == "not_enough_data"


def test_rhythms_stand_beside_each_person() -> None:
    found = verdicts.rhythms(["field", None], Rules({"rhythm.field.low": 2.5}))
    assert found["rhythm_low"].iloc[0] == 2.5
    assert found["rhythm_high"].iloc[0] == 5
    assert pd.isna(found["rhythm_healthy"].iloc[1])


def test_every_verdict_is_known_and_reordering_changes_none() -> None:
    people = [person(f"u{n}", d, y) for n, (d, y) in enumerate(zip(
        (EVERY, SOME, FEW, [0] * 16), (DESK, ROAD, DESK, LOGINS), strict=True
    ))]  # fmt: skip
    one, other = judged(*people), judged(*reversed(people))
    assert set(one["verdict"]) <= set(verdicts.VERDICTS)
    assert one["verdict_rule"].to_dict() == other["verdict_rule"].to_dict()


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((8, 1, 1), "healthy"),
        ((6, 2, 2), "watch"),
        ((4, 3, 3), "at_risk"),
        ((1, 1, 0), "not_enough_data"),
        ((0, 0, 0), "not_enough_data"),
    ],
)
def test_a_team_has_the_verdict_of_its_people(
    counts: tuple[int, int, int], expected: str
) -> None:
    assert verdicts.team(*counts) == expected


def test_features_of_nobody_known_are_silent() -> None:
    rows = company(person("a", [0] * 8))
    assert rows["weeks_seen"].iloc[0] == 0
    assert profiled(person("a", [0] * 8)).loc["a", "profile"] is None
