"""The questions shipped are complete, and a workspace may change them all."""

from __future__ import annotations

import pytest

from core.errors import InvalidSetting
from core.i18n import LANGUAGES, keys, text
from core.questionnaire import questions
from core.questionnaire.questions import (
    DEPARTMENTS,
    PARTS,
    PROCESSES,
    WEIGHTS,
    checked,
    shipped,
    with_edits,
)
from core.symptoms import CODES

EVERY = shipped()
# What MISSION asks an audit to cover, by the question that does.
COVERED = (
    *("management_promotes", "management_uses", "only_way", "priorities_set"),
    *("users_in_choice", "users_in_design", "engines_known", "indicators_followed"),
    *("feed_used", "feed_answered", "meetings_on_tool", "wow_functions"),
    *("unavoidable_sales", "unavoidable_support", "unavoidable_marketing"),
    *("admin_legitimate", "admin_time", "own_entries", "connections_exist"),
    *("connections_reliable", "effort_recognised"),
)


def test_there_are_enough_and_they_cover_the_audit() -> None:
    assert len(EVERY) >= 60
    assert set(COVERED) <= set(EVERY)
    assert {one.department for one in EVERY.values()} == set(DEPARTMENTS)
    assert {one.process for one in EVERY.values()} == set(PROCESSES)
    assert {one.weight for one in EVERY.values()} == set(WEIGHTS)
    assert [one.code for one in with_edits({})] == list(EVERY)
    assert not any(one.is_own for one in EVERY.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_its_words_in_each_language(language: str) -> None:
    said = {
        part: [one.said(part, language) for one in EVERY.values()] for part in PARTS
    }
    assert all(line.rstrip().endswith("?") for line in said["ask"])
    assert all(line.endswith(".") for line in said["do"])
    for lines in said.values():
        assert len(set(lines)) == len(EVERY), "two questions with the same words"
    for code in (*PROCESSES, *(f"{one}.clause" for one in PROCESSES)):
        assert text(f"process.{code}", language)
    assert all(text(f"department.{one}", language) for one in DEPARTMENTS)


def test_no_text_without_its_question() -> None:
    written = {k.split(".")[2] for k in keys("fr") if k.startswith("audit.question.")}
    assert written == set(EVERY)


def test_each_symptom_has_its_questions_most_telling_first() -> None:
    for code in CODES:
        found = questions.of_symptom(code)
        assert len(found) >= 3
        assert all(code in one.symptoms for one in found)
        assert found[0].symptoms[0] == code
    assert {s for one in EVERY.values() for s in one.symptoms} == set(CODES)


def test_a_workspace_words_orders_and_hides() -> None:
    first, second, third = list(EVERY)[:3]
    words = {"fr": {"ask": "Notre question à nous ?"}}
    found = with_edits(
        {
            first: {"words": words},
            second: {"is_hidden": True},
            third: {"place": -1.0},
        }
    )
    codes = [one.code for one in found]
    assert codes[:3] == [third, first, second]
    asked = {one.code: one for one in found}
    assert asked[first].said("ask", "fr") == "Notre question à nous ?"
    assert asked[first].said("ask", "en") == EVERY[first].said("ask", "en")
    assert asked[first].said("hint", "fr") == EVERY[first].said("hint", "fr")
    assert asked[second].is_hidden
    assert not asked[third].is_hidden


def test_a_question_of_ones_own_comes_last_and_speaks_the_language_it_has() -> None:
    code = questions.new_code()
    kept = checked(code, {"words": {"en": {"ask": " Ours? \n"}}, "process": "daily"})
    found = [one for one in with_edits({code: kept}) if one.process == "daily"]
    assert found[-1].code == code
    assert found[-1].is_own
    assert found[-1].said("ask", "fr") == "Ours?"
    assert found[-1].said("do", "fr") == ""


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("only_way", {"process": "nowhere"}),
        ("only_way", {"department": "<script>"}),
        ("only_way", {"weight": 4}),
        ("added_1", {"words": {"fr": {"hint": "no question"}}}),
        ("added_1", {}),
    ],
)
def test_what_cannot_be_is_refused(code: str, content: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        checked(code, content)


def test_a_change_of_a_question_that_left_the_product_is_left_out() -> None:
    assert [one.code for one in with_edits({"gone": {"weight": 2}})] == list(EVERY)
