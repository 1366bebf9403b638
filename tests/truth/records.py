"""Deeds become records: created, then modified, of which only the last time shows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tests.truth import people as do
from tests.truth.plan import Plan
from tests.truth.traces import Traces, live, run

Whole = npt.NDArray[np.int64]
Words = npt.NDArray[np.str_]
DAY = 86400


@dataclass(frozen=True)
class SignIns:
    """Sign-ins of everybody: ``at`` in UTC seconds, ``day`` an index of the calendar.

    ``way`` is how: "browser", "mobile", "api", "refresh". ``failed`` did not get in.
    """

    actor: Whole
    day: Whole
    at: Whole
    way: Words
    failed: npt.NDArray[np.bool_]
    traces: dict[int, Traces]

    @property
    def counts(self) -> npt.NDArray[np.bool_]:
        """Tell which ones are successful and interactive."""
        return ~self.failed & np.isin(self.way, ("browser", "mobile"))


@dataclass(frozen=True)
class Deeds:
    """Visible actions: who, and on which local day."""

    actor: Whole
    day: Whole


@dataclass
class Stock:
    """Records of one object, in order of creation."""

    at: Whole
    actor: Whole
    owner: Whole
    changed_at: Whole
    changed_by: Whole
    kind: Words


@dataclass
class Stocks:
    """Every object's records by name; ``seeds`` draws what only decorates them."""

    of: dict[str, Stock] = field(default_factory=dict)


def sign_ins(plan: Plan) -> SignIns:
    """Draw the whole life of everybody; return the sign-ins and the raw traces."""
    parts: list[tuple[Whole, Whole, Whole, Words, npt.NDArray[np.bool_]]] = []
    traces: dict[int, Traces] = {}
    begin = _epoch(plan)
    zones = {p.zone: plan.calendar.offset(p.zone) for p in plan.people}
    rng = plan.rng
    length = len(plan.calendar.days)

    def add(number: int, days: Whole, at: Whole, way: str, failed: bool) -> None:
        size = len(days)
        parts.append(
            (
                np.full(size, number),
                days,
                at,
                np.full(size, way),
                np.full(size, failed),
            )
        )

    for person in plan.people:
        trace = live(person, plan.calendar, rng)
        traces[person.number] = trace
        zone = zones[person.zone]
        days = trace.login_day
        at = begin + days * DAY + trace.login_second - zone[days]
        way = "mobile" if person.mobile else "browser"
        add(person.number, days, at, way, False)
        wrong = rng.random(len(days)) < 0.03
        add(person.number, days[wrong], at[wrong] - 40, way, True)
        born = max(plan.calendar.index(person.created) + 1, 0)
        if person.struggles and born < length:
            tries = rng.integers(born, length, 6)
            add(person.number, tries, begin + tries * DAY + 36000, "browser", True)
        if person.refreshes and person.left is None and born < length:
            # The telephone of somebody who forgot it asks for mails every night.
            nights = np.arange(born, length, int(rng.integers(1, 4)))
            add(person.number, nights, begin + nights * DAY + 4000, "refresh", False)
    for machine in plan.machines:
        trace = run(machine, plan.calendar, rng)
        traces[machine.number] = trace
        days = trace.login_day
        at = begin + days * DAY + trace.login_second
        add(machine.number, days, at, "api", False)
    actor, day, at, way, failed = (
        np.concatenate(part) for part in zip(*parts, strict=False)
    )
    return SignIns(actor, day, at, way, failed, traces)


def _epoch(plan: Plan) -> int:
    return int(plan.calendar.days[0].astype("datetime64[s]").astype("int64"))


def _all(plan: Plan, signed: SignIns) -> tuple[Whole, Whole, Whole, Words]:
    """Return actor, day, moment in UTC and kind of every deed, in order of time."""
    begin = _epoch(plan)
    actors, days, moments, kinds = [], [], [], []
    zones = {p.number: p.zone for p in plan.people}
    offsets = {z: plan.calendar.offset(z) for z in set(zones.values())}
    none = np.zeros(len(plan.calendar.days), "int64")
    for number, trace in signed.traces.items():
        offset = offsets[zones[number]] if number in zones else none
        actors.append(np.full(len(trace.day), number))
        days.append(trace.day)
        moments.append(begin + trace.day * DAY + trace.second - offset[trace.day])
        kinds.append(trace.kind.astype("U20"))
    for novelty in plan.novelties:
        actor, day, at = _novel(plan, signed, novelty.share, novelty.users, offsets)
        actors.append(actor)
        days.append(day)
        moments.append(at)
        kinds.append(np.full(len(actor), novelty.name))
    actor, day = np.concatenate(actors), np.concatenate(days)
    at, kind = np.concatenate(moments), np.concatenate(kinds)
    order = np.argsort(at, kind="stable")
    return actor[order], day[order], at[order], kind[order]


def _novel(
    plan: Plan,
    signed: SignIns,
    share: npt.NDArray[np.float64],
    users: frozenset[int] | None,
    offsets: dict[str, Whole],
) -> tuple[Whole, Whole, Whole]:
    """Draw who uses a novelty, week by week, among those who worked in the week."""
    rng, week = plan.rng, plan.calendar.week
    actors, days, moments = [], [], []
    for person in plan.people:
        if users is not None and person.number not in users:
            continue
        worked = np.unique(signed.traces[person.number].day)
        taste = rng.uniform(0.7, 1.3)
        for number in np.unique(week[worked]):
            if rng.random() >= min(share[number] * taste, 0.98):
                continue
            choice = worked[week[worked] == number]
            picked = rng.choice(choice, int(rng.integers(1, 4)))
            actors.append(np.full(len(picked), person.number))
            days.append(picked)
            noon = _epoch(plan) + picked * DAY + rng.integers(36000, 61000, len(picked))
            moments.append(noon - offsets[person.zone][picked])
    if not actors:
        empty = np.zeros(0, "int64")
        return empty, empty, empty
    return np.concatenate(actors), np.concatenate(days), np.concatenate(moments)


def deeds(plan: Plan, signed: SignIns, stocks: Stocks) -> Deeds:
    """Turn every deed into a record, in ``stocks``; return the visible actions."""
    actor, day, at, kind = _all(plan, signed)
    if not plan.has_records:
        return Deeds(actor[:0], day[:0])
    helped = {p.number: p.types_for for p in plan.people if p.types_for}
    owner = actor.copy()
    for number, colleagues in helped.items():
        mine = np.flatnonzero(actor == number)
        owner[mine] = plan.rng.choice(np.array(colleagues), len(mine))
    names = sorted({n.name for n in plan.novelties})
    seen: list[tuple[Whole, Whole]] = []

    months = min(plan.calendar.months, 12)
    recent = day >= len(plan.calendar.days) - round(months * 30.44)
    calls = int(((kind == do.CALL) & recent).sum()) * 12 / months
    made = int((kind == do.CONTACT).sum())
    contacts = max(int(calls / plan.calls_per_contact) - made, 120)
    sizes = {do.CONTACT: contacts, do.ACCOUNT: int((contacts + made) / 2.6)}
    sizes[do.OPPORTUNITY] = 60
    for name, size in sizes.items():
        mine = kind == name
        stock = _loaded(plan, name, size)
        stock.at = np.concatenate([stock.at, at[mine]])
        stock.actor = np.concatenate([stock.actor, actor[mine]])
        stock.owner = np.concatenate([stock.owner, owner[mine]])
        stock.changed_at, stock.changed_by = stock.at.copy(), stock.actor.copy()
        seen.append((actor[mine], day[mine]))
        seen.append(_edit(plan, stock, kind == f"{name}_edit", actor, day, at))
        stocks.of[name] = stock
    tasks = np.isin(kind, (do.CALL, do.EMAIL, do.TODO, "Visio"))
    for name, mine in (
        ("task", tasks),
        ("event", kind == do.MEETING),
        *((n, kind == n) for n in names if n.endswith("__c")),
    ):
        seen.append((actor[mine], day[mine]))
        stocks.of[name] = Stock(
            at[mine], actor[mine], owner[mine], at[mine], actor[mine], kind[mine]
        )
    return Deeds(*(np.concatenate(part) for part in zip(*seen, strict=True)))


def _loaded(plan: Plan, name: str, size: int) -> Stock:
    """Return the records that were there before: loaded in one go, or typed in time."""
    rng, begin = plan.rng, _epoch(plan)
    owners = np.array([p.number for p in plan.people])
    owner = rng.choice(owners, size)
    at = np.sort(begin + 5 * 3600 + (np.arange(size) // 3))
    machine = plan.machines[0].number if plan.machines else 1
    actor = np.full(size, machine if plan.loader is None else plan.loader)
    if plan.stock_by_people:
        # Typed over two years, by those who were there and have ever come.
        typed = np.flatnonzero(rng.random(size) < 0.5)
        came = [p for p in plan.people if p.story not in ("never", "new")]
        old = [p for p in came if p.job.shape != "visit" and p.last_seen is None]
        ages = {p.number: (plan.calendar.start - p.created).days for p in old}
        known = np.array([n for n, age in ages.items() if age > 60])
        if len(known):
            who = rng.choice(known, len(typed))
            room = np.array([min(ages[int(n)], 700) - 10 for n in who])
            ago = np.floor(rng.random(len(typed)) * room).astype("int64") + 5
            noon = (begin // DAY - ago) * DAY
            at[typed] = noon + rng.integers(8 * 3600, 16 * 3600, len(typed))
            actor[typed] = who
            owner[typed] = who
        rest = np.setdiff1d(np.arange(size), typed)
        at[rest] -= 710 * DAY
    order = np.argsort(at, kind="stable")
    at, actor, owner = at[order], actor[order], owner[order]
    return Stock(at, actor, owner, at, actor, np.zeros(0, "U1"))


def _edit(
    plan: Plan,
    stock: Stock,
    mine: npt.NDArray[np.bool_],
    actor: Whole,
    day: Whole,
    at: Whole,
) -> tuple[Whole, Whole]:
    """Modify records, each time another one; return the changes that stay visible."""
    which = np.flatnonzero(mine)
    known = np.searchsorted(stock.at, at[which] - 300)
    which, known = which[known > 0], known[known > 0]
    target = np.floor(plan.rng.random(len(which)) * known).astype("int64")
    last = np.full(len(stock.at), -1)
    last[target] = which  # in order of time: the last one stays
    changed = np.flatnonzero(last >= 0)
    by = last[changed]
    stock.changed_at[changed] = at[by]
    stock.changed_by[changed] = actor[by]
    return actor[by], day[by]
