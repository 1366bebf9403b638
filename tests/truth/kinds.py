"""The companies: one recipe for each symptom, for none, and for what looks like one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from tests.truth import plan as make
from tests.truth.days import Numbers
from tests.truth.people import ADDRESS_BOOK, CALL, OPPORTUNITY, Leave, Person
from tests.truth.plan import Novelty, Plan, begin, between, hire, staff, usual_trades

Recipe = Callable[[np.random.Generator], Plan]
VISITS, VIDEO, PRICES = "Visit_Report__c", "Visio", "Demande_de_prix__c"


def _everyday(plan: Plan, *, told: float = 0.97) -> None:
    """What happens in any company: leaves, arrivals, departures, the idle few."""
    rng, length = plan.rng, len(plan.calendar.days)
    make.vacations(plan, told)
    make.machines(plan)
    workers = [p for p in plan.people if not p.is_manager and p.number != plan.loader]
    chosen = iter(rng.permutation(len(workers)))

    def one() -> Person:
        person: Person = workers[int(next(chosen))]
        return person

    # Long ago, where the file is long: a departure is no decline of the project.
    make.stop(plan, one(), (max(46, length // 2), length - 8), "dormant")
    make.never(plan, one())
    ghost = one()
    if ghost.job.shape == "visit" or not plan.has_logins:
        make.never(plan, ghost)
    else:
        make.haunt(plan, ghost, int(rng.integers(0, max(length - 90, 1))))
    make.leave(plan, one())
    make.join(plan, one(), (3, 26), "new")
    if len(workers) > 20:
        make.leave(plan, one())
        make.stop(plan, one(), (24, 38), "stopped")
        make.fade(plan, one())
        if length > 150:
            for _ in range(int(rng.integers(1, 4))):
                make.join(plan, one(), (75, length - 30), "steady")
        if plan.has_absences:
            make.away(plan, one(), int(rng.integers(50, 90)), 200, "away")
            make.away(plan, one(), int(rng.integers(31, 34)), 13, "steady")
            part = one()
            part.off_weekday, part.story = int(rng.integers(5)), "part_time"
            part.leaves += _each(plan, part.off_weekday)
        if length > 150:
            make.away(plan, one(), int(rng.integers(100, 140)), 20, "steady")
        untold = one()
        if untold.job.profile == "always_connected":
            untold.off_weekday, untold.story = int(rng.integers(5)), "part_time_untold"
        if not plan.go_live:
            old = one()
            make.never(plan, old)
            old.story, old.struggles = "asleep", False
            old.created = plan.calendar.start - timedelta(400)
            ago = timedelta(int(rng.integers(50, 200)))
            old.last_seen = plan.calendar.start - ago
        # A telephone that asks for mails at night was signed in by somebody, once.
        for person in plan.people:
            came = person.story not in ("never", "asleep")
            person.refreshes = came and (
                person.story == "dormant" or bool(rng.random() < 0.1)
            )
    _proxy(plan)


def _each(plan: Plan, weekday: int) -> list[Leave]:
    """The part-time day of every week, as a file of absences tells it."""
    days = plan.calendar.days[plan.calendar.weekday == weekday]
    return [Leave(d.astype(object), d.astype(object), True) for d in days]


def _proxy(plan: Plan) -> None:
    """An assistant who types for two colleagues, where there is a desk to do it."""
    field = [p for p in plan.people if p.job.profile == "field" and p.story == "steady"]
    if len(field) > 6 and plan.rng.random() < 0.6:
        helper = hire(plan, field[0].team, "assistant")
        helper.types_for = (field[0].number, field[1].number)


def _weeks(plan: Plan) -> Numbers:
    return np.arange(plan.calendar.week[-1] + 1, dtype=float)


def _launch(plan: Plan, name: str, *, dropped: bool) -> Novelty:
    """A launch after some weeks, adopted by many; then dropped, or kept."""
    rng, weeks = plan.rng, _weeks(plan)
    last = len(weeks) - 1
    until = last - rng.integers(9, 13) if dropped else last
    first = until - rng.integers(6, 10) - 2 if dropped else int(last * 0.4)
    peak = rng.uniform(0.4, 0.7)
    rise = np.clip((weeks - first) / 2, 0, 1)
    fall = np.clip((until + 2 - weeks) / 2, 0, 1) if dropped else 1.0
    tail = 0.015 if dropped else 0.0
    share = peak * rise * np.maximum(fall, np.where(weeks > until, tail, 0))
    return Novelty(name, share)


def _company(kind: str, rng: np.random.Generator, months: tuple[int, int]) -> Plan:
    plan = begin(kind, rng, months)
    staff(plan, usual_trades(rng, int(rng.integers(4, 6))), (7, 11))
    if rng.random() < 0.5:
        make.administrator(plan)
    plan.stock_by_people = not plan.go_live and bool(rng.random() < 0.6)
    if rng.random() < 0.4:
        share = rng.uniform(0.15, 0.4)
        plan.novelties.append(Novelty(PRICES, _weeks(plan) * 0 + share, old=True))
    return plan


def healthy(rng: np.random.Generator) -> Plan:
    plan = _company("healthy", rng, (4, 11))
    _everyday(plan)
    return plan


def growing(rng: np.random.Generator) -> Plan:
    """A company that hires: many arrived lately, and use it as the others do."""
    plan = _company("growing", rng, (8, 11))
    _everyday(plan)
    steady = [p for p in plan.people if p.story == "steady" and not p.is_manager]
    for person in rng.permutation(np.array(steady, dtype=object))[:9]:
        make.join(plan, person, (40, len(plan.calendar.days) - 40), "steady")
    return plan


def buried_alive(rng: np.random.Generator) -> Plan:
    """Everybody began; weeks ago, nearly everybody stopped."""
    plan = _company("buried_alive", rng, (6, 11))
    _everyday(plan)
    length = len(plan.calendar.days)
    kept = {p.number for p in plan.people if p.is_manager} or set()
    kept = set(rng.permutation(sorted(kept))[:2].tolist())
    for person in plan.people:
        if person.number in kept or person.story in ("never", "asleep", "new", "left"):
            continue
        if person.created > plan.end - timedelta(100):
            person.created = plan.calendar.start - timedelta(5)
        make.stop(plan, person, (48, max(length - 45, 60)), "dormant")
    return plan


def buried_address_book(rng: np.random.Generator) -> Plan:
    """People sign in, and keep nothing but names and addresses."""
    plan = _company("buried_address_book", rng, (5, 10))
    for person in plan.people:
        person.mix = ADDRESS_BOOK
        if rng.random() < 0.15:
            person.mix = {**ADDRESS_BOOK, CALL: 0.05, OPPORTUNITY: 0.02}
    _everyday(plan)
    plan.people = [p for p in plan.people if not p.types_for]
    plan.novelties = []
    plan.calls_per_contact = float(rng.choice([0.04, 0.2]))
    return plan


def abandoned_record(rng: np.random.Generator) -> Plan:
    plan = _company("abandoned_record", rng, (7, 11))
    _everyday(plan)
    plan.novelties.append(_launch(plan, VISITS, dropped=True))
    return plan


def abandoned_type(rng: np.random.Generator) -> Plan:
    plan = _company("abandoned_type", rng, (7, 11))
    _everyday(plan)
    plan.novelties.append(_launch(plan, VIDEO, dropped=True))
    return plan


def _village(plan: Plan) -> None:
    """One team lives in the CRM; the others signed in, at best."""
    teams = sorted({p.team for p in plan.people})
    best = next(t for t in teams if t.startswith(("Telesales", "Field")))
    alone = dict.fromkeys(teams, 0)
    for person in plan.people:
        if person.team == best:
            continue
        draw = plan.rng.random()
        if draw < 0.3:
            make.never(plan, person)
        elif draw < 0.55:
            make.fade(plan, person)
        elif draw < 0.75 and plan.has_logins and person.job.shape != "visit":
            make.haunt(plan, person)
            person.week = np.full(5, 0.1)
            person.story = "outsider"
        elif draw < 0.9 or alone[person.team]:
            make.fade(plan, person)
            make.stop(plan, person, (46, 80), "outsider")
        else:
            alone[person.team] = 1


def gaulish_village(rng: np.random.Generator) -> Plan:
    plan = begin("gaulish_village", rng, (4, 11))
    staff(plan, usual_trades(rng, int(rng.integers(4, 6))), (7, 11))
    make.vacations(plan)
    make.machines(plan)
    _village(plan)
    return plan


def procrastination(rng: np.random.Generator) -> Plan:
    """Licences wait; a few pilots of several teams use them, the data were loaded."""
    plan = begin("procrastination", rng, (4, 8))
    plan.go_live, plan.calls_per_contact = True, 0.4
    staff(plan, usual_trades(rng, 5), (7, 11))
    make.vacations(plan)
    make.machines(plan)
    pilots: dict[str, int] = {}
    day = int(rng.integers(20, 45))
    for person in plan.people:
        person.created = plan.calendar.start - timedelta(int(rng.integers(0, 30)))
        named = pilots.get(person.team, 0)
        if named < 1 and not person.is_manager:
            pilots[person.team] = named + 1
            person.level = plan.calendar.ramp(0, 1, day, day + 1)
        else:
            make.never(plan, person)
    return plan


def _blunt(plan: Plan) -> None:
    """Everybody uses it less and less, month after month, and nobody stops."""
    length = len(plan.calendar.days)
    since = int(length * 0.15)
    for person in plan.people:
        if person.story not in ("steady", "part_time_untold"):
            continue
        last = plan.rng.uniform(0.12, 0.6)
        person.level = plan.calendar.ramp(1, last, since, length)
        person.works = plan.calendar.ramp(1, 0.7, since, length)
        person.open_session, person.story = False, "fading"


def blunted_decay(rng: np.random.Generator) -> Plan:
    plan = _company("blunted_decay", rng, (10, 15))
    plan.stock_by_people = False
    _everyday(plan)
    _blunt(plan)
    return plan


def blunted_cohorts(rng: np.random.Generator) -> Plan:
    """Those who were there at the go-live use it; the later ones, trained in minutes,
    let go after some weeks."""
    plan = begin("blunted_cohorts", rng, (13, 16))
    plan.go_live = True
    staff(plan, usual_trades(rng, 5), (9, 11))
    make.vacations(plan)
    make.machines(plan)
    length = len(plan.calendar.days)
    workers = [p for p in plan.people if not p.is_manager]
    for person in rng.permutation(np.array(workers, dtype=object))[:18]:
        make.join(plan, person, (130, length - 120), "late")
        person.actions *= 0.6
        if rng.random() < 0.88:
            arrived = plan.calendar.index(person.created)
            end = arrived + int(rng.integers(20, 50))
            person.level = np.where(np.arange(length) <= end, 0.6, 0.0)
            if rng.random() < 0.4:
                person.level = np.maximum(person.level, 0.02)
    return plan


def novelty_and_decay(rng: np.random.Generator) -> Plan:
    plan = _company("novelty_and_decay", rng, (11, 14))
    plan.stock_by_people = False
    _everyday(plan)
    _blunt(plan)
    plan.novelties.append(_launch(plan, VISITS, dropped=True))
    return plan


def village_and_novelty(rng: np.random.Generator) -> Plan:
    plan = begin("village_and_novelty", rng, (7, 11))
    staff(plan, usual_trades(rng, 4), (8, 11))
    make.vacations(plan)
    make.machines(plan)
    _village(plan)
    plan.novelties.append(_launch(plan, VISITS, dropped=True))
    return plan


def _season(kind: str, rng: np.random.Generator, end: date) -> Plan:
    plan = between(kind, rng, end, int(rng.integers(9, 13)))
    plan.has_absences = True
    staff(plan, usual_trades(rng, 4), (7, 11))
    _everyday(plan)
    return plan


def august(rng: np.random.Generator) -> Plan:
    return _season("august", rng, date(int(rng.integers(2024, 2027)), 8, 31))


def december(rng: np.random.Generator) -> Plan:
    return _season("december", rng, date(int(rng.integers(2024, 2026)), 12, 31))


def slight_decline(rng: np.random.Generator) -> Plan:
    """Five points fewer at the end than at the beginning: life."""
    plan = _company("slight_decline", rng, (9, 12))
    plan.stock_by_people = False
    _everyday(plan)
    for person in plan.people:
        person.level = person.level * plan.calendar.ramp(1, 0.94, 0, len(person.level))
    return plan


def very_small(rng: np.random.Generator) -> Plan:
    plan = begin("very_small", rng, (4, 11))
    staff(plan, ["inside"], (6, 7))
    make.vacations(plan)
    return plan


def two_teams(rng: np.random.Generator) -> Plan:
    """A team that lives in the CRM and one that does not: two are no village."""
    plan = begin("two_teams", rng, (5, 11))
    staff(plan, ["telesales", "field"], (10, 12))
    make.vacations(plan)
    make.machines(plan)
    behind = [p for p in plan.people if p.team.startswith("Field")]
    for person in behind[2:8]:
        make.fade(plan, person)
    return plan


def novelty_in_use(rng: np.random.Generator) -> Plan:
    plan = _company("novelty_in_use", rng, (7, 11))
    _everyday(plan)
    plan.novelties.append(_launch(plan, VISITS, dropped=False))
    return plan


def small_trial(rng: np.random.Generator) -> Plan:
    """Two people tried something for a month: no launch, nothing dropped."""
    plan = _company("small_trial", rng, (7, 10))
    _everyday(plan)
    novelty = _launch(plan, VISITS, dropped=True)
    steady = [p.number for p in plan.people if p.story == "steady"]
    few = frozenset(int(n) for n in rng.choice(steady, 2, False))
    plan.novelties.append(Novelty(VISITS, novelty.share, few))
    return plan


def heavy_start(rng: np.random.Generator) -> Plan:
    """The file begins while something is in full use, that ends later: a fair, a
    campaign. What began before the file cannot be called a launch."""
    plan = _company("heavy_start", rng, (6, 10))
    plan.stock_by_people = False
    _everyday(plan)
    weeks, ends = _weeks(plan), int(rng.integers(5, 9))
    share = np.clip((ends + 2 - weeks) / 2, 0, 1) * rng.uniform(0.4, 0.7)
    plan.novelties.append(Novelty(VISITS, share))
    return plan


def logins_only(rng: np.random.Generator) -> Plan:
    plan = begin("logins_only", rng, (4, 10))
    plan.has_records = False
    staff(plan, usual_trades(rng, 5))
    _everyday(plan)
    return plan


def activities_only(rng: np.random.Generator) -> Plan:
    plan = begin("activities_only", rng, (4, 10))
    plan.has_logins = False
    staff(plan, usual_trades(rng, 5))
    _everyday(plan)
    return plan


def two_months(rng: np.random.Generator) -> Plan:
    """Too young a file: nothing can be said of the project."""
    plan = begin("two_months", rng, (2, 2))
    plan.go_live, plan.can_be_judged = True, False
    staff(plan, usual_trades(rng, 5))
    make.vacations(plan)
    make.machines(plan)
    return plan


RECIPES: dict[Recipe, frozenset[str]] = {
    healthy: frozenset(),
    growing: frozenset(),
    buried_alive: frozenset({"buried_alive"}),
    buried_address_book: frozenset({"buried_alive"}),
    abandoned_record: frozenset({"abandoned_novelty"}),
    abandoned_type: frozenset({"abandoned_novelty"}),
    gaulish_village: frozenset({"gaulish_village"}),
    procrastination: frozenset({"procrastination"}),
    blunted_decay: frozenset({"blunted_tool"}),
    blunted_cohorts: frozenset({"blunted_tool"}),
    novelty_and_decay: frozenset({"abandoned_novelty", "blunted_tool"}),
    village_and_novelty: frozenset({"gaulish_village", "abandoned_novelty"}),
    august: frozenset(),
    december: frozenset(),
    slight_decline: frozenset(),
    very_small: frozenset(),
    two_teams: frozenset(),
    novelty_in_use: frozenset(),
    small_trial: frozenset(),
    heavy_start: frozenset(),
    logins_only: frozenset(),
    activities_only: frozenset(),
    two_months: frozenset(),
}
KINDS: dict[str, Recipe] = {recipe.__name__: recipe for recipe in RECIPES}


def plan_of(kind: str, seed: int, attempt: int) -> Plan:
    """Return the plan of a company; the same arguments give the same company."""
    recipe = KINDS[kind]
    rng = np.random.default_rng([seed, attempt, *kind.encode()])
    plan = recipe(rng)
    plan.symptoms = RECIPES[recipe]
    return plan
