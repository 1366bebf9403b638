"""The stakeholder map: nobody on somebody else, names where there is room."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest

from core.charts import Look
from core.charts.stakeholders import _placed, stakeholders
from core.i18n import LANGUAGES
from core.questionnaire.stakeholders import classify

CELLS = [(x, y, classify(x, y)) for x in range(4) for y in range(4)]


def rows(*places: tuple[int, int, int | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "order": n,
                "name": f"Nom très long numéro {n} <b>",
                "class": "Allié",
                "class_code": classify(support, opposition),
                "influence": 1 + n % 3,
                "influence_word": "forte",
                "department": "Ventes",
                "kind": "Groupe",
                "support": support,
                "opposition": opposition,
                "before_support": before,
                "before_opposition": earlier,
            }
            for n, (support, opposition, before, earlier) in enumerate(places, start=1)
        ]
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_draws_in_each_language_and_theme(language: str, theme: str) -> None:
    found = rows((3, 0, 1, 1), (1, 2, None, None))
    figure = stakeholders(found, CELLS, Look(language, theme), alt_text="x")
    data: Any = figure.spec
    assert len(data["layer"]) == 9
    assert list(figure.table.iloc[:, 0]) == ["1", "2"]
    assert figure.note


def test_an_empty_map_still_shows_its_areas() -> None:
    columns = rows((0, 0, None, None)).columns
    empty = pd.DataFrame(columns=columns)
    spec: Any = stakeholders(empty, CELLS, Look("fr"), alt_text="x").spec
    assert len(spec["layer"]) == 2


def test_no_two_at_the_same_place_and_all_in_their_cell() -> None:
    crowd = rows(*[(2, 1, None, None)] * 11, *[(0, 0, 2, 1)] * 3)
    placed = _placed(crowd)
    spots = [(round(one["x"], 3), round(one["y"], 3)) for one in placed]
    assert len(set(spots)) == len(spots)
    for one in placed:
        assert one["support"] < one["x"] < one["support"] + 1
        assert one["opposition"] < one["y"] < one["opposition"] + 1
    # Circles of one cell are apart by more than the smallest is wide, in cells.
    for one, other in itertools.combinations(placed[:11], 2):
        gap = max(abs(one["x"] - other["x"]), abs(one["y"] - other["y"]))
        assert gap >= 0.18
    # In a crowded cell only the numbers stay.
    assert [one["label"] for one in placed[:11]] == [""] * 11
    assert all(one["label"] for one in placed[11:])
    assert all(one["x0"] is not None for one in placed[11:])
