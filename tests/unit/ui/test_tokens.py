"""Colours: what the theme file says is what the tokens say, and it can be read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from core.charts.tokens import DARK, LIGHT, TOKENS, Palette, contrast, palette

CONFIG = Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml"
THEMES = [pytest.param("light", LIGHT), pytest.param("dark", DARK)]
# Name of Streamlit's option: name of our token.
SAME = {
    "primaryColor": "accent",
    "backgroundColor": "card",
    "textColor": "text",
    "borderColor": "line",
    "linkColor": "accent",
    "greenColor": "ok_m",
    "greenTextColor": "ok",
    "greenBackgroundColor": "ok_t",
    "orangeColor": "warn_m",
    "orangeTextColor": "warn",
    "orangeBackgroundColor": "warn_t",
    "yellowColor": "warn_m",
    "yellowTextColor": "warn",
    "yellowBackgroundColor": "warn_t",
    "redColor": "bad_m",
    "redTextColor": "bad",
    "redBackgroundColor": "bad_t",
    "grayColor": "na_m",
    "grayTextColor": "na",
    "grayBackgroundColor": "na_t",
    "blueColor": "p1",
    "blueTextColor": "accent",
    "blueBackgroundColor": "accent_t",
    "dataframeHeaderTextColor": "muted",
    "dataframeBorderColor": "line",
}


@pytest.fixture(scope="module")
def config() -> dict:
    return tomllib.loads(CONFIG.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "colours"), THEMES)
def test_theme_file_and_tokens_agree(config: dict, name: str, colours: Palette) -> None:
    theme = config["theme"][name]
    assert {option: theme[option] for option in SAME} == {
        option: getattr(colours, token) for option, token in SAME.items()
    }
    profiles = [colours.p1, colours.p2, colours.p3, colours.p0]
    assert theme["chartCategoricalColors"] == profiles


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


TEXTS = [
    *[
        (ink, ground)
        for ink in ("text", "muted", "accent")
        for ground in ("bg", "card")
    ],
    *[(state, "card") for state in ("ok", "warn", "bad", "na")],
    *[(state, "bg") for state in ("ok", "warn", "bad", "na")],
    *[(state, f"{state}_t") for state in ("ok", "warn", "bad", "na")],
    *[("text", ground) for ground in ("sunken", "accent_t", "seq0", "seq1", "seq2")],
    ("muted", "sunken"),
    ("accent", "accent_t"),
    ("on_accent", "accent"),
    ("on_profile", "p1"),
    ("on_profile", "p2"),
    ("on_profile", "p3"),
]
MARKS = [
    *[(mark, "card") for mark in ("ok_m", "warn_m", "bad_m", "na_m", "line2", "ghost")],
    *[(mark, "card") for mark in ("p0", "p1", "p2", "p3", "second_mail")],
    *[(mark, "card") for mark in ("seq3", "seq4", "seq5")],
    ("line2", "bg"),
    ("accent", "bg"),
]


@pytest.mark.parametrize(("name", "colours"), THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(name: str, colours: Palette, ink: str, ground: str) -> None:
    ratio = contrast(getattr(colours, ink), getattr(colours, ground))
    assert ratio >= 4.5, f"{name}: {ink} on {ground} is {ratio:.2f}"


@pytest.mark.parametrize(("name", "colours"), THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_can_be_seen(name: str, colours: Palette, mark: str, ground: str) -> None:
    ratio = contrast(getattr(colours, mark), getattr(colours, ground))
    assert ratio >= 3, f"{name}: {mark} on {ground} is {ratio:.2f}"


def test_every_token_is_a_colour_and_a_css_property() -> None:
    for colours in (LIGHT, DARK):
        css = colours.as_css()
        for token in TOKENS:
            value = getattr(colours, token)
            assert len(value) == 7
            assert value.startswith("#")
            assert f"--{token.replace('_', '-')}:{value};" in css


def test_a_theme_not_known_is_light() -> None:
    assert palette(None) is LIGHT
    assert palette("dark") is DARK


def test_a_state_not_known_is_drawn_as_not_enough_data() -> None:
    assert LIGHT.mark("new state") == LIGHT.na_m
    assert LIGHT.profile("unknown") == LIGHT.p0


def test_the_application_sends_and_fetches_nothing(config: dict) -> None:
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["toolbarMode"] == "minimal"
    assert config["client"]["showErrorDetails"] == "none"
    assert config["runner"]["postScriptGC"] is False
    for face in config["theme"]["fontFaces"]:
        assert face["url"].startswith("app/static/fonts/")
        name = face["url"].removeprefix("app/static/")
        assert (CONFIG.parents[1] / "core" / "static" / name).is_file()
