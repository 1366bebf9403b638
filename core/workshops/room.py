"""What a facilitator does: open a workshop, freeze, vote again, conclude.

Every act names the workspace it belongs to: a workshop of another one raises NoData, as
if there were none. Concluding deletes who took part and what each answered; the counts
by criterion and round stay in the version of the scorecard.
"""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session

from core.accounts import audit
from core.accounts.database import now, reading, writing
from core.accounts.models import (
    FeatureAnswer,
    FeatureRow,
    FeatureVersion,
    WorkshopAnswer,
    WorkshopRow,
)
from core.accounts.people import token_digest
from core.errors import InvalidSetting, NoData
from core.rules import RULES, Rules
from core.score_usage import KEYS
from core.scorecards import rows as score_rows
from core.workshops import links, results, rows
from core.workshops.agreement import retained
from core.workshops.model import MOST_ROUNDS, Round, Standing, Terms, Workshop

_DAY = 86400


class Rooms:
    """The workshops of a workspace, run as ``who``."""

    def __init__(self, workspace_id: str, who: str) -> None:
        """Name the workspace; nothing is read yet."""
        self.workspace_id, self.who = workspace_id, who

    def _row(
        self, session: Session, workshop_id: str, *, to_change: bool = False
    ) -> WorkshopRow:
        row = session.get(WorkshopRow, workshop_id, with_for_update=to_change or None)
        if row is None or row.workspace_id != self.workspace_id:
            raise NoData(unlock="score")
        return row

    def _feature(self, session: Session, feature_id: str) -> FeatureRow:
        row = session.get(FeatureRow, feature_id)
        if row is None or row.workspace_id != self.workspace_id:
            raise NoData(unlock="score")
        return row

    def _note(self, session: Session, what: str, row: WorkshopRow, **more: Any) -> None:
        audit.add(
            session,
            self.who,
            f"workshop_{what}",
            self.workspace_id,
            workshop=row.workshop_id,
            feature=row.feature_id,
            **more,
        )

    # Reading

    def running(self, feature_id: str) -> Workshop | None:
        """Return the workshop of a scorecard that is not concluded, if there is one."""
        query = (
            select(WorkshopRow)
            .where(
                WorkshopRow.feature_id == feature_id,
                WorkshopRow.workspace_id == self.workspace_id,
                WorkshopRow.phase != "closed",
            )
            .order_by(WorkshopRow.opened_at.desc())
            .limit(1)
        )
        with reading() as session:
            row = session.scalars(query).first()
            return rows.workshop(row) if row else None

    def standing(self, workshop_id: str) -> Standing:
        """Return who takes part and the answers of each round."""
        with reading() as session:
            return rows.standing(session, self._row(session, workshop_id))

    def token(self, workshop_id: str) -> str | None:
        """Return the secret of the link, None when there is none to show."""
        with reading() as session:
            return links.shown(self._row(session, workshop_id))

    # Acts

    def open(self, feature_id: str, terms: Terms, rules: Rules) -> str:
        """Open a workshop on a scorecard; return its identifier."""
        for code, value in (
            ("score.workshop.hours", terms.hours),
            ("score.workshop.people", terms.most_people),
        ):
            if not RULES[code].low <= value <= RULES[code].high:
                raise InvalidSetting(setting=code, value=value)
        if self.running(feature_id) is not None:
            raise InvalidSetting(setting="workshop_running", value="")
        workshop_id, moment = uuid.uuid4().hex, now()
        row = WorkshopRow(
            workshop_id=workshop_id,
            feature_id=feature_id,
            workspace_id=self.workspace_id,
            token_digest=token_digest(links.token_of(workshop_id, 1)),
            link_number=1,
            phase="open",
            round_number=1,
            is_named=terms.is_named,
            is_hidden=terms.is_hidden,
            most_people=terms.most_people,
            opened_at=moment,
            expires_at=moment + terms.hours * 3600,
            forget_at=moment + int(rules["score.workshop.kept"]) * _DAY,
            version=None,
        )
        with writing() as session:
            self._feature(session, feature_id)
            session.add(row)
            session.flush()
            self._note(session, "open", row)
        return workshop_id

    def freeze(self, workshop_id: str) -> None:
        """End the round: nobody's answer changes any more."""
        with writing() as session:
            row = self._row(session, workshop_id, to_change=True)
            if row.phase == "open":
                row.phase = "frozen"
                self._note(session, "freeze", row, round=row.round_number)

    def vote_again(self, workshop_id: str) -> None:
        """Begin a new round, which starts from everybody's answers of the last one."""
        with writing() as session:
            row = self._row(session, workshop_id, to_change=True)
            if row.phase != "frozen" or row.expires_at <= now():
                return
            if row.round_number >= MOST_ROUNDS:
                raise InvalidSetting(setting="workshop_rounds", value=MOST_ROUNDS)
            columns = ("workshop_id", "person_id", "criterion", "value")
            kept = [getattr(WorkshopAnswer, name) for name in columns]
            last = select(literal(row.round_number + 1), *kept).where(
                WorkshopAnswer.workshop_id == workshop_id,
                WorkshopAnswer.round_number == row.round_number,
            )
            session.execute(
                insert(WorkshopAnswer).from_select(["round_number", *columns], last)
            )
            row.round_number += 1
            row.phase = "open"
            self._note(session, "vote_again", row, round=row.round_number)

    def take_link_back(self, workshop_id: str) -> None:
        """Make the link open nothing; what was answered stays."""
        with writing() as session:
            row = self._row(session, workshop_id, to_change=True)
            row.token_digest = None
            self._note(session, "link_back", row)

    def new_link(self, workshop_id: str) -> None:
        """Make another link; phones that took part are recognised behind it."""
        with writing() as session:
            row = self._row(session, workshop_id, to_change=True)
            if row.phase == "closed":
                return
            row.link_number += 1
            token = links.token_of(workshop_id, row.link_number)
            row.token_digest = token_digest(token)
            self._note(session, "link_new", row)

    def give_up(self, workshop_id: str) -> None:
        """End a workshop and keep nothing of it."""
        with writing() as session:
            row = self._row(session, workshop_id, to_change=True)
            self._end(session, row)
            self._note(session, "give_up", row)

    def conclude(self, workshop_id: str, words: str, language: str) -> int | None:
        """Make the room's answers those of the scorecard, and keep them as a version.

        A criterion that nobody answered keeps the answer it had. Return the version's
        number; None for a workshop without an answer, which stays as it is.
        """
        with writing() as session:
            row = self._row(session, workshop_id, to_change=True)
            found = rows.rounds(session, workshop_id, row.round_number)
            if row.phase == "closed" or not found[-1].answers:
                return row.version
            feature = self._feature(session, row.feature_id)
            self._take(session, row.feature_id, found[-1])
            feature.changed_at = now()
            session.flush()
            session.expire_all()
            sheet = score_rows.cards(session, [feature], language)[0].sheet
            latest = select(func.max(FeatureVersion.number)).where(
                FeatureVersion.feature_id == row.feature_id
            )
            number = (session.scalar(latest) or 0) + 1
            version = score_rows.version_row(
                row.feature_id, number, self.who, words, sheet, now()
            )
            version.content = {**version.content, "workshop": results.written(found)}
            session.add(version)
            row.version = number
            self._end(session, row)
            self._note(
                session, "conclude", row, version=number, people=found[-1].people
            )
        return number

    def _take(self, session: Session, feature_id: str, last: Round) -> None:
        for key in KEYS:
            value = retained(last.spreads[key].counts)
            if value is not None:
                session.execute(
                    update(FeatureAnswer)
                    .where(
                        FeatureAnswer.feature_id == feature_id,
                        FeatureAnswer.criterion == key,
                    )
                    .values(value=value, who=self.who, at=now())
                )

    def _end(self, session: Session, row: WorkshopRow) -> None:
        row.phase = "closed"
        rows.forget(session, row.workshop_id)


def sweep() -> None:
    """Forget who took part in workshops that nobody concluded in time."""
    due = select(WorkshopRow).where(
        WorkshopRow.phase != "closed", WorkshopRow.forget_at <= now()
    )
    with writing() as session:
        for row in session.scalars(due).all():
            row.phase = "closed"
            rows.forget(session, row.workshop_id)
            audit.add(
                session,
                "aplomb",
                "workshop_forget",
                row.workspace_id,
                workshop=row.workshop_id,
            )
