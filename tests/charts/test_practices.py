"""Charts of the practices: their rows, limits and states."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd
import pytest

from core.charts import Figure, Look
from core.charts.practices import objects, pairs, shares, stacks, unlike
from core.i18n import LANGUAGES

WORDS = {"title": "Le titre", "alt_text": "Le constat, avec 7 personnes sur 10."}
FIELDS = pd.DataFrame(
    {
        "label": ["Comptes · Téléphone", "Comptes · Ville"],
        "share": [0.31, 0.9],
        "words": ["31 %", "90 %"],
        "state": ["at_risk", "healthy"],
    }
)
TYPED = pd.DataFrame({"label": ["Ana", "Bo"], "own": [3, 10], "by_others": [9, 1]})
MANAGERS = pd.DataFrame(
    {
        "label": ["Ana", "Bo"],
        "days": [0.5, 6.2],
        "team_days": [4.1, None],
        "state": ["watch", "healthy"],
    }
)
COUNTS = pd.DataFrame(
    {"objects": [0, 2, 5], "people": [1, 4, 9], "is_narrow": [True, True, False]}
)
CHARTS: dict[str, Callable[[Look], Figure]] = {
    "shares": lambda look: shares(
        FIELDS,
        look,
        label="Champ",
        indicator="Rempli",
        limit=0.8,
        limit_words="Seuil",
        **WORDS,
    ),
    "stacks": lambda look: stacks(
        TYPED,
        look,
        label="Personne",
        parts=(("own", "Soi"), ("by_others", "Autres")),
        fills=("seq2", "warn_m"),
        **WORDS,
    ),
    "pairs": lambda look: pairs(MANAGERS, look, label="Responsable", **WORDS),
    "objects": lambda look: objects(COUNTS, look, **WORDS),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_is_valid_and_has_its_table(
    name: str, theme: str, language: str
) -> None:
    figure = CHARTS[name](Look(language, theme))
    with alt.data_transformers.enable("default", consolidate_datasets=True):
        spec = figure.chart.to_dict()
    assert spec["layer"]
    assert (figure.title, figure.alt) == (WORDS["title"], WORDS["alt_text"])
    assert len(figure.table) >= 2


def test_the_limit_is_drawn_only_where_there_is_one() -> None:
    look = Look("fr")
    bare = shares(FIELDS, look, label="Champ", indicator="Rempli", **WORDS)
    with_limit = CHARTS["shares"](look)
    assert len(with_limit.chart.layer) == len(bare.chart.layer) + 1
    assert with_limit.note == "Seuil"


def test_parts_keep_their_order_and_their_counts() -> None:
    table = CHARTS["stacks"](Look("fr")).table
    assert list(table.columns) == ["Personne", "Soi", "Autres"]
    assert table["Autres"].tolist() == ["9", "1"]


def test_more_than_five_days_stay_in_the_drawing() -> None:
    spec = CHARTS["pairs"](Look("fr")).chart.to_dict()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1] > 6.2


def test_rows_of_one_name_are_told_apart() -> None:
    assert unlike(["Ana", None, "Ana"], "–") == ["Ana", "–", "Ana (2)"]
