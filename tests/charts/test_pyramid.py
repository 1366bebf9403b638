"""The pyramid is to scale, and says what is missing."""

from __future__ import annotations

import base64
import re

import pytest

from core.charts.figure import Look
from core.charts.pyramid import Pyramid, pyramid, pyramid_svg, silhouette
from core.charts.svg import image, sparkline
from core.charts.tokens import LIGHT
from tests.charts.test_charts import DIAMOND, WORDS, specification


def bars(shape: Pyramid, language: str = "fr", **options: str) -> list[dict]:
    """Return the rows of the bars that are drawn."""
    figure = pyramid(shape, Look(language), **{"state": "sick", **WORDS, **options})
    data = specification(figure)["datasets"].values()
    rows = [row for rows in data for row in rows if "said" in row]
    unique = {row["rank"]: row for row in rows}
    return [unique[rank] for rank in sorted(unique)]


def drawing(html: str) -> str:
    """Return the SVG inside an HTML image."""
    return base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]).decode()


def test_widths_are_the_counts() -> None:
    assert [row["right"] - row["left"] for row in bars(DIAMOND)] == [1240, 3080, 1910]
    heights = {round(row["bottom"] - row["top"], 6) for row in bars(DIAMOND)}
    assert len(heights) == 1


def test_the_reference_pyramid_lacks_nothing() -> None:
    rows = bars(Pyramid(1000, 2500, 5000, (1000, 2500, 5000)))
    assert [row["kind"] for row in rows] == ["held"] * 3
    assert rows[2]["said"] == "5\u00a0000 appels"


def test_a_short_level_says_what_is_expected() -> None:
    rows = bars(DIAMOND)
    assert [row["kind"] for row in rows] == ["held", "held", "short"]
    assert rows[2]["said"] == "1\u00a0910 appels, attendus\u00a0: 6\u00a0200"


def test_the_simulator_says_what_to_reach() -> None:
    rows = bars(DIAMOND, words="simulator")
    assert rows[2]["said"] == "1\u00a0910 appels, à atteindre\u00a0: 6\u00a0200"


def test_a_missing_level_is_drawn_and_named_never_zero() -> None:
    rows = bars(Pyramid(10, 25, None, (10, 25, 50)))
    assert rows[2]["kind"] == "absent"
    assert rows[2]["said"] == "appels\u00a0: fichier à ajouter"
    assert rows[2]["count"] == "–"


def test_silhouette_goes_straight_on_and_never_below_zero() -> None:
    assert silhouette((1, 2, 3)) == [
        (0.0, 0.5),
        (0.5, 1),
        (1.5, 2),
        (2.5, 3),
        (3.0, 3.5),
    ]
    assert silhouette((10, 10, 0))[-1] == (3.0, 0.0)


def test_small_pyramid_is_to_scale() -> None:
    svg = drawing(pyramid_svg(DIAMOND, LIGHT, alt_text="Losange", state="sick"))
    widths = [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', svg)]
    assert widths[1] / widths[0] == pytest.approx(3080 / 1240, rel=0.01)
    assert widths[2] / widths[0] == pytest.approx(1910 / 1240, rel=0.01)
    assert LIGHT.bad_m in svg
    corners = [float(x) for x in re.findall(r"([\d.]+),[\d.]+", svg)]
    assert min(corners) >= 0
    assert max(corners) <= 240


def test_small_pyramid_stays_inside_when_there_is_more_than_expected() -> None:
    shape = Pyramid(10, 900, 4000, (10, 25, 50))
    svg = drawing(pyramid_svg(shape, LIGHT, alt_text="Pyramide", state="healthy"))
    for x, width in re.findall(r'<rect x="([-\d.]+)"[^>]* width="([\d.]+)"', svg):
        assert float(x) >= 0
        assert float(x) + float(width) <= 240


def test_an_image_needs_its_words_and_escapes_them() -> None:
    with pytest.raises(ValueError):
        image("<svg/>", "")
    assert 'alt="a&quot;&lt;b&gt;"' in image("<svg/>", 'a"<b>')


def points(values: list[float | None]) -> list[tuple[float, float]]:
    """Return the points of the line of a sparkline."""
    svg = drawing(sparkline(values, LIGHT, alt="x"))
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", svg)]


def test_a_stable_series_looks_flat() -> None:
    heights = [y for _, y in points([16, 16.2, 16, 16.1, 16, 16.2])]
    assert max(heights) - min(heights) < 3


def test_a_growing_series_rises() -> None:
    heights = [y for _, y in points([8, 9, 10, 12])]
    assert heights == sorted(heights, reverse=True)


def test_a_missing_month_breaks_the_line_and_two_values_are_needed() -> None:
    svg = drawing(sparkline([1, 2, None, 3, 4], LIGHT, alt="x"))
    assert svg.count("M") == 2
    assert sparkline([None, 3], LIGHT, alt="x") == ""
