"""Which export to make in each tool, and from which menu: the one place that says it.

``guide.toml`` names the menus as each tool's own French and English interface does.
Empty states, the Data page and the texts that are sent all read it.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.i18n import formats, text
from core.i18n.catalogue import typography
from core.manifest import Manifest
from core.workspace import Workspace


@dataclass(frozen=True)
class Unlock:
    """What the objects of some exports open: ``name`` is under ``unlock.`` in texts."""

    name: str
    objects: tuple[str, ...]


UNLOCKS = (
    Unlock("user", ("user",)),
    Unlock("login", ("login",)),
    Unlock("activity", ("activity",)),
    Unlock("base", ("account", "contact")),
    Unlock("campaign_member", ("campaign_member",)),
    Unlock("opportunity", ("opportunity",)),
)
"""What exports open, those that tell of use first."""

_FILE = Path(__file__).with_name("guide.toml")


@dataclass(frozen=True)
class Export:
    """One export of one tool: what to take, from which menu, and what it gives.

    ``objects`` are the canonical objects that its files hold; ``what``, ``menu`` and
    ``note`` (a limit worth knowing, may be empty) are by language.
    """

    vendor: str
    objects: tuple[str, ...]
    what: Mapping[str, str]
    menu: Mapping[str, str]
    note: Mapping[str, str]

    def line(self, language: str) -> str:
        """Return what to take, from where, and the note, in one line."""
        told = f"{self.what[language]} ({self.menu[language]})"
        note = self.note.get(language, "")
        return formats.capital(f"{told}. {note}" if note else told)


@functools.cache
def exports() -> tuple[Export, ...]:
    """Return every export, tool by tool, in the order in which to make them."""
    tools = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(
        Export(
            vendor,
            tuple(entry["objects"]),
            *(_typed(entry.get(name, {})) for name in ("what", "menu", "note")),
        )
        for vendor, entries in tools.items()
        for entry in entries
    )


def _typed(by_language: Mapping[str, str]) -> Mapping[str, str]:
    """Return words with the apostrophes and spaces of their languages."""
    return {code: typography(words, code) for code, words in by_language.items()}


def vendors(objects: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the tools that give one of ``objects`` at least; all of them for none."""
    wanted = set(objects)
    found = [one.vendor for one in exports() if not wanted or wanted & set(one.objects)]
    return tuple(dict.fromkeys(found))


def of(vendor: str, objects: Iterable[str] = ()) -> tuple[Export, ...]:
    """Return the exports of a tool that give one of ``objects``; all for none.

    Where several give the same, the first does; the others are left to the guide.
    """
    mine = [one for one in exports() if one.vendor == vendor]
    wanted = set(objects)
    if not wanted:
        return tuple(mine)
    found = []
    for one in mine:
        if wanted & set(one.objects):
            found.append(one)
            wanted -= set(one.objects)
    return tuple(found)


def used(manifest: Manifest) -> frozenset[str]:
    """Return the tools whose files were imported."""
    reports = [report for record in manifest.imports for report in record.reports]
    return frozenset(report.vendor for report in reports if report.vendor)


def rows(
    objects: Iterable[str], language: str, mine: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Return (tool, what to export from which menu) for ``objects`` or their fields.

    Of the tools in ``mine`` where one of them gives it, of every tool otherwise.
    """
    wanted = tuple(dict.fromkeys(name.partition(".")[0] for name in objects))
    giving = vendors(wanted)
    chosen = [vendor for vendor in giving if vendor in mine] or giving
    return [
        (text(f"vendor.{vendor}", language), one.line(language))
        for vendor in chosen
        for one in of(vendor, wanted)
    ]


def lacking(workspace: Workspace) -> Sequence[Unlock]:
    """Return what a workspace does not hold, or holds in part."""
    return [one for one in UNLOCKS if not workspace.has(*one.objects)]
