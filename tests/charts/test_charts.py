"""Every chart: valid for Vega-Lite, in both languages and themes, with its words."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

import altair as alt
import pandas as pd
import pytest

from core.charts import (
    Figure,
    Look,
    adoption,
    campaigns,
    campaigns_history,
    change,
    month,
    profiles,
    pyramid,
    retro,
    scorecards,
    trend,
)
from core.charts.funnel import funnel
from core.charts.steps import Funnel
from core.i18n import LANGUAGES, formats

WORDS = {"title": "Le titre", "alt_text": "Le constat, avec 7 personnes sur 10."}
PEOPLE = pd.DataFrame(
    {
        "user_id": ["u1", "u2", "u3", "u4"],
        # two people may bear one name
        "name": ["Ana Roy", "Ana Roy", "Bo Li", 'Zoé "Z" D’Arc'],
        "login_days": [20, 4, 12, 0],
        "actions": [310, 2, 80, 0],
        "verdict": ["healthy", "at_risk", "watch", "excluded"],
        "previous": [18, 12, 12, 3],
        "current": [20, 4, 12, 1],
    }
)
MONTHS = pd.DataFrame(
    {
        "month": ["2025-10", "2026-09", "2026-10", "2026-11"],
        "value": [12.0, None, 14.0, 3.0],
        "is_complete": [True, True, True, False],
    }
)
REFERENCE = Funnel(50000, 5000, 4900, 100, 50, 3000, 100, 10, 90, 2900)
DIAMOND = pyramid.Pyramid(1240, 3080, 1910, (1240, 3100, 6200))

PANEL = pd.DataFrame(
    {
        "key": ["a", "b", "c"],
        "name": ["Salon", "Lettre", "Vœux"],
        "value": [0.04, 0.12, None],
        "low": [None, 0.05, None],
        "high": [None, 0.3, None],
    }
)
ERAS = pd.DataFrame(
    {
        "day": [dt.date(2025, 1, 1), dt.date(2025, 2, 1), dt.date(2025, 3, 1)],
        "era": [0, 0, 1],
        "value": [0.4, 0.42, 0.3],
        "low": [None, 0.3, None],
        "high": [None, 0.5, None],
    }
)
CHARTS: dict[str, Callable[[Look], Figure]] = {
    "scatter": lambda look: adoption.scatter(PEOPLE, look, expected=(18, 22), **WORDS),
    "arrows": lambda look: change.change_arrows(change.largest(PEOPLE), look, **WORDS),
    "histogram": lambda look: profiles.histogram(
        {0: 1, 8: 5, 20: 2},
        look,
        profile="field",
        expected=(11, 20),
        days=22,
        **WORDS,
    ),
    "trend": lambda look: trend.trend(
        MONTHS,
        look,
        indicator="Jours",
        written=lambda value: formats.number(value, look.language),
        **WORDS,
    ),
    "month": lambda look: month.month_calendar(
        {
            dt.date(2026, 10, 1): 12,
            dt.date(2026, 10, 2): 0,
            dt.date(2026, 10, 3): None,
            dt.date(2026, 10, 5): None,
            dt.date(2026, 10, 10): 1,
        },
        look,
        **WORDS,
    ),
    "pyramid": lambda look: pyramid.pyramid(DIAMOND, look, state="sick", **WORDS),
    "simulator": lambda look: pyramid.pyramid(
        DIAMOND, look, state="watch", words="simulator", **WORDS
    ),
    "no calls": lambda look: pyramid.pyramid(
        pyramid.Pyramid(10, 25, None, (10, 25, 50)),
        look,
        state="not_enough_data",
        **WORDS,
    ),
    "funnel": lambda look: funnel(REFERENCE, look, **WORDS),
    "panel": lambda look: campaigns.panel(
        PANEL,
        look,
        indicator="Clic",
        written=lambda value: formats.percent(value, look.language, digits=1),
        chosen="a",
        band=(0.025, 0.049),
        **WORDS,
    ),
    "over time": lambda look: campaigns_history.over_time(
        ERAS,
        ERAS,
        look,
        indicator="Ouverture",
        written=lambda value: formats.percent(value, look.language),
        top=0.6,
        span=(dt.date(2025, 1, 1), dt.date(2025, 3, 1)),
        breaks=[dt.date(2025, 2, 6)],
        **WORDS,
    ),
    "portfolio": lambda look: scorecards.portfolio_chart(
        [
            scorecards.Point('Agenda "partagé"', 1, 8.0, "healthy"),
            scorecards.Point("Questionnaire " * 9, 4, 4.3, "sick"),
            scorecards.Point("Passerelle", 4, 4.3, "sick"),
        ],
        look,
        limits=(5, 7.5),
        **WORDS,
    ),
    "retro_weeks": lambda look: retro.weekly(
        pd.DataFrame(
            {
                "week": pd.date_range("2026-03-09", periods=16, freq="7D"),
                "share": [0.5, None, *[0.1] * 14],
            }
        ),
        look,
        measured=dt.date(2026, 6, 8),
        **WORDS,
    ),
    "confronted": lambda look: retro.confronted(
        [
            retro.Confronted('Agenda "partagé"', 8.0, 0.7, "right"),
            retro.Confronted("Questionnaire " * 9, 4.3, 0.45, "half"),
            retro.Confronted("Passerelle", 1.0, 0.9, "wrong"),
        ],
        look,
        marks=(5, 7.5),
        shares=(0.3, 0.6),
        **WORDS,
    ),
}


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APLOMB_STRICT_TEXTS", "1")


def specification(figure: Figure) -> dict[str, Any]:
    """Return the chart as Vega-Lite, checked against its schema."""
    with alt.data_transformers.enable("default", consolidate_datasets=True):
        return figure.chart.to_dict()


def encodings(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every encoding of a specification."""
    if isinstance(node, dict):
        if "encoding" in node:
            yield node["encoding"]
        for value in node.values():
            yield from encodings(value)
    elif isinstance(node, list):
        for value in node:
            yield from encodings(value)


def params(spec: dict[str, Any]) -> list[list[str]]:
    """Return the columns that each selection returns."""
    return [
        param["select"]["fields"]
        for param in spec.get("params", [])
        if isinstance(param.get("select"), dict)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_is_valid_and_speaks(name: str, language: str, theme: str) -> None:
    figure = CHARTS[name](Look(language, theme))
    spec = specification(figure)
    assert spec["config"]["background"] == "transparent"
    assert spec["width"] == "container"
    decimal = spec["config"]["locale"]["number"]["decimal"]
    assert decimal == ("," if language == "fr" else ".")
    assert (figure.title, figure.alt) == (WORDS["title"], WORDS["alt_text"])
    assert len(figure.table)


def test_charts_about_people_ship_nothing_that_they_do_not_draw() -> None:
    people = PEOPLE.assign(email="someone@example.org", phone="01 23 45 67 89")
    for figure in (
        adoption.scatter(people, Look("fr"), expected=(18, 22), **WORDS),
        change.change_arrows(change.largest(people), Look("fr"), **WORDS),
    ):
        shipped = json.dumps(specification(figure))
        assert "example.org" not in shipped
        assert "01 23" not in shipped


def test_a_chart_without_words_or_table_is_refused() -> None:
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar()
    table = pd.DataFrame({"a": [1]})
    for title, finding, figures in (
        ("", "x", table),
        ("x", "", table),
        ("x", "x", pd.DataFrame()),
    ):
        with pytest.raises(ValueError):
            Figure(chart, title, finding, figures)


def test_scatter_draws_days_against_actions_and_leaves_out_the_excluded() -> None:
    figure = CHARTS["scatter"](Look("fr"))
    spec = specification(figure)
    points = next(e for e in encodings(spec) if "shape" in e)
    assert points["x"]["field"] == "login_days"
    assert points["y"]["field"] == "actions"
    # a state is a shape and a colour, never the colour alone
    assert len(set(points["shape"]["scale"]["range"])) == 4
    assert params(spec) == [["user_id"]]
    assert list(figure.table["Personne"]) == ["Ana Roy", "Ana Roy", "Bo Li"]


def test_four_people_far_below_are_counted_instead_of_named() -> None:
    people = pd.DataFrame(
        {
            "user_id": list("abcd"),
            "name": list("ABCD"),
            "login_days": [1, 2, 3, 4],
            "actions": [0, 0, 0, 0],
            "verdict": ["at_risk"] * 4,
        }
    )
    spec = adoption.scatter(people, Look("fr"), expected=(11, 20), **WORDS)
    assert "4 personnes très en dessous" in json.dumps(
        specification(spec), ensure_ascii=False
    )


def test_who_comes_and_does_nothing_is_said_beside_the_point() -> None:
    people = pd.DataFrame(
        {
            "user_id": ["a", "b"],
            "name": ["Ana", "Bo"],
            "login_days": [16, 2],
            "actions": [0, 5],
            "verdict": ["at_risk", "at_risk"],
        }
    )
    figure = adoption.scatter(people, Look("fr"), expected=(12, 22), **WORDS)
    said = json.dumps(specification(figure), ensure_ascii=False)
    assert "16 jours, aucune action" in said
    assert "2 jours, aucune action" not in said


def test_arrows_keep_one_row_a_person_even_with_one_name() -> None:
    spec = specification(CHARTS["arrows"](Look("fr")))
    rows = next(e["y"] for e in encodings(spec) if "shape" in e)
    assert rows["field"] == "user_id"
    assert rows["sort"] == ["u2", "u4", "u1"]  # largest fall first, the stable left out
    assert "Ana Roy" in rows["axis"]["labelExpr"]


def test_largest_takes_falls_then_rises() -> None:
    moved = pd.DataFrame({"previous": [5, 5, 5, 5, None], "current": [1, 9, 4, 5, 3]})
    assert list(change.largest(moved, falls=1, rises=1).index) == [0, 1]


def test_trend_saturates_the_last_complete_month_only() -> None:
    spec = specification(CHARTS["trend"](Look("fr")))
    rows = [row for data in spec["datasets"].values() for row in data]
    kinds = {row["month"]: row["kind"] for row in rows}
    assert kinds == {"2025-10": "past", "2026-10": "last", "2026-11": "running"}


def test_trend_writes_where_the_course_turns() -> None:
    values = [0.5, 0.6, 0.81, 0.7, 0.4, 0.45, 0.6, 0.61]
    months = [f"2026-{month:02}" for month in range(1, 9)]
    frame = pd.DataFrame({"month": months, "value": values, "is_complete": True})
    figure = trend.trend(
        frame, Look("fr"), indicator="Part", written=lambda v: f"{v:.0%}", **WORDS
    )
    spec = specification(figure)
    # The bars' rows, and those of the words above some of them.
    words = min(spec["datasets"].values(), key=len)
    assert [row["words"] for row in words] == ["50%", "81%", "40%", "61%"]
    beside = trend._told(frame.assign(kind="past", value=[1.0, *values[1:]]))
    assert beside == ["2026-01", "2026-05"]


def test_trend_writes_a_missing_month_as_a_dash() -> None:
    table = CHARTS["trend"](Look("fr")).table
    assert list(table["Jours"]) == ["12", "–", "14", "3"]
    assert table["Mois"].iloc[-1] == "novembre 2026, en cours"


def test_month_has_a_row_a_week_and_shows_a_worked_saturday_only() -> None:
    rows = [
        row
        for data in specification(CHARTS["month"](Look("fr")))["datasets"].values()
        for row in data
    ]
    assert [row["day"] for row in rows] == ["1", "2", "5", "10"]
    assert [row["step"] for row in rows] == ["3", "idle", "off", "0"]
    assert len({row["week"] for row in rows}) == 2
    assert rows[0]["date_words"] == "jeu. 1 octobre 2026"


def test_a_holiday_is_named_where_nobody_worked() -> None:
    may, worked = dt.date(2026, 5, 1), dt.date(2026, 5, 8)
    figure = month.month_calendar(
        {may: None, worked: 3},
        Look("fr"),
        holidays={may: "Fête du Travail", worked: "Victoire 1945"},
        **WORDS,
    )
    assert list(figure.table["Usage"]) == ["Fête du Travail", "3 actions"]


def test_panel_is_sorted_from_zero_and_keeps_the_unknown() -> None:
    figure = CHARTS["panel"](Look("fr"))
    assert list(figure.table["Clic"]) == ["12,0\u00a0%", "4,0\u00a0%", "–"]
    scales = [
        channel["scale"]
        for one in encodings(specification(figure))
        if (channel := one.get("x", {})).get("scale")
    ]
    assert scales
    # One scale, from zero, that holds the longest interval.
    for scale in scales:
        assert scale == scales[0]
        assert scale["domain"][0] == 0 < 0.3 <= scale["domain"][1]
    rows = [
        row
        for part in specification(figure)["datasets"].values()
        for row in part
        if "kind" in row
    ]
    assert {row["key"]: row["kind"] for row in rows} == {
        "a": "chosen",
        "b": "other",
        "c": "other",
    }


def test_a_line_does_not_join_two_eras() -> None:
    drawn = specification(CHARTS["over time"](Look("en")))
    lines = [x for x in drawn["layer"] if x["mark"]["type"] == "line"]
    assert [line["encoding"]["detail"]["field"] for line in lines] == ["era", "era"]
    words = [x for x in drawn["layer"] if x["mark"]["type"] == "text"]
    assert len(words) == 1
    domains = {tuple(x["encoding"]["y"]["scale"]["domain"]) for x in lines}
    assert domains == {(0, 0.6)}
