"""Which CRM wrote a file, and what its rows are.

Every kind of file that some vendor writes is tried: its name, then its set of columns.
Words that mean several things (Name, Type, Status, Date, Email, Id) count for nothing
until the object is known. Nothing is ever matched by likeness of spelling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.sources.bindings import Plan, bind
from core.sources.model import Choices
from core.sources.objects import objects
from core.sources.vendor import (
    GENERIC,
    Kind,
    Vendor,
    key,
    known_headers,
    spaced,
    vendors,
)

# What people and tools add to the name of an export; it says nothing of its content.
NOISE = re.compile(
    r"\b(\d+|export|exports|extract|extraction|data|csv|xlsx?|sf|salesforce|hubspot|crm"
    r"|pipedrive|dynamics|brevo|mailchimp|fr|en|fivetran|seed|copy|copie|utf8|all|tous"
    r"|toutes|report|rapport|liste?|v\d+|final|we|windows|du|de|des|au|et|[0-9a-f]{10,})\b"
)
NAME_POINTS = 100
HEADER_POINTS = 60
SIGN_POINTS = 30


@dataclass(frozen=True)
class Candidate:
    """One way to understand a file; ``why`` are codes under ``why.``."""

    points: float
    plan: Plan
    why: tuple[str, ...]


def score(cells: Sequence[str]) -> int:
    """Count the cells of a row that are headers some export is known by."""
    known = known_headers()
    found = 0
    for cell in cells:
        text = cell if len(cell) < 200 else ""
        found += any(
            vendor.key(text) in known for vendor in (vendors()[GENERIC], *_prefixed())
        )
    return found


def _prefixed() -> list[Vendor]:
    """Return the vendors whose headers may carry a prefix."""
    return [vendor for vendor in vendors().values() if vendor.prefixes]


def stem(label: str) -> str:
    """Return the words of a file's own name, without folders, archive and extension.

    >>> stem("export.zip › granular_activity/opens/Rentrée.csv")
    'granular activity opens rentree'
    """
    return spaced(str(_bare(label)))


def _bare(label: str) -> PurePosixPath:
    """Return the path of a file inside its archive, without its extension."""
    path = PurePosixPath(label.split("›")[-1].strip().replace("\\", "/"))
    while path.suffix and len(path.suffix) <= 5 and not path.suffix[1:].isdigit():
        path = path.with_suffix("")
    return path


def _named(kind: Kind, name: str) -> float:
    """Return the points for the file's name: all of it, or words of it."""
    bare = " ".join(NOISE.sub(" ", name).split())
    best = 0.0
    for pattern in kind.names:
        if pattern.fullmatch(name) or (bare and pattern.fullmatch(bare)):
            return float(NAME_POINTS)
        found = pattern.search(name)
        if found:
            best = max(best, 12 + min(len(found.group(0)), 20) / 2)
    return best


def candidates(header: Sequence[str], label: str) -> list[Candidate]:
    """Return the ways to understand a file, the most likely first."""
    name = stem(label)
    found: list[Candidate] = []
    for vendor in vendors().values():
        keys = {vendor.key(text) for text in header}
        signed = any(sign <= keys for sign in vendor.signs)
        for kind in vendor.kinds:
            named = _named(kind, name)
            sets = [len(known) for known in kind.headers if known <= keys]
            if not named and not sets:
                continue
            plan = bind(header, vendor, kind, objects()[kind.object])
            if not plan.satisfied:
                continue
            columns = sum(1 for field in plan.fields if field)
            points = named + columns + 2 * len(plan.sources)
            points += (HEADER_POINTS + 5 * max(sets)) if sets else 0
            if vendor.name != GENERIC:
                points += SIGN_POINTS if signed else 0 if sets else -SIGN_POINTS
            why = [
                code
                for code, seen in (
                    ("file_name", named),
                    ("columns", sets),
                    ("vendor_columns", signed),
                )
                if seen
            ]
            found.append(Candidate(points, plan, tuple(why)))
    return sorted(found, key=lambda one: -one.points)


def vendor_of(header: Sequence[str]) -> Vendor:
    """Return the vendor whose signs a header carries, else the generic one."""
    for vendor in vendors().values():
        keys = {vendor.key(text) for text in header}
        if any(sign <= keys for sign in vendor.signs):
            return vendor
    return vendors()[GENERIC]


def guesses(header: Sequence[str]) -> list[Candidate]:
    """Return the objects an unknown file could be, by the columns each would fill."""
    vendor = vendor_of(header)
    found = []
    for target in objects().values():
        plan = bind(header, vendor, None, target)
        if plan.satisfied and len(plan.sources) > 1:
            found.append(Candidate(len(plan.sources), plan, ("guess",)))
    return sorted(found, key=lambda one: -one.points)


def is_skipped(header: Sequence[str], label: str, sheet: str | None) -> bool:
    """Tell whether a file is one that its vendor writes and that says nothing here."""
    name = spaced(_bare(label).name)
    names = {key(name), key(NOISE.sub(" ", name))}
    hidden = any(sheet in one.sheets for one in vendors().values())
    patterns = vendor_of(header).skip
    return hidden or any(p.fullmatch(one) for p in patterns for one in names)


def chosen(header: Sequence[str], label: str, choices: Choices, reason: str) -> Plan:
    """Return the plan for a file whose object a person decided."""
    target = objects()[choices.object or ""]
    for one in candidates(header, label):
        same = choices.vendor in (None, one.plan.vendor.name)
        if one.plan.object is target and same:
            kind, vendor = one.plan.kind, one.plan.vendor
            return bind(header, vendor, kind, target, choices.bindings, reason)
    vendor = vendors().get(choices.vendor or "") or vendor_of(header)
    return bind(header, vendor, None, target, choices.bindings, reason)


def campaign(label: str, vendor: Vendor) -> str:
    """Return the campaign that a file's name tells, without what its vendor adds to it.

    >>> campaign("Rentree_clickers.csv", vendors()["brevo"])
    'Rentree'
    """
    name = _bare(label).name
    found = vendor.campaign.match(name) if vendor.campaign else None
    bare = found["campaign"] if found else name
    return bare.replace("_", " ").strip() or label


def own_ids(texts: Sequence[str]) -> Vendor | None:
    """Return the vendor whose ids these are, when more than half of them are."""
    for vendor in vendors().values():
        if vendor.identity and texts:
            like = sum(1 for text in texts if re.fullmatch(vendor.identity, text))
            if like * 2 > len(texts):
                return vendor
    return None
