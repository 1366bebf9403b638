"""The figures of the texts are those of the pages, and those of plain pandas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from core import judgement, scene
from core.campaigns import follow_up
from core.digest import company, person, team, week
from core.digest.week import Week
from core.errors import GroupTooSmall, NamesHidden
from core.people import everyone
from core.practices import managers as practice
from core.visit import Visit
from tests.conftest import TODAY

Look = Callable[..., Visit]


def last(visit: Visit, today: date = TODAY) -> Week:
    assert visit.workspace is not None
    found = week.last(visit.workspace, today)
    assert found is not None
    return found


def logins(exports: Path) -> pd.DataFrame:
    """Return the logins of the files as they are: who, and the day written there."""
    files = sorted(exports.glob("LoginHistory*.csv"))
    rows = pd.concat([pd.read_csv(file, dtype=str) for file in files])
    rows = rows[rows["Status"] == "Success"]
    days = rows["Login Time"].str.partition(",")[0]
    return pd.DataFrame(
        {
            "email": rows["Username"].str.lower(),
            "day": pd.to_datetime(days, format="%m/%d/%Y").dt.date,
        }
    )


def test_the_company_is_that_of_home(look: Look) -> None:
    visit = look()
    found = company.read(visit, last(visit))
    home = scene.unfiltered(visit)
    assert home is not None
    it = judgement.judged(home)
    assert found.it.verdict == it.verdict
    assert found.present == it.facts.symptoms
    assert found.scene.usage == home.usage
    assert (found.asleep and found.asleep.count) == judgement.asleep_licences(home)[0]
    assert found.step in judgement.first_steps(home, it)
    assert found.calls is not None
    assert it.campaign is not None
    followed = follow_up.summary(home.workspace, it.campaign.campaign_id)
    assert (found.calls.waiting, found.calls.listed) == (
        followed.waiting,
        followed.listed,
    )


def test_a_week_before_is_what_was_read_that_day(look: Look) -> None:
    visit = look()
    now = last(visit)
    assert now.before == now.as_of - timedelta(days=7)
    found = company.read(visit, now)
    assert found.before is not None
    assert visit.workspace is not None
    rows = everyone(visit.workspace, now.before)
    judged = rows[rows["verdict"].isin(["healthy", "watch", "at_risk"])]
    usage = found.before.facts.usage
    assert usage is not None
    assert usage.people == len(judged)
    assert usage.in_range == int((judged["verdict"] == "healthy").sum())
    were = set(found.before.facts.symptoms)
    assert set(found.appeared) == set(found.present) - were
    assert set(found.gone) == were - set(found.present)


def test_a_team_is_that_of_home_with_its_filter(look: Look) -> None:
    visit = look()
    now = last(visit)
    for name in team.listed(visit, now)[:3]:
        found = team.read(visit, now, name)
        home = scene.of(visit, scene.Filters(now.as_of.isoformat()[:7], name))
        assert home is not None
        it = judgement.judged(home)
        assert found.state == judgement.state(it, is_part=True)
        assert found.usage == home.usage
        assert found.headline == it.verdict.headline
        named = {one.name for one in found.support or ()}
        rows = home.rows[home.rows["verdict"] == "at_risk"]
        assert named == set(rows["name"])
        assert found.at_risk == len(named)


def test_managers_are_those_of_practices(look: Look) -> None:
    visit = look()
    now = last(visit)
    assert visit.workspace is not None
    known = set(practice.read(visit.workspace, now.as_of).rows["name"])
    named = {name for name, _ in team.managers(visit, now).values()}
    assert len(named & known) > len(named) / 2
    rows = everyone(visit.workspace, now.as_of)
    chiefs = set(rows[rows["user_id"].isin(rows["manager_id"])]["name"])
    assert named <= chiefs


def test_the_days_of_a_person_counted_from_the_files(
    look: Look, demo_exports: Path
) -> None:
    visit = look()
    now = last(visit)
    assert now.before is not None
    known = logins(demo_exports)
    rows = person.listed(visit, now)
    compared = 0
    for row in rows.head(25).to_dict("records"):
        found = person.read(visit, now, str(row["user_id"]))
        mine = known[known["email"] == row["email"]]
        for days, until in ((found.days, now.as_of), (found.earlier, now.before)):
            assert days is not None
            first = until - timedelta(days=6)
            seen = mine[(mine["day"] >= first) & (mine["day"] <= until)]["day"]
            # Days with an action only are added to those with a login.
            assert seen.nunique() <= days.active <= 7
            compared += seen.nunique() == days.active > 0
    assert compared > 10


def test_the_month_of_a_person_is_that_of_adoption(look: Look) -> None:
    visit = look()
    now = last(visit)
    home = scene.unfiltered(visit)
    assert home is not None
    for row in home.shown.head(20).to_dict("records"):
        if row["state"] in ("integration", "left"):
            continue
        found = person.read(visit, now, str(row["user_id"]))
        assert found.month_days == row["active_days"]
        assert found.month_expected == row["expected_days"]
        assert found.profile == row["profile"]
        if found.rhythm is not None:
            assert found.rhythm == (row["rhythm_healthy"], row["rhythm_high"])


def test_what_is_left_to_a_person_is_theirs_alone(look: Look) -> None:
    visit = look()
    now = last(visit)
    assert visit.workspace is not None
    waiting, campaign = person.waiting(visit.workspace)
    deals = person.waiting_deals(visit.workspace, now.as_of)
    rows = person.listed(visit, now)
    found = {who: person.read(visit, now, who).todo for who in rows["user_id"]}
    assert sum(one.callers for one in found.values()) == int(
        waiting["owner_id"].isin(rows["user_id"]).sum()
    )
    assert sum(one.deals for one in found.values()) == int(
        deals["owner_id"].isin(rows["user_id"]).sum()
    )
    some = next(who for who, one in found.items() if one.callers)
    mine = set(waiting[waiting["owner_id"] == some]["name"])
    assert {name for name, _ in found[some].named} <= mine
    assert found[some].campaign == campaign


def test_where_people_are_hidden_nobody_is_named(look: Look) -> None:
    visit = look(privacy="teams", k=12)
    now = last(visit)
    with pytest.raises(NamesHidden):
        person.listed(visit, now)
    with pytest.raises(NamesHidden):
        person.read(visit, now, "anybody")
    assert team.managers(visit, now) == {}
    for name in team.listed(visit, now):
        found = team.read(visit, now, name)
        assert found.support is None
        assert found.at_risk == 0 or found.at_risk >= 12
        assert found.usage_before is None
        active = found.pulse.active
        whole = found.pulse.people
        assert active is None or not 0 < min(active, whole - active) < 12
    shown = set(team.listed(visit, now))
    everybody = set(team.listed(look(), now))
    assert shown < everybody
    with pytest.raises(GroupTooSmall):
        team.read(visit, now, sorted(everybody - shown)[0])


def test_pseudonyms_are_not_written_to(look: Look) -> None:
    visit = look(privacy="pseudonyms")
    now = last(visit)
    with pytest.raises(NamesHidden):
        person.listed(visit, now)
    assert team.read(visit, now, team.listed(visit, now)[0]).support is None


def test_the_week_says_how_old_it_is_and_its_holidays(look: Look) -> None:
    visit = look()
    fresh = last(visit, date(2026, 11, 2))
    assert not fresh.is_stale
    assert last(visit).is_stale
    assert fresh.as_of <= date(2026, 10, 31)
    assert visit.workspace is not None
    found = week._holidays(visit.workspace, date(2026, 7, 17))
    assert [one.day for one in found] == [date(2026, 7, 14)]
    # A holiday on a Saturday takes no working day away.
    assert week._holidays(visit.workspace, date(2026, 8, 18)) == ()
