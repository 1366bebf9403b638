"""Which column of a file becomes which field, and in which order of precedence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.sources.objects import Object
from core.sources.vendor import GENERIC, Kind, Name, Names, Vendor, vendors


@dataclass(frozen=True)
class Source:
    """A column that a field is read from, and how its cells are understood."""

    position: int
    name: Name


@dataclass(frozen=True)
class Plan:
    """How the columns of a file become fields of an object.

    ``sources`` are in order of precedence: the first that is not empty in a row wins.
    ``fields`` and ``reasons`` go by position; a reason is a code under ``binding.``.
    """

    vendor: Vendor
    kind: Kind | None
    object: Object
    sources: Mapping[str, tuple[Source, ...]]
    fields: tuple[str | None, ...]
    reasons: tuple[str, ...]
    only: Source | None = None

    @property
    def bound(self) -> frozenset[str]:
        """Return the fields that columns or constants fill."""
        constants = self.kind.constants if self.kind else {}
        return frozenset(self.sources) | frozenset(constants)

    @property
    def satisfied(self) -> bool:
        """Tell whether the file can be read as the object."""
        return any(self.bound.issuperset(need) for need in self.object.needs)

    @property
    def repeated(self) -> tuple[str, tuple[int, ...]] | None:
        """Return an identity that several columns of one name claim, if any."""
        identities = {
            *self.object.key,
            *(n for need in self.object.needs for n in need),
        }
        for field in sorted(identities):
            claims = [s for s in self.sources.get(field, ()) if s.name.claims]
            first = [
                s.position for s in claims if s.name.header == claims[0].name.header
            ]
            if len(first) > 1:
                return field, tuple(first)
        return None


def levels(
    vendor: Vendor, kind: Kind | None, object_name: str
) -> list[tuple[str, Names]]:
    """Return the tables of names to look in, the most particular first."""
    found: list[tuple[str, Names]] = []
    if kind:
        found.append(("vendor", kind.fields))
    if vendor.name != GENERIC:
        found.append(("vendor", vendor.fields.get(object_name, {})))
    found.append(("header", vendors()[GENERIC].fields.get(object_name, {})))
    return found


def bind(
    header: Sequence[str],
    vendor: Vendor,
    kind: Kind | None,
    target: Object,
    chosen: Mapping[int, str | None] | None = None,
    reason: str = "chosen",
) -> Plan:
    """Bind every column of ``header`` to a field of ``target``, or to none.

    ``chosen`` is what a person decided for some positions (None: leave it out) and
    comes before everything else; ``reason`` says when: ``chosen`` or ``remembered``.
    A choice that is what would have been guessed changes nothing.
    """
    decided = {p: f for p, f in (chosen or {}).items() if p < len(header)}
    if decided:
        guess = bind(header, vendor, kind, target)
        decided = {p: f for p, f in decided.items() if f != guess.fields[p]}
    keys = [vendor.key(text) for text in header]
    fields: list[str | None] = [None] * len(header)
    reasons = ["unknown"] * len(header)
    ranked: list[tuple[tuple[int, int, int], str, Source]] = []
    for position, field in decided.items():
        reasons[position] = reason if field else "left_out"
        if field is not None and field in target.fields:
            fields[position] = field
            source = Source(position, Name(keys[position]))
            ranked.append(((-1, 0, position), field, source))
    claimed: dict[str, int] = {}
    for level, (why, names) in enumerate(levels(vendor, kind, target.name)):
        for field, ways in names.items():
            for order, name in enumerate(ways):
                for position, key in enumerate(keys):
                    if key != name.header or decided.get(position, "") is None:
                        continue
                    if name.claims:
                        if (
                            position in decided
                            or claimed.setdefault(key, level) != level
                        ):
                            continue
                        if fields[position] not in (None, field):
                            continue
                        if fields[position] == field:
                            continue
                        fields[position], reasons[position] = field, why
                    source = Source(position, name)
                    ranked.append(((level, order, position), field, source))
    ranked.sort(key=lambda entry: entry[0])
    sources: dict[str, list[Source]] = {}
    for _, field, source in ranked:
        if field in target.fields:
            sources.setdefault(field, []).append(source)
            if fields[source.position] is None:
                fields[source.position] = field
                reasons[source.position] = "vendor"
    return Plan(
        vendor=vendor,
        kind=kind,
        object=target,
        sources={field: tuple(found) for field, found in sources.items()},
        fields=tuple(fields),
        reasons=tuple(reasons),
        only=_only(kind, keys),
    )


def _only(kind: Kind | None, keys: Sequence[str]) -> Source | None:
    """Return the column that tells which rows count, if the kind of file has one."""
    name = kind.only if kind else None
    if name is None or name.header not in keys:
        return None
    return Source(list(keys).index(name.header), name)
