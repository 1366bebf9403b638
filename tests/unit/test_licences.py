"""Licences: the steps, what sleeps, its price, and what teams alone may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import imports, licences
from core.accounts.sessions import DEMO_WORKSPACE
from core.errors import GroupTooSmall
from core.ladder import Ladder, told, told_apart
from core.store import Store, Upload
from core.workspace import Rights, Workspace
from core.workspace_settings import Licence, WorkspaceSettings

DAY = date(2026, 10, 31)
Opened = Callable[..., Workspace]


@pytest.fixture
def demo(demo_data: Path) -> Opened:
    """Open the demo company with licences, and in a privacy."""
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)

    def opened(*typed: Licence, privacy: str = "names") -> Workspace:
        settings = WorkspaceSettings(privacy=privacy, licences=typed)
        return Workspace(store, settings, Rights.of("director"))

    return opened


def test_steps_are_those_of_the_company(demo: Opened) -> None:
    workspace = demo()
    total = licences.ladders(workspace, DAY).total
    row = workspace.derive("mart_adoption", as_of=str(DAY)).iloc[0]
    assert total.assigned == row["licensed"] == 111
    assert total.activated == row["activated"]
    assert total.active == row["active"]
    assert total.habitual == row["habitual"]
    assert total.acting == row["users_with_action"]
    # Whoever is not active is in one lot and one only.
    idle = total.assigned - total.active
    assert idle == total.never + total.stopped + total.on_leave + total.arriving


def test_asleep_leaves_out_leave_and_newcomers(demo: Opened) -> None:
    found = licences.ladders(demo(Licence(None, 130, 80.0)), DAY)
    total = found.total
    assert (total.paid, total.spare, total.on_leave) == (130, 19, 1)
    assert total.asleep == total.spare + total.never + total.stopped == 34
    assert (found.cost, found.yearly) == (34 * 80, 34 * 80 * 12)
    parts = [found.worth(part) for part in ("spare", "never", "stopped")]
    assert sum(parts) == found.cost
    assert not found.is_partly_priced


def test_without_a_number_the_assigned_are_paid_for(demo: Opened) -> None:
    found = licences.ladders(demo(Licence(None, None, 10.0)), DAY)
    assert found.total.bought is None
    assert found.total.paid == 111
    assert found.cost == found.total.asleep * 10.0


def test_without_a_price_nothing_costs(demo: Opened) -> None:
    found = licences.ladders(demo(Licence(None, 130)), DAY)
    assert found.cost is None
    assert found.yearly is None
    assert found.total.asleep == 34


def test_fewer_bought_than_assigned_is_an_error_in_the_data(demo: Opened) -> None:
    total = licences.ladders(demo(Licence(None, 90)), DAY).total
    assert total.is_short
    assert total.paid == 111
    assert total.spare == 0


def test_kinds_have_their_own_price(demo: Opened) -> None:
    typed = (Licence("Platform", 10, 25.0), Licence(None, None, 80.0))
    found = licences.ladders(demo(*typed), DAY)
    by_kind = {one.kind: one for one in found.kinds}
    # The demo's export names no kind: everybody is in one that is not told.
    assert set(by_kind) == {"", "Platform"}
    assert by_kind["Platform"].asleep == 10
    assert by_kind[""].assigned == 111
    assert found.total.bought == 121
    assert found.cost == 10 * 25.0 + by_kind[""].asleep * 80.0
    assert found.worth("spare") == 250.0


def test_a_kind_without_price_leaves_the_cost_partial(demo: Opened) -> None:
    found = licences.ladders(demo(Licence("Platform", 10, 25.0)), DAY)
    assert found.cost == 250.0
    assert found.is_partly_priced


def test_a_team_has_no_number_bought(demo: Opened) -> None:
    workspace = demo(Licence(None, 130, 80.0))
    rows = licences.rows(workspace, DAY)
    some = set(rows["user_id"].head(20))
    found = licences.ladders(workspace, DAY, some)
    assert found.total.assigned == 20
    assert found.total.bought is None
    assert found.total.spare == 0


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Open a company of three kinds of licence, most of them used in October."""
    folder = tmp_path_factory.mktemp("kinds")
    users = ["Id,FirstName,LastName,Email,IsActive,CreatedDate,User License"]
    logins = ["User ID,Login Time,Status"]
    sizes = {"Sales": (12, 9), "Service": (10, 10), "Platform": (3, 1)}
    for kind, (count, active) in sizes.items():
        for number in range(count):
            name = f"{kind}{number}"
            created = "2025-01-05T08:00:00.000Z"
            users.append(f"{name},Ana,{name},{name}@x.fr,true,{created},{kind}")
            day = 12 if number < active else 2
            month = "2026-10" if number < active else "2026-08"
            logins.append(f"{name},{month}-{day:02}T08:00:00.000Z,Success")
    uploads = []
    for file, lines in (("User.csv", users), ("LoginHistory.csv", logins)):
        path = folder / file
        path.write_text("\n".join(lines), "utf-8")
        uploads.append(Upload(path, file))
    store = Store(folder / "store")
    imports.run(store, WorkspaceSettings(), uploads, {}, "tests", isolate=False)

    def opened(*typed: Licence, privacy: str = "names") -> Workspace:
        settings = WorkspaceSettings(privacy=privacy, k=5, licences=typed)
        return Workspace(store, settings, Rights.of("director"))

    return opened


def test_a_kind_too_few_of_which_were_bought(kinds: Opened) -> None:
    typed = (Licence("sales", 20, 75.0), Licence("Service", 8, 60.0))
    found = licences.ladders(kinds(*typed, Licence(None, None, 20.0)), DAY)
    by_kind = {one.kind: one for one in found.kinds}
    assert [by_kind[name].asleep for name in ("Sales", "Service", "Platform")] == [
        *(11, 0, 2)
    ]
    assert by_kind["Service"].is_short
    # Three of the platform count as bought, for nobody typed a number.
    assert found.total.bought == 20 + 8 + 3
    assert found.total.paid == 20 + 10 + 3
    assert found.total.asleep == sum(one.asleep or 0 for one in found.kinds)
    assert found.cost == 11 * 75.0 + 2 * 20.0
    assert not found.is_partly_priced


def test_teams_hide_a_small_kind_and_what_would_tell_it(kinds: Opened) -> None:
    typed = (Licence("Sales", 20, 75.0), Licence("Service", 10, 60.0))
    found = licences.ladders(kinds(*typed, privacy="teams"), DAY)
    by_kind = {one.kind: one for one in found.kinds}
    assert by_kind["Platform"].is_hidden
    # 25 accounts less two kinds would be the third.
    hidden = [one.kind for one in found.kinds if one.assigned is None]
    assert len(hidden) >= 2
    assert found.total.assigned == 25
    assert found.total.bought is None


def test_an_account_just_opened_does_not_sleep(demo: Opened) -> None:
    workspace = demo()
    rows = licences.rows(workspace, DAY)
    lots = rows[["is_active", "is_resting", "is_arriving", "is_never", "is_stopped"]]
    assert (lots.sum(axis=1) == 1).all()
    young = rows[rows["is_arriving"]]
    assert ((DAY - young["created_day"].dt.date).map(lambda d: d.days) <= 30).all()


def test_teams_are_told_no_few(demo: Opened) -> None:
    workspace = demo(Licence(None, 130, 80.0), privacy="teams")
    total = licences.ladders(workspace, DAY).total
    assert total.assigned == 111
    # Six never came: 105 would tell of them.
    assert total.activated is None
    assert total.active == 95
    assert (total.never, total.on_leave, total.acting) == (None, None, None)
    assert total.asleep == 130 - 95
    some = set(licences.rows(workspace, DAY)["user_id"].head(4))
    with pytest.raises(GroupTooSmall):
        licences.ladders(workspace, DAY, some)


def ladder(assigned: int, activated: int, active: int, habitual: int) -> Ladder:
    counts = dict.fromkeys(("on_leave", "arriving", "never", "stopped", "unknown"), 0)
    return Ladder(
        *("", None, None, assigned, activated, active, habitual, active),
        **counts,
    )


@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4).map(
        lambda counts: ladder(*sorted(counts, reverse=True))
    ),
    st.integers(5, 12),
)
def test_no_step_tells_of_a_few(whole: Ladder, k: int) -> None:
    shown = told(whole, k)
    steps = [shown.assigned, shown.activated, shown.active, shown.habitual]
    known = [count for count in steps if count is not None]
    for count in known[1:]:
        assert count == 0 or count >= k
    for above, below in zip(known, known[1:], strict=False):
        assert above == below or above - below >= k


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40)).map(
            lambda pair: ladder(max(pair), max(pair), min(pair), 0)
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(5, 12),
)
def test_no_kind_follows_from_the_others(kinds: list[Ladder], k: int) -> None:
    shown = told_apart(kinds, k)
    quiet = [n for n, one in enumerate(shown) if one.active is None]
    for one, real in zip(shown, kinds, strict=True):
        if one.active is not None:
            idle = real.assigned - real.active
            assert one.active == 0 or one.active >= k
            assert idle == 0 or idle >= k
    whole = ladder(sum(x.assigned for x in kinds), 0, sum(x.active for x in kinds), 0)
    if told(replace(whole, activated=whole.assigned), k).active is None:
        return
    # What the total leaves for the quiet ones has several ways of sharing it, unless
    # it is nobody or everybody.
    active = sum(kinds[n].active for n in quiet)
    assigned = sum(kinds[n].assigned for n in quiet)
    if 0 < active < assigned:
        for one in (kinds[n] for n in quiet if kinds[n].assigned):
            least = max(0, active - (assigned - one.assigned))
            assert least < min(one.assigned, active)


def test_report_has_the_ladder_and_its_cost(demo: Opened) -> None:
    found = licences.report(demo(Licence(None, 130, 80.0)), DAY)
    assert found is not None
    assert found["bought"] == 130
    assert found["asleep_cost_month"] == 2720.0
    assert found["asleep_cost_year"] == 32640.0
    assert found["kinds"] == []
