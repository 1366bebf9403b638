"""Charts made larger: words and gaps grow, figures do not."""

from __future__ import annotations

import pytest

from core.charts.enlarged import LARGEST, LEAST, enlarged
from core.charts.figure import Look
from core.charts.pyramid import Pyramid, pyramid

SHAPE = Pyramid(100, 250, 300, (100.0, 250.0, 500.0))


def test_words_grow_and_data_stay() -> None:
    words = {"title": "t", "alt_text": "a", "state": "watch"}
    spec = pyramid(SHAPE, Look("fr"), **words, height=300).spec  # type: ignore[arg-type]
    large = enlarged(spec, 420)
    assert large["height"] == 420
    assert large["datasets"] == spec["datasets"]
    assert large["config"]["axis"]["labelFontSize"] == pytest.approx(16.8)
    sizes = [layer["mark"].get("fontSize") for layer in spec["layer"]]
    grown = [layer["mark"].get("fontSize") for layer in large["layer"]]
    assert [size and round(size * 1.4, 2) for size in sizes] == grown
    assert spec["height"] == 300, "what is given is left as it was"


def test_neither_tiny_nor_out_of_its_place() -> None:
    assert enlarged({"height": 100, "mark": {"fontSize": 10}}, 900)["mark"] == {
        "fontSize": 10 * LARGEST
    }
    assert enlarged({"height": 800, "mark": {"fontSize": 10}}, 400)["mark"] == {
        "fontSize": 10 * LEAST
    }
