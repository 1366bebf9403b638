"""Gaulish village: one or two teams adopted it so well that the others stayed out."""

from __future__ import annotations

from core.symptoms import model
from core.symptoms.model import Fact, Symptom
from core.symptoms.scene import Scene, team_shares

CODE: model.Code = "gaulish_village"
# Beliefs: how close to the lines is worth a look.
_NEAR = 0.1


def judge(scene: Scene) -> Symptom:
    """Return whether one team lives in the tool while the others stay out."""
    rules = scene.rules
    fewest = int(rules["symptom.gaulish_village.people"])
    teams = team_shares(scene.judged, "is_habitual", fewest)
    counted = Fact("teams", len(teams), rules["symptom.gaulish_village.teams"], "teams")
    if scene.is_short or len(teams) < rules["symptom.gaulish_village.teams"]:
        short = () if scene.is_short else (counted,)
        no_team = scene.people["team"].isna().all()
        return model.unknown(CODE, ("user.team",) if no_team else (), short)
    best, others = teams.iloc[0], teams.iloc[1:]
    high, low = float(best["share"]), float(others["share"].median())
    line, floor = rules["symptom.gaulish_village.best"], rules[_OTHERS]
    present = high >= line and low <= floor
    near = not present and high >= line - _NEAR and low <= floor + _NEAR
    evidence = [
        Fact("best_team", high, line, values={"team": str(best["team"])}),
        Fact("other_teams", low, floor, values={"teams": len(others)}),
    ]
    second = others[others["share"] >= line]
    if len(second):
        name = {"team": str(second.iloc[0]["team"])}
        evidence.append(
            Fact("second_team", float(second.iloc[0]["share"]), line, values=name)
        )
    counter = []
    follows = int((others["share"] > floor).sum()) - len(second)
    if present and follows > 0:
        counter.append(Fact("teams_that_follow", follows, None, "teams"))
    if not (present or near):
        evidence, counter = [], [evidence[1], evidence[0], *evidence[2:]]
    gap = min((high - line) / line, (floor - low) / max(floor, 0.01))
    return model.found(
        CODE,
        present=present,
        near=near,
        margin=gap if present else max((line - high) / line, (low - floor) / floor),
        people=int(teams["people"].sum()),
        evidence=evidence,
        counter_evidence=counter,
        subject={"team": str(best["team"])} if present else {},
    )


_OTHERS = "symptom.gaulish_village.others"
