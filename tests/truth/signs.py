"""What a company's own traces measure of each symptom, read without the product.

The shares and ratios of METRICS 1.8, over what was drawn: they show that a company has
the symptoms it is made to have, and is far from those it is not made to have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.truth import people as do
from tests.truth.company import Company

Weeks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Signs:
    """Shares are 0..1 of the people who can be judged.

    ``trend`` is the active days per expected day of the last three months less those
    of the first three; ``late_gap`` what people who arrived in the file lack, in their
    third month, against those who were there.
    """

    activated: float
    best_activated: float
    active: float
    habitual: float
    best_team: float
    other_teams: float
    teams_of_five: int
    narrow: float
    calls_per_contact: float
    trend: float
    late_gap: float | None
    novelty_peak: float
    novelty_end: float


def read(company: Company) -> Signs:
    """Measure a company on its last day."""
    plan, truth = company.plan, company.truth
    judged = [
        p
        for p in company.people
        if truth[p.user_id].state in ("active", "dormant", "never_activated", None)
    ]
    length = len(plan.calendar.days)
    present = {p.number: _present(company, p.number) for p in company.people}
    ever = [
        p
        for p in judged
        if present[p.number].any() or p.last_seen or _typed(company, p)
    ]
    active = [p for p in ever if present[p.number][-42:].any()]
    habit = {p.number: _habitual(present[p.number]) for p in judged}
    teams: dict[str, list[int]] = {}
    for person in judged:
        teams.setdefault(person.team, []).append(person.number)
    big = {t: m for t, m in teams.items() if len(m) >= 5}
    shares = sorted(float(np.mean([habit[n] for n in m])) for m in big.values())
    ever_numbers = {p.number for p in ever}
    by_team = [np.mean([n in ever_numbers for n in m]) for m in big.values()]
    calls, contacts = _pyramid(company)
    peak, end = _novelty(company, present)
    return Signs(
        activated=len(ever) / len(judged),
        best_activated=float(max(by_team, default=0)),
        active=len(active) / max(len(ever), 1),
        habitual=float(np.mean(list(habit.values()))),
        best_team=shares[-1] if shares else 0.0,
        other_teams=float(np.median(shares[:-1])) if len(shares) > 1 else 1.0,
        teams_of_five=len(big),
        narrow=_narrow(company, [p.number for p in active]),
        calls_per_contact=calls / max(contacts, 1),
        trend=_trend(company, present, length),
        late_gap=_late_gap(company, present),
        novelty_peak=peak,
        novelty_end=end,
    )


def _typed(company: Company, person: do.Person) -> bool:
    return any(
        (s.actor == person.number).any() or (s.changed_by == person.number).any()
        for s in company.stocks.of.values()
    )


def _present(company: Company, number: int) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(company.plan.calendar.days), bool)
    for days in company.days[number]:
        found[days] = True
    return found


def _habitual(present: npt.NDArray[np.bool_]) -> bool:
    """Active in at least 9 of the last 12 weeks, seven days each."""
    last = present[-84:]
    weeks = last[len(last) % 7 :].reshape(-1, 7).any(axis=1)
    return bool(weeks.sum() >= 9)


def _pyramid(company: Company) -> tuple[float, int]:
    stocks = company.stocks.of
    if do.CONTACT not in stocks:
        return 0.0, 0
    months = min(company.plan.calendar.months, 12)
    task = stocks["task"]
    end = int(company.plan.calendar.days[-1].astype("datetime64[s]").astype("int64"))
    recent = task.at > end - months * 30.44 * 86400
    calls = int(((task.kind == do.CALL) & recent).sum())
    return calls * 12 / months, len(stocks[do.CONTACT].at)


def _narrow(company: Company, active: list[int]) -> float:
    """The share of the active who touched two objects at most in twelve weeks."""
    if not company.plan.has_records or not active:
        return 0.0
    end = int(company.plan.calendar.days[-1].astype("datetime64[s]").astype("int64"))
    touched: dict[int, set[str]] = {n: set() for n in active}
    for name, stock in company.stocks.of.items():
        for who, when in (
            (stock.actor, stock.at),
            (stock.changed_by, stock.changed_at),
        ):
            kinds = stock.kind if len(stock.kind) else np.full(len(who), name)
            mine = when > end - 84 * 86400
            for number, kind in {
                *zip(who[mine].tolist(), kinds[mine].tolist(), strict=True)
            }:
                if number in touched:
                    touched[number].add(kind)
    return float(np.mean([len(kinds) <= 2 for kinds in touched.values()]))


def _trend(
    company: Company, present: dict[int, npt.NDArray[np.bool_]], length: int
) -> float:
    """Compare the ends of the file, over those who were there from end to end."""
    stayed = [
        p.number
        for p in company.people
        if p.created < company.plan.calendar.start
        and p.left is None
        and present[p.number][: length // 2].any()
    ]
    size = min(90, length // 3)
    there = {p.number: company.plan.calendar.working.copy() for p in company.people}
    for person in company.people:
        for leave in person.leaves:
            first = max(company.plan.calendar.index(leave.first), 0)
            last = max(company.plan.calendar.index(leave.last) + 1, 0)
            there[person.number][first:last] = False
    ends = []
    for part in (slice(0, size), slice(length - size, length)):
        expected = sum(int(there[n][part].sum()) for n in stayed)
        came = sum(int((present[n][part] & there[n][part]).sum()) for n in stayed)
        ends.append(came / max(expected, 1))
    return ends[1] - ends[0]


def _late_gap(
    company: Company, present: dict[int, npt.NDArray[np.bool_]]
) -> float | None:
    calendar = company.plan.calendar
    groups: dict[bool, list[bool]] = {True: [], False: []}
    for person in company.people:
        born = calendar.index(person.created)
        if person.left or born < -30 or born + 91 > len(calendar.days):
            continue
        month = present[person.number][max(born + 61, 0) : born + 91]
        groups[born > 30].append(bool(month.any()))
    if len(groups[True]) < 5 or len(groups[False]) < 5:
        return None
    return float(np.mean(groups[False]) - np.mean(groups[True]))


def _novelty(
    company: Company, present: dict[int, npt.NDArray[np.bool_]]
) -> tuple[float, float]:
    """Return the third best week's share of the active, and the last six weeks'."""
    names = {n.name for n in company.plan.novelties if not n.old}
    if not names:
        return 0.0, 0.0
    calendar = company.plan.calendar
    week = calendar.week
    count = week[-1] + 1
    active = np.zeros(count)
    for days in present.values():
        active += np.bincount(week, days, count) > 0
    begin = int(calendar.days[0].astype("datetime64[s]").astype("int64"))
    users = np.zeros(count)
    for stock in company.stocks.of.values():
        for name in names & {*company.stocks.of, "Visio"}:
            own = stock is company.stocks.of.get(name)
            mine = np.full(len(stock.at), own) if own else np.zeros(len(stock.at), bool)
            if len(stock.kind):
                mine |= stock.kind == name
            day = (stock.at[mine] - begin) // 86400
            pairs = {*zip(week[day].tolist(), stock.actor[mine].tolist(), strict=True)}
            for number, _ in pairs:
                users[number] += 1
    share = users / np.maximum(active, 1)
    return float(np.sort(share)[-3]), float(share[-6:].mean())


def clear(company: Company) -> bool:
    """Tell whether nobody could argue about a company's symptoms.

    A company drawn near a limit of METRICS 1.8 has no truth: it is drawn again.
    """
    signs, has = read(company), company.plan.symptoms
    if not company.plan.can_be_judged:
        return True
    village = signs.best_team >= 0.8 and signs.other_teams <= 0.2
    judged = {
        "procrastination": (
            signs.activated < 0.2 and signs.best_activated < 0.4,
            signs.activated > 0.5 or signs.best_activated > 0.65,
        ),
        "gaulish_village": (
            village and signs.teams_of_five >= 3,
            signs.teams_of_five < 3
            or signs.best_team < 0.55
            or signs.other_teams > 0.42,
        ),
        "buried_alive": (
            (signs.active < 0.2 and signs.best_team < 0.5)
            or (signs.narrow > 0.75 and signs.calls_per_contact < 0.4),
            (signs.active > 0.42 or village)
            and (signs.narrow < 0.45 or signs.calls_per_contact > 0.6),
        ),
        "abandoned_novelty": (
            signs.novelty_peak > 0.3 and signs.novelty_end < 0.03,
            # One in use, one that two people tried, one older than the file.
            signs.novelty_peak < 0.09
            or signs.novelty_end > 0.6 * signs.novelty_peak
            or company.kind == "heavy_start",
        ),
        "blunted_tool": (
            (signs.trend < -0.2 and signs.active > 0.5) or (signs.late_gap or 0) > 0.4,
            # Whoever stopped altogether is buried, not blunted.
            ("buried_alive" in has and signs.active < 0.25)
            or (signs.trend > -0.1 and (signs.late_gap or 0) < 0.12),
        ),
    }
    return all(
        present if code in has else absent for code, (present, absent) in judged.items()
    )
