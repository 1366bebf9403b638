"""What stays of a workshop: its rounds, counted, in the version of the scorecard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.accounts.database import reading
from core.accounts.models import FeatureRow, FeatureVersion
from core.errors import NoData
from core.score_usage import KEYS, Spread
from core.workshops.model import Round


@dataclass(frozen=True)
class Result:
    """A workshop that made version ``number`` of a scorecard, ``at`` in seconds."""

    number: int
    at: int
    who: str
    rounds: tuple[Round, ...]


def written(rounds: Sequence[Round]) -> dict[str, Any]:
    """Return rounds as values that JSON holds."""
    return {
        "rounds": [
            {
                "people": one.people,
                "changed": one.changed,
                "counts": {key: list(one.spreads[key].counts) for key in KEYS},
            }
            for one in rounds
        ]
    }


def read(content: dict[str, Any]) -> tuple[Round, ...]:
    """Return the rounds that a version holds; none when no workshop made it."""
    entries = content.get("workshop", {}).get("rounds", ())
    return tuple(
        Round(
            number=place,
            spreads={key: Spread.of(entry["counts"][key]) for key in KEYS},
            people=entry["people"],
            changed=entry["changed"],
        )
        for place, entry in enumerate(entries, start=1)
    )


def of_feature(workspace_id: str, feature_id: str) -> list[Result]:
    """Return the workshops that a scorecard was given, the latest first."""
    query = (
        select(FeatureVersion)
        .where(FeatureVersion.feature_id == feature_id)
        .order_by(FeatureVersion.number.desc())
    )
    with reading() as session:
        feature = session.get(FeatureRow, feature_id)
        if feature is None or feature.workspace_id != workspace_id:
            raise NoData(unlock="score")
        return [
            Result(row.number, row.at, row.who, found)
            for row in session.scalars(query)
            if (found := read(row.content))
        ]
