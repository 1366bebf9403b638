"""Buried alive: shrunk to an address book, last logins weeks old.

Two ways to be so. Most people who once used the tool no longer come, and no team
thrives (that would be a Gaulish village). Or they do come, but most touch two objects
at most and the calls are not there.
"""

from __future__ import annotations

import pandas as pd

from core.symptoms import model
from core.symptoms.model import Fact, Symptom
from core.symptoms.scene import (
    FEWEST_KINDS,
    Scene,
    share,
    team_shares,
)

CODE: model.Code = "buried_alive"
# Beliefs: how close to a line is worth a look.
_NEAR = 0.1


def judge(scene: Scene) -> Symptom:
    """Return whether the tool is buried alive."""
    rules = scene.rules
    people = scene.judged[scene.judged["is_activated"]]
    if scene.is_short or len(people) < scene.fewest:
        return model.unknown(CODE, _missing(scene))
    days = scene.active_days * (2 if scene.in_season else 1)
    active = people[people["days_silent"] < days]
    limit = rules["symptom.buried_alive.active"]
    seen = share(len(active), len(people)) or 0.0
    thriving, launched = _thriving(scene), _launched(scene)
    gone = seen < limit and thriving is None and launched
    narrow, doubts = _narrow(scene, active) if launched else (None, 0)
    is_narrow = narrow is not None and narrow.present
    present = gone or is_narrow
    evidence, counter = _facts(scene, people, seen, limit, days, thriving)
    if narrow is not None:
        (evidence if narrow.present else counter).extend(narrow.facts)
        if narrow.present and not gone:
            # The narrow use decides: it is told first.
            evidence[:] = [*narrow.facts, *[f for f in evidence if f.figure == "usual"]]
    margin = (limit - seen) / limit if gone else (seen - limit) / limit
    if not gone and is_narrow and narrow is not None:
        margin = narrow.margin
    near = not present and (
        (seen < limit + _NEAR and thriving is None and launched)
        or (narrow is not None and narrow.near)
    )
    if not (present or near):
        counter, evidence = [*evidence, *counter], []
    return model.found(
        CODE,
        present=present,
        near=near,
        margin=margin,
        people=len(people),
        # Without a user export, some of the silent may have left.
        doubts=int("user" not in scene.has) + (0 if gone else doubts),
        evidence=evidence,
        counter_evidence=counter,
        missing=_missing(scene) if narrow is None or "user" not in scene.has else (),
    )


class _Narrow:
    """The second way: people come, but touch little and call nobody."""

    def __init__(self, scene: Scene, wide: float, per_contact: float, size: int):
        rules = scene.rules
        limit = rules["symptom.buried_alive.narrow"]
        calls = rules["symptom.buried_alive.calls"]
        most = rules["symptom.buried_alive.objects"]
        self.present = wide > limit and per_contact < calls
        self.near = (wide > limit - 0.1 and per_contact < calls) or (
            wide > limit and per_contact < 1.2 * calls
        )
        self.margin = min((wide - limit) / max(limit, 0.01), 1 - per_contact / calls)
        self.facts = [
            Fact("narrow", wide, limit, values={"objects": most, "people": size}),
            Fact("calls_per_contact", per_contact, calls, "ratio"),
        ]


def _narrow(scene: Scene, active: pd.DataFrame) -> tuple[_Narrow | None, int]:
    """Return the second way, None when the exports cannot tell; and its doubts."""
    row = scene.pyramid
    if (
        row is None
        or not {"account", "contact", "activity"} <= scene.has
        or row.get("shape") in (None, "inverted")
        or scene.object_kinds < FEWEST_KINDS
        or not scene.known.acts(scene.as_of)
        or len(active) < scene.fewest
    ):
        return None, 0
    per_contact = float(str(row["calls_per_contact"]))
    few = active["objects"] <= scene.rules["symptom.buried_alive.objects"]
    doubts = int(float(str(row.get("months_observed") or 0)) < 6)
    return _Narrow(scene, float(few.mean()), per_contact, len(active)), doubts


def _thriving(scene: Scene) -> tuple[str, float] | None:
    """Return the best team if it thrives: a Gaulish village is not buried."""
    if scene.team is not None:
        return None
    fewest = int(scene.rules["symptom.gaulish_village.people"])
    teams = team_shares(scene.judged, "is_habitual", fewest)
    if not len(teams):
        return None
    best = teams.iloc[0]
    if best["share"] < scene.rules["symptom.gaulish_village.best"]:
        return None
    return str(best["team"]), float(best["share"])


def _launched(scene: Scene) -> bool:
    """Tell whether the tool ever lived; else it is procrastination."""
    limit = scene.rules["symptom.procrastination.activated"]
    return float(scene.judged["is_activated"].mean()) >= limit


def _facts(
    scene: Scene,
    people: pd.DataFrame,
    seen: float,
    limit: float,
    days: int,
    thriving: tuple[str, float] | None,
) -> tuple[list[Fact], list[Fact]]:
    size: dict[str, str | float] = {"people": len(people), "days": days}
    lead = Fact("active", seen, limit, values=size)
    habit = Fact("usual", float(people["is_habitual"].mean()), values=dict(size))
    silent = people["days_silent"].median()
    facts = [lead]
    if not pd.isna(silent):
        facts.append(Fact("silence", float(silent), None, "calendar_days"))
    facts.append(habit)
    counter = []
    if thriving is not None:
        counter.append(Fact("thriving_team", thriving[1], values={"team": thriving[0]}))
    return facts, counter


def _missing(scene: Scene) -> tuple[str, ...]:
    asked = ("user", "login", "activity", "account", "contact")
    return tuple(name for name in asked if name not in scene.has)


def silence(scene: Scene) -> pd.DataFrame:
    """Return how long ago each activated person left a trace, and what they touch.

    Columns: user_id, team, weeks (since the last trace, 12 for more), objects.
    """
    people = scene.judged[scene.judged["is_activated"]]
    weeks = (people["days_silent"] // 7).clip(0, 12)
    return people.assign(weeks=weeks)[["user_id", "team", "weeks", "objects"]]
