"""A chart as a file: it stands alone, needs nobody, and says what the page says."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from core.charts.change import change_arrows
from core.charts.figure import Figure, Look
from core.charts.practices import stacks
from core.charts.tokens import DARK, LIGHT, TOKENS
from core.documents import picture

SOURCE = "Source : CRM de Valombre, données jusqu’au 31 octobre 2026."
FINDING = (
    "Élodie a perdu 12 jours, et c’est la plus forte baisse parmi 2 personnes. " * 3
)
PEOPLE = pd.DataFrame(
    {
        "user_id": ["u1", "u2"],
        "name": ["Élodie <b>& fils</b>", "Bo\x07 Łi"],
        "previous": [18, 3],
        "current": [6, 9],
    }
)


def figure(theme: str = "light") -> Figure:
    look = Look("fr", theme)
    return change_arrows(PEOPLE, look, title="Qui a bougé", alt_text=FINDING.strip())


@pytest.fixture(scope="module")
def drawn() -> str:
    return picture.svg(figure(), SOURCE)


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter()]


def test_a_drawing_says_title_finding_names_and_source(drawn: str) -> None:
    said = texts(drawn)
    assert {"Qui a bougé", SOURCE, "Élodie <b>& fils</b>", "−12", "+6"} <= set(said)
    assert FINDING.split()[-1] in " ".join(said)
    # What XML cannot hold is gone, the rest of the name stays.
    assert "Bo Łi" in said


def test_a_long_finding_breaks_within_the_picture(drawn: str) -> None:
    lines = [one for one in texts(drawn) if one and one in FINDING and len(one) > 30]
    assert len(lines) >= 2
    assert " ".join(lines) == FINDING.strip()


def test_a_drawing_refers_to_nothing_outside(drawn: str) -> None:
    found = re.findall(r"""(?:href|src)=["']([^"']*)|url\(([^)]*)\)""", drawn)
    assert all((one or other).startswith("#") for one, other in found)
    assert not re.search(r"<(script|foreignObject|image)\b", drawn)


def test_a_picture_is_a_png_of_twice_the_drawing(drawn: str) -> None:
    root = ElementTree.fromstring(drawn)
    image = Image.open(io.BytesIO(picture.png(figure(), SOURCE)))
    assert image.format == "PNG"
    wanted = (float(root.get("width", 0)) * 2, float(root.get("height", 0)) * 2)
    assert abs(image.width - wanted[0]) <= 1
    assert abs(image.height - wanted[1]) <= 1
    corner = image.convert("RGB").getpixel((3, 3))
    assert corner == (255, 255, 255)
    # Words are drawn, in our fonts: the head of the picture is not empty.
    head = image.convert("L").crop((60, 60, 700, 130))
    assert head.getextrema()[0] < 60


def test_a_picture_of_a_dark_page_is_light(drawn: str) -> None:
    dark = picture.svg(figure("dark"), SOURCE)
    assert not [one for one in TOKENS if getattr(DARK, one) in dark]
    colours = set(re.findall(r"#[0-9A-F]{6}", dark))
    assert colours == set(re.findall(r"#[0-9A-F]{6}", drawn))


def test_keys_are_drawn_with_their_words() -> None:
    frame = pd.DataFrame({"label": ["Lyon"], "own": [3], "others": [4]})
    parts = (("own", "Saisis par soi"), ("others", "Saisis par d’autres"))
    one = stacks(
        frame,
        Look("fr"),
        title="Qui saisit",
        alt_text="4 sur 7",
        label="Équipe",
        parts=parts,
        fills=("seq2", "warn_m"),
    )
    svg = picture.svg(one, SOURCE)
    assert {name for _, name in parts} <= set(texts(svg))
    assert LIGHT.warn_m in svg


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    one = figure()
    spec = {**one.spec, "data": {"url": "http://data.invalid/people.json"}}
    for layer in spec["layer"]:
        layer.pop("data", None)
    monkeypatch.setitem(one.__dict__, "spec", spec)
    with pytest.raises(picture.NotDrawn, match="data.invalid"):
        picture.svg(one, SOURCE)
