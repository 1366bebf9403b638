"""The funnel: true to its counts, exits where people leave, enlargements said."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.figure import Look
from core.charts.funnel import funnel
from core.charts.steps import Funnel, bars_of, enlargement, exit_scale
from tests.charts.test_charts import REFERENCE, WORDS, specification

NB = "\u00a0"


def rows(counts: Funnel, column: str, language: str = "fr") -> list[dict]:
    """Return the rows of the specification that have ``column``."""
    figure = funnel(counts, Look(language), **WORDS)
    data = specification(figure)["datasets"].values()
    return [row for part in data for row in part if column in row]


def said(counts: Funnel, language: str = "fr") -> list[str]:
    """Return the words of the drawing, top first."""
    lines = rows(counts, "words", language)
    return [line["words"].replace(NB, " ") for line in lines]


def test_the_reference_case_says_every_count() -> None:
    assert set(said(REFERENCE)) == {
        "5 000 ciblés",
        "base de 50 000 contacts",
        "échelle × 8",
        "4 900 délivrés, 98 %",
        "50 désinscrits",
        "100 rebonds",
        "échelle × 20",
        "3 000 ouverts, 61 %",
        "1 900 non ouverts",
        "100 ont cliqué, 3,3 %",
        "2 900 sans clic : 2e mail",
        "échelle × 40",
        "90 à rappeler",
        "10 convertis",
    }
    assert "90 to call" in said(REFERENCE, "en")


def test_enlarged_bars_stay_shorter_than_those_above() -> None:
    bars = rows(REFERENCE, "kind")
    ends: dict[float, float] = {}
    for bar in bars:
        ends[bar["y"]] = max(ends.get(bar["y"], 0), bar["x2"])
    first, sent, *_, last = (ends[y] for y in sorted(ends))
    assert first == pytest.approx(1)
    assert sent <= 0.82 + 1e-9
    assert last <= 0.64 + 1e-9
    assert {round(bar["y2"] - bar["y"], 6) for bar in bars} == {24, 11}


def test_one_bar_keeps_its_own_proportions() -> None:
    bars = rows(REFERENCE, "kind")
    call = next(bar for bar in bars if bar["kind"] == "to_call")
    won = next(bar for bar in bars if bar["kind"] == "converted")
    ratio = (call["x2"] - call["x"]) / (won["x2"] - won["x"])
    assert ratio == pytest.approx(9)


def test_exits_are_drawn_twice_to_scale() -> None:
    counts = replace(
        REFERENCE, bounced_hard=80, bounced_soft=20, complained=4, refused=52
    )
    bars = rows(counts, "kind")
    own = [bar for bar in bars if bar["y2"] - bar["y"] == 24]
    sent = max(bar["x2"] for bar in own if bar["kind"] == "bounced")
    unit = sent / counts.targeted
    left = {"opted_out": 52, "bounced": 100}
    exits = {"bounced_hard": 80, "bounced_soft": 20, "opted_out": 50, "complained": 4}
    for kind, count in left.items():
        (bar,) = (bar for bar in own if bar["kind"] == kind)
        assert bar["x2"] - bar["x"] == pytest.approx(count * unit)
    small = {bar["kind"]: bar for bar in bars if bar["y2"] - bar["y"] < 24}
    assert small.keys() == exits.keys()
    scales = {
        round((bar["x2"] - bar["x"]) / exits[kind] / unit, 6)
        for kind, bar in small.items()
    }
    assert len(scales) == 1
    assert f"échelle × {scales.pop():.0f}" in said(counts)
    assert max(bar["x2"] for bar in small.values()) <= 1
    assert "4 plaintes" in said(counts)


def test_exits_wider_than_their_place_are_reduced() -> None:
    assert exit_scale(0.5) == 0.5
    assert exit_scale(0.36) == 1
    assert exit_scale(0.016) == 20
    heavy = replace(REFERENCE, base=None, bounced=4000, delivered=1000, opened=500)
    assert "échelle ÷ 3" in said(heavy)


def test_those_in_doubt_are_part_of_the_bar_and_said() -> None:
    counts = replace(REFERENCE, machine_opened=1_000, doubted_call=20)
    words = said(counts)
    assert "3 000 ouverts, 61 %, dont 1 000 par des machines" in words
    assert "90 à rappeler, dont 20 en doute" in words
    last = bars_of(counts, Look("fr"))[-1]
    assert dict(last.parts) == {
        "to_call": 70,
        "doubted": 20,
        "converted": 10,
        "rest": 0,
    }


def test_conversions_that_may_still_come_are_so_far() -> None:
    figure = funnel(REFERENCE, Look("en"), **WORDS, is_running=True)
    data = specification(figure)["datasets"].values()
    words = [row["words"] for part in data for row in part if "words" in row]
    assert "10 converted so far" in words


def test_without_a_base_or_opens_the_rest_is_still_drawn() -> None:
    counts = Funnel(None, 800, 780, 20, 0, None, 200, 20, 180, None)
    words = said(counts)
    assert "780 délivrés, 98 %" in words
    assert "180 à rappeler" in words
    assert not any("ouvert" in line for line in words)


def test_without_clicks_there_is_no_call_list() -> None:
    counts = Funnel(None, 800, 780, 20, 0, 300, None, None, None, None)
    assert not any("rappeler" in line for line in said(counts))


def test_nothing_known_gives_an_empty_drawing_with_dashes() -> None:
    nothing = Funnel(*[None] * 10)
    figure = funnel(nothing, Look("fr"), **WORDS)
    specification(figure)
    assert set(figure.table["Personnes"]) == {"–"}


def test_one_person_agrees() -> None:
    counts = Funnel(None, 10, 9, 1, 1, 5, 2, 1, 1, 3)
    words = said(counts)
    assert "1 rebond" in words
    assert "1 désinscrit" in words
    assert "1 converti" in words


def test_a_row_of_the_mart_keeps_what_is_not_known() -> None:
    row = {**asdict(REFERENCE), "opened": float("nan"), "base": None, "roi": 3.2}
    counts = Funnel.of(row)
    assert counts == replace(REFERENCE, opened=None, base=None)


@given(width=st.floats(1e-7, 1), level=st.integers(1, 2))
def test_an_enlargement_never_passes_its_limit(width: float, level: int) -> None:
    factor = enlargement(width, level)
    assert factor == 1 or factor >= 3
    assert factor == 1 or factor * width <= (1.0, 0.82, 0.64)[level]


@given(st.data())
def test_parts_of_each_bar_add_up(data: st.DataObject) -> None:
    base = data.draw(st.integers(1, 10**6))
    targeted = data.draw(st.integers(1, base))
    bounced = data.draw(st.integers(0, targeted))
    delivered = targeted - bounced
    opted_out = data.draw(st.integers(0, delivered))
    opened = data.draw(st.integers(0, delivered))
    clicked = data.draw(st.integers(0, opened))
    converted = data.draw(st.integers(0, clicked))
    counts = Funnel(
        base,
        targeted,
        delivered,
        bounced,
        opted_out,
        opened,
        clicked,
        converted,
        clicked - converted,
        opened - clicked,
    )
    for bar in bars_of(counts, Look("fr")):
        assert sum(count for _, count in bar.parts) == bar.total
        assert all(count >= 0 for _, count in bar.parts)
