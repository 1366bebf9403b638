"""Scorecards as files: nothing in them runs, what comes back is what went out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.util import Inches
from python_calamine import CalamineWorkbook

from core.errors import UnreadableFile
from core.i18n import LANGUAGES, text
from core.rules import DEFAULTS
from core.score_usage import (
    KEYS,
    Action,
    Answer,
    Binding,
    Outcome,
    Sheet,
    clean_line,
    clean_text,
)
from core.scorecards import drawn, examples, fonts, pdf, slide, workbook, written
from core.scorecards.words import Reading

DAY = date(2026, 11, 28)
SPACE = "Valombre & Cie"
HOSTILE = [
    '=HYPERLINK("http://x.example","a")',
    "'=1+1",
    "''",
    "+cmd|' /C calc'!A0",
    "+33 1 44 55 10 02",
    "-2+3",
    "@SUM(A1)",
    "＝1",
    "<script>alert(1)</script> & <b>",
    "_x0041_ _x000D_",
    "😡 مرحبا שלום 漢字 \u202e",
    "{name} {0} %s",
    "1e5",
    "TRUE",
    "  ligne\n\n=deux  ",
]
LINES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
NAMES = LINES.map(clean_line).filter(bool)
ACTIONS = st.builds(
    Action,
    criterion=st.sampled_from(KEYS),
    measure=st.just(0),
    words=LINES.map(clean_text).filter(bool),
    owner=LINES.map(clean_line),
    due_day=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    is_done=st.booleans(),
) | st.builds(
    Action, criterion=st.sampled_from(KEYS), measure=st.sampled_from((1, 2, 3))
)
BINDINGS = st.builds(
    Binding,
    kind=st.sampled_from(["call", "record:Visit__c", "activity:=1+1", "field:a.b"]),
    launch_day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
) | st.builds(
    Binding,
    kind=st.just("logged_email"),
    launch_day=st.just(DAY),
    scope=st.just("team"),
    group=st.sampled_from(["Nord", "=1+1", "'quoted", "12"]),
)
GATES = st.sampled_from((None, True, False))
SHEETS = st.builds(
    Sheet,
    name=NAMES,
    description=LINES.map(clean_text),
    effort=st.none() | st.integers(1, 5),
    answers=st.fixed_dictionaries(
        {
            key: st.builds(
                Answer, st.sampled_from((None, 0, 1, 2, 3)), LINES.map(clean_text)
            )
            for key in KEYS
        }
    ),
    works=GATES,
    trained=GATES,
    actions=st.lists(ACTIONS, max_size=4).map(tuple),
    binding=st.none() | BINDINGS,
)
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def reading(language: str = "fr") -> Reading:
    return Reading(language, DAY, SPACE, DEFAULTS)


@pytest.fixture(scope="module")
def gateway() -> Sheet:
    sheet = examples.sheet(examples.REFERENCE, "fr")
    answers = {
        key: replace(one, note=f"note {key}") for key, one in sheet.answers.items()
    }
    plan = (*sheet.actions, Action("groupe", 0, "à nous", "Hélène", DAY, True))
    return replace(sheet, description="Un bouton", answers=answers, actions=plan)


def hostile() -> Sheet:
    many = {key: Answer(n % 4, HOSTILE[n]) for n, key in enumerate(KEYS)}
    plan = tuple(Action("groupe", 0, words * 4, words, DAY) for words in HOSTILE)
    return Sheet(HOSTILE[0] * 3, HOSTILE[8] * 40, 5, many, False, None, plan)


@given(st.lists(SHEETS, min_size=1, max_size=3))
@FEW
def test_json_comes_back_exactly(sheets: list[Sheet]) -> None:
    payload = written.json_bytes(sheets, workspace=SPACE, day=DAY)
    assert written.read_json(payload, "x.json") == sheets


@given(st.lists(SHEETS, min_size=1, max_size=3), st.sampled_from(LANGUAGES))
@FEW
def test_a_workbook_comes_back_exactly(sheets: list[Sheet], language: str) -> None:
    payload = workbook.xlsx_bytes(sheets, reading(language))
    assert workbook.read_xlsx(payload, "x.xlsx") == sheets


@given(SHEETS)
@FEW
def test_no_cell_is_a_formula_or_a_link(sheet: Sheet) -> None:
    payload = workbook.xlsx_bytes([sheet], reading())
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                content = archive.read(name)
                assert b"<f>" not in content
                assert b"hyperlink" not in content
    book = CalamineWorkbook.from_filelike(io.BytesIO(payload))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            for cell in row:
                starts = isinstance(cell, str) and cell.startswith(
                    ("=", "@", "-", "＝")
                )
                assert not starts, cell


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_bears_credit_day_and_workspace(
    language: str, gateway: Sheet
) -> None:
    read = reading(language)
    assert "Skama" in read.credit()
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(workbook.xlsx_bytes([gateway], read))
    )
    notes = [row[0] for row in book.get_sheet_by_name("Notes").to_python()]
    assert notes[:2] == [read.credit(), read.made()]
    content = json.loads(written.json_bytes([gateway], workspace=SPACE, day=DAY))
    assert "Skama" in content["method"]
    assert (content["workspace"], content["day"]) == (SPACE, "2026-11-28")
    assert (content["schema"], content["version"]) == ("aplomb.scorecards", 2)
    assert content["scorecards"][0]["mark"] == 6.0
    shown = slide_text(slide.pptx_bytes([gateway], read))
    assert read.credit() in shown
    assert read.made() in shown
    assert SPACE in read.made()


def test_a_changed_workbook_is_read_with_its_changes(gateway: Sheet) -> None:
    payload = workbook.xlsx_bytes([gateway], reading())
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(payload)) as before,
        zipfile.ZipFile(changed, "w") as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/sharedStrings.xml":
                content = content.replace(b"note groupe", b"autre note")
            after.writestr(name, content)
    (sheet,) = workbook.read_xlsx(changed.getvalue(), "x.xlsx")
    assert sheet.answers["groupe"].note == "autre note"
    assert sheet.actions == gateway.actions


def cause(read: Callable[[], object]) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read()
    found = str(caught.value.context["cause"])
    for language in LANGUAGES:
        values = {"limit": 1, "value": "x", **caught.value.context}
        assert text(f"cause.{found}", language, **values)
        assert text(f"remedy.{found}", language)
    return found


def test_other_files_are_refused_with_what_to_do(gateway: Sheet) -> None:
    def as_json(**new: object) -> bytes:
        content = json.loads(written.json_bytes([gateway], workspace="", day=DAY))
        return json.dumps({**content, **new}).encode()

    def entry(**new: object) -> bytes:
        return as_json(scorecards=[{**written.as_json(gateway), **new}])

    wrong = {
        b"": "score_not_json",
        b"\xff\xfe": "score_not_json",
        b"[" * 100_000: "score_not_json",
        b"[]": "score_other_file",
        b'{"schema": "other"}': "score_other_file",
        as_json(version=3): "score_later_version",
        as_json(version="1"): "score_later_version",
        as_json(scorecards=[]): "score_count",
        as_json(scorecards=[{}] * 300): "score_count",
        as_json(scorecards=[3]): "score_wrong_value",
        entry(name=""): "score_wrong_value",
        entry(name=3): "score_wrong_value",
        entry(effort=9): "score_wrong_value",
        entry(effort=True): "score_wrong_value",
        entry(gates={"works": 1}): "score_wrong_value",
        entry(answers={"groupe": {"value": 7}}): "score_wrong_value",
        entry(answers={"autre": {"value": 1}}): "score_wrong_value",
        entry(answers=[1]): "score_wrong_value",
        entry(actions=[{"criterion": "autre"}]): "score_wrong_value",
        entry(actions=[{"criterion": "groupe"}]): "score_wrong_value",
        entry(
            actions=[{"criterion": "groupe", "measure": 1, "due_day": "demain"}]
        ): "score_wrong_value",
    }
    found = {
        payload: cause(lambda payload=payload: written.read_json(payload, "x"))
        for payload in wrong
    }
    assert found == wrong
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "x")
    for payload in (b"PK", b"not a workbook", other.getvalue()):
        assert cause(lambda payload=payload: workbook.read_xlsx(payload, "x")) == (
            "score_other_file"
        )


def test_a_workbook_that_would_fill_the_memory_is_refused(
    gateway: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = workbook.xlsx_bytes([gateway], reading())
    monkeypatch.setattr(workbook, "_UNPACKED", 1000)
    assert cause(lambda: workbook.read_xlsx(payload, "x")) == "score_other_file"


def slide_text(payload: bytes) -> str:
    deck = Presentation(io.BytesIO(payload))
    return "\n".join(
        shape.text_frame.text
        for one in deck.slides
        for shape in one.shapes
        if shape.has_text_frame
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["gateway", "hostile", "blank"])
def test_a_slide_is_native_and_within_its_edges(
    language: str, kind: str, gateway: Sheet
) -> None:
    sheet = {"gateway": gateway, "hostile": hostile(), "blank": Sheet("x")}[kind]
    payload = slide.pptx_bytes([sheet], reading(language))
    deck = Presentation(io.BytesIO(payload))
    (one,) = deck.slides
    assert one.shapes.title.text_frame.text == reading(language).headline(sheet)
    tiles = [
        s
        for s in one.shapes
        if s.has_text_frame
        and "\n" in s.text_frame.text
        and len(s.text_frame.text.split("\n")[0]) == 1
    ]
    assert "".join(tile.text_frame.text[0] for tile in tiles) == "SCOREUSAGE"
    assert not [shape for shape in one.shapes if shape.shape_type == 13], "a picture"
    boxes = []
    for shape in one.shapes:
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= Inches(13.334), shape.name
        assert shape.top + shape.height <= Inches(7.5), shape.name
        boxes.append(shape)
    for index, first in enumerate(tiles):
        for second in tiles[index + 1 :]:
            apart = (
                first.left + first.width <= second.left
                or second.left + second.width <= first.left
                or first.top + first.height <= second.top
                or second.top + second.height <= first.top
            )
            assert apart
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
            if name.startswith("ppt/slides/_rels"):
                assert b"External" not in archive.read(name)


def test_notes_are_whole_in_the_speaker_s_notes(gateway: Sheet) -> None:
    deck = Presentation(io.BytesIO(slide.pptx_bytes([gateway], reading())))
    said = deck.slides[0].notes_slide.notes_text_frame.text
    assert all(f"note {key}" in said for key in KEYS)


def test_a_pdf_has_a_page_a_scorecard(gateway: Sheet) -> None:
    payload = pdf.pdf_bytes([gateway, hostile(), Sheet("x")], reading())
    assert payload.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b(?!s)", payload)) == 3
    for trick in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"):
        assert trick not in payload
    assert b"Inter" in payload


def test_what_the_fonts_lack_is_one_question_mark() -> None:
    assert fonts.printable("Zoé Ștefan 🚀🚀 x") == "Zoé Ștefan ? x"
    assert fonts.printable("مرحبا") == "?"
    assert fonts.printable("a\nb") == "a\nb"


@given(st.floats(0, 500), st.floats(0, 500), st.floats(1, 100))
def test_texture_stays_in_its_tile(x: float, y: float, side: float) -> None:
    for value, fewest in ((0, 8), (1, 4)):
        lines = drawn.stripes(x, y, side, drawn.INKS[value])
        assert len(lines) >= fewest
        for line in lines:
            for across, down in line:
                assert x - 1e-6 <= across <= x + side + 1e-6
                assert y - 1e-6 <= down <= y + side + 1e-6
    assert drawn.stripes(x, y, side, drawn.INKS[3]) == []


def test_answers_differ_without_colour() -> None:
    signs = [len(drawn.signs(value, 0, 0, 1)) for value in (0, 1, 2, 3)]
    crosses = [drawn.signs(value, 0, 0, 1)[0] for value in (1, 2)]
    assert signs == [4, 2, 2, 4]
    assert crosses[0] != crosses[1]
    assert drawn.INKS[0].stripes
    assert not drawn.INKS[3].stripes


def test_a_file_of_the_first_layout_is_still_read(gateway: Sheet) -> None:
    content = json.loads(written.json_bytes([gateway], workspace=SPACE, day=DAY))
    content["version"] = 1
    for entry in content["scorecards"]:
        del entry["binding"], entry["measured"]
    payload = json.dumps(content).encode()
    assert written.read_json(payload, "x.json") == [gateway]


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_tell_what_was_measured(language: str, gateway: Sheet) -> None:
    outcome = Outcome("measured", DAY, 12, 100, 0.12, 4.3, 1)
    bound = Binding("logged_email", date(2026, 8, 30))
    sheet = replace(gateway, binding=bound, outcome=outcome)
    read = reading(language)
    said = read.confronted(outcome)
    assert read.percent(0.12) in said and read.mark(4.3) in said
    deck = Presentation(io.BytesIO(slide.pptx_bytes([sheet], read)))
    words = [s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame]
    assert said in words
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(workbook.xlsx_bytes([sheet], read))
    )
    cells = [c for row in book.get_sheet_by_index(0).to_python() for c in row]
    assert said in cells and 0.12 in cells
    kept = json.loads(written.json_bytes([sheet], workspace=SPACE, day=DAY))
    assert kept["scorecards"][0]["measured"]["share"] == 0.12
    plain = pdf.pdf_bytes([replace(sheet, outcome=None)], read)
    assert len(pdf.pdf_bytes([sheet], read)) > len(plain)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""},
        {"kind": 3},
        {"scope": "team"},
        {"launch_day": "hier"},
        {"launch_day": None},
        {"scope": ["all"]},
    ],
)
def test_a_wrong_binding_is_refused(wrong: dict[str, object], gateway: Sheet) -> None:
    sheet = replace(gateway, binding=Binding("call", DAY))
    content = json.loads(written.json_bytes([sheet], workspace=SPACE, day=DAY))
    content["scorecards"][0]["binding"].update(wrong)
    with pytest.raises(UnreadableFile):
        written.read_json(json.dumps(content).encode(), "x.json")
