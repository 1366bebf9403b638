"""What mailing tools publish of their customers' rates, to read one's own beside.

``benchmarks.toml`` holds them with their year and how they are known. They are
shown beside a rate and decide nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("benchmarks.toml")
COLUMNS: Mapping[str, str] = {
    "open": "open",
    "click": "click",
    "bounce_hard": "hard",
    "bounce_soft": "soft",
    "opt_out": "opt_out",
    "complaint": "complaint",
}
"""The rate of a campaign (`counts.Rate`) that each figure stands beside."""


@dataclass(frozen=True)
class Benchmark:
    """One published study; its text is ``benchmark.<code>``.

    ``year`` is 0 where the source gives none; ``status`` is ``read`` or ``quoted``;
    ``values`` are the rates that it gives, 0..1, by the names of a campaign's rates.
    """

    code: str
    year: int
    status: str
    values: Mapping[str, float]


@cache
def benchmarks() -> tuple[Benchmark, ...]:
    """Return every study, in the order of the file."""
    entries = tomllib.loads(FILE.read_text("utf-8"))["benchmark"]
    return tuple(
        Benchmark(
            entry["code"],
            entry["year"],
            entry["status"],
            {rate: entry[name] for rate, name in COLUMNS.items() if name in entry},
        )
        for entry in entries
    )


def spread(rate: str) -> tuple[float, float] | None:
    """Return the lowest and the highest published value of a rate, if any."""
    values = [one.values[rate] for one in benchmarks() if rate in one.values]
    return (min(values), max(values)) if values else None
