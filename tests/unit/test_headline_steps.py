"""What to do first: three things at most, in the order of their gain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import headline, steps
from core.i18n import LANGUAGES, keys
from core.readings import Company
from core.sentences import Money, written
from core.severity import Erosion
from core.steps import Leads
from core.symptoms import CODES
from tests.unit.test_headline import DIAMOND, FALL, HEALTHY, IDLE, LAG, SOUTH

EVERYTHING = replace(
    HEALTHY,
    usage=replace(FALL, in_range=LAG.in_range, below=LAG.below, idle=20),
    lagging=(SOUTH,),
    falling=replace(SOUTH, name="Est"),
    base=DIAMOND,
)
COST = Money(960.0, "EUR")
LEADS = Leads(90, campaign=("701A", "Salon"), never_activated=6, dormant=8)


def codes(facts: Company, leads: Leads) -> list[str]:
    return [step.code for step in steps.first(facts, headline.company(facts), leads)]


def test_three_at_most_and_the_call_list_first() -> None:
    assert codes(EVERYTHING, LEADS) == ["call", "team", "fall"]


def test_people_come_before_missing_exports() -> None:
    facts = replace(HEALTHY, has_logins=False)
    leads = Leads(never_activated=6, has_base=False)
    assert codes(facts, leads) == ["start", "add_logins", "add_base"]


def test_a_fall_that_is_made_up_for_asks_nothing() -> None:
    facts = replace(HEALTHY, falling=SOUTH)
    assert codes(facts, Leads()) == ["keep"]


def test_a_team_is_named_once() -> None:
    facts = replace(HEALTHY, usage=FALL, lagging=(SOUTH,), falling=SOUTH)
    assert codes(facts, Leads()) == ["team"]


def test_a_symptom_comes_after_the_calls_and_before_the_teams() -> None:
    leads = replace(LEADS, symptom="gaulish_village")
    assert codes(EVERYTHING, leads) == ["call", "symptom_gaulish_village", "team"]
    found = steps.first(EVERYTHING, headline.company(EVERYTHING), leads)[1]
    assert (found.page, found.query) == ("symptoms", {"symptom": "gaulish_village"})


def test_a_launch_that_never_came_says_who_to_start_only_once() -> None:
    leads = Leads(symptom="procrastination", never_activated=40)
    assert codes(HEALTHY, leads) == ["symptom_procrastination"]


def test_licences_asleep_with_a_price_come_before_who_never_came() -> None:
    leads = Leads(never_activated=6, asleep=12, cost=COST, mailing=4)
    assert codes(HEALTHY, leads) == ["licences", "start", "mailing"]
    assert codes(HEALTHY, replace(leads, cost=None)) == ["start", "mailing"]


def test_the_calls_that_remain_are_counted() -> None:
    found = steps.first(HEALTHY, headline.company(HEALTHY), replace(LEADS, waiting=35))
    assert written(found[0].what, "fr") == "Rappeler 35 personnes, sur 90"
    assert codes(HEALTHY, replace(LEADS, waiting=0))[0] != "call"


def test_of_a_part_the_companys_calls_are_said_to_be_so() -> None:
    part = replace(HEALTHY, is_part=True, team="Sud")
    for waiting, language in ((None, "fr"), (35, "fr"), (35, "en")):
        leads = replace(LEADS, waiting=waiting)
        call = steps.first(part, headline.company(part), leads)[0]
        said = written(call.why, language)
        assert said.startswith({"fr": "Toute l’entreprise", "en": "Whole"}[language])


def test_the_team_that_was_chosen_comes_before_its_symptom() -> None:
    part = replace(HEALTHY, usage=LAG, is_part=True, team="Sud")
    leads = replace(LEADS, symptom="blunted_tool")
    assert codes(part, leads) == ["call_of_all", "here", "symptom_blunted_tool"]


def test_teams_that_drop_out_are_the_step_about_a_use_that_wears_away() -> None:
    worn = Erosion(0.81, 0.61, ("Sud", "Est"))
    teams = (SOUTH, replace(SOUTH, name="Est", below=4))
    facts = replace(HEALTHY, usage=LAG, lagging=teams, erosion=worn)
    leads = replace(LEADS, symptom="blunted_tool")
    assert codes(facts, leads) == ["call", "lagging", "start"]
    said = steps.first(facts, headline.company(facts), leads)[1]
    assert written(said.what, "fr") == "Accompagner 13 personnes dans 2 équipes"


def test_nothing_to_do_says_so() -> None:
    assert codes(HEALTHY, Leads()) == ["keep"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_words_and_its_link(language: str) -> None:
    cases = [
        (EVERYTHING, LEADS),
        (EVERYTHING, Leads()),
        (replace(HEALTHY, usage=IDLE), Leads(never_activated=1, dormant=2)),
        (replace(HEALTHY, has_logins=False, has_actions=False), Leads(has_base=False)),
        (HEALTHY, Leads()),
        (HEALTHY, Leads(asleep=3, cost=COST, mailing=0)),
        (HEALTHY, replace(LEADS, waiting=3)),
        (replace(HEALTHY, is_part=True), replace(LEADS, waiting=3)),
        (replace(HEALTHY, usage=LAG, is_part=True, team="Sud"), Leads()),
        *[(HEALTHY, Leads(symptom=code)) for code in CODES],
    ]
    for facts, leads in cases:
        for step in steps.first(facts, headline.company(facts), leads):
            assert written(step.what, language)
            assert written(step.why, language)
            assert f"step_first.{step.code}.link" in keys(language)
