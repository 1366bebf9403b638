"""The people and groups that a project depends on: who they are, where they stood.

Only administrators and consultants may look here: pages ask `core.questionnaire.rights`
first, and the journal holds identifiers only.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.accounts import database
from core.accounts.questionnaire_tables import PlacementRow, StakeholderRow
from core.errors import InvalidSetting
from core.questionnaire.keeping import Keeping
from core.questionnaire.model import Placement, Stakeholder, clean, department

KINDS = ("person", "group")
HIGHEST = 3
INFLUENCES = (1, 2, 3)


def _within(value: int, low: int) -> int:
    if not low <= value <= HIGHEST:
        raise InvalidSetting(setting="audit_place", value=value)
    return value


class Circle(Keeping):
    """The stakeholders of one workspace; every method keeps to its rows."""

    def everyone(self) -> list[Stakeholder]:
        """Return the stakeholders, in order of their names."""
        people = select(StakeholderRow).where(
            StakeholderRow.workspace_id == self.workspace_id
        )
        places = (
            select(PlacementRow)
            .join(
                StakeholderRow,
                StakeholderRow.stakeholder_id == PlacementRow.stakeholder_id,
            )
            .where(StakeholderRow.workspace_id == self.workspace_id)
            .order_by(PlacementRow.held_on, PlacementRow.number)
        )
        with self._reading() as session:
            stood: dict[str, list[Placement]] = {}
            for row in session.scalars(places):
                day = date.fromisoformat(row.held_on)
                stood.setdefault(row.stakeholder_id, []).append(
                    Placement(row.support, row.opposition, day)
                )
            return [
                Stakeholder(
                    *(r.stakeholder_id, r.name, r.kind, r.department, r.influence),
                    tuple(stood.get(r.stakeholder_id, ())),
                )
                for r in session.scalars(people.order_by(StakeholderRow.name))
            ]

    def _owned(self, session: Session, stakeholder_id: str) -> StakeholderRow:
        row = session.get(StakeholderRow, stakeholder_id)
        if row is None or row.workspace_id != self.workspace_id:
            raise InvalidSetting(setting="audit_stakeholder", value="")
        return row

    def add(
        self,
        who: str,
        name: str,
        kind: str,
        of: str,
        influence: int,
        place: Placement,
    ) -> str:
        """Add somebody, ``of`` a department, where they stand; return an identifier."""
        found = uuid.uuid4().hex
        if kind not in KINDS:
            raise InvalidSetting(setting="audit_stakeholder", value=kind[:40])
        with self._writing() as session:
            self._bounded(session, StakeholderRow)
            session.add(
                StakeholderRow(
                    stakeholder_id=found,
                    workspace_id=self.workspace_id,
                    name=clean(name, 80, "audit_stakeholder"),
                    kind=kind,
                    department=department(of),
                    influence=_within(influence, INFLUENCES[0]),
                    who=who,
                )
            )
            session.flush()
            session.add(self._placed(who, found, place))
            self._tell(session, who, "audit_stakeholder", stakeholder=found)
        return found

    def place(self, who: str, stakeholder_id: str, place: Placement) -> None:
        """Say where somebody stands from a day on; a second time that day corrects."""
        with self._writing() as session:
            self._owned(session, stakeholder_id)
            session.execute(
                delete(PlacementRow).where(
                    PlacementRow.stakeholder_id == stakeholder_id,
                    PlacementRow.held_on == place.held_on.isoformat(),
                )
            )
            session.add(self._placed(who, stakeholder_id, place))
            self._tell(session, who, "audit_placement", stakeholder=stakeholder_id)

    def _placed(self, who: str, stakeholder_id: str, place: Placement) -> PlacementRow:
        return PlacementRow(
            stakeholder_id=stakeholder_id,
            support=_within(place.support, 0),
            opposition=_within(place.opposition, 0),
            held_on=place.held_on.isoformat(),
            who=who,
            at=database.now(),
        )

    def change(self, who: str, stakeholder_id: str, **changed: Any) -> None:
        """Change name, department (``of``) or influence of somebody."""
        with self._writing() as session:
            row = self._owned(session, stakeholder_id)
            if "name" in changed:
                row.name = clean(str(changed["name"]), 80, "audit_stakeholder")
            if "of" in changed:
                row.department = department(str(changed["of"]))
            if "influence" in changed:
                row.influence = _within(int(changed["influence"]), INFLUENCES[0])
            self._tell(session, who, "audit_stakeholder", stakeholder=stakeholder_id)

    def remove(self, who: str, stakeholder_id: str) -> None:
        """Forget somebody and wherever they stood, for good."""
        with self._writing() as session:
            row = self._owned(session, stakeholder_id)
            session.execute(
                delete(PlacementRow).where(
                    PlacementRow.stakeholder_id == stakeholder_id
                )
            )
            session.delete(row)
            self._tell(
                session, who, "audit_stakeholder_gone", stakeholder=row.stakeholder_id
            )
