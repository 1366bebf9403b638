"""What a board of scorecards returns."""

from __future__ import annotations

from dataclasses import dataclass

from core.score_usage import Sheet


@dataclass(frozen=True)
class Scorecard:
    """A feature with its scorecard as it stands now; moments are seconds since 1970."""

    feature_id: str
    sheet: Sheet
    is_archived: bool
    changed_at: int
    version_count: int


@dataclass(frozen=True)
class KeptMark:
    """The mark of a version kept, None when answers were missing."""

    number: int
    at: int
    mark: float | None


@dataclass(frozen=True)
class Version:
    """A scorecard as somebody kept it; ``number`` starts at 1."""

    number: int
    at: int
    who: str
    words: str
    sheet: Sheet
