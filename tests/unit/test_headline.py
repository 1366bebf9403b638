"""The verdict: each state, its sentence in both languages, and who speaks first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import headline
from core.i18n import LANGUAGES
from core.indicators import Team, Usage
from core.readings import Base, Company, Reading
from core.sentences import Sentence, plain, written
from core.severity import Erosion

USAGE = Usage(
    people=40,
    in_range=36,
    below=4,
    login_days=15,
    active_days=18,
    previous_active_days=18,
    actions_per_day=9.5,
    previous_actions_per_day=9.1,
    idle=1,
    idle_share=0.04,
    up=9,
    down=8,
    stable=22,
    compared=39,
)
SOUTH = Team("Sud", people=10, below=9, down=9, compared=10, days_moved=-3.4)
FULL = Base(accounts=1000, contacts=2500, calls=5000.0, shape="pyramid")
DIAMOND = Base(accounts=1240, contacts=3080, calls=1910.0, shape="diamond")
HEALTHY = Company(
    month="2026-10", days_known=280, working_days=22, usage=USAGE, base=FULL
)
HALF = replace(USAGE, in_range=15, below=25)
LAG = replace(USAGE, in_range=27, below=13)
IDLE = replace(USAGE, idle_share=0.55, idle=20)
FALL = replace(USAGE, up=6, down=20, stable=13)
SICK = replace(HEALTHY, usage=HALF, base=DIAMOND)

THREE = ("gaulish_village", "blunted_tool", "abandoned_novelty")

CASES: dict[str, tuple[Company, str, str]] = {
    "healthy": (HEALTHY, "healthy", "headline.range.healthy"),
    "no_pyramid": (replace(HEALTHY, base=None), "healthy", "headline.range.healthy"),
    "sick": (SICK, "sick", "headline.company.address_book"),
    "sick_idle": (
        replace(HEALTHY, usage=IDLE, base=DIAMOND),
        "sick",
        "headline.company.address_book",
    ),
    "calls_missing": (
        replace(HEALTHY, base=DIAMOND, usage=LAG),
        "watch",
        "headline.company.no_calls",
    ),
    "inverted": (
        replace(HEALTHY, base=Base(900, 700, 100.0, "inverted")),
        "watch",
        "headline.pyramid.inverted",
    ),
    "thin": (
        replace(HEALTHY, base=Base(1000, 2500, 3000.0, "pyramid")),
        "watch",
        "headline.pyramid.thin",
    ),
    "half": (replace(HEALTHY, usage=HALF), "watch", "headline.range.half"),
    "half_team": (
        replace(HEALTHY, usage=HALF, lagging=(SOUTH,)),
        "watch",
        "headline.range.half_team",
    ),
    "below": (replace(HEALTHY, usage=LAG), "watch", "headline.range.below"),
    "below_team": (
        replace(HEALTHY, usage=LAG, lagging=(SOUTH,)),
        "watch",
        "headline.range.team",
    ),
    "below_teams": (
        replace(HEALTHY, usage=LAG, lagging=(SOUTH, replace(SOUTH, name="Est"))),
        "watch",
        "headline.range.below",
    ),
    "idle": (
        replace(HEALTHY, usage=replace(USAGE, idle=6)),
        "watch",
        "headline.actions.watch",
    ),
    "idle_sick": (replace(HEALTHY, usage=IDLE), "watch", "headline.actions.sick"),
    "falling": (replace(HEALTHY, usage=FALL), "watch", "headline.change.down"),
    "falling_team": (
        replace(HEALTHY, usage=FALL, falling=SOUTH),
        "watch",
        "headline.change.team",
    ),
    "falling_one_person": (
        replace(
            HEALTHY,
            usage=replace(USAGE, up=0, down=1, stable=38),
            falling=replace(SOUTH, down=1),
        ),
        "healthy",
        "headline.range.healthy",
    ),
    "falling_twice": (
        replace(HEALTHY, usage=FALL, down_twice=14),
        "watch",
        "headline.change.twice",
    ),
    "august": (
        replace(HEALTHY, usage=FALL, month="2026-08"),
        "healthy",
        "headline.range.healthy",
    ),
    "novelty": (
        replace(HEALTHY, symptoms=("abandoned_novelty",)),
        "watch",
        "headline.symptom.abandoned_novelty",
    ),
    "village_before_novelty": (
        replace(HEALTHY, symptoms=("abandoned_novelty", "gaulish_village")),
        "watch",
        "headline.symptom.gaulish_village",
    ),
    "novelty_after_half": (
        replace(HEALTHY, usage=HALF, symptoms=("abandoned_novelty",)),
        "watch",
        "headline.range.half",
    ),
    "three_symptoms": (
        replace(HEALTHY, symptoms=THREE),
        "sick",
        "headline.symptom.many",
    ),
    "three_and_no_calls": (
        replace(HEALTHY, base=DIAMOND, symptoms=THREE),
        "sick",
        "headline.symptom.many",
    ),
    "three_and_address_book": (
        replace(SICK, symptoms=THREE),
        "sick",
        "headline.company.address_book",
    ),
    "pyramid_before_symptom": (
        replace(HEALTHY, base=DIAMOND, symptoms=("blunted_tool",)),
        "watch",
        "headline.company.no_calls",
    ),
    "unstarted_before_address_book": (
        replace(SICK, symptoms=("buried_alive", "procrastination")),
        "sick",
        "headline.symptom.procrastination",
    ),
    "symptom_before_fall": (
        replace(HEALTHY, usage=FALL, down_twice=14, symptoms=("blunted_tool",)),
        "watch",
        "headline.symptom.blunted_tool",
    ),
    "few_days_whatever_the_symptoms": (
        replace(HEALTHY, days_known=12, symptoms=THREE),
        "not_enough_data",
        "headline.missing.days",
    ),
    "few_days": (
        replace(HEALTHY, days_known=12),
        "not_enough_data",
        "headline.missing.days",
    ),
    "few_people": (
        replace(HEALTHY, usage=replace(USAGE, people=4)),
        "not_enough_data",
        "headline.missing.people",
    ),
    "only_logins": (
        replace(HEALTHY, has_actions=False, base=None),
        "healthy",
        "headline.range.healthy",
    ),
    "only_activities": (
        replace(HEALTHY, has_logins=False),
        "healthy",
        "headline.range.healthy",
    ),
    "only_campaigns": (
        Company(
            month="2026-10",
            days_known=0,
            working_days=22,
            has_logins=False,
            has_actions=False,
            to_call=90,
        ),
        "not_enough_data",
        "headline.company.campaign",
    ),
    "nothing_of_use": (
        Company(month="2026-10", days_known=0, working_days=22),
        "not_enough_data",
        "headline.missing.use",
    ),
}


WORN = ("blunted_tool",)
ERODING = replace(HEALTHY, symptoms=WORN, erosion=Erosion(0.81, 0.61))
EROSIONS: dict[str, tuple[Company, str, str]] = {
    "slowly": (ERODING, "watch", "headline.symptom.blunted_tool"),
    "fast": (
        replace(ERODING, erosion=Erosion(0.85, 0.45)),
        "watch",
        "headline.symptom.blunted_tool_fast",
    ),
    "in_three_teams": (
        replace(
            ERODING,
            usage=LAG,
            lagging=tuple(
                replace(SOUTH, name=n, below=4) for n in ("Sud", "Est", "Nord")
            ),
            erosion=Erosion(0.81, 0.61, ("Sud", "Est", "Nord")),
        ),
        "watch",
        "headline.symptom.blunted_tool_in_3",
    ),
    "a_team_slowly": (
        replace(ERODING, is_part=True, team="Sud"),
        "watch",
        "headline.team.erosion",
    ),
    "a_team_by_40_points": (
        replace(
            ERODING,
            usage=HALF,
            is_part=True,
            team="Sud",
            erosion=Erosion(0.93, 0.27),
        ),
        "sick",
        "headline.team.collapse",
    ),
    "a_team_nearly_gone": (
        replace(
            ERODING,
            usage=HALF,
            is_part=True,
            team="Sud",
            erosion=Erosion(0.79, 0.20),
        ),
        "sick",
        "headline.team.stopped",
    ),
    "a_team_that_is_expected_seldom": (
        replace(ERODING, is_part=True, team="Sud", erosion=Erosion(0.45, 0.20)),
        "watch",
        "headline.team.erosion",
    ),
    "a_team_without_calls": (
        replace(HEALTHY, base=DIAMOND, is_part=True, team="Sud"),
        "sick",
        "headline.of_team",
    ),
    "a_team_at_its_pace": (
        replace(HEALTHY, is_part=True, team="Sud"),
        "healthy",
        "headline.of_team",
    ),
    "a_team_of_three_symptoms": (
        replace(HEALTHY, symptoms=THREE, is_part=True, team="Sud"),
        "sick",
        "headline.of_team",
    ),
    "a_profile_half_below": (
        replace(HEALTHY, usage=HALF, is_part=True),
        "sick",
        "headline.range.half",
    ),
}
CASES |= EROSIONS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in EROSIONS if "a_team" in name])
def test_a_verdict_of_a_team_names_it(name: str, language: str) -> None:
    facts, _, _ = EROSIONS[name]
    said = written(headline.company(facts).headline, language)
    assert said.startswith(("Sud ", "Sud\u00a0:", "Sud:"))


def test_teams_that_drop_out_are_named_and_weighed() -> None:
    verdict = headline.company(EROSIONS["in_three_teams"][0])
    said = plain(written(verdict.headline, "fr"))
    assert said == "Trois équipes décrochent\u00a0: Sud, Est et Nord."
    assert plain(written(verdict.evidence[0], "fr")) == (
        "12 des 13 personnes sous leur rythme y travaillent."
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_state_and_sentence(case: tuple[Company, str, str]) -> None:
    facts, state, key = case
    verdict = headline.company(facts)
    assert (verdict.state, verdict.headline.key) == (state, key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_every_sentence_can_be_written(
    case: tuple[Company, str, str], language: str
) -> None:
    verdict = headline.company(case[0])
    readings = (verdict.days, verdict.actions, verdict.change, verdict.pyramid)
    sentences = [verdict.headline, *verdict.evidence, *(r.sentence for r in readings)]
    texts = [written(sentence, language) for sentence in sentences]
    assert all(text[-1] in ".!" and "{" not in text for text in texts)
    assert len(texts[0].replace("**", "")) <= 110
    lead = " ".join(texts[1 : 1 + len(verdict.evidence)])
    assert len(lead.split()) <= 48


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Votre CRM n’est plus qu’un carnet d’adresses\u00a0: 7 appels sur 10"),
        ("en", "Your CRM is now an address book: 7 calls in 10 are not in it."),
    ],
)
def test_reference_diamond_misses_seven_calls_in_ten(language: str, words: str) -> None:
    verdict = headline.company(SICK)
    assert written(verdict.headline, language).startswith(words)


def test_evidence_does_not_repeat_the_headline() -> None:
    verdict = headline.company(replace(HEALTHY, usage=LAG, lagging=(SOUTH,)))
    keys = {fact.key for fact in verdict.evidence}
    assert keys == {"headline.fact.calls_kept"}


def test_pyramid_speaks_before_the_fall_and_the_fall_before_the_range() -> None:
    thin = Base(1000, 2500, 3000.0, "pyramid")
    lag_and_fall = replace(FALL, in_range=27, below=13)
    every = replace(HEALTHY, usage=lag_and_fall, base=thin)
    assert headline.company(every).headline.key == "headline.pyramid.thin"
    kept = replace(every, base=FULL)
    assert headline.company(kept).headline.key == "headline.change.down"
    steady = replace(kept, usage=LAG)
    assert headline.company(steady).headline.key == "headline.range.below"


def test_missing_base_is_not_a_sick_one() -> None:
    reading = headline.pyramid(None)
    expected = Sentence("headline.missing.pyramid")
    assert reading == Reading("not_enough_data", expected)


@pytest.mark.parametrize(("calls", "tenths"), [(0.0, 9), (1910.0, 7), (6159.0, 1)])
def test_missing_tenths_stay_between_one_and_nine(calls: float, tenths: int) -> None:
    assert headline.missing_tenths(replace(DIAMOND, calls=calls)) == tenths


def test_one_person_is_written_in_the_singular() -> None:
    one = Sentence("headline.actions.watch", 1)
    assert "ouvre le CRM" in written(one, "fr")
    assert "opens the CRM" in written(one, "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    [
        *("buried_alive", "abandoned_novelty", "gaulish_village"),
        *("procrastination", "blunted_tool"),
    ],
)
def test_a_symptom_is_said_in_one_line(code: str, language: str) -> None:
    verdict = headline.company(replace(HEALTHY, symptoms=(code,)))
    said = written(verdict.headline, language)
    assert verdict.state == "watch"
    assert said.endswith(".")
    assert len(said) <= 90


def test_two_symptoms_watch_and_a_third_makes_the_project_sick() -> None:
    two = headline.company(replace(HEALTHY, symptoms=THREE[:2]))
    assert two.state == "watch"
    three = headline.company(replace(HEALTHY, symptoms=THREE))
    assert three.state == "sick"
    assert three.adoption == "healthy"
