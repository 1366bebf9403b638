"""One page and the report: what is written, where, and on how many pages."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pandas as pd
import pytest

from core.documents import plots
from core.documents.area import Area
from core.documents.pdf import Document, drawable
from core.documents.surface import Surface
from core.manifest import Manifest
from core.story.model import Story
from core.takeaway import one_pager, report
from core.takeaway.sheets import Column, Sheet, of_step
from tests.unit.takeaway.stories import LONG, story
from tests.unit.takeaway.stories import plots as drawings


def pages(file: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return what is written on paper, line by line, as it is written."""
    found: list[str] = []
    line = Surface._line

    def heard(self, x, y, words, width, size, *, title, align):  # type: ignore[no-untyped-def]
        assert y < 297
        found.append("".join(("" if w[2] else " ") + w[0] for w in words).strip())
        line(self, x, y, words, width, size, title=title, align=align)

    monkeypatch.setattr(Surface, "_line", heard)
    yield found


@pytest.fixture
def page() -> Iterator[Surface]:
    """Return an empty page; its fonts are closed with it."""
    document = Document("x", "fr", "")
    yield document.surface
    document.output()


def as_told(language: str = "fr", company: str = "Peintures Demont") -> Story:
    """Return the story with the steps that one page shows."""
    found = story(language, company=company)
    codes = {"list": "verdict", "line": "adoption", "columns": "symptoms"}
    steps = [
        dataclasses.replace(step, code=codes.get(step.code, step.code))
        for step in found.steps
    ]
    steps.sort(key=lambda step: step.code != "verdict")
    return dataclasses.replace(found, steps=tuple(steps))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_page_is_one_page_with_the_figures_of_the_story(
    language: str, said: list[str]
) -> None:
    told = as_told(language)
    file = one_pager.pdf_bytes(told)
    assert pages(file) == 1
    everything = " ".join(said)
    verdict = told.steps[0]
    assert verdict.title in everything
    for number in verdict.numbers:
        assert number.value in said
    pyramid = next(step for step in told.steps if step.code == "pyramid")
    assert pyramid.plot is not None
    for written in pyramid.plot.written:
        assert written in said
    actions = next(step for step in told.steps if step.code == "actions")
    assert actions.plot is not None
    for line in actions.plot.categories:
        assert line in everything
    assert all(drawable(line) in everything for line in told.telling.about)
    assert f"/Lang ({language}".encode() in file


def test_one_page_holds_long_words_and_says_that_names_are_in_it() -> None:
    told = as_told(company=LONG)
    first = dataclasses.replace(told.steps[0], title=f"{LONG} {LONG}", lead=LONG * 6)
    told = dataclasses.replace(told, steps=(first, *told.steps[1:]))
    assert pages(one_pager.pdf_bytes(told, has_names=True)) == 1
    assert "Confidentiel" in one_pager.footer(told, True)
    assert "Confidentiel" not in one_pager.footer(told, False)


def test_one_page_of_next_to_nothing_is_a_page() -> None:
    told = story()
    told = dataclasses.replace(told, steps=told.steps[-1:])
    assert pages(one_pager.pdf_bytes(told)) == 1


class Held:
    """A workspace of which only what was imported is asked."""

    manifest = Manifest()

    def has(self, *objects: str) -> bool:
        return "login" not in objects


def test_the_report_holds_every_step_table_and_definition(said: list[str]) -> None:
    told = as_told()
    teams = pd.DataFrame({"team": [f"{LONG} {n}" for n in range(12)], "people": 9})
    columns = {"team": Column("Équipe"), "people": Column("Personnes", "count")}
    sheets = [of_step(step, "fr") for step in told.steps]
    sheets.append(Sheet("teams", "Équipes", teams, columns, ("active_days",)))
    heard: list[tuple[int, int]] = []
    file = report.pdf_bytes(
        told,
        sheets,
        Held(),
        tell=lambda *at: heard.append(at),  # type: ignore[arg-type]
    )
    everything = " ".join(said)
    for step in told.steps:
        for number in step.numbers:
            assert number.value in said
        assert step.plot is not None
        if step.plot.kind not in ("list", "tiles"):
            assert all(drawable(one) in everything for one in step.plot.written)
    assert everything.count("Val de Loire 11") == 1
    assert "historique de connexion" in everything or "Connexions" in everything
    assert "Laissé de côté" in everything
    assert 3 <= pages(file) <= 12
    assert heard[-1][0] == heard[-1][1] == len(told.steps) + 4


@pytest.mark.parametrize("kind", list(drawings()))
def test_a_drawing_stays_in_its_place(
    kind: str, page: Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot = drawings()[kind]
    area = Area(20, 30, 120, plots.wanted(page, plot, 120))
    drawn: list[tuple[float, float, float, float]] = []
    rect = Surface.rect

    def heard(self, x, y, width, high, colour):  # type: ignore[no-untyped-def]
        if width > 0 and high > 0:
            drawn.append((x, y, x + width, y + high))
        rect(self, x, y, width, high, colour)

    monkeypatch.setattr(Surface, "rect", heard)
    end = plots.draw(page, area, plot)
    assert end <= area.y + area.height + 0.01
    for left, top, right, bottom in drawn:
        assert left >= area.x - 0.01
        assert right <= area.x + area.width + 0.01
        assert top >= area.y - 0.01
        assert bottom <= end + 0.01


def test_bars_are_to_one_scale(page: Surface, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = drawings()["funnel"]
    widths: list[float] = []
    monkeypatch.setattr(Surface, "rect", lambda self, x, y, w, h, c: widths.append(w))
    plots.draw(page, Area(20, 30, 160, 60), plot)
    values = [value or 0 for value in plot.series[0].values]
    assert [w / widths[0] for w in widths] == pytest.approx(
        [v / values[0] for v in values]
    )


def test_punctuation_follows_bold_words_at_once(page: Surface, said: list[str]) -> None:
    page.text(20, 20, "La vôtre : **28 512 appels**.", 150)
    assert said == ["La vôtre : 28 512 appels."]
