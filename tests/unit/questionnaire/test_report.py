"""What is taken away: complete, harmless, and without the map unless it was asked."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from core import exports
from core.i18n import LANGUAGES
from core.questionnaire import document, report, stakeholders
from core.questionnaire.circle import Circle
from core.questionnaire.keeping import Memory
from core.questionnaire.model import Action, Placement
from core.questionnaire.notebook import Notebook
from core.questionnaire.questions import shipped
from core.questionnaire.report import Audit
from core.questionnaire.stakeholders import Standing

DAY = date(2026, 11, 12)
FORMULA = '=HYPERLINK("http://evil.invalid","x")'
MARKUP = "<script>alert(1)</script> {name} **gras** — Ελλάδα 😀\nsuite"
SECRET = "Acteur secret"


@pytest.fixture
def audit() -> Audit:
    memory = Memory()
    notebook = Notebook("w", memory)
    found = notebook.begin("lea", "Audit", DAY, FORMULA)
    interview = notebook.interviews(found)[0].interview_id
    other = notebook.add_interview("lea", found, MARKUP, "sales", DAY)
    for code, level in (("only_way", "0"), ("goal_written", "3"), ("admin_time", "1")):
        notebook.note("lea", interview, code, "level", level)
    notebook.note("lea", other, "only_way", "level", "2")
    notebook.note("lea", interview, "only_way", "comment", FORMULA)
    notebook.note("lea", other, "only_way", "comment", MARKUP)
    notebook.note("lea", interview, "only_way", "evidence", "+1+cmd|' /C calc'!A0")
    notebook.decide("lea", found, Action("only_way", FORMULA, "@SUM(1)", DAY, True))
    return report.gather(notebook, notebook.assessments()[0], None)


@pytest.fixture
def people() -> list[Standing]:
    circle = Circle("w", Memory())
    circle.add("lea", SECRET, "person", "sales", 3, Placement(1, 0, DAY))
    circle.add("lea", FORMULA, "group", "it", 1, Placement(0, 3, DAY))
    return stakeholders.standings(circle.everyone())


def cells(book: bytes) -> dict[str, list[list[object]]]:
    found = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {n: found.get_sheet_by_name(n).to_python() for n in found.sheet_names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_everything_and_no_formula(
    language: str, audit: Audit, people: list[Standing]
) -> None:
    leaves = report.leaves(audit, language)
    book = cells(exports.workbook_bytes(leaves, language))
    themes, answers, actions = book.values()
    assert len(themes) == 1 + len(audit.marks)
    assert len(answers) == 1 + len(shipped())
    assert len(actions) == 2
    text = str(book)
    assert SECRET not in text
    with_map = exports.workbook_bytes([*leaves, report.people(people, language)], "fr")
    assert SECRET in str(cells(with_map))
    # Calamine reads a formula's cell as its value: look at the XML of the sheets.
    package = zipfile.ZipFile(io.BytesIO(with_map))
    sheets = [name for name in package.namelist() if "worksheets/" in name]
    assert len(sheets) == 4
    for name in sheets:
        assert not re.search(rb"<f[ >]|<hyperlink", package.read(name))
    starts = {str(c)[:1] for rows in book.values() for row in rows for c in row if c}
    assert not starts & set("=+-@")


def test_plain_values(audit: Audit, people: list[Standing]) -> None:
    found = json.loads(json.dumps(report.plain(audit, "fr")))
    assert "stakeholders" not in found
    assert SECRET not in str(found)
    assert (found["answered"], found["asked"]) == (3, len(shipped()))
    by_code = {one["code"]: one for one in found["questions"]}
    way = by_code["only_way"]
    assert (way["answer"], way["lowest"], way["highest"]) == (1.0, 0, 2)
    assert [one["comment"] for one in way["interviews"]] == [FORMULA, MARKUP]
    assert way["interviews"][0]["noted_by"] == "lea"
    assert way["data"] is None
    assert by_code["use_holds"]["answer"] is None
    assert found["actions"][0] == {
        "question": "only_way",
        "what": FORMULA,
        "owner": "@SUM(1)",
        "due": "2026-11-12",
        "done": True,
    }
    # 10 x (3x1/3 + 3x3/3 + 3x1/3) / 9, three questions of weight 3.
    assert found["mark"] == pytest.approx(5.6)
    asked = report.plain(audit, "fr", people)["stakeholders"]
    assert [one["order"] for one in asked] == [1, 2]
    assert asked[0]["name"] == SECRET


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_is_only_text(
    language: str, audit: Audit, people: list[Standing]
) -> None:
    short = document.pdf(audit, language, "Alpha", "Un titre", None)
    full = document.pdf(audit, language, "Alpha", "Un titre", people)
    for file in (short, full):
        assert file.startswith(b"%PDF-")
        assert not [m for m in (b"/URI", b"/JavaScript", b"/Launch") if m in file]
    assert len(full) > len(short)
