"""Changes that are real, and the verdict of a workspace's people at once."""

from __future__ import annotations

import pandas as pd
import pytest

from core.people import changes

NAN = float("nan")


def change(
    active: float,
    before: float,
    *,
    expected: float = 20,
    compared: float = 20,
    low: float = NAN,
    high: float = NAN,
) -> str:
    known = min(expected, compared) >= 5
    relative = (active / expected) / (before / compared) - 1 if known else NAN
    rows = pd.DataFrame(
        {
            "active_days": [active],
            "expected_days": [expected],
            "compared_active_days": [before],
            "compared_expected_days": [compared],
            "active_days_change": [relative],
            "range_low": [low],
            "range_high": [high],
        }
    )
    return str(changes(rows).iloc[0])


@pytest.mark.parametrize(
    ("active", "before", "expected"),
    [
        (12, 16, "down"),  # three days under the least of the last months
        (14, 16, "down"),  # a day under it
        (14.5, 18, "steady"),  # under it by less than a day
        (19, 16, "up"),
        (17.5, 16, "steady"),
    ],
)
def test_a_change_is_out_of_the_usual_range(
    active: float, before: float, expected: str
) -> None:
    assert change(active, before, low=15, high=18) == expected


def test_a_tenth_of_the_month_before_is_no_change() -> None:
    assert change(14, 15, low=15, high=18) == "steady"


def test_without_a_range_chance_has_to_be_exceeded() -> None:
    assert change(12, 15) == "steady"
    assert change(6, 15) == "down"
    assert change(17, 9) == "up"
    assert change(15, 20, compared=20) == "down"


def test_too_few_expected_days_tell_no_change() -> None:
    assert change(1, 16, expected=4) == "unknown"
    assert change(16, 1, compared=4) == "unknown"


def test_a_running_month_is_set_against_as_many_days() -> None:
    assert change(8, 8, expected=10, compared=10, low=7, high=9) == "steady"
    assert change(3, 8, expected=10, compared=10, low=7, high=9) == "down"
