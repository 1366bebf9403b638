"""Charts of the symptoms: valid, with their words, one kind of mark saturated."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from core.charts import Figure, Look
from core.charts import symptoms as charts
from core.charts import symptoms_people as sides
from core.charts.symptoms_marks import Line, Remark
from core.i18n import LANGUAGES, formats

WORDS = {"title": "Le titre", "alt_text": "Le constat, avec 2 % pour 26 % au pic."}


def weeks(values: list[float | None], decisive: int) -> pd.DataFrame:
    """Return weeks from Monday 5 January 2026, the last ``decisive`` ones saturated."""
    start = pd.date_range("2026-01-05", periods=len(values), freq="W-MON")
    kinds = ["past"] * (len(values) - decisive) + ["now"] * decisive
    return pd.DataFrame(
        {
            "start": start,
            "end": start + pd.Timedelta(days=6),
            "words": [day.isoformat()[:10] for day in start],
            "value": values,
            "kind": kinds,
        }
    )


WEEKS = weeks([0.0, 0.1, 0.26, 0.2, None, 0.02, 0.03, 0.02], decisive=3)
TEAMS = pd.DataFrame(
    {
        "team": ["Sud", "Nord", "Est", "Petite"],
        "value": [0.2, 0.9, 0.3, None],
        "kind": ["past", "now", "past", "past"],
    }
)
LICENCES = pd.DataFrame(
    {
        "start": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"]),
        "words": ["janvier", "février", "mars"],
        "assigned": [10, 40, 60],
        "activated": [0, 5, 12],
    }
)


def timeline(look: Look) -> Figure:
    return charts.timeline(
        WEEKS,
        look,
        indicator="Part",
        written=lambda value: formats.percent(value, look.language),
        threshold=Line(0.065, "Un quart du pic"),
        remarks=[Remark(WEEKS["start"].iloc[2], 0.26, "Pic")],
        slope=(
            Remark(WEEKS["start"].iloc[0], 0.2),
            Remark(WEEKS["start"].iloc[-1], 0.05),
        ),
        **WORDS,
    )


def teams(look: Look) -> Figure:
    return sides.teams(
        TEAMS,
        look,
        indicator="Part",
        written=lambda value: formats.percent(value, look.language),
        thresholds=[Line(0.7, "70 %")],
        **WORDS,
    )


def waiting(look: Look) -> Figure:
    names = ("Attribués", "Activés")
    return charts.waiting(LICENCES, look, names=names, remark="48 attendent", **WORDS)


SILENCE = pd.DataFrame(
    {
        "weeks": range(13),
        "words": [f"{weeks} semaines" for weeks in range(13)],
        "people": [4, 3, 2, 1, 0, 0, 6, 7, 9, None, 8, 2, 20],
    }
)


def silence(look: Look) -> Figure:
    return sides.silence(
        SILENCE,
        look,
        indicator="Personnes",
        line=Line(4, "plus de quatre semaines"),
        remark="52 personnes sur 62",
        **WORDS,
    )


CHARTS: dict[str, Callable[[Look], Figure]] = {
    "timeline": timeline,
    "teams": teams,
    "waiting": waiting,
    "silence": silence,
}


def leaves(layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the layers that draw, those inside others included."""
    found = []
    for layer in layers:
        found += leaves(layer["layer"]) if "layer" in layer else [layer]
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_valid_and_legible_in_words(
    draw: Callable[[Look], Figure], language: str, theme: str
) -> None:
    figure = draw(Look(language, theme))
    spec = figure.chart.to_dict()
    assert spec["config"]["background"] == "transparent"
    assert figure.title and figure.alt
    assert len(figure.table) and all(figure.table.columns)
    dumped = json.dumps(spec)
    assert "NaN" not in dumped
    accent = Look(language, theme).colours.accent
    assert accent in dumped


def test_a_period_without_data_is_a_dash_not_a_zero() -> None:
    figure = timeline(Look("fr"))
    assert figure.table.iloc[4, 1] == formats.ABSENT
    assert figure.table.iloc[0, 1] == "0\u00a0%"
    spec = figure.chart.to_dict()
    bars = next(
        layer for layer in leaves(spec["layer"]) if layer["mark"]["type"] == "rect"
    )
    drawn = spec["datasets"][bars["data"]["name"]]
    assert len(drawn) == len(WEEKS) - 1


def test_only_what_decides_is_saturated() -> None:
    spec = timeline(Look("fr")).chart.to_dict()
    bars = next(
        layer for layer in leaves(spec["layer"]) if layer["mark"]["type"] == "rect"
    )
    scale = bars["encoding"]["color"]["scale"]
    saturated = dict(zip(scale["domain"], scale["range"], strict=True))
    assert saturated["now"] == Look("fr").colours.accent
    assert saturated["apart"] == "transparent"
    assert {row["kind"] for row in WEEKS.to_dict("records")} == {"past", "now"}


def test_teams_go_from_best_to_worst_and_the_hidden_one_has_no_bar() -> None:
    figure = teams(Look("fr"))
    assert list(figure.table.iloc[:, 0]) == ["Nord", "Est", "Sud", "Petite"]
    assert figure.table.iloc[3, 1] == formats.ABSENT
    spec = figure.chart.to_dict()
    bars = leaves(spec["layer"])[0]
    assert bars["encoding"]["y"]["sort"] == ["Nord", "Est", "Sud"]
    assert len(spec["datasets"][bars["data"]["name"]]) == 3


def test_many_teams_keep_both_ends() -> None:
    many = pd.DataFrame(
        {
            "team": [f"Équipe {rank}" for rank in range(40)],
            "value": [rank / 40 for rank in range(40)],
            "kind": "past",
        }
    )
    figure = sides.teams(
        many, Look("fr"), indicator="Part", written=str, title="t", alt_text="a"
    )
    order = leaves(figure.chart.to_dict()["layer"])[0]["encoding"]["y"]["sort"]
    assert len(order) == sides.TEAMS_SHOWN
    assert (order[0], order[-1]) == ("Équipe 39", "Équipe 0")
    assert len(figure.table) == 40


def test_licences_table_tells_both_totals() -> None:
    figure = waiting(Look("en"))
    assert list(figure.table.columns) == ["Period", "Attribués", "Activés"]
    assert figure.table.iloc[-1].tolist() == ["mars", "60", "12"]


def test_only_the_silent_are_saturated_and_the_hidden_have_no_bar() -> None:
    figure = silence(Look("fr"))
    spec = figure.chart.to_dict()
    bars = leaves(spec["layer"])[0]
    drawn = spec["datasets"][bars["data"]["name"]]
    assert {row["weeks"] for row in drawn} == set(range(13)) - {9}
    assert {row["weeks"] for row in drawn if row["kind"] == "past"} == {0, 1, 2, 3}
    assert figure.table.iloc[9, 1] == formats.ABSENT
