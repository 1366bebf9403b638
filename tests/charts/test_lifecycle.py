"""The months of comings and goings, and people by active days: what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import pytest

from core.charts import lifecycle
from core.charts.figure import Figure, Look
from core.charts.tokens import DARK, LIGHT, contrast
from core.i18n import LANGUAGES

WORDS = {"title": "Titre", "alt_text": "Ce que l'on voit"}
MONTHS = pd.DataFrame(
    {
        "month": ["2026-09", "2026-08", "2026-10"],
        "is_running": [False, False, True],
        "returning": pd.array([90, 91, 80], dtype="Int64"),
        "new": pd.array([0, 2, 1], dtype="Int64"),
        "resurrected": pd.array([5, 1, 0], dtype="Int64"),
        "dormant": pd.array([2, 9, None], dtype="Int64"),
        "left": pd.array([1, 0, 0], dtype="Int64"),
    }
)
SPREAD = pd.DataFrame(
    {
        "days": [0, 1, 2],
        "words": ["0", "1", "2"],
        "share": [0.5, 0.25, 0.25],
        "previous": [None, 0.4, 0.0],
    }
)
EACH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APLOMB_STRICT_TEXTS", "1")


def rows(figure: Figure) -> list[dict[str, Any]]:
    """Return every row that the drawing holds."""
    return [row for data in figure.spec["datasets"].values() for row in data]


def bars(figure: Figure) -> dict[str, tuple[float, float]]:
    """Return where each bar begins and ends."""
    found = (row for row in rows(figure) if "low" in row)
    return {row["key"]: (row["low"], row["high"]) for row in found}


def layers(spec: Any) -> Iterator[dict[str, Any]]:
    """Go through every layer of a drawing."""
    yield spec
    for layer in spec.get("layer", ()):
        yield from layers(layer)


def stages(**options: Any) -> Figure:
    return lifecycle.stages(MONTHS, Look("fr"), **WORDS, **options)


def test_bars_stack_upwards_from_zero_and_downwards() -> None:
    found = bars(stages())
    assert found["2026-08:returning"] == (0, 91)
    assert found["2026-08:new"] == (91, 93)
    assert found["2026-08:resurrected"] == (93, 94)
    assert found["2026-08:dormant"] == (-9, 0)
    assert found["2026-09:left"] == (-3, -2)
    assert "2026-08:left" not in found
    assert "2026-10:dormant" not in found


def test_movements_alone_keep_one_scale() -> None:
    found = bars(stages(with_returning=False))
    assert "2026-08:returning" not in found
    assert found["2026-08:new"] == (0, 2)
    heights = {high - low for key, (low, high) in found.items() if "dormant" in key}
    assert heights == {9, 2}


def test_words_say_who_was_gained_and_lost() -> None:
    said = {
        (row["month"], row["side"]): row["words"]
        for row in rows(stages(with_returning=False))
        if "side" in row
    }
    assert said[("2026-08", "up")] == "+3"
    assert said[("2026-08", "down")] == "−9"
    assert said[("2026-09", "down")] == "−3"
    assert ("2026-10", "down") not in said


def test_a_month_that_runs_is_pale_and_told() -> None:
    figure = stages()
    running = {row["key"] for row in rows(figure) if row.get("is_running")}
    assert running == {"2026-10:returning", "2026-10:new"}
    table = figure.table
    assert list(table["Mois"]) == [
        "août 2026",
        "septembre 2026",
        "octobre 2026, en cours",
    ]
    assert list(table["devenus inactifs"]) == ["9", "2", "–"]


def test_the_bar_asked_for_is_outlined() -> None:
    chosen = [
        r["key"] for r in rows(stages(chosen="2026-09:left")) if r.get("is_chosen")
    ]
    assert chosen == ["2026-09:left"]


def test_a_click_gives_month_and_class() -> None:
    (pick,) = stages().spec["params"]
    assert pick["name"] == "stage"
    assert pick["select"]["fields"] == ["key"]


def test_without_anybody_the_drawing_stands() -> None:
    empty = MONTHS.assign(**dict.fromkeys(lifecycle.STAGES, 0))
    figure = lifecycle.stages(empty, Look("en"), **WORDS)
    assert bars(figure) == {}
    assert len(figure.table) == 3


@EACH
def test_legend_has_every_class_in_words(language: str) -> None:
    look = Look(language)
    keys = lifecycle.stages(MONTHS, look, **WORDS).keys
    assert len({key.word for key in keys}) == len(keys) == len(lifecycle.STAGES)
    few = lifecycle.stages(MONTHS, look, **WORDS, with_returning=False).keys
    assert len(few) == len(keys) - 1


def grey(colour: str) -> int:
    """Return how light a colour prints in grey, 0 to 255."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return round(0.299 * red + 0.587 * green + 0.114 * blue)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("side", [lifecycle.ARRIVING, lifecycle.LEAVING])
def test_neighbours_differ_without_their_colour(
    side: Iterable[str], palette: Any
) -> None:
    dresses = [lifecycle.DRESSES[stage] for stage in side]
    fills = [grey(getattr(palette, dress.fill)) for dress in dresses]
    for first, second in zip(fills, fills[1:], strict=False):
        assert abs(first - second) > 25
    for dress in dresses:
        edge = getattr(palette, dress.edge)
        if dress.fill == "card":
            assert contrast(edge, palette.card) >= 3


def test_recent_days_have_ticks_only_where_somebody_was() -> None:
    figure = lifecycle.recent(
        SPREAD, Look("fr"), now="Octobre 2026", before="Septembre 2026", **WORDS
    )
    ticks = [x for x in layers(figure.spec) if x.get("mark", {}).get("type") == "tick"]
    assert len(ticks) == 1
    data = figure.spec["datasets"][ticks[0]["data"]["name"]]
    assert [row["words"] for row in data] == ["1"]
    assert list(figure.table["Octobre 2026"]) == ["50\u00a0%", "25\u00a0%", "25\u00a0%"]
    assert list(figure.table["Septembre 2026"]) == ["–", "40\u00a0%", "0\u00a0%"]


def test_recent_days_without_a_month_before() -> None:
    alone = SPREAD.assign(previous=None)
    figure = lifecycle.recent(alone, Look("en"), now="October 2026", before="", **WORDS)
    assert list(figure.table.columns)[1:] == ["October 2026"]
    assert not [x for x in layers(figure.spec) if x.get("mark") == "tick"]
