"""Blocks of the page: they escape, keep one h1, and say in words what they draw."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pandas as pd
import pytest

from core.charts.figure import Look
from core.ui import components, heatmap, icons, style, tables, tiles

EVIL = '<script>alert("x")</script>'
VOID = {"img", "br", "input"}
MAKERS: dict[str, Callable[[str], str]] = {
    "chip": lambda x: components.chip("watch", x),
    "symbol": lambda x: components.symbol("field", x),
    "verdict_header": lambda x: components.verdict_header(x, x, "sick", x),
    "hero": lambda x: components.hero(x, x, "sick", x, picture="<i></i>", caption=x),
    "section": lambda x: components.section(x, x),
    "heading": lambda x: components.heading(
        x, x, profile="field", state="sick", word=x
    ),
    "card": lambda x: components.card(title=x, note=x),
    "paragraph": components.paragraph,
    "note": components.note,
    "status": components.status,
    "unseen": components.unseen,
    "big_number": lambda x: components.big_number(x, x),
    "step_list": lambda x: components.step_list([(x, x)]),
    "stat_list": lambda x: components.stat_list([components.Stat(x, x, state="sick")]),
    "legend": lambda x: components.legend([(x, x)]),
    "notice": lambda x: components.notice("info", x),
    "partial_data": components.partial_data,
    "empty_state": lambda x: components.empty_state(x, x, [(x, x)]),
    "error_card": lambda x: components.error_card(x, x, reference=x),
    "skeleton": components.skeleton,
    "data_line": components.data_line,
    "how": lambda x: components.how(x, [x]),
    "kpi_tile": lambda x: tiles.kpi_tile(
        x, x, x, change=x, direction=x, tone=x, state=x, why=x
    ),
    "kpi_absent": lambda x: tiles.kpi_absent(x, x),
    "bullet": lambda x: tiles.bullet(0.3, 0.6, x, value=x, threshold_words=x),
    "profile_split": lambda x: tiles.profile_split([(x, x, 3, 2, x)]),
    "table": lambda x: tables.table({"a": x, "b": x}, [{"a": x, "b": x}], caption=x),
    "frame_table": lambda x: tables.frame_table(pd.DataFrame({x: [x]}), caption=x),
    "heat_map": lambda x: heatmap.heat_map(
        [heatmap.Row(x, {}, 0)], [dt.date(2026, 10, 1)], Look("fr"), caption=x
    ),
}


class Reader(HTMLParser):
    """Reads HTML and refuses what does not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APLOMB_STRICT_TEXTS", "1")


@pytest.mark.parametrize("name", MAKERS)
def test_what_comes_from_a_file_is_never_markup(name: str) -> None:
    html = MAKERS[name](EVIL)
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert "script" not in reader.seen
    assert "<script" not in html
    assert 'alert("' not in html


def test_an_attribute_cannot_be_left() -> None:
    html = tables.table({"a": "A", "b": 'x" onclick="y'}, [{"b": "1"}], caption="c")
    assert 'onclick="' not in html


def test_decisive_words_are_bold_and_nothing_else_is() -> None:
    assert components.rich("**13 <b>** sur 41") == "<b>13 &lt;b&gt;</b> sur 41"


def test_a_state_is_always_a_shape_and_a_word() -> None:
    for state in ("healthy", "watch", "sick", "at_risk", "not_enough_data", "excluded"):
        html = components.chip(state, "Le mot")
        assert f"i-{state}" in html
        assert "Le mot" in html


def test_one_page_has_one_h1() -> None:
    page = components.verdict_header("a", "b") + components.empty_state("c", "d")
    assert page.count("<h1") == 1
    assert components.empty_state("c", "d", heading_level=1).count("<h1") == 1


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icons.icon("up")
    assert "en hausse" in icons.icon("up", "en hausse")
    assert "i-not_enough_data" in icons.icon("no such icon")


def test_every_icon_is_drawn_by_the_sheet() -> None:
    css = icons.css()
    for name in icons.names():
        assert re.search(rf"\.i-{name}[,{{]", css), name


def test_a_bar_never_leaves_its_track() -> None:
    html = tiles.bullet(7.0, -1.0, "sick", value="700 %", threshold_words="x")
    assert "width:100.0%" in html
    assert "left:0.0%" in html


def test_a_table_names_its_rows_columns_and_itself() -> None:
    html = tables.table(
        {"name": "Nom", "phone": "Téléphone"},
        [{"name": "Ana", "phone": None}, {"name": "Bo", "phone": "01"}],
        caption="Les deux à rappeler",
        absent="à compléter",
        chosen=1,
    )
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 2
    assert "<caption>" in html
    assert "à compléter" in html
    assert 'data-label="Téléphone"' in html
    assert html.count('class="chosen"') == 1


def test_a_title_never_cuts_a_word_at_its_hyphen() -> None:
    html = components.verdict_header("", "E-mails, rendez-vous et <e-mail>")
    assert re.findall(r'<span class="whole">(.*?)</span>', html) == [
        "E-mails",
        "e-mail",
    ]
    assert "rendez-vous et &lt;" in html


def test_figures_stand_at_the_right_of_a_frame_table() -> None:
    frame = pd.DataFrame({"Mois": ["oct."], "Jours": ["−3"], "Lecture": ["bon"]})
    html = tables.frame_table(frame, caption="x")
    assert re.findall(r'class="num" data-label="(\w+)"', html) == ["Jours"]


def test_html_cells_are_kept() -> None:
    chip = tables.Html(components.chip("healthy", "Bonne"))
    assert str(chip) in tables.table({"a": "A"}, [{"a": chip}], caption="x")


def test_a_brief_row_keeps_its_key_figure_and_folds_the_others() -> None:
    columns = {"team": "Équipe", "calls": "Appels", "state": "État", "due": "Dus"}
    rows = [
        {"team": "<Sud>", "calls": "3", "state": "bon", "due": "7"},
        {"team": "Est", "calls": "4", "state": "bon", "due": None},
    ]
    html = tables.brief(columns, rows, ("calls", "state"), caption="Deux équipes")
    lines = re.findall(r"<summary>(.*?)</summary>", html)
    assert len(lines) == 1
    assert "&lt;Sud&gt;" in lines[0] and "3" in lines[0] and "bon" in lines[0]
    assert "<dt>Dus</dt><dd>7</dd>" in html
    assert html.count("<dt>") == 1  # nothing to unfold where nothing is known
    assert 'aria-label="Deux équipes"' in html
    assert "Équipe" in html and "Appels" in html


DAYS = [dt.date(2026, 10, day) for day in (1, 2, 5, 6)]


def heat(row: heatmap.Row, language: str = "fr") -> str:
    """Return the body of a heat map of one row."""
    closed = frozenset({DAYS[3]})
    html = heatmap.heat_map([row], DAYS, Look(language), caption="c", closed=closed)
    return html.split("<tbody>")[1]


def test_heat_map_tells_idle_off_and_closed_days_apart() -> None:
    body = heat(heatmap.Row("Ana", {DAYS[0]: 30, DAYS[1]: 0}, 2, -1))
    assert re.findall(r'<i class="(\w+)"', body) == ["a5", "idle", "off", "shut"]
    assert 'title="jeu. 1 octobre 2026, 30 actions"' in body
    assert body.count('class="gap"') == 1  # one week-end between the 2nd and the 5th


def test_heat_map_says_the_change_in_its_sign() -> None:
    assert "\u2212</span>1" in heat(heatmap.Row("Ana", {}, 0, -1))
    assert "+</span>3" in heat(heatmap.Row("Ana", {}, 0, 3))
    assert "–" in heat(heatmap.Row("Ana", {}, 0, None))
    assert 'data-unit="jour"' in heat(heatmap.Row("Ana", {}, 1))
    assert 'data-unit="days"' in heat(heatmap.Row("Ana", {}, 0), "en")


def test_heat_map_rows_come_from_the_marts() -> None:
    people = pd.DataFrame(
        {
            "user_id": ["u1", "u2"],
            "name": ["Ana", "Bo"],
            "login_days": [2, 0],
            "change": [-1.0, None],
        }
    )
    days = pd.DataFrame(
        {
            "user_id": ["u1", "u1", "u1"],
            "day": pd.to_datetime(["2026-10-01", "2026-10-02", "2026-10-05"]),
            "login_count": [1, 3, 0],
            "action_count": [12, 0, 0],
        }
    )
    first, second = heatmap.rows_of(people, days)
    assert first == heatmap.Row("Ana", {DAYS[0]: 12, DAYS[1]: 0}, 2, -1)
    assert second == heatmap.Row("Bo", {}, 0, None)


@pytest.mark.parametrize(
    ("actions", "step"), [(1, 0), (2, 0), (3, 1), (10, 2), (18, 3), (28, 4), (29, 5)]
)
def test_heat_map_steps(actions: int, step: int) -> None:
    assert heatmap.shade(actions) == step


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sheet_fetches_nothing_and_stays_small(language: str, theme: str) -> None:
    sheet = style.sheet(language, theme)
    assert len(sheet.encode()) < 43_000
    assert "@import" not in sheet
    for target in re.findall(r"url\((.{0,14})", sheet):
        assert target.startswith(('"data:image', "'data:image"))
    assert sheet.count("{") == sheet.count("}")
    used = set(re.findall(r"var\((--[\w-]+)\)", sheet))
    assert used - {"--i"} <= set(re.findall(r"(--[\w-]+):", sheet))


def test_the_uploader_speaks_the_reader_s_language() -> None:
    assert "Choisir des fichiers" in style.uploader_rules("fr")
    assert "Choose files" in style.uploader_rules("en")
