"""Licences step by step, and what of it may be told where only teams are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.privacy import hidden

Part = Literal["spare", "never", "stopped"]
RUNGS = ("assigned", "activated", "active", "habitual", "acting")
_YEAR = 12


@dataclass(frozen=True)
class Ladder:
    """How far the licences of one kind are used; ``kind`` None is all of them.

    ``bought`` and ``price`` (of a month) are None while nobody typed them. ``acting``
    did something in 28 days. Of the assigned that are not active, ``on_leave`` are
    away, ``arriving`` were opened lately, ``never`` were never used (``unknown`` of
    them are older than the data, which may not know) and ``stopped`` were. Counts are
    None where they would tell of too few people; ``is_hidden`` when all are. ``over``
    are accounts beyond the licences bought of their kind.
    """

    kind: str | None
    bought: int | None
    price: float | None
    assigned: int | None
    activated: int | None
    active: int | None
    habitual: int | None
    acting: int | None
    on_leave: int | None
    arriving: int | None
    never: int | None
    stopped: int | None
    unknown: int | None
    is_hidden: bool = False
    over: int = 0

    @property
    def is_short(self) -> bool:
        """Whether fewer were bought than are assigned: one of the two is wrong."""
        return (
            self.bought is not None
            and self.assigned is not None
            and self.bought < self.assigned
        )

    @property
    def paid(self) -> int | None:
        """The licences paid for: those bought, or assigned where that is more."""
        if self.assigned is None:
            return self.bought
        return max((self.bought or 0) + self.over, self.assigned)

    @property
    def spare(self) -> int:
        """The licences bought that nobody was given."""
        if self.bought is None or self.assigned is None:
            return 0
        return max(0, self.bought + self.over - self.assigned)

    @property
    def asleep(self) -> int | None:
        """The licences paid for and not used, None where that may not be told."""
        if self.paid is None or self.active is None:
            return None
        return self.paid - self.active - (self.on_leave or 0) - (self.arriving or 0)

    @property
    def cost(self) -> float | None:
        """What the licences asleep cost a month, None without a price."""
        if self.asleep is None or self.price is None:
            return None
        return self.asleep * self.price


@dataclass(frozen=True)
class Licences:
    """All licences together, and by kind where there are several or one is priced.

    The kind "" is that of people whose export tells none.
    """

    total: Ladder
    kinds: tuple[Ladder, ...]

    @property
    def cost(self) -> float | None:
        """What the licences asleep cost a month, None without any price.

        Licences bought for all kinds together and given to nobody have the price for
        all.
        """
        if self.total.asleep is None:
            return None
        if not self.kinds:
            return self.total.cost
        costs = [one.cost for one in self.kinds if one.cost is not None]
        rest = self._rest
        if rest and self.total.price is not None:
            costs.append(rest * self.total.price)
        return sum(costs) if costs else None

    @property
    def _rest(self) -> int:
        """The licences asleep that no kind tells of."""
        told = sum(one.asleep or 0 for one in self.kinds)
        return max(0, (self.total.asleep or 0) - told)

    def worth(self, part: Part) -> float | None:
        """Return what one part of the licences asleep costs a month, None unpriced."""
        if not self.kinds:
            price, count = self.total.price, getattr(self.total, part)
            return None if price is None or count is None else float(count * price)
        counts = [(getattr(one, part) or 0, one.price) for one in self.kinds]
        if part == "spare":
            told = sum(count for count, _ in counts)
            counts.append((max(0, self.total.spare - told), self.total.price))
        priced = [count * price for count, price in counts if price is not None]
        return float(sum(priced)) if priced else None

    @property
    def yearly(self) -> float | None:
        """What they cost a year."""
        return None if self.cost is None else self.cost * _YEAR

    @property
    def is_partly_priced(self) -> bool:
        """Whether the cost leaves out licences whose price nobody typed."""
        if self.cost is None:
            return False
        if self._rest and self.total.price is None:
            return True
        return any(one.price is None and one.asleep for one in self.kinds)


def told(ladder: Ladder, k: int) -> Ladder:
    """Return what may be told where only teams are shown.

    A rung is told when it holds nobody or ``k`` people at least, and so do those whom
    it lacks of the rung told before.
    """
    if ladder.assigned is None:
        return ladder
    shown: dict[str, int | None] = {}
    above = ladder.assigned
    rungs = {
        "activated": ladder.activated,
        "active": ladder.active,
        "habitual": ladder.habitual,
    }
    for rung, count in rungs.items():
        is_few = any(0 < few < k for few in (count or 0, above - (count or 0)))
        shown[rung] = None if is_few else count
        above = above if is_few or count is None else count
    acting, active = ladder.acting or 0, shown["active"]
    lacking = (acting, ladder.assigned - acting, (active or 0) - acting)
    is_few = active is None or any(0 < few < k for few in lacking)
    return _without_parts(
        replace(
            ladder,
            activated=shown["activated"],
            active=active,
            habitual=shown["habitual"],
            acting=None if is_few else ladder.acting,
        )
    )


def told_apart(kinds: Sequence[Ladder], k: int) -> list[Ladder]:
    """Return the assigned and the active of each kind, where their rest tells nothing.

    The total is told: a kind kept quiet must not follow from those that are not.
    """
    active = [one.active or 0 for one in kinds]
    idle = [(one.assigned or 0) - (one.active or 0) for one in kinds]
    few = hidden(active, k) | hidden(idle, k)
    few = hidden(active, k, few) | hidden(idle, k, few)
    found = []
    for place, one in enumerate(kinds):
        kept = None if place in few else one.active
        quiet = replace(one, activated=None, active=kept, habitual=None, acting=None)
        found.append(_without_parts(quiet))
    return found


def _without_parts(ladder: Ladder) -> Ladder:
    """Return the ladder without the few people that its losses are."""
    return replace(
        ladder, on_leave=None, arriving=None, never=None, stopped=None, unknown=None
    )
