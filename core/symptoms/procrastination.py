"""Procrastination: never really launched; licences wait, go-live is always later."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from core.symptoms import model
from core.symptoms.model import Fact, Symptom
from core.symptoms.scene import Scene, share, team_shares

CODE: model.Code = "procrastination"
# Beliefs. An account opened this long before the first known trace may have been used
# before it. Shares this close to a line are worth a look.
UNKNOWN_DAYS = 60
_NEAR = 0.1


def licences(scene: Scene) -> pd.DataFrame:
    """Return the open licences assigned long enough ago, one row a person.

    Adds ``is_unknown``: whether the person may have used it before the data begin.
    """
    days = int(scene.rules["symptom.procrastination.assigned"])
    limit = pd.Timestamp(scene.as_of - timedelta(days=days))
    made = pd.to_datetime(scene.people["created_day"])
    rows = scene.people[scene.people["is_member"] & ~(made > limit)]
    if scene.knows_last_login or scene.known.oldest is None:
        return rows.assign(is_unknown=False)
    begin = pd.Timestamp(scene.known.oldest) - pd.Timedelta(days=UNKNOWN_DAYS)
    early = pd.to_datetime(rows["created_day"]) < begin
    return rows.assign(is_unknown=early & ~rows["is_activated"])


def judge(scene: Scene) -> Symptom:
    """Return whether the licences wait for a go-live that does not come."""
    rules = scene.rules
    rows = licences(scene)
    if "user" not in scene.has:
        return model.unknown(CODE, ("user",))
    known = rows[~rows["is_unknown"]]
    most = rules["symptom.procrastination.unknown"]
    unknown = share(int(rows["is_unknown"].sum()), len(rows)) or 0.0
    if _is_short(scene) or len(known) < scene.fewest or unknown > most:
        facts = [Fact("unknown_before", unknown, most)] if unknown else []
        missing = ("user.last_login_at",) if unknown else ()
        return model.unknown(CODE, missing, facts)
    limit = rules["symptom.procrastination.activated"]
    line = rules["symptom.procrastination.best_team"]
    used = float(known["is_activated"].mean())
    best = _best(scene, known)
    present = used < limit and (best is None or best[1] <= line)
    near = not present and used < limit + _NEAR and (best is None or best[1] <= line)
    size: dict[str, str | float] = {
        "people": len(known),
        "waiting": int((~known["is_activated"]).sum()),
        "days": rules["symptom.procrastination.assigned"],
    }
    evidence = [Fact("activated", used, limit, values=size)]
    counter: list[Fact] = []
    if best is not None:
        fact = Fact("best_activated", best[1], line, values={"team": best[0]})
        (evidence if best[1] <= line else counter).append(fact)
    doubts = int(unknown > 0)
    if unknown:
        counter.append(Fact("unknown_before", unknown))
    if scene.creations:
        imported = scene.imported / scene.creations
        mostly = rules["symptom.procrastination.imported"]
        fact = Fact("imported", imported, mostly)
        (evidence if imported > mostly else counter).append(fact)
        doubts += int(imported <= mostly)
    if not (present or near):
        evidence, counter = [], [*evidence, *counter]
    return model.found(
        CODE,
        present=present,
        near=near,
        margin=abs(limit - used) / limit,
        people=len(known),
        doubts=doubts,
        evidence=evidence,
        counter_evidence=counter,
    )


def _is_short(scene: Scene) -> bool:
    """Tell whether even records and programs go back too little."""
    return scene.known.since_oldest(scene.as_of) < scene.rules["symptom.months"]


def _best(scene: Scene, rows: pd.DataFrame) -> tuple[str, float] | None:
    if scene.team is not None:
        return None
    teams = team_shares(rows, "is_activated", scene.fewest)
    if not len(teams):
        return None
    return str(teams.iloc[0]["team"]), float(teams.iloc[0]["share"])


def by_month(scene: Scene) -> pd.DataFrame:
    """Return the open licences by month: how many are assigned, how many ever used.

    Columns: month, assigned, activated (both added up from the start; a person counts
    as activated from the month of the first trace known, or of the assignment when only
    a last login tells of it).
    """
    rows = scene.people[scene.people["is_member"]]
    made = pd.to_datetime(rows["created_day"])
    first = pd.to_datetime(rows["first_day"])
    first = first.fillna(made.where(rows["is_activated"]))
    dated = made.fillna(first)
    begin = dated.min()
    if not dated.notna().any():
        return pd.DataFrame({"month": [], "assigned": [], "activated": []})
    end = pd.Timestamp(scene.as_of)
    start = max(begin, end - pd.DateOffset(months=24))
    found = []
    for period in pd.period_range(start, end, freq="M"):
        last = min(period.end_time, end + pd.Timedelta(hours=23))
        found.append(
            {
                "month": str(period),
                "assigned": int((dated <= last).sum()),
                "activated": int((first <= last).sum()),
            }
        )
    return pd.DataFrame(found)
