"""Abandoned novelty: all is well, but one new module or feature was dropped.

What counts is the share of the active people that use it: a general decline is not a
novelty dropped. The kind must be new (nobody used it when the data begin), have been
used by enough people for some weeks, then hardly by anybody up to the end. What comes
back each season, or what another kind replaced for the same people, is no symptom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from core.symptoms import model, weeks
from core.symptoms.known import LATE_DAYS
from core.symptoms.model import Fact, Symptom
from core.symptoms.scene import Scene

CODE: model.Code = "abandoned_novelty"
ACTIVITIES = ("call", "email", "meeting", "task")
_PSEUDO = ("any", "login", "action")
# Beliefs. Under these, a share is chance: people a week at the peak, and uses in all.
FEWEST_AT_PEAK = 2.0
FEWEST_USES = 8
# An earlier pause this long, as a part of the present one, is a season.
PAUSE = 0.8
_LAST_WEEKS = 3


@dataclass(frozen=True)
class Story:
    """What became of one kind: its weeks, its peak, and how it ended."""

    kind: str
    shares: pd.Series[float]
    peak: float
    peak_week: pd.Timestamp
    strong_weeks: int
    end: float
    quiet_weeks: int
    first_quiet: pd.Timestamp | None
    longest_pause: int
    work_left: float

    @property
    def is_seasonal(self) -> bool:
        """Tell whether it came back after a pause about as long as this one."""
        return self.longest_pause >= max(6, PAUSE * self.quiet_weeks)


def judge(scene: Scene) -> Symptom:
    """Return whether a new kind of object or activity was dropped."""
    if scene.is_short or scene.judged["is_activated"].sum() < scene.fewest:
        return model.unknown(CODE, _missing(scene))
    if not {"activity", "record", "opportunity", "campaign"} & scene.has:
        return model.unknown(CODE, ("activity", "record"))
    every = stories(scene)
    found = [story for story in every if _is_dropped(scene, story)]
    near = [story for story in every if _is_near(scene, story)]
    counter: list[Fact] = []
    dropped = []
    for story in found:
        reason = _excuse(scene, story)
        if reason is None:
            dropped.append(story)
        else:
            counter.append(reason)
    if not dropped:
        watched = next((s for s in near if _excuse(scene, s) is None), None)
        return model.found(
            CODE,
            present=False,
            near=watched is not None,
            margin=0.3 if watched is None else 0.0,
            people=len(scene.judged),
            evidence=_facts(scene, watched) if watched else (),
            counter_evidence=counter or _in_use(every),
            subject={"kind": watched.kind} if watched else {},
        )
    worst = max(dropped, key=lambda s: (not s.kind.startswith("activity:"), s.peak))
    others = [s for s in dropped if s is not worst]
    evidence = _facts(scene, worst)
    if others and not others[0].kind.startswith("activity:"):
        also: dict[str, str | float] = {"kind": others[0].kind}
        evidence.append(Fact("also_dropped", others[0].end, values=also))
    left = scene.rules["symptom.abandoned_novelty.left"]
    least = scene.rules["symptom.abandoned_novelty.peak"]
    margin = min(1 - worst.end / (left * worst.peak), worst.peak / least - 1)
    return model.found(
        CODE,
        present=True,
        near=False,
        margin=margin,
        people=len(scene.judged),
        evidence=evidence,
        counter_evidence=[*counter, *_against(worst)],
        subject={"kind": worst.kind},
    )


def stories(scene: Scene) -> list[Story]:
    """Return what became of each kind that was new once and used by enough people."""
    every = weeks.table(scene.kinds)
    if not len(every):
        return []
    believed = weeks.usual(every["any"])
    if not believed.any():
        return []
    start = believed[believed].index[0]
    found = []
    least = 0.7 * scene.rules["symptom.abandoned_novelty.peak"]
    tops = every[believed].div(every.loc[believed, "any"], axis=0).max()
    for name in tops.index[(tops >= least) & (every.sum() >= FEWEST_USES)]:
        if name in _PSEUDO:
            continue
        story = _story(scene, every, believed, start, str(name))
        if story is not None:
            found.append(story)
    return found


def _cover(scene: Scene, kind: str) -> tuple[date, date] | None:
    """Return the days that the exports tell of a kind."""
    is_activity = kind in ACTIVITIES or kind.startswith("activity:")
    span = scene.known.activities if is_activity else scene.known.records
    if span is None:
        return None
    return span[0], min(span[1], scene.fresh.get(kind, span[1]))


def _story(
    scene: Scene,
    every: pd.DataFrame,
    believed: pd.Series[bool],
    start: pd.Timestamp,
    kind: str,
) -> Story | None:
    cover = _cover(scene, kind)
    # Exports of the kind that stop before the rest make a hole, not a symptom.
    if cover is None or (scene.as_of - cover[1]).days > LATE_DAYS:
        return None
    begin = max(start, pd.Timestamp(cover[0]) - timedelta(days=6))
    rows = every[believed & (every.index >= begin)]
    if len(rows) < scene.rules["symptom.abandoned_novelty.weeks"]:
        return None
    shares = rows[kind] / rows["any"]
    pooled = weeks.pooled(rows[kind], rows["any"])
    peak = float(pooled.max())
    least = scene.rules["symptom.abandoned_novelty.peak"]
    strong = int((shares >= least).sum())
    if peak < 0.7 * least or rows[kind].sum() < FEWEST_USES:
        return None
    at_peak = pd.Timestamp(str(pooled.idxmax()))
    beside = rows[kind].rolling(3, center=True, min_periods=1).mean()
    if beside[at_peak] < FEWEST_AT_PEAK:
        return None
    line = scene.rules["symptom.abandoned_novelty.left"] * peak
    is_quiet = ~((shares >= line) & (pooled >= line))
    used = is_quiet[~is_quiet].index
    before = int(scene.rules["symptom.abandoned_novelty.before"])
    if not len(used) or used[0] < begin + pd.Timedelta(weeks=before):
        return None  # it may always have been there
    run = weeks.last_run(is_quiet.tolist())
    after = rows.iloc[len(rows) - run :] if run else rows.iloc[-_LAST_WEEKS:]
    work = rows["action"] / rows["any"]
    busy = rows.index[(shares >= least).to_numpy()]
    then = float(work[busy].mean()) if len(busy) else float(work[at_peak])
    return Story(
        kind=kind,
        shares=shares,
        peak=peak,
        peak_week=at_peak,
        strong_weeks=strong,
        end=float(after[kind].sum() / after["any"].sum()),
        quiet_weeks=run,
        first_quiet=after.index[0] if run else None,
        longest_pause=_pause(is_quiet, run),
        work_left=float(work[after.index].mean()) / then if then else 1.0,
    )


def _pause(is_quiet: pd.Series[bool], run: int) -> int:
    """Return the longest quiet time between two times of use, in weeks."""
    flags = is_quiet.tolist()[: len(is_quiet) - run]
    first = flags.index(False) if False in flags else len(flags)
    longest = length = 0
    for flag in flags[first:]:
        length = length + 1 if flag else 0
        longest = max(longest, length)
    return longest


def _is_dropped(scene: Scene, story: Story) -> bool:
    rules = scene.rules
    return (
        story.peak >= rules["symptom.abandoned_novelty.peak"]
        and story.strong_weeks >= rules["symptom.abandoned_novelty.peak_weeks"]
        and story.quiet_weeks >= rules["symptom.abandoned_novelty.weeks"]
        and story.end < rules["symptom.abandoned_novelty.left"] * story.peak
    )


def _is_near(scene: Scene, story: Story) -> bool:
    """Tell whether a novelty is on its way out: quiet for half of the time it takes."""
    rules = scene.rules
    return (
        not _is_dropped(scene, story)
        and story.peak >= rules["symptom.abandoned_novelty.peak"]
        and story.strong_weeks >= rules["symptom.abandoned_novelty.peak_weeks"]
        and story.quiet_weeks >= rules["symptom.abandoned_novelty.weeks"] / 2
        and not scene.in_season
    )


def _excuse(scene: Scene, story: Story) -> Fact | None:
    """Return why a kind that fell silent is no symptom, None when nothing says so."""
    named: dict[str, str | float] = {"kind": story.kind}
    work = scene.rules["symptom.abandoned_novelty.work"]
    if story.work_left < work:
        return Fact("all_work_fell", story.work_left, work, values=named)
    if story.is_seasonal:
        return Fact("came_back", story.longest_pause, None, "weeks", named)
    taken = scene.rules["symptom.abandoned_novelty.replaced"]
    successor = _successor(scene, story, taken)
    if successor is not None:
        return Fact(
            "replaced", successor[1], taken, values={**named, "by": successor[0]}
        )
    return None


def _successor(scene: Scene, story: Story, taken: float) -> tuple[str, float] | None:
    """Return the kind that took over and the share of the people who went over."""
    if story.first_quiet is None:
        return None
    every = weeks.table(scene.kinds)
    recent = every[every.index >= story.first_quiet]
    earlier = every[every.index < story.first_quiet - pd.Timedelta(weeks=8)]
    if not len(earlier) or not recent["any"].sum():
        return None
    for name in every.columns:
        if name in (*_PSEUDO, story.kind) or _is_same(str(name), story.kind):
            continue
        now = float(recent[name].sum() / recent["any"].sum())
        before = float(earlier[name].sum() / max(1, earlier["any"].sum()))
        if now < taken * story.peak or before > 0.25 * now:
            continue
        went = scene.went_over(story.kind, str(name), story.first_quiet.date())
        if went is not None and went >= taken:
            return str(name), went
    return None


def _is_same(one: str, other: str) -> bool:
    """Tell whether two kinds count the same rows: an activity and its exported type."""
    return one.startswith("activity:") != other.startswith("activity:") and (
        one in ACTIVITIES or other in ACTIVITIES
    )


def _facts(scene: Scene, story: Story) -> list[Fact]:
    rules = scene.rules
    named: dict[str, str | float] = {"kind": story.kind}
    since = {} if story.first_quiet is None else {"week": str(story.first_quiet.date())}
    line = rules["symptom.abandoned_novelty.left"] * story.peak
    top: dict[str, str | float] = {**named, "month": f"{story.peak_week:%Y-%m}"}
    return [
        Fact(
            "novelty_left", story.end, line, values={**named, "peak": _percent(story)}
        ),
        Fact(
            "novelty_peak",
            story.peak,
            rules["symptom.abandoned_novelty.peak"],
            values=top,
        ),
        Fact(
            "quiet_weeks",
            story.quiet_weeks,
            rules["symptom.abandoned_novelty.weeks"],
            "weeks",
            {**named, **since},
        ),
    ]


def _percent(story: Story) -> float:
    return round(100 * story.peak)


def _against(story: Story) -> list[Fact]:
    """Return what else could explain it, where the data do not rule it out."""
    if story.end > 0:
        return [Fact("some_still", story.end, values={"kind": story.kind})]
    return []


def _in_use(every: list[Story]) -> list[Fact]:
    """Return the newest kind that is still used, as proof that one can take."""
    alive = [s for s in every if s.quiet_weeks == 0]
    if not alive:
        return [Fact("no_novelty", None, None, "none")]
    best = max(alive, key=lambda story: story.end)
    return [Fact("novelty_in_use", best.end, values={"kind": best.kind})]


def _missing(scene: Scene) -> tuple[str, ...]:
    return tuple(name for name in ("activity", "record") if name not in scene.has)
