"""Reading the scorecards of one workspace, as they stand and as they were kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import audit
from core.accounts.database import now
from core.accounts.models import FeatureRow, FeatureVersion
from core.errors import NoData
from core.scorecards import rows
from core.scorecards.model import KeptMark, Scorecard, Version
from core.scorecards.places import SHARED, Place


class Reader:
    """What is read of a board, and what its writing begins with."""

    def __init__(
        self, workspace_id: str, who: str, language: str, place: Place = SHARED
    ) -> None:
        """Open the board; nothing is read yet."""
        self.workspace_id, self.who, self.language = workspace_id, who, language
        self._place = place

    def _row(self, session: Session, feature_id: str) -> FeatureRow:
        row = session.get(FeatureRow, feature_id)
        if row is None or row.workspace_id != self.workspace_id:
            raise NoData(unlock="score")
        return row

    def _note(self, session: Session, what: str, feature_id: str, **more: Any) -> None:
        audit.add(
            session, self.who, what, self.workspace_id, feature=feature_id, **more
        )

    def _changed(self, session: Session, feature_id: str) -> FeatureRow:
        """Return the feature, marked as changed now."""
        row = self._row(session, feature_id)
        row.changed_at = now()
        return row

    # Reading

    def cards(self, *, archived: bool = False) -> list[Scorecard]:
        """Return the scorecards, the latest changed first."""
        query = select(FeatureRow).where(
            FeatureRow.workspace_id == self.workspace_id,
            FeatureRow.is_archived.is_(archived),
        )
        with self._place.reading() as session:
            features = list(session.scalars(query))
            return rows.cards(session, features, self.language)

    def card(self, feature_id: str) -> Scorecard:
        """Return one scorecard."""
        with self._place.reading() as session:
            row = self._row(session, feature_id)
            return rows.cards(session, [row], self.language)[0]

    def versions(self, feature_id: str) -> list[Version]:
        """Return the versions kept of a scorecard, the latest first."""
        query = (
            select(FeatureVersion)
            .where(FeatureVersion.feature_id == feature_id)
            .order_by(FeatureVersion.number.desc())
        )
        with self._place.reading() as session:
            self._row(session, feature_id)
            return [rows.version(row) for row in session.scalars(query)]

    def marks(self) -> dict[str, list[KeptMark]]:
        """Return the marks kept of each feature, the earliest first."""
        query = (
            select(FeatureVersion)
            .join(FeatureRow, FeatureRow.feature_id == FeatureVersion.feature_id)
            .where(FeatureRow.workspace_id == self.workspace_id)
            .order_by(FeatureVersion.number)
        )
        found: dict[str, list[KeptMark]] = {}
        with self._place.reading() as session:
            for row in session.scalars(query):
                kept = KeptMark(row.number, row.at, row.mark)
                found.setdefault(row.feature_id, []).append(kept)
        return found
