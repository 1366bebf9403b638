"""The rows of the charts that show each symptom to a sceptic.

buried_alive       weeks (0 to 12 and more since the last trace), people, narrow
                   (those who touch few objects), with ``is_suppressed``
abandoned_novelty  week, share (of the active people who use the kind), people,
                   active, kind, phase (before, peak, quiet or use), is_believed
gaulish_village    team, people, share (with the habit), is_suppressed
procrastination    month, assigned, activated (both since the start)
blunted_tool       month, attendance, habit, fitted, people, is_season, figure; and
                   the arrivals as rows of ``figure`` "arrivals": month (of
                   arrival), people, share (active in their third month)
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from core.symptoms import (
    abandoned_novelty,
    arrivals,
    blunted_tool,
    buried_alive,
    procrastination,
    weeks,
)
from core.symptoms.model import Code
from core.symptoms.scene import HOLIDAYS, Scene
from core.symptoms.series import series
from core.workspace import Workspace


def picture(workspace: Workspace, scene: Scene, code: Code) -> pd.DataFrame:
    """Return the rows that show the symptom ``code``, as this viewer may see them."""
    return _PICTURES[code](workspace, scene)


def _buried(workspace: Workspace, scene: Scene) -> pd.DataFrame:
    rows = buried_alive.silence(scene)
    limit = scene.rules["symptom.buried_alive.objects"]
    rows = rows.assign(is_narrow=rows["objects"] <= limit)
    period = f"{scene.as_of}:silence:{scene.team}"
    found = workspace.by_group(
        rows, "weeks", {"narrow": ("is_narrow", "sum")}, period=period
    )
    every = pd.DataFrame({"weeks": range(13)})
    found = every.merge(found, on="weeks", how="left")
    for name in ("people", "narrow"):
        shown = ~found["is_suppressed"].fillna(False).astype(bool)
        found[name] = found[name].where(found[name].notna() | ~shown, 0)
    hidden = found["is_suppressed"].fillna(False).astype(bool)
    return found.assign(is_suppressed=hidden)


def _novelty(workspace: Workspace, scene: Scene) -> pd.DataFrame:
    columns = ["week", "share", "people", "active", "kind", "phase", "is_believed"]
    one = abandoned_novelty.judge(scene)
    known = {story.kind: story for story in abandoned_novelty.stories(scene)}
    kind = one.subject.get("kind")
    if kind is None and known:
        kind = max(known.values(), key=lambda story: story.peak).kind
    if kind is None:
        return pd.DataFrame(columns=columns)
    story, every = known[kind], weeks.table(scene.kinds)
    share = every[kind] / every["any"].where(every["any"] > 0)
    line = scene.rules["symptom.abandoned_novelty.left"] * story.peak
    least = scene.rules["symptom.abandoned_novelty.peak"]
    start = share[share >= line].index.min()
    phase = pd.Series("use", index=every.index)
    phase[every.index < start] = "before"
    phase[share >= least] = "peak"
    if story.first_quiet is not None:
        phase[every.index >= story.first_quiet] = "quiet"
    rows = pd.DataFrame(
        {
            "week": every.index,
            "share": share.to_numpy(),
            "people": every[kind].to_numpy(),
            "active": every["any"].to_numpy(),
            "kind": kind,
            "phase": phase.to_numpy(),
            "is_believed": weeks.usual(every["any"]).to_numpy(),
        },
        columns=columns,
    )
    if workspace.privacy != "teams":
        return rows
    # A week of few people would tell of them.
    k = workspace.settings.k
    others = rows["active"] - rows["people"]
    few = rows["active"] < k
    few |= rows["people"].between(1, k - 1) | others.between(1, k - 1)
    rows.loc[few, ["share", "people", "active"]] = None
    return rows


def _gaulish(workspace: Workspace, scene: Scene) -> pd.DataFrame:
    rows = scene.judged.dropna(subset=["team"])
    found = workspace.by_group(
        rows,
        "team",
        {"habitual": ("is_habitual", "sum")},
        period=f"{scene.as_of}:habit",
    )
    share = found["habitual"].astype("float64") / found["people"].astype("float64")
    found = found.assign(share=share)[["team", "people", "share", "is_suppressed"]]
    fewest = scene.rules["symptom.gaulish_village.people"]
    large = found["is_suppressed"] | (found["people"] >= fewest)
    return found[large].sort_values(
        ["share", "team"], ascending=[False, True], ignore_index=True
    )


def _waiting(workspace: Workspace, scene: Scene) -> pd.DataFrame:
    rows = procrastination.by_month(scene)
    if workspace.privacy != "teams":
        return rows
    # Both count since the start: a month that adds few people would tell of them.
    k, kept = workspace.settings.k, {"assigned": 0, "activated": 0}
    shown = []
    for row in rows.to_dict("records"):
        steps = [int(row[name]) - kept[name] for name in kept]
        if any(0 < abs(step) < k for step in steps):
            continue
        kept = {name: int(row[name]) for name in kept}
        shown.append(row)
    return pd.DataFrame(shown, columns=rows.columns)


def _blunted(workspace: Workspace, scene: Scene) -> pd.DataFrame:
    known = series(scene).frame
    found = blunted_tool.trends(scene)
    lead = max(found, key=lambda one: one.fall, default=None)
    rows = known.assign(
        is_season=known["month"].str[-2:].isin(HOLIDAYS),
        figure=lead.figure if lead is not None else "attendance",
        fitted=None,
    )
    if lead is not None:
        told = rows["month"].isin(lead.points["month"])
        numbers = rows.loc[told, "number"]
        first, last = float(numbers.min()), float(numbers.max())
        rate = (lead.last - lead.first) / max(1.0, last - first)
        inside = rows["number"].between(first, last)
        rows["fitted"] = (lead.first + rate * (rows["number"] - first)).where(inside)
    if workspace.privacy == "teams":
        few = rows["people"] < workspace.settings.k
        rows.loc[few, ["attendance", "habit", "people"]] = None
    came = arrivals.table(scene)
    if len(came):
        shares = workspace.by_group(
            came,
            "arrived",
            {"active": ("is_active", "sum")},
            period=f"{scene.as_of}:arrivals:{scene.team}",
        )
        share = shares["active"].astype("float64") / shares["people"].astype("float64")
        more = shares.assign(month=shares["arrived"], share=share, figure="arrivals")
        rows = pd.concat([rows, more[["month", "people", "share", "figure"]]])
    return rows.reset_index(drop=True)


_PICTURES: dict[Code, Callable[[Workspace, Scene], pd.DataFrame]] = {
    "buried_alive": _buried,
    "abandoned_novelty": _novelty,
    "gaulish_village": _gaulish,
    "procrastination": _waiting,
    "blunted_tool": _blunted,
}
