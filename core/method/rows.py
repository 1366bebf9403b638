"""Which objects' rows a figure uses, and what became of them in a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.method.figures import FIGURES
from core.workspace import Workspace

ACTED = ("account", "contact", "activity", "opportunity", "campaign", "record")
_FUNNEL = ("campaign", "campaign_member", "contact")
OBJECTS: Mapping[str, tuple[str, ...]] = {
    "login_days": ("login", "user"),
    "active_days": ("login", *ACTED),
    "expected_days": ("user", "absence"),
    "actions": ACTED,
    "idle_days": ("login", *ACTED),
    "evolution": ("login", *ACTED),
    "states": ("user", "login", *ACTED),
    "programs": ("user", "login", *ACTED),
    "profiles": ("user", "login", *ACTED),
    "verdicts": ("user", "login", *ACTED),
    "usual_range": ("user", "login", *ACTED),
    "company_verdict": ("user", "login", *ACTED),
    "ladder": ("user", "login", *ACTED),
    "habitual": ("user", "login", *ACTED),
    "pyramid": ("account", "contact", "activity", "user"),
    "shapes": ("account", "contact", "activity"),
    "missing_calls": ("contact", "activity"),
    "base": _FUNNEL,
    **dict.fromkeys(
        (
            *("targeted", "bounced", "delivered", "opted_out", "opened"),
            "complained",
            *("clicked", "converted", "rates"),
        ),
        _FUNNEL[:2],
    ),
    "roi": ("campaign", "opportunity"),
}
"""The objects whose rows each figure uses; the others use none, or all."""


@dataclass(frozen=True)
class Rows:
    """What became of the rows of one object, all imports together."""

    object: str
    read: int
    kept: int
    rejected: int


def rows(workspace: Workspace, code: str) -> tuple[Rows, ...]:
    """Return the rows of the objects that a figure uses; ``rows`` itself uses all."""
    figure = FIGURES.get(code)
    own = figure.objects if figure else ()
    asked = workspace.objects if code == "rows" else own or OBJECTS.get(code, ())
    found = []
    for name in asked:
        reports = [
            report
            for record in workspace.manifest.imports
            for report in record.reports
            if report.object == name
        ]
        if reports:
            read, kept, rejected = (
                sum(getattr(report, f"rows_{what}") for report in reports)
                for what in ("read", "kept", "rejected")
            )
            found.append(Rows(name, read, kept, rejected))
    return tuple(found)
