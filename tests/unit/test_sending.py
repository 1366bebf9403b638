"""A plan in its address and in a calendar file, and the choice of a tool."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.i18n import LANGUAGES, keys
from core.rules import DEFAULTS, Rules
from core.sending import chooser, ics
from core.sending import request as requests
from core.sending.chooser import QUESTIONS
from core.sending.ics import Event
from core.sending.request import Request
from core.sending.tools import daily_limits, families, tools
from tests.unit.sending_ics import parsed

TODAY = date(2026, 12, 1)
LIMITS = daily_limits(DEFAULTS)
COUNTS = {("c1", "second_mail"): 2900, ("c1", "targeted"): 5000}
NEAR = st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900))
REQUESTS = st.builds(
    Request,
    recipients=st.integers(0, 10**7),
    start=NEAR,
    tool=st.sampled_from(sorted(LIMITS)),
    limit=st.none() | st.integers(0, 10**6),
    saturdays=st.booleans(),
    left_out=st.frozensets(NEAR, max_size=5).map(lambda days: tuple(sorted(days))),
    warms_up=st.booleans(),
    hours=st.none() | st.tuples(st.integers(0, 11), st.integers(12, 24)),
    share=st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
    callers=st.none() | st.integers(0, 500),
    calls=st.none() | st.integers(0, 300),
)
ANSWERS = st.fixed_dictionaries(
    {name: st.sampled_from(options) for name, options in QUESTIONS.items()}
)


def read(query: dict[str, str]) -> Request:
    return requests.read(query, today=TODAY, limits=LIMITS, counts=COUNTS)


@given(REQUESTS)
def test_an_address_opens_the_same_plan(request: Request) -> None:
    assert read(request.query()) == request


def test_an_address_that_says_nothing_has_the_defaults() -> None:
    assert read({}) == Request(None, TODAY, "salesforce", 5000)


@pytest.mark.parametrize(
    ("saturdays", "day"),
    [("", date(2026, 12, 7)), ("1", date(2026, 12, 5))],
)
def test_the_first_day_is_one_on_which_mails_leave(saturdays: str, day: date) -> None:
    saturday = date(2026, 12, 5)
    found = requests.read(
        {"sat": saturdays}, today=saturday, limits=LIMITS, counts=COUNTS
    )
    assert found.start == day
    asked = {"start": "2026-12-05"}
    typed = requests.read(asked, today=TODAY, limits=LIMITS, counts=COUNTS)
    assert typed.start == saturday


def test_a_campaign_fills_the_number() -> None:
    found = read({"campaign": "c1", "list": "second_mail"})
    assert (found.recipients, found.campaign) == (2900, "c1")
    assert read({"campaign": "c1"}).recipients == 5000
    assert read({"campaign": "c1", "n": "12"}).recipients == 12
    assert read({"campaign": "gone"}) == read({})


@pytest.mark.parametrize(
    "query",
    [
        {"n": "-4"},
        {"n": "many"},
        {"n": "٣"},
        {"limit": "1e9"},
        {"start": "2026-02-30"},
        {"start": "9999-12-31"},
        {"hours": "18-9"},
        {"hours": "9-25"},
        {"hours": "²-5"},
        {"off": "yesterday,,"},
        {"tool": "<b>"},
        {"share": "nan"},
        {"share": "120"},
        {"calls": "inf"},
    ],
)
def test_what_an_address_says_wrongly_is_not_said(query: dict[str, str]) -> None:
    assert read(query) == read({})


def made(*events: Event, plan: str = "plan", stamp: datetime | None = None) -> bytes:
    return ics.calendar(
        events,
        plan=plan,
        name="Plan d'envoi",
        timezone="Europe/Paris",
        stamp=stamp or datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
        language="fr",
    )


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=300),
)
def test_any_words_are_read_back_as_they_were(title: str, body: str) -> None:
    (event,) = parsed(made(Event("send-1", TODAY, title, body))).blocks
    assert event.text("SUMMARY") == title
    plain = re.sub(r"\r\n?", "\n", body)
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "", plain)
    if plain:
        assert event.text("DESCRIPTION") == plain


def test_a_long_french_title_is_folded_between_characters() -> None:
    title = "é" * 200
    assert (
        parsed(made(Event("send-1", TODAY, title))).blocks[0].text("SUMMARY") == title
    )


def test_hours_are_those_of_the_workspace_in_winter_and_summer() -> None:
    events = (
        Event("a", date(2026, 12, 7), "hiver", hours=(9, 18)),
        Event("b", date(2027, 7, 7), "été", hours=(9, 24)),
    )
    winter, summer = parsed(made(*events)).blocks
    assert winter.one("DTSTART") == "20261207T080000Z"
    assert winter.one("DTEND") == "20261207T170000Z"
    assert summer.one("DTSTART") == "20270707T070000Z"
    assert summer.one("DTEND") == "20270707T220000Z"


def test_a_whole_day_ends_on_the_next_one() -> None:
    (event,) = parsed(made(Event("a", date(2026, 12, 31), "x"))).blocks
    assert event.properties["DTSTART"] == [(";VALUE=DATE", "20261231")]
    assert event.properties["DTEND"] == [(";VALUE=DATE", "20270101")]


def test_identifiers_are_those_of_the_plan() -> None:
    event = Event("send-1", TODAY, "x")
    first, later = made(event), made(event, stamp=datetime(2027, 1, 1, tzinfo=UTC))
    uids = [parsed(file).blocks[0].one("UID") for file in (first, later)]
    assert uids[0] == uids[1]
    assert parsed(made(event, plan="other")).blocks[0].one("UID") != uids[0]


def offered(tool: str, fact: str) -> int:
    """Return the most that a tool may do of something."""
    known = tools()[tool].facts[fact]
    return max(known.level, known.maybe)


def needs(answers: dict[str, str]) -> list[tuple[str, int]]:
    """Return the facts that must hold and how much, apart from the chooser."""
    order = {"none": 0, "simple": 1, "scenarios": 2, "files": 0, "sync": 1, "native": 2}
    found = [(f"crm_{answers['crm']}", order[answers["depth"]])]
    found.append(("automation", order[answers["automation"]]))
    found += [(n, 1) for n in ("clicks", "french", "europe") if answers[n] == "yes"]
    return found


@settings(max_examples=200)
@given(ANSWERS)
def test_no_tool_is_named_that_cannot_do_what_must_be(answers: dict[str, str]) -> None:
    choice = chooser.choose(answers, DEFAULTS)
    assert len(choice.ranked) == 6
    assert len(choice.families) == 3
    for outcome in choice.best:
        name = outcome.tool.name
        assert all(offered(name, fact) >= need for fact, need in needs(answers))
        if answers["budget"] == "low":
            assert outcome.tool.family.name != "automation"
        if answers["budget"] == "none":
            assert outcome.tool.family.name == "built_in" or outcome.of("check")
        if answers["send"] == "more" or answers["month"] == "more":
            assert name != "salesforce"
    able = [
        name
        for name in tools()
        if all(offered(name, fact) >= need for fact, need in needs(answers))
    ]
    if not able:
        assert choice.best == ()
    if not choice.best:
        assert all(outcome.of("blocks") for outcome in choice.ranked)
        for question in choice.yields:
            options = QUESTIONS[question]
            less = options[-1] if question == "budget" else options[0]
            assert chooser.choose({**answers, question: less}, DEFAULTS).best


@settings(max_examples=100)
@given(ANSWERS)
def test_why_not_the_others_is_always_told(answers: dict[str, str]) -> None:
    choice = chooser.choose(answers, DEFAULTS)
    for outcome in choice.ranked:
        assert outcome in choice.best or outcome.findings
        for one in outcome.findings:
            assert not one.fact or one.fact in outcome.tool.facts


def named(**changed: str) -> set[str]:
    answers = {**chooser.DEFAULTS, **changed}
    return {one.tool.name for one in chooser.choose(answers, DEFAULTS).best}


def test_the_families_are_chosen_by_the_need() -> None:
    light = {"clicks": "no", "send": "5000", "budget": "none", "team": "nobody"}
    assert named(**light) == {"salesforce"}
    assert named(clicks="yes") == {"brevo"}
    scenarios = {"automation": "scenarios", "budget": "open", "team": "team"}
    assert named(**scenarios, depth="native") == {"account_engagement"}
    assert named(**scenarios, depth="native", crm="hubspot") == {"hubspot"}
    assert named(crm="other", depth="native") == set()


def test_five_thousand_a_day_make_twenty_thousand_four_days() -> None:
    asked = {**chooser.DEFAULTS, "clicks": "no", "send": "20000", "budget": "none"}
    choice = chooser.choose(asked, DEFAULTS)
    (best,) = choice.best
    (spread,) = (one for one in best.findings if one.code == "send_days")
    assert (best.tool.name, spread.number) == ("salesforce", 4)
    more = chooser.choose({**asked, "send": "more"}, DEFAULTS)
    assert more.best == ()
    (blocked,) = (o for o in more.ranked if o.tool.name == "salesforce")
    assert ("send_limit", 5) in {(f.code, f.number) for f in blocked.of("blocks")}


def test_the_limit_in_force_is_the_workspace_s() -> None:
    rules = Rules({"sending.daily": 20_000})
    asked = {**chooser.DEFAULTS, "clicks": "no", "send": "20000", "budget": "none"}
    (best,) = chooser.choose(asked, rules).best
    assert not best.of("weighs")
    assert daily_limits(rules)["salesforce"] == 20_000


def test_a_month_holds_at_least_one_mailing() -> None:
    asked = {**chooser.DEFAULTS, "send": "more", "month": "1000"}
    assert chooser.settled(asked)["month"] == "100000"
    assert chooser.settled(chooser.DEFAULTS) == chooser.DEFAULTS


def test_an_address_with_other_answers_is_read_as_the_defaults() -> None:
    assert chooser.read({"clicks": "perhaps", "crm": "hubspot"}) == {
        **chooser.DEFAULTS,
        "crm": "hubspot",
    }


def test_every_fact_is_dated_or_says_it_is_not() -> None:
    facts = itertools.chain.from_iterable(t.facts.values() for t in tools().values())
    for fact in facts:
        assert fact.status in ("seen", "told", "belief")
        assert re.fullmatch(r"(\d{4}-\d{2})?", fact.as_of)
        # What we believe is dated by us; what we read names where.
        assert bool(fact.source) == (fact.status != "belief"), fact
        assert fact.as_of or fact.source
        assert not fact.rule or fact.rule in DEFAULTS
    assert {tool.family.name for tool in tools().values()} == set(families())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_and_reason_has_its_words(language: str) -> None:
    known = keys(language)
    for name in QUESTIONS:
        assert f"page.sending.ask.{name}" in known
    seen = set()
    names = ("clicks", "automation", "crm", "depth", "budget", "europe", "send")
    for values in itertools.product(*(QUESTIONS[name] for name in names)):
        answers = {**chooser.DEFAULTS, **dict(zip(names, values, strict=True))}
        for tool in tools().values():
            found = chooser._judge(tool, chooser.settled(answers), DEFAULTS)
            seen |= {f"{one.weight}.{one.code}" for one in found.findings}
    assert {f"page.sending.finding.{code}" for code in seen} <= known
