"""Practices that tell whether the CRM is part of the work, beyond who comes to it.

Mails logged, entry by proxy, managers' example, breadth, completeness, freshness and
neglected opportunities. Each module reads one: figures in, a state and its reason out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from core.practices import breadth, completeness, freshness, gateway, managers, proxy
from core.practices.breadth import Breadth
from core.practices.completeness import Completeness
from core.practices.freshness import Freshness, Neglected
from core.practices.gateway import Gateway
from core.practices.managers import Managers
from core.practices.proxy import Proxy
from core.practices.reading import SEVERITY, Practice
from core.practices.reading import told as _told
from core.workspace import Workspace

CODES = (
    *("gateway", "proxy", "managers", "breadth", "completeness", "freshness"),
    "neglected",
)
"""Every practice, in the order of the page when none is worse than another."""


@dataclass(frozen=True)
class Practices:
    """All the practices of a company, or of the people chosen."""

    gateway: Gateway
    proxy: Proxy
    managers: Managers
    breadth: Breadth
    completeness: Completeness
    freshness: Freshness
    neglected: Neglected

    def of(self, code: str) -> Practice:
        """Return one practice by its code."""
        found: Practice = getattr(self, code).practice
        return found

    @property
    def ranked(self) -> tuple[Practice, ...]:
        """Every practice, the worst first.

        Of the same state, the farthest from its limit comes first, in points; then the
        order of CODES decides.
        """
        every = [self.of(code) for code in CODES]
        return tuple(
            sorted(every, key=lambda one: (SEVERITY.get(one.state, 3), -one.distance))
        )


def read(
    workspace: Workspace, as_of: date, rows: pd.DataFrame | None = None
) -> Practices:
    """Return every practice of the people in ``rows``, or of the whole company.

    ``rows`` are some of those of `core.people.everyone` at ``as_of``. Figures are not
    protected: what a page shows goes through the workspace first.
    """
    return Practices(
        gateway=gateway.read(workspace, as_of, rows),
        proxy=proxy.read(workspace, as_of, rows),
        managers=managers.read(workspace, as_of, rows),
        breadth=breadth.read(workspace, as_of, rows),
        completeness=completeness.read(workspace, as_of, rows),
        freshness=freshness.read(workspace, as_of, rows),
        neglected=freshness.neglected(workspace, as_of, rows),
    )


def told(workspace: Workspace, found: Practices) -> Practices:
    """Return the practices without what this viewer may not see.

    Where only teams are shown, a share says nothing of fewer people than the workspace
    asks for, nor does what they leave aside; records say nothing of so few holders.
    """

    def shares(one: Practice, part: int, whole: int) -> Practice:
        return _told(workspace, one, whole, part, whole - part)

    def holders(one: Practice, rows: pd.DataFrame) -> Practice:
        return _told(workspace, one, rows["owner_id"].nunique())

    proxied, led, broad = found.proxy, found.managers, found.breadth
    filled, fresh, left = found.completeness, found.freshness, found.neglected
    return replace(
        found,
        gateway=replace(
            found.gateway, practice=gateway.shown(workspace, found.gateway)
        ),
        proxy=replace(
            proxied, practice=shares(proxied.practice, proxied.carried, proxied.judged)
        ),
        managers=replace(led, practice=shares(led.practice, led.acting, led.judged)),
        breadth=replace(
            broad,
            practice=shares(broad.practice, broad.narrow, broad.judged),
            kinds=breadth.shown(workspace, broad),
        ),
        completeness=replace(filled, practice=holders(filled.practice, filled.cells)),
        freshness=replace(fresh, practice=holders(fresh.practice, fresh.rows)),
        neglected=replace(left, practice=holders(left.practice, left.by_holder)),
    )


def report(workspace: Workspace, as_of: date) -> dict[str, Any]:
    """Return ``email_gateway`` and ``practices`` of the headless report.

    ``practices`` has, for each, state, value, threshold and the figures behind it;
    ``completeness`` names the fields, worst first.
    """
    found = told(workspace, read(workspace, as_of))
    entries: dict[str, Any] = {}
    for code in CODES:
        one = found.of(code)
        entries[code] = {
            "state": one.state,
            "value": one.value,
            "threshold": one.threshold,
            "figures": dict(one.values),
        }
    entries["completeness"]["objects"] = dict(found.completeness.objects)
    fields = ["object", "field", "records", "filled", "placeholders"]
    entries["completeness"]["fields"] = _records(found.completeness.worst[fields])
    entries["completeness"]["not_exported"] = [
        f"{name}.{field}" for name, field in found.completeness.absent
    ]
    entries["freshness"]["objects"] = dict(found.freshness.objects)
    checks = found.freshness.duplicates.drop(columns="share")
    entries["freshness"]["duplicates"] = _records(
        checks.rename(columns=lambda name: name.replace("_count", "s"))
    )
    entries["breadth"]["expected"] = {
        profile or "all": list(kinds)
        for profile, kinds in found.breadth.expected.items()
    }
    return {
        "email_gateway": gateway.report(workspace, as_of),
        "practices": entries,
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    whole = dict.fromkeys(frame.select_dtypes("number"), "int64")
    rows = frame.astype(whole).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]
