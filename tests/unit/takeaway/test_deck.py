"""Slides: every chart native with its numbers, every slide with its source."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.util import Emu

from core.i18n import formats
from core.story.model import Plot, Series, Story
from core.takeaway import deck, fitting, native, numbers
from core.takeaway.canvas import plain
from tests.unit.takeaway import opened
from tests.unit.takeaway.stories import LONG, plots, story

METHOD = [("Jours actifs :", "jours avec une trace.")]


@pytest.fixture(scope="module", params=["fr", "en"])
def told(request: pytest.FixtureRequest) -> tuple[Story, bytes]:
    found = story(request.param)
    return found, deck.pptx_bytes(found, METHOD)


def test_a_slide_a_step_between_cover_and_method(told: tuple[Story, bytes]) -> None:
    found, file = told
    slides = opened.deck(file).slides
    assert len(slides) == len(found.steps) + 2
    cover = opened.words(slides[0])
    assert found.telling.company in cover
    assert found.steps[0].title in cover
    assert all(line in cover for line in found.telling.about)
    last = opened.words(slides[len(slides) - 1])
    assert "SCORE-USAGE®" in last
    assert METHOD[0][1] in last
    for slide, step in zip(list(slides)[1:], found.steps, strict=False):
        said = opened.words(slide)
        assert slide.shapes.title.text_frame.text == step.title
        assert plain(step.lead) in said
        assert step.source in said
        for number in step.numbers:
            assert number.value in said
            assert number.label in said
        notes = slide.notes_slide.notes_text_frame.text
        assert all(line in notes for line in step.notes)


def test_every_chart_holds_the_numbers_of_its_step(told: tuple[Story, bytes]) -> None:
    found, file = told
    count = 0
    for slide, step in zip(
        list(opened.deck(file).slides)[1:], found.steps, strict=False
    ):
        plot = step.plot
        assert plot is not None
        if plot.kind not in native.CHARTS:
            assert not opened.charts(slide)
            continue
        (chart,) = opened.charts(slide)
        head, *rows = opened.behind(chart)
        place = head.index(plot.series[0].name)
        assert [row[0] for row in rows] == list(plot.categories)
        kept = [row[place] for row in rows]
        assert kept == [
            value if value is not None else "" for value in plot.series[0].values
        ]
        drawn = next(s for s in chart.plots[0].series if s.name == plot.series[0].name)
        assert tuple(drawn.values) == plot.series[0].values
        count += 1
    assert count == 5


def test_charts_are_told_to_who_cannot_see_them(told: tuple[Story, bytes]) -> None:
    found, file = told
    for slide, step in zip(
        list(opened.deck(file).slides)[1:], found.steps, strict=False
    ):
        for shape in slide.shapes:
            if getattr(shape, "has_chart", False):
                assert step.figure is not None
                held = shape._element.nvGraphicFramePr.cNvPr.get("descr")
                assert held == step.figure.alt


def test_nothing_stands_outside_a_slide(told: tuple[Story, bytes]) -> None:
    presentation = opened.deck(told[1])
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


def test_a_pyramid_is_centred_and_to_scale() -> None:
    found = story()
    plot = plots()["pyramid"]
    step = next(s for s in found.steps if s.code == "pyramid")
    file = deck.pptx_bytes(dataclasses.replace(found, steps=(step,)), METHOD)
    (chart,) = opened.charts(opened.deck(file).slides[1])
    series = [list(one.values) for one in chart.plots[0].series]
    middle = len(series) // 2
    widest = max(*plot.expected, *[v or 0 for v in plot.series[0].values])
    for level in range(3):
        before = sum(values[level] for values in series[:middle])
        assert before + series[middle][level] / 2 == pytest.approx(widest / 2)


@given(
    st.floats(min_value=0, max_value=9_999_999),
    st.sampled_from(["fr", "en"]),
    st.integers(min_value=0, max_value=2),
    st.booleans(),
)
@settings(max_examples=80)
def test_a_format_is_taken_only_where_it_writes_the_same(
    value: float, language: str, digits: int, is_share: bool
) -> None:
    if is_share:
        written = formats.percent(value / 1e7, language, digits=digits)
        code = numbers.number_format([value / 1e7], [written], language)
    else:
        written = formats.number(value, language, digits=digits)
        code = numbers.number_format([value], [written], language)
    assert code is not None
    assert ("%" in code) == is_share
    assert numbers.number_format([1.0], ["autre chose"], language) is None


def test_words_of_an_export_are_no_formula_and_no_link() -> None:
    evil = ("=HYPERLINK(1)", "http://e.example", "@SUM(A1)", "-1+1")
    plot = Plot("bars", evil, (Series("=1+1", (1.0, 2.0, 3.0, 4.0)),))
    found = story()
    step = dataclasses.replace(found.steps[0], plot=plot, code="bars")
    file = deck.pptx_bytes(dataclasses.replace(found, steps=(step,)), METHOD)
    (chart,) = opened.charts(opened.deck(file).slides[1])
    blob = chart.part.chart_workbook.xlsx_part.blob
    assert opened.formulas(blob) == 0
    assert [row[0] for row in opened.behind(chart)[1:]] == ["'" + one for one in evil]


def test_long_names_and_many_teams_stay_on_the_slide() -> None:
    teams = tuple(f"{LONG} {rank}" for rank in range(12))
    shares = tuple(rank / 12 for rank in range(12))
    plot = Plot(
        "bars",
        teams,
        (Series("Part", shares),),
        tuple(formats.percent(one, "fr") for one in shares),
        lit=(0,),
    )
    found = story(company=LONG)
    step = dataclasses.replace(found.steps[0], title=f"{LONG} {LONG}", plot=plot)
    file = deck.pptx_bytes(dataclasses.replace(found, steps=(step,)), METHOD)
    test_nothing_stands_outside_a_slide((found, file))
    slide = opened.deck(file).slides[1]
    title = slide.shapes.title
    size = title.text_frame.paragraphs[0].runs[0].font.size.pt
    lines = fitting.lines(title.text_frame.text, Emu(title.width).pt, size, bold=True)
    assert lines * size * 1.2 <= Emu(title.height).pt


def test_progress_is_told_slide_by_slide() -> None:
    told: list[tuple[int, int]] = []
    found = story()
    deck.pptx_bytes(found, METHOD, tell=lambda *at: told.append(at))
    total = len(found.steps) + 2
    assert told == [(done, total) for done in range(total + 1)]
