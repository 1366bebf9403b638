"""Every chart that the demo's pages draw: a sceptic can read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from core.charts.figure import Figure
from core.charts.tokens import DARK, LIGHT, contrast
from core.i18n import LANGUAGES
from core.ui import drawings, pictures
from core.visit import Visit
from tests.pages.test_every_page import opened

ADDRESSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("adoption", {"view": "points"}),
    ("adoption", {"view": "change"}),
    ("profiles", {}),
    ("lifecycle", {}),
    ("pyramid", {}),
    ("symptoms", {"symptom": "blunted_tool"}),
    ("conversations", {}),
    ("practices", {}),
    ("campaigns", {}),
    ("campaigns", {"view": "results"}),
    ("campaigns", {"view": "compare"}),
)
# Pale behind the marks, said in words or drawn with an edge: no one reads them alone.
BEHIND = {"sunken", "line", "ok_t", "warn_t", "na_t", "seq0", "seq1", "seq2"}
Drawn = dict[str, Figure]


@pytest.fixture(scope="module", params=LANGUAGES)
def drawn(request: pytest.FixtureRequest, admin: Any, workspace: Any) -> Drawn:
    """Every figure of the demo's pages in one language, by page and name."""
    from core.accounts import sessions

    del admin
    workspace("demo")
    found: Drawn = {}
    real, token = drawings.draw, sessions.claim(sessions.ticket(None))
    where = ""

    def keep(visit: Visit, figure: Figure, key: str, **options: Any) -> str | None:
        found[f"{where}/{key}"] = figure
        return real(visit, figure, key, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawings, "draw", keep)
        patch.setattr("core.ui.auth.token", lambda: token)
        for where, query in ADDRESSES:
            app = opened(where, request.param, **query)
            assert not app.exception
    return found


def layers(figure: Figure) -> Iterator[dict[str, Any]]:
    """Return the parts of a drawing that have a mark, however deep they stand."""

    def parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if "layer" not in node:
            yield node
        for one in node.get("layer", ()):
            yield from parts(one)

    yield from parts(figure.spec)


def fields(node: Any, channel: str) -> Iterator[dict[str, Any]]:
    """Return what a channel is encoded with, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == channel:
                yield from value if isinstance(value, list) else [value]
            yield from fields(value, channel)
    elif isinstance(node, list):
        for one in node:
            yield from fields(one, channel)


def colours(figure: Figure) -> set[str]:
    return set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure.spec)))


def failing(drawn: Drawn, holds: Callable[[Figure], bool]) -> list[str]:
    return [name for name, figure in drawn.items() if not holds(figure)]


def test_the_pages_draw(drawn: Drawn) -> None:
    assert {name.split("/")[0] for name in drawn} == {page for page, _ in ADDRESSES}
    assert len(drawn) >= 28


def test_the_finding_holds_a_figure(drawn: Drawn) -> None:
    assert failing(drawn, lambda one: bool(re.search(r"\d", one.alt))) == []


def test_there_is_a_table_whose_headings_differ(drawn: Drawn) -> None:
    def told(one: Figure) -> bool:
        return len(one.table) > 0 and len(set(one.table.columns)) == len(
            one.table.columns
        )

    assert failing(drawn, told) == []


def test_axes_have_words_or_marks_have_labels(drawn: Drawn) -> None:
    def said(one: Figure) -> bool:
        titles = [
            entry.get("title")
            for axis in ("x", "y")
            for entry in fields(one.spec, axis)
            if isinstance(entry, dict)
        ]
        labels = any(layer["mark"]["type"] == "text" for layer in layers(one))
        # Without either, the title of the chart must say what is counted.
        return any(titles) or labels or len(one.title.split()) >= 2 or bool(one.keys)

    assert failing(drawn, said) == []


def test_tooltips_are_written_in_words(drawn: Drawn) -> None:
    def written(one: Figure) -> bool:
        hints = list(fields(one.spec, "tooltip"))
        # Where each mark bears its own words, there is nothing more to point at.
        labels = [one for one in layers(one) if one["mark"]["type"] == "text"]
        return bool(hints or labels) and all(
            hint["type"] == "nominal" and hint["title"] and "_" not in hint["title"]
            for hint in hints
        )

    assert failing(drawn, written) == []


def test_every_written_value_is_in_the_table(drawn: Drawn) -> None:
    """What a mark says when pointed at, the table says too."""

    def missing(one: Figure) -> set[str]:
        cells = [str(cell) for row in one.table.to_numpy() for cell in row]
        text = " ".join([*cells, one.note])
        shown: set[str] = set()
        for layer in layers(one):
            hints = list(fields(layer.get("encoding", {}), "tooltip"))
            data = layer.get("data", one.spec.get("data", {}))
            rows = one.spec.get("datasets", {}).get(data.get("name"), [])
            for hint in hints[:2]:
                shown |= {str(row.get(hint["field"], "")) for row in rows}
        figures = {word for word in shown if re.search(r"\d", word)}
        return {
            word
            for word in figures
            if word not in text
            and not set(re.findall(r"[\d,.\u00a0]+\d|\d", word))
            <= set(re.findall(r"[\d,.\u00a0]+\d|\d", text))
        }

    assert {name: missing(one) for name, one in drawn.items() if missing(one)} == {}


def test_marks_stand_out_of_the_card(drawn: Drawn) -> None:
    names = {getattr(LIGHT, name): name for name in LIGHT.__dataclass_fields__}

    def weak(one: Figure) -> set[str]:
        return {
            names.get(colour, colour)
            for colour in colours(one)
            if contrast(colour, LIGHT.card) < 3 and colour != LIGHT.card
        } - BEHIND

    assert {name: weak(one) for name, one in drawn.items() if weak(one)} == {}


def test_pale_bars_have_an_edge(drawn: Drawn) -> None:
    pale = {LIGHT.seq0, LIGHT.seq1, LIGHT.seq2}

    def edged(one: Figure) -> bool:
        for layer in layers(one):
            mark, encoding = layer["mark"], layer.get("encoding", {})
            if mark["type"] not in ("bar", "rect"):
                continue
            inked = json.dumps([mark, encoding.get("color"), encoding.get("fill")])
            if any(colour in inked for colour in pale) and not (
                "stroke" in mark or "stroke" in encoding
            ):
                return False
        return True

    assert failing(drawn, edged) == []


def test_keys_that_differ_by_colour_alone_differ_in_grey(drawn: Drawn) -> None:
    def apart(one: Figure) -> bool:
        if one is drawn["lifecycle/stages"]:  # above and below the line
            return True
        plain = [key for key in one.keys if key.sign == "square" and not key.is_dashed]
        signs = [(key.fill, key.edge or key.fill) for key in plain]
        for palette in (LIGHT, DARK):
            for rank, (fill, edge) in enumerate(signs):
                for other, its_edge in signs[:rank]:
                    step = contrast(getattr(palette, fill), getattr(palette, other))
                    ink = contrast(getattr(palette, edge), getattr(palette, its_edge))
                    hollow = "card" in (fill, other)
                    if step < 1.25 and ink < 1.25 and not hollow:
                        return False
        return True

    assert failing(drawn, apart) == []


def test_a_chart_is_taken_with_its_table_and_noted(
    drawn: Drawn, signed_in: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    del signed_in
    noted: list[dict[str, Any]] = []
    monkeypatch.setattr(
        pictures.audit, "record", lambda *who, **what: noted.append(what)
    )
    figure = next(one for name, one in drawn.items() if name.startswith("practices/"))
    account: Any = SimpleNamespace(who="m@valombre.example")
    visit = Visit(account, "marketing", "fr", None, None, "Valombre", False, "light")
    lines = pictures.made(visit, figure, "csv").decode("utf-8-sig").splitlines()
    assert lines[0] == ";".join(map(str, figure.table.columns))
    assert len(lines) == len(figure.table) + 1
    assert noted == [{"list": "chart", "file": "csv"}]
