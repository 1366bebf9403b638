"""Rules: defaults in their range, changes checked, equal when they decide the same."""

from __future__ import annotations

import pytest

from core.errors import InvalidSetting
from core.i18n import LANGUAGES, text
from core.method.thresholds import SOURCES
from core.rules import DEFAULTS, OURS, RULES, Rule, Rules, shown

EACH = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)


@EACH
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.low <= rule.default <= rule.high
    assert 0 < rule.step <= rule.high - rule.low
    assert rule.origin in (OURS, *SOURCES)
    for language in LANGUAGES:
        assert text(f"limit.{rule.code}", language, value="7 531").count("7 531") == 1
        assert shown(rule.default, rule.unit, language)


def test_a_change_is_taken_within_its_range() -> None:
    rules = Rules({"symptom.blunted_tool.fall": 0.2})
    assert rules["symptom.blunted_tool.fall"] == 0.2
    assert DEFAULTS["symptom.blunted_tool.fall"] == 0.15
    with pytest.raises(InvalidSetting):
        Rules({"symptom.blunted_tool.fall": 7})


def test_a_rule_of_an_earlier_release_is_left_out() -> None:
    assert Rules({"symptom.gone.long_ago": 3}) == DEFAULTS


def test_rules_are_equal_when_they_decide_the_same() -> None:
    default = RULES["rhythm.field.low"].default
    assert Rules({"rhythm.field.low": default}) == DEFAULTS
    assert hash(Rules({"rhythm.field.low": 2})) == hash(
        Rules.of({"rhythm.field.low": 2})
    )
    assert Rules({"rhythm.field.low": 2}) != DEFAULTS


def test_rhythm_is_read_from_the_rules() -> None:
    assert DEFAULTS.rhythm("field").low == 3
    assert Rules({"rhythm.field.low": 2}).rhythm("field").low == 2


def test_a_limit_is_written_with_its_unit() -> None:
    assert shown(1, "weeks", "fr") == "1 semaine"
    assert shown(2.5, "days", "fr") == "2,5 jours"
    assert shown(0.3, "percent", "en") == "30%"
    assert shown(0.15, "points", "fr") == "15 points"
    assert shown(0.5, "ratio", "fr") == "0,5"
