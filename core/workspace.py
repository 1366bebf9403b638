"""A workspace's figures as one person may see them.

Every figure passes here, and what the workspace's privacy hides never leaves: pages
have no other way to the data. What a row tells of whom, its SQL file's header says
(`core.models`).
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from core import privacy
from core.answers import Answers
from core.errors import GroupTooSmall, NamesHidden, NoData, NotAllowed
from core.manifest import Manifest
from core.models import SQL, Model
from core.privacy import Gate
from core.store import Store
from core.warehouse import Warehouse
from core.workspace_settings import Privacy
from core.workspace_settings import WorkspaceSettings as WorkspaceSettings

IDENTITY = ("user_id", "name", "email")
_SEES_NAMES = ("admin", "consultant", "director")
_SEES_CONTACTS = (*_SEES_NAMES, "marketing")

_OF_ALL = ("campaign", "campaign_member")
"""Objects that belong to no team: a mailing goes to the whole base."""

_warehouses: Answers[Warehouse] = Answers(6)
_frames: Answers[pd.DataFrame] = Answers(
    256, 256 * 1024 * 1024, lambda frame: int(frame.memory_usage().sum())
)
_names: Answers[dict[str, str]] = Answers(6)
_gates: dict[tuple[Path, str, int], dict[str, Gate]] = {}
_gates_lock = threading.Lock()


@dataclass(frozen=True)
class Rights:
    """What a viewer's role lets them see of persons, whatever the workspace shows.

    ``team`` is the only one whose figures they see at all; None is every team.
    """

    role: str
    can_see_names: bool
    can_see_contacts: bool
    team: str | None = None

    @classmethod
    def of(cls, role: str) -> Rights:
        """Return the rights of a role."""
        return cls(role, role in _SEES_NAMES, role in _SEES_CONTACTS)


class Workspace:
    """One workspace as one viewer sees it, at the version current when it is made."""

    def __init__(
        self,
        store: Store,
        settings: WorkspaceSettings,
        rights: Rights,
        *,
        sql: Path = SQL,
    ) -> None:
        """Look at the state that counts now; it does not change under the viewer.

        Raises NotAllowed for one team where only teams are shown: what a link to it
        shows, less what another shows of them all, would tell of the smaller teams.
        """
        self.store = store
        self.settings = settings
        self.rights = rights
        self.manifest: Manifest = store.manifest()
        self._sql = sql
        if rights.team is not None:
            if settings.privacy == "teams":
                raise NotAllowed(role=rights.role)
            # A part is a state of its own for all that keeps answers by state, and
            # licences are bought for the whole company.
            state = f"{self.manifest.state} {rights.team}"
            self.manifest = replace(self.manifest, state=state)
            self.settings = replace(settings, licences=())

    @property
    def version(self) -> int:
        """Return the number of the state; it grows at each import."""
        return self.manifest.version

    @property
    def objects(self) -> tuple[str, ...]:
        """Return the objects of which rows were imported, and may be looked at."""
        found = self.manifest.objects
        if self.rights.team is None:
            return found
        return tuple(name for name in found if name not in _OF_ALL)

    def has(self, *objects: str) -> bool:
        """Tell whether rows of every one of ``objects`` were imported."""
        return set(objects) <= set(self.objects)

    @property
    def period(self) -> tuple[date, date] | None:
        """Return the first and the last day that the data tells of."""
        return self.manifest.period

    @property
    def privacy(self) -> Privacy:
        """Return how this viewer sees employees."""
        if self.settings.privacy == "names" and not self.rights.can_see_names:
            return "pseudonyms"
        return self.settings.privacy

    def as_if(self, **decided: Any) -> Workspace:
        """Return the same state as if the administrator had ``decided`` otherwise.

        For settings that no built table depends on: rules, overrides, licences.
        """
        other = copy.copy(self)
        other.settings = replace(self.settings, **decided)
        return other

    def identifier(self, shown: str) -> str:
        """Return the user_id of whom this viewer is shown under ``shown``.

        Raises NamesHidden where only teams are shown, KeyError for nobody's.
        """
        if self.privacy == "teams":
            raise NamesHidden()
        is_named = self.privacy == "names"
        for known, pseudonym in self._names.items():
            if shown == (known if is_named else pseudonym):
                return known
        raise KeyError(shown)

    @cached_property
    def _key(self) -> tuple[Path, str]:
        return self.store.folder.resolve(), self.manifest.state

    @property
    def _warehouse(self) -> Warehouse:
        return _warehouses.get((*self._key, self._sql), self._open)

    def _open(self) -> Warehouse:
        if self.manifest.built is None:
            raise NoData(unlock="import")
        self.store.verify(self.manifest, "built")
        built = self.store.folder / self.manifest.built
        return Warehouse.open(built, sql=self._sql, team=self.rights.team)

    def answers(self, mart: str) -> bool:
        """Tell whether a mart is for this viewer: one of all teams is not for one."""
        return self._warehouse.holds(mart) or self.rights.team is None

    def query(self, mart: str, **params: object) -> pd.DataFrame:
        """Return a mart's rows as this viewer may see them; dates are datetime64.

        Raises NamesHidden for figures of single employees where teams are shown,
        NotAllowed for customers' persons that the role does not see. Figures of too few
        employees are null and ``is_suppressed``.
        """
        model = self._warehouse.model(mart)
        if model.contacts and not self.rights.can_see_contacts:
            raise NotAllowed(role=self.rights.role)
        identifiers = {columns[0] for columns in model.persons}
        asked = identifiers & params.keys()
        single = asked or identifiers & set(model.grain)
        if self.privacy == "teams" and single and model.people is None:
            raise NamesHidden(figure=mart)
        if self.privacy == "pseudonyms" and asked:
            known = {shown: identifier for identifier, shown in self._names.items()}
            params |= {name: known.get(str(params[name])) for name in asked}
        return self._kept(
            ("query", self.privacy, self.settings.k, mart),
            params,
            lambda: self._protected(model, self.derive(mart, **params)),
        )

    def derive(self, mart: str, **params: object) -> pd.DataFrame:
        """Return a mart's rows as they are, to compute other figures from.

        For modules of core only: what they hand to a page goes through `protect`,
        `by_group` or `select` first. Raises NotAllowed for figures that cannot be
        restricted to the one team that the viewer sees.
        """
        if not self.answers(mart):
            raise NotAllowed(role=self.rights.role)
        ask = self._warehouse.query
        return self._kept(
            ("derive", mart),
            params,
            lambda: ask(mart, **params).to_pandas(date_as_object=False),
        )

    def _kept(
        self,
        what: tuple[object, ...],
        params: Mapping[str, object],
        compute: Callable[[], pd.DataFrame],
    ) -> pd.DataFrame:
        key = (*self._key, self._sql, what, tuple(sorted(params.items())))
        # pandas copies on write: what a caller changes stays with the caller.
        return _frames.get(key, compute).copy(deep=False)

    @property
    def _names(self) -> dict[str, str]:
        def compute() -> dict[str, str]:
            known = map(str, self._warehouse.values("int_user", "user_id"))
            return privacy.pseudonyms(known, self.store.key())

        return _names.get((*self._key, self._sql), compute)

    def _protected(self, model: Model, frame: pd.DataFrame) -> pd.DataFrame:
        if self.privacy != "teams":
            for columns in model.persons:
                frame = self.protect(frame, columns)
            first = [columns[0] for columns in model.persons][:1]
            if self.privacy == "pseudonyms" and first and first[0] in model.grain:
                # The order of names or identifiers would tell who is who.
                frame = frame.sort_values(first, kind="stable", ignore_index=True)
            return frame if model.people is None else frame.assign(is_suppressed=False)
        for columns in model.persons:
            if model.people is not None:
                frame = frame[frame[columns[0]].isna()]
            frame = frame.assign(**dict.fromkeys(columns))
        frame = frame.assign(**dict.fromkeys(model.parts))
        if model.people is None:
            return frame
        totals = [column for column in model.grain if column not in model.groups]
        return privacy.suppress(
            frame, model.people, totals, model.groups, self.settings.k
        )

    def protect(
        self, frame: pd.DataFrame, persons: Sequence[str] = IDENTITY
    ) -> pd.DataFrame:
        """Return rows about single employees as this viewer may see them.

        ``persons`` names the columns that identify the employee, the identifier
        first: they become the pseudonym (an e-mail address becomes null), and so does
        every identifier of an employee in another column. Raises NamesHidden where only
        teams are shown.
        """
        if self.privacy == "teams":
            raise NamesHidden()
        if self.privacy == "names":
            return frame
        shown = frame[persons[0]].map(self._names)
        frame = frame.copy(deep=False)
        for column in frame.columns:
            if column in persons:
                frame[column] = None if "email" in column else shown
            elif pd.api.types.is_string_dtype(frame[column]):
                others = frame[column].map(self._names)
                frame[column] = frame[column].where(others.isna(), others)
        return frame

    def by_group(
        self,
        frame: pd.DataFrame,
        by: str,
        figures: Mapping[str, tuple[str, str]],
        *,
        person: str = "user_id",
        period: str = "",
    ) -> pd.DataFrame:
        """Return figures of the groups of persons that ``by`` makes of derived rows.

        As `privacy.by_group`; ``period`` names the time the figures cover: groups are
        compared with those shown of the same period. Nothing is suppressed where single
        employees are shown.
        """
        gate = self._gate(period) if self.privacy == "teams" else None
        return privacy.by_group(frame, by, figures, person=person, gate=gate)

    def select(
        self, frame: pd.DataFrame, *, person: str = "user_id", period: str = ""
    ) -> pd.DataFrame:
        """Return ``frame``, the derived rows a filter left, if it may be summed up.

        Raises GroupTooSmall where only teams are shown and the persons in it are too
        few, or differ by too few from a group shown of the same ``period``.
        """
        group = frame[person].dropna().unique()
        if self.privacy == "teams" and not self._gate(period).allows(group):
            raise GroupTooSmall(minimum=self.settings.k)
        return frame

    def _gate(self, period: str) -> Gate:
        key = (*self._key, self.settings.k)
        with _gates_lock:
            # A new import changes the groups: those shown before are told apart anew.
            for other in [o for o in _gates if o[0] == key[0] and o[1] != key[1]]:
                del _gates[other]
            return _gates.setdefault(key, {}).setdefault(period, Gate(self.settings.k))
