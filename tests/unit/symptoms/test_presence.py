"""Presence is measured once: the sentence, the months of Adoption, the same rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core import symptoms
from core.symptoms import presence
from core.symptoms.scene import scene
from core.workspace import Workspace
from tests.unit.symptoms.test_facade import END as DAY
from tests.unit.symptoms.test_facade import demo as opened


@pytest.fixture(scope="module")
def demo(demo_data: Path) -> Workspace:
    """The demo company, people by their names."""
    return opened(demo_data, privacy="names")


@pytest.fixture(scope="module")
def measured(demo: Workspace) -> pd.Series[float]:
    """The share of expected days with a trace by month, by plain sums."""
    rows = demo.derive("mart_user_habit", as_of=DAY.isoformat())
    people = scene(demo, DAY).people.set_index("user_id")
    people = people[people["is_activated"]]
    rows = rows[rows["user_id"].isin(people.index) & (rows["expected_days"] >= 4)]
    first = pd.Timestamp(demo.derive("mart_period")["first_login_day"].iloc[0])
    made = pd.to_datetime(people["created_day"])
    begun = made.where(made >= first, pd.to_datetime(people["first_day"]))
    # A newcomer counts from the month after the one that their first weeks end in.
    since = (begun + pd.Timedelta(days=20)).dt.strftime("%Y-%m")
    since = since.mask(begun <= first + pd.Timedelta(days=31), "")
    rows = rows[rows["month"] > rows["user_id"].map(since)]
    came = rows[["active_days", "expected_days"]].min(axis=1)
    sums = rows.assign(came=came).groupby("month")[["came", "expected_days"]].sum()
    return sums["came"] / sums["expected_days"]


def test_months_are_sums_over_sums(demo: Workspace, measured: pd.Series[float]) -> None:
    found = presence.by_month(demo, DAY).set_index("month")["presence"]
    assert len(found) > 12
    assert found.to_dict() == pytest.approx(measured[found.index].to_dict())


def test_the_sentence_tells_what_was_measured(
    demo: Workspace, measured: pd.Series[float]
) -> None:
    blunted = next(s for s in symptoms.company(demo, DAY) if s.code == "blunted_tool")
    (start, first), (end, last) = blunted.evidence[0].seen
    assert blunted.present
    assert first == pytest.approx(measured[start], abs=1e-4)
    assert last == pytest.approx(measured[end], abs=1e-4)
    # The trend is another figure: it is kept, and is not what is told.
    assert blunted.evidence[0].value != pytest.approx(first - last, abs=1e-3)


def test_a_part_has_its_own_months(demo: Workspace) -> None:
    everyone = scene(demo, DAY).people
    team = everyone.loc[everyone["team"].eq("Sud-Est"), "user_id"]
    months = presence.by_month(demo, DAY, set(team))["presence"]
    ends = presence.ends_by_team(demo, DAY, ["Sud-Est"], ("2025-09", "2026-10"))
    assert ends["Sud-Est"] == pytest.approx((months.iloc[0], months.iloc[-1]))
    assert ends["Sud-Est"][1] < 0.25 < 0.7 < ends["Sud-Est"][0]


def test_a_month_still_running_is_told(demo: Workspace) -> None:
    found = presence.by_month(demo, date(2026, 10, 20))
    assert found["month"].iloc[-1] == "2026-10"
